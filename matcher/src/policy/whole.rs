//! The [`Policy`] as a whole, and what can be asked of it.

use super::model::{Basis, Choices, Decided, Definitions, Period, Rule, Tier, Weights};
use super::order::Order;
use crate::day::Day;
use crate::ids::RegionCode;
use crate::words::Topic;

/// A jurisdiction's policy, read and checked. Read-only: values come from a file, never from code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) source_file: Option<String>,
    pub(crate) jurisdiction: Option<RegionCode>,
    pub(crate) in_force: Period,
    /// `None` = the source ranks nobody and no decision has been supplied.
    pub(crate) tiers: Option<Vec<Tier>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) definitions: Definitions,
    pub(crate) weights: Weights,
    pub(crate) weights_basis: Basis,
    /// Kilometres at which the commute earns no points, for people who state no farthest commute.
    pub(crate) commute_scale_km: Decided<u32>,
    pub(crate) choices: Choices,
    /// The sentences of local decisions that were used, in file order.
    pub(crate) decisions: Vec<DecisionUsed>,
    /// The orders that came with them, in file order.
    pub(crate) orders: Vec<Order>,
}

/// A local decision that a policy took up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionUsed {
    /// What it settles.
    pub topic: Topic,
    /// The decision in the office's words.
    pub text: String,
    /// Which office.
    pub office: String,
    /// When.
    pub date: Day,
    /// Whether the file is marked as an example.
    pub example: bool,
}

impl Policy {
    /// The short name, e.g. `xinhuang`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The title as published.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The file name of the source text in which quotations are found; `None` where there is none.
    #[must_use]
    pub fn source_file(&self) -> Option<&str> {
        self.source_file.as_deref()
    }

    /// The region in which public-welfare posts are the policy's own; `None` = the county of each post.
    #[must_use]
    pub const fn jurisdiction(&self) -> Option<&RegionCode> {
        self.jurisdiction.as_ref()
    }

    /// The days on which the policy is in force.
    #[must_use]
    pub const fn in_force(&self) -> Period {
        self.in_force
    }

    /// The tiers, first tier first; `None` as long as a local decision is missing.
    #[must_use]
    pub fn tiers(&self) -> Option<&[Tier]> {
        self.tiers.as_deref()
    }

    /// The rules, in the order of [`crate::words::RuleKind`].
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Definitions of groups.
    #[must_use]
    pub const fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The weights of the criteria.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Who set the weights.
    #[must_use]
    pub const fn weights_basis(&self) -> &Basis {
        &self.weights_basis
    }

    /// Kilometres at which the commute earns no points, for people who state no farthest commute.
    #[must_use]
    pub const fn commute_scale_km(&self) -> &Decided<u32> {
        &self.commute_scale_km
    }

    /// The choices.
    #[must_use]
    pub const fn choices(&self) -> &Choices {
        &self.choices
    }

    /// Local decisions that were used.
    #[must_use]
    pub fn decisions(&self) -> &[DecisionUsed] {
        &self.decisions
    }

    /// What a local decision must still settle before public-welfare posts can be assigned.
    #[must_use]
    pub fn missing(&self) -> Vec<Topic> {
        let missing = |topic: &Topic| match topic {
            Topic::Tiers => self.tiers.is_none(),
            Topic::HouseholdCap => self.choices.household_cap.is_none(),
            Topic::Unresolved => self.choices.unresolved.is_none(),
            Topic::Lottery => self.choices.lottery.is_none(),
        };
        Topic::ALL.iter().copied().filter(missing).collect()
    }

    /// Every basis that the policy rests on, in file order: rules, tiers, definitions, choices, weights.
    pub fn bases(&self) -> impl Iterator<Item = &Basis> {
        let rules = self.rules.iter().map(|rule| &rule.basis);
        let tiers = self.tiers.iter().flatten();
        let tiers =
            tiers.flat_map(|tier| std::iter::once(&tier.basis).chain(tier.entries.iter().map(|e| &e.basis)));
        let of = &self.definitions;
        let definitions = of.failed_referrals.iter().map(|it| &it.basis);
        let definitions = definitions.chain(of.long_unemployed_months.iter().map(|it| &it.basis));
        let definitions = definitions.chain(of.graduate_months.iter().map(|it| &it.basis));
        let choices = self.choices.household_cap.iter().map(|it| &it.basis);
        let choices = choices.chain(self.choices.unresolved.iter().map(|it| &it.basis));
        let choices = choices.chain(self.choices.lottery.iter().map(|it| &it.basis));
        let scores = [&self.weights_basis, &self.commute_scale_km.basis];
        rules.chain(tiers).chain(definitions).chain(choices).chain(scores)
    }
}
