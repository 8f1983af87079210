//! The network of one part: nodes, the flow that is the present plan, and the steps that can change it.
//!
//! Nodes are numbered: the root, then households, openings, reserves, people. Flow runs round:
//! root → household (`cap`) → person (1, worth one of their tier) → reserve or opening (worth the score) →
//! opening (the first `seats` of a reserve are worth one reserved seat each) → root (`seats`). People whose
//! household cannot reach the cap hang on the root itself.

use super::split::{Part, usable};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Instance, Level, Worth};

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

/// A way in which one unit of flow can still be moved, and what that costs on one level.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub to: u32,
    level: usize,
    cost: i64,
}

impl Step {
    fn free(to: u32) -> Self {
        Self::reserved(to, 0)
    }

    fn reserved(to: u32, cost: i64) -> Self {
        Self { to, level: Level::Reserved.position(), cost }
    }
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
            let reserve = &instance.reserves()[position];
            let Ok(opening) = self.part.openings.binary_search(&reserve.opening) else { continue };
            let node = self.reserve_node(number);
            self.openings[opening].reserves.push(node);
            let opening = self.opening_node(opening);
            self.reserves.push(Reserve { opening, seats: reserve.seats as usize });
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
            let entries = usable(instance, row).filter_map(|choice| {
                let node = match choice.reserve() {
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

/// The flow.
impl Network {
    /// Allows or forbids that a person is let in or out.
    pub fn lock(&mut self, person: usize, locked: bool) {
        self.people[person].locked = locked;
    }

    /// Allows or forbids that a person changes seats.
    pub fn pin(&mut self, person: usize, pinned: bool) {
        self.people[person].pinned = pinned;
    }

    /// The nodes through which a person may enter openings that come before the present one by row.
    pub fn earlier_entries(&self, person: usize) -> Vec<u32> {
        let person = &self.people[person];
        person.entries.iter().take(person.seat.unwrap_or(0)).map(|entry| entry.node).collect()
    }

    /// Whether some optimal flow may lead the person through this entry.
    pub fn is_tight(&self, number: usize, entry: u32) -> bool {
        let from = self.person_node(number);
        let mut tight = false;
        Self::each_seat(&self.people[number], &mut |step| {
            tight |= step.to == entry && self.reduced(from, step) == Worth::ZERO;
        });
        tight
    }

    /// The node through which a person is seated.
    pub fn entry(&self, person: usize) -> Option<u32> {
        let person = &self.people[person];
        person.seat.map(|seat| person.entries[seat].node)
    }

    /// Shows every step from a node that the flow, the locks and the pins leave open.
    pub fn each_step(&self, from: u32, mut show: impl FnMut(Step)) {
        match self.kind(from) {
            Kind::Root => self.each_from_root(&mut show),
            Kind::Household(household) => {
                let Household { members, placed } = &self.households[household];
                self.each_entrant(members, &mut show);
                if *placed > 0 {
                    show(Step::free(ROOT));
                }
            }
            Kind::Opening(opening) => self.each_from_opening(from, &self.openings[opening], &mut show),
            Kind::Reserve(reserve) => {
                let Reserve { opening, seats } = self.reserves[reserve];
                let earns = i64::from(self.occupants[self.occupants_of(from)].len() < seats);
                show(Step::reserved(opening, -earns));
                self.each_occupant(from, &mut show);
            }
            Kind::Person(person) => Self::each_from_person(&self.people[person], &mut show),
        }
    }

    fn each_from_root(&self, show: &mut impl FnMut(Step)) {
        for (number, household) in self.households.iter().enumerate() {
            if household.placed < self.cap {
                show(Step::free(Self::household_node(number)));
            }
        }
        for (number, opening) in self.openings.iter().enumerate() {
            if opening.filled > 0 {
                show(Step::free(self.opening_node(number)));
            }
        }
        self.each_entrant(&self.loose, show);
    }

    fn each_entrant(&self, members: &[usize], show: &mut impl FnMut(Step)) {
        for &number in members {
            let person = &self.people[number];
            if person.seat.is_none() && !person.locked {
                show(Step { to: self.person_node(number), level: person.tier, cost: -1 });
            }
        }
    }

    fn each_from_opening(&self, from: u32, opening: &Opening, show: &mut impl FnMut(Step)) {
        if opening.filled < opening.seats {
            show(Step::free(ROOT));
        }
        for &reserve in &opening.reserves {
            let placed = self.occupants[self.occupants_of(reserve)].len();
            let Kind::Reserve(number) = self.kind(reserve) else { continue };
            if placed > 0 {
                let loses = i64::from(placed <= self.reserves[number].seats);
                show(Step::reserved(reserve, loses));
            }
        }
        self.each_occupant(from, show);
    }

    fn each_occupant(&self, entry: u32, show: &mut impl FnMut(Step)) {
        let score = Level::Score.position();
        for &to in &self.occupants[self.occupants_of(entry)] {
            let Kind::Person(number) = self.kind(to) else { continue };
            let person = &self.people[number];
            if let (Some(seat), false) = (person.seat, person.pinned) {
                show(Step { to, level: score, cost: i64::from(person.entries[seat].score) });
            }
        }
    }

    fn each_from_person(person: &Person, show: &mut impl FnMut(Step)) {
        if person.seat.is_some() && !person.locked {
            show(Step { to: person.parent, level: person.tier, cost: 1 });
        }
        Self::each_seat(person, show);
    }

    fn each_seat(person: &Person, show: &mut impl FnMut(Step)) {
        let level = Level::Score.position();
        for entry in &person.entries {
            show(Step { to: entry.node, level, cost: -i64::from(entry.score) });
        }
    }

    /// Moves one unit of flow along a path of steps.
    pub fn push(&mut self, path: &[u32]) {
        for pair in path.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            match (self.kind(from), self.kind(to)) {
                (Kind::Root, Kind::Household(household)) => self.households[household].placed += 1,
                (Kind::Household(household), Kind::Root) => self.households[household].placed -= 1,
                (Kind::Opening(opening), Kind::Root) => self.openings[opening].filled += 1,
                (Kind::Root, Kind::Opening(opening)) => self.openings[opening].filled -= 1,
                (Kind::Person(person), Kind::Opening(_) | Kind::Reserve(_)) => self.sit(person, to),
                (Kind::Opening(_) | Kind::Reserve(_), Kind::Person(person)) => self.rise(person),
                _ => {}
            }
        }
    }

    fn sit(&mut self, number: usize, entry: u32) {
        let node = self.person_node(number);
        let person = &mut self.people[number];
        person.seat = person.entries.iter().position(|choice| choice.node == entry);
        let list = self.occupants_of(entry);
        self.occupants[list].push(node);
    }

    /// Takes a person from the seat they have.
    pub fn rise(&mut self, number: usize) {
        let node = self.person_node(number);
        let Some(entry) = self.entry(number) else { return };
        self.people[number].seat = None;
        let list = self.occupants_of(entry);
        self.occupants[list].retain(|&occupant| occupant != node);
    }
}

/// A node number; [`crate::instance::MAX_ROWS`] keeps them in range.
fn node(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
