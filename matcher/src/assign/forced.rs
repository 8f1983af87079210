//! What it would cost to place somebody who is not placed.

use rayon::prelude::*;

use super::Solution;
use super::network::ROOT;
use super::search::{Ends, Search};
use crate::ids::{CandidateIx, Column};
use crate::instance::{Instance, Loss};

/// What happens if a candidate must be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForcedIn {
    /// It cannot be done: no opening is open to the candidate.
    NoPair,
    /// It cannot be done: none of the openings that are open to the candidate has a seat.
    NoSeat,
    /// It can be done, at this cost.
    Costs {
        /// The objective of the optimum less the best objective with the candidate placed. The most important
        /// level that differs is above 0; if none differs, the lottery alone decided. Where the lottery stands
        /// before the score, the score is not counted.
        loss: Loss,
        /// The same if the cap of the household did not count the candidate. It may be a gain.
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
    let mut search = Search::default();
    ask(instance, solution, &mut search, candidate)
}

/// The answer of [`forced_in`] for every candidate who is not placed; `None` for those who are.
pub fn forced_in_every(instance: &Instance, solution: &Solution) -> Column<CandidateIx, Option<ForcedIn>> {
    let rows: Vec<CandidateIx> = instance.rows().collect();
    let answers = rows.into_par_iter().map_init(Search::default, |search, candidate| {
        let placed = solution.placements().get(candidate).copied().flatten();
        placed.is_none().then(|| ask(instance, solution, search, candidate))
    });
    Column::from_vec(answers.collect())
}

fn ask(instance: &Instance, solution: &Solution, search: &mut Search, candidate: CandidateIx) -> ForcedIn {
    if instance.choices(candidate).is_empty() {
        return ForcedIn::NoPair;
    }
    let Some((network, person)) = solution.place_of(candidate) else { return ForcedIn::NoSeat };
    let tiers = instance.tiers();
    if network.is_placed(person) {
        let nothing = Loss { placed_per_tier: vec![0; tiers], ..Loss::default() };
        let loss_beside_household = nothing.clone();
        return ForcedIn::Costs { loss: nothing, loss_beside_household, by_household: false };
    }
    search.fit(network);
    let mut loss = |to| {
        let ends = Ends { from: network.person_node(person), to };
        let length = search.cheapest(network, ends, None);
        length.map(|length| Loss::from_worth(&(length - network.gain(person, to)), tiers))
    };
    let by_household = network.cap_is_reached(person);
    let beside = if by_household { loss(ROOT) } else { None };
    let Some(loss) = loss(network.parent(person)) else { return ForcedIn::NoSeat };
    let loss_beside_household = beside.unwrap_or_else(|| loss.clone());
    ForcedIn::Costs { loss, loss_beside_household, by_household }
}
