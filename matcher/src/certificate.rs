//! Prices that prove that a plan cannot be beaten, and the check of them.
//!
//! # What is proved
//! Let `e(k)` be one unit of level `k` of [`Worth`], `t(c)` a candidate's tier. The worth of a plan is, over its
//! pairs, the sum of `e(tier t(c)) + score · e(score)`, with `e(kept)` for a pair of the previous plan, and over the
//! groups `min(reserve, members placed) · e(reserved)`. Worths are compared lexicographically, so greater worth is
//! greater [`Objective`].
//!
//! Take prices `h(household)`, `q(opening)`, and for each group `y` (cap) and `x` (reserved seat), none below nothing.
//! They say what a way into a seat costs:
//!
//! - a group of openings or of people adds `y − max(0, e(reserved) − x)`, an opening `q`, a household `h`;
//! - a group of one opening adds the same; a hard reserve leads past the opening as well, at `x − e(reserved)`, and
//!   counts as the cheaper of the two ways, plus `y`.
//!
//! Let `in(c, o)` be the sum along the way of a pair, and `u(c)` what a placed candidate's pair is worth above it, 0 for
//! those who are not placed. If `u ≥ 0` (but for pinned candidates, who have no other choice) and no pair of any
//! candidate is worth more than `u(c) + in(c, o)`, then **no plan is worth more than** `Σ u + cap · Σ h + Σ seats · q +
//! Σ cap · y + Σ reserve · x`, where seats that a hard reserve keeps are not counted to their opening.
//! *Proof.* Add the inequality over the pairs of a plan, counting a pair of a hard reserve past the opening as long as
//! seats of it are left. Each candidate, household, opening, cap and hard seat comes as often as there is of it at most. For
//! a soft reserve with `m` members placed, `z = max(0, e(reserved) − x)`: `min(reserve, m) · e(reserved) ≤ m · z +
//! reserve · x`, from `x + z ≥ e(reserved)`, `x, z ≥ 0`. Only sums, whole multiples and comparisons were used, which is
//! all that a totally ordered group has. ∎
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
//! A certificate also carries the digest of the instance, the plan and the prices that it speaks of, so that no number
//! of them can change unnoticed, not even one that does not matter.
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
mod tariff;
mod terms;
mod verify;

use sha2::{Digest as _, Sha256};

use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, LEVELS, LotteryStage, Objective, Worth};

pub use flaw::{Flaw, Priced};

/// A price for each household, opening and group, by row. Plain data: prices prove something only after
/// [`Certificate::verify`]. What a candidate's place is worth above the prices follows from them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// For each household: one more placement under its cap would gain at most this.
    pub households: Vec<Worth>,
    /// For each opening with seats: one more would gain at most this, one less would lose at least this. The solver gives
    /// the least prices: where no group lies around an opening, the gain of one more seat is exactly its price. An
    /// opening without seats has none, whatever the first would gain.
    pub openings: Vec<Worth>,
    /// For each group of [`Instance::groups`]: one more placement under its cap would gain at most this.
    pub caps: Vec<Worth>,
    /// For each group of [`Instance::groups`]: one more reserved seat would gain at most this.
    pub reserves: Vec<Worth>,
}

/// The proof that one plan of one instance is optimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    subject: [u8; 32],
    prices: Prices,
    seating: Option<Prices>,
}

/// The numbers of [`Prices`], each price as reserved seats, people of tier 1 to 8, score, placements kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceParts {
    /// By household row.
    pub households: Vec<[i64; LEVELS]>,
    /// By opening row.
    pub openings: Vec<[i64; LEVELS]>,
    /// By position in [`Instance::groups`].
    pub caps: Vec<[i64; LEVELS]>,
    /// By position in [`Instance::groups`].
    pub reserves: Vec<[i64; LEVELS]>,
}

/// The numbers of a certificate, for writing to a file and reading back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateParts {
    /// SHA-256 of the instance's digest, the plan and the prices.
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
        Self { subject: subject(instance, placements, &prices, seating.as_ref()), prices, seating }
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
        if self.subject != subject(instance, placements, &self.prices, self.seating.as_ref()) {
            return Err(Flaw::AnotherSubject);
        }
        let objective = verify::plan(instance, placements)?;
        verify::prices(instance, &self.prices, &verify::Claim::whole(self.stage(), placements, &objective))?;
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

/// Checks that placements are a plan of the instance, and counts what it achieves, pair by pair. It proves nothing: the
/// plan may be any, also one that was not made to be optimal, such as that of stable placements.
///
/// # Errors
/// The first flaw found: somebody sits where they have no pair, a limit is exceeded, or a pin is missed.
///
/// # Cost
/// *O(n log d)* for `n` people with `d` pairs each.
pub fn achieved(
    instance: &Instance,
    placements: &Column<CandidateIx, Option<OpeningIx>>,
) -> Result<Objective, Flaw> {
    verify::plan(instance, placements)
}

impl From<&Prices> for PriceParts {
    fn from(prices: &Prices) -> Self {
        let numbers = |list: &[Worth]| list.iter().map(|price| *price.levels()).collect();
        Self {
            households: numbers(&prices.households),
            openings: numbers(&prices.openings),
            caps: numbers(&prices.caps),
            reserves: numbers(&prices.reserves),
        }
    }
}

impl From<&PriceParts> for Prices {
    fn from(parts: &PriceParts) -> Self {
        let prices = |list: &[[i64; LEVELS]]| list.iter().copied().map(Worth::from_levels).collect();
        Self {
            households: prices(&parts.households),
            openings: prices(&parts.openings),
            caps: prices(&parts.caps),
            reserves: prices(&parts.reserves),
        }
    }
}

/// What a certificate speaks of: the instance, the plan and the prices as one number. All numbers are 8 bytes, lowest
/// first; a placement is one more than the row of its opening, or 0; a list of prices stands behind its length.
fn subject(
    instance: &Instance,
    placements: &Column<CandidateIx, Option<OpeningIx>>,
    prices: &Prices,
    seating: Option<&Prices>,
) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"anzhi.plan/2");
    hash.update(instance.digest());
    hash.update((placements.len() as u64).to_le_bytes());
    for row in (0..placements.len()).map(CandidateIx::new) {
        let place = placements.get(row).copied().flatten().map_or(0, |opening| opening.get() as u64 + 1);
        hash.update(place.to_le_bytes());
    }
    for prices in std::iter::once(prices).chain(seating) {
        for list in [&prices.households, &prices.openings, &prices.caps, &prices.reserves] {
            hash.update((list.len() as u64).to_le_bytes());
            for level in list.iter().flat_map(Worth::levels) {
                hash.update(level.to_le_bytes());
            }
        }
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
