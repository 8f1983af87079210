//! What would help: for every opening the changes by which more people may take it, for every candidate what would open
//! more openings to them.

use super::Kernel;
use super::census::{Census, Families, Taker};
use super::helper::Helper;
use super::offers::{Offers, Place};
use super::sweep::sweep;
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::input::Remedy;
use crate::rules::Judge;
use crate::score::gains::{self, Both, add};

/// What a change would bring, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The change.
    pub remedy: Remedy,
    /// How many pairs more would be eligible.
    pub eligible: u32,
    /// How many pairs, now barred, would be unresolved.
    pub unresolved: u32,
}

/// What would help everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Who fails one rule alone.
    pub census: Census,
    /// By opening, the changes by which more people may take it: rules in order, of each the changes that are worth
    /// naming.
    pub openings: Column<OpeningIx, Vec<Gain>>,
    /// By candidate, what would open more openings to them, in the same order.
    pub candidates: Column<CandidateIx, Vec<Gain>>,
}

impl Kernel {
    /// Counts who fails one rule alone, and what each change would bring.
    ///
    /// # Cost
    ///
    /// That of [`Self::census`], a few steps over bitmaps for each change of a rule that anybody of a tile fails alone,
    /// and one for each near miss that a farther way may mend. Memory besides, for each thread: 128 bytes for each
    /// distinct change, 8 for each change of each opening.
    pub(crate) fn advice(&self, judge: &Judge<'_>, size: usize) -> Advice {
        let (offers, families) = (Offers::new(judge, self), Families::new(self));
        let new = || Taker::new(self, &families, Some(Helper::new(judge, &offers)));
        let visit = |taker: &mut Taker<'_>, people: &[CandidateIx]| taker.visit(judge, people);
        let mut takers = sweep(self, size, new, visit);
        let mut sums = vec![[0; 2]; offers.count];
        let mut candidates = vec![Vec::new(); self.people.len()];
        for helper in takers.iter_mut().filter_map(|taker| taker.helper.take()) {
            let (of_openings, of_candidates) = helper.counted();
            sums.iter_mut().zip(of_openings).for_each(|(sum, more)| add(sum, more));
            for (row, gains) in of_candidates {
                candidates[row.get()] = gains;
            }
        }
        let mut openings = vec![Vec::new(); self.stops.len()];
        for (stop, places) in self.stops.iter().zip(&offers.of) {
            openings[stop.opening.get()] = offers.gains(places, &sums);
        }
        Advice {
            census: self.gather(takers),
            openings: Column::from_vec(openings),
            candidates: Column::from_vec(candidates),
        }
    }
}

impl Offers {
    /// What the changes of one opening would bring.
    fn gains(&self, places: &[Place], sums: &[Both]) -> Vec<Gain> {
        let gains = places.iter().map(|place| {
            let remedies = self.lists[place.list].remedies.iter();
            gains::of_opening(remedies.map(|(remedy, at)| (remedy, sums[place.first + at])))
        });
        gains.flatten().collect()
    }
}
