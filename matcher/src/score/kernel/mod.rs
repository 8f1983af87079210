//! The fast way to judge and score everybody at every opening: people in tiles of bitmaps, openings as short programs.
//!
//! People are lanes. A tile holds up to 512 of them, and for each distinct thing that the openings ask (a rule with its
//! constants) two bitmaps: who does not meet it, and of whom it is not known. An opening is then a handful of OR
//! operations on whole tiles, and only those who are left are scored one by one. Every answer and every table comes
//! from the functions that judge a single pair, asked once for each class of people who are alike to them; so one more
//! rule or criterion that looks at some facts of the person and some of the opening costs one more bitmap or row.
//!
//! The loops over whole tiles are compiled twice, and whichever version the machine can run is taken when they are first
//! called: plain Rust, with vectors of 32 bytes on x86-64 with AVX2. All numbers are whole, so both give the same.
//!
//! Bitmaps for conditions: Li and Patel, "`BitWeaving`" (SIGMOD 2013); upper bounds that spare whole groups: Turtle and
//! Flood, "Query evaluation: strategies and optimizations" (1995).
#![expect(
    clippy::inline_always,
    reason = "what a loop of two versions calls most must be part of it, or it stays plain"
)]

mod advice;
mod best;
mod bits;
mod bound;
mod cells;
mod census;
mod classes;
mod conditions;
mod count;
mod credits;
mod fares;
mod grades;
mod helper;
mod list;
mod offers;
mod pairs;
mod places;
mod reach;
pub(crate) mod resident;
mod standing;
mod stops;
mod sweep;
mod table;
mod tally;
#[cfg(test)]
pub(crate) mod tests;
mod tile;
mod trades;
mod ways;

pub use advice::{Advice, Gain};
use bits::LANES;
pub use census::{Census, NearMiss, NearMisses};
pub(crate) use count::{Chances, Counts};
pub(crate) use list::Way;
pub use list::Work;
pub use pairs::OpeningPairs;
pub use table::Shortlists;

use crate::columns::{Columns, Person};
use crate::ids::{CandidateIx, OpeningIx};
use crate::policy::Weights;
use crate::rules::Judge;
use crate::words::{Criterion, RuleKind, Standing};
use cells::Cell;
use classes::number;
use conditions::{ConditionIx, Conditions};
use credits::{Credits, WantedSkills};
use fares::Fares;
use grades::{GradeIx, Grades};
use places::{Fix, Place, Traveller};
use stops::{Stop, Terms};
use trades::Trades;

/// Everything about the openings that every tile needs, and the order in which people come into tiles.
#[derive(Debug)]
pub(crate) struct Kernel {
    conditions: Conditions,
    cells: Vec<Cell>,
    /// The openings one after another as the cells hold them.
    stops: Vec<Stop>,
    /// Their conditions in the same order.
    steps: Vec<ConditionIx>,
    /// By opening: its place among the stops.
    rows: Vec<u32>,
    grades: Grades,
    trades: Trades,
    credits: Credits,
    fares: Fares,
    /// Everybody, those together who live and travel alike.
    people: Vec<CandidateIx>,
    /// By candidate: the place among equal scores in an opening's list, 0 = first.
    ranks: Vec<u32>,
    weights: Weights,
}

/// What the openings offer, and in which order: all that the kernel knows of them but the rules.
struct Market {
    places: Vec<Place>,
    cells: Vec<Cell>,
    /// As the cells hold them.
    order: Vec<OpeningIx>,
    grades: Grades,
    /// By opening.
    of: Vec<[GradeIx; 3]>,
    trades: Trades,
    /// By opening.
    traded: Vec<GradeIx>,
    credits: Credits,
    /// In their order.
    skills: Vec<WantedSkills>,
    fares: Fares,
}

impl Market {
    fn new(judge: &Judge<'_>, weights: Weights, scale_km: u32) -> Self {
        let columns = &judge.columns;
        let grades = || (Grades::new(columns, weights), Fares::new(columns, scale_km));
        let ((trades, traded), ((grades, of), fares)) =
            rayon::join(|| Trades::new(judge.problem, weights), grades);
        let places: Vec<_> = columns.posts.iter().map(|(_, post)| Place::of_post(post)).collect();
        let asks = |row: OpeningIx| judge.asks(RuleKind::Commute, columns.posts[row].kind.is_welfare());
        let alike = |row: OpeningIx| (traded[row.get()], of[row.get()]);
        let cells = cells::cells(columns, &places, asks, alike);
        let order: Vec<_> = cells.iter().flat_map(|cell| &cell.openings).copied().collect();
        let (credits, skills) = Credits::new(columns, judge.problem.skills(), &order);
        Self { places, cells, order, grades, of, trades, traded, credits, skills, fares }
    }
}

impl Kernel {
    /// Compiles a problem; `place` is everybody's place among equals in an opening's list.
    ///
    /// # Cost
    ///
    /// *O(n log n)* in the candidates and openings, and one answer for each class of people and distinct condition.
    pub(crate) fn ranked_by(judge: &Judge<'_>, place: impl Fn(CandidateIx) -> usize + Sync) -> Self {
        let columns = &judge.columns;
        let policy = judge.problem.policy();
        let (weights, scale_km) = (*policy.weights(), policy.commute_scale_km().value);
        let order = || (in_tiles(judge, scale_km), ranked(columns, &place));
        let openings =
            || rayon::join(|| conditions::compile(judge), || Market::new(judge, weights, scale_km));
        let ((people, ranks), ((conditions, programs), market)) = rayon::join(order, openings);
        let Market { places, cells, order, grades, of, trades, traded, credits, skills, fares } = market;
        let mut steps = Vec::new();
        let mut rows = vec![0; programs.len()];
        let stop = |(row, (opening, skills)): (usize, (OpeningIx, WantedSkills))| {
            rows[opening.get()] = number(row);
            let [wage, form, category] = of[opening.get()];
            let trade = number(grades.count) + traded[opening.get()];
            let terms = Terms {
                grades: [wage, form, category, trade],
                skills,
                is_home: columns.posts[opening].home_based,
            };
            let program = (opening, number(row), &programs[opening.get()]);
            Stop::new(program, &conditions, &mut steps, (places[opening.get()], terms))
        };
        let stops = order.into_iter().zip(skills).enumerate().map(stop).collect();
        Self { conditions, cells, stops, steps, rows, grades, trades, credits, fares, people, ranks, weights }
    }

    /// How many tiles of so many people there are.
    pub(crate) fn tiles(&self, size: usize) -> usize {
        self.people.len().div_ceil(size)
    }

    /// Weight × points of one criterion.
    fn worth(&self, criterion: Criterion, points: u8) -> i16 {
        grades::worth(self.weights, criterion, points)
    }

    /// The cells in the order in which a tile visits them.
    fn visits(&self, tile: &tile::Tile) -> Vec<&Cell> {
        let mut cells: Vec<_> =
            self.cells.iter().map(|cell| (cell.order(tile.block.as_ref()), cell)).collect();
        cells.sort_by_key(|(order, _)| *order);
        cells.into_iter().map(|(_, cell)| cell).collect()
    }
}

/// By candidate: the place in the order of an opening's list among equal scores, which is days of registered
/// unemployment, then place.
fn ranked(columns: &Columns, place: impl Fn(CandidateIx) -> usize) -> Vec<u32> {
    // Unknown days sort last; no calendar has as many as would be mistaken for them.
    let days = |days: Option<i32>| days.map_or(u32::MAX, |days| i32::MAX.abs_diff(days));
    let days = |row: CandidateIx| days(columns.persons[row].days_unemployed());
    let order = sorted(columns, |row| u64::from(days(row)) << u32::BITS | place(row) as u64);
    let mut ranks = vec![0; order.len()];
    order.iter().enumerate().for_each(|(rank, row)| ranks[row.get()] = number(rank));
    ranks
}

/// Everybody in the order of a key.
fn sorted(columns: &Columns, key: impl Fn(CandidateIx) -> u64) -> Vec<CandidateIx> {
    let mut rows: Vec<_> = columns.persons.rows().map(|row| (key(row), row)).collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Everybody, sorted so that a tile holds people who go equally far from places near each other; the hopeless, whom the
/// rules of the person bar from every opening, come last: where nobody else is, no pair has to be looked for.
fn together(columns: &Columns, scale_km: u32, hopeless: impl Fn(CandidateIx) -> bool) -> Vec<CandidateIx> {
    let hopeless = |row: CandidateIx| u64::from(hopeless(row)) << 63;
    sorted(columns, |row| hopeless(row) | neighbourhood(&columns.persons[row], scale_km))
}

/// The same, those together within a tile whose certificates are alike: most openings accept few classes, so that the
/// rest of the tile's words is passed over.
fn in_tiles(judge: &Judge<'_>, scale_km: u32) -> Vec<CandidateIx> {
    let columns = &judge.columns;
    let barred = judge.own_sets().map(|own| own.iter().all(|it| it.standing() == Standing::Barred));
    let (barred, of): (Vec<_>, _) = (barred.collect(), judge.own_places());
    let mut people = together(columns, scale_km, |row| barred[of[row.get()] as usize]);
    let class = |row: &CandidateIx| {
        columns.persons[*row].certificate.map(|it| (it.category.index(), it.level, it.constituents))
    };
    people.chunks_mut(LANES).for_each(|tile| tile.sort_by_cached_key(class));
    people
}

/// Where a person stands among those who live and travel alike, below 2⁵⁶.
type Neighbourhood = u64;

fn neighbourhood(person: &Person, scale_km: u32) -> Neighbourhood {
    let place = Traveller::new(person, scale_km).place;
    let class = person.max_commute_km().map_or(5, |km| [5, 10, 20, 40].partition_point(|most| *most < km));
    let inexact = u64::from(place.fix != Fix::Exact);
    let pointless = u64::from(place.fix < Fix::StandIn);
    inexact << 55 | (class as u64) << 52 | pointless << 51 | along_a_curve(place.at)
}

/// The place of a point on Morton's curve (1966) through blocks of 128 m, below 2⁵¹: points near on the curve are near.
fn along_a_curve(at: [i32; 3]) -> u64 {
    let steps = at.map(|metres| u64::from((metres + (1 << 23)).unsigned_abs() >> 7));
    (0..17).fold(0, |curve, bit| {
        steps
            .iter()
            .enumerate()
            .fold(curve, |curve, (axis, step)| curve | (step >> bit & 1) << (3 * bit + axis))
    })
}
