//! The result of scoring as two tables, one row an entry of a list, and one number that says whether two are the same.

use anzhi::Scored;
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::score::Ranked;

/// The lists of one side, best first within their owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Pairs that may be placed.
    pub eligible: Vec<Entry>,
    /// Pairs that lack a datum.
    pub unresolved: Vec<Entry>,
}

/// One entry of a list: rows are those of the problem, in order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Row of the opening or candidate whose list it is.
    pub owner: u32,
    /// From 0, the best.
    pub rank: u32,
    /// Row on the other side.
    pub other: u32,
    /// Hundredths of a point.
    pub score: u32,
}

/// The `count` best of every opening and of every candidate.
#[must_use]
pub fn lists(scored: &Scored<'_>, count: usize) -> [Lists; 2] {
    let (problem, found) = (scored.problem(), scored.shortlists(count));
    let (mut openings, mut candidates) = (Lists::default(), Lists::default());
    for row in 0..problem.openings().len() {
        let list = found.of_opening(OpeningIx::new(row));
        openings.add(row, &list.eligible, &list.unresolved, |it| it.candidate.get());
    }
    for row in 0..problem.candidates().len() {
        let list = found.of_candidate(CandidateIx::new(row));
        candidates.add(row, &list.eligible, &list.unresolved, |it| it.opening.get());
    }
    [openings, candidates]
}

impl Lists {
    fn add(
        &mut self,
        owner: usize,
        eligible: &[Ranked],
        unresolved: &[Ranked],
        other: impl Fn(&Ranked) -> usize + Copy,
    ) {
        self.eligible.extend(entries(owner, eligible, other));
        self.unresolved.extend(entries(owner, unresolved, other));
    }
}

fn entries(owner: usize, list: &[Ranked], other: impl Fn(&Ranked) -> usize) -> impl Iterator<Item = Entry> {
    let row = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
    list.iter().enumerate().map(move |(rank, it)| Entry {
        owner: row(owner),
        rank: row(rank),
        other: row(other(it)),
        score: it.score,
    })
}

/// The sum, modulo 2⁶⁴, of a mixture of each entry's four numbers. The order of the rows plays no part, the rank does: another
/// program gets the same number from the same lists without sorting them.
#[must_use]
pub fn checksum(entries: &[Entry]) -> u64 {
    let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    entries
        .iter()
        .fold(0, |sum, it| sum.wrapping_add(mixed(mixed(pair(it.owner, it.rank)) ^ pair(it.other, it.score))))
}

/// The finish of `SplitMix64` (Steele, Lea and Flood 2014).
const fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_knows_ranks_and_not_the_order_of_rows() {
        let entry = |owner, rank, other| Entry { owner, rank, other, score: 5_000 };
        let (one, two) = (entry(1, 0, 7), entry(1, 1, 8));
        assert_eq!(checksum(&[one, two]), checksum(&[two, one]));
        assert_ne!(checksum(&[one, two]), checksum(&[entry(1, 0, 8), entry(1, 1, 7)]));
    }
}
