//! Near misses: who fails one rule of an opening and no other.

use multiversion::multiversion;

use super::Kernel;
use super::bits::{Bits, LANES};
use super::cells::Cell;
use super::classes::Numbers;
use super::conditions::ConditionIx;
use super::helper::{Helper, Near};
use super::reach::Reach;
use super::stops::Stop;
use super::sweep::sweep;
use super::tally::Tally;
use super::tile::{Said, Tile};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::rules::Judge;
use crate::words::RuleKind;

/// How many pairs one rule alone stands in the way of: if it were waived, with all that it asks, they would have this
/// standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NearMiss {
    /// Every other rule says yes.
    pub eligible: u32,
    /// No other rule says no, and one or more lack a datum.
    pub unresolved: u32,
}

impl NearMiss {
    const fn add(&mut self, more: Self) {
        self.eligible += more.eligible;
        self.unresolved += more.unresolved;
    }
}

/// The near misses of one opening or of one candidate, rule by rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NearMisses([NearMiss; 16]);

impl NearMisses {
    /// The pairs that fail this rule alone.
    #[must_use]
    pub const fn by(&self, rule: RuleKind) -> NearMiss {
        self.0[rule.index()]
    }

    /// The rules that somebody fails alone, in order.
    pub fn iter(&self) -> impl Iterator<Item = (RuleKind, NearMiss)> + '_ {
        let all = RuleKind::ALL.iter().map(|rule| (*rule, self.by(*rule)));
        all.filter(|(_, miss)| *miss != NearMiss::default())
    }
}

/// The near misses of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Census {
    /// How many people fail one rule alone at each opening.
    pub openings: Column<OpeningIx, NearMisses>,
    /// At how many openings each candidate fails one rule alone.
    pub candidates: Column<CandidateIx, NearMisses>,
}

/// Rules as they come: who fails none of them, who fails one, of whom one or more lack a datum, and of whom one does.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    none: Bits,
    one: Bits,
    unknown: Bits,
    unknown_once: Bits,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, said: &Said) {
        self.fail(said.no);
        self.unknown_once = (self.unknown_once & !said.unknown) | (said.unknown & !self.unknown);
        self.unknown |= said.unknown;
    }

    #[inline(always)]
    fn fail(&mut self, no: Bits) {
        self.one = (self.one & !no) | (self.none & no);
        self.none &= !no;
    }
}

/// Openings with the same rules of one condition: what these add up to is the same for all of them.
pub(super) struct Families {
    steps: Vec<Family>,
    /// By stop.
    of: Vec<u32>,
}

/// Which of the rules of the person are asked, and the rules of one condition.
type Family = (usize, Box<[(RuleKind, ConditionIx)]>);

pub(super) struct Taker<'a> {
    kernel: &'a Kernel,
    families: &'a Families,
    tile: Tile,
    /// What the rules of the person add up to, at market openings and at posts.
    own: [Sums; 2],
    /// By lane: the rule of the person that is failed, where it is one alone.
    own_rules: [[u8; LANES]; 2],
    /// The same with the rules of one condition, by family.
    sums: Vec<Sums>,
    counts: Counts,
    candidates: Vec<(CandidateIx, NearMisses)>,
    /// Who counts what changes would bring, where that is asked for.
    pub(super) helper: Option<Helper<'a>>,
}

/// The near misses of all openings, and of a tile's people.
struct Counts {
    /// By rule and stop, so that a tile meets them one after another.
    openings: Vec<Vec<NearMiss>>,
    /// By rule, then [eligible, unresolved]; those of the person apart.
    lanes: Vec<[Tally; 2]>,
    /// Who fails one rule of the person alone, whichever it is, at market openings and at posts.
    lanes_by_own: [[Tally; 2]; 2],
}

/// What one opening says of a tile by itself.
struct Asked<'a> {
    at: usize,
    stop: &'a Stop,
    family: usize,
    function: Said,
    refused: Bits,
    commute: Said,
    /// Of all rules together.
    sums: Sums,
}

impl Kernel {
    /// Counts who fails one rule alone.
    ///
    /// # Cost
    ///
    /// *O(candidates × openings ÷ 512)* steps over bitmaps, each near miss a bit of them. Memory: 128 bytes for each
    /// candidate and opening, 256 for each family and thread.
    pub(crate) fn census(&self, judge: &Judge<'_>, size: usize) -> Census {
        let families = Families::new(self);
        let visit = |taker: &mut Taker<'_>, people: &[CandidateIx]| taker.visit(judge, people);
        self.gather(sweep(self, size, || Taker::new(self, &families, None), visit))
    }

    /// The counts of all takers together.
    pub(super) fn gather(&self, takers: Vec<Taker<'_>>) -> Census {
        let mut openings = vec![NearMisses::default(); self.stops.len()];
        let mut candidates = vec![NearMisses::default(); self.people.len()];
        for taker in takers {
            for (rule, counts) in taker.counts.openings.iter().enumerate() {
                for (stop, more) in self.stops.iter().zip(counts) {
                    openings[stop.opening.get()].0[rule].add(*more);
                }
            }
            for (row, misses) in taker.candidates {
                candidates[row.get()] = misses;
            }
        }
        Census { openings: Column::from_vec(openings), candidates: Column::from_vec(candidates) }
    }
}

impl Families {
    pub(super) fn new(kernel: &Kernel) -> Self {
        let (mut known, mut steps) = (Numbers::new(), Vec::new());
        let family = |stop: &Stop| {
            let own = kernel.pair_steps(stop);
            let (number, new) = known.of((stop.own, own));
            if new {
                steps.push((usize::from(stop.own), kernel.pair_rules(own).collect()));
            }
            number
        };
        let of = kernel.stops.iter().map(family).collect();
        Self { steps, of }
    }
}

/// Counts who narrowly misses the openings of a cell; `None` = everybody lives too far away.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn visit_cell(taker: &mut Taker<'_>, cell: &Cell, reach: Option<&Reach>) {
    for at in cell.first..cell.first + cell.openings.len() {
        match reach {
            Some(reach) => taker.visit_opening(at, reach),
            None => taker.visit_beyond(at),
        }
    }
}

impl<'a> Taker<'a> {
    pub(super) fn new(kernel: &'a Kernel, families: &'a Families, helper: Option<Helper<'a>>) -> Self {
        Self {
            kernel,
            families,
            helper,
            tile: Tile::new(kernel),
            own: [Sums::default(); 2],
            own_rules: [[0; LANES]; 2],
            sums: vec![Sums::default(); families.steps.len()],
            counts: Counts {
                openings: vec![vec![NearMiss::default(); kernel.stops.len()]; RuleKind::ALL.len()],
                lanes: vec![<[Tally; 2]>::default(); RuleKind::ALL.len()],
                lanes_by_own: Default::default(),
            },
            candidates: Vec::new(),
        }
    }

    pub(super) fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.judge(kernel, judge, people);
        self.sum();
        if let Some(helper) = &mut self.helper {
            let clear = self.own.map(|own| own.none & !own.unknown);
            helper.begin(&mut self.tile, clear[0] | clear[1]);
        }
        // The nearest first: then few ways beyond are worth measuring.
        let cells =
            if self.helper.is_some() { kernel.visits(&self.tile) } else { kernel.cells.iter().collect() };
        for cell in cells {
            let reach = self.tile.reach(cell);
            self.helper.iter_mut().for_each(|helper| helper.enter(&self.tile, cell));
            let is_beyond = reach.far == self.tile.full;
            visit_cell(self, cell, (!is_beyond).then_some(&reach));
        }
        self.settle(people);
        self.helper.iter_mut().for_each(|helper| helper.end(people));
    }

    /// Adds up what many openings share.
    fn sum(&mut self) {
        let (tile, full) = (&self.tile, self.tile.full);
        let said = |condition: &ConditionIx| &tile.said[*condition as usize];
        for (posts, own) in self.kernel.conditions.own.iter().enumerate() {
            let mut sums = Sums { none: full, ..Sums::default() };
            own.rules.iter().for_each(|(_, condition)| sums.add(said(condition)));
            for (rule, condition) in &own.rules {
                let rule = u8::try_from(rule.index()).unwrap_or_default();
                (sums.one & said(condition).no).lanes().for_each(|lane| self.own_rules[posts][lane] = rule);
            }
            self.own[posts] = sums;
        }
        for (sums, (posts, steps)) in self.sums.iter_mut().zip(&self.families.steps) {
            *sums = self.own[*posts];
            steps.iter().for_each(|(_, condition)| sums.add(said(condition)));
        }
    }

    /// Of people who all live too far away: who fails nothing else.
    #[inline(always)]
    fn visit_beyond(&mut self, at: usize) {
        let stop = &self.kernel.stops[at];
        if stop.is_closed {
            return;
        }
        let sums = &self.sums[self.families.of[at] as usize];
        let function = self.tile.function(self.kernel, stop);
        let near = sums.none & !function.no & !self.tile.refused(stop);
        let unknown = sums.unknown | function.unknown;
        self.counts.add(at, RuleKind::Commute, near, unknown);
        if let Some(helper) = &mut self.helper {
            let near = Near { barred: near, open: Bits::NONE, unknown };
            let offers = helper.offers;
            let commute = offers.of[at].iter().filter(|place| place.rule == RuleKind::Commute);
            commute.for_each(|place| helper.meet(place, stop, &near, &self.tile));
        }
    }

    #[inline(always)]
    fn visit_opening(&mut self, at: usize, reach: &Reach) {
        let (tile, stop, family) = (&self.tile, &self.kernel.stops[at], self.families.of[at] as usize);
        let mut sums = self.sums[family];
        let function = tile.function(self.kernel, stop);
        let refused = tile.refused(stop);
        sums.add(&function);
        sums.fail(refused);
        if stop.is_closed {
            sums.fail(tile.full);
        }
        // Whoever fails two rules already is no near miss, however far the way.
        let settled = tile.travel(&stop.place, *reach, reach.open & (sums.none | sums.one));
        let commute = Said { no: settled.far, unknown: settled.unknown };
        sums.add(&commute);
        let asked = Asked { at, stop, family, function, refused, commute, sums };
        if self.helper.is_some() {
            self.help(&asked);
        }
        if !sums.one.is_empty() {
            self.count(&asked);
        }
    }

    /// Shows the helper who fails one rule alone, rule by rule, and of whom one alone lacks a datum.
    fn help(&mut self, asked: &Asked<'_>) {
        let (tile, sums, Some(helper)) = (&self.tile, &asked.sums, &mut self.helper) else { return };
        let (near, open) = (sums.one, sums.unknown_once & sums.none);
        if (near | open).is_empty() {
            return;
        }
        let dates = Said { no: if asked.stop.is_closed { tile.full } else { Bits::NONE }, ..Said::default() };
        let steps = &self.families.steps[asked.family].1;
        let offers = helper.offers;
        for place in &offers.of[asked.at] {
            let said = match place.rule {
                RuleKind::Function => &asked.function,
                RuleKind::OpeningDates => &dates,
                RuleKind::Commute => &asked.commute,
                rule => match steps.iter().find(|(other, _)| *other == rule) {
                    Some((_, condition)) => &tile.said[*condition as usize],
                    None => continue,
                },
            };
            let near = Near { barred: near & said.no, open: open & said.unknown, unknown: sums.unknown };
            helper.meet(place, asked.stop, &near, tile);
        }
    }

    /// Counts who fails one rule alone, rule by rule.
    #[inline(always)]
    fn count(&mut self, asked: &Asked<'_>) {
        let (at, near, unknown) = (asked.at, asked.sums.one, asked.sums.unknown);
        let counts = &mut self.counts;
        if asked.stop.is_closed {
            return counts.add(at, RuleKind::OpeningDates, near, unknown);
        }
        counts.add(at, RuleKind::Commute, near & asked.commute.no, unknown);
        counts.add(at, RuleKind::Function, near & asked.function.no, unknown);
        counts.add(at, RuleKind::Refusal, near & asked.refused, unknown);
        let shared = near & self.sums[asked.family].one;
        if shared.is_empty() {
            return;
        }
        let (posts, steps) = &self.families.steps[asked.family];
        let own = shared & self.own[*posts].one;
        if !own.is_empty() {
            counts.add_own(at, (*posts, &self.own_rules[*posts]), own, unknown);
        }
        for (rule, condition) in steps {
            // Who fails a rule of the person fails none of these.
            counts.add(at, *rule, shared & self.tile.said[*condition as usize].no, unknown);
        }
    }

    /// Puts down what the people of the tile miss.
    fn settle(&mut self, people: &[CandidateIx]) {
        let first = self.candidates.len();
        self.candidates.extend(people.iter().map(|person| (*person, NearMisses::default())));
        let candidates = &mut self.candidates[first..];
        for (rule, tallies) in self.counts.lanes.iter_mut().enumerate() {
            let [eligible, unresolved] = tallies.each_mut().map(Tally::take);
            let counts = eligible.into_iter().zip(unresolved);
            for ((_, misses), (eligible, unresolved)) in candidates.iter_mut().zip(counts) {
                misses.0[rule] = NearMiss { eligible, unresolved };
            }
        }
        for (posts, tallies) in self.counts.lanes_by_own.iter_mut().enumerate() {
            let counts = tallies.each_mut().map(Tally::take);
            for lane in self.own[posts].one.lanes() {
                let [eligible, unresolved] = counts.each_ref().map(|counts| counts[lane]);
                let rule = usize::from(self.own_rules[posts][lane]);
                candidates[lane].1.0[rule].add(NearMiss { eligible, unresolved });
            }
        }
    }
}

impl Counts {
    /// Counts these lanes, who fail a rule alone.
    #[inline(always)]
    fn add(&mut self, at: usize, rule: RuleKind, only: Bits, unknown: Bits) {
        if only.is_empty() {
            return;
        }
        let miss = &mut self.openings[rule.index()][at];
        let numbers = [&mut miss.eligible, &mut miss.unresolved];
        let lanes = [only & !unknown, only & unknown];
        for ((number, lanes), tally) in numbers.into_iter().zip(lanes).zip(&mut self.lanes[rule.index()]) {
            let count = lanes.count();
            if count > 0 {
                *number += count;
                tally.add(lanes);
            }
        }
    }

    /// Counts these lanes, who fail a rule of the person alone: a lane fails the same one at every opening.
    fn add_own(&mut self, at: usize, (posts, rules): (usize, &[u8; LANES]), only: Bits, unknown: Bits) {
        // They are few, and of several rules.
        for lane in only.lanes() {
            let unresolved = u32::from(unknown.has(lane));
            self.openings[usize::from(rules[lane])][at]
                .add(NearMiss { eligible: 1 - unresolved, unresolved });
        }
        let [eligible, unresolved] = &mut self.lanes_by_own[posts];
        eligible.add(only & !unknown);
        unresolved.add(only & unknown);
    }
}

#[cfg(test)]
impl NearMisses {
    /// One pair more.
    pub(super) fn count(&mut self, rule: RuleKind, eligible: bool) {
        let (eligible, unresolved) = (u32::from(eligible), u32::from(!eligible));
        self.0[rule.index()].add(NearMiss { eligible, unresolved });
    }
}
