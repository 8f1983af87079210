//! Points of each criterion (docs/rules.md, "Score"); every division rounds down.

use super::nearness::Near;
use super::{Pair, places, priority};
use crate::input::{Accepted, RegionLevel, SkillDemand};
use crate::words::{Category, Form};

/// Points where a side says nothing.
const MIDDLE: u64 = 50;
/// Points where the opening does not name the person's class.
const NOT_NAMED: u64 = 40;

/// The points in the order of [`crate::words::Criterion::ALL`]; `near` to each wanted skill.
pub(super) fn points(pair: Pair<'_>, near: &[Near<'_>]) -> [u8; 7] {
    let points = [
        skills(pair, near),
        commute(pair),
        occupation(pair),
        wage(pair),
        form(pair),
        category(pair),
        if priority::in_a_tier(pair.problem, pair.candidate) { 100 } else { 0 },
    ];
    points.map(|points| u8::try_from(points.min(100)).unwrap_or(100))
}

fn skills(pair: Pair<'_>, near: &[Near<'_>]) -> u64 {
    let asked = &pair.opening.skills;
    let weights: u64 = asked.iter().map(|it| u64::from(it.weight)).sum();
    let earned = asked.iter().zip(near).map(|(it, near)| u64::from(it.weight) * credit(pair, it, near));
    earned.sum::<u64>().checked_div(weights).unwrap_or(MIDDLE)
}

fn credit(pair: Pair<'_>, asked: &SkillDemand, near: &Near<'_>) -> u64 {
    let held = pair.candidate.skills.iter().map(|held| {
        let level = (100 * u64::from(held.level)).checked_div(u64::from(asked.level)).unwrap_or(100);
        near.get(&held.skill).copied().unwrap_or(0) * level.min(100) / 100
    });
    held.max().unwrap_or(0)
}

fn commute(pair: Pair<'_>) -> u64 {
    if pair.opening.home_based {
        return 100;
    }
    let scale = pair.problem.policy().commute_scale_km().value;
    let farthest = u64::from(pair.candidate.max_commute_km.unwrap_or(scale)) * 1000;
    if let Some((distance, true)) = pair.way_to_work() {
        let left = farthest.saturating_sub(distance);
        return (100 * left).checked_div(farthest).unwrap_or(0);
    }
    let Some([person, work]) = pair.regions() else { return MIDDLE };
    match places::lowest_shared(&person, &work) {
        Some(RegionLevel::Village) => 100,
        Some(RegionLevel::Township) => 80,
        Some(RegionLevel::County) => 50,
        Some(RegionLevel::City) => 20,
        Some(RegionLevel::Province) | None => 0,
    }
}

fn occupation(pair: Pair<'_>) -> u64 {
    let Some(offered) = pair.opening.occupation.as_deref() else { return MIDDLE };
    let wishes = pair.candidate.occupations.iter();
    wishes.map(|wished| kinship(wished, offered)).max().unwrap_or(MIDDLE)
}

fn kinship(wished: &str, offered: &str) -> u64 {
    if wished == offered {
        return 100;
    }
    if wished.starts_with("L-") || offered.starts_with("L-") {
        return 0;
    }
    let same = wished.split('-').zip(offered.split('-')).take_while(|(wished, offered)| wished == offered);
    match same.count() {
        0 => 0,
        1 => 25,
        2 => 50,
        _ => 75,
    }
}

fn wage(pair: Pair<'_>) -> u64 {
    let Some(wish) = pair.candidate.wage_wish else { return MIDDLE };
    let Some(offer) = pair.opening.wage_min.or(pair.opening.wage_max) else { return MIDDLE };
    if offer >= wish { 100 } else { 100 * u64::from(offer) / u64::from(wish) }
}

fn form(pair: Pair<'_>) -> u64 {
    let wished = &pair.candidate.forms;
    let home = pair.opening.home_based.then_some(Form::Home);
    let offered: Vec<Form> = pair.opening.form.into_iter().chain(home).collect();
    if wished.is_empty() || offered.is_empty() {
        return MIDDLE;
    }
    if offered.iter().any(|form| wished.contains(*form)) { 100 } else { 0 }
}

fn category(pair: Pair<'_>) -> u64 {
    let accepted: &[Accepted] = pair.opening.accepts.as_deref().unwrap_or_default();
    let accepts = |class: Category| accepted.iter().any(|it| it.category == class);
    let own = pair.candidate.certificate.as_ref().map(|it| it.category);
    if !own.is_some_and(accepts) {
        return NOT_NAMED;
    }
    let named = Category::ALL.iter().filter(|class| accepts(**class)).count();
    110_u64.saturating_sub(10 * named as u64)
}
