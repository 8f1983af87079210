//! The open steps of a market: those that can change its flow, each with its reduced cost.

use super::{Market, NONE, Step};
use crate::assign::weight::Weight;

/// How many people are looked up together.
const AHEAD: usize = 8;

impl<W: Weight> Market<W> {
    /// Shows every open step from a node with its reduced cost.
    pub fn each_step(&self, from: u32, mut show: impl FnMut(Step<W>)) {
        if self.is_people(from) {
            self.each_in_tree(from, &mut show);
            for &person in &self.occupants[from as usize] {
                self.each_entry(person, from, &mut show);
            }
            return;
        }
        if let Some((to, cost)) = self.up_cost(from) {
            show(Step { to, person: NONE, cost });
        }
        self.each_down(from, &mut show);
        for together in self.occupants[from as usize].chunks(AHEAD) {
            self.touch(together);
            for &person in together {
                self.each_of_person(person, from, &mut show);
            }
        }
    }

    /// Shows the steps of somebody who moves from a leaf, or goes.
    #[inline]
    fn each_of_person(&self, person: u32, from: u32, show: &mut impl FnMut(Step<W>)) {
        if self.fixed[person as usize] {
            return;
        }
        let net = self.net(self.taken(person));
        for &edge in &self.edges[self.edges_of(person)] {
            if edge.leaf() != from {
                show(Step { to: edge.leaf(), person, cost: net - self.net(edge) });
            }
        }
        if !self.locked[person as usize] {
            let to = self.owner[person as usize];
            show(Step { to, person, cost: net + self.price[to as usize] });
        }
    }

    /// Reads where the pairs of some people stand, some of them, all at once: the people of an opening lie far apart.
    fn touch(&self, people: &[u32]) {
        let rows = people.iter().map(|&person| &self.edges[self.edges_of(person)]);
        let sum = rows.flat_map(|row| row.iter().step_by(8)).fold(0, |sum, edge| sum ^ edge.score());
        std::hint::black_box(sum);
    }

    fn each_down(&self, from: u32, show: &mut impl FnMut(Step<W>)) {
        for &to in &self.feeders[from as usize] {
            if self.is_people(to) {
                continue;
            }
            let (of, fills) = self.last(to);
            if of == from {
                show(Step { to, person: NONE, cost: self.drop(from, to) + self.bonus(fills) });
            }
        }
    }

    /// Shows the steps from a set of people (or the root) to nodes above and below.
    pub fn each_in_tree(&self, from: u32, show: &mut impl FnMut(Step<W>)) {
        let it = &self.nodes[from as usize];
        if it.parent != NONE {
            let (to, fills) = self.last(from);
            show(Step { to, person: NONE, cost: self.drop(from, to) + self.bonus(fills) });
        }
        for &to in &self.feeders[from as usize] {
            let child = &self.nodes[to as usize];
            if self.is_people(to) && child.count < child.cap {
                let cost = self.drop(from, to) - self.bonus(child.count < child.floor);
                show(Step { to, person: NONE, cost });
            }
        }
        if from == self.root() {
            self.each_down(from, show);
        }
    }

    /// Shows the steps of somebody of a set (or the root) who comes in, if they are out and may.
    pub fn each_entry(&self, person: u32, from: u32, show: &mut impl FnMut(Step<W>)) {
        if self.is_placed(person) || self.locked[person as usize] {
            return;
        }
        for &edge in &self.edges[self.edges_of(person)] {
            let cost = -self.price[from as usize] - self.net(edge);
            show(Step { to: edge.leaf(), person, cost });
        }
    }

    /// Shows every open step that leads to a node, `to` being where it comes from.
    pub fn each_step_back(&self, into: u32, mut show: impl FnMut(Step<W>)) {
        for &feeder in &self.feeders[into as usize] {
            if self.is_people(feeder) {
                let (_, fills) = self.last(feeder);
                show(Step { to: feeder, person: NONE, cost: self.drop(feeder, into) + self.bonus(fills) });
            } else if let Some((to, cost)) = self.up_cost(feeder)
                && to == into
            {
                show(Step { to: feeder, person: NONE, cost });
            }
        }
        if self.is_people(into) {
            self.each_into_people(into, &mut show);
            return;
        }
        if self.nodes[into as usize].parent != NONE {
            let (of, fills) = self.last(into);
            show(Step { to: of, person: NONE, cost: self.drop(of, into) + self.bonus(fills) });
        }
        let Some(applicants) = &self.applicants else { return };
        for applicant in &applicants.of[into as usize] {
            let (person, edge) = (applicant.person(), applicant.edge(into));
            let net = self.net(edge);
            if self.is_placed(person) {
                let from = self.taken(person);
                if from.leaf() != into && !self.fixed[person as usize] {
                    show(Step { to: from.leaf(), person, cost: self.net(from) - net });
                }
            } else if !self.locked[person as usize] {
                let to = self.owner[person as usize];
                show(Step { to, person, cost: -self.price[to as usize] - net });
            }
        }
    }

    fn each_into_people(&self, into: u32, show: &mut impl FnMut(Step<W>)) {
        let it = &self.nodes[into as usize];
        if it.parent != NONE && it.count < it.cap {
            let cost = self.drop(it.parent, into) - self.bonus(it.count < it.floor);
            show(Step { to: it.parent, person: NONE, cost });
        }
        for &person in &self.occupants[into as usize] {
            if self.is_placed(person) && !self.locked[person as usize] && !self.fixed[person as usize] {
                let from = self.taken(person);
                let cost = self.net(from) + self.price[into as usize];
                show(Step { to: from.leaf(), person, cost });
            }
        }
    }
}
