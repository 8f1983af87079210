//! A plan that stands while its numbers change: each change is answered by the fewest moves that make the plan optimal
//! again.
//!
//! # Problem
//! A [`Standing`] holds the optimal plan of an instance. People arrive and withdraw, officers pin, forbid and take back,
//! openings gain and lose seats. After each [`Change`] the plan is again of greatest [`Objective`] for the changed
//! numbers: equal to what a fresh [`solve`](super::solve) reaches.
//!
//! # Method
//! The whole instance is one market with the prices of the certificate. A change adds or takes a step; one search for a
//! cheapest path (\[AMO, section 9.7\], lengths with the number of people who move as their last level) makes flow and
//! prices optimal again.
//!
//! The market is built anew, from the same plan and prices (a pass over all pairs), where somebody arrives who has a
//! higher score than its numbers were made for, makes a household one that the cap can bind, or is of a kind that a group
//! counts. If groups then lie in each other otherwise than before, the instance is solved again, and the plan kept as far
//! as the optimum allows.
//!
//! # Running time
//! One search of *O(m log n)* at worst; in practice it visits a few openings and the people who may take them.

macro_rules! in_any {
    ($width:expr, $flow:ident => $answer:expr) => {
        match $width {
            Width::Narrow($flow) => $answer,
            Width::Wide($flow) => $answer,
            Width::Vector($flow) => $answer,
        }
    };
}

mod assemble;
mod change;
mod flow;
mod ledger;
mod rebuild;
mod route;

use std::collections::BTreeSet;

use super::answer::Solved;
use super::{Solution, Work};
use crate::certificate::{Certificate, Flaw};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{CandidateNumbers, Instance, LotteryStage, Objective, Worth};
use assemble::Proved;
use flow::Flow;
use ledger::Ledger;

pub use change::{Arrival, Change, ChangeFault, Changed, Moved};

/// An optimal plan that is kept while its numbers change: after each [`Change`] it is again of greatest [`Objective`],
/// equal to that of a fresh [`solve`](super::solve).
///
/// # What is promised of the plan
/// - Of all optimal plans of the changed numbers it is one that differs from the plan before in the fewest placements,
///   where the change is one unit: an arrival, a withdrawal, a pin, a pin taken back, a pair forbidden, one seat more or
///   less. A change of several seats is several changes. The proof stands in `standing/flow.rs`. Where somebody arrives by
///   whom groups lie in each other otherwise than before, as many placements are kept as any optimum can.
/// - It is **not** the plan that the lottery would pick among these: nobody is moved for a lot. Where the lottery has to
///   decide again, solve the instance of [`Standing::instance`] afresh.
/// - Over a sequence of changes each is answered by the fewest moves; the sum may be more than one answer to all changes
///   would take. For that, solve afresh with the old plan as [`keep`](crate::instance::InstanceParts::keep): it
///   keeps as many placements as any optimum can.
///
/// # Example
/// ```
/// use anzhi::assign::{Arrival, AssignOptions, Change, Standing, solve};
/// use anzhi::ids::{CandidateIx, OpeningIx};
/// use anzhi::instance::{CandidateNumbers, Instance, InstanceParts, Pair};
///
/// let (first, only) = (CandidateIx::new(0), OpeningIx::new(0));
/// let instance = Instance::new(InstanceParts {
///     tiers: 2,
///     candidates: vec![CandidateNumbers { tier: 1, household: None, lot: 0 }],
///     seats: vec![1],
///     pairs: vec![Pair { candidate: first, opening: only, score: 70 }],
///     ..InstanceParts::default()
/// })?;
/// let solution = solve(&instance, &AssignOptions::default())?;
/// let mut plan = Standing::new(&instance, &solution)?;
/// assert_eq!(plan.place(first), Some(only));
///
/// let arrival = Arrival { tier: 0, lot: 1, pairs: vec![(only, 20)], ..Arrival::default() };
/// let changed = plan.apply(Change::Arrive(arrival))?;
/// assert_eq!(changed.moved.len(), 2, "the first tier has the seat");
/// assert_eq!(plan.place(first), None);
///
/// let (instance, solution) = plan.solution()?;
/// solution.certificate().verify(&instance, solution.placements())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Standing {
    ledger: Ledger,
    flow: Width,
    /// The highest score that the numbers of the market are made for.
    score: u32,
    /// What earlier markets of this plan took.
    spent: Work,
}

/// The flow in the narrowest numbers that hold it.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one, and what it holds is on the heap anyway")]
enum Width {
    Narrow(Flow<i64>),
    Wide(Flow<i128>),
    Vector(Flow<Worth>),
}

impl Width {
    /// The flow of a plan, and the highest score that its numbers are made for, if the prices prove the plan.
    fn of(ledger: &Ledger, proved: &Proved, apart: Option<CandidateIx>) -> Option<(Self, u32)> {
        let (digits, bits, score) = assemble::digits(&ledger.base);
        let flow = if bits <= 58 {
            Self::Narrow(assemble::flow(ledger, digits, proved, apart)?)
        } else if bits <= 122 {
            Self::Wide(assemble::flow(ledger, digits, proved, apart)?)
        } else {
            Self::Vector(assemble::flow(ledger, digits, proved, apart)?)
        };
        Some((flow, score))
    }
}

impl Standing {
    /// The plan of a solution, to be kept.
    ///
    /// # Errors
    /// [`ChangeFault::Unproved`] if the solution is one of another instance; [`ChangeFault::LotteryFirst`] if the lottery
    /// stands before the score.
    ///
    /// # Cost
    /// A few passes over all pairs, and a copy of them.
    pub fn new(instance: &Instance, solution: &Solution) -> Result<Self, ChangeFault> {
        let objective = solution.certificate.verify(instance, &solution.placements)?;
        if solution.certificate.stage() == LotteryStage::BeforeScore {
            return Err(ChangeFault::LotteryFirst);
        }
        let places = instance.rows().map(|row| solution.placements[row]).collect();
        let proved = Proved { places, prices: solution.certificate.prices().clone(), objective };
        let ledger = Ledger::new(instance, BTreeSet::new())?;
        Self::build(ledger, &proved)
    }

    fn build(ledger: Ledger, proved: &Proved) -> Result<Self, ChangeFault> {
        let width = Width::of(&ledger, proved, None);
        let (flow, score) = width.ok_or(ChangeFault::Unproved(Flaw::AnotherSubject))?;
        Ok(Self { ledger, flow, score, spent: Work::default() })
    }

    /// How many candidates there are, those who have withdrawn among them.
    pub fn candidates(&self) -> usize {
        self.ledger.rows()
    }

    /// Where a candidate is placed.
    pub fn place(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        (candidate.get() < self.ledger.rows())
            .then(|| in_any!(&self.flow, flow => flow.market.place(short(candidate))))?
    }

    /// Who is placed where.
    pub fn placements(&self) -> Column<CandidateIx, Option<OpeningIx>> {
        Column::from_vec(self.places())
    }

    fn places(&self) -> Vec<Option<OpeningIx>> {
        in_any!(&self.flow, flow => flow.market.persons().map(|person| flow.market.place(person)).collect())
    }

    /// What the plan achieves.
    pub fn objective(&self) -> &Objective {
        in_any!(&self.flow, flow => &flow.objective)
    }

    /// What all changes so far took.
    pub fn work(&self) -> Work {
        let mut work = self.spent;
        work += in_any!(&self.flow, flow => flow.work());
        work
    }

    /// Makes a change, and the plan optimal for the changed numbers.
    ///
    /// # Errors
    /// Why the change cannot be made; everything is then as it was.
    ///
    /// # Cost
    /// One search, of each seat where several come or go; a pass over all pairs where the market must be built anew.
    pub fn apply(&mut self, change: Change) -> Result<Changed, ChangeFault> {
        let before = self.objective().clone();
        match change {
            Change::Arrive(arrival) => return self.arrive(arrival, before),
            Change::Withdraw(candidate) => {
                self.ledger.present(candidate)?;
                self.ledger.strike(candidate);
                in_any!(&mut self.flow, flow => flow.withdraw(short(candidate)));
            }
            Change::Pin(candidate, opening) => self.pin(candidate, opening)?,
            Change::Unpin(candidate) => {
                self.ledger.present(candidate)?;
                self.ledger.pins.remove(&candidate).ok_or(ChangeFault::NotPinned { candidate })?;
                in_any!(&mut self.flow, flow => flow.loosen(short(candidate)));
            }
            Change::Forbid(candidate, opening) => self.forbid(candidate, opening)?,
            Change::Seats(opening, seats) => self.reseat(opening, seats)?,
        }
        Ok(self.close(before))
    }

    fn close(&mut self, before: Objective) -> Changed {
        let turns = in_any!(&mut self.flow, flow => flow.close());
        let moved = |(person, from, to)| Moved { candidate: CandidateIx::new(person as usize), from, to };
        Changed { moved: turns.into_iter().map(moved).collect(), before, after: self.objective().clone() }
    }

    fn pin(&mut self, candidate: CandidateIx, opening: OpeningIx) -> Result<(), ChangeFault> {
        self.ledger.pair(candidate, opening)?;
        let person = short(candidate);
        let done = in_any!(&mut self.flow, flow => {
            flow.market.leaf_to(person, opening).is_some_and(|leaf| flow.pin(person, leaf))
        });
        if !done {
            return Err(ChangeFault::NoRoom { candidate, opening });
        }
        self.ledger.pins.insert(candidate, opening);
        Ok(())
    }

    fn forbid(&mut self, candidate: CandidateIx, opening: OpeningIx) -> Result<(), ChangeFault> {
        self.ledger.pair(candidate, opening)?;
        if self.ledger.pins.get(&candidate) == Some(&opening) {
            return Err(ChangeFault::Pinned { candidate, opening });
        }
        let person = short(candidate);
        in_any!(&mut self.flow, flow => {
            if let Some(leaf) = flow.market.leaf_to(person, opening) {
                flow.forbid(person, leaf);
            }
        });
        self.ledger.forbid(candidate, opening);
        Ok(())
    }

    fn reseat(&mut self, opening: OpeningIx, seats: u32) -> Result<(), ChangeFault> {
        self.ledger.opening(opening)?;
        let held = self.ledger.held(opening);
        if seats < held {
            return Err(ChangeFault::SeatsHeld { opening, held, seats });
        }
        let pool = u32::try_from(opening.get()).unwrap_or(u32::MAX);
        let now = self.ledger.seats[opening.get()];
        if seats >= now {
            in_any!(&mut self.flow, flow => flow.add_seats(pool, seats - now));
            self.ledger.seats[opening.get()] = seats;
            return Ok(());
        }
        let taken = in_any!(&mut self.flow, flow => flow.take_seats(pool, now - seats));
        let left = now - taken;
        self.ledger.seats[opening.get()] = left;
        // what is held was counted above, so that all can be taken
        if left == seats { Ok(()) } else { Err(ChangeFault::SeatsHeld { opening, held: left, seats }) }
    }

    fn arrive(&mut self, arrival: Arrival, before: Objective) -> Result<Changed, ChangeFault> {
        self.ledger.check(&arrival)?;
        let Some(owner) = self.owner_of(&arrival) else { return self.rebuild(&arrival, before) };
        let numbers = CandidateNumbers { tier: arrival.tier, household: arrival.household, lot: arrival.lot };
        let mut edges: Vec<(u32, u32)> = Vec::with_capacity(arrival.pairs.len());
        edges.extend(arrival.pairs.iter().map(|&(row, score)| (short_opening(row), score)));
        edges.sort_unstable();
        self.ledger.enter(arrival);
        in_any!(&mut self.flow, flow => {
            let person = flow.market.push_person(numbers, owner, &edges);
            flow.loosen(person);
        });
        Ok(self.close(before))
    }

    /// The changed numbers. Candidates who have withdrawn keep row and lot, and have no pairs.
    ///
    /// # Errors
    /// [`ChangeFault::Numbers`] would be a fault of this type: every change was checked.
    ///
    /// # Cost
    /// A copy of all pairs, and their check.
    pub fn instance(&self) -> Result<Instance, ChangeFault> {
        Ok(Instance::new(self.ledger.parts(None))?)
    }

    /// The changed numbers and the plan as a solution of them: with its certificate, which has been verified.
    ///
    /// # Errors
    /// As [`Standing::instance`]; [`ChangeFault::Unproved`] would be a fault of the solver.
    ///
    /// # Cost
    /// A few passes over all pairs.
    pub fn solution(&mut self) -> Result<(Instance, Solution), ChangeFault> {
        let instance = self.instance()?;
        let proved = self.proved();
        let ledger = Ledger::new(&instance, self.ledger.gone().clone())?;
        let mut fresh = Self::build(ledger, &proved)?;
        let Proved { places, prices, .. } = fresh.proved();
        let placements = Column::from_vec(places);
        let certificate = Certificate::new(&instance, &placements, prices, None);
        let objective = certificate.verify(&instance, &placements)?;
        let people = (0..).take(placements.len()).map(|person| (0, person)).collect();
        let work = self.work();
        let market = match fresh.flow {
            Width::Narrow(flow) => Solved::Narrow(flow.market),
            Width::Wide(flow) => Solved::Wide(flow.market),
            Width::Vector(flow) => Solved::Vector(flow.market),
        };
        Ok((instance, Solution { placements, objective, certificate, work, markets: vec![market], people }))
    }
}

fn short(candidate: CandidateIx) -> u32 {
    u32::try_from(candidate.get()).unwrap_or(u32::MAX)
}

fn short_opening(opening: OpeningIx) -> u32 {
    u32::try_from(opening.get()).unwrap_or(u32::MAX)
}
