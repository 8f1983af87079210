//! The criterion `occupation`: an offered trade is a node in each of its groups, and whoever wishes a node earns what
//! the nearest of them is worth.

use super::CandidateIx;
use super::bits::Bits;
use super::classes::{Numbers, number};
use super::grades::{GradeIx, Lanes, worth};
use crate::policy::Weights;
use crate::problem::Problem;
use crate::score::points::{BY_GROUP, FULL, NEUTRAL};
use crate::words::Criterion;

/// The trades on offer and who wishes what.
#[derive(Debug)]
pub(super) struct Trades {
    /// Of each distinct offer the nodes with what they are worth, the widest first; `None` = no trade stated.
    offers: Vec<Option<Vec<(u32, i16)>>>,
    /// Of each distinct wish the nodes of offers that it is for.
    wished: Vec<Box<[u32]>>,
    /// What each person wishes, rows of `wished`: the wishes of person `row` end at `ends[row]`.
    wishes: Vec<u32>,
    ends: Vec<u32>,
    neutral: i16,
    pub(super) nodes: usize,
}

/// A trade, or a group of them: whether it is the code itself, and the code up to there.
type Node<'a> = (bool, &'a str);

/// The nodes of a code, the widest first, with how many parts they share.
fn nodes(code: &str) -> impl Iterator<Item = (usize, Node<'_>)> {
    let local = code.starts_with("L-");
    let ends = code.match_indices('-').map(|(at, _)| at).chain([code.len()]);
    let groups = ends.take(if local { 0 } else { BY_GROUP.len() - 1 });
    let groups = groups.enumerate().map(|(at, end)| (at + 1, (false, &code[..end])));
    groups.chain([(BY_GROUP.len(), (true, code))])
}

impl Trades {
    /// The trades, and the one of each opening, counted from 0.
    pub(super) fn new(problem: &Problem, weights: Weights) -> (Self, Vec<GradeIx>) {
        let mut known = Numbers::new();
        let mut offered = Numbers::new();
        let mut offers = Vec::new();
        let mut of = Vec::new();
        let earn = |points| worth(weights, Criterion::Occupation, points);
        for post in problem.openings() {
            let (offer, new) = offered.of(post.occupation.as_deref());
            if new {
                offers.push(post.occupation.as_deref().map(|code| {
                    let points = |shared: usize| BY_GROUP.get(shared).copied().unwrap_or(FULL);
                    nodes(code).map(|(shared, node)| (known.of(node).0, earn(points(shared)))).collect()
                }));
            }
            of.push(offer);
        }
        let mut trades = Self {
            offers,
            wished: Vec::new(),
            wishes: Vec::new(),
            ends: Vec::with_capacity(problem.candidates().len()),
            neutral: earn(NEUTRAL),
            nodes: known.len(),
        };
        trades.add_wishes(problem, |node| known.get(node));
        (trades, of)
    }

    fn add_wishes(&mut self, problem: &Problem, known: impl Fn(&Node<'_>) -> Option<u32>) {
        let mut codes = Numbers::new();
        for person in problem.candidates() {
            for code in &person.occupations {
                let (wish, new) = codes.of(code);
                if new {
                    self.wished.push(nodes(code).filter_map(|(_, node)| known(&node)).collect());
                }
                self.wishes.push(wish);
            }
            self.ends.push(number(self.wishes.len()));
        }
        self.wishes.shrink_to_fit();
    }

    pub(super) fn count(&self) -> usize {
        self.offers.len()
    }

    /// Rows of [`Self::wished`].
    fn wishes_of(&self, person: CandidateIx) -> &[u32] {
        let start = person.get().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.wishes[start as usize..self.ends[person.get()] as usize]
    }

    /// Writes the grades of these people; `wished` has room for every node.
    pub(super) fn fill<'a>(
        &self,
        people: &[CandidateIx],
        wished: &mut [Bits],
        grades: impl Iterator<Item = &'a mut Lanes>,
    ) {
        wished.fill(Bits::NONE);
        let mut unstated = [0; super::LANES];
        for (lane, person) in people.iter().enumerate() {
            let wishes = self.wishes_of(*person);
            if wishes.is_empty() {
                unstated[lane] = self.neutral;
            }
            for node in wishes.iter().flat_map(|wish| &self.wished[*wish as usize]) {
                wished[*node as usize].put(lane);
            }
        }
        for (offer, lanes) in self.offers.iter().zip(grades) {
            let Some(nodes) = offer else {
                *lanes = [self.neutral; super::LANES];
                continue;
            };
            *lanes = unstated;
            for (node, worth) in nodes {
                wished[*node as usize].lanes().for_each(|lane| lanes[lane] = *worth);
            }
        }
    }
}
