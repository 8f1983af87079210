//! Everything is judged twice: the engine over columns, the audit row by row from the page alone.

use anzhi::audit;
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::run::verify;
use anzhi::words::{Group, Standing};
use anzhi::{Policy, Problem, RunOptions, run};

use crate::support::{document, on};

/// Compares every pair of a problem; the number of pairs of each standing.
pub fn compare(problem: &Problem) -> [usize; 3] {
    let scored = problem.score();
    let mut seen = [0; 3];
    for (row, candidate) in problem.candidates().iter().enumerate() {
        let row = CandidateIx::new(row);
        assert_eq!(audit::tier(problem, row), scored.tier(row), "tier of {}", candidate.id);
        for (post, opening) in problem.openings().iter().enumerate() {
            let post = OpeningIx::new(post);
            let plain = audit::pair(problem, row, post).unwrap();
            let verdict = scored.verdict(&candidate.id, &opening.id).unwrap();
            let breakdown = scored.breakdown(&candidate.id, &opening.id).unwrap();
            let name = format!("{} at {}", candidate.id, opening.id);
            assert_eq!(verdict.standing(), plain.standing, "{name}: {plain:?} {verdict:?}");
            let mut failing: Vec<_> = verdict.failing().map(|it| it.rule).collect();
            failing.dedup();
            assert_eq!(failing, plain.failing, "{name}");
            let mut missing: Vec<_> = verdict.missing().map(|it| it.rule).collect();
            missing.dedup();
            assert_eq!(missing, plain.unknown, "{name}: {verdict:?} {candidate:?} {opening:?}");
            assert_eq!(breakdown.points(), plain.points, "{name}");
            assert_eq!(breakdown.shortlist_score(), plain.shortlist_score, "{name}");
            assert_eq!(breakdown.assignment_score(), plain.assignment_score, "{name}");
            assert_eq!(verdict.accommodations(), plain.accommodations, "{name}");
            let fast = scored.standings(row, post);
            assert_eq!(fast.standing(), plain.standing, "{name}");
            assert_eq!(fast.failing().collect::<Vec<_>>(), plain.failing, "{name}");
            seen[plain.standing.index()] += 1;
        }
    }
    seen
}

#[test]
fn engine_and_audit_agree_on_every_pair_and_every_plan() {
    let mut seen = [0; 3];
    for seed in 0..120 {
        for name in ["xinhuang", "dianjiang", "general"] {
            let policy = Policy::builtin(name).unwrap();
            let problem = Problem::new(document(seed, 14, 8), policy, on()).unwrap();
            for (total, more) in seen.iter_mut().zip(compare(&problem)) {
                *total += more;
            }
            let run = run(&problem, &RunOptions::new(Some("seed".to_owned()), 10)).unwrap();
            assert_eq!(verify(&problem, &run.report, run.certificate.as_ref()), [], "{name} {seed}");
        }
    }
    for standing in Standing::ALL {
        assert!(seen[standing.index()] > 300, "the documents drawn are too uniform: {seen:?}");
    }
}

#[test]
fn groups_are_the_same_from_both_sides() {
    for seed in 0..100 {
        let problem =
            Problem::new(document(seed, 14, 4), Policy::builtin("xinhuang").unwrap(), on()).unwrap();
        let run = run(&problem, &RunOptions::new(None, 3)).unwrap();
        for (row, report) in run.report.candidates.iter().enumerate() {
            for (group, answer) in audit::groups(&problem, CandidateIx::new(row)) {
                let named = matches!(
                    group,
                    Group::FailedReferrals
                        | Group::LowIncome
                        | Group::SeveralDisabled
                        | Group::AgedCarer
                        | Group::Watched
                );
                assert_eq!(
                    report.groups.contains(&group),
                    named && answer == Some(true),
                    "{} {group}",
                    report.id
                );
            }
        }
    }
}
