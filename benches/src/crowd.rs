//! Synthetic populations that scoring is measured on, at every [`Size`] and in both [`Variant`]s, drawn from a seed.
//!
//! The trades with what they ask, the accepted classes of real adverts, what a class leaves of each item, and the shares
//! of classes, ages, schooling and households are those of `anzhi synth` (its tables); what a bench needs besides is
//! here: the sizes, the two tightnesses, a province of cities that exists nowhere, and records instead of rows of text,
//! so that two million people are drawn in seconds. Every person, household, opening and place has a stream of its own,
//! so the same (size, variant, seed) gives the same document on every machine.
//!
//! Nobody here is real: every row is marked as synthetic. The records of the engine have no field for a number of
//! identity, where such rows carry a year of birth of the 19th century; the dates of birth are those that make the ages.

mod body;
mod digest;
mod draw;
mod home;
mod opening;
mod person;
mod places;
mod shares;
mod tables;
#[cfg(test)]
mod tests;
mod trade;

use anzhi::input::{CandidateRecord, FORMAT, HouseholdRecord, ReferralRecord};
use anzhi::{Day, Document, Error, Policy, Problem};

use home::Home;
use opening::Market;
use places::Map;
use shares::Shares;
use tables::{Broken, Tables};

pub use digest::digest;

/// The day of the match.
const DAY: &str = "2026-06-30";

/// How many people and openings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// What the command line calls it.
    pub name: &'static str,
    /// People.
    pub people: u32,
    /// Openings.
    pub openings: u32,
    /// Cities, each with its counties, townships and villages.
    cities: u32,
}

/// Every size, the smallest first. All but the province lie in one city, so that the same share of the pairs is in reach.
pub const SIZES: &[Size] = &[
    Size { name: "fair", people: 2_000, openings: 400, cities: 1 },
    Size { name: "town", people: 20_000, openings: 2_000, cities: 1 },
    Size { name: "city", people: 100_000, openings: 10_000, cities: 1 },
    Size { name: "province", people: 2_000_000, openings: 200_000, cities: 14 },
];

impl Size {
    /// The size of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SIZES.iter().find(|size| size.name == name).copied()
    }
}

/// How many of the pairs are eligible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// One or two in a hundred within one city: employers confirm what work asks and name classes as adverts do, people
    /// state how far they go.
    Tight,
    /// About forty in a hundred: most conditions are not stated.
    Loose,
}

impl Variant {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Tight, Self::Loose];

    /// What the command line calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tight => "tight",
            Self::Loose => "loose",
        }
    }

    /// The variant of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.name() == name)
    }
}

/// A population that a seed names.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// How many.
    pub size: Size,
    /// How many of the pairs are eligible.
    pub variant: Variant,
    /// Any number; another number draws another population.
    pub seed: u64,
}

/// Why there is no population.
#[derive(Debug)]
pub enum Failure {
    /// A table of the generator cannot be read.
    Table(Broken),
    /// The engine refused the document as a whole.
    Refused(Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Table(broken) => broken.fmt(f),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

/// The day of the match.
///
/// # Errors
///
/// [`Failure::Table`] would be a fault of this generator.
pub fn day() -> Result<Day, Failure> {
    tables::day(DAY).map_err(Failure::Table)
}

/// What one population is drawn from.
struct Setting {
    crowd: Crowd,
    on: Day,
    shares: Shares,
    tables: Tables,
    map: Map,
}

impl Crowd {
    /// The document.
    ///
    /// # Errors
    ///
    /// [`Failure::Table`] if a table of the generator cannot be read, which would be a fault of the workspace.
    pub fn document(&self) -> Result<Document, Failure> {
        let setting = self.setting().map_err(Failure::Table)?;
        let mut people = People::new(self.size);
        people.fill(&setting);
        let (employers, openings) = Market::draw(&setting);
        Ok(Document {
            format: FORMAT.to_owned(),
            candidates: people.candidates,
            households: people.households,
            employers,
            openings,
            referrals: people.referrals,
            services: Vec::new(),
            regions: setting.map.records,
            skills: setting.tables.skill_records,
        })
    }

    /// The document checked and in order, under the policy `general` on a day of 2026.
    ///
    /// # Errors
    ///
    /// See [`Self::document`]; [`Failure::Refused`] if the engine refuses the document, which no size is big enough for.
    pub fn problem(&self) -> Result<Problem, Failure> {
        Problem::new(self.document()?, Policy::general(), day()?).map_err(Failure::Refused)
    }

    fn setting(&self) -> Result<Setting, Broken> {
        Ok(Setting {
            crowd: *self,
            on: tables::day(DAY)?,
            shares: Shares::of(self.variant),
            tables: Tables::read()?,
            map: Map::draw(self.size.cities, self.seed),
        })
    }
}

/// The records about people as they grow.
struct People {
    candidates: Vec<CandidateRecord>,
    households: Vec<HouseholdRecord>,
    referrals: Vec<ReferralRecord>,
    most: usize,
}

impl People {
    fn new(size: Size) -> Self {
        let most = size.people as usize;
        Self { candidates: Vec::with_capacity(most), households: Vec::new(), referrals: Vec::new(), most }
    }

    /// Household after household until there are enough people; the last one may be cut short.
    fn fill(&mut self, setting: &Setting) {
        for number in 0.. {
            if self.candidates.len() >= self.most {
                break;
            }
            let home = Home::draw(setting, number);
            for seeker in home.seekers.iter().take(self.most - self.candidates.len()) {
                let row = u32::try_from(self.candidates.len()).unwrap_or(u32::MAX);
                let person = person::Draft { setting, home: &home, seeker, row };
                let (record, referrals) = person.draw();
                self.candidates.push(record);
                self.referrals.extend(referrals);
            }
            self.households.push(home.record);
        }
        self.households.shrink_to_fit();
        self.referrals.shrink_to_fit();
    }
}
