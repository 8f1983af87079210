//! What would help: for every opening the changes by which more people may take it, for every candidate what would open
//! more openings to them.

use std::collections::BTreeMap;

use super::Kernel;
use super::bits::{Bits, LANES};
use super::census::{Census, Taker};
use super::offers::{Offer, Offers, Then, together};
use super::sweep::sweep;
use super::tile::{Said, Tile};
use crate::catalogue;
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::input::Remedy;
use crate::rules::{Judge, needed_km};
use crate::score::gains;
use crate::words::{Education, RuleKind};

/// Pairs that would become eligible, and barred pairs that would become unresolved.
pub(in crate::score) type Both = [u32; 2];

/// What a change would bring, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The change.
    pub remedy: Remedy,
    /// How many pairs more would be eligible.
    pub eligible: u32,
    /// How many pairs, now barred, would be unresolved.
    pub unresolved: u32,
}

/// What would help everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Who fails one rule alone.
    pub census: Census,
    /// By opening, the changes by which more people may take it: rules in order, of each the changes that are worth
    /// naming.
    pub openings: Column<OpeningIx, Vec<Gain>>,
    /// By candidate, what would open more openings to them, in the same order.
    pub candidates: Column<CandidateIx, Vec<Gain>>,
}

/// Those who fail one rule alone, or of whom it alone lacks a datum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub(super) rule: RuleKind,
    /// This rule says no and no other does.
    pub(super) barred: Bits,
    /// This rule lacks a datum and every other says yes.
    pub(super) open: Bits,
    /// Another rule lacks a datum.
    pub(super) unknown: Bits,
}

/// What one candidate of a tile could do.
#[derive(Clone, Debug, Default)]
struct Own<'a> {
    /// By the schooling that openings ask.
    schooling: [Both; 7],
    licences: BTreeMap<&'a str, Both>,
    /// Kilometres to openings that are too far, and what they would add.
    ways: Vec<(u64, Both)>,
}

/// Counts what each change would bring.
pub(super) struct Helper<'a> {
    judge: &'a Judge<'a>,
    offers: &'a Offers,
    /// By condition of the changes.
    said: Vec<Said>,
    /// As [`super::offers::Place::first`] has it.
    openings: Vec<Both>,
    own: Vec<Own<'a>>,
    /// By lane, then row of the table of accommodations.
    aids: Vec<Vec<Both>>,
    candidates: Vec<(CandidateIx, Vec<Gain>)>,
}

const NONE: Both = [0; 2];
/// A pair more, by whether another rule lacks a datum of it.
const ONE: [Both; 2] = [[1, 0], [0, 1]];

/// How many lanes there are.
fn number(lanes: Bits) -> u32 {
    u32::try_from(lanes.count()).unwrap_or(u32::MAX)
}

pub(in crate::score) fn add(sum: &mut Both, more: Both) {
    sum[0] += more[0];
    sum[1] += more[1];
}

impl Kernel {
    /// Counts who fails one rule alone, and what each change would bring.
    ///
    /// # Cost
    ///
    /// That of [`Self::census`], and a few steps for each near miss and change of its rule.
    pub(crate) fn advice(&self, judge: &Judge<'_>, size: usize) -> Advice {
        let offers = Offers::new(judge);
        let new = || Taker::new(self, Some(Helper::new(judge, &offers)));
        let visit = |taker: &mut Taker<'_>, people: &[CandidateIx]| taker.visit(judge, people);
        let mut takers = sweep(self, size, new, visit);
        let mut sums = vec![NONE; offers.count];
        let mut candidates = vec![Vec::new(); self.people.len()];
        for helper in takers.iter_mut().filter_map(|taker| taker.helper.take()) {
            sums.iter_mut().zip(helper.openings).for_each(|(sum, more)| add(sum, more));
            for (row, gains) in helper.candidates {
                candidates[row.get()] = gains;
            }
        }
        let openings = (0..self.programs.len()).map(|row| offers.gains(row, &sums)).collect();
        Advice { census: self.gather(takers), openings, candidates: Column::from_vec(candidates) }
    }
}

impl Offers {
    /// What the changes of one opening would bring.
    fn gains(&self, row: usize, sums: &[Both]) -> Vec<Gain> {
        let mut places: Vec<_> = self.of[row].iter().collect();
        places.sort_by_key(|place| place.rule);
        let gains = places.into_iter().map(|place| {
            let offers = self.lists[place.list].iter().zip(&sums[place.first..]);
            gains::of_opening(offers.map(|(offer, both)| (&offer.remedy, *both)))
        });
        gains.flatten().collect()
    }
}

impl<'a> Helper<'a> {
    fn new(judge: &'a Judge<'a>, offers: &'a Offers) -> Self {
        Self {
            judge,
            offers,
            said: vec![Said::default(); offers.conditions.count],
            openings: vec![NONE; offers.count],
            own: vec![Own::default(); LANES],
            aids: vec![vec![NONE; catalogue::accommodations().len()]; LANES],
            candidates: Vec::new(),
        }
    }

    /// Makes ready for the people of a tile.
    pub(super) fn begin(&mut self, tile: &mut Tile) {
        self.own.fill(Own::default());
        self.aids.iter_mut().for_each(|aids| aids.fill(NONE));
        tile.judge_classes(&self.offers.conditions.attributes, &mut self.said);
        tile.judge_items(&self.offers.conditions.items, self.judge, &mut self.said);
    }

    pub(super) fn meet(&mut self, opening: OpeningIx, near: &Near, people: &[CandidateIx]) {
        if (near.barred | near.open).is_empty() {
            return;
        }
        let offers = self.offers;
        if let Some(place) = offers.of[opening.get()].iter().find(|it| it.rule == near.rule) {
            for (at, offer) in offers.lists[place.list].iter().enumerate() {
                let [eligible, unresolved] = self.gained(offer, opening, near, people);
                add(&mut self.openings[place.first + at], [eligible, unresolved].map(number));
                let Some(aid) = offer.aid else { continue };
                for (lanes, one) in [(eligible, ONE[0]), (unresolved, ONE[1])] {
                    lanes.lanes().for_each(|lane| add(&mut self.aids[lane][aid], one));
                }
            }
        }
        if matches!(near.rule, RuleKind::Education | RuleKind::Licence | RuleKind::Commute) {
            for lane in (near.barred | near.open).lanes() {
                let one = ONE[usize::from(near.unknown.has(lane))];
                self.own(lane, (people[lane], opening), near.rule, near.barred.has(lane).then_some(one));
            }
        }
    }

    /// Who would become eligible by a change, and who of the barred unresolved.
    fn gained(&self, offer: &Offer, opening: OpeningIx, near: &Near, people: &[CandidateIx]) -> [Bits; 2] {
        let then = match &offer.then {
            Then::Conditions(conditions) => together(conditions, &self.said),
            Then::Farther(km) => {
                let post = &self.judge.columns.posts[opening];
                let mut still = Said { no: near.barred, unknown: near.open };
                let within = |lane: &usize| {
                    let person = &self.judge.columns.persons[people[*lane]];
                    let limit = person.max_commute_km.map(|limit| u64::from(limit) + km);
                    needed_km(person, post).zip(limit).is_some_and(|(needed, limit)| needed <= limit)
                };
                let mut near_enough = Bits::NONE;
                (near.barred | near.open).lanes().filter(within).for_each(|lane| near_enough.put(lane));
                still.no &= !near_enough;
                still.unknown &= !near_enough;
                still
            }
        };
        let yes = !(then.no | then.unknown);
        let open = near.barred & !then.no;
        let eligible = (near.barred & yes & !near.unknown) | (near.open & yes);
        [eligible, open & !eligible]
    }

    /// What the person could do there; `barred` is what it would add, `None` where the rule lacks a datum.
    fn own(
        &mut self,
        lane: usize,
        (person, opening): (CandidateIx, OpeningIx),
        rule: RuleKind,
        barred: Option<Both>,
    ) {
        let judge = self.judge;
        let (own, post) = (&mut self.own[lane], &judge.columns.posts[opening]);
        let record = &judge.problem.candidates()[person.get()];
        let person = &judge.columns.persons[person];
        match (rule, barred) {
            (RuleKind::Education, Some(one)) => {
                let asked = post.education.map_or(0, Education::index);
                add(&mut own.schooling[asked], one);
            }
            (RuleKind::Licence, Some(one)) => {
                let asked = &judge.problem.openings()[opening.get()].licences;
                let mut lacking = asked.iter().filter(|name| !record.licences.contains(name));
                let first = lacking.next();
                if let Some(name) = first.filter(|first| lacking.all(|other| other == *first)) {
                    add(own.licences.entry(name.as_str()).or_default(), one);
                }
            }
            (RuleKind::Commute, _) => {
                let needed = needed_km(person, post).map(|km| (km, barred.unwrap_or(ONE[0])));
                own.ways.extend(needed);
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self, people: &[CandidateIx]) {
        for (lane, person) in people.iter().enumerate() {
            let own = &mut self.own[lane];
            let education = self.judge.columns.persons[*person].education;
            let mut gains = gains::of_schooling(&own.schooling, education);
            gains.extend(gains::of_licences(&own.licences));
            gains.extend(gains::of_aids(&self.aids[lane]));
            gains.extend(gains::of_ways(&mut own.ways));
            self.candidates.push((*person, gains));
        }
    }
}
