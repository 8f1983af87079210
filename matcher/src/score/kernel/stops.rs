//! Openings as tiles meet them: all that a visit reads of one, next to that of its neighbours.

use std::ops::Range;

use super::Kernel;
use super::cells::Cell;
use super::classes::number;
use super::conditions::{ConditionIx, Conditions, Program};
use super::credits::WantedSkills;
use super::grades::GradeIx;
use super::places::Place;
use crate::ids::OpeningIx;
use crate::words::RuleKind;

/// One opening.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) opening: OpeningIx,
    /// Its place among the stops.
    pub(super) row: u32,
    /// Where its conditions stand in [`Kernel::steps`].
    steps: Range<u32>,
    /// Where those of the rule `function` among them start.
    function: u32,
    pub(super) is_closed: bool,
    /// Whose rules of the person are asked: a place in [`Conditions::own`].
    pub(super) own: u8,
    pub(super) asks_refusal: bool,
    pub(super) is_home: bool,
    pub(super) place: Place,
    /// Wage, form, category, occupation.
    pub(super) grades: [GradeIx; 4],
    pub(super) skills: WantedSkills,
}

/// What the criteria need of one opening.
pub(super) struct Terms {
    pub(super) grades: [GradeIx; 4],
    pub(super) skills: WantedSkills,
    pub(super) is_home: bool,
}

impl Stop {
    /// Puts the conditions of an opening behind those of its neighbours.
    pub(super) fn new(
        (opening, row, program): (OpeningIx, u32, &Program),
        conditions: &Conditions,
        steps: &mut Vec<ConditionIx>,
        (place, terms): (Place, Terms),
    ) -> Self {
        let first = number(steps.len());
        steps.push(conditions.own[usize::from(program.welfare)].whole);
        steps.extend(&program.steps);
        let function = number(steps.len());
        steps.extend(&program.function);
        Self {
            opening,
            row,
            function,
            steps: first..number(steps.len()),
            is_closed: program.is_closed,
            own: u8::from(program.welfare),
            asks_refusal: program.asks_refusal,
            is_home: terms.is_home,
            place,
            grades: terms.grades,
            skills: terms.skills,
        }
    }
}

impl Kernel {
    /// The openings of a cell.
    pub(super) fn stops_of(&self, cell: &Cell) -> &[Stop] {
        &self.stops[cell.first..cell.first + cell.openings.len()]
    }

    /// The conditions of an opening.
    pub(super) fn steps(&self, stop: &Stop) -> &[ConditionIx] {
        &self.steps[stop.steps.start as usize..stop.steps.end as usize]
    }

    /// Those of rules of the pair with one condition.
    pub(super) fn pair_steps(&self, stop: &Stop) -> &[ConditionIx] {
        &self.steps[stop.steps.start as usize + 1..stop.function as usize]
    }

    /// The same with the rules that they are of.
    pub(super) fn pair_rules(&self, steps: &[ConditionIx]) -> impl Iterator<Item = (RuleKind, ConditionIx)> {
        steps.iter().filter_map(|condition| Some((self.conditions.rule_of(*condition)?, *condition)))
    }

    /// Those of the rule `function`.
    pub(super) fn function(&self, stop: &Stop) -> &[ConditionIx] {
        &self.steps[stop.function as usize..stop.steps.end as usize]
    }
}
