//! `groups.csv`: reserves and caps.

use anzhi::ids::{KindIx, OpeningIx};
use anzhi::instance::{Group, Unfilled};

use super::fault::{Fault, Faults};
use super::ids::Ids;
use super::people::{Entry, count, entries, list, text};
use super::table::{Column, Row, Table};
use crate::run::{Sentence, files};

pub(super) const COLUMNS: &[Column] = &[
    Column::needed("id"),
    Column::optional("openings"),
    Column::optional("kind"),
    Column::optional("reserve"),
    Column::optional("unfilled"),
    Column::optional("cap"),
];
const FILE: &str = files::GROUPS;

/// The groups that reserve or limit anything, in the order in which an instance holds them.
pub(super) fn read(bytes: &[u8], (openings, kinds): (&Ids, &Ids), faults: &mut Faults) -> Vec<Entry<Group>> {
    let Some(table) = Table::open(FILE, bytes, COLUMNS, faults) else { return Vec::new() };
    let groups = entries(&table, faults, |row, faults| group(row, (openings, kinds), faults));
    in_order(groups, |entry| &entry.value)
}

/// Groups that reserve or limit nothing left out, the others as an instance sorts them, so that a position in the
/// one is a position in the other.
pub(super) fn in_order<T>(mut groups: Vec<T>, group: impl Fn(&T) -> &Group) -> Vec<T> {
    groups.retain(|it| group(it).reserve > 0 || group(it).cap.is_some());
    groups.sort_by(|one, other| group(one).cmp(group(other)));
    groups
}

fn group(row: Row<'_>, (openings, kinds): (&Ids, &Ids), faults: &mut Faults) -> Group {
    let mut places = Vec::new();
    for name in list(row, ("openings", 1), FILE, faults) {
        if let Some(opening) = openings.find(&name) {
            places.push(OpeningIx::new(opening));
        } else {
            let sentence = Sentence::new("bare_no_opening").with("found", name);
            faults.push(Fault::at(FILE, row.line(), sentence));
        }
    }
    places.sort_unstable();
    places.dedup();
    let kind = text(row, ("kind", 2), FILE, faults).and_then(|name| {
        let kind = kinds.find(&name).map(KindIx::new);
        if kind.is_none() {
            let sentence = Sentence::new("bare_no_kind").with("found", name);
            faults.push(Fault::at(FILE, row.line(), sentence));
        }
        kind
    });
    let unfilled = match row.cell(4) {
        b"" | b"open" => Unfilled::Opens,
        b"free" => Unfilled::LeftFree,
        _ => {
            let sentence = Sentence::new("bare_word").with("column", "unfilled");
            let sentence = sentence.with("found", row.shown(4)).with("words", "open, free");
            faults.push(Fault::at(FILE, row.line(), sentence));
            Unfilled::Opens
        }
    };
    let mut number = |column: (&'static str, usize)| {
        if row.cell(column.1).is_empty() { None } else { count(row, column, FILE, faults) }
    };
    let (reserve, cap) = (number(("reserve", 3)).unwrap_or(0), number(("cap", 5)));
    Group { openings: places, kind, reserve, unfilled, cap }
}
