//! Points of each criterion, 0 to 100. All divisions round down.

use crate::columns::{Person, Post};
use crate::input::RegionLevel;
use crate::problem::{Nearness, Skills};
use crate::text::ShortText;
use crate::words::Criterion;

/// A side that says nothing earns neither reward nor blame.
pub(super) const NEUTRAL: u8 = 50;
pub(super) const FULL: u8 = 100;
/// Without exact points: what the nearest shared division is worth.
pub(super) const BY_DIVISION: [(RegionLevel, u8); 4] = [
    (RegionLevel::Village, 100),
    (RegionLevel::Township, 80),
    (RegionLevel::County, 50),
    (RegionLevel::City, 20),
];
/// By how many parts of the occupation's code are the same: major, middle, minor group.
pub(super) const BY_GROUP: [u8; 4] = [0, 25, 50, 75];
/// An opening that does not name the person's category.
const UNTARGETED: u8 = 40;
/// What each further category named takes away.
const PER_CATEGORY: usize = 10;

/// What all points of a pair need besides the two.
pub(super) struct Setting<'a> {
    pub(super) skills: &'a Skills,
    /// Codes of the occupations that the person wants, and of the one on offer.
    pub(super) wishes: &'a [ShortText],
    pub(super) offered: Option<&'a ShortText>,
    pub(super) scale_km: u32,
}

pub(super) fn points(person: &Person, post: &Post, priority: bool, setting: &Setting<'_>) -> [u8; 7] {
    let mut points = [0; 7];
    points[Criterion::Skills.index()] = skills(person, post, setting.skills);
    points[Criterion::Commute.index()] = commute(person, post, setting.scale_km);
    points[Criterion::Occupation.index()] = occupation(setting.wishes, setting.offered);
    points[Criterion::Wage.index()] = wage(person, post);
    points[Criterion::Form.index()] = form(person, post);
    points[Criterion::Category.index()] = category(person, post);
    points[Criterion::Priority.index()] = if priority { FULL } else { 0 };
    points
}

pub(super) fn part(whole: u64, of: u64) -> u8 {
    u8::try_from((100 * whole).checked_div(of).unwrap_or(0)).map_or(FULL, |points| points.min(FULL))
}

fn skills(person: &Person, post: &Post, graph: &Skills) -> u8 {
    let weights: u64 = post.skills.iter().map(|it| u64::from(it.weight)).sum();
    if weights == 0 {
        return NEUTRAL;
    }
    let best = |wanted: &crate::columns::Wanted| {
        let held = person.skills().map(|(skill, level)| {
            u64::from(credit(graph.nearness(skill, wanted.skill as usize), level, wanted.level))
        });
        held.max().unwrap_or(0)
    };
    let earned: u64 = post.skills.iter().map(|wanted| u64::from(wanted.weight) * best(wanted)).sum();
    u8::try_from(earned / weights).unwrap_or(FULL)
}

/// What a skill at a level is worth where one so near is asked for at a level, 0 to 100.
pub(super) fn credit(nearness: Nearness, held: u8, asked: u8) -> u8 {
    let level = u16::from(part(u64::from(held), u64::from(asked)));
    u8::try_from(u16::from(nearness) * level / 100).unwrap_or(FULL)
}

fn commute(person: &Person, post: &Post, scale_km: u32) -> u8 {
    if post.home_based {
        return FULL;
    }
    let most = u64::from(person.max_commute_km().unwrap_or(scale_km)) * 1000;
    if let Some(metres) = person.spot.exact_metres(&post.spot) {
        return most.checked_sub(metres).map_or(0, |rest| part(rest, most));
    }
    if !person.spot.has_region() || !post.spot.has_region() {
        return NEUTRAL;
    }
    let shared = BY_DIVISION.iter().find(|(level, _)| person.spot.shares(&post.spot, *level));
    shared.map_or(0, |(_, points)| *points)
}

fn occupation(wishes: &[ShortText], offered: Option<&ShortText>) -> u8 {
    let Some(offered) = offered else { return NEUTRAL };
    wishes.iter().map(|wish| trade(wish, offered)).max().unwrap_or(NEUTRAL)
}

/// What one wished occupation earns where another, or the same, is offered.
pub(super) fn trade(wish: &str, offered: &str) -> u8 {
    if wish == offered {
        return FULL;
    }
    let local = |code: &str| code.starts_with("L-");
    if local(wish) || local(offered) {
        return 0;
    }
    let same = wish.split('-').zip(offered.split('-')).take_while(|(a, b)| a == b).count();
    BY_GROUP[same.min(3)]
}

pub(super) fn wage(person: &Person, post: &Post) -> u8 {
    match (post.wage, person.wage_wish()) {
        (Some(_), Some(0)) => FULL,
        (Some(offer), Some(wish)) => part(u64::from(offer), u64::from(wish)),
        _ => NEUTRAL,
    }
}

pub(super) const fn form(person: &Person, post: &Post) -> u8 {
    if person.forms == 0 || post.forms == 0 {
        NEUTRAL
    } else if person.forms & post.forms != 0 {
        FULL
    } else {
        0
    }
}

pub(super) fn category(person: &Person, post: &Post) -> u8 {
    match person.certificate {
        Some(certificate) if post.names(certificate.category) => {
            let further = post.named().saturating_sub(1) * PER_CATEGORY;
            FULL - u8::try_from(further).unwrap_or(FULL).min(FULL)
        }
        _ => UNTARGETED,
    }
}
