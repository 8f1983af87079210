//! What can be wrong with the numbers of an instance.

use std::error::Error;
use std::fmt;

use super::{MAX_ROWS, MAX_SCORE, MAX_TIERS};
use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};

/// One thing that is wrong with the numbers of an instance. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum InstanceFault {
    /// More candidates, openings, households and reserves than row numbers reach.
    TooLarge {
        /// How many there are together.
        rows: usize,
    },
    /// The number of tiers is not 1 to 8.
    Tiers {
        /// The number given.
        tiers: usize,
    },
    /// A candidate's tier is not one of the tiers.
    Tier {
        /// Whose tier.
        candidate: CandidateIx,
        /// The tier given, counted from 0.
        tier: u8,
        /// How many tiers there are.
        tiers: usize,
    },
    /// A candidate's household is not one of the households.
    Household {
        /// Whose household.
        candidate: CandidateIx,
        /// The household given.
        household: HouseholdIx,
        /// How many households there are.
        households: usize,
    },
    /// A candidate's place in the lottery is not 0 to the number of candidates less one.
    Lot {
        /// Whose lot.
        candidate: CandidateIx,
        /// The lot given.
        lot: u32,
    },
    /// Two candidates have the same place in the lottery.
    LotTwice {
        /// Who has it as well.
        candidate: CandidateIx,
        /// Who has it first.
        first: CandidateIx,
        /// The lot they share.
        lot: u32,
    },
    /// The household cap is 0.
    CapZero,
    /// A pair names a candidate that does not exist.
    PairCandidate {
        /// The position of the pair in the list.
        pair: usize,
        /// The candidate it names.
        candidate: CandidateIx,
    },
    /// A pair names an opening that does not exist.
    PairOpening {
        /// The position of the pair in the list.
        pair: usize,
        /// The opening it names.
        opening: OpeningIx,
    },
    /// A pair's score is too high.
    Score {
        /// The position of the pair in the list.
        pair: usize,
        /// The score given.
        score: u32,
    },
    /// A candidate and an opening are paired more than once.
    PairTwice {
        /// The position of the later pair in the list.
        pair: usize,
        /// The position of the earlier one.
        first: usize,
    },
    /// A reserve names an opening that does not exist.
    ReserveOpening {
        /// The position of the reserve in the list.
        reserve: usize,
        /// The opening it names.
        opening: OpeningIx,
    },
    /// A reserve names a candidate that does not exist.
    ReserveMember {
        /// The position of the reserve in the list.
        reserve: usize,
        /// The candidate it names.
        candidate: CandidateIx,
    },
    /// A reserve asks for more seats than its opening has.
    ReserveSeats {
        /// The position of the reserve in the list.
        reserve: usize,
        /// The seats it asks for.
        seats: u32,
        /// The seats the opening has.
        of: u32,
    },
    /// A candidate belongs to two reserves of one opening.
    ReservesCross {
        /// The position of the later reserve in the list.
        reserve: usize,
        /// The position of the earlier one.
        first: usize,
        /// Who belongs to both.
        candidate: CandidateIx,
    },
}

impl fmt::Display for InstanceFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { .. } | Self::Tiers { .. } | Self::CapZero => self.about_the_whole(out),
            Self::Tier { .. } | Self::Household { .. } | Self::Lot { .. } | Self::LotTwice { .. } => {
                self.about_a_candidate(out)
            }
            Self::PairCandidate { .. }
            | Self::PairOpening { .. }
            | Self::Score { .. }
            | Self::PairTwice { .. } => self.about_a_pair(out),
            Self::ReserveOpening { .. }
            | Self::ReserveMember { .. }
            | Self::ReserveSeats { .. }
            | Self::ReservesCross { .. } => self.about_a_reserve(out),
        }
    }
}

impl InstanceFault {
    fn about_the_whole(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { rows } => {
                write!(
                    out,
                    "{rows} candidates, openings, households and reserves; split the instance so that there are at most {MAX_ROWS}"
                )
            }
            Self::Tiers { tiers } => write!(out, "{tiers} tiers; give 1 to {MAX_TIERS}"),
            _ => write!(out, "household cap 0 would place nobody; give 1 or more, or no cap"),
        }
    }

    fn about_a_candidate(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tier { candidate, tier, tiers } => {
                write!(
                    out,
                    "candidate {}: tier {tier}; tiers count from 0, give one below {tiers}",
                    candidate.get()
                )
            }
            Self::Household { candidate, household, households } => {
                let (row, of) = (candidate.get(), household.get());
                write!(
                    out,
                    "candidate {row}: household {of}; give one below {households} or raise the number of households"
                )
            }
            Self::Lot { candidate, lot } => {
                write!(
                    out,
                    "candidate {}: lot {lot}; lots count from 0, give one below the number of candidates",
                    candidate.get()
                )
            }
            Self::LotTwice { candidate, first, lot } => {
                let (row, other) = (candidate.get(), first.get());
                write!(
                    out,
                    "candidate {row}: lot {lot} is already that of candidate {other}; give each candidate a lot of its own"
                )
            }
            _ => Ok(()),
        }
    }

    fn about_a_pair(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PairCandidate { pair, candidate } => {
                write!(
                    out,
                    "pair {pair}: there is no candidate {}; name one of the candidates",
                    candidate.get()
                )
            }
            Self::PairOpening { pair, opening } => {
                write!(out, "pair {pair}: there is no opening {}; name one of the openings", opening.get())
            }
            Self::Score { pair, score } => {
                write!(out, "pair {pair}: score {score}; give at most {MAX_SCORE}")
            }
            Self::PairTwice { pair, first } => {
                write!(
                    out,
                    "pair {pair}: the same candidate and opening as pair {first}; keep one of the two"
                )
            }
            _ => Ok(()),
        }
    }

    fn about_a_reserve(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReserveOpening { reserve, opening } => {
                write!(
                    out,
                    "reserve {reserve}: there is no opening {}; name one of the openings",
                    opening.get()
                )
            }
            Self::ReserveMember { reserve, candidate } => {
                write!(
                    out,
                    "reserve {reserve}: there is no candidate {}; name one of the candidates",
                    candidate.get()
                )
            }
            Self::ReserveSeats { reserve, seats, of } => {
                write!(
                    out,
                    "reserve {reserve}: {seats} seats of an opening that has {of}; reserve at most as many as there are"
                )
            }
            Self::ReservesCross { reserve, first, candidate } => {
                let row = candidate.get();
                write!(
                    out,
                    "reserve {reserve}: candidate {row} is already in reserve {first} of the same opening; let each candidate count for one of them"
                )
            }
            _ => Ok(()),
        }
    }
}

impl Error for InstanceFault {}

/// Everything that is wrong with the numbers of an instance; at least one fault, in the order of the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceFaults(pub(super) Vec<InstanceFault>);

impl InstanceFaults {
    /// The faults one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, InstanceFault> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a InstanceFaults {
    type Item = &'a InstanceFault;
    type IntoIter = std::slice::Iter<'a, InstanceFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for InstanceFaults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            if number > 0 {
                out.write_str("; ")?;
            }
            write!(out, "{fault}")?;
        }
        Ok(())
    }
}

impl Error for InstanceFaults {}
