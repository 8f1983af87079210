//! What the pairs of one opening are worth, 64 lanes at once.

use multiversion::multiversion;
use wide::{i8x16, i16x16};

use super::bits::{Bits, LANES};
use super::credits::{Credits, WantedSkills};
use super::grades::Lanes;

/// Sixty-four numbers, one a lane.
pub(super) type Word = [i16; 64];

/// The words of a tile.
pub(super) const WORDS: usize = LANES / 64;

/// The 64 lanes of a word.
#[inline(always)]
fn word(lanes: &Lanes, at: usize) -> &Word {
    &lanes.as_chunks().0[at]
}

/// What a tile's people earn at an opening.
pub(super) struct Rating<'a> {
    pub(super) credits: &'a Credits,
    pub(super) wanted: &'a WantedSkills,
    /// Credits of the people, by wanted skill.
    pub(super) earned: &'a [[u8; LANES]],
    /// Of the criterion `skills`.
    pub(super) weight: i16,
    pub(super) grades: [&'a Lanes; 4],
    /// What priority and commute are worth at the most.
    pub(super) most: &'a Lanes,
}

/// Those who may be in a list of an opening.
pub(super) struct Listed<'a> {
    pub(super) alive: &'a Bits,
    /// The least score that enters the list of each lane.
    pub(super) entries: &'a Lanes,
    /// The same of the opening.
    pub(super) entry: i16,
}

/// Whom an opening leaves, and who of them can enter a list.
#[derive(Clone, Debug)]
pub(super) struct Rated {
    /// By lane, of words with somebody alive: what they earn at the most.
    pub(super) scores: Lanes,
    /// By standing and word: the lanes that can enter a list.
    pub(super) entering: [[u64; WORDS]; 2],
    /// By standing: the words with such lanes, as bits.
    pub(super) words: [u64; 2],
    /// How many lanes are alive.
    pub(super) alive: u64,
}

impl Rated {
    pub(super) const NOBODY: Self =
        Self { scores: [0; LANES], entering: [[0; WORDS]; 2], words: [0; 2], alive: 0 };
}

/// Rates the people of every word with somebody alive.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
pub(super) fn rate(rating: &Rating<'_>, listed: &[Listed<'_>; 2], rated: &mut Rated) {
    let [eligible, unresolved] = listed;
    (rated.words, rated.alive) = ([0; 2], 0);
    for (at, scores) in rated.scores.as_chunks_mut().0.iter_mut().enumerate() {
        if eligible.alive.word(at) | unresolved.alive.word(at) == 0 {
            continue;
        }
        let skills = rating.credits.worth(rating.wanted, rating.earned, at, rating.weight);
        let most = word(rating.most, at);
        let [wage, form, category, trade] = rating.grades.map(|grade| word(grade, at));
        for lane in 0..64 {
            scores[lane] = skills[lane] + most[lane] + wage[lane] + form[lane] + category[lane] + trade[lane];
        }
        for (standing, listed) in listed.iter().enumerate() {
            let alive = listed.alive.word(at);
            if alive != 0 {
                let entering = alive & that_enter(scores, word(listed.entries, at), listed.entry);
                rated.entering[standing][at] = entering;
                rated.words[standing] |= u64::from(entering != 0) << at;
                rated.alive += u64::from(alive.count_ones());
            }
        }
    }
}

/// The lanes, as bits, that can enter one of two lists: their own, for which `entries` is the least score that counts,
/// or the opening's, for which `entry` is.
#[inline(always)]
fn that_enter(scores: &Word, entries: &Word, entry: i16) -> u64 {
    let entry = i16x16::splat(entry);
    let sixteens = scores.as_chunks().0.iter().zip(entries.as_chunks().0).enumerate();
    sixteens.fold(0, |bits, (place, (scores, entries))| {
        let below = i16x16::new(*entries).min(entry).simd_gt(i16x16::new(*scores));
        let enter = !i8x16::from_i16x16_saturate(below).to_bitmask() & u32::from(u16::MAX);
        bits | u64::from(enter) << (16 * place)
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
