//! The tables that `anzhi synth` draws from, as records.

use std::fmt;

use anzhi::Day;
use anzhi::ids::SkillId;
use anzhi::input::SkillRecord;
use anzhi::text::ShortText;
use anzhi::words::Item;
use anzhi_desk::lookup::Skills;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::trade::{Advert, Trade, trades};

const POSTS: &str = include_str!("../../../desk/src/synth/data/posts.csv");
const ADVERTS: &str = include_str!("../../../desk/src/synth/data/accepts.csv");
const PRIORS: &str = include_str!("../../../desk/src/synth/data/priors.csv");
const POPULATION: &str = include_str!("../../../desk/src/synth/data/population.toml");

/// A table of the generator that cannot be read.
#[derive(Debug)]
pub struct Broken(String);

impl Broken {
    pub(super) fn new(table: &str, cause: &dyn fmt::Display) -> Self {
        Self(format!("{table} cannot be used: {cause}"))
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

/// Everything that is the same in every population.
pub(super) struct Tables {
    pub(super) trades: Vec<Trade>,
    pub(super) adverts: Vec<Advert>,
    pub(super) priors: Vec<Prior>,
    pub(super) population: Population,
    /// Every skill of the desk's table that a trade can ask or a person hold, the commonest first.
    pub(super) skills: Vec<SkillId>,
    pub(super) skill_records: Vec<SkillRecord>,
    /// Licences, the commonest first.
    pub(super) licences: Vec<ShortText>,
}

impl Tables {
    pub(super) fn read() -> Result<Self, Broken> {
        let trades = trades(&rows("posts.csv", POSTS)?)?;
        let used: Vec<SkillId> = trades.iter().flat_map(Trade::skill_ids).cloned().collect();
        let skill_records = Skills::built_in().records(&used);
        let mut skills: Vec<SkillId> = skill_records.iter().map(|record| record.id.clone()).collect();
        let uses = |id: &SkillId| used.iter().filter(|it| *it == id).count();
        skills.sort_by_key(|id| std::cmp::Reverse(uses(id)));
        let mut licences: Vec<ShortText> = trades.iter().flat_map(|trade| trade.licences.clone()).collect();
        licences.sort_unstable();
        licences.dedup();
        Ok(Self {
            adverts: rows("accepts.csv", ADVERTS)?.iter().map(Advert::read).collect(),
            priors: rows("priors.csv", PRIORS)?.into_iter().map(Prior::read).collect::<Result<_, _>>()?,
            population: toml::from_str(POPULATION).map_err(|error| Broken::new("population.toml", &error))?,
            trades,
            skills,
            skill_records,
            licences,
        })
    }
}

fn rows<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, Broken> {
    let read: Result<_, _> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
    read.map_err(|error| Broken::new(name, &error))
}

/// A day that stands in the code or in a table.
pub(super) fn day(text: &str) -> Result<Day, Broken> {
    text.parse().map_err(|error| Broken::new("a day", &error))
}

/// What a class at each level usually leaves of an item; `part` tells apart the ways in which one class may be lived
/// with, `share` how often each occurs.
pub(super) struct Prior {
    pub(super) class: u8,
    pub(super) part: String,
    pub(super) share: u32,
    pub(super) item: Item,
    /// Least and most, by level.
    pub(super) left: [(u32, u32); 4],
}

#[derive(Deserialize)]
struct PriorRow {
    class: u8,
    part: String,
    share: u32,
    item: Item,
    level1: String,
    level2: String,
    level3: String,
    level4: String,
}

impl Prior {
    fn read(row: PriorRow) -> Result<Self, Broken> {
        let range = |text: &str| range(text).ok_or_else(|| Broken::new("priors.csv", &text));
        let left = [range(&row.level1)?, range(&row.level2)?, range(&row.level3)?, range(&row.level4)?];
        Ok(Self { class: row.class, part: row.part, share: row.share, item: row.item, left })
    }
}

/// Two whole numbers with a hyphen between them.
pub(super) fn range(text: &str) -> Option<(u32, u32)> {
    let (least, most) = text.split_once('-')?;
    Some((least.parse().ok()?, most.parse().ok()?))
}

/// Shares of the population, per mille; the file says where each comes from.
#[derive(Deserialize)]
pub(super) struct Population {
    pub(super) household: Households,
    pub(super) income: Poverty,
    pub(super) class: Classes,
    pub(super) multiple: Multiple,
    pub(super) age: Ages,
    pub(super) sex: Sexes,
    pub(super) education: Schooling,
    pub(super) work: Work,
    pub(super) opening: Adverts,
}

#[derive(Deserialize)]
pub(super) struct Households {
    pub(super) size: Vec<u32>,
    pub(super) several_disabled: u32,
    pub(super) also_seeks: u32,
    pub(super) others_employed: u32,
}

#[derive(Deserialize)]
pub(super) struct Poverty {
    pub(super) severe: i32,
    pub(super) several_disabled: i32,
    pub(super) nobody_works: i32,
    pub(super) each_worker: i32,
    pub(super) low_income: i32,
    pub(super) marginal: i32,
    pub(super) watched: i32,
}

#[derive(Deserialize)]
pub(super) struct Classes {
    pub(super) share: [u32; 7],
    pub(super) severe: [u32; 7],
    pub(super) most_severe_of_severe: [u32; 7],
    pub(super) third_of_mild: [u32; 7],
}

#[derive(Deserialize)]
pub(super) struct Multiple {
    pub(super) unknown: u32,
    pub(super) pairs: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Ages {
    pub(super) from: Vec<u32>,
    pub(super) until: Vec<u32>,
    pub(super) men: Vec<u32>,
    pub(super) women: Vec<u32>,
}

#[derive(Deserialize)]
pub(super) struct Sexes {
    pub(super) men: u32,
}

#[derive(Deserialize)]
pub(super) struct Schooling {
    pub(super) urban: [u32; 6],
    pub(super) rural: [u32; 6],
    pub(super) step_up_below_age: u32,
}

#[derive(Deserialize)]
pub(super) struct Work {
    pub(super) employed: u32,
    pub(super) registered: u32,
    pub(super) longest_months: u32,
    pub(super) hard_to_employ: u32,
    pub(super) expired: u32,
    pub(super) placements: [u32; 3],
}

#[derive(Deserialize)]
pub(super) struct Adverts {
    /// Seats, and how many adverts print that number.
    pub(super) seats: Vec<[u32; 2]>,
    pub(super) wage_stated: u32,
    pub(super) closed: u32,
}
