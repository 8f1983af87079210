//! The cheapest path, and of the cheapest one along which the fewest people move.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::assign::Work;
use crate::assign::market::{Market, NONE, Step};
use crate::assign::marks::Marks;
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
    marks: Marks,
    queue: BinaryHeap<Reverse<(Length<W>, u32)>>,
    settled: Vec<u32>,
    pub work: Work,
}

impl<W: Weight> Route<W> {
    pub fn of(nodes: usize) -> Self {
        Self {
            length: vec![(W::default(), 0); nodes],
            before: vec![(NONE, NONE); nodes],
            marks: Marks::of(nodes),
            ..Self::default()
        }
    }

    pub fn begin(&mut self) {
        self.marks.begin();
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
        if self.marks.set(node) || length < self.length[at] {
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

    /// The nearest node that is not settled.
    fn next(&mut self) -> Option<(Length<W>, u32)> {
        while let Some(&Reverse((length, node))) = self.queue.peek() {
            if length <= self.length[node as usize] {
                return Some((length, node));
            }
            self.queue.pop();
        }
        None
    }

    fn seen(&self, node: u32) -> Option<Length<W>> {
        self.marks.has(node).then(|| self.length[node as usize])
    }

    /// Settles the nearest node; whatever is reached from there and shorter than `limit` is shown.
    fn advance(
        &mut self,
        market: &Market<W>,
        way: Way,
        limit: Option<Length<W>>,
        mut show: impl FnMut(u32, Length<W>),
    ) {
        let Some(Reverse((length, node))) = self.queue.pop() else { return };
        self.settled.push(node);
        self.work.settled += 1;
        let mut step = |step: Step<W>| {
            self.work.steps += 1;
            debug_assert!(step.cost >= W::default(), "a step {node} → {step:?} gains");
            let reached = (length.0 + step.cost, length.1 + u32::from(step.person != NONE));
            if limit.is_none_or(|limit| reached < limit) {
                self.reach(step.to, (node, step.person), reached);
                show(step.to, reached);
            }
        };
        match way {
            Way::Forwards => market.each_step(node, &mut step),
            Way::Backwards => market.each_step_back(node, &mut step),
        }
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

/// Where a search forwards and one backwards meet.
pub(super) struct Meeting<W> {
    /// A node of the shortest path, if there is one shorter than the limit.
    pub node: Option<u32>,
    /// How far prices change on the side of the start, and on that of the end.
    pub depths: (W, W),
}

/// The shortest path between the nodes that both searches begin at, if it is shorter than `limit`: the side that has come less
/// far goes on, until both together have come as far as the shortest path found \[Nicholson\]. `None` if nothing bounds
/// the path and there is none.
///
/// With a path of cost `d` (or the limit), the start having come `s` far and the end `d − s`, prices nearer than `s` to
/// the start may be raised and those nearer than `d − s` to the end lowered, each by the difference: no node is both, as a path
/// through it would be cheaper than `d`, and a step from one to the other keeps a reduced cost of `cost + length + length −
/// d`, which is not below nothing for the same reason.
///
/// \[Nicholson\] T. A. J. Nicholson, *Finding the shortest route between two points in a network*, The Computer Journal 9
/// (1966) 275–280.
pub(super) fn meet<W: Weight>(
    market: &Market<W>,
    start: &mut Route<W>,
    end: &mut Route<W>,
    limit: Option<W>,
) -> Option<Meeting<W>> {
    let mut bound = limit.map(|cost| (cost, 0));
    let mut node = None;
    let far = loop {
        let (Some((near, _)), Some((back, _))) = (start.next(), end.next()) else {
            break start.next().map(|(near, _)| near.0);
        };
        if bound.is_some_and(|bound| (near.0 + back.0, near.1 + back.1) >= bound) {
            break Some(near.0);
        }
        let (one, other, way) = if near <= back {
            (&mut *start, &*end, Way::Forwards)
        } else {
            (&mut *end, &*start, Way::Backwards)
        };
        let limit = bound;
        one.advance(market, way, limit, |to, length| {
            let Some(rest) = other.seen(to) else { return };
            let whole = (length.0 + rest.0, length.1 + rest.1);
            if bound.is_none_or(|bound| whole < bound) {
                bound = Some(whole);
                node = Some(to);
            }
        });
    };
    let depth = bound?.0;
    let near = far.map_or(depth, |far| far.min(depth));
    Some(Meeting { node, depths: (near, depth - near) })
}
