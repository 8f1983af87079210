//! Who of a tile may take an opening.

use super::Kernel;
use super::bits::Bits;
use super::cells::{Cell, Reach};
use super::tile::Tile;
use crate::ids::OpeningIx;
use crate::rules::Answer;
use crate::words::Standing;

/// The people of a tile by standing; everybody else is barred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorted {
    pub(super) eligible: Bits,
    pub(super) unresolved: Bits,
}

impl Sorted {
    /// The better standing of a lane that may be in both.
    pub(super) const fn best(&self, lane: usize) -> Standing {
        if self.eligible.has(lane) {
            Standing::Eligible
        } else if self.unresolved.has(lane) {
            Standing::Unresolved
        } else {
            Standing::Barred
        }
    }
}

impl Tile {
    /// What the rule `commute` says of everybody for all openings of a cell.
    pub(super) fn reach(&self, cell: &Cell) -> Reach {
        if cell.is_beyond(self.exact_block(), self.limit) {
            return Reach { far: self.full, ..Reach::default() };
        }
        cell.reach(&self.travellers)
    }

    /// Runs the program of an opening; `reach` is that of its cell.
    pub(super) fn sort(&self, kernel: &Kernel, opening: OpeningIx, reach: &Reach) -> Sorted {
        let program = &kernel.programs[opening.get()];
        if program.is_closed {
            return Sorted::default();
        }
        let mut no = !self.full | reach.far;
        let mut unknown = reach.unknown;
        for condition in &kernel.steps[kernel.steps_of[opening.get()].clone()] {
            let said = &self.said[*condition as usize];
            no |= said.no;
            unknown |= said.unknown;
        }
        if program.asks_refusal {
            no |= self.refused(opening);
        }
        let open = reach.open & !no;
        if !open.is_empty() {
            let settled = self.travel(kernel, opening, Reach::default(), open);
            no |= settled.far;
            unknown |= settled.unknown;
        }
        Sorted { eligible: !(no | unknown), unresolved: unknown & !no }
    }

    /// Asks the rule `commute` of these lanes one by one, and adds the answers to what is known for the cell.
    pub(super) fn travel(&self, kernel: &Kernel, opening: OpeningIx, mut reach: Reach, lanes: Bits) -> Reach {
        let place = &kernel.places[opening.get()];
        for lane in lanes.lanes() {
            match self.travellers[lane].answer(place) {
                Answer::Yes => {}
                Answer::No => reach.far.put(lane),
                Answer::Unknown => reach.unknown.put(lane),
            }
        }
        reach.open &= !lanes;
        reach
    }
}
