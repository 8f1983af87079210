//! Parts of an instance that share no candidate, no opening and no household that the cap can bind.

use petgraph::unionfind::UnionFind;

use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};
use crate::instance::{Choice, Instance, LeafIx, Side};

/// Rows that are solved together, each list in row order.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Candidates with at least one opening that has a seat.
    pub people: Vec<CandidateIx>,
    /// Openings with a seat that one of them may take.
    pub openings: Vec<OpeningIx>,
    /// Households with more of these people than the cap lets in.
    pub households: Vec<HouseholdIx>,
    /// Positions of the reserves of these openings.
    pub reserves: Vec<usize>,
}

/// The openings that a candidate may take and that have a seat.
pub(super) fn usable(instance: &Instance, candidate: CandidateIx) -> impl Iterator<Item = (LeafIx, &Choice)> {
    let seats = instance.seats();
    instance.entries(candidate).filter(|(_, choice)| seats[choice.opening().get()] > 0)
}

/// Splits an instance into its parts, in the order of their first candidates. What is in no part cannot be in a
/// plan.
pub(super) fn parts(instance: &Instance) -> Vec<Part> {
    let joins = Joins::new(instance);
    let labels = joins.labels(instance);
    let mut part_of = vec![None; labels.len()];
    let mut parts: Vec<Part> = Vec::new();
    for candidate in instance.rows().filter(|&candidate| usable(instance, candidate).next().is_some()) {
        let known = &mut part_of[labels[candidate.get()]];
        let part = *known.get_or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[part].people.push(candidate);
    }
    for opening in (0..instance.seats().len()).map(OpeningIx::new) {
        if let Some(part) = part_of[labels[joins.opening(opening)]] {
            parts[part].openings.push(opening);
        }
    }
    for (row, _) in joins.bound.iter().enumerate().filter(|&(_, &bound)| bound) {
        let household = HouseholdIx::new(row);
        if let Some(part) = part_of[labels[joins.household(household)]] {
            parts[part].households.push(household);
        }
    }
    for (position, side) in instance.nesting().sides().iter().enumerate() {
        if let Side::Seat(opening) = side
            && let Some(part) = part_of[labels[joins.opening(*opening)]]
        {
            parts[part].reserves.push(position);
        }
    }
    parts
}

/// Where candidates, openings and households stand in one row of elements, and which households bind.
struct Joins {
    candidates: usize,
    openings: usize,
    bound: Vec<bool>,
}

impl Joins {
    fn new(instance: &Instance) -> Self {
        let cap = instance.household_cap().map_or(usize::MAX, |cap| cap as usize);
        let mut members = vec![0_usize; instance.households()];
        for candidate in instance.rows() {
            if let Some(household) = instance.candidates()[candidate.get()].household
                && usable(instance, candidate).next().is_some()
            {
                members[household.get()] += 1;
            }
        }
        Self {
            candidates: instance.candidates().len(),
            openings: instance.seats().len(),
            bound: members.into_iter().map(|members| members > cap).collect(),
        }
    }

    fn opening(&self, opening: OpeningIx) -> usize {
        self.candidates + opening.get()
    }

    fn household(&self, household: HouseholdIx) -> usize {
        self.candidates + self.openings + household.get()
    }

    fn labels(&self, instance: &Instance) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(self.candidates + self.openings + self.bound.len());
        for candidate in instance.rows() {
            for (_, choice) in usable(instance, candidate) {
                sets.union(candidate.get(), self.opening(choice.opening()));
            }
            if let Some(household) = instance.candidates()[candidate.get()].household
                && self.bound[household.get()]
                && usable(instance, candidate).next().is_some()
            {
                sets.union(candidate.get(), self.household(household));
            }
        }
        sets.into_labeling()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instance::{CandidateNumbers, Group, InstanceParts, Pair};

    fn instance(household_cap: Option<u32>) -> Instance {
        let pair = |candidate, opening| Pair {
            candidate: CandidateIx::new(candidate),
            opening: OpeningIx::new(opening),
            score: 1,
        };
        let candidate = |lot, household: usize| CandidateNumbers {
            tier: 0,
            household: Some(HouseholdIx::new(household)),
            lot,
        };
        Instance::new(InstanceParts {
            tiers: 1,
            candidates: vec![candidate(0, 0), candidate(1, 1), candidate(2, 0), candidate(3, 0)],
            seats: vec![1, 1, 0, 5],
            pairs: vec![pair(0, 1), pair(1, 0), pair(2, 0), pair(0, 2), pair(1, 2), pair(3, 2)],
            households: 2,
            household_cap,
            kinds: vec![Vec::new()],
            groups: vec![Group {
                openings: vec![OpeningIx::new(0)],
                kind: Some(crate::ids::KindIx::new(0)),
                reserve: 1,
                ..Group::default()
            }],
            ..InstanceParts::default()
        })
        .unwrap()
    }

    #[test]
    fn parts_meet_only_where_a_seat_or_a_binding_cap_joins_them() {
        let free = parts(&instance(Some(2)));
        let people: Vec<Vec<usize>> =
            free.iter().map(|part| part.people.iter().map(|row| row.get()).collect()).collect();
        assert_eq!(people, [vec![0], vec![1, 2]], "no seat joins them, and two of a household may be placed");
        assert!(free.iter().all(|part| part.households.is_empty()));
        assert_eq!(free[1].reserves, [0]);
        let bound = parts(&instance(Some(1)));
        assert_eq!(bound.len(), 1);
        assert_eq!(bound[0].households, [HouseholdIx::new(0)]);
        assert_eq!(bound[0].openings, [OpeningIx::new(0), OpeningIx::new(1)]);
    }
}
