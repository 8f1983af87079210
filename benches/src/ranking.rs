//! The result of scoring as two tables, one row an entry of a list, and one number that says whether two are the same.

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::score::Ranked;
use anzhi::{Problem, Shortlists};

/// What is said of one table, which itself is never held a second time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries of all lists.
    pub rows: u64,
    /// The sum, modulo 2⁶⁴, of a mixture of each entry's four numbers. The order of the rows plays no part, the rank does:
    /// another program gets the same number from the same lists without sorting them.
    pub checksum: u64,
}

/// The lists of one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Pairs that may be placed.
    pub eligible: Summary,
    /// Pairs that lack a datum.
    pub unresolved: Summary,
}

/// One entry of a list: rows are those of the problem, in order of ids.
#[derive(Clone, Copy)]
struct Entry {
    /// Row of the opening or candidate whose list it is.
    owner: u32,
    /// From 0, the best.
    rank: u32,
    /// Row on the other side.
    other: u32,
    /// Hundredths of a point.
    score: u32,
}

/// The lists of all openings, and those of all candidates.
#[must_use]
pub fn sides(problem: &Problem, found: &Shortlists) -> [Side; 2] {
    let (mut openings, mut candidates) = (Side::default(), Side::default());
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

impl Side {
    fn add(
        &mut self,
        owner: usize,
        eligible: &[Ranked],
        unresolved: &[Ranked],
        other: impl Fn(&Ranked) -> usize + Copy,
    ) {
        for (summary, list) in [(&mut self.eligible, eligible), (&mut self.unresolved, unresolved)] {
            for entry in entries(owner, list, other) {
                summary.add(entry);
            }
        }
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

impl Summary {
    fn add(&mut self, it: Entry) {
        let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        self.rows += 1;
        let mixture = mixed(mixed(pair(it.owner, it.rank)) ^ pair(it.other, it.score));
        self.checksum = self.checksum.wrapping_add(mixture);
    }
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
        let summary = |entries: [Entry; 2]| {
            let mut summary = Summary::default();
            for entry in entries {
                summary.add(entry);
            }
            summary
        };
        let (one, two) = (entry(1, 0, 7), entry(1, 1, 8));
        assert_eq!(summary([one, two]), summary([two, one]));
        assert_ne!(summary([one, two]), summary([entry(1, 0, 8), entry(1, 1, 7)]));
    }
}
