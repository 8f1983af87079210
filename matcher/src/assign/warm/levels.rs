//! Who can be placed, reserved seats first, then tier by tier, and the level of every opening.

use crate::assign::Work;
use crate::assign::augment::Paths;
use crate::assign::market::{CLASSES, Edge, FILLS, Market, NONE};
use crate::assign::watch::Clerk;
use crate::assign::weight::Weight;

/// The levels of the openings of a market, as small numbers that compare as worths do: so many reserved seats filled
/// count more than any tier, an earlier tier more than a later one.
#[derive(Debug)]
pub(super) struct Levels {
    of: Vec<u8>,
    /// What a pair counts, by its class.
    worth: [i16; CLASSES],
    tiers: usize,
}

/// How contested an opening is that nobody can enter.
const CLOSED: u64 = u64::MAX;

/// What one reserved seat counts.
const RESERVED: u8 = 2 * FILLS;

impl Levels {
    fn new(of: Vec<u8>, tiers: usize) -> Self {
        let worth = std::array::from_fn(|class| {
            let class = u8::try_from(class).unwrap_or(0);
            let rank = rank(class % FILLS, tiers);
            i16::from(if class >= FILLS { RESERVED + rank } else { rank })
        });
        Self { of, worth, tiers }
    }

    /// How many openings there are.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether some seats of an opening may stay free.
    pub fn is_open(&self, opening: usize) -> bool {
        self.of[opening] == 0
    }

    /// What a pair counts above the level of its opening.
    pub fn net(&self, edge: Edge) -> i16 {
        self.worth[usize::from(edge.class())] - i16::from(self.of[edge.leaf() as usize])
    }

    /// Whether the level counts a reserved seat, and its tier by rank: the last tier has rank 1, none has rank 0.
    pub fn split(&self, opening: usize) -> (bool, usize) {
        let level = self.of[opening];
        (level >= RESERVED, usize::from(level % RESERVED))
    }

    /// The rank of the tier of a pair.
    pub fn rank(&self, edge: Edge) -> usize {
        usize::from(rank(tier_of(edge), self.tiers))
    }
}

fn rank(tier: u8, tiers: usize) -> u8 {
    u8::try_from(tiers).unwrap_or(0).saturating_sub(tier)
}

fn tier_of(edge: Edge) -> u8 {
    edge.class() % FILLS
}

fn is_reserved(edge: Edge) -> bool {
    edge.class() >= FILLS
}

/// Fills as many reserved seats as can be, then places as many as can be of the first tier, then of the second, and so on.
///
/// Those who fill reserved seats for which there are too many hold them for the time being only: whoever of an earlier tier
/// may fill one takes their place.
pub(super) fn assign<W: Weight>(market: &mut Market<W>, work: &mut Work, clerk: &mut Clerk<'_>) -> Levels {
    let mut draft = Draft::new(market);
    draft.fill_reserved(market, work, clerk);
    let by_tier = by_tier(market);
    for (tier, people) in (0_u8..).zip(by_tier) {
        draft.place_tier(market, tier, &people, work, clerk);
    }
    Levels::new(draft.levels, market.scale.digits.tiers())
}

/// The people of each tier; who may be placed as one of several stands in each of their tiers.
fn by_tier<W: Weight>(market: &Market<W>) -> Vec<Vec<u32>> {
    let mut by_tier: Vec<Vec<u32>> = vec![Vec::new(); market.scale.digits.tiers()];
    for person in market.persons().filter(|&person| !market.fixed[person as usize]) {
        let edges = market.edges[market.edges_of(person)].iter();
        let tiers = edges.fold(0_u8, |tiers, &edge| tiers | 1 << tier_of(edge));
        let known = (0..).zip(&mut by_tier).filter(|&(tier, _)| tiers & 1_u8.wrapping_shl(tier) != 0);
        known.for_each(|(_, list)| list.push(person));
    }
    by_tier
}

/// How a person stands while levels are found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Not placed.
    Out,
    /// In a reserved seat until somebody of an earlier tier takes it.
    ForNow,
    /// Placed for good.
    Placed,
}

/// Who is placed while levels are found, and the levels so far.
struct Draft {
    /// [`RESERVED`] where a search for a reserved seat died, plus the rank of the tier whose search died there.
    levels: Vec<u8>,
    standing: Vec<Standing>,
    /// Who knows a reserved seat that nobody contests: they fill one, whatever happens.
    sure: Vec<bool>,
    /// The tier as which a person is placed.
    tier: Vec<u8>,
    /// How many are in each opening for the time being only.
    for_now: Vec<u32>,
    paths: Paths,
}

impl Draft {
    fn new<W: Weight>(market: &Market<W>) -> Self {
        let openings = market.part.openings.len();
        let people = market.owner.len();
        Self {
            levels: vec![0; openings],
            standing: vec![Standing::Out; people],
            sure: vec![false; people],
            tier: market.tiers.clone(),
            for_now: vec![0; openings],
            paths: Paths::of(openings),
        }
    }

    /// Whether a person, as of the tier set down for them, may take a pair at the levels found so far.
    fn may(&self, person: u32, edge: Edge) -> bool {
        let level = self.levels[edge.leaf() as usize];
        let contested = level >= RESERVED;
        level.is_multiple_of(RESERVED)
            && tier_of(edge) == self.tier[person as usize]
            && if self.sure[person as usize] {
                is_reserved(edge) && !contested
            } else {
                is_reserved(edge) == contested
            }
    }

    fn fill_reserved<W: Weight>(&mut self, market: &mut Market<W>, work: &mut Work, clerk: &mut Clerk<'_>) {
        let mut people: Vec<(u8, u32)> = Vec::new();
        for person in market.persons().filter(|&person| !market.fixed[person as usize]) {
            let reserved = market.edges[market.edges_of(person)].iter().filter(|edge| is_reserved(**edge));
            people.extend(reserved.map(|edge| tier_of(*edge)).min().map(|tier| (tier, person)));
        }
        people.sort_unstable();
        for &(tier, person) in &people {
            self.sure[person as usize] = true;
            self.tier[person as usize] = tier;
        }
        let people: Vec<u32> = people.into_iter().map(|(_, person)| person).collect();
        for person in self.greedy(market, &people) {
            if clerk.is_over(work) {
                return;
            }
            if !self.augment(market, person, work) {
                self.paths.reached.iter().for_each(|&opening| self.levels[opening as usize] = RESERVED);
            }
        }
        for person in people {
            let held = market.is_placed(person).then(|| market.taken(person).leaf() as usize);
            let contested = held.is_none_or(|opening| self.levels[opening] == RESERVED);
            if contested {
                self.sure[person as usize] = false;
                self.standing[person as usize] =
                    if held.is_some() { Standing::ForNow } else { Standing::Out };
                if let Some(opening) = held {
                    self.for_now[opening] += 1;
                }
            }
        }
    }

    fn place_tier<W: Weight>(
        &mut self,
        market: &mut Market<W>,
        tier: u8,
        people: &[u32],
        work: &mut Work,
        clerk: &mut Clerk<'_>,
    ) {
        for &person in people {
            let stays = self.standing[person as usize] == Standing::ForNow;
            if stays && self.tier[person as usize] == tier {
                self.standing[person as usize] = Standing::Placed;
                self.for_now[market.taken(person).leaf() as usize] -= 1;
            }
        }
        let mut people = people.to_vec();
        people.retain(|&person| self.standing[person as usize] == Standing::Out);
        for &person in &people {
            self.tier[person as usize] = tier;
        }
        for person in self.greedy(market, &people) {
            if clerk.is_over(work) {
                return;
            }
            if !self.augment(market, person, work) {
                let rank = rank(tier, market.scale.digits.tiers());
                self.paths.reached.iter().for_each(|&opening| self.levels[opening as usize] += rank);
            }
        }
    }

    /// Gives people the free opening that is least contested by them; returns those who found none.
    fn greedy<W: Weight>(&mut self, market: &mut Market<W>, people: &[u32]) -> Vec<u32> {
        let mut asked = vec![0_u64; self.levels.len()];
        for &person in people {
            let edges = market.edges_of(person);
            let share = (1 << 20) / (edges.len() as u64).max(1);
            for edge in &market.edges[edges] {
                asked[edge.leaf() as usize] += share;
            }
        }
        let mut contest: Vec<u64> = (asked.iter().enumerate())
            .map(|(opening, &asked)| {
                let node = &market.nodes[opening];
                let level = self.levels[opening];
                let open = has_room(market, short(opening)) && level.is_multiple_of(RESERVED);
                if open { (asked << 8) / u64::from(node.cap - node.count) } else { CLOSED }
            })
            .collect();
        let mut left = Vec::new();
        for &person in people {
            let edges = market.edges[market.edges_of(person)].iter();
            let (mut least, mut leaf) = (CLOSED, None);
            for edge in edges {
                let contest = contest[edge.leaf() as usize];
                if contest < least && self.may(person, *edge) {
                    (least, leaf) = (contest, Some(edge.leaf()));
                }
            }
            if let Some(leaf) = leaf {
                self.sit(market, person, leaf);
                market.count_round(person, true);
                if !has_room(market, leaf) {
                    contest[leaf as usize] = CLOSED;
                }
            } else {
                left.push(person);
            }
        }
        left
    }

    fn sit<W: Weight>(&mut self, market: &mut Market<W>, person: u32, leaf: u32) {
        let edges = market.edges_of(person);
        let (start, mut row) = (edges.start, market.edges[edges].iter());
        let at = row.position(|edge| edge.leaf() == leaf && self.may(person, *edge));
        market.sit_at(person, start + at.unwrap_or(0));
        self.standing[person as usize] = Standing::Placed;
    }

    fn augment<W: Weight>(&mut self, market: &mut Market<W>, person: u32, work: &mut Work) -> bool {
        let mut paths = std::mem::take(&mut self.paths);
        let draft = &*self;
        let knows = |person: u32| {
            let edges = market.edges[market.edges_of(person)].iter();
            edges.filter(move |edge| draft.may(person, **edge)).map(|edge| edge.leaf())
        };
        let has_seat = |opening: u32| has_room(market, opening) || draft.for_now[opening as usize] > 0;
        let found = paths.find(market, person, knows, has_seat, work);
        if let Some(end) = found {
            if !has_room(market, end) {
                self.put_out(market, end);
            }
            paths.take(market, end, |market, mover, opening| self.sit(market, mover, opening));
        }
        self.paths = paths;
        found.is_some()
    }

    /// Puts one out who is in an opening for the time being: of the last tier there.
    fn put_out<W: Weight>(&mut self, market: &mut Market<W>, opening: u32) {
        let occupants = market.occupants[opening as usize].iter().copied();
        let for_now = occupants.filter(|&person| self.standing[person as usize] == Standing::ForNow);
        let Some(out) = for_now.max_by_key(|&person| self.tier[person as usize]) else { return };
        self.standing[out as usize] = Standing::Out;
        self.for_now[opening as usize] -= 1;
        market.count_round(out, false);
        market.rise(out);
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

fn has_room<W: Weight>(market: &Market<W>, opening: u32) -> bool {
    let node = &market.nodes[opening as usize];
    node.count < node.cap
}
