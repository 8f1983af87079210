//! Instances of a county's size, where no brute force reaches: laws that tie one solve to another, threads, work.

use anzhi::assign::{ForcedIn, LotteryStage, Work, forced_in, forced_in_every};
use anzhi::ids::{CandidateIx, KindIx};
use anzhi::instance::{Group, InstanceParts};

use super::brute::{self, Places};
use super::samples::{County, Numbers, county};
use super::{difference, solved};

const STAGES: [LotteryStage; 2] = [LotteryStage::AfterScore, LotteryStage::BeforeScore];

const TOWN: County =
    County { candidates: 420, openings: 70, seats_each: 2, pairs_each: 6, regions: 7, scores: 4, seed: 3 };

/// Crowded and full of ties: one part, and nearly every optimum has many plans.
fn crowded(seed: u64) -> County {
    County { candidates: 240, openings: 40, pairs_each: 9, regions: 1, scores: 3, seed, ..TOWN }
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let parts = county(TOWN);
    for stage in STAGES {
        let answers = [1, 2, 7].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let (instance, solution) = solved(&parts, stage);
                let forced = forced_in_every(&instance, &solution);
                let plan = (solution.placements().clone(), solution.certificate().clone());
                (plan, solution.work(), forced)
            })
        });
        assert!(answers[0].1.parts >= 7, "several parts, or threads have nothing to share");
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
}

/// The same numbers without some of the pairs and seats that the plan does not use. What is left still holds the
/// plan that came first among more of them, so it comes first again: both the objective and the tie rule
/// rank all plans in one order.
fn without_what_is_not_used(parts: &InstanceParts, places: &Places, seed: u64) -> InstanceParts {
    let mut numbers = Numbers(seed);
    let mut less = parts.clone();
    less.pairs.retain(|pair| {
        let used = places[pair.candidate.get()] == Some(pair.opening.get());
        used || numbers.below(2) == 0
    });
    for (opening, seats) in less.seats.iter_mut().enumerate() {
        let used = places.iter().filter(|&&place| place == Some(opening)).count();
        let kept = less.groups.iter().filter(|group| group.openings[0].get() == opening);
        let kept = kept.map(|group| group.reserve).max().unwrap_or(0);
        *seats = kept.max(u32::try_from(used).unwrap());
    }
    less
}

#[test]
fn what_the_plan_does_not_use_does_not_matter() {
    for (seed, stage) in (0..12).flat_map(|seed| STAGES.map(|stage| (seed, stage))) {
        let parts = county(crowded(seed));
        let places = brute::places(solved(&parts, stage).1.placements());
        let less = without_what_is_not_used(&parts, &places, seed);
        assert!(less.pairs.len() < parts.pairs.len() * 3 / 4, "seed {seed}: little was taken away");
        let again = brute::places(solved(&less, stage).1.placements());
        assert_eq!(again, places, "seed {seed}, {stage:?}");
    }
}

/// A tier of their own before all others makes sure that somebody is placed, if no reserve outranks it.
#[test]
fn forcing_somebody_in_costs_the_difference_of_two_solves() {
    let mut asked = 0;
    for (seed, stage) in (0..6).flat_map(|seed| STAGES.map(|stage| (seed, stage))) {
        let mut parts = county(crowded(seed));
        parts.groups.clear();
        let (instance, solution) = solved(&parts, stage);
        let places = brute::places(solution.placements());
        for candidate in (0..places.len()).filter(|&row| places[row].is_none()).step_by(5) {
            let mut forced = parts.clone();
            forced.tiers += 1;
            forced.candidates.iter_mut().for_each(|other| other.tier += 1);
            forced.candidates[candidate].tier = 0;
            let with = brute::places(solved(&forced, stage).1.placements());
            assert!(with[candidate].is_some());
            let value = |places| brute::before_lottery(&parts, stage, places);
            let expected = difference(&value(&places), &value(&with));
            let answer = forced_in(&instance, &solution, CandidateIx::new(candidate));
            let agrees = matches!(&answer, ForcedIn::Costs { loss, .. } if *loss == expected);
            assert!(agrees, "seed {seed}, candidate {candidate}: {answer:?}, not {expected:?}");
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

/// A reserve for everybody wherever they are keeps the solver from starting by levels and an auction. The plan is unique,
/// so it must come out the same either way.
#[test]
fn the_start_near_the_optimum_changes_no_placement() {
    let shapes = (0..8).flat_map(|seed| [(1, 2), (3, 5), (10_000, 2), (100_000_000, 1)].map(|it| (seed, it)));
    for ((seed, (scores, seats_each)), stage) in shapes.flat_map(|shape| STAGES.map(|stage| (shape, stage))) {
        let mut parts = county(County { seats_each, scores, ..crowded(seed) });
        parts.groups.clear();
        parts.household_cap = if seed % 2 == 0 { None } else { Some(1) };
        let near = solved(&parts, stage).1;
        parts.kinds = vec![(0..parts.candidates.len()).map(CandidateIx::new).collect()];
        parts.groups.push(Group { kind: Some(KindIx::new(0)), reserve: 1, ..Group::default() });
        let far = solved(&parts, stage).1;
        assert!(far.work().bids == 0 && (scores == 1 || near.work().bids > 0));
        assert_eq!(near.placements(), far.placements(), "seed {seed}, {scores} scores, {stage:?}");
        assert_eq!(near.certificate().prices().openings, far.certificate().prices().openings);
    }
}

/// Work, not time: the same on every machine. Whoever makes the solver faster lowers these numbers.
#[test]
fn the_work_on_a_county_is_what_it_was() {
    let shape = County { candidates: 2500, openings: 150, seats_each: 1, pairs_each: 40, ..crowded(1) };
    let work = STAGES.map(|stage| solved(&county(shape), stage).1.work());
    let after = Work { parts: 1, searches: 3656, settled: 23_865, steps: 1_104_934, bids: 670 };
    let before = Work { parts: 1, searches: 3655, settled: 25_132, steps: 1_170_704, bids: 2869 };
    assert_eq!(work, [after, before]);
    let mut plain = county(shape);
    plain.groups.clear();
    plain.household_cap = None;
    let plain = solved(&plain, LotteryStage::AfterScore).1.work();
    assert_eq!(plain, Work { parts: 1, searches: 4988, settled: 553, steps: 7675, bids: 780 });
}
