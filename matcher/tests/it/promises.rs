//! The ten promises of DESIGN §1, as far as their parts stand in the engine; each test bears its promise's name.
//! Promises 7 and 10 are of lists and signatures on paper: the desk's tests hold what there is of them.

use anzhi::audit::{self, PlanFlaw};
use anzhi::report::{OutcomeRecord, PlanStatus, Report};
use anzhi::run::{VerifyFlaw, verify};
use anzhi::words::{ReasonCode, Standing};
use anzhi::{Document, Policy, Problem, RunOptions, run};

use crate::support::{document, on};

const CASES: u64 = 60;

fn matched(seed: u64, name: &str) -> (Problem, anzhi::Run) {
    let policy = Policy::builtin(name).unwrap();
    let problem = Problem::new(document(seed, 16, 7), policy, on()).unwrap();
    let run = run(&problem, &RunOptions::new(Some("published".to_owned()), 5)).unwrap();
    (problem, run)
}

#[test]
fn promise_1_the_same_input_gives_the_same_bytes() {
    let bytes = |seed| serde_json::to_vec(&matched(seed, "xinhuang").1.report).unwrap();
    for seed in 0..CASES {
        assert_eq!(bytes(seed), bytes(seed), "{seed}");
    }
}

#[test]
fn promise_2_nobody_is_refused_in_silence_for_missing_data() {
    let mut cleared = 0;
    for seed in 0..CASES {
        let (problem, run) = matched(seed, "general");
        for opening in &run.report.openings {
            for it in &opening.to_check {
                assert!(!it.missing.is_empty(), "{} at {} misses nothing", it.id, opening.id);
                let scored = problem.score();
                let verdict = scored.verdict(&it.id.as_str().into(), &opening.id).unwrap();
                assert_eq!((verdict.standing(), verdict.failing().count()), (Standing::Unresolved, 0));
                cleared += 1;
            }
        }
        for candidate in &run.report.candidates {
            if let OutcomeRecord::Unplaced(reason) = &candidate.outcome {
                assert_eq!(
                    reason.code == ReasonCode::MissingDatum,
                    !reason.missing.is_empty(),
                    "{}",
                    candidate.id
                );
            }
        }
    }
    assert!(cleared > 100);
}

#[test]
fn promise_3_who_rises_is_not_unplaced() {
    let policy = || Policy::builtin("xinhuang").unwrap();
    let mut raised = 0;
    for seed in 100..100 + CASES {
        let mut before = document(seed, 14, 6);
        before.candidates.iter_mut().for_each(|it| it.household = None);
        let report = crate::laws::report(before.clone(), policy());
        let placed = report.plan.placements.iter().filter(|it| it.tier == 2).map(|it| &it.candidate);
        for id in placed {
            let mut after = before.clone();
            crate::laws::raise(&mut after, id);
            let after = crate::laws::report(after, policy());
            assert!(
                after.plan.placements.iter().any(|it| it.candidate == *id && it.tier == 1),
                "{seed} {id}"
            );
            raised += 1;
        }
    }
    assert!(raised > 20, "hardly anybody was raised: {raised}");
}

#[test]
fn promise_4_no_seat_is_held_below_somebody_who_could_take_it() {
    for seed in 0..CASES {
        let (problem, run) = matched(seed, "xinhuang");
        let placements: Vec<_> =
            run.report.plan.placements.iter().map(|it| (it.candidate.clone(), it.opening.clone())).collect();
        assert_eq!(audit::plan(&problem, &placements), [], "{seed}");
        // The audit sees it at once when somebody of a lower tier is put before somebody of a higher one.
        for gone in 0..placements.len() {
            let mut worse = placements.clone();
            worse.remove(gone);
            assert!(
                !audit::plan(&problem, &worse).is_empty(),
                "{seed}: a vacant seat that somebody could take"
            );
        }
    }
}

#[test]
fn promise_5_every_unplaced_person_has_one_true_reason() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..CASES * 3 {
        let (problem, run) = matched(seed, "xinhuang");
        for candidate in &run.report.candidates {
            let placed = run.report.plan.placements.iter().any(|it| it.candidate == candidate.id);
            match &candidate.outcome {
                OutcomeRecord::Placed { .. } => assert!(placed, "{}", candidate.id),
                OutcomeRecord::Unplaced(reason) => {
                    assert!(!placed, "{}", candidate.id);
                    seen.insert(reason.code);
                    true_reason(&problem, &run.report, candidate, reason);
                }
                OutcomeRecord::NoPosts => assert_eq!(run.report.plan.status, PlanStatus::NoPosts),
            }
        }
    }
    for code in [
        ReasonCode::Declined,
        ReasonCode::NoOpening,
        ReasonCode::MissingDatum,
        ReasonCode::Reserve,
        ReasonCode::FewerOfTier,
        ReasonCode::LowerScore,
    ] {
        assert!(seen.contains(&code), "{code} was never an answer: {seen:?}");
    }
}

/// What each reason says is so, from the audit's side.
fn true_reason(
    problem: &Problem,
    report: &Report,
    candidate: &anzhi::report::CandidateReport,
    reason: &anzhi::report::ReasonRecord,
) {
    let row = problem.candidate_row(&candidate.id).unwrap();
    let posts = problem.openings().iter().filter(|it| it.kind.is_welfare());
    let judged: Vec<_> =
        posts.map(|it| audit::pair(problem, row, problem.opening_row(&it.id).unwrap()).unwrap()).collect();
    let eligible = judged.iter().filter(|it| it.standing == Standing::Eligible).count();
    let unresolved = judged.iter().filter(|it| it.standing == Standing::Unresolved).count();
    let loss = || reason.loss.as_ref().unwrap();
    if let Some(hall) = &reason.hall {
        assert_eq!(hall.above + hall.same + hall.pinned, hall.seats, "{}", candidate.id);
        assert!(
            hall.openings >= reason.openings && hall.seats + hall.kept >= reason.seats,
            "{}",
            candidate.id
        );
    }
    match reason.code {
        ReasonCode::Declined | ReasonCode::NoOpening => {
            assert_eq!((eligible, unresolved), (0, 0), "{}", candidate.id);
            assert!(!reason.failing.is_empty() && reason.failing.iter().all(|hit| !hit.clause.is_empty()));
        }
        ReasonCode::MissingDatum => assert!(eligible == 0 && unresolved > 0, "{}", candidate.id),
        ReasonCode::FewerOfTier => {
            let own = usize::from(candidate.tier.unwrap());
            let first = loss().placed_per_tier.iter().position(|lost| *lost != 0).unwrap();
            assert!(eligible > 0 && first < own && loss().placed_per_tier[first] > 0, "{}", candidate.id);
        }
        ReasonCode::LowerScore => {
            assert!(eligible > 0 && loss().placed_per_tier.iter().all(|lost| *lost == 0) && loss().score > 0);
        }
        ReasonCode::Reserve => assert!(eligible > 0 && loss().reserved > 0),
        _ => assert!(eligible > 0 && !report.plan.placements.is_empty(), "{}", candidate.id),
    }
}

#[test]
fn promise_6_every_rule_names_its_clause_or_who_decided_it() {
    for name in Policy::BUILTIN {
        let policy = Policy::builtin(name).unwrap();
        assert!(policy.bases().count() > 10);
        for basis in policy.bases() {
            assert!(!basis.clause.trim().is_empty() && !basis.id.trim().is_empty(), "{name} {basis:?}");
        }
    }
    for seed in 0..CASES {
        let (_, run) = matched(seed, "dianjiang");
        assert!(run.report.policy.rules.iter().all(|rule| !rule.clause.is_empty()));
    }
}

#[test]
fn promise_8_the_engine_never_sees_a_name() {
    let mut json = serde_json::to_value(document(1, 3, 1)).unwrap();
    for field in ["name", "id_number", "certificate_number", "phone", "姓名"] {
        let mut named = json.clone();
        named["candidates"][0][field] = "x".into();
        let refused = Document::from_json(named.to_string().as_bytes()).unwrap_err();
        assert!(refused.to_string().contains(field), "{refused}");
    }
    json["candidates"][0]["synthetic"] = true.into();
    Document::from_json(json.to_string().as_bytes()).unwrap();
}

#[test]
fn promise_9_optimal_only_with_a_certificate() {
    for seed in 0..CASES {
        let (problem, run) = matched(seed, "xinhuang");
        assert_eq!(run.report.plan.status == PlanStatus::Optimal, run.certificate.is_some());
        if run.certificate.is_some() {
            assert_eq!(verify(&problem, &run.report, run.certificate.as_ref()), [], "{seed}");
            assert!(verify(&problem, &run.report, None).contains(&VerifyFlaw::NoCertificate));
            if let Some(worse) = without_last(&run.report) {
                let flaws = verify(&problem, &worse, run.certificate.as_ref());
                assert!(flaws.iter().any(|it| matches!(it, VerifyFlaw::Certificate(_))), "{seed}: {flaws:?}");
                assert!(
                    flaws.iter().any(|it| matches!(it, VerifyFlaw::Plan(PlanFlaw::SeatLeftVacant { .. }))),
                    "{flaws:?}"
                );
            }
        }
    }
}

fn without_last(report: &Report) -> Option<Report> {
    let mut worse = report.clone();
    worse.plan.placements.pop().map(|_| worse)
}
