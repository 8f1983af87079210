//! The criterion `skills`: what is held is spread over what is near once for each person, so that a pair needs one
//! look-up for each skill that the opening wants.

use super::bits::Bits;
use super::classes::Numbers;
use super::tile::Tile;
use super::{CandidateIx, LANES, grades};
use crate::columns::Columns;
use crate::policy::Weights;
use crate::problem::Skills;
use crate::score::points::{FULL, NEUTRAL, credit};
use crate::words::Criterion;

/// A skill at a level that some opening wants: the place of its credits in a tile.
pub(super) type WantedIx = u32;

/// What one opening wants, with weights.
#[derive(Debug, Default)]
pub(super) struct WantedSkills {
    pub(super) wanted: Box<[(WantedIx, u32)]>,
    /// The sum of the weights; 0 = nothing is wanted. The place in [`Credits::worth`].
    pub(super) weights: usize,
}

/// What each skill at each level earns of everything that is wanted.
#[derive(Debug)]
pub(super) struct Credits {
    /// By skill × levels + level: what is earned, where it is not 0.
    earned: Vec<Vec<(WantedIx, u8)>>,
    levels: usize,
    /// By sum of weights, then by credits weighted and summed: what the criterion is worth. Empty where no opening has
    /// such a sum.
    worth: Vec<Box<[i16]>>,
    pub(super) count: usize,
}

impl Credits {
    /// The credits, and what each opening wants.
    pub(super) fn new(columns: &Columns, graph: &Skills, weights: Weights) -> (Self, Vec<WantedSkills>) {
        let mut known = Numbers::new();
        let mut by_skill: Vec<Vec<(u8, WantedIx)>> = graph.records().iter().map(|_| Vec::new()).collect();
        let mut of = Vec::new();
        for (_, post) in columns.posts.iter() {
            let wanted = post.skills.iter().map(|it| {
                let (wanted, new) = known.of((it.skill, it.level));
                if new {
                    by_skill[it.skill].push((it.level, wanted));
                }
                (wanted, u32::from(it.weight))
            });
            let wanted: Box<[_]> = wanted.collect();
            let weights = wanted.iter().map(|(_, weight)| *weight as usize).sum();
            of.push(WantedSkills { wanted, weights });
        }
        let held = columns.persons.iter().flat_map(|(_, person)| person.skills());
        let levels = held.map(|(_, level)| usize::from(level)).max().unwrap_or(0) + 1;
        let mut earned = Vec::new();
        for skill in 0..by_skill.len() {
            for level in 0..levels {
                earned.push(spread(skill, u8::try_from(level).unwrap_or(u8::MAX), graph, &by_skill));
            }
        }
        let worth = worth(&of, weights);
        (Self { earned, levels, worth, count: known.len() }, of)
    }

    /// Writes what these people earn, and marks who earns anything.
    pub(super) fn fill(
        &self,
        people: &[CandidateIx],
        columns: &Columns,
        (credits, touched): (&mut [[u8; LANES]], &mut [Bits]),
    ) {
        credits.fill([0; LANES]);
        touched.fill(Bits::NONE);
        for (lane, person) in people.iter().enumerate() {
            for (skill, level) in columns.persons[*person].skills() {
                for (wanted, credit) in &self.earned[skill * self.levels + usize::from(level)] {
                    let known = &mut credits[*wanted as usize][lane];
                    *known = (*known).max(*credit);
                    touched[*wanted as usize].put(lane);
                }
            }
        }
    }
}

fn worth(of: &[WantedSkills], weights: Weights) -> Vec<Box<[i16]>> {
    let most = of.iter().map(|it| it.weights).max().unwrap_or(0);
    let mut worth: Vec<Box<[i16]>> = vec![Box::default(); most + 1];
    for sum in of.iter().map(|it| it.weights) {
        let points =
            |earned: usize| earned.checked_div(sum).map_or(NEUTRAL, |it| u8::try_from(it).unwrap_or(FULL));
        if worth[sum].is_empty() {
            let table =
                (0..=100 * sum).map(|earned| grades::worth(weights, Criterion::Skills, points(earned)));
            worth[sum] = table.collect();
        }
    }
    worth
}

fn spread(skill: usize, level: u8, graph: &Skills, wanted: &[Vec<(u8, WantedIx)>]) -> Vec<(WantedIx, u8)> {
    let near = graph.near(skill).flat_map(|(other, nearness)| {
        wanted[other].iter().map(move |(asked, wanted)| (*wanted, credit(nearness, level, *asked)))
    });
    near.filter(|(_, credit)| *credit > 0).collect()
}

impl WantedSkills {
    /// Who earns anything; everybody where nothing is wanted.
    pub(super) fn touched(&self, tile: &Tile) -> Bits {
        if self.weights == 0 {
            return tile.full;
        }
        self.wanted.iter().fold(Bits::NONE, |all, (wanted, _)| all | tile.touched[*wanted as usize])
    }

    /// What the criterion is worth to a lane.
    pub(super) fn worth(&self, credits: &Credits, tile: &Tile, lane: usize) -> i16 {
        let credit = |(wanted, weight): &(WantedIx, u32)| {
            (weight * u32::from(tile.credits[*wanted as usize][lane])) as usize
        };
        credits.worth[self.weights][self.wanted.iter().map(credit).sum::<usize>()]
    }
}
