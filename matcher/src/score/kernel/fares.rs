//! Points of the criterion `commute` by the square of the distance, without a root or a division for each pair.

use std::collections::BTreeSet;

use super::classes::number;
use super::places::{FARTHEST, points_at};
use crate::columns::Columns;
use crate::score::points::FULL;

/// Steps of distance² that have an upper bound of their own: few enough to stay in the nearest cache.
const STEPS: u64 = 1024;

/// One fare for each distinct distance at which the commute earns nothing.
#[derive(Debug)]
pub(super) struct Fares {
    /// Metres, ascending.
    scales: Vec<u64>,
    by_scale: Vec<Fare>,
    /// The scale of whoever states none.
    pub(super) usual: u32,
}

/// What the criterion gives for one scale.
#[derive(Debug)]
struct Fare {
    /// By points: the square of the first whole metre that earns less. Any square earns 0.
    ends: [u64; FULL as usize + 1],
    /// Of which power of two a step is.
    shift: u32,
    /// By step: the most that its squares earn.
    most: Box<[u8]>,
}

impl Fares {
    pub(super) fn new(columns: &Columns, usual: u32) -> Self {
        let stated = columns.persons.iter().filter_map(|(_, person)| person.max_commute_km());
        let scales: BTreeSet<_> = stated.chain([usual]).map(|km| u64::from(km) * 1000).collect();
        let scales: Vec<_> = scales.into_iter().collect();
        let by_scale = scales.iter().copied().map(Fare::new).collect();
        Self { scales, by_scale, usual }
    }

    /// The place of a scale.
    pub(super) fn of(&self, metres: u64) -> u32 {
        number(self.scales.partition_point(|scale| *scale < metres))
    }

    /// The most points that there can be for the square of a distance, metres, or a greater one.
    pub(super) fn most_points(&self, fare: u32, square: u64) -> u8 {
        self.by_scale[fare as usize].most_points(square).unwrap_or(0)
    }

    /// Points for the square of a distance, metres.
    pub(super) fn points(&self, fare: u32, square: u64) -> u8 {
        self.by_scale[fare as usize].points(square)
    }
}

impl Fare {
    fn new(scale: u64) -> Self {
        // 100 × (scale − metres) ÷ scale, rounded down, is at least `points` up to here.
        let end = |points: u64| match (scale - (points * scale).div_ceil(100)).min(FARTHEST) {
            _ if points == 0 => u64::MAX,
            _ if scale == 0 => 0,
            last => (last + 1).pow(2),
        };
        let ends = std::array::from_fn(|points| end(points as u64));
        let all = scale.min(FARTHEST).pow(2);
        let shift = (all / STEPS + 1).next_power_of_two().trailing_zeros();
        let most = (0..=all >> shift).map(|step| points_at((step << shift).isqrt(), scale)).collect();
        Self { ends, shift, most }
    }

    /// `None` beyond the last step, where nothing is earned.
    fn most_points(&self, square: u64) -> Option<u8> {
        let step = usize::try_from(square >> self.shift).ok()?;
        self.most.get(step).copied()
    }

    fn points(&self, square: u64) -> u8 {
        let Some(mut points) = self.most_points(square) else { return 0 };
        while square >= self.ends[usize::from(points)] {
            points -= 1;
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fare_is_the_root_and_the_division() {
        for km in [0, 1, 2, 3, 5, 7, 20, 40, 999, 20_000, 25_000, u32::MAX] {
            let scale = u64::from(km) * 1000;
            let fare = Fare::new(scale);
            let most = scale.min(FARTHEST - 1) + 2;
            let metres = (0..2_000_u64).map(|step| step * most / 2_000).chain(0..500).chain(most - 2..=most);
            let squares = metres.flat_map(|it| [it * it, it * it + it, (it * it).saturating_sub(1)]);
            for square in squares.filter(|square| *square < FARTHEST.pow(2)) {
                let points = points_at(square.isqrt(), scale);
                assert_eq!(fare.points(square), points, "{km} {square}");
                assert!(fare.most_points(square).unwrap_or(0) >= points, "{km} {square}");
            }
        }
    }
}
