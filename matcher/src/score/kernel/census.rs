//! Near misses: who fails one rule of an opening and no other.

use super::advice::{Helper, Near};
use super::bits::Bits;
use super::reach::Reach;
use super::stops::Stop;
use super::sweep::sweep;
use super::tally::Tally;
use super::tile::{Said, Tile};
use super::{Kernel, conditions::Program};
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

    fn add(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            sum.eligible += more.eligible;
            sum.unresolved += more.unresolved;
        }
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

/// Rules as they come: who fails one, who fails another besides, and whom one, or two, lack a datum of.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    once: Bits,
    twice: Bits,
    unknown: Bits,
    unknown_twice: Bits,
}

impl Sums {
    fn add(&mut self, said: &Said) {
        self.twice |= self.once & said.no;
        self.once |= said.no;
        self.unknown_twice |= self.unknown & said.unknown;
        self.unknown |= said.unknown;
    }
}

pub(super) struct Taker<'a> {
    kernel: &'a Kernel,
    tile: Tile,
    /// What the rules of the person add up to, at market openings and at posts.
    own: [Sums; 2],
    openings: Vec<NearMisses>,
    /// By rule, then [eligible, unresolved]; those of the person apart.
    lanes: Vec<[Tally; 2]>,
    /// Who fails one rule of the person alone, whichever it is, at market openings and at posts.
    lanes_by_own: [[Tally; 2]; 2],
    candidates: Vec<(CandidateIx, NearMisses)>,
    /// Who counts what changes would bring, where that is asked for.
    pub(super) helper: Option<Helper<'a>>,
}

/// What one opening says of a tile by itself.
struct Asked<'a> {
    program: &'a Program,
    function: Said,
    refusal: Said,
    dates: Said,
    commute: Said,
}

impl Kernel {
    /// Counts who fails one rule alone.
    ///
    /// # Cost
    ///
    /// *O(candidates × openings ÷ 512)* steps over bitmaps, and one for each near miss. Memory: 128 bytes for each
    /// candidate and opening.
    pub(crate) fn census(&self, judge: &Judge<'_>, size: usize) -> Census {
        let visit = |taker: &mut Taker<'_>, people: &[CandidateIx]| taker.visit(judge, people);
        self.gather(sweep(self, size, || Taker::new(self, None), visit))
    }

    /// The counts of all takers together.
    pub(super) fn gather(&self, takers: Vec<Taker<'_>>) -> Census {
        let mut openings = vec![NearMisses::default(); self.programs.len()];
        let mut candidates = vec![NearMisses::default(); self.people.len()];
        for taker in takers {
            openings.iter_mut().zip(&taker.openings).for_each(|(sum, more)| sum.add(more));
            for (row, misses) in taker.candidates {
                candidates[row.get()] = misses;
            }
        }
        Census { openings: Column::from_vec(openings), candidates: Column::from_vec(candidates) }
    }
}

impl<'a> Taker<'a> {
    pub(super) fn new(kernel: &'a Kernel, helper: Option<Helper<'a>>) -> Self {
        Self {
            kernel,
            helper,
            tile: Tile::new(kernel),
            own: [Sums::default(); 2],
            openings: vec![NearMisses::default(); kernel.programs.len()],
            lanes: vec![<[Tally; 2]>::default(); RuleKind::ALL.len()],
            lanes_by_own: Default::default(),
            candidates: Vec::new(),
        }
    }

    pub(super) fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.judge(kernel, judge, people);
        if let Some(helper) = &mut self.helper {
            helper.begin(&mut self.tile);
        }
        self.lanes.iter_mut().chain(&mut self.lanes_by_own).flatten().for_each(Tally::clear);
        self.own = [Sums::default(); 2];
        for (sums, own) in self.own.iter_mut().zip(&kernel.conditions.own) {
            own.rules.iter().for_each(|(_, condition)| sums.add(&self.tile.said[*condition as usize]));
        }
        for cell in &kernel.cells {
            let reach = self.tile.reach(cell);
            for stop in kernel.stops_of(cell) {
                if reach.far == self.tile.full && self.helper.is_none() {
                    self.visit_beyond(stop);
                } else {
                    self.visit_opening(stop, &reach);
                }
            }
        }
        let first = self.candidates.len();
        self.candidates.extend(people.iter().map(|person| (*person, NearMisses::default())));
        for (rule, tallies) in self.lanes.iter().enumerate() {
            let [eligible, unresolved] = tallies.each_ref().map(Tally::counts);
            let counts = eligible.into_iter().zip(unresolved);
            for ((_, misses), (eligible, unresolved)) in self.candidates[first..].iter_mut().zip(counts) {
                misses.0[rule] = NearMiss { eligible, unresolved };
            }
        }
        for (own, tallies) in kernel.conditions.own.iter().zip(&self.lanes_by_own) {
            let counts = tallies.each_ref().map(Tally::counts);
            for (rule, condition) in &own.rules {
                for lane in self.tile.said[*condition as usize].no.lanes() {
                    let [eligible, unresolved] = counts.each_ref().map(|counts| counts[lane]);
                    let misses = &mut self.candidates[first + lane].1.0[rule.index()];
                    misses.eligible += eligible;
                    misses.unresolved += unresolved;
                }
            }
        }
        self.helper.iter_mut().for_each(|helper| helper.end(people));
    }

    /// Of people who all live too far away: who fails nothing else.
    fn visit_beyond(&mut self, stop: &Stop) {
        if !stop.is_closed {
            let said = self.tile.said_of(self.kernel, stop);
            self.add(stop.opening, RuleKind::Commute, !said.no, said.unknown);
        }
    }

    fn visit_opening(&mut self, stop: &Stop, reach: &Reach) {
        let (kernel, tile, opening) = (self.kernel, &self.tile, stop.opening);
        let program = &kernel.programs[opening.get()];
        let no = |lanes| Said { no: lanes, ..Said::default() };
        let mut asked = Asked {
            program,
            function: tile.function(program),
            refusal: no(if program.asks_refusal { tile.refused(opening) } else { Bits::NONE }),
            dates: no(if program.is_closed { tile.full } else { Bits::NONE }),
            commute: Said::default(),
        };
        let mut sums = self.own[usize::from(program.welfare)];
        program.steps.iter().for_each(|(_, condition)| sums.add(&tile.said[*condition as usize]));
        for said in [&asked.function, &asked.refusal, &asked.dates] {
            sums.add(said);
        }
        // Whoever fails two rules already is no near miss, however far the way.
        let settled = tile.travel(&stop.place, *reach, reach.open & !sums.twice);
        asked.commute = Said { no: settled.far, unknown: settled.unknown };
        sums.add(&asked.commute);
        let near = sums.once & !sums.twice & tile.full;
        let open = match &self.helper {
            Some(_) => sums.unknown & !sums.unknown_twice & !sums.once & tile.full,
            None => Bits::NONE,
        };
        if !(near | open).is_empty() {
            self.help(opening, &asked, [near, open], sums.unknown);
        }
        if !near.is_empty() {
            self.count(opening, &asked, near, sums.unknown);
        }
    }

    /// Shows the helper who fails one rule alone, rule by rule, and of whom one alone lacks a datum (`open`).
    fn help(&mut self, opening: OpeningIx, asked: &Asked<'_>, [near, open]: [Bits; 2], unknown: Bits) {
        let (tile, Some(helper)) = (&self.tile, &mut self.helper) else { return };
        let own = &self.kernel.conditions.own[usize::from(asked.program.welfare)].rules;
        let by_condition = asked.program.steps.iter().chain(own);
        let by_condition = by_condition.map(|(rule, condition)| (*rule, &tile.said[*condition as usize]));
        let by_itself = [
            (RuleKind::Function, &asked.function),
            (RuleKind::Refusal, &asked.refusal),
            (RuleKind::OpeningDates, &asked.dates),
            (RuleKind::Commute, &asked.commute),
        ];
        for (rule, said) in by_condition.chain(by_itself) {
            let near = Near { rule, barred: near & said.no, open: open & said.unknown, unknown };
            helper.meet(opening, &near, &tile.people);
        }
    }

    /// Counts who fails one rule alone, rule by rule.
    fn count(&mut self, opening: OpeningIx, asked: &Asked<'_>, near: Bits, unknown: Bits) {
        let posts = usize::from(asked.program.welfare);
        let own = near & self.own[posts].once;
        if !own.is_empty() {
            self.count_own(opening, posts, [own & !unknown, own & unknown]);
        }
        let near = near & !own;
        if near.is_empty() {
            return;
        }
        for (rule, condition) in &asked.program.steps {
            self.add(opening, *rule, near & self.tile.said[*condition as usize].no, unknown);
        }
        self.add(opening, RuleKind::Function, near & asked.function.no, unknown);
        self.add(opening, RuleKind::Refusal, near & asked.refusal.no, unknown);
        self.add(opening, RuleKind::OpeningDates, near & asked.dates.no, unknown);
        self.add(opening, RuleKind::Commute, near & asked.commute.no, unknown);
    }

    /// Counts who fails a rule of the person alone: a lane fails the same one at every opening.
    fn count_own(&mut self, opening: OpeningIx, posts: usize, lanes: [Bits; 2]) {
        for (tally, lanes) in self.lanes_by_own[posts].iter_mut().zip(lanes) {
            tally.add(lanes);
        }
        for (rule, condition) in &self.kernel.conditions.own[posts].rules {
            let no = self.tile.said[*condition as usize].no;
            count(&mut self.openings[opening.get()].0[rule.index()], lanes.map(|lanes| lanes & no));
        }
    }

    /// Counts these lanes, who fail a rule alone.
    fn add(&mut self, opening: OpeningIx, rule: RuleKind, only: Bits, unknown: Bits) {
        if only.is_empty() {
            return;
        }
        let lanes = [only & !unknown, only & unknown];
        count(&mut self.openings[opening.get()].0[rule.index()], lanes);
        for (tally, lanes) in self.lanes[rule.index()].iter_mut().zip(lanes) {
            if !lanes.is_empty() {
                tally.add(lanes);
            }
        }
    }
}

/// Adds the number of eligible and of unresolved lanes.
fn count(misses: &mut NearMiss, lanes: [Bits; 2]) {
    for (number, lanes) in [&mut misses.eligible, &mut misses.unresolved].into_iter().zip(lanes) {
        if !lanes.is_empty() {
            *number += u32::try_from(lanes.count()).unwrap_or_default();
        }
    }
}

#[cfg(test)]
impl NearMisses {
    /// One pair more.
    pub(super) fn count(&mut self, rule: RuleKind, eligible: bool) {
        let miss = &mut self.0[rule.index()];
        miss.eligible += u32::from(eligible);
        miss.unresolved += u32::from(!eligible);
    }
}
