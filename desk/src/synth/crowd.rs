//! A crowd for the fair, living where its adverts are.

use serde::Deserialize;

use super::facts::{Facts, csv_rows};
use super::household::{Home, Setting};
use super::people::people;
use super::{Error, Folder, day, people_files, run_file};

/// The committed crowd of `fixtures/fair/`: people, seed of the generator, published seed of the lottery.
pub const FAIR: (u32, &str, Option<&str>) = (700, "fair-1", Some("招聘会公益性岗位抽签 2026年10月14日 3309"));

/// A place in which adverts of the fair lie.
#[derive(Clone, Debug, Deserialize)]
struct FairPlace {
    code: String,
    adverts: u32,
    welfare: u32,
}

/// Draws a crowd for the fair: the tables about people, and `run.toml` under the general policy.
///
/// The openings and employers of the fair are real adverts and no work of the generator. People live in the places
/// of the adverts, most where many adverts are, so that a fair of the whole country still has people in reach.
///
/// # Errors
///
/// A built-in table is broken.
pub fn crowd(candidates: u32, seed: &str, lottery: Option<&str>) -> Result<Folder, Error> {
    let facts = Facts::read()?;
    let fair = &facts.fair;
    let date = day(&fair.date)?;
    let setting = Setting {
        facts: &facts,
        seed,
        date,
        prefix: &fair.prefix,
        mark: &fair.mark,
        rural: fair.rural,
        centre: &[],
        wage: fair.market_wage,
        homes: homes(&facts)?,
        elsewhere: facts.places.iter().filter(|place| place.level == "county").cloned().collect(),
        market: Vec::new(),
        welfare: Vec::new(),
    };
    let mut folder = people_files(&people(&setting, candidates))?;
    folder.push(("run.toml".to_owned(), run_file("general", date, lottery)));
    Ok(folder)
}

fn homes(facts: &Facts) -> Result<Vec<Home>, Error> {
    let listed: Vec<FairPlace> = csv_rows("fair_places.csv", include_str!("data/fair_places.csv"))?;
    let mut homes = Vec::new();
    for at in listed {
        let found = facts.places.iter().find(|place| place.code == at.code);
        let place =
            found.ok_or_else(|| Error::table("fair_places.csv", &format!("no place `{}`", at.code)))?;
        homes.push(Home {
            place: place.clone(),
            label: place.path.clone(),
            weight: Some(at.adverts * at.adverts + 8 * at.welfare),
        });
    }
    Ok(homes)
}
