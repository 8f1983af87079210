//! Function, item by item (docs/rules.md, "Function").

use super::Pair;
use super::answer::{Answer, every};
use crate::catalogue::{Accommodation, Closes, accommodations, is_safety, touches};
use crate::input::{CandidateRecord, Demand, OpeningRecord};
use crate::words::{Category, Item, PersonKind};

/// The capacity of somebody who is not limited.
const FULL: u8 = 4;

/// Whether the person can do the work.
pub(super) struct Fit {
    /// *and* over the demands that count.
    pub(super) answer: Answer,
    /// Ids of the offered accommodations without which a demand that counts is not met; sorted.
    pub(super) needed: Vec<String>,
}

pub(super) fn fit(pair: Pair<'_>) -> Fit {
    let counts = |it: &&Demand| it.level > 0 && !it.suggested && !it.marginal;
    let mut answers = Vec::new();
    let mut needed = Vec::new();
    for demand in pair.opening.demands.iter().filter(counts) {
        let own = capacity(pair.candidate, demand.item);
        let helps = helps(pair.opening, *demand, own);
        let raised = helps.iter().map(|(_, to)| *to).max().unwrap_or(0);
        answers.push(meets(own, raised, demand.level));
        if own.is_none_or(|own| own < demand.level) {
            let closing = helps.iter().filter(|(_, to)| *to >= demand.level);
            needed.extend(closing.map(|(it, _)| it.id.clone()));
        }
    }
    needed.sort();
    needed.dedup();
    Fit { answer: every(answers), needed }
}

fn meets(own: Option<u8>, raised: u8, demand: u8) -> Answer {
    if raised >= demand {
        return Some(true);
    }
    own.map(|own| own >= demand)
}

fn capacity(person: &CandidateRecord, item: Item) -> Option<u8> {
    if let Some(stated) = person.capacities.get(item) {
        return Some(stated);
    }
    if person.kind == PersonKind::FamilyMember {
        return Some(FULL);
    }
    let certificate = person.certificate.as_ref()?;
    let touched = if certificate.category == Category::Multiple && !certificate.constituents.is_empty() {
        certificate.constituents.iter().any(|class| touches(class).contains(&item))
    } else {
        touches(certificate.category).contains(&item)
    };
    (!touched).then_some(FULL)
}

/// The offered accommodations that help this person with this demand, each with the capacity it raises to.
fn helps(opening: &OpeningRecord, demand: Demand, own: Option<u8>) -> Vec<(&'static Accommodation, u8)> {
    let safety = demand.safety || is_safety(demand.item);
    let helps =
        |it: &&Closes| it.item == demand.item && it.from <= own.unwrap_or(0) && (it.hazard || !safety);
    let offered = accommodations().iter().filter(|it| opening.accommodations.iter().any(|id| *id == *it.id));
    offered.flat_map(|it| it.closes.iter().filter(helps).map(move |closes| (it, closes.to))).collect()
}
