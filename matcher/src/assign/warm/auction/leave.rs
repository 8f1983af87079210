//! What an auction comes to: seats and prices of the market.

use super::stall::Offer;
use super::{Auction, IDLE, Levels, short};
use crate::assign::market::Market;
use crate::assign::weight::Weight;

impl<E: Offer> Auction<E> {
    /// Seats and prices back into the market; the place to stay out, or a free seat, is the zero of its level.
    pub(super) fn write<W: Weight>(self, market: &mut Market<W>, levels: &Levels) {
        let tiers = market.scale.digits.tiers();
        let price = self.points();
        let mut zero = vec![0; tiers + 1];
        for (level, zero) in zero.iter_mut().enumerate().skip(1) {
            *zero = price[self.openings + level];
        }
        let has_free = |&opening: &usize| self.stalls[opening].bids.iter().any(|bid| bid.1 == IDLE);
        let free = (0..self.openings).filter(has_free);
        zero[0] = free.map(|opening| price[opening]).max().unwrap_or_else(|| {
            let open = (0..self.openings).filter(|&opening| self.is_open(opening));
            open.map(|opening| price[opening]).min().unwrap_or(0)
        });
        for person in market.persons() {
            if market.is_placed(person) && !market.fixed[person as usize] {
                market.count_round(person, false);
                market.rise(person);
            }
        }
        let highest = price.iter().copied().max().unwrap_or(0);
        for opening in 0..self.openings {
            let (reserved, rank) = levels.split(opening);
            let mut above = price[opening] - zero[rank];
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
        for (&person, bidder) in self.people.iter().zip(&self.bidders) {
            let held = bidder.seat.stall();
            if held < self.openings {
                market.sit(person, short(held));
                market.count_round(person, true);
            }
        }
    }
}
