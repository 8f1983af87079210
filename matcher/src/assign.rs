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
//!    lot first, and cycles are sought from both ends (see the `tidy` module).
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

mod augment;
mod flow;
mod forced;
mod hall;
mod lottery;
mod market;
mod marks;
mod prices;
mod reduce;
mod search;
mod split;
mod standing;
mod tidy;
mod warm;
mod watch;
mod weight;

use std::ops::AddAssign;

use rayon::prelude::*;

use crate::certificate::{Certificate, Flaw, Prices};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, Objective, Worth};
use market::Market;
use reduce::Reduced;
use search::Search;
use split::Part;
use watch::{Clerk, Meter};
use weight::{Digits, Weight};

pub use crate::instance::LotteryStage;
pub use forced::{ForcedIn, forced_in, forced_in_every};
pub use hall::{HallSet, HallSets};
pub use standing::{Arrival, Change, ChangeFault, Changed, Moved, Standing};
pub use watch::{Unsolved, Watch};

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

/// The answers of all parts, of those that were done if the solve was ended.
fn solve_parts(instance: &Instance, stage: LotteryStage, meter: &Meter<'_>) -> Merged {
    let parts = split::parts(instance).into_par_iter();
    let answers = parts.filter_map(|part| solve_part(instance, part, stage, meter)).collect();
    Merged::of(instance, answers, stage)
}

/// A market in the narrowest numbers that hold it.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one a part, and what it holds is on the heap anyway")]
enum Solved {
    Narrow(Market<i64>),
    Wide(Market<i128>),
    Vector(Market<Worth>),
}

/// One part after the solve.
struct Answer {
    /// The flow that decided who is placed.
    market: Solved,
    /// Where the lottery stands before the score: the flow of those people alone.
    seating: Option<Solved>,
    work: Work,
}

fn solve_part(instance: &Instance, part: Part, stage: LotteryStage, meter: &Meter<'_>) -> Option<Answer> {
    let (market, mut work) = solve_market(instance, part, (stage == LotteryStage::AfterScore, stage), meter)?;
    work.parts += 1;
    let seating = if stage == LotteryStage::BeforeScore {
        let placed = market.placed_part();
        let (seating, more) = solve_market(instance, placed, (true, LotteryStage::AfterScore), meter)?;
        work += more;
        Some(seating)
    } else {
        None
    };
    Some(Answer { market, seating, work })
}

/// Solves a part in the narrowest numbers that hold it, with or without scores.
fn solve_market(
    instance: &Instance,
    part: Part,
    how: (bool, LotteryStage),
    meter: &Meter<'_>,
) -> Option<(Solved, Work)> {
    let (digits, bits) = market::digits(instance, &part, how.0);
    let solved = if bits <= 58 {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Narrow(market), work)
    } else if bits <= 122 {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Wide(market), work)
    } else {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Vector(market), work)
    };
    Some(solved)
}

fn solve_in<W: Weight>(
    instance: &Instance,
    part: Part,
    digits: Digits,
    (scored, stage): (bool, LotteryStage),
    meter: &Meter<'_>,
) -> Option<(Market<W>, Work)> {
    if meter.is_over() {
        return None;
    }
    let mut market = Market::new(instance, part, digits, scored);
    let mut search = Search::of(market.nodes.len());
    let mut clerk = Clerk::new(meter);
    let seats = stage == LotteryStage::AfterScore;
    let chosen = if let Some(reduced) = Reduced::of(instance, &market) {
        solve_reduced(reduced, &mut market, &mut search, seats, &mut clerk)
    } else {
        warm::start(&mut market, &mut search, &mut clerk);
        flow::optimise(&mut market, &mut search, &mut clerk);
        let lots = market.lots.clone();
        tidy::by_lot(&mut market, &mut search.work, seats, |person, _| lots[person as usize], &mut clerk)
    };
    if !chosen {
        lottery::choose_people(&mut market, &mut search, &mut clerk);
        if seats {
            lottery::choose_seats(&mut market, &mut search, &mut clerk);
        }
    }
    if clerk.is_over(&search.work) {
        return None;
    }
    let pinned: Vec<bool> = market.part.people.iter().map(|&row| instance.pin(row).is_some()).collect();
    lottery::release(&mut market, |person| pinned[person as usize]);
    flow::settle_prices(&mut market, &mut search);
    market.forget_applicants();
    clerk.close(&search.work);
    Some((market, search.work))
}

/// Solves a part by way of one without groups and households; returns whether the lottery is decided too.
fn solve_reduced<W: Weight>(
    mut reduced: Reduced<W>,
    market: &mut Market<W>,
    search: &mut Search<W>,
    seats: bool,
    clerk: &mut Clerk<'_>,
) -> bool {
    let plain = &mut reduced.market;
    search.fit(plain.nodes.len());
    warm::start(plain, search, clerk);
    flow::optimise(plain, search, clerk);
    let chosen = reduced.exact && {
        let members = &reduced.members;
        let lot = |bidder, at| market.lots[members.of(bidder, at) as usize];
        tidy::by_lot(plain, &mut search.work, seats, lot, clerk)
    };
    if clerk.is_over(&search.work) {
        return true;
    }
    reduced.write(market);
    warm::let_go(market);
    flow::optimise(market, search, clerk);
    chosen
}

macro_rules! in_any {
    ($solved:expr, $market:ident => $answer:expr) => {
        match $solved {
            Solved::Narrow($market) => $answer,
            Solved::Wide($market) => $answer,
            Solved::Vector($market) => $answer,
        }
    };
}

impl Solved {
    fn part(&self) -> &Part {
        in_any!(self, market => &market.part)
    }

    fn place(&self, person: u32) -> Option<OpeningIx> {
        in_any!(self, market => prices::place(market, person))
    }

    fn collect_prices(&self, instance: &Instance, prices: &mut Prices) {
        in_any!(self, market => prices::collect(instance, market, prices));
    }

    /// The same part with the placed people alone; no cap on people can bind any more.
    fn placed_part(&self) -> Part {
        let part = self.part();
        let people = (0_u32..).zip(&part.people).filter(|&(person, _)| self.place(person).is_some());
        Part { people: people.map(|(_, &row)| row).collect(), ..part.clone() }
    }
}

/// The answers of all parts by row.
struct Merged {
    placements: Vec<Option<OpeningIx>>,
    people: Vec<(u32, u32)>,
    prices: Prices,
    seating: Option<Prices>,
    work: Work,
    markets: Vec<Solved>,
}

impl Merged {
    fn of(instance: &Instance, answers: Vec<Answer>, stage: LotteryStage) -> Self {
        let rows = instance.candidates().len();
        let mut merged = Self {
            placements: vec![None; rows],
            people: vec![(u32::MAX, 0); rows],
            prices: prices::none(instance),
            seating: (stage == LotteryStage::BeforeScore).then(|| prices::none(instance)),
            work: Work::default(),
            markets: Vec::with_capacity(answers.len()),
        };
        for (number, answer) in (0_u32..).zip(answers) {
            merged.add(instance, number, answer);
        }
        merged
    }

    fn add(&mut self, instance: &Instance, number: u32, answer: Answer) {
        self.work += answer.work;
        answer.market.collect_prices(instance, &mut self.prices);
        for (person, row) in (0_u32..).zip(&answer.market.part().people) {
            self.people[row.get()] = (number, person);
        }
        if let (Some(seating), Some(prices)) = (&answer.seating, &mut self.seating) {
            seating.collect_prices(instance, prices);
        }
        let seats = answer.seating.as_ref().unwrap_or(&answer.market);
        for (person, row) in (0_u32..).zip(&seats.part().people) {
            self.placements[row.get()] = seats.place(person);
        }
        self.markets.push(answer.market);
    }

    fn prove(self, instance: &Instance) -> Result<Solution, Flaw> {
        let placements = Column::from_vec(self.placements);
        let certificate = Certificate::new(instance, &placements, self.prices, self.seating);
        let objective = certificate.verify(instance, &placements)?;
        let Self { people, work, markets, .. } = self;
        Ok(Solution { placements, objective, certificate, work, markets, people })
    }
}
