//! Where somebody lives or works: a point in whole metres and the divisions around, as rows of the regions.

use anzhi::Problem;
use anzhi::ids::RegionCode;
use anzhi::input::{Position, RegionLevel};
use serde::Serialize;

const RADIUS: f64 = 6_371_009.0;

/// Empty where it is not known.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Place {
    pub(super) known: u8,
    pub(super) exact: u8,
    pub(super) x: Option<i64>,
    pub(super) y: Option<i64>,
    pub(super) z: Option<i64>,
    pub(super) city: Option<usize>,
    pub(super) county: Option<usize>,
    pub(super) township: Option<usize>,
    pub(super) village: Option<usize>,
}

impl Place {
    pub(super) fn of(problem: &Problem, position: Option<Position>, code: Option<&RegionCode>) -> Self {
        let around = |level| code.and_then(|code| division(problem, code, level));
        let mut place = Self {
            known: u8::from(code.is_some() || position.is_some()),
            city: around(RegionLevel::City),
            county: around(RegionLevel::County),
            township: around(RegionLevel::Township),
            village: around(RegionLevel::Village),
            ..Self::default()
        };
        let stand_in = || code.and_then(|code| stand_in(problem, code));
        if let Some((position, exact)) = position.map(|own| (own, true)).or_else(stand_in) {
            place.exact = u8::from(exact);
            [place.x, place.y, place.z] = point(position).map(Some);
        }
        place
    }
}

/// The point of the region or of the nearest one around it up to the county, and whether it is its own.
fn stand_in(problem: &Problem, code: &RegionCode) -> Option<(Position, bool)> {
    let top = match division(problem, code, RegionLevel::County) {
        Some(_) => RegionLevel::County,
        None => RegionLevel::City,
    };
    let mut around = problem.regions().around(code).filter(|region| region.level >= top);
    let region = around.find(|region| region.position.is_some())?;
    let exact = region.code == *code && region.level >= RegionLevel::Township;
    region.position.map(|position| (position, exact))
}

/// The row of the region of this level that holds a region.
pub(super) fn division(problem: &Problem, code: &RegionCode, level: RegionLevel) -> Option<usize> {
    let region = problem.regions().at_level(code, level)?;
    problem.regions().records().binary_search_by(|it| it.code.cmp(&region.code)).ok()
}

/// As docs/rules.md has it. Sine and cosine are those of the machine: their last digit would have to lie at half a metre to
/// matter, and then the checksums would tell.
#[expect(clippy::cast_possible_truncation, reason = "within the radius")]
fn point(position: Position) -> [i64; 3] {
    let (sin_lat, cos_lat) = position.lat.to_radians().sin_cos();
    let (sin_lng, cos_lng) = position.lng.to_radians().sin_cos();
    [cos_lat * cos_lng, cos_lat * sin_lng, sin_lat].map(|part| (RADIUS * part).round() as i64)
}
