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
//! Everything is one circulation of greatest worth (see the `network` module), with worths in the ordered group
//! [`crate::instance::Worth`] instead of weighted sums. Households make the sets of people who can be placed
//! together an intersection of two matroids, so serving tier after tier greedily would be wrong; a flow in a
//! lexicographic group is right without further thought.
//! 1. Split into parts that share nothing (union-find); solve parts in parallel, merge in order.
//! 2. Let people in one by one, tier by tier; for each one cheapest path by Dijkstra's search with potentials
//!    (\[AMO, section 9.7\] with one unit of excess; this is the insertion step of \[JV\]).
//! 3. Walk the lottery on the optimal face by searches for cycles that cost nothing.
//! 4. With the lottery before the score, steps 2 and 3 run without scores first; then the chosen people
//!    alone are assigned with scores, which places them all again: a plan that does exists and is
//!    greater than any that does not.
//! 5. Verify the certificate. A plan that its prices do not prove is not handed out.
//!
//! # Invariants
//! After every insertion, with potentials `p` and reduced cost `cost(a, b) + p(a) − p(b)` of a step `a → b`:
//! 1. no step that the flow leaves open has a reduced cost below nothing (cost is worth, negated);
//! 2. hence a used arc of unlimited capacity has exactly nothing, and no cycle of steps gains;
//! 3. prices: `p(household) − p(root)`, `p(root) − p(opening)`, `e(reserved) + p(opening) − p(reserve)` and,
//!    for a person, `e(tier) + p(person) − p(parent)`, each at least 0; they satisfy the conditions of
//!    [`crate::certificate`] with equality where it counts.
//!
//! # Where this differs from the books
//! 1. Lengths are vectors compared lexicographically. Dijkstra's proof needs only `a ≤ b ⇒ a + x ≤ b + x`.
//! 2. The network is closed to a circulation, so that an insertion is one cycle through one new arc, and a person
//!    whose gain is nothing at present prices needs no search at all.
//! 3. Only nodes nearer than the end of the path get new potentials, so that a search stays local.
//! 4. The two parallel arcs of a reserve are one whose worth falls after `seats` units (it is concave).
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

mod flow;
mod forced;
mod lottery;
mod network;
mod search;
mod split;

use std::ops::AddAssign;

use rayon::prelude::*;

use crate::certificate::{Certificate, Flaw, Prices};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, Objective, Worth};
use network::Network;
use search::Search;
use split::Part;

pub use crate::instance::LotteryStage;
pub use forced::{ForcedIn, forced_in, forced_in_every};

/// How to solve. Plain data.
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
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.parts += other.parts;
        self.searches += other.searches;
        self.settled += other.settled;
        self.steps += other.steps;
    }
}

/// The optimal plan of an instance with its proof.
#[derive(Clone, Debug)]
pub struct Solution {
    placements: Column<CandidateIx, Option<OpeningIx>>,
    objective: Objective,
    certificate: Certificate,
    work: Work,
    /// The network of each part, for [`forced_in`].
    networks: Vec<Network>,
    /// In which network, and as which of its people, a candidate stands.
    people: Column<CandidateIx, Option<(usize, usize)>>,
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

    fn place_of(&self, candidate: CandidateIx) -> Option<(&Network, usize)> {
        let (network, person) = self.people.get(candidate).copied().flatten()?;
        Some((self.networks.get(network)?, person))
    }
}

/// Finds the optimal plan, and proves it.
///
/// # Errors
/// The flaw that the check of the certificate finds. That would be a fault of the solver, not of the instance:
/// every instance has an optimal plan. No plan is handed out unproved.
pub fn solve(instance: &Instance, options: &AssignOptions) -> Result<Solution, Flaw> {
    let parts = split::parts(instance);
    let solved: Vec<Solved> =
        parts.into_par_iter().map(|part| solve_part(instance, part, options.lottery)).collect();
    Merged::of(instance, &solved, options.lottery).prove(instance, solved)
}

/// One part after the solve.
struct Solved {
    /// The flow that decided who is placed.
    network: Network,
    /// Where the lottery stands before the score: the flow of those people alone.
    seating: Option<Network>,
    work: Work,
}

fn solve_part(instance: &Instance, part: Part, stage: LotteryStage) -> Solved {
    let mut network = Network::new(instance, part, stage == LotteryStage::AfterScore);
    let mut search = Search::of(&network);
    flow::optimise(&mut network, &mut search);
    lottery::choose_people(&mut network, &mut search);
    let seating = match stage {
        LotteryStage::AfterScore => {
            lottery::choose_seats(&mut network, &mut search);
            None
        }
        LotteryStage::BeforeScore => {
            let mut seating = Network::new(instance, network.placed_part(), true);
            flow::optimise(&mut seating, &mut search);
            lottery::choose_seats(&mut seating, &mut search);
            Some(seating)
        }
    };
    lottery::release(&mut network);
    search.work.parts += 1;
    Solved { network, seating, work: search.work }
}

/// The answers of all parts by row.
struct Merged {
    placements: Vec<Option<OpeningIx>>,
    people: Vec<Option<(usize, usize)>>,
    prices: Prices,
    seating: Option<Prices>,
    work: Work,
}

impl Merged {
    fn of(instance: &Instance, solved: &[Solved], stage: LotteryStage) -> Self {
        let blank = || Prices {
            candidates: vec![Worth::ZERO; instance.candidates().len()],
            households: vec![Worth::ZERO; instance.households()],
            openings: vec![Worth::ZERO; instance.seats().len()],
            reserves: vec![Worth::ZERO; instance.groups().len()],
        };
        let mut merged = Self {
            placements: vec![None; instance.candidates().len()],
            people: vec![None; instance.candidates().len()],
            prices: blank(),
            seating: (stage == LotteryStage::BeforeScore).then(blank),
            work: Work::default(),
        };
        for (number, part) in solved.iter().enumerate() {
            merged.add(number, part);
        }
        merged
    }

    fn add(&mut self, number: usize, solved: &Solved) {
        self.work += solved.work;
        collect_prices(&solved.network, &mut self.prices);
        for (person, row) in solved.network.part().people.iter().enumerate() {
            self.people[row.get()] = Some((number, person));
        }
        if let (Some(seating), Some(prices)) = (&solved.seating, &mut self.seating) {
            collect_prices(seating, prices);
        }
        let seats = solved.seating.as_ref().unwrap_or(&solved.network);
        for (person, row) in seats.part().people.iter().enumerate() {
            self.placements[row.get()] = seats.placement(person);
        }
    }

    fn prove(self, instance: &Instance, solved: Vec<Solved>) -> Result<Solution, Flaw> {
        let placements = Column::from_vec(self.placements);
        let certificate = Certificate::new(instance, &placements, self.prices, self.seating);
        let objective = certificate.verify(instance, &placements)?;
        Ok(Solution {
            placements,
            objective,
            certificate,
            work: self.work,
            networks: solved.into_iter().map(|part| part.network).collect(),
            people: Column::from_vec(self.people),
        })
    }
}

fn collect_prices(network: &Network, prices: &mut Prices) {
    let part = network.part();
    let [households, openings, reserves, people] = network.nodes();
    for (node, row) in households.zip(&part.households) {
        prices.households[row.get()] = network.price(node);
    }
    for (node, row) in openings.zip(&part.openings) {
        prices.openings[row.get()] = network.price(node);
    }
    for (node, &row) in reserves.zip(&part.reserves) {
        prices.reserves[row] = network.price(node);
    }
    for (node, row) in people.zip(&part.people) {
        prices.candidates[row.get()] = network.price(node);
    }
}
