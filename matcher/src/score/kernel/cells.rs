//! Openings that lie together, so that a tile out of whose reach they lie is spared all of them at once.

use std::collections::BTreeSet;

use super::places::{Fix, Place};
use crate::columns::Columns;
use crate::ids::OpeningIx;
use crate::score::points::BY_DIVISION;

/// Most openings of a cell: fewer make smaller cells and more of them to be measured against each tile.
const MOST: usize = 48;

/// A box around points, metres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) low: [i32; 3],
    pub(super) high: [i32; 3],
}

/// Openings that lie together, or that are alike in not lying anywhere.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) openings: Vec<OpeningIx>,
    /// The place of the first of them in the order in which tiles visit openings.
    pub(super) first: usize,
    /// Around the points; `None` = there are none.
    pub(super) block: Option<Block>,
    /// How well all of the places are known.
    pub(super) fix: Fix,
    /// The villages, townships, counties and cities that they lie in, as [`BY_DIVISION`] has them.
    pub(super) divisions: [Box<[u32]>; BY_DIVISION.len()],
    /// Whether some lie in no region that is known.
    pub(super) lies_anywhere: bool,
    pub(super) is_home: bool,
    /// Whether the rule `commute` is asked.
    pub(super) asked: bool,
}

impl Block {
    /// The smallest box around points; `None` without any.
    pub(super) fn around(points: impl Iterator<Item = [i32; 3]>) -> Option<Self> {
        points.map(Self::at).reduce(|a, b| a.join(&b))
    }

    /// The smallest box around two.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            low: std::array::from_fn(|axis| self.low[axis].min(other.low[axis])),
            high: std::array::from_fn(|axis| self.high[axis].max(other.high[axis])),
        }
    }

    /// The squares of the least and of the greatest distance to points of another box.
    pub(super) fn squares_to(&self, other: &Self) -> (u64, u64) {
        let mut squares = (0, 0);
        for axis in 0..3 {
            let gap = (self.low[axis] - other.high[axis]).max(other.low[axis] - self.high[axis]).max(0);
            let span = (self.high[axis] - other.low[axis]).max(other.high[axis] - self.low[axis]);
            squares.0 += u64::from(gap.unsigned_abs()).pow(2);
            squares.1 += u64::from(span.unsigned_abs()).pow(2);
        }
        squares
    }

    /// The square of twice the distance between the middles.
    fn square_between_middles(&self, other: &Self) -> u64 {
        let middle = |block: &Self, axis: usize| block.low[axis] + block.high[axis];
        (0..3).map(|axis| u64::from(middle(self, axis).abs_diff(middle(other, axis))).pow(2)).sum()
    }

    pub(super) fn at(point: [i32; 3]) -> Self {
        Self { low: point, high: point }
    }
}

/// All openings, in cells.
///
/// Those of a cell that are `alike` stand together, since they need the same rows of a tile.
pub(super) fn cells<K: Ord>(
    columns: &Columns,
    places: &[Place],
    asks: impl Fn(OpeningIx) -> bool,
    alike: impl Fn(OpeningIx) -> K,
) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut first = 0;
    let kind = |row: OpeningIx| {
        let (place, home) = (&places[row.get()], columns.posts[row].home_based);
        (home, asks(row), place.fix)
    };
    let mut rows: Vec<_> = columns.posts.rows().collect();
    rows.sort_by_key(|row| kind(*row));
    for group in rows.chunk_by_mut(|a, b| kind(*a) == kind(*b)) {
        split(group, columns, places, &mut |openings| {
            let Some((is_home, asked, fix)) = openings.first().map(|row| kind(*row)) else {
                return;
            };
            let points = openings.iter().map(|row| places[row.get()].at);
            let block = if fix >= Fix::StandIn && !is_home { Block::around(points) } else { None };
            let mut openings = openings.to_vec();
            openings.sort_by_cached_key(|row| (alike(*row), *row));
            let divisions = std::array::from_fn(|level| {
                let of = openings.iter().map(|row| places[row.get()].divisions()[level]);
                of.collect::<BTreeSet<_>>().into_iter().collect()
            });
            let lies_anywhere = openings.iter().any(|row| !places[row.get()].has_region());
            let next = first + openings.len();
            cells.push(Cell { openings, first, block, fix, divisions, lies_anywhere, is_home, asked });
            first = next;
        });
    }
    cells
}

/// Halves a set of openings across its longest side until the parts are small.
fn split(
    openings: &mut [OpeningIx],
    columns: &Columns,
    places: &[Place],
    each: &mut dyn FnMut(&[OpeningIx]),
) {
    let split_up = openings
        .first()
        .is_some_and(|row| places[row.get()].fix >= Fix::StandIn && !columns.posts[*row].home_based);
    let block = Block::around(openings.iter().map(|row| places[row.get()].at));
    let Some(block) = block.filter(|_| split_up && openings.len() > MOST) else {
        return each(openings);
    };
    let axis = (0..3).max_by_key(|axis| block.high[*axis] - block.low[*axis]).unwrap_or(0);
    openings.sort_by_key(|row| (places[row.get()].at[axis], *row));
    let (low, high) = openings.split_at_mut(openings.len() / 2);
    split(low, columns, places, each);
    split(high, columns, places, each);
}

impl Cell {
    /// The order in which a tile visits cells: nearest first, then those without a point, home-based ones last.
    pub(super) fn order(&self, tile: Option<&Block>) -> (bool, u64) {
        let both = tile.zip(self.block.as_ref());
        let near = both.map_or(u64::MAX, |(tile, own)| tile.square_between_middles(own));
        (self.is_home, near)
    }

    /// Whether everybody of a tile lives too far away from every opening here: all have points of their own in `block`,
    /// and nobody goes as far as the square `limit`.
    pub(super) fn is_beyond(&self, block: Option<&Block>, limit: Option<u64>) -> bool {
        let both =
            block.zip(self.block.as_ref()).filter(|_| self.asked && self.fix == Fix::Exact && !self.is_home);
        both.zip(limit).is_some_and(|((tile, own), limit)| tile.squares_to(own).0 >= limit)
    }
}
