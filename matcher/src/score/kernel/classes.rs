//! People who are alike to a rule or a criterion, so that it is asked once for all of them.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::ids::CandidateIx;

/// Everybody sorted into classes by one or a few facts.
#[derive(Debug)]
pub(super) struct Classes {
    /// The class of each candidate.
    pub(super) of: Vec<u32>,
    /// One candidate of each class: what is true of them is true of all.
    pub(super) first: Vec<CandidateIx>,
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
        Self { of, first }
    }

    /// So many classes, by the number of each candidate's: every class has a member.
    pub(super) fn of(of: Vec<u32>, count: usize) -> Self {
        let mut first = vec![CandidateIx::new(0); count];
        for (row, class) in of.iter().enumerate().rev() {
            first[*class as usize] = CandidateIx::new(row);
        }
        Self { of, first }
    }

    /// What each class is worth, asked of its first member.
    pub(super) fn table<T>(&self, of: impl FnMut(CandidateIx) -> T) -> Box<[T]> {
        self.first.iter().copied().map(of).collect()
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
