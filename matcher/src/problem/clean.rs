//! The walk through the document: one list after another, every row through every check of its list.

mod part;

pub(crate) use part::{Beside, Rows};

use std::collections::{BTreeMap, BTreeSet};

use super::checks::{self, Known};
use super::graphs::{Regions, Skills};
use super::rows::{Histories, Homes, Kept, number};
use super::{Count, Problem, Rejected, Sheet, Sources};
use crate::day::Day;
use crate::ids::{CandidateId, EmployerId, HouseholdId, OpeningId};
use crate::input::{
    CandidateRecord, Document, EmployerRecord, HouseholdRecord, OpeningRecord, ReferralRecord, RegionRecord,
    ServiceRecord, SkillRecord,
};
use crate::issue::{Issue, IssueCode, Severity};
use crate::policy::Policy;
use crate::text::ShortText;

/// What the walk has found so far.
pub(super) struct Gate {
    on: Day,
    rejected: Vec<Rejected>,
    warnings: Vec<Issue>,
    counts: Vec<Count>,
}

/// A list: how its rows are named, and which code a repeated name gets.
struct List<T> {
    sheet: Sheet,
    id: Option<fn(&T) -> &ShortText>,
    twice: IssueCode,
}

const REGIONS: List<RegionRecord> =
    List { sheet: Sheet::Regions, id: Some(|it| it.code.text()), twice: IssueCode::RegionTwice };
const SKILLS: List<SkillRecord> =
    List { sheet: Sheet::Skills, id: Some(|it| it.id.text()), twice: IssueCode::SkillTwice };
const EMPLOYERS: List<EmployerRecord> =
    List { sheet: Sheet::Employers, id: Some(|it| it.id.text()), twice: IssueCode::EmployerTwice };
const HOUSEHOLDS: List<HouseholdRecord> =
    List { sheet: Sheet::Households, id: Some(|it| it.id.text()), twice: IssueCode::HouseholdTwice };
const CANDIDATES: List<CandidateRecord> =
    List { sheet: Sheet::Candidates, id: Some(|it| it.id.text()), twice: IssueCode::CandidateTwice };
const OPENINGS: List<OpeningRecord> =
    List { sheet: Sheet::Openings, id: Some(|it| it.id.text()), twice: IssueCode::OpeningTwice };
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
        let employers = employers.sort(|a, b| a.id.cmp(&b.id)).records;
        let employer = |id: &EmployerId| employers.binary_search_by(|it| it.id.cmp(id)).is_ok();
        known.employer = &employer;
        let households = self.keep(&HOUSEHOLDS, document.households, &mut checks::household);
        let households = households.sort(|a, b| a.id.cmp(&b.id)).records;
        let household = |id: &HouseholdId| households.binary_search_by(|it| it.id.cmp(id)).is_ok();
        known.household = &household;
        let openings: BTreeSet<_> = document.openings.iter().map(|record| record.id.clone()).collect();
        let opening = |id: &OpeningId| openings.contains(id);
        known.opening = &opening;
        let candidates =
            self.keep(&CANDIDATES, document.candidates, &mut |it, at| checks::candidate(it, &known, at));
        let candidates = candidates.sort(|a, b| a.id.cmp(&b.id));
        let people = &candidates.records;
        let candidate = |id: &CandidateId| people.binary_search_by(|it| it.id.cmp(id)).is_ok();
        known.candidate = &candidate;
        let openings = self.keep(&OPENINGS, document.openings, &mut |it, at| checks::opening(it, &known, at));
        let openings = openings.sort(|a, b| a.id.cmp(&b.id));
        let referrals =
            self.keep(&REFERRALS, document.referrals, &mut |it, at| checks::referral(it, &known, at));
        let services = self.keep(&SERVICES, document.services, &mut |it, at| checks::service(it, &known, at));
        let referrals = referrals.sort(by_candidate_and_date);
        let services =
            services.sort(|a, b| (&a.candidate, a.date, a.kind).cmp(&(&b.candidate, b.date, b.kind)));
        let mut problem = Problem {
            on: self.on,
            policy,
            homes: Homes::new(&candidates.records, &households),
            histories: Histories::new(&candidates.records, &referrals.records),
            candidates: candidates.records,
            households,
            employers,
            openings: openings.records,
            referrals: referrals.records,
            services: services.records,
            regions,
            skills,
            rejected: self.rejected,
            warnings: self.warnings,
            counts: self.counts,
            sources: Sources { candidates: candidates.from, openings: openings.from },
        };
        problem.warnings.shrink_to_fit();
        problem.remark_policy_dates();
        problem
    }

    /// Sends every row of a list through the checks of its name and through `check`, and keeps those without a
    /// rejection, in the place where they lie. A row that is set aside is still checked to the end, so that one pass
    /// shows all there is.
    fn keep<T>(
        &mut self,
        list: &List<T>,
        mut records: Vec<T>,
        check: &mut dyn FnMut(&mut T, &mut At<'_>),
    ) -> Kept<T> {
        let received = records.len();
        let again = list.id.map_or_else(Vec::new, |id| named_again(&records, id));
        let mut from = Vec::with_capacity(received);
        let mut found = Vec::new();
        let mut rows = 0..;
        records.retain_mut(|record| {
            let row = rows.next().unwrap_or_default();
            let mut at = At { sheet: list.sheet, row, found: &mut found };
            if let Some(id) = list.id {
                check_id(list, id(record), again.binary_search(&number(row)).is_ok(), &mut at);
            }
            check(record, &mut at);
            let id = || list.id.map_or(String::new(), |id| id(record).to_string());
            let kept = self.sort_out(list.sheet, row, id, &mut found);
            if kept {
                from.push(number(row));
            }
            kept
        });
        records.shrink_to_fit();
        self.counts.push(Count { sheet: list.sheet, received, accepted: records.len() });
        Kept { records, from }
    }

    /// Files the findings of one row; whether the row is kept.
    fn sort_out(
        &mut self,
        sheet: Sheet,
        row: usize,
        id: impl Fn() -> String,
        found: &mut Vec<Issue>,
    ) -> bool {
        let mut kept = true;
        for issue in found.drain(..) {
            if issue.code().severity() == Severity::Rejected {
                kept = false;
                self.rejected.push(Rejected { sheet, row, id: id(), issue });
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
        Regions::link(kept.sort(|a, b| a.code.cmp(&b.code)).records)
    }

    fn skills(&mut self, records: Vec<SkillRecord>) -> Skills {
        let ids: BTreeSet<_> = records.iter().map(|it| it.id.clone()).collect();
        let kept = self.keep(&SKILLS, records, &mut |record, at| checks::skill(record, &ids, at));
        let Kept { records, from } = kept.sort(|a, b| a.id.cmp(&b.id));
        let (skills, cut) = Skills::link(records);
        for (row, place) in cut {
            let row = from.get(row).copied().unwrap_or_default();
            self.warnings.push(Issue::new(
                IssueCode::SkillCycle,
                format!("/skills/{row}/broader/{place}"),
                "",
            ));
        }
        skills
    }
}

/// Kept whose id an earlier row has, in order. Empty ids are another finding.
fn named_again<T>(records: &[T], id: fn(&T) -> &ShortText) -> Vec<u32> {
    if records.is_sorted_by(|one, next| id(one) < id(next)) {
        return Vec::new();
    }
    let name = |row: &u32| id(&records[*row as usize]);
    let mut rows: Vec<u32> = (0..records.len()).map(number).collect();
    rows.sort_by(|a, b| name(a).cmp(name(b)));
    let same = rows.chunk_by(|a, b| name(a) == name(b)).flat_map(|same| same.iter().skip(1));
    let mut again: Vec<u32> = same.copied().filter(|row| !name(row).trim().is_empty()).collect();
    again.sort_unstable();
    again
}

fn check_id<T>(list: &List<T>, id: &ShortText, again: bool, at: &mut At<'_>) {
    let field = if list.sheet == Sheet::Regions { "code" } else { "id" };
    if id.trim().is_empty() {
        at.say(IssueCode::IdEmpty, field, "");
    } else if again {
        at.say(list.twice, field, id);
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
