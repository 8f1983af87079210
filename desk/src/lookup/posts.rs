//! Usual kinds of post, and what their work usually asks of function.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anzhi::input::Demand;
use anzhi::words::Item;
use serde::Deserialize;

use super::key;

/// One kind of post with the demands that the table suggests.
struct Kind {
    name: String,
    occupation: String,
    demands: BTreeMap<Item, Demand>,
}

#[derive(Deserialize)]
struct Row {
    kind: String,
    occupation: String,
    item: Item,
    level: u8,
    safety: String,
    marginal: String,
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    for row in super::rows::<Row>(include_str!("../../data/demands.csv")) {
        let name = key(&row.kind);
        let kind = kinds.entry(name.clone()).or_insert_with(|| Kind {
            name,
            occupation: row.occupation.clone(),
            demands: BTreeMap::new(),
        });
        let (safety, marginal) = (row.safety == "yes", row.marginal == "yes");
        let demand = Demand { item: row.item, level: row.level, safety, marginal, suggested: true };
        kind.demands.insert(row.item, demand);
    }
    kinds.into_values().collect()
});

/// What the table suggests for an opening, in the order of the items: of the kind of post with the longest name that
/// stands in the title, else what all kinds of the occupation ask in common (the least level of each). Empty where
/// nothing is known. Every demand is marked as suggested.
pub fn suggested_demands(title: &str, occupation: Option<&str>) -> Vec<Demand> {
    let title = key(title);
    let named = KINDS.iter().filter(|kind| title.contains(&kind.name));
    let named = named.filter(|kind| occupation.is_none_or(|code| code == kind.occupation));
    if let Some(kind) = named.max_by_key(|kind| (kind.name.chars().count(), &kind.name)) {
        return kind.demands.values().copied().collect();
    }
    let of_occupation = || KINDS.iter().filter(|kind| Some(kind.occupation.as_str()) == occupation);
    let first = of_occupation().next();
    let items = first.into_iter().flat_map(|kind| kind.demands.keys());
    items
        .filter_map(|item| {
            let every: Option<Vec<&Demand>> = of_occupation().map(|kind| kind.demands.get(item)).collect();
            every?.into_iter().min_by_key(|demand| demand.level).copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(demands: &[Demand], item: Item) -> Option<u8> {
        demands.iter().find(|demand| demand.item == item).map(|demand| demand.level)
    }

    #[test]
    fn the_compiled_in_table_is_whole() {
        let rows: usize = KINDS.iter().map(|kind| kind.demands.len()).sum();
        assert_eq!(rows, include_str!("../../data/demands.csv").lines().count() - 1);
    }

    #[test]
    fn a_title_goes_before_its_occupation() {
        let cleaner = suggested_demands("社区保洁员", Some("4-09-08-01"));
        assert_eq!(level(&cleaner, Item::P2), Some(3));
        assert!(cleaner.iter().all(|demand| demand.suggested));
        let any = suggested_demands("扫地", Some("4-09-08-01"));
        assert!(!any.is_empty() && any.len() <= cleaner.len());
        assert!(any.iter().all(|demand| level(&cleaner, demand.item) >= Some(demand.level)));
        assert!(suggested_demands("无", None).is_empty());
        assert!(suggested_demands("保洁员", Some("2-02-07-01")).is_empty());
    }
}
