//! People who are alike to a rule or a criterion, so that it is asked once for all of them.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::ids::CandidateIx;

/// Everybody sorted into classes by one or a few facts.
#[derive(Debug)]
pub(super) struct Classes {
    of: Of,
    /// One candidate of each class: what is true of them is true of all.
    pub(super) first: Vec<CandidateIx>,
}

/// The class of each candidate, in two bytes where they are enough.
#[derive(Debug)]
enum Of {
    Few(Box<[u16]>),
    Many(Vec<u32>),
}

impl Classes {
    /// The classes of `people` by `key`, numbered in the order of their first members.
    pub(super) fn by<K: Hash + Eq>(people: usize, mut key: impl FnMut(CandidateIx) -> K) -> Self {
        let mut known: FxHashMap<K, u32> = FxHashMap::default();
        let mut first = Vec::new();
        let class = |row| {
            let candidate = CandidateIx::new(row);
            *known.entry(key(candidate)).or_insert_with(|| {
                first.push(candidate);
                number(first.len() - 1)
            })
        };
        let of = (0..people).map(class).collect();
        Self { of: Of::new(of, first.len()), first }
    }

    /// So many classes, by the number of each candidate's: every class has a member.
    pub(super) fn of(of: Vec<u32>, count: usize) -> Self {
        let mut first = vec![CandidateIx::new(0); count];
        for (row, class) in of.iter().enumerate().rev() {
            first[*class as usize] = CandidateIx::new(row);
        }
        Self { of: Of::new(of, count), first }
    }

    /// The class of a candidate.
    #[inline]
    pub(super) fn class(&self, candidate: CandidateIx) -> usize {
        match &self.of {
            Of::Few(of) => usize::from(of[candidate.get()]),
            Of::Many(of) => of[candidate.get()] as usize,
        }
    }

    /// What each class is worth, asked of its first member.
    pub(super) fn table<T>(&self, of: impl FnMut(CandidateIx) -> T) -> Box<[T]> {
        self.first.iter().copied().map(of).collect()
    }
}

impl Of {
    fn new(of: Vec<u32>, count: usize) -> Self {
        let narrow = |class: &u32| u16::try_from(*class).unwrap_or(u16::MAX);
        if count <= 1 << u16::BITS { Self::Few(of.iter().map(narrow).collect()) } else { Self::Many(of) }
    }
}

/// A place in a list that the limits of a problem keep below 2³².
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Gives each distinct thing a number, in the order in which they come.
#[derive(Debug)]
pub(super) struct Numbers<K> {
    known: FxHashMap<K, u32>,
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self { known: FxHashMap::default() }
    }
}

impl<K: Hash + Eq> Numbers<K> {
    pub(super) fn new() -> Self {
        Self { known: FxHashMap::default() }
    }

    /// The number of a thing, and whether it is new.
    pub(super) fn of(&mut self, key: K) -> (u32, bool) {
        let next = number(self.known.len());
        let found = *self.known.entry(key).or_insert(next);
        (found, found == next)
    }

    pub(super) fn get(&self, key: &K) -> Option<u32> {
        self.known.get(key).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_of_the_class_of_their_key_however_many_there_are() {
        for count in [1, 3, 1 << 16, (1 << 16) + 1] {
            let key = |row: CandidateIx| row.get() % count;
            let classes = Classes::by(count + 5, key);
            assert_eq!(classes.first.len(), count);
            let again = Classes::of((0..count + 5).map(|row| number(row % count)).collect(), count);
            for row in (0..count + 5).map(CandidateIx::new) {
                assert_eq!(key(classes.first[classes.class(row)]), key(row));
                assert_eq!((again.class(row), again.first[again.class(row)].get()), (key(row), key(row)));
            }
        }
    }
}
