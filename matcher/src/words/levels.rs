//! Sets of levels of disability.

use serde::{Deserialize, Serialize};

/// A set of levels of disability (1 = most severe … 4).
///
/// Adverts name sets, not thresholds: `1,2级` without 3 and 4 is a real wish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Levels(u8);

impl Levels {
    /// All four levels.
    pub const ALL: Self = Self(0b1111);

    /// The set of these levels; `None` if one is not 1–4.
    #[must_use]
    pub fn of(levels: &[u8]) -> Option<Self> {
        levels
            .iter()
            .try_fold(0, |set, level| (1..=4).contains(level).then(|| set | 1 << (level - 1)))
            .map(Self)
    }

    /// Whether the set holds this level.
    #[must_use]
    pub const fn contains(self, level: u8) -> bool {
        level >= 1 && level <= 4 && self.0 & (1 << (level - 1)) != 0
    }

    /// The levels, most severe first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=4).filter(move |level| self.contains(*level))
    }

    /// The levels of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether no level is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl TryFrom<Vec<u8>> for Levels {
    type Error = &'static str;

    fn try_from(levels: Vec<u8>) -> Result<Self, Self::Error> {
        Self::of(&levels).ok_or("a level of disability is 1, 2, 3 or 4")
    }
}

impl From<Levels> for Vec<u8> {
    fn from(levels: Levels) -> Self {
        levels.iter().collect()
    }
}
