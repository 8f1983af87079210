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

/// Lists of one kind, where those who made them put them.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// What each of them made, and how many entries the ones before it have together.
    pieces: Vec<(usize, Vec<Entry>)>,
    /// By row: where its list starts, counted through all pieces, and its length.
    lists: Vec<(usize, u32)>,
}

impl Table {
    /// Room for the lists of so many rows; until one comes it is empty.
    pub(super) fn with_rows(rows: usize) -> Self {
        Self { pieces: Vec::new(), lists: vec![(0, 0); rows] }
    }

    /// Takes lists over as they lie, one after another, with their rows and lengths.
    pub(super) fn take(&mut self, mut entries: Vec<Entry>, lists: impl Iterator<Item = (usize, u32)>) {
        let first = self.pieces.last().map_or(0, |(first, entries)| first + entries.len());
        let mut start = first;
        for (row, length) in lists {
            self.lists[row] = (start, length);
            start += length as usize;
        }
        entries.shrink_to_fit();
        self.pieces.push((first, entries));
    }

    fn list(&self, row: usize) -> &[Entry] {
        let (start, length) = self.lists.get(row).copied().unwrap_or_default();
        let piece = self.pieces.partition_point(|(first, _)| *first <= start).checked_sub(1);
        let piece = piece.and_then(|piece| self.pieces.get(piece));
        let list = piece.and_then(|(first, entries)| entries.get(start - first..)?.get(..length as usize));
        list.unwrap_or_default()
    }
}

/// The same lists, wherever they lie.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.lists.len() == other.lists.len()
            && (0..self.lists.len()).all(|row| self.list(row) == other.list(row))
    }
}

impl Eq for Table {}

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
