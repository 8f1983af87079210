//! The criterion `skills`: what is held is spread over what is near once for each person, so that a pair needs one
//! look-up for each skill that the opening wants.

use std::ops::Range;

use super::bound::Word;
use super::classes::{Numbers, number};
use super::{CandidateIx, LANES, OpeningIx};
use crate::columns::Columns;
use crate::problem::Skills;
use crate::score::points::{FULL, NEUTRAL, credit};

/// A skill at a level that some opening wants: the place of its credits in a tile.
pub(super) type WantedIx = u32;

/// What one opening wants.
#[derive(Clone, Debug, Default)]
pub(super) struct WantedSkills {
    /// The places in [`Credits`] of what is wanted.
    wanted: Range<u32>,
    /// The sum of the weights; 0 = nothing is wanted.
    weights: u32,
    /// By which sums of weighted credits are divided by it.
    reciprocal: Option<u16>,
}

impl WantedSkills {
    fn new(wanted: Range<u32>, weights: u32) -> Self {
        Self { wanted, weights, reciprocal: reciprocal(weights) }
    }
}

/// The greatest sum of weights whose weighted credits fit 16 bits.
const FITTING: u32 = 655;

/// The least number of which 2¹⁶ parts, times any sum of weighted credits, are the quotient rounded down; `None` where
/// no number of 16 bits does that (Granlund and Montgomery, "Division by invariant integers", 1994).
fn reciprocal(weights: u32) -> Option<u16> {
    let reciprocal = (1_u32 << 16).checked_div_euclid(weights)? + u32::from(!weights.is_power_of_two());
    let excess = reciprocal * weights - (1 << 16);
    let exact = weights <= FITTING && excess * weights * u32::from(FULL) < 1 << 16;
    u16::try_from(reciprocal).ok().filter(|_| exact)
}

/// The highest level of a skill; the gate lets none above it through.
const MOST_LEVEL: u8 = 5;
const LEVELS: usize = MOST_LEVEL as usize + 1;

/// What each skill at each level earns of everything that is wanted.
#[derive(Debug)]
pub(super) struct Credits {
    /// What is earned, where it is not 0, as the place in a tile × 256 + points; that of skill × [`LEVELS`] + level ends at
    /// `ends` of it and begins where that of the one before ends.
    earned: Vec<u32>,
    ends: Vec<u32>,
    /// What openings want with its weight, those of one opening together.
    wanted: Vec<(WantedIx, u16)>,
    pub(super) count: usize,
}

impl Credits {
    /// The credits, and what each of these openings wants.
    pub(super) fn new(columns: &Columns, graph: &Skills, order: &[OpeningIx]) -> (Self, Vec<WantedSkills>) {
        let mut known = Numbers::new();
        let mut by_skill: Vec<Vec<(u8, WantedIx)>> = graph.records().iter().map(|_| Vec::new()).collect();
        let (mut of, mut all) = (Vec::new(), Vec::new());
        for opening in order {
            let first = number(all.len());
            for it in &columns.posts[*opening].skills {
                let (wanted, new) = known.of((it.skill, it.level));
                if new {
                    by_skill[it.skill as usize].push((it.level, wanted));
                }
                all.push((wanted, u16::from(it.weight)));
            }
            let weights = all[first as usize..].iter().map(|(_, weight)| u32::from(*weight)).sum();
            of.push(WantedSkills::new(first..number(all.len()), weights));
        }
        let (mut earned, mut ends) = (Vec::new(), Vec::new());
        for skill in 0..by_skill.len() {
            for level in 0..=MOST_LEVEL {
                earned.extend(spread(skill, level, graph, &by_skill));
                ends.push(number(earned.len()));
            }
        }
        (Self { earned, ends, wanted: all, count: known.len() }, of)
    }

    /// What a skill at a level earns.
    fn earned(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.earned[start as usize..self.ends[place] as usize]
    }

    /// Writes what these people earn.
    pub(super) fn fill(&self, people: &[CandidateIx], columns: &Columns, credits: &mut [[u8; LANES]]) {
        credits.fill([0; LANES]);
        // Fetched first, since they lie anywhere in memory and many can be waited for at once.
        let of = |(lane, person): (usize, &CandidateIx)| {
            let place = |(skill, level): (_, u8)| skill * LEVELS + usize::from(level.min(MOST_LEVEL));
            columns.persons[*person].skills().map(move |held| (lane, place(held)))
        };
        let held: Vec<_> = people.iter().enumerate().flat_map(of).collect();
        for (lane, held) in held {
            for earned in self.earned(held) {
                let [points, ..] = earned.to_le_bytes();
                let known = &mut credits[(earned >> 8) as usize][lane];
                *known = points.max(*known);
            }
        }
    }

    /// The points of the criterion for 64 lanes, times `weight`.
    #[inline(always)]
    pub(super) fn worth(&self, own: &WantedSkills, credits: &[[u8; LANES]], at: usize, weight: i16) -> Word {
        if own.weights == 0 {
            return [weight * i16::from(NEUTRAL); 64];
        }
        let wanted = &self.wanted[own.wanted.start as usize..own.wanted.end as usize];
        let row = |wanted: WantedIx| &credits[wanted as usize].as_chunks().0[at];
        let points = match (wanted, own.reciprocal) {
            // Weighted by itself alone, a credit is what it was.
            ([(wanted, _)], _) => row(*wanted).map(i16::from),
            (_, Some(reciprocal)) => {
                in_halves(wanted.iter().map(|(wanted, weight)| (row(*wanted), *weight)), reciprocal)
            }
            _ => in_full(wanted.iter().map(|(wanted, weight)| (row(*wanted), *weight)), own.weights),
        };
        points.map(|points| weight * points)
    }
}

/// Weighted and summed credits by their weight, rounded down, in 16 bits.
#[inline(always)]
fn in_halves<'a>(rows: impl Iterator<Item = (&'a [u8; 64], u16)>, reciprocal: u16) -> Word {
    let mut earned = [0_u16; 64];
    for (credits, weight) in rows {
        for (sum, credit) in earned.iter_mut().zip(credits) {
            *sum += weight * u16::from(*credit);
        }
    }
    let share = |earned: u16| (u32::from(earned) * u32::from(reciprocal)) >> 16;
    earned.map(|earned| u16::try_from(share(earned)).unwrap_or(u16::MAX).cast_signed())
}

/// The same for any weights.
#[inline(always)]
fn in_full<'a>(rows: impl Iterator<Item = (&'a [u8; 64], u16)>, weights: u32) -> Word {
    let mut earned = [0_u32; 64];
    for (credits, weight) in rows {
        for (sum, credit) in earned.iter_mut().zip(credits) {
            *sum += u32::from(weight) * u32::from(*credit);
        }
    }
    earned.map(|earned| i16::try_from(earned / weights).unwrap_or(i16::from(FULL)))
}

fn spread(
    skill: usize,
    level: u8,
    graph: &Skills,
    wanted: &[Vec<(u8, WantedIx)>],
) -> impl Iterator<Item = u32> {
    let near = graph.near(skill).flat_map(move |(other, nearness)| {
        wanted[other].iter().map(move |(asked, wanted)| (*wanted, credit(nearness, level, *asked)))
    });
    near.filter(|(_, credit)| *credit > 0).map(|(wanted, credit)| wanted << 8 | u32::from(credit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_divide_as_well_as_the_whole() {
        let credits: [u8; 64] = std::array::from_fn(|at| u8::try_from(at * 100 / 63).expect("small"));
        let mut seen = 0;
        for weights in 2..2000 {
            let Some(reciprocal) = reciprocal(weights) else { continue };
            seen += 1;
            // Sums of weighted credits from 0 up to the most that there can be.
            let rows = |parts: u16| vec![(&credits, parts); (weights / u32::from(parts)) as usize];
            for parts in (1..=5).filter(|parts| weights >= u32::from(*parts)) {
                let rows = rows(parts);
                assert_eq!(
                    in_halves(rows.iter().copied(), reciprocal),
                    in_full(rows.iter().copied(), weights),
                    "{parts} of {weights}"
                );
            }
            for sum in 0..=weights * 100 {
                assert_eq!((sum * u32::from(reciprocal)) >> 16, sum / weights, "{sum} by {weights}");
            }
        }
        assert!((2..=25).all(|weights| reciprocal(weights).is_some()) && seen > 40, "{seen}");
        assert!(reciprocal(0).is_none() && reciprocal(1).is_none());
    }
}
