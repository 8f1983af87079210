//! A [`Problem`] made ready for judging pairs: words become bits, places points, skills rows. Nothing is decided here.

mod person;
mod point;
mod post;

pub(crate) use person::{Person, refusals};
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
}

impl Columns {
    pub(crate) fn new<'p>(problem: &'p Problem) -> Self {
        let (people, openings) = (problem.candidates(), problem.openings());
        let places = || Places::new(problem.regions());
        let person = |places: &mut Places<'p>, row| {
            let row = CandidateIx::new(row);
            Person::new(&people[row.get()], problem.referrals_at(row), problem, places)
        };
        let persons =
            (0..people.len()).into_par_iter().with_min_len(PORTION).map_init(places, person).collect();
        let post = |places: &mut Places<'p>, record| Post::placed(record, problem, places);
        let posts = openings.par_iter().with_min_len(PORTION).map_init(places, post).collect();
        Self { persons: Column::from_vec(persons), posts: Column::from_vec(posts) }
    }
}

/// Where somebody lives or works, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spot {
    /// A point, if any is known.
    pub(crate) point: Option<Point>,
    /// Whether the point is the place's own rather than that of a region around it.
    pub(crate) exact: bool,
    /// Rows of the regions around, by [`RegionLevel`]: province, city, county, township, village.
    around: [RegionRow; 5],
    /// Whether the place is known at all.
    pub(crate) known: bool,
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
            spot.known = true;
            spot.set_regions(code, regions);
        }
        spot.at(position)
    }

    /// The same at a point of its own, where there is one.
    fn at(mut self, position: Option<Position>) -> Self {
        if let Some(point) = position.and_then(Point::of) {
            (self.point, self.exact, self.known) = (Some(point), true, true);
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
            let row = regions.row(&region.code);
            let row = row.and_then(|row| u32::try_from(row).ok());
            self.around[region.level as usize] = row.map_or(RegionRow::NONE, RegionRow);
            if self.point.is_none() && region.level >= top {
                self.point = region.position.and_then(Point::of);
                self.exact =
                    self.point.is_some() && region.code == *code && region.level >= RegionLevel::Township;
            }
        }
    }

    /// Rows of the regions around, by [`RegionLevel`]; `None` where there is none.
    pub(crate) fn regions(&self) -> [Option<u32>; 5] {
        self.around.map(RegionRow::known)
    }

    /// Whether a region is known, and not a point alone.
    pub(crate) fn has_region(&self) -> bool {
        self.around.iter().any(|row| *row != RegionRow::NONE)
    }

    /// Whether both lie in the same region of a level.
    pub(crate) fn shares(&self, other: &Self, level: RegionLevel) -> bool {
        let here = self.around[level as usize];
        here != RegionRow::NONE && here == other.around[level as usize]
    }

    /// Metres between two exact points.
    pub(crate) fn exact_metres(&self, other: &Self) -> Option<u64> {
        if self.exact && other.exact { self.metres(other) } else { None }
    }

    /// Metres between the points as far as they are known, stand-ins included.
    pub(crate) fn metres(&self, other: &Self) -> Option<u64> {
        Some(self.point?.metres_to(other.point?))
    }
}
