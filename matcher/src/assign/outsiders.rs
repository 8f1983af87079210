//! Those who stay out, each with what they fall short at least: most of them need not be looked at again.
//!
//! Whoever asked in vain falls short of the price of coming in by some margin. It is a statement about prices, not about
//! who sits where: it grows when leaves become dearer, and shrinks by no more than what leaves become cheaper and the
//! root dearer, which is added up here.

use super::market::Market;
use super::weight::Weight;

/// What each person is known to fall short of coming in from the root, for those who hang on it.
#[derive(Debug, Default)]
pub(super) struct Outsiders<W> {
    /// By person, when it was noted; nobody beyond the end is known to fall short.
    short: Vec<W>,
    /// By how much it can have shrunk since: less than the most that is noted, or nothing is known any more.
    eased: W,
    most: W,
}

impl<W: Weight> Outsiders<W> {
    pub(super) fn of(market: &Market<W>) -> Self {
        Self { short: vec![W::default(); market.owner.len()], eased: W::default(), most: W::default() }
    }

    /// Notes that a person falls short by so much at present prices. Of one who falls short by less than all has shrunk
    /// nothing is noted, so that no number grows beyond twice what a path can cost.
    pub(super) fn note(&mut self, person: u32, by: W) {
        let noted = if by < self.eased { W::default() } else { by + self.eased };
        if let Some(short) = self.short.get_mut(person as usize) {
            *short = noted;
            self.most = self.most.max(noted);
        }
    }

    /// Coming in from the root has become cheaper, by no more than this.
    pub(super) fn ease(&mut self, by: W) {
        if self.short.is_empty() {
            return;
        }
        self.eased += by;
        if self.eased >= self.most {
            *self = Self::default();
        }
    }

    /// The least by which a person falls short.
    pub(super) fn short(&self, person: u32) -> W {
        let noted = self.short.get(person as usize).copied().unwrap_or_default();
        (noted - self.eased).max(W::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_shrink_with_prices_and_no_sum_grows_without_end() {
        let known = || Outsiders { short: vec![0_i64; 3], eased: 0, most: 0 };
        let mut outsiders = known();
        outsiders.note(0, 10);
        outsiders.note(1, 3);
        outsiders.ease(4);
        assert_eq!([0, 1, 2, 9].map(|person| outsiders.short(person)), [6, 0, 0, 0]);
        outsiders.note(2, 5);
        outsiders.note(1, 3);
        assert_eq!([0, 1, 2].map(|person| outsiders.short(person)), [6, 0, 5]);

        let far = 1 << 58; // the most that narrow numbers hold
        let mut outsiders = known();
        for round in 0..1_000 {
            outsiders.note(round % 3, far);
            outsiders.ease(far - 1);
            assert!(outsiders.short(round % 3) <= 1);
        }
    }
}
