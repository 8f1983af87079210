//! Where people and openings are (docs/rules.md, "Places").

use super::Pair;
use crate::ids::RegionCode;
use crate::input::{Position, RegionLevel, RegionRecord};
use crate::problem::Problem;

/// Metres (docs/rules.md; the mean radius of the earth).
const RADIUS: f64 = 6_371_009.0;

/// A point on the sphere, whole metres from its centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    at: [i64; 3],
    /// Whether it is the place itself, and not one that stands in for it.
    pub(super) exact: bool,
}

impl Point {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "within the radius of the earth; not a number becomes 0"
    )]
    fn new(position: Position, exact: bool) -> Self {
        let (latitude, longitude) = (position.lat.to_radians(), position.lng.to_radians());
        let x = RADIUS * latitude.cos() * longitude.cos();
        let y = RADIUS * latitude.cos() * longitude.sin();
        let z = RADIUS * latitude.sin();
        Self { at: [x.round() as i64, y.round() as i64, z.round() as i64], exact }
    }

    /// The chord, whole metres, rounded down.
    pub(super) fn metres_to(self, other: Self) -> u64 {
        let squares = self.at.iter().zip(other.at).map(|(here, there)| here.abs_diff(there).pow(2));
        squares.sum::<u64>().isqrt()
    }
}

/// The region and all that it lies in, the nearest first.
pub(super) fn upwards<'p>(problem: &'p Problem, code: &RegionCode) -> Vec<&'p RegionRecord> {
    let records = problem.regions().records();
    let find = |code: &RegionCode| records.binary_search_by(|it| it.code.cmp(code)).ok();
    let mut way: Vec<&RegionRecord> = Vec::new();
    let mut next = find(code);
    while let Some(region) = next.and_then(|row| records.get(row)) {
        if way.iter().any(|it| it.code == region.code) {
            break;
        }
        way.push(region);
        next = region.parent.as_ref().and_then(find);
    }
    way
}

/// The county, or where there is none the city, that holds the place.
pub(super) fn county_of<'p>(problem: &'p Problem, code: &RegionCode) -> Option<&'p RegionRecord> {
    let way = upwards(problem, code);
    let at = |level| way.iter().find(|it| it.level == level).copied();
    at(RegionLevel::County).or_else(|| at(RegionLevel::City))
}

/// Whether the place is the region, or lies in it.
pub(super) fn lies_in(problem: &Problem, place: &RegionCode, region: &RegionCode) -> bool {
    upwards(problem, place).iter().any(|it| it.code == *region)
}

impl<'p> Pair<'p> {
    /// The region where the person lives, or without one where they are registered.
    fn home(self) -> Option<&'p RegionCode> {
        self.candidate.residence.as_ref().or(self.candidate.registered.as_ref())
    }

    fn person_point(self) -> Option<Point> {
        match self.candidate.position {
            Some(position) => Some(Point::new(position, true)),
            None => region_point(self.problem, self.home()?),
        }
    }

    fn work_point(self) -> Option<Point> {
        match self.opening.position {
            Some(position) => Some(Point::new(position, true)),
            None => region_point(self.problem, self.opening.place.as_ref()?),
        }
    }

    /// Metres between the two, and whether both points are exact; `None` where a point is unknown.
    pub(super) fn way_to_work(self) -> Option<(u64, bool)> {
        let (person, work) = (self.person_point()?, self.work_point()?);
        Some((person.metres_to(work), person.exact && work.exact))
    }

    /// The regions that hold the person, and those that hold the work; `None` if a place is unknown.
    pub(super) fn regions(self) -> Option<[Vec<&'p RegionRecord>; 2]> {
        let ways = [self.home()?, self.opening.place.as_ref()?].map(|place| upwards(self.problem, place));
        ways.iter().all(|way| !way.is_empty()).then_some(ways)
    }

    /// Whether both places are known and lie in one township.
    pub(super) fn same_township(self) -> bool {
        let shared = self.regions().and_then(|[person, work]| lowest_shared(&person, &work));
        matches!(shared, Some(RegionLevel::Village | RegionLevel::Township))
    }
}

/// The level of the lowest region, from village to city, that stands in both ways.
pub(super) fn lowest_shared(person: &[&RegionRecord], work: &[&RegionRecord]) -> Option<RegionLevel> {
    let levels = [RegionLevel::Village, RegionLevel::Township, RegionLevel::County, RegionLevel::City];
    levels.into_iter().find(|level| {
        let person = person.iter().find(|it| it.level == *level);
        let work = work.iter().find(|it| it.level == *level);
        person.is_some_and(|person| work.is_some_and(|work| person.code == work.code))
    })
}

fn region_point(problem: &Problem, code: &RegionCode) -> Option<Point> {
    let way = upwards(problem, code);
    let own = way.first()?;
    let has_county = way.iter().any(|it| it.level == RegionLevel::County);
    let highest = if has_county { RegionLevel::County } else { RegionLevel::City };
    let nearest = way.iter().find(|it| it.level >= highest && it.position.is_some())?;
    let small = matches!(own.level, RegionLevel::Township | RegionLevel::Village);
    Some(Point::new(nearest.position?, small && own.position.is_some()))
}
