//! Who asks when.
//!
//! Stable placements do not depend on it. Time does: whoever asks the same openings should ask one after the other, while
//! these openings are still at hand.

use petgraph::unionfind::UnionFind;

use crate::ids::CandidateIx;
use crate::instance::Instance;

/// A position in the order.
pub(super) type Turn = u32;

/// Everybody by neighbourhood, then tier, then row.
pub(super) struct Order {
    people: Vec<CandidateIx>,
    /// The turn of each lot.
    by_lot: Vec<Turn>,
}

impl Order {
    /// A neighbourhood are the openings that are tied by the first and the last choice of somebody, and these people:
    /// a part of a component, mostly the whole, found at a glance at each list.
    pub(super) fn new(instance: &Instance) -> Self {
        let ends = |candidate| {
            let choices = instance.choices(candidate);
            Some((number(choices.first()?.opening().get()), number(choices.last()?.opening().get())))
        };
        let mut joined = UnionFind::new_empty();
        for _ in instance.seats() {
            joined.new_set();
        }
        for (first, last) in instance.rows().filter_map(ends) {
            joined.union(first, last);
        }
        let of = joined.into_labeling();
        let neighbourhood = |candidate| ends(candidate).map_or(u32::MAX, |(first, _)| of[first as usize]);
        let key = |(candidate, tier): (CandidateIx, u8)| {
            (neighbourhood(candidate), u32::from(tier) << TIER_SHIFT | number(candidate.get()))
        };
        let tiers = instance.candidates().iter().map(|numbers| numbers.tier);
        let mut keys: Vec<_> = instance.rows().zip(tiers).map(key).collect();
        keys.sort_unstable();
        let people: Vec<_> =
            keys.iter().map(|(_, person)| CandidateIx::new((person & ROW) as usize)).collect();
        let mut by_lot = vec![0; people.len()];
        for (turn, candidate) in people.iter().enumerate() {
            by_lot[instance.candidates()[candidate.get()].lot as usize] = number(turn);
        }
        Self { people, by_lot }
    }

    pub(super) fn people(&self) -> impl Iterator<Item = CandidateIx> + '_ {
        self.people.iter().copied()
    }

    pub(super) fn at(&self, turn: Turn) -> CandidateIx {
        self.people[turn as usize]
    }

    /// The turn of whoever has this lot.
    pub(super) fn of_lot(&self, lot: u32) -> Turn {
        self.by_lot[lot as usize]
    }
}

/// Above a row, which is below `MAX_ROWS`.
const TIER_SHIFT: u32 = 28;
const ROW: u32 = (1 << TIER_SHIFT) - 1;
const _: () = assert!(
    crate::instance::MAX_ROWS <= 1 << TIER_SHIFT
        && crate::instance::MAX_TIERS <= 1 << (u32::BITS - TIER_SHIFT)
);

/// Rows are fewer than 2³².
fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OpeningIx;
    use crate::instance::{CandidateNumbers, InstanceParts, Pair};

    #[test]
    fn neighbours_ask_one_after_the_other_and_their_first_tier_first() {
        let choices: [&[usize]; 6] = [&[0], &[1, 2], &[0, 3], &[2], &[], &[3]];
        let pair = |candidate: usize, opening: usize| Pair {
            candidate: CandidateIx::new(candidate),
            opening: OpeningIx::new(opening),
            score: 1,
        };
        let numbers = |(lot, tier): (u32, u8)| CandidateNumbers { tier, household: None, lot: 5 - lot };
        let instance = Instance::new(InstanceParts {
            tiers: 2,
            candidates: (0..).zip([1, 1, 0, 0, 0, 1]).map(numbers).collect(),
            seats: vec![1; 4],
            pairs: choices
                .iter()
                .enumerate()
                .flat_map(|(row, at)| at.iter().map(move |at| pair(row, *at)))
                .collect(),
            ..InstanceParts::default()
        });
        let order = Order::new(&instance.expect("sound"));
        let people: Vec<_> = order.people().map(CandidateIx::get).collect();
        assert!([[2, 0, 5, 3, 1, 4], [3, 1, 2, 0, 5, 4]].iter().any(|known| people == known), "{people:?}");
        for (turn, candidate) in (0..).zip(order.people()) {
            assert_eq!((order.at(turn), order.of_lot(5 - number(candidate.get()))), (candidate, turn));
        }
    }
}
