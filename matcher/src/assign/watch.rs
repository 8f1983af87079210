//! Progress of a long solve, and its end before the answer.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Work;
use crate::certificate::Flaw;

/// How often progress is told, in units of work.
const EVERY: u64 = 1 << 16;

/// How a solve is watched: what it may take at most, and who is told how far it is. By default nobody, and without limit.
///
/// Work is counted in units of [`Work::units`], not in seconds, so that a limit means the same on every machine, with any number
/// of threads: a solve that would take more is ended, one that takes less is not.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    limit: Option<u64>,
    tell: Option<&'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)>,
}

/// How far a solve is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Units of work done so far, all parts together.
    pub units: u64,
    /// What the part that tells goes on with. A part may come back to a phase: where the lottery stands before the
    /// score, or where a first plan leaves groups aside. Parts on several threads tell each their own.
    pub phase: Phase,
}

/// What a part of an instance goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// An optimal plan is sought.
    Optimum,
    /// Among the optimal plans, the lottery chooses who is placed, and the tie rule where.
    Lottery,
    /// The prices of the proof are made final.
    Prices,
}

impl<'a> Watch<'a> {
    /// Ends a solve that takes more units of work than this.
    #[must_use]
    pub fn at_most(mut self, units: u64) -> Self {
        self.limit = Some(units);
        self
    }

    /// Tells the progress about every sixty thousand units of work and where a phase of a part begins, from whatever
    /// thread does the work; the answer [`ControlFlow::Break`] ends the solve.
    #[must_use]
    pub fn telling(mut self, tell: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        self.tell = Some(tell);
        self
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Watch").field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// Why there is no solution.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsolved {
    /// Whoever was told of the progress ended it.
    Stopped,
    /// It would have taken more units of work than the limit.
    LimitReached {
        /// The limit.
        limit: u64,
    },
    /// The plan that was found is not proved: a fault of the solver.
    Unproved(Flaw),
}

impl fmt::Display for Unsolved {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => out.write_str("the solve was stopped"),
            Self::LimitReached { limit } => {
                write!(
                    out,
                    "the solve takes more than {limit} units of work; allow it more, or split the instance"
                )
            }
            Self::Unproved(flaw) => write!(out, "the plan is not proved: {flaw}"),
        }
    }
}

impl std::error::Error for Unsolved {}

impl From<Flaw> for Unsolved {
    fn from(flaw: Flaw) -> Self {
        Self::Unproved(flaw)
    }
}

/// What all parts have done together.
pub(super) struct Meter<'a> {
    watch: Watch<'a>,
    done: AtomicU64,
    stopped: AtomicBool,
    over_limit: AtomicBool,
}

impl<'a> Meter<'a> {
    pub fn new(watch: Watch<'a>) -> Self {
        Self {
            watch,
            done: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            over_limit: AtomicBool::new(false),
        }
    }

    /// Whether nobody waits for an answer any more.
    pub fn is_over(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.over_limit.load(Ordering::Relaxed)
    }

    fn add(&self, units: u64, phase: Phase) {
        let done = self.done.fetch_add(units, Ordering::Relaxed) + units;
        if self.watch.limit.is_some_and(|limit| done > limit) {
            self.over_limit.store(true, Ordering::Relaxed);
        }
        if self.watch.tell.is_some_and(|tell| tell(Progress { units: done, phase }).is_break()) {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Why the solve has ended without an answer, if so. The limit comes first: it does not depend on threads.
    pub fn end(&self) -> Option<Unsolved> {
        if self.over_limit.load(Ordering::Relaxed) {
            return self.watch.limit.map(|limit| Unsolved::LimitReached { limit });
        }
        self.stopped.load(Ordering::Relaxed).then_some(Unsolved::Stopped)
    }
}

/// The work on one part, told to the meter of all.
pub(super) struct Clerk<'a> {
    meter: &'a Meter<'a>,
    told: u64,
    phase: Phase,
}

impl<'a> Clerk<'a> {
    pub fn new(meter: &'a Meter<'a>) -> Self {
        Self { meter, told: 0, phase: Phase::Optimum }
    }

    /// Whether to end now, the work on this part being so much.
    pub fn is_over(&mut self, work: &Work) -> bool {
        let units = work.units();
        if units - self.told >= EVERY {
            self.tell(units);
        }
        self.meter.is_over()
    }

    /// Tells that another phase begins.
    pub fn enter(&mut self, phase: Phase, work: &Work) {
        self.phase = phase;
        self.tell(work.units());
    }

    /// Tells the last of the work on this part.
    pub fn close(&mut self, work: &Work) {
        self.tell(work.units());
    }

    fn tell(&mut self, units: u64) {
        self.meter.add(units - self.told, self.phase);
        self.told = units;
    }
}
