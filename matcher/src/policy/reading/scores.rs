//! `[definitions]`, `[weights]`, `[commute_scale]` and `[choices]`.

use super::fields::{Fields, Node, Told};
use super::register::{self, Register};
use crate::policy::model::{Basis, Choices, Decided, Definitions, FailedReferrals, Weights};
use crate::words::{Channel, Criterion, LotteryStage, ReferralOutcome, Topic, Unresolved};

/// What stands for a choice that is left to a local decision.
pub(super) const DECIDE: &str = "decide";

/// The definitions, and whether each that is stated could be read.
pub(super) fn definitions(root: &Fields<'_>, register: &Register) -> (Definitions, bool) {
    let Some(node) = root.get("definitions") else { return (Definitions::default(), true) };
    let Some(fields) = node.fields() else { return (Definitions::default(), false) };
    fields.only(&[&["failed_referrals", "long_unemployed", "graduate"]]);
    let failed = fields.get("failed_referrals").map(|node| failed_referrals(&node, register));
    let long = fields.get("long_unemployed").map(|node| months(&node, register));
    let graduate = fields.get("graduate").map(|node| months(&node, register));
    let sound = failed.as_ref().is_none_or(Option::is_some)
        && long.as_ref().is_none_or(Option::is_some)
        && graduate.as_ref().is_none_or(Option::is_some);
    let definitions = Definitions {
        failed_referrals: failed.flatten(),
        long_unemployed_months: long.flatten(),
        graduate_months: graduate.flatten(),
    };
    (definitions, sound)
}

fn months(node: &Node<'_>, register: &Register) -> Option<Decided<u16>> {
    let fields = node.fields()?;
    fields.only(&[&["months"], register::KEYS]);
    let basis = register.read(&fields);
    let value = fields.need("months", "write how many months").and_then(|node| node.number(1, 1_200));
    Some(Decided { value: value?, basis: basis? })
}

fn failed_referrals(node: &Node<'_>, register: &Register) -> Option<Decided<FailedReferrals>> {
    let fields = node.fields()?;
    fields.only(&[&["times", "channel", "failed", "reset"], register::KEYS]);
    let basis = register.read(&fields);
    let times = fields.need("times", "write how many referrals in a row must have failed");
    let times = times.and_then(|node| node.number(1, 99));
    let channel = fields.need("channel", "write in which way the referrals were made");
    let channel = channel.and_then(|node| node.word("way of referral", Channel::ALL, Channel::as_str));
    let failed = fields.need("failed", "list the outcomes that count as failed");
    if let Some(node) = &failed
        && node.items().is_some_and(|items| items.is_empty())
    {
        node.fault("no outcome counts as failed, so nobody would be in the group; list one at least");
    }
    let failed = failed.and_then(|node| outcomes(&node));
    let reset = fields.need("reset", "list the outcomes that set the count back to zero, or write `[]`");
    let reset_outcomes = reset.as_ref().and_then(outcomes);
    if let (Some(node), Some(failed), Some(reset)) = (&reset, &failed, &reset_outcomes) {
        for both in reset.iter().filter(|outcome| failed.contains(outcome)) {
            node.fault(format!("`{both}` counts as failed and sets the count back; keep it in one list"));
        }
    }
    let value = FailedReferrals { times: times?, channel: channel?, failed: failed?, reset: reset_outcomes? };
    Some(Decided { value, basis: basis? })
}

fn outcomes(node: &Node<'_>) -> Option<Vec<ReferralOutcome>> {
    let nodes = node.items()?;
    let read = |node: &Node<'_>| node.word("outcome", ReferralOutcome::ALL, ReferralOutcome::as_str);
    let mut outcomes: Vec<_> = nodes.iter().filter_map(read).collect();
    let complete = outcomes.len() == nodes.len();
    outcomes.sort_unstable();
    outcomes.dedup();
    complete.then_some(outcomes)
}

/// The weights, in the order of [`Criterion::ALL`], and who set them.
pub(super) fn weights(root: &Fields<'_>, register: &Register) -> Option<(Weights, Basis)> {
    let node = root.need("weights", "add a `[weights]` table that gives each criterion its weight")?;
    let fields = node.fields()?;
    let names = Criterion::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>();
    fields.only(&[&names, register::KEYS]);
    let basis = register.read(&fields);
    let read = |criterion: &Criterion| {
        let weight = fields.need(criterion.as_str(), "write its weight, 0 if it does not count")?;
        weight.number::<u8>(0, 100)
    };
    let read: Vec<Option<u8>> = Criterion::ALL.iter().map(read).collect();
    let weights: [u8; 7] = read.into_iter().collect::<Option<Vec<u8>>>()?.try_into().ok()?;
    let sum: u32 = weights.iter().copied().map(u32::from).sum();
    if sum != 100 {
        node.fault(format!("the weights sum to {sum}; change them so that they sum to 100"));
    }
    if weights[Criterion::Priority.index()] == 100 {
        node.fault(
            "only `priority` has a weight, and plans do not count it; give another criterion a weight",
        );
    }
    Some((Weights(weights), basis?))
}

/// Kilometres at which the commute earns no points.
pub(super) fn commute_scale(root: &Fields<'_>, register: &Register) -> Option<Decided<u32>> {
    let node =
        root.need("commute_scale", "add a `[commute_scale]` table with the kilometres that earn no points")?;
    let fields = node.fields()?;
    fields.only(&[&["km"], register::KEYS]);
    let basis = register.read(&fields);
    let km = fields.need("km", "write the kilometres at which the commute earns no points");
    let value = km.and_then(|node| node.number(1, 1_000));
    Some(Decided { value: value?, basis: basis? })
}

/// The choices; each is stated, or left to a local decision by name.
pub(super) fn choices(root: &Fields<'_>, register: &Register) -> Option<Choices> {
    let node = root.need(
        "choices",
        "state `household_cap`, `unresolved` and `lottery`, or leave them to a local decision with \"decide\"",
    )?;
    let fields = node.fields()?;
    let topics = [Topic::HouseholdCap, Topic::Unresolved, Topic::Lottery].map(Topic::as_str);
    fields.only(&[&topics, &["stacking", "reserves"]]);
    fixed_choices(&fields);
    let household_cap = choice(&fields, Topic::HouseholdCap, register, household_cap);
    let unresolved = choice(&fields, Topic::Unresolved, register, unresolved);
    let lottery = choice(&fields, Topic::Lottery, register, lottery);
    Some(Choices { household_cap: household_cap.ok()?, unresolved: unresolved.ok()?, lottery: lottery.ok()? })
}

/// A stated choice, or that it is left open.
fn choice<T>(
    fields: &Fields<'_>,
    topic: Topic,
    register: &Register,
    value: fn(&Node<'_>) -> Result<T, Told>,
) -> Result<Option<Decided<T>>, Told> {
    let node = fields.need(
        topic.as_str(),
        "state the choice in a table with its `value`, or write \"decide\" to leave it to a local decision",
    );
    let node = node.ok_or(Told)?;
    if node.is_text(DECIDE) {
        return Ok(None);
    }
    if !node.is_compound() {
        node.fault("write \"decide\", or a table with `value` and its basis");
        return Err(Told);
    }
    let fields = node.fields().ok_or(Told)?;
    fields.only(&[&["value"], register::KEYS]);
    let basis = register.read(&fields);
    let stated = fields.need("value", "write what is chosen").ok_or(Told);
    let value = stated.and_then(|node| value(&node))?;
    Ok(Some(Decided { value, basis: basis.ok_or(Told)? }))
}

/// Two choices that may be written down and have one answer only.
fn fixed_choices(fields: &Fields<'_>) {
    if let Some(node) = fields.get("stacking")
        && node.flag() == Some(true)
    {
        node.fault(
            "several groups of one tier never add up; write `false`, or put a group into a tier of its own",
        );
    }
    if let Some(node) = fields.get("reserves")
        && !node.is_text("minimum")
    {
        node.fault(
            "a reserve is a minimum guarantee, and one over and above it is not offered; write \"minimum\"",
        );
    }
}

pub(super) fn household_cap(node: &Node<'_>) -> Result<Option<u32>, Told> {
    if node.is_text("none") { Ok(None) } else { node.number(1, 1_000_000).map(Some).ok_or(Told) }
}

pub(super) fn unresolved(node: &Node<'_>) -> Result<Unresolved, Told> {
    node.word("way to treat the unresolved", Unresolved::ALL, Unresolved::as_str).ok_or(Told)
}

pub(super) fn lottery(node: &Node<'_>) -> Result<LotteryStage, Told> {
    node.word("place of the lottery", LotteryStage::ALL, LotteryStage::as_str).ok_or(Told)
}
