//! What must hold between one match and another.

use anzhi::ids::OpeningIx;
use anzhi::input::{CandidateRecord, OpeningRecord};
use anzhi::report::{OutcomeRecord, Report};
use anzhi::run::{VerifyFlaw, verify};
use anzhi::score::{Ranked, Ties};
use anzhi::words::{Employment, Group, PersonKind};
use anzhi::{CandidateId, Day, Document, Policy, Problem, RunOptions, run};

use crate::support::{Dice, document, on};

const CASES: u64 = 60;

fn policy() -> Policy {
    Policy::builtin("xinhuang").unwrap()
}

pub fn report(document: Document, policy: Policy) -> Report {
    let problem = Problem::new(document, policy, on()).unwrap();
    run(&problem, &RunOptions::new(Some("published".to_owned()), 5)).unwrap().report
}

fn bytes(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

/// A report without what names rows of the document.
fn without_rows(mut report: Report) -> Report {
    report.findings.clear();
    report.rejected.clear();
    report
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    for seed in 0..CASES {
        let straight = document(seed, 16, 7);
        let mut shuffled = straight.clone();
        let mut dice = Dice(seed);
        dice.shuffle(&mut shuffled.candidates);
        dice.shuffle(&mut shuffled.households);
        dice.shuffle(&mut shuffled.openings);
        dice.shuffle(&mut shuffled.referrals);
        dice.shuffle(&mut shuffled.regions);
        dice.shuffle(&mut shuffled.skills);
        let (straight, shuffled) = (report(straight, policy()), report(shuffled, policy()));
        assert_eq!(bytes(&without_rows(straight)), bytes(&without_rows(shuffled)), "{seed}");
    }
}

/// Everybody gets another id. Lists of openings change among equals alone: the same scores and days of registered
/// unemployment stand in the same order, and whoever stood among equals that a list holds whole stands there still.
#[test]
fn other_ids_move_equals_alone_whether_ties_go_by_id_or_by_digest() {
    let mut moved = 0;
    for seed in 0..CASES {
        let before = document(seed, 60, 7);
        let mut names: Vec<_> = (0..before.candidates.len()).collect();
        Dice(seed).shuffle(&mut names);
        let renamed = |id: &CandidateId| {
            let row: usize = id.as_str()[1..].parse().unwrap();
            CandidateId::from(format!("N{:03}", names[row]))
        };
        let mut after = before.clone();
        after.candidates.iter_mut().for_each(|it| it.id = renamed(&it.id));
        after.referrals.iter_mut().for_each(|it| it.candidate = renamed(&it.candidate));
        for salt in [None, Some("published"), Some("another")] {
            let ties = Ties::new(salt).unwrap();
            let lists = |document: &Document| {
                let problem = Problem::new(document.clone(), policy(), on()).unwrap();
                let lists = problem.score().with_ties(&ties).shortlists(usize::MAX);
                let openings = (0..problem.openings().len()).map(|row| {
                    let list = lists.of_opening(OpeningIx::new(row)).eligible;
                    let entry = |it: Ranked| {
                        let record = &problem.candidates()[it.candidate.get()];
                        (it.score, record.unemployed_since, record.id.clone())
                    };
                    list.into_iter().map(entry).collect::<Vec<_>>()
                });
                openings.collect::<Vec<_>>()
            };
            for (old, new) in lists(&before).into_iter().zip(lists(&after)) {
                let key = |it: &(u32, Option<Day>, CandidateId)| (it.0, it.1);
                let old: Vec<_> =
                    old.into_iter().map(|(score, day, id)| (score, day, renamed(&id))).collect();
                assert!(old.iter().map(key).eq(new.iter().map(key)), "{seed} {salt:?}");
                moved += usize::from(old != new);
                let sorted = |mut list: Vec<_>| {
                    list.sort();
                    list
                };
                assert_eq!(sorted(old), sorted(new), "{seed} {salt:?}");
            }
        }
    }
    assert!(moved > 20, "hardly anybody is anybody's equal: {moved}");
}

#[test]
fn a_list_out_of_its_order_is_found_and_a_salt_changes_no_plan() {
    for seed in 0..CASES / 4 {
        let problem = Problem::new(document(seed, 60, 7), policy(), on()).unwrap();
        let options = RunOptions::new(Some("published".to_owned()), 5);
        let plain = run(&problem, &options).unwrap();
        let salted = run(&problem, &options.clone().salt(Some("published".to_owned()))).unwrap();
        assert_eq!(verify(&problem, &salted.report, salted.certificate.as_ref()), [], "{seed}");
        assert_eq!(salted.report.salt.as_deref(), Some("published"));
        assert_eq!((&salted.report.plan, &salted.certificate), (&plain.report.plan, &plain.certificate));
        for (one, other) in plain.report.candidates.iter().zip(&salted.report.candidates) {
            assert_eq!(one, other, "{seed}");
        }
        let mut swapped = salted.report.clone();
        let Some(opening) = swapped.openings.iter_mut().find(|it| it.shortlist.len() > 1) else { continue };
        opening.shortlist.swap(0, 1);
        let flaw = VerifyFlaw::Order(opening.id.to_string());
        assert_eq!(verify(&problem, &swapped, salted.certificate.as_ref()), [flaw], "{seed}");
    }
    let problem = Problem::new(document(1, 5, 5), policy(), on()).unwrap();
    assert!(run(&problem, &RunOptions::new(None, 5).salt(Some("\n".to_owned()))).is_err());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for seed in 0..CASES / 4 {
        let on_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bytes(&report(document(seed, 40, 12), policy())))
        };
        let one = on_threads(1);
        assert_eq!(one, on_threads(2), "{seed}");
        assert_eq!(one, on_threads(7), "{seed}");
    }
}

#[test]
fn a_barred_candidate_more_leaves_the_plan_as_it_is() {
    for seed in 0..CASES {
        let before = document(seed, 16, 7);
        let mut after = before.clone();
        let mut barred = CandidateRecord::unknown("A-first".into(), PersonKind::Disabled);
        barred.employment = Some(Employment::Employed);
        after.candidates.push(barred);
        assert_eq!(report(before, policy()).plan, report(after, policy()).plan, "{seed}");
    }
}

#[test]
fn a_seat_more_never_places_fewer() {
    let mut gained = 0;
    for seed in 0..CASES {
        let before = document(seed, 70, 4);
        let mut after = before.clone();
        let post = after.openings.iter_mut().find(|it| it.kind.is_welfare());
        let Some(post) = post else { continue };
        post.seats += 1;
        let objective = |document| report(document, policy()).plan.objective.unwrap();
        let (before, after) = (objective(before), objective(after));
        let key =
            |it: &anzhi::report::ObjectiveRecord| (it.reserved_filled, it.placed_per_tier.clone(), it.score);
        assert!(key(&after) >= key(&before), "{seed}: {before:?} {after:?}");
        gained += usize::from(key(&after) > key(&before));
    }
    assert!(gained > 5, "no seat was ever of use");
}

/// Places `candidate` in the first tier by a household of their own that is recognised as poor.
pub fn raise(document: &mut Document, candidate: &CandidateId) {
    let id = anzhi::HouseholdId::from("H-own");
    let mut own = document.households[0].clone();
    own.id = id.clone();
    own.low_income = true.into();
    document.households.push(own);
    let record = document.candidates.iter_mut().find(|it| it.id == *candidate).unwrap();
    record.household = Some(id);
}

#[test]
fn whose_own_tier_rises_is_not_unplaced_by_it() {
    let mut raised = 0;
    for seed in 0..CASES * 2 {
        // Nobody shares a household here, so that one person's tier rises and all else stays.
        let mut before = document(seed, 16, 7);
        before.candidates.iter_mut().for_each(|it| it.household = None);
        before.candidates.retain(|it| it.kind == PersonKind::Disabled);
        before.openings.iter_mut().for_each(|it| it.reserves.clear());
        let placed = report(before.clone(), policy());
        for candidate in &placed.candidates {
            let in_last =
                candidate.tier == Some(2) && matches!(candidate.outcome, OutcomeRecord::Placed { .. });
            if !in_last {
                continue;
            }
            let mut after = before.clone();
            raise(&mut after, &candidate.id);
            let after = report(after, policy());
            let now = after.candidates.iter().find(|it| it.id == candidate.id).unwrap();
            assert_eq!(now.tier, Some(1), "{seed} {}", candidate.id);
            assert!(now.groups.contains(&Group::LowIncome));
            assert!(matches!(now.outcome, OutcomeRecord::Placed { .. }), "{seed} {}", candidate.id);
            raised += 1;
        }
    }
    assert!(raised > 40, "hardly anybody was raised: {raised}");
}

#[test]
fn an_opening_more_takes_nothing_from_the_others_lists() {
    for seed in 0..CASES {
        let before = document(seed, 12, 6);
        let mut after = before.clone();
        let more: OpeningRecord = OpeningRecord { id: "Z-last".into(), ..after.openings[0].clone() };
        after.openings.push(more);
        let (before, after) = (report(before, policy()), report(after, policy()));
        for (old, new) in before.openings.iter().zip(&after.openings) {
            assert_eq!(
                (&old.id, &old.shortlist, &old.to_check),
                (&new.id, &new.shortlist, &new.to_check),
                "{seed}"
            );
        }
    }
}
