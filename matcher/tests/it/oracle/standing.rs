//! A plan that is kept and changed: after every change as good as a fresh solve, proved, and with the fewest moves.

use anzhi::assign::{
    Arrival, AssignOptions, Change, ChangeFault, Changed, LotteryStage, Moved, Solution, Standing,
    forced_in_every, solve,
};
use anzhi::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, Group, Instance, InstanceParts, MAX_SCORE, Pair, Unfilled};
use proptest::prelude::*;

use super::brute::{self, Places};
use super::samples::{County, Numbers, county, small};
use super::{cases, solved};

/// The changed numbers by the definition, without any of the engine.
fn changed(parts: &InstanceParts, change: &Change) -> InstanceParts {
    let mut parts = parts.clone();
    match change {
        Change::Arrive(arrival) => enter(&mut parts, arrival),
        Change::Withdraw(candidate) => {
            parts.pairs.retain(|pair| pair.candidate != *candidate);
            parts.pins.retain(|(who, _)| who != candidate);
        }
        Change::Pin(candidate, opening) => {
            parts.pins.retain(|(who, _)| who != candidate);
            parts.pins.push((*candidate, *opening));
        }
        Change::Unpin(candidate) => parts.pins.retain(|(who, _)| who != candidate),
        Change::Forbid(candidate, opening) => parts.prohibitions.push((*candidate, *opening)),
        Change::Seats(opening, seats) => parts.seats[opening.get()] = *seats,
    }
    parts
}

fn enter(parts: &mut InstanceParts, arrival: &Arrival) {
    let candidate = CandidateIx::new(parts.candidates.len());
    for other in &mut parts.candidates {
        other.lot += u32::from(other.lot >= arrival.lot);
    }
    let (tier, household, lot) = (arrival.tier, arrival.household, arrival.lot);
    parts.candidates.push(CandidateNumbers { tier, household, lot });
    parts.households = parts.households.max(household.map_or(0, |household| household.get() + 1));
    for kind in &arrival.kinds {
        parts.kinds[kind.get()].push(candidate);
    }
    parts.pairs.extend(arrival.pairs.iter().map(|&(opening, score)| Pair { candidate, opening, score }));
}

fn draw(numbers: &mut Numbers, parts: &InstanceParts) -> Option<Change> {
    let candidate = CandidateIx::new(numbers.below(parts.candidates.len().max(1)));
    let opening = OpeningIx::new(numbers.below(parts.seats.len().max(1)));
    if parts.seats.is_empty() {
        return Some(Change::Withdraw(candidate)).filter(|_| !parts.candidates.is_empty());
    }
    Some(match numbers.below(12) {
        0..=2 if parts.candidates.len() < 7 => Change::Arrive(newcomer(numbers, parts)),
        3 | 4 if parts.candidates.len() > 1 => Change::Withdraw(candidate),
        5 | 6 => Change::Pin(candidate, opening),
        7 => Change::Unpin(parts.pins.first().map_or(candidate, |(who, _)| *who)),
        8 => Change::Forbid(candidate, opening),
        _ => Change::Seats(opening, u32::try_from(numbers.below(4)).unwrap()),
    })
}

fn newcomer(numbers: &mut Numbers, parts: &InstanceParts) -> Arrival {
    let mut pairs = Vec::new();
    for opening in (0..parts.seats.len()).rev() {
        if numbers.below(3) > 0 {
            let score = if numbers.below(9) == 0 { 1_000_000 } else { numbers.below(4) };
            pairs.push((OpeningIx::new(opening), u32::try_from(score).unwrap()));
        }
    }
    let household = numbers.below(parts.households + 2);
    let kinds = (0..parts.kinds.len()).filter(|_| numbers.below(6) == 0).map(KindIx::new).collect();
    Arrival {
        tier: u8::try_from(numbers.below(parts.tiers)).unwrap(),
        household: (household <= parts.households).then(|| HouseholdIx::new(household)),
        lot: u32::try_from(numbers.below(parts.candidates.len() + 1)).unwrap(),
        kinds,
        pairs,
    }
}

/// How many placements differ.
fn distance(one: &Places, other: &Places) -> usize {
    let longest = one.len().max(other.len());
    (0..longest).filter(|&row| one.get(row).copied().flatten() != other.get(row).copied().flatten()).count()
}

fn fewest_moves(parts: &InstanceParts, before: &Places) -> usize {
    let all = brute::plans(parts, None);
    let best = all.iter().map(|places| brute::objective(parts, places)).max();
    let optimal = all.iter().filter(|places| Some(brute::objective(parts, places)) == best);
    optimal.map(|places| distance(before, places)).min().unwrap()
}

fn told(places: &Places, after: &Places) -> Vec<Moved> {
    let at = |places: &Places, row: usize| places.get(row).copied().flatten().map(OpeningIx::new);
    let moved = |row| Moved { candidate: CandidateIx::new(row), from: at(places, row), to: at(after, row) };
    (0..after.len()).map(moved).filter(|moved| moved.from != moved.to).collect()
}

/// Whether a change is one unit, so that the fewest moves are promised.
fn is_one_unit(parts: &InstanceParts, change: &Change) -> bool {
    match change {
        Change::Seats(opening, seats) => parts.seats[opening.get()].abs_diff(*seats) <= 1,
        _ => true,
    }
}

/// Whether groups may have to be laid out anew, so that the fewest moves are not promised.
fn is_counted_apart(parts: &InstanceParts, change: &Change) -> bool {
    let Change::Arrive(arrival) = change else { return false };
    parts.groups.iter().any(|group| group.kind.is_some_and(|kind| arrival.kinds.contains(&kind)))
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn every_change_is_answered_by_the_fewest_moves_to_an_optimum(parts in small(), seed in any::<u64>()) {
        let (instance, solution) = solved(&parts, LotteryStage::AfterScore);
        let mut plan = Standing::new(&instance, &solution).unwrap();
        let (mut numbers, mut parts) = (Numbers(seed), parts);
        let mut gone = Vec::new();
        for _ in 0..=numbers.below(10) {
            let Some(change) = draw(&mut numbers, &parts) else { break };
            let before = brute::places(&plan.placements());
            let old = plan.objective().clone();
            let more = changed(&parts, &change);
            let fresh = Instance::new(more.clone());
            match plan.apply(change.clone()) {
                Ok(Changed { moved, before: from, after: to }) => {
                    let fresh = fresh.unwrap();
                    let after = brute::places(&plan.placements());
                    let best = solve(&fresh, &AssignOptions::default()).unwrap();
                    prop_assert_eq!((&from, &to), (&old, best.objective()), "{:?}", change);
                    prop_assert_eq!(plan.objective(), best.objective());
                    prop_assert_eq!(&moved, &told(&before, &after));
                    if is_one_unit(&parts, &change) && !is_counted_apart(&parts, &change) {
                        prop_assert_eq!(moved.len(), fewest_moves(&more, &before), "{:?}", change);
                    }
                    let (kept, solution) = plan.clone().solution().unwrap();
                    prop_assert_eq!(&kept, &fresh);
                    prop_assert_eq!(brute::places(solution.placements()), after);
                    prop_assert_eq!(solution.objective(), best.objective());
                    if fresh.groups().is_empty() {
                        let prices = |solution: &Solution| solution.certificate().prices().openings.clone();
                        prop_assert_eq!(prices(&solution), prices(&best));
                    }
                    parts = more;
                    if let Change::Withdraw(candidate) = change {
                        gone.push(candidate);
                    }
                }
                Err(fault) => {
                    let possible = fresh.is_ok() && !matches!(change, Change::Unpin(_) | Change::Forbid(..));
                    let known = matches!(fault, ChangeFault::Gone { candidate } if gone.contains(&candidate));
                    prop_assert!(!possible || known, "{:?}: {}", change, fault);
                    prop_assert_eq!(brute::places(&plan.placements()), before);
                    prop_assert_eq!(plan.objective(), &old);
                }
            }
        }
        let (instance, solution) = plan.solution().unwrap();
        let best = solve(&instance, &AssignOptions::default()).unwrap();
        if brute::places(solution.placements()) == brute::places(best.placements()) {
            prop_assert_eq!(forced_in_every(&instance, &solution), forced_in_every(&instance, &best));
        }
    }
}

const TOWN: County =
    County { candidates: 300, openings: 60, seats_each: 2, pairs_each: 6, regions: 4, scores: 50, seed: 5 };

#[test]
fn a_day_of_changes_in_a_town_ends_where_a_fresh_solve_does() {
    live_through(200, TOWN);
}

#[test]
fn years_of_changes_at_the_highest_scores_keep_the_prices_in_range() {
    let scores = usize::try_from(MAX_SCORE).unwrap();
    live_through(3000, County { candidates: 60, openings: 12, regions: 1, scores, ..TOWN });
}

/// Makes so many changes, and compares with a fresh solve now and then.
fn live_through(changes: usize, shape: County) {
    let mut parts = county(shape);
    let (instance, solution) = solved(&parts, LotteryStage::AfterScore);
    let mut plan = Standing::new(&instance, &solution).unwrap();
    let mut numbers = Numbers(8);
    for step in 1..=changes {
        let candidate = CandidateIx::new(numbers.below(parts.candidates.len()));
        let opening = OpeningIx::new(numbers.below(parts.seats.len()));
        let change = match numbers.below(5) {
            0 => Change::Withdraw(candidate),
            1 => Change::Seats(opening, u32::try_from(numbers.below(4)).unwrap()),
            2 => Change::Pin(candidate, opening),
            _ => Change::Arrive(twin(&parts, candidate)),
        };
        if plan.apply(change.clone()).is_ok() {
            parts = changed(&parts, &change);
        }
        if step % (changes / 10) == 0 {
            let fresh = Instance::new(parts.clone()).unwrap();
            let best = solve(&fresh, &AssignOptions::default()).unwrap();
            assert_eq!(plan.objective(), best.objective());
        }
    }
    let (instance, solution) = plan.solution().unwrap();
    assert_eq!(instance, Instance::new(parts).unwrap());
    solution.certificate().verify(&instance, solution.placements()).unwrap();
}

/// Somebody new with the numbers and pairs of a candidate, of no kind.
fn twin(parts: &InstanceParts, candidate: CandidateIx) -> Arrival {
    let CandidateNumbers { tier, household, .. } = parts.candidates[candidate.get()];
    let pairs = parts.pairs.iter().filter(|pair| pair.candidate == candidate);
    let pairs = pairs.map(|pair| (pair.opening, pair.score)).collect();
    Arrival { tier, household, lot: u32::try_from(parts.candidates.len()).unwrap(), kinds: Vec::new(), pairs }
}

/// Nobody may come into the second group, so that its price is no path's length: it must not speak of the highest score
/// after whoever had it has gone, since the numbers are then made for lower ones.
#[test]
fn the_price_of_a_cap_of_nobody_forgets_a_score_that_has_gone() {
    let (first, second) = (CandidateIx::new(0), CandidateIx::new(1));
    let (one, other) = (OpeningIx::new(0), OpeningIx::new(1));
    let numbers = |lot| CandidateNumbers { tier: 0, household: None, lot };
    let hard = Group { openings: vec![other], kind: Some(KindIx::new(0)), reserve: 1, ..Group::default() };
    let instance = Instance::new(InstanceParts {
        tiers: 1,
        candidates: vec![numbers(0), numbers(1)],
        seats: vec![1, 1],
        pairs: vec![
            Pair { candidate: first, opening: one, score: 0 },
            Pair { candidate: first, opening: other, score: MAX_SCORE },
            Pair { candidate: second, opening: one, score: 0 },
        ],
        kinds: vec![Vec::new(), vec![second]],
        groups: vec![
            Group { unfilled: Unfilled::LeftFree, ..hard },
            Group { kind: Some(KindIx::new(1)), cap: Some(0), ..Group::default() },
        ],
        ..InstanceParts::default()
    });
    let instance = instance.unwrap();
    let solution = solve(&instance, &AssignOptions::default()).unwrap();
    let mut plan = Standing::new(&instance, &solution).unwrap();
    let arrival = Arrival { lot: 1, pairs: vec![(other, 1)], ..Arrival::default() };
    for change in [Change::Arrive(arrival), Change::Withdraw(first)] {
        plan.apply(change).unwrap();
        let (instance, solution) = plan.clone().solution().unwrap();
        solution.certificate().verify(&instance, solution.placements()).unwrap();
    }
}

#[test]
fn an_opening_may_have_as_many_seats_as_can_be_counted() {
    let only = OpeningIx::new(0);
    let numbers = |lot| CandidateNumbers { tier: 0, household: None, lot };
    let pair = |candidate| Pair { candidate: CandidateIx::new(candidate), opening: only, score: 5 };
    for (start, seats) in [(1, 1 << 31), (u32::MAX, u32::MAX), (u32::MAX, 1), (0, u32::MAX)] {
        let instance = Instance::new(InstanceParts {
            tiers: 1,
            candidates: vec![numbers(0), numbers(1)],
            seats: vec![start],
            pairs: vec![pair(0), pair(1)],
            households: 1,
            ..InstanceParts::default()
        });
        let instance = instance.unwrap();
        let solution = solve(&instance, &AssignOptions::default()).unwrap();
        let mut plan = Standing::new(&instance, &solution).unwrap();
        plan.apply(Change::Seats(only, seats)).unwrap();
        let household = Some(HouseholdIx::new(0));
        plan.apply(Change::Arrive(Arrival {
            household,
            lot: 2,
            pairs: vec![(only, 9)],
            ..Arrival::default()
        }))
        .unwrap();
        let (changed, proved) = plan.solution().unwrap();
        let fresh = solve(&changed, &AssignOptions::default()).unwrap();
        assert_eq!(proved.objective(), fresh.objective());
        assert_eq!(proved.objective().placed(), u64::from(seats.min(3)));
    }
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    let (first, second) = (CandidateIx::new(0), CandidateIx::new(1));
    let (only, none) = (OpeningIx::new(0), OpeningIx::new(1));
    let numbers = |lot| CandidateNumbers { tier: 0, household: None, lot };
    let pair = |candidate| Pair { candidate, opening: only, score: 5 };
    let instance = Instance::new(InstanceParts {
        tiers: 1,
        candidates: vec![numbers(0), numbers(1)],
        seats: vec![1],
        pairs: vec![pair(first), pair(second)],
        ..InstanceParts::default()
    });
    let instance = instance.unwrap();
    let solution = solve(&instance, &AssignOptions::default()).unwrap();
    let mut plan = Standing::new(&instance, &solution).unwrap();
    plan.apply(Change::Pin(second, only)).unwrap();
    assert_eq!(plan.place(second), Some(only));
    let mut refused = |change, sentence: &str| {
        let before = plan.placements();
        assert_eq!(plan.apply(change).unwrap_err().to_string(), sentence);
        assert_eq!(plan.placements(), before);
    };
    let no_room = "candidate 0, opening 0: where seats, caps and other pins leave no room; take a pin back or add a seat";
    refused(Change::Pin(first, only), no_room);
    refused(Change::Pin(first, none), "opening 1: there is no such row; name one that exists");
    refused(Change::Unpin(first), "candidate 0: is not pinned; there is no pin to take back");
    refused(
        Change::Seats(only, 0),
        "opening 0: 1 seats are held by pins or kept free, 0 are asked for; take pins back",
    );
    refused(
        Change::Forbid(second, only),
        "candidate 1, opening 0: where they are pinned; take the pin back first",
    );
    let tier = Arrival { tier: 1, lot: 2, ..Arrival::default() };
    refused(Change::Arrive(tier), "candidate 2: tier 1; tiers count from 0, give one below 1");
    let stage = AssignOptions::default().lottery(LotteryStage::BeforeScore);
    let solution = solve(&instance, &stage).unwrap();
    assert_eq!(Standing::new(&instance, &solution).unwrap_err(), ChangeFault::LotteryFirst);
}
