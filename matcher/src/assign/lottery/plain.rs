//! The lottery where nothing but seats counts: people come in again in the order of their lots, then get their seats.
//!
//! On the optimal face the people who can be placed are the independent sets of a matroid, so letting them in greedily
//! by lot is right; a search that dies closes openings for all who come later.

mod seats;

use crate::assign::Work;
use crate::assign::augment::Paths;
use crate::assign::market::{Market, NONE};
use crate::assign::outsiders::Outsiders;
use crate::assign::watch::Clerk;
use crate::assign::weight::Weight;

/// Lets people choose again by lot, among optimal plans; whoever may be placed must have been chosen then. Returns whether
/// it could, and the seats of all are those of the tie rule: groups are not for it.
///
/// `lot` is that of a person by one of their pairs. Who may be placed by pairs of several lots is not for it either.
pub(in crate::assign) fn decide<W: Weight>(
    (market, outsiders): (&mut Market<W>, &Outsiders<W>),
    work: &mut Work,
    seats: bool,
    lot: impl Fn(u32, u32) -> u32,
    clerk: &mut Clerk<'_>,
) -> bool {
    if !market.part.groups.is_empty() || !market.part.sets.is_empty() {
        return false;
    }
    let Some(mut plain) = Plain::of(market, outsiders, lot) else { return false };
    let mut order: Vec<u32> = market.persons().collect();
    order.sort_unstable_by_key(|&person| plain.lots[person as usize]);
    plain.choose_people(market, &order, work, clerk);
    if seats {
        seats::settle(market, (plain.spans, &plain.leaves), &order, work, clerk);
    }
    true
}

struct Plain {
    /// The openings that an optimal plan may give each person, as spans of `leaves`.
    spans: Vec<(u32, u32)>,
    leaves: Vec<u32>,
    lots: Vec<u32>,
    /// People who may be out as well.
    optional: Vec<bool>,
    /// Free seats that must be filled again.
    room: Vec<u32>,
    closed: Vec<bool>,
    paths: Paths,
}

impl Plain {
    fn of<W: Weight>(
        market: &Market<W>,
        outsiders: &Outsiders<W>,
        lot: impl Fn(u32, u32) -> u32,
    ) -> Option<Self> {
        let openings = market.part.openings.len();
        let mut plain = Self {
            spans: Vec::with_capacity(market.owner.len()),
            leaves: Vec::new(),
            lots: market.lots.clone(),
            optional: Vec::with_capacity(market.owner.len()),
            room: vec![0; openings],
            closed: vec![false; openings],
            paths: Paths::of(openings),
        };
        let out = -market.price[market.root() as usize];
        for person in market.persons() {
            let net = if market.is_placed(person) { market.net(market.taken(person)) } else { out };
            let start = short(plain.leaves.len());
            let is_far = outsiders.short(person) > W::default() && !market.is_placed(person);
            if !market.fixed[person as usize] && !is_far {
                let mut own = None;
                for at in market.edges_of(person) {
                    let edge = market.edges[at];
                    if market.net(edge) == net {
                        plain.leaves.push(edge.leaf());
                        let lot = lot(person, short(at));
                        if own.replace(lot).is_some_and(|own| own != lot) {
                            return None;
                        }
                    }
                }
                if let Some(own) = own {
                    plain.lots[person as usize] = own;
                }
            }
            plain.spans.push((start, short(plain.leaves.len())));
            plain.optional.push(net == out && !market.fixed[person as usize]);
        }
        Some(plain)
    }

    fn choose_people<W: Weight>(
        &mut self,
        market: &mut Market<W>,
        order: &[u32],
        work: &mut Work,
        clerk: &mut Clerk<'_>,
    ) {
        let mut placed = false;
        for &person in order {
            if self.optional[person as usize] && market.is_placed(person) {
                self.leave(market, person);
                placed = true;
            }
        }
        if !placed {
            return;
        }
        for &person in order {
            if clerk.is_over(work) {
                return;
            }
            if self.optional[person as usize] && !self.seat(market, person, work) {
                for &opening in &self.paths.reached {
                    self.closed[opening as usize] = true;
                }
            }
        }
    }

    fn leaves_of(&self, person: u32) -> std::ops::Range<usize> {
        let (first, end) = self.spans[person as usize];
        first as usize..end as usize
    }

    fn leave<W: Weight>(&mut self, market: &mut Market<W>, person: u32) {
        self.room[market.taken(person).leaf() as usize] += 1;
        market.count_round(person, false);
        market.rise(person);
    }

    /// Finds a person a seat, with others moving if need be.
    fn seat<W: Weight>(&mut self, market: &mut Market<W>, person: u32, work: &mut Work) -> bool {
        let mut paths = std::mem::take(&mut self.paths);
        let knows = |person: u32| {
            let leaves = self.leaves[self.leaves_of(person)].iter().copied();
            leaves.filter(|&leaf| !self.closed[leaf as usize])
        };
        let has_seat = |opening: u32| self.room[opening as usize] > 0;
        let found = paths.find(market, person, knows, has_seat, work);
        if let Some(end) = found {
            self.room[end as usize] -= 1;
            paths.take(market, end, Market::sit);
        }
        self.paths = paths;
        found.is_some()
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}
