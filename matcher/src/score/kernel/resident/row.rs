//! All pairs of one person, judged and scored at once.

use super::super::places::Traveller;
use super::Resident;
use super::offers::{Earned, Offers, skill_points};
use super::openings::{Commute, Opening};
use super::people::Card;
use super::rankings::Entry;
use super::set::Set;
use crate::rules::Answer;
use crate::score::points::FULL;
use crate::words::Criterion;

/// The pairs of one side that are not barred: eligible, unresolved.
pub(super) type Row = [Vec<Entry>; 2];

pub(super) const ELIGIBLE: usize = 0;
pub(super) const UNRESOLVED: usize = 1;

impl Resident {
    /// A person at every opening, by slot.
    pub(super) fn row_of_person(&self, slot: usize) -> Row {
        let mut row = Row::default();
        let Some(card) = self.people.card(slot) else { return row };
        let scorer = ToPerson::new(self, slot, card);
        let [mut no, mut unknown] = [Set::default(), Set::default()];
        for (condition, answer) in self.facets.unmet(&self.facets.classes_at(slot)) {
            let set = if answer == Answer::No { &mut no } else { &mut unknown };
            set.add(&condition.asking);
        }
        let refused = card.refused.iter().filter_map(|id| self.openings.slot(id));
        for slot in refused.filter(|slot| self.openings.at(*slot).is_some_and(|it| it.asks_refusal)) {
            no.put(slot);
        }
        for slot in self.openings.open.without(&no).slots() {
            let Some(opening) = self.openings.at(slot) else { continue };
            let standing = match opening.way(&card.way) {
                Answer::No => continue,
                Answer::Unknown => UNRESOLVED,
                Answer::Yes if unknown.has(slot) => UNRESOLVED,
                Answer::Yes => ELIGIBLE,
            };
            row[standing].push(Entry::new(slot, scorer.score(opening), self.opening_stamps.of(slot)));
        }
        row
    }
}

impl Opening {
    pub(super) fn way(&self, traveller: &Traveller) -> Answer {
        if self.commute == Commute::Limited { traveller.answer(&self.place) } else { Answer::Yes }
    }

    pub(super) fn points_of_commute(&self, traveller: &Traveller) -> u8 {
        if self.commute == Commute::None { FULL } else { traveller.points(&self.place) }
    }
}

/// Scores one person everywhere.
struct ToPerson<'a> {
    offers: &'a Offers,
    way: &'a Traveller,
    earned: Earned,
    /// By trade on offer.
    trades: Vec<i16>,
    /// By what is wanted.
    credits: Vec<u8>,
    priority: i16,
}

impl<'a> ToPerson<'a> {
    fn new(resident: &'a Resident, slot: usize, card: &'a Card) -> Self {
        let (offers, facts) = (&resident.offers, &resident.people.facts[slot]);
        let priority = if card.priority { FULL } else { 0 };
        Self {
            offers,
            way: &card.way,
            earned: offers.to(facts.grades),
            trades: offers.wishes_to(facts.wishes),
            credits: resident.near.credits(facts.held()),
            priority: offers.worth(Criterion::Priority, priority),
        }
    }

    fn score(&self, opening: &Opening) -> i16 {
        let graded: i16 = self.earned.iter().zip(opening.grades).map(|(table, of)| table[of as usize]).sum();
        let trade = self.trades[opening.trade as usize];
        let earned =
            opening.wanted.iter().map(|(skill, weight)| weight * u32::from(self.credits[*skill as usize]));
        let skills = skill_points(earned.sum(), opening.weights);
        let commute = opening.points_of_commute(self.way);
        graded
            + trade
            + self.offers.worth(Criterion::Skills, skills)
            + self.offers.worth(Criterion::Commute, commute)
            + self.priority
    }
}
