//! Tiers and their entries, read alike from a policy and from a local decision.

use super::fields::{Fields, Node};
use crate::policy::model::{Basis, Beneficiaries, Definitions, Entry, Tier};
use crate::words::Group;

/// Tiers with the place of each entry, so that a missing definition can still be shown there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) struct ReadTiers {
    pub(in crate::policy) tiers: Vec<Tier>,
    pub(in crate::policy) places: Vec<EntryPlace>,
}

/// Where an entry names its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) struct EntryPlace {
    pub(in crate::policy) group: Group,
    /// Byte of the text.
    pub(in crate::policy) at: usize,
    /// Line and column, from 1.
    pub(in crate::policy) place: (usize, usize),
    pub(in crate::policy) path: String,
}

/// Where the basis of a tier or an entry stands: its keys, and how it is read from the table at a path.
pub(super) struct How<F> {
    pub(super) keys: &'static [&'static str],
    pub(super) basis: F,
}

/// The tiers of a list.
pub(super) fn read<F>(list: &Node<'_>, how: &How<F>) -> Option<ReadTiers>
where
    F: Fn(&Fields<'_>, &str) -> Option<Basis>,
{
    let nodes = list.items()?;
    if nodes.is_empty() {
        list.fault("no tier is stated; add one with its entries");
    }
    let mut places = Vec::new();
    let mut seen = Vec::new();
    let tiers: Vec<Tier> = nodes.iter().filter_map(|node| tier(node, how, &mut places, &mut seen)).collect();
    (tiers.len() == nodes.len()).then_some(ReadTiers { tiers, places })
}

fn tier<F>(node: &Node<'_>, how: &How<F>, places: &mut Vec<EntryPlace>, seen: &mut Vec<Entry>) -> Option<Tier>
where
    F: Fn(&Fields<'_>, &str) -> Option<Basis>,
{
    let fields = node.fields()?;
    fields.only(&[how.keys, &["entries"]]);
    let basis = (how.basis)(&fields, node.path());
    let list = fields.need("entries", "list the groups of the tier")?;
    let nodes = list.items()?;
    if nodes.is_empty() {
        list.fault("the tier has no entry; list its groups, or take the tier out");
    }
    let mut entries = Vec::new();
    for node in &nodes {
        let Some(entry) = entry(node, how, places) else { continue };
        let same = |other: &Entry| {
            (other.group, other.beneficiaries, other.registered_unemployed)
                == (entry.group, entry.beneficiaries, entry.registered_unemployed)
        };
        if seen.iter().any(same) {
            node.fault(format!("the same entry for `{}` stands above; keep one of the two", entry.group));
        }
        seen.push(entry.clone());
        entries.push(entry);
    }
    let complete = entries.len() == nodes.len();
    complete.then_some(Tier { basis: basis?, entries })
}

fn entry<F>(node: &Node<'_>, how: &How<F>, places: &mut Vec<EntryPlace>) -> Option<Entry>
where
    F: Fn(&Fields<'_>, &str) -> Option<Basis>,
{
    let fields = node.fields()?;
    fields.only(&[how.keys, &["group", "beneficiaries", "registered_unemployed"]]);
    let basis = (how.basis)(&fields, node.path());
    let named = fields.need("group", "name the priority group");
    let group = named.as_ref().and_then(|node| node.word("priority group", Group::ALL, Group::as_str));
    if let (Some(node), Some(group)) = (&named, group) {
        places.push(EntryPlace { group, at: node.at(), place: node.place(), path: node.path().to_owned() });
    }
    let who = fields.need("beneficiaries", "write `disabled`, `family_members` or `both`");
    let beneficiaries =
        who.and_then(|node| node.word("kind of beneficiary", &Beneficiaries::ALL, Beneficiaries::as_str));
    let registered = fields.need(
        "registered_unemployed",
        "write whether the person must be registered as unemployed (`true` or `false`)",
    );
    let registered_unemployed = registered.and_then(|node| node.flag());
    Some(Entry {
        basis: basis?,
        group: group?,
        beneficiaries: beneficiaries?,
        registered_unemployed: registered_unemployed?,
    })
}

/// The definition that a group needs and that is not there.
pub(in crate::policy) fn missing_definition(group: Group, definitions: &Definitions) -> Option<&'static str> {
    match group {
        Group::FailedReferrals if definitions.failed_referrals.is_none() => Some("failed_referrals"),
        Group::LongUnemployed if definitions.long_unemployed_months.is_none() => Some("long_unemployed"),
        Group::Graduate if definitions.graduate_months.is_none() => Some("graduate"),
        _ => None,
    }
}

/// What to tell about it.
pub(in crate::policy) fn undefined(group: Group, table: &str) -> String {
    format!("the group `{group}` needs a definition; add `[definitions.{table}]` to the policy")
}
