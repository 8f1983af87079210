//! Rows by the bytes of their names: in a large `pairs.csv` every row asks twice, mostly about names that no cache holds.
//!
//! A name is asked for by its [`Name`]: a number made of its first bytes, by which short names are told apart without
//! another look at the text. Slots are eight bytes, so that those of a whole city fit in a cache. The names come
//! from strangers, so the hash has seeds of its own each time: nobody can choose names that all fall into one slot.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use super::ids::Ids;

/// Names that are looked for together.
const BATCH: usize = 64;
/// Bytes that the number of a name holds; the last of its sixteen tells the length.
const HELD: usize = 15;
/// The length of all names that are longer.
const LONGER: u8 = u8::MAX;

/// A name as it is asked for.
#[derive(Clone, Copy)]
pub(super) struct Name<'n> {
    bytes: &'n [u8],
    key: u128,
}

impl<'n> Name<'n> {
    pub(super) fn new(bytes: &'n [u8]) -> Self {
        let mut head = [0; 16];
        let held = bytes.len().min(HELD);
        for (to, from) in head.iter_mut().zip(bytes.iter().take(held)) {
            *to = *from;
        }
        Self { bytes, key: u128::from_le_bytes(head) | length(bytes) }
    }

    /// The name that the text begins with, so many bytes long. Where the text goes on, no byte is looked at alone.
    pub(super) fn at_start(text: &'n [u8], length_of: usize) -> Self {
        let bytes = text.get(..length_of).unwrap_or(text);
        match text.first_chunk() {
            Some(head) if bytes.len() <= HELD => {
                let held = (1 << (8 * bytes.len())) - 1;
                Self { bytes, key: u128::from_le_bytes(*head) & held | length(bytes) }
            }
            _ => Self::new(bytes),
        }
    }
}

fn length(bytes: &[u8]) -> u128 {
    let length = if bytes.len() > HELD { LONGER } else { u8::try_from(bytes.len()).unwrap_or(LONGER) };
    u128::from(length) << (8 * HELD)
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && (self.bytes.len() <= HELD || self.bytes == other.bytes)
    }
}

/// The rows of some names.
pub(super) struct Index<'i> {
    names: Vec<Name<'i>>,
    /// Their numbers once more, close together: names themselves are looked at only where a number is not enough.
    keys: Vec<u128>,
    /// The upper half of a hash, then one more than a row; 0 where there is none. At most half of them are taken.
    slots: Vec<u64>,
    seeds: [u64; 2],
}

impl<'i> Index<'i> {
    pub(super) fn of(ids: &'i Ids) -> Self {
        let random = RandomState::new();
        let seeds = [random.hash_one(0), random.hash_one(1)];
        let Ids::Named { names, .. } = ids else {
            return Self { names: Vec::new(), keys: Vec::new(), slots: Vec::new(), seeds };
        };
        let names: Vec<Name<'i>> = names.iter().map(|name| Name::new(name.as_bytes())).collect();
        let slots = vec![0; (2 * names.len() + 2).next_power_of_two()];
        let keys = names.iter().map(|name| name.key).collect();
        let mut index = Self { names, keys, slots, seeds };
        for row in 0..index.names.len() {
            let hash = index.hash(&index.names[row]);
            let free = index.way(hash).find(|&slot| index.slots[slot] == 0);
            if let (Some(free), Ok(number)) = (free, u32::try_from(row + 1)) {
                index.slots[free] = hash & !u64::from(u32::MAX) | u64::from(number);
            }
        }
        index
    }

    pub(super) fn find(&self, name: Name<'_>) -> Option<usize> {
        self.find_from(name, self.hash(&name))
    }

    /// The row of each name, in their order. All slots are fetched before the first is looked at, then all names: so one
    /// waits for memory once where one by one each name would.
    pub(super) fn find_all(&self, names: &[Name<'_>], rows: &mut Vec<Option<usize>>) {
        let (mut hashes, mut slots, mut keys) = ([0; BATCH], [0; BATCH], [0; BATCH]);
        let mask = self.slots.len().wrapping_sub(1);
        for names in names.chunks(BATCH) {
            for (hash, name) in hashes.iter_mut().zip(names) {
                *hash = self.hash(name);
            }
            for (slot, &hash) in slots.iter_mut().zip(&hashes).take(names.len()) {
                *slot = self.slots.get(first(hash) & mask).copied().unwrap_or(0);
            }
            for (key, &slot) in keys.iter_mut().zip(&slots).take(names.len()) {
                let row = row(slot).unwrap_or(0);
                *key = self.keys.get(row).copied().unwrap_or(0);
            }
            let seen = hashes.iter().zip(&slots).zip(&keys);
            rows.extend(names.iter().zip(seen).map(|(name, ((&hash, &slot), &key))| {
                let at_once = key == name.key && name.bytes.len() <= HELD;
                row(slot).filter(|_| at_once).or_else(|| self.find_from(*name, hash))
            }));
        }
    }

    fn find_from(&self, name: Name<'_>, hash: u64) -> Option<usize> {
        for slot in self.way(hash) {
            let held = self.slots[slot];
            let row = row(held)?;
            if (held ^ hash) >> 32 == 0 && self.names.get(row) == Some(&name) {
                return Some(row);
            }
        }
        None
    }

    /// The slots to look at for a hash.
    fn way(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        (0..self.slots.len()).map(move |step| (first(hash) + step) & mask)
    }

    fn hash(&self, name: &Name<'_>) -> u64 {
        let mut hash = self.mixed(name.key);
        if name.bytes.len() > HELD {
            for part in name.bytes.chunks(HELD) {
                hash = self.mixed(Name::new(part).key ^ u128::from(hash));
            }
        }
        hash
    }

    /// Both halves of a number multiplied, and the halves of the product laid over each other.
    fn mixed(&self, number: u128) -> u64 {
        let [low, high] = halves(number);
        let [one, other] = self.seeds;
        let [low, high] = halves(u128::from(low ^ one) * u128::from(high ^ other));
        low ^ high
    }
}

/// The slot that a hash asks for first, before it is cut to their number.
fn first(hash: u64) -> usize {
    usize::try_from(hash & u64::from(u32::MAX)).unwrap_or(0)
}

/// The row in a slot.
fn row(slot: u64) -> Option<usize> {
    first(slot).checked_sub(1)
}

/// The lower and the upper half.
fn halves(number: u128) -> [u64; 2] {
    let half = |number: u128| u64::try_from(number & u128::from(u64::MAX)).unwrap_or(0);
    [half(number), half(number >> 64)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let named = |row: usize| match row % 4 {
            0 => format!("C{row:07}"),
            1 => format!("{row}"),
            2 => format!("{row:0>15}"),
            _ => format!("county/town/village/{row}/the same for all"),
        };
        let ids = Ids::named((0..5_000).map(|row| named(row).into()).collect());
        let index = Index::of(&ids);
        for row in 0..5_000 {
            let (name, other) = (named(row), named(row + 5_000));
            assert_eq!(index.find(Name::new(name.as_bytes())), Some(row), "{name}");
            assert_eq!(index.find(Name::new(other.as_bytes())), None, "{other}");
            let text = format!("{name},O0000001,17\nC0000002,");
            let mut found = Vec::new();
            let (name, other) = (Name::at_start(text.as_bytes(), name.len()), Name::new(other.as_bytes()));
            index.find_all(&[name, other], &mut found);
            assert_eq!(found, [Some(row), None]);
        }
        assert_eq!(index.find(Name::new(b"")), None);
        let none = Index::of(&Ids::Rows(3));
        let mut found = Vec::new();
        none.find_all(&[Name::new(b"1")], &mut found);
        assert_eq!((none.find(Name::new(b"1")), found), (None, vec![None]));
    }

    #[test]
    fn names_that_differ_in_their_end_or_length_alone_are_told_apart() {
        let names = ["a", "a\0", "a\0\0", "0123456789abcde", "0123456789abcdef", "0123456789abcdeg", ""];
        let ids = Ids::named(names.iter().map(|name| (*name).into()).collect());
        let index = Index::of(&ids);
        for (row, name) in names.iter().enumerate() {
            assert_eq!(index.find(Name::new(name.as_bytes())), Some(row), "{name:?}");
        }
        assert_eq!(index.find(Name::new(b"0123456789abcdefg")), None);
    }
}
