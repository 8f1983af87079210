//! The prices of a finished market, as the certificate states them.

use super::market::Market;
use super::weight::Weight;
use crate::certificate::Prices;
use crate::ids::OpeningIx;
use crate::instance::{Instance, Level, Unfilled, Whose, Worth};

/// Writes the prices of a market into those of the whole instance.
///
/// What a node adds to the price further up is the price of its cap if it is above nothing; below nothing it is what a
/// reserved seat that is not contested takes off.
pub(super) fn collect<W: Weight>(instance: &Instance, market: &Market<W>, prices: &mut Prices) {
    let worth = |node: u32| market.price[node as usize].decode(&market.scale.digits);
    let parent = |node: u32| worth(market.parent(node));
    for (pool, row) in (0_u32..).zip(&market.part.openings) {
        prices.openings[row.get()] = worth(pool) - parent(pool);
    }
    let first = u32::try_from(market.part.openings.len()).unwrap_or(u32::MAX);
    let one = Worth::of(Level::Reserved, 1);
    for (node, &group) in (first..).zip(&market.part.groups) {
        let it = &instance.groups()[group];
        if it.unfilled == Unfilled::LeftFree && it.reserve > 0 {
            let base = worth(node).min(parent(node));
            prices.reserves[group] = base + one - worth(market.past(node));
            prices.caps[group] = worth(node) - base;
        } else {
            split(it.reserve, worth(node) - parent(node), group, prices);
        }
    }
    for (node, &set) in (market.people..).zip(&market.part.sets) {
        let above = parent(node) - worth(node);
        match instance.nesting().people_sets()[set].whose {
            Whose::Household(household) => prices.households[household.get()] = above,
            Whose::Group(group) => split(instance.groups()[group].reserve, above, group, prices),
        }
    }
}

fn split(reserve: u32, above: Worth, group: usize, prices: &mut Prices) {
    prices.caps[group] = above.max(Worth::ZERO);
    if reserve > 0 {
        prices.reserves[group] = Worth::of(Level::Reserved, 1) + above.min(Worth::ZERO);
    }
}

/// No price at all, for every row of an instance. A reserved seat that nobody can take has none.
pub(super) fn none(instance: &Instance) -> Prices {
    let blank = |rows: usize| vec![Worth::ZERO; rows];
    Prices {
        households: blank(instance.households()),
        openings: blank(instance.seats().len()),
        caps: blank(instance.groups().len()),
        reserves: blank(instance.groups().len()),
    }
}

/// Where a placement stands.
pub(super) fn place<W: Weight>(market: &Market<W>, person: u32) -> Option<OpeningIx> {
    market.is_placed(person).then(|| market.opening_of(market.taken(person).leaf()))
}
