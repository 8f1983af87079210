//! The pairs of chosen openings that are not barred.

use super::Kernel;
use super::sweep::sweep;
use super::tile::Tile;
use crate::ids::{CandidateIx, OpeningIx};
use crate::rules::Judge;

/// Who may take one opening, in order of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningPairs {
    /// For certain.
    pub eligible: Vec<CandidateIx>,
    /// As far as is known.
    pub unresolved: Vec<CandidateIx>,
}

impl Kernel {
    /// The pairs of these openings, in their order.
    pub(crate) fn pairs(&self, judge: &Judge<'_>, openings: &[OpeningIx], size: usize) -> Vec<OpeningPairs> {
        let mut places: Vec<Vec<usize>> = self.stops.iter().map(|_| Vec::new()).collect();
        for (place, opening) in openings.iter().enumerate() {
            places.get_mut(opening.get()).into_iter().for_each(|it| it.push(place));
        }
        let new = || (Tile::new(self), vec![OpeningPairs::default(); openings.len()]);
        let visit = |(tile, pairs): &mut (Tile, Vec<OpeningPairs>), people: &[CandidateIx]| {
            tile.judge(self, judge, people);
            self.pair_up(tile, &places, pairs);
        };
        let mut all = vec![OpeningPairs::default(); openings.len()];
        for (_, pairs) in sweep(self, size, new, visit) {
            for (all, more) in all.iter_mut().zip(pairs) {
                all.eligible.extend(more.eligible);
                all.unresolved.extend(more.unresolved);
            }
        }
        for pairs in &mut all {
            pairs.eligible.sort_unstable();
            pairs.unresolved.sort_unstable();
        }
        all
    }

    fn pair_up(&self, tile: &Tile, places: &[Vec<usize>], pairs: &mut [OpeningPairs]) {
        for cell in
            self.cells.iter().filter(|cell| cell.openings.iter().any(|it| !places[it.get()].is_empty()))
        {
            let reach = tile.reach(cell);
            for stop in self.stops_of(cell) {
                for place in &places[stop.opening.get()] {
                    let sorted = tile.sort(self, stop, &reach);
                    let people = |lanes: super::bits::Bits| lanes.lanes().map(|lane| tile.people[lane]);
                    pairs[*place].eligible.extend(people(sorted.eligible));
                    pairs[*place].unresolved.extend(people(sorted.unresolved));
                }
            }
        }
    }
}
