//! How far the people of a tile live from the openings of a cell: the commute as far as it is the same for all of them.

use multiversion::multiversion;

use super::Kernel;
use super::bits::{Bits, LANES};
use super::cells::{Block, Cell};
use super::fares::Fares;
use super::grades::Lanes;
use super::places::{Fix, NEIGHBOURS, NOWHERE, Traveller};
use super::tile::Tile;
use crate::score::points::{BY_DIVISION, FULL, NEUTRAL};
use crate::words::Criterion;

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

/// The places of a tile's people, by lane.
#[derive(Debug)]
pub(super) struct Homes {
    /// Points, axis by axis, metres; meaningless where there is none.
    at: [[i32; LANES]; 3],
    /// Their places in [`Fares`].
    pub(super) fares: [u32; LANES],
    /// Squares of the first metre that is too far; the greatest number where none is.
    pub(super) limits: [u64; LANES],
    /// Squares, in units, from which on all is too far, and under which nothing is.
    units: [[u32; LANES]; 2],
    /// Who states a limit.
    limited: Bits,
    /// Whose place is known at all, who has a point, and who a point of their own.
    placed: Bits,
    pub(super) pointed: Bits,
    pub(super) exact: Bits,
    /// Of whose place no region is known.
    anywhere: Bits,
    /// Who lives in each village, township, county and city; at most four for each lane.
    around: Vec<(u32, Bits)>,
    /// By row of a region: its place there + 1.
    around_at: Vec<u16>,
}

/// The places of cells are bounded in units of 16 m: then squares fit 32 bits, and twice as many are reckoned at once.
const UNIT: u32 = 4;

/// No distance counts for more units: 524 km.
const FAR: u32 = (1 << 15) - 1;

/// How far the openings of a cell are from everybody, in units.
struct Way {
    /// A square that the square of no distance to any point around them is less than.
    least: [u32; LANES],
    /// Whom none of them is near enough for, and whom all are.
    beyond: Bits,
    within: Bits,
}

impl Homes {
    pub(super) const NONE: Self = Self {
        at: [[0; LANES]; 3],
        fares: [0; LANES],
        limits: [0; LANES],
        units: [[0; LANES]; 2],
        limited: Bits::NONE,
        placed: Bits::NONE,
        pointed: Bits::NONE,
        exact: Bits::NONE,
        anywhere: Bits::NONE,
        around: Vec::new(),
        around_at: Vec::new(),
    };

    pub(super) fn settle(&mut self, travellers: &[Traveller], fares: &Fares) {
        [self.limited, self.placed, self.pointed, self.exact, self.anywhere] = [Bits::NONE; 5];
        let mut around = Vec::new();
        for (lane, traveller) in travellers.iter().enumerate() {
            let (place, limit) = (&traveller.place, traveller.limit);
            self.at.iter_mut().zip(place.at).for_each(|(axis, at)| axis[lane] = at);
            self.limits[lane] = limit.unwrap_or(u64::MAX);
            let units = u32::try_from(self.limits[lane].div_ceil(1 << (2 * UNIT)));
            let units = units.ok().filter(|units| *units <= FAR.pow(2));
            self.units[0][lane] = units.unwrap_or(u32::MAX);
            self.units[1][lane] = units.unwrap_or(FAR.pow(2));
            self.fares[lane] = fares.of(traveller.scale);
            self.limited.set(lane, limit.is_some());
            self.placed.set(lane, place.fix > Fix::Unknown);
            self.pointed.set(lane, place.fix >= Fix::StandIn);
            self.exact.set(lane, place.fix == Fix::Exact);
            self.anywhere.set(lane, !place.has_region());
            around.extend(place.divisions().into_iter().filter(|row| *row < NOWHERE).map(|row| (row, lane)));
        }
        for (row, _) in self.around.drain(..) {
            self.around_at[row as usize] = 0;
        }
        for (row, lane) in around {
            if self.around_at.len() <= row as usize {
                self.around_at.resize(row as usize + 1, 0);
            }
            let at = &mut self.around_at[row as usize];
            if *at == 0 {
                self.around.push((row, Bits::NONE));
                *at = u16::try_from(self.around.len()).unwrap_or(u16::MAX);
            }
            self.around[usize::from(*at) - 1].1.put(lane);
        }
    }

    /// Who lives in one of these.
    fn inside(&self, rows: &[u32]) -> Bits {
        let at = rows.iter().filter_map(|row| self.around_at.get(*row as usize)?.checked_sub(1));
        let lanes = at.map(|at| self.around[usize::from(at)].1);
        lanes.fold(Bits::NONE, |all, lanes| all | lanes)
    }

    /// Who of these, all with points of their own, goes less far than to this point.
    pub(super) fn too_far(&self, lanes: Bits, at: [i32; 3]) -> Bits {
        lanes.filter(|lane| self.square_to(lane, at) >= self.limits[lane])
    }

    /// The square of the distance from somebody who has a point.
    pub(super) fn square_to(&self, lane: usize, [x, y, z]: [i32; 3]) -> u64 {
        let square = |a: i32, b: i32| u64::from(a.abs_diff(b)).pow(2);
        let [xs, ys, zs] = &self.at;
        square(xs[lane], x) + square(ys[lane], y) + square(zs[lane], z)
    }

    /// Adds to `most` the most that the commute can earn where no way is measured; `worth` is what points are worth.
    fn add_most_by_division(&self, most: &mut Lanes, cell: &Cell, lanes: Bits, worth: impl Fn(u8) -> i16) {
        let mut left = lanes;
        let mut earn = |points, earning: Bits| {
            let worth = worth(points);
            (left & earning).lanes().for_each(|lane| most[lane] += worth);
            left &= !earning;
        };
        if cell.is_home {
            return earn(FULL, lanes);
        }
        let divisions = || BY_DIVISION.iter().zip(&cell.divisions);
        for ((_, points), divisions) in divisions().filter(|((_, points), _)| *points > NEUTRAL) {
            earn(*points, self.inside(divisions));
        }
        earn(NEUTRAL, if cell.lies_anywhere { lanes } else { self.anywhere });
        for ((_, points), divisions) in divisions().filter(|((_, points), _)| *points <= NEUTRAL) {
            earn(*points, self.inside(divisions));
        }
    }
}

/// How far everybody is from the points of a block.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn way_to(homes: &Homes, block: &Block) -> Way {
    let (mut least, mut most) = ([0; LANES], [0; LANES]);
    for (axis, at) in homes.at.iter().enumerate() {
        let (low, high) = (block.low[axis], block.high[axis]);
        for ((least, most), at) in least.iter_mut().zip(&mut most).zip(at) {
            let (under, above) = (low - at, at - high);
            let gap = (under.max(above).max(0).unsigned_abs() >> UNIT).min(FAR);
            let span = (high - at).max(at - low).unsigned_abs();
            let span = ((span + (1 << UNIT) - 1) >> UNIT).min(FAR);
            *least += gap * gap;
            *most += span * span;
        }
    }
    let [far, near] = &homes.units;
    let beyond = Bits::of(|lane| least[lane] >= far[lane]);
    let within = Bits::of(|lane| most[lane] < near[lane]);
    Way { least, beyond, within }
}

impl Tile {
    /// What the rule `commute` says of everybody for all openings of a cell.
    pub(super) fn reach(&self, cell: &Cell) -> Reach {
        if cell.is_beyond(self.exact_block(), self.limit) {
            return Reach { far: self.full, ..Reach::default() };
        }
        let way = cell.block.as_ref().map(|block| way_to(&self.homes, block));
        self.reach_by(cell, way.as_ref())
    }

    fn reach_by(&self, cell: &Cell, way: Option<&Way>) -> Reach {
        if !cell.asked || cell.is_home {
            return Reach::default();
        }
        let homes = &self.homes;
        let asked = homes.limited & self.full;
        if cell.fix == Fix::Unknown {
            return Reach { unknown: asked, ..Reach::default() };
        }
        let measured = if way.is_some() { homes.pointed } else { Bits::NONE };
        let (beyond, within) = way.map_or_else(Default::default, |way| (way.beyond, way.within));
        let exact = if cell.fix == Fix::Exact { homes.exact & asked } else { Bits::NONE };
        let far = exact & beyond;
        let mut unknown = asked & !homes.placed;
        let others = asked & !exact & homes.placed;
        if !others.is_empty() {
            let near = &cell.divisions[..NEIGHBOURS.len()];
            let near = near.iter().fold(Bits::NONE, |near, divisions| near | homes.inside(divisions));
            unknown |= others & !near & !(measured & !beyond);
        }
        Reach { far, unknown, open: asked & !far & !unknown & !(measured & within) }
    }

    /// The same, and what priority and commute are worth at the most to whoever can be at one of the openings.
    pub(super) fn reach_and_most(&self, kernel: &Kernel, cell: &Cell) -> (Reach, Lanes) {
        if cell.is_beyond(self.exact_block(), self.limit) {
            return (Reach { far: self.full, ..Reach::default() }, [0; LANES]);
        }
        let way = cell.block.as_ref().map(|block| way_to(&self.homes, block));
        let reach = self.reach_by(cell, way.as_ref());
        (reach, self.most(kernel, cell, way.as_ref(), self.full & !reach.far & !self.hopeless(kernel)))
    }

    /// Whom the rules of the person bar from every opening.
    pub(super) fn hopeless(&self, kernel: &Kernel) -> Bits {
        let [market, posts] = kernel.conditions.own.each_ref().map(|own| self.said[own.whole as usize].no);
        market & posts
    }

    fn most(&self, kernel: &Kernel, cell: &Cell, way: Option<&Way>, lanes: Bits) -> Lanes {
        let mut most = self.priority;
        let exact = if cell.fix == Fix::Exact { self.homes.exact } else { Bits::NONE };
        for (way, lane) in way.iter().flat_map(|way| (lanes & exact).lanes().map(move |lane| (way, lane))) {
            let points =
                kernel.fares.most_points(self.homes.fares[lane], u64::from(way.least[lane]) << (2 * UNIT));
            most[lane] += kernel.worth(Criterion::Commute, points);
        }
        let others = if way.is_some() { lanes & !exact } else { lanes };
        if !others.is_empty() {
            let worth = |points| kernel.worth(Criterion::Commute, points);
            self.homes.add_most_by_division(&mut most, cell, others, worth);
        }
        most
    }
}
