//! The best few of many keys.

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

/// The best `most` of the keys offered so far, among up to as many again that are not cut off yet.
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

    /// Takes a key, unless it is certain not to be among the best; whether it was taken.
    pub(super) fn offer(&mut self, key: Key, most: usize) -> bool {
        if key <= self.floor {
            return false;
        }
        self.keys.push(key);
        if self.keys.len() >= most.saturating_mul(2) {
            self.cut(most);
        }
        true
    }

    fn cut(&mut self, most: usize) {
        if most == 0 || self.keys.len() < most {
            self.keys.truncate(most);
            return;
        }
        let (_, least, _) = self.keys.select_nth_unstable_by(most - 1, |a, b| b.cmp(a));
        self.floor = *least;
        self.keys.truncate(most);
    }

    /// Takes what another list kept of the same offers.
    pub(super) fn merge(&mut self, other: &Self, most: usize) {
        for key in &other.keys {
            self.offer(*key, most);
        }
    }

    /// The best `most`, best first.
    pub(super) fn finish(&mut self, most: usize) -> &[Key] {
        self.cut(most);
        self.keys.sort_unstable_by(|a, b| b.cmp(a));
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_in_any_order() {
        for most in [0, 1, 2, 5, 40] {
            let mut best = Best::default();
            let offers = (0..40_u32).map(|n| key(i16::try_from(n * 7 % 13).expect("small"), n));
            let mut all: Vec<_> = offers.collect();
            for key in &all {
                best.offer(*key, most);
            }
            all.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(best.finish(most), &all[..most]);
        }
        assert_eq!(parts(key(10_000, 7)), (10_000, 7));
    }
}
