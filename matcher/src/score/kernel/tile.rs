//! A few hundred people, ready for every opening: a bitmap for each condition, a row of numbers for each offer.

use super::Kernel;
use super::bits::{Bits, LANES};
use super::cells::Block;
use super::classes::number;
use super::conditions::{Attribute, CAPACITIES, ConditionIx, ItemCondition, capacity_at};
use super::grades::Lanes;
use super::places::{Fix, Traveller};
use super::reach::Homes;
use super::stops::Stop;
use crate::ids::CandidateIx;
use crate::rules::{Answer, Judge};
use crate::score::points::FULL;
use crate::words::Criterion;

/// The lanes where a condition does not say yes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) no: Bits,
    pub(super) unknown: Bits,
}

/// The people of a tile. One is kept by each thread and filled again and again.
#[derive(Debug)]
pub(super) struct Tile {
    /// Who is in which lane.
    pub(super) people: Vec<CandidateIx>,
    pub(super) full: Bits,
    /// By condition.
    pub(super) said: Vec<Said>,
    /// By grade.
    pub(super) grades: Vec<Lanes>,
    /// By wanted skill: points of credit.
    pub(super) credits: Vec<[u8; LANES]>,
    pub(super) travellers: Vec<Traveller>,
    /// The place of each person among equal scores in an opening's list.
    pub(super) ranks: [u32; LANES],
    /// What the criterion `priority` is worth.
    pub(super) priority: Lanes,
    /// Who refused which stops.
    refused: Vec<(u32, Bits)>,
    /// By stop: its place in `refused` + 1.
    refused_at: Vec<u32>,
    /// Around everybody who has a point.
    pub(super) block: Option<Block>,
    pub(super) homes: Homes,
    /// The square of the farthest that anybody goes; `None` = somebody goes anywhere.
    pub(super) limit: Option<u64>,
    nodes: Vec<Bits>,
    /// By class of an attribute: its place in `groups` + 1.
    seen: Vec<u16>,
    groups: Vec<(usize, Bits)>,
}

impl Tile {
    pub(super) fn new(kernel: &Kernel) -> Self {
        let classes = kernel.conditions.attributes.iter().map(|it| it.classes.first.len()).max();
        Self {
            people: Vec::new(),
            full: Bits::NONE,
            said: vec![Said::default(); kernel.conditions.count],
            grades: vec![[0; LANES]; kernel.grades.count + kernel.trades.count()],
            credits: vec![[0; LANES]; kernel.credits.count],
            travellers: Vec::new(),
            ranks: [0; LANES],
            priority: [0; LANES],
            refused: Vec::new(),
            refused_at: vec![0; kernel.stops.len()],
            block: None,
            homes: Homes::NONE,
            limit: None,
            nodes: vec![Bits::NONE; kernel.trades.nodes],
            seen: vec![0; classes.unwrap_or(0)],
            groups: Vec::new(),
        }
    }

    /// Makes these people the tile's, for judging alone.
    pub(super) fn judge(&mut self, kernel: &Kernel, judge: &Judge<'_>, people: &[CandidateIx]) {
        self.people.clear();
        self.people.extend_from_slice(people);
        self.full = Bits::below(people.len());
        let mut said = std::mem::take(&mut self.said);
        self.judge_classes(&kernel.conditions.attributes, &mut said);
        self.judge_items(&kernel.conditions.items, judge, &mut said);
        self.said = said;
        self.settle(kernel, judge);
        self.refuse(kernel, judge);
    }

    /// Makes these people the tile's, for scores besides.
    pub(super) fn fill(&mut self, kernel: &Kernel, judge: &Judge<'_>, people: &[CandidateIx]) {
        self.judge(kernel, judge, people);
        let mut grades = self.grades.iter_mut();
        kernel.grades.fill(people, &mut grades);
        kernel.trades.fill(people, &mut self.nodes, grades);
        kernel.credits.fill(people, &judge.columns, &mut self.credits);
        for (lane, person) in people.iter().enumerate() {
            let points = if judge.has_priority(*person) { FULL } else { 0 };
            self.priority[lane] = kernel.worth(Criterion::Priority, points);
            self.ranks[lane] = kernel.ranks[person.get()];
        }
    }

    /// Answers the conditions of some attributes, by the number of each.
    pub(super) fn judge_classes(&mut self, attributes: &[Attribute], answered: &mut [Said]) {
        let mut classes = Vec::with_capacity(LANES);
        for attribute in attributes {
            self.groups.clear();
            // Fetched first, as below.
            classes.clear();
            classes.extend(self.people.iter().map(|person| attribute.classes.class(*person)));
            for (lane, class) in classes.iter().copied().enumerate() {
                let seen = &mut self.seen[class];
                if *seen == 0 {
                    self.groups.push((class, Bits::NONE));
                    *seen = u16::try_from(self.groups.len()).unwrap_or(u16::MAX);
                }
                self.groups[usize::from(*seen) - 1].1.put(lane);
            }
            for (condition, answers) in &attribute.answers {
                let mut said = Said::default();
                for (class, lanes) in &self.groups {
                    said.add(answers[*class], *lanes);
                }
                answered[*condition as usize] = said;
            }
            for (class, _) in &self.groups {
                self.seen[*class] = 0;
            }
        }
    }

    /// Answers the conditions of some items, by the number of each.
    pub(super) fn judge_items(&self, items: &[ItemCondition], judge: &Judge<'_>, answered: &mut [Said]) {
        let mut lanes = [[Bits::NONE; CAPACITIES]; 33];
        // Fetched first, since they lie anywhere in memory and many can be waited for at once.
        let capacities: Vec<_> =
            self.people.iter().map(|person| judge.columns.persons[*person].capacities()).collect();
        let mut asked: Vec<_> = items.iter().map(|condition| condition.item).collect();
        asked.sort_unstable();
        asked.dedup();
        for item in asked {
            for (lane, capacity) in capacities.iter().enumerate() {
                lanes[item][capacity_at(capacity[item])].put(lane);
            }
        }
        for condition in items {
            let mut said = Said::default();
            for (answer, lanes) in condition.answers.iter().zip(&lanes[condition.item]) {
                said.add(*answer, *lanes);
            }
            answered[condition.condition as usize] = said;
        }
    }

    fn settle(&mut self, kernel: &Kernel, judge: &Judge<'_>) {
        self.travellers.clear();
        let columns = &judge.columns;
        let traveller = |row: &CandidateIx| Traveller::new(&columns.persons[*row], kernel.fares.usual);
        self.travellers.extend(self.people.iter().map(traveller));
        let with_point = self.travellers.iter().filter(|it| it.place.fix >= Fix::StandIn);
        self.block = Block::around(with_point.map(|it| it.place.at));
        self.homes.settle(&self.travellers, &kernel.fares);
        let limits: Option<Vec<_>> = self.travellers.iter().map(|it| it.limit).collect();
        self.limit = limits.and_then(|limits| limits.into_iter().max());
    }

    fn refuse(&mut self, kernel: &Kernel, judge: &Judge<'_>) {
        for (stop, _) in self.refused.drain(..) {
            self.refused_at[stop as usize] = 0;
        }
        for (lane, person) in self.people.iter().enumerate() {
            for opening in judge.columns.refusals.of(*person) {
                let stop = kernel.rows[opening.get()];
                let at = &mut self.refused_at[stop as usize];
                if *at == 0 {
                    self.refused.push((stop, Bits::NONE));
                    *at = number(self.refused.len());
                }
                self.refused[*at as usize - 1].1.put(lane);
            }
        }
    }

    /// What the rule `function` says of an opening's people.
    #[inline(always)]
    pub(super) fn function(&self, kernel: &Kernel, stop: &Stop) -> Said {
        together(kernel.function(stop), &self.said)
    }

    /// Whom the rule `refusal` bars from an opening.
    #[inline(always)]
    pub(super) fn refused(&self, stop: &Stop) -> Bits {
        let at = self.refused_at[stop.row as usize].checked_sub(1).filter(|_| stop.asks_refusal);
        at.map_or(Bits::NONE, |at| self.refused[at as usize].1)
    }

    /// Where everybody lives, if everybody lives at a point of their own.
    pub(super) fn exact_block(&self) -> Option<&Block> {
        self.block.as_ref().filter(|_| self.homes.exact == self.full)
    }
}

/// What some conditions say together.
#[inline(always)]
pub(super) fn together(conditions: &[ConditionIx], said: &[Said]) -> Said {
    let (mut no, mut unknown) = (Bits::NONE, Bits::NONE);
    for condition in conditions {
        no |= said[*condition as usize].no;
        unknown |= said[*condition as usize].unknown;
    }
    Said { no, unknown: unknown & !no }
}

impl Said {
    fn add(&mut self, answer: Answer, lanes: Bits) {
        match answer {
            Answer::Yes => {}
            Answer::No => self.no |= lanes,
            Answer::Unknown => self.unknown |= lanes,
        }
    }
}
