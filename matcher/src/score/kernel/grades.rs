//! What the criteria `wage`, `form` and `category` are worth, lane by lane, for each distinct offer.

use std::hash::Hash;

use super::classes::{Classes, Numbers, number};
use super::{CandidateIx, LANES};
use crate::columns::{Columns, Person, Post};
use crate::policy::Weights;
use crate::score::points::{category, form, wage};
use crate::words::Criterion;

/// The number of a grade: the place of its lanes in a tile.
pub(super) type GradeIx = u32;

/// What a criterion is worth to each person of a tile: weight × points, hundredths.
pub(super) type Lanes = [i16; LANES];

/// Weight × points of one criterion.
pub(super) fn worth(weights: Weights, criterion: Criterion, points: u8) -> i16 {
    i16::from(weights.of(criterion)) * i16::from(points)
}

/// The grades that classes of people earn alike.
#[derive(Debug, Default)]
pub(super) struct Grades {
    criteria: Vec<Graded>,
    pub(super) count: usize,
}

/// One criterion: what each class earns, one table for each distinct offer.
#[derive(Debug)]
struct Graded {
    classes: Classes,
    tables: Vec<Box<[i16]>>,
}

impl Grades {
    /// The grades, and those of each opening.
    pub(super) fn new(columns: &Columns, weights: Weights) -> (Self, Vec<[GradeIx; 3]>) {
        let mut grades = Self::default();
        let mut of = vec![[0; 3]; columns.posts.len()];
        let earn = |person: &Person, post: &Post| worth(weights, Criterion::Wage, wage(person, post));
        grades.add(columns, of.iter_mut().map(|[it, _, _]| it), (|it| it.wage_wish(), |it| it.wage, earn));
        let earn = |person: &Person, post: &Post| worth(weights, Criterion::Form, form(person, post));
        grades.add(columns, of.iter_mut().map(|[_, it, _]| it), (|it| it.forms, |it| it.forms, earn));
        let earn = |person: &Person, post: &Post| worth(weights, Criterion::Category, category(person, post));
        let named = |post: &Post| post.accepts.map(|levels| levels.map(|it| !it.is_empty()));
        grades.add(
            columns,
            of.iter_mut().map(|[_, _, it]| it),
            (|it| it.certificate.map(|it| it.category), named, earn),
        );
        (grades, of)
    }

    /// Adds a criterion: the fact of the person and the offer of the opening that it compares, and what it gives.
    fn add<'a, P: Hash + Eq, O: Hash + Eq>(
        &mut self,
        columns: &Columns,
        of: impl Iterator<Item = &'a mut GradeIx>,
        (fact, offer, earn): (impl Fn(&Person) -> P, impl Fn(&Post) -> O, impl Fn(&Person, &Post) -> i16),
    ) {
        let persons = &columns.persons;
        let classes = Classes::by(persons.len(), |row| fact(&persons[row]));
        let mut known = Numbers::new();
        let mut tables = Vec::new();
        for ((_, post), grade) in columns.posts.iter().zip(of) {
            let (table, new) = known.of(offer(post));
            if new {
                tables.push(classes.table(|person| earn(&persons[person], post)));
            }
            *grade = number(self.count) + table;
        }
        self.count += tables.len();
        self.criteria.push(Graded { classes, tables });
    }

    /// Writes the grades of these people.
    pub(super) fn fill<'a>(&self, people: &[CandidateIx], mut grades: impl Iterator<Item = &'a mut Lanes>) {
        for criterion in &self.criteria {
            let classes: Vec<_> = people.iter().map(|row| criterion.classes.class(*row)).collect();
            for (table, lanes) in criterion.tables.iter().zip(&mut grades) {
                for (lane, class) in lanes.iter_mut().zip(&classes) {
                    *lane = table[*class];
                }
            }
        }
    }
}
