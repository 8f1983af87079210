use super::case::{Case, at_home, decided, disabled, holder, household, market, post, works};
use crate::audit::{PlanFlaw, Tally, plan, tally};
use crate::ids::{CandidateId, OpeningId};
use crate::input::{HouseholdRecord, OpeningRecord, ReserveRecord};
use crate::policy::{RuleSpec, Unresolved};
use crate::problem::Problem;
use crate::words::{Category, Employment, Group, OpeningKind, Standing, Topic};

/// `poor` and `poor2` (first tier, one household), `severe` (second tier), `other` (everybody else), `unsure` (not
/// known to be out of work), `busy` (in work); posts `V` and `W` of one seat each, and `M` on the market.
fn town() -> Case {
    let idle = |person| works(Employment::Unemployed, person);
    let poor = HouseholdRecord { low_income: true.into(), ..household("H") };
    Case::new("2024-06-30")
        .rule(RuleSpec::NotInWork)
        .rule(RuleSpec::Refusal)
        .household(poor)
        .person(at_home("H", idle(disabled("poor"))))
        .person(at_home("H", idle(holder("poor2", Category::Speech, 4))))
        .person(idle(holder("severe", Category::Physical, 1)))
        .person(idle(holder("other", Category::Physical, 4)))
        .person(disabled("unsure"))
        .person(works(Employment::Employed, disabled("busy")))
        .opening(post("V", OpeningKind::UrbanWelfare))
        .opening(post("W", OpeningKind::RuralWelfare))
        .opening(market("M"))
}

/// One seat `W` for the named people alone.
fn lone_post(people: &[&str]) -> Case {
    town().with(|case| {
        case.document.openings.retain(|it| it.id.as_str() == "W");
        case.document.candidates.retain(|it| people.contains(&it.id.as_str()));
    })
}

fn capped(case: Case, cap: u32) -> Problem {
    case.with(|case| case.policy.choices.household_cap = Some(decided(Some(cap)))).problem()
}

fn placed(list: &[(&str, &str)]) -> Vec<(CandidateId, OpeningId)> {
    list.iter().map(|(candidate, opening)| ((*candidate).into(), (*opening).into())).collect()
}

fn flaws(problem: &Problem, list: &[(&str, &str)]) -> Vec<PlanFlaw> {
    plan(problem, &placed(list))
}

fn passed_over(candidate: &str, holder: &str, opening: &str) -> PlanFlaw {
    PlanFlaw::PassedOver { candidate: candidate.into(), holder: holder.into(), opening: opening.into() }
}

fn vacant(candidate: &str, opening: &str) -> PlanFlaw {
    PlanFlaw::SeatLeftVacant { candidate: candidate.into(), opening: opening.into() }
}

#[test]
fn a_sound_plan_has_no_flaw() {
    let problem = town().problem();
    assert_eq!(flaws(&problem, &[("poor", "V"), ("poor2", "W")]), []);
    assert_eq!(flaws(&problem, &[("poor2", "V"), ("poor", "W")]), []);
}

#[test]
fn placements_must_name_what_is_there() {
    let problem = lone_post(&["poor"]).problem();
    let found = flaws(&problem, &[("nobody", "W"), ("poor", "W"), ("poor", "X")]);
    let nobody = PlanFlaw::UnknownCandidate { candidate: "nobody".into() };
    assert_eq!(found, [nobody, PlanFlaw::UnknownOpening { opening: "X".into() }]);
}

#[test]
fn listed_openings_are_not_assigned() {
    let problem =
        lone_post(&["poor"]).opening(market("M")).person(works(Employment::Unemployed, disabled("B")));
    let found = flaws(&problem.problem(), &[("poor", "W"), ("B", "M")]);
    assert_eq!(found, [PlanFlaw::NotWelfare { candidate: "B".into(), opening: "M".into() }]);
}

#[test]
fn nobody_is_placed_twice() {
    let problem = town().with(|case| case.document.candidates.truncate(1)).problem();
    let found = flaws(&problem, &[("poor", "V"), ("poor", "W")]);
    assert_eq!(found, [PlanFlaw::PlacedTwice { candidate: "poor".into(), times: 2 }]);
    let same = flaws(&problem, &[("poor", "V"), ("poor", "V")]);
    assert_eq!(same[0], PlanFlaw::PlacedTwice { candidate: "poor".into(), times: 2 });
}

#[test]
fn only_the_eligible_are_placed_unless_the_policy_places_on_condition() {
    let not = |candidate: &str, standing| PlanFlaw::NotEligible {
        candidate: candidate.into(),
        opening: "W".into(),
        standing,
    };
    let unsure = || lone_post(&["unsure"]);
    assert_eq!(flaws(&unsure().problem(), &[("unsure", "W")]), [not("unsure", Standing::Unresolved)]);
    assert_eq!(flaws(&unsure().problem(), &[]), []);
    let conditional = |case: &mut Case| {
        case.policy.choices.unresolved = Some(decided(Unresolved::Conditional));
    };
    assert_eq!(flaws(&unsure().with(conditional).problem(), &[("unsure", "W")]), []);
    assert_eq!(flaws(&unsure().with(conditional).problem(), &[]), [vacant("unsure", "W")]);
    let busy = lone_post(&["busy"]).with(conditional).problem();
    assert_eq!(flaws(&busy, &[("busy", "W")]), [not("busy", Standing::Barred)]);
}

#[test]
fn seats_are_counted() {
    let problem = lone_post(&["poor", "poor2"]).problem();
    let found = flaws(&problem, &[("poor", "W"), ("poor2", "W")]);
    assert_eq!(found, [PlanFlaw::SeatsExceeded { opening: "W".into(), seats: 1, placed: 2 }]);
}

#[test]
fn households_are_counted() {
    let over = flaws(&capped(town(), 1), &[("poor", "V"), ("poor2", "W")]);
    assert_eq!(over, [PlanFlaw::HouseholdCapExceeded { household: "H".into(), cap: 1, placed: 2 }]);
    assert_eq!(flaws(&capped(town(), 2), &[("poor", "V"), ("poor2", "W")]), []);
}

#[test]
fn no_lower_tier_holds_a_seat_that_a_higher_one_could_take() {
    let problem = lone_post(&["poor", "severe", "other"]).problem();
    assert_eq!(flaws(&problem, &[("poor", "W")]), []);
    assert_eq!(flaws(&problem, &[("severe", "W")]), [passed_over("poor", "severe", "W")]);
    let both = [passed_over("poor", "other", "W"), passed_over("severe", "other", "W")];
    assert_eq!(flaws(&problem, &[("other", "W")]), both);
    let refuses = lone_post(&["poor", "severe"]).with(|case| {
        let poor = case.document.candidates.iter_mut().find(|it| it.id.as_str() == "poor");
        poor.expect("poor").refused = ["W".into()].into();
    });
    assert_eq!(flaws(&refuses.problem(), &[("severe", "W")]), []);
}

#[test]
fn a_swap_must_keep_the_household_cap() {
    let problem = capped(town(), 1);
    assert_eq!(flaws(&problem, &[("poor", "V"), ("severe", "W")]), [], "poor2 shares the household of poor");
    let mixed = flaws(&problem, &[("other", "V"), ("severe", "W")]);
    let expected = [
        passed_over("poor", "other", "V"),
        passed_over("poor", "severe", "W"),
        passed_over("poor2", "other", "V"),
        passed_over("poor2", "severe", "W"),
    ];
    assert_eq!(mixed, expected);
    let lower_mate = town().with(|case| {
        case.document.households[0].low_income = false.into();
        let poor2 = case.document.candidates.iter_mut().find(|it| it.id.as_str() == "poor2").expect("poor2");
        poor2.certificate.as_mut().expect("a certificate").level = 1;
    });
    let swap = flaws(&capped(lower_mate, 1), &[("poor", "V"), ("severe", "W")]);
    assert_eq!(swap, [passed_over("poor2", "poor", "V")], "one of the household for another");
}

#[test]
fn a_swap_leaves_no_reserved_seat_empty() {
    let reserved = |people: &[&str], group| {
        lone_post(people)
            .with(|case| case.document.openings[0].reserves = vec![ReserveRecord { group, seats: 1 }])
    };
    let problem = reserved(&["poor", "severe"], Group::Severe).problem();
    assert_eq!(flaws(&problem, &[("severe", "W")]), [], "the seat is kept for severe people");
    let problem = reserved(&["poor", "severe"], Group::LowIncome).problem();
    assert_eq!(flaws(&problem, &[("severe", "W")]), [passed_over("poor", "severe", "W")]);
    let problem = reserved(&["poor", "other"], Group::Severe).problem();
    assert_eq!(flaws(&problem, &[("other", "W")]), [passed_over("poor", "other", "W")], "it stood empty");
}

#[test]
fn a_vacant_seat_is_offered() {
    assert_eq!(flaws(&lone_post(&["other", "busy", "unsure"]).problem(), &[]), [vacant("other", "W")]);
    let problem = town().with(|case| case.document.candidates.truncate(2));
    assert_eq!(flaws(&capped(problem, 1), &[("poor", "V")]), [], "the household has its one");
}

#[test]
fn without_a_decision_nothing_is_assigned() {
    let undecided = || lone_post(&["poor"]).with(|case| case.policy.tiers = None).problem();
    assert_eq!(flaws(&undecided(), &[]), []);
    assert_eq!(flaws(&undecided(), &[("poor", "W")]), [PlanFlaw::Undecided { topic: Topic::Tiers }]);
    let sum = tally(&undecided(), &placed(&[("poor", "W")]));
    assert_eq!(sum.placed_per_tier, [1]);
}

#[test]
fn a_tally_counts_tiers_scores_and_reserved_seats() {
    let problem = town().problem();
    let sum = tally(&problem, &placed(&[("other", "W"), ("poor", "V"), ("nobody", "V"), ("poor", "X")]));
    let each = 30 * 50 + 20 * 50 + 15 * 50 + 10 * 50 + 10 * 50 + 10 * 40;
    assert_eq!(sum, Tally { placed_per_tier: vec![1, 0, 1], score: 2 * each, reserved_filled: 0 });
    assert_eq!(tally(&problem, &[]), Tally { placed_per_tier: vec![0; 3], score: 0, reserved_filled: 0 });
}

#[test]
fn nobody_fills_two_reserved_seats() {
    let reserves = |case: &mut Case| {
        case.document.households.push(HouseholdRecord { low_income: true.into(), ..household("K") });
        for person in &mut case.document.candidates {
            if person.id.as_str() == "severe" {
                person.household = Some("K".into());
            }
        }
        let reserve = |group, seats| ReserveRecord { group, seats };
        let kept = vec![reserve(Group::LowIncome, 1), reserve(Group::Severe, 2)];
        case.document.openings[1] =
            OpeningRecord { seats: 4, reserves: kept, ..case.document.openings[1].clone() };
    };
    let problem = town().with(reserves).problem();
    let filled = |list: &[(&str, &str)]| tally(&problem, &placed(list)).reserved_filled;
    assert_eq!(filled(&[("severe", "W")]), 1);
    assert_eq!(filled(&[("severe", "W"), ("poor", "W")]), 1, "both count for the first group");
    assert_eq!(filled(&[("poor", "W"), ("severe", "W")]), 1);
    assert_eq!(filled(&[("poor", "W"), ("poor2", "W")]), 1);
    assert_eq!(filled(&[("poor", "W"), ("poor2", "V")]), 1);
    assert_eq!(filled(&[("other", "W")]), 0);
}

#[test]
fn flaws_speak_plainly() {
    let flaw = passed_over("A", "B", "W");
    let text = "`A` is unplaced and stands in a higher tier than `B`, whose seat of `W` they could take";
    assert_eq!(flaw.to_string(), text);
    let held =
        PlanFlaw::NotEligible { candidate: "A".into(), opening: "W".into(), standing: Standing::Unresolved };
    assert_eq!(held.to_string(), "`A` is placed on `W`, where their standing is `unresolved`");
}
