//! Synthetic folders: counties that never were, for trials, tests and benches.
//!
//! [`county`] draws a county of one of the five policies, [`crowd`] a crowd for a fair. Both are pure: the same
//! [`Spec`] gives the same bytes on every machine (whole numbers only, a generator of our own). No row describes a
//! person: every ID number has a year of birth in the 19th century, every name says that it is synthetic.
//! Shares and amounts stand in `data/`, each with its source or marked as invented.

mod body;
mod candidate;
mod crowd;
mod employer;
mod facts;
mod history;
mod household;
mod number;
mod opening;
mod people;
mod person;
mod places;
mod random;
mod table;

use std::path::Path;
use std::{fmt, fs, io};

use anzhi::day::Day;

pub use crowd::{FAIR, crowd};
use employer::employers;
use facts::{County, Facts};
use household::{Home, Offer, Setting};
use opening::Market;
use people::{People, people};
use places::Place;
use table::{Headings, Row};

/// The committed folders under `fixtures/counties/`: policy, candidates, openings, seed of the generator, and the
/// seed of the lottery where one was published.
pub const COUNTIES: [(&str, u32, u32, &str, Option<&str>); 5] = [
    ("xinhuang", 850, 170, "xinhuang-1", Some("新晃县公益性岗位抽签 2024年6月28日 第1期 73-05-91-28")),
    ("zhongshan", 1500, 400, "zhongshan-1", None),
    ("panjin", 1800, 420, "panjin-1", Some("盘锦市公益性岗位抽签 2024年6月28日 0419")),
    ("dianjiang", 1300, 300, "dianjiang-1", Some("垫江县公益性岗位抽签 2024年6月28日 第2期 16-44-02-87")),
    ("jizhou", 2400, 560, "jizhou-1", Some("蓟州区公益性岗位抽签 2024年6月28日 5527")),
];

/// Files of a folder in the order in which they are written: name and bytes.
pub type Folder = Vec<(String, Vec<u8>)>;

/// Why a folder could not be drawn.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    fn table(name: &str, cause: &dyn fmt::Display) -> Self {
        Self(format!("the built-in table `{name}` cannot be used: {cause}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// What to draw.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Policy whose county it is: `xinhuang`, `zhongshan`, `panjin`, `dianjiang` or `jizhou`.
    pub policy: String,
    /// People taking part.
    pub candidates: u32,
    /// Openings, public-welfare posts among them.
    pub openings: u32,
    /// Any text; another text draws another county.
    pub seed: String,
    /// The published seed of the lottery, written to `run.toml`; `None` = no lottery was held, the plan is a draft.
    pub lottery: Option<String>,
}

/// Draws a county: the six tables and `run.toml`.
///
/// Costs a few milliseconds for each thousand people.
///
/// # Errors
///
/// The policy has no county of its own, or a built-in table is broken.
pub fn county(spec: &Spec) -> Result<Folder, Error> {
    let facts = Facts::read()?;
    let Some(county) = facts.counties.iter().find(|county| county.policy == spec.policy) else {
        let known: Vec<&str> = facts.counties.iter().map(|county| county.policy.as_str()).collect();
        let (policy, known) = (&spec.policy, known.join(", "));
        return Err(Error(format!("the policy `{policy}` has no county of its own; choose one of {known}")));
    };
    let date = day(&county.date)?;
    let places = townships(&facts, county);
    let work = openings(&facts, county, &places, (spec, date));
    let setting = Setting {
        facts: &facts,
        seed: &spec.seed,
        date,
        prefix: &county.prefix,
        mark: &county.mark,
        rural: county.rural,
        centre: &county.centre,
        wage: county.market_wage,
        homes: places.iter().map(home).collect(),
        elsewhere: elsewhere(&facts, county),
        market: work.market,
        welfare: work.welfare,
    };
    let mut folder = people_files(&people(&setting, spec.candidates))?;
    let headings = Headings::read()?;
    folder.insert(2, headings.file("employers", &work.employers)?);
    folder.insert(3, headings.file("openings", &work.openings)?);
    folder.push(("run.toml".to_owned(), run_file(&spec.policy, date, spec.lottery.as_deref())));
    Ok(folder)
}

/// Writes the files of a folder, which is made where it is missing.
///
/// # Errors
///
/// A file of that name is there already, or the place cannot be written to.
pub fn write(folder: &Folder, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for (name, bytes) in folder {
        let mut file = fs::File::create_new(to.join(name))?;
        io::Write::write_all(&mut file, bytes)?;
    }
    Ok(())
}

/// The tables 求职者, 家庭, 推荐记录, 服务记录.
fn people_files(people: &People) -> Result<Folder, Error> {
    let headings = Headings::read()?;
    [
        ("candidates", &people.candidates),
        ("households", &people.households),
        ("referrals", &people.referrals),
        ("services", &people.services),
    ]
    .iter()
    .map(|(sheet, rows)| headings.file(sheet, rows))
    .collect()
}

fn day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|error| Error::table("counties.toml", &error))
}

fn townships(facts: &Facts, county: &County) -> Vec<Place> {
    let within = |place: &&Place| {
        place.level == "township"
            && county.regions.iter().any(|region| place.code.starts_with(region.as_str()))
    };
    // zones, forest farms and the like have codes from 400 on and hardly anybody lives there
    let inhabited = |place: &&Place| place.code.get(6..7) != Some("4");
    facts.places.iter().filter(within).filter(inhabited).cloned().collect()
}

fn home(place: &Place) -> Home {
    Home { label: place.name.clone(), place: place.clone(), weight: None }
}

/// Counties of the same province outside this one.
fn elsewhere(facts: &Facts, county: &County) -> Vec<Place> {
    let province = county.regions.first().and_then(|code| code.get(..2)).unwrap_or_default();
    let outside = |place: &&Place| {
        place.level == "county" && place.code.starts_with(province) && !county.regions.contains(&place.code)
    };
    facts.places.iter().filter(outside).cloned().collect()
}

/// The market of a county and its public-welfare posts.
struct Work {
    employers: Vec<Row>,
    openings: Vec<Row>,
    market: Vec<Offer>,
    welfare: Vec<Offer>,
}

fn openings(facts: &Facts, county: &County, places: &[Place], (spec, date): (&Spec, Day)) -> Work {
    let seed = &spec.seed;
    let posts = (spec.openings * county.welfare + 500) / 1000;
    let employers = employers(seed, county, places, (spec.openings - posts) * 55 / 100);
    let market = Market { facts, county, places, employers: &employers, seed, date };
    let openings: Vec<Row> = (1..=spec.openings).map(|number| market.row(number, number <= posts)).collect();
    let mut offers: Vec<Offer> = openings.iter().map(Offer::of).collect();
    Work {
        market: offers.split_off(posts.min(spec.openings) as usize),
        welfare: offers,
        openings,
        employers: employers.iter().map(|employer| employer.row(seed)).collect(),
    }
}

fn run_file(policy: &str, date: Day, lottery: Option<&str>) -> Vec<u8> {
    let seed = lottery.map_or(String::new(), |seed| format!("seed = {seed:?}\n"));
    format!("policy = \"{policy}\"\ndate = \"{date}\"\n{seed}").into_bytes()
}
