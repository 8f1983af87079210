//! Everybody at one opening, tile by tile.
//!
//! Each step writes down who is left for the next one, without a branch for each person: the loads of one do not wait for
//! what is decided of another, and most of the time of a changed opening is spent waiting for memory.

use super::super::bits::{Bits, LANES};
use super::super::cells::Block;
use super::super::places::{Fix, points_at, root};
use super::offers::{Earned, skill_points};
use super::openings::{Commute, Opening};
use super::people::{Facts, Tile};
use super::rankings::{Entry, Rankings};
use super::row::{ELIGIBLE, Row, UNRESOLVED};
use super::{Resident, kept};
use crate::rules::Answer;
use crate::score::points::{FULL, NEUTRAL};
use crate::words::Criterion;

impl Resident {
    /// The pairs of an opening, by slot of the person: all that may be among its own best, and all that may enter the lists of
    /// people, if these are given.
    pub(super) fn row_of_opening(&self, slot: usize, lists: Option<&[Rankings; 2]>) -> Row {
        let Some(opening) = self.openings.at(slot).filter(|it| !it.is_closed) else { return Row::default() };
        let mut sweep = Sweep::new(self, opening, lists);
        let mut refusers = self.refusers_of(opening).peekable();
        for (tile, people) in self.people.tiles.iter().enumerate() {
            let mut no = !people.present;
            while let Some(slot) = refusers.next_if(|slot| slot / LANES == tile) {
                no.put(slot % LANES);
            }
            if opening.is_beyond(people) {
                continue;
            }
            let mut unknown = Bits::NONE;
            for condition in &opening.program {
                let said = &self.facets.conditions[*condition].said[tile];
                no |= said.no;
                unknown |= said.unknown;
            }
            sweep.judge(tile, !no, unknown);
        }
        sweep.row
    }

    /// The slots of those who refuse an opening, ascending.
    fn refusers_of(&self, opening: &Opening) -> impl Iterator<Item = usize> {
        let known = self.refusers.get(&opening.id).filter(|_| opening.asks_refusal);
        let mut slots = known.cloned().unwrap_or_default();
        slots.sort_unstable();
        slots.into_iter()
    }
}

impl Opening {
    /// Where it lies, if the rule `commute` is asked and a distance answers it.
    fn point(&self) -> Option<[i32; 3]> {
        (self.commute == Commute::Limited && self.place.fix == Fix::Exact).then_some(self.place.at)
    }

    /// The square of the distance to the nearest of a tile, if all places are exact.
    fn square_to(&self, tile: &Tile) -> Option<u64> {
        let block = tile.exact_block().filter(|_| self.place.fix == Fix::Exact)?;
        Some(block.squares_to(&Block::at(self.place.at)).0)
    }

    /// Whether all of a tile live too far away.
    fn is_beyond(&self, tile: &Tile) -> bool {
        let limit = tile.limit.filter(|_| self.commute == Commute::Limited);
        limit.zip(self.square_to(tile)).is_some_and(|(limit, square)| square >= limit)
    }

    /// The most points of the criterion `commute` that anybody of a tile can earn.
    fn most_points(&self, tile: &Tile) -> u8 {
        let square = self.square_to(tile).filter(|_| self.commute != Commute::None);
        square.map_or(FULL, |square| points_at(root(square), tile.scale))
    }
}

/// The best scores so far.
struct Top {
    most: usize,
    scores: Vec<i16>,
    /// Nothing below it is among the best.
    floor: i16,
}

impl Top {
    const fn new(most: usize) -> Self {
        Self { most, scores: Vec::new(), floor: i16::MIN }
    }

    fn offer(&mut self, score: i16) {
        if score < self.floor || self.most == 0 {
            return;
        }
        self.scores.push(score);
        if self.scores.len() >= 2 * self.most {
            let (_, least, _) = self.scores.select_nth_unstable_by(self.most - 1, |a, b| b.cmp(a));
            self.floor = *least;
            self.scores.truncate(self.most);
        }
    }
}

/// A person of the tile at hand who is not barred.
#[derive(Clone, Copy, Default)]
struct Left {
    lane: u16,
    standing: u8,
    /// Below this score the pair enters no list.
    floor: i16,
    /// What all criteria but `commute` are worth, as far as they are known.
    known: i16,
    /// Of the way; [`ELSEWHERE`] where the person's place must be asked for it.
    square: u64,
}

/// The square of no way.
const ELSEWHERE: u64 = u64::MAX;

/// What somebody earns at an opening.
struct Worth<'a> {
    earned: Earned,
    /// By trade wished.
    trades: &'a [i16],
    /// By wanted skill, then by what is held.
    credits: Vec<Vec<u8>>,
    /// The most that the criterion `skills` can be worth.
    skills: i16,
    priority: i16,
}

impl Worth<'_> {
    /// What is worth the same whatever the skills and the way.
    fn facts(&self, facts: &Facts, priority: bool) -> i16 {
        let graded: i16 = self.earned.iter().zip(facts.grades).map(|(table, of)| table[of as usize]).sum();
        let [first, second, third] = facts.wishes.map(|wish| self.trades[wish as usize]);
        graded + first.max(second).max(third) + self.priority * i16::from(priority)
    }
}

struct Sweep<'a> {
    resident: &'a Resident,
    opening: &'a Opening,
    point: Option<[i32; 3]>,
    worth: Worth<'a>,
    /// The lists of everybody, if the pair may enter them.
    lists: Option<&'a [Rankings; 2]>,
    tops: [Top; 2],
    /// One place for each lane, of which so many are taken.
    left: Box<[Left]>,
    count: usize,
    row: Row,
}

impl<'a> Sweep<'a> {
    fn new(resident: &'a Resident, opening: &'a Opening, lists: Option<&'a [Rankings; 2]>) -> Self {
        let offers = &resident.offers;
        let most = if opening.weights == 0 { NEUTRAL } else { FULL };
        let worth = Worth {
            earned: offers.at(opening.grades),
            trades: offers.wishes_at(opening.trade),
            credits: resident.near.asked(&opening.wanted),
            skills: offers.worth(Criterion::Skills, most),
            priority: offers.worth(Criterion::Priority, FULL),
        };
        Self {
            resident,
            opening,
            point: opening.point(),
            worth,
            lists,
            tops: [(); 2].map(|()| Top::new(kept(resident.count))),
            left: vec![Left::default(); LANES].into_boxed_slice(),
            count: 0,
            row: Row::default(),
        }
    }

    /// Takes up the pairs of these lanes of a tile.
    fn judge(&mut self, tile: usize, lanes: Bits, unknown: Bits) {
        self.count = 0;
        self.measure(tile, lanes, unknown);
        let people = &self.resident.people.tiles[tile];
        let commute = self.resident.offers.worth(Criterion::Commute, self.opening.most_points(people));
        self.grade(tile, commute);
        self.credit(tile, commute);
        self.finish(tile);
    }

    /// Who goes so far.
    fn measure(&mut self, tile: usize, lanes: Bits, unknown: Bits) {
        let people = &self.resident.people.tiles[tile];
        let mut elsewhere = lanes;
        if let Some(point) = self.point {
            elsewhere = lanes & people.elsewhere;
            for lane in (lanes & !people.elsewhere).lanes() {
                let (square, is_near) = people.spots[lane].way(point);
                self.left[self.count] = left(lane, unknown.has(lane), square);
                self.count += usize::from(is_near);
            }
        }
        for lane in elsewhere.lanes() {
            let answer = self.opening.way(&self.resident.people.ways[tile * LANES + lane]);
            self.left[self.count] = left(lane, answer == Answer::Unknown || unknown.has(lane), ELSEWHERE);
            self.count += usize::from(answer != Answer::No);
        }
    }

    /// Who could enter a list with any skills.
    fn grade(&mut self, tile: usize, commute: i16) {
        let people = &self.resident.people;
        let more = self.worth.skills + commute;
        let tops = self.tops.each_ref().map(|top| top.floor);
        let mut count = 0;
        for at in 0..self.count {
            let mut it = self.left[at];
            let (lane, standing) = (usize::from(it.lane), usize::from(it.standing));
            let slot = tile * LANES + lane;
            let theirs = self.lists.map_or(i16::MAX, |lists| lists[standing].floor(slot));
            it.floor = tops[standing].min(theirs);
            it.known = self.worth.facts(&people.facts[slot], people.tiles[tile].priority.has(lane));
            self.left[count] = it;
            count += usize::from(it.known + more >= it.floor);
        }
        self.count = count;
    }

    /// Who could enter a list with their skills and any way.
    fn credit(&mut self, tile: usize, commute: i16) {
        let offers = &self.resident.offers;
        let mut count = 0;
        for at in 0..self.count {
            let mut it = self.left[at];
            let facts = &self.resident.people.facts[tile * LANES + usize::from(it.lane)];
            it.known += offers.worth(Criterion::Skills, self.skill_points(facts));
            self.left[count] = it;
            count += usize::from(it.known + commute >= it.floor);
        }
        self.count = count;
    }

    fn skill_points(&self, facts: &Facts) -> u8 {
        let wanted = self.opening.wanted.iter().zip(&self.worth.credits);
        let earned = wanted.map(|((_, weight), credits)| weight * u32::from(facts.best(credits)));
        skill_points(earned.sum(), self.opening.weights)
    }

    fn finish(&mut self, tile: usize) {
        for at in 0..self.count {
            let it = self.left[at];
            let (lane, standing) = (usize::from(it.lane), usize::from(it.standing));
            let points = self.points_of_commute(tile, lane, it.square);
            let score = it.known + self.resident.offers.worth(Criterion::Commute, points);
            if score >= it.floor {
                self.tops[standing].offer(score);
                let slot = tile * LANES + lane;
                self.row[standing].push(Entry::new(slot, score, self.resident.person_stamps.of(slot)));
            }
        }
    }

    fn points_of_commute(&self, tile: usize, lane: usize, square: u64) -> u8 {
        let people = &self.resident.people;
        if square == ELSEWHERE {
            return self.opening.points_of_commute(&people.ways[tile * LANES + lane]);
        }
        points_at(root(square), people.tiles[tile].spots[lane].scale())
    }
}

fn left(lane: usize, is_unresolved: bool, square: u64) -> Left {
    let standing = if is_unresolved { UNRESOLVED } else { ELIGIBLE };
    #[expect(clippy::cast_possible_truncation, reason = "a lane of 512, a standing of two")]
    let (lane, standing) = (lane as u16, standing as u8);
    Left { lane, standing, square, ..Left::default() }
}
