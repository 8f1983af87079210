//! Words of the report in the reader's language, as the catalogue of the desk has them.

use anzhi::report::{HitRecord, MissingRecord, Report};

use crate::messages::{self, Language};
use crate::run::Sentence;

/// The name of a tier; the last of the report's is everybody else.
pub(super) fn tier(report: &Report, tier: u8, language: Language) -> String {
    let others = report.policy.tiers.iter().all(|it| it.tier < tier);
    let key = if others { "tier_others" } else { "tier_numbered" };
    Sentence::new(key).with("tier", tier).say(language)
}

/// Hundredths of a point as people read them: `68.50`.
pub(super) fn score(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The title of an opening of the report, or its bare id.
pub(super) fn opening(report: &Report, id: &str) -> String {
    let at = report.openings.binary_search_by(|it| it.id.as_str().cmp(id)).ok();
    let title = at.and_then(|at| report.openings.get(at)).map_or("", |it| it.title.as_str());
    if title.is_empty() { id.to_owned() } else { format!("{id} {title}") }
}

/// What is missing, as a list.
pub(super) fn missing(records: &[MissingRecord], language: Language) -> String {
    let said: Vec<String> = records
        .iter()
        .map(|it| {
            let datum = messages::word(language, it.datum);
            it.item.map_or_else(
                || datum.to_owned(),
                |item| format!("{datum} {item} {}", messages::word(language, item)),
            )
        })
        .collect();
    messages::join(language, &said)
}

/// Accommodations, as a list.
pub(super) fn accommodations(ids: &[String], language: Language) -> String {
    let said: Vec<&str> = ids.iter().map(|id| messages::accommodation_name(language, id)).collect();
    messages::join(language, &said)
}

/// Why a rule says no.
pub(super) fn hit(record: &HitRecord, language: Language) -> String {
    let mut said = messages::word(language, record.rule).to_owned();
    if let Some(item) = record.item {
        said = format!("{said} {item} {}", messages::word(language, item));
    }
    let mut parts = vec![said];
    if !record.found.is_empty() || !record.asked.is_empty() {
        let sentence = Sentence::new("pair_found_asked").with("found", &record.found);
        parts.push(sentence.with("asked", &record.asked).say(language));
    }
    parts.join(" ")
}
