//! The Hall set around somebody who is not placed: the openings in whose seats nobody is left over.
//!
//! # What it is
//! Let `u` be a person who is not placed. `R(u)` is the least set of openings that holds every opening that `u` may
//! take and, with an opening, every one that the people seated there may take: what alternating paths from `u`
//! reach. Somebody whom an officer pinned may take the opening of the pin alone. `R(u)` is *closed* for `u` if all its
//! seats are taken and everybody seated in it is of the tier of `u` or a higher one, or pinned.
//!
//! # What it proves
//! **No plan at all places `u` and everybody who is seated in a closed `R(u)`.** *Proof.* They are as many as the
//! seats of `R(u)`, and neither they nor `u` may take an opening outside; with `u` they are one more than the seats. Caps
//! and reserves only take plans away. ∎
//!
//! **It is the least proof of that kind.** Let `X` be people with `u` and all who are pinned among them, all placed but
//! for `u`, for whom there are not seats enough. Then `X` holds everybody seated in `R(u)`. *Proof.* By Hall's theorem some `Y ⊆ X` outnumbers
//! the seats `s` of the openings that it may take, and `u ∈ Y`, since the others do have seats. So `|Y| − 1 ≤ s ≤ |Y| − 1`:
//! all those seats are taken, by people of `Y`. So the openings of `Y` hold those of `u` and of all who are seated in
//! them, hence `R(u)`. ∎
//!
//! **Without groups it is closed for everybody whose household has room**, and for everybody who could not be placed at a
//! gain even if their household had. *Proof.* Otherwise an alternating path leads from `u` to a free seat or to somebody
//! of a lower tier who is not pinned. Along it all move on by one seat: `u` comes in, that one at most goes out, and the
//! others stay placed, so that no other household has more. That plan is greater than the optimum. ∎
//! Where it is not closed, a reserve, a cap or the limit of a household is part of the reason, and
//! [`HallSets::around`] says nothing.
//!
//! # Running time
//! People who share seats reach the same: openings that reach each other are one component
//! (Kosaraju's two searches, *O(pairs of the placed)*). Then one search over components for each person who asks, which
//! in a county are few.
//!
//! # References
//! P. Hall, *On representatives of subsets*, Journal of the London Mathematical Society 10 (1935) 26–30.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, MAX_TIERS};

/// A closed set of openings, as counts: `seats` is the sum of `placed_per_tier` and `pinned`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HallSet {
    /// How many openings it holds, at least those that the person may take.
    pub openings: u64,
    /// Their seats, all of them taken.
    pub seats: u64,
    /// Who has these seats, tier by tier as far as the person's own; none of them may take another opening.
    pub placed_per_tier: Vec<u64>,
    /// Of whatever tier: who has one of these seats because an officer pinned them there.
    pub pinned: u64,
}

/// What each opening reaches, made ready for questions.
#[derive(Clone, Debug)]
pub struct HallSets<'a> {
    instance: &'a Instance,
    placements: &'a Column<CandidateIx, Option<OpeningIx>>,
    /// The component of each opening.
    homes: Vec<u32>,
    components: Vec<Component>,
}

/// Openings that reach each other.
#[derive(Clone, Debug, Default)]
struct Component {
    openings: u64,
    seats: u64,
    placed_per_tier: [u64; MAX_TIERS],
    pinned: u64,
    /// Other components that the people seated here may go to.
    leads_to: Vec<u32>,
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl<'a> HallSets<'a> {
    /// Looks once through the pairs of everybody who is placed. `placements` must be a plan of `instance`.
    pub fn new(instance: &'a Instance, placements: &'a Column<CandidateIx, Option<OpeningIx>>) -> Self {
        let ways = ways(instance, placements);
        let (homes, count) = components(instance.seats().len(), &ways);
        let mut sets = Self { instance, placements, homes, components: vec![Component::default(); count] };
        sets.count_openings();
        sets.count_people();
        for (from, to) in ways {
            let (from, to) = (sets.homes[from as usize], sets.homes[to as usize]);
            if from != to {
                sets.components[from as usize].leads_to.push(to);
            }
        }
        for component in &mut sets.components {
            component.leads_to.sort_unstable();
            component.leads_to.dedup();
        }
        sets
    }

    fn count_openings(&mut self) {
        for (&home, &seats) in self.homes.iter().zip(self.instance.seats()) {
            let component = &mut self.components[home as usize];
            component.openings += 1;
            component.seats += u64::from(seats);
        }
    }

    fn count_people(&mut self) {
        for (candidate, opening) in seated(self.instance, self.placements) {
            let component = &mut self.components[self.homes[opening.get()] as usize];
            if self.instance.pin(candidate).is_some() {
                component.pinned += 1;
            } else {
                let tier = self.instance.candidates()[candidate.get()].tier;
                component.placed_per_tier[usize::from(tier)] += 1;
            }
        }
    }

    /// The Hall set around a candidate who is not placed; `None` where it is not closed, for those who are placed, and for
    /// those who may take no opening.
    ///
    /// # Cost
    /// One search over the components that are reached, *O(c log c)*.
    pub fn around(&self, candidate: CandidateIx) -> Option<HallSet> {
        if self.placements.get(candidate).copied().flatten().is_some() {
            return None;
        }
        let own = usize::from(self.instance.candidates().get(candidate.get())?.tier);
        let choices = self.instance.choices(candidate);
        let mut left: Vec<u32> = choices.iter().map(|choice| self.homes[choice.opening().get()]).collect();
        let mut reached = BTreeSet::new();
        let mut sum = Component::default();
        while let Some(at) = left.pop() {
            if reached.insert(at) {
                let component = &self.components[at as usize];
                sum.add(component);
                left.extend(&component.leads_to);
            }
        }
        let (counted, lower) = sum.placed_per_tier.split_at(own + 1);
        let taken = counted.iter().sum::<u64>() + sum.pinned;
        let closed = sum.openings > 0 && taken == sum.seats && lower.iter().all(|&people| people == 0);
        closed.then(|| HallSet {
            openings: sum.openings,
            seats: sum.seats,
            placed_per_tier: counted.to_vec(),
            pinned: sum.pinned,
        })
    }
}

impl Component {
    fn add(&mut self, other: &Self) {
        self.openings += other.openings;
        self.seats += other.seats;
        self.pinned += other.pinned;
        for (mine, theirs) in self.placed_per_tier.iter_mut().zip(other.placed_per_tier) {
            *mine += theirs;
        }
    }
}

fn seated(
    instance: &Instance,
    placements: &Column<CandidateIx, Option<OpeningIx>>,
) -> impl Iterator<Item = (CandidateIx, OpeningIx)> {
    instance.rows().filter_map(|candidate| Some((candidate, placements.get(candidate).copied().flatten()?)))
}

/// From each opening to those that the people seated there may go to, each way once.
fn ways(instance: &Instance, placements: &Column<CandidateIx, Option<OpeningIx>>) -> Vec<(u32, u32)> {
    let mut ways = Vec::new();
    for (candidate, from) in seated(instance, placements) {
        if instance.pin(candidate).is_none() {
            let others = instance.choices(candidate).iter().filter(|choice| choice.opening() != from);
            ways.extend(others.map(|choice| (short(from.get()), short(choice.opening().get()))));
        }
    }
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// The component of each of so many openings, and how many components there are.
fn components(openings: usize, ways: &[(u32, u32)]) -> (Vec<u32>, usize) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(openings, ways.len());
    for _ in 0..openings {
        graph.add_node(());
    }
    graph.extend_with_edges(ways);
    let found = kosaraju_scc(&graph);
    let mut homes = vec![0; openings];
    for (component, members) in (0_u32..).zip(&found) {
        for &member in members {
            homes[NodeIndex::index(member)] = component;
        }
    }
    (homes, found.len())
}
