//! What tells the tight variant from the loose one, per mille unless a line says otherwise. All of it is invented, so
//! that the shares of eligible pairs come out (the test pins them); calibrated shares stand in the tables of `anzhi synth`.

use super::Variant;

/// Shares of a variant.
pub(super) struct Shares {
    /// Adverts that name the classes that they accept.
    pub(super) accepts: u32,
    /// Of these, adverts that accept everybody.
    pub(super) accepts_all: u32,
    /// Openings whose employer has confirmed what the work asks.
    pub(super) confirmed: u32,
    /// Duties that can be given to somebody else, of the confirmed ones.
    pub(super) marginal: u32,
    /// Openings that state schooling.
    pub(super) education: u32,
    /// Openings that limit ages.
    pub(super) ages: u32,
    /// Public-welfare posts.
    pub(super) welfare: u32,
    /// People who state how far they go.
    pub(super) commute: u32,
    /// Of those, how many go so far: [`COMMUTES`].
    pub(super) commutes: [u32; 6],
    /// People without a wish to work.
    pub(super) unwilling: u32,
    /// Further people without certificate, of households that a group names.
    pub(super) family: u32,
}

/// Farthest commutes that people state, kilometres.
pub(super) const COMMUTES: [u32; 6] = [3, 5, 10, 15, 20, 40];
/// Openings that are done at home.
pub(super) const HOME_BASED: u32 = 40;
/// Cells of a person that nobody filled in, each of the facts that a rule asks for.
pub(super) const UNKNOWN: u32 = 15;
/// People whose functional items are known in part, and people who were asked for none.
pub(super) const PART_KNOWN: [u32; 2] = [40, 15];
/// Places that are known by the division alone: of people, of openings.
pub(super) const DIVISION_ONLY: [u32; 2] = [150, 400];
/// Wishes (occupation, wage, forms) that nobody stated.
pub(super) const NO_WISH: u32 = 60;
/// People with referrals, and people who refuse an opening by name.
pub(super) const REFERRED: u32 = 150;
pub(super) const REFUSES: u32 = 25;
/// A middling wage of the market, yuan a month.
pub(super) const WAGE: u32 = 4_000;

impl Shares {
    pub(super) const fn of(variant: Variant) -> Self {
        match variant {
            Variant::Tight => Self {
                accepts: 985,
                accepts_all: 0,
                confirmed: 850,
                marginal: 250,
                education: 900,
                ages: 170,
                welfare: 60,
                commute: 970,
                commutes: [300, 350, 240, 80, 25, 5],
                unwilling: 25,
                family: 190,
            },
            Variant::Loose => Self {
                accepts: 400,
                accepts_all: 600,
                confirmed: 400,
                marginal: 500,
                education: 400,
                ages: 60,
                welfare: 30,
                commute: 300,
                commutes: [10, 20, 80, 150, 240, 500],
                unwilling: 10,
                family: 60,
            },
        }
    }
}
