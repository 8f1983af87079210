//! What it would cost to place somebody who is not placed.

use rayon::prelude::*;

use super::Solution;
use super::answer::Solved;
use super::flow::begin_with;
use super::market::Market;
use super::search::{Search, Way};
use super::weight::Weight;
use crate::ids::{CandidateIx, Column};
use crate::instance::{Instance, Level, Loss, Worth};

/// What happens if a candidate must be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForcedIn {
    /// It cannot be done: no opening is open to the candidate.
    NoPair,
    /// It cannot be done: none of the openings that are open to the candidate has a seat for them, or pins and caps
    /// leave none.
    NoSeat,
    /// It can be done, at this cost.
    Costs {
        /// The objective of the optimum less the best objective with the candidate placed. The most important
        /// level that differs is above 0; if none differs, the lottery alone decided. Where the lottery stands
        /// before the score, the score is not counted.
        loss: Loss,
        /// The same if the cap of the household did not count the candidate. It may be a gain. Where a group counts
        /// some of the household apart, it is `loss` again.
        loss_beside_household: Loss,
        /// Whether members of the household are placed, as many as its cap allows.
        by_household: bool,
    },
}

/// What it would cost to place a candidate: exact, by one search in the finished network, which is the same as
/// solving again with that demand. For somebody who is placed it costs nothing.
///
/// `solution` must be a solution of `instance`.
///
/// # Running time
/// One search for the cheapest cycle, two under a household cap that is reached.
pub fn forced_in(instance: &Instance, solution: &Solution, candidate: CandidateIx) -> ForcedIn {
    ask(instance, solution, &mut Memory::default(), candidate)
}

/// The answer of [`forced_in`] for every candidate who is not placed; `None` for those who are.
pub fn forced_in_every(instance: &Instance, solution: &Solution) -> Column<CandidateIx, Option<ForcedIn>> {
    let rows: Vec<CandidateIx> = instance.rows().collect();
    let answers = rows.into_par_iter().map_init(Memory::default, |memory, candidate| {
        let placed = solution.placements().get(candidate).copied().flatten();
        placed.is_none().then(|| ask(instance, solution, memory, candidate))
    });
    Column::from_vec(answers.collect())
}

/// Working memory for markets of every kind of number.
#[derive(Default)]
struct Memory {
    narrow: Search<i64>,
    wide: Search<i128>,
    vector: Search<Worth>,
}

fn ask(instance: &Instance, solution: &Solution, memory: &mut Memory, candidate: CandidateIx) -> ForcedIn {
    if instance.choices(candidate).is_empty() {
        return ForcedIn::NoPair;
    }
    let Some((solved, person)) = solution.place_of(candidate) else { return ForcedIn::NoSeat };
    match solved {
        Solved::Narrow(market) => force(instance, market, &mut memory.narrow, person),
        Solved::Wide(market) => force(instance, market, &mut memory.wide, person),
        Solved::Vector(market) => force(instance, market, &mut memory.vector, person),
    }
}

fn force<W: Weight>(
    instance: &Instance,
    market: &Market<W>,
    search: &mut Search<W>,
    person: u32,
) -> ForcedIn {
    let tiers = instance.tiers();
    if market.is_placed(person) {
        let nothing = Loss { placed_per_tier: vec![0; tiers], ..Loss::default() };
        let loss_beside_household = nothing.clone();
        return ForcedIn::Costs { loss: nothing, loss_beside_household, by_household: false };
    }
    search.fit(market.nodes.len());
    let Some(best) = market.best(person) else { return ForcedIn::NoSeat };
    let mut loss = |to: u32| {
        begin_with(market, search, person, best);
        let (_, length) = search.cheapest(market, &market.ends(to), Way::Forwards, None)?;
        // the person who comes in apart: what is left has one tier in a digit that tiers share
        let tier = market.tiers[person as usize];
        let own = market.scale.classes[usize::from(tier)];
        let rest = (length - best - market.price[to as usize] + own).decode(&market.scale.digits);
        Some(Loss::from_worth(&(rest - Worth::of(Level::Tier(tier), 1)), tiers))
    };
    let owner = market.owner[person as usize];
    let household = market.full_household(instance, person);
    let beside = household.filter(|&node| node == owner).and_then(|node| loss(market.parent(node)));
    let Some(loss) = loss(owner) else { return ForcedIn::NoSeat };
    let loss_beside_household = beside.unwrap_or_else(|| loss.clone());
    ForcedIn::Costs { loss, loss_beside_household, by_household: household.is_some() }
}

impl<W: Weight> Market<W> {
    /// The node of a person's household, if it has as many placements as the cap allows.
    fn full_household(&self, instance: &Instance, person: u32) -> Option<u32> {
        let household = instance.candidates()[self.row(person).get()].household?;
        let sets = instance.nesting().people_sets();
        let whose = crate::instance::Whose::Household(household);
        let at = self.part.sets.iter().position(|&set| sets[set].whose == whose)?;
        let node = self.people + u32::try_from(at).ok()?;
        let it = &self.nodes[node as usize];
        (it.count >= it.cap).then_some(node)
    }
}
