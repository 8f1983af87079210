//! The bare mathematics of an assignment: tiers, seats, pairs, households, reserves. Numbers only.
//!
//! An [`Instance`] is what the solver, the certificate and any other program that wants to check a plan
//! agree on. Holding one is the proof that its numbers are sound; there is no other way in than
//! [`Instance::new`], and nobody checks again behind it.
//!
//! # The problem it states
//! Candidates `c` with a tier `t(c)`, openings `o` with `s(o)` seats, pairs `(c, o)` with a score. A *plan*
//! chooses pairs so that
//!
//! 1. each candidate is chosen at most once, each opening at most `s(o)` times;
//! 2. of each household at most `cap` members are chosen, if there is a cap.
//!
//! A *reserve* keeps `r` seats of an opening for its members. It is a soft floor: a reserved seat that no
//! member takes is open to everybody, but an optimal plan leaves none unfilled that could be filled. Plans are
//! compared lexicographically by [`Objective`]: reserved seats filled (`min(r, members placed there)`, summed),
//! people placed tier by tier, total score; then by lottery (see [`crate::assign`]).
//!
//! # Order
//! Row order is id order: whoever builds the instance sorts by id. Pairs and reserves may come in any order;
//! they are sorted here, so that input order reaches neither plan nor digest.
#![deny(clippy::float_arithmetic)]

mod check;
mod digest;
mod fault;
mod worth;

use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};

pub use crate::words::LotteryStage;
pub use fault::{InstanceFault, InstanceFaults};
pub use worth::{LEVELS, Level, Loss, Objective, Worth};

/// Most tiers that an instance may have.
pub const MAX_TIERS: usize = 8;

/// Highest score of a pair: room for any scale of points, and sums of it stay exact.
pub const MAX_SCORE: u32 = 1_000_000_000;

/// Most rows of all kinds together; with [`MAX_SCORE`] it keeps every sum inside 63 bits.
pub const MAX_ROWS: usize = 1 << 31;

/// The numbers of one candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateNumbers {
    /// The tier, 0 for the first.
    pub tier: u8,
    /// The household, if the candidate shares one.
    pub household: Option<HouseholdIx>,
    /// The place in the lottery, 0 for the first; each candidate has another.
    pub lot: u32,
}

/// One candidate who may take one opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// Who.
    pub candidate: CandidateIx,
    /// Where.
    pub opening: OpeningIx,
    /// How good it is, 0 to [`MAX_SCORE`]; a pair of score 0 is still better than no placement.
    pub score: u32,
}

/// Seats of an opening that are kept for some candidates, as long as enough of them can be placed there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reserve {
    /// Whose seats.
    pub opening: OpeningIx,
    /// For whom. Members of two reserves of one opening must differ.
    pub members: Vec<CandidateIx>,
    /// How many seats, at most those of the opening.
    pub seats: u32,
}

/// The numbers of an instance before they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceParts {
    /// How many tiers there are, 1 to [`MAX_TIERS`]; a tier may be without candidates.
    pub tiers: usize,
    /// The candidates in row order.
    pub candidates: Vec<CandidateNumbers>,
    /// The seats of each opening in row order.
    pub seats: Vec<u32>,
    /// Who may take what, at most once per candidate and opening, in any order.
    pub pairs: Vec<Pair>,
    /// How many households there are.
    pub households: usize,
    /// Most placements of one household; `None` for any number.
    pub household_cap: Option<u32>,
    /// The reserves, in any order.
    pub reserves: Vec<Reserve>,
}

/// One opening that a candidate may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    opening: OpeningIx,
    score: u32,
    reserve: u32,
}

impl Choice {
    const NO_RESERVE: u32 = u32::MAX;

    /// The opening.
    pub fn opening(&self) -> OpeningIx {
        self.opening
    }

    /// The score of the pair.
    pub fn score(&self) -> u32 {
        self.score
    }

    /// The position in [`Instance::reserves`] of the reserve of this opening that the candidate belongs to.
    pub fn reserve(&self) -> Option<usize> {
        (self.reserve != Self::NO_RESERVE).then_some(self.reserve as usize)
    }
}

/// Numbers that passed every check, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    tiers: usize,
    candidates: Vec<CandidateNumbers>,
    seats: Vec<u32>,
    /// The choices of candidate `c` stand at `first[c]..first[c + 1]`, by opening.
    first: Vec<usize>,
    choices: Vec<Choice>,
    households: usize,
    household_cap: Option<u32>,
    reserves: Vec<Reserve>,
    digest: [u8; 32],
}

impl Instance {
    /// Checks the numbers and sorts them.
    ///
    /// # Errors
    /// Every fault there is, each with where it is, what was found and what to do.
    pub fn new(parts: InstanceParts) -> Result<Self, InstanceFaults> {
        let faults = check::faults(&parts);
        if faults.is_empty() { Ok(Self::sorted(parts)) } else { Err(InstanceFaults(faults)) }
    }

    fn sorted(mut parts: InstanceParts) -> Self {
        parts.pairs.sort_unstable();
        let mut reserves = parts.reserves;
        reserves.retain(|reserve| reserve.seats > 0);
        for reserve in &mut reserves {
            reserve.members.sort_unstable();
            reserve.members.dedup();
        }
        reserves.sort_unstable();
        let mut first = Vec::with_capacity(parts.candidates.len() + 1);
        let mut end = 0;
        first.push(end);
        for row in 0..parts.candidates.len() {
            end += parts.pairs[end..].iter().take_while(|pair| pair.candidate.get() == row).count();
            first.push(end);
        }
        let free =
            |pair: Pair| Choice { opening: pair.opening, score: pair.score, reserve: Choice::NO_RESERVE };
        let mut instance = Self {
            tiers: parts.tiers,
            candidates: parts.candidates,
            seats: parts.seats,
            first,
            choices: parts.pairs.into_iter().map(free).collect(),
            households: parts.households,
            household_cap: parts.household_cap,
            reserves: Vec::new(),
            digest: [0; 32],
        };
        instance.mark_reserves(&reserves);
        instance.reserves = reserves;
        instance.digest = digest::of(&instance);
        instance
    }

    fn mark_reserves(&mut self, reserves: &[Reserve]) {
        for (position, reserve) in (0_u32..).zip(reserves) {
            for &member in &reserve.members {
                if let Some(choice) = self.position(member, reserve.opening) {
                    self.choices[choice].reserve = position;
                }
            }
        }
    }

    fn position(&self, candidate: CandidateIx, opening: OpeningIx) -> Option<usize> {
        let first = *self.first.get(candidate.get())?;
        let found = self.choices(candidate).binary_search_by_key(&opening, Choice::opening);
        found.ok().map(|at| first + at)
    }

    /// How many tiers there are.
    pub fn tiers(&self) -> usize {
        self.tiers
    }

    /// The numbers of every candidate, in row order.
    pub fn candidates(&self) -> &[CandidateNumbers] {
        &self.candidates
    }

    /// The seats of every opening, in row order.
    pub fn seats(&self) -> &[u32] {
        &self.seats
    }

    /// How many households there are.
    pub fn households(&self) -> usize {
        self.households
    }

    /// Most placements of one household; `None` for any number.
    pub fn household_cap(&self) -> Option<u32> {
        self.household_cap
    }

    /// The reserves with at least one seat, by opening, then by members.
    pub fn reserves(&self) -> &[Reserve] {
        &self.reserves
    }

    /// The openings that a candidate may take, by row; empty for a candidate that does not exist.
    pub fn choices(&self, candidate: CandidateIx) -> &[Choice] {
        let end = candidate.get().checked_add(1).and_then(|next| self.first.get(next));
        match (self.first.get(candidate.get()), end) {
            (Some(&first), Some(&end)) => &self.choices[first..end],
            _ => &[],
        }
    }

    /// The pair of a candidate and an opening, if there is one.
    pub fn choice(&self, candidate: CandidateIx, opening: OpeningIx) -> Option<&Choice> {
        self.position(candidate, opening).map(|at| &self.choices[at])
    }

    /// How many pairs there are.
    pub fn pair_count(&self) -> usize {
        self.choices.len()
    }

    /// The pairs by candidate, then by opening.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        self.rows().flat_map(move |candidate| {
            let pair =
                move |choice: &Choice| Pair { candidate, opening: choice.opening, score: choice.score };
            self.choices(candidate).iter().map(pair)
        })
    }

    /// The rows of the candidates, in order.
    pub fn rows(&self) -> impl Iterator<Item = CandidateIx> + use<> {
        (0..self.candidates.len()).map(CandidateIx::new)
    }

    /// SHA-256 of all numbers in their sorted order: the frozen list that a lottery seed is drawn for.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The numbers again, to change some of them and build another instance.
    pub fn to_parts(&self) -> InstanceParts {
        InstanceParts {
            tiers: self.tiers,
            candidates: self.candidates.clone(),
            seats: self.seats.clone(),
            pairs: self.pairs().collect(),
            households: self.households,
            household_cap: self.household_cap,
            reserves: self.reserves.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
