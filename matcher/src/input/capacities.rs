//! What is known of the 33 functional items of a person.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::Item;

/// Functional items with what is left of each, 0 (none) to 4 (not limited); an item that is absent is unknown.
///
/// Holds whatever was said, also above 4 (the gate takes that out), and 16 bytes where all is within the range.
///
/// ```
/// use anzhi::input::Capacities;
/// use anzhi::words::Item;
///
/// let known = Capacities::from([(Item::H1, 4), (Item::M1, 2)]);
/// assert_eq!((known.get(Item::M1), known.get(Item::V1)), (Some(2), None));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Capacities(Held);

#[derive(Clone, PartialEq, Eq)]
enum Held {
    /// Three items a byte, as digits of base 6: 0 = unknown, else one more than the value.
    Packed([u8; BYTES]),
    /// A value is out of range.
    #[expect(clippy::box_collection, reason = "8 bytes instead of 24, in a variant that hardly ever occurs")]
    Odd(Box<BTreeMap<Item, u8>>),
}

const BYTES: usize = Item::ALL.len().div_ceil(PLACES.len());
/// What a digit of a byte counts, by place.
const PLACES: [u8; 3] = [1, 6, 36];
/// By byte what its digits say.
const KNOWN: [[Option<u8>; PLACES.len()]; 256] = {
    let mut all = [[None; PLACES.len()]; 256];
    let mut byte = 0;
    while byte < 216_u8 {
        let digits = [byte % 6, byte / 6 % 6, byte / 36];
        let mut place = 0;
        while place < digits.len() {
            all[byte as usize][place] = digits[place].checked_sub(1);
            place += 1;
        }
        byte += 1;
    }
    all
};
/// The highest value of the catalogue.
const MOST: u8 = 4;

impl Capacities {
    /// Nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self(Held::Packed([0; BYTES]))
    }

    /// What is known of an item.
    #[must_use]
    pub fn get(&self, item: Item) -> Option<u8> {
        match &self.0 {
            Held::Packed(bytes) => {
                let (byte, place) = place(item);
                (bytes[byte] / place % 6).checked_sub(1)
            }
            Held::Odd(map) => map.get(&item).copied(),
        }
    }

    /// Says what is known of an item, in place of what was said before.
    pub fn insert(&mut self, item: Item, value: u8) {
        if let Held::Packed(bytes) = &mut self.0
            && value <= MOST
        {
            let (byte, place) = place(item);
            let before = bytes[byte] / place % 6;
            bytes[byte] = bytes[byte] - before * place + (value + 1) * place;
        } else {
            let mut all: BTreeMap<_, _> = self.iter().collect();
            all.insert(item, value);
            *self = all.into();
        }
    }

    /// What is known, in the order of the items.
    pub fn iter(&self) -> impl Iterator<Item = (Item, u8)> + '_ {
        Item::ALL.iter().filter_map(|item| Some((*item, self.get(*item)?)))
    }

    /// What is known, by item.
    pub(crate) fn by_item(&self) -> [Option<u8>; Item::ALL.len()] {
        let mut all = [None; Item::ALL.len()];
        match &self.0 {
            Held::Packed(bytes) => {
                for (three, byte) in all.as_chunks_mut().0.iter_mut().zip(bytes) {
                    *three = KNOWN[usize::from(*byte)];
                }
            }
            Held::Odd(map) => map.iter().for_each(|(item, value)| all[item.index()] = Some(*value)),
        }
        all
    }

    /// The same knowledge, by item.
    pub(crate) fn of_items(all: &[Option<u8>; Item::ALL.len()]) -> Self {
        if all.iter().flatten().any(|value| *value > MOST) {
            let known = Item::ALL.iter().zip(all).filter_map(|(item, value)| Some((*item, (*value)?)));
            return Self(Held::Odd(Box::new(known.collect())));
        }
        let digit = |(value, place): (&Option<u8>, &u8)| value.map_or(0, |value| (value + 1) * place);
        let mut bytes = [0; BYTES];
        for (byte, three) in bytes.iter_mut().zip(all.chunks(PLACES.len())) {
            *byte = three.iter().zip(&PLACES).map(digit).sum();
        }
        Self(Held::Packed(bytes))
    }

    /// How many items are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::new()
    }
}

fn place(item: Item) -> (usize, u8) {
    (item.index() / PLACES.len(), PLACES[item.index() % PLACES.len()])
}

impl Default for Capacities {
    fn default() -> Self {
        Self::new()
    }
}

impl From<BTreeMap<Item, u8>> for Capacities {
    fn from(all: BTreeMap<Item, u8>) -> Self {
        if all.values().any(|value| *value > MOST) {
            return Self(Held::Odd(Box::new(all)));
        }
        let mut packed = Self::new();
        for (item, value) in all {
            packed.insert(item, value);
        }
        packed
    }
}

impl FromIterator<(Item, u8)> for Capacities {
    fn from_iter<I: IntoIterator<Item = (Item, u8)>>(known: I) -> Self {
        let mut all = Self::new();
        for (item, value) in known {
            all.insert(item, value);
        }
        all
    }
}

impl<const N: usize> From<[(Item, u8); N]> for Capacities {
    fn from(known: [(Item, u8); N]) -> Self {
        known.into_iter().collect()
    }
}

impl fmt::Debug for Capacities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Capacities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Capacities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Capacities;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Capacities, A::Error> {
        let mut all = Capacities::new();
        while let Some((item, value)) = entries.next_entry()? {
            all.insert(item, value);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said() -> impl Strategy<Value = Vec<(Item, u8)>> {
        let value = prop_oneof![8 => 0..=MOST, 1 => MOST + 1..=u8::MAX];
        proptest::collection::vec((proptest::sample::select(Item::ALL), value), 0..40)
    }

    proptest! {
        #[test]
        fn capacities_are_a_map(said in said()) {
            let map: BTreeMap<Item, u8> = said.iter().copied().collect();
            let packed: Capacities = said.iter().copied().collect();
            prop_assert!(packed.iter().eq(map.iter().map(|(item, value)| (*item, *value))));
            prop_assert_eq!(packed.by_item().to_vec(), Item::ALL.iter().map(|it| map.get(it).copied()).collect::<Vec<_>>());
            prop_assert_eq!(&Capacities::of_items(&packed.by_item()), &packed);
            prop_assert_eq!((packed.len(), packed.is_empty()), (map.len(), map.is_empty()));
            prop_assert_eq!(&packed, &map.clone().into());
            let text = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(serde_json::to_string(&packed).unwrap(), text.clone());
            prop_assert_eq!(serde_json::from_str::<Capacities>(&text).unwrap(), packed);
        }
    }

    #[test]
    fn a_value_put_right_leaves_no_trace() {
        let mut known = Capacities::from([(Item::H1, 9)]);
        known.insert(Item::H1, 3);
        assert_eq!(known, Capacities::from([(Item::H1, 3)]));
        assert_eq!(size_of::<Capacities>(), 16);
    }
}
