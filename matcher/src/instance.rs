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
//! A [`Group`] counts the placements of some people in some openings. Its *reserve* is a number of seats kept for them:
//! a floor that an optimal plan fills as far as it can be filled, before anything else. What is left of it opens to
//! others, or is left free. Its *cap* is a limit. A pin fixes a placement, a prohibition forbids a pair.
//! Plans are compared lexicographically by [`Objective`]: reserved seats filled (`min(reserve, members placed there)`,
//! summed), people placed tier by tier, total score, placements kept of a previous plan; then by lottery (see
//! [`crate::assign`]).
//!
//! # Which groups there may be
//! A group is of one of three sorts, and groups of each sort must nest: of two, one lies in the other or they share
//! nothing. Then plans are flows in a network and the optimum is exact.
//!
//! | sort | counts | nests among |
//! |---|---|---|
//! | [`Side::Seat`] | a kind of person at one opening | the groups of that opening |
//! | [`Side::Openings`] | everybody at some openings | groups of openings |
//! | [`Side::People`] | a kind of person at several openings, where none of them has an opening outside too | such groups, and households that the cap can bind |
//!
//! A kind of person at several openings, some of whom have openings outside as well, is refused: such problems are
//! NP-hard in general. Split the share over the openings.
//!
//! # Order
//! Row order is id order: whoever builds the instance sorts by id. Pairs and groups may come in any order;
//! they are sorted here, so that input order reaches neither plan nor digest.
#![deny(clippy::float_arithmetic)]

mod check;
mod digest;
mod fault;
mod groups;
mod pins;
mod worth;

use crate::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};

pub use crate::words::LotteryStage;
pub use fault::{Crossed, InstanceFault, InstanceFaults};
pub use groups::{LeafIx, Nesting, PeopleSet, Side, Whose};
pub use worth::{LEVELS, Level, Loss, Objective, Worth};

/// Most tiers that an instance may have.
pub const MAX_TIERS: usize = 8;

/// A list below this length is read from its beginning rather than leapt about in: memory comes faster in order.
const SHORT: usize = 100;

/// Highest score of a pair: room for any scale of points, and sums of it stay exact.
pub const MAX_SCORE: u32 = 1_000_000_000;

/// Most rows of all lists together; with [`MAX_SCORE`] it keeps every sum inside 63 bits.
pub const MAX_ROWS: usize = 1 << 28;

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

/// What becomes of a reserved seat that no member takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unfilled {
    /// It opens to others (a soft reserve).
    #[default]
    Opens,
    /// It is left free (a hard reserve).
    LeftFree,
}

/// Placements that are counted together: those of some people in some openings. At least `reserve` of them are aimed
/// at before anything else, at most `cap` are allowed.
///
/// Groups must nest, so that plans stay flows in a network: see [`crate::instance`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Where; none = every opening.
    pub openings: Vec<OpeningIx>,
    /// Of whom; `None` for everybody.
    pub kind: Option<KindIx>,
    /// Seats kept for them. Only what members take of these counts as reserved seats filled.
    pub reserve: u32,
    /// What becomes of reserved seats that they do not take. [`Unfilled::LeftFree`] is for a kind of person at one
    /// opening.
    pub unfilled: Unfilled,
    /// Most placements, if there is a limit.
    pub cap: Option<u32>,
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
    /// The members of each kind of person, in any order.
    pub kinds: Vec<Vec<CandidateIx>>,
    /// Reserves and caps, in any order.
    pub groups: Vec<Group>,
    /// Placements that an officer fixed. Each must be a pair; together they must respect seats and caps.
    pub pins: Vec<(CandidateIx, OpeningIx)>,
    /// Pairs that an officer forbade; a pair that is none to begin with may be forbidden too.
    pub prohibitions: Vec<(CandidateIx, OpeningIx)>,
    /// The placements of a previous plan, of which as many are kept as the optimum allows. One that is no longer
    /// possible is no fault.
    pub keep: Vec<(CandidateIx, OpeningIx)>,
}

/// One opening that a candidate may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    opening: OpeningIx,
    score: u32,
}

impl Choice {
    /// The opening.
    pub fn opening(&self) -> OpeningIx {
        self.opening
    }

    /// The score of the pair.
    pub fn score(&self) -> u32 {
        self.score
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
    /// The highest score of all pairs.
    highest: u32,
    households: usize,
    household_cap: Option<u32>,
    kinds: Vec<Vec<CandidateIx>>,
    groups: Vec<Group>,
    nesting: Nesting,
    pins: Vec<(CandidateIx, OpeningIx)>,
    prohibitions: Vec<(CandidateIx, OpeningIx)>,
    keep: Vec<(CandidateIx, OpeningIx)>,
    digest: [u8; 32],
}

impl Instance {
    /// Checks the numbers and sorts them.
    ///
    /// # Errors
    /// Every fault there is, each with where it is, what was found and what to do. Whether groups nest and pins fit is
    /// looked at once all else is sound.
    ///
    /// # Cost
    /// *O(m log m)* for `m` pairs, *O(m)* if they come sorted by candidate, then opening.
    pub fn new(parts: InstanceParts) -> Result<Self, InstanceFaults> {
        let faults = check::faults(&parts);
        if !faults.is_empty() {
            return Err(InstanceFaults(faults));
        }
        Self::sorted(parts).map_err(InstanceFaults)
    }

    fn sorted(mut parts: InstanceParts) -> Result<Self, Vec<InstanceFault>> {
        for list in [&mut parts.pins, &mut parts.prohibitions, &mut parts.keep] {
            list.sort_unstable();
            list.dedup();
        }
        let mut pairs = std::mem::take(&mut parts.pairs);
        if !parts.prohibitions.is_empty() {
            pairs.retain(|pair| parts.prohibitions.binary_search(&(pair.candidate, pair.opening)).is_err());
        }
        if !pairs.is_sorted() {
            pairs.sort_unstable();
        }
        let mut first = Vec::with_capacity(parts.candidates.len() + 1);
        let mut end = 0;
        first.push(end);
        for row in 0..parts.candidates.len() {
            end += pairs[end..].iter().take_while(|pair| pair.candidate.get() == row).count();
            first.push(end);
        }
        for kind in &mut parts.kinds {
            kind.sort_unstable();
            kind.dedup();
        }
        let (groups, places) = groups::in_order(parts.groups);
        let highest = pairs.iter().map(|pair| pair.score).max().unwrap_or(0);
        let mut instance = Self {
            tiers: parts.tiers,
            candidates: parts.candidates,
            seats: parts.seats,
            first,
            // one allocation: a pair becomes a choice in its place
            choices: pairs
                .into_iter()
                .map(|pair| Choice { opening: pair.opening, score: pair.score })
                .collect(),
            highest,
            households: parts.households,
            household_cap: parts.household_cap,
            kinds: parts.kinds,
            groups,
            nesting: Nesting::default(),
            pins: parts.pins,
            prohibitions: parts.prohibitions,
            keep: parts.keep,
            digest: [0; 32],
        };
        instance.nesting = groups::nest(&instance, &places)?;
        let faults = pins::faults(&instance);
        if !faults.is_empty() {
            return Err(faults);
        }
        instance.digest = digest::of(&instance);
        Ok(instance)
    }

    fn position(&self, candidate: CandidateIx, opening: OpeningIx) -> Option<usize> {
        let first = *self.first.get(candidate.get())?;
        let choices = self.choices(candidate);
        let found = if choices.len() < SHORT {
            choices.iter().position(|choice| choice.opening == opening)
        } else {
            choices.binary_search_by_key(&opening, Choice::opening).ok()
        };
        found.map(|at| first + at)
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

    /// The members of each kind of person, by row.
    pub fn kinds(&self) -> &[Vec<CandidateIx>] {
        &self.kinds
    }

    /// The groups that reserve or limit anything, in an order that does not depend on that of the input.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How the groups lie inside each other.
    pub fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// The placements that an officer fixed, by candidate.
    pub fn pins(&self) -> &[(CandidateIx, OpeningIx)] {
        &self.pins
    }

    /// The pairs that an officer forbade, by candidate, then by opening. None of them is among the choices.
    pub fn prohibitions(&self) -> &[(CandidateIx, OpeningIx)] {
        &self.prohibitions
    }

    /// The placements of the previous plan, by candidate.
    pub fn keep(&self) -> &[(CandidateIx, OpeningIx)] {
        &self.keep
    }

    /// Where an officer fixed the placement of a candidate.
    pub fn pin(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        of_candidate(&self.pins, candidate)
    }

    /// Where the previous plan places a candidate.
    pub fn kept(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        of_candidate(&self.keep, candidate)
    }

    /// The openings that a candidate may take, by row; empty for a candidate that does not exist.
    pub fn choices(&self, candidate: CandidateIx) -> &[Choice] {
        &self.choices[self.positions(candidate)]
    }

    /// Where the choices of a candidate stand among all.
    fn positions(&self, candidate: CandidateIx) -> std::ops::Range<usize> {
        let end = candidate.get().checked_add(1).and_then(|next| self.first.get(next));
        match (self.first.get(candidate.get()), end) {
            (Some(&first), Some(&end)) => first..end,
            _ => 0..0,
        }
    }

    /// The choices of a candidate, each with the leaf by which it enters the opening (see [`Nesting`]).
    pub fn entries(&self, candidate: CandidateIx) -> impl Iterator<Item = (LeafIx, &Choice)> {
        let positions = self.positions(candidate);
        let first = positions.start;
        let choices = self.choices[positions].iter();
        choices.enumerate().map(move |(at, choice)| (self.nesting.leaf(first + at, choice.opening), choice))
    }

    /// The pair of a candidate and an opening, if there is one.
    pub fn choice(&self, candidate: CandidateIx, opening: OpeningIx) -> Option<&Choice> {
        self.position(candidate, opening).map(|at| &self.choices[at])
    }

    /// The pair of a candidate and an opening, if there is one, with the leaf by which it enters the opening.
    pub fn entry(&self, candidate: CandidateIx, opening: OpeningIx) -> Option<(LeafIx, &Choice)> {
        let at = self.position(candidate, opening)?;
        Some((self.nesting.leaf(at, opening), &self.choices[at]))
    }

    /// The highest score of all pairs, 0 without pairs.
    pub(crate) fn highest_score(&self) -> u32 {
        self.highest
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

    /// The numbers again, to change some of them and build another instance. Forbidden pairs are not among the pairs.
    pub fn to_parts(&self) -> InstanceParts {
        InstanceParts {
            tiers: self.tiers,
            candidates: self.candidates.clone(),
            seats: self.seats.clone(),
            pairs: self.pairs().collect(),
            households: self.households,
            household_cap: self.household_cap,
            kinds: self.kinds.clone(),
            groups: self.groups.clone(),
            pins: self.pins.clone(),
            prohibitions: self.prohibitions.clone(),
            keep: self.keep.clone(),
        }
    }
}

fn of_candidate(list: &[(CandidateIx, OpeningIx)], candidate: CandidateIx) -> Option<OpeningIx> {
    let at = list.binary_search_by_key(&candidate, |(row, _)| *row).ok()?;
    Some(list[at].1)
}

#[cfg(test)]
mod tests;
