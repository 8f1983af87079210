//! What can be wrong with a plan or with its proof.

use std::error::Error;
use std::fmt;

use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};
use crate::instance::Level;

/// What a price belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priced {
    /// A household.
    Household(HouseholdIx),
    /// An opening.
    Opening(OpeningIx),
    /// A reserved seat of a group, by the position of the group in the instance.
    Reserve(usize),
    /// The cap of a group, by the position of the group in the instance.
    Cap(usize),
}

impl fmt::Display for Priced {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Household(row) => write!(out, "household {}", row.get()),
            Self::Opening(row) => write!(out, "opening {}", row.get()),
            Self::Reserve(row) => write!(out, "reserve of group {row}"),
            Self::Cap(row) => write!(out, "cap of group {row}"),
        }
    }
}

/// Why a certificate proves nothing. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// The certificate was made for another instance or another plan.
    AnotherSubject,
    /// A list has not one entry for each row.
    Shape {
        /// Which list.
        of: &'static str,
        /// How many entries it has.
        found: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// The plan places a candidate in an opening that they are not paired with.
    NoSuchPair {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// The plan uses more seats than an opening has.
    TooManyPlaced {
        /// Where.
        opening: OpeningIx,
        /// How many are placed there.
        placed: u32,
        /// How many seats there are.
        seats: u32,
    },
    /// The plan places more members of a household than its cap allows.
    CapExceeded {
        /// Which household.
        household: HouseholdIx,
        /// How many members are placed.
        placed: u32,
        /// How many may be.
        cap: u32,
    },
    /// The plan places more people of a group than its cap allows.
    GroupExceeded {
        /// The position of the group.
        group: usize,
        /// How many are placed.
        placed: u32,
        /// How many may be.
        cap: u32,
    },
    /// The plan does not place a candidate where an officer fixed them.
    PinMissed {
        /// Who.
        candidate: CandidateIx,
        /// Where they should be.
        opening: OpeningIx,
    },
    /// A placed candidate's pair is worth less than the prices along its way.
    PaysTooMuch {
        /// Who.
        candidate: CandidateIx,
    },
    /// A price is so large that sums of it cannot be trusted.
    PriceTooLarge {
        /// Whose price.
        of: Priced,
    },
    /// A price is below nothing.
    NegativePrice {
        /// Whose price.
        of: Priced,
    },
    /// There is a price where there is nothing to sell: an opening without seats, a household without a cap.
    PriceOfNothing {
        /// Whose price.
        of: Priced,
    },
    /// The prices along a pair are together less than the pair is worth.
    NotCovered {
        /// Who.
        candidate: CandidateIx,
        /// Where.
        opening: OpeningIx,
    },
    /// The plan achieves another sum than the prices prove to be the greatest.
    BoundDiffers {
        /// The most important level on which they differ.
        level: Level,
        /// What the plan achieves there.
        plan: i128,
        /// What the prices sum to there.
        bound: i128,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnotherSubject => out.write_str(
                "the certificate belongs to other numbers or to another plan; check it against the files it was written with",
            ),
            Self::Shape { of, found, rows } => {
                write!(out, "{of}: {found} entries for {rows} rows; take plan and certificate from the same run")
            }
            Self::NoSuchPair { .. }
            | Self::TooManyPlaced { .. }
            | Self::CapExceeded { .. }
            | Self::GroupExceeded { .. }
            | Self::PinMissed { .. } => self.about_the_plan(out),
            _ => self.about_the_prices(out),
        }
    }
}

impl Flaw {
    /// The same flaw, its openings by the rows of another list.
    pub(crate) fn with_openings(mut self, row: impl Fn(OpeningIx) -> OpeningIx) -> Self {
        match &mut self {
            Self::NoSuchPair { opening, .. }
            | Self::TooManyPlaced { opening, .. }
            | Self::PinMissed { opening, .. }
            | Self::NotCovered { opening, .. }
            | Self::PriceTooLarge { of: Priced::Opening(opening) }
            | Self::NegativePrice { of: Priced::Opening(opening) }
            | Self::PriceOfNothing { of: Priced::Opening(opening) } => *opening = row(*opening),
            _ => {}
        }
        self
    }

    fn about_the_plan(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPair { candidate, opening } => {
                write!(
                    out,
                    "candidate {}: placed in opening {}, which is not open to them",
                    candidate.get(),
                    opening.get()
                )
            }
            Self::TooManyPlaced { opening, placed, seats } => {
                write!(out, "opening {}: {placed} placed on {seats} seats", opening.get())
            }
            Self::CapExceeded { household, placed, cap } => {
                write!(out, "household {}: {placed} placed under a cap of {cap}", household.get())
            }
            Self::GroupExceeded { group, placed, cap } => {
                write!(out, "group {group}: {placed} placed under a cap of {cap}")
            }
            Self::PinMissed { candidate, opening } => {
                write!(
                    out,
                    "candidate {}: not in opening {}, where they are pinned",
                    candidate.get(),
                    opening.get()
                )
            }
            _ => Ok(()),
        }?;
        out.write_str("; this is not a plan, do not use it")
    }

    fn about_the_prices(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativePrice { of } => write!(out, "{of}: the price is below nothing"),
            Self::PriceOfNothing { of } => write!(out, "{of}: a price, but nothing that it could be for"),
            Self::PaysTooMuch { candidate } => {
                write!(out, "candidate {}: the prices of the place are above its worth", candidate.get())
            }
            Self::PriceTooLarge { of } => write!(out, "{of}: the price is beyond any sum of worths"),
            Self::NotCovered { candidate, opening } => {
                let (row, at) = (candidate.get(), opening.get());
                write!(out, "candidate {row}, opening {at}: the pair is worth more than its prices")
            }
            Self::BoundDiffers { level, plan, bound } => {
                match level {
                    Level::Reserved => out.write_str("reserved seats filled"),
                    Level::Tier(tier) => write!(out, "placed of tier {tier}"),
                    Level::Score => out.write_str("total score"),
                    Level::Kept => out.write_str("placements kept"),
                }?;
                write!(out, ": {plan} in the plan, {bound} by the prices")
            }
            _ => Ok(()),
        }?;
        out.write_str("; do not call the plan optimal, solve again")
    }
}

impl Error for Flaw {}
