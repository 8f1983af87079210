//! The network of one part: nodes, the flow that is the present plan, and the steps that can change it.
//!
//! Nodes are numbered: the root, then households, openings, reserves, people. Flow runs round:
//! root → household (`cap`) → person (1, worth one of their tier) → reserve or opening (worth the score) →
//! opening (the first `seats` of a reserve are worth one reserved seat each) → root (`seats`). People whose
//! household cannot reach the cap hang on the root itself.

mod steps;

use super::split::{Part, usable};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Instance, Level, Side, Worth};

pub(super) use steps::Step;

/// The node where every round begins and ends.
pub(super) const ROOT: u32 = 0;

/// What a node stands for, with its number among its kind.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Root,
    Household(usize),
    Opening(usize),
    Reserve(usize),
    Person(usize),
}

/// One opening that a person may take: the node through which they enter it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    node: u32,
    score: u32,
}

#[derive(Clone, Debug)]
struct Person {
    row: CandidateIx,
    tier: usize,
    lot: u32,
    parent: u32,
    entries: Vec<Entry>,
    /// The position in `entries` of the seat taken.
    seat: Option<usize>,
    /// Flow between parent and person is fixed.
    locked: bool,
    /// Flow between person and seat is fixed.
    pinned: bool,
}

#[derive(Clone, Debug)]
struct Opening {
    row: OpeningIx,
    seats: usize,
    filled: usize,
    reserves: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Household {
    members: Vec<usize>,
    placed: usize,
}

#[derive(Clone, Debug)]
struct Reserve {
    opening: u32,
    seats: usize,
}

/// A part as a network, with a flow and the potential of every node.
#[derive(Clone, Debug)]
pub(super) struct Network {
    part: Part,
    scored: bool,
    cap: usize,
    households: Vec<Household>,
    openings: Vec<Opening>,
    reserves: Vec<Reserve>,
    people: Vec<Person>,
    /// People whose parent is the root.
    loose: Vec<usize>,
    /// People seated through each opening and each reserve, as nodes.
    occupants: Vec<Vec<u32>>,
    /// See the invariants in [`super`].
    pub potential: Vec<Worth>,
}

impl Network {
    /// The network of a part with an empty flow, everybody locked out. Without `scored` every score counts 0.
    pub fn new(instance: &Instance, part: Part, scored: bool) -> Self {
        let mut network = Self {
            scored,
            cap: instance.household_cap().map_or(usize::MAX, |cap| cap as usize),
            households: part
                .households
                .iter()
                .map(|_| Household { members: Vec::new(), placed: 0 })
                .collect(),
            openings: Vec::with_capacity(part.openings.len()),
            reserves: Vec::with_capacity(part.reserves.len()),
            people: Vec::with_capacity(part.people.len()),
            loose: Vec::new(),
            occupants: vec![Vec::new(); part.openings.len() + part.reserves.len()],
            potential: Vec::new(),
            part,
        };
        network.add_openings(instance);
        network.add_people(instance);
        network.potential = vec![Worth::ZERO; network.size()];
        for reserve in 0..network.reserves.len() {
            let node = network.reserve_node(reserve) as usize;
            network.potential[node] = Worth::of(Level::Reserved, 1);
        }
        network
    }

    fn add_openings(&mut self, instance: &Instance) {
        for &row in &self.part.openings {
            let seats = instance.seats()[row.get()] as usize;
            self.openings.push(Opening { row, seats, filled: 0, reserves: Vec::new() });
        }
        for (number, &position) in self.part.reserves.iter().enumerate() {
            let group = &instance.groups()[position];
            let Side::Seat(place) = instance.nesting().sides()[position] else { continue };
            let Ok(opening) = self.part.openings.binary_search(&place) else { continue };
            let node = self.reserve_node(number);
            self.openings[opening].reserves.push(node);
            let opening = self.opening_node(opening);
            self.reserves.push(Reserve { opening, seats: group.reserve as usize });
        }
    }

    fn add_people(&mut self, instance: &Instance) {
        for (number, &row) in self.part.people.iter().enumerate() {
            let numbers = instance.candidates()[row.get()];
            let household =
                numbers.household.and_then(|household| self.part.households.binary_search(&household).ok());
            let members = match household {
                Some(household) => &mut self.households[household].members,
                None => &mut self.loose,
            };
            members.push(number);
            let entries = usable(instance, row).filter_map(|(leaf, choice)| {
                let node = match instance.nesting().leaf_group(leaf) {
                    Some(reserve) => self.reserve_node(self.part.reserves.binary_search(&reserve).ok()?),
                    None => self.opening_node(self.part.openings.binary_search(&choice.opening()).ok()?),
                };
                Some(Entry { node, score: if self.scored { choice.score() } else { 0 } })
            });
            self.people.push(Person {
                row,
                tier: Level::Tier(numbers.tier).position(),
                lot: numbers.lot,
                parent: household.map_or(ROOT, Self::household_node),
                entries: entries.collect(),
                seat: None,
                locked: true,
                pinned: false,
            });
        }
    }
}

/// Nodes and rows.
impl Network {
    /// How many nodes there are.
    pub fn size(&self) -> usize {
        1 + self.households.len() + self.openings.len() + self.reserves.len() + self.part.people.len()
    }

    /// The rows that the network stands for.
    pub fn part(&self) -> &Part {
        &self.part
    }

    /// The same part with the placed people alone, whom no cap can bind any more.
    pub fn placed_part(&self) -> Part {
        let placed = self.people.iter().filter(|person| person.seat.is_some());
        let people = placed.map(|person| person.row).collect();
        let Part { openings, reserves, .. } = &self.part;
        Part { people, openings: openings.clone(), households: Vec::new(), reserves: reserves.clone() }
    }

    fn household_node(household: usize) -> u32 {
        node(1 + household)
    }

    fn opening_node(&self, opening: usize) -> u32 {
        node(1 + self.part.households.len() + opening)
    }

    fn reserve_node(&self, reserve: usize) -> u32 {
        node(1 + self.part.households.len() + self.part.openings.len() + reserve)
    }

    /// The node of a person of this part.
    pub fn person_node(&self, person: usize) -> u32 {
        let before = self.part.households.len() + self.part.openings.len() + self.part.reserves.len();
        node(1 + before + person)
    }

    fn kind(&self, node: u32) -> Kind {
        let mut number = node as usize;
        if number == 0 {
            return Kind::Root;
        }
        number -= 1;
        if number < self.households.len() {
            return Kind::Household(number);
        }
        number -= self.households.len();
        if number < self.openings.len() {
            return Kind::Opening(number);
        }
        number -= self.openings.len();
        if number < self.reserves.len() {
            return Kind::Reserve(number);
        }
        Kind::Person(number - self.reserves.len())
    }

    /// Which list of occupants belongs to the node of an opening or a reserve.
    fn occupants_of(&self, entry: u32) -> usize {
        entry as usize - 1 - self.households.len()
    }

    /// The node that lets a person in: their household, or the root.
    pub fn parent(&self, person: usize) -> u32 {
        self.people[person].parent
    }

    /// People in the order of their lots.
    pub fn by_lot(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        order.sort_unstable_by_key(|&person| self.people[person].lot);
        order
    }

    /// People tier by tier, in a tier by lot: few are displaced again when they are let in in this order.
    pub fn by_tier(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        order.sort_unstable_by_key(|&person| (self.people[person].tier, self.people[person].lot));
        order
    }

    /// The opening that a person has.
    pub fn placement(&self, person: usize) -> Option<OpeningIx> {
        let person = &self.people[person];
        let opening = match self.kind(person.entries[person.seat?].node) {
            Kind::Opening(opening) => opening,
            Kind::Reserve(reserve) => match self.kind(self.reserves[reserve].opening) {
                Kind::Opening(opening) => opening,
                _ => return None,
            },
            _ => return None,
        };
        Some(self.openings[opening].row)
    }

    /// Whether a person has a seat.
    pub fn is_placed(&self, person: usize) -> bool {
        self.people[person].seat.is_some()
    }

    /// Whether the household of a person has as many placements as the cap allows.
    pub fn cap_is_reached(&self, person: usize) -> bool {
        match self.kind(self.people[person].parent) {
            Kind::Household(household) => self.households[household].placed >= self.cap,
            _ => false,
        }
    }
}

/// Potentials and what follows from them.
impl Network {
    /// The cost of a step less the difference of potentials; never below nothing on an optimal flow.
    pub fn reduced(&self, from: u32, step: Step) -> Worth {
        let drop = self.potential[from as usize] - self.potential[step.to as usize];
        drop.plus(step.level, step.cost)
    }

    /// What letting a person in would gain at the present potentials, if `parent` lets them in.
    pub fn gain(&self, person: usize, parent: u32) -> Worth {
        let drop = self.potential[self.person_node(person) as usize] - self.potential[parent as usize];
        drop.plus(self.people[person].tier, 1)
    }

    /// Lets the potential of a person who is not yet let in follow that of their openings.
    pub fn lift(&mut self, person: usize) {
        let reach = self.people[person].entries.iter().map(|entry| {
            let score = Worth::of(Level::Score, i64::from(entry.score));
            self.potential[entry.node as usize] + score
        });
        if let Some(highest) = reach.max() {
            let node = self.person_node(person) as usize;
            self.potential[node] = highest;
        }
    }

    /// Keeps potentials near 0: only their differences matter.
    pub fn rebase(&mut self) {
        let base = self.potential[ROOT as usize];
        if base.is_large() {
            for potential in &mut self.potential {
                *potential -= base;
            }
        }
    }

    /// The price of a household's cap, an opening's seat or a reserve's seat, or of a candidate.
    pub fn price(&self, node: u32) -> Worth {
        let of = |node: u32| self.potential[node as usize];
        let price = match self.kind(node) {
            Kind::Root => Worth::ZERO,
            Kind::Household(_) => of(node) - of(ROOT),
            Kind::Opening(_) => of(ROOT) - of(node),
            Kind::Reserve(reserve) => {
                Worth::of(Level::Reserved, 1) + of(self.reserves[reserve].opening) - of(node)
            }
            Kind::Person(person) => self.gain(person, self.people[person].parent),
        };
        price.max(Worth::ZERO)
    }

    /// The nodes of the households, the openings, the reserves and the people, each in the order of the part.
    pub fn nodes(&self) -> [std::ops::Range<u32>; 4] {
        let ends = [
            Self::household_node(0),
            self.opening_node(0),
            self.reserve_node(0),
            self.person_node(0),
            node(self.size()),
        ];
        [0, 1, 2, 3].map(|kind| ends[kind]..ends[kind + 1])
    }
}

/// A node number; [`crate::instance::MAX_ROWS`] keeps them in range.
fn node(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_potentials_are_moved_back_together() {
        let part = Part { openings: vec![OpeningIx::new(0)], ..Part::default() };
        let parts = crate::instance::InstanceParts { tiers: 1, seats: vec![1], ..Default::default() };
        let instance = Instance::new(parts).expect("sound numbers");
        let mut network = Network::new(&instance, part, true);
        let far = Worth::of(Level::Score, -(1 << 61));
        let price = Worth::of(Level::Score, 7);
        network.potential = vec![far, far - price];
        network.rebase();
        assert_eq!(network.potential, [Worth::ZERO, -price]);
        network.rebase();
        assert_eq!(network.price(1), price);
    }
}
