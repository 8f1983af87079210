use super::*;

fn candidate(tier: u8, household: Option<usize>, lot: u32) -> CandidateNumbers {
    CandidateNumbers { tier, household: household.map(HouseholdIx::new), lot }
}

fn pair(candidate: usize, opening: usize, score: u32) -> Pair {
    Pair { candidate: CandidateIx::new(candidate), opening: OpeningIx::new(opening), score }
}

fn members(rows: &[usize]) -> Vec<CandidateIx> {
    rows.iter().copied().map(CandidateIx::new).collect()
}

/// Seats of one opening for a kind.
fn reserve(opening: usize, reserve: u32, kind: usize) -> Group {
    let (openings, kind) = (vec![OpeningIx::new(opening)], Some(KindIx::new(kind)));
    Group { openings, kind, reserve, ..Group::default() }
}

fn sound() -> InstanceParts {
    InstanceParts {
        tiers: 2,
        candidates: vec![candidate(0, Some(0), 1), candidate(1, Some(0), 0), candidate(1, None, 2)],
        seats: vec![2, 1],
        pairs: vec![pair(2, 1, 7), pair(0, 0, 5), pair(1, 0, MAX_SCORE), pair(0, 1, 0)],
        households: 1,
        household_cap: Some(1),
        kinds: vec![members(&[2, 0, 2]), members(&[1]), members(&[0])],
        groups: vec![reserve(1, 1, 0), reserve(0, 1, 1), reserve(0, 2, 2)],
        ..InstanceParts::default()
    }
}

#[test]
fn pairs_and_reserves_are_sorted_whatever_their_order() {
    let instance = Instance::new(sound()).unwrap();
    let mut parts = sound();
    parts.pairs.reverse();
    parts.groups.reverse();
    let turned = Instance::new(parts).unwrap();
    assert_eq!(instance, turned);
    let pairs: Vec<Pair> = instance.pairs().collect();
    assert_eq!(pairs, [pair(0, 0, 5), pair(0, 1, 0), pair(1, 0, MAX_SCORE), pair(2, 1, 7)]);
    assert_eq!(instance.kinds()[0].len(), 2);
    let (leaf, _) = instance.entry(CandidateIx::new(2), OpeningIx::new(1)).unwrap();
    let group = instance.nesting().leaf_group(leaf).unwrap();
    assert_eq!(instance.groups()[group], reserve(1, 1, 0));
    assert_eq!(instance.choice(CandidateIx::new(2), OpeningIx::new(0)), None);
    assert!(instance.choices(CandidateIx::new(9)).is_empty());
    assert_eq!(Instance::new(instance.to_parts()).unwrap(), instance);
}

#[test]
fn every_number_changes_the_digest() {
    let changes: &[fn(&mut InstanceParts)] = &[
        |_| (),
        |parts| parts.tiers = 3,
        |parts| parts.candidates[2].tier = 0,
        |parts| parts.candidates[1].household = None,
        |parts| parts.candidates.iter_mut().for_each(|candidate| candidate.lot = 2 - candidate.lot),
        |parts| parts.seats[0] = 3,
        |parts| parts.pairs[1].score = 6,
        |parts| parts.pairs.truncate(3),
        |parts| parts.households = 2,
        |parts| parts.household_cap = None,
        |parts| parts.household_cap = Some(2),
        |parts| parts.groups[2].reserve = 1,
        |parts| parts.groups[2].cap = Some(2),
        |parts| parts.groups[2].unfilled = Unfilled::LeftFree,
        |parts| parts.pins = vec![(CandidateIx::new(0), OpeningIx::new(1))],
        |parts| parts.prohibitions = vec![(CandidateIx::new(0), OpeningIx::new(9 % 2))],
        |parts| parts.keep = vec![(CandidateIx::new(0), OpeningIx::new(1))],
        |parts| parts.kinds[0].truncate(1),
    ];
    let mut digests = std::collections::BTreeSet::new();
    for change in changes {
        let mut parts = sound();
        change(&mut parts);
        digests.insert(*Instance::new(parts).unwrap().digest());
    }
    assert_eq!(digests.len(), changes.len());
}

#[test]
fn every_fault_is_reported_at_once_with_where_what_and_what_to_do() {
    let parts = InstanceParts {
        tiers: 9,
        candidates: vec![candidate(9, Some(3), 0), candidate(0, None, 0), candidate(0, None, 3)],
        seats: vec![2],
        pairs: vec![pair(0, 0, 1), pair(3, 0, 1), pair(0, 1, 1), pair(0, 0, MAX_SCORE + 1)],
        households: 3,
        household_cap: Some(0),
        kinds: vec![members(&[1]), members(&[8])],
        groups: vec![
            Group { unfilled: Unfilled::LeftFree, ..reserve(0, 3, 0) },
            reserve(1, 9, 1),
            Group { cap: Some(0), ..reserve(0, 1, 7) },
            Group { openings: Vec::new(), unfilled: Unfilled::LeftFree, ..reserve(0, 1, 0) },
        ],
        pins: vec![(CandidateIx::new(0), OpeningIx::new(5))],
        ..InstanceParts::default()
    };
    let found = Instance::new(parts).unwrap_err().to_string();
    let expected = "9 tiers; give 1 to 8; \
        candidate 0: tier 9; tiers count from 0, give one below 9; \
        candidate 0: household 3; give one below 3 or raise the number of households; \
        candidate 1: lot 0 is already that of candidate 0; give each candidate a lot of its own; \
        candidate 2: lot 3; lots count from 0, give one below the number of candidates; \
        household cap 0 would place nobody; give 1 or more, or no cap; \
        pair 1: there is no candidate 3; name one of the candidates; \
        pair 2: there is no opening 1; name one of the openings; \
        pair 3: score 1000000001; give at most 1000000000; \
        pair 3: the same candidate and opening as pair 0; keep one of the two; \
        kind 1: there is no candidate 8; name one of the candidates; \
        group 1: there is no opening 1; name one of the openings; \
        group 2: there is no kind 7; name one of the kinds; \
        group 2: 1 seats reserved under a cap of 0; raise the cap or reserve fewer; \
        group 0: 3 seats are left free at an opening that has 2; reserve at most as many as there are; \
        group 3: seats can be left free for a kind of person at one opening only; name the kind and one opening, or let them open to others; \
        pin 0: there is no candidate 0 or no opening 5; name one of each";
    assert_eq!(found, expected);
}

#[test]
fn an_instance_beyond_the_row_numbers_is_refused() {
    let parts = InstanceParts { tiers: 1, households: MAX_ROWS + 1, ..InstanceParts::default() };
    let faults = Instance::new(parts).unwrap_err();
    assert_eq!(faults.iter().next(), Some(&InstanceFault::TooLarge { rows: MAX_ROWS + 1 }));
}

/// Kinds of people and groups of one opening, of few people, so that groups nest, cross and are equal in turn.
fn drawn(seed: u32) -> InstanceParts {
    let mut state = u64::from(seed) * 2 + 1;
    let mut below = |end: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(end)) as usize
    };
    let (people, openings) = (1 + below(7), 1 + below(4));
    let mut parts = InstanceParts {
        tiers: 1,
        candidates: (0..).take(people).map(|lot| candidate(0, None, lot)).collect(),
        seats: vec![3; openings],
        ..InstanceParts::default()
    };
    for one in 0..people {
        parts.pairs.extend((0..openings).filter(|_| below(4) > 0).map(|opening| pair(one, opening, 1)));
    }
    for _ in 0..=below(4) {
        // mostly the first so many people, which nest
        let (end, odd) = (1 + below(7), below(4) == 0);
        let kind: Vec<usize> =
            (0..people).filter(|one| if odd { below(2) == 0 } else { *one < end }).collect();
        parts.kinds.push(members(&kind));
    }
    for opening in 0..openings {
        let kinds = 0..parts.kinds.len();
        parts.groups.extend(kinds.filter(|_| below(2) == 0).map(|kind| reserve(opening, 1, kind)));
    }
    parts
}

/// The pairs that a group of one opening counts.
fn counted(instance: &Instance, group: usize) -> std::collections::BTreeSet<CandidateIx> {
    let Side::Seat(opening) = instance.nesting().sides()[group] else { return [].into() };
    let Some(kind) = instance.groups()[group].kind else { return [].into() };
    let members = instance.kinds()[kind.get()].iter().copied();
    members.filter(|&member| instance.choice(member, opening).is_some()).collect()
}

/// Whether two groups of one opening share some of the people with a pair there, and neither lies in the other.
fn crosses(parts: &InstanceParts) -> bool {
    let sets = parts.groups.iter().map(|group| {
        let (opening, kind) = (group.openings[0], &parts.kinds[group.kind.unwrap().get()]);
        let pairs = parts.pairs.iter().filter(|pair| pair.opening == opening);
        let own = pairs.filter(|pair| kind.contains(&pair.candidate)).map(|pair| (opening, pair.candidate));
        own.collect::<std::collections::BTreeSet<_>>()
    });
    let sets: Vec<_> = sets.collect();
    let apart = |one: usize, other: usize| {
        let (one, other) = (&sets[one], &sets[other]);
        !one.is_disjoint(other) && !one.is_subset(other) && !other.is_subset(one)
    };
    (0..sets.len()).any(|one| (0..one).any(|other| apart(one, other)))
}

/// Of some groups, the smallest; of equal ones the later lies in the earlier.
fn smallest(instance: &Instance, groups: impl Iterator<Item = usize>) -> Option<usize> {
    groups.min_by_key(|&group| (counted(instance, group).len(), std::cmp::Reverse(group)))
}

#[test]
fn pairs_enter_by_the_smallest_group_that_counts_them() {
    let (mut nested, mut crossed) = (0, 0);
    for parts in (0..2_000).map(drawn) {
        let found = Instance::new(parts.clone());
        assert_eq!(found.is_err(), crosses(&parts), "{parts:?}");
        let Ok(instance) = found else {
            crossed += 1;
            continue;
        };
        nested += 1;
        let nesting = instance.nesting();
        let at = |opening: OpeningIx| {
            let groups = 0..instance.groups().len();
            groups.filter(move |&group| nesting.sides()[group] == Side::Seat(opening))
        };
        for pair in instance.pairs() {
            let (leaf, _) = instance.entry(pair.candidate, pair.opening).unwrap();
            let counting =
                at(pair.opening).filter(|&group| counted(&instance, group).contains(&pair.candidate));
            assert_eq!(nesting.leaf_group(leaf), smallest(&instance, counting), "{parts:?}");
        }
        for group in 0..instance.groups().len() {
            let Side::Seat(opening) = nesting.sides()[group] else { continue };
            let own = counted(&instance, group);
            let around = at(opening).filter(|&other| {
                let theirs = counted(&instance, other);
                (theirs.len(), group) > (own.len(), other) && !own.is_empty() && own.is_subset(&theirs)
            });
            assert_eq!(nesting.parent(group), smallest(&instance, around), "{parts:?}");
        }
    }
    assert!(nested > 500 && crossed > 100, "{nested} {crossed}");
}
