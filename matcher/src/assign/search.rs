//! Searches in the network: the cheapest path, and any path that costs nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Work;
use super::network::Network;
use crate::instance::Worth;

/// Where a search begins and ends.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub from: u32,
    pub to: u32,
}

/// Working memory of the searches in one network, and a count of what they did.
#[derive(Debug, Default)]
pub(super) struct Search {
    distance: Vec<Worth>,
    before: Vec<u32>,
    /// `round` where the node was seen in this search, an earlier round elsewhere.
    seen: Vec<u32>,
    round: u32,
    queue: BinaryHeap<Reverse<(Worth, u32)>>,
    /// The nodes that this search is done with, in order.
    settled: Vec<u32>,
    stack: Vec<u32>,
    pub work: Work,
}

impl Search {
    /// Room for the nodes of a network.
    pub fn of(network: &Network) -> Self {
        let mut search = Self::default();
        search.fit(network);
        search
    }

    /// Makes room for the nodes of another network.
    pub fn fit(&mut self, network: &Network) {
        let size = network.size();
        if self.seen.len() < size {
            self.distance.resize(size, Worth::ZERO);
            self.before.resize(size, 0);
            self.seen.resize(size, 0);
        }
    }

    /// Forgets the last search.
    pub fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
        self.settled.clear();
        self.work.searches += 1;
    }

    fn is_seen(&self, node: u32) -> bool {
        self.seen[node as usize] == self.round
    }

    fn reach(&mut self, node: u32, before: u32, distance: Worth) {
        self.seen[node as usize] = self.round;
        self.before[node as usize] = before;
        self.distance[node as usize] = distance;
    }

    /// The length of the cheapest path by reduced costs, if there is one shorter than `below`.
    ///
    /// Afterwards every node nearer than the answer (or, without one, than `below`) is settled. This is Dijkstra's
    /// search: reduced costs are nowhere below nothing, and a totally ordered group has all the order it needs.
    pub fn cheapest(&mut self, network: &Network, ends: Ends, below: Option<Worth>) -> Option<Worth> {
        self.begin();
        self.queue.clear();
        let mut limit = below;
        self.reach(ends.from, ends.from, Worth::ZERO);
        self.queue.push(Reverse((Worth::ZERO, ends.from)));
        while let Some(Reverse((distance, node))) = self.queue.pop() {
            if limit.is_some_and(|limit| distance >= limit) {
                break;
            }
            if distance > self.distance[node as usize] {
                continue;
            }
            self.settled.push(node);
            network.each_step(node, |step| {
                self.work.steps += 1;
                if self.is_seen(step.to) && self.distance[step.to as usize] <= distance {
                    return;
                }
                let length = distance + network.reduced(node, step);
                let known = self.is_seen(step.to) && self.distance[step.to as usize] <= length;
                if known || limit.is_some_and(|limit| length >= limit) {
                    return;
                }
                self.reach(step.to, node, length);
                if step.to == ends.to {
                    limit = Some(length);
                } else {
                    self.queue.push(Reverse((length, step.to)));
                }
            });
        }
        self.work.settled += self.settled.len() as u64;
        self.is_seen(ends.to).then(|| self.distance[ends.to as usize])
    }

    /// The nodes that the last search is done with, and how far each is.
    pub fn settled(&self) -> impl Iterator<Item = (u32, Worth)> + '_ {
        self.settled.iter().map(|&node| (node, self.distance[node as usize]))
    }

    /// Looks for a path of steps that cost nothing, without the nodes already seen since [`Search::begin`] and
    /// without those that `skip` names.
    pub fn free_path(&mut self, network: &Network, ends: Ends, skip: impl Fn(u32) -> bool) -> bool {
        if self.is_seen(ends.from) || skip(ends.from) {
            return false;
        }
        self.reach(ends.from, ends.from, Worth::ZERO);
        self.stack.clear();
        self.stack.push(ends.from);
        while let Some(node) = self.stack.pop() {
            self.settled.push(node);
            self.work.settled += 1;
            network.each_step(node, |step| {
                self.work.steps += 1;
                let new = !self.is_seen(step.to) && !skip(step.to);
                if new && network.reduced(node, step) == Worth::ZERO {
                    self.reach(step.to, node, Worth::ZERO);
                    self.stack.push(step.to);
                }
            });
            if self.is_seen(ends.to) {
                return true;
            }
        }
        false
    }

    /// The nodes of the path that the last search found, from its first to its last.
    pub fn path(&self, ends: Ends) -> Vec<u32> {
        let mut path = vec![ends.to];
        let mut node = ends.to;
        while node != ends.from {
            node = self.before[node as usize];
            path.push(node);
        }
        path.reverse();
        path
    }
}
