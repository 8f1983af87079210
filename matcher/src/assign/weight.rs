//! One number for a whole [`Worth`], where it fits: faster than eleven, and exact.
//!
//! # When one number will do
//! What the solver compares are sums of worths along simple paths of the network and differences of two such sums.
//! Let no level of them exceed `b` in size. Written to a base above `4b`, with digits on both sides of 0, sums have no
//! carries: integers compare as worths do, and the digits can be read back.
//!
//! - *Score, placements kept.* A simple path enters each leaf once, so it changes at most as many placements as there
//!   are leaves and sets of people.
//! - *Tiers.* Where no set of people is counted, people hang on the root, which a simple path passes once: at most one
//!   person comes in and one goes out. Their tiers then need one digit together: `T − t` for the tier `t` of `T`, since
//!   `e(t)` against `e(t′)` compares as `T − t` against `T − t′` (the exchange argument of matroids). With sets of people
//!   a path may exchange one person for another in each set: a digit for each tier.
//! - *Reserved seats* come first and need no bound.
//!
//! If the product of all bases stays below 2⁵⁸ the solver works in `i64`, below 2¹²² in `i128`, else in [`Worth`] itself.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::instance::{LEVELS, Level, MAX_TIERS, Worth};

/// A totally ordered group to reckon in.
pub(super) trait Weight:
    Copy
    + Debug
    + Default
    + Ord
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// So many times this.
    fn times(self, by: u32) -> Self;
    /// The worth that the number stands for.
    fn decode(self, digits: &Digits) -> Worth;
    /// The number that stands for a worth, each level of which must be less than a digit.
    fn encode(worth: &Worth, digits: &Digits) -> Self;
    /// The number that stands for so much of one level, which must be less than a digit.
    fn unit(digits: &Digits, level: Level) -> Self;
}

/// The bases of a number, lowest digit first: placements kept, score, then the tiers (one digit, or one each).
#[derive(Clone, Debug)]
pub(super) struct Digits {
    tiers: usize,
    /// Whether all tiers share a digit.
    shared: bool,
    bases: Vec<i128>,
}

impl Digits {
    /// Digits for `tiers` tiers in a network of so many leaves and sets of people, scores up to `score`.
    pub fn new(tiers: usize, leaves: usize, sets: usize, score: u32, keeps: bool) -> Self {
        let wide = |number: usize| i128::try_from(number).unwrap_or(i128::MAX >> 64);
        let steps = wide(leaves) + wide(sets) + 2;
        let kept = if keeps { 8 * steps + 1 } else { 1 };
        let mut bases = vec![kept, 8 * steps * i128::from(score.max(1)) + 1];
        if sets == 0 {
            bases.push(wide(8 * tiers + 9));
        } else {
            bases.extend(std::iter::repeat_n(8 * (wide(sets) + 2) + 1, tiers));
        }
        Self { tiers, shared: sets == 0, bases }
    }

    /// How many tiers there are.
    pub fn tiers(&self) -> usize {
        self.tiers
    }

    /// How many bits a number needs; reserved seats are given as many as there can be changed along a path.
    pub fn bits(&self, leaves: usize) -> u32 {
        let bits = |number: i128| i128::BITS - number.leading_zeros();
        let reserved = bits(i128::try_from(8 * leaves + 9).unwrap_or(i128::MAX));
        self.bases.iter().map(|&base| bits(base)).sum::<u32>() + reserved
    }

    fn place(&self, level: Level) -> (usize, i128) {
        match level {
            Level::Kept => (0, 1),
            Level::Score => (1, 1),
            Level::Tier(tier) if self.shared => {
                (2, i128::try_from(self.tiers).unwrap_or(0) - i128::from(tier))
            }
            Level::Tier(tier) => (1 + self.tiers - usize::from(tier), 1),
            Level::Reserved => (self.bases.len(), 1),
        }
    }

    fn value(&self, level: Level) -> i128 {
        let (place, digit) = self.place(level);
        self.bases[..place].iter().product::<i128>() * digit
    }

    fn number(&self, worth: &Worth) -> i128 {
        let [reserved, tiers @ .., score, kept] = worth.levels();
        let tiers = (0_u8..).zip(tiers).take(self.tiers).map(|(tier, &amount)| (Level::Tier(tier), amount));
        let rest = [(Level::Reserved, *reserved), (Level::Score, *score), (Level::Kept, *kept)];
        tiers.chain(rest).map(|(level, amount)| self.value(level).saturating_mul(i128::from(amount))).sum()
    }

    fn worth(&self, mut number: i128) -> Worth {
        let mut levels = [0_i64; LEVELS];
        let narrow = |digit: i128| i64::try_from(digit).unwrap_or(i64::MAX);
        let mut add = |level: Level, digit: i128| levels[level.position()] = narrow(digit);
        for (place, &base) in self.bases.iter().enumerate() {
            let mut digit = number.rem_euclid(base);
            if digit > base / 2 {
                digit -= base;
            }
            number = (number - digit) / base;
            match place {
                0 => add(Level::Kept, digit),
                1 => add(Level::Score, digit),
                _ if self.shared => {
                    let size = usize::try_from(digit.unsigned_abs()).unwrap_or(usize::MAX);
                    if (1..=self.tiers).contains(&size) {
                        let tier = u8::try_from((self.tiers - size).min(MAX_TIERS - 1)).unwrap_or(0);
                        add(Level::Tier(tier), digit.signum());
                    }
                }
                _ => add(Level::Tier(u8::try_from(1 + self.tiers - place).unwrap_or(0)), digit),
            }
        }
        add(Level::Reserved, number);
        Worth::from_levels(levels)
    }
}

impl Weight for i64 {
    fn times(self, by: u32) -> Self {
        self * Self::from(by)
    }

    fn decode(self, digits: &Digits) -> Worth {
        digits.worth(i128::from(self))
    }

    fn encode(worth: &Worth, digits: &Digits) -> Self {
        Self::try_from(digits.number(worth)).unwrap_or(Self::MAX >> 3)
    }

    fn unit(digits: &Digits, level: Level) -> Self {
        Self::try_from(digits.value(level)).unwrap_or(Self::MAX >> 3)
    }
}

impl Weight for i128 {
    fn times(self, by: u32) -> Self {
        self * Self::from(by)
    }

    fn decode(self, digits: &Digits) -> Worth {
        digits.worth(self)
    }

    fn encode(worth: &Worth, digits: &Digits) -> Self {
        digits.number(worth)
    }

    fn unit(digits: &Digits, level: Level) -> Self {
        digits.value(level)
    }
}

impl Weight for Worth {
    fn times(self, by: u32) -> Self {
        Self::from_levels(self.levels().map(|level| level * i64::from(by)))
    }

    fn decode(self, _: &Digits) -> Worth {
        self
    }

    fn encode(worth: &Worth, _: &Digits) -> Self {
        *worth
    }

    fn unit(_: &Digits, level: Level) -> Self {
        Self::of(level, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_back_and_compare_as_worths_do() {
        for sets in [0, 3] {
            let digits = Digits::new(3, 4, sets, 100, true);
            let of = |level, times: i128| i128::unit(&digits, level) * times;
            let one =
                of(Level::Reserved, 1) + of(Level::Tier(1), -1) + of(Level::Score, 250) + of(Level::Kept, -3);
            let worth = Worth::of(Level::Reserved, 1)
                + Worth::of(Level::Tier(1), -1)
                + Worth::of(Level::Score, 250)
                + Worth::of(Level::Kept, -3);
            assert_eq!(one.decode(&digits), worth);
            assert_eq!((-one).decode(&digits), -worth);
            assert_eq!(i128::encode(&worth, &digits), one);
            assert!(of(Level::Tier(0), 1) > of(Level::Tier(1), 1) + of(Level::Score, 500));
            assert!(of(Level::Reserved, 1) > of(Level::Tier(0), 2));
            assert!(digits.bits(4) < 64);
        }
        assert_eq!(Worth::of(Level::Score, 7).times(3), Worth::of(Level::Score, 21));
    }
}
