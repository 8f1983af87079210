//! The best few of many keys.

use multiversion::multiversion;

/// A score above a tie-break: greater is better, and no two of a list are equal.
pub(super) type Key = u64;

/// The key of a score, 0 to 10,000, with a rank among equal scores, 0 = first.
pub(super) fn key(score: i16, rank: u32) -> Key {
    u64::from(score.unsigned_abs()) << 32 | u64::from(!rank)
}

/// The score and the rank of a key.
pub(super) fn parts(key: Key) -> (u32, u32) {
    let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    (half(key >> 32), !half(key))
}

/// The keys that a list has room for as soon as it has one: most lists are no longer, and grow but once.
const FIRST: usize = 20;

/// Keys of a list that is sorted by counting.
const SHORT: usize = 24;

/// How many keys stand below each in the heap.
const FORK: usize = 4;

/// The best `most` of the keys offered so far, as a heap with the least of them on top as soon as there are so many.
#[derive(Clone, Debug, Default)]
pub(super) struct Best {
    keys: Vec<Key>,
    /// Nothing at or below it can be among the best.
    floor: Key,
}

impl Best {
    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.floor = 0;
    }

    /// The least score that can still enter.
    pub(super) fn entry(&self) -> i16 {
        i16::try_from(self.floor >> 32).unwrap_or(i16::MAX)
    }

    /// Takes a key, unless it is not among the best so far; whether it was taken.
    pub(super) fn offer(&mut self, key: Key, most: usize) -> bool {
        if key <= self.floor || most == 0 {
            return false;
        }
        if self.keys.len() < most {
            self.push(key, most);
        } else {
            sift(&mut self.keys, 0, key);
        }
        if self.keys.len() == most {
            self.floor = self.keys[0];
        }
        true
    }

    /// No more room than a list of `most` needs.
    fn push(&mut self, key: Key, most: usize) {
        if self.keys.len() == self.keys.capacity() {
            self.keys.reserve_exact(self.keys.len().max(FIRST).min(most - self.keys.len()));
        }
        self.keys.push(key);
        if self.keys.len() == most {
            for top in (0..most.div_ceil(FORK)).rev() {
                let key = self.keys[top];
                sift(&mut self.keys, top, key);
            }
        }
    }

    /// Takes what another list kept of the same offers.
    pub(super) fn merge(&mut self, other: &Self, most: usize) {
        for key in &other.keys {
            self.offer(*key, most);
        }
    }

    /// Puts the best first. Nothing can be offered afterwards.
    pub(super) fn sort(&mut self) {
        match self.keys.len() {
            0 | 1 => {}
            2..=SHORT => sort_short(&mut self.keys),
            _ => self.keys.sort_unstable_by(|a, b| b.cmp(a)),
        }
    }

    /// The keys, once they are sorted.
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }
}

/// Puts a key in the place of that at `at`, and down to where none below it is less. Four stand below each: fewer steps
/// have to wait for one another than with two.
fn sift(heap: &mut [Key], mut at: usize, key: Key) {
    loop {
        let first = FORK * at + 1;
        let below = match heap.get(first..).and_then(|rest| rest.first_chunk::<FORK>()) {
            Some(four) => least(four),
            None => heap.get(first..).and_then(least),
        };
        let Some((place, least)) = below.filter(|(_, least)| *least < key) else { break };
        heap[at] = least;
        at = first + place;
    }
    heap[at] = key;
}

/// The least of a few keys and its place, without a branch that nobody could foretell.
#[inline]
fn least(keys: &[Key]) -> Option<(usize, Key)> {
    let first = keys.first().map(|key| (0, *key));
    let rest = keys.iter().enumerate().skip(1);
    first.map(|first| {
        rest.fold(first, |(place, least), (other, key)| {
            (if *key < least { other } else { place }, least.min(*key))
        })
    })
}

/// Sorts at most [`SHORT`] keys, the greatest first: each goes where so many greater ones tell it to. There are more
/// comparisons than elsewhere, but many at once and none that the next step waits for.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn sort_short(keys: &mut [Key]) {
    // What no key lies at is greater than none.
    let mut all = [0; SHORT];
    all[..keys.len()].copy_from_slice(keys);
    for key in &all[..keys.len()] {
        let greater: usize = all.iter().map(|other| usize::from(other > key)).sum();
        keys[greater] = *key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_in_any_order() {
        for most in [0, 1, 2, 5, SHORT, SHORT + 1, 40] {
            let mut best = Best::default();
            let offers = (0..40_u32).map(|n| key(i16::try_from(n * 7 % 13).expect("small"), n));
            let mut all: Vec<_> = offers.collect();
            for key in &all {
                best.offer(*key, most);
            }
            all.sort_unstable_by(|a, b| b.cmp(a));
            best.sort();
            assert_eq!(best.keys(), &all[..most]);
        }
        assert_eq!(parts(key(10_000, 7)), (10_000, 7));
    }
}
