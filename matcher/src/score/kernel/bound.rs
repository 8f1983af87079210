//! What the pairs of one opening are worth, 64 lanes at once.

use super::bits::LANES;
use super::grades::Lanes;

/// Sixty-four numbers, one a lane.
pub(super) type Word = [i16; 64];

/// The words of a tile.
pub(super) const WORDS: usize = LANES / 64;

/// The 64 lanes of a word.
pub(super) fn word(lanes: &Lanes, at: usize) -> &Word {
    &lanes.as_chunks().0[at]
}

/// Adds lane by lane.
pub(super) fn add(sum: &mut Word, more: &Word) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The lanes, as bits, that can enter one of two lists: their own, for which `entries` is the least score that counts,
/// or the opening's, for which `entry` is.
pub(super) fn that_enter(scores: &Word, entries: &Word, entry: i16) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let enters: [u8; 64] = std::array::from_fn(|at| u8::from(scores[at] >= entries[at].min(entry)));
    // Eight bytes, each 0 or 1, become eight bits by one multiplication, so that all of it is vectorised.
    let (eights, _) = enters.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |bits, (place, eight)| {
        bits | (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (8 * place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lane_enters_by_its_own_list_or_the_opening_s() {
        let scores: Word = std::array::from_fn(|at| i16::try_from(at * 37 % 64).expect("small"));
        let entries: Word = std::array::from_fn(|at| i16::try_from(at).expect("small"));
        for entry in [0, 5, 31, 63, 100] {
            let bits = that_enter(&scores, &entries, entry);
            for (at, score) in scores.iter().enumerate() {
                assert_eq!(bits >> at & 1 == 1, *score >= entries[at] || *score >= entry, "{at} {entry}");
            }
        }
    }
}
