//! Who of a tile may take an opening.

use super::Kernel;
use super::bits::Bits;
use super::cells::Reach;
use super::tile::Tile;
use crate::ids::OpeningIx;
use crate::rules::Answer;

/// The people of a tile by standing; everybody else is barred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorted {
    pub(super) eligible: Bits,
    pub(super) unresolved: Bits,
}

impl Tile {
    /// Runs the program of an opening; `reach` is that of its cell.
    pub(super) fn sort(&self, kernel: &Kernel, opening: OpeningIx, reach: &Reach) -> Sorted {
        let program = &kernel.programs[opening.get()];
        if program.is_closed {
            return Sorted::default();
        }
        let own = self.said[kernel.conditions.own[usize::from(program.welfare)].whole as usize];
        let mut no = !self.full | reach.far | own.no;
        let mut unknown = reach.unknown | own.unknown;
        for (_, condition) in &program.steps {
            let said = &self.said[*condition as usize];
            no |= said.no;
            unknown |= said.unknown;
        }
        if program.asks_refusal {
            no |= self.refused(opening);
        }
        let open = reach.open & !no;
        if !open.is_empty() {
            self.travel(kernel, opening, open, (&mut no, &mut unknown));
        }
        Sorted { eligible: !(no | unknown), unresolved: unknown & !no }
    }

    /// Asks the rule `commute` of these lanes one by one.
    fn travel(
        &self,
        kernel: &Kernel,
        opening: OpeningIx,
        lanes: Bits,
        (no, unknown): (&mut Bits, &mut Bits),
    ) {
        let place = &kernel.places[opening.get()];
        for lane in lanes.lanes() {
            match self.travellers[lane].answer(place) {
                Answer::Yes => {}
                Answer::No => no.put(lane),
                Answer::Unknown => unknown.put(lane),
            }
        }
    }
}
