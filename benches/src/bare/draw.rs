//! Drawing an instance: every part from a stream of its own, so that families with the same market share it.

use super::extras::Place;
use super::{Bare, Family, Market, NONE, Pairs, Scores, TIER_SHARES};
use crate::Dice;

/// One stream of numbers for each part of an instance.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Tiers,
    Seats,
    Trades,
    Pairs,
    Openings,
    People,
    Scores,
    Households,
    Kinds,
    Groups,
    Chain,
}

impl Stream {
    pub(super) fn dice(self, seed: u64) -> Dice {
        Dice::new(seed ^ (self as u64 + 1).wrapping_mul(0xA076_1D64_78BD_642F))
    }
}

impl Family {
    /// The instance of this family that the seed names.
    #[must_use]
    pub fn draw(&self, seed: u64) -> Bare {
        let mut bare = Bare {
            tiers: self.tiers(seed),
            household: vec![NONE; self.people as usize],
            seats: self.seat_numbers(seed),
            ..Bare::default()
        };
        let mut rows = Rows::new(self, seed, &mut bare);
        match self.pairs {
            Pairs::Market(market) | Pairs::Star(market) => rows.market(&market, 1),
            Pairs::Clones(size, market) => rows.market(&market, size),
            Pairs::Chain => rows.chain(),
        }
        self.add_extras(seed, &mut bare);
        bare
    }

    fn tiers(&self, seed: u64) -> Vec<u8> {
        let mut dice = Stream::Tiers.dice(seed);
        let equals = if let Pairs::Clones(size, _) = self.pairs { size } else { 1 };
        let mut tier = 0;
        let mut one = |person: u32| {
            if person.is_multiple_of(equals) {
                tier = u8::try_from(pick(TIER_SHARES.iter().copied(), &mut dice)).unwrap_or(0);
            }
            tier
        };
        (0..self.people).map(&mut one).collect()
    }

    /// One seat each and the rest at random if there are enough; the star takes its tenth first.
    fn seat_numbers(&self, seed: u64) -> Vec<u32> {
        let mut dice = Stream::Seats.dice(seed);
        if matches!(self.pairs, Pairs::Chain) {
            return vec![1; self.openings as usize];
        }
        let star = if matches!(self.pairs, Pairs::Star(_)) { self.seats / 10 } else { 0 };
        let each = u32::from(self.seats - star >= self.openings);
        let rest = u64::from(self.seats - star - each * self.openings);
        let weights: Vec<u64> = (0..self.openings).map(|_| u64::from(1 + dice.below(19))).collect();
        let sum: u64 = weights.iter().sum();
        let (mut reached, mut given) = (0, 0);
        let mut seats: Vec<u32> = (weights.iter())
            .map(|weight| {
                reached += weight;
                let share = rest * reached / sum - given;
                given += share;
                each + u32::try_from(share).unwrap_or(0)
            })
            .collect();
        if let Some(first) = seats.first_mut() {
            *first += star;
        }
        seats
    }

    /// The region of a row: rows of one region are spread over the whole instance.
    pub(super) fn regions(&self) -> u32 {
        let regions = match self.pairs {
            Pairs::Market(market) | Pairs::Star(market) | Pairs::Clones(_, market) => market.regions,
            Pairs::Chain => 1,
        };
        regions.min((self.openings / 4).max(1))
    }
}

/// The position of a share drawn at random.
pub(super) fn pick(shares: impl Iterator<Item = u32> + Clone, dice: &mut Dice) -> usize {
    let mut left = dice.below(shares.clone().sum());
    shares
        .take_while(|share| {
            let past = left >= *share;
            left = left.saturating_sub(*share);
            past
        })
        .count()
}

/// The rows of pairs as they grow.
struct Rows<'a> {
    family: &'a Family,
    bare: &'a mut Bare,
    seed: u64,
    /// How attractive each opening is to everybody, below the highest score.
    attraction: Vec<u32>,
    points: Dice,
    top: u32,
}

impl<'a> Rows<'a> {
    fn new(family: &'a Family, seed: u64, bare: &'a mut Bare) -> Self {
        let top = if let Scores::Mixed(top) = family.scores { top } else { 10_000 };
        let mut dice = Stream::Openings.dice(seed);
        let attraction = (0..family.openings).map(|_| dice.below(top + 1)).collect();
        bare.first.reserve_exact(family.people as usize + 1);
        bare.first.push(0);
        Self { family, bare, seed, attraction, points: Stream::Scores.dice(seed), top }
    }

    fn market(&mut self, market: &Market, equals: u32) {
        let cells = Cells::new(self.family, market, self.seed);
        let star = matches!(self.family.pairs, Pairs::Star(_));
        let mut dice = Stream::Pairs.dice(self.seed);
        let mut trades = Stream::Trades.dice(self.seed ^ 1);
        let mut people = Stream::People.dice(self.seed);
        let expected = self.family.people as usize * (u32::midpoint(market.fewest, market.most) + 1) as usize;
        self.bare.opening.reserve_exact(expected);
        self.bare.score.reserve_exact(expected);
        let mut row = Vec::new();
        let mut place = Place::default();
        for person in 0..self.family.people {
            if !person.is_multiple_of(equals) {
                self.repeat();
                continue;
            }
            place.region = (person / equals) % cells.regions;
            place.trade = pick(market.trades.iter().map(|trade| trade.people), &mut trades);
            row.clear();
            cells.draw_row(market, place, &mut dice, &mut row);
            if star {
                row.push(0);
            }
            row.sort_unstable();
            row.dedup();
            let strength = people.below(self.top + 1);
            for &opening in &row {
                let score = self.score(person, opening, strength);
                self.bare.opening.push(opening);
                self.bare.score.push(score);
            }
            self.bare.first.push(self.bare.opening.len() as u64);
        }
    }

    fn score(&mut self, person: u32, opening: u32, strength: u32) -> u32 {
        let attraction = self.attraction[opening as usize];
        let mut mixed = || {
            let parts = 2 * u64::from(attraction)
                + u64::from(strength)
                + 7 * u64::from(self.points.below(self.top + 1));
            u32::try_from(parts / 10).unwrap_or(self.top)
        };
        match self.family.scores {
            Scores::Mixed(_) => mixed(),
            Scores::Steps => (mixed() + 1_250) / 2_500 * 2_500,
            Scores::Equal => 5_000,
            Scores::Product => {
                let product = u128::from(person + 1) * u128::from(opening + 1) * 1_000_000_000;
                let whole = u128::from(self.family.people) * u128::from(self.family.openings);
                u32::try_from(product / whole).unwrap_or(0)
            }
            Scores::Common => attraction,
        }
    }

    /// The row of the person before once more.
    fn repeat(&mut self) {
        let end = self.bare.opening.len();
        let start = match self.bare.first.as_slice() {
            [.., start, _] => usize::try_from(*start).unwrap_or(end),
            _ => end,
        };
        self.bare.opening.extend_from_within(start..end);
        self.bare.score.extend_from_within(start..end);
        self.bare.first.push(self.bare.opening.len() as u64);
    }

    /// The person at position `k` may take `k - 1`, for all points, and `k`, for
    /// none; the one at position 0 only 0. So everybody has to give way to the one before.
    fn chain(&mut self) {
        let mut dice = Stream::Chain.dice(self.seed);
        let mut positions: Vec<u32> = (0..self.family.people).collect();
        for row in (1..self.family.people).rev() {
            positions.swap(row as usize, dice.below(row + 1) as usize);
        }
        for position in positions {
            if let Some(before) = position.checked_sub(1) {
                self.bare.opening.push(before);
                self.bare.score.push(self.top);
            }
            self.bare.opening.push(position);
            self.bare.score.push(0);
            self.bare.first.push(self.bare.opening.len() as u64);
        }
    }
}

/// The openings of each trade in each region.
struct Cells {
    regions: u32,
    openings: Vec<Vec<u32>>,
}

impl Cells {
    fn new(family: &Family, market: &Market, seed: u64) -> Self {
        let regions = family.regions();
        let mut openings = vec![Vec::new(); market.trades.len() * regions as usize];
        let mut dice = Stream::Trades.dice(seed);
        for opening in 0..family.openings {
            let trade = pick(market.trades.iter().map(|trade| trade.openings), &mut dice);
            openings[trade * regions as usize + (opening % regions) as usize].push(opening);
        }
        Self { regions, openings }
    }

    fn draw_row(&self, market: &Market, place: Place, dice: &mut Dice, row: &mut Vec<u32>) {
        let draws = market.fewest + dice.below(market.most - market.fewest + 1);
        // one person in ten knows a second trade
        let second = (dice.below(10) == 0)
            .then(|| pick(market.trades.iter().map(|trade| trade.people), dice))
            .filter(|second| *second != place.trade);
        for draw in 0..draws {
            let crosses = self.regions > 1 && dice.below(1_000) < market.crossing;
            let away = if crosses { 1 + dice.below(self.regions - 1) } else { 0 };
            let region = (place.region + away) % self.regions;
            let trade = second.filter(|_| draw % 2 == 1).unwrap_or(place.trade);
            let cell = &self.openings[trade * self.regions as usize + region as usize];
            let Ok(size @ 1..) = u32::try_from(cell.len()) else { continue };
            let opening = cell[dice.below(size) as usize];
            if !market.remote || opening % 1_000 != 499 || dice.below(REACH) == 0 {
                row.push(opening);
            }
        }
    }
}

/// Of so many draws of a remote opening, one becomes a pair.
const REACH: u32 = 48;
