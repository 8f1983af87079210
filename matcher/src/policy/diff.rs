//! Where two policies differ: values of rules, tiers, definitions, weights and choices; not names, not clauses.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::model::{Decided, Entry, LegalAge, RuleSpec, Tier};
use super::whole::Policy;
use crate::words::{Criterion, RuleKind, Topic};

/// One place at which two policies say different things, in words of the policy format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDifference {
    /// Where, e.g. `rules.repeat_placement.max_months`, `tiers[0]`, `weights.skills`.
    pub path: String,
    /// What the first policy says there; `None` where it says nothing.
    pub left: Option<String>,
    /// What the second policy says there; `None` where it says nothing.
    pub right: Option<String>,
}

/// What the two policies say differently, in the order of the policy format. Cost: linear in their length.
#[must_use]
pub fn diff(left: &Policy, right: &Policy) -> Vec<PolicyDifference> {
    let mut paths: BTreeMap<Place, (Option<String>, Option<String>)> = BTreeMap::new();
    for (place, value) in statements(left) {
        paths.entry(place).or_default().0 = Some(value);
    }
    for (place, value) in statements(right) {
        paths.entry(place).or_default().1 = Some(value);
    }
    let differing = paths.into_iter().filter(|(_, (left, right))| left != right);
    differing.map(|(place, (left, right))| PolicyDifference { path: place.path, left, right }).collect()
}

/// Orders statements as they stand in the format: part, then number within the part, then path.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    part: usize,
    number: usize,
    path: String,
}

struct Statements(Vec<(Place, String)>);

impl Statements {
    fn say(&mut self, part: usize, number: usize, path: impl Into<String>, value: impl Display) {
        self.0.push((Place { part, number, path: path.into() }, value.to_string()));
    }
}

fn statements(policy: &Policy) -> Vec<(Place, String)> {
    let mut said = Statements(Vec::new());
    if let Some(code) = &policy.jurisdiction {
        said.say(0, 0, "jurisdiction", code);
    }
    for (number, path, day) in [(1, "from", policy.in_force.from), (2, "until", policy.in_force.until)] {
        if let Some(day) = day {
            said.say(0, number, path, day);
        }
    }
    rules(policy, &mut said);
    tiers(policy, &mut said);
    definitions(policy, &mut said);
    for criterion in Criterion::ALL {
        let weight = policy.weights.of(*criterion);
        said.say(4, criterion.index(), format!("weights.{criterion}"), weight);
    }
    said.say(5, 0, "commute_scale.km", policy.commute_scale_km.value);
    choices(policy, &mut said);
    said.0
}

fn rules(policy: &Policy, said: &mut Statements) {
    for kind in RuleKind::ALL {
        let path = format!("rules.{kind}");
        let Some(rule) = policy.rules.iter().find(|rule| rule.spec.kind() == *kind) else {
            said.say(1, kind.index(), path, "not applied");
            continue;
        };
        said.say(1, kind.index(), path.as_str(), "applied");
        let mut value = |key: &str, value: &dyn Display| {
            said.say(1, kind.index(), format!("{path}.{key}"), value);
        };
        value("welfare_only", &rule.welfare_only);
        match &rule.spec {
            RuleSpec::WorkingAge { min_years, retirement } => {
                value("min_years", min_years);
                for age in retirement {
                    value(&format!("retirement.{}.{}", age.sex, age.from), &retirement_age(age));
                }
            }
            RuleSpec::Territory(territory) => {
                value("registered", &territory.registered);
                value("residence", &territory.residence);
                value("rural_for_rural", &territory.rural_for_rural);
            }
            RuleSpec::RepeatPlacement { max_placements, max_months, severe_again } => {
                value("max_placements", &limit(max_placements.as_ref()));
                value("max_months", &limit(max_months.as_ref()));
                value("severe_again", severe_again);
            }
            _ => {}
        }
    }
}

fn retirement_age(age: &LegalAge) -> String {
    let years = format!("{} years", age.years);
    match age.delay_from {
        None => years,
        Some(first) => format!(
            "{years}, delayed for births from {first}: a month for each {} months, at most {}",
            age.step_months, age.max_delay_months
        ),
    }
}

fn limit<T: Display>(limit: Option<&T>) -> String {
    limit.map_or_else(|| "none".to_owned(), T::to_string)
}

fn tiers(policy: &Policy, said: &mut Statements) {
    let Some(tiers) = &policy.tiers else {
        said.say(2, 0, "tiers", "decide");
        return;
    };
    for (number, tier) in tiers.iter().enumerate() {
        said.say(2, number, format!("tiers[{number}]"), tier_in_words(tier));
    }
}

/// A tier is a set, so the order of its entries is no difference.
fn tier_in_words(tier: &Tier) -> String {
    let mut entries: Vec<&Entry> = tier.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.group, entry.beneficiaries.as_str(), entry.registered_unemployed));
    let in_words = |entry: &&Entry| {
        let registered = if entry.registered_unemployed { ", registered unemployed" } else { "" };
        format!("{} ({}{registered})", entry.group, entry.beneficiaries)
    };
    entries.iter().map(in_words).collect::<Vec<_>>().join("; ")
}

fn definitions(policy: &Policy, said: &mut Statements) {
    let of = &policy.definitions;
    if let Some(Decided { value, .. }) = &of.failed_referrals {
        said.say(3, 0, "definitions.failed_referrals.times", value.times);
        said.say(3, 0, "definitions.failed_referrals.channel", value.channel);
        said.say(3, 0, "definitions.failed_referrals.failed", list(&value.failed));
        said.say(3, 0, "definitions.failed_referrals.reset", list(&value.reset));
    }
    if let Some(months) = &of.long_unemployed_months {
        said.say(3, 1, "definitions.long_unemployed.months", months.value);
    }
    if let Some(months) = &of.graduate_months {
        said.say(3, 2, "definitions.graduate.months", months.value);
    }
}

fn list<T: Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

fn choices(policy: &Policy, said: &mut Statements) {
    let of = &policy.choices;
    let stated = [
        (Topic::HouseholdCap, of.household_cap.as_ref().map(|it| limit(it.value.as_ref()))),
        (Topic::Unresolved, of.unresolved.as_ref().map(|it| it.value.to_string())),
        (Topic::Lottery, of.lottery.as_ref().map(|it| it.value.to_string())),
    ];
    for (topic, value) in stated {
        let value = value.unwrap_or_else(|| "decide".to_owned());
        said.say(6, topic.index(), format!("choices.{topic}"), value);
    }
}
