//! The changes of an optimal flow: each is one missing or one superfluous unit, made good along one cheapest path.
//!
//! # Why one path is enough
//! Let a flow be optimal: prices exist at which no open step has a reduced cost below nothing. Taking steps away, or
//! holding a person where they are, leaves that so. What is broken is one unit:
//!
//! - *Too much at `a`, too little at `b`*, because the unit that went from `a` to `b` may not any more. Every flow that is
//!   allowed then differs from the present one by a path from `a` to `b` and cycles. A cheapest path makes the flow whole,
//!   and prices raised along it (nodes nearer than its end, by the difference) keep the invariant \[AMO, section 9.7\].
//! - *A new way that gains `g`*: any better flow has one unit in it, since all new ways lead through one person or one
//!   seat. The path that closes the cycle is taken if it costs less than `g`; if not, `g` is the end of the search.
//!
//! # Why the fewest placements change
//! An optimal flow of the changed instance differs from the present one by a path and cycles, no step against another. Each
//! cycle costs nothing at least, for the present flow was optimal, and the path alone costs no less than a cheapest
//! one; so in an optimal one both are as cheap as can be, and the path alone gives an optimal flow that changes no
//! placement but what this one changes. A simple path moves a person at most once. Among cheapest paths the one on which
//! fewest people move therefore changes the fewest placements that any optimal plan can change. ∎ (Where a change is of
//! several units, this holds unit by unit.)
//!
//! # Why the numbers stay in range
//! Prices are read as distances from the root, whose price is nothing between changes. One change moves a price by at most
//! a path's length and twice the greatest price; when a price passes the greatest number that a path can make, all are
//! made canonical again (one search of the whole market), which no path length exceeds.

mod tally;

use std::collections::BTreeMap;

use super::route::{Route, meet};
use crate::assign::market::{Edge, Market, NONE};
use crate::assign::outsiders::Outsiders;
use crate::assign::search::{Search, Way};
use crate::assign::weight::Weight;
use crate::assign::{Work, flow};
use crate::instance::Objective;

/// An optimal flow with its prices, and what it achieves.
#[derive(Clone, Debug)]
pub(super) struct Flow<W> {
    pub market: Market<W>,
    route: Route<W>,
    /// The search from the other end, where both ends are seats.
    back: Route<W>,
    pub objective: Objective,
    /// What the people had who have moved since the last [`Flow::close`].
    moved: BTreeMap<u32, Option<Edge>>,
    /// Nodes whose counts have changed since: how many of their reserved seats were filled.
    filled: BTreeMap<u32, u32>,
    /// More than any path is worth.
    most: W,
    /// Whether a price has passed that.
    far: bool,
}

impl<W: Weight> Flow<W> {
    /// `most` must be more than any path is worth.
    pub fn new(market: Market<W>, objective: Objective, most: W) -> Self {
        let (route, back) = (Route::of(market.nodes.len()), Route::of(market.nodes.len()));
        let (moved, filled) = (BTreeMap::new(), BTreeMap::new());
        Self { market, route, back, objective, moved, filled, most, far: false }
    }

    pub fn work(&self) -> Work {
        let mut work = self.route.work;
        work += self.back.work;
        work
    }

    /// Lets a person whom nothing holds any more choose again: they come in, move, leave or stay, whatever is best.
    ///
    /// The new ways all begin where the person is: at their seat, or at their set. The search begins at the other ends of
    /// these ways, the best at nothing, and leads back.
    pub fn loosen(&mut self, person: u32) {
        self.market.fixed[person as usize] = false;
        self.market.locked[person as usize] = false;
        self.choose(person, None);
    }

    /// Takes the pair that leads to a leaf from a person, who leaves it for what is best then.
    pub fn forbid(&mut self, person: u32, leaf: u32) {
        let at = person as usize;
        if self.market.is_placed(person) && self.market.taken(person).leaf() == leaf {
            self.choose(person, Some(leaf));
        }
        if !self.market.drop_edges(person, leaf) {
            self.market.locked[at] = true;
        }
    }

    fn choose(&mut self, person: u32, must_leave: Option<u32>) {
        let market = &self.market;
        let owner = market.owner[person as usize];
        let now = market.is_placed(person).then(|| market.taken(person).leaf());
        let from = now.unwrap_or(owner);
        let edges = market.edges_of(person).map(|at| market.edges[at]);
        let mut ways: Vec<(u32, W)> = edges
            .filter(|edge| Some(edge.leaf()) != now)
            .map(|edge| (edge.leaf(), market.net(edge)))
            .collect();
        if now.is_some() {
            ways.push((owner, -market.price[owner as usize]));
        }
        let Some(best) = ways.iter().map(|&(_, net)| net).max() else { return };
        let gain = best - market.has(person);
        if must_leave.is_none() && gain <= W::default() {
            return;
        }
        self.route.begin();
        for (node, net) in ways {
            self.route.start(node, person, best - net);
        }
        let limit = must_leave.is_none().then_some(gain);
        if now.is_some() {
            // their own steps, which may gain, begin and end the search and are no part of it
            let at = person as usize;
            (self.market.fixed[at], self.market.locked[at]) = (true, true);
            self.go_between(from, from, limit);
            (self.market.fixed[at], self.market.locked[at]) = (false, false);
            return;
        }
        let ends = market.ends(owner);
        if let Some(end) = self.raise(&ends, limit) {
            self.go(end, Way::Forwards, from);
            self.grant(end, owner);
        }
    }

    /// Takes a person out for good. The unit that came to them goes on from their set to the seat that they leave.
    pub fn withdraw(&mut self, person: u32) {
        let owner = self.market.owner[person as usize];
        let leaf = self.market.is_placed(person).then(|| self.market.taken(person).leaf());
        self.market.locked[person as usize] = true;
        self.market.fixed[person as usize] = true;
        let Some(leaf) = leaf else { return };
        self.note(person);
        self.market.rise(person);
        let ends = self.market.ends_of_leaving(owner);
        self.route.begin();
        self.route.start(leaf, NONE, W::default());
        // there is always a way: the seat stays free, and all that was counted on its account is taken back
        let Some(end) = self.lower(&ends, None) else { return };
        let mut node = owner;
        while node != end {
            let parent = self.market.parent(node);
            self.take(node, parent, NONE);
            node = parent;
        }
        self.go(end, Way::Backwards, leaf);
    }

    /// Puts a person behind a leaf and holds them there. Returns whether it can be done; nothing changes if not.
    pub fn pin(&mut self, person: u32, leaf: u32) -> bool {
        let at = person as usize;
        let held = (self.market.fixed[at], self.market.locked[at]);
        let now = self.market.is_placed(person).then(|| self.market.taken(person).leaf());
        (self.market.fixed[at], self.market.locked[at]) = (true, true);
        if now == Some(leaf) {
            return true;
        }
        let owner = self.market.owner[at];
        let before = self.seat(person);
        if now.is_some() {
            self.market.rise(person);
        }
        self.market.sit(person, leaf);
        self.route.begin();
        self.route.start(leaf, NONE, W::default());
        let done = if let Some(seat) = now {
            self.go_between(leaf, seat, None)
        } else {
            let ends = self.market.ends(owner);
            let end = self.raise(&ends, None);
            if let Some(end) = end {
                self.go(end, Way::Forwards, leaf);
                self.grant(end, owner);
            }
            end.is_some()
        };
        if done {
            self.moved.entry(person).or_insert(before);
            return true;
        }
        self.market.rise(person);
        if let Some(seat) = now {
            self.market.sit(person, seat);
        }
        (self.market.fixed[at], self.market.locked[at]) = held;
        false
    }

    /// More seats; whoever gains most by each has it.
    pub fn add_seats(&mut self, pool: u32, more: u32) {
        for left in (0..more).rev() {
            self.market.nodes[pool as usize].cap += 1;
            if !self.fill(pool) {
                self.market.nodes[pool as usize].cap += left; // nobody wants the others either
                return;
            }
            self.keep_in_range();
        }
    }

    /// Fills a free seat of an opening with whoever gains most by it. Returns whether somebody does.
    fn fill(&mut self, pool: u32) -> bool {
        let Some((to, cost)) = self.market.up_cost(pool) else { return false };
        if cost >= W::default() {
            return false;
        }
        self.route.begin();
        self.route.start(pool, NONE, W::default());
        let Some(end) = self.lower(&[to], Some(-cost)) else { return false };
        self.go(end, Way::Backwards, pool);
        self.take(pool, to, NONE);
        true
    }

    /// Takes seats away, free ones first. Returns how many could be taken: pins may hold the others.
    pub fn take_seats(&mut self, pool: u32, fewer: u32) -> u32 {
        let node = &mut self.market.nodes[pool as usize];
        let free = node.cap.saturating_sub(node.count).min(fewer);
        node.cap -= free;
        let mut taken = free;
        while taken < fewer && self.take_seat(pool) {
            taken += 1;
            self.keep_in_range();
        }
        taken
    }

    /// Takes a seat away whose occupant, or somebody else, has to go.
    fn take_seat(&mut self, pool: u32) -> bool {
        let at = pool as usize;
        if self.market.nodes[at].count == 0 {
            return false;
        }
        self.market.nodes[at].cap -= 1;
        self.market.nodes[at].count -= 1;
        self.route.begin();
        self.route.start(pool, NONE, W::default());
        let Some(end) = self.raise(&[self.market.parent(pool)], None) else {
            self.market.nodes[at].cap += 1;
            self.market.nodes[at].count += 1;
            return false;
        };
        self.go(end, Way::Forwards, pool);
        true
    }

    /// Searches forwards and raises prices to the length found, or to the limit.
    fn raise(&mut self, ends: &[u32], limit: Option<W>) -> Option<u32> {
        let found = self.route.shortest(&self.market, ends, Way::Forwards, limit);
        if let Some(depth) = found.map(|(_, cost)| cost).or(limit) {
            for (node, cost) in self.route.settled() {
                let price = &mut self.market.price[node as usize];
                *price += depth - cost;
                self.far |= *price > self.most || *price < -self.most;
            }
        }
        found.map(|(end, _)| end)
    }

    /// Searches backwards and lowers prices by the length found, or by the limit.
    fn lower(&mut self, ends: &[u32], limit: Option<W>) -> Option<u32> {
        let found = self.route.shortest(&self.market, ends, Way::Backwards, limit);
        if let Some(depth) = found.map(|(_, cost)| cost).or(limit) {
            for (node, cost) in self.route.settled() {
                let price = &mut self.market.price[node as usize];
                *price -= depth - cost;
                self.far |= *price > self.most || *price < -self.most;
            }
        }
        found.map(|(end, _)| end)
    }

    /// Searches from both ends, from where the search was begun and from a seat, and takes the path. Returns whether there is
    /// one.
    fn go_between(&mut self, start: u32, seat: u32, limit: Option<W>) -> bool {
        self.back.begin();
        self.back.start(seat, NONE, W::default());
        let Some(met) = meet(&self.market, &mut self.route, &mut self.back, limit) else { return false };
        let (near, rest) = met.depths;
        for (node, cost) in self.route.settled().filter(|&(_, cost)| cost < near) {
            let price = &mut self.market.price[node as usize];
            *price += near - cost;
            self.far |= *price > self.most || *price < -self.most;
        }
        for (node, cost) in self.back.settled().filter(|&(_, cost)| cost < rest) {
            let price = &mut self.market.price[node as usize];
            *price -= rest - cost;
            self.far |= *price > self.most || *price < -self.most;
        }
        let Some(node) = met.node else { return false };
        let mut path: Vec<(u32, u32, u32)> = Vec::new();
        for step in
            self.route.path(node, Way::Forwards).into_iter().chain(self.back.path(node, Way::Backwards))
        {
            // the two halves may cross where nothing costs anything: the way round is left out
            match path.iter().position(|&(_, to, _)| to == step.1) {
                Some(at) => path.truncate(at + 1),
                None => path.push(step),
            }
        }
        self.follow(path, start);
        true
    }

    /// Takes the path that was found; steps that begin nowhere begin at `start`.
    fn go(&mut self, end: u32, way: Way, start: u32) {
        self.follow(self.route.path(end, way), start);
    }

    fn follow(&mut self, path: Vec<(u32, u32, u32)>, start: u32) {
        for (from, to, person) in path {
            if from != NONE {
                self.take(from, to, person);
            } else if person != NONE {
                self.take(start, to, person);
            }
        }
    }

    fn take(&mut self, from: u32, to: u32, person: u32) {
        if person == NONE {
            self.note_node(from);
            self.note_node(to);
        } else {
            self.note(person);
        }
        self.market.take(from, to, person);
    }

    fn grant(&mut self, end: u32, owner: u32) {
        let mut node = owner;
        while node != end {
            self.note_node(node);
            node = self.market.parent(node);
        }
        self.market.grant(end, owner);
    }

    /// Puts the root's price back to nothing, and makes all prices canonical if one is too great.
    fn keep_in_range(&mut self) {
        let base = self.market.price[self.market.root() as usize];
        let most = self.most;
        let mut far = std::mem::take(&mut self.far);
        if base != W::default() {
            for price in &mut self.market.price {
                *price -= base;
                far |= *price > most || *price < -most;
            }
        }
        if far {
            self.settle_prices();
        }
    }

    /// Makes the prices canonical. One search of the whole market.
    pub fn settle_prices(&mut self) {
        let mut search = Search::of(self.market.nodes.len());
        flow::settle_prices(&mut self.market, &mut search, &Outsiders::default());
    }
}
