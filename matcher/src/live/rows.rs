//! The rows of a pool as they came in, by id.
//!
//! They are kept as they were before the gate: an opening that a person refused may come later, and a candidate whose
//! referrals are known may come back.

use std::collections::BTreeMap;

use crate::columns::refused;
use crate::day::Day;
use crate::error::Error;
use crate::ids::{CandidateId, CandidateIx, EmployerId, HouseholdId, OpeningId, OpeningIx};
use crate::input::{
    CandidateRecord, Document, EmployerRecord, FORMAT, HouseholdRecord, OpeningRecord, ReferralRecord,
    RegionRecord, ServiceRecord, SkillRecord,
};
use crate::issue::{Issue, IssueCode};
use crate::problem::{Beside, Problem, Rows};

#[derive(Debug)]
pub(super) struct Pool {
    pub(super) candidates: BTreeMap<CandidateId, CandidateRecord>,
    pub(super) households: BTreeMap<HouseholdId, Household>,
    pub(super) employers: BTreeMap<EmployerId, EmployerRecord>,
    pub(super) openings: BTreeMap<OpeningId, OpeningRecord>,
    /// Of candidates who are not there as well.
    pub(super) referrals: BTreeMap<CandidateId, Vec<ReferralRecord>>,
    services: Vec<ServiceRecord>,
    regions: Vec<RegionRecord>,
    skills: Vec<SkillRecord>,
}

#[derive(Debug)]
pub(super) struct Household {
    record: HouseholdRecord,
    members: Vec<CandidateId>,
}

impl Pool {
    /// The rows of a document that `problem` was made of, without those that were set aside.
    pub(super) fn new(document: Document, problem: &Problem) -> Self {
        let rows = (0..problem.candidates().len()).map(CandidateIx::new);
        let kept = picked(document.candidates, rows.filter_map(|row| problem.candidate_source(row)));
        let candidates: BTreeMap<_, _> = kept.map(|record| (record.id.clone(), record)).collect();
        let rows = (0..problem.openings().len()).map(OpeningIx::new);
        let kept = picked(document.openings, rows.filter_map(|row| problem.opening_source(row)));
        let openings = kept.map(|record| (record.id.clone(), record)).collect();
        let mut households = BTreeMap::new();
        for record in document.households.into_iter().filter(|it| is_named(it.id.as_str())) {
            households.entry(record.id.clone()).or_insert(Household { record, members: Vec::new() });
        }
        let mut employers = BTreeMap::new();
        for record in document.employers.into_iter().filter(|it| is_named(it.id.as_str())) {
            employers.entry(record.id.clone()).or_insert(record);
        }
        let mut referrals: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for record in document.referrals {
            referrals.entry(record.candidate.clone()).or_default().push(record);
        }
        for record in candidates.values() {
            let home = record.household.as_ref().and_then(|id| households.get_mut(id));
            if let Some(Household { members, .. }) = home {
                members.push(record.id.clone());
            }
        }
        Self {
            candidates,
            households,
            employers,
            openings,
            referrals,
            services: document.services,
            regions: document.regions,
            skills: document.skills,
        }
    }

    pub(super) fn document(&self) -> Document {
        Document {
            format: FORMAT.to_owned(),
            candidates: self.candidates.values().cloned().collect(),
            households: self.households.values().map(|it| it.record.clone()).collect(),
            employers: self.employers.values().cloned().collect(),
            openings: self.openings.values().cloned().collect(),
            referrals: self.referrals.values().flatten().cloned().collect(),
            services: self.services.clone(),
            regions: self.regions.clone(),
            skills: self.skills.clone(),
        }
    }

    /// Puts a candidate in; the household that they have left by it, if any.
    pub(super) fn put_candidate(&mut self, record: CandidateRecord) -> Option<HouseholdId> {
        let (id, household) = (record.id.clone(), record.household.clone());
        let before = self.candidates.insert(id.clone(), record).and_then(|old| old.household);
        if before == household {
            return None;
        }
        if let Some(left) = &before {
            self.leave(left, &id);
        }
        if let Some(home) = household.and_then(|id| self.households.get_mut(&id)) {
            home.members.push(id);
        }
        before
    }

    pub(super) fn remove_candidate(&mut self, id: &CandidateId) -> Option<CandidateRecord> {
        let record = self.candidates.remove(id)?;
        if let Some(left) = &record.household {
            self.leave(left, id);
        }
        Some(record)
    }

    fn leave(&mut self, household: &HouseholdId, id: &CandidateId) {
        if let Some(home) = self.households.get_mut(household) {
            home.members.retain(|it| it != id);
        }
    }

    pub(super) fn put_household(&mut self, record: HouseholdRecord) {
        if let Some(home) = self.households.get_mut(&record.id) {
            home.record = record;
        } else {
            self.households.insert(record.id.clone(), Household { record, members: Vec::new() });
        }
    }

    pub(super) fn household_of(&self, id: &CandidateId) -> Option<HouseholdId> {
        self.candidates.get(id)?.household.clone()
    }

    pub(super) fn members(&self, household: &HouseholdId) -> Vec<CandidateId> {
        self.households.get(household).map_or_else(Vec::new, |home| home.members.clone())
    }

    /// The openings that a candidate refuses, whether or not they exist.
    pub(super) fn refused(&self, id: &CandidateId, on: Day) -> Vec<OpeningId> {
        let Some(record) = self.candidates.get(id) else { return Vec::new() };
        let referrals = self.referrals.get(id).map_or(&[][..], Vec::as_slice);
        let mut ids: Vec<_> = refused(record, referrals, on).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// These candidates with what their groups hang on, as the gate lets it through; `household` is that of all of them.
    pub(super) fn rows(
        &self,
        ids: &[CandidateId],
        household: Option<&HouseholdId>,
        ground: &Problem,
    ) -> Rows {
        let mut rows = Rows::default();
        for id in ids {
            let Some(record) = self.candidates.get(id) else { continue };
            let beside = Beside { households: household.into_iter().cloned().collect(), ..Beside::default() };
            let Some(record) = ground.check_candidate(record.clone(), &beside).record else { continue };
            rows.candidates.push(record);
            rows.referrals.extend(self.referrals.get(id).into_iter().flatten().cloned());
        }
        let home = household.and_then(|id| self.households.get(id));
        rows.households.extend(home.and_then(|home| ground.check_household(home.record.clone()).record));
        rows
    }
}

/// What the gate asks of an id.
fn is_named(id: &str) -> bool {
    !id.trim().is_empty()
}

/// The rows with these places, in any order.
fn picked<T>(rows: Vec<T>, places: impl Iterator<Item = usize>) -> impl Iterator<Item = T> {
    let mut kept = vec![false; rows.len()];
    for place in places {
        kept[place] = true;
    }
    rows.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(row, _)| row)
}

pub(super) fn unknown_candidate(id: &CandidateId) -> Error {
    Error::rejected(vec![Issue::new(IssueCode::CandidateUnknown, "/candidates", id.as_str())])
}

pub(super) fn unknown_opening(id: &OpeningId) -> Error {
    // As a finding of the gate this one takes nothing away; here nothing could be taken out.
    Error::rejected(vec![Issue::new(IssueCode::OpeningUnknown, "/openings", id.as_str())])
}
