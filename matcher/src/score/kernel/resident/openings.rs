//! All openings, as programs over conditions.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::places::Place;
use super::facets::{Facets, Offered};
use super::offers::{GRADED, NO_TRADE, Offers, Wanted, skill_at};
use super::set::Set;
use crate::ids::{OpeningId, OpeningIx};
use crate::rules::Judge;
use crate::words::RuleKind;

/// The way to an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commute {
    /// The work is done at home.
    None,
    /// Nobody is asked how far they go.
    Free,
    /// The rule `commute` is asked.
    Limited,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) id: OpeningId,
    pub(super) program: Vec<usize>,
    pub(super) is_closed: bool,
    pub(super) asks_refusal: bool,
    pub(super) commute: Commute,
    pub(super) place: Place,
    pub(super) grades: [u32; GRADED],
    pub(super) trade: u32,
    pub(super) wanted: Wanted,
    /// The sum of their weights.
    pub(super) weights: u32,
}

impl Opening {
    pub(super) fn new(
        id: OpeningId,
        (judge, row): (&Judge<'_>, OpeningIx),
        facets: &mut Facets,
        offers: &mut Offers,
    ) -> Self {
        let offered = Arc::new(Offered::of(judge, row));
        let post = &offered.post;
        let welfare = post.kind.is_welfare();
        let wanted =
            post.skills.iter().map(|it| (skill_at(it.skill as usize, it.level), u32::from(it.weight)));
        Self {
            id,
            program: facets.program(judge, &offered),
            is_closed: judge.is_closed(row),
            asks_refusal: judge.asks(RuleKind::Refusal, welfare),
            commute: match judge.asks(RuleKind::Commute, welfare) {
                _ if post.home_based => Commute::None,
                true => Commute::Limited,
                false => Commute::Free,
            },
            place: Place::of_post(post),
            grades: offers.of_opening(&offered),
            trade: offered.occupation.as_deref().map_or(NO_TRADE, |code| offers.trade(code)),
            wanted: wanted.collect(),
            weights: post.skills.iter().map(|it| u32::from(it.weight)).sum(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Openings {
    /// By slot.
    list: Vec<Option<Opening>>,
    slots: HashMap<OpeningId, usize>,
    free: Vec<usize>,
    /// Those that are not outside their own dates.
    pub(super) open: Set,
}

impl Openings {
    pub(super) fn slot(&self, id: &OpeningId) -> Option<usize> {
        self.slots.get(id).copied()
    }

    pub(super) fn at(&self, slot: usize) -> Option<&Opening> {
        self.list.get(slot)?.as_ref()
    }

    /// How many slots there are, free ones included.
    pub(super) fn slots(&self) -> usize {
        self.list.len()
    }

    /// A free slot.
    pub(super) fn room(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.list.push(None);
            self.list.len() - 1
        })
    }

    pub(super) fn put(&mut self, slot: usize, opening: Opening, facets: &mut Facets) {
        self.slots.insert(opening.id.clone(), slot);
        for condition in &opening.program {
            facets.conditions[*condition].asking.put(slot);
        }
        if !opening.is_closed {
            self.open.put(slot);
        }
        self.list[slot] = Some(opening);
    }

    /// Takes an opening out of its slot, which stays its own until it is given back to `room` by `leave`.
    pub(super) fn take(&mut self, slot: usize, facets: &mut Facets) -> Option<Opening> {
        let opening = self.list[slot].take()?;
        self.slots.remove(&opening.id);
        for condition in &opening.program {
            facets.conditions[*condition].asking.take(slot);
        }
        self.open.take(slot);
        Some(opening)
    }

    pub(super) fn leave(&mut self, slot: usize) {
        self.free.push(slot);
    }
}
