//! A start near the optimum, for the many parts where nothing but seats and tiers counts: levels, then an auction.
//!
//! Nothing here has to be right. Whoever is placed with less than the best they can get is let go again, and what is left
//! is done by the exact steps of the `flow` module, which prove their result; a bad start only costs time.
//!
//! # Levels
//! The people who can be placed together are the independent sets of a transversal matroid \[EF\]. So tier by tier, first
//! greedily, then by augmenting paths: who is placed stays placed, and where a search dies, the openings that it reached
//! are full of people who know no other. They are marked with the tier's worth, their price before scores count. Who
//! knows an opening below their own tier's worth is certainly placed, who knows only openings above it certainly not; only
//! people and openings of one level compete by score.
//!
//! # Auction
//! Within a level everything is balanced once a place to stay out is added for those who compete (its seats: how many
//! must), and idle bidders for seats that stay free. So prices may be shifted, and shrinking steps `ε` are sound \[BC\]. An
//! opening keeps the bids of its occupants; its price is the lowest. A bid is what the best opening nets above the second
//! best, and `ε`.
//!
//! # Differences from the papers
//! 1. One queue, first in, first out, for all levels at once: levels share no pair.
//! 2. The last `ε` is not below `1/n`: the exact steps finish sooner than the auction would.
//! 3. A phase that takes many more bids than there are bidders is broken off.
//!
//! # References
//! \[EF\] J. Edmonds, D. R. Fulkerson, *Transversals and matroid partition*, J. Res. NBS 69B (1965). \[BC\] D. P.
//! Bertsekas, D. A. Castañon, *The auction algorithm for the transportation problem*, Annals of Operations Research 20
//! (1989).

mod auction;
mod levels;

use super::market::Market;
use super::search::Search;
use super::watch::Clerk;
use super::weight::Weight;

/// Places people by levels and an auction, and sets prices. Returns whether it did: groups are not for it.
pub(super) fn start<W: Weight>(
    market: &mut Market<W>,
    search: &mut Search<W>,
    clerk: &mut Clerk<'_>,
) -> bool {
    let reserves = market.nodes[market.people as usize..].iter().any(|node| node.floor > 0);
    if reserves || !market.part.groups.is_empty() {
        return false;
    }
    let levels = levels::assign(market, &mut search.work);
    auction::improve(market, &levels, &mut search.work, clerk);
    let_go(market);
    true
}

/// Lets everybody go who has less than the best they can get, or than what their set asks of them; of a set with too
/// many placed, those who gain least.
pub(super) fn let_go<W: Weight>(market: &mut Market<W>) {
    let mut over: Vec<(u32, W, u32)> = Vec::new();
    for person in market.persons() {
        if !market.is_placed(person) || market.fixed[person as usize] {
            continue;
        }
        let net = market.net(market.taken(person));
        let asked = -market.price[market.owner[person as usize] as usize];
        if market.best(person) != Some(net) || net < asked {
            release(market, person);
        } else if market.owner[person as usize] != market.root() {
            over.push((market.owner[person as usize], net, person));
        }
    }
    over.sort_unstable();
    for (mut node, _, person) in over {
        let mut too_many = false;
        while node != market.root() {
            too_many |= market.nodes[node as usize].count > market.nodes[node as usize].cap;
            node = market.parent(node);
        }
        if too_many {
            release(market, person);
        }
    }
}

fn release<W: Weight>(market: &mut Market<W>, person: u32) {
    market.count_round(person, false);
    market.rise(person);
    let mut set = market.owner[person as usize];
    while set != market.root() {
        market.price[set as usize] = W::default(); // it lets somebody in again
        set = market.parent(set);
    }
}
