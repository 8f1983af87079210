//! What stands between a person and an opening, as records.

use super::bare;
use crate::ids::{CandidateIx, OpeningIx};
use crate::input::OpeningRecord;
use crate::problem::Problem;
use crate::report::{HitRecord, MissingRecord, ReasonRecord};
use crate::rules::{Finding, Found, Verdict};
use crate::score::Scored;
use crate::words::{ReasonCode, RuleKind};

/// A reason with the rules that say no at one opening.
pub(super) fn said_no(
    scored: &Scored<'_>,
    code: ReasonCode,
    candidate: CandidateIx,
    opening: Option<OpeningIx>,
) -> ReasonRecord {
    let Some(opening) = opening else { return bare(code) };
    let record = &scored.problem().openings()[opening.get()];
    let failing = hits(scored.problem(), record, &scored.verdict_at(candidate, opening));
    ReasonRecord { opening: Some(record.id.clone()), failing, ..bare(code) }
}

/// What says no, with the clause.
pub(crate) fn hits(problem: &Problem, opening: &OpeningRecord, verdict: &Verdict) -> Vec<HitRecord> {
    let clause = |rule: RuleKind| {
        let found = problem.policy().rules().iter().find(|it| it.spec.kind() == rule);
        found.map_or(String::new(), |it| it.basis.clause.clone())
    };
    let hit = |finding: &Finding| HitRecord {
        rule: finding.rule,
        clause: clause(finding.rule),
        found: bare_value(finding.found, opening),
        asked: asked(finding, opening),
        item: finding.item,
        closers: finding.closers().map(str::to_owned).collect(),
    };
    verdict.failing().map(hit).collect()
}

/// What is missing, each datum once.
pub(crate) fn missing(verdict: &Verdict) -> Vec<MissingRecord> {
    let record = |finding: &Finding| {
        Some(MissingRecord { rule: finding.rule, datum: finding.missing?, item: finding.item })
    };
    let mut missing: Vec<_> = verdict.missing().filter_map(record).collect();
    missing.dedup();
    missing
}

fn asked(finding: &Finding, opening: &OpeningRecord) -> String {
    if finding.rule == RuleKind::Classes {
        return classes(opening);
    }
    bare_value(finding.asked, opening)
}

/// The accepted classes, `hearing:1,2,3,4;physical:3,4`.
fn classes(opening: &OpeningRecord) -> String {
    let accepted = opening.accepts.iter().flatten().map(|it| {
        let levels: Vec<_> = it.levels.iter().map(|level| level.to_string()).collect();
        format!("{}:{}", it.category, levels.join(","))
    });
    accepted.collect::<Vec<_>>().join(";")
}

fn bare_value(value: Found, opening: &OpeningRecord) -> String {
    match value {
        Found::Number(number) => number.to_string(),
        Found::Times(times) => format!("{times} times"),
        Found::Months(months) => format!("{months} months"),
        Found::Range(Some(low), Some(high)) => format!("{low}–{high}"),
        Found::Range(Some(low), None) => format!("≥{low}"),
        Found::Range(None, Some(high)) => format!("≤{high}"),
        Found::Nothing | Found::Range(None, None) => String::new(),
        Found::Day(day) => day.to_string(),
        Found::Education(education) => education.to_string(),
        Found::Class(category, level) => format!("{category}:{level}"),
        Found::Licence(at) => opening.licences.get(at as usize).map(ToString::to_string).unwrap_or_default(),
    }
}
