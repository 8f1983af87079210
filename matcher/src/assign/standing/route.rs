//! The cheapest path, and of the cheapest one along which the fewest people move.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::assign::Work;
use crate::assign::market::{Market, NONE, Step};
use crate::assign::search::Way;
use crate::assign::weight::Weight;

/// A length: the reduced cost first, then how many people move.
pub(super) type Length<W> = (W, u32);

/// Working memory of the searches, and a count of what they did.
#[derive(Clone, Debug, Default)]
pub(super) struct Route<W> {
    length: Vec<Length<W>>,
    /// The node before (behind, in a search backwards) and the person who moves between.
    before: Vec<(u32, u32)>,
    /// `round` where the node was seen in this search, an earlier round elsewhere.
    seen: Vec<u32>,
    round: u32,
    queue: BinaryHeap<Reverse<(Length<W>, u32)>>,
    settled: Vec<u32>,
    pub work: Work,
}

impl<W: Weight> Route<W> {
    pub fn of(nodes: usize) -> Self {
        Self {
            length: vec![(W::default(), 0); nodes],
            before: vec![(NONE, NONE); nodes],
            seen: vec![0; nodes],
            ..Self::default()
        }
    }

    pub fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
        self.settled.clear();
        self.queue.clear();
        self.work.searches += 1;
    }

    /// A node to begin at; whoever is said to move comes there from where the path is to begin.
    pub fn start(&mut self, node: u32, person: u32, cost: W) {
        self.reach(node, (NONE, person), (cost, u32::from(person != NONE)));
    }

    fn reach(&mut self, node: u32, before: (u32, u32), length: Length<W>) {
        let at = node as usize;
        if self.seen[at] != self.round || length < self.length[at] {
            self.seen[at] = self.round;
            self.before[at] = before;
            self.length[at] = length;
            self.queue.push(Reverse((length, node)));
        }
    }

    /// The end of the shortest path to one of `ends` and its cost, if the path is shorter than `limit` \[Dijkstra\].
    ///
    /// No reduced cost is below nothing and nobody moves less than not at all, so lengths, compared cost first, only grow
    /// along a path. Every node nearer than the end is settled, no end is.
    pub fn shortest(
        &mut self,
        market: &Market<W>,
        ends: &[u32],
        way: Way,
        limit: Option<W>,
    ) -> Option<(u32, W)> {
        let mut limit = limit.map(|cost| (cost, 0));
        let mut found = None;
        while let Some(Reverse((length, node))) = self.queue.pop() {
            if limit.is_some_and(|limit| length >= limit) {
                break;
            }
            if length > self.length[node as usize] {
                continue;
            }
            self.settled.push(node);
            let mut show = |step: Step<W>| {
                self.work.steps += 1;
                debug_assert!(step.cost >= W::default(), "a step {node} → {step:?} gains");
                let reached = (length.0 + step.cost, length.1 + u32::from(step.person != NONE));
                if limit.is_some_and(|limit| reached >= limit) {
                    return;
                }
                if ends.contains(&step.to) {
                    limit = Some(reached);
                    found = Some((step.to, reached.0));
                    self.before[step.to as usize] = (node, step.person);
                } else {
                    self.reach(step.to, (node, step.person), reached);
                }
            };
            match way {
                Way::Forwards => market.each_step(node, &mut show),
                Way::Backwards => market.each_step_back(node, &mut show),
            }
        }
        self.work.settled += self.settled.len() as u64;
        found
    }

    /// The nodes that the last search is done with, and what reaching each costs.
    pub fn settled(&self) -> impl Iterator<Item = (u32, W)> + '_ {
        self.settled.iter().map(|&node| (node, self.length[node as usize].0))
    }

    /// The steps of a path as (from, to, person) in the order in which they are taken. `from` is [`NONE`] where the search
    /// began; backwards, the path leads there.
    pub fn path(&self, end: u32, way: Way) -> Vec<(u32, u32, u32)> {
        let mut path = Vec::new();
        let mut node = end;
        while node != NONE {
            let (before, person) = self.before[node as usize];
            match way {
                Way::Forwards => path.push((before, node, person)),
                Way::Backwards if before == NONE => {}
                Way::Backwards => path.push((node, before, person)),
            }
            node = before;
        }
        if way == Way::Forwards {
            path.reverse();
        }
        path
    }
}
