//! Soft criteria: whole points, whole weights, and their sum (docs/rules.md, Score).
#![deny(clippy::float_arithmetic)]

mod gains;
mod kernel;
mod points;
mod remedies;
mod scored;
mod ties;

pub(crate) use kernel::Chances;
pub(crate) use kernel::resident::Resident;
#[cfg(test)]
pub(crate) use kernel::tests as drawn;
pub use kernel::{Advice, Census, Gain, NearMiss, NearMisses, OpeningPairs, Shortlists, Work};
pub use scored::{Ranked, Scored};
pub use ties::Ties;

use crate::policy::Weights;
use crate::words::Criterion;

/// A score and where it came from. The totals are computed from the points, so they cannot disagree with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breakdown {
    points: [u8; 7],
    weights: Weights,
}

/// One criterion of a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which criterion.
    pub criterion: Criterion,
    /// 0 to 100, of the policy; all weights sum to 100.
    pub weight: u8,
    /// 0 to 100.
    pub points: u8,
}

impl Term {
    /// What the criterion adds to the score: weight × points, hundredths.
    #[must_use]
    pub const fn worth(self) -> u32 {
        self.weight as u32 * self.points as u32
    }
}

impl Breakdown {
    pub(crate) const fn new(points: [u8; 7], weights: Weights) -> Self {
        Self { points, weights }
    }

    /// The terms, in the order of [`Criterion::ALL`].
    pub fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        Criterion::ALL.iter().map(|criterion| Term {
            criterion: *criterion,
            weight: self.weights.of(*criterion),
            points: self.points[criterion.index()],
        })
    }

    /// The points, in the order of [`Criterion::ALL`].
    #[must_use]
    pub const fn points(&self) -> [u8; 7] {
        self.points
    }

    /// Σ weight × points, 0 to 10,000 hundredths: the order of shortlists.
    #[must_use]
    pub fn shortlist_score(&self) -> u32 {
        self.terms().map(Term::worth).sum()
    }

    /// The same without [`Criterion::Priority`]: the assignment puts tiers first by itself.
    #[must_use]
    pub fn assignment_score(&self) -> u32 {
        self.terms().filter(|term| term.criterion != Criterion::Priority).map(Term::worth).sum()
    }
}
