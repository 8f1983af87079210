//! Which of several optimal plans it is: the lottery first, then the first opening by row.
//!
//! All optimal flows are the flows on the optimal *face*: a step whose reduced cost is above nothing is taken by none of
//! them, and any flow that keeps to this is optimal \[AMO, theorem 9.4\]. So one optimal flow turns into any other along
//! cycles of steps that cost nothing.

pub(super) mod plain;

use super::market::{Edge, Market};
use super::search::Search;
use super::watch::Clerk;
use super::weight::Weight;

/// People in the order of their lots.
fn by_lot<W: Weight>(market: &Market<W>) -> Vec<u32> {
    let mut order: Vec<u32> = market.persons().collect();
    order.sort_unstable_by_key(|&person| market.lots[person as usize]);
    order
}

/// Decides who is placed. In lottery order, whoever is placed in some optimal plan that keeps those placed
/// before them is kept; the others are out. Afterwards nobody comes in or goes out on this face.
///
/// A failed search closes a set of nodes that no free step leaves. Later changes are cycles; one that enters the
/// set cannot leave it, so the set stays closed, and its nodes need not be looked at again for the same end.
pub(super) fn choose_people<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    clerk: &mut Clerk<'_>,
) {
    let root = market.root();
    let mut closed = vec![false; market.nodes.len()];
    for person in by_lot(market) {
        if clerk.is_over(&search.work) {
            return;
        }
        let owner = market.owner[person as usize];
        let gain = market.best(person).map(|best| best + market.price[owner as usize]);
        if !market.is_placed(person) && gain == Some(W::default()) {
            search.begin();
            let free: Vec<u32> = market.edges[market.edges_of(person)]
                .iter()
                .filter(|&&edge| market.net(edge) + market.price[owner as usize] == W::default())
                .map(|edge| edge.leaf())
                .collect();
            let ends = market.ends(owner);
            let found = free.into_iter().find_map(|leaf| {
                let dead = |node: u32| owner == root && closed[node as usize];
                search.free_path(market, (leaf, person), &ends, dead)
            });
            if let Some(end) = found {
                market.take_path(&search.path(end), owner);
                market.grant(end, owner);
            } else if owner == root {
                search.settled().for_each(|(node, _)| closed[node as usize] = true);
            }
        }
        market.locked[person as usize] = true;
    }
}

/// Decides who sits where. In lottery order, each placed person gets the first opening by row that some optimal
/// plan with these people, and with the seats given so far, gives them.
pub(super) fn choose_seats<W: Weight>(market: &mut Market<W>, search: &mut Search<W>, clerk: &mut Clerk<'_>) {
    for person in market.persons() {
        market.locked[person as usize] = true;
    }
    for person in by_lot(market) {
        if clerk.is_over(&search.work) {
            return;
        }
        if !market.is_placed(person) {
            continue;
        }
        if !market.fixed[person as usize] {
            market.fixed[person as usize] = true;
            let now = market.seat[person as usize];
            let (edges, taken) = (market.edges_of(person), market.taken(person));
            let net = market.net(taken);
            search.begin();
            let earlier = edges.take_while(|&at| at < now as usize).map(|at| market.edges[at]);
            let free: Vec<u32> = earlier.filter(|&edge| market.net(edge) == net).map(Edge::leaf).collect();
            let found = free
                .into_iter()
                .find_map(|leaf| search.free_path(market, (leaf, person), &[taken.leaf()], |_| false));
            if found.is_some() {
                market.take_path(&search.path(taken.leaf()), taken.leaf());
            }
        }
    }
}

/// Lets everybody move again whom no pin holds, for questions about the finished plan.
pub(super) fn release<W: Weight>(market: &mut Market<W>, pinned: impl Fn(u32) -> bool) {
    for person in market.persons() {
        let held = pinned(person);
        market.locked[person as usize] = held;
        market.fixed[person as usize] = held;
    }
}
