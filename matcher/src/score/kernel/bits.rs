//! A set of the lanes of one tile.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not};

const WORDS: usize = 8;

/// Most people in a tile. 512 is what was measured best: a bitmap is a cache line.
pub(super) const LANES: usize = 64 * WORDS;

/// Lanes of a tile, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits([u64; WORDS]);

impl Bits {
    pub(super) const NONE: Self = Self([0; WORDS]);

    /// The lanes below `end`.
    pub(super) fn below(end: usize) -> Self {
        let mut bits = Self::NONE;
        for (word, value) in bits.0.iter_mut().enumerate() {
            *value = match end.saturating_sub(64 * word) {
                0 => 0,
                rest if rest >= 64 => u64::MAX,
                rest => (1 << rest) - 1,
            };
        }
        bits
    }

    pub(super) fn put(&mut self, lane: usize) {
        self.0[lane / 64] |= 1 << (lane % 64);
    }

    pub(super) fn take(&mut self, lane: usize) {
        self.0[lane / 64] &= !(1 << (lane % 64));
    }

    pub(super) const fn has(&self, lane: usize) -> bool {
        self.0[lane / 64] & (1 << (lane % 64)) != 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The lanes, lowest first.
    pub(super) fn lanes(self) -> impl Iterator<Item = usize> {
        let mut words = self.0.into_iter().enumerate();
        let (mut word, mut left) = (0, 0_u64);
        std::iter::from_fn(move || {
            while left == 0 {
                (word, left) = words.next()?;
            }
            let lane = 64 * word + left.trailing_zeros() as usize;
            left &= left - 1;
            Some(lane)
        })
    }

    /// The lanes of which `keep` is left, 64 at a time: it is given the first lane, and the lanes as bits.
    pub(super) fn filter(mut self, mut keep: impl FnMut(usize, u64) -> u64) -> Self {
        for (word, bits) in self.0.iter_mut().enumerate().filter(|(_, bits)| **bits != 0) {
            *bits &= keep(64 * word, *bits);
        }
        self
    }

    /// The 64 lanes from `first` on, which is a multiple of 64.
    pub(super) const fn word(&self, first: usize) -> u64 {
        self.0[first / 64]
    }
}

/// One bit for each of 64 numbers that is at most `most`. Eight bytes, each 0 or 1, become eight bits by one
/// multiplication, so that the whole is vectorised without intrinsics.
pub(super) fn at_most(numbers: &[i16; 64], most: i16) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let bytes = numbers.map(|number| u8::from(number <= most));
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |bits, (place, eight)| {
        bits | (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (8 * place)
    })
}

impl BitOr for Bits {
    type Output = Self;

    fn bitor(mut self, other: Self) -> Self {
        self |= other;
        self
    }
}

impl BitOrAssign for Bits {
    fn bitor_assign(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
    }
}

impl BitAnd for Bits {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        self &= other;
        self
    }
}

impl BitAndAssign for Bits {
    fn bitand_assign(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own &= other;
        }
    }
}

impl Not for Bits {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_bits_each_in_its_place() {
        let numbers: [i16; 64] = std::array::from_fn(|at| i16::try_from(at * 37 % 64).expect("small"));
        for most in [-1, 0, 5, 31, 63] {
            let bits = at_most(&numbers, most);
            for (at, number) in numbers.iter().enumerate() {
                assert_eq!(bits >> at & 1 == 1, *number <= most, "{at} {most}");
            }
        }
    }

    #[test]
    fn lanes_come_back_in_order() {
        let mut bits = Bits::NONE;
        for lane in [511, 0, 63, 64, 200] {
            bits.put(lane);
        }
        assert_eq!(bits.lanes().collect::<Vec<_>>(), [0, 63, 64, 200, 511]);
        assert!(bits.has(64) && !bits.has(65) && bits.lanes().count() == 5);
        assert_eq!(bits.filter(|first, word| if first == 0 { word & 1 } else { 0 }), Bits::below(1));
        assert_eq!((bits.word(64), bits.word(128)), (1, 0));
        for end in [0, 1, 64, 100, 512] {
            assert_eq!(Bits::below(end).lanes().collect::<Vec<_>>(), (0..end).collect::<Vec<_>>());
        }
        assert!((Bits::below(70) & !Bits::below(70)).is_empty());
        assert_eq!((Bits::below(3) | bits).lanes().count(), 7);
    }
}
