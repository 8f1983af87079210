//! One person and one opening: every rule's answer, the sum of the score, what would close a gap.

use std::fmt::Write as _;

use anzhi::ids::OpeningId;
use anzhi::problem::Problem;
use anzhi::report::{CandidateReport, PairRecord, Report};
use anzhi::words::{Criterion, OrderKind, RuleKind};

use super::names;
use super::screen::{Columns, headed};
use crate::messages::{self, Language};
use crate::run::Sentence;

/// What is explained.
pub(super) struct Pair<'r> {
    pub(super) candidate: &'r CandidateReport,
    pub(super) opening: &'r OpeningId,
    pub(super) record: &'r PairRecord,
}

pub(super) fn text(problem: &Problem, report: &Report, pair: &Pair<'_>, language: Language) -> String {
    let record = pair.record;
    let opening = names::opening(report, pair.opening.as_str());
    let standing = messages::word(language, record.standing);
    let sentence = Sentence::new("pair_standing").with("opening", opening).with("standing", standing);
    let mut text = format!("\n{}\n", sentence.say(language));
    for order in orders(report, pair) {
        let _ = writeln!(text, "{}", order.say(language));
    }
    headed(&mut text, &Sentence::new("pair_rules").say(language), &rules(problem, pair, language));
    headed(&mut text, &Sentence::new("pair_closers").say(language), &closers(record, language));
    if !record.hints.is_empty() {
        let hints: Vec<String> = record.hints.iter().map(|item| names::item(*item, language)).collect();
        let list = messages::join(language, &hints);
        let _ = writeln!(text, "\n{}", Sentence::new("pair_hints").with("list", list).say(language));
    }
    headed(&mut text, &Sentence::new("pair_score").say(language), &score(report, record, language));
    if let Some(rank) = pair.candidate.shortlist.iter().position(|it| it.id == pair.opening.as_str()) {
        let _ = writeln!(text, "\n{}", Sentence::new("pair_rank").with("rank", rank + 1).say(language));
    }
    text
}

/// What an officer ordered for the two.
fn orders(report: &Report, pair: &Pair<'_>) -> impl Iterator<Item = Sentence> {
    let own = report
        .policy
        .orders
        .iter()
        .filter(|it| it.candidate == pair.candidate.id && it.opening == *pair.opening);
    own.map(|it| {
        let key = match it.order {
            OrderKind::Pin => "pair_pinned",
            OrderKind::Forbid => "pair_forbidden",
        };
        Sentence::new(key).with("office", &it.office).with("date", it.date).with("reason", &it.reason)
    })
}

/// Every rule of the policy in order: its answer, why, and its clause.
fn rules(problem: &Problem, pair: &Pair<'_>, language: Language) -> Columns {
    let welfare = problem
        .opening_row(pair.opening)
        .and_then(|row| problem.opening(row))
        .is_some_and(|opening| opening.kind.is_welfare());
    let mut rows = Columns::default();
    for rule in problem.policy().rules() {
        let kind = rule.spec.kind();
        let (key, why) = if rule.welfare_only && !welfare {
            ("answer_not_asked", String::new())
        } else {
            answer(pair.record, kind, language)
        };
        let name = messages::word(language, kind).to_owned();
        let clause = Sentence::new("pair_clause").with("clause", &rule.basis.clause).say(language);
        rows.row([name, Sentence::new(key).say(language), format!("{why}{clause}")]);
    }
    rows
}

fn answer(record: &PairRecord, kind: RuleKind, language: Language) -> (&'static str, String) {
    let hits = names::hits(record.failing.iter().filter(|it| it.rule == kind), language);
    if !hits.is_empty() {
        return ("answer_no", hits);
    }
    let missing = names::missing(record.missing.iter().filter(|it| it.rule == kind), language);
    if !missing.is_empty() {
        return ("answer_unknown", Sentence::new("pair_missing").with("list", missing).say(language));
    }
    if kind == RuleKind::Function && !record.accommodations.is_empty() {
        let list = names::accommodations(&record.accommodations, language);
        return ("answer_yes", Sentence::new("with_accommodations").with("list", list).say(language));
    }
    ("answer_yes", String::new())
}

/// What would close each gap, item by item.
fn closers(record: &PairRecord, language: Language) -> Columns {
    let mut rows = Columns::default();
    for hit in record.failing.iter().filter(|it| !it.closers.is_empty()) {
        let item = hit.item.map_or_else(String::new, |item| names::item(item, language));
        rows.row([item, names::accommodations(&hit.closers, language)]);
    }
    rows
}

/// The sum of the score as a clerk adds it up.
fn score(report: &Report, record: &PairRecord, language: Language) -> Columns {
    let mut rows = Columns::default();
    for (weight, points) in report.policy.weights.iter().zip(record.points) {
        let product = u32::from(weight.weight) * u32::from(points);
        let name = messages::word(language, weight.criterion).to_owned();
        rows.row([name, format!("{} × {points}", weight.weight), format!("= {}", names::score(product))]);
    }
    let total = |key: &'static str| Sentence::new(key).say(language);
    rows.row([
        total("score_shortlist"),
        String::new(),
        format!("= {}", names::score(record.shortlist_score)),
    ]);
    let without = messages::word(language, Criterion::Priority);
    let assignment = Sentence::new("score_assignment").with("without", without).say(language);
    rows.row([assignment, String::new(), format!("= {}", names::score(record.assignment_score))]);
    rows
}
