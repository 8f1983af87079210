//! `[[rules]]` and `not_applied`: every kind of rule is either stated or named as not applied.

use std::collections::BTreeMap;

use super::fields::{Fields, Node, Told};
use super::register::{self, Register};
use crate::day::Day;
use crate::policy::model::{LegalAge, Rule, RuleSpec, Territory};
use crate::words::{RuleKind, Sex};

/// The rules in the order of [`RuleKind`].
pub(super) fn read(root: &Fields<'_>, register: &Register, from: Option<Day>) -> Option<Vec<Rule>> {
    let mut stated: BTreeMap<RuleKind, usize> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut every_kind_known = true;
    let nodes = root.need("rules", "add a `[[rules]]` table for each rule that applies")?;
    for node in nodes.items()? {
        let kind = kind_of(&node, &mut stated);
        every_kind_known &= kind.is_some();
        rules.extend(kind.and_then(|kind| rule(&node.fields()?, kind, register, from)));
    }
    let not_applied = not_applied(root, &mut stated);
    // a kind that could not be read may be the very one that seems to be missing
    if every_kind_known && let Some(node) = not_applied {
        for kind in RuleKind::ALL.iter().filter(|kind| !stated.contains_key(kind)) {
            node.fault(format!(
                "no rule is of the kind `{kind}`; add a `[[rules]]` table for it, or name it here as not applied"
            ));
        }
    }
    rules.sort_by_key(|rule| rule.spec.kind());
    Some(rules)
}

fn kind_of(node: &Node<'_>, stated: &mut BTreeMap<RuleKind, usize>) -> Option<RuleKind> {
    let node = node.fields()?.need("kind", "write the kind of rule, e.g. `working_age`")?;
    let kind = node.word("kind of rule", RuleKind::ALL, RuleKind::as_str)?;
    if let Some(first) = stated.get(&kind) {
        node.fault(format!(
            "a rule of the kind `{kind}` stands in line {first} already; keep one of the two"
        ));
    } else {
        stated.insert(kind, node.place().0);
    }
    Some(kind)
}

/// Adds the kinds that are named as not applied; the node, where the whole list could be read.
fn not_applied<'r>(root: &Fields<'r>, stated: &mut BTreeMap<RuleKind, usize>) -> Option<Node<'r>> {
    let list =
        root.need("not_applied", "list the kinds of rule that the policy does not apply, or write `[]`")?;
    let mut complete = true;
    for node in list.items()? {
        let Some(kind) = node.word("kind of rule", RuleKind::ALL, RuleKind::as_str) else {
            complete = false;
            continue;
        };
        if let Some(line) = stated.insert(kind, node.place().0) {
            node.fault(format!(
                "`{kind}` stands in line {line} already; a kind is either a rule or not applied"
            ));
        }
    }
    complete.then_some(list)
}

fn rule(fields: &Fields<'_>, kind: RuleKind, register: &Register, from: Option<Day>) -> Option<Rule> {
    let own: &[&str] = match kind {
        RuleKind::WorkingAge => &["min_years", "retirement"],
        RuleKind::Territory => &["registered", "residence", "rural_for_rural"],
        RuleKind::RepeatPlacement => &["max_placements", "max_months", "severe_again"],
        _ => &[],
    };
    fields.only(&[&["kind", "welfare_only"], register::KEYS, own]);
    let basis = register.read(fields);
    let welfare_only = welfare_only(fields, kind);
    let spec = spec(fields, kind, from);
    Some(Rule { basis: basis?, spec: spec?, welfare_only: welfare_only? })
}

fn welfare_only(fields: &Fields<'_>, kind: RuleKind) -> Option<bool> {
    let node = fields.need(
        "welfare_only",
        "write `true` if the rule is asked for public-welfare posts only, else `false`",
    )?;
    let flag = node.flag()?;
    if !flag && matches!(kind, RuleKind::Beneficiary | RuleKind::Territory | RuleKind::RepeatPlacement) {
        node.fault(format!("a rule of the kind `{kind}` is about public-welfare posts; write `true`"));
    }
    Some(flag)
}

fn spec(fields: &Fields<'_>, kind: RuleKind, from: Option<Day>) -> Option<RuleSpec> {
    Some(match kind {
        RuleKind::WorkingAge => working_age(fields, from)?,
        RuleKind::NotInWork => RuleSpec::NotInWork,
        RuleKind::Willing => RuleSpec::Willing,
        RuleKind::CertificateValid => RuleSpec::CertificateValid,
        RuleKind::Beneficiary => RuleSpec::Beneficiary,
        RuleKind::HardToEmploy => RuleSpec::HardToEmploy,
        RuleKind::Territory => RuleSpec::Territory(territory(fields)?),
        RuleKind::OpeningDates => RuleSpec::OpeningDates,
        RuleKind::Classes => RuleSpec::Classes,
        RuleKind::AgeLimits => RuleSpec::AgeLimits,
        RuleKind::Education => RuleSpec::Education,
        RuleKind::Licence => RuleSpec::Licence,
        RuleKind::Function => RuleSpec::Function,
        RuleKind::Commute => RuleSpec::Commute,
        RuleKind::Refusal => RuleSpec::Refusal,
        RuleKind::RepeatPlacement => repeat_placement(fields)?,
    })
}

fn territory(fields: &Fields<'_>) -> Option<Territory> {
    let flag = |key: &str, what: &str| fields.need(key, what)?.flag();
    let registered = flag("registered", "write whether the place of registration counts");
    let residence = flag("residence", "write whether the habitual residence counts");
    let rural_for_rural = flag("rural_for_rural", "write whether rural posts ask for rural registration");
    let (registered, residence, rural_for_rural) = (registered?, residence?, rural_for_rural?);
    if !registered && !residence {
        fields
            .fault("neither registration nor residence counts, so nobody would belong; write `true` for one");
    }
    Some(Territory { registered, residence, rural_for_rural })
}

fn repeat_placement(fields: &Fields<'_>) -> Option<RuleSpec> {
    const LIMIT: &str = "write the limit, or \"none\"";
    let placements = fields.need("max_placements", LIMIT).map(|node| limit(&node, 99));
    let months = fields.need("max_months", LIMIT).map(|node| limit(&node, 1_200));
    let again = fields.need("severe_again", "write whether people of level 1 or 2 may be placed again");
    let severe_again = again.and_then(|node| node.flag());
    Some(RuleSpec::RepeatPlacement {
        max_placements: placements?.ok()?,
        max_months: months?.ok()?,
        severe_again: severe_again?,
    })
}

/// A limit, or that there is none.
fn limit<T: TryFrom<i64>>(node: &Node<'_>, most: i64) -> Result<Option<T>, Told> {
    if node.is_text("none") { Ok(None) } else { node.number(1, most).map(Some).ok_or(Told) }
}

fn working_age(fields: &Fields<'_>, from: Option<Day>) -> Option<RuleSpec> {
    let youngest = fields.need("min_years", "write the youngest age in completed years");
    let min_years: Option<u8> = youngest.and_then(|node| node.number(0, 99));
    let list = fields.need("retirement", "list the statutory ages by sex and date")?;
    let nodes = list.items()?;
    let ages: Vec<(Node<'_>, LegalAge)> =
        nodes.iter().filter_map(|node| legal_age(node, min_years).map(|age| (node.clone(), age))).collect();
    let complete = ages.len() == nodes.len();
    for (later, (node, age)) in ages.iter().enumerate() {
        let same = |(_, earlier): &(_, LegalAge)| (earlier.sex, earlier.from) == (age.sex, age.from);
        if ages[..later].iter().any(same) {
            node.fault(format!(
                "an age for `{}` from {} stands above; keep one of the two",
                age.sex, age.from
            ));
        }
    }
    if complete {
        both_sexes_are_covered(&list, &ages, from);
    }
    let mut retirement: Vec<LegalAge> = ages.into_iter().map(|(_, age)| age).collect();
    retirement.sort_by_key(|age| (age.from, age.sex));
    Some(RuleSpec::WorkingAge { min_years: min_years?, retirement })
}

/// Every day on which the policy is in force has an age for everybody.
fn both_sexes_are_covered(list: &Node<'_>, ages: &[(Node<'_>, LegalAge)], from: Option<Day>) {
    let first = |sex: &Sex| ages.iter().filter(|(_, age)| age.sex == *sex).map(|(_, age)| age.from).min();
    for sex in Sex::ALL.iter().filter(|sex| first(sex).is_none()) {
        list.fault(format!("no age is stated for `{sex}`; add one"));
    }
    let latest = Sex::ALL.iter().filter_map(first).max();
    if let (Some(from), Some(latest)) = (from, latest)
        && latest > from
    {
        list.fault(format!("the ages begin on {latest}, and the policy on {from}; add the ages before"));
    }
}

fn legal_age(node: &Node<'_>, min_years: Option<u8>) -> Option<LegalAge> {
    const DELAY: &[&str] = &["delay_from", "step_months", "max_delay_months"];
    let fields = node.fields()?;
    fields.only(&[&["from", "sex", "years"], DELAY]);
    let from = fields.need("from", "write the day from which the age holds").and_then(|it| it.day());
    let sex = fields.need("sex", "write `male` or `female`");
    let sex = sex.and_then(|it| it.word("sex", Sex::ALL, Sex::as_str));
    let years = fields.need("years", "write the completed years at which retirement begins");
    let years: Option<u8> = years.and_then(|it| it.number(i64::from(min_years.unwrap_or(0)) + 1, 120));
    let delayed = DELAY.iter().any(|key| fields.get(key).is_some());
    let (delay_from, step_months, max_delay_months) = if delayed { delay(&fields)? } else { (None, 1, 0) };
    Some(LegalAge { from: from?, sex: sex?, years: years?, delay_from, step_months, max_delay_months })
}

/// The three keys of a stepwise delay stand together.
fn delay(fields: &Fields<'_>) -> Option<(Option<Day>, u16, u16)> {
    let first = fields.need("delay_from", "write the first birth month that is delayed, as its first day");
    let first = first.and_then(|node| node.day());
    let step = fields.need("step_months", "write how many birth months make one month of delay");
    let step = step.and_then(|node| node.number(1, 120));
    let most = fields.need("max_delay_months", "write the most months of delay");
    let most = most.and_then(|node| node.number(1, 600));
    Some((Some(first?), step?, most?))
}
