//! The optimal flow of one network: people are let in one by one, each time the flow stays optimal.

use super::network::Network;
use super::search::{Ends, Search};
use crate::instance::Worth;

/// Lets everybody in. Afterwards the flow is of greatest worth and the potentials prove it.
pub(super) fn optimise(network: &mut Network, search: &mut Search) {
    for person in network.by_tier() {
        admit(network, search, person);
    }
}

/// Adds the arc from a person's parent to the person, and moves the one unit that it may carry if that gains.
///
/// The arc is the only one that can break the invariants. Its reduced cost is `-gain`. A cycle through it of
/// length `d - gain < 0` is the only kind that can improve the flow, and the shortest is enough, since the arc
/// carries one unit. Lowering the potential of each node nearer than `d` (than `gain` if there is no such
/// cycle) by the difference makes the arc's reduced cost at most nothing where it is used, and exactly nothing
/// where it is not, and keeps all others \[AMO, section 9.7\].
fn admit(network: &mut Network, search: &mut Search, person: usize) {
    network.lift(person);
    network.lock(person, false);
    let parent = network.parent(person);
    let gain = network.gain(person, parent);
    if gain <= Worth::ZERO {
        return;
    }
    let ends = Ends { from: network.person_node(person), to: parent };
    let found = search.cheapest(network, ends, Some(gain));
    let depth = found.unwrap_or(gain);
    for (node, distance) in search.settled() {
        network.potential[node as usize] += distance - depth;
    }
    if found.is_some() {
        network.push(&search.path(ends));
    }
    network.rebase();
}
