//! The solver against the definition (all plans by brute force), and the laws that every answer obeys.
//!
//! `ANZHI_ORACLE=20000 cargo test --release -p anzhi --test it oracle` asks for so many instances where 4,000 are tried
//! otherwise, and for as many more elsewhere.

mod brute;
mod hall;
mod proofs;
mod samples;
mod scale;
mod seats;
mod standing;
mod watch;

use anzhi::assign::{AssignOptions, ForcedIn, LotteryStage, Solution, forced_in, forced_in_every, solve};
use anzhi::ids::CandidateIx;
use anzhi::instance::{Instance, InstanceParts, Loss, Objective};
use proptest::prelude::*;

use brute::Places;
use samples::small;

/// The instances of the two laws that try most.
const MOST_CASES: u32 = 4_000;

/// So many cases, or as many times more as the variable `ANZHI_ORACLE` is above the usual most.
fn cases(cases: u32) -> ProptestConfig {
    let asked = std::env::var("ANZHI_ORACLE").ok();
    let most = asked.map_or(MOST_CASES, |number| number.parse().expect("ANZHI_ORACLE is a whole number"));
    let cases = u64::from(cases) * u64::from(most) / u64::from(MOST_CASES);
    let cases = u32::try_from(cases).unwrap_or(u32::MAX).max(1);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn stages() -> impl Strategy<Value = LotteryStage> {
    prop_oneof![Just(LotteryStage::AfterScore), Just(LotteryStage::BeforeScore)]
}

fn solved(parts: &InstanceParts, stage: LotteryStage) -> (Instance, Solution) {
    let instance = Instance::new(parts.clone()).unwrap();
    let solution = solve(&instance, &AssignOptions::default().lottery(stage)).unwrap();
    (instance, solution)
}

fn best<'a>(
    parts: &InstanceParts,
    stage: LotteryStage,
    plans: impl IntoIterator<Item = &'a Places>,
) -> Option<Objective> {
    plans.into_iter().map(|places| brute::before_lottery(parts, stage, places)).max()
}

fn difference(from: &Objective, to: &Objective) -> Loss {
    let less = |from: u64, to: u64| i64::try_from(from).unwrap() - i64::try_from(to).unwrap();
    let tiers = from.placed_per_tier.iter().zip(&to.placed_per_tier);
    Loss {
        reserved: less(from.reserved_filled, to.reserved_filled),
        placed_per_tier: tiers.map(|(&from, &to)| less(from, to)).collect(),
        score: less(from.score, to.score),
        kept: less(from.kept, to.kept),
    }
}

/// What forcing a candidate in must answer, by the definition.
fn forced_by_definition(
    parts: &InstanceParts,
    stage: LotteryStage,
    candidate: usize,
) -> Option<(Loss, Loss)> {
    let all = brute::plans(parts, None);
    let optimum = best(parts, stage, &all)?;
    let with =
        |plans: &[Places]| best(parts, stage, plans.iter().filter(|places| places[candidate].is_some()));
    let counted = with(&all)?;
    let beside = with(&brute::plans(parts, Some(candidate)))?;
    Some((difference(&optimum, &counted), difference(&optimum, &beside)))
}

fn household_is_full(parts: &InstanceParts, places: &Places, candidate: usize) -> bool {
    let household = parts.candidates[candidate].household;
    let members = (0..places.len()).filter(|&row| parts.candidates[row].household == household);
    let count = members.filter(|&row| places[row].is_some()).count();
    household.is_some() && parts.household_cap.is_some_and(|cap| count >= cap as usize)
}

proptest! {
    #![proptest_config(cases(MOST_CASES))]

    #[test]
    fn the_plan_is_the_one_that_the_definition_leaves(parts in small(), stage in stages()) {
        let (_, solution) = solved(&parts, stage);
        let expected = brute::chosen(&parts, stage, &brute::plans(&parts, None));
        prop_assert_eq!(solution.objective(), &brute::objective(&parts, &expected));
        prop_assert_eq!(brute::places(solution.placements()), expected);
    }

    #[test]
    fn forcing_somebody_in_costs_what_the_definition_says(parts in small(), stage in stages()) {
        let (instance, solution) = solved(&parts, stage);
        let places = brute::places(solution.placements());
        let every = forced_in_every(&instance, &solution);
        for candidate in (0..places.len()).filter(|&row| places[row].is_none()) {
            let row = CandidateIx::new(candidate);
            let answer = forced_in(&instance, &solution, row);
            prop_assert_eq!(every[row].as_ref(), Some(&answer));
            let Some((loss, beside)) = forced_by_definition(&parts, stage, candidate) else {
                let none = instance.choices(row).is_empty();
                prop_assert_eq!(answer, if none { ForcedIn::NoPair } else { ForcedIn::NoSeat });
                continue;
            };
            let by_household = household_is_full(&parts, &places, candidate);
            let apart = instance.groups().iter().any(|group| group.kind.is_some() && group.openings.is_empty());
            let beside = match &answer {
                ForcedIn::Costs { loss_beside_household, .. } if apart => loss_beside_household.clone(),
                _ => beside,
            };
            prop_assert_eq!(
                answer,
                ForcedIn::Costs { loss, loss_beside_household: beside, by_household }
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn input_order_changes_nothing(parts in small(), stage in stages(), seed in any::<u64>()) {
        let mut numbers = samples::Numbers(seed);
        let mut turned = parts.clone();
        for at in (1..turned.pairs.len()).rev() {
            turned.pairs.swap(at, numbers.below(at + 1));
        }
        turned.groups.reverse();
        turned.kinds.iter_mut().for_each(|members| members.reverse());
        turned.prohibitions.reverse();
        let (one, other) = (solved(&parts, stage), solved(&turned, stage));
        prop_assert_eq!(one.0, other.0);
        prop_assert_eq!(one.1.placements(), other.1.placements());
        prop_assert_eq!(one.1.certificate(), other.1.certificate());
        prop_assert_eq!(one.1.work(), other.1.work());
    }

    #[test]
    fn an_added_seat_never_lowers_the_objective(parts in small(), stage in stages(), at in any::<usize>()) {
        let mut more = parts.clone();
        if let Some(opening) = at.checked_rem(parts.seats.len()) {
            more.seats[opening] += 1;
        }
        let counted = |solution: &Solution| match stage {
            LotteryStage::AfterScore => solution.objective().clone(),
            LotteryStage::BeforeScore => Objective { score: 0, kept: 0, ..solution.objective().clone() },
        };
        prop_assert!(counted(&solved(&more, stage).1) >= counted(&solved(&parts, stage).1));
    }

    #[test]
    fn raising_ones_tier_never_turns_placed_into_unplaced(parts in small(), stage in stages()) {
        let places = brute::places(solved(&parts, stage).1.placements());
        for candidate in (0..places.len()).filter(|&row| places[row].is_some()) {
            for tier in 0..parts.candidates[candidate].tier {
                let mut raised = parts.clone();
                raised.candidates[candidate].tier = tier;
                let after = brute::places(solved(&raised, stage).1.placements());
                prop_assert!(after[candidate].is_some());
            }
        }
    }

    #[test]
    fn somebody_without_an_opening_changes_nothing(parts in small(), stage in stages()) {
        let places = brute::places(solved(&parts, stage).1.placements());
        let mut more = parts.clone();
        more.candidates.iter_mut().for_each(|candidate| candidate.lot += 1);
        let stranger = anzhi::instance::CandidateNumbers { tier: 0, household: None, lot: 0 };
        more.candidates.push(stranger);
        let mut after = brute::places(solved(&more, stage).1.placements());
        prop_assert_eq!(after.pop(), Some(None));
        prop_assert_eq!(after, places);
    }
}
