//! `wanted.csv` and `credits.csv`: a slot is a skill at a level that some opening wants.

use std::collections::BTreeSet;

use anzhi::Problem;
use anzhi::input::{CandidateRecord, SkillDemand, SkillLevel};
use serde::Serialize;

/// An opening wants a slot.
#[derive(Serialize)]
pub(super) struct Wanted {
    opening: usize,
    slot: usize,
    weight: u8,
}

/// What a person earns where a slot is wanted, 1 to 100; without a row it is 0.
#[derive(Serialize)]
pub(super) struct Credit {
    person: usize,
    slot: usize,
    earned: u32,
}

/// Skills with their rows in the graph, at the levels at which they are wanted.
pub(super) struct Slots(Vec<(usize, u8)>);

impl Slots {
    pub(super) fn of(problem: &Problem) -> Self {
        let wanted = problem.openings().iter().flat_map(|it| &it.skills);
        let row = |it: &SkillDemand| Some((problem.skills().row(&it.skill)?, it.level));
        let distinct: BTreeSet<_> = wanted.filter_map(row).collect();
        Self(distinct.into_iter().collect())
    }

    pub(super) fn wanted(&self, problem: &Problem) -> impl Iterator<Item = Wanted> {
        let openings = problem.openings().iter().enumerate();
        let all = openings.flat_map(|(opening, it)| it.skills.iter().map(move |skill| (opening, skill)));
        all.filter_map(|(opening, it)| {
            let slot = self.0.binary_search(&(problem.skills().row(&it.skill)?, it.level)).ok()?;
            Some(Wanted { opening, slot, weight: it.weight })
        })
    }

    pub(super) fn credits(&self, problem: &Problem, person: usize, record: &CandidateRecord) -> Vec<Credit> {
        let skills = problem.skills();
        let row = |it: &SkillLevel| Some((skills.row(&it.skill)?, u32::from(it.level)));
        let held: Vec<(usize, u32)> = record.skills.iter().filter_map(row).collect();
        let slots = self.0.iter().enumerate();
        let credits = slots.filter_map(|(slot, (row, wanted))| {
            let of = |(own, level): &(usize, u32)| {
                let part = (100 * level / u32::from(*wanted)).min(100);
                u32::from(skills.nearness(*own, *row)) * part / 100
            };
            let earned = held.iter().map(of).max().filter(|earned| *earned > 0)?;
            Some(Credit { person, slot, earned })
        });
        credits.collect()
    }
}
