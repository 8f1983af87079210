//! Every distinct thing that the openings ask of a person, each answered once for each class of people.
//!
//! A rule is a function of some facts of the person and some of the opening. Whoever shares the former is of one class,
//! whatever openings share the latter is one condition, and the rule itself is asked for one of each: the kernel has
//! no rule of its own that could differ. Function is the *and* of its items, each a condition of its own.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::classes::{Classes, Numbers, number};
use crate::columns::{Need, Post};
use crate::ids::{CandidateIx, OpeningIx, RegionCode};
use crate::rules::{Answer, Ground, Judge, closed};
use crate::text::ShortText;
use crate::words::{Education, Levels, RuleKind};

/// Rules that depend on the person alone.
const OWN: [RuleKind; 7] = [
    RuleKind::WorkingAge,
    RuleKind::NotInWork,
    RuleKind::Willing,
    RuleKind::CertificateValid,
    RuleKind::Beneficiary,
    RuleKind::HardToEmploy,
    RuleKind::RepeatPlacement,
];

/// Rules of the pair that classes of people answer alike.
pub(super) const BY_CLASS: [RuleKind; 5] =
    [RuleKind::Territory, RuleKind::Classes, RuleKind::AgeLimits, RuleKind::Education, RuleKind::Licence];

/// Capacities 0 to 4, and unknown.
pub(super) const CAPACITIES: usize = 6;

/// The place of a capacity among [`CAPACITIES`].
pub(super) fn capacity_at(capacity: Option<u8>) -> usize {
    capacity.map_or(CAPACITIES - 1, |level| usize::from(level).min(CAPACITIES - 2))
}

/// Conditions of items by item and answers.
pub(super) type KnownItems = FxHashMap<(usize, [u8; CAPACITIES]), ConditionIx>;

/// The number of a condition: the place of its bitmaps in a tile.
pub(super) type ConditionIx = u32;

/// Classes of people by the facts of one rule, and its conditions with their answers by class.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) classes: Classes,
    pub(super) answers: Vec<(ConditionIx, Box<[Answer]>)>,
}

/// What one functional item must be good for, as answers by capacity (0 to 4, unknown).
#[derive(Debug)]
pub(super) struct ItemCondition {
    pub(super) item: usize,
    pub(super) answers: [Answer; CAPACITIES],
    pub(super) condition: ConditionIx,
}

/// The conditions of a problem, in the order of their numbers: by class, then by item.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) attributes: Vec<Attribute>,
    pub(super) items: Vec<ItemCondition>,
    /// Rules of the pair with the first of their conditions, ascending.
    first_of_rules: Vec<(ConditionIx, RuleKind)>,
    /// What the rules of the person say of market openings and of public-welfare posts.
    pub(super) own: [Own; 2],
    pub(super) count: usize,
}

/// The rules of the person alone.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// All of them as one condition.
    pub(super) whole: ConditionIx,
    /// Each that is asked.
    pub(super) rules: Vec<(RuleKind, ConditionIx)>,
}

/// What one opening asks, and what it asks it of.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// Of rules of the pair with one condition; a rule without one here says yes to everybody.
    pub(super) steps: SmallVec<[ConditionIx; BY_CLASS.len()]>,
    /// The conditions of the rule `function`, whose *and* it is.
    pub(super) function: Box<[ConditionIx]>,
    /// Outside its own dates: nobody may have it.
    pub(super) is_closed: bool,
    pub(super) welfare: bool,
    pub(super) asks_refusal: bool,
}

/// What two openings must share for a rule to answer them alike.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Asked<'a> {
    Territory(Ground),
    Classes([Levels; 7], bool),
    Ages([Option<u8>; 4]),
    Education(Education),
    Licences(&'a [ShortText]),
}

/// Compiles the openings of a problem.
pub(super) fn compile(judge: &Judge<'_>) -> (Conditions, Vec<Program>) {
    let mut conditions = Conditions::default();
    let posts = judge.columns.posts.iter();
    let mut programs: Vec<_> = posts.map(|(opening, post)| bare(judge, opening, post)).collect();
    let by_class =
        || BY_CLASS.into_par_iter().filter_map(|kind| ByClass::new(judge, kind)).collect::<Vec<_>>();
    let (own, by_class) = rayon::join(|| own_classes(judge), by_class);
    conditions.add_own(judge, own);
    for by_class in by_class {
        conditions.add_by_class(by_class, &mut programs);
    }
    conditions.add_function(judge, &mut programs);
    (conditions, programs)
}

fn bare(judge: &Judge<'_>, opening: OpeningIx, post: &Post) -> Program {
    let welfare = post.kind.is_welfare();
    Program {
        steps: SmallVec::new(),
        function: Box::default(),
        is_closed: judge.is_closed(opening),
        welfare,
        asks_refusal: judge.asks(RuleKind::Refusal, welfare),
    }
}

impl Conditions {
    pub(super) fn next(&mut self) -> ConditionIx {
        self.count += 1;
        number(self.count - 1)
    }

    /// The rule of the pair that a condition is of: one of [`BY_CLASS`].
    pub(super) fn rule_of(&self, condition: ConditionIx) -> Option<RuleKind> {
        let next = self.first_of_rules.partition_point(|(first, _)| *first <= condition);
        Some(self.first_of_rules.get(next.checked_sub(1)?)?.1)
    }

    fn add_own(&mut self, judge: &Judge<'_>, classes: Classes) {
        let mut answers = Vec::new();
        for welfare in [false, true] {
            let whole = self.next();
            let all = |row: CandidateIx| {
                let own = judge.own(row, welfare);
                OWN.iter().fold(Answer::Yes, |all, rule| all.and(own.answer(*rule)))
            };
            answers.push((whole, classes.table(all)));
            let own = usize::from(welfare);
            self.own[own].whole = whole;
            for rule in OWN.into_iter().filter(|rule| judge.asks(*rule, welfare)) {
                let condition = self.next();
                answers.push((condition, classes.table(|row| judge.own(row, welfare).answer(rule))));
                self.own[own].rules.push((rule, condition));
            }
        }
        self.attributes.push(Attribute { classes, answers });
    }

    fn add_by_class(&mut self, rule: ByClass, programs: &mut [Program]) {
        self.first_of_rules.push((number(self.count), rule.kind));
        let numbers: Vec<_> = rule.tables.iter().map(|table| table.as_ref().map(|_| self.next())).collect();
        for (opening, demand) in rule.of {
            programs[opening.get()].steps.extend(numbers[demand]);
        }
        let answers =
            numbers.into_iter().zip(rule.tables).filter_map(|(number, table)| Some((number?, table?)));
        self.attributes.push(Attribute { classes: rule.classes, answers: answers.collect() });
    }

    fn add_function(&mut self, judge: &Judge<'_>, programs: &mut [Program]) {
        let mut items = KnownItems::default();
        for (row, post) in judge.columns.posts.iter() {
            if !judge.asks(RuleKind::Function, post.kind.is_welfare()) {
                continue;
            }
            let essential = post.needs().filter(|need| need.essential);
            let mut needs: Vec<_> = essential.filter_map(|need| self.item(need, &mut items)).collect();
            needs.sort_unstable();
            needs.dedup();
            programs[row.get()].function = needs.into_boxed_slice();
        }
    }

    /// The condition of a need; `None` where every capacity meets it.
    pub(super) fn item(&mut self, need: Need, known: &mut KnownItems) -> Option<ConditionIx> {
        let answers = by_capacity(need);
        if answers.iter().all(|answer| *answer == Answer::Yes) {
            return None;
        }
        let item = need.item.index();
        let condition = known.entry((item, answers.map(|answer| answer as u8))).or_insert_with(|| {
            let condition = self.next();
            self.items.push(ItemCondition { item, answers, condition });
            condition
        });
        Some(*condition)
    }
}

/// What the rule `function` says of one need, for each capacity.
fn by_capacity(need: Need) -> [Answer; CAPACITIES] {
    let capacities = [Some(0), Some(1), Some(2), Some(3), Some(4), None];
    capacities.map(|capacity| Answer::of(closed(need, capacity)))
}

/// People by what the rules of the person say of them.
fn own_classes(judge: &Judge<'_>) -> Classes {
    let mut known = Numbers::new();
    let sets: Vec<_> = judge.own_sets().map(|standings| known.of(standings).0).collect();
    Classes::of(judge.own_places().iter().map(|place| sets[*place as usize]).collect(), known.len())
}

/// A rule of the pair with its answers.
struct ByClass {
    kind: RuleKind,
    classes: Classes,
    /// For each distinct demand what it says of each class; `None` where it says yes to everybody.
    tables: Vec<Option<Box<[Answer]>>>,
    /// The openings that ask anything, with their demands.
    of: Vec<(OpeningIx, usize)>,
}

impl ByClass {
    /// The rule and its classes; `None` where no opening asks for it.
    fn new(judge: &Judge<'_>, kind: RuleKind) -> Option<Self> {
        let rows = judge.columns.posts.rows();
        let asked: Vec<_> = rows.filter_map(|row| Some((row, asked(judge, kind, row)?))).collect();
        let classes = (!asked.is_empty()).then(|| classes(judge, kind, &asked))?;
        let (mut known, mut tables) = (Numbers::new(), Vec::new());
        // Looked up once for each class: there are as many demands as there are counties.
        let belonging = match kind {
            RuleKind::Territory => classes.table(|row| judge.belonging(judge.home(row))),
            _ => Box::default(),
        };
        let of = asked.iter().map(|(opening, demand)| {
            let (number, new) = known.of(demand);
            if new {
                let table = match *demand {
                    Asked::Territory(ground) => {
                        belonging.iter().map(|own| judge.territory_answer(*own, ground)).collect()
                    }
                    _ => classes.table(|row| judge.answer(kind, row, *opening)),
                };
                let matters = table.iter().any(|answer| *answer != Answer::Yes);
                tables.push(matters.then_some(table));
            }
            (*opening, number as usize)
        });
        let of = of.collect();
        Some(Self { kind, classes, tables, of })
    }
}

/// What an opening asks by a rule; `None` where it asks nothing.
pub(super) fn asked<'a>(judge: &'a Judge<'_>, kind: RuleKind, row: OpeningIx) -> Option<Asked<'a>> {
    let post = &judge.columns.posts[row];
    if !judge.asks(kind, post.kind.is_welfare()) {
        return None;
    }
    match kind {
        RuleKind::Territory => Some(Asked::Territory(judge.ground(judge.work(row)))),
        RuleKind::Classes => post.accepts.map(|levels| Asked::Classes(levels, post.kind.is_welfare())),
        RuleKind::AgeLimits if !post.age.is_unstated() => {
            let age = post.age;
            Some(Asked::Ages([age.min_male, age.max_male, age.min_female, age.max_female]))
        }
        RuleKind::Education => post.education.map(Asked::Education),
        RuleKind::Licence => {
            let licences = &judge.problem.openings()[row.get()].licences;
            (!licences.is_empty()).then_some(Asked::Licences(licences))
        }
        _ => None,
    }
}

/// Everybody sorted by the facts that a rule looks at.
pub(super) fn classes(judge: &Judge<'_>, kind: RuleKind, asked: &[(OpeningIx, Asked<'_>)]) -> Classes {
    let persons = &judge.columns.persons;
    let on = judge.problem.on();
    match kind {
        RuleKind::Territory => by_territory(judge, asked),
        RuleKind::Classes => Classes::by(persons.len(), |row| {
            let own = persons[row].certificate.map(|it| (it.category, it.level, it.constituents));
            (persons[row].kind, own)
        }),
        RuleKind::AgeLimits => Classes::by(persons.len(), |row| {
            (persons[row].sex, persons[row].birth.map(|birth| on.age_of(birth)))
        }),
        RuleKind::Education => Classes::by(persons.len(), |row| persons[row].education),
        _ => by_licences(judge, asked),
    }
}

/// A person's places matter to this rule only as far as they lie on one of the grounds.
fn by_territory(judge: &Judge<'_>, asked: &[(OpeningIx, Asked<'_>)]) -> Classes {
    let ground = |(_, asked): &(OpeningIx, Asked<'_>)| match asked {
        Asked::Territory(ground) => ground.region,
        _ => None,
    };
    let grounds: BTreeSet<usize> = asked.iter().filter_map(ground).collect();
    let mut alike = Numbers::new();
    let mut known: FxHashMap<Option<&RegionCode>, u32> = FxHashMap::default();
    let mut place = |code| {
        *known.entry(code).or_insert_with(|| {
            let row = code.map(|code: &RegionCode| judge.problem.regions().row(code));
            let inside = grounds.iter().map(|ground| judge.inside(row, Some(*ground)) as u8);
            alike.of(inside.collect::<Vec<_>>()).0
        })
    };
    let people = judge.problem.candidates();
    Classes::by(people.len(), |row| {
        let record = &people[row.get()];
        (place(record.registered.as_ref()), place(record.residence.as_ref()), record.hukou)
    })
}

/// Only licences that somebody asks for tell people apart, and whether they state any.
fn by_licences(judge: &Judge<'_>, asked: &[(OpeningIx, Asked<'_>)]) -> Classes {
    let (people, openings) = (judge.problem.candidates(), judge.problem.openings());
    let names = asked.iter().flat_map(|(opening, _)| &openings[opening.get()].licences);
    let names: HashSet<&ShortText> = names.collect();
    Classes::by(people.len(), |row| {
        let held = &people[row.get()].licences;
        let mut own: Vec<_> = held.iter().filter(|name| names.contains(name)).collect();
        own.sort_unstable();
        own.dedup();
        (held.is_empty(), own)
    })
}
