//! Bare instances of every size and shape that solvers are compared on, drawn from a seed, and their binary form.
//!
//! The families stand in one table, [`FAMILIES`]; [`Family::draw`] makes one at any number of people, the same
//! seed and number the same bytes. Families named after a city share the city's people, openings and pairs.

mod draw;
mod extras;
mod parts;
mod tables;
mod write;

pub use tables::Rows;
pub use write::MAGIC;

/// No household, no kind, no cap: the word for "none" wherever a row or a number may be missing.
pub const NONE: u32 = u32::MAX;

/// How many tiers every instance has.
pub const TIERS: u8 = 5;

/// How many of a hundred people are of each tier, first tier first.
const TIER_SHARES: [u32; TIERS as usize] = [7, 10, 20, 28, 35];

/// A bare instance as rows of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bare {
    /// The tier of each candidate, 0 for the first.
    pub tiers: Vec<u8>,
    /// The household of each candidate, or [`NONE`].
    pub household: Vec<u32>,
    /// How many households there are.
    pub households: u32,
    /// Most placements of one household, 0 for any number.
    pub household_cap: u32,
    /// The seats of each opening.
    pub seats: Vec<u32>,
    /// The pairs of candidate `c` stand at `first[c]..first[c + 1]`, by opening.
    pub first: Vec<u64>,
    /// The opening of each pair.
    pub opening: Vec<u32>,
    /// The score of each pair.
    pub score: Vec<u32>,
    /// The candidates of each kind, ascending.
    pub kinds: Vec<Vec<u32>>,
    /// Groups of openings with a reserve or a cap.
    pub groups: Vec<Group>,
}

/// Some openings with a reserve or a cap for a kind of person or for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The openings, ascending.
    pub openings: Vec<u32>,
    /// The row of the kind, or [`NONE`] for everybody.
    pub kind: u32,
    /// Seats kept.
    pub reserve: u32,
    /// What becomes of a kept seat that nobody of the kind takes.
    pub unfilled: Unfilled,
    /// Most placements, or [`NONE`].
    pub cap: u32,
}

/// What becomes of a kept seat that nobody of the kind takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfilled {
    /// It opens to others.
    Opens,
    /// It is left free.
    LeftFree,
}

/// A shape of instances with the size at which it is measured.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// What the command line calls it.
    pub name: &'static str,
    /// People at the size that is measured.
    pub people: u32,
    /// Openings at that size.
    pub openings: u32,
    /// Seats at that size, all openings together.
    pub seats: u32,
    /// Who may take what.
    pairs: Pairs,
    /// How good a pair is.
    scores: Scores,
    /// What there is besides.
    extras: Extras,
}

/// Who may take what.
#[derive(Clone, Copy, Debug)]
enum Pairs {
    Market(Market),
    /// Groups of so many people equal in everything, in such a market.
    Clones(u32, Market),
    /// The first opening has a tenth of all seats and everybody may take it.
    Star(Market),
    /// Each person may take two neighbours; the only free seat is at the far end.
    Chain,
}

/// Regions and trades; a person draws openings of the own region and trade, one in 25 draws from another region.
#[derive(Clone, Copy, Debug)]
struct Market {
    regions: u32,
    /// Of a thousand draws, how many go to another region.
    crossing: u32,
    trades: &'static [Trade],
    /// Fewest draws of a person; two draws of one opening are one pair.
    fewest: u32,
    most: u32,
    /// Whether one opening in a thousand is out of almost everybody's reach.
    remote: bool,
}

/// Shares of a trade, of a thousand.
#[derive(Clone, Copy, Debug)]
struct Trade {
    people: u32,
    openings: u32,
}

/// How good a pair is.
#[derive(Clone, Copy, Debug)]
enum Scores {
    /// Two parts the opening, one the person, seven the pair, from 0 to the number.
    Mixed(u32),
    /// The same up to 10 000 in five steps.
    Steps,
    Equal,
    /// Row of the person times row of the opening, scaled to a thousand million (Machol and Wien 1976).
    Product,
    /// Everybody ranks the openings alike.
    Common,
}

/// What there is besides pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extras {
    None,
    Quota,
    Households,
}

const POINTS: Scores = Scores::Mixed(10_000);
const ONE_TRADE: &[Trade] = &[Trade { people: 1000, openings: 1000 }];
/// Trades that do not fit the openings.
const MISFIT: &[Trade] = &[
    Trade { people: 290, openings: 35 },
    Trade { people: 200, openings: 100 },
    Trade { people: 140, openings: 107 },
    Trade { people: 105, openings: 112 },
    Trade { people: 80, openings: 163 },
    Trade { people: 75, openings: 164 },
    Trade { people: 60, openings: 161 },
    Trade { people: 50, openings: 158 },
];
const CITY: Market =
    Market { regions: 10, crossing: 40, trades: ONE_TRADE, fewest: 20, most: 63, remote: false };
const OPEN: Market = Market { regions: 1, crossing: 0, ..CITY };

/// Every family, in the order in which tables show them.
pub const FAMILIES: &[Family] = &[
    family("county", [2_000, 400, 1_600], Pairs::Market(Market { most: 60, ..OPEN }), POINTS),
    family("city", [50_000, 5_000, 40_000], Pairs::Market(CITY), POINTS),
    family("tight", [50_000, 5_000, 50_000], Pairs::Market(Market { remote: true, ..CITY }), POINTS),
    family(
        "skew",
        [50_000, 5_000, 50_000],
        Pairs::Market(Market { trades: MISFIT, fewest: 28, most: 88, ..CITY }),
        POINTS,
    ),
    family("coarse", [50_000, 5_000, 40_000], Pairs::Market(CITY), Scores::Steps),
    family("ties", [50_000, 5_000, 40_000], Pairs::Market(CITY), Scores::Equal),
    Family { extras: Extras::Quota, ..family("quota", [50_000, 5_000, 40_000], Pairs::Market(CITY), POINTS) },
    Family {
        extras: Extras::Households,
        ..family("household", [50_000, 5_000, 40_000], Pairs::Market(CITY), POINTS)
    },
    family("wide", [50_000, 5_000, 40_000], Pairs::Market(CITY), Scores::Mixed(100_000_000)),
    family(
        "giant",
        [100_000, 10_000, 20_000],
        Pairs::Market(Market { fewest: 30, most: 72, ..CITY }),
        POINTS,
    ),
    family(
        "province",
        [1_000_000, 100_000, 800_000],
        Pairs::Market(Market { regions: 100, crossing: 0, most: 61, ..CITY }),
        POINTS,
    ),
    family("machol", [20_000, 2_000, 20_000], Pairs::Market(OPEN), Scores::Product),
    family("common", [30_000, 3_000, 24_000], Pairs::Market(CITY), Scores::Common),
    family("lowdeg", [50_000, 5_000, 40_000], Pairs::Market(Market { fewest: 2, most: 4, ..CITY }), POINTS),
    family("clones", [20_000, 2_000, 16_000], Pairs::Clones(50, CITY), POINTS),
    family("onestar", [20_000, 2_000, 20_000], Pairs::Star(Market { fewest: 10, most: 30, ..CITY }), POINTS),
    family("chain", [20_000, 20_000, 20_000], Pairs::Chain, POINTS),
];

const fn family(name: &'static str, size: [u32; 3], pairs: Pairs, scores: Scores) -> Family {
    let [people, openings, seats] = size;
    Family { name, people, openings, seats, pairs, scores, extras: Extras::None }
}

impl Family {
    /// The family of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FAMILIES.iter().find(|family| family.name == name).copied()
    }

    /// The same shape at another number of people, at least one: openings and seats in proportion.
    #[must_use]
    pub fn sized(mut self, people: u32) -> Self {
        let people = people.max(1);
        let scaled = |number: u32| {
            let scaled = u64::from(number) * u64::from(people) / u64::from(self.people);
            u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
        };
        (self.openings, self.seats) = (scaled(self.openings), scaled(self.seats));
        self.people = people;
        self
    }
}

#[cfg(test)]
mod tests;
