//! Whether placements are stable, from the definition alone: nothing here is shared with the search.
//!
//! An opening's choice is computed as [`crate::stable`] states it, over a list in order of rank. Since a person of
//! better rank is chosen before one of lesser rank and equal kind, each way into an opening has one limit, found by
//! bisection; then every pair is looked at once.

use std::cmp::Reverse;
use std::ops::Range;

use super::StableRefusal;
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Choice, Instance, LeafIx, Side, Unfilled};

/// Why placements are not stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blocks {
    /// The candidate is pinned to the opening, but not placed there.
    PinBroken,
    /// The candidate is placed there without a pair.
    NoPair,
    /// The candidate is placed there, but the opening would not choose them from those it has.
    NotChosen,
    /// The candidate likes the opening better, and it would choose them and keep all it has.
    SeatFree,
    /// The candidate likes the opening better, and it would choose them instead of this one.
    InsteadOf(CandidateIx),
}

/// A candidate and an opening that have a reason to leave the placements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockingPair {
    /// Who.
    pub candidate: CandidateIx,
    /// Where.
    pub opening: OpeningIx,
    /// Why.
    pub why: Blocks,
}

/// Lists every reason why placements are not stable, by candidate, then by opening. None means that they are.
///
/// The placements may come from anywhere. A candidate beyond their end counts as unplaced. Pinned people do not leave
/// their places, nor are they turned out.
///
/// # Errors
/// The instance is one that [`super::stable`] refuses.
///
/// # Cost
/// *O(m log s + g s log s)* for `m` pairs, openings of `s` people and `g` groups of an opening.
pub fn blocking_pairs(
    instance: &Instance,
    placements: &Column<CandidateIx, Option<OpeningIx>>,
) -> Result<Vec<BlockingPair>, StableRefusal> {
    super::refusal::check(instance)?;
    let mut check = Check { instance, found: Vec::new(), terms: terms(instance), seated: Vec::new() };
    check.seat(placements);
    let bounds: Vec<Vec<Bound>> = (0..check.terms.len()).map(|row| check.bounds(row)).collect();
    for candidate in instance.rows() {
        if instance.pin(candidate).is_none() {
            let place = placements.get(candidate).copied().flatten();
            check.wishes(candidate, place, &bounds);
        }
    }
    check.found.sort_unstable();
    Ok(check.found)
}

/// How an opening ranks a person: the tier, the score from the highest, the lot. The lesser comes first.
type Key = (u8, Reverse<u32>, u32);

/// Who ranks before it would be chosen; `None`: nobody would.
type Bound = Option<Limit>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    Before(Key),
    Everybody,
}

/// What an opening says about a kind of person.
#[derive(Clone, Copy)]
struct Kind {
    leaf: usize,
    reserve: u32,
    hard: bool,
    cap: u32,
    pinned: u32,
}

/// What an opening says: limits, pinned people included.
struct Terms {
    /// Most people.
    most: u32,
    /// Seats that no hard reserve keeps.
    pool: u32,
    /// By leaf; people of no kind that the opening speaks of come first.
    kinds: Vec<Kind>,
}

impl Terms {
    fn kind_of(&self, leaf: usize) -> usize {
        self.kinds.binary_search_by_key(&leaf, |kind| kind.leaf).unwrap_or(0)
    }

    /// The choice function, on the kinds of people in order of rank: whether each is chosen.
    fn choose(&self, people: &[usize]) -> Vec<bool> {
        let mut members: Vec<u32> = self.kinds.iter().map(|kind| kind.pinned).collect();
        let mut seats = self.most.saturating_sub(members.iter().sum());
        let of_pool =
            |kind: &Kind| if kind.hard { kind.pinned.saturating_sub(kind.reserve) } else { kind.pinned };
        let mut pool = self.pool.saturating_sub(self.kinds.iter().map(of_pool).sum());
        let mut chosen = vec![false; people.len()];
        for (chosen, &kind) in chosen.iter_mut().zip(people) {
            let Kind { reserve, hard, .. } = self.kinds[kind];
            if members[kind] < reserve && seats > 0 && (hard || pool > 0) {
                *chosen = true;
                members[kind] += 1;
                seats -= 1;
                pool -= u32::from(!hard);
            }
        }
        for (chosen, &kind) in chosen.iter_mut().zip(people) {
            if !*chosen && members[kind] < self.kinds[kind].cap && seats > 0 && pool > 0 {
                *chosen = true;
                members[kind] += 1;
                seats -= 1;
                pool -= 1;
            }
        }
        chosen
    }
}

fn terms(instance: &Instance) -> Vec<Terms> {
    let everybody = |leaf| Kind { leaf, reserve: 0, hard: false, cap: u32::MAX, pinned: 0 };
    let plain =
        |(row, &seats): (usize, &u32)| Terms { most: seats, pool: seats, kinds: vec![everybody(row)] };
    let mut terms: Vec<Terms> = instance.seats().iter().enumerate().map(plain).collect();
    let nesting = instance.nesting();
    for (leaf, group) in nesting.group_leaves() {
        let Side::Seat(opening) = nesting.sides()[group] else { continue };
        let (group, of) = (&instance.groups()[group], &mut terms[opening.get()]);
        let hard = group.unfilled == Unfilled::LeftFree;
        of.pool = of.pool.saturating_sub(if hard { group.reserve } else { 0 });
        let (reserve, cap) = (group.reserve, group.cap.unwrap_or(u32::MAX));
        of.kinds.push(Kind { leaf: leaf.get(), reserve, hard, cap, pinned: 0 });
    }
    for (group, side) in instance.groups().iter().zip(nesting.sides()) {
        if let (Side::Openings, Some(cap)) = (side, group.cap) {
            let of = &mut terms[group.openings.first().map_or(0, |opening| opening.get())];
            of.most = of.most.min(cap);
        }
    }
    for &(candidate, opening) in instance.pins() {
        if let Some((leaf, _)) = instance.entry(candidate, opening) {
            let of = &mut terms[opening.get()];
            let kind = of.kind_of(leaf.get());
            of.kinds[kind].pinned += 1;
        }
    }
    terms
}

/// One who is placed and not pinned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seated {
    opening: OpeningIx,
    key: Key,
    /// The position among the kinds of the opening.
    kind: usize,
    candidate: CandidateIx,
}

struct Check<'a> {
    instance: &'a Instance,
    terms: Vec<Terms>,
    /// By opening, then by rank.
    seated: Vec<Seated>,
    found: Vec<BlockingPair>,
}

impl Check<'_> {
    fn report(&mut self, candidate: CandidateIx, opening: OpeningIx, why: Blocks) {
        self.found.push(BlockingPair { candidate, opening, why });
    }

    fn key(&self, candidate: CandidateIx, choice: Choice) -> Key {
        let numbers = &self.instance.candidates()[candidate.get()];
        (numbers.tier, Reverse(choice.score()), numbers.lot)
    }

    fn kind(&self, leaf: LeafIx, opening: OpeningIx) -> usize {
        self.terms[opening.get()].kind_of(leaf.get())
    }

    /// Lists who sits where, and whom the opening would not have.
    fn seat(&mut self, placements: &Column<CandidateIx, Option<OpeningIx>>) {
        for &(candidate, opening) in self.instance.pins() {
            if placements.get(candidate) != Some(&Some(opening)) {
                self.report(candidate, opening, Blocks::PinBroken);
            }
        }
        let placed = placements.iter().filter_map(|(candidate, place)| Some((candidate, (*place)?)));
        for (candidate, opening) in placed.filter(|(candidate, _)| self.instance.pin(*candidate).is_none()) {
            if let Some((leaf, choice)) = self.instance.entry(candidate, opening) {
                let (key, kind) = (self.key(candidate, *choice), self.kind(leaf, opening));
                self.seated.push(Seated { opening, key, kind, candidate });
            } else {
                self.found.push(BlockingPair { candidate, opening, why: Blocks::NoPair });
            }
        }
        self.seated.sort_unstable();
        for row in 0..self.terms.len() {
            let people = self.people(row);
            let chosen = self.terms[row].choose(&self.kinds_of(people.clone()));
            for (at, _) in people.zip(chosen).filter(|(_, chosen)| !chosen) {
                let one = self.seated[at];
                self.report(one.candidate, one.opening, Blocks::NotChosen);
            }
        }
    }

    /// The positions of those who sit at an opening.
    fn people(&self, row: usize) -> Range<usize> {
        let before = |end: usize| self.seated.partition_point(|one| one.opening.get() < end);
        before(row)..before(row + 1)
    }

    fn kinds_of(&self, people: Range<usize>) -> Vec<usize> {
        self.seated[people].iter().map(|one| one.kind).collect()
    }

    /// Whether an opening would choose a newcomer who ranks behind so many of those it has.
    fn welcomes(&self, row: usize, people: &[usize], (kind, behind): (usize, usize)) -> bool {
        let mut with = people.to_vec();
        with.insert(behind, kind);
        self.terms[row].choose(&with)[behind]
    }

    /// Who of each kind would be chosen by an opening.
    fn bounds(&self, row: usize) -> Vec<Bound> {
        let seated = &self.seated[self.people(row)];
        let people: Vec<usize> = seated.iter().map(|one| one.kind).collect();
        let bound = |kind| {
            // so many positions, from the first, are welcome
            let (mut low, mut high) = (0, people.len() + 1);
            while low < high {
                let middle = usize::midpoint(low, high);
                if self.welcomes(row, &people, (kind, middle)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            let last = low.checked_sub(1)?;
            Some(seated.get(last).map_or(Limit::Everybody, |one| Limit::Before(one.key)))
        };
        (0..self.terms[row].kinds.len()).map(bound).collect()
    }

    /// Reports the openings that a candidate likes better than their place and that would choose them.
    fn wishes(&mut self, candidate: CandidateIx, place: Option<OpeningIx>, bounds: &[Vec<Bound>]) {
        let instance = self.instance;
        let liking = |choice: &Choice| (choice.score(), Reverse(choice.opening()));
        let now = place.and_then(|place| instance.choice(candidate, place)).map(liking);
        for (leaf, choice) in instance.entries(candidate) {
            if now >= Some(liking(choice)) {
                continue;
            }
            let (opening, key) = (choice.opening(), self.key(candidate, *choice));
            let kind = self.kind(leaf, opening);
            if bounds[opening.get()][kind] > Some(Limit::Before(key)) {
                let why = self.turned_out(opening.get(), (kind, key));
                self.report(candidate, opening, why);
            }
        }
    }

    /// What becomes of those at an opening if it chooses one more.
    fn turned_out(&self, row: usize, (kind, key): (usize, Key)) -> Blocks {
        let seated = &self.seated[self.people(row)];
        let mut with: Vec<usize> = seated.iter().map(|one| one.kind).collect();
        let before = self.terms[row].choose(&with);
        let behind = seated.partition_point(|one| one.key < key);
        with.insert(behind, kind);
        let mut after = self.terms[row].choose(&with);
        after.remove(behind);
        let out = seated.iter().zip(before.iter().zip(&after)).find(|(_, (before, after))| before > after);
        out.map_or(Blocks::SeatFree, |(one, _)| Blocks::InsteadOf(one.candidate))
    }
}
