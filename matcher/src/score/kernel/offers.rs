//! Every change that each opening could make, each with the conditions that its rule would then be.

use std::collections::HashMap;
use std::hash::Hash;

use super::bits::Bits;
use super::conditions::{Asked, Attribute, ConditionIx, Conditions, KnownItems, asked, classes};
use super::tile::Said;
use crate::catalogue;
use crate::columns::Post;
use crate::ids::OpeningIx;
use crate::input::{OpeningRecord, Remedy};
use crate::rules::{Judge, Work};
use crate::score::remedies::remedies;
use crate::words::RuleKind;

/// Rules that classes of people answer alike, and of which something can be changed.
const BY_CLASS: [RuleKind; 4] =
    [RuleKind::Classes, RuleKind::AgeLimits, RuleKind::Education, RuleKind::Licence];

/// A change, and what the rule says after it.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) remedy: Remedy,
    /// Row of the table of accommodations, where it is one.
    pub(super) aid: Option<usize>,
    pub(super) then: Then,
}

/// What a rule says once a change is made.
#[derive(Debug)]
pub(super) enum Then {
    /// The *and* of these conditions; without any, yes to everybody.
    Conditions(Vec<ConditionIx>),
    /// Yes if so many kilometres beyond the person's limit are enough, else what it says now.
    Farther(u64),
}

/// An opening after a change.
struct Changed<'a> {
    remedy: &'a Remedy,
    record: &'a OpeningRecord,
    post: &'a Post,
}

/// The changes that one opening could make of one rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) rule: RuleKind,
    /// Row of [`Offers::lists`].
    pub(super) list: usize,
    /// Where the counts of the opening's changes start.
    pub(super) first: usize,
}

/// The changes of all openings. Openings that ask the same share a list.
#[derive(Debug, Default)]
pub(super) struct Offers {
    pub(super) conditions: Conditions,
    pub(super) lists: Vec<Vec<Offer>>,
    /// By opening.
    pub(super) of: Vec<Vec<Place>>,
    /// How many counts there are in all.
    pub(super) count: usize,
}

impl Offers {
    /// # Cost
    ///
    /// One answer for each class of people and distinct change.
    pub(super) fn new(judge: &Judge<'_>) -> Self {
        let openings = judge.problem.openings();
        let mut offers = Self { of: vec![Vec::new(); openings.len()], ..Self::default() };
        for rule in BY_CLASS {
            offers.add_by_class(judge, rule);
        }
        let function = |record: &OpeningRecord| {
            let demands = record.demands.iter();
            let demands = demands.map(|it| (it.item, it.level, it.safety, it.marginal, it.suggested));
            (demands.collect::<Vec<_>>(), record.accommodations.clone())
        };
        let mut items = KnownItems::default();
        offers.add_alike(judge, RuleKind::Function, function, |conditions, changed| {
            let essential = changed.post.needs.iter().filter(|need| need.essential);
            Then::Conditions(essential.filter_map(|need| conditions.item(need, &mut items)).collect())
        });
        let commute = |record: &OpeningRecord| (record.home_based, record.kind.is_welfare());
        offers.add_alike(judge, RuleKind::Commute, commute, |_, changed| match changed.remedy {
            Remedy::Transport { km } => Then::Farther(u64::from(*km)),
            _ => Then::Conditions(Vec::new()),
        });
        offers.add_dates(judge);
        offers
    }

    fn add_by_class(&mut self, judge: &Judge<'_>, rule: RuleKind) {
        let rows = judge.columns.posts.rows();
        let asked: Vec<_> = rows.filter_map(|row| Some((row, asked(judge, rule, row)?))).collect();
        if asked.is_empty() {
            return;
        }
        let classes = classes(judge, rule, &asked);
        let mut known: HashMap<&Asked<'_>, usize> = HashMap::new();
        let mut answers = Vec::new();
        for (row, demand) in &asked {
            let list = *known.entry(demand).or_insert_with(|| {
                self.push(judge, rule, *row, &mut |conditions, changed| {
                    let condition = conditions.next();
                    answers.push((
                        condition,
                        classes.table(|person| {
                            judge.answer_between(
                                rule,
                                (&judge.columns.persons[person], judge.home(person)),
                                (changed.post, Work::of(changed.record)),
                            )
                        }),
                    ));
                    Then::Conditions(vec![condition])
                })
            });
            self.place(*row, rule, list);
        }
        self.conditions.attributes.push(Attribute { classes, answers });
    }

    /// Adds the changes of a rule, made once for all openings with the same key.
    fn add_alike<K: Hash + Eq>(
        &mut self,
        judge: &Judge<'_>,
        rule: RuleKind,
        key: impl Fn(&OpeningRecord) -> K,
        mut then: impl FnMut(&mut Conditions, &Changed<'_>) -> Then,
    ) {
        let mut known: HashMap<K, usize> = HashMap::new();
        for (at, record) in judge.problem.openings().iter().enumerate() {
            let row = OpeningIx::new(at);
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
        let list = self.push(judge, RuleKind::OpeningDates, *first, &mut |_, _| Then::Conditions(Vec::new()));
        for row in &closed {
            self.place(*row, RuleKind::OpeningDates, list);
        }
    }

    /// A new list: the changes that this opening could make.
    fn push(
        &mut self,
        judge: &Judge<'_>,
        rule: RuleKind,
        row: OpeningIx,
        then: &mut dyn FnMut(&mut Conditions, &Changed<'_>) -> Then,
    ) -> usize {
        let record = &judge.problem.openings()[row.get()];
        let offer = |remedy: Remedy| {
            let mut changed = record.clone();
            remedy.apply_to_opening(&mut changed);
            let post = Post::new(&changed, judge.problem);
            let then =
                then(&mut self.conditions, &Changed { remedy: &remedy, record: &changed, post: &post });
            let aid = match &remedy {
                Remedy::Accommodation { id } => {
                    catalogue::accommodations().iter().position(|it| it.id == *id)
                }
                _ => None,
            };
            Offer { remedy, aid, then }
        };
        let list = remedies(rule, record, judge.problem.on()).into_iter().map(offer).collect();
        self.lists.push(list);
        self.lists.len() - 1
    }

    fn place(&mut self, row: OpeningIx, rule: RuleKind, list: usize) {
        self.of[row.get()].push(Place { rule, list, first: self.count });
        self.count += self.lists[list].len();
    }
}

/// What some conditions say together.
pub(super) fn together(conditions: &[ConditionIx], said: &[Said]) -> Said {
    let (mut no, mut unknown) = (Bits::NONE, Bits::NONE);
    for condition in conditions {
        no |= said[*condition as usize].no;
        unknown |= said[*condition as usize].unknown;
    }
    Said { no, unknown: unknown & !no }
}
