//! A [`Problem`] made ready for judging pairs: words become bits, places points, skills rows. Nothing is decided here.

mod person;
mod point;
mod post;

pub(crate) use person::{Person, Refusals, refused};
pub(crate) use point::Point;
pub(crate) use post::{Need, Post, Wanted};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ids::{CandidateIx, Column, OpeningIx, RegionCode};
use crate::input::{Position, RegionLevel};
use crate::problem::{Problem, Regions};

/// Rows that are worth a thread's waking up.
const PORTION: usize = 512;

/// The rows of a problem, ready for judging.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) persons: Column<CandidateIx, Person>,
    pub(crate) posts: Column<OpeningIx, Post>,
    pub(crate) refusals: Refusals,
}

impl Columns {
    pub(crate) fn new<'p>(problem: &'p Problem) -> Self {
        let (people, openings) = (problem.candidates(), problem.openings());
        let places = || Places::new(problem.regions());
        let person = |places: &mut Places<'p>, row| Person::new(&people[row], problem, places);
        let persons =
            (0..people.len()).into_par_iter().with_min_len(PORTION).map_init(places, person).collect();
        let post = |places: &mut Places<'p>, record| Post::placed(record, problem, places);
        let posts = || openings.par_iter().with_min_len(PORTION).map_init(places, post).collect();
        let refusals = || Refusals::new(problem);
        let (posts, refusals) =
            if people.len() < PORTION { (posts(), refusals()) } else { rayon::join(posts, refusals) };
        Self { persons: Column::from_vec(persons), posts: Column::from_vec(posts), refusals }
    }
}

/// Where somebody lives or works, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spot {
    /// Meaningless where there is none.
    at: Point,
    pub(crate) fix: Fix,
    has_region: bool,
    /// Rows of the regions around: city, county, township, village.
    around: [RegionRow; 4],
}

/// How well a place is known, worst first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fix {
    #[default]
    Unknown,
    /// A region without a point.
    Region,
    /// The point of a region around it.
    StandIn,
    /// A point of its own.
    Exact,
}

/// The place of a level among the regions around a spot; `None` for the province, of which no rule asks.
pub(crate) const fn division(level: RegionLevel) -> Option<usize> {
    (level as usize).checked_sub(RegionLevel::City as usize)
}

/// The row of a region, or that there is none: four bytes, where an `Option` takes eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RegionRow(u32);

impl RegionRow {
    const NONE: Self = Self(u32::MAX);

    fn known(self) -> Option<u32> {
        (self != Self::NONE).then_some(self.0)
    }
}

impl Default for RegionRow {
    fn default() -> Self {
        Self::NONE
    }
}

/// The spots of regions that were asked for once.
pub(crate) struct Places<'p> {
    regions: &'p Regions,
    known: FxHashMap<&'p RegionCode, Spot>,
}

impl<'p> Places<'p> {
    fn new(regions: &'p Regions) -> Self {
        Self { regions, known: FxHashMap::default() }
    }

    /// As [`Spot::new`].
    pub(crate) fn spot(&mut self, position: Option<Position>, region: Option<&'p RegionCode>) -> Spot {
        let Some(code) = region else { return Spot::new(position, None, self.regions) };
        let known = self.known.entry(code).or_insert_with(|| Spot::new(None, Some(code), self.regions));
        known.at(position)
    }
}

impl Spot {
    pub(crate) fn new(position: Option<Position>, region: Option<&RegionCode>, regions: &Regions) -> Self {
        let mut spot = Self::default();
        if let Some(code) = region {
            spot.fix = Fix::Region;
            spot.set_regions(code, regions);
        }
        spot.at(position)
    }

    /// The same at a point of its own, where there is one.
    fn at(mut self, position: Option<Position>) -> Self {
        if let Some(point) = position.and_then(Point::of) {
            (self.at, self.fix) = (point, Fix::Exact);
        }
        self
    }

    fn set_regions(&mut self, code: &RegionCode, regions: &Regions) {
        let top = if regions.at_level(code, RegionLevel::County).is_some() {
            RegionLevel::County
        } else {
            RegionLevel::City
        };
        for region in regions.around(code) {
            let row = regions.row(&region.code).and_then(|row| u32::try_from(row).ok());
            let row = row.map_or(RegionRow::NONE, RegionRow);
            self.has_region |= row != RegionRow::NONE;
            if let Some(at) = division(region.level) {
                self.around[at] = row;
            }
            let point = region.position.filter(|_| self.fix < Fix::StandIn && region.level >= top);
            if let Some(point) = point.and_then(Point::of) {
                let is_own = region.code == *code && region.level >= RegionLevel::Township;
                (self.at, self.fix) = (point, if is_own { Fix::Exact } else { Fix::StandIn });
            }
        }
    }

    /// A point, if any is known.
    pub(crate) fn point(&self) -> Option<Point> {
        (self.fix >= Fix::StandIn).then_some(self.at)
    }

    /// Whether the place is known at all.
    pub(crate) fn is_known(&self) -> bool {
        self.fix > Fix::Unknown
    }

    /// Whether the point is the place's own rather than that of a region around it.
    pub(crate) fn is_exact(&self) -> bool {
        self.fix == Fix::Exact
    }

    /// Rows of the regions around, by [`division`]; `None` where there is none.
    pub(crate) fn regions(&self) -> [Option<u32>; 4] {
        self.around.map(RegionRow::known)
    }

    /// Whether a region is known, and not a point alone.
    pub(crate) const fn has_region(&self) -> bool {
        self.has_region
    }

    /// Whether both lie in the same region of a level.
    pub(crate) fn shares(&self, other: &Self, level: RegionLevel) -> bool {
        division(level)
            .is_some_and(|at| self.around[at] != RegionRow::NONE && self.around[at] == other.around[at])
    }

    /// Metres between two exact points.
    pub(crate) fn exact_metres(&self, other: &Self) -> Option<u64> {
        if self.is_exact() && other.is_exact() { self.metres(other) } else { None }
    }

    /// Metres between the points as far as they are known, stand-ins included.
    pub(crate) fn metres(&self, other: &Self) -> Option<u64> {
        Some(self.point()?.metres_to(other.point()?))
    }
}
