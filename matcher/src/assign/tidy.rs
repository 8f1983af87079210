//! A start near the answer of the lottery, where nothing but seats counts: people come in again in the order of their
//! lots, and take the first seat that is free.
//!
//! On the optimal face the people who can be placed are the independent sets of a matroid, so letting them in greedily
//! by lot is right; a search that dies closes openings for all who come later. What comes out is an optimal flow, in which
//! nearly everybody has the seat that the tie rule gives them: the searches of the `lottery` module find little to change.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Work;
use super::market::{Market, NONE};
use super::weight::Weight;

/// Lets people choose again by lot, among optimal plans; whoever may be placed must have been chosen then. Returns whether
/// it could, and the seats of all are those of the tie rule: groups are not for it.
///
/// `lot` is that of a person by one of their pairs. Who may be placed by pairs of several lots is not for it either.
pub(super) fn by_lot<W: Weight>(
    market: &mut Market<W>,
    work: &mut Work,
    seats: bool,
    lot: impl Fn(u32, u32) -> u32,
) -> bool {
    if !market.part.groups.is_empty() || !market.part.sets.is_empty() {
        return false;
    }
    let Some(mut tidy) = Tidy::of(market, lot) else { return false };
    let mut order: Vec<u32> = market.persons().collect();
    order.sort_unstable_by_key(|&person| tidy.lots[person as usize]);
    tidy.choose_people(market, &order, work);
    if seats {
        tidy.choose_seats(market, &order, work);
        tidy.settle_seats(market, &order, work);
    }
    true
}

struct Tidy {
    /// The openings that an optimal plan may give each person, as spans of `leaves`.
    spans: Vec<(u32, u32)>,
    leaves: Vec<u32>,
    lots: Vec<u32>,
    /// People who may be out as well.
    optional: Vec<bool>,
    /// Free seats that must be filled again.
    room: Vec<u32>,
    closed: Vec<bool>,
    seen: Vec<u32>,
    round: u32,
    before: Vec<(u32, u32)>,
    queue: Vec<u32>,
}

impl Tidy {
    fn of<W: Weight>(market: &Market<W>, lot: impl Fn(u32, u32) -> u32) -> Option<Self> {
        let openings = market.part.openings.len();
        let mut tidy = Self {
            spans: Vec::with_capacity(market.owner.len()),
            leaves: Vec::new(),
            lots: market.lots.clone(),
            optional: Vec::with_capacity(market.owner.len()),
            room: vec![0; openings],
            closed: vec![false; openings],
            seen: vec![0; openings + 1],
            round: 0,
            before: vec![(NONE, NONE); openings + 1],
            queue: Vec::new(),
        };
        let out = -market.price[market.root() as usize];
        for person in market.persons() {
            let net = if market.is_placed(person) { market.net(market.taken(person)) } else { out };
            let start = short(tidy.leaves.len());
            if !market.fixed[person as usize] {
                let mut own = None;
                for at in market.edges_of(person) {
                    let edge = market.edges[at];
                    if market.net(edge) == net {
                        tidy.leaves.push(edge.leaf());
                        let lot = lot(person, short(at));
                        if own.replace(lot).is_some_and(|own| own != lot) {
                            return None;
                        }
                    }
                }
                own.into_iter().for_each(|own| tidy.lots[person as usize] = own);
            }
            tidy.spans.push((start, short(tidy.leaves.len())));
            tidy.optional.push(net == out && !market.fixed[person as usize]);
        }
        Some(tidy)
    }

    fn choose_people<W: Weight>(&mut self, market: &mut Market<W>, order: &[u32], work: &mut Work) {
        let mut placed = false;
        for &person in order {
            if self.optional[person as usize] && market.is_placed(person) {
                self.leave(market, person);
                placed = true;
            }
        }
        if !placed {
            return;
        }
        for &person in order {
            if self.optional[person as usize] && !self.seat(market, person, work) {
                for &opening in &self.queue {
                    self.closed[opening as usize] = true;
                }
            }
        }
    }

    fn choose_seats<W: Weight>(&mut self, market: &mut Market<W>, order: &[u32], work: &mut Work) {
        self.closed.fill(false);
        let moved =
            |market: &Market<W>, person: u32| market.is_placed(person) && !market.fixed[person as usize];
        let people: Vec<u32> = order.iter().copied().filter(|&person| moved(market, person)).collect();
        for &person in &people {
            self.leave(market, person);
        }
        let mut left = Vec::new();
        for person in people {
            let choices = self.leaves_of(person);
            let free = self.leaves[choices].iter().copied().find(|&leaf| self.room[leaf as usize] > 0);
            match free {
                Some(leaf) => {
                    self.room[leaf as usize] -= 1;
                    market.sit(person, leaf);
                    market.count_round(person, true);
                }
                None => left.push(person),
            }
        }
        for person in left {
            self.seat(market, person, work);
        }
    }

    fn leaves_of(&self, person: u32) -> std::ops::Range<usize> {
        let (first, end) = self.spans[person as usize];
        first as usize..end as usize
    }

    fn leave<W: Weight>(&mut self, market: &mut Market<W>, person: u32) {
        self.room[market.taken(person).leaf() as usize] += 1;
        market.count_round(person, false);
        market.rise(person);
    }

    /// Finds a person a seat, with others moving if need be.
    fn seat<W: Weight>(&mut self, market: &mut Market<W>, person: u32, work: &mut Work) -> bool {
        work.searches += 1;
        self.round += 1;
        self.queue.clear();
        let mut found = self.look(person, NONE);
        let mut at = 0;
        while let (None, Some(&opening)) = (found, self.queue.get(at)) {
            at += 1;
            for slot in 0..market.occupants[opening as usize].len() {
                let occupant = market.occupants[opening as usize][slot];
                found = self.look(occupant, opening);
                if found.is_some() {
                    break;
                }
            }
        }
        work.settled += at as u64;
        let Some(end) = found else { return false };
        self.room[end as usize] -= 1;
        market.nodes[end as usize].count += 1;
        let mut opening = end;
        while opening != NONE {
            let (mover, from) = self.before[opening as usize];
            if from != NONE {
                market.rise(mover);
            }
            market.sit(mover, opening);
            opening = from;
        }
        true
    }

    /// Gives each placed person, in lottery order, the first opening by row that some optimal plan with the seats given so
    /// far gives them: a cycle of moves that cost nothing leads back from there to the seat that they have.
    ///
    /// Such a cycle lies in one strong component of the moves. Cycles taken leave components as they are, seats given
    /// only divide them; so components found earlier rule out most searches that would fail, and they are found anew when
    /// failed searches have cost as much.
    fn settle_seats<W: Weight>(&mut self, market: &mut Market<W>, order: &[u32], work: &mut Work) {
        let rows = market.part.openings.clone();
        let mut parts = self.components(market);
        let mut spent = 0;
        for &person in order {
            if !market.is_placed(person) || market.fixed[person as usize] {
                continue;
            }
            market.fixed[person as usize] = true;
            let seat = market.taken(person).leaf();
            self.round += 1;
            self.queue.clear();
            let (mut found, mut steps) = (false, 0);
            for at in self.leaves_of(person) {
                let leaf = self.leaves[at];
                if found || rows[leaf as usize] == rows[seat as usize] {
                    break;
                }
                if parts[leaf as usize] == parts[seat as usize] && self.seen[leaf as usize] != self.round {
                    work.searches += 1;
                    found = self.cycle(market, (person, leaf, seat), &parts, &mut steps);
                }
            }
            work.steps += steps;
            if found {
                self.turn(market, seat);
            }
            // from now on only between seats of that opening
            let row = rows[market.taken(person).leaf() as usize];
            let there = |&at: &usize| rows[self.leaves[at] as usize] == row;
            let first = self.leaves_of(person).find(there).unwrap_or(0);
            let count = self.leaves_of(person).filter(there).count();
            self.spans[person as usize] = (short(first), short(first + count));
            market.fixed[person as usize] = count < 2;
            if !found {
                spent += steps;
                if spent > 2 * self.leaves.len() as u64 {
                    parts = self.components(market);
                    spent = 0;
                }
            }
        }
    }

    /// Looks for moves that lead from a leaf to the seat of the person who would come.
    fn cycle<W: Weight>(
        &mut self,
        market: &Market<W>,
        (person, leaf, seat): (u32, u32, u32),
        parts: &[u32],
        steps: &mut u64,
    ) -> bool {
        let root = self.room.len();
        let part = parts[seat as usize];
        let mut at = self.queue.len();
        self.seen[leaf as usize] = self.round;
        self.before[leaf as usize] = (person, NONE);
        self.queue.push(leaf);
        while let Some(&from) = self.queue.get(at) {
            at += 1;
            let mut reach = |tidy: &mut Self, to: u32, mover: u32| {
                *steps += 1;
                let new = tidy.seen[to as usize] != tidy.round && parts[to as usize] == part;
                if new {
                    tidy.seen[to as usize] = tidy.round;
                    tidy.before[to as usize] = (mover, from);
                    tidy.queue.push(to);
                }
                new && to == seat
            };
            if from as usize == root {
                let free = (0..market.people)
                    .filter(|&to| is_free(market, to) && market.nodes[to as usize].count > 0);
                if free.into_iter().any(|to| reach(self, to, NONE)) {
                    return true;
                }
                continue;
            }
            let node = &market.nodes[from as usize];
            if is_free(market, from) && node.count < node.cap {
                reach(self, market.people, NONE);
            }
            for &occupant in &market.occupants[from as usize] {
                if market.fixed[occupant as usize] {
                    continue;
                }
                for at in self.leaves_of(occupant) {
                    if reach(self, self.leaves[at], occupant) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Makes the moves of the cycle that was found, from its end.
    fn turn<W: Weight>(&mut self, market: &mut Market<W>, seat: u32) {
        let root = market.people;
        let mut to = seat;
        while to != NONE {
            let (mover, from) = self.before[to as usize];
            if mover != NONE {
                market.rise(mover);
                market.sit(mover, to);
            } else if to == root {
                market.nodes[from as usize].count += 1;
            } else {
                market.nodes[to as usize].count -= 1;
            }
            to = from;
        }
    }

    /// The strong component of each opening, and of the root (all seats that cost nothing), under moves that cost nothing.
    fn components<W: Weight>(&self, market: &Market<W>) -> Vec<u32> {
        let root = market.people;
        let mut moves = Vec::new();
        for leaf in 0..root {
            let node = &market.nodes[leaf as usize];
            if is_free(market, leaf) && node.count < node.cap {
                moves.push((leaf, root));
            }
            if is_free(market, leaf) && node.count > 0 {
                moves.push((root, leaf));
            }
            let start = moves.len();
            for &occupant in &market.occupants[leaf as usize] {
                if !market.fixed[occupant as usize] {
                    moves.extend(self.leaves[self.leaves_of(occupant)].iter().map(|&to| (leaf, to)));
                }
            }
            moves[start..].sort_unstable();
            let mut kept = start;
            for at in start..moves.len() {
                if at == start || moves[at] != moves[at - 1] {
                    moves[kept] = moves[at];
                    kept += 1;
                }
            }
            moves.truncate(kept);
        }
        let graph = DiGraph::<(), (), u32>::from_edges(moves);
        let mut parts: Vec<u32> = (0..=root).map(|node| root + 1 + node).collect();
        for (part, nodes) in (0_u32..).zip(kosaraju_scc(&graph)) {
            for node in nodes {
                parts[node.index()] = part;
            }
        }
        parts
    }

    fn look(&mut self, person: u32, from: u32) -> Option<u32> {
        for at in self.leaves_of(person) {
            let leaf = self.leaves[at];
            let opening = leaf as usize;
            if self.seen[opening] == self.round || self.closed[opening] {
                continue;
            }
            self.seen[opening] = self.round;
            self.before[opening] = (person, from);
            if self.room[opening] > 0 {
                return Some(leaf);
            }
            self.queue.push(leaf);
        }
        None
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

/// Whether a seat costs nothing.
fn is_free<W: Weight>(market: &Market<W>, opening: u32) -> bool {
    market.price[opening as usize] == market.price[market.root() as usize]
}
