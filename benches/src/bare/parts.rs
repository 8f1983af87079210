//! A bare instance as the numbers that the solver takes.

use anzhi::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};
use anzhi::instance::{self, CandidateNumbers, InstanceParts, Pair};

use super::{Bare, Group, NONE, TIERS, Unfilled};

fn row(number: u32) -> usize {
    number as usize
}

impl Bare {
    /// The numbers for [`anzhi::Instance::new`]; lots follow the rows, or are `shuffled` by a fixed rule.
    #[must_use]
    pub fn into_parts(self, shuffled: bool) -> InstanceParts {
        let count = self.tiers.len();
        let lots = lots(count, shuffled);
        let people = self.tiers.iter().zip(&self.household).zip(lots);
        let candidates = people
            .map(|((&tier, &household), lot)| CandidateNumbers {
                tier,
                household: (household != NONE).then(|| HouseholdIx::new(row(household))),
                lot,
            })
            .collect();
        let mut pairs = Vec::with_capacity(self.opening.len());
        for candidate in 0..count {
            let at = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
            for pair in at(self.first[candidate])..at(self.first[candidate + 1]) {
                pairs.push(Pair {
                    candidate: CandidateIx::new(candidate),
                    opening: OpeningIx::new(row(self.opening[pair])),
                    score: self.score[pair],
                });
            }
        }
        let members = |kind: Vec<u32>| kind.into_iter().map(|it| CandidateIx::new(row(it))).collect();
        InstanceParts {
            tiers: usize::from(TIERS),
            candidates,
            seats: self.seats,
            pairs,
            households: row(self.households),
            household_cap: (self.household_cap > 0).then_some(self.household_cap),
            kinds: self.kinds.into_iter().map(members).collect(),
            groups: self.groups.into_iter().map(Group::into_numbers).collect(),
            ..InstanceParts::default()
        }
    }
}

impl Group {
    fn into_numbers(self) -> instance::Group {
        instance::Group {
            openings: self.openings.into_iter().map(|it| OpeningIx::new(row(it))).collect(),
            kind: (self.kind != NONE).then(|| KindIx::new(row(self.kind))),
            reserve: self.reserve,
            unfilled: match self.unfilled {
                Unfilled::Opens => instance::Unfilled::Opens,
                Unfilled::LeftFree => instance::Unfilled::LeftFree,
            },
            cap: (self.cap != NONE).then_some(self.cap),
        }
    }
}

fn lots(count: usize, shuffled: bool) -> Vec<u32> {
    let mut lots: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    if shuffled {
        let mut dice = crate::Dice::new(crate::SEED);
        for at in (1..lots.len()).rev() {
            lots.swap(at, row(dice.below(u32::try_from(at + 1).unwrap_or(u32::MAX))));
        }
    }
    lots
}
