//! Names that staff write, found in the tables of places, skills, occupations, accommodations and usual posts.
//!
//! The tables are data (`data/*.csv`, `matcher/data/accommodations.toml`), compiled in; a folder may bring places and
//! skills of its own, which are laid over the built-in ones. Names are compared as headings are.

mod accommodations;
mod occupations;
mod posts;
mod regions;
mod skills;

use serde::de::DeserializeOwned;

pub use accommodations::accommodation;
pub use occupations::{Occupations, is_code};
pub use posts::suggested_demands;
pub use regions::{Place, Region, Regions};
pub use skills::{Skill, Skills};

pub(crate) use crate::headings::key;

/// The rows of a table that is compiled in; a test of each table holds that none is lost.
fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().flatten().collect()
}

/// The entries of a cell that holds a list.
fn entries(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '；', '|', '、']).map(str::trim).filter(|entry| !entry.is_empty())
}
