//! Rules that say no, and data without which a rule has no answer.

use std::collections::BTreeMap;

use anzhi::day::Day;
use anzhi::report::{HitRecord, MissingRecord};
use anzhi::words::{Datum, RuleKind};

use super::Language;
use super::catalogue::{find, has, join, join_or, render, text};
use super::values::value;
use super::words::{accommodation_name, word};

/// What a rule says against a pair, as part of a sentence: without basis and without a full stop.
#[must_use]
pub fn hit_clause(language: Language, hit: &HitRecord) -> String {
    let key = |form: &str| format!("hit.{}.{form}", hit.rule);
    let found = value(language, hit.rule, &hit.found);
    let asked = value(language, hit.rule, &hit.asked);
    let item = hit.item.map_or("", |item| word(language, item));
    let form = form(hit).filter(|form| has(&key(form))).unwrap_or("bare");
    let mut clause = render(language, &key(form), &[("found", &found), ("asked", &asked), ("item", item)]);
    if !hit.closers.is_empty() {
        let names: Vec<_> =
            hit.closers.iter().map(|id| quoted(language, accommodation_name(language, id))).collect();
        clause += &render(language, "hit.function.closers", &[("closers", &join_or(language, &names))]);
    }
    clause
}

/// Which text of the rule fits: one that needs a value is used only where the value is there.
fn form(hit: &HitRecord) -> Option<&'static str> {
    let (found, asked) = (!hit.found.is_empty(), !hit.asked.is_empty());
    match hit.rule {
        RuleKind::WorkingAge if found && !asked => Some("retired"),
        RuleKind::OpeningDates => opening_dates(hit),
        RuleKind::CertificateValid => found.then_some("full"),
        RuleKind::Licence => asked.then_some("full"),
        RuleKind::Function => hit.item.map(|_| if found && asked { "full" } else { "named" }),
        _ => (found && asked).then_some("full"),
    }
}

/// Whether the opening has not begun or has ended on the day of the match.
fn opening_dates(hit: &HitRecord) -> Option<&'static str> {
    let (on, end): (Day, Day) = (hit.found.parse().ok()?, hit.asked.parse().ok()?);
    Some(if on < end { "early" } else { "late" })
}

fn quoted(language: Language, text: &str) -> String {
    render(language, "join.quoted", &[("text", text)])
}

/// What a rule says against a pair, with its clause: one whole sentence.
#[must_use]
pub fn sentence_for_hit(language: Language, hit: &HitRecord) -> String {
    let said = hit_clause(language, hit);
    let key = if hit.clause.is_empty() { "hit.sentence_bare" } else { "hit.sentence" };
    let rule = word(language, hit.rule);
    render(language, key, &[("rule", rule), ("clause_text", &said), ("clause", &hit.clause)])
}

/// What a rule does not know of a pair, and what to bring: one whole sentence.
#[must_use]
pub fn sentence_for_missing(language: Language, missing: &MissingRecord) -> String {
    let (datum, bring) = (missing_name(language, missing), missing_bring(language, missing));
    let rule = word(language, missing.rule);
    render(language, "missing.sentence", &[("rule", rule), ("datum", &datum), ("bring", &bring)])
}

/// The datum that is missing: `出生日期`, or `“站立”的功能值`.
#[must_use]
pub fn missing_name(language: Language, missing: &MissingRecord) -> String {
    match (missing.datum, missing.item) {
        (Datum::Capacity, Some(item)) => render(language, "missing.item", &[("item", word(language, item))]),
        (datum, _) => word(language, datum).to_owned(),
    }
}

/// What to bring, so that the datum is there.
#[must_use]
pub fn missing_bring(language: Language, missing: &MissingRecord) -> String {
    let item = missing.item.map_or_else(|| word(language, missing.datum), |item| word(language, item));
    render(language, &format!("bring.{}", missing.datum), &[("item", item)])
}

/// What the person could do about a rule that says no, as part of a sentence; `None` where nothing can be done.
#[must_use]
pub fn hit_help(language: Language, hit: &HitRecord) -> Option<&'static str> {
    find(language, &format!("hit.{}.help", hit.rule))
}

/// Whether the employer, and not the person, can say the datum.
pub(super) const fn employer_knows(datum: Datum) -> bool {
    matches!(datum, Datum::Place | Datum::PlaceCoordinates | Datum::AcceptsMultiple)
}

/// Who can say the missing datum: the person, the employer, or both.
#[must_use]
pub fn who_knows(language: Language, datum: Datum) -> &'static str {
    let key = match datum {
        it if employer_knows(it) => "ask.employer",
        _ => "ask.person",
    };
    text(language, key)
}

/// Names of several missing data and what to bring for them, each said once; functional items are said together;
/// empty where nothing is missing.
#[must_use]
pub fn missing_together(language: Language, missing: &[MissingRecord]) -> (String, String) {
    let mut items = Vec::new();
    let mut others = BTreeMap::new();
    for it in missing {
        match (it.datum, it.item) {
            (Datum::Capacity, Some(item)) if !items.contains(&item) => items.push(item),
            (Datum::Capacity, Some(_)) => {}
            _ => {
                others.entry(it.datum).or_insert(it);
            }
        }
    }
    let mut names: Vec<String> = others.values().map(|it| missing_name(language, it)).collect();
    let mut papers: Vec<String> = others.values().map(|it| missing_bring(language, it)).collect();
    if !items.is_empty() {
        let said: Vec<_> = items.iter().map(|item| word(language, *item)).collect();
        let item = said.join(text(language, "join.items"));
        names.push(render(language, "missing.item", &[("item", &item)]));
        papers.push(render(language, "bring.capacity", &[("item", &item)]));
    }
    (join(language, &names), join(language, &papers))
}
