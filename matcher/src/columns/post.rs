//! An opening, ready for judging.

use super::person::form_bit;
use super::{Places, Spot};
use crate::catalogue::{self, Closes};
use crate::day::Day;
use crate::input::{AgeLimits, Demand, OpeningRecord};
use crate::problem::Problem;
use crate::words::{Category, Education, Form, Item, Levels, OpeningKind};

/// What an opening asks on one item.
#[derive(Clone, Copy, Debug)]
struct Asked {
    item: Item,
    level: u8,
    safety: bool,
    essential: bool,
}

/// What an opening asks on one item, with the accommodations that it offers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    pub(crate) item: Item,
    pub(crate) level: u8,
    pub(crate) safety: bool,
    /// Whether it can bar: confirmed by the employer and not marginal.
    pub(crate) essential: bool,
    /// Bits of [`catalogue::accommodations`].
    offered: u64,
}

impl Need {
    /// The accommodations on offer, as they act on the item; on a safety demand only what names the hazard.
    pub(crate) fn aids(self) -> impl Iterator<Item = (&'static str, &'static Closes)> {
        let mut left = self.offered;
        let offered = std::iter::from_fn(move || {
            let first = catalogue::accommodations().get(left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            first
        });
        let acts = move |closes: &&Closes| closes.item == self.item && (closes.hazard || !self.safety);
        offered.flat_map(move |it| it.closes.iter().filter(acts).map(|closes| (it.id.as_str(), closes)))
    }
}

/// A skill that an opening wants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) skill: u32,
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
    pub(crate) skills: Box<[Wanted]>,
    pub(crate) education: Option<Education>,
    pub(crate) age: AgeLimits,
    pub(crate) wage: Option<u32>,
    /// Bits of [`Form`]; 0 = unstated.
    pub(crate) forms: u8,
    needs: Box<[Asked]>,
    /// Bits of [`catalogue::accommodations`].
    offered: u64,
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
            offered: offered(record),
            from: record.from,
            until: record.until,
        }
    }

    /// What it asks, item by item.
    pub(crate) fn needs(&self) -> impl Iterator<Item = Need> + '_ {
        self.needs.iter().map(|Asked { item, level, safety, essential }| Need {
            item: *item,
            level: *level,
            safety: *safety,
            essential: *essential,
            offered: self.offered,
        })
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

fn wanted(record: &OpeningRecord, problem: &Problem) -> Box<[Wanted]> {
    let row = |it: &crate::input::SkillDemand| {
        let skill = u32::try_from(problem.skills().row(&it.skill)?).ok()?;
        Some(Wanted { skill, level: it.level, weight: it.weight })
    };
    exactly(record.skills.len(), record.skills.iter().filter_map(row))
}

fn needs(record: &OpeningRecord) -> Box<[Asked]> {
    let need = |demand: &Demand| Asked {
        item: demand.item,
        level: demand.level,
        safety: demand.safety || catalogue::is_safety(demand.item),
        essential: !demand.marginal && !demand.suggested,
    };
    exactly(record.demands.len(), record.demands.iter().filter(|demand| demand.level > 0).map(need))
}

fn offered(record: &OpeningRecord) -> u64 {
    let places = record.accommodations.iter().filter_map(|id| catalogue::accommodation_place(id));
    places.fold(0, |bits, place| bits | 1 << place)
}

/// A list of at most so many, mostly as many, made without growing: a filter does not know how many it leaves.
fn exactly<T>(most: usize, items: impl Iterator<Item = T>) -> Box<[T]> {
    let mut list = Vec::with_capacity(most);
    list.extend(items);
    list.into()
}
