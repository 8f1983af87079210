//! 岗位广告问题 and 数据问题: what employers should be asked, and what staff should correct.

use std::borrow::Cow;

use anzhi::issue::{IssueCode, Severity};
use anzhi::report::Report;

use super::lists::columns;
use super::table::{Cell, Row, Table};
use super::{Extras, Place};
use crate::messages::{
    Labels, Language, best_change, finding_help, finding_message, found_words, pointed_row, render, text,
    word,
};

/// A finding with its place, whoever found it.
struct Remark<'a> {
    place: Cow<'a, Place>,
    code: IssueCode,
    severity: Severity,
    found: &'a str,
}

/// Everything that was found: by intake first, then the rows set aside, then the rest.
fn everything<'a>(report: &'a Report, extras: &'a Extras, language: Language) -> Vec<Remark<'a>> {
    let faults = extras.faults.iter().map(|it| Remark {
        place: Cow::Borrowed(&it.place),
        code: it.code,
        severity: it.code.severity(),
        found: &it.found,
    });
    let rejected = report.rejected.iter().map(|it| (&it.finding, it.id.as_str()));
    let findings = report.findings.iter().map(|it| (it, ""));
    let engine = rejected.chain(findings).map(|(it, id)| {
        let mut place = locate(extras, language, &it.path);
        if place.id.is_empty() {
            id.clone_into(&mut place.id);
        }
        Remark { place: Cow::Owned(place), code: it.code, severity: it.severity, found: &it.found }
    });
    faults.chain(engine).collect()
}

/// Where a JSON pointer stood: its own place, else that of what holds it; else list, entry and field as the pointer has them.
fn locate(extras: &Extras, language: Language, pointer: &str) -> Place {
    let mut holder = pointer;
    while !holder.is_empty() {
        if let Some(place) = extras.cells.get(holder) {
            return place.clone();
        }
        holder = holder.rsplit_once('/').map_or("", |(before, _)| before);
    }
    let file = pointed_row(language, pointer).unwrap_or_default();
    let column = pointer.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    Place { file, row: None, column, id: String::new() }
}

/// What was found, with a row it points to in the words of the files where they are known.
fn shown(extras: &Extras, language: Language, it: &Remark<'_>) -> String {
    match extras.cells.get(it.found) {
        Some(place) => where_said(language, place),
        None => found_words(language, it.code, it.found),
    }
}

fn where_said(language: Language, place: &Place) -> String {
    let row = place.row.map(|row| row.to_string());
    let key = if row.is_some() { "where.file_row" } else { "where.file" };
    let row = row.unwrap_or_default();
    let said = render(language, key, &[("file", &place.file), ("row", &row), ("column", &place.column)]);
    said.trim().to_owned()
}

/// Remarks about adverts, by opening: a list to telephone from.
pub(super) fn adverts<'a>(labels: &Labels<'a>, report: &'a Report, extras: &'a Extras) -> Table<'a> {
    let language = labels.language();
    let mut found = everything(report, extras, language);
    found.retain(|it| it.severity == Severity::Advert);
    found.sort_by(|a, b| (&a.place.id, a.code).cmp(&(&b.place.id, b.code)));
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut band = false;
    let mut before: Option<String> = None;
    for it in &found {
        let id = it.place.id.clone();
        band ^= before.as_ref().is_some_and(|before| *before != id);
        rows.push(Row { band, cells: advert_cells(labels, extras, it) });
        before = Some(id);
    }
    Table {
        name: "sheet.adverts",
        notes: vec![text(language, "advert.note").to_owned()],
        columns: columns(language, ADVERT),
        rows,
        empty: text(language, "advert.none"),
        below: Vec::new(),
    }
}

const ADVERT: &[(&str, usize)] = &[
    ("column.opening", 16),
    ("column.title", 22),
    ("column.employer", 28),
    ("column.code", 8),
    ("column.fault", 40),
    ("column.found", 34),
    ("column.remedy", 38),
    ("column.where", 26),
];

fn advert_cells<'a>(labels: &Labels<'a>, extras: &Extras, it: &Remark<'_>) -> Vec<Cell<'a>> {
    let language = labels.language();
    let opening = labels.opening_record(&it.place.id);
    let employer = opening.map(|it| it.employer_name.as_deref().unwrap_or(it.employer.as_str()));
    vec![
        Cell::text(it.place.id.clone()),
        Cell::text(opening.map_or("", |it| it.title.trim())),
        Cell::text(employer.unwrap_or_default()),
        Cell::text(it.code.as_str()),
        Cell::text(finding_message(language, it.code)),
        Cell::text(shown(extras, language, it)),
        Cell::text(advert_help(labels, it)),
        Cell::text(where_said(language, &it.place)),
    ]
}

/// What to do, and what an opening that nobody can take could change.
fn advert_help(labels: &Labels<'_>, it: &Remark<'_>) -> String {
    let language = labels.language();
    let help = finding_help(language, it.code).to_owned();
    let opening = labels.opening_record(&it.place.id).filter(|_| it.code == IssueCode::NobodyEligible);
    let change = opening.and_then(|opening| best_change(language, &opening.near));
    let change = change.map(|it| render(language, "shortlist.best_change", &[("change", &it)]));
    help + &change.unwrap_or_default()
}

/// Faults in the data, rows set aside first.
pub(super) fn faults<'a>(labels: &Labels<'a>, report: &'a Report, extras: &'a Extras) -> Table<'a> {
    let language = labels.language();
    let mut found = everything(report, extras, language);
    found.retain(|it| it.severity != Severity::Advert);
    found.sort_by_key(|it| it.severity);
    let rows = found.iter().map(|it| Row { band: false, cells: fault_cells(language, extras, it) });
    Table {
        name: "sheet.findings",
        notes: vec![text(language, "faults.note").to_owned()],
        columns: columns(language, FAULT),
        rows: rows.collect(),
        empty: text(language, "faults.none"),
        below: Vec::new(),
    }
}

const FAULT: &[(&str, usize)] = &[
    ("column.taken", 18),
    ("column.file", 24),
    ("column.row", 8),
    ("column.column", 22),
    ("column.id", 16),
    ("column.code", 8),
    ("column.fault", 42),
    ("column.found", 34),
    ("column.remedy", 42),
];

fn fault_cells<'a>(language: Language, extras: &Extras, it: &Remark<'_>) -> Vec<Cell<'a>> {
    vec![
        Cell::text(word(language, it.severity)),
        Cell::text(it.place.file.clone()),
        it.place.row.map_or(Cell::Empty, Cell::Number),
        Cell::text(it.place.column.clone()),
        Cell::text(it.place.id.clone()),
        Cell::text(it.code.as_str()),
        Cell::text(finding_message(language, it.code)),
        Cell::text(shown(extras, language, it)),
        Cell::text(finding_help(language, it.code)),
    ]
}
