//! A start near the optimum for plain parts: levels, then an auction. Parts with groups come here as plain ones (see the
//! `reduce` module).
//!
//! Nothing here has to be right. Whoever is placed with less than the best they can get is let go again, and what is left
//! is done by the exact steps of the `flow` module, which prove their result; a bad start only costs time.
//!
//! # Levels
//! The people who can be placed together are the independent sets of a transversal matroid \[EF\]. So first reserved seats,
//! then tier by tier, each greedily, then by augmenting paths: who is placed stays placed, and where a search dies, the
//! openings that it reached are full of people who know no other. They are marked with what they are worth, their price before
//! scores count. Who knows an opening below their own worth is certainly placed, who knows only openings above it certainly
//! not; only people and openings of one level compete by score. (For households merged into one bidder this is near the truth,
//! not the truth.)
//!
//! # Auction
//! Within a level everything is balanced once a place to stay out is added for those who compete (its seats: how many
//! must), and idle bidders for seats that stay free. So prices may be shifted, and shrinking steps `ε` are sound \[BC\]. An
//! opening keeps the bids of its occupants; its price is the lowest. A bid is what the best opening nets above the second
//! best, and `ε`.
//!
//! # Differences from the papers
//! 1. One queue, first in, first out, for all levels at once: levels share no pair.
//! 2. Before each smaller step all who stay bid again at once, so that prices jump to the margin: a place with thousands of
//!    equal bids would need thousands of bids to rise.
//! 3. After the first step, each bidder keeps a dozen best offers at hand, with a bound on what the others net; prices only
//!    rise, so the bound holds until the offers at hand fall below it.
//! 4. Where all rank the openings much alike, prices begin at the mean scores of the openings.
//! 5. Prices are in parts of a point and rounded at the end: what is left of `ε` goes with the rounding, which settles even
//!    people of equal tastes. The last `ε` is not below `1/n`: the exact steps finish sooner than the auction would.
//! 6. A phase that takes many more bids than there are bidders is broken off.
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

/// Places people by levels and an auction, and sets prices, where nothing but seats counts.
pub(super) fn start<W: Weight>(market: &mut Market<W>, search: &mut Search<W>, clerk: &mut Clerk<'_>) {
    if !market.part.groups.is_empty() || !market.part.sets.is_empty() {
        return;
    }
    let levels = levels::assign(market, &mut search.work, clerk);
    auction::improve(market, &levels, &mut search.work, clerk);
    let_go(market);
}

/// Lets everybody go who has less than the best they can get, or than what their set asks of them.
pub(super) fn let_go<W: Weight>(market: &mut Market<W>) {
    for person in market.persons() {
        if !market.is_placed(person) || market.fixed[person as usize] {
            continue;
        }
        let net = market.net(market.taken(person));
        let asked = -market.price[market.owner[person as usize] as usize];
        if market.best(person) != Some(net) || net < asked {
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
