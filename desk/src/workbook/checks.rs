//! 待核实: what is missing, by candidate and datum, with whom to ask and what it would change.

use std::collections::{BTreeMap, BTreeSet};

use anzhi::report::{MissingRecord, Report};
use anzhi::words::{Datum, Item, RuleKind};

use super::lists::columns;
use super::table::{Cell, Row, Table};
use crate::messages::{Labels, join, missing_bring, missing_name, render, text, who_knows, word};

/// What one missing datum of one candidate concerns.
#[derive(Default)]
struct Gap<'a> {
    rules: BTreeSet<RuleKind>,
    openings: BTreeSet<&'a str>,
    conditional: bool,
}

/// One datum, or one capacity.
type What = (Datum, Option<Item>);

/// The table of what is missing. Pairs beyond the length of the lists are not in the report, and not here.
pub(super) fn to_check<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let gaps = gaps(report);
    let mut rows = Vec::new();
    for (at, candidate) in report.candidates.iter().enumerate() {
        let mut push = |cells| rows.push(Row { band: at % 2 == 1, cells });
        let id = candidate.id.as_str();
        for (what, gap) in gaps.get(id).into_iter().flatten() {
            push(gap_cells(labels, id, *what, gap));
        }
        for rise in &candidate.could_rise {
            let group = render(language, "check.group", &[("group", word(language, rise.group))]);
            let bring = text_of_group(labels, rise.group.as_str());
            let effect = render(language, "check.effect_rise", &[("tier", &labels.tier(rise.tier))]);
            push(vec![
                Cell::text(id),
                Cell::text(group),
                Cell::text(bring),
                Cell::text(text(language, "ask.person")),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::text(effect),
            ]);
        }
    }
    Table {
        name: "sheet.to_check",
        notes: vec![text(language, "check.note").to_owned()],
        columns: columns(language, HEADS),
        rows,
        empty: text(language, "check.none"),
        below: Vec::new(),
    }
}

const HEADS: &[(&str, usize)] = &[
    ("column.candidate", 18),
    ("column.datum", 30),
    ("column.bring", 38),
    ("column.ask", 16),
    ("column.rules", 26),
    ("column.openings_count", 14),
    ("column.openings", 44),
    ("column.effect", 32),
];

fn text_of_group(labels: &Labels<'_>, group: &str) -> String {
    render(labels.language(), &format!("bring_group.{group}"), &[])
}

/// Every gap of every candidate: from their own list, from the lists of the openings, from placements on condition.
fn gaps(report: &Report) -> BTreeMap<&str, BTreeMap<What, Gap<'_>>> {
    let mut gaps: BTreeMap<&str, BTreeMap<What, Gap<'_>>> = BTreeMap::new();
    let mut note = |candidate, opening, missing: &[MissingRecord], conditional: bool| {
        for it in missing {
            let gap = gaps.entry(candidate).or_default().entry((it.datum, it.item)).or_default();
            gap.rules.insert(it.rule);
            gap.openings.insert(opening);
            gap.conditional |= conditional;
        }
    };
    for it in &report.plan.placements {
        note(it.candidate.as_str(), it.opening.as_str(), &it.missing, true);
    }
    for candidate in &report.candidates {
        for it in &candidate.to_check {
            note(candidate.id.as_str(), it.id.as_str(), &it.missing, false);
        }
    }
    for opening in &report.openings {
        for it in &opening.to_check {
            note(it.id.as_str(), opening.id.as_str(), &it.missing, false);
        }
    }
    gaps
}

fn gap_cells<'a>(
    labels: &Labels<'_>,
    candidate: &'a str,
    (datum, item): What,
    gap: &Gap<'_>,
) -> Vec<Cell<'a>> {
    let language = labels.language();
    let rule = gap.rules.first().copied().unwrap_or(RuleKind::Function);
    let missing = MissingRecord { rule, datum, item };
    let rules: Vec<_> = gap.rules.iter().map(|rule| word(language, *rule)).collect();
    let openings: Vec<_> = gap.openings.iter().take(3).map(|id| labels.opening(id)).collect();
    let effect = if gap.conditional { "check.effect_condition" } else { "check.effect_standing" };
    vec![
        Cell::text(candidate),
        Cell::text(missing_name(language, &missing)),
        Cell::text(missing_bring(language, &missing)),
        Cell::text(who_knows(language, datum)),
        Cell::text(join(language, &rules)),
        Cell::Number(gap.openings.len() as u64),
        Cell::text(join(language, &openings)),
        Cell::text(text(language, effect)),
    ]
}
