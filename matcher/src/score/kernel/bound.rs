//! Whether the pairs of one opening with a tile can enter a list at all.

use super::bits::{Bits, at_most};
use super::grades::Lanes;

/// What the pairs of an opening are worth at the most.
pub(super) struct Bound<'a> {
    /// Wage, form, category, occupation: what they are worth.
    pub(super) grades: [&'a Lanes; 4],
    pub(super) priority: &'a Lanes,
    /// Who earns anything by skills.
    pub(super) touched: Bits,
    /// The most that these criteria can be worth.
    pub(super) skills: i16,
    pub(super) commute: i16,
}

impl Bound<'_> {
    /// What all criteria but skills and commute are worth to a lane.
    pub(super) fn graded(&self, lane: usize) -> i16 {
        self.grades.iter().fold(self.priority[lane], |sum, grade| sum + grade[lane])
    }

    /// The most that skills and commute can be worth to a lane.
    pub(super) fn rest(&self, lane: usize) -> i16 {
        self.commute + if self.touched.has(lane) { self.skills } else { 0 }
    }

    /// The lanes that can enter one of two lists: the lane's own, for which `entries` is the least score that counts, or
    /// the opening's, for which `entry` is.
    pub(super) fn filter(&self, lanes: Bits, entries: &Lanes, entry: i16) -> Bits {
        lanes.filter(|first, _| {
            let missing = self.missing(first, entries, entry);
            if missing.iter().fold(i16::MAX, |least, missing| least.min(*missing)) > self.skills {
                return 0;
            }
            let touched = self.touched.word(first);
            (at_most(&missing, self.skills) & touched) | (at_most(&missing, 0) & !touched)
        })
    }

    /// What the skills of 64 lanes must be worth, if the commute is worth the most.
    fn missing(&self, first: usize, entries: &Lanes, entry: i16) -> [i16; 64] {
        let (entries, priority) = (word(entries, first), word(self.priority, first));
        let [a, b, c, d] = self.grades.map(|grade| word(grade, first));
        std::array::from_fn(|at| {
            entries[at].min(entry) - self.commute - priority[at] - a[at] - b[at] - c[at] - d[at]
        })
    }
}

/// The 64 lanes from `first` on, which is a multiple of 64.
fn word(lanes: &Lanes, first: usize) -> &[i16; 64] {
    &lanes.as_chunks().0[first / 64]
}
