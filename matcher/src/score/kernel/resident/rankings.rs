//! Lists that stay the best of all pairs of their owner while pairs come and go.
//!
//! A list holds up to `most` entries, more than anybody asks for, so that one that goes need not be searched for again
//! at once: Yi et al., "Efficient maintenance of materialized top-k views" (ICDE 2003).

use std::cmp::Ordering;

use super::super::classes::number;

/// How often the person or the opening of a slot has changed or gone.
pub(super) type Stamp = u16;

/// By slot. An entry with another stamp than its slot is of a pair that is no more: lists find that out when they are
/// next looked at, so that nobody needs to know who lists whom.
#[derive(Debug, Default)]
pub(super) struct Stamps(Vec<Stamp>);

impl Stamps {
    pub(super) fn grow(&mut self, slots: usize) {
        self.0.resize(slots, 0);
    }

    pub(super) fn of(&self, slot: usize) -> Stamp {
        self.0[slot]
    }

    fn is_of_now(&self, entry: Entry) -> bool {
        self.0[entry.slot()] == entry.stamp()
    }

    /// Puts all entries of a slot out of date; whether the stamps have all been used, and old entries must be looked for.
    #[must_use]
    pub(super) fn renew(&mut self, slot: usize) -> bool {
        self.0[slot] = self.0[slot].wrapping_add(1);
        self.0[slot] == 0
    }
}

/// One pair as its owner lists it: a stamp above a score above the slot of the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry(u64);

impl Entry {
    pub(super) fn new(slot: usize, score: i16, stamp: Stamp) -> Self {
        Self(u64::from(stamp) << 48 | u64::from(score.unsigned_abs()) << 32 | u64::from(number(slot)))
    }

    #[expect(clippy::cast_possible_truncation, reason = "the bits of a score of 16 bits")]
    pub(super) const fn score(self) -> i16 {
        (self.0 >> 32) as i16
    }

    const fn stamp(self) -> Stamp {
        (self.0 >> 48) as Stamp
    }

    pub(super) fn slot(self) -> usize {
        usize::try_from(self.0 & u64::from(u32::MAX)).unwrap_or(usize::MAX)
    }
}

/// Nothing can be known to enter.
const SHUT: i16 = i16::MAX;
/// Everything enters.
const OPEN: i16 = i16::MIN;

/// The lists of one side and one standing. Of every list holds: it is sorted, and whatever pair of its owner it lacks
/// comes after its last entry; a `whole` list lacks none, and has room for one more.
#[derive(Debug)]
pub(super) struct Rankings {
    most: usize,
    lists: Vec<Vec<Entry>>,
    whole: Vec<bool>,
    /// Below this score no pair enters.
    floors: Vec<i16>,
}

impl Rankings {
    pub(super) const fn new(most: usize) -> Self {
        Self { most, lists: Vec::new(), whole: Vec::new(), floors: Vec::new() }
    }

    /// Makes room for so many owners; new ones have no pair.
    pub(super) fn grow(&mut self, owners: usize) {
        self.lists.resize(owners, Vec::new());
        self.whole.resize(owners, self.most > 0);
        self.floors.resize(owners, if self.most == 0 { SHUT } else { OPEN });
    }

    /// The entries of an owner that are known, best first, and whether they are all that there are.
    pub(super) fn of(&self, owner: usize, stamps: &Stamps) -> (Vec<Entry>, bool) {
        let list = self.lists[owner].iter().copied();
        (list.filter(|it| stamps.is_of_now(*it)).collect(), self.whole[owner])
    }

    /// Gives an owner the best of these pairs in place of whatever was there.
    pub(super) fn fill(&mut self, owner: usize, pairs: &[Entry], order: impl Fn(Entry, Entry) -> Ordering) {
        self.load(owner, best(pairs, self.most, order));
    }

    /// The same with the best in order, cut off at the length of a list.
    pub(super) fn load(&mut self, owner: usize, best: Vec<Entry>) {
        self.whole[owner] = best.len() < self.most;
        self.lists[owner] = best;
        self.settle(owner);
    }

    fn settle(&mut self, owner: usize) {
        self.floors[owner] = match self.lists[owner].last() {
            _ if self.whole[owner] => OPEN,
            Some(last) => last.score(),
            None => SHUT,
        };
    }

    /// The least score with which a pair may enter a list.
    pub(super) fn floor(&self, owner: usize) -> i16 {
        self.floors[owner]
    }

    /// Takes a pair up if it is among the best.
    pub(super) fn offer(
        &mut self,
        owner: usize,
        entry: Entry,
        stamps: &Stamps,
        order: impl Fn(Entry, Entry) -> Ordering,
    ) {
        if entry.score() < self.floors[owner] {
            return;
        }
        self.keep(owner, |it| stamps.is_of_now(it));
        let floor = self.floors[owner];
        let list = &mut self.lists[owner];
        let beyond = || list.last().is_none_or(|last| order(entry, *last) == Ordering::Greater);
        if entry.score() < floor || (entry.score() == floor && beyond()) {
            return;
        }
        // Counted rather than searched for: the loads do not wait for each other.
        let mut place = list.iter().filter(|it| it.score() > entry.score()).count();
        while list.get(place).is_some_and(|it| order(*it, entry) == Ordering::Less) {
            place += 1;
        }
        if list.len() >= self.most {
            list.pop();
        } else if list.capacity() == list.len() {
            list.reserve_exact((self.most - list.len()).min(4));
        }
        list.insert(place, entry);
        self.whole[owner] &= list.len() < self.most;
        self.settle(owner);
    }

    fn keep(&mut self, owner: usize, is_kept: impl Fn(Entry) -> bool) {
        let list = &mut self.lists[owner];
        let before = list.len();
        list.retain(|it| is_kept(*it));
        if list.len() < before {
            self.settle(owner);
        }
    }

    /// Takes a slot out of all lists, whatever the stamps.
    pub(super) fn forget(&mut self, slot: usize) {
        for owner in 0..self.lists.len() {
            self.keep(owner, |it| it.slot() != slot);
        }
    }

    /// How many lists are shorter than `count` though there may be more pairs.
    pub(super) fn short(&self, count: usize, stamps: &Stamps) -> usize {
        let known = (0..self.lists.len()).map(|owner| self.of(owner, stamps));
        known.filter(|(list, whole)| !whole && list.len() < count).count()
    }
}

/// The best `most` of these pairs, best first.
pub(super) fn best(pairs: &[Entry], most: usize, order: impl Fn(Entry, Entry) -> Ordering) -> Vec<Entry> {
    let mut best = pairs.to_vec();
    if most < best.len() && most > 0 {
        // By the score alone first: the order among equal scores is dear.
        let (_, least, _) = best.select_nth_unstable_by(most - 1, |a, b| b.score().cmp(&a.score()));
        let least = least.score();
        best.retain(|it| it.score() >= least);
        best.select_nth_unstable_by(most - 1, |a, b| order(*a, *b));
    }
    best.truncate(most);
    best.sort_unstable_by(|a, b| order(*a, *b));
    best.shrink_to_fit();
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(a: Entry, b: Entry) -> Ordering {
        b.score().cmp(&a.score()).then(a.slot().cmp(&b.slot()))
    }

    /// Pairs come and go by a fixed rule; after each the list begins with the best that there are.
    #[test]
    fn a_list_is_the_best_of_what_there_is() {
        for most in [0, 1, 3, 8] {
            let mut lists = Rankings::new(most);
            lists.grow(1);
            let mut stamps = Stamps::default();
            stamps.grow(23);
            let mut all: Vec<Entry> = Vec::new();
            for step in 0..400_usize {
                let slot = step * 29 % 23;
                if let Some(place) = all.iter().position(|it| it.slot() == slot) {
                    all.remove(place);
                    assert!(!stamps.renew(slot));
                } else {
                    let entry = Entry::new(slot, i16::try_from(step * 7 % 5).unwrap(), stamps.of(slot));
                    all.push(entry);
                    lists.offer(0, entry, &stamps, order);
                }
                all.sort_unstable_by(|a, b| order(*a, *b));
                let (list, whole) = lists.of(0, &stamps);
                assert_eq!(list, all[..list.len()], "{most} {step}");
                assert!(list.len() <= most && (!whole || list.len() == all.len()), "{most} {step}");
            }
        }
    }
}
