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
