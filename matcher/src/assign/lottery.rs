//! Which of several optimal plans it is: the lottery first, then the first opening by row.
//!
//! All optimal flows are the flows on the optimal *face*: an arc whose reduced cost is below nothing is full in
//! all of them, one whose reduced cost is above nothing is empty, and any flow that keeps to this is optimal
//! \[AMO, theorem 9.4\]. So one optimal flow turns into any other along cycles of steps that cost nothing.

use super::network::{Network, ROOT};
use super::search::{Ends, Search};
use crate::instance::Worth;

/// Decides who is placed. In lottery order, whoever is placed in some optimal plan that keeps those placed
/// before them is kept; the others are out. Afterwards nobody comes in or goes out on this face.
///
/// A failed search closes a set of nodes that no free step leaves. Later changes are cycles; one that enters the
/// set cannot leave it, so the set stays closed, and its nodes need not be looked at again for the same end.
pub(super) fn choose_people(network: &mut Network, search: &mut Search) {
    let mut closed = vec![false; network.size()];
    for person in network.by_lot() {
        let parent = network.parent(person);
        if !network.is_placed(person) && network.gain(person, parent) == Worth::ZERO {
            let ends = Ends { from: network.person_node(person), to: parent };
            search.begin();
            let found = search.free_path(network, ends, |node| parent == ROOT && closed[node as usize]);
            let nodes = search.settled();
            if found {
                drop(nodes);
                network.push(&search.path(ends));
            } else if parent == ROOT {
                nodes.for_each(|(node, _)| closed[node as usize] = true);
            }
        }
        network.lock(person, true);
    }
}

/// Decides who sits where. In lottery order, each placed person gets the first opening by row that some optimal
/// plan with these people, and with the seats given so far, gives them.
pub(super) fn choose_seats(network: &mut Network, search: &mut Search) {
    let order = network.by_lot();
    for &person in &order {
        network.lock(person, true);
    }
    for &person in &order {
        if let Some(entry) = network.entry(person) {
            search.begin();
            let better = network.earlier_entries(person).into_iter().find(|&from| {
                let ends = Ends { from, to: entry };
                let free = network.is_tight(person, from);
                free && search.free_path(network, ends, |_| false)
            });
            if let Some(from) = better {
                let mut path = vec![network.person_node(person)];
                path.extend(search.path(Ends { from, to: entry }));
                network.rise(person);
                network.push(&path);
            }
        }
        network.pin(person, true);
    }
}

/// Lets everybody move again, for questions about the finished plan.
pub(super) fn release(network: &mut Network) {
    for person in network.by_lot() {
        network.lock(person, false);
        network.pin(person, false);
    }
}
