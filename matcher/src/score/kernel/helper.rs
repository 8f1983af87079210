//! Who counts, tile by tile, what each change would bring.

use std::collections::BTreeMap;
use std::ops::Range;

use super::advice::Gain;
use super::bits::{Bits, LANES};
use super::cells::Cell;
use super::conditions::ConditionIx;
use super::offers::{Kin, Offers, Place, Then};
use super::stops::Stop;
use super::tally::Tally;
use super::tile::{Said, Tile};
use super::ways::Ways;
use crate::catalogue;
use crate::ids::{CandidateIx, OpeningIx};
use crate::rules::Judge;
use crate::score::gains::{self, Both, add};
use crate::words::{Education, RuleKind};

/// Those who fail one rule alone, or of whom it alone lacks a datum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// This rule says no and no other does.
    pub(super) barred: Bits,
    /// This rule lacks a datum and every other says yes.
    pub(super) open: Bits,
    /// Another rule lacks a datum.
    pub(super) unknown: Bits,
}

/// Counts what each change would bring.
pub(super) struct Helper<'a> {
    judge: &'a Judge<'a>,
    pub(super) offers: &'a Offers,
    /// By condition of the changes.
    said: Vec<Said>,
    /// As [`Place::first`] has it.
    openings: Vec<Both>,
    /// By the schooling that openings ask, then [eligible, unresolved].
    schooling: Vec<[Tally; 2]>,
    /// By row of the table of accommodations, in the same way.
    aids: Vec<[Tally; 2]>,
    /// By lane.
    licences: Vec<BTreeMap<&'a str, Both>>,
    ways: Ways,
    candidates: Vec<(CandidateIx, Vec<Gain>)>,
}

/// Whom some changes may help, as far as it depends on what they leave as it is.
struct Hopeful {
    /// Eligible if what they bring says yes.
    eligible: Bits,
    /// Barred, and no longer so if it does not say no.
    barred: Bits,
}

/// A pair more, by whether another rule lacks a datum of it.
const ONE: [Both; 2] = [[1, 0], [0, 1]];

impl<'a> Helper<'a> {
    pub(super) fn new(judge: &'a Judge<'a>, offers: &'a Offers) -> Self {
        let tallies = |count| vec![<[Tally; 2]>::default(); count];
        Self {
            judge,
            offers,
            said: vec![Said::default(); offers.conditions.count],
            openings: vec![[0; 2]; offers.count],
            schooling: tallies(Education::ALL.len()),
            aids: tallies(catalogue::accommodations().len()),
            licences: vec![BTreeMap::new(); LANES],
            ways: Ways::new(),
            candidates: Vec::new(),
        }
    }

    /// Makes ready for the people of a tile; `clear` are those of whom some rules of the person say yes.
    pub(super) fn begin(&mut self, tile: &mut Tile, clear: Bits) {
        self.licences.iter_mut().for_each(BTreeMap::clear);
        tile.judge_classes(&self.offers.conditions.attributes, &mut self.said);
        tile.judge_items(&self.offers.conditions.items, self.judge, &mut self.said);
        self.ways.begin(self.judge, tile, clear);
    }

    /// Makes ready for the openings of a cell.
    pub(super) fn enter(&mut self, tile: &Tile, cell: &Cell) {
        self.ways.enter(tile, cell);
    }

    /// Counts what the changes of one rule would bring at an opening, and to its people.
    pub(super) fn meet(&mut self, place: &Place, stop: &Stop, near: &Near, tile: &Tile) {
        if (near.barred | near.open).is_empty() {
            return;
        }
        let within = if place.rule == RuleKind::Commute {
            self.ways.meet(tile, &stop.place, near)
        } else {
            [Bits::NONE; 3]
        };
        let offers = self.offers;
        let list = &offers.lists[place.list];
        let mut first = place.first;
        for kin in list.kin.iter().map(|kin| &offers.kin[*kin as usize]) {
            let hopeful = self.hopeful(&list.now, kin, near);
            if !(hopeful.eligible | hopeful.barred).is_empty() {
                let sums = first..first + kin.changes.len();
                self.change(kin, sums, &hopeful, &within);
            }
            first += kin.changes.len();
        }
        match place.rule {
            RuleKind::Education => self.school(stop.opening, near),
            RuleKind::Licence => self.license(stop.opening, near, tile),
            _ => {}
        }
    }

    /// Counts what some changes would bring.
    fn change(&mut self, kin: &Kin, sums: Range<usize>, hopeful: &Hopeful, within: &[Bits; 3]) {
        for (change, at) in kin.changes.iter().zip(sums) {
            let (no, not_yes) = match &change.then {
                Then::Conditions(conditions) => self.against(conditions.iter()),
                Then::Farther(farther) => (!within[*farther], !within[*farther]),
            };
            let eligible = hopeful.eligible & !not_yes;
            let unresolved = hopeful.barred & !no & !eligible;
            for (nth, lanes) in [eligible, unresolved].into_iter().enumerate() {
                if !lanes.is_empty() {
                    self.openings[at][nth] += lanes.count();
                    change.aid.iter().for_each(|aid| self.aids[*aid][nth].add(lanes));
                }
            }
        }
    }

    /// Who may be helped by changes of a rule that is these conditions `now`: nobody to whom one that is kept says no.
    fn hopeful(&self, now: &[ConditionIx], kin: &Kin, near: &Near) -> Hopeful {
        let willing = (near.barred & !near.unknown) | near.open;
        if now.is_empty() {
            return Hopeful { eligible: willing, barred: near.barred };
        }
        let (_, dropped) = self.against(kin.dropped.iter());
        if ((near.barred | near.open) & dropped).is_empty() {
            return Hopeful { eligible: Bits::NONE, barred: Bits::NONE };
        }
        let kept = now.iter().filter(|condition| !kin.dropped.contains(condition));
        let (no, not_yes) = self.against(kept);
        Hopeful { eligible: willing & !not_yes, barred: near.barred & !no }
    }

    /// To whom some conditions say no, and to whom they do not say yes.
    fn against<'c>(&self, conditions: impl Iterator<Item = &'c ConditionIx>) -> (Bits, Bits) {
        let (mut no, mut not_yes) = (Bits::NONE, Bits::NONE);
        for condition in conditions {
            let said = &self.said[*condition as usize];
            no |= said.no;
            not_yes |= said.no | said.unknown;
        }
        (no, not_yes)
    }

    /// Who would be let in by the schooling that is asked.
    fn school(&mut self, opening: OpeningIx, near: &Near) {
        let asked = self.judge.columns.posts[opening].education.map_or(0, Education::index);
        let [eligible, unresolved] = &mut self.schooling[asked];
        eligible.add(near.barred & !near.unknown);
        unresolved.add(near.barred & near.unknown);
    }

    /// Who would be let in by one licence more.
    fn license(&mut self, opening: OpeningIx, near: &Near, tile: &Tile) {
        let problem = self.judge.problem;
        let asked = &problem.openings()[opening.get()].licences;
        for lane in near.barred.lanes() {
            let held = &problem.candidates()[tile.people[lane].get()].licences;
            let mut lacking = asked.iter().filter(|name| !held.contains(name));
            let first = lacking.next();
            if let Some(name) = first.filter(|first| lacking.all(|other| other == *first)) {
                let one = ONE[usize::from(near.unknown.has(lane))];
                add(self.licences[lane].entry(name.as_str()).or_default(), one);
            }
        }
    }

    pub(super) fn end(&mut self, people: &[CandidateIx]) {
        let take = |tallies: &mut [Tally; 2]| tallies.each_mut().map(Tally::take);
        let schooling: Vec<_> = self.schooling.iter_mut().map(take).collect();
        let aids: Vec<_> = self.aids.iter_mut().map(take).collect();
        let of = |[eligible, unresolved]: &[[u32; LANES]; 2], lane: usize| [eligible[lane], unresolved[lane]];
        for ((lane, person), ways) in people.iter().enumerate().zip(self.ways.take()) {
            let education = self.judge.columns.persons[*person].education;
            let mut gains = gains::of_schooling(schooling.iter().map(|it| of(it, lane)), education);
            gains.extend(gains::of_licences(&self.licences[lane]));
            gains.extend(gains::of_aids(aids.iter().map(|it| of(it, lane))));
            gains.extend(gains::of_ways(&ways));
            self.candidates.push((*person, gains));
        }
    }

    /// What was counted: by place of the changes of openings, and by candidate.
    pub(super) fn counted(self) -> (Vec<Both>, Vec<(CandidateIx, Vec<Gain>)>) {
        (self.openings, self.candidates)
    }
}
