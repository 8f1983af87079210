//! Prices that prove that a plan cannot be beaten, and the check of them.
//!
//! # What is proved
//! Let `e(k)` be one unit of level `k` of [`Worth`], `t(c)` a candidate's tier. The worth of a plan is, over its
//! pairs, the sum of `e(tier t(c)) + score · e(score)`, and over the reserves `min(seats, members placed there)
//! · e(reserved)`. Worths are compared lexicographically, so greater worth is greater [`Objective`].
//!
//! Take any prices `u(c)`, `h(household)`, `q(opening)`, `y(reserve)` with
//!
//! 1. no price below nothing (lexicographically);
//! 2. for every pair `(c, o)`: `u(c) + h(c's household) + q(o) ≥ e(tier) + score + max(0, e(reserved) − y(r))`,
//!    where the last term is there only if `c` belongs to a reserve `r` of `o`.
//!
//! **No plan is worth more than** `Σ u(c) + cap · Σ h + Σ seats(o) · q(o) + Σ seats(r) · y(r)`.
//! *Proof.* Add inequality 2 over the pairs of a plan. By 1 the left side is at most the first three sums, since
//! a plan uses each candidate once, a household `cap` times, an opening `seats(o)` times. On the right stands
//! the worth of the pairs plus, for each reserve with `m` members placed, `m · z` with `z = max(0, e(reserved) −
//! y)`. From `y + z ≥ e(reserved)`, `y ≥ 0`, `z ≥ 0` follows `min(seats, m) · e(reserved) ≤ m · z + seats · y`.
//! Adding these gives the claim. Only sums, whole multiples and comparisons were used, which is all that a
//! totally ordered group has. ∎
//!
//! So a plan whose worth *equals* that sum is optimal. This is the duality of linear programming, one whole
//! number a level; prices of that kind always exist because plans are flows in a network.
//!
//! # What is not
//! - Which of several optimal plans the lottery picks: that is checked by solving again from the same numbers
//!   (the result is unique, see [`crate::assign`]).
//! - Where the lottery stands before the score ([`LotteryStage::BeforeScore`]), the first prices prove reserved
//!   seats and tiers (scores count as nothing in them), and a second set, the *seating*, proves that the score is
//!   the highest of all plans that place only the people of this plan. Who these people are is the
//!   lottery's answer.
//! - That the instance says what the policy says: that is the audit's part.
//!
//! A certificate also carries the digest of the instance and plan that it speaks of, so that no number of
//! either can change unnoticed, not even one that does not matter.
//!
//! # Running time
//! One pass over the pairs. Nothing of the solver is used, and nothing panics: a certificate may come from a
//! file.
//!
//! # References
//! \[MMNS\] R. M. McConnell, K. Mehlhorn, S. Näher, P. Schweitzer, *Certifying algorithms*, Computer Science
//! Review 5 (2011) 119–161. \[AMO\] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*, Prentice Hall,
//! 1993, section 9.4 (duality).
#![deny(clippy::float_arithmetic)]
#![expect(clippy::doc_markdown, reason = "an author's name looks like one of a type")]

mod flaw;
mod verify;

use sha2::{Digest as _, Sha256};

use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, LEVELS, LotteryStage, Objective, Worth};

pub use flaw::{Flaw, Priced};

/// A price for each candidate, household, opening and reserve, by row. Plain data: prices prove something only
/// after [`Certificate::verify`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// For each candidate: without them, an optimal plan would be worth at least this much less.
    pub candidates: Vec<Worth>,
    /// For each household: one more placement under its cap would gain at most this.
    pub households: Vec<Worth>,
    /// For each opening: one more seat would gain at most this, one less would lose at least this.
    pub openings: Vec<Worth>,
    /// For each reserve of [`Instance::reserves`]: one more reserved seat would gain at most this.
    pub reserves: Vec<Worth>,
}

/// The proof that one plan of one instance is optimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    subject: [u8; 32],
    prices: Prices,
    seating: Option<Prices>,
}

/// The numbers of [`Prices`], each price as reserved seats, people of tier 1 to 8, score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceParts {
    /// By candidate row.
    pub candidates: Vec<[i64; LEVELS]>,
    /// By household row.
    pub households: Vec<[i64; LEVELS]>,
    /// By opening row.
    pub openings: Vec<[i64; LEVELS]>,
    /// By position in [`Instance::reserves`].
    pub reserves: Vec<[i64; LEVELS]>,
}

/// The numbers of a certificate, for writing to a file and reading back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateParts {
    /// SHA-256 of the instance's digest and the plan.
    pub subject: [u8; 32],
    /// The prices.
    pub prices: PriceParts,
    /// The prices of the seating, where the lottery stands before the score.
    pub seating: Option<PriceParts>,
}

impl Certificate {
    /// Binds prices to an instance and a plan. Whether they prove anything is for [`Certificate::verify`] to say.
    pub fn new(
        instance: &Instance,
        placements: &Column<CandidateIx, Option<OpeningIx>>,
        prices: Prices,
        seating: Option<Prices>,
    ) -> Self {
        Self { subject: subject(instance, placements), prices, seating }
    }

    /// Checks the plan against the instance, and the prices against both.
    ///
    /// Returns what the plan achieves, counted here pair by pair: the greatest [`Objective`] there is (where the
    /// lottery stands before the score: the greatest but for the score, which is the greatest with these people).
    ///
    /// # Errors
    /// The first flaw found.
    pub fn verify(
        &self,
        instance: &Instance,
        placements: &Column<CandidateIx, Option<OpeningIx>>,
    ) -> Result<Objective, Flaw> {
        if self.subject != subject(instance, placements) {
            return Err(Flaw::AnotherSubject);
        }
        let objective = verify::plan(instance, placements)?;
        verify::prices(instance, &self.prices, &verify::Claim::whole(self.stage(), &objective))?;
        if let Some(seating) = &self.seating {
            verify::prices(instance, seating, &verify::Claim::seating(placements, &objective))?;
        }
        Ok(objective)
    }

    /// Where the lottery stands for the plan that is proved.
    pub fn stage(&self) -> LotteryStage {
        if self.seating.is_some() { LotteryStage::BeforeScore } else { LotteryStage::AfterScore }
    }

    /// The prices; with the lottery before the score they say nothing of scores.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// Where the lottery stands before the score: the prices among the people whom it chose.
    pub fn seating(&self) -> Option<&Prices> {
        self.seating.as_ref()
    }

    /// The numbers, for a file.
    pub fn to_parts(&self) -> CertificateParts {
        CertificateParts {
            subject: self.subject,
            prices: PriceParts::from(&self.prices),
            seating: self.seating.as_ref().map(PriceParts::from),
        }
    }

    /// The certificate that these numbers are; any numbers make one, [`Certificate::verify`] judges it.
    pub fn from_parts(parts: &CertificateParts) -> Self {
        Self {
            subject: parts.subject,
            prices: Prices::from(&parts.prices),
            seating: parts.seating.as_ref().map(Prices::from),
        }
    }
}

impl From<&Prices> for PriceParts {
    fn from(prices: &Prices) -> Self {
        let numbers = |list: &[Worth]| list.iter().map(|price| *price.levels()).collect();
        Self {
            candidates: numbers(&prices.candidates),
            households: numbers(&prices.households),
            openings: numbers(&prices.openings),
            reserves: numbers(&prices.reserves),
        }
    }
}

impl From<&PriceParts> for Prices {
    fn from(parts: &PriceParts) -> Self {
        let prices = |list: &[[i64; LEVELS]]| list.iter().copied().map(Worth::from_levels).collect();
        Self {
            candidates: prices(&parts.candidates),
            households: prices(&parts.households),
            openings: prices(&parts.openings),
            reserves: prices(&parts.reserves),
        }
    }
}

/// What a certificate speaks of: the instance and the plan as one number.
fn subject(instance: &Instance, placements: &Column<CandidateIx, Option<OpeningIx>>) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"anzhi.plan/1");
    hash.update(instance.digest());
    hash.update((placements.len() as u64).to_le_bytes());
    for row in (0..placements.len()).map(CandidateIx::new) {
        let place = placements.get(row).copied().flatten().map_or(0, |opening| opening.get() as u64 + 1);
        hash.update(place.to_le_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
