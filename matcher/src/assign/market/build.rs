//! A part of an instance as a market.

use std::collections::HashMap;

use super::{Edge, KEPT, Market, NONE, Node, Scale, short};
use crate::assign::split::{Part, usable};
use crate::assign::weight::{Digits, Weight};
use crate::instance::{Choice, Instance, LeafIx, Level, MAX_TIERS, Side, Unfilled, Whose};

/// The digits that the numbers of a part need, and in how many bits.
pub(in crate::assign) fn digits(instance: &Instance, part: &Part, scored: bool) -> (Digits, u32) {
    let scores = part.people.iter().flat_map(|&row| instance.choices(row)).map(Choice::score);
    let score = if scored { scores.max().unwrap_or(0) } else { 0 };
    let leaves = part.openings.len() + part.groups.len();
    let tiers = part.people.iter().map(|row| instance.candidates()[row.get()].tier).max();
    let tiers = tiers.map_or(1, |tier| usize::from(tier) + 1);
    let keeps = scored && !instance.keep().is_empty();
    let digits = Digits::new(tiers, leaves, part.sets.len(), score, keeps);
    let bits = digits.bits(leaves);
    (digits, bits)
}

impl<W: Weight> Market<W> {
    /// The network of a part; nobody is placed but those whom a pin places. Without `scored` every score counts 0.
    pub fn new(instance: &Instance, part: Part, digits: Digits, scored: bool) -> Self {
        let tier = |tier: usize| W::unit(&digits, Level::Tier(u8::try_from(tier).unwrap_or(0)));
        let scale = Scale {
            reserved: W::unit(&digits, Level::Reserved),
            tiers: (0..MAX_TIERS.min(digits.tiers())).map(tier).collect(),
            score: if scored { W::unit(&digits, Level::Score) } else { W::default() },
            kept: if scored { W::unit(&digits, Level::Kept) } else { W::default() },
            digits,
        };
        let frame = Frame::new(instance, &part);
        let size = frame.nodes.len();
        let mut market = Self {
            first: vec![0],
            edges: Vec::new(),
            tiers: Vec::with_capacity(part.people.len()),
            lots: Vec::with_capacity(part.people.len()),
            owner: Vec::with_capacity(part.people.len()),
            seat: vec![NONE; part.people.len()],
            held: vec![Edge { leaf: NONE, score: 0 }; part.people.len()],
            slot: vec![NONE; part.people.len()],
            fixed: vec![false; part.people.len()],
            locked: vec![false; part.people.len()],
            occupants: vec![Vec::new(); size],
            feeders: frame.feeders(),
            nodes: frame.nodes,
            people: frame.people,
            price: vec![W::default(); size],
            seats_call: false,
            applicants: None,
            scale,
            part,
        };
        market.add_people(instance, &frame.leaves, &frame.sets);
        market.pin(instance);
        market.set_first_prices();
        market
    }

    fn add_people(&mut self, instance: &Instance, leaves: &HashMap<LeafIx, u32>, sets: &HashMap<usize, u32>) {
        let pairs: usize = self.part.people.iter().map(|&row| instance.choices(row).len()).sum();
        self.edges.reserve_exact(pairs);
        let root = self.root();
        let mut pools = vec![NONE; instance.seats().len()];
        for (pool, opening) in (0_u32..).zip(&self.part.openings) {
            pools[opening.get()] = pool;
        }
        for (person, &row) in self.part.people.iter().enumerate() {
            let kept = instance.kept(row);
            for (leaf, choice) in usable(instance, row) {
                let node = match leaves.get(&leaf) {
                    Some(&node) if !leaves.is_empty() => node,
                    _ => pools[choice.opening().get()],
                };
                let mark = if kept == Some(choice.opening()) { KEPT } else { 0 };
                self.edges.push(Edge { leaf: node, score: choice.score() | mark });
            }
            self.first.push(short(self.edges.len()));
            let numbers = instance.candidates()[row.get()];
            self.tiers.push(numbers.tier);
            self.lots.push(numbers.lot);
            let set = instance.nesting().person_set(row);
            let owner = set.and_then(|set| sets.get(&set).copied()).unwrap_or(root);
            self.owner.push(owner);
            self.occupants[owner as usize].push(short(person));
        }
    }

    fn pin(&mut self, instance: &Instance) {
        for &(row, _) in instance.pins() {
            let Ok(person) = self.part.people.binary_search(&row) else { continue };
            let Some(edge) = self.edges.get(self.first[person] as usize).copied() else { continue };
            let person = short(person);
            self.sit(person, edge.leaf);
            self.count_round(person, true);
            self.fixed[person as usize] = true;
            self.locked[person as usize] = true;
        }
    }

    /// Prices at which the pins alone are optimal: nothing, less what a reserved seat that is still empty earns.
    fn set_first_prices(&mut self) {
        let root = self.root();
        for start in 0..root {
            let mut price = W::default();
            let mut node = start;
            while node != root {
                let it = &self.nodes[node as usize];
                let fills = it.count < it.floor;
                if fills {
                    price -= self.scale.reserved;
                }
                node = if fills && it.past != NONE { it.past } else { it.parent };
            }
            self.price[start as usize] = if self.is_people(start) { -price } else { price };
        }
    }
}

/// The trees of a part. Nodes: pools of openings, leaves of groups at one opening and groups of openings, sets of people, the root.
struct Frame {
    nodes: Vec<Node>,
    people: u32,
    leaves: HashMap<LeafIx, u32>,
    sets: HashMap<usize, u32>,
}

impl Frame {
    fn new(instance: &Instance, part: &Part) -> Self {
        let nesting = instance.nesting();
        let mut frame = Self { nodes: Vec::new(), people: 0, leaves: HashMap::new(), sets: HashMap::new() };
        let node = |cap: u32, floor: u32| Node { parent: NONE, past: NONE, cap, floor, count: 0 };
        for &opening in &part.openings {
            frame.nodes.push(node(instance.seats()[opening.get()], 0));
        }
        let mut of_group = HashMap::new();
        for &group in &part.groups {
            let it = &instance.groups()[group];
            of_group.insert(group, short(frame.nodes.len()));
            frame.nodes.push(node(it.cap.unwrap_or(u32::MAX), it.reserve));
        }
        frame.people = short(frame.nodes.len());
        for &set in &part.sets {
            let (cap, floor) = match nesting.people_sets()[set].whose {
                Whose::Household(_) => (instance.household_cap().unwrap_or(u32::MAX), 0),
                Whose::Group(group) => {
                    let it = &instance.groups()[group];
                    (it.cap.unwrap_or(u32::MAX), it.reserve)
                }
            };
            frame.sets.insert(set, short(frame.nodes.len()));
            frame.nodes.push(node(cap, floor));
        }
        let root = short(frame.nodes.len());
        frame.nodes.push(node(u32::MAX, 0));
        let group_node = |group: Option<usize>| group.and_then(|it| of_group.get(&it).copied());
        for (pool, &opening) in part.openings.iter().enumerate() {
            frame.nodes[pool].parent = group_node(nesting.around(opening)).unwrap_or(root);
        }
        for &group in &part.groups {
            let at = of_group[&group] as usize;
            let parent = group_node(nesting.parent(group));
            let Side::Seat(opening) = nesting.sides()[group] else {
                frame.nodes[at].parent = parent.unwrap_or(root);
                continue;
            };
            let pool = part.openings.binary_search(&opening).map_or(root, short);
            frame.nodes[at].parent = parent.unwrap_or(pool);
            if instance.groups()[group].unfilled == Unfilled::LeftFree {
                frame.nodes[at].past = frame.nodes[pool as usize].parent;
                frame.nodes[pool as usize].cap -= frame.nodes[at].floor;
            }
        }
        for (leaf, group) in nesting.group_leaves() {
            if let Some(&node) = of_group.get(&group) {
                frame.leaves.insert(leaf, node);
            }
        }
        for &set in &part.sets {
            let parent = nesting.people_sets()[set].parent;
            let at = frame.sets[&set] as usize;
            frame.nodes[at].parent = parent.and_then(|set| frame.sets.get(&set).copied()).unwrap_or(root);
        }
        frame
    }

    fn feeders(&self) -> Vec<Vec<u32>> {
        let mut feeders = vec![Vec::new(); self.nodes.len()];
        for (node, it) in self.nodes.iter().enumerate() {
            for parent in [it.parent, it.past] {
                if parent != NONE {
                    feeders[parent as usize].push(short(node));
                }
            }
        }
        feeders
    }
}
