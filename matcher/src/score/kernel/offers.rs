//! Every change that each opening could make, each with the conditions that its rule would then be.

use std::collections::HashMap;
use std::hash::Hash;

use super::Kernel;
use super::classes::Numbers;
use super::conditions::{Asked, Attribute, ConditionIx, Conditions, KnownItems, asked, classes};
use crate::catalogue;
use crate::columns::Post;
use crate::ids::OpeningIx;
use crate::input::{OpeningRecord, Remedy};
use crate::rules::{Judge, Work};
use crate::score::remedies::{TRANSPORT_KM, remedies};
use crate::words::RuleKind;

/// Rules that classes of people answer alike, and of which something can be changed.
const BY_CLASS: [RuleKind; 4] =
    [RuleKind::Classes, RuleKind::AgeLimits, RuleKind::Education, RuleKind::Licence];

/// What a change makes of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Change {
    /// Row of the table of accommodations, where it is one.
    pub(super) aid: Option<usize>,
    pub(super) then: Then,
}

/// What a rule says once a change is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Then {
    /// What its [`Kin`] leave as it is, and these conditions.
    Conditions(Box<[ConditionIx]>),
    /// Yes if so much farther is enough (place in [`TRANSPORT_KM`]), else what it says now.
    Farther(usize),
}

/// Changes that do away with the same conditions of a rule. They are few, and the same of many openings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kin {
    pub(super) dropped: Vec<ConditionIx>,
    pub(super) changes: Vec<Change>,
}

/// The changes that openings which ask the same could make of one rule.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The conditions of the rule; none where any change is of all of it.
    pub(super) now: Vec<ConditionIx>,
    /// Rows of [`Offers::kin`].
    pub(super) kin: Vec<u32>,
    /// How many changes there are.
    pub(super) count: usize,
    /// Each in the order of [`remedies`], with its place among the changes of all kin.
    pub(super) remedies: Vec<(Remedy, usize)>,
}

/// The changes that one opening could make of one rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) rule: RuleKind,
    /// Row of [`Offers::lists`].
    pub(super) list: usize,
    /// Where the counts of the opening's changes start: stop by stop, as tiles meet them.
    pub(super) first: usize,
}

/// The changes of all openings.
#[derive(Debug, Default)]
pub(super) struct Offers {
    pub(super) conditions: Conditions,
    pub(super) lists: Vec<List>,
    pub(super) kin: Vec<Kin>,
    known: Numbers<Kin>,
    /// By stop.
    pub(super) of: Vec<Vec<Place>>,
    /// How many counts there are in all.
    pub(super) count: usize,
}

impl Offers {
    /// # Cost
    ///
    /// One answer for each class of people and distinct change.
    pub(super) fn new(judge: &Judge<'_>, kernel: &Kernel) -> Self {
        let openings = judge.problem.openings();
        let mut offers = Self { of: vec![Vec::new(); openings.len()], ..Self::default() };
        for rule in BY_CLASS {
            offers.add_by_class(judge, kernel, rule);
        }
        let function = |record: &OpeningRecord| {
            let demands = record.demands.iter();
            let demands = demands.map(|it| (it.item, it.level, it.safety, it.marginal, it.suggested));
            (demands.collect::<Vec<_>>(), record.accommodations.clone())
        };
        let mut items = KnownItems::default();
        offers.add_alike((judge, kernel), RuleKind::Function, function, |conditions, _, post| {
            let essential = post.needs().filter(|need| need.essential);
            essential.filter_map(|need| conditions.item(need, &mut items)).collect()
        });
        let commute = |record: &OpeningRecord| (record.home_based, record.kind.is_welfare());
        offers.add_alike((judge, kernel), RuleKind::Commute, commute, |_, _, _| Vec::new());
        offers.add_dates(judge);
        offers.sort(kernel);
        offers
    }

    /// Brings openings into the order in which tiles meet them.
    fn sort(&mut self, kernel: &Kernel) {
        let mut by_opening = std::mem::take(&mut self.of);
        for stop in &kernel.stops {
            let mut places = std::mem::take(&mut by_opening[stop.opening.get()]);
            places.sort_by_key(|place| place.rule);
            for place in &mut places {
                place.first = self.count;
                self.count += self.lists[place.list].count;
            }
            self.of.push(places);
        }
    }

    fn add_by_class(&mut self, judge: &Judge<'_>, kernel: &Kernel, rule: RuleKind) {
        let rows = kernel.stops.iter().map(|stop| stop.opening);
        let asked: Vec<_> = rows.filter_map(|row| Some((row, asked(judge, rule, row)?))).collect();
        if asked.is_empty() {
            return;
        }
        let classes = classes(judge, rule, &asked);
        let mut known: HashMap<&Asked<'_>, usize> = HashMap::new();
        let mut answers = Vec::new();
        for (row, demand) in &asked {
            let list = *known.entry(demand).or_insert_with(|| {
                self.push(judge, rule, *row, &mut |conditions, record, post| {
                    let condition = conditions.next();
                    answers.push((
                        condition,
                        classes.table(|person| {
                            judge.answer_between(
                                rule,
                                (&judge.columns.persons[person], judge.home(person)),
                                (post, Work::of(record)),
                            )
                        }),
                    ));
                    vec![condition]
                })
            });
            self.place(*row, rule, list);
        }
        self.conditions.attributes.push(Attribute { classes, answers });
    }

    /// Adds the changes of a rule, made once for all openings with the same key.
    fn add_alike<K: Hash + Eq>(
        &mut self,
        (judge, kernel): (&Judge<'_>, &Kernel),
        rule: RuleKind,
        key: impl Fn(&OpeningRecord) -> K,
        mut then: impl FnMut(&mut Conditions, &OpeningRecord, &Post) -> Vec<ConditionIx>,
    ) {
        let mut known: HashMap<K, usize> = HashMap::new();
        for stop in &kernel.stops {
            let row = stop.opening;
            let record = &judge.problem.openings()[row.get()];
            if judge.asks(rule, record.kind.is_welfare()) {
                let list = known.entry(key(record)).or_insert_with(|| self.push(judge, rule, row, &mut then));
                let list = *list;
                self.place(row, rule, list);
            }
        }
    }

    fn add_dates(&mut self, judge: &Judge<'_>) {
        let closed: Vec<_> = judge.columns.posts.rows().filter(|row| judge.is_closed(*row)).collect();
        let Some(first) = closed.first() else { return };
        let list = self.push(judge, RuleKind::OpeningDates, *first, &mut |_, _, _| Vec::new());
        for row in &closed {
            self.place(*row, RuleKind::OpeningDates, list);
        }
    }

    /// A new list: the changes that this opening could make; `then` tells the conditions of the rule as it would be.
    fn push(
        &mut self,
        judge: &Judge<'_>,
        rule: RuleKind,
        row: OpeningIx,
        then: &mut dyn FnMut(&mut Conditions, &OpeningRecord, &Post) -> Vec<ConditionIx>,
    ) -> usize {
        let record = &judge.problem.openings()[row.get()];
        let bare = bare(record);
        let mut says = |record: &OpeningRecord| {
            let mut says = then(&mut self.conditions, record, &Post::new(record, judge.problem));
            says.sort_unstable();
            says.dedup();
            says
        };
        // Other rules are one condition, and any change is of all of it.
        let now = if rule == RuleKind::Function { says(&bare) } else { Vec::new() };
        let mut all = Vec::new();
        for remedy in remedies(rule, record, judge.problem.on()) {
            let mut changed = bare.clone();
            remedy.apply_to_opening(&mut changed);
            let then = says(&changed);
            let dropped: Vec<_> = now.iter().copied().filter(|condition| !then.contains(condition)).collect();
            let new = then.into_iter().filter(|condition| !now.contains(condition)).collect();
            all.push((dropped, change(&remedy, new), remedy));
        }
        let list = self.list(now, &all);
        self.lists.push(list);
        self.lists.len() - 1
    }

    /// Puts those changes together that do away with the same.
    fn list(&mut self, now: Vec<ConditionIx>, all: &[(Vec<ConditionIx>, Change, Remedy)]) -> List {
        let mut list = List { now, ..List::default() };
        let mut sorted: Vec<_> = (0..all.len()).collect();
        sorted.sort_by_key(|at| &all[*at].0);
        list.remedies = all.iter().map(|(_, _, remedy)| (remedy.clone(), 0)).collect();
        for alike in sorted.chunk_by(|a, b| all[*a].0 == all[*b].0) {
            let dropped = alike.first().map(|at| all[*at].0.clone()).unwrap_or_default();
            let kin = Kin { dropped, changes: alike.iter().map(|at| all[*at].1.clone()).collect() };
            let (number, new) = self.known.of(kin.clone());
            if new {
                self.kin.push(kin);
            }
            list.kin.push(number);
            for at in alike {
                list.remedies[*at].1 = list.count;
                list.count += 1;
            }
        }
        list
    }

    fn place(&mut self, row: OpeningIx, rule: RuleKind, list: usize) {
        self.of[row.get()].push(Place { rule, list, first: 0 });
    }
}

/// What a remedy makes of a rule that asks these conditions besides what is left.
fn change(remedy: &Remedy, new: Box<[ConditionIx]>) -> Change {
    match remedy {
        Remedy::Accommodation { id } => {
            Change { aid: catalogue::accommodation_place(id), then: Then::Conditions(new) }
        }
        Remedy::Transport { km } => {
            let farther = TRANSPORT_KM.iter().position(|it| it == km);
            Change { aid: None, then: farther.map_or(Then::Conditions(new), Then::Farther) }
        }
        _ => Change { aid: None, then: Then::Conditions(new) },
    }
}

/// An opening with what the rules look at of which something can be changed, and nothing else that takes time to copy.
fn bare(record: &OpeningRecord) -> OpeningRecord {
    let (id, employer) = (record.id.clone(), record.employer.clone());
    OpeningRecord {
        accepts: record.accepts.clone(),
        licences: record.licences.clone(),
        education: record.education,
        age: record.age,
        accommodations: record.accommodations.clone(),
        demands: record.demands.clone(),
        ..OpeningRecord::unstated(id, employer, record.kind, record.seats)
    }
}
