//! Searches in a market: the cheapest path forwards or backwards, and any path that costs nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Work;
use super::market::{Market, NONE, Step};
use super::marks::Marks;
use super::outsiders::Outsiders;
use super::weight::Weight;

/// Working memory of the searches in one market, and a count of what they did.
#[derive(Debug, Default)]
pub(super) struct Search<W> {
    distance: Vec<W>,
    /// The node before (behind, in a search backwards) and the person who moves between.
    before: Vec<(u32, u32)>,
    marks: Marks,
    queue: BinaryHeap<Reverse<(W, u32)>>,
    /// The nodes that this search is done with, in order.
    settled: Vec<u32>,
    stack: Vec<u32>,
    pub work: Work,
}

/// Which way a search goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Forwards,
    Backwards,
}

impl<W: Weight> Search<W> {
    /// Room for so many nodes.
    pub fn of(nodes: usize) -> Self {
        let mut search = Self::default();
        search.fit(nodes);
        search
    }

    /// Makes room for another market.
    pub fn fit(&mut self, nodes: usize) {
        if self.distance.len() < nodes {
            self.distance.resize(nodes, W::default());
            self.before.resize(nodes, (NONE, NONE));
            self.marks.fit(nodes);
        }
    }

    /// Forgets the last search.
    pub fn begin(&mut self) {
        self.marks.begin();
        self.settled.clear();
        self.stack.clear();
        self.queue.clear();
        self.work.searches += 1;
    }

    fn is_seen(&self, node: u32) -> bool {
        self.marks.has(node)
    }

    fn reach(&mut self, node: u32, before: (u32, u32), distance: W) {
        self.marks.set(node);
        self.before[node as usize] = before;
        self.distance[node as usize] = distance;
    }

    /// A node to begin at, at some distance, reached by a person who comes from nowhere.
    pub fn start(&mut self, node: u32, person: u32, distance: W) {
        if !self.is_seen(node) || distance < self.distance[node as usize] {
            self.reach(node, (NONE, person), distance);
            self.queue.push(Reverse((distance, node)));
        }
    }

    /// The end of the cheapest path from the nodes begun at to one of `ends`, and its length, if that is below `limit`
    /// \[Dijkstra\]. Nodes nearer than the end are settled.
    pub fn cheapest(
        &mut self,
        market: &Market<W>,
        ends: &[u32],
        way: Way,
        mut limit: Option<W>,
    ) -> Option<(u32, W)> {
        let ended = |limit: &Option<W>, distance: W| limit.is_some_and(|limit| distance >= limit);
        let mut found = None;
        while let Some(Reverse((distance, node))) = self.queue.pop() {
            if ended(&limit, distance) {
                break;
            }
            if distance > self.distance[node as usize] || ends.contains(&node) {
                continue;
            }
            self.settled.push(node);
            let mut show = |step: Step<W>| {
                self.work.steps += 1;
                debug_assert!(step.cost >= W::default(), "a step {node} → {step:?} gains");
                let length = distance + step.cost;
                let longer = self.is_seen(step.to) && self.distance[step.to as usize] <= length;
                if longer || ended(&limit, length) {
                    return;
                }
                self.reach(step.to, (node, step.person), length);
                if ends.contains(&step.to) {
                    limit = Some(length);
                    found = Some((step.to, length));
                } else {
                    self.queue.push(Reverse((length, step.to)));
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

    /// The length of the path to every node from the root. Who stays out is looked at when what they fall short at least is
    /// no more than the distance reached, and not at all once every node is settled.
    pub fn flood(&mut self, market: &Market<W>, outsiders: &Outsiders<W>) {
        let root = market.root();
        self.begin();
        self.start(root, NONE, W::default());
        let out = market.occupants[root as usize].iter().filter(|&&person| !market.is_placed(person));
        let mut waiting: BinaryHeap<_> =
            out.map(|&person| Reverse((outsiders.short(person), person))).collect();
        loop {
            let next = self.queue.peek().map(|Reverse((distance, _))| *distance);
            if let Some(&Reverse((short, person))) = waiting.peek()
                && next.is_none_or(|next| short < next)
            {
                if self.settled.len() == market.nodes.len() {
                    break;
                }
                waiting.pop();
                market.each_entry(person, root, &mut |step| {
                    debug_assert!(step.cost >= short, "{step:?} costs less than {short:?}");
                    self.lengthen(root, W::default(), step);
                });
                continue;
            }
            let Some(Reverse((distance, node))) = self.queue.pop() else { break };
            if distance > self.distance[node as usize] {
                continue;
            }
            self.settled.push(node);
            let mut show = |step| self.lengthen(node, distance, step);
            if node == root {
                market.each_in_tree(node, &mut show);
            } else {
                market.each_step(node, &mut show);
            }
        }
        self.work.settled += self.settled.len() as u64;
    }

    /// Goes a step further, if nothing shorter leads there.
    fn lengthen(&mut self, node: u32, distance: W, step: Step<W>) {
        self.work.steps += 1;
        debug_assert!(step.cost >= W::default(), "a step {node} → {step:?} gains");
        let length = distance + step.cost;
        if !self.is_seen(step.to) || length < self.distance[step.to as usize] {
            self.reach(step.to, (node, step.person), length);
            self.queue.push(Reverse((length, step.to)));
        }
    }

    /// How far a node that was seen is.
    pub fn distance(&self, node: u32) -> Option<W> {
        self.is_seen(node).then(|| self.distance[node as usize])
    }

    /// The nodes that the last search is done with, and how far each is.
    pub fn settled(&self) -> impl Iterator<Item = (u32, W)> + '_ {
        self.settled.iter().map(|&node| (node, self.distance[node as usize]))
    }

    /// Looks for a path of steps that cost nothing from `from`, which `person` takes, to one of `ends`; not through nodes already
    /// seen since [`Search::begin`], nor those that `skip` names.
    pub fn free_path(
        &mut self,
        market: &Market<W>,
        (from, person): (u32, u32),
        ends: &[u32],
        skip: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        if self.is_seen(from) || skip(from) {
            return None;
        }
        self.reach(from, (NONE, person), W::default());
        if ends.contains(&from) {
            return Some(from);
        }
        self.stack.clear();
        self.stack.push(from);
        while let Some(node) = self.stack.pop() {
            self.settled.push(node);
            self.work.settled += 1;
            market.each_step(node, |step| {
                self.work.steps += 1;
                if step.cost == W::default() && !self.is_seen(step.to) && !skip(step.to) {
                    self.reach(step.to, (node, step.person), W::default());
                    self.stack.push(step.to);
                }
            });
            if let Some(&end) = ends.iter().find(|&&end| self.is_seen(end)) {
                return Some(end);
            }
        }
        None
    }

    /// The steps that lead to a node in the last search, as (from, to, person), from its first to its last; in a search
    /// backwards, those that lead from the node, first the nearest. Where it begins, `from` is [`NONE`].
    pub fn path(&self, end: u32) -> Vec<(u32, u32, u32)> {
        let mut path = Vec::new();
        let mut node = end;
        while node != NONE {
            let (before, person) = self.before[node as usize];
            path.push((before, node, person));
            node = before;
        }
        path.reverse();
        path
    }
}
