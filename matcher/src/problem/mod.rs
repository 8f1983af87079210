//! The gate: a [`Document`] and a [`Policy`] go in, a [`Problem`] comes out, after which nobody checks again.
//!
//! Every check runs, so that one pass shows every finding. A row that cannot be used is set aside with what hangs on
//! it; a value that cannot be used becomes unknown (of a person) or not stated (of an opening); a good row is never
//! lost: accepted + rejected = received. Rows are then put into the order of their ids, so that the order of the input
//! means nothing.

mod checks;
mod clean;
mod graphs;
mod rows;

pub(crate) use clean::{Beside, Rows};
pub use graphs::{Nearness, Regions, Skills};

use crate::day::Day;
use crate::error::Error;
use crate::ids::{CandidateId, CandidateIx, HouseholdId, HouseholdIx, OpeningId, OpeningIx, RegionCode};
use crate::input::{
    CandidateRecord, Document, EmployerRecord, FORMAT, HouseholdRecord, OpeningRecord, ReferralRecord,
    RegionRecord, ServiceRecord, SkillRecord,
};
use crate::issue::{Issue, IssueCode};
use crate::policy::Policy;
pub use crate::words::Sheet;

/// Most rows of one kind; beyond it the rows of the engine do not fit their type.
pub const MOST_ROWS: usize = 1 << 28;

/// A row that was set aside, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Which list of the document.
    pub sheet: Sheet,
    /// The row there, from 0.
    pub row: usize,
    /// The id the row gave itself; empty where it has none.
    pub id: String,
    /// The finding.
    pub issue: Issue,
}

/// How many rows of a list came in, and how many were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Which list.
    pub sheet: Sheet,
    /// Rows of the document.
    pub received: usize,
    /// Rows that were kept.
    pub accepted: usize,
}

/// A document that passed every check, with the policy and the day of the match. Holding one is the proof.
#[derive(Clone, Debug)]
pub struct Problem {
    on: Day,
    policy: Policy,
    candidates: Vec<CandidateRecord>,
    households: Vec<HouseholdRecord>,
    employers: Vec<EmployerRecord>,
    openings: Vec<OpeningRecord>,
    referrals: Vec<ReferralRecord>,
    services: Vec<ServiceRecord>,
    regions: Regions,
    skills: Skills,
    homes: rows::Homes,
    histories: rows::Histories,
    rejected: Vec<Rejected>,
    warnings: Vec<Issue>,
    counts: Vec<Count>,
    sources: Sources,
}

/// The row of the document from which each accepted candidate and opening came, by accepted row.
#[derive(Clone, Debug, Default)]
struct Sources {
    candidates: Vec<u32>,
    openings: Vec<u32>,
}

impl Problem {
    /// Checks a document against itself and puts it in order, for a match on the day `on` under `policy`.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Syntax`] if the format is another one, [`crate::error::ErrorKind::Limit`] beyond
    /// [`MOST_ROWS`]. Single rows never fail the call: see [`Self::rejected`] and [`Self::warnings`].
    ///
    /// # Cost
    ///
    /// *O(n log n)* in the rows.
    pub fn new(document: Document, policy: Policy, on: Day) -> Result<Self, Error> {
        if document.format != FORMAT {
            let found = format!("the format is `{}`; this version reads `{FORMAT}`", document.format);
            return Err(Error::syntax("format", &found));
        }
        let most = document.candidates.len().max(document.openings.len()).max(document.referrals.len());
        if most > MOST_ROWS {
            return Err(Error::limit("rows of one kind", most as u64, MOST_ROWS as u64));
        }
        Ok(Self::of(document, policy, on))
    }

    /// The same for a document whose format and size are known to be right.
    pub(crate) fn of(document: Document, policy: Policy, on: Day) -> Self {
        clean::Gate::new(on).pass(document, policy)
    }

    /// The day of the match.
    #[must_use]
    pub const fn on(&self) -> Day {
        self.on
    }

    /// The policy, with the local decisions that it took up.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The accepted candidates, in order of id; [`CandidateIx`] counts them.
    #[must_use]
    pub fn candidates(&self) -> &[CandidateRecord] {
        &self.candidates
    }

    /// The accepted openings, in order of id; [`OpeningIx`] counts them.
    #[must_use]
    pub fn openings(&self) -> &[OpeningRecord] {
        &self.openings
    }

    /// The accepted households, in order of id; [`HouseholdIx`] counts them.
    #[must_use]
    pub fn households(&self) -> &[HouseholdRecord] {
        &self.households
    }

    /// The accepted employers, in order of id.
    #[must_use]
    pub fn employers(&self) -> &[EmployerRecord] {
        &self.employers
    }

    /// The accepted referrals, in order of candidate, date, outcome (an unstated one last).
    #[must_use]
    pub fn referrals(&self) -> &[ReferralRecord] {
        &self.referrals
    }

    /// The accepted service events, in order of candidate, date, kind.
    #[must_use]
    pub fn services(&self) -> &[ServiceRecord] {
        &self.services
    }

    /// The regions, as a graph.
    #[must_use]
    pub const fn regions(&self) -> &Regions {
        &self.regions
    }

    /// The skills, as a graph.
    #[must_use]
    pub const fn skills(&self) -> &Skills {
        &self.skills
    }

    /// The row of a candidate.
    #[must_use]
    pub fn candidate_row(&self, id: &CandidateId) -> Option<CandidateIx> {
        self.candidates.binary_search_by(|record| record.id.cmp(id)).ok().map(CandidateIx::new)
    }

    /// The row of an opening.
    #[must_use]
    pub fn opening_row(&self, id: &OpeningId) -> Option<OpeningIx> {
        self.openings.binary_search_by(|record| record.id.cmp(id)).ok().map(OpeningIx::new)
    }

    /// The row of a household.
    #[must_use]
    pub fn household_row(&self, id: &HouseholdId) -> Option<HouseholdIx> {
        self.households.binary_search_by(|record| record.id.cmp(id)).ok().map(HouseholdIx::new)
    }

    /// The record of a candidate's row.
    #[must_use]
    pub fn candidate(&self, row: CandidateIx) -> Option<&CandidateRecord> {
        self.candidates.get(row.get())
    }

    /// The record of an opening's row.
    #[must_use]
    pub fn opening(&self, row: OpeningIx) -> Option<&OpeningRecord> {
        self.openings.get(row.get())
    }

    /// The household with this id.
    #[must_use]
    pub fn household(&self, id: &HouseholdId) -> Option<&HouseholdRecord> {
        self.household_row(id).and_then(|row| self.households.get(row.get()))
    }

    /// The accepted candidates of a household, in order of id.
    #[must_use]
    pub fn members(&self, id: &HouseholdId) -> &[CandidateIx] {
        self.household_row(id).map_or(&[], |row| self.homes.members(row))
    }

    /// The household of a candidate with its accepted candidates.
    pub(crate) fn home_of(&self, row: CandidateIx) -> Option<(&HouseholdRecord, &[CandidateIx])> {
        let home = self.homes.of(row)?;
        Some((self.households.get(home.get())?, self.homes.members(home)))
    }

    /// The referrals of one candidate, by date and outcome.
    #[must_use]
    pub fn referrals_of(&self, id: &CandidateId) -> &[ReferralRecord] {
        self.candidate_row(id).map_or(&[], |row| self.referrals_at(row))
    }

    /// The same by row, without a search.
    pub(crate) fn referrals_at(&self, row: CandidateIx) -> &[ReferralRecord] {
        self.referrals.get(self.histories.of(row)).unwrap_or_default()
    }

    /// Rows that were set aside, in the order of the document.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// Findings about rows that were kept, in the order of the document; adverts' remarks among them.
    #[must_use]
    pub fn warnings(&self) -> &[Issue] {
        &self.warnings
    }

    /// How many rows of each list came in and were kept.
    #[must_use]
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// The row of the document from which an accepted candidate came.
    #[must_use]
    pub fn candidate_source(&self, row: CandidateIx) -> Option<usize> {
        self.sources.candidates.get(row.get()).map(|row| *row as usize)
    }

    /// The row of the document from which an accepted opening came.
    #[must_use]
    pub fn opening_source(&self, row: OpeningIx) -> Option<usize> {
        self.sources.openings.get(row.get()).map(|row| *row as usize)
    }

    /// The accepted records of regions, by code.
    #[must_use]
    pub fn region(&self, code: &RegionCode) -> Option<&RegionRecord> {
        self.regions.record(code)
    }

    /// The accepted records of skills, in order of id.
    pub fn skill_records(&self) -> impl Iterator<Item = &SkillRecord> {
        self.skills.records().iter()
    }

    fn remark_policy_dates(&mut self) {
        if !self.policy.in_force().contains(self.on) {
            self.warnings.push(Issue::new(IssueCode::PolicyOutOfDates, "", self.on.to_string()));
        }
    }
}
