//! The lists of whole populations against the row-by-row judgement of every pair (`anzhi::audit`).
//!
//! The fair is compared on every run; larger populations by
//! `ANZHI_LISTS=town cargo test --release -p anzhi-benches --test lists`, every list of the town, and `ANZHI_LISTS=city`,
//! a thousand lists of the city; each both tight and loose.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test speaks by failing")]

use std::cmp::Reverse;

use anzhi::audit;
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::score::Ranked;
use anzhi::words::Standing;
use anzhi::{Document, Policy, Problem, Shortlists};
use anzhi_benches::SEED;
use anzhi_benches::crowd::{Crowd, Size, Variant};
use rayon::prelude::*;

/// Entries of a list.
const MOST: usize = 20;

/// Lists of each side that are compared where not all are.
const SAMPLE: usize = 500;

fn crowd(size: &str, variant: Variant) -> Crowd {
    Crowd { size: Size::named(size).unwrap(), variant, seed: SEED }
}

/// Every pair of these that is not barred, by standing, as the audit has it.
fn judged<'a>(
    pairs: impl Iterator<Item = (CandidateIx, OpeningIx, &'a audit::Opening<'a>)>,
) -> [Vec<Ranked>; 2] {
    let mut lists = [Vec::new(), Vec::new()];
    for (candidate, opening, audited) in pairs {
        let pair = audited.pair(candidate).unwrap();
        let list = match pair.standing {
            Standing::Eligible => &mut lists[0],
            Standing::Unresolved => &mut lists[1],
            Standing::Barred => continue,
        };
        list.push(Ranked { candidate, opening, score: pair.shortlist_score });
    }
    lists
}

fn best<K: Ord>(mut list: Vec<Ranked>, key: impl Fn(&Ranked) -> K) -> Vec<Ranked> {
    list.sort_by_key(key);
    list.truncate(MOST);
    list
}

/// The list of an opening: score, days of registered unemployment (unknown last), id.
fn of_opening(problem: &Problem, list: Vec<Ranked>) -> Vec<Ranked> {
    best(list, |it| {
        let record = &problem.candidates()[it.candidate.get()];
        let days = record.unemployed_since.map(|since| problem.on().days_since(since));
        (Reverse(it.score), Reverse(days), record.id.clone())
    })
}

/// The list of a candidate: score, id.
fn of_candidate(problem: &Problem, list: Vec<Ranked>) -> Vec<Ranked> {
    best(list, |it| (Reverse(it.score), problem.openings()[it.opening.get()].id.clone()))
}

/// Rows `0..count`, all or about so many of them spread evenly.
fn rows(count: usize, sample: Option<usize>) -> Vec<usize> {
    let step = sample.map_or(1, |sample| (count / sample).max(1));
    (0..count).step_by(step).collect()
}

/// Compares lists with those of the audit; how many were compared, and how many entries they have.
fn compare(problem: &Problem, sample: Option<usize>) -> (usize, usize) {
    let lists = problem.score().shortlists(MOST);
    let people = problem.candidates().len();
    let openings = rows(problem.openings().len(), sample);
    let judged_at = |row: &usize| {
        let opening = OpeningIx::new(*row);
        let audited = audit::opening(problem, opening).unwrap();
        judged((0..people).map(|who| (CandidateIx::new(who), opening, &audited)))
    };
    let by_opening: Vec<_> = openings.par_iter().map(judged_at).collect();
    let of_people = if sample.is_none() {
        turned(people, &by_opening)
    } else {
        let all = (0..problem.openings().len()).map(OpeningIx::new);
        let all: Vec<_> = all.map(|row| (row, audit::opening(problem, row).unwrap())).collect();
        rows(people, sample).par_iter().map(|who| judged_of(&all, *who)).collect()
    };
    let mut seen = (0, 0);
    let mut equal = |found: [Vec<Ranked>; 2], oracle: [Vec<Ranked>; 2], name: &str, row: usize| {
        seen.0 += 1;
        seen.1 += found[0].len() + found[1].len();
        assert!(found == oracle, "{name} {row}:\n{found:?}\n{oracle:?}");
    };
    for (row, oracle) in openings.into_iter().zip(by_opening) {
        let found = lists.of_opening(OpeningIx::new(row));
        let oracle = oracle.map(|list| of_opening(problem, list));
        equal([found.eligible, found.unresolved], oracle, "opening", row);
    }
    for (row, oracle) in rows(people, sample).into_iter().zip(of_people) {
        let found = lists.of_candidate(CandidateIx::new(row));
        let oracle = oracle.map(|list| of_candidate(problem, list));
        equal([found.eligible, found.unresolved], oracle, "candidate", row);
    }
    seen
}

fn judged_of(openings: &[(OpeningIx, audit::Opening<'_>)], who: usize) -> [Vec<Ranked>; 2] {
    judged(openings.iter().map(|(row, audited)| (CandidateIx::new(who), *row, audited)))
}

/// The pairs of every opening, sorted by candidate.
fn turned(people: usize, by_opening: &[[Vec<Ranked>; 2]]) -> Vec<[Vec<Ranked>; 2]> {
    let mut turned = vec![[Vec::new(), Vec::new()]; people];
    for lists in by_opening {
        for (standing, pair) in
            lists.iter().enumerate().flat_map(|(at, list)| list.iter().map(move |it| (at, it)))
        {
            turned[pair.candidate.get()][standing].push(*pair);
        }
    }
    turned
}

#[test]
fn every_list_of_the_fair_is_that_of_the_audit() {
    for variant in Variant::ALL {
        let (lists, entries) = compare(&crowd("fair", variant).problem().unwrap(), None);
        assert_eq!(lists, 2_400);
        assert!(entries > 10_000, "{variant:?}: {entries} entries prove nothing");
    }
}

#[test]
fn lists_of_larger_populations_are_those_of_the_audit_where_that_is_asked_for() {
    let Some(asked) = std::env::var_os("ANZHI_LISTS") else { return };
    let (size, sample) = match asked.to_str() {
        Some(size @ "town") => (size, None),
        Some(size @ "city") => (size, Some(SAMPLE)),
        _ => panic!("ANZHI_LISTS is town or city"),
    };
    for variant in Variant::ALL {
        let (lists, entries) = compare(&crowd(size, variant).problem().unwrap(), sample);
        println!("{size} {}: {lists} lists with {entries} entries are those of the audit", variant.name());
    }
}

fn on_threads(threads: usize, problem: &Problem) -> Shortlists {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| problem.score().shortlists(MOST))
}

/// Each row some way down the list, so that none stands where it stood.
fn shuffled(mut document: Document) -> Document {
    let turn = |length: usize| length * 2 / 5;
    document.candidates.reverse();
    document.openings.reverse();
    let (people, openings) = (document.candidates.len(), document.openings.len());
    document.candidates.rotate_left(turn(people));
    document.openings.rotate_left(turn(openings));
    document.households.reverse();
    document.referrals.reverse();
    document.employers.reverse();
    document.regions.reverse();
    document.skills.reverse();
    document
}

#[test]
fn threads_and_the_order_of_the_input_change_no_list() {
    for variant in Variant::ALL {
        let crowd = crowd("fair", variant);
        let problem = crowd.problem().unwrap();
        let one = on_threads(1, &problem);
        for threads in [2, 7] {
            assert!(one == on_threads(threads, &problem), "{variant:?} on {threads} threads");
        }
        let document = shuffled(crowd.document().unwrap());
        let other = Problem::new(document, Policy::general(), problem.on()).unwrap();
        assert!(one == on_threads(2, &other), "{variant:?} shuffled");
    }
}
