//! A set of slots, one bit each, that grows with them.

const WORD: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub(super) fn put(&mut self, slot: usize) {
        if self.0.len() <= slot / WORD {
            self.0.resize(slot / WORD + 1, 0);
        }
        self.0[slot / WORD] |= 1 << (slot % WORD);
    }

    pub(super) fn take(&mut self, slot: usize) {
        if let Some(word) = self.0.get_mut(slot / WORD) {
            *word &= !(1 << (slot % WORD));
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(own, more)| *own |= more);
    }

    /// What is in neither of two others.
    pub(super) fn without(&self, other: &Self) -> Self {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        Self(self.0.iter().zip(others).map(|(own, out)| own & !out).collect())
    }

    pub(super) fn has(&self, slot: usize) -> bool {
        self.0.get(slot / WORD).is_some_and(|word| word & (1 << (slot % WORD)) != 0)
    }

    /// The slots, lowest first.
    pub(super) fn slots(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * WORD + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_and_go() {
        let mut set = Set::default();
        for slot in [3, 64, 700] {
            set.put(slot);
        }
        set.take(64);
        set.take(9000);
        let mut other = Set::default();
        other.put(3);
        assert_eq!(set.slots().collect::<Vec<_>>(), [3, 700]);
        assert_eq!(set.without(&other).slots().collect::<Vec<_>>(), [700]);
        assert!(other.has(3) && !other.has(64) && !other.has(9000));
        other.add(&set);
        assert_eq!(other.slots().collect::<Vec<_>>(), [3, 700]);
    }
}
