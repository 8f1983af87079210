//! Near misses: who fails one rule of an opening and no other.

use super::advice::{Helper, Near};
use super::bits::{Bits, LANES};
use super::cells::Reach;
use super::sweep::sweep;
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
    /// By rule, then [eligible, unresolved], then lane.
    lanes: Vec<[[u32; LANES]; 2]>,
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
            lanes: vec![[[0; LANES]; 2]; RuleKind::ALL.len()],
            candidates: Vec::new(),
        }
    }

    pub(super) fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.judge(kernel, judge, people);
        if let Some(helper) = &mut self.helper {
            helper.begin(&mut self.tile);
        }
        self.lanes.fill([[0; LANES]; 2]);
        self.own = [Sums::default(); 2];
        for (sums, own) in self.own.iter_mut().zip(&kernel.conditions.own) {
            own.rules.iter().for_each(|(_, condition)| sums.add(&self.tile.said[*condition as usize]));
        }
        for cell in &kernel.cells {
            let reach = self.tile.reach(cell);
            cell.openings.iter().for_each(|opening| self.visit_opening(*opening, &reach));
        }
        for (lane, person) in people.iter().enumerate() {
            let misses = RuleKind::ALL.iter().zip(&self.lanes);
            let mut own = NearMisses::default();
            for (rule, [eligible, unresolved]) in misses {
                own.0[rule.index()] = NearMiss { eligible: eligible[lane], unresolved: unresolved[lane] };
            }
            self.candidates.push((*person, own));
        }
        self.helper.iter_mut().for_each(|helper| helper.end(people));
    }

    fn visit_opening(&mut self, opening: OpeningIx, reach: &Reach) {
        let (kernel, tile) = (self.kernel, &self.tile);
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
        let settled = tile.travel(kernel, opening, *reach, reach.open & !sums.twice);
        asked.commute = Said { no: settled.far, unknown: settled.unknown };
        sums.add(&asked.commute);
        let near = sums.once & !sums.twice & tile.full;
        let open = match &self.helper {
            Some(_) => sums.unknown & !sums.unknown_twice & !sums.once & tile.full,
            None => Bits::NONE,
        };
        if !(near | open).is_empty() {
            self.count(opening, &asked, [near, open], sums.unknown);
        }
    }

    /// Counts who fails one rule alone, rule by rule; `open` are those of whom one rule alone lacks a datum.
    fn count(&mut self, opening: OpeningIx, asked: &Asked<'_>, [near, open]: [Bits; 2], unknown: Bits) {
        let tile = &self.tile;
        let own = &self.kernel.conditions.own[usize::from(asked.program.welfare)].rules;
        let by_condition = asked.program.steps.iter().chain(own);
        let by_condition = by_condition.map(|(rule, condition)| (*rule, &tile.said[*condition as usize]));
        let by_itself = [
            (RuleKind::Function, &asked.function),
            (RuleKind::Refusal, &asked.refusal),
            (RuleKind::OpeningDates, &asked.dates),
            (RuleKind::Commute, &asked.commute),
        ];
        let counts = &mut self.openings[opening.get()].0;
        for (rule, said) in by_condition.chain(by_itself) {
            let only = near & said.no;
            if let Some(helper) = &mut self.helper {
                let near = Near { rule, barred: only, open: open & said.unknown, unknown };
                helper.meet(opening, &near, &tile.people);
            }
            if only.is_empty() {
                continue;
            }
            let (eligible, unresolved) = (only & !unknown, only & unknown);
            let [by_lane, unresolved_by_lane] = &mut self.lanes[rule.index()];
            counts[rule.index()].eligible += count_up(eligible, by_lane);
            counts[rule.index()].unresolved += count_up(unresolved, unresolved_by_lane);
        }
    }
}

/// One more for each of these lanes, and how many they are.
fn count_up(lanes: Bits, by_lane: &mut [u32; LANES]) -> u32 {
    let mut number = 0;
    for lane in lanes.lanes() {
        by_lane[lane] += 1;
        number += 1;
    }
    number
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
