//! A part of an instance as a market.

use std::collections::HashMap;

use super::{Edge, FILLS, Market, NONE, Node, Scale, short};
use crate::assign::split::Part;
use crate::assign::weight::{Digits, Weight};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Choice, Instance, LeafIx, Level, Side, Unfilled, Whose};

/// Numbers of so many bits are the fastest.
pub(in crate::assign) const NARROW: u32 = 58;

/// The digits that the numbers of a part need, and in how many bits.
pub(in crate::assign) fn digits(instance: &Instance, part: &Part, scored: bool) -> (Digits, u32) {
    // groups may be counted out as plain seats: two stalls more each
    let leaves = part.openings.len() + 3 * part.groups.len();
    let tiers = part.people.iter().map(|row| instance.candidates()[row.get()].tier).max();
    let tiers = tiers.map_or(1, |tier| usize::from(tier) + 1);
    let keeps = scored && !instance.keep().is_empty();
    let with = |score: u32| {
        let digits = Digits::new(tiers, leaves, part.sets.len(), score, keeps);
        let bits = digits.bits(leaves);
        (digits, bits)
    };
    if !scored {
        return with(0);
    }
    let (digits, bits) = with(instance.highest_score());
    if bits <= NARROW {
        return (digits, bits);
    }
    // the scores of the part may be lower
    let scores = part.people.iter().flat_map(|&row| instance.choices(row)).map(Choice::score);
    with(scores.max().unwrap_or(0))
}

impl<W: Weight> Market<W> {
    /// The network of a part; nobody is placed but those whom a pin places. Without `scored` every score counts 0.
    pub fn new(instance: &Instance, part: Part, digits: Digits, scored: bool) -> Self {
        let frame = Frame::new(instance, &part);
        let mut market = Self::vacant(Scale::new(digits, scored), part, frame.nodes, frame.people);
        market.add_people(instance, &frame.leaves, &frame.sets);
        market.pin(instance);
        market.set_first_prices();
        market
    }

    /// A network of openings with so many seats, without groups, people and pairs.
    pub fn plain(scale: Scale<W>, part: Part, seats: Vec<u32>) -> Self {
        let mut nodes: Vec<Node> = Vec::with_capacity(seats.len() + 1);
        let root = short(seats.len());
        let node = |cap| Node { parent: root, past: NONE, cap, floor: 0, count: 0 };
        nodes.extend(seats.into_iter().map(node));
        nodes.push(Node { parent: NONE, ..node(u32::MAX) });
        Self::vacant(scale, part, nodes, root)
    }

    fn vacant(scale: Scale<W>, part: Part, nodes: Vec<Node>, people: u32) -> Self {
        let size = nodes.len();
        let mut feeders = vec![Vec::new(); size];
        for (node, it) in (0_u32..).zip(&nodes) {
            for parent in [it.parent, it.past] {
                if parent != NONE {
                    feeders[parent as usize].push(node);
                }
            }
        }
        Self {
            first: vec![0],
            edges: Vec::new(),
            tiers: Vec::new(),
            lots: Vec::new(),
            owner: Vec::new(),
            seat: Vec::new(),
            held: Vec::new(),
            slot: Vec::new(),
            fixed: Vec::new(),
            locked: Vec::new(),
            occupants: vec![Vec::new(); size],
            feeders,
            nodes,
            people,
            price: vec![W::default(); size],
            calling: NONE,
            applicants: None,
            scale,
            part,
        }
    }

    /// Adds somebody, who is not placed, with the pairs that were added since the person before.
    pub(super) fn add_person(&mut self, tier: u8, lot: u32, owner: u32) {
        self.occupants[owner as usize].push(short(self.owner.len()));
        self.first.push(short(self.edges.len()));
        self.tiers.push(tier);
        self.lots.push(lot);
        self.owner.push(owner);
        self.seat.push(NONE);
        self.held.push(Edge::new(0, 0, 0, false));
        self.slot.push(NONE);
        self.fixed.push(false);
        self.locked.push(false);
    }

    /// Adds somebody of no set to a network made with [`Market::plain`], in the same way.
    pub fn add_bidder(&mut self, row: CandidateIx, tier: u8, lot: u32) {
        self.part.people.push(row);
        self.add_person(tier, lot, self.root());
    }

    fn add_people(&mut self, instance: &Instance, leaves: &HashMap<LeafIx, u32>, sets: &HashMap<usize, u32>) {
        let pairs: usize = self.part.people.iter().map(|&row| instance.choices(row).len()).sum();
        self.edges.reserve_exact(pairs);
        let root = self.root();
        let pools = Pools::of(instance, &self.part, pairs);
        for at in 0..self.part.people.len() {
            if at.is_multiple_of(AHEAD) {
                let next = &self.part.people[at..self.part.people.len().min(at + AHEAD)];
                for &row in next {
                    touch(instance.choices(row));
                }
            }
            let row = self.part.people[at];
            let kept = instance.kept(row);
            let numbers = instance.candidates()[row.get()];
            let pin = instance.pin(row);
            for (leaf, choice) in instance.entries(row) {
                let pool = pools.pool(choice.opening());
                if pool == NONE || pin.is_some_and(|pin| pin != choice.opening()) {
                    continue;
                }
                let node = if leaves.is_empty() { pool } else { leaves.get(&leaf).copied().unwrap_or(pool) };
                let stays = kept == Some(choice.opening());
                self.edges.push(Edge::new(node, numbers.tier, choice.score(), stays));
            }
            let set = instance.nesting().person_set(row);
            let owner = set.and_then(|set| sets.get(&set).copied()).unwrap_or(root);
            self.add_person(numbers.tier, numbers.lot, owner);
        }
    }

    fn pin(&mut self, instance: &Instance) {
        for &(row, _) in instance.pins() {
            let Ok(person) = self.part.people.binary_search(&row) else { continue };
            let Some(edge) = self.edges.get(self.first[person] as usize).copied() else { continue };
            let person = short(person);
            self.sit(person, edge.leaf());
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

/// The pool of each opening with seats of a part.
enum Pools {
    /// By row of the instance.
    All(Vec<u32>),
    /// By row, sorted: for parts so small that all rows would be too many.
    Few(Vec<(OpeningIx, u32)>),
}

impl Pools {
    fn of(instance: &Instance, part: &Part, pairs: usize) -> Self {
        let with_seats = (0_u32..).zip(&part.openings).map(|(pool, &opening)| (opening, pool));
        let with_seats = with_seats.filter(|(opening, _)| instance.seats()[opening.get()] > 0);
        if pairs < instance.seats().len() / 4 {
            return Self::Few(with_seats.collect());
        }
        let mut pools = vec![NONE; instance.seats().len()];
        with_seats.for_each(|(opening, pool)| pools[opening.get()] = pool);
        Self::All(pools)
    }

    fn pool(&self, opening: OpeningIx) -> u32 {
        match self {
            Self::All(pools) => pools[opening.get()],
            Self::Few(pools) => {
                pools.binary_search_by_key(&opening, |&(opening, _)| opening).map_or(NONE, |at| pools[at].1)
            }
        }
    }
}

/// How many people are looked up together.
const AHEAD: usize = 8;

/// Reads where the choices of somebody stand, some of them, all at once: the people of a part may lie far apart.
fn touch(choices: &[Choice]) {
    let sum = choices.iter().step_by(8).fold(0, |sum, choice| sum ^ choice.score());
    std::hint::black_box(sum);
}

impl<W: Weight> Scale<W> {
    /// What the levels are worth with these digits; without `scored` scores are worth nothing.
    pub fn new(digits: Digits, scored: bool) -> Self {
        let reserved = W::unit(&digits, Level::Reserved);
        let class = |class: usize| {
            let tier = u8::try_from(class).unwrap_or(0) % FILLS;
            let tier = if usize::from(tier) < digits.tiers() {
                W::unit(&digits, Level::Tier(tier))
            } else {
                W::default()
            };
            if class < usize::from(FILLS) { tier } else { tier + reserved }
        };
        Self {
            reserved,
            classes: std::array::from_fn(class),
            score: if scored { W::unit(&digits, Level::Score) } else { W::default() },
            kept: if scored { W::unit(&digits, Level::Kept) } else { W::default() },
            digits,
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
}
