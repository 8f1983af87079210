//! A bare instance: people, openings and pairs with scores that somebody else made, without policy or rules.
//!
//! It comes as a folder of CSV tables or as one binary file, and goes into [`anzhi::assign::solve`]; the page
//! `docs/bare.md` describes both forms and what is written. Rows stand in order of id, so that the order of the
//! input reaches neither plan nor digest.

mod binary;
mod blocked;
mod canonical;
mod fault;
mod folder;
mod groups;
mod ids;
mod index;
mod pairs;
mod people;
mod places;
mod proof;
mod record;
mod said;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{Instance, InstanceParts};
use anzhi::plan::Lottery;

use crate::run::{files, unreadable};
use said::said;

pub use binary::{MAGIC, read_binary, write_binary};
pub use blocked::{blocks, refused};
pub use canonical::{plan_table, tables};
pub use fault::{Fault, Faults};
pub use ids::Ids;
pub use places::read_plan;
pub use proof::{PriceRecord, Priced, ProofRecord};
pub use record::{ObjectiveRecord, StableRecord, lottery_named};

/// What is asked for beside the tables.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The lottery.
    pub lottery: Lottery,
    /// Most placements of one household; goes before that of a binary file.
    pub household_cap: Option<u32>,
    /// A plan of which as much is to be kept as the optimum allows.
    pub keep: Option<PathBuf>,
}

/// A bare instance before its numbers are checked, with the names of its rows.
#[derive(Clone, Debug, Default)]
pub struct Bare {
    /// The candidates.
    pub candidates: Ids,
    /// The openings.
    pub openings: Ids,
    /// The households.
    pub households: Ids,
    /// The kinds of person.
    pub kinds: Ids,
    /// The groups that reserve or limit anything, in the order that an instance gives them.
    pub groups: Ids,
    /// The numbers.
    pub parts: InstanceParts,
    /// The lines of the tables that faults of the numbers speak of.
    pub lines: Lines,
    /// The bytes of a binary file, where that is what was read.
    pub binary: Option<Vec<u8>>,
}

/// Lines of tables, the first being 1.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Of each group, in their order.
    pub groups: Vec<u64>,
    /// Of each pin.
    pub pins: BTreeMap<(CandidateIx, OpeningIx), u64>,
}

/// Reads a folder of tables or a binary file. Rows of pairs that cannot be used are set aside and told.
///
/// # Errors
///
/// Everything that is wrong, if anything is that leaves no instance.
pub fn read(input: &Path, asked: &Asked) -> Result<(Bare, Faults), Faults> {
    let mut faults = Faults::default();
    let bare = if input.is_dir() {
        folder::read(input, asked, &mut faults)
    } else {
        one_file(input, asked, &mut faults)
    };
    match bare {
        Some(bare) if !faults.is_fatal() => Ok((bare, faults)),
        _ => Err(faults),
    }
}

fn one_file(path: &Path, asked: &Asked, faults: &mut Faults) -> Option<Bare> {
    let bytes = bytes(path, faults)?;
    let parts = read_binary(&bytes, &asked.lottery);
    let name = path.display().to_string();
    let parts = parts.map_err(|sentence| faults.push(Fault::whole(&name, sentence))).ok()?;
    let mut bare = binary::named(parts, bytes);
    if asked.household_cap.is_some() {
        bare.parts.household_cap = asked.household_cap;
    }
    if let Some(keep) = &asked.keep {
        bare.parts.keep = places::keep(keep, &bare.candidates, &bare.openings, faults);
    }
    Some(bare)
}

/// Checks the numbers and takes them out of the instance that was read.
///
/// # Errors
///
/// Everything that is wrong with them, by the ids, files and lines that they came from.
pub fn instance(bare: &mut Bare) -> Result<Instance, Faults> {
    let checked = Instance::new(std::mem::take(&mut bare.parts));
    checked.map_err(|found| {
        if let Some(bytes) = &bare.binary
            && let Ok(lottery) = Lottery::new(None)
        {
            // faults speak of pairs by position, so they are wanted once more
            bare.parts = read_binary(bytes, &lottery).unwrap_or_default();
        }
        let mut faults = Faults::default();
        faults.extend(found.iter().map(|fault| said(fault, bare)));
        faults
    })
}

/// The bytes of a file that has to be there.
fn bytes(path: &Path, faults: &mut Faults) -> Option<Vec<u8>> {
    let told = |error| {
        let failure = unreadable(path, &error);
        let sentences = failure.sentences.into_iter();
        faults.extend(sentences.map(Fault::plain));
    };
    fs::read(path).map_err(told).ok()
}

/// The instance that lies in a finished result.
pub fn in_result(out: &Path) -> PathBuf {
    let binary = out.join(files::INSTANCE);
    if binary.is_file() { binary } else { out.to_owned() }
}
