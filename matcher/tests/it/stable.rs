//! Stable placements against every way to place few people.

use anzhi::ids::{CandidateIx, Column, HouseholdIx, KindIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, Group, Instance, InstanceParts, MAX_SCORE, Pair, Side, Unfilled};
use anzhi::stable::{Blocks, Cutoff, Stable, StableRefusal, blocking_pairs, stable};

use crate::support::Dice;

type Placements = Column<CandidateIx, Option<OpeningIx>>;

fn size(dice: &mut Dice, from: u64, to: u64) -> usize {
    usize::try_from(from + dice.below(to - from + 1)).unwrap()
}

fn number(dice: &mut Dice, below: u64) -> u32 {
    u32::try_from(dice.below(below)).unwrap()
}

fn person(tier: u8, lot: u32) -> CandidateNumbers {
    CandidateNumbers { tier, household: None, lot }
}

fn pair(candidate: usize, opening: usize, score: u32) -> Pair {
    Pair { candidate: CandidateIx::new(candidate), opening: OpeningIx::new(opening), score }
}

fn at(opening: usize, kind: Option<usize>) -> Group {
    Group { openings: vec![OpeningIx::new(opening)], kind: kind.map(KindIx::new), ..Group::default() }
}

/// A few people and openings, with few different scores, and groups of one opening that share nobody.
fn drawn(dice: &mut Dice) -> InstanceParts {
    let (people, openings) = (size(dice, 1, 5), size(dice, 1, 3));
    let mut lots: Vec<u32> = (0..).take(people).collect();
    dice.shuffle(&mut lots);
    let candidates = lots.into_iter().map(|lot| person(dice.small(2), lot)).collect();
    let mut pairs = Vec::new();
    for candidate in 0..people {
        for opening in 0..openings {
            if dice.chance(80) {
                pairs.push(pair(candidate, opening, dice.of(&[0, 1, 2, MAX_SCORE])));
            }
        }
    }
    let mut parts = InstanceParts {
        tiers: 2,
        candidates,
        seats: (0..openings).map(|_| number(dice, 4)).collect(),
        pairs,
        ..InstanceParts::default()
    };
    draw_groups(dice, &mut parts);
    if dice.chance(30) {
        let pin = dice.of(&parts.pairs.iter().chain([&pair(0, 0, 0)]).copied().collect::<Vec<Pair>>());
        parts.pins.push((pin.candidate, pin.opening));
    }
    parts
}

fn draw_groups(dice: &mut Dice, parts: &mut InstanceParts) {
    parts.kinds = vec![Vec::new(); 2];
    for candidate in 0..parts.candidates.len() {
        if let Some(kind) = parts.kinds.get_mut(size(dice, 0, 2)) {
            kind.push(CandidateIx::new(candidate));
        }
    }
    for opening in 0..parts.seats.len() {
        for kind in [None, Some(0), Some(1)] {
            if dice.chance(50) {
                let mut group = at(opening, kind);
                group.reserve = number(dice, 3);
                group.cap = dice.chance(40).then(|| group.reserve + number(dice, 2));
                if kind.is_some() && group.reserve > 0 && dice.chance(50) {
                    group.unfilled = Unfilled::LeftFree;
                }
                parts.groups.push(group);
            }
        }
    }
}

/// An instance, drawn until it is sound.
fn sound(dice: &mut Dice) -> Instance {
    loop {
        if let Ok(instance) = Instance::new(drawn(dice)) {
            return instance;
        }
    }
}

/// Whom an opening chooses among these people: the definition, read aloud.
fn choice(instance: &Instance, opening: OpeningIx, people: &[CandidateIx]) -> Vec<CandidateIx> {
    let groups: Vec<&Group> = instance.groups().iter().filter(|group| group.openings == [opening]).collect();
    let of_kind = |group: &Group, who: &[CandidateIx]| {
        let counts =
            |one: &&CandidateIx| group.kind.is_none_or(|kind| instance.kinds()[kind.get()].contains(one));
        u32::try_from(who.iter().filter(counts).count()).unwrap()
    };
    let fits = |who: &[CandidateIx]| {
        let mut seats = instance.seats()[opening.get()];
        for group in &groups {
            let members = of_kind(group, who);
            if group.unfilled == Unfilled::LeftFree {
                seats -= group.reserve - members.min(group.reserve);
            }
            if group.cap.is_some_and(|cap| members > cap) {
                return false;
            }
        }
        u32::try_from(who.len()).unwrap() <= seats
    };
    let mut waiting = people.to_vec();
    waiting.sort_by_key(|&one| {
        let numbers = &instance.candidates()[one.get()];
        let score = instance.choice(one, opening).unwrap().score();
        (instance.pin(one).is_none(), numbers.tier, MAX_SCORE - score, numbers.lot)
    });
    let mut chosen: Vec<CandidateIx> = Vec::new();
    for stage in 0..3 {
        for &one in &waiting {
            let mine = |group: &&&Group| group.kind.is_some() && of_kind(group, &[one]) > 0;
            let kept = groups.iter().find(mine).is_some_and(|group| of_kind(group, &chosen) < group.reserve);
            let turn = [instance.pin(one).is_some(), kept, true][stage];
            let with: Vec<CandidateIx> = chosen.iter().copied().chain([one]).collect();
            if turn && !chosen.contains(&one) && fits(&with) {
                chosen = with;
            }
        }
    }
    chosen.sort_unstable();
    chosen
}

fn at_opening(placements: &Placements, opening: OpeningIx) -> Vec<CandidateIx> {
    placements.iter().filter(|(_, place)| **place == Some(opening)).map(|(one, _)| one).collect()
}

/// How much a candidate likes a place, as a number.
fn liking(instance: &Instance, candidate: CandidateIx, place: Option<OpeningIx>) -> Option<(u32, usize)> {
    let place = place?;
    Some((instance.choice(candidate, place)?.score(), usize::MAX - place.get()))
}

/// Stability by definition, for placements along pairs.
fn is_stable(instance: &Instance, placements: &Placements) -> bool {
    instance.pins().iter().all(|&(candidate, opening)| placements[candidate] == Some(opening))
        && (0..instance.seats().len()).map(OpeningIx::new).all(|opening| {
            let has = at_opening(placements, opening);
            let better = |one: &CandidateIx| {
                instance.pin(*one).is_none()
                    && liking(instance, *one, Some(opening)) > liking(instance, *one, placements[*one])
            };
            let blocks = |one: CandidateIx| {
                let with: Vec<CandidateIx> = has.iter().copied().chain([one]).collect();
                choice(instance, opening, &with).contains(&one)
            };
            choice(instance, opening, &has) == has && !instance.rows().filter(better).any(blocks)
        })
}

/// Every way to give each person one of their openings or none.
fn every_placement(instance: &Instance) -> Vec<Placements> {
    let mut all = vec![Vec::new()];
    for candidate in instance.rows() {
        let places: Vec<Option<OpeningIx>> =
            instance.choices(candidate).iter().map(|choice| Some(choice.opening())).chain([None]).collect();
        all = all
            .iter()
            .flat_map(|row| places.iter().map(|&place| row.iter().copied().chain([place]).collect()))
            .collect();
    }
    all.into_iter().map(Column::from_vec).collect()
}

#[test]
fn the_answer_is_the_best_of_all_stable_placements_for_everybody() {
    let mut dice = Dice(0x57AB);
    for round in 0..1_500 {
        let instance = sound(&mut dice);
        let found = stable(&instance).unwrap();
        let mut seen = false;
        for placements in every_placement(&instance) {
            let holds = is_stable(&instance, &placements);
            let blocking = blocking_pairs(&instance, &placements).unwrap();
            assert_eq!(blocking.is_empty(), holds, "round {round}: {instance:?} {placements:?} {blocking:?}");
            seen |= holds && placements == *found.placements();
            for candidate in instance.rows().filter(|_| holds) {
                let best = liking(&instance, candidate, found.placements()[candidate]);
                assert!(best >= liking(&instance, candidate, placements[candidate]), "round {round}");
            }
        }
        assert!(seen, "round {round}: {instance:?} {:?}", found.placements());
    }
}

#[test]
fn any_one_change_makes_a_blocking_pair() {
    let mut dice = Dice(0xB10C);
    for _ in 0..1_500 {
        let instance = sound(&mut dice);
        let found = stable(&instance).unwrap();
        for candidate in instance.rows() {
            let places = (0..instance.seats().len()).map(|row| Some(OpeningIx::new(row))).chain([None]);
            for place in places.filter(|&place| place != found.placements()[candidate]) {
                let mut changed = found.placements().clone();
                changed[candidate] = place;
                assert_ne!(blocking_pairs(&instance, &changed).unwrap(), [], "{instance:?} {changed:?}");
            }
        }
    }
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let mut dice = Dice(0x0D0E);
    for _ in 0..300 {
        let instance = sound(&mut dice);
        let mut parts = instance.to_parts();
        dice.shuffle(&mut parts.pairs);
        dice.shuffle(&mut parts.groups);
        parts.kinds.iter_mut().for_each(|kind| dice.shuffle(kind));
        assert_eq!(stable(&Instance::new(parts).unwrap()), stable(&instance));
    }
}

/// Turns the rows of people, so that others ask first.
fn turned(instance: &Instance) -> Instance {
    let mut parts = instance.to_parts();
    let last = parts.candidates.len() - 1;
    let turn = |one: CandidateIx| CandidateIx::new(last - one.get());
    parts.candidates.reverse();
    parts.pairs.iter_mut().for_each(|pair| pair.candidate = turn(pair.candidate));
    parts.kinds.iter_mut().flatten().for_each(|one| *one = turn(*one));
    parts.pins.iter_mut().for_each(|(one, _)| *one = turn(*one));
    Instance::new(parts).unwrap()
}

fn large(dice: &mut Dice, (people, openings, pairs): (usize, usize, u64)) -> Instance {
    let mut lots: Vec<u32> = (0..).take(people).collect();
    dice.shuffle(&mut lots);
    let mut parts = InstanceParts { tiers: 3, seats: vec![0; openings], ..InstanceParts::default() };
    parts.candidates = lots.into_iter().map(|lot| person(dice.small(3), lot)).collect();
    parts.seats.iter_mut().for_each(|seats| *seats = number(dice, 6));
    for candidate in 0..people {
        for opening in 0..openings {
            if dice.below(openings as u64) < pairs {
                parts.pairs.push(pair(candidate, opening, number(dice, 50)));
            }
        }
    }
    draw_groups(dice, &mut parts);
    for group in &mut parts.groups {
        group.reserve = group.reserve.min(parts.seats[group.openings[0].get()] / 2);
    }
    Instance::new(parts).unwrap()
}

#[test]
fn hundreds_of_people_with_long_lists_are_placed_stably_whoever_asks_first() {
    let mut dice = Dice(0x1A26E);
    for size in [(300, 60, 30), (200, 150, 150), (400, 20, 3), (50, 100, 60)] {
        let instance = large(&mut dice, size);
        let found = stable(&instance).unwrap();
        assert_eq!(blocking_pairs(&instance, found.placements()).unwrap(), []);
        let turned = stable(&turned(&instance)).unwrap();
        assert!(turned.placements().as_slice().iter().rev().eq(found.placements().as_slice()));
        assert_eq!((turned.cutoffs(), turned.work()), (found.cutoffs(), found.work()));
    }
}

fn places(found: &Stable) -> Vec<Option<usize>> {
    found.placements().as_slice().iter().map(|place| place.map(OpeningIx::get)).collect()
}

/// Three people of two tiers who all want opening 0 with its two seats more than opening 1 with its one.
fn three() -> InstanceParts {
    InstanceParts {
        tiers: 2,
        candidates: vec![person(0, 2), person(1, 0), person(1, 1)],
        seats: vec![2, 1],
        pairs: (0..3).flat_map(|row| [pair(row, 0, 9), pair(row, 1, 9)]).collect(),
        kinds: vec![vec![CandidateIx::new(2)]],
        ..InstanceParts::default()
    }
}

#[test]
fn tiers_then_scores_then_lots_decide_and_cutoffs_say_so() {
    let found = stable(&Instance::new(three()).unwrap()).unwrap();
    assert_eq!(places(&found), [Some(0), Some(0), Some(1)]);
    assert_eq!(found.work(), 4);
    let said: Vec<_> = found
        .cutoffs()
        .iter()
        .map(|(_, cutoff)| match cutoff {
            Cutoff::Last(rank) => Some((rank.tier(), rank.score(), rank.lot())),
            Cutoff::Open | Cutoff::Closed => None,
        })
        .collect();
    assert_eq!(said, [Some((1, 9, 0)), Some((1, 9, 1))]);
}

#[test]
fn reserves_caps_and_pins_come_before_rank() {
    let with = |change: &dyn Fn(&mut InstanceParts)| {
        let mut parts = three();
        change(&mut parts);
        let instance = Instance::new(parts).unwrap();
        let found = stable(&instance).unwrap();
        assert_eq!(blocking_pairs(&instance, found.placements()).unwrap(), []);
        places(&found)
    };
    let reserve = |seats| Group { reserve: seats, ..at(0, Some(0)) };
    assert_eq!(with(&|parts| parts.groups = vec![reserve(1)]), [Some(0), Some(1), Some(0)]);
    assert_eq!(with(&|parts| parts.groups = vec![reserve(2)]), [Some(0), Some(1), Some(0)], "soft");
    let hard = Group { unfilled: Unfilled::LeftFree, ..reserve(2) };
    assert_eq!(
        with(&|parts| parts.groups = vec![hard.clone()]),
        [Some(1), None, Some(0)],
        "a seat stays free"
    );
    let cap = Group { cap: Some(1), ..at(0, None) };
    assert_eq!(with(&|parts| parts.groups = vec![cap.clone()]), [Some(0), Some(1), None]);
    let pin = (CandidateIx::new(2), OpeningIx::new(0));
    assert_eq!(with(&|parts| parts.pins = vec![pin]), [Some(0), Some(1), Some(0)]);
    assert_eq!(with(&|parts| parts.prohibitions = vec![pin]), [Some(0), Some(0), Some(1)]);
}

#[test]
fn the_check_says_who_blocks_and_why() {
    let mut parts = three();
    parts.pairs.truncate(5);
    let instance = Instance::new(parts).unwrap();
    let why = |places: [Option<usize>; 3]| -> Vec<(usize, usize, Blocks)> {
        let placements = places.into_iter().map(|place| place.map(OpeningIx::new)).collect();
        let found = blocking_pairs(&instance, &placements).unwrap();
        found.iter().map(|one| (one.candidate.get(), one.opening.get(), one.why)).collect()
    };
    let second = CandidateIx::new(1);
    assert_eq!(why([Some(0), Some(0), None]), []);
    assert_eq!(
        why([Some(0), None, None]),
        [(1, 0, Blocks::SeatFree), (1, 1, Blocks::SeatFree), (2, 0, Blocks::SeatFree)]
    );
    assert_eq!(why([Some(1), Some(0), Some(0)]), [(0, 0, Blocks::InsteadOf(CandidateIx::new(2)))]);
    assert_eq!(why([None, Some(0), Some(1)]).last(), Some(&(2, 1, Blocks::NoPair)));
    assert_eq!(why([Some(0); 3]), [(2, 0, Blocks::NotChosen)]);
    assert_eq!(why([None, Some(1), Some(0)])[1], (0, 1, Blocks::InsteadOf(second)));
}

#[test]
fn what_has_no_stable_answer_is_refused_with_what_to_do() {
    let refused = |change: &dyn Fn(&mut InstanceParts)| {
        let mut parts = three();
        parts.kinds.push(vec![CandidateIx::new(1), CandidateIx::new(2)]);
        change(&mut parts);
        let instance = Instance::new(parts).unwrap();
        let refusal = stable(&instance).unwrap_err();
        let placements = instance.rows().map(|_| None).collect();
        assert_eq!(blocking_pairs(&instance, &placements), Err(refusal));
        (refusal, refusal.to_string())
    };
    let share = |parts: &mut InstanceParts| {
        (parts.households, parts.household_cap) = (1, Some(1));
        parts.candidates[..2].iter_mut().for_each(|one| one.household = Some(HouseholdIx::new(0)));
    };
    let limit = |kind: Option<usize>| Group { openings: Vec::new(), cap: Some(1), ..at(0, kind) };
    let nested = vec![Group { reserve: 1, ..at(0, Some(0)) }, Group { cap: Some(1), ..at(0, Some(1)) }];
    let (household, text) = refused(&share);
    assert_eq!(household, StableRefusal::HouseholdCap { household: HouseholdIx::new(0) });
    assert_eq!(
        text,
        "the cap binds household 0, so stable placements may not exist; drop the household cap or ask for the optimum"
    );
    let (several, text) = refused(&|parts| parts.groups = vec![limit(None)]);
    assert_eq!(several, StableRefusal::SeveralOpenings { group: 0 });
    assert_eq!(
        text,
        "group 0 counts everybody at several openings; give each opening a group of its own or ask for the optimum"
    );
    let (people, text) = refused(&|parts| parts.groups = vec![limit(Some(0))]);
    assert_eq!(people, StableRefusal::People { group: 0 });
    assert_eq!(
        text,
        "group 0 counts a kind of person at several openings; split it over the openings or ask for the optimum"
    );
    let (inner, text) = refused(&|parts| parts.groups.clone_from(&nested));
    assert_eq!(inner, StableRefusal::Nested { group: 0, inside: 1 });
    assert_eq!(
        text,
        "group 0 lies in group 1 of the same opening; let each person count in one group of an opening or ask for the \
         optimum"
    );
}

#[test]
fn a_household_that_the_cap_does_not_bind_is_no_obstacle() {
    let mut parts = three();
    (parts.households, parts.household_cap) = (1, Some(2));
    parts.candidates[..2].iter_mut().for_each(|one| one.household = Some(HouseholdIx::new(0)));
    let instance = Instance::new(parts).unwrap();
    assert!(stable(&instance).is_ok());
    assert!(instance.nesting().sides().iter().all(|side| matches!(side, Side::Seat(_))));
}
