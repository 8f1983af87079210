//! People who are alike to a rule or a criterion, so that it is asked once for all of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::ids::CandidateIx;

/// A map of things that are looked up once for each person: the hash is that of the Rust compiler (Fx), which costs a
/// multiplication for eight bytes. Who chooses the keys could make it slow, never wrong.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixture>>;

/// The state of the hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixture(u64);

impl Mixture {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixture {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

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
        let mut known: Map<K, u32> = Map::default();
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
    known: Map<K, u32>,
}

impl<K: Hash + Eq> Numbers<K> {
    pub(super) fn new() -> Self {
        Self { known: Map::default() }
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
