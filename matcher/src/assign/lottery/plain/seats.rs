//! Who sits where among optimal plans: in lottery order, each gets the first opening by row that still completes to one.
//!
//! Somebody may have an opening exactly if moves that cost nothing lead from there to the seat that they have. Such a cycle
//! lies in one strong component of the moves. Cycles taken leave components as they are, seats given only divide them; so
//! components found earlier rule out most searches that would fail, and they are found anew when failed searches have
//! cost as much. A search goes from both ends at once, so that neither looks far.

use std::ops::Range;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::short;
use crate::assign::Work;
use crate::assign::market::{Market, NONE};
use crate::assign::marks::Marks;
use crate::assign::watch::Clerk;
use crate::assign::weight::Weight;

/// Gives each placed person their seat; `spans` are the positions in `leaves` of the openings that an optimal plan may
/// give them.
pub(super) fn settle<W: Weight>(
    market: &mut Market<W>,
    (spans, leaves): (Vec<(u32, u32)>, &[u32]),
    order: &[u32],
    work: &mut Work,
    clerk: &mut Clerk<'_>,
) {
    let mut cycles = Cycles::new(market, spans, leaves);
    let rows = market.part.openings.clone();
    let mut parts = vec![0; market.nodes.len()];
    let mut earlier = Vec::new();
    let mut spent = 0;
    for &person in order {
        if clerk.is_over(work) {
            return;
        }
        let span = cycles.hold(person);
        if span.is_empty() {
            continue;
        }
        let seat = cycles.movers[person as usize].seat;
        let (row, part) = (rows[seat as usize], parts[seat as usize]);
        let before = leaves[span.clone()].iter().copied().take_while(|&leaf| rows[leaf as usize] != row);
        earlier.clear();
        earlier.extend(before.filter(|&leaf| parts[leaf as usize] == part));
        if !earlier.is_empty() {
            work.searches += 1;
            cycles.steps = 0;
            if let Some(meeting) = cycles.find(market, (person, seat), &earlier, &parts) {
                cycles.turn(market, meeting);
            } else {
                spent += cycles.steps;
            }
            work.steps += cycles.steps;
        }
        cycles.let_go(person, span, |leaf| rows[leaf as usize]);
        if spent > 2 * leaves.len() as u64 {
            parts = cycles.components(market);
            spent = 0;
        }
    }
}

/// One end of a search: the nodes reached, each with the move between it and the node before, and how many of them are
/// done with.
#[derive(Default)]
struct Front {
    marks: Marks,
    next: Vec<(u32, u32)>,
    queue: Vec<u32>,
    done: usize,
}

impl Front {
    fn new(nodes: usize) -> Self {
        Self { marks: Marks::of(nodes), next: vec![(NONE, NONE); nodes], ..Self::default() }
    }

    fn begin(&mut self) {
        self.marks.begin();
        self.queue.clear();
        self.done = 0;
    }

    /// Whether the node is new.
    fn reach(&mut self, node: u32, (mover, other): (u32, u32)) -> bool {
        let new = self.marks.set(node);
        if new {
            self.next[node as usize] = (mover, other);
            self.queue.push(node);
        }
        new
    }

    fn pop(&mut self) -> Option<u32> {
        let node = self.queue.get(self.done).copied();
        self.done += 1;
        node
    }

    fn is_empty(&self) -> bool {
        self.done >= self.queue.len()
    }
}

/// Whoever may move, in one place, since searches look at all of it: the positions in `leaves` of the openings that
/// they may take, none where they are held, and the one that they have.
#[derive(Clone, Copy)]
struct Mover {
    first: u32,
    end: u32,
    seat: u32,
}

impl Mover {
    fn span(self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Searches for cycles of moves. Nodes are the openings and the root, which stands for all seats that cost nothing.
struct Cycles<'a> {
    root: u32,
    movers: Vec<Mover>,
    leaves: &'a [u32],
    /// By opening: who may take it, with the position in `leaves`; who no longer may is left out when it is looked at.
    takers: Vec<Vec<(u32, u32)>>,
    /// Openings with seats that cost nothing.
    free: Vec<u32>,
    ahead: Front,
    behind: Front,
    steps: u64,
}

impl<'a> Cycles<'a> {
    fn new<W: Weight>(market: &Market<W>, spans: Vec<(u32, u32)>, leaves: &'a [u32]) -> Self {
        let root = market.people;
        let mut counts = vec![0; root as usize];
        for &leaf in leaves {
            counts[leaf as usize] += 1;
        }
        let mut takers: Vec<Vec<(u32, u32)>> = counts.into_iter().map(Vec::with_capacity).collect();
        let mut movers = Vec::with_capacity(spans.len());
        for (person, (first, end)) in (0_u32..).zip(spans) {
            if !market.is_placed(person) {
                movers.push(Mover { first, end: first, seat: NONE });
                continue;
            }
            (first..end).for_each(|at| takers[leaves[at as usize] as usize].push((person, at)));
            movers.push(Mover { first, end, seat: market.taken(person).leaf() });
        }
        let nodes = root as usize + 1;
        let free = (0..root).filter(|&opening| is_free(market, opening)).collect();
        let (ahead, behind) = (Front::new(nodes), Front::new(nodes));
        Self { root, movers, leaves, takers, free, ahead, behind, steps: 0 }
    }

    /// Holds a person where they are; returns where they might have gone.
    fn hold(&mut self, person: u32) -> Range<usize> {
        let mover = &mut self.movers[person as usize];
        let span = mover.span();
        mover.end = mover.first;
        span
    }

    /// Lets a person move again, but only between seats of the opening that they have, which stand side by side.
    fn let_go<R: PartialEq>(&mut self, person: u32, span: Range<usize>, row: impl Fn(u32) -> R) {
        let mover = &mut self.movers[person as usize];
        let own = row(mover.seat);
        let there = |at: &usize| row(self.leaves[*at]) == own;
        let first = span.clone().find(there).unwrap_or(span.start);
        let end = (first..span.end).take_while(there).count() + first;
        if end - first > 1 {
            (mover.first, mover.end) = (short(first), short(end));
        }
    }

    /// Looks for moves from the first of some openings from which any lead to the seat of the person who would come. Returns
    /// where the two ends met.
    fn find<W: Weight>(
        &mut self,
        market: &Market<W>,
        (person, seat): (u32, u32),
        openings: &[u32],
        parts: &[u32],
    ) -> Option<u32> {
        self.ahead.begin();
        self.behind.begin();
        self.behind.reach(seat, (NONE, NONE));
        let part = parts[seat as usize];
        let inside = |node: u32| parts[node as usize] == part;
        for &opening in openings {
            if !self.ahead.reach(opening, (person, NONE)) {
                continue; // no moves lead on from there
            }
            if self.behind.marks.has(opening) {
                return Some(opening);
            }
            while !self.ahead.is_empty() && !self.behind.is_empty() {
                let pending = |front: &Front| front.queue.len() - front.done;
                let mut steps = 0;
                let met = if pending(&self.ahead) <= pending(&self.behind) {
                    self.go_ahead(market, inside, &mut steps)
                } else {
                    self.go_back(market, inside, &mut steps)
                };
                self.steps += steps;
                if met.is_some() {
                    return met;
                }
            }
        }
        None
    }

    /// Goes on from one node reached.
    #[inline]
    fn go_ahead<W: Weight>(
        &mut self,
        market: &Market<W>,
        inside: impl Fn(u32) -> bool,
        steps: &mut u64,
    ) -> Option<u32> {
        let from = self.ahead.pop()?;
        let mut reach = |to: u32, mover: u32| {
            *steps += 1;
            inside(to) && self.ahead.reach(to, (mover, from)) && self.behind.marks.has(to)
        };
        if from == self.root {
            let taken = |to: &u32| market.nodes[*to as usize].count > 0;
            return self.free.iter().copied().filter(taken).find(|&to| reach(to, NONE));
        }
        let node = &market.nodes[from as usize];
        if node.count < node.cap && is_free(market, from) && reach(self.root, NONE) {
            return Some(self.root);
        }
        for &occupant in &market.occupants[from as usize] {
            let leaves = &self.leaves[self.movers[occupant as usize].span()];
            if let Some(&to) = leaves.iter().find(|&&to| reach(to, occupant)) {
                return Some(to);
            }
        }
        None
    }

    /// Goes back from one node reached.
    #[inline]
    fn go_back<W: Weight>(
        &mut self,
        market: &Market<W>,
        inside: impl Fn(u32) -> bool,
        steps: &mut u64,
    ) -> Option<u32> {
        let to = self.behind.pop()?;
        let mut reach = |from: u32, mover: u32| {
            *steps += 1;
            inside(from) && self.behind.reach(from, (mover, to)) && self.ahead.marks.has(from)
        };
        if to == self.root {
            let room = |from: &u32| {
                let node = &market.nodes[*from as usize];
                node.count < node.cap
            };
            return self.free.iter().copied().filter(room).find(|&from| reach(from, NONE));
        }
        if market.nodes[to as usize].count > 0 && is_free(market, to) && reach(self.root, NONE) {
            return Some(self.root);
        }
        let takers = &mut self.takers[to as usize];
        let (mut kept, mut seen, mut met) = (0, 0, None);
        while let (None, Some(&(taker, at))) = (met, takers.get(seen)) {
            seen += 1;
            let Mover { first, end, seat } = self.movers[taker as usize];
            if at < first || at >= end {
                continue;
            }
            takers[kept] = (taker, at);
            kept += 1;
            if seat != to && reach(seat, taker) {
                met = Some(seat);
            }
        }
        takers.drain(kept..seen);
        met
    }

    /// Makes the moves of the cycle whose two ends met.
    fn turn<W: Weight>(&mut self, market: &mut Market<W>, meeting: u32) {
        let mut to = meeting;
        while to != NONE {
            let (mover, from) = self.ahead.next[to as usize];
            self.step(market, (from, to), mover);
            to = from;
        }
        let mut from = meeting;
        loop {
            let (mover, to) = self.behind.next[from as usize];
            if to == NONE {
                return;
            }
            self.step(market, (from, to), mover);
            from = to;
        }
    }

    fn step<W: Weight>(&mut self, market: &mut Market<W>, (from, to): (u32, u32), mover: u32) {
        if mover != NONE {
            market.rise(mover);
            market.sit(mover, to);
            self.movers[mover as usize].seat = to;
        } else if to == self.root {
            market.nodes[from as usize].count += 1;
        } else {
            market.nodes[to as usize].count -= 1;
        }
    }

    /// The strong component of each opening, and of the root (all seats that cost nothing), under moves that cost nothing.
    fn components<W: Weight>(&self, market: &Market<W>) -> Vec<u32> {
        let root = self.root;
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
                let span = self.movers[occupant as usize].span();
                moves.extend(self.leaves[span].iter().map(|&to| (leaf, to)));
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
}

/// Whether a seat costs nothing.
fn is_free<W: Weight>(market: &Market<W>, opening: u32) -> bool {
    market.price[opening as usize] == market.price[market.root() as usize]
}
