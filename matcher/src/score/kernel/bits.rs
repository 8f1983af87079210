//! A set of the lanes of one tile.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, Not};

const WORDS: usize = 8;

/// Most people in a tile. 512 is what was measured best: a bitmap is a cache line.
pub(super) const LANES: usize = 64 * WORDS;

/// Lanes of a tile, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
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

    pub(super) fn set(&mut self, lane: usize, is_in: bool) {
        self.0[lane / 64] |= u64::from(is_in) << (lane % 64);
    }

    /// Those of the lanes of which something is true.
    pub(super) fn filter(&self, is_in: impl Fn(usize) -> bool) -> Self {
        let mut found = Self::NONE;
        for (at, (word, found)) in self.0.iter().zip(&mut found.0).enumerate() {
            *found = places(*word).fold(0, |bits, place| bits | u64::from(is_in(64 * at + place)) << place);
        }
        found
    }

    /// The lanes of which something is true.
    pub(super) fn of(is_in: impl Fn(usize) -> bool) -> Self {
        Self(std::array::from_fn(|word| {
            (0..64).fold(0, |bits, place| bits | u64::from(is_in(64 * word + place)) << place)
        }))
    }

    pub(super) const fn has(&self, lane: usize) -> bool {
        self.0[lane / 64] & (1 << (lane % 64)) != 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
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

    /// The lanes of one word, 64 of them.
    pub(super) const fn word(&self, at: usize) -> u64 {
        self.0[at]
    }
}

/// The places of the bits of a word, lowest first.
pub(super) fn places(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (word != 0).then_some(word.trailing_zeros() as usize);
        word &= word.wrapping_sub(1);
        place
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

impl BitXor for Bits {
    type Output = Self;

    fn bitxor(mut self, other: Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own ^= other;
        }
        self
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
    fn lanes_come_back_in_order() {
        let mut bits = Bits::NONE;
        for lane in [511, 0, 63, 64, 200] {
            bits.put(lane);
        }
        assert_eq!(bits.lanes().collect::<Vec<_>>(), [0, 63, 64, 200, 511]);
        assert!(bits.has(64) && !bits.has(65) && bits.lanes().count() == 5);
        assert_eq!((bits.word(1), bits.word(2)), (1, 0));
        assert_eq!(places(1 | 1 << 5 | 1 << 63).collect::<Vec<_>>(), [0, 5, 63]);
        for end in [0, 1, 64, 100, 512] {
            assert_eq!(Bits::below(end).lanes().collect::<Vec<_>>(), (0..end).collect::<Vec<_>>());
        }
        assert!((Bits::below(70) & !Bits::below(70)).is_empty());
        assert_eq!((Bits::below(3) | bits).lanes().count(), 7);
        assert_eq!(Bits::of(|lane| bits.has(lane)), bits);
        bits.set(7, false);
        bits.set(8, true);
        assert!(!bits.has(7) && bits.has(8));
    }
}
