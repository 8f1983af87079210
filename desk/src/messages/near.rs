//! One rule alone in the way: how many it keeps out, and what would help by how much.

use anzhi::input::{AgeLimits, Remedy};
use anzhi::report::{NearRecord, RemedyRecord};

use super::Language;
use super::catalogue::{counted, find, joined, render, text};
use super::values::{ages_between, classes};
use super::words::{accommodation_name, word};

/// Most changes said in one sentence.
const MOST: usize = 4;

/// What counts in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Near misses of an opening: people.
    Opening,
    /// Near misses of a candidate: openings.
    Candidate,
}

impl Side {
    fn counted(self, language: Language, count: u64) -> String {
        let key = match self {
            Self::Opening => "count.people",
            Self::Candidate => "count.openings",
        };
        counted(language, key, count)
    }
}

/// The near misses of one rule at an opening, and what the opening could change: one sentence; nothing where it would
/// help nobody.
#[must_use]
pub fn near_of_opening(language: Language, near: &NearRecord) -> String {
    let helps = what_helps_opening(language, near);
    if helps.is_empty() {
        return String::new();
    }
    let head = head(language, Side::Opening, near, word(language, near.rule));
    sentence(language, &[vec![head], helps].concat())
}

/// The near misses of one rule of a candidate, and what would open more openings: one sentence; nothing where nothing
/// can be done.
#[must_use]
pub fn near_of_candidate(language: Language, near: &NearRecord) -> String {
    let helps = what_helps_candidate(language, near);
    if helps.is_empty() {
        return String::new();
    }
    let bare = format!("hit.{}.bare", near.rule);
    let reason =
        find(language, &format!("near.reason.{}", near.rule)).unwrap_or_else(|| text(language, &bare));
    sentence(language, &[vec![head(language, Side::Candidate, near, reason)], helps].concat())
}

/// How many fail the rule alone.
fn head(language: Language, side: Side, near: &NearRecord, what: &str) -> String {
    let [some, none, besides] = match side {
        Side::Opening => ["near.opening", "near.opening_none", "near.opening_unresolved"],
        Side::Candidate => ["near.candidate", "near.candidate_none", "near.candidate_unresolved"],
    };
    let key = if near.eligible > 0 { some } else { none };
    let mut head = render(language, key, &[("what", what), ("n", &side.counted(language, near.eligible))]);
    if near.unresolved > 0 {
        head += &render(language, besides, &[("n", &side.counted(language, near.unresolved))]);
    }
    head
}

/// What the opening could change, else who could do what; parts of a sentence.
pub(crate) fn what_helps_opening(language: Language, near: &NearRecord) -> Vec<String> {
    what_helps(language, Side::Opening, near, &format!("near.act.{}", near.rule))
}

/// What the candidate could do, or have done; parts of a sentence.
pub(crate) fn what_helps_candidate(language: Language, near: &NearRecord) -> Vec<String> {
    what_helps(language, Side::Candidate, near, &format!("hit.{}.help", near.rule))
}

fn what_helps(language: Language, side: Side, near: &NearRecord, act: &str) -> Vec<String> {
    if near.remedies.is_empty() {
        let act = find(language, act).filter(|_| near.eligible > 0);
        return act.map(str::to_owned).into_iter().collect();
    }
    near.remedies.iter().take(MOST).map(|it| change(language, side, it)).collect()
}

/// The one change that would let in most people, with its number; `None` where no change lets in anybody.
#[must_use]
pub fn best_change(language: Language, near: &[NearRecord]) -> Option<String> {
    let remedies = near.iter().flat_map(|it| &it.remedies);
    let best = remedies.rev().max_by_key(|it| (it.eligible, it.unresolved))?;
    Some(change(language, Side::Opening, best))
}

/// Parts as one sentence; nothing where there are none.
pub(crate) fn sentence(language: Language, parts: &[String]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let said = joined(text(language, "join.clause"), parts);
    render(language, "near.sentence", &[("parts", &said)])
}

/// A change with what it would bring.
fn change(language: Language, side: Side, it: &RemedyRecord) -> String {
    let key = match side {
        Side::Opening => "near.more_people",
        Side::Candidate => "near.more_openings",
    };
    let change = remedy(language, side, &it.remedy);
    let mut said = render(language, key, &[("change", &change), ("n", &side.counted(language, it.eligible))]);
    if it.unresolved > 0 {
        said += &render(language, "near.more_unresolved", &[("n", &side.counted(language, it.unresolved))]);
    }
    said
}

/// A change in words.
fn remedy(language: Language, side: Side, remedy: &Remedy) -> String {
    let of_opening = side == Side::Opening;
    let said = |key: &str, name: &str, value: &str| render(language, key, &[(name, value)]);
    match remedy {
        Remedy::Dates { day } => said("near.change.dates", "day", &day.to_string()),
        Remedy::Classes { category, levels } => {
            let levels: Vec<_> = levels.iter().map(|level| level.to_string()).collect();
            let raw = format!("{category}:{}", levels.join(","));
            said("near.change.classes", "classes", &classes(language, &raw).unwrap_or(raw))
        }
        Remedy::AnyClass => text(language, "near.change.any_class").to_owned(),
        Remedy::Ages { limits } => limits_said(language, *limits),
        Remedy::Education { level: None } => text(language, "near.change.no_education").to_owned(),
        Remedy::Education { level: Some(level) } => {
            let key = if of_opening { "near.change.education" } else { "near.change.own_education" };
            said(key, "level", word(language, *level))
        }
        Remedy::Licence { name } => {
            let key = if of_opening { "near.change.licence" } else { "near.change.own_licence" };
            said(key, "name", name)
        }
        Remedy::Accommodation { id } => {
            let key = if of_opening { "near.change.accommodation" } else { "near.change.own_accommodation" };
            said(key, "name", accommodation_name(language, id))
        }
        Remedy::Demand { item, level, safety } => {
            let key = match (level, safety) {
                (0, false) => "near.change.no_demand",
                (0, true) => "near.change.no_demand_safe",
                (_, false) => "near.change.demand",
                (_, true) => "near.change.demand_safe",
            };
            render(language, key, &[("item", word(language, *item)), ("level", &level.to_string())])
        }
        Remedy::HomeBased => text(language, "near.change.home_based").to_owned(),
        Remedy::Transport { km } => said("near.change.transport", "km", &km.to_string()),
        Remedy::Limit { km } => said("near.change.limit", "km", &km.to_string()),
    }
}

fn limits_said(language: Language, limits: AgeLimits) -> String {
    let of = |low, high| {
        ages_between(language, low, high).unwrap_or_else(|| text(language, "near.change.no_limit").to_owned())
    };
    let male = of(limits.min_male, limits.max_male);
    let female = of(limits.min_female, limits.max_female);
    if limits.is_unstated() {
        return text(language, "near.change.no_ages").to_owned();
    }
    let both = if male == female {
        male
    } else {
        render(language, "near.change.ages_by_sex", &[("male", &male), ("female", &female)])
    };
    render(language, "near.change.ages", &[("limits", &both)])
}
