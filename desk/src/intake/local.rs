//! 区划, 技能: what a folder brings beside or instead of the built-in tables.

use anzhi::input::RegionLevel;
use anzhi::issue::IssueCode;

use super::row::{Cells, shown};
use crate::adverts::lists;
use crate::lookup::{Region, Skill, Skills};

/// Reads a region. `None` where the row must be set aside.
pub(super) fn region(cells: &mut Cells<'_>) -> Option<Region> {
    let (code, name) = (cells.needed("code"), cells.needed("name"));
    cells.needed("level");
    let level = cells.word_or("level", "region_level", level_of, IssueCode::PersonNotRead);
    // A point is its own unless the row says otherwise: an office that writes one means this place.
    let exact = cells.yes_or_no("exact") != Some(false);
    let position = super::candidates::position(cells).filter(|_| exact);
    let parent = cells.text("parent").to_owned();
    if cells.is_rejected() {
        return None;
    }
    Some(Region { code: code.to_owned(), name: name.to_owned(), parent, level: level?, position })
}

fn level_of(word: &str) -> Option<RegionLevel> {
    Some(match word {
        "province" => RegionLevel::Province,
        "city" => RegionLevel::City,
        "county" => RegionLevel::County,
        "township" => RegionLevel::Township,
        "village" => RegionLevel::Village,
        _ => return None,
    })
}

/// Reads a skill. `None` where the row must be set aside.
pub(super) fn skill(cells: &mut Cells<'_>) -> Option<Skill> {
    let (id, zh) = (cells.needed("id").to_owned(), cells.needed("zh").to_owned());
    let en = cells.text("en").to_owned();
    let [aliases, broader, related] = ["aliases", "broader", "related"].map(|field| {
        let reading = lists::names(cells.text(field));
        cells.take(field, IssueCode::ListUnreadable, reading)
    });
    (!cells.is_rejected()).then_some(Skill { id, zh, en, aliases, broader, related })
}

/// Notes the links of a skill that lead to no skill; they are left out.
pub(super) fn linked(cells: &mut Cells<'_>, skills: &Skills) {
    for field in ["broader", "related"] {
        for name in lists::names(cells.text(field)).value {
            if skills.find(&name).is_none() {
                cells.note(IssueCode::SkillUnmatched, field, &shown(&name));
            }
        }
    }
}
