//! What people can do: functional items drawn consistently with class and level, then partly recorded.

use anzhi::words::Item;
use serde::Deserialize;

use super::facts::{Facts, ProfileShares};
use super::random::Rng;

/// The items that every registration should hold (domain study 8.3).
const MINIMUM: [&str; 12] = ["P2", "M1", "M3", "U2", "S1", "E1", "V1", "H1", "K1", "C1", "O2", "T2"];

/// What a class at each level usually leaves of an item, `least-most` (after domain study 8.4, spread by hand);
/// `part` tells apart the ways in which one class may be lived with, `share` how often each occurs.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Prior {
    pub class: u8,
    part: String,
    share: u32,
    item: String,
    level1: String,
    level2: String,
    level3: String,
    level4: String,
}

impl Prior {
    fn range(&self, level: u8) -> (u32, u32) {
        let text = match level {
            1 => &self.level1,
            2 => &self.level2,
            3 => &self.level3,
            _ => &self.level4,
        };
        range(text).unwrap_or((4, 4))
    }
}

/// Two whole numbers with a hyphen between them.
pub(super) fn range(text: &str) -> Option<(u32, u32)> {
    let (least, most) = text.split_once('-')?;
    Some((least.parse().ok()?, most.parse().ok()?))
}

/// The 33 capacities of a person with these classes at these levels, in the order of [`Item::ALL`]: for several
/// classes the least of each item.
pub(super) fn capacities(rng: &mut Rng, facts: &Facts, classes: &[(u8, u8)], age: u32) -> Vec<u32> {
    let mut able: Vec<u32> = Item::ALL.iter().map(|_| 4).collect();
    for (class, level) in classes {
        limit(rng, &facts.priors, (*class, *level), &mut able);
    }
    for (at, item) in Item::ALL.iter().enumerate() {
        let wears = matches!(item, Item::S1 | Item::E1 | Item::P3) && age >= 50;
        if able[at] > 2 && rng.chance(if wears { 300 } else { 40 }) {
            able[at] -= 1;
        }
    }
    able
}

fn limit(rng: &mut Rng, priors: &[Prior], (class, level): (u8, u8), able: &mut [u32]) {
    let mut parts: Vec<(&str, u32)> = priors
        .iter()
        .filter(|prior| prior.class == class)
        .map(|prior| (prior.part.as_str(), prior.share))
        .collect();
    parts.dedup();
    let shares: Vec<u32> = parts.iter().map(|part| part.1).collect();
    let Some((part, _)) = parts.get(rng.weighted(&shares)) else { return };
    for prior in priors.iter().filter(|prior| prior.class == class && prior.part == *part) {
        let (least, most) = prior.range(level);
        let value = rng.between(least, most);
        if let Some(at) = Item::ALL.iter().position(|item| item.as_str() == prior.item) {
            able[at] = able[at].min(value);
        }
    }
}

/// Which of the items a registration holds: all, the minimum, a part of the minimum, or none.
pub(super) fn recorded(rng: &mut Rng, shares: &ProfileShares) -> Vec<Item> {
    let rest = 1000_u32.saturating_sub(shares.full + shares.minimum + shares.part);
    let minimum = || Item::ALL.iter().copied().filter(|item| MINIMUM.contains(&item.as_str()));
    match rng.weighted(&[shares.full, shares.minimum, shares.part, rest]) {
        0 => Item::ALL.to_vec(),
        1 => {
            let hazard = rng.chance(shares.hazard_with_minimum).then_some(Item::N3);
            minimum().chain(hazard).collect()
        }
        2 => minimum().filter(|_| rng.chance(550)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_follows_class_and_level_and_leaves_the_rest() {
        let facts = Facts::read().expect("the tables");
        for number in 0..200 {
            let mut rng = Rng::of("body", "test", number);
            let of = |able: &[u32], item: Item| able[item.index()];
            let deaf = capacities(&mut rng, &facts, &[(2, 1)], 30);
            assert_eq!((of(&deaf, Item::H1), of(&deaf, Item::H2)), (0, 0));
            assert!(of(&deaf, Item::M1) >= 3 && of(&deaf, Item::V1) >= 3);
            let both = capacities(&mut rng, &facts, &[(2, 4), (5, 2)], 30);
            assert!(of(&both, Item::H1) == 3 || of(&both, Item::H1) == 2);
            assert!(of(&both, Item::C1) <= 1);
        }
    }
}
