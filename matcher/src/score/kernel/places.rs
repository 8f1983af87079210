//! The commute of one pair, as a rule and as a criterion, over the few numbers that it needs.

pub(super) use crate::columns::Fix;
use crate::columns::{Person, Point, Post, Spot, division};
use crate::input::RegionLevel;
use crate::rules::Answer;
use crate::score::points::{BY_DIVISION, FULL, NEUTRAL, part};

/// Farther than any two points of the earth, metres.
pub(super) const FARTHEST: u64 = 20_000_000;

/// Numbers from here on are rows of no region.
pub(super) const NOWHERE: u32 = u32::MAX - 1;

/// Whoever shares one of these lives near, however little else is known: village and township, the first of
/// [`BY_DIVISION`].
pub(super) const NEIGHBOURS: [RegionLevel; 2] = [BY_DIVISION[0].0, BY_DIVISION[1].0];

/// Where somebody lives or works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Metres from the middle of the earth; meaningless where there is no point.
    pub(super) at: [i32; 3],
    /// Rows of the regions around, by [`division`]; where there is none, a number that is no row, another on either side.
    around: [u32; BY_DIVISION.len()],
    pub(super) fix: Fix,
    has_region: bool,
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
        Self {
            at: spot.point().map_or([0; 3], Point::parts).map(|metres| i32::try_from(metres).unwrap_or(0)),
            around: spot.regions().map(|row| row.unwrap_or(nowhere)),
            fix: spot.fix,
            has_region: spot.has_region(),
        }
    }

    pub(super) fn of_post(post: &Post) -> Self {
        Self::of(&post.spot, u32::MAX)
    }

    /// Where somebody lives.
    pub(super) fn of_person(person: &Person) -> Self {
        Self::of(&person.spot, NOWHERE)
    }

    /// The village, the township, the county and the city around it, as [`BY_DIVISION`] has them; where there is none,
    /// numbers that stand on one side only.
    pub(super) fn divisions(&self) -> [u32; BY_DIVISION.len()] {
        BY_DIVISION.map(|(level, _)| division(level).map_or(NOWHERE, |at| self.around[at]))
    }

    /// Whether any region around it is known.
    pub(super) const fn has_region(&self) -> bool {
        self.has_region
    }

    fn shares(&self, other: &Self, level: RegionLevel) -> bool {
        division(level).is_some_and(|at| self.around[at] == other.around[at])
    }

    /// The square of the distance between two points.
    fn square_to(&self, other: &Self) -> u64 {
        let square = |axis: usize| u64::from(self.at[axis].abs_diff(other.at[axis])).pow(2);
        square(0) + square(1) + square(2)
    }

    /// The same, if both are points of their own.
    pub(super) fn exact_square_to(&self, other: &Self) -> Option<u64> {
        (self.fix.min(other.fix) == Fix::Exact).then(|| self.square_to(other))
    }

    /// What the criterion gives where one of the two is no point of its own.
    pub(super) fn points_by_division(&self, other: &Self) -> u8 {
        if !self.has_region || !other.has_region {
            return NEUTRAL;
        }
        let shared = BY_DIVISION.iter().find(|(level, _)| self.shares(other, *level));
        shared.map_or(0, |(_, points)| *points)
    }
}

impl Traveller {
    pub(super) fn new(person: &Person, scale_km: u32) -> Self {
        let metres = |km: u32| u64::from(km) * 1000;
        Self {
            place: Place::of_person(person),
            limit: person.max_commute_km().map(|km| (metres(km) + 1).min(FARTHEST).pow(2)),
            scale: metres(person.max_commute_km().unwrap_or(scale_km)),
        }
    }

    /// Whether a square of metres is too far.
    pub(super) fn is_beyond(&self, square: u64) -> bool {
        self.limit.is_some_and(|limit| square >= limit)
    }

    /// The rule `commute` for an opening that is not done at home.
    pub(super) fn answer(&self, post: &Place) -> Answer {
        if self.limit.is_none() {
            return Answer::Yes;
        }
        let home = &self.place;
        if post.fix.min(home.fix) == Fix::Unknown {
            return Answer::Unknown;
        }
        let within = || !self.is_beyond(home.square_to(post));
        if post.fix.min(home.fix) == Fix::Exact {
            return if within() { Answer::Yes } else { Answer::No };
        }
        let near = post.fix.min(home.fix) >= Fix::StandIn && within();
        if near || NEIGHBOURS.iter().any(|level| home.shares(post, *level)) {
            Answer::Yes
        } else {
            Answer::Unknown
        }
    }

    /// The points of `commute` for an opening that is not done at home.
    pub(super) fn points(&self, post: &Place) -> u8 {
        let square = self.place.exact_square_to(post);
        square
            .map_or_else(|| self.place.points_by_division(post), |square| points_at(root(square), self.scale))
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
