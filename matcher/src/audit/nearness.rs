//! How near the skills of a problem are to a wanted one (docs/rules.md, "Score", criterion `skills`).

use std::collections::BTreeMap;

use crate::ids::SkillId;
use crate::input::SkillRecord;
use crate::problem::Problem;

/// Per cent, by the best way of at most two steps; a skill that is not here is not near.
pub(super) type Near<'p> = BTreeMap<&'p SkillId, u64>;

pub(super) fn near_to<'p>(problem: &'p Problem, wanted: &'p SkillId) -> Near<'p> {
    let records = problem.skills().records();
    let mut near = Near::new();
    if let Some(goal) = records.iter().find(|it| it.id == *wanted) {
        let last_steps = records.iter().map(|it| (it, step(it, goal))).filter(|(_, keeps)| *keeps > 0);
        let last_steps: Vec<_> = last_steps.collect();
        near.extend(records.iter().map(|held| {
            let over = last_steps.iter().map(|(between, last)| step(held, between) * last / 100);
            (&held.id, step(held, goal).max(over.max().unwrap_or(0)))
        }));
    }
    near.insert(wanted, 100);
    near
}

/// What one step along a link keeps, per cent; 0 without a link.
fn step(from: &SkillRecord, to: &SkillRecord) -> u64 {
    if from.broader.contains(&to.id) {
        90
    } else if to.broader.contains(&from.id) {
        60
    } else if from.related.contains(&to.id) || to.related.contains(&from.id) {
        50
    } else {
        0
    }
}
