//! What the generator knows of the world: dated tables with their sources, never numbers in code.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Error;
use super::body::Prior;
use super::places::{Place, places};

/// Shares of the population; `data/population.toml` says what each one is and where it comes from.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Population {
    pub household: HouseholdShares,
    pub income: Poverty,
    pub group: GroupShares,
    pub class: ClassShares,
    pub multiple: Multiple,
    pub age: Ages,
    pub sex: SexShares,
    pub education: EducationShares,
    pub work: Work,
    pub empty: Empty,
    pub profile: ProfileShares,
    pub history: History,
    pub opening: OpeningShares,
}

macro_rules! table {
    ($name:ident { $($field:ident: $type:ty),+ $(,)? }) => {
        /// One table of `data/population.toml`.
        #[derive(Clone, Debug, Deserialize)]
        pub(super) struct $name { $(pub $field: $type),+ }
    };
}

table!(HouseholdShares {
    size: Vec<u32>,
    several_disabled: u32,
    three_or_more: u32,
    also_seeks: u32,
    others_employed: u32,
});
table!(Poverty {
    severe: i32,
    several_disabled: i32,
    nobody_works: i32,
    each_worker: i32,
    low_income: i32,
    marginal: i32,
    watched: i32,
    watched_share: u32,
    recognised_zero: u32,
});
table!(GroupShares { aged_carer: u32, family_member: u32 });
table!(ClassShares {
    share: [u32; 7],
    severe: [u32; 7],
    most_severe_of_severe: [u32; 7],
    third_of_mild: [u32; 7],
});
table!(Multiple { unknown: u32, pairs: Vec<String> });
table!(Ages { from: Vec<u32>, until: Vec<u32>, men: Vec<u32>, women: Vec<u32> });
table!(SexShares { men: u32 });
table!(EducationShares { urban: [u32; 6], rural: [u32; 6], step_up_below_age: u32, postgraduate: u32 });
table!(Work {
    employed: u32,
    registered: u32,
    longest_months: u32,
    willingness: [u32; 4],
    hard_to_employ: u32,
    expired: u32,
    placements: [u32; 3],
});
table!(Empty {
    household: u32,
    status: u32,
    birth: u32,
    class: u32,
    certificate_until: u32,
    education: u32,
    employment: u32,
    willingness: u32,
    hard_to_employ: u32,
    placements: u32,
    position: u32,
    wage: u32,
    forms: u32,
    members: u32,
});
table!(ProfileShares { full: u32, minimum: u32, part: u32, hazard_with_minimum: u32 });
table!(History {
    referred: u32,
    failed_in_a_row: u32,
    count: [u32; 4],
    outcome: [u32; 5],
    channel: [u32; 3],
    named: u32,
    refuses_one: u32,
    services: [u32; 6],
});
table!(OpeningShares {
    seats: Vec<[u32; 2]>,
    accepts_stated: u32,
    accepts_stated_welfare: u32,
    age_stated: u32,
    age_stated_welfare: u32,
    wage_stated: u32,
    confirmed: u32,
    confirmed_welfare: u32,
    severe_only: u32,
    odd_condition: u32,
    reserve: u32,
    closed: u32,
    later: u32,
});

#[derive(Deserialize)]
struct Counties {
    county: Vec<County>,
    fair: Fair,
}

/// The crowd of the fair as the generator sees it; `data/counties.toml`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Fair {
    pub prefix: String,
    pub mark: String,
    pub rural: u32,
    pub market_wage: u32,
    pub date: String,
}

/// A county as the generator sees it; `data/counties.toml`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct County {
    /// Name of its policy.
    pub policy: String,
    /// First letters of every id.
    pub prefix: String,
    /// The character that marks its synthetic names.
    pub mark: String,
    /// The short form, for firms.
    pub short: String,
    /// Codes of the counties and districts that belong to it.
    pub regions: Vec<String>,
    /// Townships where most people live.
    pub centre: Vec<String>,
    /// Share of rural households.
    pub rural: u32,
    /// Share of public-welfare posts among the openings.
    pub welfare: u32,
    /// Shares of public-welfare openings with one, two and three seats.
    pub seats: [u32; 3],
    /// Groups for which seats are reserved.
    pub reserves: Vec<String>,
    /// Kinds of public-welfare posts.
    pub posts: Vec<String>,
    /// A middling wage of the market, yuan a month.
    pub market_wage: u32,
    /// Least and most, yuan a month.
    pub urban_welfare_wage: [u32; 2],
    /// Least and most, yuan a month.
    pub rural_welfare_wage: [u32; 2],
    /// The day of the run.
    pub date: String,
}

/// A kind of opening that folders are filled with; `data/posts.csv`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Post {
    /// Wire name of the kind of opening (`market`, `urban_welfare`, …).
    #[serde(rename = "use")]
    pub kind: String,
    /// Title, as adverts write it.
    pub title: String,
    /// Row of the table of usual posts that says what the work asks.
    pub profile: String,
    /// Occupation code.
    pub occupation: String,
    /// `name:level:weight;…`.
    pub skills: String,
    /// Licences asked for.
    pub licences: String,
    /// Schooling asked for; empty = drawn.
    pub education: String,
    /// Wage in per mille of the county's market wage, `least-most`; empty for public-welfare posts.
    pub wage: String,
    /// Form of employment.
    pub form: String,
    /// Hours a week.
    pub hours: u32,
    /// Wire names of the kinds of employers that offer it.
    pub employers: String,
    /// How often it occurs.
    pub weight: u32,
    /// Class digits of the people who look for it most.
    pub fits: String,
    /// Accepted classes and levels; empty = drawn.
    pub accepts: String,
}

/// A cell of accepted classes and levels as the national platform prints it, and in how many of the 458
/// platform adverts of the real table it occurs; `data/accepts.csv`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct AcceptsText {
    pub text: String,
    pub adverts: u32,
}

/// A suggested demand of a usual post.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct UsualDemand {
    pub kind: String,
    pub item: String,
    pub level: u32,
    pub safety: String,
    pub marginal: String,
}

#[derive(Deserialize)]
struct Accommodations {
    accommodation: Vec<Accommodation>,
}

/// What a place of work can offer, as far as the generator needs it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Accommodation {
    pub zh: String,
    closes: Vec<Closes>,
}

#[derive(Clone, Debug, Deserialize)]
struct Closes {
    item: String,
}

impl Accommodation {
    /// Whether it closes a gap on this item.
    pub(super) fn helps(&self, item: &str) -> bool {
        self.closes.iter().any(|closes| closes.item == item)
    }
}

/// All tables together.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub population: Population,
    pub counties: Vec<County>,
    pub fair: Fair,
    pub posts: Vec<Post>,
    pub accepts: Vec<AcceptsText>,
    pub usual: BTreeMap<String, Vec<UsualDemand>>,
    pub accommodations: Vec<Accommodation>,
    pub priors: Vec<Prior>,
    pub places: Vec<Place>,
}

impl Facts {
    /// Reads the tables that are part of the program.
    pub(super) fn read() -> Result<Self, Error> {
        let mut usual: BTreeMap<String, Vec<UsualDemand>> = BTreeMap::new();
        for demand in csv_rows::<UsualDemand>("demands.csv", include_str!("../../data/demands.csv"))? {
            usual.entry(demand.kind.clone()).or_default().push(demand);
        }
        let accommodations = include_str!("../../../matcher/data/accommodations.toml");
        let Counties { county, fair } = toml_table("counties.toml", include_str!("data/counties.toml"))?;
        Ok(Self {
            population: toml_table("population.toml", include_str!("data/population.toml"))?,
            counties: county,
            fair,
            posts: csv_rows("posts.csv", include_str!("data/posts.csv"))?,
            accepts: csv_rows("accepts.csv", include_str!("data/accepts.csv"))?,
            usual,
            accommodations: toml_table::<Accommodations>("accommodations.toml", accommodations)?
                .accommodation,
            priors: csv_rows("priors.csv", include_str!("data/priors.csv"))?,
            places: places(include_str!("../../data/regions.csv"))?,
        })
    }
}

fn toml_table<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::table(name, &error))
}

/// The rows of a table that is part of the program.
pub(super) fn csv_rows<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Error::table(name, &error))
}
