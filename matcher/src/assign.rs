//! Exact assignment: the plan that is lexicographically greatest in reserved seats filled, people placed tier by
//! tier, total score, and the lottery.
//!
//! # Problem
//! An [`Instance`] states plans and their [`Objective`]. The objective is unique, the plan often is not, so
//! the tie rule is part of the problem:
//!
//! - [`LotteryStage::AfterScore`]: (1) among the plans of greatest objective, walk all people in lottery order;
//!   whoever is placed in some plan that is left stays placed, and only the plans that place them are left; the
//!   others are unplaced. (2) Walk the placed people in lottery order; each gets the first opening by row that
//!   some plan that is left gives them, and only those plans are left.
//! - [`LotteryStage::BeforeScore`]: the same, but step 1 walks among the plans of greatest reserved seats and
//!   tiers whatever their score, and between the steps only the plans of greatest score are kept.
//!
//! **The plan is unique and depends on the numbers of the instance alone.** *Proof.* After step 1 all plans left
//! place the same people: for each person, either all plans left at their turn leave them out, or those that do
//! are dropped. After step 2 each of these people has the same opening in all plans left. A plan is given by who
//! sits where, so one is left, and at least one, since no step drops all. Every step compares plans by
//! objective, lots and rows only, which are numbers of the instance; the lots come from the seed. ∎
//! How the plans are found (order of input, of threads, of searches) cannot matter.
//!
//! Step 1 does not let a lot outrank a tier: all plans compared place as many of each tier. Raising one person's
//! tier never turns them out: of two plans, one with and one without them, only the first gains by it.
//!
//! # Example
//! Two candidates, one seat: the first tier has it, whatever the scores.
//! ```
//! use anzhi::assign::{AssignOptions, solve};
//! use anzhi::ids::{CandidateIx, OpeningIx};
//! use anzhi::instance::{CandidateNumbers, Instance, InstanceParts, Pair};
//!
//! let pair = |candidate, score| Pair {
//!     candidate: CandidateIx::new(candidate),
//!     opening: OpeningIx::new(0),
//!     score,
//! };
//! let instance = Instance::new(InstanceParts {
//!     tiers: 2,
//!     candidates: vec![
//!         CandidateNumbers { tier: 1, household: None, lot: 0 },
//!         CandidateNumbers { tier: 0, household: None, lot: 1 },
//!     ],
//!     seats: vec![1],
//!     pairs: vec![pair(0, 9_500), pair(1, 200)],
//!     ..InstanceParts::default()
//! })?;
//! let solution = solve(&instance, &AssignOptions::default())?;
//! assert_eq!(solution.placements()[CandidateIx::new(1)], Some(OpeningIx::new(0)));
//! assert_eq!(solution.objective().placed_per_tier, [1, 0]);
//! solution.certificate().verify(&instance, solution.placements())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Method
//! Everything is one circulation of greatest worth (see the `market` module), with worths in an ordered group instead of
//! weighted sums: [`crate::instance::Worth`], or one integer that stands for it where it fits (see the `weight` module).
//! Households make the sets of people who can be placed together an intersection of two matroids, so serving tier after
//! tier greedily would be wrong; a flow in a lexicographic group is right without further thought.
//! 1. Split into parts that share nothing (union-find); solve parts in parallel, merge in order.
//! 2. Count groups at one opening and households of which one may be placed out as plain seats and people (see the `reduce`
//!    module), and start near the optimum: levels by augmenting paths, then an auction on scores (see the `warm` module).
//!    Whoever has less than their best at the prices reached is let go again.
//! 3. Let the others in one by one, tier by tier; for each one cheapest path by Dijkstra's search with potentials
//!    (\[AMO, section 9.7\] with one unit of excess; this is the insertion step of \[JV\]). Then fill seats that are free
//!    at a price, by the same search backwards.
//! 4. Walk the lottery on the optimal face by searches for cycles that cost nothing; in a plain part people come in again by
//!    lot first, and cycles are sought from both ends (see the `lottery::plain` module).
//! 5. With the lottery before the score, steps 2 to 4 run without scores first; then the chosen people
//!    alone are assigned with scores, which places them all again: a plan that does exists and is
//!    greater than any that does not.
//! 6. Make the prices canonical by one search from the root, so that each is what one more seat would gain.
//! 7. Verify the certificate. A plan that its prices do not prove is not handed out.
//!
//! Where numbers change later, [`Standing`] keeps flow and prices and answers each change by one search, with the fewest
//! moves (see the `standing` module): its objective is that of a fresh solve, its choice among equals is not the lottery's.
//!
//! # Invariants
//! After every insertion, with prices `p` and reduced cost `cost(a, b) + p(b) − p(a)` of a step `a → b`:
//! 1. no step that the flow leaves open has a reduced cost below nothing (cost is worth, negated);
//! 2. hence a used arc of unlimited capacity has exactly nothing, and no cycle of steps gains;
//! 3. what a node's price is above that of the node around it is its price in the certificate.
//!
//! # Where this differs from the books
//! 1. Lengths are compared lexicographically. Dijkstra's proof needs only `a ≤ b ⇒ a + x ≤ b + x`.
//! 2. The network is closed to a circulation, so that an insertion is one cycle through one new arc, and a person
//!    whose gain is nothing at present prices needs no search at all.
//! 3. Only nodes nearer than the end of the path get new prices, so that a search stays local.
//! 4. The two parallel arcs of a soft reserve are one whose worth falls after `reserve` units (it is concave); those of
//!    a hard one lead past the pool of the opening.
//! 5. People are no nodes: their price is the best that they can get.
//! 6. Who asked in vain is known to fall short by some margin and is not looked at again where that is out of reach; a search
//!    back from a free seat first knows only those to whom the way there costs little (see the `outsiders` module).
//!
//! # Running time
//! `n` people, `m` pairs, one search of `O(m log n)` for each person with a gain: `O(n m log n)` at worst; in
//! practice a search visits few openings. The lottery takes one linear search for each person at a tie.
//! [`Work`] counts what was really done.
//!
//! # References
//! \[AMO\] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*, Prentice Hall, 1993. \[JV\] R. Jonker,
//! A. Volgenant, *A shortest augmenting path algorithm for dense and sparse linear assignment problems*,
//! Computing 38 (1987) 325–340. \[RSU\] A. E. Roth, T. Sönmez, M. U. Ünver, *Pairwise kidney exchange*, Journal of
//! Economic Theory 125 (2005) 151–188 (priority matchings).
#![deny(clippy::float_arithmetic)]

mod answer;
mod augment;
mod flow;
mod forced;
mod hall;
mod lottery;
mod market;
mod marks;
mod outsiders;
mod prices;
mod reduce;
mod search;
mod split;
mod standing;
mod warm;
mod watch;
mod weight;

use std::ops::AddAssign;

use crate::certificate::{Certificate, Flaw};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, Objective};
use answer::{Solved, solve_parts};
use watch::Meter;

pub use crate::instance::LotteryStage;
pub use forced::{ForcedIn, forced_in, forced_in_every};
pub use hall::{HallSet, HallSets};
pub use standing::{Arrival, Change, ChangeFault, Changed, Moved, Standing};
pub use watch::{Phase, Progress, Unsolved, Watch};

/// How to solve. Plain data.
///
/// None of these asks for less than the optimum. In particular there is no option to *respect preferences*: in the optimum
/// a person may sit at a lesser opening, or nowhere, so that more people are placed. Whoever wants that nobody is passed
/// over at an opening for somebody of lower rank asks for [`crate::stable::stable()`] instead. It places fewer in general,
/// has a type of its own, and comes with no certificate but with a check of its own,
/// [`crate::stable::blocking_pairs`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssignOptions {
    /// Where the lottery stands; after the score if nothing is said.
    pub lottery: LotteryStage,
}

impl AssignOptions {
    /// These options with the lottery there.
    #[must_use]
    pub const fn lottery(mut self, stage: LotteryStage) -> Self {
        self.lottery = stage;
        self
    }
}

/// What a solve did, in counts that do not depend on the machine or on threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Parts that share nothing.
    pub parts: u64,
    /// Searches begun.
    pub searches: u64,
    /// Nodes that searches were done with.
    pub settled: u64,
    /// Steps that searches looked at.
    pub steps: u64,
    /// Bids of the auctions.
    pub bids: u64,
}

impl Work {
    /// All of it as one number.
    pub fn units(&self) -> u64 {
        self.searches + self.settled + self.steps + self.bids
    }
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.parts += other.parts;
        self.searches += other.searches;
        self.settled += other.settled;
        self.steps += other.steps;
        self.bids += other.bids;
    }
}

/// The optimal plan of an instance with its proof.
#[derive(Clone, Debug)]
pub struct Solution {
    placements: Column<CandidateIx, Option<OpeningIx>>,
    objective: Objective,
    certificate: Certificate,
    work: Work,
    /// The market of each part, for [`forced_in`].
    markets: Vec<Solved>,
    /// In which market, and as which of its people, a candidate stands.
    people: Vec<(u32, u32)>,
}

impl Solution {
    /// Who is placed where.
    pub fn placements(&self) -> &Column<CandidateIx, Option<OpeningIx>> {
        &self.placements
    }

    /// What the plan achieves, counted by the certificate's check.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The proof; it has been verified.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What it took.
    pub fn work(&self) -> Work {
        self.work
    }

    fn place_of(&self, candidate: CandidateIx) -> Option<(&Solved, u32)> {
        let &(market, person) = self.people.get(candidate.get())?;
        Some((self.markets.get(market as usize)?, person))
    }
}

/// Finds the optimal plan, and proves it.
///
/// # Errors
/// The flaw that the check of the certificate finds. That would be a fault of the solver, not of the instance:
/// every instance has an optimal plan. No plan is handed out unproved.
pub fn solve(instance: &Instance, options: &AssignOptions) -> Result<Solution, Flaw> {
    solve_parts(instance, options.lottery, &Meter::new(Watch::default())).prove(instance)
}

/// [`solve`] that can be followed and ended: a long solve tells how far it is, and ends when asked to, or when it has taken
/// as much work as it may. What had been done by then is dropped; the instance can be solved again.
///
/// ```
/// # use anzhi::assign::{AssignOptions, Unsolved, Watch, solve_with};
/// # use anzhi::instance::{CandidateNumbers, Instance, InstanceParts, Pair};
/// # use anzhi::ids::{CandidateIx, OpeningIx};
/// # let one = CandidateNumbers { tier: 0, household: None, lot: 0 };
/// # let pair = Pair { candidate: CandidateIx::new(0), opening: OpeningIx::new(0), score: 5 };
/// # let instance = Instance::new(InstanceParts {
/// #     tiers: 1, candidates: vec![one], seats: vec![1], pairs: vec![pair], ..InstanceParts::default()
/// # })?;
/// let watch = Watch::default().at_most(1_000_000);
/// match solve_with(&instance, &AssignOptions::default(), watch) {
///     Ok(solution) => assert_eq!(solution.objective().placed(), 1),
///     Err(Unsolved::LimitReached { limit }) => println!("more than {limit} units of work"),
///     Err(other) => println!("{other}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Why it ended without an answer.
pub fn solve_with(
    instance: &Instance,
    options: &AssignOptions,
    watch: Watch<'_>,
) -> Result<Solution, Unsolved> {
    let meter = Meter::new(watch);
    let merged = solve_parts(instance, options.lottery, &meter);
    match meter.end() {
        Some(end) => Err(end),
        None => Ok(merged.prove(instance)?),
    }
}
