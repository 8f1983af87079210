//! The numbers of the changed instance: those that a market was built from, and what has changed since.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Arrival, ChangeFault};
use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};
use crate::instance::{CandidateNumbers, Choice, Instance, InstanceFault, InstanceParts, MAX_SCORE, Pair};

/// The changed numbers.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    /// What the market was built from: without pins, and every opening with a seat, so that no pair is left out.
    pub base: Instance,
    pub seats: Vec<u32>,
    pub pins: BTreeMap<CandidateIx, OpeningIx>,
    gone: BTreeSet<CandidateIx>,
    forbidden: BTreeSet<(CandidateIx, OpeningIx)>,
    arrivals: Vec<Arrival>,
    /// How many people with pairs each household has.
    members: Vec<u32>,
}

impl Ledger {
    /// The numbers of an instance, and of those who have withdrawn before.
    pub fn new(instance: &Instance, gone: BTreeSet<CandidateIx>) -> Result<Self, ChangeFault> {
        let mut parts = instance.to_parts();
        parts.pins.clear();
        for seats in &mut parts.seats {
            *seats = (*seats).max(1);
        }
        let mut members = vec![0; instance.households()];
        for row in instance.rows().filter(|&row| !instance.choices(row).is_empty()) {
            if let Some(household) = instance.candidates()[row.get()].household {
                members[household.get()] += 1;
            }
        }
        Ok(Self {
            base: Instance::new(parts)?,
            seats: instance.seats().to_vec(),
            pins: instance.pins().iter().copied().collect(),
            gone,
            forbidden: BTreeSet::new(),
            arrivals: Vec::new(),
            members,
        })
    }

    pub fn gone(&self) -> &BTreeSet<CandidateIx> {
        &self.gone
    }

    /// How many candidates there are.
    pub fn rows(&self) -> usize {
        self.base.candidates().len() + self.arrivals.len()
    }

    /// How many households there are.
    pub fn households(&self) -> usize {
        self.members.len()
    }

    /// The candidate, if they are there.
    pub fn present(&self, candidate: CandidateIx) -> Result<(), ChangeFault> {
        if candidate.get() >= self.rows() {
            return Err(ChangeFault::NoCandidate { candidate });
        }
        if self.gone.contains(&candidate) { Err(ChangeFault::Gone { candidate }) } else { Ok(()) }
    }

    /// The pair, if there is one.
    pub fn pair(&self, candidate: CandidateIx, opening: OpeningIx) -> Result<(), ChangeFault> {
        self.present(candidate)?;
        self.opening(opening)?;
        let there = match candidate.get().checked_sub(self.base.candidates().len()) {
            None => self.base.choice(candidate, opening).is_some(),
            Some(late) => self.arrivals[late].pairs.iter().any(|&(other, _)| other == opening),
        };
        let there = there && !self.forbidden.contains(&(candidate, opening));
        if there { Ok(()) } else { Err(ChangeFault::NoPair { candidate, opening }) }
    }

    pub fn opening(&self, opening: OpeningIx) -> Result<(), ChangeFault> {
        if opening.get() < self.seats.len() { Ok(()) } else { Err(ChangeFault::NoOpening { opening }) }
    }

    fn household_of(&self, candidate: CandidateIx) -> Option<HouseholdIx> {
        match candidate.get().checked_sub(self.base.candidates().len()) {
            None => self.base.candidates()[candidate.get()].household,
            Some(late) => self.arrivals[late].household,
        }
    }

    fn has_pairs(&self, candidate: CandidateIx) -> bool {
        match candidate.get().checked_sub(self.base.candidates().len()) {
            None => !self.base.choices(candidate).is_empty(),
            Some(late) => !self.arrivals[late].pairs.is_empty(),
        }
    }

    /// Strikes a candidate out.
    pub fn strike(&mut self, candidate: CandidateIx) {
        if self.gone.insert(candidate)
            && self.has_pairs(candidate)
            && let Some(household) = self.household_of(candidate)
        {
            self.members[household.get()] = self.members[household.get()].saturating_sub(1);
        }
        self.pins.remove(&candidate);
    }

    pub fn forbid(&mut self, candidate: CandidateIx, opening: OpeningIx) {
        self.forbidden.insert((candidate, opening));
    }

    /// How many members with pairs a household would have with one more.
    pub fn members_with_one_more(&self, household: HouseholdIx) -> u32 {
        self.members.get(household.get()).map_or(1, |members| members + 1)
    }

    /// Whether a group counts somebody of these kinds apart.
    pub fn is_counted_apart(&self, arrival: &Arrival) -> bool {
        let kinds = self.base.groups().iter().filter_map(|group| group.kind);
        kinds.into_iter().any(|kind| arrival.kinds.contains(&kind))
    }

    /// Whether there can be somebody with these numbers.
    pub fn check(&self, arrival: &Arrival) -> Result<(), ChangeFault> {
        let (candidate, tiers) = (CandidateIx::new(self.rows()), self.base.tiers());
        let mut faults = Vec::new();
        if usize::from(arrival.tier) >= tiers {
            faults.push(InstanceFault::Tier { candidate, tier: arrival.tier, tiers });
        }
        if let Some(household) = arrival.household.filter(|household| household.get() > self.members.len()) {
            let households = self.members.len();
            faults.push(InstanceFault::Household { candidate, household, households });
        }
        if arrival.lot as usize > self.rows() {
            faults.push(InstanceFault::Lot { candidate, lot: arrival.lot });
        }
        let strange = arrival.kinds.iter().position(|kind| kind.get() >= self.base.kinds().len());
        if let Some(at) = strange {
            faults.push(InstanceFault::KindMember { kind: arrival.kinds[at].get(), candidate });
        }
        let mut first = BTreeMap::new();
        for (pair, &(opening, score)) in arrival.pairs.iter().enumerate() {
            if opening.get() >= self.seats.len() {
                faults.push(InstanceFault::PairOpening { pair, opening });
            }
            if score > MAX_SCORE {
                faults.push(InstanceFault::Score { pair, score });
            }
            let first = *first.entry(opening).or_insert(pair);
            if first != pair {
                faults.push(InstanceFault::PairTwice { pair, first });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(ChangeFault::Numbers(faults)) }
    }

    /// Enters somebody who has arrived.
    pub fn enter(&mut self, mut arrival: Arrival) {
        arrival.pairs.sort_unstable();
        if let Some(household) = arrival.household {
            if self.members.len() <= household.get() {
                self.members.resize(household.get() + 1, 0);
            }
            self.members[household.get()] += u32::from(!arrival.pairs.is_empty());
        }
        self.arrivals.push(arrival);
    }

    /// The changed numbers, with somebody more.
    pub fn parts(&self, more: Option<&Arrival>) -> InstanceParts {
        let mut parts = self.base.to_parts();
        for arrival in self.arrivals.iter().chain(more) {
            push(&mut parts, arrival);
        }
        if !self.gone.is_empty() {
            parts.pairs.retain(|pair| !self.gone.contains(&pair.candidate));
        }
        parts.seats.clone_from(&self.seats);
        parts.pins = self.pins.iter().map(|(&candidate, &opening)| (candidate, opening)).collect();
        parts.prohibitions.extend(self.forbidden.iter().copied());
        parts
    }

    /// Seats of an opening that pins hold, and those that hard reserves keep from others.
    pub fn held(&self, opening: OpeningIx) -> u32 {
        use crate::instance::Unfilled;
        let pinned: Vec<CandidateIx> =
            self.pins.iter().filter(|(_, place)| **place == opening).map(|(&who, _)| who).collect();
        let mut held = short(pinned.len());
        for group in self.base.groups() {
            let (Unfilled::LeftFree, [of]) = (group.unfilled, group.openings.as_slice()) else { continue };
            if *of != opening {
                continue;
            }
            let members = group.kind.and_then(|kind| self.base.kinds().get(kind.get()));
            let inside = members
                .map_or(0, |members| pinned.iter().filter(|who| members.binary_search(who).is_ok()).count());
            held += group.reserve - short(inside).min(group.reserve);
        }
        held
    }

    /// The highest score of a pair.
    pub fn highest_score(instance: &Instance) -> u32 {
        instance.rows().flat_map(|row| instance.choices(row)).map(Choice::score).max().unwrap_or(0)
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn push(parts: &mut InstanceParts, arrival: &Arrival) {
    let candidate = CandidateIx::new(parts.candidates.len());
    for numbers in &mut parts.candidates {
        numbers.lot += u32::from(numbers.lot >= arrival.lot);
    }
    let (tier, household, lot) = (arrival.tier, arrival.household, arrival.lot);
    parts.candidates.push(CandidateNumbers { tier, household, lot });
    if let Some(household) = household {
        parts.households = parts.households.max(household.get() + 1);
    }
    for kind in &arrival.kinds {
        if let Some(members) = parts.kinds.get_mut(kind.get()) {
            members.push(candidate);
        }
    }
    let pair = |&(opening, score)| Pair { candidate, opening, score };
    parts.pairs.extend(arrival.pairs.iter().map(pair));
}
