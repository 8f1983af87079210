//! What a change did: who has moved, and what that is worth.

use super::Flow;
use crate::assign::market::Edge;
use crate::assign::weight::Weight;
use crate::ids::OpeningIx;

/// A person who has moved.
type Turn = (u32, Option<OpeningIx>, Option<OpeningIx>);

impl<W: Weight> Flow<W> {
    pub(super) fn seat(&self, person: u32) -> Option<Edge> {
        self.market.is_placed(person).then(|| self.market.taken(person))
    }

    /// Remembers what a person has, who is about to move.
    pub(super) fn note(&mut self, person: u32) {
        let seat = self.seat(person);
        self.moved.entry(person).or_insert(seat);
    }

    pub(super) fn note_node(&mut self, node: u32) {
        let it = &self.market.nodes[node as usize];
        self.filled.entry(node).or_insert(it.count.min(it.floor));
    }

    /// Ends a change: counts what it did to the objective, and returns who has moved.
    pub fn close(&mut self) -> Vec<Turn> {
        for (node, before) in std::mem::take(&mut self.filled) {
            let it = &self.market.nodes[node as usize];
            let now = it.count.min(it.floor);
            let filled = &mut self.objective.reserved_filled;
            *filled = (*filled + u64::from(now)).saturating_sub(u64::from(before));
        }
        let mut turns = Vec::with_capacity(self.moved.len());
        for (person, before) in std::mem::take(&mut self.moved) {
            let now = self.seat(person);
            self.count(person, before, false);
            self.count(person, now, true);
            let place = |edge: Option<Edge>| edge.map(|edge| self.market.opening_of(edge.leaf()));
            let (before, now) = (place(before), place(now));
            if now != before {
                turns.push((person, before, now));
            }
        }
        self.keep_in_range();
        turns
    }

    fn count(&mut self, person: u32, edge: Option<Edge>, more: bool) {
        let Some(edge) = edge else { return };
        let tally = |number: &mut u64, by: u64| {
            *number = if more { *number + by } else { number.saturating_sub(by) };
        };
        tally(&mut self.objective.score, u64::from(edge.score()));
        tally(&mut self.objective.kept, u64::from(edge.is_kept()));
        let tier = usize::from(self.market.tiers[person as usize]);
        if let Some(placed) = self.objective.placed_per_tier.get_mut(tier) {
            tally(placed, 1);
        }
    }
}
