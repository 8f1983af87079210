//! How much farther people would have to go: what that brings to openings, and to themselves.

use super::bits::{Bits, LANES};
use super::cells::Cell;
use super::helper::Near;
use super::places::{FARTHEST, Place, root};
use super::tally::Tally;
use super::tile::Tile;
use crate::rules::Judge;
use crate::score::gains::{Both, STEP_KM, STEPS, add, rung};
use crate::score::remedies::TRANSPORT_KM;

/// The limits of a tile's people, and those that would open something to them.
pub(super) struct Ways {
    /// By place in [`TRANSPORT_KM`] and lane: the square of the first metre that is too far for who goes so much farther.
    farther: [[u64; LANES]; TRANSPORT_KM.len()],
    /// The limits that are named first.
    first: [Step; STEPS],
    /// Who gains by each of the first, so that no other is named.
    settled: Bits,
    /// By lane: other limits, the least first, with what they open; none beyond the last that is worth naming.
    steps: Vec<Vec<(u32, Both)>>,
    /// By lane: the square of the first metre beyond that.
    last: [u64; LANES],
    /// For whom a way to the cell may be worth measuring.
    measured: Bits,
}

/// One of the first limits that are named of everybody.
struct Step {
    /// By lane: kilometres, and the square of the first metre beyond them.
    km: [u32; LANES],
    beyond: [u64; LANES],
    /// Who would be eligible somewhere.
    gain: Bits,
    /// [eligible, unresolved]
    opened: [Tally; 2],
}

// Whoever gains by one of the first limits lives within the farthest transport, so that the way is measured.
const _: () = assert!(STEPS as u64 * STEP_KM <= TRANSPORT_KM[TRANSPORT_KM.len() - 1] as u64);

/// The square of the first metre beyond so many kilometres.
fn beyond(km: u64) -> u64 {
    km.saturating_mul(1000).saturating_add(1).min(FARTHEST).pow(2)
}

impl Step {
    fn new() -> Self {
        Self { km: [0; LANES], beyond: [0; LANES], gain: Bits::NONE, opened: <[Tally; 2]>::default() }
    }
}

impl Ways {
    pub(super) fn new() -> Self {
        Self {
            farther: [[0; LANES]; TRANSPORT_KM.len()],
            first: std::array::from_fn(|_| Step::new()),
            settled: Bits::NONE,
            steps: vec![Vec::new(); LANES],
            last: [0; LANES],
            measured: Bits::NONE,
        }
    }

    /// Makes ready for the people of a tile; the `hopeful` are those who may become eligible by a farther limit.
    pub(super) fn begin(&mut self, judge: &Judge<'_>, tile: &Tile, hopeful: Bits) {
        self.steps.iter_mut().for_each(Vec::clear);
        self.settled = !hopeful;
        self.first.iter_mut().for_each(|step| step.gain = Bits::NONE);
        for (lane, person) in tile.people.iter().enumerate() {
            let limit = judge.columns.persons[*person].max_commute_km().map(u64::from);
            for (farther, more) in self.farther.iter_mut().zip(TRANSPORT_KM) {
                farther[lane] = limit.map_or(0, |limit| beyond(limit + u64::from(more)));
            }
            self.last[lane] = if limit.is_some() { u64::MAX } else { 0 };
            let mut metres = limit.map_or(0, |limit| limit * 1000 + 1);
            for step in &mut self.first {
                step.km[lane] = rung(metres);
                step.beyond[lane] = if limit.is_some() { beyond(u64::from(step.km[lane])) } else { 0 };
                metres += STEP_KM * 1000;
            }
        }
    }

    /// Makes ready for the openings of a cell.
    pub(super) fn enter(&mut self, tile: &Tile, cell: &Cell) {
        let both = tile.block.as_ref().zip(cell.block.as_ref()).filter(|_| cell.asked);
        let Some((home, work)) = both else {
            self.measured = Bits::NONE;
            return;
        };
        let (least, _) = home.squares_to(work);
        let [.., farthest] = &self.farther;
        let unsettled = Bits::of(|lane| least < self.last[lane]) & !self.settled;
        self.measured = tile.homes.pointed & (unsettled | Bits::of(|lane| least < farthest[lane]));
    }

    /// For whom so much farther would do, by place in [`TRANSPORT_KM`]. Counts besides what the way would open to
    /// themselves.
    pub(super) fn meet(&mut self, tile: &Tile, place: &Place, near: &Near) -> [Bits; TRANSPORT_KM.len()] {
        let mut within = [Bits::NONE; TRANSPORT_KM.len()];
        let mut opened = [Bits::NONE; STEPS];
        let lanes = (near.barred | near.open) & self.measured;
        for lane in lanes.lanes() {
            let square = tile.homes.square_to(lane, place.at);
            for (within, farther) in within.iter_mut().zip(&self.farther) {
                within.set(lane, square < farther[lane]);
            }
            for (opened, step) in opened.iter_mut().zip(&self.first) {
                opened.set(lane, square < step.beyond[lane]);
            }
        }
        let unresolved = near.barred & near.unknown;
        let mut nearer = Bits::NONE;
        for (step, opened) in self.first.iter_mut().zip(opened) {
            let opened = opened & !nearer;
            nearer |= opened;
            step.gain |= opened & !unresolved;
            for (tally, lanes) in step.opened.iter_mut().zip([opened & !unresolved, opened & unresolved]) {
                if !lanes.is_empty() {
                    tally.add(lanes);
                }
            }
        }
        self.settled |= self.first.iter().fold(!Bits::NONE, |all, step| all & step.gain);
        for lane in (lanes & !nearer & !self.settled).lanes() {
            let square = tile.homes.square_to(lane, place.at);
            if square < self.last[lane] {
                let unresolved = u32::from(unresolved.has(lane));
                self.open(lane, rung(root(square)), [1 - unresolved, unresolved]);
            }
        }
        within
    }

    /// A limit beyond the first opens something.
    fn open(&mut self, lane: usize, km: u32, more: Both) {
        let steps = &mut self.steps[lane];
        let at = steps.partition_point(|(limit, _)| *limit < km);
        match steps.get_mut(at).filter(|(limit, _)| *limit == km) {
            Some((_, sum)) => add(sum, more),
            None => steps.insert(at, (km, more)),
        }
        let mut worth = steps.iter().enumerate().filter(|(_, (_, [eligible, _]))| *eligible > 0);
        if let Some((last, (km, _))) = worth.nth(STEPS - 1) {
            self.last[lane] = beyond(u64::from(*km));
            steps.truncate(last + 1);
        }
    }

    /// What each limit would open to everybody of a tile, lane by lane.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Vec<(u32, Both)>> + '_ {
        let opened = self.first.each_mut().map(|step| step.opened.each_mut().map(Tally::take));
        let (first, steps) = (&self.first, &self.steps);
        (0..LANES).map(move |lane| {
            let near = first.iter().zip(&opened);
            let near = near.map(|(step, opened)| (step.km[lane], opened.each_ref().map(|of| of[lane])));
            near.chain(steps[lane].iter().copied()).collect()
        })
    }
}
