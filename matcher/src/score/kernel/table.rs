//! The lists of everybody and every opening, in one piece of memory each.

use super::best::{Key, parts};
use super::classes::number;
use crate::ids::{CandidateIx, OpeningIx};
use crate::score::Ranked;

/// Who or where, and the score: the row in single bytes, so that an entry has 6 bytes and not 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    row: [u8; 4],
    score: u16,
}

impl Entry {
    pub(super) fn new(row: usize, score: u32) -> Self {
        Self { row: number(row).to_le_bytes(), score: u16::try_from(score).unwrap_or(u16::MAX) }
    }

    pub(super) fn of(key: Key) -> Self {
        let (score, row) = parts(key);
        Self::new(row as usize, score)
    }

    fn row(self) -> usize {
        u32::from_le_bytes(self.row) as usize
    }
}

/// Lists of one kind, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl Table {
    /// Room for lists of these lengths.
    pub(super) fn with_lengths(lengths: impl Iterator<Item = usize>) -> Self {
        let ends: Vec<usize> = lengths
            .scan(0, |end, length| {
                *end += length;
                Some(*end)
            })
            .collect();
        Self { entries: vec![Entry::default(); ends.last().copied().unwrap_or(0)], ends }
    }

    pub(super) fn push(&mut self, list: impl Iterator<Item = Entry>) {
        self.entries.extend(list);
        self.ends.push(self.entries.len());
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let end = self.ends.get(row).copied().unwrap_or(0);
        row.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(end))..end
    }

    fn list(&self, row: usize) -> &[Entry] {
        self.entries.get(self.range(row)).unwrap_or_default()
    }

    pub(super) fn list_mut(&mut self, row: usize) -> &mut [Entry] {
        let range = self.range(row);
        self.entries.get_mut(range).unwrap_or_default()
    }
}

/// The best pairs of every opening and of every candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortlists {
    /// Eligible, unresolved.
    pub(super) of_openings: [Table; 2],
    pub(super) of_candidates: [Table; 2],
}

impl Shortlists {
    /// The eligible and the unresolved pairs of an opening, best first; empty where it is not of this problem.
    pub(crate) fn opening(&self, opening: OpeningIx) -> [Vec<Ranked>; 2] {
        let ranked = |it: &Entry| Ranked {
            candidate: CandidateIx::new(it.row()),
            opening,
            score: u32::from(it.score),
        };
        self.of_openings.each_ref().map(|table| table.list(opening.get()).iter().map(ranked).collect())
    }

    /// The eligible and the unresolved pairs of a candidate, best first; empty where they are not of this problem.
    pub(crate) fn candidate(&self, candidate: CandidateIx) -> [Vec<Ranked>; 2] {
        let ranked =
            |it: &Entry| Ranked { candidate, opening: OpeningIx::new(it.row()), score: u32::from(it.score) };
        self.of_candidates.each_ref().map(|table| table.list(candidate.get()).iter().map(ranked).collect())
    }
}
