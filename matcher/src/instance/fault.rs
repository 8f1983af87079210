//! What can be wrong with the numbers of an instance.

use std::error::Error;
use std::fmt;

use super::groups::Whose;
use super::{MAX_ROWS, MAX_SCORE, MAX_TIERS};
use crate::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};

/// One thing that is wrong with the numbers of an instance. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum InstanceFault {
    /// More candidates, openings, households and groups than row numbers reach.
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
    /// A kind names a candidate that does not exist.
    KindMember {
        /// The position of the kind in the list.
        kind: usize,
        /// The member it names.
        candidate: CandidateIx,
    },
    /// A group names an opening that does not exist.
    GroupOpening {
        /// The position of the group in the list.
        group: usize,
        /// The opening it names.
        opening: OpeningIx,
    },
    /// A group names a kind that does not exist.
    GroupKind {
        /// The position of the group in the list.
        group: usize,
        /// The kind it names.
        kind: KindIx,
    },
    /// A group reserves more seats than it may have placements.
    CapBelowReserve {
        /// The position of the group in the list.
        group: usize,
        /// The seats reserved.
        reserve: u32,
        /// The most placements.
        cap: u32,
    },
    /// Seats are to be left free, but not those of one kind of person at one opening.
    HardReserve {
        /// The position of the group in the list.
        group: usize,
    },
    /// A hard reserve lies inside another group of its opening.
    HardInside {
        /// The position of the group in the list.
        group: usize,
        /// The opening.
        opening: OpeningIx,
    },
    /// The hard reserves of an opening keep more seats than it has.
    ReserveSeats {
        /// The position of the group that is too much.
        group: usize,
        /// The seats kept by it and those before it.
        seats: u64,
        /// The seats there are.
        of: u32,
    },
    /// A group of several openings and one kind has a member with openings inside and outside.
    GroupMixes {
        /// The position of the group in the list.
        group: usize,
        /// The member.
        candidate: CandidateIx,
    },
    /// Two groups, or a group and a household, share something and neither lies in the other.
    GroupsCross {
        /// The position of the one in the list.
        group: usize,
        /// The other.
        with: Crossed,
    },
    /// A pin, a prohibition or a placement to be kept names somebody or something that does not exist.
    OrderOfNobody {
        /// Which list.
        order: Ordered,
        /// The position in it.
        at: usize,
        /// Who is named.
        candidate: CandidateIx,
        /// What is named.
        opening: OpeningIx,
    },
    /// Somebody is pinned to two openings, or has two placements to be kept.
    OrderedTwice {
        /// Which list.
        order: Ordered,
        /// The position in it.
        at: usize,
        /// Who.
        candidate: CandidateIx,
    },
    /// Somebody is pinned to an opening that they may not take.
    PinNoPair {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// More people are pinned to an opening than it has seats for them.
    PinsBeyondSeats {
        /// Where.
        opening: OpeningIx,
        /// How many are pinned.
        pinned: u32,
        /// How many seats there are for them.
        seats: u32,
    },
    /// More people are pinned than a cap allows.
    PinsBeyondCap {
        /// Whose cap; a group by its position among those of the instance.
        of: Whose,
        /// How many are pinned.
        pinned: u32,
        /// How many may be placed.
        cap: u32,
    },
}

/// What a group crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Crossed {
    /// A group, by its position in the list.
    Group(usize),
    /// A household that its cap can bind.
    Household(HouseholdIx),
}

/// What an officer, or the desk, asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ordered {
    /// A placement that is fixed.
    Pin,
    /// A pair that is forbidden.
    Prohibition,
    /// A placement to be kept.
    Keep,
}

impl fmt::Display for Ordered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Pin => "pin",
            Self::Prohibition => "prohibition",
            Self::Keep => "placement to keep",
        })
    }
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
            Self::OrderOfNobody { .. }
            | Self::OrderedTwice { .. }
            | Self::PinNoPair { .. }
            | Self::PinsBeyondSeats { .. }
            | Self::PinsBeyondCap { .. } => self.about_an_order(out),
            _ => self.about_a_group(out),
        }
    }
}

impl InstanceFault {
    fn about_the_whole(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { rows } => {
                write!(
                    out,
                    "{rows} candidates, openings, households and groups; split the instance so that there are at most {MAX_ROWS}"
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

    fn about_a_group(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KindMember { kind, candidate } => {
                let row = candidate.get();
                write!(out, "kind {kind}: there is no candidate {row}; name one of the candidates")
            }
            Self::GroupOpening { group, opening } => {
                let row = opening.get();
                write!(out, "group {group}: there is no opening {row}; name one of the openings")
            }
            Self::GroupKind { group, kind } => {
                write!(out, "group {group}: there is no kind {}; name one of the kinds", kind.get())
            }
            Self::CapBelowReserve { group, reserve, cap } => {
                write!(
                    out,
                    "group {group}: {reserve} seats reserved under a cap of {cap}; raise the cap or reserve fewer"
                )
            }
            Self::HardReserve { group } => {
                write!(
                    out,
                    "group {group}: seats can be left free for a kind of person at one opening only; name the kind and one opening, or let them open to others"
                )
            }
            Self::HardInside { group, opening } => {
                let row = opening.get();
                write!(
                    out,
                    "group {group}: seats of opening {row} are left free for people who are all in another group there; let them open to others, or make the other group smaller"
                )
            }
            Self::ReserveSeats { group, seats, of } => {
                write!(
                    out,
                    "group {group}: {seats} seats are left free at an opening that has {of}; reserve at most as many as there are"
                )
            }
            Self::GroupMixes { group, candidate } => {
                let row = candidate.get();
                write!(
                    out,
                    "group {group}: candidate {row} has openings inside and outside of it; split the share over the openings, one group each"
                )
            }
            Self::GroupsCross { group, with: Crossed::Group(other) } => {
                write!(
                    out,
                    "group {group}: crosses group {other}, they share some and neither lies in the other; divide one of them"
                )
            }
            Self::GroupsCross { group, with: Crossed::Household(household) } => {
                let row = household.get();
                write!(
                    out,
                    "group {group}: crosses household {row}, of whose members it counts only some; let it count them all or none"
                )
            }
            _ => Ok(()),
        }
    }

    fn about_an_order(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrderOfNobody { order, at, candidate, opening } => {
                let (row, place) = (candidate.get(), opening.get());
                write!(
                    out,
                    "{order} {at}: there is no candidate {row} or no opening {place}; name one of each"
                )
            }
            Self::OrderedTwice { order, at, candidate } => {
                let row = candidate.get();
                write!(out, "{order} {at}: candidate {row} already has another; keep one of the two")
            }
            Self::PinNoPair { candidate, opening } => {
                let (row, place) = (candidate.get(), opening.get());
                write!(
                    out,
                    "candidate {row}: pinned to opening {place}, which they may not take; take the pin back or add the pair"
                )
            }
            Self::PinsBeyondSeats { opening, pinned, seats } => {
                let row = opening.get();
                write!(out, "opening {row}: {pinned} people pinned to {seats} seats; take some pins back")
            }
            Self::PinsBeyondCap { of, pinned, cap } => {
                match of {
                    Whose::Group(group) => write!(out, "group {group}"),
                    Whose::Household(household) => write!(out, "household {}", household.get()),
                }?;
                write!(out, ": {pinned} people pinned under a cap of {cap}; take some pins back")
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
