//! One row at a time through the same checks, and a problem of a few rows among the regions and skills of a large one.

use std::collections::BTreeSet;

use super::{
    At, CANDIDATES, EMPLOYERS, HOUSEHOLDS, List, OPENINGS, REFERRALS, by_candidate_and_date, check_id,
};
use crate::ids::{CandidateId, EmployerId, HouseholdId, OpeningId};
use crate::input::{CandidateRecord, EmployerRecord, HouseholdRecord, OpeningRecord, ReferralRecord};
use crate::issue::{Issue, Severity};
use crate::problem::checks::{self, Known};
use crate::problem::rows::{Histories, Homes};
use crate::problem::{Problem, Sources};

/// Of the ids that one row names, those that exist.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) employers: BTreeSet<EmployerId>,
    pub(crate) households: BTreeSet<HouseholdId>,
    pub(crate) candidates: BTreeSet<CandidateId>,
    pub(crate) openings: BTreeSet<OpeningId>,
}

/// A row after its checks.
#[derive(Debug)]
pub(crate) struct Checked<T> {
    /// What is left of it; `None` where it is set aside.
    pub(crate) record: Option<T>,
    /// What was found; paths are those of a list with this row alone.
    pub(crate) found: Vec<Issue>,
}

/// The rows of a small problem, checked before.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) candidates: Vec<CandidateRecord>,
    pub(crate) households: Vec<HouseholdRecord>,
    pub(crate) openings: Vec<OpeningRecord>,
    pub(crate) referrals: Vec<ReferralRecord>,
}

impl Problem {
    /// Puts these rows in the place of all that are there; policy, day, regions and skills stay.
    pub(crate) fn hold(&mut self, rows: Rows) {
        let Rows { mut candidates, mut households, mut openings, mut referrals } = rows;
        candidates.sort_by(|a, b| a.id.cmp(&b.id));
        households.sort_by(|a, b| a.id.cmp(&b.id));
        openings.sort_by(|a, b| a.id.cmp(&b.id));
        referrals.sort_by(by_candidate_and_date);
        self.homes = Homes::new(&candidates, &households);
        self.histories = Histories::new(&candidates, &referrals);
        self.candidates = candidates;
        self.households = households;
        self.openings = openings;
        self.referrals = referrals;
        self.employers = Vec::new();
        self.services = Vec::new();
        self.rejected = Vec::new();
        self.warnings = Vec::new();
        self.counts = Vec::new();
        self.sources = Sources::default();
    }

    pub(crate) fn check_candidate(
        &self,
        record: CandidateRecord,
        beside: &Beside,
    ) -> Checked<CandidateRecord> {
        self.check(&CANDIDATES, record, beside, checks::candidate)
    }

    pub(crate) fn check_opening(&self, record: OpeningRecord, beside: &Beside) -> Checked<OpeningRecord> {
        self.check(&OPENINGS, record, beside, checks::opening)
    }

    pub(crate) fn check_household(&self, record: HouseholdRecord) -> Checked<HouseholdRecord> {
        self.check(&HOUSEHOLDS, record, &Beside::default(), |record, _, at| checks::household(record, at))
    }

    pub(crate) fn check_employer(&self, record: EmployerRecord) -> Checked<EmployerRecord> {
        self.check(&EMPLOYERS, record, &Beside::default(), |_, _, _| {})
    }

    pub(crate) fn check_referral(&self, record: ReferralRecord, beside: &Beside) -> Checked<ReferralRecord> {
        self.check(&REFERRALS, record, beside, checks::referral)
    }

    fn check<T>(
        &self,
        list: &List<T>,
        mut record: T,
        beside: &Beside,
        check: impl FnOnce(&mut T, &Known<'_>, &mut At<'_>),
    ) -> Checked<T> {
        let mut known = Known::new(self.on, &self.regions, &self.skills);
        let employer = |id: &EmployerId| beside.employers.contains(id);
        let household = |id: &HouseholdId| beside.households.contains(id);
        let candidate = |id: &CandidateId| beside.candidates.contains(id);
        let opening = |id: &OpeningId| beside.openings.contains(id);
        (known.employer, known.household) = (&employer, &household);
        (known.candidate, known.opening) = (&candidate, &opening);
        let mut found = Vec::new();
        let mut at = At { sheet: list.sheet, row: 0, found: &mut found };
        if let Some(id) = list.id {
            check_id(list, id(&record), false, &mut at);
        }
        check(&mut record, &known, &mut at);
        let kept = found.iter().all(|issue| issue.code().severity() != Severity::Rejected);
        Checked { record: kept.then_some(record), found }
    }
}
