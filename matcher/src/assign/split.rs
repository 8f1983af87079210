//! Parts of an instance that share no candidate, no opening, no group and no household that the cap can bind.

use petgraph::unionfind::UnionFind;

use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Choice, Instance, LeafIx, Side};

/// Rows that are solved together, each list in row order.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Candidates with at least one opening that has a seat.
    pub people: Vec<CandidateIx>,
    /// Openings with a seat that one of them may take, and all that share a group with these.
    pub openings: Vec<OpeningIx>,
    /// Positions of the groups of these openings, those of [`Side::People`] excepted.
    pub groups: Vec<usize>,
    /// Positions of the sets of people that one of them is in.
    pub sets: Vec<usize>,
}

/// The openings that a candidate may take and that have a seat; for a pinned candidate the one of the pin.
pub(super) fn usable(instance: &Instance, candidate: CandidateIx) -> impl Iterator<Item = (LeafIx, &Choice)> {
    let seats = instance.seats();
    let pin = instance.pin(candidate);
    let open = move |choice: &Choice| pin.is_none_or(|pin| pin == choice.opening());
    instance.entries(candidate).filter(move |(_, choice)| open(choice) && seats[choice.opening().get()] > 0)
}

/// Splits an instance into its parts, in the order of their first candidates. What is in no part cannot be in a
/// plan.
pub(super) fn parts(instance: &Instance) -> Vec<Part> {
    let joins = Joins::new(instance);
    let labels = joins.labels(instance);
    let mut part_of = vec![usize::MAX; labels.len()];
    let mut parts: Vec<Part> = Vec::new();
    for candidate in instance.rows().filter(|&candidate| is_anywhere(instance, candidate)) {
        let known = &mut part_of[labels[candidate.get()] as usize];
        if *known == usize::MAX {
            *known = parts.len();
            parts.push(Part::default());
        }
        parts[*known].people.push(candidate);
    }
    let part = |element: usize| part_of[labels[element] as usize];
    for opening in (0..instance.seats().len()).map(OpeningIx::new) {
        if let Some(part) = parts.get_mut(part(joins.opening(opening))) {
            part.openings.push(opening);
        }
    }
    for (group, side) in instance.nesting().sides().iter().enumerate() {
        let element = match side {
            Side::Seat(opening) => joins.opening(*opening),
            Side::Openings => joins.group(group),
            Side::People => continue,
        };
        if let Some(part) = parts.get_mut(part(element)) {
            part.groups.push(group);
        }
    }
    for set in 0..instance.nesting().people_sets().len() {
        if let Some(part) = parts.get_mut(part(joins.set(set))) {
            part.sets.push(set);
        }
    }
    parts
}

/// How many openings of each candidate are joined first.
const FEW: usize = 2;

/// Where candidates, openings, groups of openings and sets of people stand in one row of elements.
struct Joins {
    candidates: usize,
    openings: usize,
    groups: usize,
    sets: usize,
}

impl Joins {
    fn new(instance: &Instance) -> Self {
        Self {
            candidates: instance.candidates().len(),
            openings: instance.seats().len(),
            groups: instance.groups().len(),
            sets: instance.nesting().people_sets().len(),
        }
    }

    fn opening(&self, opening: OpeningIx) -> usize {
        self.candidates + opening.get()
    }

    fn group(&self, group: usize) -> usize {
        self.candidates + self.openings + group
    }

    fn set(&self, set: usize) -> usize {
        self.candidates + self.openings + self.groups + set
    }

    fn labels(&self, instance: &Instance) -> Vec<u32> {
        let mut sets = Sets(UnionFind::new(self.set(self.sets)));
        let nesting = instance.nesting();
        for candidate in instance.rows() {
            for (_, choice) in usable(instance, candidate).take(FEW) {
                sets.join(candidate.get(), self.opening(choice.opening()));
            }
            if let Some(set) = nesting.person_set(candidate).filter(|_| is_anywhere(instance, candidate)) {
                sets.join(candidate.get(), self.set(set));
            }
        }
        self.join_rest(instance, &mut sets);
        for opening in (0..self.openings).map(OpeningIx::new) {
            if let Some(group) = nesting.around(opening) {
                sets.join(self.opening(opening), self.group(group));
            }
        }
        for (group, side) in nesting.sides().iter().enumerate() {
            if let (Side::Openings, Some(parent)) = (side, nesting.parent(group)) {
                sets.join(self.group(group), self.group(parent));
            }
        }
        for (set, it) in nesting.people_sets().iter().enumerate() {
            if let Some(parent) = it.parent {
                sets.join(self.set(set), self.set(parent));
            }
        }
        sets.0.into_labeling()
    }

    /// Joins candidates with all their openings, after they were joined with the first few: where the openings of
    /// somebody were together by then, as nearly everywhere, one look at each will do.
    fn join_rest(&self, instance: &Instance, sets: &mut Sets) {
        let openings = (0..self.openings).map(OpeningIx::new);
        let known: Vec<u32> = openings.map(|opening| sets.of(self.opening(opening))).collect();
        for candidate in instance.rows() {
            let mut places = instance.choices(candidate).iter().map(|choice| known[choice.opening().get()]);
            let Some(first) = places.next() else { continue };
            if places.all(|other| other == first) {
                continue;
            }
            for (_, choice) in usable(instance, candidate) {
                sets.join(candidate.get(), self.opening(choice.opening()));
            }
        }
    }
}

/// Whether a candidate is in any part.
fn is_anywhere(instance: &Instance, candidate: CandidateIx) -> bool {
    usable(instance, candidate).next().is_some()
}

/// Elements that belong together.
struct Sets(UnionFind<u32>);

impl Sets {
    fn join(&mut self, one: usize, other: usize) {
        if let (Ok(one), Ok(other)) = (u32::try_from(one), u32::try_from(other)) {
            self.0.union(one, other);
        }
    }

    fn of(&mut self, element: usize) -> u32 {
        u32::try_from(element).map_or(u32::MAX, |element| self.0.find_mut(element))
    }
}
