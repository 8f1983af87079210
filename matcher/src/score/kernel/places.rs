//! The commute of one pair, as a rule and as a criterion, over the few numbers that it needs.

use crate::columns::{Person, Point, Post, Spot};
use crate::input::RegionLevel;
use crate::rules::Answer;
use crate::score::points::{BY_DIVISION, FULL, NEUTRAL, part};

/// Farther than any two points of the earth, metres.
const FARTHEST: u64 = 20_000_000;

/// Where somebody lives or works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Metres from the middle of the earth; meaningless where there is no point.
    pub(super) at: [i64; 3],
    /// Rows of the regions around, by level; where there is none, a number that is no row, another on either side.
    around: [u32; 5],
    pub(super) fix: Fix,
    has_region: bool,
}

/// How well a place is known, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fix {
    Unknown,
    /// A region without a point.
    Region,
    /// The point of a region around it.
    StandIn,
    /// A point of its own.
    Exact,
}

/// A place with how far its person goes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traveller {
    pub(super) place: Place,
    /// The square of the first whole metre that is too far; `None` = no limit is stated.
    pub(super) limit: Option<u64>,
    /// Metres at which the commute earns nothing.
    pub(super) scale: u64,
}

impl Place {
    fn of(spot: &Spot, nowhere: u32) -> Self {
        let fix = match spot.point {
            Some(_) if spot.exact => Fix::Exact,
            Some(_) => Fix::StandIn,
            None if spot.known => Fix::Region,
            None => Fix::Unknown,
        };
        Self {
            at: spot.point.map_or([0; 3], Point::parts),
            around: spot.regions().map(|row| row.unwrap_or(nowhere)),
            fix,
            has_region: spot.has_region(),
        }
    }

    pub(super) fn of_post(post: &Post) -> Self {
        Self::of(&post.spot, u32::MAX)
    }

    fn shares(&self, other: &Self, level: RegionLevel) -> bool {
        self.around[level as usize] == other.around[level as usize]
    }

    /// The square of the distance between two points.
    fn square_to(&self, other: &Self) -> u64 {
        self.at.iter().zip(&other.at).map(|(a, b)| a.abs_diff(*b).pow(2)).sum()
    }
}

impl Traveller {
    pub(super) fn new(person: &Person, scale_km: u32) -> Self {
        let metres = |km: u32| u64::from(km) * 1000;
        Self {
            place: Place::of(&person.spot, u32::MAX - 1),
            limit: person.max_commute_km.map(|km| (metres(km) + 1).min(FARTHEST).pow(2)),
            scale: metres(person.max_commute_km.unwrap_or(scale_km)),
        }
    }

    /// The rule `commute` for an opening that is not done at home.
    pub(super) fn answer(&self, post: &Place) -> Answer {
        let Some(limit) = self.limit else {
            return Answer::Yes;
        };
        let home = &self.place;
        if post.fix.min(home.fix) == Fix::Unknown {
            return Answer::Unknown;
        }
        let within = || home.square_to(post) < limit;
        if post.fix.min(home.fix) == Fix::Exact {
            return if within() { Answer::Yes } else { Answer::No };
        }
        let neighbours = [RegionLevel::Village, RegionLevel::Township];
        let near = post.fix.min(home.fix) >= Fix::StandIn && within();
        if near || neighbours.iter().any(|level| home.shares(post, *level)) {
            Answer::Yes
        } else {
            Answer::Unknown
        }
    }

    /// The points of `commute` for an opening that is not done at home.
    pub(super) fn points(&self, post: &Place) -> u8 {
        let home = &self.place;
        if post.fix.min(home.fix) == Fix::Exact {
            let square = home.square_to(post);
            // Most pairs lie beyond the scale, where there is no need of a root.
            let beyond = square >= self.scale.min(FARTHEST).pow(2);
            return if beyond { 0 } else { points_at(root(square), self.scale) };
        }
        if !home.has_region || !post.has_region {
            return NEUTRAL;
        }
        let shared = BY_DIVISION.iter().find(|(level, _)| home.shares(post, *level));
        shared.map_or(0, |(_, points)| *points)
    }
}

/// Points for so many metres where `scale` earns nothing.
pub(super) fn points_at(metres: u64, scale: u64) -> u8 {
    scale.checked_sub(metres).map_or(0, |rest| part(rest, scale)).min(FULL)
}

/// The whole root of a square of metres. Under 65 km the square fits 32 bits, where the root costs half.
pub(super) fn root(square: u64) -> u64 {
    u32::try_from(square).map_or_else(|_| square.isqrt(), |square| u64::from(square.isqrt()))
}
