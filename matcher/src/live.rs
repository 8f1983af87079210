//! A pool that is kept and changed: [`Live`] owns its rows and all shortlists, and answers a changed record by judging
//! that record alone.
//!
//! After any sequence of edits the lists are those of a fresh [`Problem`] of the changed document, entry by entry. Equals of
//! an opening's list stand by their ids; a salted digest ([`crate::score::Ties`]) is for lists that are made at once.
//!
//! ```
//! use anzhi::input::{CandidateRecord, CertificateRecord, Constituents, EmployerRecord, OpeningRecord};
//! use anzhi::live::{Edit, Live};
//! use anzhi::words::{Category, OpeningKind, PersonKind};
//! use anzhi::{CandidateId, Day, Document, OpeningId, Policy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let on: Day = "2026-06-30".parse()?;
//! let mut live = Live::new(Document::empty(), Policy::general(), on, 20)?;
//!
//! live.apply(Edit::Employer(EmployerRecord::unstated("E1".into())))?;
//! let opening = OpeningRecord::unstated("O1".into(), "E1".into(), OpeningKind::Market, 1);
//! let applied = live.apply(Edit::Opening(Box::new(opening)))?;
//! assert!(applied.findings.iter().any(|it| it.code().as_str() == "A204"), "the advert states no wage");
//!
//! let mut person = CandidateRecord::unknown("C1".into(), PersonKind::Disabled);
//! live.apply(Edit::Candidate(Box::new(person.clone())))?;
//! let lists = live.shortlist(&OpeningId::from("O1")).ok_or("the opening is there")?;
//! assert_eq!((lists.eligible.len(), lists.unresolved.len()), (0, 1), "much is unknown of the person");
//!
//! // The certificate comes in: the same id, so the record takes the place of the first one.
//! person.certificate = Some(CertificateRecord {
//!     category: Category::Hearing,
//!     level: 3,
//!     constituents: Constituents::new(),
//!     valid_until: Some("2030-01-01".parse()?),
//! });
//! live.apply(Edit::Candidate(Box::new(person)))?;
//! let fresh = live.scored().breakdown(&"C1".into(), &"O1".into()).ok_or("both are there")?;
//! let lists = live.shortlist_for(&CandidateId::from("C1")).ok_or("the person is there")?;
//! let best = lists.eligible.iter().chain(&lists.unresolved).next().ok_or("not barred")?;
//! assert_eq!(best.score, fresh.shortlist_score());
//!
//! // A row that the gate would set aside changes nothing.
//! let stray = OpeningRecord::unstated("O2".into(), "E9".into(), OpeningKind::Market, 1);
//! let refused = live.apply(Edit::Opening(Box::new(stray))).unwrap_err();
//! assert_eq!(refused.issues()[0].code().as_str(), "E112", "no employer has this id");
//! assert_eq!(live.openings().count(), 1);
//! # Ok(())
//! # }
//! ```

mod rows;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::day::Day;
use crate::error::Error;
use crate::ids::{CandidateId, EmployerId, HouseholdId, OpeningId};
use crate::input::{
    CandidateRecord, Document, EmployerRecord, HouseholdRecord, OpeningRecord, ReferralRecord,
};
use crate::issue::Issue;
use crate::policy::Policy;
use crate::problem::{Beside, MOST_ROWS, Problem, Rejected, Rows};
use crate::score::{Resident, Scored};
use rows::{Pool, unknown_candidate, unknown_opening};

/// One change of a pool. Whatever has an id comes in the place of the row with that id, or as a new row.
///
/// Regions, skills, the policy and the day have no edit: they touch every pair, and [`Live::new`] with the changed
/// [`Live::document`] is the answer. Employers and households are never taken out, since a row that nobody names does no
/// harm; a household is emptied by its members' edits.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A candidate comes or is changed.
    Candidate(Box<CandidateRecord>),
    /// A candidate goes. Their referrals stay, and count again if the id comes back.
    RemoveCandidate(CandidateId),
    /// An opening comes or is changed.
    Opening(Box<OpeningRecord>),
    /// An opening goes. Who refused it still refuses it if the id comes back.
    RemoveOpening(OpeningId),
    /// A household comes or is changed, and with it the groups of all its members.
    Household(Box<HouseholdRecord>),
    /// An employer comes or is changed.
    Employer(EmployerRecord),
    /// A referral of a candidate is added.
    Referral(ReferralRecord),
}

/// What an edit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// What the gate says of the row, as of a list with this row alone: warnings and adverts' remarks.
    pub findings: Vec<Issue>,
    /// How many candidates were judged anew at every opening; others of a household among them whose groups changed.
    pub candidates: usize,
    /// How many openings were judged anew for everybody.
    pub openings: usize,
}

/// One pair of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Who.
    pub candidate: &'a CandidateId,
    /// Where.
    pub opening: &'a OpeningId,
    /// Hundredths of a point, 0 to 10,000.
    pub score: u32,
}

/// The best pairs of one opening or one candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveShortlist<'a> {
    /// Eligible pairs, best first.
    pub eligible: Vec<Listed<'a>>,
    /// Unresolved pairs, best first.
    pub unresolved: Vec<Listed<'a>>,
}

/// A pool of candidates and openings with all its shortlists.
#[derive(Debug)]
pub struct Live {
    pool: Pool,
    resident: Resident,
    /// Policy, day, regions and skills, with the few rows that an edit touches.
    ground: Problem,
    rejected: Vec<Rejected>,
    /// The changed document as a problem, once somebody asks for it.
    whole: OnceLock<Problem>,
}

impl Live {
    /// A pool with the `count` best of every opening and every candidate.
    ///
    /// Rows that the gate sets aside do not come in: see [`Self::rejected`].
    ///
    /// # Errors
    ///
    /// As [`Problem::new`].
    ///
    /// # Cost
    ///
    /// That of [`Problem::new`] and of [`Scored::shortlists`] with half as many entries again. Memory afterwards: the
    /// document, two lists of that length for each person and opening, two bits for each person and distinct demand,
    /// and about 600 bytes a person.
    pub fn new(document: Document, policy: Policy, on: Day, count: usize) -> Result<Self, Error> {
        let mut problem = Problem::new(document.clone(), policy, on)?;
        let pool = Pool::new(document, &problem);
        let resident = Resident::of(&problem, count, |id| pool.refused(id, on));
        let rejected = problem.rejected().to_vec();
        problem.hold(Rows::default());
        Ok(Self { pool, resident, ground: problem, rejected, whole: OnceLock::new() })
    }

    /// Makes a change.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Rejected`] with what the gate says, if it would set the row aside, or if there is no row
    /// to take out; [`crate::error::ErrorKind::Limit`] beyond [`MOST_ROWS`]. Everything is then as it was: a good row is
    /// never lost to a bad one.
    ///
    /// # Cost
    ///
    /// An opening: its program over all people in reach, and the score of each pair that is not barred. A candidate: *and*
    /// and *or* over bitmaps of all openings, and the same scores; for each member of a household whose groups changed, the
    /// same again. Lists of the other side are touched where the pair enters them. What goes is not looked for.
    pub fn apply(&mut self, edit: Edit) -> Result<Applied, Error> {
        let applied = match edit {
            Edit::Candidate(record) => self.put_candidate(*record),
            Edit::RemoveCandidate(id) => self.remove_candidate(&id),
            Edit::Opening(record) => self.put_opening(*record),
            Edit::RemoveOpening(id) => self.remove_opening(&id),
            Edit::Household(record) => self.put_household(*record),
            Edit::Employer(record) => self.put_employer(record),
            Edit::Referral(record) => self.add_referral(record),
        }?;
        self.whole.take();
        Ok(applied)
    }

    fn put_candidate(&mut self, record: CandidateRecord) -> Result<Applied, Error> {
        let id = record.id.clone();
        if !self.pool.candidates.contains_key(&id) {
            within_limit(self.pool.candidates.len())?;
        }
        let named = record.household.as_ref().filter(|it| self.pool.households.contains_key(*it));
        let beside = Beside {
            households: named.into_iter().cloned().collect(),
            openings: record
                .refused
                .iter()
                .filter(|it| self.pool.openings.contains_key(*it))
                .cloned()
                .collect(),
            ..Beside::default()
        };
        let checked = self.ground.check_candidate(record.clone(), &beside);
        if checked.record.is_none() {
            return Err(Error::rejected(checked.found));
        }
        let left = self.pool.put_candidate(record);
        let mut candidates = left.map_or(0, |household| self.judge_household(&household));
        candidates += self.judge_candidate(&id);
        Ok(Applied { findings: checked.found, candidates, openings: 0 })
    }

    fn remove_candidate(&mut self, id: &CandidateId) -> Result<Applied, Error> {
        let Some(record) = self.pool.remove_candidate(id) else { return Err(unknown_candidate(id)) };
        let mut candidates = usize::from(self.resident.remove_person(id));
        candidates += record.household.map_or(0, |household| self.judge_household(&household));
        Ok(Applied { candidates, ..Applied::default() })
    }

    fn put_opening(&mut self, record: OpeningRecord) -> Result<Applied, Error> {
        if !self.pool.openings.contains_key(&record.id) {
            within_limit(self.pool.openings.len())?;
        }
        let employer = Some(&record.employer).filter(|it| self.pool.employers.contains_key(*it));
        let beside = Beside { employers: employer.into_iter().cloned().collect(), ..Beside::default() };
        let checked = self.ground.check_opening(record.clone(), &beside);
        let Some(clean) = checked.record else { return Err(Error::rejected(checked.found)) };
        self.pool.openings.insert(record.id.clone(), record);
        self.ground.hold(Rows { openings: vec![clean], ..Rows::default() });
        let openings = self.resident.put_openings(&self.ground);
        Ok(Applied { findings: checked.found, candidates: 0, openings })
    }

    fn remove_opening(&mut self, id: &OpeningId) -> Result<Applied, Error> {
        if self.pool.openings.remove(id).is_none() {
            return Err(unknown_opening(id));
        }
        let openings = usize::from(self.resident.remove_opening(id));
        Ok(Applied { openings, ..Applied::default() })
    }

    fn put_household(&mut self, record: HouseholdRecord) -> Result<Applied, Error> {
        let checked = self.ground.check_household(record.clone());
        if checked.record.is_none() {
            return Err(Error::rejected(checked.found));
        }
        let id = record.id.clone();
        self.pool.put_household(record);
        let candidates = self.judge_household(&id);
        Ok(Applied { findings: checked.found, candidates, openings: 0 })
    }

    fn put_employer(&mut self, record: EmployerRecord) -> Result<Applied, Error> {
        let checked = self.ground.check_employer(record);
        let Some(record) = checked.record else { return Err(Error::rejected(checked.found)) };
        self.pool.employers.insert(record.id.clone(), record);
        Ok(Applied { findings: checked.found, ..Applied::default() })
    }

    fn add_referral(&mut self, record: ReferralRecord) -> Result<Applied, Error> {
        let opening = record.opening.as_ref().filter(|it| self.pool.openings.contains_key(*it));
        let candidate = Some(&record.candidate).filter(|it| self.pool.candidates.contains_key(*it));
        let beside = Beside {
            candidates: candidate.into_iter().cloned().collect(),
            openings: opening.into_iter().cloned().collect(),
            ..Beside::default()
        };
        let checked = self.ground.check_referral(record.clone(), &beside);
        if checked.record.is_none() {
            return Err(Error::rejected(checked.found));
        }
        let id = record.candidate.clone();
        self.pool.referrals.entry(id.clone()).or_default().push(record);
        let candidates = self.judge_candidate(&id);
        Ok(Applied { findings: checked.found, candidates, openings: 0 })
    }

    /// Judges a candidate anew, with the household, whose facts they are part of; how many changed.
    fn judge_candidate(&mut self, id: &CandidateId) -> usize {
        match self.pool.household_of(id) {
            Some(household) => self.judge_household(&household),
            None => self.judge(std::slice::from_ref(id), None),
        }
    }

    fn judge_household(&mut self, id: &HouseholdId) -> usize {
        let members = self.pool.members(id);
        self.judge(&members, Some(id))
    }

    fn judge(&mut self, ids: &[CandidateId], household: Option<&HouseholdId>) -> usize {
        let rows = self.pool.rows(ids, household, &self.ground);
        self.ground.hold(rows);
        let on = self.ground.on();
        self.resident.put_people(&self.ground, |id| self.pool.refused(id, on))
    }

    /// The best candidates of an opening; `None` if the opening is not in the pool.
    ///
    /// # Cost
    ///
    /// That of copying the list; where many pairs were taken out of it since it was made, that of [`Self::apply`] for the
    /// opening.
    #[must_use]
    pub fn shortlist(&self, opening: &OpeningId) -> Option<LiveShortlist<'_>> {
        let (opening, _) = self.pool.openings.get_key_value(opening)?;
        let listed = |(candidate, score)| Listed { candidate, opening, score };
        let [eligible, unresolved] =
            self.resident.list_of_opening(opening)?.map(|list| list.into_iter().map(listed).collect());
        Some(LiveShortlist { eligible, unresolved })
    }

    /// The best openings of a candidate; `None` if the candidate is not in the pool.
    ///
    /// # Cost
    ///
    /// As [`Self::shortlist`].
    #[must_use]
    pub fn shortlist_for(&self, candidate: &CandidateId) -> Option<LiveShortlist<'_>> {
        let (candidate, _) = self.pool.candidates.get_key_value(candidate)?;
        let listed = |(opening, score)| Listed { candidate, opening, score };
        let [eligible, unresolved] =
            self.resident.list_of_person(candidate)?.map(|list| list.into_iter().map(listed).collect());
        Some(LiveShortlist { eligible, unresolved })
    }

    /// The pool as a problem, with rows in order of id and all findings.
    ///
    /// # Cost
    ///
    /// The first time after an edit that of [`Self::document`] and of [`Problem::new`], and as much memory again.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        self.whole
            .get_or_init(|| Problem::of(self.document(), self.ground.policy().clone(), self.ground.on()))
    }

    /// The pool, ready for judging and explaining single pairs, for counts, the census and an assignment.
    ///
    /// # Cost
    ///
    /// As [`Self::problem`], and *O(candidates + openings)*.
    #[must_use]
    pub fn scored(&self) -> Scored<'_> {
        self.problem().score()
    }

    /// The document as the edits have left it, candidates and openings in order of id.
    ///
    /// # Cost
    ///
    /// A copy of every row.
    #[must_use]
    pub fn document(&self) -> Document {
        self.pool.document()
    }

    /// The candidates, in order.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = &CandidateRecord> {
        self.pool.candidates.values()
    }

    /// The openings, in order.
    pub fn openings(&self) -> impl ExactSizeIterator<Item = &OpeningRecord> {
        self.pool.openings.values()
    }

    /// The record of a candidate, as it came in.
    #[must_use]
    pub fn candidate(&self, id: &CandidateId) -> Option<&CandidateRecord> {
        self.pool.candidates.get(id)
    }

    /// The record of an opening, as it came in.
    #[must_use]
    pub fn opening(&self, id: &OpeningId) -> Option<&OpeningRecord> {
        self.pool.openings.get(id)
    }

    /// Whether an employer is in the pool.
    #[must_use]
    pub fn has_employer(&self, id: &EmployerId) -> bool {
        self.pool.employers.contains_key(id)
    }

    /// Rows of the first document that did not come in, and why.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// How many lists of openings and of candidates have lost so many pairs that they are made anew when they are read.
    ///
    /// # Cost
    ///
    /// A look at every list.
    #[must_use]
    pub fn short_lists(&self) -> [usize; 2] {
        self.resident.short()
    }
}

fn within_limit(rows: usize) -> Result<(), Error> {
    if rows < MOST_ROWS {
        return Ok(());
    }
    Err(Error::limit("rows of one kind", rows as u64 + 1, MOST_ROWS as u64))
}
