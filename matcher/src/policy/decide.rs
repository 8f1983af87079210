//! A policy takes up local decisions, but only where its source leaves something open.

use super::model::{Basis, Decided};
use super::reading::decisions::{Decision, Decisions, Settles};
use super::reading::{missing_definition, undefined};
use super::whole::{DecisionUsed, Policy};
use crate::day::Day;
use crate::error::{Error, PolicyFault};
use crate::words::Topic;

impl Policy {
    /// The policy with these local decisions in the places that it leaves open.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Policy`], with line and column in the decisions file, where the file is for
    /// another policy, settles what the policy states itself, names a group that the policy does not define,
    /// or was decided or ordered after the policy's last day.
    pub fn with_decisions(mut self, decisions: &Decisions) -> Result<Self, Error> {
        let mut faults = Vec::new();
        if decisions.policy != self.name {
            faults.push(PolicyFault {
                at: Some(decisions.policy_at),
                path: "policy".to_owned(),
                message: format!(
                    "the decisions are for `{}`, and the policy is `{}`; use the file that belongs to it",
                    decisions.policy, self.name
                ),
            });
        }
        for decision in &decisions.taken {
            self.objections(decision, &mut faults);
        }
        faults.extend(decisions.orders.iter().filter_map(|order| self.objections_to(order)));
        if !faults.is_empty() {
            return Err(Error::policy(faults));
        }
        for decision in &decisions.taken {
            self.take_up(decision, decisions.example);
        }
        self.orders.extend(decisions.orders.iter().cloned());
        Ok(self)
    }

    /// The decisions that were not yet taken on this day, in file order.
    pub fn decided_after(&self, day: Day) -> impl Iterator<Item = &DecisionUsed> {
        self.decisions.iter().filter(move |decision| decision.date > day)
    }

    fn objections(&self, decision: &Decision, faults: &mut Vec<PolicyFault>) {
        let topic = decision.settles.topic();
        if let Some(basis) = self.basis_of(topic) {
            faults.push(PolicyFault {
                at: Some(decision.topic_at),
                path: format!("{}.topic", decision.path),
                message: format!(
                    "the policy states `{topic}` itself ({}, {}), and a local decision settles only what the policy leaves open; take this decision out",
                    basis.id, basis.clause
                ),
            });
        }
        if let Some(last) = self.in_force.until
            && decision.date > last
        {
            faults.push(PolicyFault {
                at: Some(decision.date_at),
                path: format!("{}.date", decision.path),
                message: format!(
                    "the decision is of {}, and the policy ended on {last}; correct the date, or use the policy that followed",
                    decision.date
                ),
            });
        }
        if let Settles::Tiers { places, .. } = &decision.settles {
            for entry in places {
                if let Some(table) = missing_definition(entry.group, &self.definitions) {
                    let message = undefined(entry.group, table);
                    faults.push(PolicyFault { at: Some(entry.place), path: entry.path.clone(), message });
                }
            }
        }
    }

    /// Where the policy settles a topic; `None` as long as it is open.
    fn basis_of(&self, topic: Topic) -> Option<&Basis> {
        match topic {
            Topic::Tiers => self.tiers.as_ref()?.first().map(|tier| &tier.basis),
            Topic::HouseholdCap => self.choices.household_cap.as_ref().map(|it| &it.basis),
            Topic::Unresolved => self.choices.unresolved.as_ref().map(|it| &it.basis),
            Topic::Lottery => self.choices.lottery.as_ref().map(|it| &it.basis),
        }
    }

    fn take_up(&mut self, decision: &Decision, example: bool) {
        let basis = decision.basis.clone();
        match &decision.settles {
            Settles::Tiers { tiers, .. } => self.tiers = Some(tiers.clone()),
            Settles::HouseholdCap(value) => {
                self.choices.household_cap = Some(Decided { value: *value, basis });
            }
            Settles::Unresolved(value) => self.choices.unresolved = Some(Decided { value: *value, basis }),
            Settles::Lottery(value) => self.choices.lottery = Some(Decided { value: *value, basis }),
        }
        self.decisions.push(DecisionUsed {
            topic: decision.settles.topic(),
            text: decision.text.clone(),
            office: decision.office.clone(),
            date: decision.date,
            example,
        });
    }
}
