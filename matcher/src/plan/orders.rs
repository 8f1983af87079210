//! The orders of an office as rows of the instance, checked against the problem.

use std::collections::BTreeMap;

use super::board::is_placeable;
use crate::error::{Error, PolicyFault};
use crate::ids::{CandidateId, CandidateIx, OpeningIx};
use crate::policy::Order;
use crate::problem::Problem;
use crate::score::Scored;
use crate::words::{OrderKind, Sheet};

type Places = Vec<(CandidateIx, OpeningIx)>;

/// Pins and prohibitions, the openings as rows of the instance.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub(super) pins: Places,
    pub(super) prohibitions: Places,
    faults: Vec<PolicyFault>,
}

/// The orders of the policy; `openings` are the rows of the posts, ascending.
///
/// # Errors
/// [`crate::error::ErrorKind::Policy`] with every order that names nobody, no post, or a placement that the rules, the
/// seats or the limit of a household do not allow: an order that cannot be followed must not be passed over.
pub(super) fn rows(scored: &Scored<'_>, openings: &[OpeningIx]) -> Result<Orders, Error> {
    let mut orders = Orders::default();
    let mut seats = BTreeMap::new();
    let mut members = BTreeMap::new();
    for order in scored.problem().policy().orders() {
        let Some((candidate, seat)) = orders.place(scored.problem(), openings, order) else { continue };
        if order.kind == OrderKind::Forbid {
            orders.prohibitions.push((candidate, seat));
            continue;
        }
        let objection = not_placeable(scored, candidate, openings[seat.get()])
            .or_else(|| no_seat(scored, openings[seat.get()], seats.entry(seat).or_insert(0)))
            .or_else(|| too_many(scored.problem(), candidate, &mut members));
        orders.faults.extend(objection.map(|message| order.fault(message)));
        orders.pins.push((candidate, seat));
    }
    if orders.faults.is_empty() { Ok(orders) } else { Err(Error::policy(orders.faults)) }
}

impl Orders {
    /// The rows of an order, or `None` with a fault. A prohibition for a candidate whose row was set aside needs none.
    fn place(
        &mut self,
        problem: &Problem,
        openings: &[OpeningIx],
        order: &Order,
    ) -> Option<(CandidateIx, OpeningIx)> {
        let candidate = problem.candidate_row(&order.candidate);
        let set_aside = order.kind == OrderKind::Forbid && is_set_aside(problem, &order.candidate);
        if candidate.is_none() && !set_aside {
            let id = &order.candidate;
            self.say(
                order,
                format!("no accepted candidate has the id `{id}`; correct it, or take the order out"),
            );
        }
        let opening = problem.opening_row(&order.opening);
        let seat = opening.and_then(|row| openings.binary_search(&row).ok());
        let id = &order.opening;
        match (opening, seat) {
            (None, _) => {
                self.say(
                    order,
                    format!("no accepted opening has the id `{id}`; correct it, or take the order out"),
                );
            }
            (Some(_), None) => {
                self.say(
                    order,
                    format!(
                        "`{id}` is no public-welfare post, and nobody is placed there; take the order out"
                    ),
                );
            }
            _ => {}
        }
        Some((candidate?, OpeningIx::new(seat?)))
    }

    fn say(&mut self, order: &Order, message: String) {
        self.faults.push(order.fault(message));
    }
}

fn is_set_aside(problem: &Problem, id: &CandidateId) -> bool {
    problem.rejected().iter().any(|row| row.sheet == Sheet::Candidates && row.id == id.as_str())
}

fn not_placeable(scored: &Scored<'_>, candidate: CandidateIx, opening: OpeningIx) -> Option<String> {
    let standing = scored.standings(candidate, opening).standing();
    if is_placeable(scored, standing) {
        return None;
    }
    Some(format!(
        "the standing of the pair is `{standing}`, and a pin sets no rule aside; correct the data, or take the order out"
    ))
}

fn no_seat(scored: &Scored<'_>, opening: OpeningIx, pinned: &mut u32) -> Option<String> {
    let seats = scored.judge.columns.posts[opening].seats;
    *pinned += 1;
    (*pinned > seats)
        .then(|| format!("the post has {seats} seats, and more people are pinned there; take pins out"))
}

fn too_many<'p>(
    problem: &'p Problem,
    candidate: CandidateIx,
    members: &mut BTreeMap<&'p str, u32>,
) -> Option<String> {
    let cap = problem.policy().choices().household_cap.as_ref()?.value?;
    let household = problem.candidates()[candidate.get()].household.as_ref()?;
    let pinned = members.entry(household.as_str()).or_insert(0);
    *pinned += 1;
    (*pinned > cap).then(|| {
        format!("more than {cap} members of the household are pinned, and {cap} is the most; take pins out")
    })
}
