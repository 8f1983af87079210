//! Counts by lane: each bitmap that is added makes the count of its lanes one greater.

use super::bits::{Bits, LANES};

/// The counts of a tile, sliced: plane *n* holds the bits of value 2ⁿ of all lanes, and perhaps a bitmap more of that
/// value, so that an addition touches two planes on average, however many lanes it counts (Harley and Seal's adder).
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    planes: Vec<Plane>,
    /// How many bitmaps were added: the bits of this number are the planes with a bitmap more.
    added: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Plane {
    sum: Bits,
    waiting: Bits,
}

impl Tally {
    #[inline(always)]
    pub(super) fn add(&mut self, lanes: Bits) {
        let waiting = self.added.trailing_ones() as usize;
        self.added += 1;
        let mut carried = lanes;
        for plane in &mut self.planes[..waiting] {
            let either = plane.sum ^ plane.waiting;
            let both = plane.sum & plane.waiting;
            plane.sum = either ^ carried;
            carried = both | (either & carried);
        }
        match self.planes.get_mut(waiting) {
            Some(plane) => plane.waiting = carried,
            None => self.planes.push(Plane { sum: Bits::NONE, waiting: carried }),
        }
    }

    /// The count of each lane; the next addition is the first.
    pub(super) fn take(&mut self) -> [u32; LANES] {
        let counts = self.counts();
        self.planes.clear();
        self.added = 0;
        counts
    }

    fn counts(&self) -> [u32; LANES] {
        let mut counts = [0; LANES];
        for (place, plane) in self.planes.iter().enumerate() {
            add(&mut counts, &plane.sum, place);
            if self.added >> place & 1 == 1 {
                add(&mut counts, &plane.waiting, place);
            }
        }
        counts
    }
}

/// Adds 2 to the power of `place` to the counts of these lanes.
fn add(counts: &mut [u32; LANES], lanes: &Bits, place: usize) {
    for (word, counts) in counts.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        for (byte, counts) in lanes.word(word).to_le_bytes().into_iter().zip(counts.as_chunks_mut::<8>().0) {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += u32::from(byte >> bit & 1) << place;
            }
        }
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
        assert_eq!(tally.take(), counts);
        assert_eq!(tally.counts(), [0; LANES]);
    }
}
