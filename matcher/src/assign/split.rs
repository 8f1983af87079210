//! Parts of an instance that share no candidate, no opening, no group and no household that the cap can bind.

use petgraph::unionfind::UnionFind;

use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Choice, Instance, LeafIx, Side};

/// Rows that are solved together, each list in row order.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Candidates with at least one opening that has a seat.
    pub people: Vec<CandidateIx>,
    /// Openings with a seat that one of them may take.
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
    for candidate in instance.rows().filter(|&candidate| usable(instance, candidate).next().is_some()) {
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
        let mut sets = UnionFind::<u32>::new(self.set(self.sets));
        let mut join = |one: usize, other: usize| {
            if let (Ok(one), Ok(other)) = (u32::try_from(one), u32::try_from(other)) {
                sets.union(one, other);
            }
        };
        let nesting = instance.nesting();
        for candidate in instance.rows() {
            let mut places = usable(instance, candidate);
            let Some((_, first)) = places.next() else { continue };
            join(candidate.get(), self.opening(first.opening()));
            for (_, choice) in places {
                join(candidate.get(), self.opening(choice.opening()));
            }
            if let Some(set) = nesting.person_set(candidate) {
                join(candidate.get(), self.set(set));
            }
        }
        for opening in (0..self.openings).map(OpeningIx::new) {
            if let Some(group) = nesting.around(opening) {
                join(self.opening(opening), self.group(group));
            }
        }
        for (group, side) in nesting.sides().iter().enumerate() {
            if let (Side::Openings, Some(parent)) = (side, nesting.parent(group)) {
                join(self.group(group), self.group(parent));
            }
        }
        for (set, it) in nesting.people_sets().iter().enumerate() {
            if let Some(parent) = it.parent {
                join(self.set(set), self.set(parent));
            }
        }
        sets.into_labeling()
    }
}
