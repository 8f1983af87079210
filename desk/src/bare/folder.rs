//! A folder of tables, put together.

use std::collections::BTreeSet;
use std::path::Path;

use anzhi::ids::{CandidateIx, HouseholdIx};
use anzhi::instance::{CandidateNumbers, InstanceParts};

use super::fault::{Fault, Faults};
use super::ids::Ids;
use super::people::{Entry, Person};
use super::table::Table;
use super::{Asked, Bare, Lines, bytes, groups, pairs, people, places};
use crate::run::{Sentence, files};

/// Reads every table, so that all faults are told at once; `None` if there is no instance to speak of.
pub(super) fn read(folder: &Path, asked: &Asked, faults: &mut Faults) -> Option<Bare> {
    let candidates = needed(folder, files::CANDIDATES, faults).and_then(|it| people::candidates(&it, faults));
    let openings = needed(folder, files::OPENINGS, faults).and_then(|it| people::openings(&it, faults));
    let pairs = needed(folder, files::PAIRS, faults);
    let (Some(candidates), Some(openings)) = (candidates, openings) else {
        headings(folder, pairs, faults);
        return None;
    };
    let mut bare = Bare {
        candidates: names(&candidates),
        openings: names(&openings),
        households: distinct(candidates.iter().filter_map(|it| it.value.household.as_ref())),
        kinds: distinct(candidates.iter().flat_map(|it| &it.value.kinds)),
        ..Bare::default()
    };
    bare.parts = numbers(&bare, &candidates, asked);
    bare.parts.seats = openings.iter().map(|it| it.value).collect();
    if let Some(bytes) = pairs {
        bare.parts.pairs = pairs::read(&bytes, &bare.candidates, &bare.openings, faults).unwrap_or_default();
    }
    further(folder, &mut bare, faults);
    if let Some(keep) = &asked.keep {
        bare.parts.keep = places::keep(keep, &bare.candidates, &bare.openings, faults);
    }
    Some(bare)
}

/// What can be said of the other tables where the people or the openings are not known that their rows name.
fn headings(folder: &Path, pairs: Option<Vec<u8>>, faults: &mut Faults) {
    let others = [(files::GROUPS, groups::COLUMNS), (files::ORDERS, places::ORDERS)];
    let others = others.map(|(name, columns)| (name, columns, optional(folder, name, faults)));
    for (name, columns, bytes) in [(files::PAIRS, pairs::COLUMNS, pairs)].into_iter().chain(others) {
        if let Some(bytes) = bytes {
            let _ = Table::open(name, &bytes, columns, faults);
        }
    }
}

/// The tables that need not be there.
fn further(folder: &Path, bare: &mut Bare, faults: &mut Faults) {
    if let Some(bytes) = optional(folder, files::GROUPS, faults) {
        let groups = groups::read(&bytes, (&bare.openings, &bare.kinds), faults);
        bare.groups = names(&groups);
        bare.lines.groups = groups.iter().map(|it| it.line).collect();
        bare.parts.groups = groups.into_iter().map(|it| it.value).collect();
    }
    if let Some(bytes) = optional(folder, files::ORDERS, faults) {
        let orders = places::orders(&bytes, (&bare.candidates, &bare.openings), faults);
        bare.parts.pins = orders.pins.keys().copied().collect();
        bare.parts.prohibitions = orders.prohibitions;
        bare.lines = Lines { pins: orders.pins, groups: std::mem::take(&mut bare.lines.groups) };
    }
}

fn needed(folder: &Path, name: &str, faults: &mut Faults) -> Option<Vec<u8>> {
    let path = folder.join(name);
    if path.exists() {
        return bytes(&path, faults);
    }
    let sentence = Sentence::new("bare_no_table").with("folder", folder.display()).with("file", name);
    faults.push(Fault::plain(sentence));
    None
}

fn optional(folder: &Path, name: &str, faults: &mut Faults) -> Option<Vec<u8>> {
    let path = folder.join(name);
    if path.exists() { bytes(&path, faults) } else { None }
}

fn names<T>(entries: &[Entry<T>]) -> Ids {
    Ids::named(entries.iter().map(|entry| entry.id.clone()).collect())
}

fn distinct<'n>(names: impl Iterator<Item = &'n Box<str>>) -> Ids {
    let names: BTreeSet<&Box<str>> = names.collect();
    Ids::named(names.into_iter().cloned().collect())
}

fn numbers(bare: &Bare, people: &[Entry<Person>], asked: &Asked) -> InstanceParts {
    let lots = asked.lottery.places_of(people.iter().map(|person| &person.id));
    let mut kinds = vec![Vec::new(); bare.kinds.len()];
    let mut candidates = Vec::with_capacity(people.len());
    for (row, person) in people.iter().enumerate() {
        let candidate = CandidateIx::new(row);
        for kind in &person.value.kinds {
            if let Some(members) = bare.kinds.find(kind).and_then(|kind| kinds.get_mut(kind)) {
                members.push(candidate);
            }
        }
        let household = person.value.household.as_ref();
        candidates.push(CandidateNumbers {
            tier: person.value.tier,
            household: household.and_then(|it| bare.households.find(it)).map(HouseholdIx::new),
            lot: lots.get(candidate).copied().unwrap_or(0),
        });
    }
    for members in &mut kinds {
        members.dedup();
    }
    InstanceParts {
        tiers: people.iter().map(|person| usize::from(person.value.tier) + 1).max().unwrap_or(1),
        candidates,
        households: bare.households.len(),
        household_cap: asked.household_cap,
        kinds,
        ..InstanceParts::default()
    }
}
