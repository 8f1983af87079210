//! How many people may take each opening, and how many fail each rule there.

use super::Kernel;
use super::cells::Cell;
use super::reach::Reach;
use super::standing::Sorted;
use super::stops::Stop;
use super::sweep::sweep;
use super::tile::Tile;
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::rules::Judge;
use crate::words::{RuleKind, Standing};

/// Counts of people at one opening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpeningCounts {
    pub(crate) eligible: u64,
    pub(crate) unresolved: u64,
    /// How many people fail each rule, by [`RuleKind`].
    pub(crate) failing: [u64; 16],
}

/// The best standing of a candidate: with any opening, and with public-welfare posts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chances {
    pub(crate) anywhere: Standing,
    pub(crate) at_posts: Standing,
}

/// The counts of a whole problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) openings: Column<OpeningIx, OpeningCounts>,
    pub(crate) candidates: Column<CandidateIx, Chances>,
}

struct Counter<'a> {
    kernel: &'a Kernel,
    tile: Tile,
    openings: Vec<OpeningCounts>,
    /// By condition: how many people it says no to.
    conditions: Vec<u64>,
    candidates: Vec<(CandidateIx, Chances)>,
    /// Of the tile: who has a pair of each standing anywhere, and at posts.
    chances: [Sorted; 2],
}

impl Kernel {
    /// Counts everybody at every opening, calling `done` after each tile.
    ///
    /// # Cost
    ///
    /// As [`Self::shortlists`] without scores; besides, one distance for each person and opening where it is not clear
    /// from the surroundings of both that it lies on one side of the person's limit.
    pub(crate) fn counts(&self, judge: &Judge<'_>, size: usize, done: &(dyn Fn() + Sync)) -> Counts {
        let visit = |counter: &mut Counter<'_>, people: &[CandidateIx]| {
            counter.visit(judge, people);
            done();
        };
        let counters = sweep(self, size, || Counter::new(self), visit);
        let mut openings = vec![OpeningCounts::default(); self.stops.len()];
        let mut conditions = vec![0; self.conditions.count];
        let barred = Chances { anywhere: Standing::Barred, at_posts: Standing::Barred };
        let mut candidates = vec![barred; self.people.len()];
        for counter in counters {
            openings.iter_mut().zip(&counter.openings).for_each(|(sum, more)| sum.add(more));
            conditions.iter_mut().zip(&counter.conditions).for_each(|(sum, more)| *sum += more);
            for (row, chances) in counter.candidates {
                candidates[row.get()] = chances;
            }
        }
        for stop in &self.stops {
            self.count_conditions(judge, stop, &conditions, &mut openings[stop.opening.get()]);
        }
        Counts { openings: Column::from_vec(openings), candidates: Column::from_vec(candidates) }
    }

    /// Adds what was counted once for all openings that ask the same.
    fn count_conditions(
        &self,
        judge: &Judge<'_>,
        stop: &Stop,
        conditions: &[u64],
        counts: &mut OpeningCounts,
    ) {
        let own = &self.conditions.own[usize::from(stop.own)].rules;
        for (rule, condition) in self.pair_rules(self.pair_steps(stop)).chain(own.iter().copied()) {
            counts.failing[rule.index()] += conditions[condition as usize];
        }
        if stop.is_closed {
            counts.failing[RuleKind::OpeningDates.index()] += judge.columns.persons.len() as u64;
        }
    }
}

impl OpeningCounts {
    fn add(&mut self, other: &Self) {
        self.eligible += other.eligible;
        self.unresolved += other.unresolved;
        self.failing.iter_mut().zip(&other.failing).for_each(|(sum, more)| *sum += more);
    }
}

impl<'a> Counter<'a> {
    fn new(kernel: &'a Kernel) -> Self {
        Self {
            kernel,
            tile: Tile::new(kernel),
            openings: vec![OpeningCounts::default(); kernel.stops.len()],
            conditions: vec![0; kernel.conditions.count],
            candidates: Vec::new(),
            chances: [Sorted::default(); 2],
        }
    }

    fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.judge(kernel, judge, people);
        for (sum, said) in self.conditions.iter_mut().zip(&self.tile.said) {
            *sum += u64::from(said.no.count());
        }
        self.chances = [Sorted::default(); 2];
        for cell in &kernel.cells {
            self.visit_cell(cell);
        }
        for (lane, person) in people.iter().enumerate() {
            let [anywhere, at_posts] = self.chances.map(|of| of.best(lane));
            self.candidates.push((*person, Chances { anywhere, at_posts }));
        }
    }

    fn visit_cell(&mut self, cell: &Cell) {
        let reach = self.tile.reach(cell);
        let nobody = reach.far == self.tile.full;
        for stop in self.kernel.stops_of(cell) {
            let reach = self.tile.travel(&stop.place, reach, reach.open);
            self.openings[stop.opening.get()].failing[RuleKind::Commute.index()] +=
                u64::from(reach.far.count());
            self.count_by_opening(stop);
            if !nobody {
                self.count(stop, &reach);
            }
        }
    }

    /// Counts what no other opening asks.
    fn count_by_opening(&mut self, stop: &Stop) {
        let (kernel, tile) = (self.kernel, &self.tile);
        let failing = &mut self.openings[stop.opening.get()].failing;
        if !kernel.function(stop).is_empty() {
            failing[RuleKind::Function.index()] += u64::from(tile.function(kernel, stop).no.count());
        }
        failing[RuleKind::Refusal.index()] += u64::from(tile.refused(stop).count());
    }

    fn count(&mut self, stop: &Stop, reach: &Reach) {
        let sorted = self.tile.sort(self.kernel, stop, reach);
        let counts = &mut self.openings[stop.opening.get()];
        counts.eligible += u64::from(sorted.eligible.count());
        counts.unresolved += u64::from(sorted.unresolved.count());
        let posts = usize::from(stop.own);
        for chances in &mut self.chances[..=posts] {
            chances.eligible |= sorted.eligible;
            chances.unresolved |= sorted.unresolved;
        }
    }
}
