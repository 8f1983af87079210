//! The network of one part: nodes with prices, people with seats, and the steps that can change the flow.
//!
//! Flow runs round: root → sets of people → a person → a leaf → groups, the pool of the opening, groups of openings →
//! root. A person is no node: a step from a leaf to another stands for one of its occupants who moves, a step from a leaf
//! to the person's set (or the root) for one who leaves, a step the other way for one who comes in.
//!
//! A step `a → b` costs what it loses; its *reduced* cost is that plus `price(b) − price(a)`. Invariant of an optimal flow:
//! no open step has a reduced cost below nothing. The price of a node of openings is what entering there costs others;
//! that of a set of people is the same below the root, hence not above that of the set around it.

mod applicants;
mod build;
mod change;
mod steps;

use applicants::{Applicant, Applicants};
pub(super) use build::{NARROW, digits};
pub(super) use change::whole;

use super::split::Part;
use super::weight::{Digits, Weight};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{MAX_ROWS, MAX_TIERS};

/// No person, no seat, no node.
pub(super) const NONE: u32 = u32::MAX;

/// A pair in eight bytes: the leaf by which it enters and its class; its score and whether the previous plan has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    place: u32,
    points: u32,
}

const KEPT: u32 = 1 << 31;
const LEAF_BITS: u32 = 28;
const LEAF: u32 = (1 << LEAF_BITS) - 1;
/// Classes of pairs: the tier of whoever is placed, and whether that fills a reserved seat.
pub(super) const CLASSES: usize = 2 * FILLS as usize;
/// The class of a pair that fills a reserved seat, whoever else is there, above that of its tier.
pub(super) const FILLS: u8 = 8;
const _: () =
    assert!(MAX_TIERS <= FILLS as usize && MAX_ROWS <= 1 << LEAF_BITS && CLASSES <= 1 << (32 - LEAF_BITS));

impl Edge {
    pub fn new(leaf: u32, class: u8, score: u32, kept: bool) -> Self {
        let place = leaf | u32::from(class) << LEAF_BITS;
        Self { place, points: score | if kept { KEPT } else { 0 } }
    }

    /// The leaf by which the pair enters.
    pub fn leaf(self) -> u32 {
        self.place & LEAF
    }

    /// The tier, and [`FILLS`].
    pub fn class(self) -> u8 {
        u8::try_from(self.place >> LEAF_BITS).unwrap_or(0)
    }

    /// The score of the pair.
    pub fn score(self) -> u32 {
        self.points & !KEPT
    }

    /// Whether the previous plan has it.
    pub fn is_kept(self) -> bool {
        self.points & KEPT != 0
    }
}

/// A node of openings (leaf, group, pool) or of people (set), or the root, which is the last.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where a unit goes from here; of a hard reserve, what goes beyond it.
    parent: u32,
    /// Where the units of a hard reserve go: past the pool.
    past: u32,
    pub cap: u32,
    pub floor: u32,
    /// Units that go out (openings) or in (people).
    pub count: u32,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step<W> {
    pub to: u32,
    /// The person who moves, or [`NONE`] for a step between two nodes of a tree.
    pub person: u32,
    /// The reduced cost.
    pub cost: W,
}

/// What each level is worth in the numbers of this market.
#[derive(Clone, Debug)]
pub(super) struct Scale<W> {
    pub digits: Digits,
    pub reserved: W,
    /// What a pair of each class is worth without its score.
    pub classes: [W; CLASSES],
    pub score: W,
    pub kept: W,
}

/// A part as a network, with a flow and the price of every node.
#[derive(Clone, Debug)]
pub(super) struct Market<W> {
    pub part: Part,
    pub scale: Scale<W>,
    /// By person: the edges are `first[p]..first[p + 1]`, in order of openings.
    pub first: Vec<u32>,
    pub edges: Vec<Edge>,
    pub tiers: Vec<u8>,
    pub lots: Vec<u32>,
    /// The set that a person counts in first, or the root.
    pub owner: Vec<u32>,
    /// The edge taken.
    pub seat: Vec<u32>,
    /// The same as a pair, so that a look at it costs no walk to the edges; of no meaning for those without a seat.
    held: Vec<Edge>,
    slot: Vec<u32>,
    /// Fixed where they are: neither moves nor leaves.
    pub fixed: Vec<bool>,
    /// Neither comes in nor goes out.
    pub locked: Vec<bool>,
    pub occupants: Vec<Vec<u32>>,
    pub nodes: Vec<Node>,
    /// Nodes from `people` on are sets of people, the last is the root.
    pub people: u32,
    /// The nodes whose units may go to a node (of openings), or come from it (of people).
    feeders: Vec<Vec<u32>>,
    pub price: Vec<W>,
    /// From this node on, free seats are taken at any price: after a start that left seats free, until they are filled.
    pub calling: u32,
    /// Who may take a leaf: made when first asked for.
    applicants: Option<Applicants<W>>,
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

/// Structure.
impl<W: Weight> Market<W> {
    pub fn root(&self) -> u32 {
        short(self.nodes.len() - 1)
    }

    /// The node around a node.
    pub fn parent(&self, node: u32) -> u32 {
        self.nodes[node as usize].parent
    }

    /// Where the seats of a hard reserve go.
    pub fn past(&self, node: u32) -> u32 {
        self.nodes[node as usize].past
    }

    pub fn is_people(&self, node: u32) -> bool {
        node >= self.people
    }

    pub fn persons(&self) -> std::ops::Range<u32> {
        0..short(self.owner.len())
    }

    pub fn edges_of(&self, person: u32) -> std::ops::Range<usize> {
        self.first[person as usize] as usize..self.first[person as usize + 1] as usize
    }

    pub fn row(&self, person: u32) -> CandidateIx {
        self.part.people[person as usize]
    }

    pub fn is_placed(&self, person: u32) -> bool {
        self.seat[person as usize] != NONE
    }

    /// What a pair is worth to its person.
    pub fn weight(&self, edge: Edge) -> W {
        let base = self.scale.classes[usize::from(edge.class())];
        let score = base + self.scale.score.times(edge.score());
        if edge.is_kept() { score + self.scale.kept } else { score }
    }

    /// What a pair leaves after the price of its leaf.
    pub fn net(&self, edge: Edge) -> W {
        self.weight(edge) - self.price[edge.leaf() as usize]
    }

    /// The seat of a person who has one.
    pub fn taken(&self, person: u32) -> Edge {
        self.held[person as usize]
    }

    /// The best that a person can get at the present prices.
    pub fn best(&self, person: u32) -> Option<W> {
        self.edges[self.edges_of(person)].iter().map(|&edge| self.net(edge)).max()
    }

    /// Where one more unit from a node of openings goes, and whether it fills a reserved seat.
    pub fn up(&self, node: u32) -> Option<(u32, bool)> {
        let it = &self.nodes[node as usize];
        if it.count >= it.cap || it.parent == NONE {
            return None;
        }
        let fills = it.count < it.floor;
        Some((if fills && it.past != NONE { it.past } else { it.parent }, fills))
    }

    /// Where the last unit of a node went, and whether it fills a reserved seat; of an empty node, where it would go.
    ///
    /// Steps back from a tree to its empty nodes are shown too: nothing goes on from there, so no path takes them, but
    /// prices keep to them, so that none is below those further up.
    fn last(&self, node: u32) -> (u32, bool) {
        let it = &self.nodes[node as usize];
        let fills = if it.count == 0 { it.floor > 0 } else { it.count <= it.floor };
        (if fills && it.past != NONE { it.past } else { it.parent }, fills)
    }

    fn bonus(&self, fills: bool) -> W {
        if fills { self.scale.reserved } else { W::default() }
    }

    fn drop(&self, from: u32, to: u32) -> W {
        self.price[to as usize] - self.price[from as usize]
    }

    /// The reduced cost of sending one more unit up from a node of openings.
    pub fn up_cost(&self, node: u32) -> Option<(u32, W)> {
        let (to, fills) = self.up(node)?;
        let cost = self.drop(node, to) - self.bonus(fills);
        Some((to, if node >= self.calling { cost.max(W::default()) } else { cost }))
    }

    /// Where a way back to a set of people may end: at the set, or at one around it that lets more people into it for
    /// nothing.
    pub fn ends(&self, owner: u32) -> Vec<u32> {
        let mut ends = vec![owner];
        let mut node = owner;
        loop {
            let it = &self.nodes[node as usize];
            let free = it.parent != NONE && it.count < it.cap && {
                self.drop(it.parent, node) == self.bonus(it.count < it.floor)
            };
            if !free {
                return ends;
            }
            node = it.parent;
            ends.push(node);
        }
    }

    /// Lets one more unit in from a set of people (or the root) down to one in it.
    pub fn grant(&mut self, from: u32, mut down_to: u32) {
        while down_to != from {
            self.nodes[down_to as usize].count += 1;
            down_to = self.nodes[down_to as usize].parent;
        }
    }

    /// Moves a unit round along the path that a search found for `person` from a seat or from nowhere (`from`).
    pub fn take_path(&mut self, path: &[(u32, u32, u32)], start: u32) {
        for &(from, to, person) in path {
            self.take(if from == NONE { start } else { from }, to, person);
        }
    }

    /// The opening that a leaf belongs to.
    pub fn opening_of(&self, leaf: u32) -> OpeningIx {
        self.part.openings[self.pool_of(leaf) as usize]
    }

    /// The node of that opening.
    pub fn pool_of(&self, mut leaf: u32) -> u32 {
        while leaf as usize >= self.part.openings.len() {
            leaf = self.parent(leaf);
        }
        leaf
    }

    /// Whether a person could be placed by a leaf, with all others as they are.
    pub fn has_room(&self, person: u32, leaf: u32) -> bool {
        let root = self.root();
        let mut node = self.owner[person as usize];
        while node != root {
            let it = &self.nodes[node as usize];
            if it.count >= it.cap {
                return false;
            }
            node = it.parent;
        }
        node = leaf;
        while node != root {
            let Some((to, _)) = self.up(node) else { return false };
            node = to;
        }
        true
    }
}

/// Moves.
impl<W: Weight> Market<W> {
    /// Moves one unit of flow by a step.
    pub fn take(&mut self, from: u32, to: u32, person: u32) {
        if person == NONE {
            self.take_in_tree(from, to);
            return;
        }
        if !self.is_people(from) {
            self.rise(person);
        }
        if !self.is_people(to) {
            self.sit(person, to);
        }
    }

    fn take_in_tree(&mut self, from: u32, to: u32) {
        let root = self.root();
        let below = |one: u32, other: u32| {
            let it = &self.nodes[one as usize];
            one != root && (it.parent == other || it.past == other)
        };
        match (below(from, to), self.is_people(from) && (self.is_people(to))) {
            (true, false) => self.nodes[from as usize].count += 1,
            (true, true) => self.nodes[from as usize].count -= 1,
            (false, false) => self.nodes[to as usize].count -= 1,
            (false, true) => self.nodes[to as usize].count += 1,
        }
    }

    /// Gives a person the seat behind a leaf by the best of their pairs there; the counts above are for the caller to keep.
    pub fn sit(&mut self, person: u32, leaf: u32) {
        let edges = self.edges_of(person);
        let there = edges.filter(|&at| self.edges[at].leaf() == leaf);
        if let Some(at) = there.max_by_key(|&at| self.weight(self.edges[at])) {
            self.sit_at(person, at);
        }
    }

    /// Gives a person the seat of one of their pairs.
    pub fn sit_at(&mut self, person: u32, at: usize) {
        let leaf = self.edges[at].leaf() as usize;
        self.seat[person as usize] = short(at);
        self.held[person as usize] = self.edges[at];
        self.slot[person as usize] = short(self.occupants[leaf].len());
        self.occupants[leaf].push(person);
    }

    /// Takes a person from the seat they have; the counts above are for the caller to keep.
    pub fn rise(&mut self, person: u32) {
        let leaf = self.taken(person).leaf() as usize;
        let slot = self.slot[person as usize] as usize;
        self.occupants[leaf].swap_remove(slot);
        if let Some(&moved) = self.occupants[leaf].get(slot) {
            self.slot[moved as usize] = short(slot);
        }
        self.seat[person as usize] = NONE;
    }

    /// Counts a placement, or takes it out of the counts, all the way round.
    pub fn count_round(&mut self, person: u32, placed: bool) {
        let root = self.root();
        let mut node = self.owner[person as usize];
        while node != root {
            let it = &mut self.nodes[node as usize];
            it.count = if placed { it.count + 1 } else { it.count - 1 };
            node = it.parent;
        }
        let mut node = self.taken(person).leaf();
        while node != root {
            let next = if placed { self.up(node).map_or(root, |(to, _)| to) } else { self.last(node).0 };
            let it = &mut self.nodes[node as usize];
            it.count = if placed { it.count + 1 } else { it.count - 1 };
            node = next;
        }
    }
}
