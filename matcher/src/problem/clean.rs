//! The walk through the document: one list after another, every row through every check of its list.

mod part;

pub(crate) use part::{Beside, Rows};

use std::collections::{BTreeMap, BTreeSet};

use super::checks::{self, Known};
use super::graphs::{Regions, Skills};
use super::{Count, Problem, Rejected, Sheet, Sources};
use crate::day::Day;
use crate::ids::{CandidateIx, HouseholdId};
use crate::input::{
    CandidateRecord, Document, EmployerRecord, HouseholdRecord, OpeningRecord, ReferralRecord, RegionRecord,
    ServiceRecord, SkillRecord,
};
use crate::issue::{Issue, IssueCode, Severity};
use crate::policy::Policy;

/// What the walk has found so far.
pub(super) struct Gate {
    on: Day,
    rejected: Vec<Rejected>,
    warnings: Vec<Issue>,
    counts: Vec<Count>,
}

/// A record with the row of the document it came from.
pub(super) struct Row<T> {
    pub(super) from: usize,
    pub(super) record: T,
}

/// A list: how its rows are named, and which code a repeated name gets.
struct List<T> {
    sheet: Sheet,
    id: Option<fn(&T) -> &str>,
    twice: IssueCode,
}

const REGIONS: List<RegionRecord> =
    List { sheet: Sheet::Regions, id: Some(|it| it.code.as_str()), twice: IssueCode::RegionTwice };
const SKILLS: List<SkillRecord> =
    List { sheet: Sheet::Skills, id: Some(|it| it.id.as_str()), twice: IssueCode::SkillTwice };
const EMPLOYERS: List<EmployerRecord> =
    List { sheet: Sheet::Employers, id: Some(|it| it.id.as_str()), twice: IssueCode::EmployerTwice };
const HOUSEHOLDS: List<HouseholdRecord> =
    List { sheet: Sheet::Households, id: Some(|it| it.id.as_str()), twice: IssueCode::HouseholdTwice };
const CANDIDATES: List<CandidateRecord> =
    List { sheet: Sheet::Candidates, id: Some(|it| it.id.as_str()), twice: IssueCode::CandidateTwice };
const OPENINGS: List<OpeningRecord> =
    List { sheet: Sheet::Openings, id: Some(|it| it.id.as_str()), twice: IssueCode::OpeningTwice };
const REFERRALS: List<ReferralRecord> = List { sheet: Sheet::Referrals, id: None, twice: IssueCode::IdEmpty };
const SERVICES: List<ServiceRecord> = List { sheet: Sheet::Services, id: None, twice: IssueCode::IdEmpty };

impl Gate {
    pub(super) const fn new(on: Day) -> Self {
        Self { on, rejected: Vec::new(), warnings: Vec::new(), counts: Vec::new() }
    }

    pub(super) fn pass(mut self, document: Document, policy: Policy) -> Problem {
        let regions = self.regions(document.regions);
        let skills = self.skills(document.skills);
        let mut known = Known::new(self.on, &regions, &skills);
        let employers = self.keep(&EMPLOYERS, document.employers, &mut |_, _| {});
        known.employers = employers.iter().map(|row| row.record.id.clone()).collect();
        let households = self.keep(&HOUSEHOLDS, document.households, &mut checks::household);
        known.households = households.iter().map(|row| row.record.id.clone()).collect();
        known.openings = document.openings.iter().map(|record| record.id.clone()).collect();
        let candidates =
            self.keep(&CANDIDATES, document.candidates, &mut |it, at| checks::candidate(it, &known, at));
        known.candidates = candidates.iter().map(|row| row.record.id.clone()).collect();
        let openings = self.keep(&OPENINGS, document.openings, &mut |it, at| checks::opening(it, &known, at));
        let referrals =
            self.keep(&REFERRALS, document.referrals, &mut |it, at| checks::referral(it, &known, at));
        let services = self.keep(&SERVICES, document.services, &mut |it, at| checks::service(it, &known, at));
        drop(known);

        let (candidates, candidate_rows) = split(candidates, |a, b| a.id.cmp(&b.id));
        let (openings, opening_rows) = split(openings, |a, b| a.id.cmp(&b.id));
        let (referrals, _) = split(referrals, by_candidate_and_date);
        let services =
            split(services, |a, b| (&a.candidate, a.date, a.kind).cmp(&(&b.candidate, b.date, b.kind))).0;
        let mut problem = Problem {
            on: self.on,
            policy,
            members: members(&candidates),
            candidates,
            households: split(households, |a, b| a.id.cmp(&b.id)).0,
            employers: split(employers, |a, b| a.id.cmp(&b.id)).0,
            openings,
            referrals,
            services,
            regions,
            skills,
            rejected: self.rejected,
            warnings: self.warnings,
            counts: self.counts,
            sources: Sources { candidates: candidate_rows, openings: opening_rows },
        };
        problem.remark_policy_dates();
        problem
    }

    /// Sends every row of a list through the checks of its name and through `check`, and keeps those without a
    /// rejection. A row that is set aside is still checked to the end, so that one pass shows all there is.
    fn keep<T>(
        &mut self,
        list: &List<T>,
        records: Vec<T>,
        check: &mut dyn FnMut(&mut T, &mut At<'_>),
    ) -> Vec<Row<T>> {
        let received = records.len();
        let mut first = BTreeMap::new();
        let mut kept = Vec::with_capacity(received);
        for (from, mut record) in records.into_iter().enumerate() {
            let mut found = Vec::new();
            let mut at = At { sheet: list.sheet, row: from, found: &mut found };
            let id = list.id.map_or(String::new(), |id| id(&record).to_owned());
            if list.id.is_some() {
                check_id(list, &id, &mut first, &mut at);
            }
            check(&mut record, &mut at);
            if self.sort_out(list.sheet, from, &id, found) {
                kept.push(Row { from, record });
            }
        }
        self.counts.push(Count { sheet: list.sheet, received, accepted: kept.len() });
        kept
    }

    /// Files the findings of one row; whether the row is kept.
    fn sort_out(&mut self, sheet: Sheet, row: usize, id: &str, found: Vec<Issue>) -> bool {
        let mut kept = true;
        for issue in found {
            if issue.code().severity() == Severity::Rejected {
                kept = false;
                self.rejected.push(Rejected { sheet, row, id: id.to_owned(), issue });
            } else {
                self.warnings.push(issue);
            }
        }
        kept
    }

    fn regions(&mut self, records: Vec<RegionRecord>) -> Regions {
        let mut levels = BTreeMap::new();
        for record in records.iter().filter(|it| !it.code.as_str().trim().is_empty()) {
            levels.entry(record.code.clone()).or_insert(record.level);
        }
        let kept = self.keep(&REGIONS, records, &mut |record, at| checks::region(record, &levels, at));
        Regions::link(split(kept, |a, b| a.code.cmp(&b.code)).0)
    }

    fn skills(&mut self, records: Vec<SkillRecord>) -> Skills {
        let ids: BTreeSet<_> = records.iter().map(|it| it.id.clone()).collect();
        let kept = self.keep(&SKILLS, records, &mut |record, at| checks::skill(record, &ids, at));
        let (records, rows) = split(kept, |a, b| a.id.cmp(&b.id));
        let (skills, cut) = Skills::link(records);
        for (row, place) in cut {
            let row = rows.get(row).copied().unwrap_or_default();
            self.warnings.push(Issue::new(
                IssueCode::SkillCycle,
                format!("/skills/{row}/broader/{place}"),
                "",
            ));
        }
        skills
    }
}

fn check_id<T>(list: &List<T>, id: &str, first: &mut BTreeMap<String, usize>, at: &mut At<'_>) {
    let field = if list.sheet == Sheet::Regions { "code" } else { "id" };
    if id.trim().is_empty() {
        at.say(IssueCode::IdEmpty, field, "");
    } else if first.contains_key(id) {
        at.say(list.twice, field, id);
    } else {
        first.insert(id.to_owned(), at.row);
    }
}

/// Where a check stands: it names a field and says what it found there.
pub(super) struct At<'a> {
    sheet: Sheet,
    row: usize,
    found: &'a mut Vec<Issue>,
}

#[cfg(test)]
impl<'a> At<'a> {
    pub(super) const fn row(sheet: Sheet, row: usize, found: &'a mut Vec<Issue>) -> Self {
        Self { sheet, row, found }
    }
}

impl At<'_> {
    /// A finding about a field of the row (a pointer below the row, without the first slash).
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers pass what they found, be it a value or a reference"
    )]
    pub(super) fn say(&mut self, code: IssueCode, field: &str, found: impl ToString) {
        let path = if field.is_empty() {
            format!("/{}/{}", self.sheet.as_str(), self.row)
        } else {
            format!("/{}/{}/{field}", self.sheet.as_str(), self.row)
        };
        self.found.push(Issue::new(code, path, found.to_string()));
    }
}

/// Puts rows into order and takes their places in the document apart.
fn split<T>(mut rows: Vec<Row<T>>, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> (Vec<T>, Vec<usize>) {
    rows.sort_by(|a, b| order(&a.record, &b.record));
    rows.into_iter().map(|row| (row.record, row.from)).unzip()
}

fn by_candidate_and_date(a: &ReferralRecord, b: &ReferralRecord) -> std::cmp::Ordering {
    let order = |it: &ReferralRecord| (it.outcome.is_none(), it.outcome);
    (&a.candidate, a.date, order(a), &a.opening, a.channel).cmp(&(
        &b.candidate,
        b.date,
        order(b),
        &b.opening,
        b.channel,
    ))
}

fn members(candidates: &[CandidateRecord]) -> BTreeMap<HouseholdId, Vec<CandidateIx>> {
    let mut members: BTreeMap<HouseholdId, Vec<CandidateIx>> = BTreeMap::new();
    for (row, candidate) in candidates.iter().enumerate() {
        if let Some(household) = &candidate.household {
            members.entry(household.clone()).or_default().push(CandidateIx::new(row));
        }
    }
    members
}
