//! Each shipped folder's report, byte for byte, and what is promised of it.
//!
//! `UPDATE=1 cargo test -p anzhi-desk --test it golden` writes the expectations anew; the difference is then reviewed
//! like code.

use std::path::{Path, PathBuf};

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::input::Remedy;
use anzhi::policy::Decisions;
use anzhi::report::{OutcomeRecord, PlanStatus};
use anzhi::run::{Scope, verify};
use anzhi::words::{Group, PersonKind, ReasonCode, Standing};
use anzhi::{Day, Document, Policy, Problem, audit};
use anzhi_desk::intake;
use anzhi_desk::messages::Language;
use anzhi_desk::run::{Assessed, Options, assess_problem, json_bytes};

const COUNTIES: &[&str] = &["xinhuang", "zhongshan", "panjin", "dianjiang", "jizhou"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn county(name: &str) -> Document {
    intake::read_folder(&fixtures().join("counties").join(name)).unwrap().document
}

/// Policy (with the example decisions, where the source ranks nobody), day and seed of a county.
fn setting(name: &str) -> (Policy, Options) {
    let folder = fixtures().join("counties").join(name);
    let run: toml::Table = std::fs::read_to_string(folder.join("run.toml")).unwrap().parse().unwrap();
    let mut policy = Policy::builtin(run["policy"].as_str().unwrap()).unwrap();
    if let Ok(text) = std::fs::read_to_string(folder.join("decisions.example.toml")) {
        policy = policy.with_decisions(&Decisions::from_toml(&text).unwrap()).unwrap();
    }
    let on: Day = run["date"].as_str().unwrap().parse().unwrap();
    let seed = run.get("seed").and_then(|seed| seed.as_str()).map(str::to_owned);
    (policy, Options { on, seed, salt: None, top: 10, language: Language::Zh, scope: Scope::Plan })
}

fn assessed(name: &str) -> (Problem, Assessed) {
    let (policy, options) = setting(name);
    let problem = Problem::new(county(name), policy, options.on).unwrap();
    let assessed = assess_problem(&problem, &options, &|_| {}).unwrap();
    (problem, assessed)
}

#[test]
fn reports_are_those_of_yesterday() {
    for name in COUNTIES {
        let bytes = json_bytes(&assessed(name).1.report).unwrap();
        let expected = fixtures().join("golden").join(name).join("report.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
            std::fs::write(&expected, &bytes).unwrap();
        }
        assert!(
            std::fs::read(&expected).unwrap() == bytes,
            "the report of {name} has changed; see the head of this file"
        );
    }
}

#[test]
fn counties_are_without_fault_and_every_plan_is_proved() {
    for name in COUNTIES {
        let read = intake::read_folder(&fixtures().join("counties").join(name)).unwrap();
        assert!(read.faults.is_empty(), "{name}: {:?}", read.faults);
        let (problem, assessed) = assessed(name);
        assert!(problem.rejected().is_empty(), "{name}");
        assert_eq!(assessed.report.plan.status, PlanStatus::Optimal, "{name}");
        assert_eq!(verify(&problem, &assessed.report, assessed.certificate.as_ref()), [], "{name}");
        assert!(problem.candidates().iter().all(|candidate| candidate.synthetic), "{name}");
    }
}

#[test]
fn engine_and_audit_agree_on_every_pair_of_two_counties() {
    for name in ["xinhuang", "zhongshan"] {
        let (problem, _) = assessed(name);
        let scored = problem.score();
        for row in (0..problem.candidates().len()).map(CandidateIx::new) {
            for post in (0..problem.openings().len()).map(OpeningIx::new) {
                let plain = audit::pair(&problem, row, post).unwrap();
                let fast = scored.standings(row, post);
                let name = || {
                    format!(
                        "{name}: {} at {}",
                        problem.candidates()[row.get()].id,
                        problem.openings()[post.get()].id
                    )
                };
                assert_eq!(fast.standing(), plain.standing, "{}", name());
                assert!(fast.failing().eq(plain.failing.iter().copied()), "{}", name());
                if plain.standing != Standing::Barred {
                    let ids = (&problem.candidates()[row.get()].id, &problem.openings()[post.get()].id);
                    let points = scored.breakdown(ids.0, ids.1).unwrap();
                    assert_eq!(points.points(), plain.points, "{}", name());
                    assert_eq!(points.shortlist_score(), plain.shortlist_score, "{}", name());
                }
            }
        }
    }
}

#[test]
fn lists_of_all_at_once_are_those_of_each_by_itself_in_every_county() {
    for name in COUNTIES {
        let (problem, _) = assessed(name);
        let scored = problem.score();
        let lists = scored.shortlists(7);
        for (row, record) in problem.openings().iter().enumerate() {
            let by_itself = scored.shortlist(&record.id, 7).unwrap();
            assert_eq!(lists.of_opening(OpeningIx::new(row)), by_itself, "{name} {}", record.id);
        }
        for (row, record) in problem.candidates().iter().enumerate() {
            let by_itself = scored.shortlist_for(&record.id, 7).unwrap();
            assert_eq!(lists.of_candidate(CandidateIx::new(row)), by_itself, "{name} {}", record.id);
        }
    }
}

/// The remedies of a county, one in so many: made in the document, and everybody judged anew by the audit.
#[test]
fn a_change_brings_in_a_county_what_the_report_says() {
    let (before, assessed) = assessed("xinhuang");
    let (policy, options) = setting("xinhuang");
    let document = county("xinhuang");
    let gained = |changed: Document, pairs: &[(CandidateIx, OpeningIx)]| {
        let after = Problem::new(changed, policy.clone(), options.on).unwrap();
        let eligible = |problem: &Problem| {
            let pairs = pairs.iter().map(|(who, at)| audit::pair(problem, *who, *at).unwrap().standing);
            pairs.filter(|it| *it == Standing::Eligible).count() as u64
        };
        eligible(&after) - eligible(&before)
    };
    let people: Vec<_> = (0..before.candidates().len()).map(CandidateIx::new).collect();
    let posts: Vec<_> = (0..before.openings().len()).map(OpeningIx::new).collect();
    let mut tried = 0;
    let openings = assessed.report.openings.iter().flat_map(|it| it.near.iter().map(move |near| (it, near)));
    let openings = openings.flat_map(|(it, near)| near.remedies.iter().map(move |remedy| (it, remedy)));
    for (opening, said) in openings.step_by(31) {
        let mut changed = document.clone();
        let record = changed.openings.iter_mut().find(|it| it.id == opening.id).unwrap();
        said.remedy.apply_to_opening(record);
        if matches!(said.remedy, Remedy::Transport { .. }) {
            changed.candidates.iter_mut().for_each(|it| said.remedy.apply_to_candidate(it));
        }
        let at = before.opening_row(&opening.id).unwrap();
        let pairs: Vec<_> = people.iter().map(|who| (*who, at)).collect();
        assert_eq!(gained(changed, &pairs), said.eligible, "{} {said:?}", opening.id);
        tried += 1;
    }
    let candidates =
        assessed.report.candidates.iter().flat_map(|it| it.near.iter().map(move |near| (it, near)));
    let candidates = candidates.flat_map(|(it, near)| near.remedies.iter().map(move |remedy| (it, remedy)));
    for (candidate, said) in candidates.step_by(97) {
        let mut changed = document.clone();
        let record = changed.candidates.iter_mut().find(|it| it.id == candidate.id).unwrap();
        said.remedy.apply_to_candidate(record);
        if matches!(said.remedy, Remedy::Accommodation { .. }) {
            changed.openings.iter_mut().for_each(|it| said.remedy.apply_to_opening(it));
        }
        let who = before.candidate_row(&candidate.id).unwrap();
        let pairs: Vec<_> = posts.iter().map(|at| (who, *at)).collect();
        assert_eq!(gained(changed, &pairs), said.eligible, "{} {said:?}", candidate.id);
        tried += 1;
    }
    assert!(tried > 40, "{tried} remedies were tried");
}

#[test]
fn in_xinhuang_nobody_of_the_tier_stands_behind_somebody_outside_it() {
    let (problem, assessed) = assessed("xinhuang");
    let report = &assessed.report;
    let outside: Vec<_> = report.plan.placements.iter().filter(|it| it.tier > 1).collect();
    let waiting = report.candidates.iter().filter(|it| it.tier == Some(1));
    let waiting: Vec<_> = waiting.filter(|it| matches!(it.outcome, OutcomeRecord::Unplaced(_))).collect();
    assert!(waiting.len() > 50, "hardly anybody of the tier is left over: the test would prove nothing");
    for candidate in &waiting {
        let row = problem.candidate_row(&candidate.id).unwrap();
        for held in &outside {
            let post = problem.opening_row(&held.opening).unwrap();
            let pair = audit::pair(&problem, row, post).unwrap();
            assert_ne!(
                pair.standing,
                Standing::Eligible,
                "{} could take the seat of {}",
                candidate.id,
                held.candidate
            );
        }
    }
    let named =
        [Group::FailedReferrals, Group::LowIncome, Group::SeveralDisabled, Group::AgedCarer, Group::Watched];
    for group in named {
        assert!(
            report.candidates.iter().any(|it| it.tier == Some(1) && it.groups.contains(&group)),
            "{group}"
        );
    }
}

#[test]
fn a_relative_in_a_watched_household_is_eligible_in_xinhuang_and_not_in_panjin() {
    let welfare = |problem: &Problem, row| {
        let posts = problem.openings().iter().enumerate().filter(|(_, it)| it.kind.is_welfare());
        let rows: Vec<_> = posts.map(|(post, _)| OpeningIx::new(post)).collect();
        rows.into_iter().any(|post| audit::pair(problem, row, post).unwrap().standing == Standing::Eligible)
    };
    let relatives = |problem: &Problem, assessed: &Assessed| {
        let watched = |it: &&anzhi::report::CandidateReport| {
            let group = audit::groups(problem, problem.candidate_row(&it.id).unwrap());
            it.kind == PersonKind::FamilyMember && group.contains(&(Group::Watched, Some(true)))
        };
        let rows = assessed
            .report
            .candidates
            .iter()
            .filter(watched)
            .map(|it| problem.candidate_row(&it.id).unwrap());
        rows.collect::<Vec<_>>()
    };
    let (problem, assessed_there) = assessed("xinhuang");
    let there = relatives(&problem, &assessed_there);
    assert!(there.iter().any(|row| welfare(&problem, *row)), "nobody of {} is eligible", there.len());

    let (policy, options) = setting("panjin");
    let problem = Problem::new(county("panjin"), Policy::builtin("panjin").unwrap(), options.on).unwrap();
    let undecided = assess_problem(&problem, &options, &|_| {}).unwrap();
    let here = relatives(&problem, &undecided);
    assert!(!here.is_empty() && !here.iter().any(|row| welfare(&problem, *row)));
    assert!(policy.missing().is_empty());
}

#[test]
fn without_a_decision_there_are_lists_and_no_assignment() {
    for name in ["zhongshan", "panjin", "jizhou"] {
        let (_, options) = setting(name);
        let problem = Problem::new(county(name), Policy::builtin(name).unwrap(), options.on).unwrap();
        let assessed = assess_problem(&problem, &options, &|_| {}).unwrap();
        assert_eq!(assessed.report.plan.status, PlanStatus::DecisionNeeded, "{name}");
        assert!(assessed.certificate.is_none() && assessed.report.plan.placements.is_empty());
        assert!(assessed.report.openings.iter().filter(|it| !it.shortlist.is_empty()).count() > 100);
        let said = |it: &anzhi::report::CandidateReport| match &it.outcome {
            OutcomeRecord::Unplaced(reason) => {
                reason.code == ReasonCode::NoDecision || reason.code == ReasonCode::Declined
            }
            _ => false,
        };
        assert!(assessed.report.candidates.iter().all(said), "{name}");
        assert_eq!(verify(&problem, &assessed.report, None), [], "{name}");
    }
}

#[test]
fn policies_stand_on_regions_that_the_table_has() {
    let table = include_str!("../../data/regions.csv");
    for name in Policy::BUILTIN {
        let policy = Policy::builtin(name).unwrap();
        if let Some(code) = policy.jurisdiction() {
            let known = table.lines().any(|line| line.split(',').next() == Some(code.as_str()));
            assert!(known, "{name}: no region has the code {code}");
        }
    }
}

#[test]
fn every_person_has_a_sentence_in_both_languages() {
    let (policy, mut options) = setting("dianjiang");
    let problem = Problem::new(county("dianjiang"), policy, options.on).unwrap();
    for language in [Language::Zh, Language::En] {
        options.language = language;
        let report = assess_problem(&problem, &options, &|_| {}).unwrap().report;
        for candidate in &report.candidates {
            assert!(candidate.text.chars().count() > 10, "{}", candidate.id);
            assert!(!candidate.text.contains(['{', '}']), "{}", candidate.text);
        }
    }
}
