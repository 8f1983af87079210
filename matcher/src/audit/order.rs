//! The order of an opening's list.

use std::cmp::Reverse;

use sha2::{Digest, Sha256};

use crate::ids::CandidateIx;
use crate::problem::Problem;

/// Whether one candidate with a score stands before another in an opening's list: the higher score, then more days
/// registered as unemployed (unknown last), then the lower SHA-256 of salt, line feed and id, or without a salt the
/// lower id. `None` if a row is not of this problem.
#[must_use]
pub fn stands_before(
    problem: &Problem,
    salt: Option<&str>,
    one: (u32, CandidateIx),
    other: (u32, CandidateIx),
) -> Option<bool> {
    let key = |(score, row): (u32, CandidateIx)| {
        let record = problem.candidate(row)?;
        let days = record.unemployed_since.map(|since| problem.on().days_since(since));
        let id = record.id.as_str();
        let digest = salt.map(|salt| Sha256::digest(format!("{salt}\n{id}")).to_vec());
        Some((Reverse(score), Reverse(days), digest, id))
    };
    Some(key(one)? < key(other)?)
}
