//! The Hall set around somebody who is not placed: the openings in whose seats nobody is left over.
//!
//! # What it is
//! Let `u` be a person who is not placed, `t` their tier. `R(u)` is the least set of openings that holds every opening
//! that `u` may take and, with an opening, every one that the people seated there may take: what alternating paths
//! from `u` reach. Somebody whom an officer pinned may take the opening of the pin alone. `R(u)` is *closed* for `u` if
//! all its seats are taken and everybody seated in it is of tier `t` or higher, or pinned.
//!
//! # What it proves
//! **No plan at all places `u` and everybody who is seated in a closed `R(u)`.** *Proof.* They are as many as the
//! seats of `R(u)`, and neither they nor `u` may take an opening outside; with `u` they are one more than the seats. Caps
//! and reserves only take plans away. ∎
//!
//! **It is the least proof of that kind.** Let `X` be people with `u` and all who are pinned among them, all placed but
//! for `u`, for whom there are not seats enough. Then `X` holds everybody seated in `R(u)`. *Proof.* By Hall's theorem
//! some `Y ⊆ X` outnumbers the seats `s` of the openings that it may take, and `u ∈ Y`, since the others do have seats.
//! So `|Y| − 1 ≤ s ≤ |Y| − 1`: all those seats are taken, by people of `Y`. So the openings of `Y` hold those of `u` and of
//! all who are seated in them, hence `R(u)`. ∎
//!
//! **Without groups it is closed for everybody whose household has room**, and for everybody who could not be placed at a
//! gain even if their household had. *Proof.* Otherwise an alternating path leads from `u` to a free seat or to somebody
//! of a lower tier who is not pinned. Along it all move on by one seat: `u` comes in, that one at most goes out, and the
//! others stay placed, so that no other household has more. That plan is greater than the optimum. ∎
//!
//! # Reserves
//! Let a group of one kind of person at one opening, which neither lies in another group there nor holds one, have no
//! more members placed than its reserve. Then its members' seats are *kept*, and so are those that a hard reserve leaves free:
//! `R(u)` passes them by, unless it comes to the opening by a pair of a member, or by one that would itself fill a
//! reserved seat. People in kept seats are not counted as seated, nor these seats as seats of `R(u)`, and the statement is:
//! **no plan places `u` and everybody who is seated, and has as many members in the kept seats.** *Proof.* As before, with
//! the seats less the kept ones: nobody counted is a member of a group whose seats are kept, or `R(u)` would have come
//! there by their pair. ∎
//!
//! Where it is not closed all the same, a reserve, a cap or the limit of a household is part of the reason, and
//! [`HallSets::around`] says nothing.
//!
//! # Running time
//! People who share seats reach the same: places that reach each other are one component
//! (Kosaraju's two searches, *O(pairs of the placed)*). Then one search over components for each person who asks, which
//! in a county are few.
//!
//! # References
//! P. Hall, *On representatives of subsets*, Journal of the London Mathematical Society 10 (1935) 26–30.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Instance, LeafIx, MAX_TIERS, Side, Unfilled};

/// A closed set of openings, as counts: `seats` is the sum of `placed_per_tier` and `pinned`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HallSet {
    /// How many openings it holds, at least those that the person may take.
    pub openings: u64,
    /// Their seats without the kept ones, all of them taken.
    pub seats: u64,
    /// Who has these seats, tier by tier as far as the person's own; none of them may take another opening.
    pub placed_per_tier: Vec<u64>,
    /// Of whatever tier: who has one of these seats because an officer pinned them there.
    pub pinned: u64,
    /// Further seats of these openings, which are kept for members of groups that the set does not reach.
    pub kept: u64,
}

/// What each opening reaches, made ready for questions.
#[derive(Clone, Debug)]
pub struct HallSets<'a> {
    instance: &'a Instance,
    placements: &'a Column<CandidateIx, Option<OpeningIx>>,
    /// The component of each leaf.
    homes: Vec<u32>,
    components: Vec<Component>,
}

/// Leaves and pools of openings that reach each other.
#[derive(Clone, Debug, Default)]
struct Component {
    openings: u64,
    seats: u64,
    /// Kept seats of the openings whose pools are here.
    kept: u64,
    /// Of kept seats, those of leaves that are reached, so that they are seats like others.
    freed: u64,
    placed_per_tier: [u64; MAX_TIERS],
    pinned: u64,
    /// Other components that the people seated here may go to.
    leads_to: Vec<u32>,
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The leaves and behind them the pools of the openings, with the ways between them.
struct Map<'a> {
    instance: &'a Instance,
    /// By leaf: who sits there.
    seated: Vec<Vec<CandidateIx>>,
    /// By leaf: kept seats.
    kept: Vec<u32>,
    ways: Vec<(u32, u32)>,
}

impl<'a> Map<'a> {
    fn of(instance: &'a Instance, placements: &Column<CandidateIx, Option<OpeningIx>>) -> Self {
        let leaves = instance.nesting().leaf_count();
        let mut map =
            Self { instance, seated: vec![Vec::new(); leaves], kept: vec![0; leaves], ways: Vec::new() };
        for candidate in instance.rows() {
            let place = placements.get(candidate).copied().flatten();
            let mut entries = instance.entries(candidate);
            if let Some((leaf, _)) = entries.find(|(_, choice)| Some(choice.opening()) == place) {
                map.seated[leaf.get()].push(candidate);
            }
        }
        map.add_leaves();
        map.add_people();
        map.ways.sort_unstable();
        map.ways.dedup();
        map
    }

    fn pool(&self, opening: OpeningIx) -> u32 {
        short(self.seated.len() + opening.get())
    }

    fn add_leaves(&mut self) {
        for opening in (0..self.instance.seats().len()).map(OpeningIx::new) {
            let (leaf, pool) = (short(opening.get()), self.pool(opening));
            self.ways.extend([(leaf, pool), (pool, leaf)]);
        }
        for places in self.at_openings().into_values() {
            self.add_groups(&places);
        }
    }

    /// The leaves behind the openings, each with its group, by opening.
    fn at_openings(&self) -> BTreeMap<OpeningIx, Vec<(LeafIx, usize)>> {
        let nesting = self.instance.nesting();
        let mut by_opening: BTreeMap<OpeningIx, Vec<(LeafIx, usize)>> = BTreeMap::new();
        for (leaf, group) in nesting.group_leaves() {
            if let Some(Side::Seat(opening)) = nesting.sides().get(group) {
                by_opening.entry(*opening).or_default().push((leaf, group));
            }
        }
        by_opening
    }

    fn add_groups(&mut self, places: &[(LeafIx, usize)]) {
        let nesting = self.instance.nesting();
        let node = |leaf: LeafIx| short(leaf.get());
        for &(leaf, group) in places {
            let Some(Side::Seat(opening)) = nesting.sides().get(group).copied() else { continue };
            let it = &self.instance.groups()[group];
            let placed = short(self.seated[leaf.get()].len());
            let holds = |other: &(LeafIx, usize)| nesting.parent(other.1) == Some(group);
            let alone = nesting.parent(group).is_none() && !places.iter().any(holds);
            if alone && placed <= it.reserve {
                let hard = it.unfilled == Unfilled::LeftFree;
                self.kept[leaf.get()] = if hard { it.reserve } else { placed };
            }
            let pool = self.pool(opening);
            self.ways.push((node(leaf), pool));
            if placed > 0 && self.kept[leaf.get()] == 0 {
                self.ways.push((pool, node(leaf)));
            }
            if alone && placed < it.reserve {
                self.ways.extend(places.iter().map(|&(other, _)| (node(leaf), node(other))));
            }
        }
    }

    fn add_people(&mut self) {
        for (from, people) in (0_u32..).zip(&self.seated) {
            for &candidate in people.iter().filter(|it| self.instance.pin(**it).is_none()) {
                let entries = self.instance.entries(candidate);
                self.ways.extend(entries.map(|(leaf, _)| (from, short(leaf.get()))));
            }
        }
    }
}

impl<'a> HallSets<'a> {
    /// Looks once through the pairs of everybody who is placed. `placements` must be a plan of `instance`.
    pub fn new(instance: &'a Instance, placements: &'a Column<CandidateIx, Option<OpeningIx>>) -> Self {
        let map = Map::of(instance, placements);
        let nodes = map.seated.len() + instance.seats().len();
        let (homes, count) = components(nodes, &map.ways);
        let mut sets = Self { instance, placements, homes, components: vec![Component::default(); count] };
        sets.count_openings(&map);
        sets.count_people(&map);
        for (from, to) in map.ways {
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

    fn count_openings(&mut self, map: &Map<'_>) {
        for (opening, &seats) in self.instance.seats().iter().enumerate() {
            let pool = map.pool(OpeningIx::new(opening));
            let component = &mut self.components[self.homes[pool as usize] as usize];
            component.openings += 1;
            component.seats += u64::from(seats);
        }
        for (leaf, group) in self.instance.nesting().group_leaves() {
            let kept = u64::from(map.kept[leaf.get()]);
            self.components[self.homes[leaf.get()] as usize].freed += kept;
            if let Some(Side::Seat(opening)) = self.instance.nesting().sides().get(group) {
                self.components[self.homes[map.pool(*opening) as usize] as usize].kept += kept;
            }
        }
    }

    fn count_people(&mut self, map: &Map<'_>) {
        for (leaf, people) in map.seated.iter().enumerate() {
            let component = &mut self.components[self.homes[leaf] as usize];
            for &candidate in people {
                if self.instance.pin(candidate).is_some() {
                    component.pinned += 1;
                } else {
                    let tier = self.instance.candidates()[candidate.get()].tier;
                    component.placed_per_tier[usize::from(tier)] += 1;
                }
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
        let mut left: Vec<u32> =
            self.instance.entries(candidate).map(|(leaf, _)| self.homes[leaf.get()]).collect();
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
        let kept = sum.kept.saturating_sub(sum.freed);
        let seats = sum.seats.saturating_sub(kept);
        let closed = sum.openings > 0 && taken == seats && lower.iter().all(|&people| people == 0);
        closed.then(|| HallSet {
            openings: sum.openings,
            seats,
            placed_per_tier: counted.to_vec(),
            pinned: sum.pinned,
            kept,
        })
    }
}

impl Component {
    fn add(&mut self, other: &Self) {
        self.openings += other.openings;
        self.seats += other.seats;
        self.kept += other.kept;
        self.freed += other.freed;
        self.pinned += other.pinned;
        for (mine, theirs) in self.placed_per_tier.iter_mut().zip(other.placed_per_tier) {
            *mine += theirs;
        }
    }
}

/// The component of each of so many nodes, and how many components there are.
fn components(nodes: usize, ways: &[(u32, u32)]) -> (Vec<u32>, usize) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(nodes, ways.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    graph.extend_with_edges(ways);
    let found = kosaraju_scc(&graph);
    let mut homes = vec![0; nodes];
    for (component, members) in (0_u32..).zip(&found) {
        for &member in members {
            homes[NodeIndex::index(member)] = component;
        }
    }
    (homes, found.len())
}
