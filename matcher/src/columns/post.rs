//! An opening, ready for judging.

use super::person::form_bit;
use super::{Places, Spot};
use crate::catalogue::{self, Accommodation};
use crate::day::Day;
use crate::input::{AgeLimits, OpeningRecord};
use crate::problem::Problem;
use crate::words::{Category, Education, Form, Item, Levels, OpeningKind};

/// What an opening asks on one item, with the accommodations that it offers for it.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub(crate) item: Item,
    pub(crate) level: u8,
    pub(crate) safety: bool,
    /// Whether it can bar: confirmed by the employer and not marginal.
    pub(crate) essential: bool,
    pub(crate) aids: Vec<Aid>,
}

/// An accommodation on offer, as it acts on one item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aid {
    pub(crate) id: &'static str,
    pub(crate) from: u8,
    pub(crate) to: u8,
}

/// A skill that an opening wants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) skill: usize,
    pub(crate) level: u8,
    pub(crate) weight: u8,
}

/// An opening, ready for judging.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) kind: OpeningKind,
    pub(crate) seats: u32,
    pub(crate) home_based: bool,
    pub(crate) spot: Spot,
    /// Levels by [`Category`]; `None` = not stated.
    pub(crate) accepts: Option<[Levels; 7]>,
    pub(crate) skills: Vec<Wanted>,
    pub(crate) education: Option<Education>,
    pub(crate) age: AgeLimits,
    pub(crate) wage: Option<u32>,
    /// Bits of [`Form`]; 0 = unstated.
    pub(crate) forms: u8,
    pub(crate) needs: Vec<Need>,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
}

impl Post {
    pub(crate) fn new(record: &OpeningRecord, problem: &Problem) -> Self {
        Self::placed(record, problem, &mut Places::new(problem.regions()))
    }

    /// The same among others whose places may be near each other.
    pub(super) fn placed<'p>(record: &'p OpeningRecord, problem: &Problem, places: &mut Places<'p>) -> Self {
        let mut forms = record.form.map_or(0, form_bit);
        if record.home_based {
            forms |= form_bit(Form::Home);
        }
        Self {
            kind: record.kind,
            seats: record.seats,
            home_based: record.home_based,
            spot: places.spot(record.position, record.place.as_ref()),
            accepts: accepts(record),
            skills: wanted(record, problem),
            education: record.education,
            age: record.age,
            wage: record.wage_min.or(record.wage_max),
            forms,
            needs: needs(record),
            from: record.from,
            until: record.until,
        }
    }

    /// Whether the opening names this category at all.
    pub(crate) fn names(&self, category: Category) -> bool {
        self.accepts.is_some_and(|levels| !levels[category.index()].is_empty())
    }

    /// How many categories the opening names.
    pub(crate) fn named(&self) -> usize {
        self.accepts.map_or(0, |levels| levels.iter().filter(|it| !it.is_empty()).count())
    }
}

fn accepts(record: &OpeningRecord) -> Option<[Levels; 7]> {
    let list = record.accepts.as_ref()?;
    let mut levels = [Levels::default(); 7];
    for accepted in list {
        let known = levels[accepted.category.index()];
        levels[accepted.category.index()] = known.union(accepted.levels);
    }
    Some(levels)
}

fn wanted(record: &OpeningRecord, problem: &Problem) -> Vec<Wanted> {
    let row = |it: &crate::input::SkillDemand| {
        Some(Wanted { skill: problem.skills().row(&it.skill)?, level: it.level, weight: it.weight })
    };
    record.skills.iter().filter_map(row).collect()
}

fn needs(record: &OpeningRecord) -> Vec<Need> {
    let offered = record.accommodations.iter().filter_map(|id| catalogue::accommodation_by_id(id));
    let offered: Vec<&'static Accommodation> = offered.collect();
    let demands = record.demands.iter().filter(|demand| demand.level > 0);
    let need = |demand: &crate::input::Demand| {
        let safety = demand.safety || catalogue::is_safety(demand.item);
        Need {
            item: demand.item,
            level: demand.level,
            safety,
            essential: !demand.marginal && !demand.suggested,
            aids: aids(&offered, demand.item, safety),
        }
    };
    demands.map(need).collect()
}

/// What of these accommodations acts on an item; on a safety demand only what names the hazard.
pub(crate) fn aids(offered: &[&'static Accommodation], item: Item, safety: bool) -> Vec<Aid> {
    let mut aids = Vec::new();
    for accommodation in offered {
        let acting = accommodation.closes.iter().filter(|it| it.item == item && (it.hazard || !safety));
        aids.extend(acting.map(|it| Aid { id: accommodation.id.as_str(), from: it.from, to: it.to }));
    }
    aids
}
