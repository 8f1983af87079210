//! What each way into a seat costs, and the judgement of every pair against it.

use std::collections::BTreeMap;

use super::verify::Sum;
use super::{Flaw, Priced, Prices};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Choice, Instance, LEVELS, LeafIx, Level, Unfilled, Whose, Worth};

/// The sums of the prices along the ways: from each leaf to the end, and of the sets that people are in.
pub(super) struct Tariff {
    leaves: Vec<Worth>,
    sets: Vec<Worth>,
}

impl Tariff {
    pub(super) fn of(instance: &Instance, prices: &Prices) -> Result<Self, Flaw> {
        let nesting = instance.nesting();
        let one = Worth::of(Level::Reserved, 1);
        let adds = |sum: &mut Sum, group: usize| {
            sum.add(&prices.caps[group], 1);
            let price = &prices.reserves[group];
            if instance.groups()[group].reserve > 0 && *price < one {
                sum.add(price, 1);
                sum.add(&one, -1);
            }
        };
        let around = |opening: OpeningIx| {
            let mut sum = Sum::default();
            std::iter::successors(nesting.around(opening), |&group| nesting.parent(group))
                .for_each(|group| adds(&mut sum, group));
            sum
        };
        let pool = |opening: OpeningIx| {
            let mut sum = around(opening);
            sum.add(&prices.openings[opening.get()], 1);
            sum
        };
        let mut leaves = Vec::with_capacity(nesting.leaf_count());
        for opening in (0..instance.seats().len()).map(OpeningIx::new) {
            leaves.push(small(&pool(opening), Priced::Opening(opening))?);
        }
        for (_, group) in nesting.group_leaves() {
            let opening = instance.groups()[group].openings.first().copied();
            let opening = opening.unwrap_or_else(|| OpeningIx::new(0));
            let mut sum = pool(opening);
            let chain: Vec<usize> =
                std::iter::successors(Some(group), |&group| nesting.parent(group)).collect();
            for &group in chain.iter().rev() {
                let it = &instance.groups()[group];
                if it.unfilled == Unfilled::LeftFree && it.reserve > 0 {
                    let mut past = around(opening);
                    past.add(&prices.reserves[group], 1);
                    past.add(&one, -1);
                    sum = sum.min(past);
                    sum.add(&prices.caps[group], 1);
                } else {
                    adds(&mut sum, group);
                }
            }
            leaves.push(small(&sum, Priced::Cap(group))?);
        }
        let mut sets = Vec::with_capacity(nesting.people_sets().len());
        for first in 0..nesting.people_sets().len() {
            let mut sum = Sum::default();
            let mut named = Priced::Cap(0);
            for set in std::iter::successors(Some(first), |&set| nesting.people_sets()[set].parent) {
                match nesting.people_sets()[set].whose {
                    Whose::Household(household) => {
                        named = Priced::Household(household);
                        sum.add(&prices.households[household.get()], 1);
                    }
                    Whose::Group(group) => {
                        named = Priced::Cap(group);
                        adds(&mut sum, group);
                    }
                }
            }
            sets.push(small(&sum, named)?);
        }
        Ok(Self { leaves, sets })
    }

    fn of_people(&self, instance: &Instance, candidate: CandidateIx) -> Worth {
        instance.nesting().person_set(candidate).map_or(Worth::ZERO, |set| self.sets[set])
    }

    /// What a placement is worth above the prices of its way.
    pub(super) fn surplus(
        &self,
        instance: &Instance,
        candidate: CandidateIx,
        (leaf, choice): (LeafIx, &Choice),
        scored: bool,
    ) -> Worth {
        let tier = instance.candidates()[candidate.get()].tier;
        let mut worth = Worth::of(Level::Tier(tier), 1);
        if scored {
            worth += Worth::of(Level::Score, i64::from(choice.score()));
            worth += Worth::of(Level::Kept, i64::from(instance.kept(candidate) == Some(choice.opening())));
        }
        worth - self.leaves[leaf.get()] - self.of_people(instance, candidate)
    }
}

fn small(sum: &Sum, of: Priced) -> Result<Worth, Flaw> {
    sum.small().ok_or(Flaw::PriceTooLarge { of })
}

/// Levels above the score.
const HEAD: usize = LEVELS - 2;
type Head = [i64; HEAD];

fn cut(worth: &Worth) -> (Head, i64, i64) {
    let [head @ .., score, kept] = *worth.levels();
    (head, score, kept)
}

/// Terms of the inequality of a pair, split so that a pair needs one look-up and one sum: few distinct numbers stand
/// above the score, so these are compared once for each two of them.
pub(super) struct Terms<'a> {
    tariff: &'a Tariff,
    scored: bool,
    heads: Vec<Head>,
    numbers: BTreeMap<Head, u32>,
    /// By leaf: the number of the head of its price, and of that negated; the tail.
    leaves: Vec<(u32, u32, i64, i64)>,
    /// By two heads: how their sum compares with nothing, as far as it was asked.
    signs: Signs,
}

/// What is known of the sums of two heads.
#[derive(Default)]
struct Signs {
    rows: Vec<Vec<i8>>,
    /// How many there is room for.
    room: usize,
}

/// No more than this many are kept: prices of a file may be as different as they like.
const MOST_SIGNS: usize = 1 << 26;

impl Signs {
    fn row(&mut self, heads: &[Head], head: u32) -> &mut [i8] {
        let head = head as usize;
        let known = self.rows.get(head).map_or(0, Vec::len);
        if known < heads.len() {
            self.room += heads.len() - known;
            if self.room > MOST_SIGNS {
                self.rows.clear();
                self.room = heads.len();
            }
            self.rows.resize_with(self.rows.len().max(head + 1), Vec::new);
            self.rows[head].resize(heads.len(), UNKNOWN);
        }
        &mut self.rows[head]
    }
}

const UNKNOWN: i8 = 2;

impl<'a> Terms<'a> {
    pub(super) fn new(tariff: &'a Tariff, scored: bool) -> Self {
        let mut terms = Self {
            tariff,
            scored,
            heads: Vec::new(),
            numbers: BTreeMap::new(),
            leaves: Vec::with_capacity(tariff.leaves.len()),
            signs: Signs::default(),
        };
        for price in &tariff.leaves {
            let (head, score, kept) = cut(price);
            let numbers = (terms.number(head), terms.number(head.map(|level| -level)), score, kept);
            terms.leaves.push(numbers);
        }
        terms
    }

    fn number(&mut self, head: Head) -> u32 {
        let next = u32::try_from(self.heads.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(head).or_insert(next);
        if number == next {
            self.heads.push(head);
        }
        number
    }

    /// Checks that no pair of a candidate is worth more than what they have and the prices of the pair's way together.
    pub(super) fn judge(
        &mut self,
        instance: &Instance,
        candidate: CandidateIx,
        at: Option<(LeafIx, &Choice)>,
    ) -> Result<(), Flaw> {
        let kept = if self.scored { instance.kept(candidate) } else { None };
        // what the candidate has, plus the prices of their sets, less their tier: of a placed one, both cancel out
        let (head, mut score, mut keeps) = if let Some((leaf, choice)) = at {
            let (_, negated, score, keeps) = self.leaves[leaf.get()];
            let is_kept = i64::from(kept == Some(choice.opening()));
            let own = if self.scored { i64::from(choice.score()) } else { 0 };
            (negated, own - score, is_kept - keeps)
        } else {
            let tier = instance.candidates()[candidate.get()].tier;
            let rest = self.tariff.of_people(instance, candidate) - Worth::of(Level::Tier(tier), 1);
            let (head, score, keeps) = cut(&rest);
            (self.number(head), score, keeps)
        };
        // prices of sets cancel out for a placed candidate, as both sides have them
        (score, keeps) = (score.clamp(-(1 << 61), 1 << 61), keeps.clamp(-(1 << 61), 1 << 61));
        let seats = instance.seats();
        let Self { scored, heads, leaves, signs, .. } = self;
        let signs = signs.row(heads, head);
        for (leaf, choice) in instance.entries(candidate) {
            let (number, _, more, more_keeps) = leaves[leaf.get()];
            let sign = match signs[number as usize] {
                UNKNOWN => {
                    let sign = sign(&heads[head as usize], &heads[number as usize]);
                    signs[number as usize] = sign;
                    sign
                }
                sign => sign,
            };
            let own = if *scored { i64::from(choice.score()) } else { 0 };
            let is_kept = i64::from(kept == Some(choice.opening()));
            let (rest, rest_keeps) = (score + more - own, keeps + more_keeps - is_kept);
            let short = (sign < 0) | (sign == 0) & ((rest < 0) | (rest == 0) & (rest_keeps < 0));
            if short && seats[choice.opening().get()] > 0 {
                return Err(Flaw::NotCovered { candidate, opening: choice.opening() });
            }
        }
        Ok(())
    }
}

/// How the sum of two heads compares with nothing.
fn sign(one: &Head, other: &Head) -> i8 {
    let sums = one.iter().zip(other).map(|(one, other)| one + other);
    match sums.into_iter().find(|&sum| sum != 0) {
        None => 0,
        Some(sum) if sum > 0 => 1,
        Some(_) => -1,
    }
}
