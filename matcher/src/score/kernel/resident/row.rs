//! All pairs of one opening, or of one person, judged and scored at once.

use super::super::bits::{Bits, LANES};
use super::super::cells::Block;
use super::super::places::{Fix, Traveller, points_at, root};
use super::offers::{Earned, Offers, skill_points};
use super::openings::{Commute, Opening};
use super::people::{Facts, Tile};
use super::rankings::{Entry, Rankings};
use super::set::Set;
use super::{Resident, kept};
use crate::rules::Answer;
use crate::score::points::{FULL, NEUTRAL};
use crate::words::Criterion;

/// The pairs of one side that are not barred: eligible, unresolved.
pub(super) type Row = [Vec<Entry>; 2];

const ELIGIBLE: usize = 0;
const UNRESOLVED: usize = 1;

impl Resident {
    /// The pairs of an opening, by slot of the person: all that may be among its own best, and all that may enter the lists of
    /// people, if these are given.
    pub(super) fn row_of_opening(&self, slot: usize, lists: Option<&[Rankings; 2]>) -> Row {
        let mut row = Row::default();
        let Some(opening) = self.openings.at(slot).filter(|it| !it.is_closed) else { return row };
        let scorer = AtOpening::new(self, opening);
        let point = opening.point();
        let mut tops = [Top::new(kept(self.count)), Top::new(kept(self.count))];
        let mut refusers = self.refusers_of(opening).peekable();
        for (tile, people) in self.people.tiles.iter().enumerate() {
            let mut no = !people.present;
            while let Some(slot) = refusers.next_if(|slot| slot / LANES == tile) {
                no.put(slot % LANES);
            }
            if opening.is_beyond(people) {
                continue;
            }
            let mut unknown = Bits::NONE;
            for condition in &opening.program {
                let said = &self.facets.conditions[*condition].said[tile];
                no |= said.no;
                unknown |= said.unknown;
            }
            let commute = self.offers.worth(Criterion::Commute, opening.most_points(people));
            for lane in (!no).lanes() {
                let slot = tile * LANES + lane;
                let near = point.and_then(|point| people.spots[lane].answer(point));
                let standing = match near.unwrap_or_else(|| opening.way(&self.people.ways[slot])) {
                    Answer::No => continue,
                    Answer::Unknown => UNRESOLVED,
                    Answer::Yes if unknown.has(lane) => UNRESOLVED,
                    Answer::Yes => ELIGIBLE,
                };
                let theirs = lists.map_or(i16::MAX, |lists| lists[standing].floor(slot));
                let floor = tops[standing].floor.min(theirs);
                if let Some(score) = scorer.score(slot, floor, commute) {
                    tops[standing].offer(score);
                    row[standing].push(Entry::new(slot, score));
                }
            }
        }
        row
    }

    /// The slots of those who refuse an opening, ascending.
    fn refusers_of(&self, opening: &Opening) -> impl Iterator<Item = usize> {
        let known = self.refusers.get(&opening.id).filter(|_| opening.asks_refusal);
        let mut slots = known.cloned().unwrap_or_default();
        slots.sort_unstable();
        slots.into_iter()
    }

    /// A person at every opening, by slot.
    pub(super) fn row_of_person(&self, slot: usize) -> Row {
        let mut row = Row::default();
        let Some(card) = self.people.card(slot) else { return row };
        let scorer = ToPerson::new(self, &self.people.facts[slot], &card.way);
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
            row[standing].push(Entry::new(slot, scorer.score(opening)));
        }
        row
    }
}

impl Opening {
    fn way(&self, traveller: &Traveller) -> Answer {
        if self.commute == Commute::Limited { traveller.answer(&self.place) } else { Answer::Yes }
    }

    fn points_of_commute(&self, traveller: &Traveller) -> u8 {
        if self.commute == Commute::None { FULL } else { traveller.points(&self.place) }
    }

    /// Where it lies, if the rule `commute` is asked and a distance answers it.
    fn point(&self) -> Option<[i32; 3]> {
        (self.commute == Commute::Limited && self.place.fix == Fix::Exact).then_some(self.place.at)
    }

    /// The square of the distance to the nearest of a tile, if all places are exact.
    fn square_to(&self, tile: &Tile) -> Option<u64> {
        let block = tile.exact_block().filter(|_| self.place.fix == Fix::Exact)?;
        Some(block.squares_to(&Block::at(self.place.at)).0)
    }

    /// Whether all of a tile live too far away.
    fn is_beyond(&self, tile: &Tile) -> bool {
        let limit = tile.limit.filter(|_| self.commute == Commute::Limited);
        limit.zip(self.square_to(tile)).is_some_and(|(limit, square)| square >= limit)
    }

    /// The most points of the criterion `commute` that anybody of a tile can earn.
    fn most_points(&self, tile: &Tile) -> u8 {
        let square = self.square_to(tile).filter(|_| self.commute != Commute::None);
        square.map_or(FULL, |square| points_at(root(square), tile.scale))
    }
}

/// The best scores so far.
struct Top {
    most: usize,
    scores: Vec<i16>,
    /// Nothing below it is among the best.
    floor: i16,
}

impl Top {
    const fn new(most: usize) -> Self {
        Self { most, scores: Vec::new(), floor: i16::MIN }
    }

    fn offer(&mut self, score: i16) {
        if score < self.floor || self.most == 0 {
            return;
        }
        self.scores.push(score);
        if self.scores.len() >= 2 * self.most {
            let (_, least, _) = self.scores.select_nth_unstable_by(self.most - 1, |a, b| b.cmp(a));
            self.floor = *least;
            self.scores.truncate(self.most);
        }
    }
}

/// Scores everybody at one opening.
struct AtOpening<'a> {
    resident: &'a Resident,
    opening: &'a Opening,
    earned: Earned,
    /// By trade wished.
    trades: Option<&'a [i16]>,
    /// By wanted skill, then by what is held.
    credits: Vec<Vec<u8>>,
    /// The most that the criterion `skills` can be worth.
    skills: i16,
    neutral: i16,
    priority: i16,
}

impl<'a> AtOpening<'a> {
    fn new(resident: &'a Resident, opening: &'a Opening) -> Self {
        let offers = &resident.offers;
        let most = if opening.weights == 0 { NEUTRAL } else { FULL };
        Self {
            resident,
            opening,
            earned: offers.at(opening.grades),
            trades: opening.trade.map(|trade| offers.wishes_at(trade)),
            credits: resident.near.asked(&opening.wanted),
            skills: offers.worth(Criterion::Skills, most),
            neutral: offers.worth(Criterion::Occupation, NEUTRAL),
            priority: offers.worth(Criterion::Priority, FULL),
        }
    }

    /// The score of a person; `None` where it is below `floor`, `commute` being the most that this criterion can be worth.
    fn score(&self, slot: usize, floor: i16, commute: i16) -> Option<i16> {
        let offers = &self.resident.offers;
        let facts = &self.resident.people.facts[slot];
        let graded: i16 = self.earned.iter().zip(facts.grades).map(|(table, of)| table[of as usize]).sum();
        let wished = self.trades.and_then(|table| facts.wishes().iter().map(|it| table[*it as usize]).max());
        let priority = if facts.priority { self.priority } else { 0 };
        let known = graded + wished.unwrap_or(self.neutral) + priority;
        if known + self.skills + commute < floor {
            return None;
        }
        let known = known + offers.worth(Criterion::Skills, self.skill_points(facts));
        if known + commute < floor {
            return None;
        }
        let points = self.opening.points_of_commute(&self.resident.people.ways[slot]);
        Some(known + offers.worth(Criterion::Commute, points)).filter(|score| *score >= floor)
    }

    fn skill_points(&self, facts: &Facts) -> u8 {
        let earned = self.opening.wanted.iter().zip(&self.credits).map(|((_, weight), credits)| {
            let best = facts.held().map(|skill| credits[skill as usize]).max();
            weight * u32::from(best.unwrap_or(0))
        });
        skill_points(earned.sum(), self.opening.weights)
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
    neutral: i16,
    priority: i16,
}

impl<'a> ToPerson<'a> {
    fn new(resident: &'a Resident, facts: &Facts, way: &'a Traveller) -> Self {
        let offers = &resident.offers;
        let priority = if facts.priority { FULL } else { 0 };
        Self {
            offers,
            way,
            earned: offers.to(facts.grades),
            trades: offers.wishes_to(facts.wishes()),
            credits: resident.near.credits(facts.held()),
            neutral: offers.worth(Criterion::Occupation, NEUTRAL),
            priority: offers.worth(Criterion::Priority, priority),
        }
    }

    fn score(&self, opening: &Opening) -> i16 {
        let graded: i16 = self.earned.iter().zip(opening.grades).map(|(table, of)| table[of as usize]).sum();
        let trade = opening.trade.map_or(self.neutral, |trade| self.trades[trade as usize]);
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
