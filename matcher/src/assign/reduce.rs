//! Groups and households as plain seats and plain people, so that the fast steps for plain parts serve them too.
//!
//! *Seats.* An opening with reserves and one cap is as many plain openings, called stalls here: one for the seats of each
//! reserve, where members of its group fill a reserved seat and others (unless the reserve is hard) sit without that; one for
//! the other seats that members of the capped group may take; one for the rest. Every plan of the opening is a plan of the
//! stalls with the same reserved seats filled at best, and back: members fill the reserve first, those who are in no group sit
//! where room is left, and of the capped group there are seats for as many as the cap allows.
//!
//! *People.* Where one of a household may be placed, the household is one person with the pairs of all members, each of the
//! member's tier.
//!
//! *Prices.* With prices `p` of the stalls, entering the opening costs the least of those that somebody in no group may take, and
//! entering a group the least of those that its members may take, less the reserved seat that they fill. These are optimal
//! in the network of the part: a seat taken further up than needed would contradict that its holder has the best they can get.
//!
//! What cannot be said so (several caps at one opening, groups in groups, caps of groups of openings and of kinds of people,
//! households of which two may be placed) is left out or made narrower. Then the result is a start near the optimum, and the
//! exact steps finish it.

use std::cmp::Reverse;

use super::market::{Edge, FILLS, Market, NONE};
use super::split::Part;
use super::weight::Weight;
use crate::ids::OpeningIx;
use crate::instance::{Instance, Side, Unfilled, Whose};

/// A part without groups and sets of people, and how it stands for the part with them.
pub(super) struct Reduced<W> {
    pub market: Market<W>,
    /// Whether the plans are the same, and their worths.
    pub exact: bool,
    /// By stall: the pool that it is of.
    pools: Vec<u32>,
    /// By group: whether it is of one opening.
    at_seat: Vec<bool>,
    /// What members of each group may take, by leaf; of pools, what people of no group may.
    ways: Vec<Vec<Way>>,
    pub members: Members,
}

/// The people of the part whom each bidder stands for.
#[derive(Default)]
pub(super) struct Members {
    /// By bidder: where its members stand; one more at the end.
    first: Vec<u32>,
    /// Each member with their first pair.
    people: Vec<(u32, u32)>,
}

impl Members {
    fn range(&self, bidder: u32) -> std::ops::Range<usize> {
        self.first[bidder as usize] as usize..self.first[bidder as usize + 1] as usize
    }

    /// The member to whom a pair of a bidder belongs.
    pub fn of(&self, bidder: u32, at: u32) -> u32 {
        let people = &self.people[self.range(bidder)];
        let behind = people.partition_point(|&(_, first)| first <= at);
        people[behind.saturating_sub(1)].0
    }
}

/// A stall that somebody may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    stall: u32,
    reserved: bool,
}

/// A group of people at one opening, less those whom pins place.
struct Quota {
    leaf: u32,
    reserve: u32,
    cap: u32,
    hard: bool,
}

/// The stalls of a part while they are counted out.
#[derive(Default)]
struct Counter {
    seats: Vec<u32>,
    openings: Vec<OpeningIx>,
    pools: Vec<u32>,
    ways: Vec<Vec<Way>>,
    exact: bool,
}

impl Counter {
    fn stall(&mut self, pool: u32, opening: OpeningIx, seats: u32) -> u32 {
        self.seats.push(seats);
        self.openings.push(opening);
        self.pools.push(pool);
        u32::try_from(self.seats.len() - 1).unwrap_or(NONE)
    }

    /// Counts out one opening with so many seats.
    fn divide(&mut self, pool: u32, opening: OpeningIx, seats: u32, mut quotas: Vec<Quota>) {
        let mut left = seats;
        for quota in &mut quotas {
            self.exact &= quota.reserve <= left;
            quota.reserve = quota.reserve.min(left);
            left -= quota.reserve;
        }
        let reserves: Vec<Option<u32>> = quotas
            .iter()
            .map(|quota| (quota.reserve > 0).then(|| self.stall(pool, opening, quota.reserve)))
            .collect();
        quotas.iter().zip(&reserves).for_each(|(quota, stall)| {
            let own = stall.map(|stall| Way { stall, reserved: true });
            self.ways[quota.leaf as usize].extend(own);
        });
        let narrow = |quota: &Quota| quota.cap < seats;
        let mut capped: Vec<(u32, u32)> = (quotas.iter().filter(|quota| narrow(quota)))
            .map(|quota| (quota.cap.saturating_sub(quota.reserve), quota.leaf))
            .collect();
        capped.sort_unstable();
        self.exact &= capped.len() < 2 && capped.iter().all(|&(beyond, _)| beyond <= left);
        let open: Vec<Way> = (quotas.iter().zip(&reserves))
            .filter(|(quota, _)| !quota.hard)
            .filter_map(|(_, stall)| stall.map(|stall| Way { stall, reserved: false }))
            .collect();
        let mut common = Vec::new();
        let mut counted = 0;
        for (beyond, leaf) in capped {
            let beyond = beyond.min(left);
            if beyond > counted {
                common.push(Way { stall: self.stall(pool, opening, beyond - counted), reserved: false });
                counted = beyond;
            }
            self.ways[leaf as usize].extend(&common);
        }
        if left > counted {
            common.push(Way { stall: self.stall(pool, opening, left - counted), reserved: false });
        }
        for quota in quotas.iter().filter(|quota| !narrow(quota)) {
            let ways = &mut self.ways[quota.leaf as usize];
            let own = ways.first().map(|way| way.stall);
            ways.extend(open.iter().filter(|way| Some(way.stall) != own));
            ways.extend(&common);
        }
        self.ways[pool as usize].extend(open);
        self.ways[pool as usize].extend(common);
    }
}

impl<W: Weight> Reduced<W> {
    /// The part of a market in which nobody is placed but by pins; `None` where it is plain already, and where people
    /// wherever they may be placed have a reserve.
    pub fn of(instance: &Instance, market: &Market<W>) -> Option<Self> {
        let sets = &market.nodes[market.people as usize..];
        let plain = market.part.groups.is_empty() && market.part.sets.is_empty();
        if plain || sets.iter().any(|set| set.floor > 0) {
            return None;
        }
        let mut counter =
            Counter { ways: vec![Vec::new(); market.people as usize], exact: true, ..Counter::default() };
        let at_seat = count_out(instance, market, &mut counter);
        let Counter { seats, openings, pools, ways, exact } = counter;
        let part = Part { openings, ..Part::default() };
        let plain = Market::plain(market.scale.clone(), part, seats);
        let mut reduced = Self {
            market: plain,
            exact,
            pools,
            at_seat,
            ways,
            members: Members { first: vec![0], people: Vec::new() },
        };
        reduced.add_bidders(instance, market);
        Some(reduced)
    }

    fn add_bidders(&mut self, instance: &Instance, market: &Market<W>) {
        self.market.edges.reserve(market.edges.len());
        let one = instance.household_cap() == Some(1);
        let sets = instance.nesting().people_sets();
        let mut done = vec![false; market.nodes.len()];
        for person in market.persons().filter(|&person| !market.fixed[person as usize]) {
            let owner = market.owner[person as usize];
            let household = owner.checked_sub(market.people).and_then(|at| market.part.sets.get(at as usize));
            let merged = one && household.is_some_and(|&set| matches!(sets[set].whose, Whose::Household(_)));
            self.exact &= owner == market.root() || merged && market.parent(owner) == market.root();
            if !merged {
                self.add_bidder(market, &[person]);
            } else if !std::mem::replace(&mut done[owner as usize], true)
                // a member whom a pin places is the one of the household
                && market.nodes[owner as usize].count == 0
            {
                self.add_bidder(market, &market.occupants[owner as usize]);
            }
        }
    }

    fn add_bidder(&mut self, market: &Market<W>, members: &[u32]) {
        let start = self.market.edges.len();
        for &member in members {
            self.members.people.push((member, u32::try_from(self.market.edges.len()).unwrap_or(NONE)));
            for edge in &market.edges[market.edges_of(member)] {
                for way in &self.ways[edge.leaf() as usize] {
                    let class = if way.reserved { edge.class() | FILLS } else { edge.class() };
                    self.market.edges.push(Edge::new(way.stall, class, edge.score(), edge.is_kept()));
                }
            }
        }
        if self.market.edges.len() == start {
            self.members.people.truncate(self.members.people.len() - members.len());
            return;
        }
        self.members.first.push(u32::try_from(self.members.people.len()).unwrap_or(NONE));
        let of = |list: &[u32]| members.iter().map(|&member| list[member as usize]).min().unwrap_or(0);
        let tier = members.iter().map(|&member| market.tiers[member as usize]).min().unwrap_or(0);
        self.market.add_bidder(market.row(members[0]), tier, of(&market.lots));
    }

    /// Places the people of the part as the bidders are, as far as there is room, and sets the prices.
    pub fn write(&self, market: &mut Market<W>) {
        self.write_seat_prices(market);
        let mut placed: Vec<u32> =
            self.market.persons().filter(|&bidder| self.market.is_placed(bidder)).collect();
        if !self.exact {
            // of a household with too many, those stay who gain most
            placed.sort_by_key(|&bidder| Reverse(self.market.net(self.market.taken(bidder))));
        }
        for bidder in placed {
            let at = self.market.seat[bidder as usize];
            let pool = self.pools[self.market.edges[at as usize].leaf() as usize];
            let member = self.members.of(bidder, at);
            let mut edges = market.edges_of(member);
            if let Some(at) = edges.find(|&at| market.pool_of(market.edges[at].leaf()) == pool)
                && market.has_room(member, market.edges[at].leaf())
            {
                market.sit_at(member, at);
                market.count_round(member, true);
            }
        }
        for set in market.people..market.root() {
            market.price[set as usize] = price_of_full(market, set);
        }
        for set in market.people..market.root() {
            let mut around = set;
            while around != market.root() {
                around = market.parent(around);
                market.price[set as usize] = market.price[set as usize].min(market.price[around as usize]);
            }
        }
    }

    fn write_seat_prices(&self, market: &mut Market<W>) {
        let root = self.market.price[self.market.root() as usize];
        let price = |way: &Way| {
            let price = self.market.price[way.stall as usize] - root;
            if way.reserved { price - market.scale.reserved } else { price }
        };
        let beyond_reach = market.scale.reserved + market.scale.classes[0].times(2);
        let pools = market.part.openings.len();
        let prices: Vec<W> = (self.ways.iter().enumerate())
            .map(|(node, ways)| match ways.iter().map(price).min() {
                Some(price) => price,
                None if node < pools || self.at_seat[node - pools] => beyond_reach,
                None => W::default(),
            })
            .collect();
        market.price.fill(W::default());
        market.price[..prices.len()].copy_from_slice(&prices);
    }
}

/// What keeps everybody out of a set of people who is not placed, if it lets nobody more in.
fn price_of_full<W: Weight>(market: &Market<W>, set: u32) -> W {
    let it = &market.nodes[set as usize];
    if it.count < it.cap {
        return W::default();
    }
    let (placed, left_out): (Vec<u32>, Vec<u32>) =
        market.occupants[set as usize].iter().partition(|&&person| market.is_placed(person));
    let wants = left_out.iter().filter_map(|&person| market.best(person)).max();
    let gains = placed.iter().map(|&person| market.net(market.taken(person))).min();
    -wants.max(gains).unwrap_or_default().max(W::default())
}

/// Counts out the openings of a part; returns which groups are of one opening.
fn count_out<W: Weight>(instance: &Instance, market: &Market<W>, counter: &mut Counter) -> Vec<bool> {
    let sides = instance.nesting().sides();
    let mut pinned = vec![0_u32; market.people as usize];
    for person in market.persons().filter(|&person| market.fixed[person as usize]) {
        let leaf = market.taken(person).leaf();
        pinned[market.pool_of(leaf) as usize] += 1;
    }
    let mut quotas: Vec<Vec<Quota>> = market.part.openings.iter().map(|_| Vec::new()).collect();
    let mut inner = Vec::new();
    for (node, &group) in (market.part.openings.len()..).zip(&market.part.groups) {
        let leaf = u32::try_from(node).unwrap_or(NONE);
        let (it, parent) = (&market.nodes[node], market.parent(leaf));
        if !matches!(sides[group], Side::Seat(_)) {
            counter.exact = false;
        } else if parent as usize >= market.part.openings.len() {
            counter.exact = false;
            inner.push(leaf);
        } else {
            let hard = instance.groups()[group].unfilled == Unfilled::LeftFree;
            let (reserve, cap) = (it.floor.saturating_sub(it.count), it.cap.saturating_sub(it.count));
            quotas[parent as usize].push(Quota { leaf, reserve, cap, hard });
        }
    }
    for (pool, quotas) in (0_u32..).zip(quotas) {
        let opening = market.part.openings[pool as usize];
        let seats = instance.seats()[opening.get()] - pinned[pool as usize];
        counter.divide(pool, opening, seats, quotas);
    }
    for leaf in inner {
        let mut around = market.parent(leaf);
        while market.parent(around) as usize >= market.part.openings.len() {
            around = market.parent(around);
        }
        let ways = counter.ways[around as usize].clone();
        counter.ways[leaf as usize] = ways;
    }
    market.part.groups.iter().map(|&group| matches!(sides[group], Side::Seat(_))).collect()
}
