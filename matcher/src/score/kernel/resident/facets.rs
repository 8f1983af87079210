//! What people are alike in and what openings ask, both of which grow with what comes in.
//!
//! A facet is a rule with the facts of a person that it looks at. People with equal facts are of one class; equal
//! demands of openings are one condition. Each condition is answered once for each class, by the rule itself, asked of
//! the first person of the class and the first opening with the demand.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::bits::LANES;
use super::super::classes::number;
use super::super::conditions::{BY_CLASS, CAPACITIES};
use super::super::tile::Said;
use super::set::Set;
use crate::columns::{Need, Person, Post};
use crate::ids::{CandidateIx, OpeningIx, RegionCode};
use crate::rules::{Answer, Ground, Home, Judge, Standings, Work, closed};
use crate::text::ShortText;
use crate::words::{Category, Education, Hukou, Item, Levels, PersonKind, RuleKind, Sex, Standing};

/// Facets of the person alone, and of the rules of the pair; one for each functional item follows.
const FIRST_ITEM: usize = 1 + BY_CLASS.len();
pub(super) const FACETS: usize = FIRST_ITEM + 33;

/// The class of lanes without a person; it meets every condition, so that such lanes have no bits.
const NOBODY: u32 = 0;

/// Everything about a person that rules look at.
#[derive(Debug)]
pub(super) struct Someone {
    pub(super) person: Person,
    registered: Option<RegionCode>,
    residence: Option<RegionCode>,
    hukou: Option<Hukou>,
    licences: Box<[ShortText]>,
    pub(super) occupations: Box<[ShortText]>,
    /// What the rules of the person alone say, at market openings and at public-welfare posts.
    own: [Standings; 2],
}

/// Everything about an opening that rules look at.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) post: Post,
    place: Option<RegionCode>,
    licences: Vec<ShortText>,
    pub(super) occupation: Option<ShortText>,
}

impl Someone {
    pub(super) fn of(judge: &Judge<'_>, row: CandidateIx) -> Self {
        let record = &judge.problem.candidates()[row.get()];
        Self {
            person: judge.columns.persons[row].clone(),
            registered: record.registered.clone(),
            residence: record.residence.clone(),
            hukou: record.hukou,
            licences: record.licences.clone(),
            occupations: record.occupations.clone(),
            own: [judge.own(row, false), judge.own(row, true)],
        }
    }

    fn home(&self) -> Home<'_> {
        Home {
            registered: self.registered.as_ref(),
            residence: self.residence.as_ref(),
            hukou: self.hukou,
            licences: &self.licences,
        }
    }
}

impl Offered {
    pub(super) fn of(judge: &Judge<'_>, row: OpeningIx) -> Self {
        let record = &judge.problem.openings()[row.get()];
        Self {
            post: judge.columns.posts[row].clone(),
            place: record.place.clone(),
            licences: record.licences.clone(),
            occupation: record.occupation.clone(),
        }
    }

    fn work(&self) -> Work<'_> {
        Work { place: self.place.as_ref(), kind: self.post.kind, licences: &self.licences }
    }
}

/// Facts of a person that a facet looks at.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Fact {
    Own([Standings; 2]),
    Territory(Option<RegionCode>, Option<RegionCode>, Option<Hukou>),
    Class(PersonKind, Option<(Category, u8, u8)>),
    Age(Option<Sex>, Option<i32>),
    Education(Option<Education>),
    Licences(Vec<ShortText>),
}

/// What openings must share for a facet to answer them alike.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Demand {
    Own(bool),
    Territory(Ground),
    Classes([Levels; 7], bool),
    Ages([Option<u8>; 4]),
    Education(Education),
    Licences(Vec<ShortText>),
    Item([u8; CAPACITIES]),
}

/// What answers a condition for one more class.
#[derive(Debug)]
enum Asker {
    Own(bool),
    Pair(RuleKind, Arc<Offered>),
    /// All classes are there from the beginning.
    Item,
}

#[derive(Debug)]
pub(super) struct Condition {
    asker: Asker,
    /// By class.
    answers: Vec<Answer>,
    /// By tile; empty as long as nobody asks.
    pub(super) said: Vec<Said>,
    /// The openings that ask it.
    pub(super) asking: Set,
}

/// The classes of everybody by one facet.
#[derive(Debug)]
struct Facet {
    known: HashMap<Fact, u32>,
    /// By class, from 1: whoever came first.
    examples: Vec<Arc<Someone>>,
    /// By slot.
    of: Numbers,
    demands: HashMap<Demand, usize>,
    conditions: Vec<usize>,
}

/// Small numbers by slot.
#[derive(Debug)]
enum Numbers {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
}

impl Numbers {
    fn get(&self, slot: usize) -> u32 {
        match self {
            Self::Narrow(list) => u32::from(list[slot]),
            Self::Wide(list) => list[slot],
        }
    }

    fn set(&mut self, slot: usize, number: u32) {
        match self {
            Self::Narrow(list) => list[slot] = u8::try_from(number).unwrap_or(u8::MAX),
            Self::Wide(list) => list[slot] = number,
        }
    }

    fn grow(&mut self, slots: usize) {
        match self {
            Self::Narrow(list) => list.resize(slots, 0),
            Self::Wide(list) => list.resize(slots, NOBODY),
        }
    }
}

/// The class of a person by each facet.
pub(super) type ClassesOf = [u32; FACETS];

/// All facets, and the conditions of all openings.
#[derive(Debug)]
pub(super) struct Facets {
    all: Vec<Facet>,
    pub(super) conditions: Vec<Condition>,
    tiles: usize,
}

impl Facets {
    pub(super) fn new() -> Self {
        let facet = |at: usize| Facet {
            known: HashMap::new(),
            examples: Vec::new(),
            of: if at < FIRST_ITEM { Numbers::Wide(Vec::new()) } else { Numbers::Narrow(Vec::new()) },
            demands: HashMap::new(),
            conditions: Vec::new(),
        };
        Self { all: (0..FACETS).map(facet).collect(), conditions: Vec::new(), tiles: 0 }
    }

    /// Makes room for one more tile.
    pub(super) fn add_tile(&mut self) {
        self.tiles += 1;
        self.all.iter_mut().for_each(|facet| facet.of.grow(self.tiles * LANES));
        self.conditions.iter_mut().for_each(|condition| condition.said.push(Said::default()));
    }

    /// The classes of a person.
    pub(super) fn classes(&mut self, judge: &Judge<'_>, someone: &Arc<Someone>) -> ClassesOf {
        let mut classes = [NOBODY; FACETS];
        for (at, class) in classes.iter_mut().enumerate() {
            *class = match at.checked_sub(FIRST_ITEM) {
                Some(item) => capacity_class(someone.person.capacity(Item::ALL[item])),
                None => self.class(judge, at, someone),
            };
        }
        classes
    }

    fn class(&mut self, judge: &Judge<'_>, at: usize, someone: &Arc<Someone>) -> u32 {
        let facet = &mut self.all[at];
        let fact = fact(at, someone, judge);
        if let Some(known) = facet.known.get(&fact) {
            return *known;
        }
        facet.examples.push(Arc::clone(someone));
        let class = number(facet.examples.len());
        facet.known.insert(fact, class);
        for condition in &facet.conditions {
            let condition = &mut self.conditions[*condition];
            condition.answers.push(condition.asker.answer(judge, someone));
        }
        class
    }

    /// The class of whoever is in a slot.
    pub(super) fn classes_at(&self, slot: usize) -> ClassesOf {
        std::array::from_fn(|at| self.all[at].of.get(slot))
    }

    /// Takes whoever is in a slot out of all bitmaps.
    pub(super) fn clear(&mut self, slot: usize) {
        self.set(slot, &[NOBODY; FACETS]);
    }

    /// Makes somebody of these classes the person of a slot: only bits that differ are written.
    pub(super) fn set(&mut self, slot: usize, classes: &ClassesOf) {
        let (tile, lane) = (slot / LANES, slot % LANES);
        for (facet, class) in self.all.iter_mut().zip(classes) {
            let before = facet.of.get(slot);
            if before == *class {
                continue;
            }
            facet.of.set(slot, *class);
            for condition in &facet.conditions {
                let Condition { answers, said, .. } = &mut self.conditions[*condition];
                let (old, new) = (answers[before as usize], answers[*class as usize]);
                if old != new {
                    said[tile].change(lane, old, new);
                }
            }
        }
    }

    /// The conditions of an opening, those not known before included.
    pub(super) fn program(&mut self, judge: &Judge<'_>, offered: &Arc<Offered>) -> Vec<usize> {
        let welfare = offered.post.kind.is_welfare();
        let mut program = vec![self.condition(judge, 0, Demand::Own(welfare), || Asker::Own(welfare))];
        for (at, kind) in BY_CLASS.into_iter().enumerate() {
            if let Some(demand) = demand(judge, kind, offered) {
                let asker = || Asker::Pair(kind, Arc::clone(offered));
                program.push(self.condition(judge, at + 1, demand, asker));
            }
        }
        if judge.asks(RuleKind::Function, welfare) {
            for need in offered.post.needs().filter(|need| need.essential) {
                let answers = item_answers(need);
                if answers.iter().any(|answer| *answer != Answer::Yes) {
                    let demand = Demand::Item(answers.map(|answer| answer as u8));
                    let at = FIRST_ITEM + need.item.index();
                    program.push(self.item(at, demand, answers));
                }
            }
        }
        program.sort_unstable();
        program.dedup();
        program
    }

    fn condition(
        &mut self,
        judge: &Judge<'_>,
        at: usize,
        demand: Demand,
        asker: impl FnOnce() -> Asker,
    ) -> usize {
        if let Some(known) = self.all[at].demands.get(&demand) {
            return *known;
        }
        let asker = asker();
        let mut answers = vec![Answer::Yes];
        answers.extend(self.all[at].examples.iter().map(|someone| asker.answer(judge, someone)));
        self.add(at, demand, asker, answers)
    }

    fn item(&mut self, at: usize, demand: Demand, answers: [Answer; CAPACITIES]) -> usize {
        if let Some(known) = self.all[at].demands.get(&demand) {
            return *known;
        }
        let answers = [Answer::Yes].into_iter().chain(answers).collect();
        self.add(at, demand, Asker::Item, answers)
    }

    fn add(&mut self, at: usize, demand: Demand, asker: Asker, answers: Vec<Answer>) -> usize {
        let facet = &mut self.all[at];
        let place = self.conditions.len();
        facet.demands.insert(demand, place);
        facet.conditions.push(place);
        let said = facet.of.bitmaps(&answers);
        self.conditions.push(Condition { asker, answers, said, asking: Set::default() });
        place
    }

    /// Every condition that somebody of these classes does not meet, with the answer.
    pub(super) fn unmet(&self, classes: &ClassesOf) -> impl Iterator<Item = (&Condition, Answer)> {
        self.all.iter().zip(*classes).flat_map(move |(facet, class)| {
            let conditions = facet.conditions.iter().map(|place| &self.conditions[*place]);
            conditions.map(move |it| (it, it.answers[class as usize])).filter(|(_, it)| *it != Answer::Yes)
        })
    }
}

impl Numbers {
    /// Bitmaps of everybody by what their classes answer.
    fn bitmaps(&self, answers: &[Answer]) -> Vec<Said> {
        let tile = |classes: &mut dyn Iterator<Item = u32>| {
            let mut said = Said::default();
            for (lane, class) in classes.enumerate() {
                said.change(lane, Answer::Yes, answers[class as usize]);
            }
            said
        };
        match self {
            Self::Narrow(list) => {
                list.chunks(LANES).map(|it| tile(&mut it.iter().map(|class| u32::from(*class)))).collect()
            }
            Self::Wide(list) => list.chunks(LANES).map(|it| tile(&mut it.iter().copied())).collect(),
        }
    }
}

impl Said {
    fn change(&mut self, lane: usize, old: Answer, new: Answer) {
        match old {
            Answer::Yes => {}
            Answer::No => self.no.take(lane),
            Answer::Unknown => self.unknown.take(lane),
        }
        match new {
            Answer::Yes => {}
            Answer::No => self.no.put(lane),
            Answer::Unknown => self.unknown.put(lane),
        }
    }
}

impl Asker {
    fn answer(&self, judge: &Judge<'_>, someone: &Someone) -> Answer {
        match self {
            Self::Own(welfare) => match someone.own[usize::from(*welfare)].standing() {
                Standing::Eligible => Answer::Yes,
                Standing::Unresolved => Answer::Unknown,
                Standing::Barred => Answer::No,
            },
            Self::Pair(kind, offered) => {
                let (person, post) = (&someone.person, &offered.post);
                judge.answer_between(*kind, (person, someone.home()), (post, offered.work()))
            }
            Self::Item => Answer::Yes,
        }
    }
}

fn item_answers(need: Need) -> [Answer; CAPACITIES] {
    [Some(0), Some(1), Some(2), Some(3), Some(4), None].map(|capacity| Answer::of(closed(need, capacity)))
}

fn capacity_class(capacity: Option<u8>) -> u32 {
    let unknown = number(CAPACITIES);
    capacity.map_or(unknown, |level| (u32::from(level) + 1).min(unknown - 1))
}

fn fact(at: usize, someone: &Someone, judge: &Judge<'_>) -> Fact {
    let person = &someone.person;
    match at.checked_sub(1).and_then(|at| BY_CLASS.get(at)) {
        None => Fact::Own(someone.own),
        Some(RuleKind::Territory) => {
            Fact::Territory(someone.registered.clone(), someone.residence.clone(), someone.hukou)
        }
        Some(RuleKind::Classes) => {
            Fact::Class(person.kind, person.certificate.map(|it| (it.category, it.level, it.constituents)))
        }
        Some(RuleKind::AgeLimits) => {
            Fact::Age(person.sex, person.birth.map(|birth| judge.problem.on().age_of(birth)))
        }
        Some(RuleKind::Education) => Fact::Education(person.education),
        Some(_) => {
            let mut own = someone.licences.to_vec();
            own.sort_unstable();
            own.dedup();
            Fact::Licences(own)
        }
    }
}

/// What an opening asks by a rule; `None` where it asks nothing.
fn demand(judge: &Judge<'_>, kind: RuleKind, offered: &Offered) -> Option<Demand> {
    let post = &offered.post;
    let welfare = post.kind.is_welfare();
    if !judge.asks(kind, welfare) {
        return None;
    }
    match kind {
        RuleKind::Territory => Some(Demand::Territory(judge.ground(offered.work()))),
        RuleKind::Classes => post.accepts.map(|levels| Demand::Classes(levels, welfare)),
        RuleKind::AgeLimits if !post.age.is_unstated() => {
            let age = post.age;
            Some(Demand::Ages([age.min_male, age.max_male, age.min_female, age.max_female]))
        }
        RuleKind::Education => post.education.map(Demand::Education),
        RuleKind::Licence if !offered.licences.is_empty() => Some(Demand::Licences(offered.licences.clone())),
        _ => None,
    }
}
