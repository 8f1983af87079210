//! The ordered group in which plans are compared, and what is counted in it.

use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use super::MAX_TIERS;

/// Numbers in a [`Worth`]: reserved seats, the tiers, the score, placements kept.
pub const LEVELS: usize = MAX_TIERS + 3;

const RESERVED: usize = 0;
const SCORE: usize = LEVELS - 2;
const KEPT: usize = LEVELS - 1;

/// One of the things that plans are compared by, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Reserved seats that are filled.
    Reserved,
    /// People placed of one tier, counted from 0 (the first tier).
    Tier(u8),
    /// Total score.
    Score,
    /// Placements of the previous plan that stay.
    Kept,
}

impl Level {
    /// Where the level stands in a [`Worth`]; a tier beyond the last counts as the last.
    pub(crate) fn position(self) -> usize {
        match self {
            Self::Reserved => RESERVED,
            Self::Tier(tier) => 1 + usize::from(tier).min(MAX_TIERS - 1),
            Self::Score => SCORE,
            Self::Kept => KEPT,
        }
    }
}

/// What a plan, a step or a price is worth: reserved seats, people of tier 1 to 8, score, placements kept;
/// compared lexicographically.
///
/// Whole numbers added position by position and compared from the left form a totally ordered
/// commutative group (`a ≤ b` implies `a + x ≤ b + x`). That is all that shortest paths and linear
/// duality need, so there are no big weights, nothing is rounded, and a tier can never be outbid by
/// any amount of score.
///
/// Sums stay far inside an `i64`: a score is at most 10⁹ and a simple path has fewer than 2³¹ steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worth([i64; LEVELS]);

impl Worth {
    /// Nothing at all.
    pub const ZERO: Self = Self([0; LEVELS]);

    /// A worth from its numbers: reserved seats, people of tier 1 to 8, score, placements kept.
    pub const fn from_levels(levels: [i64; LEVELS]) -> Self {
        Self(levels)
    }

    /// The numbers: reserved seats, people of tier 1 to 8, score, placements kept.
    pub const fn levels(&self) -> &[i64; LEVELS] {
        &self.0
    }

    /// So much on one level and nothing on the others.
    pub fn of(level: Level, amount: i64) -> Self {
        Self::ZERO.plus(level.position(), amount)
    }

    /// This and so much more on the level at `position`.
    #[must_use]
    pub(crate) fn plus(mut self, position: usize, amount: i64) -> Self {
        self.0[position] += amount;
        self
    }
}

impl Add for Worth {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Worth {
    fn add_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl Sub for Worth {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        self -= other;
        self
    }
}

impl SubAssign for Worth {
    fn sub_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine -= theirs;
        }
    }
}

impl Neg for Worth {
    type Output = Self;

    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

/// What a plan achieves, compared in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Objective {
    /// Reserved seats that are filled: over all reserves, the lesser of its seats and of its members
    /// who are placed in that opening.
    pub reserved_filled: u64,
    /// People placed, tier by tier, first tier first; as many numbers as the instance has tiers.
    pub placed_per_tier: Vec<u64>,
    /// The sum of the scores of the chosen pairs.
    pub score: u64,
    /// Placements that are those of the previous plan; 0 where there is none to keep.
    pub kept: u64,
}

impl Objective {
    /// People placed, of all tiers.
    pub fn placed(&self) -> u64 {
        self.placed_per_tier.iter().sum()
    }
}

/// What a change costs: the objective before it minus the objective after it, level by level. A negative
/// number is a gain on that level.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loss {
    /// Reserved seats that would no longer be filled.
    pub reserved: i64,
    /// People who would no longer be placed, tier by tier, first tier first.
    pub placed_per_tier: Vec<i64>,
    /// Total score that would be lost.
    pub score: i64,
    /// Placements of the previous plan that would no longer stay.
    pub kept: i64,
}

impl Loss {
    /// The loss as numbers of an instance with so many tiers.
    pub(crate) fn from_worth(worth: &Worth, tiers: usize) -> Self {
        let [reserved, per_tier @ .., score, kept] = worth.levels();
        Self {
            reserved: *reserved,
            placed_per_tier: per_tier.iter().copied().take(tiers).collect(),
            score: *score,
            kept: *kept,
        }
    }

    /// The most important level on which something changes, or `None` if all stay as they are.
    pub fn decided_at(&self) -> Option<Level> {
        if self.reserved != 0 {
            return Some(Level::Reserved);
        }
        let tier = self.placed_per_tier.iter().position(|&people| people != 0);
        let tier = tier.and_then(|tier| u8::try_from(tier).ok()).map(Level::Tier);
        tier.or((self.score != 0).then_some(Level::Score)).or((self.kept != 0).then_some(Level::Kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_of_a_tier_outweighs_any_score_and_any_later_tier() {
        let first = Worth::of(Level::Tier(0), 1);
        let second = Worth::of(Level::Tier(1), 1_000_000);
        let score = Worth::of(Level::Score, i64::MAX / 2);
        assert!(first > second + score);
        assert!(Worth::of(Level::Reserved, 1) > first + first);
        assert_eq!(first - first, Worth::ZERO);
        assert!(-first < Worth::ZERO);
    }

    #[test]
    fn a_loss_names_the_level_that_decides() {
        let worth = Worth::of(Level::Tier(1), -1) + Worth::of(Level::Score, 5);
        let loss = Loss::from_worth(&worth, 2);
        assert_eq!(loss.placed_per_tier, [0, -1]);
        assert_eq!(loss.decided_at(), Some(Level::Tier(1)));
        assert_eq!(Loss::default().decided_at(), None);
        let score = Loss::from_worth(&Worth::of(Level::Score, 5), 2);
        assert_eq!(score.decided_at(), Some(Level::Score));
    }
}
