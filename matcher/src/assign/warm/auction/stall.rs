//! Seats with the bids that hold them, and offers in as few bytes as hold them.

use std::fmt::Debug;

use super::{NEAR, PARTS};

/// Seats of one opening or of one place to stay out, with the bids that hold them: a heap, the lowest bid first.
#[derive(Clone, Debug)]
pub(super) struct Stall<P> {
    pub seats: u32,
    pub bids: Vec<(P, u32)>,
}

impl<P> Default for Stall<P> {
    fn default() -> Self {
        Self { seats: 0, bids: Vec::new() }
    }
}

impl<P: Copy + Ord> Stall<P> {
    /// The lowest bid, if no seat is left.
    pub fn price(&self) -> Option<P> {
        if self.bids.len() < self.seats as usize { None } else { self.bids.first().map(|bid| bid.0) }
    }

    /// Takes a bid; whoever held the lowest is put out if there is no seat left.
    pub fn take(&mut self, bid: (P, u32)) -> Option<u32> {
        if self.bids.len() < self.seats as usize {
            self.bids.push(bid);
            self.rise(self.bids.len() - 1);
            return None;
        }
        let lowest = self.bids.first_mut()?;
        let out = std::mem::replace(lowest, bid).1;
        self.sink(0);
        Some(out)
    }

    /// Raises every bid of a bidder who holds several seats.
    pub fn raise(&mut self, bidder: u32, to: P) {
        for bid in self.bids.iter_mut().filter(|bid| bid.1 == bidder) {
            bid.0 = bid.0.max(to);
        }
        self.bids.sort_unstable_by_key(|bid| bid.0); // a sorted list is a heap
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
pub(super) trait Offer: Copy + Debug {
    /// Holds every price that can come up, and what an offer nets at it.
    type Price: Copy + Ord + Debug + Default + Into<i64>;
    /// Below all nets.
    const LEAST: Self::Price;
    fn new(stall: u32, score: u32) -> Self;
    fn stall(self) -> usize;
    fn score(self) -> i64;
    fn price(number: i64) -> Self::Price;
    /// The score, in parts of a point, above a price.
    fn net(self, price: Self::Price) -> Self::Price;
}

/// Scores below this many bits stand in one word with their opening.
pub(super) const SCORE_BITS: u32 = 14;

/// Prices in 32 bits are not beyond this, so that what an offer nets fits as well.
const FARTHEST: i32 = 1 << 30;

impl Offer for u32 {
    type Price = i32;
    const LEAST: i32 = i32::MIN;

    fn new(stall: u32, score: u32) -> Self {
        stall << SCORE_BITS | score
    }

    fn stall(self) -> usize {
        (self >> SCORE_BITS) as usize
    }

    fn score(self) -> i64 {
        i64::from(self & ((1 << SCORE_BITS) - 1))
    }

    fn price(number: i64) -> i32 {
        i32::try_from(number).map_or(FARTHEST, |price| price.clamp(-FARTHEST, FARTHEST))
    }

    fn net(self, price: i32) -> i32 {
        let score = self & ((1 << SCORE_BITS) - 1);
        score.cast_signed() * i32::from(PARTS) - price
    }
}

impl Offer for (u32, u32) {
    type Price = i64;
    const LEAST: i64 = i64::MIN;

    fn new(stall: u32, score: u32) -> Self {
        (stall, score)
    }

    fn stall(self) -> usize {
        self.0 as usize
    }

    fn score(self) -> i64 {
        i64::from(self.1)
    }

    fn price(number: i64) -> i64 {
        number
    }

    fn net(self, price: i64) -> i64 {
        i64::from(self.1) * i64::from(PARTS) - price
    }
}

/// What a bid reads of its bidder, side by side: a bid is as fast as its memory, and this is one line of it where offers
/// are small.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Bidder<E: Offer> {
    /// Where the offers of the bidder begin and end.
    pub first: u32,
    pub end: u32,
    /// The seat held, by its offer; one that is out of reach for none.
    pub seat: E,
    /// What all but the offers at hand net at most: prices only rise.
    pub bound: E::Price,
    /// The offers at hand.
    pub near: [E; NEAR],
}

impl<E: Offer> Bidder<E> {
    pub fn offers(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}
