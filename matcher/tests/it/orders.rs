//! An officer's orders: pins and prohibitions bind the plan, and what cannot be followed stops the match.

use std::collections::BTreeSet;

use anzhi::audit::{self, PlanFlaw};
use anzhi::error::ErrorKind;
use anzhi::policy::Decisions;
use anzhi::report::{OutcomeRecord, Report};
use anzhi::run::verify;
use anzhi::words::{ReasonCode, Standing};
use anzhi::{CandidateId, OpeningId, Policy, Problem, RunOptions, run};

use crate::support::{document, on};

/// So many that some are left over.
const PEOPLE: u64 = 40;

type Ordered<'a> = (&'static str, &'a str, &'a str);

/// The policy with these orders (kind, candidate, opening).
fn policy(orders: &[Ordered<'_>]) -> Policy {
    let table = |(kind, candidate, opening): &Ordered<'_>| {
        format!(
            "[[orders]]\norder = \"{kind}\"\ncandidate = \"{candidate}\"\nopening = \"{opening}\"\n\
             text = \"a reason\"\noffice = \"the office\"\ndate = 2024-06-01\n"
        )
    };
    let tables: String = orders.iter().map(table).collect();
    let text = format!("format = \"anzhi.decisions/1\"\npolicy = \"xinhuang\"\n{tables}");
    Policy::builtin("xinhuang").unwrap().with_decisions(&Decisions::from_toml(&text).unwrap()).unwrap()
}

fn problem(seed: u64, orders: &[Ordered<'_>]) -> Problem {
    let policy = if orders.is_empty() { Policy::builtin("xinhuang").unwrap() } else { policy(orders) };
    Problem::new(document(seed, PEOPLE, 6), policy, on()).unwrap()
}

/// The report of a match with these orders, which is sound.
fn matched(seed: u64, orders: &[Ordered<'_>]) -> Report {
    let problem = problem(seed, orders);
    let run = run(&problem, &RunOptions::new(Some("published".to_owned()), 5)).unwrap();
    assert_eq!(verify(&problem, &run.report, run.certificate.as_ref()), [], "{seed}");
    run.report
}

fn faults(seed: u64, orders: &[Ordered<'_>]) -> Vec<String> {
    let error = run(&problem(seed, orders), &RunOptions::new(None, 5)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Policy);
    assert!(
        error.policy_faults().iter().all(|fault| fault.at.is_some() && fault.path.starts_with("orders["))
    );
    error.policy_faults().iter().map(|fault| fault.message.clone()).collect()
}

fn outcome<'r>(report: &'r Report, id: &CandidateId) -> &'r OutcomeRecord {
    &report.candidates.iter().find(|it| it.id == *id).unwrap().outcome
}

/// The posts that may take a candidate for certain, or perhaps.
fn posts(seed: u64, id: &CandidateId, standing: Standing) -> Vec<OpeningId> {
    let problem = problem(seed, &[]);
    let row = problem.candidate_row(id).unwrap();
    let posts = problem.openings().iter().filter(|it| it.kind.is_welfare());
    let at = |id: &OpeningId| audit::pair(&problem, row, problem.opening_row(id).unwrap()).unwrap().standing;
    posts.map(|it| it.id.clone()).filter(|id| at(id) == standing).collect()
}

#[test]
fn a_forbidden_placement_is_not_made_and_the_reason_says_so() {
    let mut seen = BTreeSet::new();
    for seed in 0..20 {
        let before = matched(seed, &[]);
        for placement in &before.plan.placements {
            let (id, opening) = (&placement.candidate, &placement.opening);
            let after = matched(seed, &[("forbid", id.as_str(), opening.as_str())]);
            assert!(after.plan.placements.iter().all(|it| (&it.candidate, &it.opening) != (id, opening)));
            let others =
                posts(seed, id, Standing::Eligible).len() + posts(seed, id, Standing::Unresolved).len();
            match outcome(&after, id) {
                OutcomeRecord::Unplaced(reason) => {
                    assert_eq!(reason.code == ReasonCode::Prohibited, others == 1, "{seed} {id}: {reason:?}");
                    assert!(
                        reason.code != ReasonCode::Prohibited || reason.opening.as_ref() == Some(opening)
                    );
                    seen.insert(reason.code);
                }
                OutcomeRecord::Placed { .. } => assert!(others > 1),
                OutcomeRecord::NoPosts => panic!("there are posts"),
            }
            assert_eq!(after.policy.orders.len(), 1);
        }
    }
    assert!(seen.contains(&ReasonCode::Prohibited), "{seen:?}");
}

#[test]
fn a_pinned_placement_is_made_whatever_the_tiers_say() {
    let (mut pinned, mut bound) = (0, 0);
    for seed in 0..20 {
        let before = matched(seed, &[]);
        let unplaced = before.candidates.iter().filter(|it| matches!(it.outcome, OutcomeRecord::Unplaced(_)));
        for candidate in unplaced {
            for opening in posts(seed, &candidate.id, Standing::Eligible) {
                let after = matched(seed, &[("pin", candidate.id.as_str(), opening.as_str())]);
                assert_eq!(outcome(&after, &candidate.id), &OutcomeRecord::Placed { opening });
                pinned += 1;
                bound += after.candidates.iter().filter(|it| is_bound(&it.outcome)).count();
            }
        }
    }
    assert!(pinned > 10 && bound > 0, "{pinned} {bound}");
}

/// No seat is left that a pin does not hold: nothing can be lost by forcing the person in, since nothing can.
fn is_bound(outcome: &OutcomeRecord) -> bool {
    let OutcomeRecord::Unplaced(reason) = outcome else { return false };
    reason.code == ReasonCode::Reserve && reason.loss.is_none()
}

#[test]
fn the_audit_sees_an_order_that_a_plan_does_not_follow() {
    let seed = (0..60).find(|seed| !matched(*seed, &[]).plan.placements.is_empty()).unwrap();
    let plan = matched(seed, &[]).plan.placements;
    let pairs: Vec<_> = plan.iter().map(|it| (it.candidate.clone(), it.opening.clone())).collect();
    let (candidate, opening) = pairs[0].clone();
    let ordered = |kind| problem(seed, &[(kind, candidate.as_str(), opening.as_str())]);
    let forbidden = PlanFlaw::Forbidden { candidate: candidate.clone(), opening: opening.clone() };
    assert_eq!(audit::plan(&ordered("forbid"), &pairs), [forbidden]);
    let missed = PlanFlaw::PinNotKept { candidate: candidate.clone(), opening: opening.clone() };
    assert!(audit::plan(&ordered("pin"), &pairs[1..]).contains(&missed));
    assert_eq!(audit::plan(&ordered("pin"), &pairs), []);
}

#[test]
fn an_order_that_cannot_be_followed_stops_the_match() {
    let seed = (0..60).find(|seed| !matched(*seed, &[]).plan.placements.is_empty()).unwrap();
    let report = matched(seed, &[]);
    let placed = report.plan.placements[0].clone();
    let (id, opening) = (placed.candidate.as_str(), placed.opening.as_str());
    let market = report.openings.iter().find(|it| !it.kind.is_welfare()).unwrap().id.clone();
    let post = report
        .openings
        .iter()
        .find(|it| it.kind.is_welfare() && it.unresolved + it.eligible < PEOPLE)
        .unwrap();
    let problem = problem(seed, &[]);
    let barred = problem.candidates().iter().find(|it| {
        let pair = (problem.candidate_row(&it.id).unwrap(), problem.opening_row(&post.id).unwrap());
        audit::pair(&problem, pair.0, pair.1).unwrap().standing == Standing::Barred
    });
    let barred = barred.unwrap().id.as_str();
    for (order, words) in [
        (("forbid", "nobody", opening), "no accepted candidate has the id `nobody`"),
        (("pin", id, "nowhere"), "no accepted opening has the id `nowhere`"),
        (("forbid", id, market.as_str()), "is no public-welfare post"),
        (("pin", barred, post.id.as_str()), "is `barred`, and a pin sets no rule aside"),
    ] {
        let found = faults(seed, &[order]);
        assert!(found.len() == 1 && found[0].contains(words), "{found:?}");
    }
    assert_eq!(faults(seed, &[("forbid", "nobody", opening), ("forbid", id, "nowhere")]).len(), 2);
}

#[test]
fn more_pins_than_seats_or_than_a_household_may_have_stop_the_match() {
    let (mut seats, mut households) = (0, 0);
    for seed in 0..20 {
        let problem = problem(seed, &[]);
        for post in problem.openings().iter().filter(|it| it.kind.is_welfare()) {
            let row = problem.opening_row(&post.id).unwrap();
            let eligible = problem.candidates().iter().filter(|it| {
                let candidate = problem.candidate_row(&it.id).unwrap();
                audit::pair(&problem, candidate, row).unwrap().standing == Standing::Eligible
            });
            let orders: Vec<Ordered<'_>> =
                eligible.map(|it| ("pin", it.id.as_str(), post.id.as_str())).collect();
            let enough = usize::try_from(post.seats).unwrap();
            if orders.len() > enough {
                let found = faults(seed, &orders[..=enough]);
                seats += usize::from(found.iter().any(|it| it.contains("more people are pinned there")));
                households += usize::from(found.iter().any(|it| it.contains("members of the household")));
            }
        }
    }
    assert!(seats > 5, "{seats} {households}");
}
