//! The best pairs of every opening and every candidate in one pass.

use super::best::{Best, key, parts};
use super::bits::{Bits, LANES};
use super::bound::Bound;
use super::cells::Cell;
use super::classes::number;
use super::grades::Lanes;
use super::sweep::sweep;
use super::table::{Entry, Shortlists, Table};
use super::tile::Tile;
use super::{Kernel, Terms};
use crate::ids::{CandidateIx, OpeningIx};
use crate::rules::Judge;
use crate::score::points::FULL;
use crate::words::Criterion;

/// How the lists are made. No choice changes a byte of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// People in a tile, 1 to 512.
    pub(crate) tile: usize,
    /// Whether pairs are passed over that cannot enter a list.
    pub(crate) bounds: bool,
}

impl Way {
    pub(crate) const USUAL: Self = Self { tile: LANES, bounds: true };
}

/// What was done, exact on one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Openings met by tiles.
    pub(crate) visits: u64,
    /// Pairs that are not barred.
    pub(crate) alive: u64,
    /// Pairs whose score was computed.
    pub(crate) scored: u64,
    /// Keys put into a list.
    pub(crate) appends: u64,
}

/// Up to so many lanes it costs less to ask the bound of each than of whole words.
const FEW: u64 = 40;

struct Lister<'a> {
    kernel: &'a Kernel,
    most: usize,
    way: Way,
    tile: Tile,
    /// By standing (eligible, unresolved), then opening.
    openings: [Vec<Best>; 2],
    /// By standing, then lane.
    people: [Vec<Best>; 2],
    /// By standing: the least score that enters the list of a lane.
    entries: [Lanes; 2],
    done: Done,
    work: Work,
}

/// Lists of candidates that are finished.
#[derive(Default)]
struct Done {
    whose: Vec<(CandidateIx, [u32; 2])>,
    entries: [Vec<Entry>; 2],
}

impl Kernel {
    /// The best `most` pairs of every opening and every candidate, eligible ones and unresolved ones apart.
    ///
    /// # Cost
    ///
    /// *O(candidates × openings ÷ 512)* steps over bitmaps, and a score for each pair that might enter a list. Memory:
    /// the lists, those of the openings once for each thread, and a tile for each thread.
    pub(crate) fn shortlists(&self, judge: &Judge<'_>, most: usize, way: Way) -> (Shortlists, Work) {
        let visit = |lister: &mut Lister<'_>, people: &[CandidateIx]| lister.visit(judge, people);
        let mut listers = if most == 0 {
            Vec::new()
        } else {
            sweep(self, way.tile, || Lister::new(self, most, way), visit)
        };
        let mut work = Work::default();
        for lister in &listers {
            work.add(lister.work);
        }
        let of_candidates = [0, 1].map(|standing| people_table(self.people.len(), standing, &mut listers));
        let of_openings = [0, 1].map(|standing| self.openings_table(most, standing, &mut listers));
        (Shortlists { of_openings, of_candidates }, work)
    }

    fn openings_table(&self, most: usize, standing: usize, listers: &mut [Lister<'_>]) -> Table {
        let mut table = Table::default();
        let Some((first, others)) = listers.split_first_mut() else {
            self.programs.iter().for_each(|_| table.push(std::iter::empty()));
            return table;
        };
        for (row, best) in first.openings[standing].iter_mut().enumerate() {
            for other in others.iter() {
                best.merge(&other.openings[standing][row], most);
            }
            let keys = best.finish(most).iter().map(|it| {
                let (score, rank) = parts(*it);
                let row = self.by_rank[rank as usize].get();
                Entry::new(row, score)
            });
            table.push(keys);
        }
        table
    }
}

/// Takes the lists over: those of the other standing are not held twice meanwhile.
fn people_table(people: usize, standing: usize, listers: &mut [Lister<'_>]) -> Table {
    let mut lengths = vec![0; people];
    for (row, length) in listers.iter().flat_map(|it| &it.done.whose) {
        lengths[row.get()] = length[standing] as usize;
    }
    let mut table = Table::with_lengths(lengths.into_iter());
    for lister in listers {
        let taken = std::mem::take(&mut lister.done.entries[standing]);
        let mut entries = taken.as_slice();
        for (row, length) in &lister.done.whose {
            let (own, rest) = entries.split_at(length[standing] as usize);
            table.list_mut(row.get()).copy_from_slice(own);
            entries = rest;
        }
    }
    table
}

impl<'a> Lister<'a> {
    fn new(kernel: &'a Kernel, most: usize, way: Way) -> Self {
        let lists = |length| [vec![Best::default(); length], vec![Best::default(); length]];
        Self {
            kernel,
            most,
            way,
            tile: Tile::new(kernel),
            openings: lists(kernel.programs.len()),
            people: lists(LANES),
            entries: [[0; LANES]; 2],
            done: Done::default(),
            work: Work::default(),
        }
    }

    fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.fill(kernel, judge, people);
        self.people.iter_mut().flatten().for_each(Best::clear);
        self.entries = [[0; LANES]; 2];
        for cell in kernel.visits(&self.tile) {
            self.visit_cell(cell);
        }
        for (lane, person) in people.iter().enumerate() {
            let mut lengths = [0; 2];
            for (standing, length) in lengths.iter_mut().enumerate() {
                let keys = self.people[standing][lane].finish(self.most);
                *length = number(keys.len());
                self.done.entries[standing].extend(keys.iter().map(|key| Entry::of(*key)));
            }
            self.done.whose.push((*person, lengths));
        }
    }

    fn visit_cell(&mut self, cell: &Cell) {
        let reach = self.tile.reach(cell);
        if reach.far == self.tile.full {
            return;
        }
        let most = cell.most_points(self.tile.exact_block(), self.tile.scale);
        let commute = self.kernel.worth(Criterion::Commute, most);
        for opening in &cell.openings {
            let sorted = self.tile.sort(self.kernel, *opening, &reach);
            self.work.visits += 1;
            for (standing, lanes) in [sorted.eligible, sorted.unresolved].into_iter().enumerate() {
                if !lanes.is_empty() {
                    self.list(standing, *opening, lanes, commute);
                }
            }
        }
    }

    /// Offers the pairs of an opening with these lanes to the lists of both sides; `commute` is the most that the
    /// criterion can be worth to any of them.
    fn list(&mut self, standing: usize, opening: OpeningIx, lanes: Bits, commute: i16) {
        let (kernel, tile) = (self.kernel, &self.tile);
        let terms = &kernel.terms[opening.get()];
        let best = &mut self.openings[standing][opening.get()];
        let (people, entries) = (&mut self.people[standing], &mut self.entries[standing]);
        let prune = |most: i16, entry: i16| self.way.bounds && most < entry;
        let bound = Bound {
            grades: terms.grades.map(|grade| &tile.grades[grade as usize]),
            priority: &tile.priority,
            touched: terms.skills.touched(tile),
            skills: kernel.worth(Criterion::Skills, FULL),
            commute,
        };
        self.work.alive += lanes.count();
        let many = self.way.bounds && lanes.count() > FEW;
        let lanes = if many { bound.filter(lanes, entries, best.entry()) } else { lanes };
        for lane in lanes.lanes() {
            let entry = best.entry().min(entries[lane]);
            let graded = bound.graded(lane);
            if prune(graded + bound.rest(lane), entry) {
                continue;
            }
            let skilled = bound.touched.has(lane);
            let skills = if skilled { terms.skills.worth(&kernel.credits, tile, lane) } else { 0 };
            let before = graded + skills;
            if prune(before + commute, entry) {
                continue;
            }
            self.work.scored += 1;
            let score = before + terms.commute(kernel, tile, opening, lane);
            if score >= best.entry() && best.offer(key(score, tile.ranks[lane]), self.most) {
                self.work.appends += 1;
            }
            let own = &mut people[lane];
            if score >= entries[lane] && own.offer(key(score, number(opening.get())), self.most) {
                self.work.appends += 1;
                entries[lane] = own.entry();
            }
        }
    }
}

impl Terms {
    /// What the commute is worth to a lane.
    pub(super) fn commute(&self, kernel: &Kernel, tile: &Tile, opening: OpeningIx, lane: usize) -> i16 {
        let points =
            if self.is_home { FULL } else { tile.travellers[lane].points(&kernel.places[opening.get()]) };
        kernel.worth(Criterion::Commute, points)
    }
}

impl Work {
    fn add(&mut self, other: Self) {
        self.visits += other.visits;
        self.alive += other.alive;
        self.scored += other.scored;
        self.appends += other.appends;
    }
}
