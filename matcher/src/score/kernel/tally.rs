//! Counts by lane: each bitmap that is added makes the count of its lanes one greater.

use super::bits::{Bits, LANES};

/// The counts of a tile, sliced: plane *n* holds the bits of value 2ⁿ of all lanes, and perhaps a bitmap more of that
/// value, so that an addition touches two planes on average, however many lanes it counts (Harley and Seal's adder).
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(Vec<Plane>);

#[derive(Clone, Copy, Debug, Default)]
struct Plane {
    sum: Bits,
    waiting: Option<Bits>,
}

impl Tally {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn add(&mut self, lanes: Bits) {
        let mut carried = lanes;
        for plane in &mut self.0 {
            let Some(waiting) = plane.waiting.take() else {
                plane.waiting = Some(carried);
                return;
            };
            let either = plane.sum ^ waiting;
            (plane.sum, carried) = (either ^ carried, (plane.sum & waiting) | (either & carried));
        }
        self.0.push(Plane { sum: Bits::NONE, waiting: Some(carried) });
    }

    /// The count of each lane.
    pub(super) fn counts(&self) -> [u32; LANES] {
        let mut counts = [0; LANES];
        for (place, plane) in self.0.iter().enumerate() {
            for lanes in [plane.sum, plane.waiting.unwrap_or_default()] {
                lanes.lanes().for_each(|lane| counts[lane] += 1 << place);
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_counts_each_lane() {
        let (mut tally, mut counts) = (Tally::default(), [0; LANES]);
        for round in 0..1000_usize {
            let mut lanes = Bits::NONE;
            for lane in (0..LANES).filter(|lane| (lane * 7 + round * round) % 11 < 3) {
                lanes.put(lane);
                counts[lane] += 1;
            }
            tally.add(lanes);
            if round % 100 == 0 {
                assert_eq!(tally.counts(), counts);
            }
        }
        assert_eq!(tally.counts(), counts);
        tally.clear();
        assert_eq!(tally.counts(), [0; LANES]);
    }
}
