//! The flow: the steps that can change it, and changing it.

use super::{Household, Kind, Network, Opening, Person, ROOT, Reserve};
use crate::instance::{Level, Worth};

/// A way in which one unit of flow can still be moved, and what that costs on one level.
#[derive(Clone, Copy)]
pub(in crate::assign) struct Step {
    pub to: u32,
    pub(super) level: usize,
    pub(super) cost: i64,
}

impl Step {
    fn free(to: u32) -> Self {
        Self::reserved(to, 0)
    }

    fn reserved(to: u32, cost: i64) -> Self {
        Self { to, level: Level::Reserved.position(), cost }
    }
}

/// The flow.
impl Network {
    /// Allows or forbids that a person is let in or out.
    pub fn lock(&mut self, person: usize, locked: bool) {
        self.people[person].locked = locked;
    }

    /// Allows or forbids that a person changes seats.
    pub fn pin(&mut self, person: usize, pinned: bool) {
        self.people[person].pinned = pinned;
    }

    /// The nodes through which a person may enter openings that come before the present one by row.
    pub fn earlier_entries(&self, person: usize) -> Vec<u32> {
        let person = &self.people[person];
        person.entries.iter().take(person.seat.unwrap_or(0)).map(|entry| entry.node).collect()
    }

    /// Whether some optimal flow may lead the person through this entry.
    pub fn is_tight(&self, number: usize, entry: u32) -> bool {
        let from = self.person_node(number);
        let mut tight = false;
        Self::each_seat(&self.people[number], &mut |step| {
            tight |= step.to == entry && self.reduced(from, step) == Worth::ZERO;
        });
        tight
    }

    /// The node through which a person is seated.
    pub fn entry(&self, person: usize) -> Option<u32> {
        let person = &self.people[person];
        person.seat.map(|seat| person.entries[seat].node)
    }

    /// Shows every step from a node that the flow, the locks and the pins leave open.
    pub fn each_step(&self, from: u32, mut show: impl FnMut(Step)) {
        match self.kind(from) {
            Kind::Root => self.each_from_root(&mut show),
            Kind::Household(household) => {
                let Household { members, placed } = &self.households[household];
                self.each_entrant(members, &mut show);
                if *placed > 0 {
                    show(Step::free(ROOT));
                }
            }
            Kind::Opening(opening) => self.each_from_opening(from, &self.openings[opening], &mut show),
            Kind::Reserve(reserve) => {
                let Reserve { opening, seats } = self.reserves[reserve];
                let earns = i64::from(self.occupants[self.occupants_of(from)].len() < seats);
                show(Step::reserved(opening, -earns));
                self.each_occupant(from, &mut show);
            }
            Kind::Person(person) => Self::each_from_person(&self.people[person], &mut show),
        }
    }

    fn each_from_root(&self, show: &mut impl FnMut(Step)) {
        for (number, household) in self.households.iter().enumerate() {
            if household.placed < self.cap {
                show(Step::free(Self::household_node(number)));
            }
        }
        for (number, opening) in self.openings.iter().enumerate() {
            if opening.filled > 0 {
                show(Step::free(self.opening_node(number)));
            }
        }
        self.each_entrant(&self.loose, show);
    }

    fn each_entrant(&self, members: &[usize], show: &mut impl FnMut(Step)) {
        for &number in members {
            let person = &self.people[number];
            if person.seat.is_none() && !person.locked {
                show(Step { to: self.person_node(number), level: person.tier, cost: -1 });
            }
        }
    }

    fn each_from_opening(&self, from: u32, opening: &Opening, show: &mut impl FnMut(Step)) {
        if opening.filled < opening.seats {
            show(Step::free(ROOT));
        }
        for &reserve in &opening.reserves {
            let placed = self.occupants[self.occupants_of(reserve)].len();
            let Kind::Reserve(number) = self.kind(reserve) else { continue };
            if placed > 0 {
                let loses = i64::from(placed <= self.reserves[number].seats);
                show(Step::reserved(reserve, loses));
            }
        }
        self.each_occupant(from, show);
    }

    fn each_occupant(&self, entry: u32, show: &mut impl FnMut(Step)) {
        let score = Level::Score.position();
        for &to in &self.occupants[self.occupants_of(entry)] {
            let Kind::Person(number) = self.kind(to) else { continue };
            let person = &self.people[number];
            if let (Some(seat), false) = (person.seat, person.pinned) {
                show(Step { to, level: score, cost: i64::from(person.entries[seat].score) });
            }
        }
    }

    fn each_from_person(person: &Person, show: &mut impl FnMut(Step)) {
        if person.seat.is_some() && !person.locked {
            show(Step { to: person.parent, level: person.tier, cost: 1 });
        }
        Self::each_seat(person, show);
    }

    fn each_seat(person: &Person, show: &mut impl FnMut(Step)) {
        let level = Level::Score.position();
        for entry in &person.entries {
            show(Step { to: entry.node, level, cost: -i64::from(entry.score) });
        }
    }

    /// Moves one unit of flow along a path of steps.
    pub fn push(&mut self, path: &[u32]) {
        for pair in path.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            match (self.kind(from), self.kind(to)) {
                (Kind::Root, Kind::Household(household)) => self.households[household].placed += 1,
                (Kind::Household(household), Kind::Root) => self.households[household].placed -= 1,
                (Kind::Opening(opening), Kind::Root) => self.openings[opening].filled += 1,
                (Kind::Root, Kind::Opening(opening)) => self.openings[opening].filled -= 1,
                (Kind::Person(person), Kind::Opening(_) | Kind::Reserve(_)) => self.sit(person, to),
                (Kind::Opening(_) | Kind::Reserve(_), Kind::Person(person)) => self.rise(person),
                _ => {}
            }
        }
    }

    fn sit(&mut self, number: usize, entry: u32) {
        let node = self.person_node(number);
        let person = &mut self.people[number];
        person.seat = person.entries.iter().position(|choice| choice.node == entry);
        let list = self.occupants_of(entry);
        self.occupants[list].push(node);
    }

    /// Takes a person from the seat they have.
    pub fn rise(&mut self, number: usize) {
        let node = self.person_node(number);
        let Some(entry) = self.entry(number) else { return };
        self.people[number].seat = None;
        let list = self.occupants_of(entry);
        self.occupants[list].retain(|&occupant| occupant != node);
    }
}
