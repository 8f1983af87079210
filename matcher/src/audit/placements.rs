//! Judges a finished plan of the public-welfare posts, placement by placement.

use std::collections::{BTreeMap, BTreeSet};

use super::flaw::PlanFlaw;
use super::{Pair, pair, priority, reserves};
use crate::ids::{CandidateId, CandidateIx, HouseholdId, OpeningId, OpeningIx};
use crate::problem::Problem;
use crate::words::{OrderKind, Standing, Unresolved};

/// What a plan reaches, counted anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many are placed of each tier; everybody else last (the only entry where the policy has no tiers).
    pub placed_per_tier: Vec<u64>,
    /// Σ assignment score over the placements, 0–10 000 each.
    pub score: u64,
    /// Reserved seats that are filled, over all openings: nobody fills two.
    pub reserved_filled: u64,
}

/// The faults of a finished plan, in a fixed order; empty if there is none. `placements` may come in any order.
///
/// Beyond the constraints themselves it holds the promise that no lower-tier person holds a seat that an unplaced
/// higher-tier person could take by a one-for-one swap that keeps every constraint and leaves no reserved seat empty
/// that was filled, and that nobody who could take a vacant seat stays unplaced. For each unplaced person and opening
/// one holder is named, the first by id. Where the policy lacks a local decision nothing may be assigned, and the
/// empty plan has no fault.
///
/// # Cost
///
/// The tier of every candidate once; the rules once for every placement, and once for every pair of an unplaced person
/// and a public-welfare post that has a vacant seat or a holder of a lower tier.
#[must_use]
pub fn plan(problem: &Problem, placements: &[(CandidateId, OpeningId)]) -> Vec<PlanFlaw> {
    let mut flaws = Vec::new();
    let missing = problem.policy().missing();
    if !placements.is_empty() {
        flaws.extend(missing.iter().map(|topic| PlanFlaw::Undecided { topic: *topic }));
    }
    let seated = Seated::of(problem, placements, &mut flaws);
    seated.check_placements(&mut flaws);
    seated.check_seats(&mut flaws);
    seated.check_households(&mut flaws);
    if missing.is_empty() {
        seated.check_orders(&mut flaws);
        seated.check_unplaced(&mut flaws);
    }
    flaws
}

/// Counts a plan anew. Placements that name a candidate or an opening that the problem does not have count nothing.
///
/// # Cost
///
/// One audit of a pair ([`pair`]) for every placement.
#[must_use]
pub fn tally(problem: &Problem, placements: &[(CandidateId, OpeningId)]) -> Tally {
    let seated = Seated::of(problem, placements, &mut Vec::new());
    let tiers = problem.policy().tiers().map_or(0, <[_]>::len);
    let mut tally = Tally { placed_per_tier: vec![0; tiers + 1], score: 0, reserved_filled: 0 };
    for (candidate, opening) in &seated.rows {
        if let Some(count) = tally.placed_per_tier.get_mut(seated.tier(*candidate)) {
            *count += 1;
        }
        tally.score += pair(problem, *candidate, *opening).map_or(0, |it| u64::from(it.assignment_score));
    }
    for (opening, people) in &seated.people {
        if let Some(record) = problem.opening(*opening) {
            tally.reserved_filled += reserves::filled(problem, record, people);
        }
    }
    tally
}

/// The placements as rows of the problem.
struct Seated<'p> {
    problem: &'p Problem,
    /// By row of the candidates.
    tiers: Vec<usize>,
    /// Sorted.
    rows: Vec<(CandidateIx, OpeningIx)>,
    /// Who sits where, in order of row.
    people: BTreeMap<OpeningIx, Vec<CandidateIx>>,
    /// Placements of each household.
    households: BTreeMap<&'p HouseholdId, usize>,
    /// What an officer ordered.
    orders: BTreeMap<(&'p CandidateId, &'p OpeningId), OrderKind>,
}

impl<'p> Seated<'p> {
    fn of(problem: &'p Problem, placements: &[(CandidateId, OpeningId)], flaws: &mut Vec<PlanFlaw>) -> Self {
        let mut sorted: Vec<_> = placements.iter().collect();
        sorted.sort();
        let tier = |person| priority::tier(problem, person).map_or(0, usize::from);
        let tiers = problem.candidates().iter().map(tier).collect();
        let (rows, people, households) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let orders = problem.policy().orders().iter();
        let orders = orders.map(|it| ((&it.candidate, &it.opening), it.kind)).collect();
        let mut seated = Self { problem, tiers, rows, people, households, orders };
        for (candidate, opening) in sorted {
            let rows = (problem.candidate_row(candidate), problem.opening_row(opening));
            if rows.0.is_none() {
                flaws.push(PlanFlaw::UnknownCandidate { candidate: candidate.clone() });
            }
            if rows.1.is_none() {
                flaws.push(PlanFlaw::UnknownOpening { opening: opening.clone() });
            }
            if let (Some(candidate), Some(opening)) = rows {
                seated.seat(candidate, opening);
            }
        }
        seated
    }

    fn seat(&mut self, candidate: CandidateIx, opening: OpeningIx) {
        self.rows.push((candidate, opening));
        self.people.entry(opening).or_default().push(candidate);
        if let Some(household) = self.household(candidate) {
            *self.households.entry(household).or_default() += 1;
        }
    }

    fn household(&self, candidate: CandidateIx) -> Option<&'p HouseholdId> {
        self.problem.candidate(candidate).and_then(|it| it.household.as_ref())
    }

    fn cap(&self) -> Option<u32> {
        self.problem.policy().choices().household_cap.as_ref().and_then(|it| it.value)
    }

    fn tier(&self, candidate: CandidateIx) -> usize {
        self.tiers.get(candidate.get()).copied().unwrap_or_default()
    }

    fn may_be_placed(&self, standing: Standing) -> bool {
        let unresolved = self.problem.policy().choices().unresolved.as_ref().map(|it| it.value);
        match standing {
            Standing::Eligible => true,
            Standing::Unresolved => unresolved == Some(Unresolved::Conditional),
            Standing::Barred => false,
        }
    }

    fn check_placements(&self, flaws: &mut Vec<PlanFlaw>) {
        let mut times: BTreeMap<CandidateIx, usize> = BTreeMap::new();
        for (candidate, opening) in &self.rows {
            *times.entry(*candidate).or_default() += 1;
            let Some(pair) = Pair::of(self.problem, *candidate, *opening) else { continue };
            let (candidate, opening) = (pair.candidate.id.clone(), pair.opening.id.clone());
            let standing = pair.standing();
            if !pair.opening.kind.is_welfare() {
                flaws.push(PlanFlaw::NotWelfare { candidate, opening });
            } else if !self.may_be_placed(standing) {
                flaws.push(PlanFlaw::NotEligible { candidate, opening, standing });
            }
        }
        for (candidate, times) in times.into_iter().filter(|(_, times)| *times > 1) {
            if let Some(record) = self.problem.candidate(candidate) {
                flaws.push(PlanFlaw::PlacedTwice { candidate: record.id.clone(), times });
            }
        }
    }

    fn check_seats(&self, flaws: &mut Vec<PlanFlaw>) {
        for (opening, people) in &self.people {
            let Some(record) = self.problem.opening(*opening) else { continue };
            if people.len() as u64 > u64::from(record.seats) {
                let (opening, seats, placed) = (record.id.clone(), record.seats, people.len());
                flaws.push(PlanFlaw::SeatsExceeded { opening, seats, placed });
            }
        }
    }

    fn check_households(&self, flaws: &mut Vec<PlanFlaw>) {
        let Some(cap) = self.cap() else { return };
        for (household, placed) in &self.households {
            if *placed as u64 > u64::from(cap) {
                let household = (*household).clone();
                flaws.push(PlanFlaw::HouseholdCapExceeded { household, cap, placed: *placed });
            }
        }
    }

    fn check_orders(&self, flaws: &mut Vec<PlanFlaw>) {
        for ((candidate, opening), kind) in &self.orders {
            let rows = (self.problem.candidate_row(candidate), self.problem.opening_row(opening));
            let (Some(row), Some(at)) = rows else { continue };
            let (candidate, opening) = ((*candidate).clone(), (*opening).clone());
            match (kind, self.rows.binary_search(&(row, at)).is_ok()) {
                (OrderKind::Forbid, true) => flaws.push(PlanFlaw::Forbidden { candidate, opening }),
                (OrderKind::Pin, false) => flaws.push(PlanFlaw::PinNotKept { candidate, opening }),
                _ => {}
            }
        }
    }

    fn check_unplaced(&self, flaws: &mut Vec<PlanFlaw>) {
        let placed: BTreeSet<_> = self.rows.iter().map(|(candidate, _)| *candidate).collect();
        let candidates = (0..self.problem.candidates().len()).map(CandidateIx::new);
        for candidate in candidates.filter(|it| !placed.contains(it)) {
            for opening in (0..self.problem.openings().len()).map(OpeningIx::new) {
                let Some(pair) = Pair::of(self.problem, candidate, opening) else { continue };
                if let Some(better) = self.better(pair, candidate, opening)
                    && self.may_be_placed(pair.standing())
                {
                    flaws.push(better);
                }
            }
        }
    }

    /// How the unplaced candidate could be placed on the post after all, if they were eligible there.
    fn better(&self, pair: Pair<'_>, row: CandidateIx, opening: OpeningIx) -> Option<PlanFlaw> {
        if !pair.opening.kind.is_welfare() {
            return None;
        }
        let (candidate, opening_id) = (pair.candidate.id.clone(), pair.opening.id.clone());
        if self.orders.get(&(&candidate, &opening_id)) == Some(&OrderKind::Forbid) {
            return None;
        }
        let is_pinned = |holder: CandidateIx| {
            let holder = self.problem.candidate(holder);
            holder.is_some_and(|it| self.orders.get(&(&it.id, &opening_id)) == Some(&OrderKind::Pin))
        };
        let people = self.people.get(&opening).map_or(&[][..], Vec::as_slice);
        let vacant = (people.len() as u64) < u64::from(pair.opening.seats);
        if vacant && self.cap_allows(row, None) {
            return Some(PlanFlaw::SeatLeftVacant { candidate, opening: opening_id });
        }
        let gives_way = |holder: &&CandidateIx| {
            self.tier(**holder) > self.tier(row)
                && !is_pinned(**holder)
                && self.cap_allows(row, Some(**holder))
                && self.reserves_stay(pair, people, **holder, row)
        };
        let holder = self.problem.candidate(*people.iter().find(gives_way)?)?;
        Some(PlanFlaw::PassedOver { candidate, holder: holder.id.clone(), opening: opening_id })
    }

    /// Whether the household of `comes` stays within its cap if they are placed and `leaves` is not.
    fn cap_allows(&self, comes: CandidateIx, leaves: Option<CandidateIx>) -> bool {
        let (Some(cap), Some(household)) = (self.cap(), self.household(comes)) else { return true };
        let now = self.households.get(household).copied().unwrap_or(0);
        let leaving = leaves.is_some_and(|it| self.household(it) == Some(household));
        (now + 1 - usize::from(leaving)) as u64 <= u64::from(cap)
    }

    /// Whether as many reserved seats are filled after the swap as before.
    fn reserves_stay(
        &self,
        pair: Pair<'_>,
        people: &[CandidateIx],
        leaves: CandidateIx,
        comes: CandidateIx,
    ) -> bool {
        if pair.opening.reserves.is_empty() {
            return true;
        }
        let after: Vec<_> = people.iter().map(|it| if *it == leaves { comes } else { *it }).collect();
        let filled = |people: &[CandidateIx]| reserves::filled(self.problem, pair.opening, people);
        filled(&after) >= filled(people)
    }
}
