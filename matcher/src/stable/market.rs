//! Whom each opening has, and whom it turns away when one more asks.

use std::collections::BinaryHeap;
use std::ops::Range;

use super::{Cutoff, Rank};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, Side, Unfilled};

/// One way into an opening: a kind of person who has a reserve or cap there, or everybody else.
struct Entrance {
    /// Whether nobody else gets the reserved seats.
    hard: bool,
    /// Seats reserved, less those of pinned members.
    reserve: u32,
    /// Most members beside pinned ones.
    cap: u32,
    /// The members in reserved seats, the last on top.
    reserved: BinaryHeap<Rank>,
    /// The members in open seats, the last on top. All rank behind those in reserved seats.
    open: BinaryHeap<Rank>,
}

impl Entrance {
    const fn new(hard: bool, reserve: u32, cap: u32) -> Self {
        Self { hard, reserve, cap, reserved: BinaryHeap::new(), open: BinaryHeap::new() }
    }

    fn is_at_cap(&self) -> bool {
        self.seated() >= self.cap
    }

    fn admit(&mut self, rank: Rank) {
        if self.reserved.len() < self.reserve as usize {
            self.reserved.push(rank);
            return;
        }
        let mut behind = rank;
        if let Some(mut last) = self.reserved.peek_mut()
            && rank < *last
        {
            behind = std::mem::replace(&mut *last, rank);
        }
        self.open.push(behind);
    }

    /// Turns away the last member.
    fn dismiss(&mut self) -> Option<Rank> {
        self.open.pop().or_else(|| self.reserved.pop())
    }

    /// Seats taken of those that no hard reserve keeps.
    fn of_pool(&self) -> u32 {
        count(self.open.len() + if self.hard { 0 } else { self.reserved.len() })
    }

    fn seated(&self) -> u32 {
        count(self.reserved.len() + self.open.len())
    }
}

/// A number of people, of whom there are fewer than 2³².
fn count(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

/// What is left of one opening.
struct Opening {
    /// Seats for anybody, less those of pinned people.
    room: u32,
    /// The same without seats that a hard reserve keeps.
    pool: u32,
    /// How many are seated beside pinned people, and how many of the pool.
    seated: u32,
    of_pool: u32,
}

impl Opening {
    const fn is_full(&self) -> bool {
        self.seated >= self.room || self.of_pool >= self.pool
    }
}

/// All openings. Entrances are numbered as leaves are (see [`crate::instance::Nesting`]).
pub(super) struct Market<'a> {
    instance: &'a Instance,
    openings: Vec<Opening>,
    /// Which openings have entrances of kinds: apart, since most who ask get no further than the door.
    with_kinds: Vec<bool>,
    /// The entrances of kinds of person, by opening.
    kinds: Vec<Range<usize>>,
    entrances: Vec<Entrance>,
    /// The best rank that each entrance turned away: whoever ranks behind is turned away too, since choices are
    /// substitutable.
    doors: Vec<Rank>,
}

impl<'a> Market<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let nesting = instance.nesting();
        let seats =
            instance.seats().iter().map(|&seats| Opening { room: seats, pool: seats, seated: 0, of_pool: 0 });
        let mut market = Self {
            instance,
            openings: seats.collect(),
            with_kinds: vec![false; instance.seats().len()],
            kinds: vec![0..0; instance.seats().len()],
            entrances: instance.seats().iter().map(|_| Entrance::new(false, 0, u32::MAX)).collect(),
            doors: vec![Rank(u64::MAX); nesting.leaf_count()],
        };
        market.limit_all();
        for (leaf, group) in nesting.group_leaves() {
            let (Side::Seat(at), group) = (nesting.sides()[group], &instance.groups()[group]) else {
                continue;
            };
            let hard = group.unfilled == Unfilled::LeftFree;
            let kinds = &mut market.kinds[at.get()];
            let first = if kinds.start == kinds.end { leaf.get() } else { kinds.start };
            *kinds = first..leaf.get() + 1;
            market.with_kinds[at.get()] = true;
            if hard {
                let opening = &mut market.openings[at.get()];
                opening.pool = opening.pool.saturating_sub(group.reserve);
            }
            market.entrances.push(Entrance::new(hard, group.reserve, group.cap.unwrap_or(u32::MAX)));
        }
        market.seat_pinned();
        market
    }

    /// A limit for everybody at one opening, on those who sit there: seats that a hard reserve keeps do not count.
    fn limit_all(&mut self) {
        let groups = self.instance.groups().iter().zip(self.instance.nesting().sides());
        for (group, _) in groups.filter(|(_, side)| **side == Side::Openings) {
            let at = group.openings.first().map_or(0, |opening| opening.get());
            if let (Some(opening), Some(cap)) = (self.openings.get_mut(at), group.cap) {
                opening.room = opening.room.min(cap);
            }
        }
    }

    fn seat_pinned(&mut self) {
        for &(candidate, at) in self.instance.pins() {
            let Some((leaf, _)) = self.instance.entry(candidate, at) else { continue };
            let (opening, entrance) = (&mut self.openings[at.get()], &mut self.entrances[leaf.get()]);
            opening.room = opening.room.saturating_sub(1);
            if !entrance.hard || entrance.reserve == 0 {
                opening.pool = opening.pool.saturating_sub(1);
            }
            entrance.reserve = entrance.reserve.saturating_sub(1);
            entrance.cap = if entrance.cap == u32::MAX { u32::MAX } else { entrance.cap.saturating_sub(1) };
        }
    }

    /// Lets a person ask an opening. Answers who is turned away, if anybody is; it may be the one who asks.
    pub(super) fn ask(&mut self, candidate: CandidateIx, at: OpeningIx, rank: Rank) -> Option<Rank> {
        let (entrance, away) = if self.with_kinds[at.get()] {
            let entrance = self.instance.entry(candidate, at).map_or(at.get(), |(leaf, _)| leaf.get());
            if rank > self.doors[entrance] {
                return Some(rank);
            }
            self.ask_kinds(at, entrance, rank)?
        } else {
            if rank > self.doors[at.get()] {
                return Some(rank);
            }
            (at.get(), self.ask_plain(at, rank)?)
        };
        self.doors[entrance] = self.doors[entrance].min(away);
        Some(away)
    }

    /// At an opening that has neither reserve nor cap for any kind.
    fn ask_plain(&mut self, at: OpeningIx, rank: Rank) -> Option<Rank> {
        let (opening, seats) = (&mut self.openings[at.get()], &mut self.entrances[at.get()].open);
        if !opening.is_full() {
            (opening.seated, opening.of_pool) = (opening.seated + 1, opening.of_pool + 1);
            seats.push(rank);
            return None;
        }
        match seats.peek_mut() {
            Some(mut last) if rank < *last => Some(std::mem::replace(&mut *last, rank)),
            _ => Some(rank),
        }
    }

    /// Lets the person in, then looks who is too many. Answers by which entrance, too.
    fn ask_kinds(&mut self, at: OpeningIx, entrance: usize, rank: Rank) -> Option<(usize, Rank)> {
        let was_at_cap = self.entrances[entrance].is_at_cap();
        self.change(at, entrance, |own| own.admit(rank));
        let opening = &self.openings[at.get()];
        let from = if was_at_cap {
            Some(entrance)
        } else if opening.of_pool > opening.pool {
            self.last(at, |own| own.open.peek())
                .or_else(|| self.last(at, |own| own.reserved.peek().filter(|_| !own.hard)))
        } else if opening.seated > opening.room {
            self.last(at, |own| own.open.peek()).or_else(|| self.last(at, |own| own.reserved.peek()))
        } else {
            None
        }?;
        let away = self.change(at, from, Entrance::dismiss)?;
        Some((from, away))
    }

    /// Changes who has entered there, and counts again.
    fn change<T>(&mut self, at: OpeningIx, entrance: usize, how: impl FnOnce(&mut Entrance) -> T) -> T {
        let (opening, entrance) = (&mut self.openings[at.get()], &mut self.entrances[entrance]);
        opening.seated -= entrance.seated();
        opening.of_pool -= entrance.of_pool();
        let answer = how(entrance);
        opening.seated += entrance.seated();
        opening.of_pool += entrance.of_pool();
        answer
    }

    fn entrances_of(&self, at: OpeningIx) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(at.get()).chain(self.kinds[at.get()].clone())
    }

    /// The entrance of an opening whose person ranks last.
    fn last(&self, at: OpeningIx, who: impl Fn(&Entrance) -> Option<&Rank>) -> Option<usize> {
        let ranked =
            self.entrances_of(at).filter_map(|entrance| Some((who(&self.entrances[entrance])?, entrance)));
        ranked.max().map(|(_, entrance)| entrance)
    }

    /// Everybody who has a seat beside pinned people, with the opening.
    pub(super) fn seated(&self) -> impl Iterator<Item = (OpeningIx, Rank)> + '_ {
        (0..self.openings.len()).map(OpeningIx::new).flat_map(move |at| {
            let ranks = self.entrances_of(at).flat_map(|entrance| {
                let entrance = &self.entrances[entrance];
                entrance.reserved.iter().chain(&entrance.open)
            });
            ranks.map(move |&rank| (at, rank))
        })
    }

    pub(super) fn cutoffs(&self) -> Column<OpeningIx, Cutoff> {
        let cutoff = |(row, opening): (usize, &Opening)| {
            if !opening.is_full() {
                return Cutoff::Open;
            }
            let entrances = self.entrances_of(OpeningIx::new(row)).map(|entrance| &self.entrances[entrance]);
            let last = entrances.flat_map(|entrance| [entrance.reserved.peek(), entrance.open.peek()]);
            last.flatten().max().map_or(Cutoff::Closed, |&rank| Cutoff::Last(rank))
        };
        self.openings.iter().enumerate().map(cutoff).collect()
    }
}
