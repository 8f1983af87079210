//! Who of a tile may take an opening.

use multiversion::multiversion;

use super::Kernel;
use super::bits::Bits;
use super::conditions::ConditionIx;
use super::places::{Fix, Place};
use super::reach::Reach;
use super::stops::Stop;
use super::tile::{Said, Tile};
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

/// What conditions say besides; lanes may be in both.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn add_up(mut all: Said, conditions: &[ConditionIx], said: &[Said]) -> Said {
    for condition in conditions {
        let said = &said[*condition as usize];
        all.no |= said.no;
        all.unknown |= said.unknown;
    }
    all
}

impl Tile {
    /// Runs the program of an opening; `reach` is that of its cell.
    pub(super) fn sort(&self, kernel: &Kernel, stop: &Stop, reach: &Reach) -> Sorted {
        self.sort_but(kernel, stop, reach, Bits::NONE)
    }

    /// The same, but for these lanes nobody asks how far the way is where it depends on the opening.
    pub(super) fn sort_but(&self, kernel: &Kernel, stop: &Stop, reach: &Reach, put_off: Bits) -> Sorted {
        if stop.is_closed {
            return Sorted::default();
        }
        let mut said = self.said_of(kernel, stop, reach);
        let open = reach.open & !said.no & !put_off;
        if !open.is_empty() {
            let settled = self.travel(&stop.place, Reach::default(), open);
            said.no |= settled.far;
            said.unknown |= settled.unknown;
        }
        Sorted { eligible: !(said.no | said.unknown), unresolved: said.unknown & !said.no }
    }

    /// What all rules but the dates say as far as the commute is the same for the whole cell, lanes without anybody
    /// included in the no.
    fn said_of(&self, kernel: &Kernel, stop: &Stop, reach: &Reach) -> Said {
        let no = !self.full | reach.far | self.refused(stop);
        add_up(Said { no, unknown: reach.unknown }, kernel.steps(stop), &self.said)
    }

    /// Asks the rule `commute` of these lanes one by one, and adds the answers to what is known for the cell.
    pub(super) fn travel(&self, place: &Place, mut reach: Reach, lanes: Bits) -> Reach {
        let exact = if place.fix == Fix::Exact { lanes & self.homes.exact } else { Bits::NONE };
        reach.far |= self.homes.too_far(exact, place.at);
        for lane in (lanes & !exact).lanes() {
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
