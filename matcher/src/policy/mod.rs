//! A jurisdiction's [`Policy`]: dated data with a clause beside each rule, read from TOML and checked here.
//!
//! The kinds of rule are a closed list in code ([`RuleKind`]); their values, dates and clauses are data. What the
//! source does not say is never filled in silently: it is a [`Topic`] that a local decision must settle
//! ([`Policy::with_decisions`]), and until then public-welfare posts are not assigned.

mod builtin;
mod decide;
mod diff;
mod model;
mod order;
mod quotes;
mod reading;
mod whole;

pub use diff::{PolicyDifference, diff};
pub use model::{
    Basis, Beneficiaries, Choices, Decided, Definitions, Entry, FailedReferrals, LegalAge, Period, Rule,
    RuleSpec, Source, Territory, Tier, Weights,
};
pub use order::Order;
pub use quotes::{find_quotes, quotations};
pub use reading::POLICY_FORMAT;
pub use reading::decisions::{DECISIONS_FORMAT, Decisions};
pub use whole::{DecisionUsed, Policy};

pub use crate::words::{LotteryStage, OrderKind, RuleKind, Topic, Unresolved};
