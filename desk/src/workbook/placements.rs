//! 拟安置 and 未安置说明: who is proposed for which public-welfare post, and why the others are not.

use anzhi::report::{CandidateReport, OutcomeRecord, PlacementRecord, Report};
use anzhi::words::Criterion;

use super::lists::{OPENING, accommodations, columns, criteria, named_opening, person_cells};
use super::table::{Cell, Row, Table};
use crate::messages::{Labels, missing_together, outcome_sentence, text, word};

/// The proposed placements, by opening; ids only, neither class, level nor household status.
pub(super) fn placed<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let weights = &report.policy.weights;
    let scored: Vec<_> = weights.iter().filter(|it| it.criterion != Criterion::Priority).copied().collect();
    let mut heads = columns(language, OPENING);
    heads.extend(columns(language, &[("column.candidate", 18), ("column.tier", 14)]));
    heads.extend(criteria(language, &scored));
    heads.extend(columns(
        language,
        &[
            ("column.assignment_score", 12),
            ("column.accommodations", 16),
            ("column.condition", 18),
            ("column.bring", 22),
        ],
    ));
    let mut placements: Vec<_> = report.plan.placements.iter().collect();
    placements.sort_by(|a, b| (&a.opening, a.tier, &a.candidate).cmp(&(&b.opening, b.tier, &b.candidate)));
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut band = false;
    let mut before = None;
    for it in placements {
        band ^= before.is_some_and(|before| before != &it.opening);
        before = Some(&it.opening);
        rows.push(Row { band, cells: placement_cells(labels, report, it) });
    }
    Table {
        name: "sheet.placements",
        notes: vec![
            text(language, "placements.note").to_owned(),
            text(language, "placements.points_note").to_owned(),
        ],
        columns: heads,
        rows,
        empty: text(language, "placements.none"),
        below: vec![text(language, "overview.signature").to_owned()],
    }
}

fn placement_cells<'a>(
    labels: &Labels<'a>,
    report: &'a Report,
    placement: &'a PlacementRecord,
) -> Vec<Cell<'a>> {
    let language = labels.language();
    let (candidate, opening) = (placement.candidate.as_str(), placement.opening.as_str());
    let mut cells = named_opening(labels, opening);
    cells.extend([Cell::text(candidate), Cell::text(labels.tier(placement.tier))]);
    let pair = labels.ranked(candidate, opening);
    for (at, weight) in report.policy.weights.iter().enumerate() {
        if weight.criterion != Criterion::Priority {
            let points = pair.and_then(|it| it.points.get(at));
            cells.push(points.map_or(Cell::Empty, |points| Cell::Number(u64::from(*points))));
        }
    }
    cells.push(Cell::Score(u64::from(placement.assignment_score)));
    cells.push(accommodations(language, &placement.accommodations));
    let missing = if placement.conditional { placement.missing.as_slice() } else { &[] };
    let (names, papers) = missing_together(language, missing);
    cells.extend([Cell::text(names), Cell::text(papers)]);
    cells
}

/// Everybody for whom a placement is proposed, with the sentence that says why: the one sheet that names groups.
pub(super) fn placed_because<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let heads = [
        ("column.candidate", 18),
        ("column.person_kind", 12),
        ("column.tier", 16),
        ("column.explanation", 120),
    ];
    let placed = report.candidates.iter().filter(|it| matches!(it.outcome, OutcomeRecord::Placed { .. }));
    let cells = |candidate: &'a CandidateReport| {
        let mut cells = person_cells(labels, candidate);
        cells.push(Cell::text(outcome_sentence(labels, report, candidate)));
        cells
    };
    Table {
        name: "sheet.placed_because",
        notes: vec![text(language, "placed_because.note").to_owned()],
        columns: columns(language, &heads),
        rows: placed.map(|it| Row { band: false, cells: cells(it) }).collect(),
        empty: text(language, "placements.none"),
        below: Vec::new(),
    }
}

/// Everybody who holds no post though there are some, with the one reason and the sentence for the window.
pub(super) fn unplaced<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let heads = columns(
        language,
        &[
            ("column.candidate", 18),
            ("column.person_kind", 12),
            ("column.tier", 16),
            ("column.reason", 26),
            ("column.explanation", 96),
            ("column.about", 34),
        ],
    );
    let rows = report.candidates.iter().filter_map(|it| unplaced_cells(labels, report, it));
    Table {
        name: "sheet.unplaced",
        notes: vec![
            text(language, "unplaced.note").to_owned(),
            text(language, "overview.objection").to_owned(),
        ],
        columns: heads,
        rows: rows.map(|cells| Row { band: false, cells }).collect(),
        empty: text(language, "unplaced.none"),
        below: Vec::new(),
    }
}

fn unplaced_cells<'a>(
    labels: &Labels<'a>,
    report: &Report,
    candidate: &'a CandidateReport,
) -> Option<Vec<Cell<'a>>> {
    let OutcomeRecord::Unplaced(reason) = &candidate.outcome else { return None };
    let mut cells = person_cells(labels, candidate);
    cells.push(Cell::text(word(labels.language(), reason.code)));
    cells.push(Cell::text(outcome_sentence(labels, report, candidate)));
    cells.push(reason.opening.as_ref().map_or(Cell::Empty, |id| Cell::text(labels.opening(id.as_str()))));
    Some(cells)
}
