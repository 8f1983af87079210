//! Function: item by item, demand against capacity after accommodations, never an average (docs/rules.md, Function).

use super::Judge;
use super::finding::{Finding, Found};
use crate::columns::{Need, Person, Post};
use crate::ids::{CandidateIx, OpeningIx};
use crate::words::{Datum, Item, RuleKind};

/// Capacity with the accommodations on offer; `None` = unknown.
fn raised(need: Need, capacity: Option<u8>) -> Option<u8> {
    let least = capacity.unwrap_or(0);
    let lifted = need.aids().filter(|(_, aid)| aid.from <= least).map(|(_, aid)| aid.to).max();
    match (capacity, lifted) {
        (Some(own), Some(lifted)) => Some(own.max(lifted)),
        (Some(own), None) => Some(own),
        (None, Some(lifted)) if lifted >= need.level => Some(lifted),
        (None, _) => None,
    }
}

/// Whether a capacity meets a need with the accommodations on offer; `None` = unknown.
pub(crate) fn closed(need: Need, capacity: Option<u8>) -> Option<bool> {
    raised(need, capacity).map(|raised| raised >= need.level)
}

fn capacity(person: &Person, need: Need) -> Option<u8> {
    person.capacity(need.item)
}

pub(super) fn say(person: &Person, post: &Post, say: &mut dyn FnMut(Finding)) {
    for need in post.needs().filter(|need| need.essential) {
        let capacity = capacity(person, need);
        let mut finding = match closed(need, capacity) {
            Some(true) => continue,
            Some(false) => {
                let found = raised(need, capacity).unwrap_or(0);
                let (found, asked) = (Found::Number(i64::from(found)), Found::Number(i64::from(need.level)));
                Finding::no(RuleKind::Function, found, asked)
            }
            None => Finding::unknown(RuleKind::Function, Datum::Capacity),
        };
        finding.item = Some(need.item);
        finding.safety = need.safety;
        say(finding);
    }
}

impl Judge<'_> {
    /// The accommodations that close what would otherwise be open, and the items to be talked over.
    pub(super) fn aids_and_hints(
        &self,
        candidate: CandidateIx,
        opening: OpeningIx,
        asked: bool,
    ) -> (Vec<&'static str>, Vec<Item>) {
        let (person, post) = (&self.columns.persons[candidate], &self.columns.posts[opening]);
        let (mut aids, mut hints) = (Vec::new(), Vec::new());
        for need in post.needs() {
            let capacity = capacity(person, need);
            if need.essential && asked {
                aids.extend(used(need, capacity));
            } else if !need.essential && closed(need, capacity) != Some(true) {
                hints.push(need.item);
            }
        }
        aids.sort_unstable();
        aids.dedup();
        (aids, hints)
    }
}

/// The accommodations that close a need which the person alone does not meet: every one that does.
fn used(need: Need, capacity: Option<u8>) -> impl Iterator<Item = &'static str> {
    let least = capacity.unwrap_or(0);
    let met = capacity.is_some_and(|own| own >= need.level);
    let closing = need.aids().filter(move |(_, aid)| !met && aid.from <= least && aid.to >= need.level);
    closing.map(|(id, _)| id)
}
