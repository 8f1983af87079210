//! 只差一项: who fails one rule alone, and what would help by how much; for talks with employers and with people.

use anzhi::report::{NearRecord, Report};

use super::lists::{OPENING, columns, opening_cells, person_cells};
use super::table::{Cell, Column, Row, Table};
use crate::messages::{Labels, Language, sentence_of, text, what_helps_candidate, what_helps_opening, word};

/// By opening: how many people each rule alone keeps out.
pub(super) fn by_opening<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let mut heads = columns(language, OPENING);
    heads.extend(columns(language, &[("column.eligible", 10)]));
    heads.extend(rule_columns(language, "column.near_people"));
    let mut rows = Vec::new();
    for (at, opening) in report.openings.iter().filter(|it| !it.near.is_empty()).enumerate() {
        for near in opening.near.iter().filter(|it| matters(it)) {
            let mut cells = opening_cells(labels, opening);
            cells.push(Cell::Number(opening.eligible));
            cells.extend(rule_cells(language, near, &what_helps_opening(language, near)));
            rows.push(Row { band: at % 2 == 1, cells });
        }
    }
    let said = ["near_sheet.openings_note", "near_sheet.openings_none"];
    table("sheet.near_openings", language, said, (heads, rows))
}

/// By candidate: at how many openings each rule alone stands in the way.
pub(super) fn by_candidate<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let mut heads =
        columns(language, &[("column.candidate", 18), ("column.person_kind", 10), ("column.tier", 14)]);
    heads.extend(rule_columns(language, "column.near_openings"));
    let mut rows = Vec::new();
    for (at, candidate) in report.candidates.iter().filter(|it| !it.near.is_empty()).enumerate() {
        for near in candidate.near.iter().filter(|it| matters(it)) {
            let mut cells = person_cells(labels, candidate);
            cells.extend(rule_cells(language, near, &what_helps_candidate(language, near)));
            rows.push(Row { band: at % 2 == 1, cells });
        }
    }
    let said = ["near_sheet.candidates_note", "near_sheet.candidates_none"];
    table("sheet.near_candidates", language, said, (heads, rows))
}

/// Whether anybody would be eligible for certain.
fn matters(near: &NearRecord) -> bool {
    near.eligible > 0 || !near.remedies.is_empty()
}

fn rule_columns(language: Language, count: &'static str) -> Vec<Column> {
    columns(
        language,
        &[("column.rule", 18), (count, 12), ("column.near_unresolved", 12), ("column.near_do", 90)],
    )
}

fn rule_cells<'a>(language: Language, near: &NearRecord, helps: &[String]) -> Vec<Cell<'a>> {
    vec![
        Cell::text(word(language, near.rule)),
        Cell::Number(near.eligible),
        Cell::Number(near.unresolved),
        Cell::text(sentence_of(language, helps)),
    ]
}

fn table<'a>(
    name: &'static str,
    language: Language,
    [note, empty]: [&'static str; 2],
    (columns, rows): (Vec<Column>, Vec<Row<'a>>),
) -> Table<'a> {
    let notes = vec![text(language, note).to_owned()];
    Table { name, notes, columns, rows, empty: text(language, empty), below: Vec::new() }
}
