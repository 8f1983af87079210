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

    pub(super) const fn has(&self, lane: usize) -> bool {
        self.0[lane / 64] & (1 << (lane % 64)) != 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    /// The lanes, lowest first.
    pub(super) fn lanes(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            let next = |left: &u64| Some(left & (left - 1)).filter(|rest| *rest != 0);
            let first = Some(bits).filter(|bits| *bits != 0);
            std::iter::successors(first, next).map(move |left| 64 * word + left.trailing_zeros() as usize)
        })
    }
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
    fn lanes_come_back_in_order() {
        let mut bits = Bits::NONE;
        for lane in [511, 0, 63, 64, 200] {
            bits.put(lane);
        }
        assert_eq!(bits.lanes().collect::<Vec<_>>(), [0, 63, 64, 200, 511]);
        assert!(bits.has(64) && !bits.has(65) && bits.lanes().count() == 5);
        for end in [0, 1, 64, 100, 512] {
            assert_eq!(Bits::below(end).lanes().collect::<Vec<_>>(), (0..end).collect::<Vec<_>>());
        }
        assert!((Bits::below(70) & !Bits::below(70)).is_empty());
        assert_eq!((Bits::below(3) | bits).lanes().count(), 7);
    }
}
