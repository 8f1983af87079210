//! Tables that ship with the engine: the functional items, the accommodations, and what each class touches.
//!
//! Data, not code (`matcher/data/*.toml`, sources beside them). They are compiled in and read once.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::{Category, Item};

/// One of the 33 functional items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemInfo {
    /// Which item.
    pub item: Item,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Whether every demand on it concerns safety.
    pub safety: bool,
}

/// An accommodation (合理便利) that an employer can offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accommodation {
    /// The id used in documents.
    pub id: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Other words for it in adverts.
    pub aliases: Vec<String>,
    /// The items on which it raises what a person can do.
    pub closes: Vec<Closes>,
}

/// What an accommodation does on one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closes {
    /// Which item.
    pub item: Item,
    /// Capacity is raised to at least this, 1–4.
    pub to: u8,
    /// The least capacity on which it helps, 0–4.
    pub from: u8,
    /// Whether it also answers for the hazard of a safety demand.
    pub hazard: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    item: Vec<ItemRow>,
}

#[derive(Deserialize)]
struct ItemRow {
    id: Item,
    zh: String,
    en: String,
    safety: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccommodationsFile {
    accommodation: Vec<AccommodationRow>,
}

#[derive(Deserialize)]
struct AccommodationRow {
    id: String,
    zh: String,
    en: String,
    #[serde(default)]
    aliases: Vec<String>,
    closes: Vec<ClosesRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosesRow {
    item: Item,
    to: u8,
    #[serde(default)]
    from: u8,
    #[serde(default)]
    hazard: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassesFile {
    class: Vec<ClassRow>,
}

#[derive(Deserialize)]
struct ClassRow {
    name: Category,
    items: Vec<Item>,
}

/// A table of the crate itself: a fault in it is a fault of the build, and a test reads every one.
#[expect(clippy::expect_used, reason = "the text is compiled in, and `tables_read` reads it")]
fn read<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    toml::from_str(text).expect("a table that ships with the crate")
}

static ITEMS: LazyLock<Vec<ItemInfo>> = LazyLock::new(|| {
    let file: ItemsFile = read(include_str!("../data/items.toml"));
    let rows = file.item.into_iter();
    rows.map(|row| ItemInfo { item: row.id, zh: row.zh, en: row.en, safety: row.safety }).collect()
});

static ACCOMMODATIONS: LazyLock<Vec<Accommodation>> = LazyLock::new(|| {
    let file: AccommodationsFile = read(include_str!("../data/accommodations.toml"));
    let mut rows: Vec<_> = file.accommodation.into_iter().map(accommodation).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
});

static CLASSES: LazyLock<Vec<(Category, Vec<Item>)>> = LazyLock::new(|| {
    let file: ClassesFile = read(include_str!("../data/class_items.toml"));
    file.class.into_iter().map(|row| (row.name, row.items)).collect()
});

fn closes(row: &ClosesRow) -> Closes {
    Closes { item: row.item, to: row.to, from: row.from, hazard: row.hazard }
}

fn accommodation(row: AccommodationRow) -> Accommodation {
    let closes = row.closes.iter().map(closes).collect();
    Accommodation { id: row.id, zh: row.zh, en: row.en, aliases: row.aliases, closes }
}

/// The 33 items, in the order of [`Item::ALL`].
#[must_use]
pub fn items() -> &'static [ItemInfo] {
    &ITEMS
}

/// Whether every demand on the item concerns safety.
#[must_use]
pub fn is_safety(item: Item) -> bool {
    ITEMS.get(item.index()).is_some_and(|info| info.safety)
}

/// Every accommodation, in order of id.
#[must_use]
pub fn accommodations() -> &'static [Accommodation] {
    &ACCOMMODATIONS
}

/// The accommodation with this id.
#[must_use]
pub fn accommodation_by_id(id: &str) -> Option<&'static Accommodation> {
    accommodation_place(id).and_then(|at| ACCOMMODATIONS.get(at))
}

/// The place of an accommodation among [`accommodations`].
pub(crate) fn accommodation_place(id: &str) -> Option<usize> {
    ACCOMMODATIONS.binary_search_by(|it| it.id.as_str().cmp(id)).ok()
}

/// The items that a category touches: on these an empty capacity is unknown, on all others it is presumed full.
/// [`Category::Multiple`] stands for a certificate whose constituents are unknown.
#[must_use]
pub fn touches(category: Category) -> &'static [Item] {
    let row = CLASSES.iter().find(|(name, _)| *name == category);
    row.map_or(Item::ALL, |(_, items)| items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_read() {
        let order: Vec<_> = items().iter().map(|info| info.item).collect();
        assert_eq!(order, Item::ALL);
        assert!(is_safety(Item::N3));
        assert_eq!(CLASSES.len(), Category::ALL.len());
        assert_eq!(touches(Category::Multiple).len(), Item::ALL.len());
        let closes = accommodations().iter().flat_map(|it| &it.closes);
        assert!(closes.clone().count() > 20 && closes.clone().all(|it| (1..=4).contains(&it.to)));
        assert!(accommodations().len() < 64, "columns hold them as bits");
        for it in accommodations() {
            assert_eq!(accommodation_by_id(&it.id), Some(it));
        }
    }
}
