//! The Hall set against its definition, and that it proves what it says.

use std::collections::BTreeSet;

use anzhi::assign::{ForcedIn, HallSet, HallSets, LotteryStage, forced_in};
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{Group, Instance, InstanceParts, Unfilled};
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

/// A group of one kind at one opening that shares no member with another there, as far as it has a say.
struct Kept {
    opening: usize,
    members: BTreeSet<usize>,
    reserve: usize,
    hard: bool,
    placed: usize,
    /// Seats that are kept for the members.
    seats: usize,
}

fn kept(instance: &Instance, places: &Places) -> Vec<Kept> {
    let at_one = |group: &Group| match group.openings.as_slice() {
        [one] => Some(one.get()),
        [] if instance.seats().len() == 1 => Some(0),
        _ => None,
    };
    let here = instance.groups().iter().filter_map(|group| {
        let (opening, kind) = (at_one(group)?, group.kind?);
        let members = instance.kinds()[kind.get()].iter().map(|row| row.get());
        let members = members.filter(|&row| may_take(instance, row, opening));
        Some((group, opening, members.collect::<BTreeSet<usize>>()))
    });
    let here: Vec<_> = here.collect();
    let alone = |(at, (_, opening, members)): &(usize, &(&Group, usize, BTreeSet<usize>))| {
        let shares = |(_, other, theirs): &(&Group, usize, BTreeSet<usize>)| {
            other == opening && !theirs.is_disjoint(members)
        };
        !here.iter().enumerate().any(|(other, it)| other != *at && shares(it))
    };
    let groups = here.iter().enumerate().filter(alone).map(|(_, (group, opening, members))| {
        let (opening, reserve) = (*opening, group.reserve as usize);
        let placed = members.iter().filter(|&&row| places[row] == Some(opening)).count();
        let hard = group.unfilled == Unfilled::LeftFree;
        let seats = if placed > reserve {
            0
        } else if hard {
            reserve
        } else {
            placed
        };
        Kept { opening, members: members.clone(), reserve, hard, placed, seats }
    });
    groups.collect()
}

fn may_take(instance: &Instance, candidate: usize, opening: usize) -> bool {
    instance.choice(CandidateIx::new(candidate), OpeningIx::new(opening)).is_some()
}

/// What is reached: openings, and positions of groups whose kept seats are too.
#[derive(Clone, Default, PartialEq)]
struct Reached {
    openings: BTreeSet<usize>,
    kept: BTreeSet<usize>,
}

impl Reached {
    /// The least set that holds the openings of a candidate and, with an opening, those of the people seated there.
    fn of(instance: &Instance, places: &Places, groups: &[Kept], candidate: usize) -> Self {
        let mut set = Self::default();
        set.enter(instance, groups, candidate);
        loop {
            let mut wider = set.clone();
            for row in set.seated(places, groups) {
                wider.enter(instance, groups, row);
            }
            if wider == set {
                return set;
            }
            set = wider;
        }
    }

    fn enter(&mut self, instance: &Instance, groups: &[Kept], candidate: usize) {
        for opening in open_to(instance, candidate) {
            self.openings.insert(opening);
            let own = groups.iter().position(|it| it.opening == opening && it.members.contains(&candidate));
            self.kept.extend(own);
            if own.is_some_and(|at| groups[at].placed < groups[at].reserve) {
                self.kept.extend((0..groups.len()).filter(|&at| groups[at].opening == opening));
            }
        }
    }

    /// The groups at reached openings whose seats are kept.
    fn barred<'g>(&self, groups: &'g [Kept]) -> Vec<&'g Kept> {
        let barred = groups.iter().enumerate().filter(|(at, it)| it.seats > 0 && !self.kept.contains(at));
        barred.map(|(_, it)| it).filter(|it| self.openings.contains(&it.opening)).collect()
    }

    /// The people who have a seat that is reached.
    fn seated(&self, places: &Places, groups: &[Kept]) -> Vec<usize> {
        let barred = self.barred(groups);
        let is_kept = |row: usize, opening: usize| {
            barred.iter().any(|it| it.opening == opening && it.members.contains(&row))
        };
        let here = |row: &usize| {
            places[*row].is_some_and(|place| self.openings.contains(&place) && !is_kept(*row, place))
        };
        (0..places.len()).filter(here).collect()
    }

    /// The counts, if the set is closed for the candidate.
    fn counts(
        &self,
        instance: &Instance,
        places: &Places,
        groups: &[Kept],
        candidate: usize,
    ) -> Option<HallSet> {
        let people = self.seated(places, groups);
        let own = usize::from(instance.candidates()[candidate].tier);
        let kept: usize = self.barred(groups).iter().map(|it| it.seats).sum();
        let all: u64 = self.openings.iter().map(|&opening| u64::from(instance.seats()[opening])).sum();
        let mut counts = HallSet {
            openings: self.openings.len() as u64,
            seats: all - kept as u64,
            placed_per_tier: vec![0; own + 1],
            pinned: 0,
            kept: kept as u64,
        };
        for &row in &people {
            if instance.pin(CandidateIx::new(row)).is_some() {
                counts.pinned += 1;
            } else {
                *counts.placed_per_tier.get_mut(usize::from(instance.candidates()[row].tier))? += 1;
            }
        }
        (!self.openings.is_empty() && people.len() as u64 == counts.seats).then_some(counts)
    }
}

/// Whether a plan has as many members of each group in its kept seats; what hard reserves keep together may stay free.
fn keeps(instance: &Instance, plan: &Places, barred: &[&Kept]) -> bool {
    let at = |row: usize, opening: usize| plan[row] == Some(opening);
    let members = |it: &Kept| it.members.iter().filter(|&&row| at(row, it.opening)).count();
    let left_free = |opening: usize| -> usize {
        let hard = barred.iter().filter(|it| it.hard && it.opening == opening);
        hard.map(|it| it.reserve.saturating_sub(members(it))).sum()
    };
    barred.iter().all(|it| {
        let placed = (0..plan.len()).filter(|&row| at(row, it.opening)).count();
        let fits = placed + left_free(it.opening) <= instance.seats()[it.opening] as usize;
        if it.hard { fits } else { members(it) >= it.placed }
    })
}

fn seats_only(parts: &InstanceParts) -> Vec<Places> {
    let parts = InstanceParts { household_cap: None, groups: Vec::new(), keep: Vec::new(), ..parts.clone() };
    brute::plans(&parts, None)
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
        let groups = kept(&instance, &places);
        let plans = seats_only(&parts);
        let placed: Vec<usize> = (0..places.len()).filter(|&row| places[row].is_some()).collect();
        for candidate in 0..places.len() {
            let found = sets.around(CandidateIx::new(candidate));
            if places[candidate].is_some() {
                prop_assert_eq!(found, None);
                continue;
            }
            let set = Reached::of(&instance, &places, &groups, candidate);
            prop_assert_eq!(&found, &set.counts(&instance, &places, &groups, candidate));
            let Some(found) = found else { continue };
            let inside = set.seated(&places, &groups);
            for &row in &inside {
                prop_assert!(open_to(&instance, row).is_subset(&set.openings), "{} has a way out", row);
            }
            let barred = set.barred(&groups);
            let holds_all = |plan: &Places, people: &[usize]| people.iter().all(|&row| plan[row].is_some());
            let all: Vec<usize> = inside.iter().copied().chain([candidate]).collect();
            prop_assert!(
                !plans.iter().any(|plan| holds_all(plan, &all) && keeps(&instance, plan, &barred))
            );
            if found.kept > 0 {
                continue;
            }
            for mut people in subsets(&placed) {
                let counts =
                    |row: &&usize| people.contains(row) || instance.pin(CandidateIx::new(**row)).is_some();
                let proves = inside.iter().filter(|row| !counts(row)).count() == 0;
                people.push(candidate);
                prop_assert_eq!(!plans.iter().any(|plan| holds_all(plan, &people)), proves, "{:?}", people);
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
    let expected = HallSet { openings: 2, seats: 2, placed_per_tier: vec![2, 0], pinned: 0, kept: 0 };
    assert_eq!(sets.around(CandidateIx::new(3)), Some(expected));
    assert_eq!(sets.around(CandidateIx::new(0)), None);
    assert_eq!(sets.around(CandidateIx::new(9)), None);
}
