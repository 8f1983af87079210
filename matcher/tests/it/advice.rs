//! What would help, tried: the change is made in the document, everybody is judged anew by the audit, and as many more
//! are eligible as was said.

use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

use anzhi::audit;
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::input::Remedy;
use anzhi::score::Gain;
use anzhi::words::{RuleKind, Standing};
use anzhi::{Document, Policy, Problem};

use crate::support::{day, document, on};

fn problem(document: Document, policy: &Policy) -> Problem {
    Problem::new(document, policy.clone(), on()).unwrap()
}

/// Standings of one opening's people, or of one candidate's openings.
fn standings(problem: &Problem, pairs: &[(CandidateIx, OpeningIx)]) -> Vec<Standing> {
    pairs.iter().map(|(who, at)| audit::pair(problem, *who, *at).unwrap().standing).collect()
}

/// How many become eligible, and how many that were barred become unresolved.
fn gained(before: &[Standing], after: &[Standing]) -> (u32, u32) {
    let count = |of: &dyn Fn(Standing, Standing) -> bool| {
        u32::try_from(before.iter().zip(after).filter(|(was, is)| of(**was, **is)).count()).unwrap()
    };
    let eligible = |of: &[Standing]| of.iter().filter(|it| **it == Standing::Eligible).count();
    let more = count(&|was, is| was != Standing::Eligible && is == Standing::Eligible);
    assert_eq!(eligible(before) + more as usize, eligible(after), "somebody lost by a change for the better");
    (more, count(&|was, is| was == Standing::Barred && is == Standing::Unresolved))
}

/// Makes a change at one opening; one of people is made of all of them.
fn at_opening(document: &mut Document, row: usize, remedy: &Remedy) {
    remedy.apply_to_opening(&mut document.openings[row]);
    if matches!(remedy, Remedy::Transport { .. }) {
        document.candidates.iter_mut().for_each(|it| remedy.apply_to_candidate(it));
    }
}

/// Makes a change of one candidate; one of openings is made of all of them.
fn of_candidate(document: &mut Document, row: usize, remedy: &Remedy) {
    remedy.apply_to_candidate(&mut document.candidates[row]);
    if matches!(remedy, Remedy::Accommodation { .. }) {
        document.openings.iter_mut().for_each(|it| remedy.apply_to_opening(it));
    }
}

type Seen = BTreeMap<String, u32>;

fn note(seen: &mut Seen, side: &str, gain: &Gain) {
    let kind = format!("{side} {:?}", gain.remedy);
    let kind = kind.split([' ', '{']).take(2).collect::<Vec<_>>().join(" ");
    *seen.entry(kind).or_default() += gain.eligible + gain.unresolved;
}

fn try_everything(seed: u64, policy: &Policy, seen: &mut Seen) {
    let document = document(seed, 40, 10);
    let before = problem(document.clone(), policy);
    let advice = before.score().advice();
    let people: Vec<_> = (0..before.candidates().len()).map(CandidateIx::new).collect();
    let openings: Vec<_> = (0..before.openings().len()).map(OpeningIx::new).collect();
    for (row, opening) in openings.iter().enumerate() {
        let pairs: Vec<_> = people.iter().map(|who| (*who, *opening)).collect();
        for gain in &advice.openings[*opening] {
            let mut changed = document.clone();
            at_opening(&mut changed, row, &gain.remedy);
            let found = gained(&standings(&before, &pairs), &standings(&problem(changed, policy), &pairs));
            assert_eq!(found, (gain.eligible, gain.unresolved), "{seed} {opening:?} {gain:?}");
            note(seen, "opening", gain);
        }
    }
    for (row, who) in people.iter().enumerate() {
        let pairs: Vec<_> = openings.iter().map(|at| (*who, *at)).collect();
        for gain in &advice.candidates[*who] {
            let mut changed = document.clone();
            of_candidate(&mut changed, row, &gain.remedy);
            let found = gained(&standings(&before, &pairs), &standings(&problem(changed, policy), &pairs));
            assert_eq!(found, (gain.eligible, gain.unresolved), "{seed} {who:?} {gain:?}");
            note(seen, "candidate", gain);
        }
    }
}

#[test]
fn a_change_brings_exactly_what_was_said() {
    let mut seen = Seen::new();
    for seed in 0..40 {
        for name in ["general", "xinhuang"] {
            try_everything(seed, &Policy::builtin(name).unwrap(), &mut seen);
        }
    }
    let kinds = [
        "opening Dates",
        "opening Classes",
        "opening AnyClass",
        "opening Ages",
        "opening Education",
        "opening Licence",
        "opening Accommodation",
        "opening Demand",
        "opening HomeBased",
        "opening Transport",
        "candidate Education",
        "candidate Licence",
        "candidate Accommodation",
        "candidate Limit",
    ];
    for kind in kinds {
        assert!(seen.get(kind).is_some_and(|gained| *gained > 20), "{kind} hardly ever helped: {seen:?}");
    }
}

/// The step of a ladder that says the least brings the least, and no change that brings nothing is named.
#[test]
fn every_change_named_brings_something_and_no_two_of_a_ladder_the_same() {
    for seed in 0..40 {
        let problem = problem(document(seed, 60, 12), &Policy::general());
        let advice = problem.score().advice();
        let lists = advice.openings.as_slice().iter().chain(advice.candidates.as_slice());
        for gains in lists {
            assert!(gains.iter().all(|it| it.eligible > 0), "{seed} {gains:?}");
            assert!(gains.is_sorted_by_key(|it| it.remedy.rule()), "{seed} {gains:?}");
            let ladder: Vec<_> = gains.iter().filter(|it| is_step(discriminant(&it.remedy))).collect();
            for pair in ladder
                .windows(2)
                .filter(|pair| discriminant(&pair[0].remedy) == discriminant(&pair[1].remedy))
            {
                let both = |it: &Gain| (it.eligible, it.unresolved);
                assert_ne!(both(pair[0]), both(pair[1]), "{seed} {gains:?}");
            }
        }
    }
}

fn is_step(kind: Discriminant<Remedy>) -> bool {
    let steps = [Remedy::Education { level: None }, Remedy::Transport { km: 5 }, Remedy::Limit { km: 5 }];
    steps.iter().any(|it| discriminant(it) == kind)
}

/// Whoever renews a certificate that has run out is eligible wherever it alone stood in the way.
#[test]
fn a_certificate_renewed_opens_what_the_census_says() {
    let mut renewed = 0;
    for seed in 0..60 {
        let document = document(seed, 30, 12);
        let policy = Policy::general();
        let before = problem(document.clone(), &policy);
        let census = before.score().census();
        for (row, who) in (0..30).map(|row| (row, CandidateIx::new(row))) {
            let misses = census.candidates[who].by(RuleKind::CertificateValid);
            let mut changed = document.clone();
            let Some(certificate) = &mut changed.candidates[row].certificate else { continue };
            certificate.valid_until = certificate.valid_until.map(|until| until.max(day("2034-06-30")));
            let pairs: Vec<_> = (0..12).map(|at| (who, OpeningIx::new(at))).collect();
            let found = gained(&standings(&before, &pairs), &standings(&problem(changed, &policy), &pairs));
            assert_eq!(found, (misses.eligible, misses.unresolved), "{seed} {who:?}");
            renewed += misses.eligible;
        }
    }
    assert!(renewed > 50, "hardly any certificate stood in the way alone: {renewed}");
}
