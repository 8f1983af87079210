//! Orders: what an officer fixed or forbade for one candidate and one opening, with the reason.

use super::reading::decisions::Decisions;
use super::whole::Policy;
use crate::day::Day;
use crate::error::PolicyFault;
use crate::ids::{CandidateId, OpeningId};
use crate::words::OrderKind;

/// One order of an office about a candidate and an opening; ids only. It binds the plan of public-welfare posts, and no
/// shortlist. Whether the two are in the problem is asked when posts are assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// A placement that is fixed, or a pair that is never placed.
    pub kind: OrderKind,
    /// Who.
    pub candidate: CandidateId,
    /// Where.
    pub opening: OpeningId,
    /// The reason in the office's words.
    pub text: String,
    /// Which office.
    pub office: String,
    /// When.
    pub date: Day,
    /// Whether the file is marked as an example.
    pub example: bool,
    pub(in crate::policy) place: (usize, usize),
    pub(in crate::policy) date_at: (usize, usize),
    pub(in crate::policy) path: String,
}

impl Order {
    /// A fault of this order, at its place in the decisions file.
    pub(crate) fn fault(&self, message: String) -> PolicyFault {
        PolicyFault { at: Some(self.place), path: self.path.clone(), message }
    }
}

impl Decisions {
    /// The orders, in file order.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }
}

impl Policy {
    /// The orders that came with the local decisions, in file order.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// The orders that were not yet given on this day, in file order.
    pub fn ordered_after(&self, day: Day) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.date > day)
    }

    /// What speaks against an order under this policy.
    pub(super) fn objections_to(&self, order: &Order) -> Option<PolicyFault> {
        let last = self.in_force.until.filter(|last| order.date > *last)?;
        Some(PolicyFault {
            at: Some(order.date_at),
            path: format!("{}.date", order.path),
            message: format!(
                "the order is of {}, and the policy ended on {last}; correct the date, or use the policy that followed",
                order.date
            ),
        })
    }
}
