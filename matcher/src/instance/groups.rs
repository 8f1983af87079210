//! How groups lie inside each other: what sort each is, and the tree that they make.

use std::collections::BTreeMap;

use super::{Crossed, Group, Instance, InstanceFault};
use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};

/// What a group counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A kind of person at one opening.
    Seat(OpeningIx),
    /// Everybody at some openings.
    Openings,
    /// A kind of person wherever they may be placed.
    People,
}

/// The way by which a pair enters its opening: rows of openings come first, for people in no group of one opening; then
/// one leaf for each group of [`Side::Seat`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafIx(pub(super) u32);

impl LeafIx {
    /// The number of the leaf.
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

/// Whom a set of people is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The members of a group, by its position in [`Instance::groups`].
    Group(usize),
    /// A household with more members than its cap lets in.
    Household(HouseholdIx),
}

/// People whose placements are counted wherever they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeopleSet {
    /// Who they are.
    pub whose: Whose,
    /// The position of the smallest set that they all belong to.
    pub parent: Option<usize>,
}

const NONE: u32 = u32::MAX;

/// The trees that the groups of an instance make.
///
/// A pair enters by a leaf; from there it counts in the leaf's own group, in those around it, in its opening, then in
/// the groups of openings around that. On the other side a candidate counts in a chain of sets of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    sides: Vec<Side>,
    /// The group around a group, of the same sort.
    parents: Vec<u32>,
    openings: usize,
    /// The group of each leaf behind the openings.
    leaf_groups: Vec<u32>,
    /// The leaf of each pair; empty if all enter by their opening.
    leaves: Vec<u32>,
    /// The smallest group of openings around each opening; empty if there is none.
    around: Vec<u32>,
    people_sets: Vec<PeopleSet>,
    /// The smallest set of people that each candidate is in; empty if there is none.
    person_sets: Vec<u32>,
}

fn found(number: u32) -> Option<usize> {
    (number != NONE).then_some(number as usize)
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

impl Nesting {
    /// What sort each group is.
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The smallest group of the same sort that a group lies in; for [`Side::People`] see [`Nesting::people_sets`].
    pub fn parent(&self, group: usize) -> Option<usize> {
        self.parents.get(group).copied().and_then(found)
    }

    /// How many leaves there are.
    pub fn leaf_count(&self) -> usize {
        self.openings + self.leaf_groups.len()
    }

    /// The group of [`Side::Seat`] that a leaf belongs to; `None` for that of the opening itself.
    pub fn leaf_group(&self, leaf: LeafIx) -> Option<usize> {
        let behind = leaf.get().checked_sub(self.openings)?;
        self.leaf_groups.get(behind).map(|&group| group as usize)
    }

    /// Every leaf behind those of the openings, with its group.
    pub fn group_leaves(&self) -> impl Iterator<Item = (LeafIx, usize)> + '_ {
        let leaf = |behind: usize| LeafIx(short(self.openings + behind));
        self.leaf_groups.iter().enumerate().map(move |(behind, &group)| (leaf(behind), group as usize))
    }

    /// The smallest group of openings that an opening lies in.
    pub fn around(&self, opening: OpeningIx) -> Option<usize> {
        self.around.get(opening.get()).copied().and_then(found)
    }

    /// The sets of people that something counts: groups of [`Side::People`] and households that the cap can bind.
    pub fn people_sets(&self) -> &[PeopleSet] {
        &self.people_sets
    }

    /// The position of the smallest set of people that a candidate is in.
    pub fn person_set(&self, candidate: CandidateIx) -> Option<usize> {
        self.person_sets.get(candidate.get()).copied().and_then(found)
    }

    pub(super) fn leaf(&self, position: usize, opening: OpeningIx) -> LeafIx {
        LeafIx(self.leaves.get(position).copied().unwrap_or(short(opening.get())))
    }
}

/// The groups that reserve or limit anything, in their fixed order, and where each stood in the list before.
pub(super) fn in_order(mut groups: Vec<Group>) -> (Vec<Group>, Vec<usize>) {
    for group in &mut groups {
        group.openings.sort_unstable();
        group.openings.dedup();
    }
    let mut placed: Vec<(Group, usize)> = groups.into_iter().enumerate().map(|(at, it)| (it, at)).collect();
    placed.retain(|(group, _)| group.reserve > 0 || group.cap.is_some());
    placed.sort();
    placed.into_iter().unzip()
}

/// Sorts out what each group counts and how they nest. `places` are the positions to name in a fault.
pub(super) fn nest(instance: &Instance, places: &[usize]) -> Result<Nesting, Vec<InstanceFault>> {
    let mut nest = Nest { instance, places, members: BTreeMap::new(), faults: Vec::new() };
    let sides: Vec<Side> = (0..instance.groups.len()).map(|group| nest.side(group)).collect();
    let mut nesting = Nesting {
        parents: vec![NONE; sides.len()],
        sides,
        openings: instance.seats.len(),
        ..Nesting::default()
    };
    nest.openings(&mut nesting);
    nest.seats(&mut nesting);
    nest.people(&mut nesting);
    if nest.faults.is_empty() { Ok(nesting) } else { Err(nest.faults) }
}

struct Nest<'a> {
    instance: &'a Instance,
    places: &'a [usize],
    /// The people whom each group of [`Side::People`] counts.
    members: BTreeMap<usize, Vec<CandidateIx>>,
    faults: Vec<InstanceFault>,
}

impl Nest<'_> {
    fn side(&mut self, position: usize) -> Side {
        let group = &self.instance.groups[position];
        let whole = group.openings.is_empty();
        match (group.kind, group.openings.as_slice()) {
            (None, _) => Side::Openings,
            (Some(_), [one]) => Side::Seat(*one),
            (Some(_), []) if self.instance.seats.len() == 1 => Side::Seat(OpeningIx::new(0)),
            (Some(kind), openings) => {
                let mut counted = Vec::new();
                for &candidate in &self.instance.kinds[kind.get()] {
                    let choices = self.instance.choices(candidate);
                    let inside = choices
                        .iter()
                        .filter(|choice| whole || openings.binary_search(&choice.opening).is_ok())
                        .count();
                    if inside > 0 && inside < choices.len() {
                        let group = self.places[position];
                        self.faults.push(InstanceFault::GroupMixes { group, candidate });
                        return Side::People;
                    }
                    if inside > 0 {
                        counted.push(candidate);
                    }
                }
                self.members.insert(position, counted);
                Side::People
            }
        }
    }

    fn openings(&mut self, nesting: &mut Nesting) {
        let count = self.instance.seats.len();
        let of = |group: &Group| -> Vec<usize> {
            if group.openings.is_empty() {
                (0..count).collect()
            } else {
                group.openings.iter().map(|row| row.get()).collect()
            }
        };
        let sets: Vec<(usize, Vec<usize>)> = self.of_side(nesting, |side| matches!(side, Side::Openings), of);
        if sets.is_empty() {
            return;
        }
        let tree = self.tree(&sets, count, Crossed::Group);
        for ((group, _), parent) in sets.iter().zip(&tree.parents) {
            nesting.parents[*group] = parent.map_or(NONE, |parent| short(sets[parent].0));
        }
        nesting.around = tree.smallest.iter().map(|set| set.map_or(NONE, |set| short(sets[set].0))).collect();
    }

    fn of_side<T>(
        &self,
        nesting: &Nesting,
        wanted: impl Fn(&Side) -> bool,
        of: impl Fn(&Group) -> T,
    ) -> Vec<(usize, T)> {
        let sides = nesting.sides.iter().enumerate().filter(|(_, side)| wanted(side));
        sides.map(|(group, _)| (group, of(&self.instance.groups[group]))).collect()
    }

    /// The groups of each opening, by the people with a pair there whom they count.
    fn seats(&mut self, nesting: &mut Nesting) {
        let mut by_opening: BTreeMap<OpeningIx, Vec<usize>> = BTreeMap::new();
        for (group, side) in nesting.sides.iter().enumerate() {
            if let Side::Seat(opening) = side {
                by_opening.entry(*opening).or_default().push(group);
            }
        }
        if by_opening.is_empty() {
            return;
        }
        let pairs = self.instance.choices.iter().map(|choice| short(choice.opening.get()));
        nesting.leaves = pairs.collect();
        let takers = Takers::of(self.instance, by_opening.keys().copied());
        for (place, (opening, mut groups)) in by_opening.into_iter().enumerate() {
            // of two with the same people a hard one is the outer, as none may lie inside another
            groups.sort_by_key(|&group| self.instance.groups[group].unfilled == super::Unfilled::Opens);
            self.at_opening(nesting, opening, &groups, takers.at(place));
        }
    }

    fn at_opening(
        &mut self,
        nesting: &mut Nesting,
        opening: OpeningIx,
        groups: &[usize],
        takers: &[(CandidateIx, u32)],
    ) {
        let first_leaf = nesting.leaf_count();
        nesting.leaf_groups.extend(groups.iter().map(|&group| short(group)));
        let kinds = groups.iter().filter_map(|&group| Some((group, self.instance.groups[group].kind?)));
        let sets: Vec<(usize, Vec<usize>)> =
            kinds.map(|(group, kind)| (group, shared(takers, &self.instance.kinds[kind.get()]))).collect();
        let tree = self.tree(&sets, takers.len(), Crossed::Group);
        for ((group, _), parent) in sets.iter().zip(&tree.parents) {
            nesting.parents[*group] = parent.map_or(NONE, |parent| short(sets[parent].0));
            let hard = self.instance.groups[*group].unfilled == super::Unfilled::LeftFree;
            if hard && parent.is_some() {
                let group = self.places[*group];
                self.faults.push(InstanceFault::HardInside { group, opening });
            }
        }
        for (&(_, position), set) in takers.iter().zip(&tree.smallest) {
            if let Some(set) = set {
                nesting.leaves[position as usize] = short(first_leaf + set);
            }
        }
    }

    fn people(&mut self, nesting: &mut Nesting) {
        let mut sets: Vec<(Whose, Vec<usize>)> = Vec::new();
        for (&group, members) in &self.members {
            sets.push((Whose::Group(group), members.iter().map(|row| row.get()).collect()));
        }
        sets.extend(self.bound_households());
        if sets.is_empty() {
            return;
        }
        let places = self.places;
        let named: Vec<(Whose, Vec<usize>)> = sets;
        let crossed = |at: usize| match named[at].0 {
            Whose::Group(group) => Crossed::Group(places[group]),
            Whose::Household(household) => Crossed::Household(household),
        };
        let tree = Tree::of(named.iter().map(|(_, set)| set.as_slice()), self.instance.candidates.len());
        for &(one, other) in &tree.crossing {
            let (group, with) = match (crossed(one), crossed(other)) {
                (Crossed::Group(group), with) | (with, Crossed::Group(group)) => (group, with),
                // households share nobody
                (Crossed::Household(_), Crossed::Household(_)) => continue,
            };
            self.faults.push(InstanceFault::GroupsCross { group, with });
        }
        let sets = named.iter().zip(&tree.parents);
        nesting.people_sets = sets.map(|((whose, _), &parent)| PeopleSet { whose: *whose, parent }).collect();
        nesting.person_sets = tree.smallest.iter().map(|set| set.map_or(NONE, short)).collect();
    }

    fn bound_households(&self) -> Vec<(Whose, Vec<usize>)> {
        let Some(cap) = self.instance.household_cap else { return Vec::new() };
        let mut members = vec![Vec::new(); self.instance.households];
        for (candidate, numbers) in self.instance.rows().zip(&self.instance.candidates) {
            if let Some(household) = numbers.household
                && !self.instance.choices(candidate).is_empty()
            {
                members[household.get()].push(candidate.get());
            }
        }
        let bound = members.into_iter().enumerate().filter(|(_, set)| set.len() > cap as usize);
        bound.map(|(row, set)| (Whose::Household(HouseholdIx::new(row)), set)).collect()
    }

    fn tree(
        &mut self,
        sets: &[(usize, Vec<usize>)],
        elements: usize,
        named: impl Fn(usize) -> Crossed,
    ) -> Tree {
        let tree = Tree::of(sets.iter().map(|(_, set)| set.as_slice()), elements);
        for &(one, other) in &tree.crossing {
            let (group, with) = (self.places[sets[one].0], named(self.places[sets[other].0]));
            self.faults.push(InstanceFault::GroupsCross { group, with });
        }
        tree
    }
}

/// Who may take each of some openings, gathered in one pass over the pairs: looking each member of a kind up among their
/// own pairs, for each group anew, takes seconds where a city has a thousand groups.
struct Takers {
    /// Those of each opening stand at `first[place]..first[place + 1]`.
    first: Vec<usize>,
    /// By candidate, with the position of the pair.
    list: Vec<(CandidateIx, u32)>,
}

impl Takers {
    /// Of these openings, which ascend; their places among them name them from here on.
    fn of(instance: &Instance, openings: impl Iterator<Item = OpeningIx>) -> Self {
        let mut places = vec![NONE; instance.seats.len()];
        let mut first = vec![0];
        for opening in openings {
            places[opening.get()] = short(first.len() - 1);
            first.push(0);
        }
        for place in instance.choices.iter().filter_map(|choice| found(places[choice.opening.get()])) {
            first[place + 1] += 1;
        }
        for place in 1..first.len() {
            first[place] += first[place - 1];
        }
        let mut list = vec![(CandidateIx::new(0), NONE); first.last().copied().unwrap_or(0)];
        let mut next = first.clone();
        for candidate in instance.rows() {
            for position in instance.positions(candidate) {
                let opening = instance.choices[position].opening;
                if let Some(place) = found(places[opening.get()]) {
                    list[next[place]] = (candidate, short(position));
                    next[place] += 1;
                }
            }
        }
        Self { first, list }
    }

    fn at(&self, place: usize) -> &[(CandidateIx, u32)] {
        &self.list[self.first[place]..self.first[place + 1]]
    }
}

/// The positions among the takers of an opening of those who are members; both ascend. The shorter list is walked, and
/// the longer one searched.
fn shared(takers: &[(CandidateIx, u32)], members: &[CandidateIx]) -> Vec<usize> {
    if takers.len() <= members.len() {
        let is_member = |position: &usize| members.binary_search(&takers[*position].0).is_ok();
        (0..takers.len()).filter(is_member).collect()
    } else {
        let of = |member: &CandidateIx| takers.binary_search_by_key(member, |taker| taker.0).ok();
        members.iter().filter_map(of).collect()
    }
}

/// Sets that nest, or the pairs of them that do not.
struct Tree {
    parents: Vec<Option<usize>>,
    /// The smallest set that holds each element.
    smallest: Vec<Option<usize>>,
    crossing: Vec<(usize, usize)>,
}

impl Tree {
    /// Takes the sets from the largest to the smallest, of equal ones the earlier first. They nest exactly if, each
    /// time, all elements of a set lie in the same sets before it.
    fn of<'a>(sets: impl Iterator<Item = &'a [usize]>, elements: usize) -> Self {
        let sets: Vec<&[usize]> = sets.collect();
        let mut order: Vec<usize> = (0..sets.len()).collect();
        order.sort_by_key(|&set| std::cmp::Reverse(sets[set].len()));
        let mut tree =
            Self { parents: vec![None; sets.len()], smallest: vec![None; elements], crossing: Vec::new() };
        for set in order {
            let mut holders = sets[set].iter().map(|&element| tree.smallest[element]);
            let first = holders.next().flatten();
            let other = holders.find(|&holder| holder != first);
            if let Some(other) = other {
                let holder = first.max(other).unwrap_or(set);
                tree.crossing.push((set.min(holder), set.max(holder)));
                continue;
            }
            tree.parents[set] = first;
            for &element in sets[set] {
                tree.smallest[element] = Some(set);
            }
        }
        tree
    }
}
