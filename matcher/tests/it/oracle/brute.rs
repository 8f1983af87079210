//! The definition, written down: every plan, and the rules applied to the list of them word by word.

use anzhi::assign::LotteryStage;
use anzhi::ids::{CandidateIx, Column, HouseholdIx, OpeningIx};
use anzhi::instance::{Group, InstanceParts, Objective, Unfilled};

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
    let row = CandidateIx::new(candidate);
    let pin = parts.pins.iter().find(|(who, _)| *who == row).map(|(_, opening)| *opening);
    let openings = parts.pairs.iter().filter(|pair| pair.candidate == row);
    let openings = openings.filter(|pair| !parts.prohibitions.contains(&(row, pair.opening)));
    let openings = openings.filter(|pair| pin.is_none_or(|pin| pin == pair.opening));
    let none = pin.is_none().then_some(None);
    for place in openings.map(|pair| Some(pair.opening.get())).chain(none) {
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
    let groups_allow = parts
        .groups
        .iter()
        .all(|group| group.cap.is_none_or(|cap| inside(parts, group, places) <= cap as usize));
    let left_free = |row: usize| -> usize {
        let hard = parts.groups.iter().filter(|group| group.unfilled == Unfilled::LeftFree);
        let here = hard.filter(|group| group.openings == [OpeningIx::new(row)]);
        here.map(|group| (group.reserve as usize).saturating_sub(inside(parts, group, places))).sum()
    };
    // seats that a hard reserve keeps count only at the end: those who come later may fill them
    let whole = places.len() == parts.candidates.len();
    let free_suffice =
        parts.seats.iter().enumerate().all(|(row, &seats)| at(row) + left_free(row) <= seats as usize);
    seats_suffice
        && groups_allow
        && (!whole || free_suffice)
        && (0..parts.households).all(|household| of(household) <= cap)
}

/// How many placements a group counts.
fn inside(parts: &InstanceParts, group: &Group, places: &Places) -> usize {
    let here =
        |opening: usize| group.openings.is_empty() || group.openings.contains(&OpeningIx::new(opening));
    let counted =
        |row: usize| group.kind.is_none_or(|kind| parts.kinds[kind.get()].contains(&CandidateIx::new(row)));
    (0..places.len()).filter(|&row| counted(row) && places[row].is_some_and(here)).count()
}

/// What a plan achieves.
pub fn objective(parts: &InstanceParts, places: &Places) -> Objective {
    let filled =
        parts.groups.iter().map(|group| u64::from(group.reserve).min(inside(parts, group, places) as u64));
    let mut placed_per_tier = vec![0; parts.tiers];
    for (candidate, _) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        placed_per_tier[usize::from(parts.candidates[candidate].tier)] += 1;
    }
    let chosen = parts.pairs.iter().filter(|pair| places[pair.candidate.get()] == Some(pair.opening.get()));
    let score = chosen.map(|pair| u64::from(pair.score)).sum();
    let kept = parts.keep.iter().filter(|(row, opening)| places[row.get()] == Some(opening.get()));
    let kept = kept.count() as u64;
    Objective { reserved_filled: filled.sum(), placed_per_tier, score, kept }
}

/// What the lottery may choose among: the objective, without the score if the lottery comes first.
pub fn before_lottery(parts: &InstanceParts, stage: LotteryStage, places: &Places) -> Objective {
    let whole = objective(parts, places);
    match stage {
        LotteryStage::AfterScore => whole,
        LotteryStage::BeforeScore => Objective { score: 0, kept: 0, ..whole },
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
    let value = |places: &Places| {
        let whole = objective(parts, places);
        (whole.score, whole.kept)
    };
    let best = left.iter().map(|places| value(places)).max();
    left.retain(|places| Some(value(places)) == best);
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
