//! 推荐名单: the shortlists, by opening and by candidate, each score with the points that make it.

use anzhi::report::{CandidateReport, OpeningReport, RankedRecord, Report, WeightRecord};

use super::table::{Cell, Column, Row, Table};
use crate::messages::{Labels, Language, accommodation_name, best_change, counted, join, render, text, word};

/// Headings of the criteria, with the weights that turn points into the score.
pub(super) fn criteria(language: Language, weights: &[WeightRecord]) -> Vec<Column> {
    let heading = |it: &WeightRecord| {
        let values = [("name", word(language, it.criterion)), ("weight", &it.weight.to_string())];
        Column::new(render(language, "column.criterion", &values), 8)
    };
    weights.iter().map(heading).collect()
}

/// Columns by the keys of their headings and their greatest widths.
pub(super) fn columns(language: Language, keys: &[(&'static str, usize)]) -> Vec<Column> {
    keys.iter().map(|(key, most)| Column::new(text(language, key), *most)).collect()
}

/// Names of accommodations, as a list.
pub(super) fn accommodations<'a>(language: Language, ids: &[String]) -> Cell<'a> {
    let names: Vec<_> = ids.iter().map(|id| accommodation_name(language, id)).collect();
    Cell::text(join(language, &names))
}

fn ranked_cells<'a>(language: Language, pair: &RankedRecord) -> Vec<Cell<'a>> {
    let mut cells: Vec<_> = pair.points.iter().map(|points| Cell::Number(u64::from(*points))).collect();
    cells.push(Cell::Score(u64::from(pair.score)));
    cells.push(accommodations(language, &pair.accommodations));
    let hints: Vec<_> = pair.hints.iter().map(|item| word(language, *item)).collect();
    cells.push(Cell::text(join(language, &hints)));
    cells
}

/// Id, title, employer, kind and place of an opening.
pub(super) fn opening_cells<'a>(labels: &Labels<'a>, opening: &'a OpeningReport) -> Vec<Cell<'a>> {
    vec![
        Cell::text(opening.id.as_str()),
        Cell::text(opening.title.trim()),
        Cell::text(opening.employer_name.as_deref().unwrap_or(opening.employer.as_str())),
        Cell::text(word(labels.language(), opening.kind)),
        Cell::text(labels.place(opening)),
    ]
}

/// The columns of [`opening_cells`].
pub(super) const OPENING: &[(&str, usize)] = &[
    ("column.opening", 14),
    ("column.title", 17),
    ("column.employer", 19),
    ("column.kind", 16),
    ("column.place", 17),
];

const RANKED: &[(&str, usize)] = &[("column.score", 8), ("column.accommodations", 16), ("column.hints", 14)];

/// The shortlist of every opening; one that has none says which rules stand in the way.
pub(super) fn by_opening<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let mut heads = columns(language, OPENING);
    heads.extend(columns(language, &[("column.seats", 6), ("column.rank", 6), ("column.candidate", 18)]));
    heads.extend(criteria(language, &report.policy.weights));
    heads.extend(columns(language, RANKED));
    let mut rows = Vec::new();
    for (at, opening) in report.openings.iter().enumerate() {
        let mut push = |cells| rows.push(Row { band: at % 2 == 1, cells });
        let head = |rank, who| {
            let mut cells = opening_cells(labels, opening);
            cells.extend([Cell::Number(u64::from(opening.seats)), rank, who]);
            cells
        };
        if opening.shortlist.is_empty() {
            push(padded(head(Cell::Empty, Cell::text(nobody(language, opening))), heads.len()));
        }
        for (rank, pair) in (1..).zip(&opening.shortlist) {
            let mut cells = head(Cell::Number(rank), Cell::text(pair.id.as_str()));
            cells.extend(ranked_cells(language, pair));
            push(cells);
        }
    }
    table("sheet.by_opening", language, heads, rows)
}

fn nobody(language: Language, opening: &OpeningReport) -> String {
    let people = |count| counted(language, "count.people", count);
    let barred = opening.barred.iter().filter(|it| it.count > 0).map(|it| {
        let values = [("rule", word(language, it.rule)), ("people", &people(it.count))];
        render(language, "shortlist.barred", &values)
    });
    let barred: Vec<String> = barred.collect();
    let mut said = if barred.is_empty() {
        text(language, "shortlist.nobody").to_owned()
    } else {
        render(language, "shortlist.nobody_barred", &[("barred", &join(language, &barred))])
    };
    if opening.unresolved > 0 {
        said += &render(language, "shortlist.unresolved", &[("people", &people(opening.unresolved))]);
    }
    if let Some(change) = best_change(language, &opening.near) {
        said += &render(language, "shortlist.best_change", &[("change", &change)]);
    }
    said
}

/// The shortlist of every candidate.
pub(super) fn by_candidate<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let mut heads = columns(
        language,
        &[("column.candidate", 18), ("column.person_kind", 10), ("column.tier", 14), ("column.rank", 6)],
    );
    heads.extend(columns(language, OPENING));
    heads.extend(criteria(language, &report.policy.weights));
    heads.extend(columns(language, RANKED));
    let mut rows = Vec::new();
    for (at, candidate) in report.candidates.iter().enumerate() {
        let mut push = |cells| rows.push(Row { band: at % 2 == 1, cells });
        if candidate.shortlist.is_empty() {
            let mut cells = person_cells(labels, candidate);
            cells.extend([Cell::Empty, Cell::Empty, Cell::text(text(language, "shortlist.nothing"))]);
            push(padded(cells, heads.len()));
        }
        for (rank, pair) in (1..).zip(&candidate.shortlist) {
            let mut cells = person_cells(labels, candidate);
            cells.push(Cell::Number(rank));
            cells.extend(named_opening(labels, &pair.id));
            cells.extend(ranked_cells(language, pair));
            push(cells);
        }
    }
    let mut table = table("sheet.by_candidate", language, heads, rows);
    table.notes.push(text(language, "shortlist.nothing_note").to_owned());
    table
}

/// Id, kind and tier of a candidate.
pub(super) fn person_cells<'a>(labels: &Labels<'_>, candidate: &'a CandidateReport) -> Vec<Cell<'a>> {
    vec![
        Cell::text(candidate.id.as_str()),
        Cell::text(word(labels.language(), candidate.kind)),
        candidate.tier.map_or(Cell::Empty, |tier| Cell::text(labels.tier(tier))),
    ]
}

/// The cells of an opening by its id; one that the report lacks keeps its id.
pub(super) fn named_opening<'a>(labels: &Labels<'a>, id: &'a str) -> Vec<Cell<'a>> {
    match labels.opening_record(id) {
        Some(opening) => opening_cells(labels, opening),
        None => padded(vec![Cell::text(id)], OPENING.len()),
    }
}

/// Cells with empty ones behind them, up to so many.
pub(super) fn padded(mut cells: Vec<Cell<'_>>, length: usize) -> Vec<Cell<'_>> {
    cells.resize(length.max(cells.len()), Cell::Empty);
    cells
}

fn table<'a>(name: &'static str, language: Language, columns: Vec<Column>, rows: Vec<Row<'a>>) -> Table<'a> {
    Table {
        name,
        notes: vec![text(language, "shortlist.note").to_owned()],
        columns,
        rows,
        empty: text(language, "shortlist.nobody"),
        below: Vec::new(),
    }
}
