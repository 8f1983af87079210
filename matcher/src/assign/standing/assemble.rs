//! A market from the numbers of an instance, a plan and the prices that prove it.

use super::flow::Flow;
use super::ledger::Ledger;
use crate::assign::market::{Market, whole};
use crate::assign::weight::{Digits, Weight};
use crate::certificate::Prices;
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Instance, Level, MAX_SCORE, Objective, Unfilled, Whose, Worth};

/// A plan with its prices.
pub(super) struct Proved {
    pub places: Vec<Option<OpeningIx>>,
    pub prices: Prices,
    pub objective: Objective,
}

/// The numbers that a market needs: its digits, in how many bits, and up to which score.
pub(super) fn digits(base: &Instance) -> (Digits, u32, u32) {
    let leaves = leaves(base);
    let score = Ledger::highest_score(base).checked_next_power_of_two().unwrap_or(MAX_SCORE).min(MAX_SCORE);
    let sets = base.nesting().people_sets().len();
    let digits = Digits::new(base.tiers(), leaves, sets, score, !base.keep().is_empty());
    let bits = digits.bits(leaves);
    (digits, bits, score)
}

fn leaves(base: &Instance) -> usize {
    base.seats().len() + base.groups().len()
}

/// The flow of a plan, if its prices prove it. `apart` takes no part yet.
pub(super) fn flow<W: Weight>(
    ledger: &Ledger,
    digits: Digits,
    proved: &Proved,
    apart: Option<CandidateIx>,
) -> Option<Flow<W>> {
    let base = &ledger.base;
    let most = W::unit(&digits, Level::Reserved)
        .times(u32::try_from(leaves(base).saturating_mul(8).saturating_add(9)).unwrap_or(u32::MAX));
    let mut market = Market::new(base, whole(base), digits, true);
    market.list_applicants();
    for (pool, (full, &seats)) in base.seats().iter().zip(&ledger.seats).enumerate() {
        let cap = &mut market.nodes[pool].cap;
        let left = (u64::from(*cap) + u64::from(seats)).saturating_sub(u64::from(*full));
        *cap = u32::try_from(left).unwrap_or(u32::MAX);
    }
    for person in market.persons() {
        let Some(opening) = proved.places.get(person as usize).copied().flatten() else { continue };
        market.sit(person, market.leaf_to(person, opening)?);
        market.count_round(person, true);
    }
    let held = ledger.pins.keys().chain(ledger.gone()).chain(&apart);
    for row in held {
        market.fixed[row.get()] = true;
        market.locked[row.get()] = true;
    }
    let digits = market.scale.digits.clone();
    for node in 0..market.root() {
        let price = price_of(base, &market, &proved.prices, node)?;
        market.price[node as usize] = W::encode(&price, &digits);
    }
    for (pool, _) in (0_u32..).zip(&ledger.seats).filter(|(_, seats)| **seats == 0) {
        market.shut(pool);
    }
    market.is_optimal().then(|| Flow::new(market, proved.objective.clone(), most))
}

/// The price of a node from those of the certificate: the reverse of [`crate::assign::prices::collect`].
fn price_of<W: Weight>(base: &Instance, market: &Market<W>, prices: &Prices, node: u32) -> Option<Worth> {
    if node == market.root() {
        return Some(Worth::ZERO);
    }
    let outside = |node: u32| price_of(base, market, prices, node);
    let one = Worth::of(Level::Reserved, 1);
    let adds = |group: usize| {
        let reserves = base.groups()[group].reserve > 0;
        Some(
            *prices.caps.get(group)?
                + if reserves { *prices.reserves.get(group)? - one } else { Worth::ZERO },
        )
    };
    let openings = base.seats().len();
    if market.is_people(node) {
        let above = match base.nesting().people_sets().get((node - market.people) as usize)?.whose {
            Whose::Household(household) => *prices.households.get(household.get())?,
            Whose::Group(group) => adds(group)?,
        };
        return Some(outside(market.parent(node))? - above);
    }
    let Some(group) = (node as usize).checked_sub(openings) else {
        return Some(outside(market.parent(node))? + *prices.openings.get(node as usize)?);
    };
    let group = *market.part.groups.get(group)?;
    let it = &base.groups()[group];
    if it.unfilled == Unfilled::LeftFree && it.reserve > 0 {
        return Some(outside(market.past(node))? + adds(group)?);
    }
    Some(outside(market.parent(node))? + adds(group)?)
}
