//! Who takes part in an auction, and where they sit when it begins.

use std::collections::BinaryHeap;

use super::stall::{Bidder, Offer, Stall};
use super::{Auction, Levels, NEAR, gcd, parts, short};
use crate::assign::market::Market;
use crate::assign::weight::Weight;

impl<E: Offer> Auction<E> {
    pub(super) fn new<W: Weight>(market: &Market<W>, levels: &Levels) -> Self {
        let openings = levels.len();
        let tiers = market.scale.digits.tiers();
        let mut auction = Self {
            edges: Vec::with_capacity(market.edges.len()),
            people: Vec::new(),
            bidders: Vec::new(),
            stalls: vec![Stall::default(); openings + tiers + 1],
            price: vec![E::Price::default(); openings + tiers + 2],
            nowhere: E::new(short(openings + tiers + 1), 0),
            nets: Vec::new(),
            openings,
            open_of: (0..openings).map(|opening| levels.is_open(opening)).collect(),
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
        for person in free {
            auction.invite(market, levels, person);
        }
        for out in &mut auction.stalls[openings..] {
            out.seats = out.seats.max(1); // levels of people who may be placed as one of several need not add up
        }
        auction.price[openings + tiers + 1] = E::price(i64::MAX >> 8);
        auction.seat_all(market);
        let mut applicants = vec![1_u32; openings + tiers + 1]; // one more, so that a seat beyond all stays free
        for offer in &auction.edges {
            applicants[offer.stall()] += 1;
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

    /// Seats everybody as they are. A place to stay out begins at what those who stay out would give for a seat.
    fn seat_all<W: Weight>(&mut self, market: &Market<W>) {
        let mut given = vec![(0_i64, 0_i64); self.stalls.len()];
        for (row, bidder) in (0_u32..).zip(&mut self.bidders) {
            let person = self.people[row as usize];
            let edges = &self.edges[bidder.offers()];
            let out = edges.last().filter(|offer| offer.stall() >= self.openings);
            let held = if market.is_placed(person) {
                let leaf = market.taken(person).leaf() as usize;
                edges.iter().find(|offer| offer.stall() == leaf)
            } else {
                let best = edges.iter().map(|offer| offer.score()).max().unwrap_or(0);
                out.inspect(|offer| {
                    let (sum, count) = &mut given[offer.stall()];
                    *sum += best;
                    *count += 1;
                })
            };
            let Some(offer) = held else { continue };
            let stall = &mut self.stalls[offer.stall()];
            if stall.bids.len() < stall.seats as usize {
                stall.bids.push((E::Price::default(), row));
                bidder.seat = *offer;
            }
        }
        for (out, &(sum, count)) in given.iter().enumerate().skip(self.openings) {
            self.price[out] = E::price(-(parts(sum) / count.max(1)));
        }
    }

    /// Lets a person bid for the openings that are best for them by level; who is not better off there than nowhere may
    /// stay out as well.
    fn invite<W: Weight>(&mut self, market: &Market<W>, levels: &Levels, person: u32) {
        let edges = &market.edges[market.edges_of(person)];
        let best = edges.iter().map(|edge| levels.net(*edge)).max().unwrap_or(-1);
        if best < 0 {
            return; // everything they know is full of earlier tiers
        }
        let first = self.edges.len();
        let scored = market.scale.score != W::default();
        let mut out = None;
        for edge in edges.iter().filter(|edge| levels.net(**edge) == best) {
            let score = if scored { edge.score() } else { 0 };
            if self.stalls[edge.leaf() as usize].seats > 0 {
                self.offer(first, edge.leaf(), score);
            }
            self.span = self.span.max(i64::from(score));
            if self.grid != 1 {
                self.grid = gcd(self.grid, i64::from(score));
            }
            out = out.or((best == 0).then(|| self.openings + levels.rank(*edge)));
        }
        if self.edges.len() == first {
            return;
        }
        if let Some(out) = out {
            self.edges.push(E::new(short(out), 0));
            self.stalls[out].seats += u32::from(!market.is_placed(person));
        }
        self.people.push(person);
        let (first, end) = (short(first), short(self.edges.len()));
        let (seat, near) = (self.nowhere, [self.nowhere; NEAR]);
        self.bidders.push(Bidder { first, end, seat, bound: E::price(i64::MAX), near });
    }

    /// One offer of the person who is being invited, theirs beginning at `first`; the better one if they have two of an opening.
    fn offer(&mut self, first: usize, stall: u32, score: u32) {
        let sorted = self.edges[first..].last().is_none_or(|last| last.stall() < stall as usize);
        if !sorted && let Some(known) = self.edges[first..].iter_mut().find(|it| it.stall() == stall as usize)
        {
            *known = E::new(stall, score.max(short(known.score())));
        } else {
            self.edges.push(E::new(stall, score));
        }
    }
}
