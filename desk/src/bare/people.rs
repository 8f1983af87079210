//! `candidates.csv` and `openings.csv`: rows with ids, sorted by them.

use anzhi::instance::MAX_TIERS;

use super::fault::{Fault, Faults};
use super::table::{Column, Row, Table, whole};
use crate::run::{Sentence, files};

const ID: Column = Column::needed("id");
const CANDIDATES: &[Column] =
    &[ID, Column::needed("tier"), Column::optional("household"), Column::optional("kinds")];
const OPENINGS: &[Column] = &[ID, Column::needed("seats")];

/// A candidate as the table has them.
#[derive(Debug, Default)]
pub(super) struct Person {
    /// Counted from 0.
    pub(super) tier: u8,
    pub(super) household: Option<Box<str>>,
    pub(super) kinds: Vec<Box<str>>,
}

/// A row by its id.
#[derive(Debug)]
pub(super) struct Entry<T> {
    pub(super) id: Box<str>,
    pub(super) line: u64,
    pub(super) value: T,
}

/// The candidates in order of id.
pub(super) fn candidates(bytes: &[u8], faults: &mut Faults) -> Option<Vec<Entry<Person>>> {
    let file = files::CANDIDATES;
    let table = Table::open(file, bytes, CANDIDATES, faults)?;
    let people = entries(&table, faults, |row, faults| {
        let tier = number(row, ("tier", 1), file, (1, MAX_TIERS as u64), faults).unwrap_or(1);
        Person {
            tier: u8::try_from(tier.saturating_sub(1)).unwrap_or(0),
            household: text(row, ("household", 2), file, faults),
            kinds: list(row, ("kinds", 3), file, faults),
        }
    });
    some(people)
}

/// A table of nobody is none: its fault is told, and not once more for every row that names somebody.
fn some<T>(entries: Vec<Entry<T>>) -> Option<Vec<Entry<T>>> {
    (!entries.is_empty()).then_some(entries)
}

/// The seats of the openings, in order of id.
pub(super) fn openings(bytes: &[u8], faults: &mut Faults) -> Option<Vec<Entry<u32>>> {
    let file = files::OPENINGS;
    let table = Table::open(file, bytes, OPENINGS, faults)?;
    let seats = |row: Row<'_>, faults: &mut Faults| count(row, ("seats", 1), file, faults).unwrap_or(0);
    some(entries(&table, faults, seats))
}

/// Rows in order of id. An id that comes twice is a fault, and so is a table without a row.
pub(super) fn entries<T>(
    table: &Table<'_>,
    faults: &mut Faults,
    mut value: impl FnMut(Row<'_>, &mut Faults) -> T,
) -> Vec<Entry<T>> {
    let (mut entries, told) = (Vec::new(), faults.count());
    table.rows(false, faults, |row, faults| {
        let value = value(row, faults);
        if let Some(id) = row.name(table.file, ID, 0, faults) {
            entries.push(Entry { id: id.into(), line: row.line(), value });
        }
    });
    if entries.is_empty() && faults.count() == told {
        faults.push(Fault::whole(table.file, Sentence::new("bare_no_rows")));
    }
    entries.sort_by(|one, other| (&one.id, one.line).cmp(&(&other.id, other.line)));
    let mut twice = Vec::new();
    for same in entries.chunk_by(|one, other| one.id == other.id) {
        if let [first, later @ ..] = same {
            twice.extend(later.iter().map(|entry| (entry.line, first.line, entry.id.clone())));
        }
    }
    twice.sort_unstable();
    for (line, first, id) in twice {
        let sentence = Sentence::new("bare_id_twice").with("id", id).with("first", first);
        faults.push(Fault::at(table.file, line, sentence));
    }
    entries.dedup_by(|later, first| later.id == first.id);
    entries
}

/// A cell that may be empty.
pub(super) fn text(
    row: Row<'_>,
    (name, at): (&'static str, usize),
    file: &str,
    faults: &mut Faults,
) -> Option<Box<str>> {
    if row.cell(at).is_empty() {
        return None;
    }
    row.name(file, Column::optional(name), at, faults).map(Into::into)
}

/// The parts of a cell between semicolons.
pub(super) fn list(
    row: Row<'_>,
    column: (&'static str, usize),
    file: &str,
    faults: &mut Faults,
) -> Vec<Box<str>> {
    let whole = text(row, column, file, faults).unwrap_or_default();
    let parts = whole.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(Into::into).collect()
}

/// A number of seats or people.
pub(super) fn count(
    row: Row<'_>,
    column: (&'static str, usize),
    file: &str,
    faults: &mut Faults,
) -> Option<u32> {
    // the highest number of the binary form stands for none
    let number = number(row, column, file, (0, u64::from(u32::MAX - 1)), faults)?;
    u32::try_from(number).ok()
}

fn number(
    row: Row<'_>,
    (name, at): (&'static str, usize),
    file: &str,
    (least, most): (u64, u64),
    faults: &mut Faults,
) -> Option<u64> {
    let number = whole(row.cell(at)).filter(|number| (least..=most).contains(number));
    if number.is_none() {
        let sentence = Sentence::new("bare_number").with("column", name).with("found", row.shown(at));
        faults.push(Fault::at(file, row.line(), sentence.with("least", least).with("most", most)));
    }
    number
}
