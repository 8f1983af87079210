//! Which column of a table holds which field of a sheet.

use std::collections::BTreeMap;

use anzhi::issue::IssueCode;

use super::Sheet;
use crate::tables::{Cell, Fault, Row, Table, one_line};

/// The columns of one table, by field.
#[derive(Clone, Debug)]
pub struct Binding {
    columns: BTreeMap<&'static str, Bound>,
    readable: bool,
}

#[derive(Clone, Debug)]
struct Bound {
    at: usize,
    heading: String,
    personal: bool,
}

impl Binding {
    /// The column of the table, from 0, that holds a field.
    pub fn at(&self, field: &str) -> Option<usize> {
        self.columns.get(field).map(|bound| bound.at)
    }

    /// The heading of a field as the file writes it, on one line.
    pub fn heading(&self, field: &str) -> Option<&str> {
        self.columns.get(field).map(|bound| bound.heading.as_str())
    }

    /// Whether what a field holds stays in the office.
    pub fn is_personal(&self, field: &str) -> bool {
        self.columns.get(field).is_some_and(|bound| bound.personal)
    }

    /// Whether every column that is needed is there.
    pub const fn is_readable(&self) -> bool {
        self.readable
    }

    /// The fields that have a column, with the column, in the order of the fields' names.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.columns.iter().map(|(field, bound)| (*field, bound.at))
    }
}

/// Finds the columns of a sheet in a table: T105 for a heading that means nothing here, T106 for a second column of
/// the same meaning, T107 for a column that is needed and missing.
///
/// Several columns may lead to one personal field (a form has two telephone numbers): the first is read, none is a
/// fault.
pub fn bind(sheet: &'static Sheet, table: &Table) -> (Binding, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut columns: BTreeMap<&'static str, Bound> = BTreeMap::new();
    let row = table.heading();
    let place = |column: Option<&str>| Cell {
        file: table.file().to_owned(),
        row: row.map(Row::number),
        column: column.map(str::to_owned),
    };
    let headings: Vec<&str> = row.iter().flat_map(|row| row.cells()).collect();
    // A row in which few headings are known may be data, perhaps of people: then no unknown one is shown.
    let filled = headings.iter().filter(|heading| !heading.is_empty()).count();
    let headed = sheet.recognised(&headings) * 2 >= filled;
    for (at, heading) in headings.into_iter().enumerate() {
        let Some(column) = sheet.column(heading) else {
            if headed && !heading.is_empty() {
                let shown = hide_digits(&one_line(heading));
                faults.push(Fault::at(IssueCode::HeadingUnknown, place(Some(&shown)), shown.as_str()));
            }
            continue;
        };
        let bound = Bound { at, heading: one_line(heading), personal: column.personal };
        if let Some(first) = columns.get(column.field.as_str()) {
            if !column.personal {
                let place = place(Some(&one_line(heading)));
                faults.push(Fault::at(IssueCode::HeadingTwice, place, first.heading.clone()));
            }
        } else {
            columns.insert(&column.field, bound);
        }
    }
    let missing =
        sheet.columns.iter().filter(|column| column.required && !columns.contains_key(column.field.as_str()));
    let before = faults.len();
    faults
        .extend(missing.map(|column| Fault::at(IssueCode::HeadingMissing, place(None), column.zh.as_str())));
    let readable = faults.len() == before;
    (Binding { columns, readable }, faults)
}

/// A heading with long runs of digits hidden: where one stands, the file may have no headings at all.
pub(crate) fn hide_digits(heading: &str) -> String {
    let digits = heading.chars().filter(char::is_ascii_digit).count();
    if digits < 6 {
        return heading.to_owned();
    }
    heading.chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect()
}
