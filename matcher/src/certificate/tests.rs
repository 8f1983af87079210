use super::*;
use crate::ids::{HouseholdIx, KindIx};
use crate::instance::{CandidateNumbers, Group, InstanceParts, Level, Pair};

/// Two candidates of one household of which one may be placed, one seat that is reserved for the second.
fn instance() -> Instance {
    let pair =
        |candidate, score| Pair { candidate: CandidateIx::new(candidate), opening: OpeningIx::new(0), score };
    let candidate = |tier, lot| CandidateNumbers { tier, household: Some(HouseholdIx::new(0)), lot };
    Instance::new(InstanceParts {
        tiers: 2,
        candidates: vec![candidate(0, 0), candidate(1, 1)],
        seats: vec![1, 0],
        pairs: vec![pair(0, 9), pair(1, 4)],
        households: 1,
        household_cap: Some(1),
        kinds: vec![vec![CandidateIx::new(1)]],
        groups: vec![Group {
            openings: vec![OpeningIx::new(0)],
            kind: Some(KindIx::new(0)),
            reserve: 1,
            ..Group::default()
        }],
        ..InstanceParts::default()
    })
    .unwrap()
}

fn plan(places: [Option<usize>; 2]) -> Column<CandidateIx, Option<OpeningIx>> {
    Column::from_vec(places.map(|place| place.map(OpeningIx::new)).to_vec())
}

/// All that the plan is worth is the price of the seat: one reserved seat, one of tier 2, score 4.
fn prices() -> Prices {
    let seat = Worth::of(Level::Reserved, 1) + Worth::of(Level::Tier(1), 1) + Worth::of(Level::Score, 4);
    Prices {
        households: vec![Worth::ZERO],
        openings: vec![seat, Worth::ZERO],
        caps: vec![Worth::ZERO],
        reserves: vec![Worth::ZERO],
    }
}

fn flaw(places: [Option<usize>; 2], change: impl Fn(&mut Prices)) -> Option<Flaw> {
    let mut prices = prices();
    change(&mut prices);
    let certificate = Certificate::new(&instance(), &plan(places), prices, None);
    certificate.verify(&instance(), &plan(places)).err()
}

#[test]
fn a_proof_worked_out_by_hand_is_accepted_and_survives_a_file() {
    let (instance, plan) = (instance(), plan([None, Some(0)]));
    let certificate = Certificate::new(&instance, &plan, prices(), None);
    let objective = certificate.verify(&instance, &plan).unwrap();
    assert_eq!((objective.reserved_filled, objective.score, objective.placed()), (1, 4, 1));
    assert_eq!(Certificate::from_parts(&certificate.to_parts()), certificate);
    let seated = Certificate::new(&instance, &plan, prices(), Some(prices()));
    assert_eq!(seated.stage(), LotteryStage::BeforeScore);
    assert_eq!(Certificate::from_parts(&seated.to_parts()), seated);
}

#[test]
fn each_flaw_is_named() {
    let good = [None, Some(0)];
    let price = |of| Some(Flaw::NegativePrice { of });
    let minus = -Worth::of(Level::Score, 1);
    assert_eq!(flaw(good, |_| ()), None);
    let first = Priced::Household(HouseholdIx::new(0));
    assert_eq!(flaw(good, |prices| prices.households[0] = minus), price(first));
    let cap = Some(Flaw::PriceOfNothing { of: Priced::Cap(0) });
    assert_eq!(flaw(good, |prices| prices.caps[0] = -minus), cap);
    let second = Priced::Opening(OpeningIx::new(1));
    let nothing = Some(Flaw::PriceOfNothing { of: second });
    assert_eq!(flaw(good, |prices| prices.openings[1] = -minus), nothing);
    let short = flaw(good, |prices| prices.reserves.truncate(0));
    assert_eq!(short, Some(Flaw::Shape { of: "prices of reserves", found: 0, rows: 1 }));
    let uncovered = Flaw::NotCovered { candidate: CandidateIx::new(0), opening: OpeningIx::new(0) };
    assert_eq!(flaw(good, |prices| prices.openings[0] = Worth::ZERO), Some(uncovered));
    let above = |row| Some(Flaw::PaysTooMuch { candidate: CandidateIx::new(row) });
    assert_eq!(flaw(good, |prices| prices.households[0] = -minus), above(1));
    assert_eq!(flaw([Some(0), None], |_| ()), above(0));
    let worse = Flaw::BoundDiffers { level: Level::Reserved, plan: 0, bound: 1 };
    assert_eq!(flaw([None, None], |_| ()), Some(worse));
    let (opening, candidate) = (OpeningIx::new(0), CandidateIx::new(0));
    let both = Flaw::TooManyPlaced { opening, placed: 2, seats: 1 };
    assert_eq!(flaw([Some(0), Some(0)], |_| ()), Some(both));
    let nowhere = Flaw::NoSuchPair { candidate, opening: OpeningIx::new(7) };
    assert_eq!(flaw([Some(7), None], |_| ()), Some(nowhere));
}

#[test]
fn a_plan_over_the_cap_of_a_household_is_no_plan() {
    let mut parts = instance().to_parts();
    parts.seats = vec![2, 0];
    let (instance, plan) = (Instance::new(parts).unwrap(), plan([Some(0), Some(0)]));
    let flaw = Certificate::new(&instance, &plan, prices(), None).verify(&instance, &plan).unwrap_err();
    let household = HouseholdIx::new(0);
    assert_eq!(flaw, Flaw::CapExceeded { household, placed: 2, cap: 1 });
    let said = "household 0: 2 placed under a cap of 1; this is not a plan, do not use it";
    assert_eq!(flaw.to_string(), said);
}

#[test]
fn numbers_from_a_hostile_file_are_answered_not_obeyed() {
    let huge = Worth::from_levels([i64::MAX; LEVELS]);
    let answer = flaw([None, Some(0)], |prices| {
        prices.openings[0] = huge;
        prices.reserves[0] = huge;
    });
    assert_eq!(answer, Some(Flaw::PriceTooLarge { of: Priced::Opening(OpeningIx::new(0)) }));
    let least = Worth::from_levels([i64::MIN; LEVELS]);
    assert!(flaw([None, Some(0)], |prices| prices.reserves[0] = least).is_some());
}

/// A reserve's price above what a reserved seat is worth would pay for one member and hide the other: with it, a
/// plan that places one of two who fit would look optimal.
#[test]
fn a_reserve_cannot_be_overpriced_to_hide_a_better_plan() {
    let mut parts = instance().to_parts();
    parts.seats = vec![2, 0];
    parts.household_cap = None;
    parts.candidates[0].tier = 1;
    parts.pairs.iter_mut().for_each(|pair| pair.score = 4);
    parts.kinds[0] = vec![CandidateIx::new(0), CandidateIx::new(1)];
    let (instance, plan) = (Instance::new(parts).unwrap(), plan([Some(0), None]));
    let mut forged = prices();
    forged.reserves[0] = forged.openings[0];
    forged.openings[0] = Worth::ZERO;
    let flaw = Certificate::new(&instance, &plan, forged, None).verify(&instance, &plan).unwrap_err();
    let (candidate, opening) = (CandidateIx::new(1), OpeningIx::new(0));
    assert_eq!(flaw, Flaw::NotCovered { candidate, opening });
}

/// Each knows their own opening and the next, at prices that rise from one to the next and differ above the score.
#[test]
fn prices_of_thousands_of_kinds_are_judged_pair_by_pair() {
    let many = 1_500;
    let pair = |candidate, opening| Pair {
        candidate: CandidateIx::new(candidate),
        opening: OpeningIx::new(opening),
        score: 5,
    };
    let own = (0..many).map(|row| pair(row, row));
    let instance = Instance::new(InstanceParts {
        tiers: 2,
        candidates: (0..1_500).map(|lot| CandidateNumbers { tier: 0, household: None, lot }).collect(),
        seats: vec![1; many],
        pairs: own.chain((1..many).map(|row| pair(row - 1, row))).collect(),
        ..InstanceParts::default()
    })
    .unwrap();
    let plan = Column::from_vec((0..many).map(|row| Some(OpeningIx::new(row))).collect());
    let rising: Vec<Worth> = (1..=1_500).map(|amount| Worth::of(Level::Tier(1), amount)).collect();
    let verified = |openings: Vec<Worth>| {
        let certificate = Certificate::new(&instance, &plan, Prices { openings, ..Prices::default() }, None);
        certificate.verify(&instance, &plan).map(|objective| objective.score)
    };
    assert_eq!(verified(rising.clone()), Ok(7_500));
    for row in [1, 700, 1_499] {
        let mut falling = rising.clone();
        falling[row] = Worth::ZERO;
        let (candidate, opening) = (CandidateIx::new(row - 1), OpeningIx::new(row));
        assert_eq!(verified(falling), Err(Flaw::NotCovered { candidate, opening }));
    }
}
