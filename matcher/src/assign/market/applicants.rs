//! Who may take each leaf: what a search back from it needs to know.

use super::{Edge, LEAF, Market};
use crate::assign::outsiders::Outsiders;
use crate::assign::weight::Weight;

/// A pair as its leaf knows it: in the place of the leaf stands the person, of whom there are no more than leaves.
#[derive(Clone, Copy, Debug)]
pub(in crate::assign) struct Applicant(Edge);

impl Applicant {
    pub(super) fn new(person: u32, edge: Edge) -> Self {
        Self(Edge { place: edge.place & !LEAF | person, ..edge })
    }

    pub(super) fn person(self) -> u32 {
        self.0.leaf()
    }

    pub(super) fn edge(self, leaf: u32) -> Edge {
        Edge { place: self.0.place & !LEAF | leaf, ..self.0 }
    }
}

/// The people of each leaf.
#[derive(Clone, Debug)]
pub(super) struct Applicants<W> {
    pub(super) of: Vec<Vec<Applicant>>,
    /// Steps that cost less are all listed; `None` = all are.
    within: Option<W>,
    /// How many times the list was made.
    times: u32,
}

/// How many times more than a search needs is listed, for those that come after it.
const AMPLE: u32 = 4;

/// A list that was too short so many times is made whole.
const PATIENCE: u32 = 3;

impl<W: Weight> Market<W> {
    /// Frees what the lists hold.
    pub fn forget_applicants(&mut self) {
        self.applicants = None;
    }

    /// Lists who may take each leaf.
    pub fn list_applicants(&mut self) {
        if self.applicants.as_ref().is_some_and(|it| it.within.is_none()) {
            return;
        }
        let mut count = vec![0_usize; self.nodes.len()];
        for edge in &self.edges {
            count[edge.leaf() as usize] += 1;
        }
        let mut of: Vec<_> = count.into_iter().map(Vec::with_capacity).collect();
        for person in self.persons() {
            for &edge in &self.edges[self.edges_of(person)] {
                of[edge.leaf() as usize].push(Applicant::new(person, edge));
            }
        }
        self.applicants = Some(Applicants { of, within: None, times: 0 });
    }

    /// Lists who may take each leaf, at least those for whom it costs less than `gain` to come there from where they are.
    ///
    /// A search back that changes prices by less than `gain`, and the moves it finds, change what such a step costs by less
    /// than that: see [`Self::spend_applicants`].
    pub fn list_near_applicants(&mut self, outsiders: &Outsiders<W>, gain: W) {
        let times = match &self.applicants {
            Some(it) if it.within.is_none_or(|within| gain <= within) => return,
            Some(it) => it.times,
            None => 0,
        };
        if times == PATIENCE {
            return self.list_applicants();
        }
        let within = gain.times(AMPLE);
        let mut of = vec![Vec::new(); self.nodes.len()];
        for person in self.persons() {
            let owner = self.owner[person as usize];
            let placed = self.is_placed(person);
            if !placed && owner == self.root() && outsiders.short(person) >= within {
                continue;
            }
            let has = if placed { self.net(self.taken(person)) } else { -self.price[owner as usize] };
            for &edge in &self.edges[self.edges_of(person)] {
                if has - self.net(edge) < within {
                    of[edge.leaf() as usize].push(Applicant::new(person, edge));
                }
            }
        }
        self.applicants = Some(Applicants { of, within: Some(within), times: times + 1 });
    }

    /// Prices have changed by as much as `gain` since: what is not listed may cost so much less.
    pub fn spend_applicants(&mut self, gain: W) {
        if let Some(within) = self.applicants.as_mut().and_then(|it| it.within.as_mut()) {
            *within -= gain;
        }
    }
}
