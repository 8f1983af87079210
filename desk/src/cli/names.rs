//! Words of the report in the reader's language, as the catalogue of the desk has them.

use anzhi::report::{HitRecord, MissingRecord, Report};
use anzhi::words::Item;

use crate::messages::{self, Language};

/// The name of a tier; the last of the report's is everybody else.
pub(super) fn tier(report: &Report, tier: u8, language: Language) -> String {
    messages::tier_name(language, tier, report.policy.tiers.len())
}

/// An opening of the report by id and title.
pub(super) fn opening(report: &Report, id: &str) -> String {
    let at = report.openings.binary_search_by(|it| it.id.as_str().cmp(id)).ok();
    let title = at.and_then(|at| report.openings.get(at)).map_or("", |it| it.title.as_str());
    if title.is_empty() { id.to_owned() } else { format!("{id} {title}") }
}

/// Hundredths of a point with two decimals.
pub(super) fn score(hundredths: u32) -> String {
    messages::hundredths(u64::from(hundredths))
}

/// What is missing, as a list.
pub(super) fn missing<'r>(
    records: impl IntoIterator<Item = &'r MissingRecord>,
    language: Language,
) -> String {
    let said: Vec<String> = records.into_iter().map(|it| messages::missing_name(language, it)).collect();
    messages::join(language, &said)
}

/// Why rules say no, as a list.
pub(super) fn hits<'r>(records: impl IntoIterator<Item = &'r HitRecord>, language: Language) -> String {
    let said: Vec<String> = records.into_iter().map(|it| messages::hit_clause(language, it)).collect();
    said.join(messages::text(language, "join.clause"))
}

/// Accommodations, as a list.
pub(super) fn accommodations(ids: &[String], language: Language) -> String {
    let said: Vec<&str> = ids.iter().map(|id| messages::accommodation_name(language, id)).collect();
    messages::join(language, &said)
}

/// A functional item by code and name.
pub(super) fn item(item: Item, language: Language) -> String {
    format!("{item} {}", messages::word(language, item))
}
