//! Openings that lie together, so that a tile out of whose reach they lie is spared all of them at once.

use super::bits::Bits;
use super::places::{Fix, Place, Traveller, points_at, root};
use crate::columns::Columns;
use crate::ids::OpeningIx;
use crate::score::points::FULL;

/// Most openings of a cell: fewer make smaller cells and more of them to be measured against each tile.
const MOST: usize = 24;

/// A box around points, metres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    low: [i64; 3],
    high: [i64; 3],
}

/// Openings that lie together, or that are alike in not lying anywhere.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) openings: Vec<OpeningIx>,
    /// Around the points; `None` = there are none.
    block: Option<Block>,
    /// How well all of the places are known.
    fix: Fix,
    pub(super) is_home: bool,
    /// Whether the rule `commute` is asked.
    asked: bool,
}

/// What the rule `commute` says of a tile's people for all openings of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// It says no.
    pub(super) far: Bits,
    /// It lacks a datum.
    pub(super) unknown: Bits,
    /// It depends on the opening.
    pub(super) open: Bits,
}

impl Block {
    /// The smallest box around points; `None` without any.
    pub(super) fn around(points: impl Iterator<Item = [i64; 3]>) -> Option<Self> {
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
            squares.0 += gap.unsigned_abs().pow(2);
            squares.1 += span.unsigned_abs().pow(2);
        }
        squares
    }

    pub(super) fn at(point: [i64; 3]) -> Self {
        Self { low: point, high: point }
    }
}

/// All openings, in cells.
pub(super) fn cells(columns: &Columns, places: &[Place], asks: impl Fn(OpeningIx) -> bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    let kind = |row: OpeningIx| {
        let (place, home) = (&places[row.get()], columns.posts[row].home_based);
        (home, asks(row), place.fix)
    };
    let mut rows: Vec<_> = columns.posts.rows().collect();
    rows.sort_by_key(|row| kind(*row));
    for alike in rows.chunk_by_mut(|a, b| kind(*a) == kind(*b)) {
        split(alike, columns, places, &mut |openings| {
            let first = openings.first().map(|row| kind(*row));
            let Some((is_home, asked, fix)) = first else {
                return;
            };
            let points = openings.iter().map(|row| places[row.get()].at);
            let block = if fix >= Fix::StandIn && !is_home { Block::around(points) } else { None };
            let mut openings = openings.to_vec();
            openings.sort_unstable();
            cells.push(Cell { openings, block, fix, is_home, asked });
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
        let near = tile.zip(self.block.as_ref()).map_or(u64::MAX, |(tile, own)| tile.squares_to(own).0);
        (self.is_home, near)
    }

    /// What the rule says of these people, as far as it is the same for every opening here.
    pub(super) fn reach(&self, people: &[Traveller]) -> Reach {
        let mut reach = Reach::default();
        if !self.asked || self.is_home {
            return reach;
        }
        for (lane, person) in people.iter().enumerate() {
            let Some(limit) = person.limit else { continue };
            if self.fix.min(person.place.fix) == Fix::Unknown {
                reach.unknown.put(lane);
            } else if let Some(block) = self.block.filter(|_| self.fix.min(person.place.fix) == Fix::Exact) {
                let (least, most) = block.squares_to(&Block::at(person.place.at));
                if least >= limit {
                    reach.far.put(lane);
                } else if most >= limit {
                    reach.open.put(lane);
                }
            } else {
                reach.open.put(lane);
            }
        }
        reach
    }

    /// Whether everybody of a tile lives too far away from every opening here: all have points of their own in `block`,
    /// and nobody goes as far as the square `limit`.
    pub(super) fn is_beyond(&self, block: Option<&Block>, limit: Option<u64>) -> bool {
        let both =
            block.zip(self.block.as_ref()).filter(|_| self.asked && self.fix == Fix::Exact && !self.is_home);
        both.zip(limit).is_some_and(|((tile, own), limit)| tile.squares_to(own).0 >= limit)
    }

    /// Most points of the criterion `commute` that somebody can earn who lives in `block`, exactly, where nobody's
    /// scale is beyond `scale`; without such a block nothing is known.
    pub(super) fn most_points(&self, block: Option<&Block>, scale: u64) -> u8 {
        let both = block.zip(self.block.as_ref()).filter(|_| self.fix == Fix::Exact && !self.is_home);
        both.map_or(FULL, |(tile, own)| points_at(root(tile.squares_to(own).0), scale))
    }
}
