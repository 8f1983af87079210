//! The generator's own numbers: the same on every machine, whole numbers only.

/// A stream of pseudo-random numbers: `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014). Each household, opening and history has a stream of its own, so that a change to
/// one leaves the others as they were.
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    /// The stream with this name and number under this seed.
    pub(super) fn of(seed: &str, stream: &str, number: u64) -> Self {
        let named = fnv_1a(seed.bytes().chain([0]).chain(stream.bytes()));
        let mut mixed = Self(named ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Self(mixed.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from 0 to `end` − 1; 0 where `end` is 0. The high half of the stream is scaled by a
    /// multiplication, so a number is preferred by less than one part in 2³² / `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(end);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// A whole number from `first` to `last`, both included; `first` where the range is empty.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below((last + 1).saturating_sub(first))
    }

    /// Yes in so many cases of a thousand.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of these; `None` where there are none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.below(u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.get(at as usize)
    }

    /// The place of one of these weights, each drawn as often as it is heavy; 0 where all are 0.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// Puts the items in an order of chance (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(u32::try_from(at + 1).unwrap_or(u32::MAX));
            items.swap(at, other as usize);
        }
    }
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo): turns the text of a seed into a number.
fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_numbers_come_out() {
        let mut rng = Rng(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
        assert_eq!(fnv_1a("a".bytes()), 0xAF63_DC4C_8601_EC8C);
    }

    #[test]
    fn streams_differ_by_seed_name_and_number() {
        let first = |seed, stream, number| Rng::of(seed, stream, number).next();
        let base = first("1", "people", 0);
        for other in [first("2", "people", 0), first("1", "openings", 0), first("1", "people", 1)] {
            assert_ne!(base, other);
        }
        assert_eq!(base, first("1", "people", 0));
    }

    #[test]
    fn draws_stay_in_their_range_and_follow_the_weights() {
        let mut rng = Rng::of("range", "test", 0);
        let mut seen = [0_u32; 3];
        for _ in 0..3000 {
            assert!((5..=9).contains(&rng.between(5, 9)));
            seen[rng.weighted(&[1, 0, 2])] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((900..1100).contains(&seen[0]), "{seen:?}");
        assert_eq!((rng.below(0), rng.weighted(&[]), rng.pick::<u8>(&[])), (0, 0, None));
    }
}
