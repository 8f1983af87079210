//! What may change while a plan stands, and what a change did.

use std::error::Error;
use std::fmt;

use crate::certificate::Flaw;
use crate::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};
use crate::instance::{InstanceFault, InstanceFaults, Objective};

/// Somebody who arrives. Plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The tier, 0 for the first.
    pub tier: u8,
    /// The household, if they share one; a new household has the number of households so far.
    pub household: Option<HouseholdIx>,
    /// The place in the lottery, 0 to the number of candidates so far: whoever has it, and all behind, move back by one.
    pub lot: u32,
    /// The kinds that they are of.
    pub kinds: Vec<KindIx>,
    /// The openings that they may take, each with its score, in any order.
    pub pairs: Vec<(OpeningIx, u32)>,
}

/// One change of the numbers that a plan was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody arrives; their row is the number of candidates so far.
    Arrive(Arrival),
    /// A candidate withdraws: they keep row and lot, and have no pair and no pin any more.
    Withdraw(CandidateIx),
    /// An officer fixes a placement, in place of an earlier pin of the same candidate.
    Pin(CandidateIx, OpeningIx),
    /// An officer takes a pin back.
    Unpin(CandidateIx),
    /// An officer forbids a pair.
    Forbid(CandidateIx, OpeningIx),
    /// An opening has so many seats from now on.
    Seats(OpeningIx, u32),
}

/// A candidate whose placement a change has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moved {
    /// Who.
    pub candidate: CandidateIx,
    /// Where they were.
    pub from: Option<OpeningIx>,
    /// Where they are now.
    pub to: Option<OpeningIx>,
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Whose placement is another now, by row.
    pub moved: Vec<Moved>,
    /// What the plan achieved.
    pub before: Objective,
    /// What it achieves.
    pub after: Objective,
}

/// Why a change cannot be made. Everything is then as it was. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeFault {
    /// No candidate has this row.
    NoCandidate {
        /// The row given.
        candidate: CandidateIx,
    },
    /// No opening has this row.
    NoOpening {
        /// The row given.
        opening: OpeningIx,
    },
    /// The candidate has withdrawn.
    Gone {
        /// Who.
        candidate: CandidateIx,
    },
    /// The candidate may not take the opening.
    NoPair {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// The candidate is not pinned.
    NotPinned {
        /// Who.
        candidate: CandidateIx,
    },
    /// The pair is to be forbidden, but the candidate is pinned there.
    Pinned {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// The candidate cannot be placed there whoever else moves: seats, caps and other pins leave no room.
    NoRoom {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// An opening would have fewer seats than pins and reserves that are left free hold.
    SeatsHeld {
        /// Where.
        opening: OpeningIx,
        /// The seats held.
        held: u32,
        /// The seats asked for.
        seats: u32,
    },
    /// The lottery stands before the score: the plan is the lottery's, and only a new draw answers a change.
    LotteryFirst,
    /// The changed numbers are no instance.
    Numbers(Vec<InstanceFault>),
    /// The changed plan is not proved. That would be a fault of the solver.
    Unproved(Flaw),
}

impl fmt::Display for ChangeFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCandidate { candidate } => {
                write!(out, "candidate {}: there is no such row; name one that exists", candidate.get())
            }
            Self::NoOpening { opening } => {
                write!(out, "opening {}: there is no such row; name one that exists", opening.get())
            }
            Self::Gone { candidate } => {
                write!(out, "candidate {}: has withdrawn; let them arrive again", candidate.get())
            }
            Self::NotPinned { candidate } => {
                write!(out, "candidate {}: is not pinned; there is no pin to take back", candidate.get())
            }
            Self::SeatsHeld { opening, held, seats } => {
                let row = opening.get();
                write!(
                    out,
                    "opening {row}: {held} seats are held by pins or kept free, {seats} are asked for; take pins back"
                )
            }
            Self::Numbers(faults) => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                out.write_str(&faults.join("; "))
            }
            Self::LotteryFirst => out.write_str(
                "the lottery stands before the score: only a new draw answers a change; solve again",
            ),
            Self::Unproved(flaw) => write!(out, "the changed plan is not proved: {flaw}"),
            Self::NoPair { candidate, opening }
            | Self::Pinned { candidate, opening }
            | Self::NoRoom { candidate, opening } => {
                let why = match self {
                    Self::NoPair { .. } => "which they may not take; add the pair first",
                    Self::Pinned { .. } => "where they are pinned; take the pin back first",
                    _ => "where seats, caps and other pins leave no room; take a pin back or add a seat",
                };
                write!(out, "candidate {}, opening {}: {why}", candidate.get(), opening.get())
            }
        }
    }
}

impl Error for ChangeFault {}

impl From<InstanceFaults> for ChangeFault {
    fn from(faults: InstanceFaults) -> Self {
        Self::Numbers(faults.iter().cloned().collect())
    }
}

impl From<Flaw> for ChangeFault {
    fn from(flaw: Flaw) -> Self {
        Self::Unproved(flaw)
    }
}
