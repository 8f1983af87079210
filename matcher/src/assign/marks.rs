//! Which nodes a search has seen: forgotten all at once when the next begins.

/// Marks of one search after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// The round in which each node was seen last.
    seen: Vec<u32>,
    round: u32,
}

impl Marks {
    /// Room for so many nodes.
    pub fn of(nodes: usize) -> Self {
        Self { seen: vec![0; nodes], round: 1 }
    }

    /// Makes room for more.
    pub fn fit(&mut self, nodes: usize) {
        if self.seen.len() < nodes {
            self.seen.resize(nodes, 0);
        }
    }

    /// Forgets what was seen.
    pub fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
    }

    /// Whether a node was seen since the search began.
    pub fn has(&self, node: u32) -> bool {
        self.seen[node as usize] == self.round
    }

    /// Marks a node as seen; whether it is new.
    pub fn set(&mut self, node: u32) -> bool {
        let new = !self.has(node);
        self.seen[node as usize] = self.round;
        new
    }
}
