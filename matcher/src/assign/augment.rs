//! A seat for one more person, with others moving if need be: an augmenting path, found breadth first.

use super::Work;
use super::market::{Market, NONE};
use super::marks::Marks;
use super::weight::Weight;

/// Working memory of the searches for augmenting paths.
#[derive(Default)]
pub(super) struct Paths {
    marks: Marks,
    /// The openings that the last search reached, all of them full.
    pub reached: Vec<u32>,
    /// By opening: the person who would come to it, and the opening that they would leave.
    before: Vec<(u32, u32)>,
}

impl Paths {
    /// Room for so many openings.
    pub fn of(openings: usize) -> Self {
        Self { marks: Marks::of(openings), reached: Vec::new(), before: vec![(NONE, NONE); openings] }
    }

    /// Looks for an opening with a seat to which a person, or others one after the other in whose place they come, can go.
    /// `knows` are the openings that a person may take.
    pub fn find<W: Weight, I: Iterator<Item = u32>>(
        &mut self,
        market: &Market<W>,
        person: u32,
        knows: impl Fn(u32) -> I,
        has_seat: impl Fn(u32) -> bool,
        work: &mut Work,
    ) -> Option<u32> {
        work.searches += 1;
        self.marks.begin();
        self.reached.clear();
        let mut found = self.look(person, NONE, knows(person), &has_seat);
        let mut at = 0;
        while let (None, Some(&opening)) = (found, self.reached.get(at)) {
            at += 1;
            let movers = market.occupants[opening as usize].iter().copied();
            let mut movers = movers.filter(|&person| !market.fixed[person as usize]);
            found = movers.find_map(|mover| self.look(mover, opening, knows(mover), &has_seat));
        }
        work.settled += at as u64;
        found
    }

    fn look(
        &mut self,
        person: u32,
        from: u32,
        openings: impl Iterator<Item = u32>,
        has_seat: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        for opening in openings {
            if !self.marks.set(opening) {
                continue;
            }
            self.before[opening as usize] = (person, from);
            if has_seat(opening) {
                return Some(opening);
            }
            self.reached.push(opening);
        }
        None
    }

    /// Makes the moves that lead to an opening that was found, from its end; `sit` gives a person the seat.
    pub fn take<W: Weight>(
        &self,
        market: &mut Market<W>,
        end: u32,
        mut sit: impl FnMut(&mut Market<W>, u32, u32),
    ) {
        market.nodes[end as usize].count += 1;
        let mut opening = end;
        while opening != NONE {
            let (mover, from) = self.before[opening as usize];
            if from != NONE {
                market.rise(mover);
            }
            sit(market, mover, opening);
            opening = from;
        }
    }
}
