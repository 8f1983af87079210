//! What the soft criteria compare: people and openings with equal facts earn alike.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::classes::number;
use super::super::grades::worth;
use super::facets::{Offered, Someone};
use crate::columns::{Person, Post};
use crate::policy::Weights;
use crate::problem::Skills;
use crate::score::points::{FULL, NEUTRAL, category, credit, form, trade, wage};
use crate::words::{Category, Criterion};

/// A fact that a criterion looks at, of either side.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Fact {
    Wage(Option<u32>),
    Forms(u8),
    Category(Option<Category>),
    Named(Option<[bool; 7]>),
}

/// The distinct facts of one side, each with whoever came first.
#[derive(Debug)]
struct Known<T> {
    numbers: HashMap<Fact, u32>,
    examples: Vec<Arc<T>>,
}

impl<T> Known<T> {
    fn new() -> Self {
        Self { numbers: HashMap::new(), examples: Vec::new() }
    }

    fn of(&mut self, fact: Fact, example: &Arc<T>) -> u32 {
        *self.numbers.entry(fact).or_insert_with(|| {
            self.examples.push(Arc::clone(example));
            number(self.examples.len() - 1)
        })
    }
}

/// A criterion that few facts of either side decide.
#[derive(Debug)]
struct Graded {
    criterion: Criterion,
    points: fn(&Person, &Post) -> u8,
    people: Known<Someone>,
    openings: Known<Offered>,
}

/// The trade of whoever states none, on either side: as near to all as the criterion has it.
pub(super) const NO_TRADE: u32 = 0;

/// How many such criteria there are.
pub(super) const GRADED: usize = 3;

/// What one side earns with each class of the other.
pub(super) type Earned = [Vec<i16>; GRADED];

/// The criteria `wage`, `form`, `category` and `occupation`.
#[derive(Debug)]
pub(super) struct Offers {
    graded: [Graded; GRADED],
    /// From 1: see [`NO_TRADE`].
    trades: HashMap<String, u32>,
    /// By trade on offer, then by trade wished.
    near: Vec<Vec<i16>>,
    pub(super) weights: Weights,
}

impl Offers {
    pub(super) fn new(weights: Weights) -> Self {
        let graded =
            |criterion, points| Graded { criterion, points, people: Known::new(), openings: Known::new() };
        Self {
            graded: [
                graded(Criterion::Wage, wage as fn(&Person, &Post) -> u8),
                graded(Criterion::Form, form),
                graded(Criterion::Category, category),
            ],
            trades: HashMap::new(),
            near: vec![vec![worth(weights, Criterion::Occupation, NEUTRAL)]],
            weights,
        }
    }

    /// Weight × points of a criterion.
    pub(super) fn worth(&self, criterion: Criterion, points: u8) -> i16 {
        worth(self.weights, criterion, points)
    }

    /// The classes of a person by the graded criteria.
    pub(super) fn of_person(&mut self, someone: &Arc<Someone>) -> [u32; GRADED] {
        let person = &someone.person;
        let category = person.certificate.map(|it| it.category);
        let [wage, form, named] = &mut self.graded;
        [
            wage.people.of(Fact::Wage(person.wage_wish()), someone),
            form.people.of(Fact::Forms(person.forms), someone),
            named.people.of(Fact::Category(category), someone),
        ]
    }

    /// The classes of an opening by the graded criteria.
    pub(super) fn of_opening(&mut self, offered: &Arc<Offered>) -> [u32; GRADED] {
        let post = &offered.post;
        let names = post.accepts.map(|levels| levels.map(|it| !it.is_empty()));
        let [wage, form, named] = &mut self.graded;
        [
            wage.openings.of(Fact::Wage(post.wage), offered),
            form.openings.of(Fact::Forms(post.forms), offered),
            named.openings.of(Fact::Named(names), offered),
        ]
    }

    /// The number of a trade.
    pub(super) fn trade(&mut self, code: &str) -> u32 {
        if let Some(known) = self.trades.get(code) {
            return *known;
        }
        let new = number(self.near.len());
        self.trades.insert(code.to_owned(), new);
        let mut names = vec![""; self.near.len() + 1];
        #[expect(clippy::iter_over_hash_type, reason = "each name goes to its own place")]
        for (name, place) in &self.trades {
            names[*place as usize] = name;
        }
        let earn = |points| worth(self.weights, Criterion::Occupation, points);
        let between = |place: usize, wished, offered| match place {
            0 => earn(NEUTRAL),
            _ => earn(trade(wished, offered)),
        };
        for (place, (row, offered)) in self.near.iter_mut().zip(&names).enumerate() {
            row.push(between(place, code, offered));
        }
        let own = names.iter().enumerate().map(|(place, wished)| between(place, wished, code)).collect();
        self.near.push(own);
        new
    }

    /// What everybody earns at an opening, by their classes.
    pub(super) fn at(&self, opening: [u32; GRADED]) -> Earned {
        std::array::from_fn(|at| {
            let Graded { criterion, points, people, openings } = &self.graded[at];
            let post = &openings.examples[opening[at] as usize].post;
            people.examples.iter().map(|it| self.worth(*criterion, points(&it.person, post))).collect()
        })
    }

    /// What a person earns everywhere, by the classes of openings.
    pub(super) fn to(&self, person: [u32; GRADED]) -> Earned {
        std::array::from_fn(|at| {
            let Graded { criterion, points, people, openings } = &self.graded[at];
            let person = &people.examples[person[at] as usize].person;
            openings.examples.iter().map(|it| self.worth(*criterion, points(person, &it.post))).collect()
        })
    }

    /// What a wished trade is worth, by its number, where another is on offer.
    pub(super) fn wishes_at(&self, offered: u32) -> &[i16] {
        &self.near[offered as usize]
    }

    /// What a person with these wishes earns, by the number of the trade on offer.
    pub(super) fn wishes_to(&self, wishes: [u32; 3]) -> Vec<i16> {
        let best = |row: &Vec<i16>| {
            let [first, second, third] = wishes.map(|wish| row[wish as usize]);
            first.max(second).max(third)
        };
        self.near.iter().map(best).collect()
    }
}

/// Skills that are near each other, seen from what is held and from what is wanted.
#[derive(Debug)]
pub(super) struct Near {
    from_held: Vec<Vec<(u32, u8)>>,
    from_wanted: Vec<Vec<(u32, u8)>>,
}

/// A row of the skill graph with a level from 1 to 5, as one number: the place of its credit in a table.
pub(super) type Skill = u32;

/// Levels 0 to 7, so that a skill is a shift.
const LEVELS: usize = 8;

/// Level 0 of the first skill, which nobody holds.
pub(super) const NO_SKILL: Skill = 0;

pub(super) fn skill_at(row: usize, level: u8) -> Skill {
    number(row * LEVELS) + u32::from(level)
}

/// What is wanted, with weights.
pub(super) type Wanted = Box<[(Skill, u32)]>;

impl Near {
    pub(super) fn new(graph: &Skills) -> Self {
        let from_held: Vec<Vec<_>> = (0..graph.records().len())
            .map(|held| graph.near(held).map(|(wanted, near)| (number(wanted), near)).collect())
            .collect();
        let mut from_wanted = vec![Vec::new(); from_held.len()];
        for (held, near) in from_held.iter().enumerate() {
            for (wanted, near) in near {
                from_wanted[*wanted as usize].push((number(held), *near));
            }
        }
        Self { from_held, from_wanted }
    }

    /// By what is wanted: the credit of the best of what is held.
    pub(super) fn credits(&self, held: impl Iterator<Item = Skill>) -> Vec<u8> {
        let mut credits = vec![0; self.from_held.len() * LEVELS];
        for skill in held {
            let (row, level) = parts(skill);
            for (wanted, near) in &self.from_held[row] {
                for asked in 1..=HIGHEST {
                    let best: &mut u8 = &mut credits[skill_at(*wanted as usize, asked) as usize];
                    *best = (*best).max(credit(*near, level, asked));
                }
            }
        }
        credits
    }

    /// For each of what is wanted, by what is held: the credit.
    pub(super) fn asked(&self, wanted: &[(Skill, u32)]) -> Vec<Vec<u8>> {
        let one = |(skill, _): &(Skill, u32)| {
            let mut credits = vec![0; self.from_held.len() * LEVELS];
            let (row, asked) = parts(*skill);
            for (held, near) in &self.from_wanted[row] {
                for level in 1..=HIGHEST {
                    credits[skill_at(*held as usize, level) as usize] = credit(*near, level, asked);
                }
            }
            credits
        };
        wanted.iter().map(one).collect()
    }
}

/// The highest level of a skill.
const HIGHEST: u8 = 5;

fn parts(skill: Skill) -> (usize, u8) {
    let (row, level) = (skill as usize / LEVELS, skill as usize % LEVELS);
    (row, u8::try_from(level).unwrap_or(HIGHEST))
}

/// Points of the criterion `skills` for credits weighted and summed.
pub(super) fn skill_points(earned: u32, weights: u32) -> u8 {
    earned.checked_div(weights).map_or(NEUTRAL, |points| u8::try_from(points).unwrap_or(FULL))
}
