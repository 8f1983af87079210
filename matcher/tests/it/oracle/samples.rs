//! Instances to test with: small ones of every shape, and large ones of one shape.

use anzhi::ids::{CandidateIx, HouseholdIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, InstanceParts, MAX_SCORE, Pair, Reserve};
use proptest::prelude::*;

/// Up to 5 candidates and 4 openings; few distinct numbers, so that ties are the rule. A candidate's number in
/// `reserves` names the reserve of that opening that they belong to.
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
        let cap = prop::option::weighted(0.7, 1..=2_u32);
        let members = prop::collection::vec(prop::collection::vec(0..4_usize, candidates), openings);
        let reserved = prop::collection::vec((0..=2_u32, 0..=2_u32), openings);
        (people, lots, seats, table, cap, (members, reserved)).prop_map(
            move |(people, lots, seats, table, household_cap, (members, reserved))| InstanceParts {
                tiers,
                candidates: candidate_numbers(&people, &lots),
                pairs: pairs(&table),
                households: 3,
                household_cap,
                reserves: reserves(&seats, &members, &reserved),
                seats,
            },
        )
    })
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

fn reserves(seats: &[u32], members: &[Vec<usize>], sizes: &[(u32, u32)]) -> Vec<Reserve> {
    let mut reserves = Vec::new();
    for (opening, (groups, &(one, other))) in members.iter().zip(sizes).enumerate() {
        for (group, size) in [(1, one), (2, other)] {
            let inside = groups.iter().enumerate().filter(|&(_, &of)| of == group);
            reserves.push(Reserve {
                opening: OpeningIx::new(opening),
                members: inside.map(|(candidate, _)| CandidateIx::new(candidate)).collect(),
                seats: size.min(seats[opening]),
            });
        }
    }
    reserves
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
        reserves: (0..shape.openings)
            .step_by(3)
            .map(|opening| every_sixth(opening, shape.candidates))
            .collect(),
    }
}

fn every_sixth(opening: usize, candidates: usize) -> Reserve {
    let members = (opening % 6..candidates).step_by(6).map(CandidateIx::new).collect();
    Reserve { opening: OpeningIx::new(opening), members, seats: 1 }
}
