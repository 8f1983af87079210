//! The criterion `skills`: what is held is spread over what is near once for each person, so that a pair needs one
//! look-up for each skill that the opening wants.

use super::bits::Bits;
use super::classes::Numbers;
use super::{CandidateIx, LANES};
use crate::columns::Columns;
use crate::problem::Skills;
use crate::score::points::credit;

/// A skill at a level that some opening wants: the place of its credits in a tile.
pub(super) type WantedIx = u32;

/// What one opening wants, with weights.
#[derive(Debug, Default)]
pub(super) struct WantedSkills {
    pub(super) wanted: Box<[(WantedIx, u32)]>,
    /// The sum of the weights; 0 = nothing is wanted.
    pub(super) weights: u32,
}

/// What each skill at each level earns of everything that is wanted.
#[derive(Debug)]
pub(super) struct Credits {
    /// By skill × levels + level: what is earned, where it is not 0.
    earned: Vec<Vec<(WantedIx, u8)>>,
    levels: usize,
    pub(super) count: usize,
}

impl Credits {
    /// The credits, and what each opening wants.
    pub(super) fn new(columns: &Columns, graph: &Skills) -> (Self, Vec<WantedSkills>) {
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
            let weights = wanted.iter().map(|(_, weight)| weight).sum();
            of.push(WantedSkills { wanted, weights });
        }
        let held = columns.persons.iter().flat_map(|(_, person)| &person.skills);
        let levels = held.map(|(_, level)| usize::from(*level)).max().unwrap_or(0) + 1;
        let mut earned = Vec::new();
        for skill in 0..by_skill.len() {
            for level in 0..levels {
                earned.push(spread(skill, u8::try_from(level).unwrap_or(u8::MAX), graph, &by_skill));
            }
        }
        (Self { earned, levels, count: known.len() }, of)
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
            for (skill, level) in &columns.persons[*person].skills {
                for (wanted, credit) in &self.earned[skill * self.levels + usize::from(*level)] {
                    let known = &mut credits[*wanted as usize][lane];
                    *known = (*known).max(*credit);
                    touched[*wanted as usize].put(lane);
                }
            }
        }
    }
}

fn spread(skill: usize, level: u8, graph: &Skills, wanted: &[Vec<(u8, WantedIx)>]) -> Vec<(WantedIx, u8)> {
    let near = graph.near(skill).flat_map(|(other, nearness)| {
        wanted[other].iter().map(move |(asked, wanted)| (*wanted, credit(nearness, level, *asked)))
    });
    near.filter(|(_, credit)| *credit > 0).collect()
}

impl WantedSkills {
    /// The credits of one lane, weighted and summed.
    pub(super) fn earned(&self, credits: &[[u8; LANES]], lane: usize) -> u32 {
        self.wanted.iter().map(|(wanted, weight)| weight * u32::from(credits[*wanted as usize][lane])).sum()
    }
}
