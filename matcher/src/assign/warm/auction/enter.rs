//! Who takes part in an auction, and where they sit when it begins.

use std::collections::BinaryHeap;

use super::stall::{Bidder, Offer, Stall};
use super::{Auction, Levels, NEAR, gcd, short};
use crate::assign::market::Market;
use crate::assign::weight::Weight;

impl<E: Offer> Auction<E> {
    pub(super) fn new<W: Weight>(market: &Market<W>, levels: &Levels) -> Self {
        let openings = levels.len();
        let tiers = market.scale.digits.tiers();
        let mut auction = Self {
            edges: Vec::with_capacity(market.edges.len() + 1),
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
            is_coarse: true,
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
        auction.guess_prices();
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
                out.inspect(|out| {
                    let nets = edges.iter().filter(|offer| offer.stall() < self.openings);
                    let best = nets.map(|offer| offer.net(self.price[offer.stall()])).max();
                    let (sum, count) = &mut given[out.stall()];
                    *sum += best.map_or(0, Into::into);
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
            self.price[out] = E::price(-(sum / count.max(1)));
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
        let scored = market.scale.score != W::default();
        let first = self.edges.len();
        // each is written where the next one kept belongs: which are kept is past guessing
        let mut end = first;
        self.edges.resize(first + edges.len() + 1, self.nowhere);
        for edge in edges {
            self.edges[end] = E::new(edge.leaf(), if scored { edge.score() } else { 0 });
            let has_seats = self.stalls[edge.leaf() as usize].seats > 0;
            end += usize::from(has_seats & (levels.net(*edge) == best));
        }
        self.edges.truncate(end);
        if end == first {
            return;
        }
        if !self.edges[first..].is_sorted_by(|one, other| one.stall() < other.stall()) {
            self.unite(first);
        }
        for score in self.edges[first..].iter().map(|offer| offer.score()) {
            self.span = self.span.max(score);
            if self.grid != 1 {
                self.grid = gcd(self.grid, score);
            }
        }
        let level = edges.iter().find(|edge| best == 0 && levels.net(**edge) == best);
        if let Some(out) = level.map(|edge| self.openings + levels.rank(*edge)) {
            self.edges.push(E::new(short(out), 0));
            self.stalls[out].seats += u32::from(!market.is_placed(person));
        }
        self.people.push(person);
        let (first, end) = (short(first), short(self.edges.len()));
        let (seat, near) = (self.nowhere, [self.nowhere; NEAR]);
        self.bidders.push(Bidder { first, end, seat, bound: E::price(i64::MAX), near });
    }

    /// Leaves of the offers from `first` on one for each opening, the best.
    fn unite(&mut self, first: usize) {
        let mut kept = first;
        for at in first..self.edges.len() {
            let offer = self.edges[at];
            match self.edges[first..kept].iter_mut().find(|known| known.stall() == offer.stall()) {
                Some(known) if known.score() >= offer.score() => {}
                Some(known) => *known = offer,
                None => {
                    self.edges[kept] = offer;
                    kept += 1;
                }
            }
        }
        self.edges.truncate(kept);
    }
}
