//! The auction on plain scores, inside the levels.

mod enter;
mod guess;
mod leave;
mod stall;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::levels::Levels;
use crate::assign::Work;
use crate::assign::market::{Market, NONE};
use crate::assign::watch::Clerk;
use crate::assign::weight::Weight;

use stall::{Bidder, Offer, SCORE_BITS, Stall};

/// An idle bidder, who keeps a seat free.
const IDLE: u32 = NONE - 1;

/// How many offers of each bidder are kept at hand: their best when last looked through.
const NEAR: usize = 12;

/// How many steps below the second best an offer may be to be kept at hand: the most that leave no more than [`NEAR`].
const CLOSE: [i64; 7] = [256, 64, 24, 12, 6, 3, 1];

/// How many bidders are looked up together.
const AHEAD: usize = 8;

/// Prices are in parts of a point, so that the last steps tell apart what whole points do not.
const PARTS: i8 = 64;

struct Auction<E: Offer> {
    edges: Vec<E>,
    people: Vec<u32>,
    bidders: Vec<Bidder<E>>,
    stalls: Vec<Stall<E::Price>>,
    /// The price of each stall: apart, since every bid reads many of them. The last is of no stall, and out of reach.
    price: Vec<E::Price>,
    /// An offer of the last stall.
    nowhere: E,
    nets: Vec<E::Price>,
    openings: usize,
    /// Which openings are of the open level.
    open_of: Vec<bool>,
    /// Openings of the level where seats stay free, by price; entries may be out of date.
    cheapest: BinaryHeap<Reverse<(E::Price, u32)>>,
    idle: usize,
    /// Whether steps are still so large that no offers stay the best for more than a bid, so that none are kept at hand.
    is_coarse: bool,
    span: i64,
    grid: i64,
}

/// Moves people within their levels to where their scores are best, and writes prices.
pub(super) fn improve<W: Weight>(
    market: &mut Market<W>,
    levels: &Levels,
    work: &mut Work,
    clerk: &mut Clerk<'_>,
) {
    let highest = market.edges.iter().map(|edge| edge.score()).max().unwrap_or(0);
    // prices differ by the highest score for each opening that a chain of moves passes; a thousand is far more than any
    let narrow = i64::from(highest) * parts(1000) < 1 << 30;
    if highest >> SCORE_BITS == 0 && levels.len() < (1 << (32 - SCORE_BITS)) - 16 && narrow {
        hold::<u32, W>(market, levels, work, clerk);
    } else {
        hold::<(u32, u32), W>(market, levels, work, clerk);
    }
}

fn hold<E: Offer, W: Weight>(
    market: &mut Market<W>,
    levels: &Levels,
    work: &mut Work,
    clerk: &mut Clerk<'_>,
) {
    let mut auction = Auction::<E>::new(market, levels);
    auction.run(work, clerk);
    auction.write(market, levels);
}

impl<E: Offer> Auction<E> {
    fn run(&mut self, work: &mut Work, clerk: &mut Clerk<'_>) {
        let mut step = (parts(self.span) / 12).max(1);
        let last = (parts(self.grid) / 12).max(1);
        self.keep_the_content(step);
        while self.phase(step, work, clerk) && step > 1 && (step > last || !self.is_near()) {
            let next = if step > last { last } else { 1 };
            step = (step / 5).max(next);
            self.is_coarse = false;
            self.keep_the_content(step);
        }
    }

    /// Whether few are left who would rather be elsewhere at prices in whole points, as far as a sample tells.
    fn is_near(&self) -> bool {
        let price = self.points();
        let net = |offer: &E| offer.score() - price[offer.stall()];
        let (mut asked, mut elsewhere) = (0, 0);
        for bidder in self.bidders.iter().step_by(16).filter(|bidder| self.sits(bidder)) {
            let own = net(&bidder.seat);
            asked += 1;
            elsewhere += usize::from(self.edges[bidder.offers()].iter().any(|offer| net(offer) > own));
        }
        elsewhere * 10 <= asked
    }

    /// The prices in whole points, or in what all scores are multiples of.
    fn points(&self) -> Vec<i64> {
        let grid = self.grid.max(1);
        let points = |price: &E::Price| {
            let price: i64 = (*price).into();
            (price + parts(grid) / 2).div_euclid(parts(grid)) * grid
        };
        self.price.iter().take(self.stalls.len()).map(points).collect()
    }

    /// Bids until everybody holds a seat; false if that takes too long.
    fn phase(&mut self, step: i64, work: &mut Work, clerk: &mut Clerk<'_>) -> bool {
        let bidders = (0_u32..).zip(&self.bidders);
        let mut queue: VecDeque<u32> =
            bidders.filter(|(_, bidder)| !self.sits(bidder)).map(|(row, _)| row).collect();
        let idle_held: usize =
            self.stalls.iter().flat_map(|stall| &stall.bids).filter(|bid| bid.1 == IDLE).count();
        queue.extend(std::iter::repeat_n(IDLE, self.idle - idle_held));
        if self.idle > 0 {
            let open = self.stalls.iter().take(self.openings).enumerate();
            self.cheapest = open
                .filter(|(opening, stall)| stall.seats > 0 && self.is_open(*opening))
                .map(|(opening, _)| Reverse((self.price[opening], short(opening))))
                .collect();
        }
        let mut left = 40 * (self.people.len() + self.idle) + 1000;
        while let Some(bidder) = queue.pop_front() {
            if left == 0 {
                return false;
            }
            left -= 1;
            work.bids += 1;
            if left.is_multiple_of(AHEAD) {
                if clerk.is_over(work) {
                    return false;
                }
                self.touch(queue.iter().take(AHEAD), true);
            }
            let (stall, bid) = if bidder == IDLE { self.idle_bid(step) } else { self.bid(bidder, step) };
            let out = self.stalls[stall].take((E::price(bid), bidder));
            if bidder == IDLE {
                // whoever values nothing would give as much for each seat of the opening
                self.stalls[stall].raise(IDLE, E::price(bid));
            }
            if let Some(price) = self.stalls[stall].price() {
                self.price[stall] = price;
            }
            if let Some(out) = out {
                if out != IDLE {
                    self.bidders[out as usize].seat = self.nowhere;
                }
                queue.push_back(out);
            }
            if self.idle > 0 && self.is_open(stall) {
                self.cheapest.push(Reverse((self.price[stall], short(stall))));
            }
        }
        true
    }

    /// Reads where the next bidders' offers stand, all at once: a bid waits for memory more than for anything else.
    fn touch<'a>(&self, next: impl Iterator<Item = &'a u32>, all: bool) {
        let mut sum = 0;
        for &row in next.filter(|&&row| row != IDLE) {
            let bidder = &self.bidders[row as usize];
            sum ^= bidder.near[0].stall();
            let (first, end) = (bidder.first as usize, bidder.end as usize);
            for at in [first, usize::midpoint(first, end), end - 1].into_iter().take(if all { 3 } else { 0 })
            {
                sum ^= self.edges[at].stall();
            }
        }
        std::hint::black_box(sum);
    }

    fn sits(&self, bidder: &Bidder<E>) -> bool {
        bidder.seat.stall() != self.nowhere.stall()
    }

    fn net(&self, offer: E) -> E::Price {
        offer.net(self.price[offer.stall()])
    }

    fn bid(&mut self, bidder: u32, step: i64) -> (usize, i64) {
        let (best, second, taken) = self.two_best_of_all(bidder, step);
        self.bidders[bidder as usize].seat = taken;
        (taken.stall(), parts(taken.score()) - self.known(best, second) + step)
    }

    /// The second best of a bidder; where there is none, less than everything.
    fn known(&self, best: E::Price, second: E::Price) -> i64 {
        if second == self.net(self.nowhere) { best.into() - parts(self.span) } else { second.into() }
    }

    /// The two highest nets of a bidder, and the offer of the first.
    fn two_best_of_all(&mut self, bidder: u32, step: i64) -> (E::Price, E::Price, E) {
        let offers = self.bidders[bidder as usize].offers();
        if self.is_coarse && offers.len() > NEAR {
            return self.two_best(&self.edges[offers]);
        }
        let found = self.two_best(&self.bidders[bidder as usize].near);
        if found.1 >= self.bidders[bidder as usize].bound {
            return found;
        }
        self.look_through(bidder, step);
        self.two_best(&self.bidders[bidder as usize].near)
    }

    /// The two highest nets among some offers, and the offer of the first.
    fn two_best(&self, offers: &[E]) -> (E::Price, E::Price, E) {
        let (mut best, mut second, mut taken) = (E::LEAST, E::LEAST, self.nowhere);
        for &offer in offers {
            let net = self.net(offer);
            second = second.max(net.min(best));
            taken = if net > best { offer } else { taken };
            best = best.max(net);
        }
        (best, second, taken)
    }

    /// Picks the best offers of a bidder at present prices: those that come close to the second best, closer if there are
    /// many, and any of them where more are as good.
    fn look_through(&mut self, bidder: u32, step: i64) {
        let edges = &self.edges[self.bidders[bidder as usize].offers()];
        let mut nets = std::mem::take(&mut self.nets);
        let (mut best, mut second) = (E::LEAST, E::LEAST);
        nets.clear();
        nets.extend(edges.iter().map(|&offer| {
            let net = self.net(offer);
            second = second.max(net.min(best));
            best = best.max(net);
            net
        }));
        let within = |steps: i64| E::price(second.into() - steps * step);
        let fits = |least: &E::Price| nets.iter().filter(|net| *net >= least).count() <= NEAR;
        let close = if nets.len() > NEAR { CLOSE.map(within).into_iter().find(fits) } else { Some(E::LEAST) };
        let close = close.unwrap_or(second);
        // each is written where the next one kept belongs: which are kept is past guessing, and a wrong guess costs more
        let mut near = [self.nowhere; NEAR + 1];
        let mut kept = 0;
        for (&offer, &net) in edges.iter().zip(&nets) {
            near[kept] = offer;
            kept += usize::from(net >= close && kept < NEAR);
        }
        near[kept] = self.nowhere;
        let bidder = &mut self.bidders[bidder as usize];
        bidder.near.copy_from_slice(&near[..NEAR]);
        bidder.bound = close;
        self.nets = nets;
    }

    /// The bid of somebody who values nothing: the second lowest price.
    fn idle_bid(&mut self, step: i64) -> (usize, i64) {
        let lowest = self.pop_cheapest();
        let second = self.pop_cheapest();
        let Some((low, opening)) = lowest else { return (self.openings, 0) };
        let price = second.map_or_else(|| low.into() + parts(self.span), |(price, _)| price.into());
        self.cheapest.extend(lowest.into_iter().chain(second).map(Reverse));
        (opening as usize, price + step)
    }

    fn pop_cheapest(&mut self) -> Option<(E::Price, u32)> {
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

    /// Before a smaller step: who is within it of their best stays, and bids again what the seat is worth to them. All
    /// bid at once at the prices of before: whatever rises elsewhere meanwhile only makes them more content.
    fn keep_the_content(&mut self, step: i64) {
        for stall in 0..self.stalls.len() {
            let next = self.stalls.get(stall + 1).map_or(&[][..], |next| &next.bids);
            self.touch(next.iter().take(2 * AHEAD).map(|bid| &bid.1), false);
            let mut bids = std::mem::take(&mut self.stalls[stall].bids);
            bids.retain_mut(|(bid, bidder)| {
                let again = if *bidder == IDLE {
                    Some(self.price[stall].into())
                } else {
                    self.bid_again(*bidder, stall, step)
                };
                match again {
                    Some(again) => *bid = E::price(again),
                    None => self.bidders[*bidder as usize].seat = self.nowhere,
                }
                again.is_some()
            });
            bids.sort_unstable_by_key(|bid| bid.0); // a sorted list is a heap
            self.stalls[stall].bids = bids;
        }
        for (price, stall) in self.price.iter_mut().zip(&self.stalls) {
            *price = stall.price().unwrap_or(*price);
        }
    }

    /// What a bidder would bid for the seat that they hold; nothing if they would rather go elsewhere.
    fn bid_again(&mut self, bidder: u32, stall: usize, step: i64) -> Option<i64> {
        let (best, second, taken) = self.two_best_of_all(bidder, step);
        let other = if taken.stall() == stall { self.known(best, second) } else { self.known(best, best) };
        let bid = parts(self.bidders[bidder as usize].seat.score()) - other + step;
        (bid >= self.price[stall].into()).then_some(bid)
    }
}

/// Points in the parts in which prices are counted.
fn parts(points: i64) -> i64 {
    points * i64::from(PARTS)
}

fn short(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(NONE)
}

fn gcd(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { gcd(other, one % other) }
}
