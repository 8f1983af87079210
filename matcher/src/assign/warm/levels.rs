//! Who can be placed, tier by tier, and the level of every opening.

use crate::assign::Work;
use crate::assign::market::{Market, NONE};
use crate::assign::weight::Weight;

/// The level of an opening that no failed search has reached: everybody who knows it is placed.
pub(super) const OPEN: u8 = u8::MAX;

/// The tier whose search died at each opening, or [`OPEN`].
pub(super) type Levels = Vec<u8>;

/// Places as many as can be of the first tier, then of the second, and so on.
pub(super) fn assign<W: Weight>(market: &mut Market<W>, work: &mut Work) -> Levels {
    let openings = market.part.openings.len();
    let mut levels = vec![OPEN; openings];
    let mut by_tier: Vec<Vec<u32>> = vec![Vec::new(); market.scale.tiers.len()];
    for person in market.persons() {
        by_tier[usize::from(market.tiers[person as usize])].push(person);
    }
    let mut paths = Paths::new(openings);
    for (tier, people) in (0_u8..).zip(by_tier) {
        let left = greedy(market, &people, &levels);
        for person in left {
            work.searches += 1;
            paths.round += 1;
            if !paths.augment(market, &levels, person) {
                for &opening in &paths.reached {
                    levels[opening as usize] = tier;
                }
            }
        }
    }
    levels
}

/// Gives people of a tier the free opening that is least contested by the tier; returns those who found none.
fn greedy<W: Weight>(market: &mut Market<W>, people: &[u32], levels: &Levels) -> Vec<u32> {
    let mut asked = vec![0_u64; levels.len()];
    for &person in people {
        let edges = market.edges_of(person);
        let share = (1 << 20) / (edges.len() as u64).max(1);
        for at in edges {
            asked[market.edges[at].leaf as usize] += share;
        }
    }
    let contest: Vec<u64> = (asked.iter().enumerate())
        .map(|(opening, &asked)| {
            let node = &market.nodes[opening];
            (asked << 8) / u64::from(node.cap - node.count).max(1)
        })
        .collect();
    let mut left = Vec::new();
    for &person in people {
        let free = market.edges[market.edges_of(person)].iter().filter(|edge| {
            let node = &market.nodes[edge.leaf as usize];
            node.count < node.cap
        });
        match free.min_by_key(|edge| contest[edge.leaf as usize]).map(|edge| edge.leaf) {
            Some(leaf) => {
                market.sit(person, leaf);
                market.count_round(person, true);
            }
            None => left.push(person),
        }
    }
    left
}

/// Searches for a way to a free seat.
struct Paths {
    seen: Vec<u32>,
    round: u32,
    /// The openings reached, each with the person who would come to it and the opening they would leave.
    reached: Vec<u32>,
    before: Vec<(u32, u32)>,
}

impl Paths {
    fn new(openings: usize) -> Self {
        Self { seen: vec![0; openings], round: 0, reached: Vec::new(), before: vec![(NONE, NONE); openings] }
    }

    fn augment<W: Weight>(&mut self, market: &mut Market<W>, levels: &Levels, person: u32) -> bool {
        self.reached.clear();
        let mut found = self.look(market, levels, person, NONE);
        let mut at = 0;
        while let (None, Some(&opening)) = (found, self.reached.get(at)) {
            at += 1;
            for slot in 0..market.occupants[opening as usize].len() {
                let occupant = market.occupants[opening as usize][slot];
                found = self.look(market, levels, occupant, opening);
                if found.is_some() {
                    break;
                }
            }
        }
        let Some(end) = found else { return false };
        market.nodes[end as usize].count += 1;
        let mut owner = market.owner[person as usize];
        while owner != market.root() {
            market.nodes[owner as usize].count += 1;
            owner = market.parent(owner);
        }
        let mut opening = end;
        while opening != NONE {
            let (mover, from) = self.before[opening as usize];
            if from != NONE {
                market.rise(mover);
            }
            market.sit(mover, opening);
            opening = from;
        }
        true
    }

    /// Reaches the openings that a person knows; returns one with a free seat.
    fn look<W: Weight>(
        &mut self,
        market: &Market<W>,
        levels: &Levels,
        person: u32,
        from: u32,
    ) -> Option<u32> {
        for edge in &market.edges[market.edges_of(person)] {
            let opening = edge.leaf as usize;
            if self.seen[opening] == self.round || levels[opening] != OPEN {
                continue;
            }
            self.seen[opening] = self.round;
            self.before[opening] = (person, from);
            let node = &market.nodes[opening];
            if node.count < node.cap {
                return Some(edge.leaf);
            }
            self.reached.push(edge.leaf);
        }
        None
    }
}
