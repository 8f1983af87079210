//! Everybody, each in a lane of a tile of people who live and travel alike.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::bits::{Bits, LANES};
use super::super::cells::Block;
use super::super::places::{Fix, Traveller};
use super::super::{Neighbourhood, neighbourhood};
use super::facets::Someone;
use super::offers::{GRADED, NO_SKILL, NO_TRADE, Offers, Skill, skill_at};
use crate::ids::{CandidateId, OpeningId};

/// How many lanes of a tile are filled at first, so that whoever comes later finds one among people like them.
const FILLED: usize = LANES - LANES / 16;

/// What the criteria need of one person, in one line of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Facts {
    pub(super) grades: [u32; GRADED],
    /// The trades wished; whoever names fewer than three wishes the first of them again.
    pub(super) wishes: [u32; 3],
    few: [Skill; FEW],
    more: Option<Box<[Skill]>>,
}

/// How many skills are kept in place; few people state more.
const FEW: usize = 6;

/// What is needed besides when a person changes or is compared with another of the same score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) id: CandidateId,
    /// Days of registered unemployment.
    pub(super) days: Option<i32>,
    pub(super) priority: bool,
    /// Openings refused, whether or not they exist.
    pub(super) refused: Vec<OpeningId>,
    pub(super) way: Traveller,
    neighbourhood: Neighbourhood,
}

/// How far somebody goes from a point of their own: what most pairs need of [`Traveller`], in a quarter of the memory.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spot {
    at: [i32; 3],
    /// The first whole metre that is too far; 0 = the whole [`Traveller`] must be asked.
    reach: u32,
}

impl Spot {
    fn of(way: &Traveller) -> Self {
        let reach = way.limit.map_or(0, u64::isqrt);
        let is_all = way.place.fix == Fix::Exact && reach == way.scale + 1;
        let reach = u32::try_from(reach).unwrap_or(0);
        Self { at: way.place.at, reach: if is_all { reach } else { 0 } }
    }

    /// The square of the way to a point, and whether it is near enough.
    pub(super) fn way(self, point: [i32; 3]) -> (u64, bool) {
        let squares = self.at.iter().zip(point).map(|(own, other)| u64::from(own.abs_diff(other)).pow(2));
        let square = squares.sum::<u64>();
        (square, square < u64::from(self.reach).pow(2))
    }

    /// Metres at which the commute earns nothing.
    pub(super) fn scale(self) -> u64 {
        u64::from(self.reach).saturating_sub(1)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Tile {
    pub(super) spots: Box<[Spot]>,
    pub(super) present: Bits,
    pub(super) priority: Bits,
    /// Whose [`Spot`] does not say all of the way.
    pub(super) elsewhere: Bits,
    /// Around everybody who has a point.
    pub(super) block: Option<Block>,
    /// Whether everybody has a point of their own.
    is_exact: bool,
    /// The square of the first metre that is too far for everybody; `None` = somebody goes anywhere.
    pub(super) limit: Option<u64>,
    /// The greatest scale of anybody's commute, metres.
    pub(super) scale: u64,
}

impl Tile {
    fn empty() -> Self {
        Self {
            spots: vec![Spot::default(); LANES].into_boxed_slice(),
            present: Bits::NONE,
            priority: Bits::NONE,
            elsewhere: Bits::NONE,
            block: None,
            is_exact: true,
            limit: Some(0),
            scale: 0,
        }
    }

    fn put(&mut self, lane: usize, card: &Card) {
        let traveller = &card.way;
        self.present.put(lane);
        self.priority.set(lane, card.priority);
        self.spots[lane] = Spot::of(traveller);
        self.elsewhere.set(lane, self.spots[lane].reach == 0);
        if traveller.place.fix >= Fix::StandIn {
            let point = Block::at(traveller.place.at);
            self.block = Some(self.block.map_or(point, |block| block.join(&point)));
        }
        self.scale = self.scale.max(traveller.scale);
        self.is_exact &= traveller.place.fix == Fix::Exact;
        self.limit = self.limit.zip(traveller.limit).map(|(most, own)| most.max(own));
    }

    /// Where everybody lives, if everybody lives at a point of their own.
    pub(super) fn exact_block(&self) -> Option<&Block> {
        self.block.as_ref().filter(|_| self.is_exact)
    }
}

#[derive(Debug, Default)]
pub(super) struct People {
    /// By slot; of nobody where nobody is.
    pub(super) ways: Vec<Traveller>,
    pub(super) facts: Vec<Facts>,
    cards: Vec<Option<Card>>,
    slots: HashMap<CandidateId, usize>,
    pub(super) tiles: Vec<Tile>,
    /// The tiles in the order of the neighbourhoods that they were begun for.
    order: Vec<(Neighbourhood, usize)>,
}

impl Facts {
    pub(super) fn new(someone: &Arc<Someone>, offers: &mut Offers) -> Self {
        let person = &someone.person;
        let codes: Vec<_> = someone.occupations.iter().map(|code| offers.trade(code)).collect();
        let mut wishes = [codes.first().copied().unwrap_or(NO_TRADE); 3];
        wishes.iter_mut().zip(codes).for_each(|(place, code)| *place = code);
        let mut few = [NO_SKILL; FEW];
        for (place, (skill, level)) in few.iter_mut().zip(person.skills()) {
            *place = skill_at(skill, level);
        }
        let more: Box<[_]> = person.skills().skip(FEW).map(|(skill, level)| skill_at(skill, level)).collect();
        let more = Some(more).filter(|it| !it.is_empty());
        Self { grades: offers.of_person(someone), wishes, few, more }
    }

    const NOBODY: Self =
        Self { grades: [0; GRADED], wishes: [NO_TRADE; 3], few: [NO_SKILL; FEW], more: None };

    /// The skills held.
    pub(super) fn held(&self) -> impl Iterator<Item = Skill> {
        let few = self.few.iter().take_while(|it| **it != NO_SKILL);
        few.chain(self.more.iter().flat_map(|it| it.iter())).copied()
    }

    /// The best credit for any of them.
    pub(super) fn best(&self, credits: &[u8]) -> u8 {
        let better = |best: u8, skill: &Skill| best.max(credits[*skill as usize]);
        let few = self.few.iter().fold(0, better);
        self.more.as_ref().map_or(few, |more| more.iter().fold(few, better))
    }
}

impl Card {
    pub(super) fn new(
        id: CandidateId,
        (someone, priority): (&Someone, bool),
        refused: Vec<OpeningId>,
        scale_km: u32,
    ) -> Self {
        let person = &someone.person;
        let way = Traveller::new(person, scale_km);
        Self {
            id,
            days: person.days_unemployed(),
            priority,
            refused,
            way,
            neighbourhood: neighbourhood(person, scale_km),
        }
    }
}

impl People {
    pub(super) fn slot(&self, id: &CandidateId) -> Option<usize> {
        self.slots.get(id).copied()
    }

    pub(super) fn card(&self, slot: usize) -> Option<&Card> {
        self.cards.get(slot)?.as_ref()
    }

    /// A free lane among people who live and travel like somebody: in the tile of their neighbourhood or the next one
    /// that has room; `None` if none has.
    pub(super) fn lane(&self, card: &Card) -> Option<usize> {
        let home = self.home(card);
        let room = |at: Option<usize>| {
            let (_, tile) = self.order.get(at?)?;
            let free = !self.tiles[*tile].present;
            let lane = free.lanes().next()?;
            Some(tile * LANES + lane)
        };
        (0..=self.order.len())
            .find_map(|far| room(home.checked_sub(far)).or_else(|| room(home.checked_add(far))))
    }

    /// The first free lane of the tile begun last.
    pub(super) fn lane_of_last_tile(&self) -> Option<usize> {
        let tile = self.tiles.len().checked_sub(1)?;
        let free = !self.tiles[tile].present;
        Some(tile * LANES + free.lanes().next()?)
    }

    fn home(&self, card: &Card) -> usize {
        self.order.partition_point(|(first, _)| *first <= card.neighbourhood).saturating_sub(1)
    }

    /// Begins a tile with somebody.
    pub(super) fn add_tile(&mut self, card: &Card) -> usize {
        let tile = self.tiles.len();
        self.tiles.push(Tile::empty());
        self.ways.resize(self.tiles.len() * LANES, card.way);
        self.facts.resize(self.tiles.len() * LANES, Facts::NOBODY);
        self.cards.resize(self.tiles.len() * LANES, None);
        let place = self.order.partition_point(|(first, _)| *first <= card.neighbourhood);
        self.order.insert(place, (card.neighbourhood, tile));
        tile * LANES
    }

    /// Whether people who come in order of neighbourhoods should begin a new tile after so many.
    pub(super) const fn is_full(count: usize) -> bool {
        count.is_multiple_of(FILLED)
    }

    /// Whether somebody with this card belongs where they are.
    pub(super) fn stays(&self, slot: usize, card: &Card) -> bool {
        let same = |old: &Card| old.neighbourhood == card.neighbourhood;
        self.card(slot).is_some_and(same)
            || self.order.get(self.home(card)).is_some_and(|it| it.1 == slot / LANES)
    }

    pub(super) fn put(&mut self, slot: usize, facts: Facts, card: Card) {
        self.slots.insert(card.id.clone(), slot);
        self.ways[slot] = card.way;
        self.facts[slot] = facts;
        self.tiles[slot / LANES].put(slot % LANES, &card);
        self.cards[slot] = Some(card);
    }

    pub(super) fn take(&mut self, slot: usize) -> Option<Card> {
        let card = self.cards[slot].take()?;
        self.slots.remove(&card.id);
        self.facts[slot] = Facts::NOBODY;
        self.settle(slot / LANES);
        Some(card)
    }

    /// Draws the bounds of a tile anew.
    fn settle(&mut self, tile: usize) {
        let cards = &self.cards[tile * LANES..(tile + 1) * LANES];
        self.tiles[tile] = Tile::empty();
        for (lane, card) in cards.iter().enumerate() {
            if let Some(card) = card {
                self.tiles[tile].put(lane, card);
            }
        }
    }
}
