//! A pool that stays in memory: bitmaps of everybody for every condition, and all lists, kept right while single
//! people and openings come, change and go.
//!
//! Rows of a [`Judge`] are of one problem and shift when an id is added; here everybody and every opening has a *slot*
//! that stays their own, and ids decide where the order of rows does elsewhere. A changed opening runs its program over the
//! bitmaps of all tiles in reach; a changed person ORs together who asks what they do not meet. Either scores its own pairs
//! and offers them to the lists of the other side; what these had of it before is out of date by its stamp. A list that has
//! lost more than it can spare is made anew when it is read.

mod everybody;
mod facets;
mod offers;
mod openings;
mod people;
mod rankings;
mod row;
mod set;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::table::Shortlists;
use super::together;
use crate::ids::{CandidateId, CandidateIx, OpeningId, OpeningIx};
use crate::problem::Problem;
use crate::rules::Judge;
use facets::{Facets, Someone};
use offers::{Near, Offers};
use openings::{Opening, Openings};
use people::{Card, Facts, People};
use rankings::{Entry, Rankings, Stamps, best};
use row::Row;

/// The names of one list with scores: eligible, unresolved.
pub(crate) type Named<'a, I> = [Vec<(&'a I, u32)>; 2];

#[derive(Debug)]
pub(crate) struct Resident {
    /// How long a list is for its reader.
    count: usize,
    scale_km: u32,
    facets: Facets,
    offers: Offers,
    near: Near,
    people: People,
    openings: Openings,
    /// The slots of those who refuse an opening, whether or not it exists.
    refusers: HashMap<OpeningId, Vec<usize>>,
    /// By standing, then opening.
    of_openings: [Rankings; 2],
    /// By standing, then person.
    of_people: [Rankings; 2],
    person_stamps: Stamps,
    opening_stamps: Stamps,
}

/// How many entries a list of so many is kept with: as many again are twice the memory, and twice the work where a pair
/// comes or goes; half as many are seldom all lost before the list is made anew.
const fn kept(count: usize) -> usize {
    count.saturating_add(count.div_ceil(2))
}

impl Resident {
    /// Everybody and every opening of a problem, with all lists; `refused` says which ids a person refuses.
    pub(crate) fn of(
        problem: &Problem,
        count: usize,
        refused: impl Fn(&CandidateId) -> Vec<OpeningId>,
    ) -> Self {
        let scored = problem.score();
        let mut resident = Self::new(&scored.judge, count, refused);
        resident.load(problem, &scored.shortlists(kept(count)));
        resident
    }

    fn new(judge: &Judge<'_>, count: usize, refused: impl Fn(&CandidateId) -> Vec<OpeningId>) -> Self {
        let policy = judge.problem.policy();
        let scale_km = policy.commute_scale_km().value;
        let most = kept(count);
        let rankings = || [Rankings::new(most), Rankings::new(most)];
        let mut resident = Self {
            count,
            scale_km,
            facets: Facets::new(),
            offers: Offers::new(*policy.weights()),
            near: Near::new(judge.problem.skills()),
            people: People::default(),
            openings: Openings::default(),
            refusers: HashMap::new(),
            of_openings: rankings(),
            of_people: rankings(),
            person_stamps: Stamps::default(),
            opening_stamps: Stamps::default(),
        };
        for (place, row) in together(&judge.columns, scale_km, |_| false).into_iter().enumerate() {
            let (facts, card, classes) = resident.compile_person(judge, row, &refused);
            let last = resident.people.lane_of_last_tile().filter(|_| !People::is_full(place));
            let slot = last.unwrap_or_else(|| resident.add_tile(&card));
            resident.seat(slot, facts, card, &classes);
        }
        for row in judge.columns.posts.rows() {
            let opening = resident.compile_opening(judge, row);
            let slot = resident.openings.room();
            resident.openings.put(slot, opening, &mut resident.facets);
        }
        resident.grow();
        resident
    }

    /// Takes over lists of the length that is kept, made for the same problem.
    fn load(&mut self, problem: &Problem, lists: &Shortlists) {
        let people: Vec<_> = problem.candidates().iter().map(|record| self.people.slot(&record.id)).collect();
        let openings: Vec<_> =
            problem.openings().iter().map(|record| self.openings.slot(&record.id)).collect();
        let entry = |slot: Option<usize>, score: u32| {
            Some(Entry::new(slot?, i16::try_from(score).unwrap_or(i16::MAX), 0))
        };
        for (row, slot) in openings.iter().enumerate() {
            let Some(slot) = *slot else { continue };
            for (lists, list) in self.of_openings.iter_mut().zip(lists.opening(OpeningIx::new(row))) {
                let entries = list.iter().filter_map(|it| entry(people[it.candidate.get()], it.score));
                lists.load(slot, entries.collect());
            }
        }
        for (row, slot) in people.iter().enumerate() {
            let Some(slot) = *slot else { continue };
            for (lists, list) in self.of_people.iter_mut().zip(lists.candidate(CandidateIx::new(row))) {
                let entries = list.iter().filter_map(|it| entry(openings[it.opening.get()], it.score));
                lists.load(slot, entries.collect());
            }
        }
    }

    fn compile_person(
        &mut self,
        judge: &Judge<'_>,
        row: CandidateIx,
        refused: impl Fn(&CandidateId) -> Vec<OpeningId>,
    ) -> (Facts, Card, facets::ClassesOf) {
        let id = judge.problem.candidates()[row.get()].id.clone();
        let someone = Arc::new(Someone::of(judge, row));
        let refused = refused(&id);
        let card = Card::new(id, (&someone, judge.has_priority(row)), refused, self.scale_km);
        let facts = Facts::new(&someone, &mut self.offers);
        let classes = self.facets.classes(judge, &someone);
        (facts, card, classes)
    }

    fn compile_opening(&mut self, judge: &Judge<'_>, row: OpeningIx) -> Opening {
        let id = judge.problem.openings()[row.get()].id.clone();
        Opening::new(id, (judge, row), &mut self.facets, &mut self.offers)
    }

    fn add_tile(&mut self, card: &Card) -> usize {
        self.facets.add_tile();
        self.people.add_tile(card)
    }

    fn seat(&mut self, slot: usize, facts: Facts, card: Card, classes: &facets::ClassesOf) {
        self.facets.set(slot, classes);
        for id in &card.refused {
            self.refusers.entry(id.clone()).or_default().push(slot);
        }
        self.people.put(slot, facts, card);
    }

    fn grow(&mut self) {
        let people = self.people.facts.len();
        self.of_people.iter_mut().for_each(|it| it.grow(people));
        self.of_openings.iter_mut().for_each(|it| it.grow(self.openings.slots()));
        self.person_stamps.grow(people);
        self.opening_stamps.grow(self.openings.slots());
    }

    /// Puts the people of a small problem in, in place of whoever has the same id; for how many anything is different.
    pub(crate) fn put_people(
        &mut self,
        problem: &Problem,
        refused: impl Fn(&CandidateId) -> Vec<OpeningId>,
    ) -> usize {
        let judge = Judge::new(problem);
        judge.columns.persons.rows().filter(|row| self.put_person(&judge, *row, &refused)).count()
    }

    fn put_person(
        &mut self,
        judge: &Judge<'_>,
        row: CandidateIx,
        refused: impl Fn(&CandidateId) -> Vec<OpeningId>,
    ) -> bool {
        let (facts, card, classes) = self.compile_person(judge, row, refused);
        let before = self.people.slot(&card.id);
        if let Some(slot) = before {
            let same = self.people.facts[slot] == facts && self.people.card(slot) == Some(&card);
            if same && self.facets.classes_at(slot) == classes {
                return false;
            }
        }
        let stays = before.filter(|slot| self.people.stays(*slot, &card));
        if let Some(slot) = before {
            self.unseat(slot);
            if stays.is_none() {
                self.facets.clear(slot);
            }
        }
        let slot = stays.or_else(|| self.people.lane(&card)).unwrap_or_else(|| self.add_tile(&card));
        self.seat(slot, facts, card, &classes);
        self.grow();
        self.list_person(slot);
        true
    }

    /// Takes a person out; whether they were there.
    pub(crate) fn remove_person(&mut self, id: &CandidateId) -> bool {
        let Some(slot) = self.people.slot(id) else { return false };
        self.unseat(slot);
        self.facets.clear(slot);
        true
    }

    /// Takes a person out of everything but the bitmaps.
    fn unseat(&mut self, slot: usize) {
        if self.person_stamps.renew(slot) {
            self.of_openings.iter_mut().for_each(|lists| lists.forget(slot));
        }
        self.of_people.iter_mut().for_each(|lists| lists.load(slot, Vec::new()));
        let Some(card) = self.people.take(slot) else { return };
        for id in &card.refused {
            if let Some(slots) = self.refusers.get_mut(id) {
                slots.retain(|it| *it != slot);
                if slots.is_empty() {
                    self.refusers.remove(id);
                }
            }
        }
    }

    fn list_person(&mut self, slot: usize) {
        let stamp = self.person_stamps.of(slot);
        for (standing, pairs) in self.row_of_person(slot).iter().enumerate() {
            self.of_people[standing].fill(slot, pairs, |a, b| by_opening(&self.openings, a, b));
            let (lists, order) = (&mut self.of_openings[standing], |a, b| by_person(&self.people, a, b));
            for pair in pairs {
                let entry = Entry::new(slot, pair.score(), stamp);
                lists.offer(pair.slot(), entry, &self.person_stamps, order);
            }
        }
    }

    /// Puts the openings of a small problem in, in place of those with the same ids; for how many anything is different.
    pub(crate) fn put_openings(&mut self, problem: &Problem) -> usize {
        let judge = Judge::new(problem);
        judge.columns.posts.rows().filter(|row| self.put_opening(&judge, *row)).count()
    }

    fn put_opening(&mut self, judge: &Judge<'_>, row: OpeningIx) -> bool {
        let opening = self.compile_opening(judge, row);
        let before = self.openings.slot(&opening.id);
        if let Some(slot) = before {
            if self.openings.at(slot) == Some(&opening) {
                return false;
            }
            self.close(slot);
        }
        let slot = before.unwrap_or_else(|| self.openings.room());
        self.openings.put(slot, opening, &mut self.facets);
        self.grow();
        self.list_opening(slot);
        true
    }

    /// Takes an opening out; whether it was there.
    pub(crate) fn remove_opening(&mut self, id: &OpeningId) -> bool {
        let Some(slot) = self.openings.slot(id) else { return false };
        self.close(slot);
        self.openings.leave(slot);
        true
    }

    fn close(&mut self, slot: usize) {
        if self.opening_stamps.renew(slot) {
            self.of_people.iter_mut().for_each(|lists| lists.forget(slot));
        }
        self.of_openings.iter_mut().for_each(|lists| lists.load(slot, Vec::new()));
        self.openings.take(slot, &mut self.facets);
    }

    fn list_opening(&mut self, slot: usize) {
        let stamp = self.opening_stamps.of(slot);
        let row = self.row_of_opening(slot, Some(&self.of_people));
        for (standing, pairs) in row.iter().enumerate() {
            self.of_openings[standing].fill(slot, pairs, |a, b| by_person(&self.people, a, b));
            let (lists, order) = (&mut self.of_people[standing], |a, b| by_opening(&self.openings, a, b));
            for pair in pairs {
                let entry = Entry::new(slot, pair.score(), stamp);
                lists.offer(pair.slot(), entry, &self.opening_stamps, order);
            }
        }
    }

    /// The lists of an opening; `None` where it is not in the pool.
    pub(crate) fn list_of_opening(&self, id: &OpeningId) -> Option<Named<'_, CandidateId>> {
        let slot = self.openings.slot(id)?;
        let order = |a, b| by_person(&self.people, a, b);
        let lists = (&self.of_openings, &self.person_stamps);
        let lists = self.read(lists, slot, || self.row_of_opening(slot, None), order);
        let name =
            |it: &Entry| Some((&self.people.card(it.slot())?.id, u32::from(it.score().unsigned_abs())));
        Some(lists.map(|list| list.iter().filter_map(name).collect()))
    }

    /// The lists of a person; `None` where they are not in the pool.
    pub(crate) fn list_of_person(&self, id: &CandidateId) -> Option<Named<'_, OpeningId>> {
        let slot = self.people.slot(id)?;
        let order = |a, b| by_opening(&self.openings, a, b);
        let lists = (&self.of_people, &self.opening_stamps);
        let lists = self.read(lists, slot, || self.row_of_person(slot), order);
        let name =
            |it: &Entry| Some((&self.openings.at(it.slot())?.id, u32::from(it.score().unsigned_abs())));
        Some(lists.map(|list| list.iter().filter_map(name).collect()))
    }

    /// What is known of the lists of an owner, where it is enough; else all pairs are gone through.
    fn read(
        &self,
        (lists, stamps): (&[Rankings; 2], &Stamps),
        owner: usize,
        row: impl Fn() -> Row,
        order: impl Fn(Entry, Entry) -> Ordering + Copy,
    ) -> [Vec<Entry>; 2] {
        let known = lists.each_ref().map(|it| it.of(owner, stamps));
        if known.iter().all(|(list, whole)| *whole || list.len() >= self.count) {
            return known.map(|(list, _)| list.into_iter().take(self.count).collect());
        }
        row().map(|pairs| best(&pairs, self.count, order))
    }

    /// How many lists of openings and of people are too short to be read as they are.
    pub(crate) fn short(&self) -> [usize; 2] {
        let sides = [(&self.of_openings, &self.person_stamps), (&self.of_people, &self.opening_stamps)];
        sides.map(|(lists, stamps)| lists.iter().map(|it| it.short(self.count, stamps)).sum())
    }
}

/// The order of an opening's list: the score, days of registered unemployment (unknown ones last), the id.
fn by_person(people: &People, a: Entry, b: Entry) -> Ordering {
    b.score().cmp(&a.score()).then_with(|| {
        let key = |slot| people.card(slot).map(|card| (std::cmp::Reverse(card.days), &card.id));
        key(a.slot()).cmp(&key(b.slot()))
    })
}

/// The order of a person's list: the score, the id.
fn by_opening(openings: &Openings, a: Entry, b: Entry) -> Ordering {
    b.score().cmp(&a.score()).then_with(|| {
        let key = |slot| openings.at(slot).map(|it| &it.id);
        key(a.slot()).cmp(&key(b.slot()))
    })
}
