//! The optimal flow of one market: whatever gains is done, by the cheapest cycle, and the flow stays optimal.

use super::market::{Market, NONE};
use super::outsiders::Outsiders;
use super::search::{Search, Way};
use super::watch::Clerk;
use super::weight::Weight;

/// Lets everybody in, tier by tier, in a tier by lot: few are displaced again in this order. Afterwards the flow is of
/// greatest worth and the prices prove it. Says by how much those who stay out fall short.
pub(super) fn optimise<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    clerk: &mut Clerk<'_>,
) -> Outsiders<W> {
    let mut outsiders = Outsiders::of(market);
    let mut order: Vec<u32> = market.persons().filter(|&person| !market.is_placed(person)).collect();
    order.sort_unstable_by_key(|&person| (market.tiers[person as usize], market.lots[person as usize]));
    for &person in &order {
        market.locked[person as usize] = true; // whose turn has not come is not there yet
    }
    market.calling = 0;
    for person in order {
        if clerk.is_over(&search.work) {
            return outsiders;
        }
        market.locked[person as usize] = false;
        admit(market, search, &mut outsiders, person);
    }
    for node in 0..market.people {
        market.calling = node + 1;
        fill(market, search, &mut outsiders, node);
    }
    market.calling = NONE;
    outsiders
}

/// Lets a person in if that gains.
///
/// Theirs is the only step that can break the invariant. The best cycle through it gains what the person nets above the
/// price of coming in, less the length of the cheapest path from their leaves back to where they come from. Raising the
/// price of each node nearer than the end of that path (than the gain, if there is no such path) by the difference makes
/// the reduced cost of the person's step at least nothing, and keeps all others so \[AMO, section 9.7\].
fn admit<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    outsiders: &mut Outsiders<W>,
    person: u32,
) {
    let owner = market.owner[person as usize];
    let Some(best) = market.best(person) else { return };
    let gain = best + market.price[owner as usize];
    if gain <= W::default() {
        if owner == market.root() {
            outsiders.note(person, -gain);
        }
        return;
    }
    begin_with(market, search, person, best);
    let ends = market.ends(owner);
    let found = search.cheapest(market, &ends, Way::Forwards, Some(gain));
    let depth = found.map_or(gain, |(_, length)| length);
    for (node, distance) in search.settled() {
        market.price[node as usize] += depth - distance;
        if node == market.root() {
            outsiders.ease(depth - distance);
        }
    }
    if let Some((end, _)) = found {
        market.take_path(&search.path(end), owner);
        market.grant(end, owner);
    }
}

/// Begins a search at the leaves that a person may take, the best at distance nothing.
pub(super) fn begin_with<W: Weight>(market: &Market<W>, search: &mut Search<W>, person: u32, best: W) {
    search.begin();
    for at in market.edges_of(person) {
        let edge = market.edges[at];
        search.start(edge.leaf(), person, best - market.net(edge));
    }
}

/// Fills the seats of a node of openings that are free although their price is above that further up: each with whoever
/// gains most by it, or the price falls.
fn fill<W: Weight>(market: &mut Market<W>, search: &mut Search<W>, outsiders: &mut Outsiders<W>, node: u32) {
    while let Some((to, cost)) = market.up_cost(node) {
        let gain = -cost;
        if gain <= W::default() {
            return;
        }
        let found = nearest(market, search, outsiders, ((node, to), gain));
        let depth = found.map_or(gain, |(_, length)| length);
        for (at, distance) in search.settled() {
            market.price[at as usize] -= depth - distance;
        }
        market.spend_applicants(depth);
        outsiders.ease(depth);
        if found.is_none() {
            return;
        }
        // from `to` back to the node, then up again
        for (behind, at, person) in search.path(to).into_iter().rev() {
            if behind != NONE {
                market.take(at, behind, person);
            }
        }
        market.take(node, to, NONE);
    }
}

/// The cheapest path from `to` to a node that has a free seat, if it costs less than `gain`. Mostly it costs little, so those
/// near are asked first.
fn nearest<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    outsiders: &Outsiders<W>,
    ((node, to), gain): ((u32, u32), W),
) -> Option<(u32, W)> {
    let point = market.scale.score;
    let widened = |limit: &W| Some(limit.times(WIDER)).filter(|wider| *wider < gain);
    let first = Some(point.times(NEAR)).filter(|near| W::default() < *near && *near < gain);
    for limit in std::iter::successors(first, widened).chain([gain]) {
        market.list_near_applicants(outsiders, limit);
        search.begin();
        search.start(node, NONE, W::default());
        let found = search.cheapest(market, &[to], Way::Backwards, Some(limit));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// How many points around a free seat are searched first, and how many times more next.
const NEAR: u32 = 128;
const WIDER: u32 = 16;

/// Prices made canonical: those of the least rise, so that each is exactly what one more seat would gain.
///
/// The length of the cheapest path from the root to a node is what a unit that appears there is worth, negated; it depends
/// on the optimal flow alone up to cycles that cost nothing, hence not on how the flow was found.
pub(super) fn settle_prices<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    outsiders: &Outsiders<W>,
) {
    let root = market.root();
    search.flood(market, outsiders);
    let base = market.price[root as usize];
    // for now sets of people whom no step leads to fall as far as the farthest, so that no step from them gains
    let farthest = search.settled().map(|(_, distance)| distance).max().unwrap_or_default();
    let mut sealed: Vec<(u32, Option<W>)> = Vec::new();
    for node in 0..=root {
        let distance = search.distance(node);
        if distance.is_none() {
            sealed.push((node, None));
        }
        market.price[node as usize] -= base + distance.unwrap_or(farthest);
    }
    for (node, slack) in &mut sealed {
        market.each_step(*node, |step| {
            if search.distance(step.to).is_some() {
                *slack = Some(slack.map_or(step.cost, |least| least.min(step.cost)));
            }
        });
    }
    settle_sealed(market, search, &sealed);
}

/// Gives the sets of people whom no step leads to, with the least that a step from each to another node costs, the greatest
/// prices at which nobody in them wants in.
///
/// What such a set has is no more than a bound, as the price of a cap that lets nobody in must be high enough and may be
/// anything above; left alone it would be what it was when steps led there, and speak of scores that are gone. All
/// steps into these sets begin in them, so the search back from them stays there; and it reaches each, since a step
/// leads from each set to that around it.
fn settle_sealed<W: Weight>(market: &mut Market<W>, search: &mut Search<W>, sealed: &[(u32, Option<W>)]) {
    if sealed.is_empty() {
        return;
    }
    search.begin();
    for &(node, slack) in sealed {
        if let Some(slack) = slack {
            search.start(node, NONE, slack);
        }
    }
    search.cheapest(market, &[], Way::Backwards, None);
    for (node, distance) in search.settled() {
        market.price[node as usize] += distance;
    }
}
