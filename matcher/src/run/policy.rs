//! The policy as a record: everything that was applied, with its clause.

use crate::day::Day;
use crate::policy::{Basis, Entry, Order, Policy, Rule, Tier};
use crate::report::{
    ChoiceRecord, DecisionRecord, EntryRecord, OrderRecord, PolicyRecord, RuleRecord, TierRecord,
    WeightRecord,
};
use crate::words::{Criterion, Topic};

pub(super) fn record(policy: &Policy, on: Day) -> PolicyRecord {
    PolicyRecord {
        name: policy.name().to_owned(),
        title: policy.title().to_owned(),
        from: policy.in_force().from,
        until: policy.in_force().until,
        in_force: policy.in_force().contains(on),
        tiers: policy.tiers().into_iter().flatten().zip(1..).map(|(it, number)| tier(it, number)).collect(),
        rules: policy.rules().iter().map(rule).collect(),
        weights: weights(policy),
        choices: choices(policy),
        missing: policy.missing(),
        decisions: decisions(policy),
        orders: policy.orders().iter().map(order).collect(),
    }
}

fn tier(tier: &Tier, number: u8) -> TierRecord {
    let entries = tier.entries.iter().map(entry).collect();
    TierRecord { tier: number, clause: tier.basis.clause.clone(), entries }
}

fn entry(entry: &Entry) -> EntryRecord {
    EntryRecord {
        group: entry.group,
        beneficiaries: entry.beneficiaries.as_str().to_owned(),
        registered_unemployed: entry.registered_unemployed,
        clause: entry.basis.clause.clone(),
        quote: entry.basis.quote.clone(),
    }
}

fn rule(rule: &Rule) -> RuleRecord {
    RuleRecord {
        rule: rule.spec.kind(),
        id: rule.basis.id.clone(),
        clause: rule.basis.clause.clone(),
        source: rule.basis.source.as_str().to_owned(),
        quote: rule.basis.quote.clone(),
    }
}

fn weights(policy: &Policy) -> Vec<WeightRecord> {
    let of = |criterion: &Criterion| WeightRecord {
        criterion: *criterion,
        weight: policy.weights().of(*criterion),
    };
    Criterion::ALL.iter().map(of).collect()
}

fn choices(policy: &Policy) -> Vec<ChoiceRecord> {
    let record = |topic: Topic, value: String, basis: &Basis| ChoiceRecord {
        topic,
        value,
        clause: basis.clause.clone(),
        source: basis.source.as_str().to_owned(),
    };
    let choices = policy.choices();
    let cap = choices.household_cap.as_ref().map(|it| {
        let value = it.value.map_or_else(|| "none".to_owned(), |cap| cap.to_string());
        record(Topic::HouseholdCap, value, &it.basis)
    });
    let unresolved = choices.unresolved.as_ref();
    let unresolved = unresolved.map(|it| record(Topic::Unresolved, it.value.to_string(), &it.basis));
    let lottery = choices.lottery.as_ref().map(|it| record(Topic::Lottery, it.value.to_string(), &it.basis));
    [cap, unresolved, lottery].into_iter().flatten().collect()
}

fn decisions(policy: &Policy) -> Vec<DecisionRecord> {
    let record = |it: &crate::policy::DecisionUsed| DecisionRecord {
        topic: it.topic,
        decision: it.text.clone(),
        office: it.office.clone(),
        date: it.date,
        example: it.example,
    };
    policy.decisions().iter().map(record).collect()
}

fn order(order: &Order) -> OrderRecord {
    OrderRecord {
        order: order.kind,
        candidate: order.candidate.clone(),
        opening: order.opening.clone(),
        reason: order.text.clone(),
        office: order.office.clone(),
        date: order.date,
        example: order.example,
    }
}
