//! The lists of everybody and every opening, in few pieces of memory.

use std::iter::repeat;
use std::ops::Range;

use super::best::{Key, parts};
use super::classes::number;
use crate::ids::{CandidateIx, OpeningIx};
use crate::score::Ranked;

/// Bits of a score.
const SCORE: u32 = 14;
/// Bits of a row beside it.
const NEAR: u32 = u32::BITS - SCORE;

/// Most entries of a piece, but for a list that is longer, which has a piece of its own: what is made little by little
/// is never copied.
const PIECE: usize = 1 << 13;

/// Who or where, and the scores, one after another: 4 bytes each, and 6 where there are more rows than fit beside a score.
#[derive(Clone, Debug)]
struct Piece {
    /// The lowest bits of the row above the score.
    low: Vec<u32>,
    /// The other bits of the row; empty where no row has any.
    high: Vec<u16>,
}

impl Piece {
    fn new(room: usize, is_wide: bool) -> Self {
        Self { low: Vec::with_capacity(room), high: Vec::with_capacity(if is_wide { room } else { 0 }) }
    }

    fn push(&mut self, row: u32, score: u32, is_wide: bool) {
        debug_assert!(score < 1 << SCORE, "weights make 100, and points are at most 100");
        self.low.push(row << SCORE | score);
        if is_wide {
            self.high.push(u16::try_from(row >> NEAR).unwrap_or(u16::MAX));
        }
    }

    /// Rows and scores of some.
    fn at(&self, range: Range<usize>) -> impl Iterator<Item = (usize, u32)> + '_ {
        let high = self.high.get(range.clone()).unwrap_or_default();
        let high = high.iter().map(|high| usize::from(*high) << NEAR).chain(repeat(0));
        let low = self.low.get(range).unwrap_or_default();
        low.iter().zip(high).map(|(low, high)| (high | (low >> SCORE) as usize, low & ((1 << SCORE) - 1)))
    }
}

/// Lists one after another, none of them in two pieces.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    pieces: Vec<Piece>,
    /// How long each is; [`LONG`] = it is a piece by itself.
    lengths: Vec<u16>,
    is_wide: bool,
}

/// More than a piece has that is shared.
const LONG: u16 = u16::MAX;

impl Lists {
    /// No lists yet, of rows below `rows`, of which there are no more than [`crate::problem::MOST_ROWS`].
    pub(super) fn of_rows(rows: usize) -> Self {
        Self { pieces: Vec::new(), lengths: Vec::new(), is_wide: rows > 1 << NEAR }
    }

    /// Adds the list of some keys, of which `row` tells the row by the rank.
    pub(super) fn push(&mut self, keys: &[Key], row: impl Fn(u32) -> u32) {
        self.lengths.push(if keys.len() > PIECE { LONG } else { u16::try_from(keys.len()).unwrap_or(LONG) });
        if keys.is_empty() {
            return;
        }
        if self.pieces.last().is_none_or(|piece| piece.low.len() + keys.len() > PIECE) {
            self.pieces.push(Piece::new(keys.len().max(PIECE), self.is_wide));
        }
        let Some(piece) = self.pieces.last_mut() else { return };
        for key in keys {
            let (score, rank) = parts(*key);
            piece.push(row(rank), score, self.is_wide);
        }
    }

    /// Gives back the room that nothing came for.
    fn close(&mut self) {
        if let Some(last) = self.pieces.last_mut() {
            last.low.shrink_to_fit();
            last.high.shrink_to_fit();
        }
    }
}

/// Where a list lies.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    piece: u32,
    start: u16,
    length: u16,
}

/// The list of every row.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pieces: Vec<Piece>,
    /// By row.
    of: Vec<Place>,
}

impl Table {
    /// Room for the lists of so many rows; until one comes it is empty.
    pub(super) fn with_rows(rows: usize) -> Self {
        Self { pieces: Vec::new(), of: vec![Place::default(); rows] }
    }

    /// Takes lists over as they lie; `rows` tells whose they are.
    pub(super) fn take(&mut self, mut lists: Lists, rows: impl Iterator<Item = usize>) {
        lists.close();
        let (mut piece, mut start) = (self.pieces.len(), 0);
        self.pieces.append(&mut lists.pieces);
        for (row, length) in rows.zip(lists.lengths).filter(|(_, length)| *length > 0) {
            let end = usize::from(start) + usize::from(length);
            if start == LONG || start > 0 && end > self.pieces[piece].low.len() {
                (piece, start) = (piece + 1, 0);
            }
            self.of[row] = Place { piece: number(piece), start, length };
            start = start.saturating_add(length);
        }
    }

    /// The rows and scores of a list.
    fn list(&self, row: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let Place { piece, start, length } = self.of.get(row).copied().unwrap_or_default();
        let entries = self.pieces.get(piece as usize).map(|piece| {
            let (start, length) = (usize::from(start), usize::from(length));
            piece.at(if length > PIECE { 0..piece.low.len() } else { start..start + length })
        });
        entries.into_iter().flatten()
    }
}

/// The same lists, wherever they lie.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.of.len() == other.of.len() && (0..self.of.len()).all(|row| self.list(row).eq(other.list(row)))
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
        let ranked = |(row, score)| Ranked { candidate: CandidateIx::new(row), opening, score };
        self.of_openings.each_ref().map(|table| table.list(opening.get()).map(ranked).collect())
    }

    /// The eligible and the unresolved pairs of a candidate, best first; empty where they are not of this problem.
    pub(crate) fn candidate(&self, candidate: CandidateIx) -> [Vec<Ranked>; 2] {
        let ranked = |(row, score)| Ranked { candidate, opening: OpeningIx::new(row), score };
        self.of_candidates.each_ref().map(|table| table.list(candidate.get()).map(ranked).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::best::key;
    use super::*;
    use crate::problem::MOST_ROWS;

    #[test]
    fn an_entry_is_what_was_put_in_however_many_rows_there_are() {
        for rows in [1, 1 << NEAR, (1 << NEAR) + 1, MOST_ROWS] {
            let last = u32::try_from(rows - 1).expect("below 2³²");
            let mut lists = Lists::of_rows(rows);
            lists.push(&[key(10_000, last), key(777, 0), key(0, last / 2)], |rank| rank);
            let expected = [(last as usize, 10_000), (0, 777), (last as usize / 2, 0)];
            let mut table = Table::with_rows(2);
            table.take(lists, [1].into_iter());
            assert_eq!(table.list(1).collect::<Vec<_>>(), expected, "{rows}");
            assert_eq!(table.pieces[0].high.is_empty(), rows <= 1 << NEAR);
        }
    }

    #[test]
    fn lists_are_found_in_whatever_piece_they_lie() {
        let keys = |from: usize, length: usize| -> Vec<_> {
            let row = |at: usize| u32::try_from(from * 1000 + at % 1000).expect("small");
            (0..length).map(|at| key(i16::try_from(at % 10_000).expect("small"), row(at))).collect()
        };
        // One begins a piece, one has a long piece of its own, one fills a piece.
        let lengths = [0, PIECE - 3, 7, 9 * PIECE, 0, 5, 0, 2, PIECE, 0, 0];
        let mut table = Table::with_rows(2 * lengths.len());
        for half in 0..2 {
            let mut lists = Lists::of_rows(MOST_ROWS);
            lengths.iter().enumerate().for_each(|(at, length)| lists.push(&keys(at, *length), |rank| rank));
            table.take(lists, (0..lengths.len()).map(|at| 2 * at + half));
        }
        for (at, length) in lengths.iter().enumerate() {
            let expected = keys(at, *length).into_iter().map(|key| (parts(key).1 as usize, parts(key).0));
            let expected: Vec<_> = expected.collect();
            assert_eq!(table.list(2 * at).collect::<Vec<_>>(), expected);
            assert_eq!(table.list(2 * at + 1).collect::<Vec<_>>(), expected);
        }
        assert_eq!(table.list(99).next(), None);
        assert_eq!(Table::with_rows(3).list(1).next(), None);
    }
}
