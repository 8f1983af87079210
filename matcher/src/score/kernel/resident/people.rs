//! Everybody, each in a lane of a tile of people who live and travel alike.

use std::collections::HashMap;

use super::super::bits::{Bits, LANES};
use super::super::cells::Block;
use super::super::places::{Fix, Traveller};
use super::super::{Neighbourhood, neighbourhood};
use super::facets::Someone;
use super::offers::{GRADED, NO_SKILL, Offers, Skill, skill_at};
use crate::ids::{CandidateId, OpeningId};
use crate::rules::Answer;

/// How many lanes of a tile are filled at first, so that whoever comes later finds one among people like them.
const FILLED: usize = LANES - LANES / 16;

/// No trade is wished.
const NONE: u32 = u32::MAX;

/// What the criteria need of one person, in one piece of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) grades: [u32; GRADED],
    wishes: [u32; 3],
    held: Held,
    pub(super) priority: bool,
}

/// How many skills are kept in place; few people state more.
const FEW: usize = 6;

/// Skills with levels, as [`Skill`].
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    few: [Skill; FEW],
    more: Vec<Skill>,
}

/// What is needed besides when a person changes or is compared with another of the same score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) id: CandidateId,
    /// Days of registered unemployment.
    pub(super) days: Option<i32>,
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
        let reach = way.limit.filter(|_| way.place.fix == Fix::Exact).map_or(0, u64::isqrt);
        Self { at: way.place.at, reach: u32::try_from(reach).unwrap_or(0) }
    }

    /// The rule `commute` for a point; `None` where it must be asked of the [`Traveller`].
    pub(super) fn answer(self, point: [i32; 3]) -> Option<Answer> {
        let squares = self.at.iter().zip(point).map(|(own, other)| u64::from(own.abs_diff(other)).pow(2));
        let within = squares.sum::<u64>() < u64::from(self.reach).pow(2);
        (self.reach > 0).then_some(if within { Answer::Yes } else { Answer::No })
    }
}

#[derive(Clone, Debug)]
pub(super) struct Tile {
    pub(super) spots: Box<[Spot]>,
    pub(super) present: Bits,
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
            block: None,
            is_exact: true,
            limit: Some(0),
            scale: 0,
        }
    }

    fn put(&mut self, lane: usize, traveller: &Traveller) {
        self.present.put(lane);
        self.spots[lane] = Spot::of(traveller);
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
    pub(super) fn new(someone: &std::sync::Arc<Someone>, priority: bool, offers: &mut Offers) -> Self {
        let person = &someone.person;
        let mut wishes = [NONE; 3];
        for (place, code) in wishes.iter_mut().zip(&someone.occupations) {
            *place = offers.trade(code);
        }
        let mut few = [NO_SKILL; FEW];
        for (place, (skill, level)) in few.iter_mut().zip(person.skills()) {
            *place = skill_at(skill, level);
        }
        let more = person.skills().skip(FEW).map(|(skill, level)| skill_at(skill, level)).collect();
        Self { grades: offers.of_person(someone), wishes, held: Held { few, more }, priority }
    }

    const NOBODY: Self = Self {
        grades: [0; GRADED],
        wishes: [NONE; 3],
        held: Held { few: [NO_SKILL; FEW], more: Vec::new() },
        priority: false,
    };

    /// The skills held.
    pub(super) fn held(&self) -> impl Iterator<Item = Skill> {
        let few = self.held.few.iter().take_while(|it| **it != NO_SKILL);
        few.chain(&self.held.more).copied()
    }

    /// The trades wished: at most three, the gate sees to it.
    pub(super) fn wishes(&self) -> &[u32] {
        let count = self.wishes.iter().take_while(|it| **it != NONE).count();
        &self.wishes[..count]
    }
}

impl Card {
    pub(super) fn new(id: CandidateId, someone: &Someone, refused: Vec<OpeningId>, scale_km: u32) -> Self {
        let person = &someone.person;
        let way = Traveller::new(person, scale_km);
        Self {
            id,
            days: person.days_unemployed,
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
        self.tiles[slot / LANES].put(slot % LANES, &card.way);
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
                self.tiles[tile].put(lane, &card.way);
            }
        }
    }
}
