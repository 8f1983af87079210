//! 最优性核验: what the plan reaches, aim by aim, and what its certificate proves.

use anzhi::report::{ObjectiveRecord, PlanStatus, Report};

use super::lists::columns;
use super::table::{Cell, Row, Table};
use crate::messages::{Labels, render, text, word};

/// The aims of the plan with what it reaches of each; below them, what was proved.
pub(super) fn proof<'a>(labels: &Labels<'a>, report: &'a Report) -> Table<'a> {
    let language = labels.language();
    let rows = report.plan.objective.as_ref().map_or_else(Vec::new, |it| aims(labels, report, it));
    let checked = match report.plan.status {
        PlanStatus::Optimal => "proof.checked_yes",
        PlanStatus::DecisionNeeded | PlanStatus::NoPosts | PlanStatus::NotAsked => "proof.checked_no",
    };
    let status = word(language, report.plan.status);
    Table {
        name: "sheet.proof",
        notes: vec![
            render(language, "proof.status", &[("status", status)]),
            text(language, checked).to_owned(),
            text(language, "proof.note").to_owned(),
        ],
        columns: columns(
            language,
            &[
                ("column.order", 8),
                ("column.aim", 40),
                ("column.reached", 40),
                ("column.out_of", 12),
                ("column.meaning", 52),
            ],
        ),
        rows: (1..)
            .zip(rows)
            .map(|(order, mut cells)| {
                cells.insert(0, Cell::Number(order));
                Row { band: false, cells }
            })
            .collect(),
        empty: text(language, "placements.none"),
        below: vec![
            render(language, "proof.digest", &[("digest", &report.seed.list_digest)]),
            text(language, "proof.verify").to_owned(),
        ],
    }
}

fn aims<'a>(labels: &Labels<'_>, report: &Report, objective: &ObjectiveRecord) -> Vec<Vec<Cell<'a>>> {
    let language = labels.language();
    let said = |key| Cell::text(text(language, key));
    let mut aims = vec![vec![
        said("proof.reserved"),
        Cell::Number(objective.reserved_filled),
        Cell::Empty,
        said("proof.reserved_meaning"),
    ]];
    for (tier, placed) in (1_u8..).zip(&objective.placed_per_tier) {
        let people = report.summary.tiers.iter().find(|it| it.tier == tier);
        aims.push(vec![
            Cell::text(render(language, "proof.tier", &[("tier", &labels.tier(tier))])),
            Cell::Number(*placed),
            people.map_or(Cell::Empty, |it| Cell::Number(it.candidates)),
            said("proof.tier_meaning"),
        ]);
    }
    aims.push(vec![
        said("proof.score"),
        Cell::Score(objective.score),
        Cell::Empty,
        said("proof.score_meaning"),
    ]);
    let seed = if report.seed.draft {
        text(language, "proof.lottery_draft").to_owned()
    } else {
        render(language, "proof.lottery_seed", &[("seed", &report.seed.seed)])
    };
    aims.push(vec![said("proof.lottery"), Cell::text(seed), Cell::Empty, said("proof.lottery_meaning")]);
    aims
}
