//! The auction on plain scores, inside the levels.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::levels::Levels;
use crate::assign::Work;
use crate::assign::market::{Market, NONE};
use crate::assign::weight::Weight;

/// An idle bidder, who keeps a seat free.
const IDLE: u32 = NONE - 1;

/// Seats of one opening or of one place to stay out, with the bids that hold them: a heap, the lowest bid first.
#[derive(Clone, Debug, Default)]
struct Stall {
    seats: u32,
    bids: Vec<(i64, u32)>,
}

impl Stall {
    fn is_full(&self) -> bool {
        self.bids.len() >= self.seats as usize
    }

    /// Takes a bid; whoever held the lowest is put out if there is no seat left.
    fn take(&mut self, bid: (i64, u32)) -> Option<u32> {
        if !self.is_full() {
            self.bids.push(bid);
            self.rise(self.bids.len() - 1);
            return None;
        }
        let out = self.bids[0].1;
        self.bids[0] = bid;
        self.sink(0);
        Some(out)
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 && self.bids[at].0 < self.bids[(at - 1) / 2].0 {
            self.bids.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let left = 2 * at + 1;
            if left >= self.bids.len() {
                return;
            }
            let right = left + 1;
            let right_is_lower = right < self.bids.len() && self.bids[right].0 < self.bids[left].0;
            let child = if right_is_lower { right } else { left };
            if self.bids[child].0 >= self.bids[at].0 {
                return;
            }
            self.bids.swap(at, child);
            at = child;
        }
    }
}

/// Opening (or place to stay out) and score, in as few bytes as hold them: a bid is as fast as its row is read.
trait Offer: Copy {
    fn new(stall: u32, score: u32) -> Self;
    fn stall(self) -> u32;
    fn score(self) -> u32;
}

impl Offer for u32 {
    fn new(stall: u32, score: u32) -> Self {
        stall << SCORE_BITS | score
    }

    fn stall(self) -> u32 {
        self >> SCORE_BITS
    }

    fn score(self) -> u32 {
        self & ((1 << SCORE_BITS) - 1)
    }
}

impl Offer for (u32, u32) {
    fn new(stall: u32, score: u32) -> Self {
        (stall, score)
    }

    fn stall(self) -> u32 {
        self.0
    }

    fn score(self) -> u32 {
        self.1
    }
}

const SCORE_BITS: u32 = 14;

struct Auction<E> {
    first: Vec<u32>,
    edges: Vec<E>,
    people: Vec<u32>,
    stalls: Vec<Stall>,
    /// The price of each stall: apart, since every bid reads many of them.
    price: Vec<i64>,
    openings: usize,
    /// Which openings are of the open level.
    open_of: Vec<bool>,
    /// Where each bidder holds a seat.
    held: Vec<u32>,
    /// Openings of the level where seats stay free, by price; entries may be out of date.
    cheapest: BinaryHeap<Reverse<(i64, u32)>>,
    idle: usize,
    span: i64,
    grid: i64,
}

/// Moves people within their levels to where their scores are best, and writes prices.
pub(super) fn improve<W: Weight>(market: &mut Market<W>, levels: &Levels, work: &mut Work) {
    let highest = market.edges.iter().map(|edge| edge.score()).max().unwrap_or(0);
    if highest >> SCORE_BITS == 0 && levels.len() < (1 << (32 - SCORE_BITS)) - 16 {
        hold::<u32, W>(market, levels, work);
    } else {
        hold::<(u32, u32), W>(market, levels, work);
    }
}

fn hold<E: Offer, W: Weight>(market: &mut Market<W>, levels: &Levels, work: &mut Work) {
    let mut auction = Auction::<E>::new(market, levels);
    auction.run(work);
    auction.write(market, levels);
}

impl<E: Offer> Auction<E> {
    fn new<W: Weight>(market: &Market<W>, levels: &Levels) -> Self {
        let openings = levels.len();
        let tiers = market.scale.digits.tiers();
        let mut auction = Self {
            first: vec![0],
            edges: Vec::with_capacity(market.edges.len()),
            people: Vec::new(),
            stalls: vec![Stall::default(); openings + tiers + 1],
            price: vec![0; openings + tiers + 1],
            openings,
            open_of: (0..openings).map(|opening| levels.is_open(opening)).collect(),
            held: Vec::new(),
            cheapest: BinaryHeap::new(),
            idle: 0,
            span: 1,
            grid: 0,
        };
        for (opening, stall) in auction.stalls.iter_mut().take(openings).enumerate() {
            stall.seats = market.nodes[opening].cap;
        }
        let (fixed, free): (Vec<u32>, Vec<u32>) =
            market.persons().partition(|&person| market.fixed[person as usize]);
        for person in fixed {
            auction.stalls[market.taken(person).leaf() as usize].seats -= 1;
        }
        free.into_iter().for_each(|person| auction.invite(market, levels, person));
        for out in &mut auction.stalls[openings..] {
            out.seats = out.seats.max(1); // levels of people who may be placed as one of several need not add up
        }
        auction.held = vec![NONE; auction.people.len()];
        let mut applicants = vec![1_u32; openings + tiers + 1]; // one more, so that a seat beyond all stays free
        for offer in &auction.edges {
            applicants[offer.stall() as usize] += 1;
        }
        for opening in (0..openings).filter(|&opening| levels.is_open(opening)) {
            let node = &market.nodes[opening];
            let fixed = node.cap - auction.stalls[opening].seats;
            let taken = node.count - fixed;
            let seats = auction.stalls[opening].seats.min(applicants[opening].max(taken));
            auction.stalls[opening].seats = seats;
            auction.idle += (seats - taken) as usize;
        }
        auction
    }

    /// Lets a person bid for the openings that are best for them by level; who is not better off there than nowhere may
    /// stay out as well.
    fn invite<W: Weight>(&mut self, market: &Market<W>, levels: &Levels, person: u32) {
        let edges = &market.edges[market.edges_of(person)];
        let best = edges.iter().map(|edge| levels.net(*edge)).max().unwrap_or(-1);
        if best < 0 {
            return; // everything they know is full of earlier tiers
        }
        let scored = market.scale.score != W::default();
        let mut out = None;
        for edge in edges.iter().filter(|edge| levels.net(**edge) == best) {
            let score = if scored { edge.score() } else { 0 };
            if self.stalls[edge.leaf() as usize].seats > 0 {
                self.edges.push(E::new(edge.leaf(), score));
            }
            self.span = self.span.max(i64::from(score));
            if self.grid != 1 {
                self.grid = gcd(self.grid, i64::from(score));
            }
            out = out.or((best == 0).then(|| self.openings + levels.rank(*edge)));
        }
        if self.edges.len() == self.first.last().map_or(0, |&first| first as usize) {
            return;
        }
        if let Some(out) = out {
            self.edges.push(E::new(u32::try_from(out).unwrap_or(NONE), 0));
            self.stalls[out].seats += u32::from(!market.is_placed(person));
        }
        self.people.push(person);
        self.first.push(u32::try_from(self.edges.len()).unwrap_or(NONE));
    }

    fn run(&mut self, work: &mut Work) {
        let mut step = (self.span / 10).max(1);
        let last = (self.grid / 6).max(1);
        loop {
            if !self.phase(step, work) || step <= last {
                return;
            }
            step = (step / 6).max(last);
            self.keep_the_content(step);
        }
    }

    /// Bids until everybody holds a seat; false if that takes too long.
    fn phase(&mut self, step: i64, work: &mut Work) -> bool {
        let mut queue: VecDeque<u32> =
            (0_u32..).zip(&self.held).filter(|(_, held)| **held == NONE).map(|(bidder, _)| bidder).collect();
        let idle_held: usize =
            self.stalls.iter().flat_map(|stall| &stall.bids).filter(|bid| bid.1 == IDLE).count();
        queue.extend(std::iter::repeat_n(IDLE, self.idle - idle_held));
        if self.idle > 0 {
            let open = self.stalls.iter().take(self.openings).enumerate();
            self.cheapest = open
                .filter(|(opening, stall)| stall.seats > 0 && self.is_open(*opening))
                .map(|(opening, _)| Reverse((self.price[opening], u32::try_from(opening).unwrap_or(NONE))))
                .collect();
        }
        let mut left = 40 * (self.people.len() + self.idle) + 1000;
        while let Some(bidder) = queue.pop_front() {
            if left == 0 {
                return false;
            }
            left -= 1;
            work.bids += 1;
            let (stall, bid) = if bidder == IDLE { self.idle_bid(step) } else { self.bid(bidder, step) };
            let out = self.stalls[stall].take((bid, bidder));
            if self.stalls[stall].is_full() {
                self.price[stall] = self.stalls[stall].bids[0].0;
            }
            if let Some(out) = out {
                if out != IDLE {
                    self.held[out as usize] = NONE;
                }
                queue.push_back(out);
            }
            if bidder != IDLE {
                self.held[bidder as usize] = u32::try_from(stall).unwrap_or(NONE);
            }
            if self.idle > 0 && stall < self.openings && self.is_open(stall) {
                let entry = (self.price[stall], u32::try_from(stall).unwrap_or(NONE));
                self.cheapest.push(Reverse(entry));
            }
        }
        true
    }

    fn bid(&self, bidder: u32, step: i64) -> (usize, i64) {
        let edges = self.first[bidder as usize] as usize..self.first[bidder as usize + 1] as usize;
        let (mut best, mut second, mut at, mut score) = (i64::MIN, i64::MIN, 0, 0);
        for offer in &self.edges[edges] {
            let (stall, points) = (offer.stall(), offer.score());
            let net = i64::from(points) - self.price[stall as usize];
            if net > best {
                (second, best, at, score) = (best, net, stall, i64::from(points));
            } else if net > second {
                second = net;
            }
        }
        if second == i64::MIN {
            second = best - self.span;
        }
        (at as usize, score - second + step)
    }

    /// The bid of somebody who values nothing: the second lowest price.
    fn idle_bid(&mut self, step: i64) -> (usize, i64) {
        let lowest = self.pop_cheapest();
        let second = self.pop_cheapest();
        let price =
            second.map_or_else(|| lowest.map_or(0, |(price, _)| price + self.span), |(price, _)| price);
        for (price, opening) in lowest.into_iter().chain(second) {
            self.cheapest.push(Reverse((price, opening)));
        }
        (lowest.map_or(0, |(_, opening)| opening as usize), price + step)
    }

    fn pop_cheapest(&mut self) -> Option<(i64, u32)> {
        while let Some(Reverse((price, opening))) = self.cheapest.pop() {
            if self.price[opening as usize] == price {
                // the same opening may stand twice at the same price
                while self.cheapest.peek() == Some(&Reverse((price, opening))) {
                    self.cheapest.pop();
                }
                return Some((price, opening));
            }
        }
        None
    }

    fn is_open(&self, opening: usize) -> bool {
        self.open_of.get(opening).copied().unwrap_or(false)
    }

    /// Before a smaller step: who is within it of their best stays, at the price of the seat.
    fn keep_the_content(&mut self, step: i64) {
        for stall in 0..self.stalls.len() {
            let price = self.price[stall];
            let mut bids = std::mem::take(&mut self.stalls[stall].bids);
            bids.retain_mut(|(bid, bidder)| {
                *bid = price;
                if *bidder == IDLE {
                    return true;
                }
                let edges = self.first[*bidder as usize] as usize..self.first[*bidder as usize + 1] as usize;
                let mut own = i64::MIN;
                let mut best = i64::MIN;
                for offer in &self.edges[edges] {
                    let (other, points) = (offer.stall(), offer.score());
                    let net = i64::from(points) - self.price[other as usize];
                    best = best.max(net);
                    if other as usize == stall {
                        own = net;
                    }
                }
                let stays = own >= best - step;
                if !stays {
                    self.held[*bidder as usize] = NONE;
                }
                stays
            });
            self.stalls[stall].bids = bids;
        }
    }

    /// Seats and prices back into the market; the place to stay out, or a free seat, is the zero of its level.
    fn write<W: Weight>(mut self, market: &mut Market<W>, levels: &Levels) {
        let tiers = market.scale.digits.tiers();
        if self.grid > 1 {
            for price in &mut self.price {
                *price = (*price + self.grid / 2).div_euclid(self.grid) * self.grid;
            }
        }
        let mut zero = vec![0; tiers + 1];
        for (level, zero) in zero.iter_mut().enumerate().skip(1) {
            *zero = self.price[self.openings + level];
        }
        let has_free = |&opening: &usize| self.stalls[opening].bids.iter().any(|bid| bid.1 == IDLE);
        let free = (0..self.openings).filter(has_free);
        zero[0] = free.map(|opening| self.price[opening]).max().unwrap_or_else(|| {
            let open = (0..self.openings).filter(|&opening| self.is_open(opening));
            open.map(|opening| self.price[opening]).min().unwrap_or(0)
        });
        for person in market.persons() {
            if market.is_placed(person) && !market.fixed[person as usize] {
                market.count_round(person, false);
                market.rise(person);
            }
        }
        let highest = self.price.iter().copied().max().unwrap_or(0);
        for opening in 0..self.openings {
            let (reserved, rank) = levels.split(opening);
            let mut above = self.price[opening] - zero[rank];
            if self.stalls[opening].seats == 0 {
                above = highest - zero[rank] + self.span; // those whom pins place there stay
            }
            let mut price = W::default();
            if reserved {
                price += market.scale.reserved;
            }
            if rank > 0 {
                price += market.scale.classes[tiers - rank];
            } else if !reserved {
                above = above.max(0); // the seat of an opening is worth something or nothing
            }
            let points = market.scale.score.times(u32::try_from(above.unsigned_abs()).unwrap_or(u32::MAX));
            market.price[opening] = if above < 0 { price - points } else { price + points };
        }
        for (bidder, &held) in self.held.iter().enumerate() {
            if (held as usize) < self.openings {
                let person = self.people[bidder];
                market.sit(person, held);
                market.count_round(person, true);
            }
        }
    }
}

fn gcd(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { gcd(other, one % other) }
}
