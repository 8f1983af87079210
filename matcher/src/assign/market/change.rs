//! A market that people come to and leave, and whose openings close: for a plan that is kept and changed.

use super::{Applicant, Edge, Market, NONE, short};
use crate::assign::split::Part;
use crate::assign::weight::Weight;
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{CandidateNumbers, Instance, Side};

/// The whole instance as one part: every candidate and every opening stands there under the number of its row.
pub(in crate::assign) fn whole(instance: &Instance) -> Part {
    let sides = instance.nesting().sides().iter().enumerate();
    Part {
        people: instance.rows().collect(),
        openings: (0..instance.seats().len()).map(OpeningIx::new).collect(),
        groups: sides.filter(|(_, side)| **side != Side::People).map(|(group, _)| group).collect(),
        sets: (0..instance.nesting().people_sets().len()).collect(),
    }
}

impl<W: Weight> Market<W> {
    /// Adds a person who is not placed and whose edges, leaf and score, are these.
    pub fn push_person(&mut self, numbers: CandidateNumbers, owner: u32, edges: &[(u32, u32)]) -> u32 {
        let person = short(self.owner.len());
        for &(leaf, score) in edges {
            let edge = Edge::new(leaf, numbers.tier, score, false);
            if let Some(applicants) = &mut self.applicants {
                applicants.of[leaf as usize].push(Applicant::new(person, edge));
            }
            self.edges.push(edge);
        }
        self.part.people.push(CandidateIx::new(person as usize));
        self.add_person(numbers.tier, numbers.lot, owner);
        person
    }

    /// Takes the edges to a leaf from a person who does not sit there. Returns whether others are left.
    ///
    /// Edges of a person stand in one piece; so another edge takes the place of each, and then stands there twice, which
    /// changes nothing.
    pub fn drop_edges(&mut self, person: u32, leaf: u32) -> bool {
        let other = self.edges[self.edges_of(person)].iter().find(|edge| edge.leaf() != leaf).copied();
        if let Some(applicants) = &mut self.applicants {
            applicants.of[leaf as usize].retain(|applicant| applicant.person() != person);
        }
        let Some(other) = other else { return false };
        for at in self.edges_of(person) {
            if self.edges[at].leaf() == leaf {
                self.edges[at] = other;
            }
        }
        true
    }

    /// The leaf by which a person would enter an opening.
    pub fn leaf_to(&self, person: u32, opening: OpeningIx) -> Option<u32> {
        let mut edges = self.edges[self.edges_of(person)].iter();
        edges.find(|edge| self.opening_of(edge.leaf()) == opening).map(|edge| edge.leaf())
    }

    /// Where a person sits.
    pub fn place(&self, person: u32) -> Option<OpeningIx> {
        self.is_placed(person).then(|| self.opening_of(self.taken(person).leaf()))
    }

    /// What somebody has now: what their seat leaves after its price, or the price of coming in, saved.
    pub fn has(&self, person: u32) -> W {
        if self.is_placed(person) {
            self.net(self.taken(person))
        } else {
            -self.price[self.owner[person as usize] as usize]
        }
    }

    /// Where a way to a set of people may end when a unit is to be taken from it: at the set, or at one around it where
    /// the unit costs as much.
    pub fn ends_of_leaving(&self, owner: u32) -> Vec<u32> {
        let mut ends = vec![owner];
        let mut node = owner;
        while self.parent(node) != NONE && self.nodes[node as usize].count > 0 {
            let (to, fills) = self.last(node);
            if self.drop(node, to) + self.bonus(fills) != W::default() {
                break;
            }
            ends.push(to);
            node = to;
        }
        ends
    }

    /// Gives an opening without a seat, and the groups in it, the least prices at which nobody wants in.
    pub fn shut(&mut self, pool: u32) {
        let outside = self.price[self.parent(pool) as usize];
        let price = self.wanted(pool).map_or(outside, |wanted| wanted.max(outside));
        self.price_from(pool, price);
    }

    /// The most that anybody would pay to come into a node, if it were open.
    fn wanted(&self, node: u32) -> Option<W> {
        let applicants = self.applicants.as_ref().map_or(&[][..], |it| &it.of[node as usize]);
        let free = applicants.iter().filter(|applicant| {
            let person = applicant.person();
            !self.fixed[person as usize] && (self.is_placed(person) || !self.locked[person as usize])
        });
        let pays = |applicant: &Applicant| self.weight(applicant.edge(node)) - self.has(applicant.person());
        let inside = self.feeders[node as usize].iter().filter_map(|&feeder| {
            Some(self.wanted(feeder)? + self.bonus(self.nodes[feeder as usize].floor > 0))
        });
        free.map(pays).chain(inside).max()
    }

    fn price_from(&mut self, node: u32, price: W) {
        self.price[node as usize] = price;
        for feeder in self.feeders[node as usize].clone() {
            let bonus = self.bonus(self.nodes[feeder as usize].floor > 0);
            self.price_from(feeder, price - bonus);
        }
    }

    /// Whether no cap is exceeded and no open step has a reduced cost below nothing, so that the flow is optimal. One pass
    /// over the pairs.
    pub fn is_optimal(&self) -> bool {
        let within = self.nodes.iter().all(|node| node.count <= node.cap);
        within
            && (0..=self.root()).all(|node| {
                let mut sound = true;
                self.each_step(node, |step| sound &= step.cost >= W::default());
                sound
            })
    }
}
