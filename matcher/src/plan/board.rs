//! The public-welfare posts as numbers: which rows of the problem are which rows of the instance.

use super::{Lottery, Placement, orders};
use crate::error::Error;
use crate::ids::{CandidateIx, Column, KindIx, OpeningIx};
use crate::instance::{CandidateNumbers, Group, Instance, InstanceParts, Pair};
use crate::score::{Ranked, Scored};
use crate::words::Unresolved;

/// An instance made from a problem. Candidates keep their rows; of the openings only public-welfare posts are in it.
#[derive(Debug)]
pub(crate) struct Board {
    instance: Instance,
    /// The problem's row of each of the instance's openings, ascending.
    openings: Vec<OpeningIx>,
}

impl Board {
    pub(crate) fn new(scored: &Scored<'_>, lottery: &Lottery) -> Result<Self, Error> {
        let problem = scored.problem();
        let welfare = |(_, record): &(usize, &crate::input::OpeningRecord)| record.kind.is_welfare();
        let openings = problem.openings().iter().enumerate().filter(welfare);
        let openings: Vec<OpeningIx> = openings.map(|(row, _)| OpeningIx::new(row)).collect();
        let places = lottery.places(problem);
        let orders = orders::rows(scored, &openings)?;
        let (kinds, groups) = reserves(scored, &openings);
        let parts = InstanceParts {
            tiers: problem.policy().tiers().map_or(0, <[_]>::len) + 1,
            candidates: candidates(scored, &places),
            seats: openings.iter().map(|row| scored.judge.columns.posts[*row].seats).collect(),
            pairs: pairs(scored, &openings),
            households: problem.households().len(),
            household_cap: problem.policy().choices().household_cap.as_ref().and_then(|cap| cap.value),
            kinds,
            groups,
            pins: orders.pins,
            prohibitions: orders.prohibitions,
            ..InstanceParts::default()
        };
        let instance = Instance::new(parts).map_err(|faults| Error::unsolvable(faults.to_string()))?;
        Ok(Self { instance, openings })
    }

    pub(crate) const fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The problem's row of one of the instance's openings.
    pub(crate) fn opening(&self, seat: OpeningIx) -> Option<OpeningIx> {
        self.openings.get(seat.get()).copied()
    }

    /// The instance's row of one of the problem's openings.
    pub(crate) fn seat_row(&self, opening: OpeningIx) -> Option<OpeningIx> {
        self.openings.binary_search(&opening).ok().map(OpeningIx::new)
    }

    pub(crate) fn placements<'a>(
        &'a self,
        rows: &'a Column<CandidateIx, Option<OpeningIx>>,
    ) -> impl Iterator<Item = Placement> + 'a {
        rows.iter().filter_map(|(candidate, seat)| {
            let opening = self.opening((*seat)?)?;
            Some(Placement { candidate, opening })
        })
    }
}

fn candidates(scored: &Scored<'_>, places: &Column<CandidateIx, u32>) -> Vec<CandidateNumbers> {
    let problem = scored.problem();
    let rows = problem.candidates().iter().enumerate();
    let numbers = |(row, record): (usize, &crate::input::CandidateRecord)| {
        let row = CandidateIx::new(row);
        let household = record.household.as_ref().and_then(|id| problem.household_row(id));
        CandidateNumbers { tier: scored.tier(row).unwrap_or(0), household, lot: places[row] }
    };
    rows.map(numbers).collect()
}

/// The pairs of a post that may become placements: the eligible ones, and, where the policy places on condition, the
/// unresolved ones too.
pub(super) fn placeable<'a>(scored: &'a Scored<'_>, opening: OpeningIx) -> impl Iterator<Item = &'a Ranked> {
    let unresolved = scored.problem().policy().choices().unresolved.as_ref();
    let conditional = unresolved.is_some_and(|choice| choice.value == Unresolved::Conditional);
    let found = &scored.by_opening[opening];
    let held: &[Ranked] = if conditional { &found.unresolved } else { &[] };
    found.eligible.iter().chain(held)
}

fn pairs(scored: &Scored<'_>, openings: &[OpeningIx]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (seat, opening) in openings.iter().enumerate() {
        pairs.extend(placeable(scored, *opening).map(|it| Pair {
            candidate: it.candidate,
            opening: OpeningIx::new(seat),
            score: scored.breakdown_at(it.candidate, *opening).assignment_score(),
        }));
    }
    pairs
}

/// The reserves of each post. A person in two groups for which one post keeps seats stands in the first of them, in
/// the order of the groups' vocabulary, so that nobody fills two reserved seats.
fn reserves(scored: &Scored<'_>, openings: &[OpeningIx]) -> (Vec<Vec<CandidateIx>>, Vec<Group>) {
    let (mut kinds, mut groups) = (Vec::new(), Vec::new());
    for (seat, opening) in openings.iter().enumerate() {
        let record = &scored.problem().openings()[opening.get()];
        let mut asked = record.reserves.clone();
        asked.sort_unstable_by_key(|reserve| reserve.group);
        let mut members = vec![Vec::new(); asked.len()];
        for pair in placeable(scored, *opening) {
            let first =
                asked.iter().position(|it| scored.judge.in_group(pair.candidate, it.group) == Some(true));
            if let Some(list) = first.and_then(|at| members.get_mut(at)) {
                list.push(pair.candidate);
            }
        }
        for (reserve, members) in asked.iter().zip(members) {
            groups.push(Group {
                openings: vec![OpeningIx::new(seat)],
                kind: Some(KindIx::new(kinds.len())),
                reserve: reserve.seats,
                ..Group::default()
            });
            kinds.push(members);
        }
    }
    (kinds, groups)
}
