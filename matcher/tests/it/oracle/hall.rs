//! The Hall set against its definition, and that it proves what it says.

use std::collections::BTreeSet;

use anzhi::assign::{ForcedIn, HallSet, HallSets, LotteryStage, forced_in};
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{Instance, InstanceParts};
use proptest::prelude::*;

use super::brute::{self, Places};
use super::samples::{County, county, small};
use super::{cases, household_is_full, solved, stages};

/// The openings that somebody may take: that of a pin alone.
fn open_to(instance: &Instance, candidate: usize) -> BTreeSet<usize> {
    let row = CandidateIx::new(candidate);
    let choices = instance.choices(row).iter().map(|choice| choice.opening().get());
    instance.pin(row).map_or_else(|| choices.collect(), |pin| BTreeSet::from([pin.get()]))
}

/// The least set that holds the openings of a candidate and, with an opening, those of the people seated there.
fn reached(instance: &Instance, places: &Places, candidate: usize) -> BTreeSet<usize> {
    let mut set = open_to(instance, candidate);
    loop {
        let inside = (0..places.len()).filter(|&row| places[row].is_some_and(|place| set.contains(&place)));
        let wider: BTreeSet<usize> =
            inside.flat_map(|row| open_to(instance, row)).chain(set.clone()).collect();
        if wider == set {
            return set;
        }
        set = wider;
    }
}

/// The people who have a seat in a set of openings.
fn seated(places: &Places, set: &BTreeSet<usize>) -> Vec<usize> {
    (0..places.len()).filter(|&row| places[row].is_some_and(|place| set.contains(&place))).collect()
}

/// The set by its definition, if it is closed.
fn by_definition(instance: &Instance, places: &Places, candidate: usize) -> Option<HallSet> {
    let set = reached(instance, places, candidate);
    let people = seated(places, &set);
    let own = usize::from(instance.candidates()[candidate].tier);
    let mut counts = HallSet {
        openings: set.len() as u64,
        seats: set.iter().map(|&opening| u64::from(instance.seats()[opening])).sum(),
        placed_per_tier: vec![0; own + 1],
        pinned: 0,
    };
    for &row in &people {
        if instance.pin(CandidateIx::new(row)).is_some() {
            counts.pinned += 1;
        } else {
            *counts.placed_per_tier.get_mut(usize::from(instance.candidates()[row].tier))? += 1;
        }
    }
    (!set.is_empty() && people.len() as u64 == counts.seats).then_some(counts)
}

/// Whether seats alone let all of these people be placed.
fn seats_suffice(parts: &InstanceParts, people: &[usize]) -> bool {
    let seats_only =
        InstanceParts { household_cap: None, groups: Vec::new(), keep: Vec::new(), ..parts.clone() };
    let plans = brute::plans(&seats_only, None);
    plans.iter().any(|places| people.iter().all(|&row| places[row].is_some()))
}

/// Every choice of some of these people.
fn subsets(people: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let chosen = |bits: u32| (0..people.len()).filter(move |at| bits >> at & 1 == 1);
    (0..1_u32 << people.len()).map(move |bits| chosen(bits).map(|at| people[at]).collect())
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_hall_set_is_the_least_that_proves_that_somebody_must_go_out(parts in small(), stage in stages()) {
        let (instance, solution) = solved(&parts, stage);
        let places = brute::places(solution.placements());
        let sets = HallSets::new(&instance, solution.placements());
        let placed: Vec<usize> = (0..places.len()).filter(|&row| places[row].is_some()).collect();
        for candidate in 0..places.len() {
            let found = sets.around(CandidateIx::new(candidate));
            if places[candidate].is_some() {
                prop_assert_eq!(found, None);
                continue;
            }
            prop_assert_eq!(&found, &by_definition(&instance, &places, candidate));
            if found.is_none() {
                continue;
            }
            let set = reached(&instance, &places, candidate);
            let inside = seated(&places, &set);
            for &row in &inside {
                prop_assert!(open_to(&instance, row).is_subset(&set), "{} has a way out", row);
            }
            for mut people in subsets(&placed) {
                let counts =
                    |row: &&usize| people.contains(row) || instance.pin(CandidateIx::new(**row)).is_some();
                let proves = inside.iter().filter(|row| !counts(row)).count() == 0;
                people.push(candidate);
                prop_assert_eq!(!seats_suffice(&parts, &people), proves, "{:?}", people);
            }
        }
    }

    #[test]
    fn without_groups_only_a_full_household_leaves_it_open(parts in small(), stage in stages()) {
        let parts = InstanceParts { groups: Vec::new(), ..parts };
        let Ok(instance) = Instance::new(parts.clone()) else { return Ok(()) };
        let (_, solution) = solved(&parts, stage);
        let places = brute::places(solution.placements());
        let sets = HallSets::new(&instance, solution.placements());
        for candidate in (0..places.len()).filter(|&row| places[row].is_none()) {
            let row = CandidateIx::new(candidate);
            if instance.choices(row).is_empty() || sets.around(row).is_some() {
                continue;
            }
            prop_assert!(household_is_full(&parts, &places, candidate));
            if let ForcedIn::Costs { loss_beside_household: beside, .. } = forced_in(&instance, &solution, row) {
                let first = beside.placed_per_tier.iter().find(|&&people| people != 0);
                prop_assert!(first.is_some_and(|&people| people < 0), "{:?}", beside);
            }
        }
    }
}

/// Where a tier decides, nobody of the own tier is in the set: otherwise the two could change places at no such loss.
#[test]
fn in_a_county_the_set_agrees_with_what_forcing_in_costs() {
    let shape = County {
        candidates: 240,
        openings: 40,
        seats_each: 2,
        pairs_each: 3,
        regions: 2,
        scores: 4,
        seed: 5,
    };
    let mut parts = county(shape);
    parts.groups.clear();
    parts.household_cap = None;
    let (instance, solution) = solved(&parts, LotteryStage::AfterScore);
    let sets = HallSets::new(&instance, solution.placements());
    let (mut by_tier, mut wider) = (0, 0);
    for candidate in instance.rows().filter(|&row| solution.placements()[row].is_none()) {
        let Some(set) = sets.around(candidate) else { panic!("not closed: {candidate:?}") };
        let ForcedIn::Costs { loss, .. } = forced_in(&instance, &solution, candidate) else { continue };
        let same = set.placed_per_tier.last().copied().unwrap_or(0);
        assert_eq!(same == 0, loss.placed_per_tier.iter().any(|&people| people != 0), "{candidate:?}");
        by_tier += usize::from(same == 0);
        wider += usize::from(set.openings > instance.choices(candidate).len() as u64);
    }
    assert!(by_tier > 5 && wider > 5, "{by_tier}, {wider}");
}

/// Three posts in a row: the set holds what the people seated in it could take besides, and nothing further.
#[test]
fn a_set_reaches_as_far_as_its_people() {
    let pairs = [(0, 0), (0, 1), (1, 1), (2, 2), (3, 0), (4, 2), (4, 3)];
    let numbers = |lot| anzhi::instance::CandidateNumbers { tier: u8::from(lot >= 3), household: None, lot };
    let parts = InstanceParts {
        tiers: 2,
        candidates: (0..5).map(numbers).collect(),
        seats: vec![1, 1, 1, 1],
        pairs: pairs
            .map(|(candidate, opening)| anzhi::instance::Pair {
                candidate: CandidateIx::new(candidate),
                opening: OpeningIx::new(opening),
                score: 1,
            })
            .to_vec(),
        ..InstanceParts::default()
    };
    let (instance, solution) = solved(&parts, LotteryStage::AfterScore);
    let sets = HallSets::new(&instance, solution.placements());
    let expected = HallSet { openings: 2, seats: 2, placed_per_tier: vec![2, 0], pinned: 0 };
    assert_eq!(sets.around(CandidateIx::new(3)), Some(expected));
    assert_eq!(sets.around(CandidateIx::new(0)), None);
    assert_eq!(sets.around(CandidateIx::new(9)), None);
}
