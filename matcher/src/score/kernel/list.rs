//! The best pairs of every opening and every candidate in one pass.

use rayon::prelude::*;

use super::Kernel;
use super::best::{Best, key};
use super::bits::{Bits, LANES, places};
use super::bound::{Listed, Rated, Rating, rate};
use super::cells::Cell;
use super::classes::number;
use super::grades::Lanes;
use super::places::Fix;
use super::standing::Sorted;
use super::stops::Stop;
use super::sweep::sweep;
use super::table::{Lists, Shortlists, Table};
use super::tile::Tile;
use crate::ids::CandidateIx;
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

/// How much work some lists were: the same each time on one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Openings met by tiles of people.
    pub visits: u64,
    /// Pairs that no bitmap bars.
    pub alive: u64,
    /// Pairs whose way was measured, since the rest could enter a list.
    pub scored: u64,
    /// Entries of lists, those included that gave way to better ones.
    pub appends: u64,
}

/// Openings whose lists are worth a thread's waking up to be put together.
const PORTION: usize = 512;

/// Entries of lists that everybody enters.
const LOWEST: Lanes = [i16::MIN; LANES];

struct Lister<'a> {
    kernel: &'a Kernel,
    most: usize,
    way: Way,
    tile: Tile,
    /// In the order of [`Kernel::stops`]; eligible, unresolved.
    openings: Vec<[Best; 2]>,
    /// By standing, then lane.
    people: [Vec<Best>; 2],
    /// By standing: the least score that enters the list of a lane.
    entries: [Lanes; 2],
    rated: Rated,
    done: Done,
    work: Work,
}

/// An opening that a tile has met.
struct Met<'a> {
    /// Its place in [`Kernel::stops`].
    at: usize,
    stop: &'a Stop,
    sorted: Sorted,
    /// Lanes for which it is open whether the way is too far.
    open: Bits,
}

/// Lists of candidates that are finished.
struct Done {
    whose: Vec<CandidateIx>,
    lists: [Lists; 2],
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
        let listers = if most == 0 {
            Vec::new()
        } else {
            sweep(self, way.tile, || Lister::new(self, most, way), visit)
        };
        let mut work = Work::default();
        for lister in &listers {
            work.add(lister.work);
        }
        let (done, openings): (Vec<_>, Vec<_>) =
            listers.into_iter().map(|lister| (lister.done, lister.openings)).unzip();
        // On one thread the first comes first: it gives the heaps back.
        let (of_openings, of_candidates) =
            rayon::join(|| self.openings_tables(most, openings), || people_tables(self.people.len(), done));
        (Shortlists { of_openings, of_candidates }, work)
    }

    /// What threads listed, put together.
    fn merged(&self, most: usize, mut listed: Vec<Vec<[Best; 2]>>) -> Vec<[Best; 2]> {
        let mut all = listed.pop().unwrap_or_else(|| vec![Default::default(); self.stops.len()]);
        all.par_iter_mut().with_min_len(PORTION).enumerate().for_each(|(at, all)| {
            for more in &listed {
                all.iter_mut().zip(&more[at]).for_each(|(all, more)| all.merge(more, most));
            }
            all.iter_mut().for_each(Best::sort);
        });
        all
    }

    /// The lists of openings; their heaps are given back one after another.
    fn openings_tables(&self, most: usize, listed: Vec<Vec<[Best; 2]>>) -> [Table; 2] {
        let mut by_rank = vec![0; self.ranks.len()];
        for (row, rank) in self.ranks.iter().enumerate() {
            by_rank[*rank as usize] = number(row);
        }
        let mut lists = [0, 1].map(|_| Lists::of_rows(self.people.len()));
        for best in self.merged(most, listed) {
            for (best, lists) in best.iter().zip(&mut lists) {
                lists.push(best.keys(), |rank| by_rank[rank as usize]);
            }
        }
        let mut tables = [0, 1].map(|_| Table::with_rows(self.stops.len()));
        for (table, lists) in tables.iter_mut().zip(lists) {
            table.take(lists, self.stops.iter().map(|stop| stop.opening.get()));
        }
        tables
    }
}

/// Takes the lists over.
fn people_tables(people: usize, done: Vec<Done>) -> [Table; 2] {
    let mut tables = [0, 1].map(|_| Table::with_rows(people));
    for Done { whose, lists } in done {
        for (table, lists) in tables.iter_mut().zip(lists) {
            table.take(lists, whose.iter().map(|row| row.get()));
        }
    }
    tables
}

impl<'a> Lister<'a> {
    fn new(kernel: &'a Kernel, most: usize, way: Way) -> Self {
        Self {
            kernel,
            most,
            way,
            tile: Tile::new(kernel),
            openings: vec![<[Best; 2]>::default(); kernel.stops.len()],
            people: [0, 1].map(|_| vec![Best::default(); LANES]),
            entries: [[0; LANES]; 2],
            rated: Rated::NOBODY,
            done: Done { whose: Vec::new(), lists: [0, 1].map(|_| Lists::of_rows(kernel.stops.len())) },
            work: Work::default(),
        }
    }

    fn visit(&mut self, judge: &Judge<'_>, people: &[CandidateIx]) {
        let kernel = self.kernel;
        self.tile.fill(kernel, judge, people);
        self.people.iter_mut().flatten().for_each(Best::clear);
        self.entries = [[0; LANES]; 2];
        // No list has anybody whom the rules of the person bar everywhere; near misses may well be among them.
        if self.tile.hopeless(kernel) != self.tile.full {
            for cell in kernel.visits(&self.tile) {
                self.visit_cell(cell);
            }
        }
        for (lane, person) in people.iter().enumerate() {
            for (lists, best) in self.done.lists.iter_mut().zip(&mut self.people) {
                best[lane].sort();
                lists.push(best[lane].keys(), |row| row);
            }
            self.done.whose.push(*person);
        }
    }

    fn visit_cell(&mut self, cell: &Cell) {
        let kernel = self.kernel;
        let (reach, most) = self.tile.reach_and_most(kernel, cell);
        if reach.far == self.tile.full {
            return;
        }
        for (at, stop) in kernel.stops_of(cell).iter().enumerate() {
            // Points of one's own are measured only where the rest of the score could enter a list.
            let exact = if stop.place.fix == Fix::Exact { self.tile.homes.exact } else { Bits::NONE };
            let sorted = self.tile.sort_but(kernel, stop, &reach, exact);
            self.work.visits += 1;
            let met = Met { at: cell.first + at, stop, sorted, open: reach.open & exact };
            self.list(&met, &most);
        }
    }

    /// Offers the pairs of an opening to the lists of both sides; `most` is what priority and commute can be worth.
    fn list(&mut self, met: &Met<'_>, most: &Lanes) {
        let (kernel, tile, stop) = (self.kernel, &self.tile, met.stop);
        let Sorted { eligible, unresolved } = &met.sorted;
        if (*eligible | *unresolved).is_empty() {
            return;
        }
        let rating = Rating {
            credits: &kernel.credits,
            wanted: &stop.skills,
            earned: &tile.credits,
            weight: kernel.worth(Criterion::Skills, 1),
            grades: stop.grades.map(|grade| &tile.grades[grade as usize]),
            most,
        };
        let listed = |standing: usize, alive| {
            let all = Listed { alive, entries: &LOWEST, entry: i16::MIN };
            let (entries, entry) = (&self.entries[standing], self.openings[met.at][standing].entry());
            if self.way.bounds { Listed { alive, entries, entry } } else { all }
        };
        let listed = [listed(0, eligible), listed(1, unresolved)];
        rate(&rating, &listed, &mut self.rated);
        self.work.alive += self.rated.alive;
        for standing in 0..2 {
            for at in places(self.rated.words[standing]) {
                for place in places(self.rated.entering[standing][at]) {
                    let lane = 64 * at + place;
                    let score = self.rated.scores[lane];
                    // The opening's list may have grown better since.
                    let entry = self.openings[met.at][standing].entry().min(self.entries[standing][lane]);
                    if score >= entry || !self.way.bounds {
                        self.offer(met, standing, lane, score - most[lane]);
                    }
                }
            }
        }
    }

    /// Offers one pair, which is worth `before` without priority and commute.
    fn offer(&mut self, met: &Met<'_>, standing: usize, lane: usize, before: i16) {
        let tile = &self.tile;
        self.work.scored += 1;
        let Some(points) = tile.points(self.kernel, met.stop, lane, met.open) else {
            return;
        };
        let score = before + tile.priority[lane] + self.kernel.worth(Criterion::Commute, points);
        let best = &mut self.openings[met.at][standing];
        if score >= best.entry() && best.offer(key(score, tile.ranks[lane]), self.most) {
            self.work.appends += 1;
        }
        let entry = &mut self.entries[standing][lane];
        let own = &mut self.people[standing][lane];
        if score >= *entry && own.offer(key(score, number(met.stop.opening.get())), self.most) {
            self.work.appends += 1;
            *entry = own.entry();
        }
    }
}

impl Tile {
    /// The points of the commute of a lane; `None` if it is too far for one of the `open` lanes, of which nobody has
    /// asked yet.
    pub(super) fn points(&self, kernel: &Kernel, stop: &Stop, lane: usize, open: Bits) -> Option<u8> {
        let traveller = &self.travellers[lane];
        if stop.is_home {
            return Some(FULL);
        }
        let Some(square) = traveller.place.exact_square_to(&stop.place) else {
            return Some(traveller.place.points_by_division(&stop.place));
        };
        let is_far = open.has(lane) && square >= self.homes.limits[lane];
        (!is_far).then(|| kernel.fares.points(self.homes.fares[lane], square))
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
