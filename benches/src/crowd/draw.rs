//! What the generator asks of its dice.

use crate::Dice;

/// One stream of numbers for each part of a population.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Place,
    Employer,
    Opening,
    Household,
    Person,
}

impl Stream {
    /// The stream of one row: no two rows share one, so that a change to one leaves the others as they were.
    pub(super) fn dice(self, seed: u64, row: u32) -> Dice {
        let named = (self as u64 + 1).wrapping_mul(0xA076_1D64_78BD_642F);
        let mut mixed = Dice(seed ^ named ^ u64::from(row).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        mixed.below(2);
        mixed
    }
}

impl Dice {
    /// Yes in so many cases of a thousand.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// A whole number from `first` to `last`, both included.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below((last + 1).saturating_sub(first))
    }

    /// A whole number from `-most` to `most`, those near 0 the commonest.
    pub(super) fn around(&mut self, most: u32) -> i32 {
        let sum: u32 = (0..3).map(|_| self.below(most + 1)).sum();
        (i32::try_from(2 * sum).unwrap_or(0) - i32::try_from(3 * most).unwrap_or(0)) / 3
    }

    /// The place of one of these weights, each drawn as often as it is heavy; 0 where all are 0.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (at, weight) in weights.enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// One of these; `None` where there are none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let end = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(self.below(end) as usize)
    }

    /// A row below `end`, the first ones far commoner than the last (as Zipf has it).
    pub(super) fn skewed(&mut self, end: u32) -> u32 {
        let reach = self.below(end) + 1;
        self.below(reach)
    }
}

/// Many weights, summed once, for draws by bisection.
pub(super) struct Heap {
    reached: Vec<u32>,
}

impl Heap {
    pub(super) fn new(weights: impl Iterator<Item = u32>) -> Self {
        let add = |sum: &mut u32, weight| {
            *sum += weight;
            Some(*sum)
        };
        Self { reached: weights.scan(0, add).collect() }
    }

    pub(super) fn draw(&self, dice: &mut Dice) -> usize {
        let drawn = dice.below(self.reached.last().copied().unwrap_or(0));
        self.reached.partition_point(|reached| *reached <= drawn)
    }
}
