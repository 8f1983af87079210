//! What can be wrong with a finished plan.

use std::fmt;

use crate::ids::{CandidateId, HouseholdId, OpeningId};
use crate::words::{Standing, Topic};

/// A fault that the audit found in a finished plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanFlaw {
    /// Posts were assigned although a choice of the policy is left to a local decision that is missing.
    Undecided {
        /// What is not decided.
        topic: Topic,
    },
    /// A placement names a candidate whom the problem does not have.
    UnknownCandidate {
        /// As named.
        candidate: CandidateId,
    },
    /// A placement names an opening that the problem does not have.
    UnknownOpening {
        /// As named.
        opening: OpeningId,
    },
    /// A placement on an opening that is listed and never assigned.
    NotWelfare {
        /// Who was placed.
        candidate: CandidateId,
        /// Where.
        opening: OpeningId,
    },
    /// More than one placement of one candidate.
    PlacedTwice {
        /// Who.
        candidate: CandidateId,
        /// How often.
        times: usize,
    },
    /// The candidate may not take the opening, or may not yet.
    NotEligible {
        /// Who was placed.
        candidate: CandidateId,
        /// Where.
        opening: OpeningId,
        /// Barred, or unresolved under a policy that holds the unresolved back.
        standing: Standing,
    },
    /// More placements than seats.
    SeatsExceeded {
        /// Where.
        opening: OpeningId,
        /// What it has.
        seats: u32,
        /// What the plan uses.
        placed: usize,
    },
    /// More placements of one household than the policy allows.
    HouseholdCapExceeded {
        /// Which household.
        household: HouseholdId,
        /// Most placements.
        cap: u32,
        /// What the plan has.
        placed: usize,
    },
    /// An officer forbade the placement.
    Forbidden {
        /// Who was placed.
        candidate: CandidateId,
        /// Where.
        opening: OpeningId,
    },
    /// An officer fixed a placement that the plan does not have.
    PinNotKept {
        /// Who was to be placed.
        candidate: CandidateId,
        /// Where.
        opening: OpeningId,
    },
    /// An unplaced person could take a seat that is vacant.
    SeatLeftVacant {
        /// Who is unplaced.
        candidate: CandidateId,
        /// Where a seat is vacant.
        opening: OpeningId,
    },
    /// An unplaced person could take the seat of somebody of a lower tier, and nothing else would change.
    PassedOver {
        /// Who is unplaced.
        candidate: CandidateId,
        /// Whose seat it is now.
        holder: CandidateId,
        /// Where.
        opening: OpeningId,
    },
}

impl fmt::Display for PlanFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecided { topic } => {
                write!(f, "posts were assigned although no local decision settles `{topic}`")
            }
            Self::UnknownCandidate { candidate } => {
                write!(f, "the plan places `{candidate}`, who is not among the accepted candidates")
            }
            Self::UnknownOpening { opening } => {
                write!(f, "the plan fills `{opening}`, which is not among the accepted openings")
            }
            Self::NotWelfare { candidate, opening } => {
                write!(f, "`{candidate}` is placed on `{opening}`, which is not a public-welfare post")
            }
            Self::PlacedTwice { candidate, times } => {
                write!(f, "`{candidate}` is placed {times} times; once is the most")
            }
            Self::NotEligible { candidate, opening, standing } => {
                write!(f, "`{candidate}` is placed on `{opening}`, where their standing is `{standing}`")
            }
            Self::SeatsExceeded { opening, seats, placed } => {
                write!(f, "`{opening}` has {seats} seats, and the plan fills {placed}")
            }
            Self::HouseholdCapExceeded { household, cap, placed } => {
                write!(f, "household `{household}` has {placed} placements; {cap} is the most")
            }
            Self::Forbidden { candidate, opening } => {
                write!(f, "`{candidate}` is placed on `{opening}`, which an order forbids")
            }
            Self::PinNotKept { candidate, opening } => {
                write!(f, "`{candidate}` is not placed on `{opening}`, as an order asks")
            }
            Self::SeatLeftVacant { candidate, opening } => {
                write!(f, "`{candidate}` is unplaced and could take a vacant seat of `{opening}`")
            }
            Self::PassedOver { candidate, holder, opening } => {
                write!(f, "`{candidate}` is unplaced and stands in a higher tier than `{holder}`, ")?;
                write!(f, "whose seat of `{opening}` they could take")
            }
        }
    }
}
