//! The judgement of every pair against what its way costs.

use std::collections::BTreeMap;

use super::Flaw;
use super::tariff::Tariff;
use crate::ids::CandidateIx;
use crate::instance::{Choice, Instance, LEVELS, LeafIx, Level, Worth};

/// Levels above the score.
const HEAD: usize = LEVELS - 2;
type Head = [i64; HEAD];

fn cut(worth: &Worth) -> (Head, i64, i64) {
    let [head @ .., score, kept] = *worth.levels();
    (head, score, kept)
}

/// The distinct numbers above the score: few, so that each stands for a row of what is known of it.
#[derive(Clone, Default)]
struct Heads {
    list: Vec<Head>,
    numbers: BTreeMap<Head, u32>,
}

impl Heads {
    fn number(&mut self, head: Head) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(head).or_insert(next);
        if number == next {
            self.list.push(head);
        }
        number
    }
}

/// The price of a leaf as most pairs read it: in eight bytes.
#[derive(Clone, Copy)]
struct Near {
    /// The number of the head.
    head: u32,
    /// The score, or [`FAR`] where that does not say it all.
    score: i32,
}

const FAR: i32 = i32::MIN;

/// The prices of all leaves, split so that a pair needs one look-up and one sum.
pub(super) struct Leaves<'a> {
    tariff: &'a Tariff,
    heads: Heads,
    /// The numbers of the heads of prices negated.
    negated: Vec<u32>,
    near: Vec<Near>,
    far: Vec<(i64, i64)>,
}

impl<'a> Leaves<'a> {
    pub(super) fn of(tariff: &'a Tariff) -> Self {
        let mut heads = Heads::default();
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for price in &tariff.leaves {
            let (head, score, kept) = cut(price);
            let short = i32::try_from(score).ok().filter(|_| kept == 0).unwrap_or(FAR);
            near.push(Near { head: heads.number(head), score: short });
            far.push((score, kept));
        }
        let of_prices = heads.list.clone().into_iter();
        let negated = of_prices.map(|head| heads.number(head.map(|level| -level))).collect();
        Self { tariff, heads, negated, near, far }
    }

    fn price(&self, leaf: LeafIx) -> Worth {
        let near = self.near[leaf.get()];
        let (score, kept) = self.tail(leaf, near);
        let mut levels = [0; LEVELS];
        levels[..HEAD].copy_from_slice(&self.heads.list[near.head as usize]);
        (levels[HEAD], levels[HEAD + 1]) = (score, kept);
        Worth::from_levels(levels)
    }

    fn tail(&self, leaf: LeafIx, near: Near) -> (i64, i64) {
        if near.score == FAR { self.far[leaf.get()] } else { (i64::from(near.score), 0) }
    }
}

/// Terms of the inequality of a pair: heads are compared once for each two of them.
pub(super) struct Terms<'a> {
    leaves: &'a Leaves<'a>,
    scored: bool,
    heads: Heads,
    signs: Signs,
}

/// How the sums of two heads compare with nothing, as far as it was asked.
#[derive(Default)]
struct Signs {
    rows: Vec<Vec<i8>>,
}

/// Prices of a file may be as different as they like; those of the solver have few heads.
const MOST_HEADS: usize = 1 << 10;
const UNKNOWN: i8 = 2;

impl Signs {
    /// What is known of a head; nothing is kept where heads are many, so that time and room stay in bounds.
    fn row(&mut self, heads: &[Head], head: u32) -> &mut [i8] {
        if heads.len() > MOST_HEADS {
            return &mut [];
        }
        let head = head as usize;
        if self.rows.len() <= head {
            self.rows.resize_with(head + 1, Vec::new);
        }
        let row = &mut self.rows[head];
        row.resize(heads.len(), UNKNOWN);
        row
    }
}

impl<'a> Terms<'a> {
    pub(super) fn new(leaves: &'a Leaves<'a>, scored: bool) -> Self {
        Self { leaves, scored, heads: leaves.heads.clone(), signs: Signs::default() }
    }

    /// What a placement is worth above the prices of its way.
    pub(super) fn surplus(
        &self,
        instance: &Instance,
        candidate: CandidateIx,
        (leaf, choice): (LeafIx, &Choice),
    ) -> Worth {
        let tier = instance.candidates()[candidate.get()].tier;
        let mut worth = Worth::of(Level::Tier(tier), 1);
        if self.scored {
            worth += Worth::of(Level::Score, i64::from(choice.score()));
            worth += Worth::of(Level::Kept, i64::from(instance.kept(candidate) == Some(choice.opening())));
        }
        worth - self.leaves.price(leaf) - self.leaves.tariff.of_people(instance, candidate)
    }

    /// Checks that no pair of a candidate is worth more than what they have and the prices of the pair's way together.
    pub(super) fn judge(
        &mut self,
        instance: &Instance,
        candidate: CandidateIx,
        at: Option<(LeafIx, &Choice)>,
    ) -> Result<(), Flaw> {
        let scored = self.scored;
        let own = |choice: &Choice| if scored { i64::from(choice.score()) } else { 0 };
        let kept = if scored { instance.kept(candidate) } else { None };
        // what the candidate has, plus the prices of their sets, less their tier: of a placed one, both cancel out
        let (head, mut score, mut keeps) = if let Some((leaf, choice)) = at {
            let near = self.leaves.near[leaf.get()];
            let (score, keeps) = self.leaves.tail(leaf, near);
            let is_kept = i64::from(kept == Some(choice.opening()));
            (self.leaves.negated[near.head as usize], own(choice) - score, is_kept - keeps)
        } else {
            let tier = instance.candidates()[candidate.get()].tier;
            let rest = self.leaves.tariff.of_people(instance, candidate) - Worth::of(Level::Tier(tier), 1);
            let (head, score, keeps) = cut(&rest);
            (self.heads.number(head), score, keeps)
        };
        // prices of sets cancel out for a placed candidate, as both sides have them
        (score, keeps) = (score.clamp(-(1 << 61), 1 << 61), keeps.clamp(-(1 << 61), 1 << 61));
        let Self { leaves, heads, signs, .. } = self;
        let signs = signs.row(&heads.list, head);
        for (leaf, choice) in instance.entries(candidate) {
            let near = leaves.near[leaf.get()];
            let sign = match signs.get(near.head as usize) {
                Some(&sign) if sign != UNKNOWN => sign,
                _ => {
                    let sign = sign(&heads.list[head as usize], &heads.list[near.head as usize]);
                    if let Some(known) = signs.get_mut(near.head as usize) {
                        *known = sign;
                    }
                    sign
                }
            };
            let (more, more_keeps) = leaves.tail(leaf, near);
            let is_kept = i64::from(kept == Some(choice.opening()));
            let (rest, rest_keeps) = (score + more - own(choice), keeps + more_keeps - is_kept);
            #[expect(clippy::needless_bitwise_bool, reason = "which of them decides is past guessing")]
            let short = (sign < 0) | (sign == 0) & ((rest < 0) | (rest == 0) & (rest_keeps < 0));
            if short && instance.seats()[choice.opening().get()] > 0 {
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
