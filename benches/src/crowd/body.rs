//! What people can do, item by item, and which of it is known.

use std::collections::BTreeMap;

use anzhi::catalogue;
use anzhi::words::{Category, Item};

use super::home::Seeker;
use super::shares::PART_KNOWN;
use super::tables::Prior;
use crate::Dice;

/// The items that a person's classes touch, as far as they are known: what they do not touch is presumed, and nobody
/// asks for it.
pub(super) fn capacities(dice: &mut Dice, priors: &[Prior], seeker: &Seeker) -> BTreeMap<Item, u8> {
    let mut able = BTreeMap::new();
    for (class, level) in &seeker.classes {
        limit(dice, priors, (*class, *level), &mut able);
    }
    let kept = match dice
        .weighted([1000 - PART_KNOWN[0] - PART_KNOWN[1], PART_KNOWN[0], PART_KNOWN[1]].into_iter())
    {
        0 => 997,
        1 => 600,
        _ => 0,
    };
    able.retain(|_, _| dice.chance(kept));
    able
}

fn limit(dice: &mut Dice, priors: &[Prior], (class, level): (u8, u8), able: &mut BTreeMap<Item, u8>) {
    let of_class = || priors.iter().filter(|prior| prior.class == class);
    let mut parts: Vec<(&str, u32)> = of_class().map(|prior| (prior.part.as_str(), prior.share)).collect();
    parts.dedup();
    let drawn = parts.get(dice.weighted(parts.iter().map(|part| part.1))).map_or("", |part| part.0);
    let touched = category(class).map_or(&[][..], catalogue::touches);
    for item in touched {
        able.entry(*item).or_insert(4);
    }
    for prior in of_class().filter(|prior| prior.part == drawn) {
        let (least, most) = prior.left[usize::from(level.clamp(1, 4) - 1)];
        let value = u8::try_from(dice.between(least, most)).unwrap_or(4);
        let known = able.entry(prior.item).or_insert(4);
        *known = value.min(*known);
    }
}

/// The category of a class digit.
pub(super) fn category(digit: u8) -> Option<Category> {
    Category::ALL.get(usize::from(digit).checked_sub(1)?).copied()
}
