//! Points on the earth as whole metres. The one place where coordinates are numbers with a point.
//!
//! Sine and cosine are computed here, with additions and multiplications alone, because those of the platform differ
//! in their last digit from one machine to the next, and a metre can decide a point.

use ordered_float::NotNan;

use crate::input::Position;

/// Mean radius of the earth, metres (IUGG 1980, rounded).
const RADIUS: f64 = 6_371_009.0;

/// A point in space, whole metres from the middle of the earth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    x: i32,
    y: i32,
    z: i32,
}

impl Point {
    /// The point of a position; `None` if a coordinate is not a number.
    #[expect(clippy::float_arithmetic, reason = "the door from measured numbers to whole metres")]
    pub(crate) fn of(position: Position) -> Option<Self> {
        let degrees = [NotNan::new(position.lat).ok()?, NotNan::new(position.lng).ok()?];
        let [(sin_lat, cos_lat), (sin_lng, cos_lng)] = sin_cos(degrees);
        Some(Self {
            x: metres(RADIUS * cos_lat * cos_lng)?,
            y: metres(RADIUS * cos_lat * sin_lng)?,
            z: metres(RADIUS * sin_lat)?,
        })
    }

    /// X, Y and Z: at most a radius from the middle.
    pub(crate) fn parts(self) -> [i64; 3] {
        [self.x, self.y, self.z].map(i64::from)
    }

    /// Length of the chord to another point, whole metres rounded down; under 100 km it is the distance on the
    /// ground to less than a metre.
    pub(crate) fn metres_to(self, other: Self) -> u64 {
        let square = |a: i32, b: i32| u64::from(a.abs_diff(b)).pow(2);
        (square(self.x, other.x) + square(self.y, other.y) + square(self.z, other.z)).isqrt()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "within the radius, checked")]
fn metres(length: f64) -> Option<i32> {
    let length = NotNan::new(length).ok()?.into_inner();
    (length.abs() <= RADIUS).then(|| length.round() as i32)
}

/// Sine and cosine of angles in degrees, to within 2⁻⁵⁰: an angle is brought to ±45° of a right angle, where ten terms
/// of Taylor's series are enough. All angles at once, so that their divisions need not wait for one another.
#[expect(clippy::float_arithmetic, reason = "the door")]
fn sin_cos<const N: usize>(degrees: [NotNan<f64>; N]) -> [(f64, f64); N] {
    let degrees = degrees.map(|it| it.into_inner().clamp(-360.0, 360.0));
    let quarters = degrees.map(|it| (it / 90.0).round());
    let x: [f64; N] =
        std::array::from_fn(|at| (degrees[at] - quarters[at] * 90.0) * (std::f64::consts::PI / 180.0));
    let square = x.map(|it| it * it);
    let (mut sine, mut cosine) = ([0.0; N], [0.0; N]);
    let (mut odd, mut even) = (x, [1.0; N]);
    for step in 0..10 {
        let n = f64::from(2 * step);
        for at in 0..N {
            sine[at] += odd[at];
            cosine[at] += even[at];
            odd[at] = -odd[at] * square[at] / ((n + 2.0) * (n + 3.0));
            even[at] = -even[at] * square[at] / ((n + 1.0) * (n + 2.0));
        }
    }
    std::array::from_fn(|at| turned(quarters[at], sine[at], cosine[at]))
}

/// Sine and cosine of an angle so many right angles farther.
#[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "the door; |quarters| ≤ 4")]
fn turned(quarters: f64, sine: f64, cosine: f64) -> (f64, f64) {
    match (quarters as i64).rem_euclid(4) {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agrees_with_the_platform() {
        for tenth in -3600..=3600 {
            let degrees = f64::from(tenth) / 10.0;
            let [(sine, cosine)] = sin_cos([NotNan::new(degrees).expect("a number")]);
            let (expected_sine, expected_cosine) = degrees.to_radians().sin_cos();
            assert!((sine - expected_sine).abs() < 1e-14, "{degrees}");
            assert!((cosine - expected_cosine).abs() < 1e-14, "{degrees}");
        }
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let at = |lat, lng| Point::of(Position { lat, lng }).expect("a point");
        // Two towns of Xinhuang, and a degree of the meridian.
        assert_eq!(at(27.37889, 109.27778).metres_to(at(27.37359, 109.13376)), 14_232);
        assert!(at(30.0, 107.0).metres_to(at(31.0, 107.0)).abs_diff(111_194) < 3);
        assert_eq!(at(0.0, 180.0).metres_to(at(0.0, -180.0)), 0);
    }
}
