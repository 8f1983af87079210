//! The public-welfare posts as numbers: which rows of the problem are which rows of the instance.

use super::{Lottery, Placement, orders};
use crate::error::Error;
use crate::ids::{CandidateIx, Column, KindIx, OpeningIx};
use crate::instance::{CandidateNumbers, Group, Instance, InstanceParts, Pair};
use crate::score::{OpeningPairs, Scored};
use crate::words::{Standing, Unresolved};

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
        let placeable = placeable(scored, &openings);
        let (kinds, groups) = reserves(scored, &openings, &placeable);
        let parts = InstanceParts {
            tiers: problem.policy().tiers().map_or(0, <[_]>::len) + 1,
            candidates: candidates(scored, &places),
            seats: openings.iter().map(|row| scored.judge.columns.posts[*row].seats).collect(),
            pairs: pairs(scored, &openings, &placeable),
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

/// Whether the policy places people of this standing, on condition that what is missing comes to light.
pub(super) fn is_placeable(scored: &Scored<'_>, standing: Standing) -> bool {
    let unresolved = scored.problem().policy().choices().unresolved.as_ref();
    let conditional = unresolved.is_some_and(|choice| choice.value == Unresolved::Conditional);
    standing == Standing::Eligible || (standing == Standing::Unresolved && conditional)
}

/// Who may be placed on each of these posts.
fn placeable(scored: &Scored<'_>, openings: &[OpeningIx]) -> Vec<Vec<CandidateIx>> {
    let conditional = is_placeable(scored, Standing::Unresolved);
    let mut placeable = Vec::with_capacity(openings.len());
    for OpeningPairs { mut eligible, unresolved } in scored.pairs(openings) {
        eligible.extend(unresolved.into_iter().filter(|_| conditional));
        placeable.push(eligible);
    }
    placeable
}

fn pairs(scored: &Scored<'_>, openings: &[OpeningIx], placeable: &[Vec<CandidateIx>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (seat, (opening, people)) in openings.iter().zip(placeable).enumerate() {
        pairs.extend(people.iter().map(|candidate| Pair {
            candidate: *candidate,
            opening: OpeningIx::new(seat),
            score: scored.breakdown_at(*candidate, *opening).assignment_score(),
        }));
    }
    pairs
}

/// The reserves of each post. A person in two groups for which one post keeps seats stands in the first of them, in
/// the order of the groups' vocabulary, so that nobody fills two reserved seats.
fn reserves(
    scored: &Scored<'_>,
    openings: &[OpeningIx],
    placeable: &[Vec<CandidateIx>],
) -> (Vec<Vec<CandidateIx>>, Vec<Group>) {
    let (mut kinds, mut groups) = (Vec::new(), Vec::new());
    for (seat, (opening, people)) in openings.iter().zip(placeable).enumerate() {
        let record = &scored.problem().openings()[opening.get()];
        let mut asked = record.reserves.clone();
        asked.sort_unstable_by_key(|reserve| reserve.group);
        let mut members = vec![Vec::new(); asked.len()];
        for candidate in people {
            let first = asked.iter().position(|it| scored.judge.in_group(*candidate, it.group) == Some(true));
            if let Some(list) = first.and_then(|at| members.get_mut(at)) {
                list.push(*candidate);
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
