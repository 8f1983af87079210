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
    /// By how much it can have shrunk since.
    eased: W,
}

impl<W: Weight> Outsiders<W> {
    pub(super) fn of(market: &Market<W>) -> Self {
        Self { short: vec![W::default(); market.owner.len()], eased: W::default() }
    }

    /// Notes that a person falls short by so much at present prices.
    pub(super) fn note(&mut self, person: u32, by: W) {
        self.short[person as usize] = by + self.eased;
    }

    /// Coming in from the root has become cheaper, by no more than this.
    pub(super) fn ease(&mut self, by: W) {
        self.eased += by;
    }

    /// The least by which a person falls short.
    pub(super) fn short(&self, person: u32) -> W {
        let noted = self.short.get(person as usize).copied().unwrap_or_default();
        (noted - self.eased).max(W::default())
    }
}
