//! The certificate accepts what the solver returns and refuses it after any one change.

use anzhi::assign::LotteryStage;
use anzhi::certificate::{Certificate, CertificateParts, Flaw, PriceParts};
use anzhi::instance::{Instance, InstanceParts, LEVELS, MAX_SCORE};
use proptest::prelude::*;

use super::brute::{self, Places};
use super::samples::small;
use super::{best, cases, solved, stages};

type List = fn(&mut PriceParts) -> &mut Vec<[i64; LEVELS]>;

/// Every certificate that differs in one number of one price.
fn other_prices(parts: &CertificateParts) -> Vec<CertificateParts> {
    let sets: [fn(&mut CertificateParts) -> Option<&mut PriceParts>; 2] =
        [|parts| Some(&mut parts.prices), |parts| parts.seating.as_mut()];
    let lists: [List; 4] = [
        |prices| &mut prices.households,
        |prices| &mut prices.openings,
        |prices| &mut prices.caps,
        |prices| &mut prices.reserves,
    ];
    let mut changed = Vec::new();
    for (set, list) in sets.iter().flat_map(|set| lists.iter().map(move |list| (set, list))) {
        let rows = set(&mut parts.clone()).map_or(0, |prices| list(prices).len());
        for (row, level, by) in
            (0..rows).flat_map(|row| (0..LEVELS).flat_map(move |level| [(row, level, 1), (row, level, -1)]))
        {
            let mut other = parts.clone();
            if let Some(prices) = set(&mut other) {
                list(prices)[row][level] += by;
            }
            changed.push(other);
        }
    }
    changed
}

/// Every instance that differs in one number or one pair.
fn other_numbers(parts: &InstanceParts) -> Vec<InstanceParts> {
    let mut changed = Vec::new();
    let mut add = |change: &dyn Fn(&mut InstanceParts)| {
        let mut other = parts.clone();
        change(&mut other);
        changed.push(other);
    };
    for pair in 0..parts.pairs.len() {
        add(&|other| other.pairs[pair].score = (parts.pairs[pair].score + 1).min(MAX_SCORE));
        add(&|other| other.pairs[pair].score = parts.pairs[pair].score.saturating_sub(1));
        add(&|other| other.pairs.retain(|kept| *kept != parts.pairs[pair]));
    }
    for opening in 0..parts.seats.len() {
        add(&|other| other.seats[opening] += 1);
        add(&|other| other.seats[opening] = parts.seats[opening].saturating_sub(1));
    }
    for candidate in 0..parts.candidates.len() {
        add(&|other| other.candidates[candidate].tier ^= 1);
        add(&|other| other.candidates[candidate].household = None);
    }
    add(&|other| other.household_cap = Some(1));
    add(&|other| other.household_cap = None);
    changed.into_iter().filter(|other| other != parts).collect()
}

/// Whether the certificate, bound to this plan by whoever forges it, is accepted.
fn accepted(certificate: &Certificate, instance: &Instance, places: &Places) -> Result<(), Flaw> {
    let plan = brute::column(places);
    let (prices, seating) = (certificate.prices().clone(), certificate.seating().cloned());
    Certificate::new(instance, &plan, prices, seating).verify(instance, &plan).map(|_| ())
}

/// Whether a plan is what a certificate says it is: of all plans the greatest before the lottery, and of those
/// that place these people the one of greatest score.
fn is_optimal(parts: &InstanceParts, stage: LotteryStage, all: &[Places], places: &Places) -> bool {
    let same_people =
        |other: &&Places| (0..places.len()).all(|row| other[row].is_some() == places[row].is_some());
    let greatest = best(parts, stage, all);
    let is_greatest = |other: &&Places| Some(brute::before_lottery(parts, stage, other)) == greatest;
    let score = |places: &Places| {
        let whole = brute::objective(parts, places);
        (whole.score, whole.kept)
    };
    let scores = all.iter().filter(is_greatest).filter(same_people).map(score);
    all.contains(places) && is_greatest(&places) && scores.max() == Some(score(places))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_one_changed_price_is_refused(parts in small(), stage in stages()) {
        let (instance, solution) = solved(&parts, stage);
        let written = solution.certificate().to_parts();
        prop_assert_eq!(&Certificate::from_parts(&written), solution.certificate());
        for other in other_prices(&written) {
            let verdict = Certificate::from_parts(&other).verify(&instance, solution.placements());
            prop_assert!(verdict.is_err(), "{:?}", other);
        }
    }

    #[test]
    fn any_other_plan_is_refused_and_a_worse_one_even_if_the_proof_is_bound_to_it(
        parts in small(), stage in stages(),
    ) {
        let (instance, solution) = solved(&parts, stage);
        let certificate = solution.certificate();
        let all = brute::plans(&parts, None);
        let chosen = brute::places(solution.placements());
        for places in all.iter().filter(|&places| *places != chosen) {
            let verdict = certificate.verify(&instance, &brute::column(places));
            prop_assert_eq!(verdict, Err(Flaw::AnotherSubject));
            let optimal = is_optimal(&parts, stage, &all, places);
            let verdict = accepted(certificate, &instance, places);
            prop_assert!(verdict.is_err() || optimal, "{:?} accepted", places);
            prop_assert!(verdict.is_ok() || !optimal || stage == LotteryStage::BeforeScore, "{:?}", places);
        }
    }

    #[test]
    fn what_is_no_plan_is_refused_even_if_the_proof_is_bound_to_it(parts in small(), stage in stages()) {
        let (instance, solution) = solved(&parts, stage);
        let all = brute::plans(&parts, None);
        let chosen = brute::places(solution.placements());
        for candidate in 0..chosen.len() {
            for place in (0..=parts.seats.len()).map(Some).chain([None]) {
                let mut places = chosen.clone();
                places[candidate] = place;
                if !all.contains(&places) {
                    prop_assert!(accepted(solution.certificate(), &instance, &places).is_err());
                }
            }
        }
    }

    #[test]
    fn any_other_numbers_are_refused_and_accepted_only_if_bound_to_them_and_true(
        parts in small(), stage in stages(),
    ) {
        let (same, solution) = solved(&parts, stage);
        let chosen = brute::places(solution.placements());
        for other in other_numbers(&parts) {
            let Ok(instance) = Instance::new(other.clone()) else { continue };
            if instance == same {
                continue; // a pair that is forbidden anyway
            }
            let verdict = solution.certificate().verify(&instance, solution.placements());
            prop_assert_eq!(verdict, Err(Flaw::AnotherSubject));
            if accepted(solution.certificate(), &instance, &chosen).is_ok() {
                prop_assert!(is_optimal(&other, stage, &brute::plans(&other, None), &chosen));
            }
        }
    }
}
