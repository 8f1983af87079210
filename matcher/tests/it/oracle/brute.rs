//! The definition, written down: every plan, and the rules applied to the list of them word by word.

use anzhi::assign::LotteryStage;
use anzhi::ids::{CandidateIx, Column, HouseholdIx, OpeningIx};
use anzhi::instance::{InstanceParts, Objective};

/// One opening, or none, for each candidate.
pub type Places = Vec<Option<usize>>;

/// Every plan; the household cap does not count `beside`.
pub fn plans(parts: &InstanceParts, beside: Option<usize>) -> Vec<Places> {
    let mut found = Vec::new();
    extend(parts, beside, &mut Vec::new(), &mut found);
    found
}

fn extend(parts: &InstanceParts, beside: Option<usize>, places: &mut Places, found: &mut Vec<Places>) {
    let candidate = places.len();
    if candidate == parts.candidates.len() {
        found.push(places.clone());
        return;
    }
    let openings = parts.pairs.iter().filter(|pair| pair.candidate.get() == candidate);
    for place in openings.map(|pair| Some(pair.opening.get())).chain([None]) {
        places.push(place);
        if is_plan(parts, beside, places) {
            extend(parts, beside, places, found);
        }
        places.pop();
    }
}

fn is_plan(parts: &InstanceParts, beside: Option<usize>, places: &Places) -> bool {
    let at = |opening| places.iter().filter(|&&place| place == Some(opening)).count();
    let seats_suffice = parts.seats.iter().enumerate().all(|(row, &seats)| at(row) <= seats as usize);
    let of = |household| {
        let member = |row: usize| parts.candidates[row].household == Some(HouseholdIx::new(household));
        let counted = |row: &usize| places[*row].is_some() && member(*row) && Some(*row) != beside;
        (0..places.len()).filter(counted).count()
    };
    let cap = parts.household_cap.map_or(usize::MAX, |cap| cap as usize);
    seats_suffice && (0..parts.households).all(|household| of(household) <= cap)
}

/// What a plan achieves.
pub fn objective(parts: &InstanceParts, places: &Places) -> Objective {
    let filled = parts.reserves.iter().map(|reserve| {
        let mut members = reserve.members.clone();
        members.sort_unstable();
        members.dedup();
        let there = members.iter().filter(|row| places[row.get()] == Some(reserve.opening.get()));
        u64::from(reserve.seats).min(there.count() as u64)
    });
    let mut placed_per_tier = vec![0; parts.tiers];
    for (candidate, _) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        placed_per_tier[usize::from(parts.candidates[candidate].tier)] += 1;
    }
    let chosen = parts.pairs.iter().filter(|pair| places[pair.candidate.get()] == Some(pair.opening.get()));
    let score = chosen.map(|pair| u64::from(pair.score)).sum();
    Objective { reserved_filled: filled.sum(), placed_per_tier, score }
}

/// What the lottery may choose among: the objective, without the score if the lottery comes first.
pub fn before_lottery(parts: &InstanceParts, stage: LotteryStage, places: &Places) -> Objective {
    let whole = objective(parts, places);
    match stage {
        LotteryStage::AfterScore => whole,
        LotteryStage::BeforeScore => Objective { score: 0, ..whole },
    }
}

/// The candidates in lottery order.
fn by_lot(parts: &InstanceParts) -> Vec<usize> {
    let mut order: Vec<usize> = (0..parts.candidates.len()).collect();
    order.sort_by_key(|&candidate| parts.candidates[candidate].lot);
    order
}

/// The one plan that the rules leave.
pub fn chosen(parts: &InstanceParts, stage: LotteryStage, all: &[Places]) -> Places {
    let best = all.iter().map(|places| before_lottery(parts, stage, places)).max();
    let mut left: Vec<&Places> =
        all.iter().filter(|places| Some(before_lottery(parts, stage, places)) == best).collect();
    for candidate in by_lot(parts) {
        if left.iter().any(|places| places[candidate].is_some()) {
            left.retain(|places| places[candidate].is_some());
        }
    }
    let score = left.iter().map(|places| objective(parts, places).score).max();
    left.retain(|places| Some(objective(parts, places).score) == score);
    for candidate in by_lot(parts) {
        let first = left.iter().map(|places| places[candidate]).min();
        left.retain(|places| Some(places[candidate]) == first);
    }
    assert_eq!(left.len(), 1, "the rules leave one plan");
    left[0].clone()
}

/// A list of openings as the engine writes it.
pub fn column(places: &Places) -> Column<CandidateIx, Option<OpeningIx>> {
    Column::from_vec(places.iter().map(|place| place.map(OpeningIx::new)).collect())
}

/// A plan of the engine as a list of openings.
pub fn places(plan: &Column<CandidateIx, Option<OpeningIx>>) -> Places {
    (0..plan.len()).map(|row| plan[CandidateIx::new(row)].map(OpeningIx::get)).collect()
}
