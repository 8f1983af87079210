//! Instances to test with: small ones of every shape, and large ones of one shape.

use anzhi::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, Group, Instance, InstanceParts, MAX_SCORE, Pair, Unfilled};
use proptest::prelude::*;

/// Up to 5 candidates and 4 openings; few distinct numbers, so that ties are the rule. Groups of every sort, pins,
/// prohibitions and a plan to keep, as far as they nest and fit.
pub fn small() -> impl Strategy<Value = InstanceParts> {
    (0..=5_usize, 0..=4_usize, 1..=3_usize).prop_flat_map(|(candidates, openings, tiers)| {
        let people = prop::collection::vec((0..tiers, prop::option::weighted(0.6, 0..3_usize)), candidates);
        let lots = Just((0..candidates).collect::<Vec<_>>()).prop_shuffle();
        let seats =
            prop::collection::vec(prop_oneof![1 => Just(0_u32), 5 => Just(1), 3 => Just(2)], openings);
        let score =
            prop_oneof![6 => (0..3_u32).prop_map(Some), 4 => Just(None), 2 => (0..100_u32).prop_map(Some),
            1 => Just(Some(MAX_SCORE))];
        let table = prop::collection::vec(prop::collection::vec(score, openings), candidates);
        let cap = prop::option::weighted(0.5, 1..=2_u32);
        let kinds = prop::collection::vec(prop::collection::vec(0..3_usize, candidates), openings + 1);
        let limit = || (prop::option::weighted(0.4, 0..=2_u32), 0..=2_u32, prop::bool::weighted(0.3));
        let limits = prop::collection::vec((limit(), limit()), openings);
        let wide = prop::collection::vec((limit(), 0..3_usize, 0..16_u32), 0..=2);
        let order = || prop::collection::vec((0..5_usize, 0..4_usize), 0..=2);
        let orders = (prop::option::weighted(0.2, order()), prop::option::weighted(0.2, order()));
        let keep = prop::option::weighted(0.4, prop::collection::vec(0..4_usize, candidates));
        (people, lots, seats, table, cap, (kinds, limits, wide), (orders, keep)).prop_map(
            move |(people, lots, seats, table, household_cap, (kinds, limits, wide), (orders, keep))| {
                let mut parts = InstanceParts {
                    tiers,
                    candidates: candidate_numbers(&people, &lots),
                    pairs: pairs(&table),
                    households: 3,
                    household_cap,
                    seats,
                    ..InstanceParts::default()
                };
                let mut add = |members: Vec<usize>, group: Group| {
                    let kind = Some(KindIx::new(parts.kinds.len()));
                    parts.kinds.push(members.into_iter().map(CandidateIx::new).collect());
                    parts.groups.push(Group { kind, ..group });
                };
                for (opening, (one, other)) in limits.iter().enumerate() {
                    for (kind, limit) in [(1, one), (2, other)] {
                        add(of_kind(&kinds[opening], kind), group(vec![OpeningIx::new(opening)], *limit));
                    }
                    // all of both kinds once more: groups inside a group
                    let all = kinds[opening].iter().enumerate().filter(|(_, kind)| **kind > 0);
                    let limit = (one.0.map(|cap| cap + 1), 0, false);
                    add(all.map(|(row, _)| row).collect(), group(vec![OpeningIx::new(opening)], limit));
                }
                for (limit, kind, places) in wide {
                    let inside = (0..openings).filter(|opening| places >> opening & 1 == 1);
                    let group = group(inside.map(OpeningIx::new).collect(), (limit.0, limit.1, false));
                    match kind {
                        0 => parts.groups.push(group),
                        kind => {
                            let members = of_kind(&kinds[openings], kind);
                            let kind = Some(KindIx::new(parts.kinds.len()));
                            parts.kinds.push(members.into_iter().map(CandidateIx::new).collect());
                            parts.groups.push(Group { kind, openings: Vec::new(), ..group });
                        }
                    }
                }
                let rows = |orders: Option<Vec<(usize, usize)>>| -> Vec<(CandidateIx, OpeningIx)> {
                    let exist = |it: &(usize, usize)| it.0 < candidates && it.1 < openings;
                    let row = |(candidate, opening)| (CandidateIx::new(candidate), OpeningIx::new(opening));
                    orders.into_iter().flatten().filter(exist).map(row).collect()
                };
                parts.pins = rows(orders.0);
                parts.prohibitions = rows(orders.1);
                parts.keep = rows(keep.map(|places| places.into_iter().enumerate().collect()));
                acceptable(parts)
            },
        )
    })
}

/// The numbers without the last group, or the pins, until what is left nests and fits.
fn acceptable(mut parts: InstanceParts) -> InstanceParts {
    while Instance::new(parts.clone()).is_err() {
        if !parts.pins.is_empty() {
            parts.pins.pop();
        } else if parts.groups.pop().is_none() {
            break;
        }
    }
    parts
}

fn of_kind(kinds: &[usize], kind: usize) -> Vec<usize> {
    (0..kinds.len()).filter(|&row| kinds[row] == kind).collect()
}

fn group(openings: Vec<OpeningIx>, (cap, reserve, hard): (Option<u32>, u32, bool)) -> Group {
    let unfilled = if hard { Unfilled::LeftFree } else { Unfilled::Opens };
    let cap = cap.map(|cap| cap.max(reserve));
    Group { openings, reserve, unfilled, cap, ..Group::default() }
}

fn candidate_numbers(people: &[(usize, Option<usize>)], lots: &[usize]) -> Vec<CandidateNumbers> {
    let numbers = |(&(tier, household), &lot): (&(usize, Option<usize>), &usize)| CandidateNumbers {
        tier: u8::try_from(tier).unwrap(),
        household: household.map(HouseholdIx::new),
        lot: u32::try_from(lot).unwrap(),
    };
    people.iter().zip(lots).map(numbers).collect()
}

fn pairs(table: &[Vec<Option<u32>>]) -> Vec<Pair> {
    let row = |(candidate, scores): (usize, &Vec<Option<u32>>)| {
        let pair = move |(opening, score): (usize, Option<u32>)| {
            let (candidate, opening) = (CandidateIx::new(candidate), OpeningIx::new(opening));
            score.map(|score| Pair { candidate, opening, score })
        };
        scores.clone().into_iter().enumerate().filter_map(pair)
    };
    table.iter().enumerate().flat_map(row).collect()
}

/// A sequence of numbers that look random and are always the same (Knuth's MMIX constants).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// The shape of a county.
#[derive(Clone, Copy)]
pub struct County {
    pub candidates: usize,
    pub openings: usize,
    pub seats_each: u32,
    pub pairs_each: usize,
    pub regions: usize,
    pub scores: usize,
    pub seed: u64,
}

/// A county of regions that share no opening: five tiers, one household in five with two candidates of whom one
/// may be placed, a seat of every third opening reserved for one candidate in six.
pub fn county(shape: County) -> InstanceParts {
    let mut numbers = Numbers(shape.seed);
    let mut lots: Vec<usize> = (0..shape.candidates).collect();
    for at in (1..lots.len()).rev() {
        lots.swap(at, numbers.below(at + 1));
    }
    let people: Vec<(usize, Option<usize>)> = (0..shape.candidates)
        .map(|candidate| (numbers.below(5), (candidate % 6 < 2).then_some(candidate / 6)))
        .collect();
    let openings_each = shape.openings / shape.regions;
    let mut pairs = Vec::new();
    for candidate in 0..shape.candidates {
        let start = numbers.below(openings_each);
        for step in 0..shape.pairs_each.min(openings_each) {
            let place = (start + step * 7 % openings_each) % openings_each;
            let opening = OpeningIx::new((candidate / 6 % shape.regions) * openings_each + place);
            let score = u32::try_from(numbers.below(shape.scores)).unwrap();
            let candidate = CandidateIx::new(candidate);
            pairs.push(Pair { candidate, opening, score });
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|pair| (pair.candidate, pair.opening));
    InstanceParts {
        tiers: 5,
        candidates: candidate_numbers(&people, &lots),
        seats: vec![shape.seats_each; shape.openings],
        pairs,
        households: shape.candidates / 6 + 1,
        household_cap: Some(1),
        kinds: (0..6)
            .map(|kind| (kind..shape.candidates).step_by(6).map(CandidateIx::new).collect())
            .collect(),
        groups: (0..shape.openings).step_by(3).map(for_every_sixth).collect(),
        ..InstanceParts::default()
    }
}

fn for_every_sixth(opening: usize) -> Group {
    let kind = Some(KindIx::new(opening % 6));
    Group { openings: vec![OpeningIx::new(opening)], kind, reserve: 1, ..Group::default() }
}
