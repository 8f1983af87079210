//! Whom each person asks next: their choices by score, put in order a chunk at a time.

use super::order::{Order, Turn};
use crate::ids::OpeningIx;
use crate::instance::{Choice, Instance, MAX_SCORE};

/// An opening that a person asks. The lesser wish comes first: it has the higher score, or the lesser row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wish(u64);

impl Wish {
    /// Behind every wish: the list is at its end.
    const END: Self = Self(u64::MAX);

    fn of(choice: Choice) -> Self {
        let missing = u64::from(MAX_SCORE - choice.score()) + 1;
        Self(missing << 32 | choice.opening().get() as u64)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half is the row")]
    pub(super) fn opening(self) -> OpeningIx {
        OpeningIx::new((self.0 as u32) as usize)
    }

    /// How much the score is below the highest.
    pub(super) const fn missing(self) -> u32 {
        (self.0 >> 32) as u32 - 1
    }
}

/// A chunk is so many wishes, or that part of a list, whichever is more. So nobody's list is read more than nine times:
/// once for each chunk, and once to find its end.
const CHUNK: usize = 8;

#[derive(Clone, Copy)]
struct Place {
    /// Where the chunk begins.
    start: usize,
    /// How many of the chunk were asked.
    asked: u32,
}

/// The lists of all people, each as far as it was needed. Whoever stands beside another in the order of asking has
/// their list beside the other's.
pub(super) struct Wishes<'a> {
    instance: &'a Instance,
    order: &'a Order,
    /// One more than people: a chunk ends where the next begins.
    places: Vec<Place>,
    chunks: Vec<Wish>,
    scratch: Vec<Wish>,
}

impl<'a> Wishes<'a> {
    pub(super) fn new(instance: &'a Instance, order: &'a Order) -> Self {
        let mut places = Vec::with_capacity(instance.candidates().len() + 1);
        let mut start = 0;
        for candidate in order.people() {
            places.push(Place { start, asked: 0 });
            let len = instance.choices(candidate).len();
            start += len.min(len.div_ceil(CHUNK).max(CHUNK));
        }
        places.push(Place { start, asked: 0 });
        let mut wishes =
            Self { instance, order, places, chunks: vec![Wish::END; start], scratch: Vec::new() };
        // by row, as the choices lie in memory
        for candidate in instance.rows() {
            let turn = order.of_lot(instance.candidates()[candidate.get()].lot) as usize;
            let chunk = &mut wishes.chunks[wishes.places[turn].start..wishes.places[turn + 1].start];
            wishes.scratch.clear();
            wishes.scratch.extend(instance.choices(candidate).iter().copied().map(Wish::of));
            fill(chunk, &mut wishes.scratch);
        }
        wishes
    }

    /// The next opening that a person asks, if their list is not at its end.
    pub(super) fn next(&mut self, turn: Turn) -> Option<Wish> {
        let end = self.places[turn as usize + 1].start;
        let place = &mut self.places[turn as usize];
        let chunk = &mut self.chunks[place.start..end];
        if place.asked as usize == chunk.len() {
            let last = *chunk.last()?;
            let choices = self.instance.choices(self.order.at(turn)).iter().copied().map(Wish::of);
            self.scratch.clear();
            self.scratch.extend(choices.filter(|&wish| wish > last));
            fill(chunk, &mut self.scratch);
            place.asked = 0;
        }
        let wish = chunk[place.asked as usize];
        if wish == Wish::END {
            return None;
        }
        place.asked += 1;
        Some(wish)
    }
}

/// Writes the first of the wishes, in order.
fn fill(chunk: &mut [Wish], wishes: &mut Vec<Wish>) {
    if wishes.len() > chunk.len() {
        wishes.select_nth_unstable(chunk.len());
        wishes.truncate(chunk.len());
    }
    wishes.sort_unstable();
    let (first, rest) = chunk.split_at_mut(wishes.len());
    first.copy_from_slice(wishes);
    rest.fill(Wish::END);
}
