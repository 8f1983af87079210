//! Whatever sequence of edits: the lists are those of a fresh batch, and so are the findings.

use super::{Applied, Edit, Live, LiveShortlist};
use crate::error::{Error, ErrorKind};
use crate::ids::{CandidateId, CandidateIx, OpeningId, OpeningIx};
use crate::input::{
    CandidateRecord, CertificateRecord, Constituents, Document, EmployerRecord, HouseholdRecord,
    OpeningRecord, Position, ReferralRecord, Status,
};
use crate::issue::Issue;
use crate::policy::Policy;
use crate::problem::Problem;
use crate::score::Ranked;
use crate::score::drawn::policy;
use crate::score::drawn::support::{Dice, day, document, on};
use crate::words::{
    Category, Channel, Employment, OpeningKind, PersonKind, ReferralOutcome, Sheet, Willingness,
};

/// A list by ids.
type Names = Vec<(String, String, u32)>;

fn names(list: &LiveShortlist<'_>) -> [Names; 2] {
    [&list.eligible, &list.unresolved].map(|pairs| {
        pairs.iter().map(|it| (it.candidate.to_string(), it.opening.to_string(), it.score)).collect()
    })
}

/// Compares all lists with those of a fresh batch; the number of entries.
fn compare(live: &Live, fresh: &Problem, count: usize, name: &str) -> usize {
    let lists = fresh.score().shortlists(count);
    let named = |pairs: Vec<Ranked>| -> Names {
        let pair = |it: &Ranked| {
            let (person, post) = (fresh.candidate(it.candidate).unwrap(), fresh.opening(it.opening).unwrap());
            (person.id.to_string(), post.id.to_string(), it.score)
        };
        pairs.iter().map(pair).collect()
    };
    let mut seen = 0;
    assert_eq!(live.openings().len(), fresh.openings().len(), "{name}");
    assert_eq!(live.candidates().len(), fresh.candidates().len(), "{name}");
    for (row, record) in fresh.openings().iter().enumerate() {
        let list = lists.of_opening(OpeningIx::new(row));
        let own = names(&live.shortlist(&record.id).unwrap());
        assert_eq!(own, [named(list.eligible), named(list.unresolved)], "{name} {}", record.id);
        seen += own.iter().map(Vec::len).sum::<usize>();
    }
    for (row, record) in fresh.candidates().iter().enumerate() {
        let list = lists.of_candidate(CandidateIx::new(row));
        let own = names(&live.shortlist_for(&record.id).unwrap());
        assert_eq!(own, [named(list.eligible), named(list.unresolved)], "{name} {}", record.id);
    }
    seen
}

/// The document as the edits leave it, kept by hand, and judged as a whole each time.
struct Model {
    document: Document,
    policy: Policy,
}

/// Puts a row in the place of the one with the same id, or last.
fn put<T, I: PartialEq>(rows: &mut Vec<T>, row: T, id: impl Fn(&T) -> I) -> usize {
    let place = rows.iter().position(|it| id(it) == id(&row)).unwrap_or(rows.len());
    rows.splice(place..rows.len().min(place + 1), [row]);
    place
}

impl Model {
    fn fresh(&self) -> Problem {
        Problem::new(self.document.clone(), self.policy.clone(), on()).unwrap()
    }

    /// Makes an edit; what a fresh batch says of the row, and whether it keeps it.
    fn apply(&mut self, edit: Edit) -> (bool, Vec<(String, String)>) {
        let before = self.document.clone();
        let document = &mut self.document;
        let (sheet, row) = match edit {
            Edit::Candidate(record) => {
                (Sheet::Candidates, put(&mut document.candidates, *record, |it| it.id.clone()))
            }
            Edit::Opening(record) => {
                (Sheet::Openings, put(&mut document.openings, *record, |it| it.id.clone()))
            }
            Edit::Household(record) => {
                (Sheet::Households, put(&mut document.households, *record, |it| it.id.clone()))
            }
            Edit::Employer(record) => {
                (Sheet::Employers, put(&mut document.employers, record, |it| it.id.clone()))
            }
            Edit::Referral(record) => {
                document.referrals.push(record);
                (Sheet::Referrals, document.referrals.len() - 1)
            }
            Edit::RemoveCandidate(id) => {
                document.candidates.retain(|it| it.id != id);
                return (document.candidates.len() < before.candidates.len(), Vec::new());
            }
            Edit::RemoveOpening(id) => {
                document.openings.retain(|it| it.id != id);
                return (document.openings.len() < before.openings.len(), Vec::new());
            }
        };
        let fresh = self.fresh();
        let rejected = fresh.rejected().iter().filter(|it| (it.sheet, it.row) == (sheet, row));
        let path = format!("/{}/{row}", sheet.as_str());
        let own = |it: &&Issue| {
            it.path().strip_prefix(&path).is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        let warnings = fresh.warnings().iter().filter(own);
        let found: Vec<_> = rejected.clone().map(|it| &it.issue).chain(warnings).map(told).collect();
        let kept = rejected.count() == 0;
        if !kept {
            self.document = before;
        }
        (kept, found)
    }
}

/// A finding without the row.
fn told(issue: &Issue) -> (String, String) {
    let path = issue.path().splitn(4, '/').nth(3).unwrap_or_default();
    (format!("{} {path}", issue.code()), issue.found().to_owned())
}

/// An edit drawn from another document with the same ids, now and then with a fault.
fn edit(dice: &mut Dice, people: u64, posts: u64) -> Edit {
    let other = document(dice.below(1 << 40), people, posts);
    let candidate = other.candidates[usize::try_from(dice.below(people)).unwrap()].clone();
    let opening = other.openings[usize::try_from(dice.below(posts)).unwrap()].clone();
    match dice.below(20) {
        0..=5 => Edit::Candidate(Box::new(spoiled_candidate(dice, candidate))),
        6..=10 => Edit::Opening(Box::new(spoiled_opening(dice, opening))),
        11..=12 => Edit::RemoveCandidate(candidate.id),
        13..=14 => Edit::RemoveOpening(opening.id),
        15..=16 => {
            let mut record = other.households[usize::try_from(dice.below(people / 2)).unwrap()].clone();
            record.id = dice.of(&[record.id.as_str(), "H77", ""]).into();
            Edit::Household(Box::new(record))
        }
        17 => Edit::Employer(EmployerRecord::unstated(dice.of(&["E0", "E1", " "]).into())),
        _ => {
            let mut record = other.referrals[0].clone();
            record.candidate = candidate.id;
            Edit::Referral(record)
        }
    }
}

fn spoiled_candidate(dice: &mut Dice, mut record: CandidateRecord) -> CandidateRecord {
    match dice.below(14) {
        0 => record.household = Some("H77".into()),
        1 => record.id = " ".into(),
        2 => {
            record.certificate = Some(CertificateRecord {
                category: Category::Visual,
                level: 9,
                constituents: Constituents::new(),
                valid_until: None,
            });
        }
        3 => record.occupations = ["4-09-08-01", "9-01", "L-01", "L-02"].map(Into::into).into(),
        4 => record.refused = ["O99".into()].into(),
        5 => record.licences = ["电工证".into()].into(),
        6 => record.position = Some(Position { lat: 31.0, lng: 109.1 }),
        _ => {}
    }
    record
}

fn spoiled_opening(dice: &mut Dice, mut record: OpeningRecord) -> OpeningRecord {
    match dice.below(14) {
        0 => record.employer = "E1".into(),
        1 => record.seats = 0,
        2 => (record.wage_min, record.wage_max) = (Some(9000), Some(10)),
        3 => record.licences = vec!["电工证".into()],
        4 => record.position = Some(Position { lat: 27.3, lng: 109.2 }),
        5 => record.occupation = Some("9-01-02".into()),
        6 => record.position = Some(Position { lat: 91.0, lng: 109.2 }),
        _ => {}
    }
    record
}

/// A document with some rows that the gate sets aside, and the same without them.
fn begun(dice: &mut Dice, people: u64, posts: u64) -> (Document, Document) {
    let mut first = document(dice.below(1 << 40), people, posts);
    for _ in 0..dice.below(4) {
        let row = usize::try_from(dice.below(people)).unwrap();
        let mut twin = first.candidates[row].clone();
        if dice.chance(50) {
            twin.household = Some("H99".into());
        }
        first.candidates.insert(row, twin);
        let row = usize::try_from(dice.below(posts)).unwrap();
        first.openings[row].seats = dice.of(&[0, 1]);
    }
    let problem = Problem::new(first.clone(), Policy::general(), on()).unwrap();
    let aside = |sheet, row| problem.rejected().iter().any(|it| (it.sheet, it.row) == (sheet, row));
    let mut kept = first.clone();
    let mut row = 0..;
    kept.candidates.retain(|_| !aside(Sheet::Candidates, row.next().unwrap()));
    let mut row = 0..;
    kept.openings.retain(|_| !aside(Sheet::Openings, row.next().unwrap()));
    (first, kept)
}

/// A pool and the model beside it.
struct Both {
    live: Live,
    model: Model,
    count: usize,
}

impl Both {
    /// `first` is what the pool begins with, `kept` what the gate leaves of it.
    fn new(first: Document, kept: Document, policy: Policy, count: usize) -> Self {
        let live = Live::new(first, policy.clone(), on(), count).unwrap();
        let both = Self { live, model: Model { document: kept, policy }, count };
        both.compare("at first");
        both
    }

    fn of(document: Document, count: usize) -> Self {
        Self::new(document.clone(), document, Policy::general(), count)
    }

    fn compare(&self, name: &str) -> usize {
        compare(&self.live, &self.model.fresh(), self.count, name)
    }

    /// Makes an edit on both sides, compares what the gate says and all lists; what the pool answered, and how many entries
    /// were compared.
    fn apply(&mut self, edit: &Edit, name: &str) -> (Result<Applied, Error>, usize) {
        let name = format!("{name}: {edit:?}");
        let (kept, mut found) = self.model.apply(edit.clone());
        let answer = self.live.apply(edit.clone());
        assert_eq!(answer.is_ok(), kept, "{name}: {answer:?}");
        let issues = answer.as_ref().map_or_else(Error::issues, |applied| &applied.findings);
        if !matches!(edit, Edit::RemoveCandidate(_) | Edit::RemoveOpening(_)) {
            let mut own: Vec<_> = issues.iter().map(told).collect();
            own.sort_unstable();
            found.sort_unstable();
            assert_eq!(own, found, "{name}");
        }
        let entries = self.compare(&name);
        (answer, entries)
    }

    fn put(&mut self, record: &CandidateRecord) -> Applied {
        self.apply(&Edit::Candidate(Box::new(record.clone())), "put").0.unwrap()
    }

    fn open(&mut self, record: &OpeningRecord) -> Applied {
        self.apply(&Edit::Opening(Box::new(record.clone())), "open").0.unwrap()
    }

    fn remove(&mut self, id: &str) {
        self.apply(&Edit::RemoveCandidate(id.into()), "remove").0.unwrap();
    }

    fn close(&mut self, id: &str) {
        self.apply(&Edit::RemoveOpening(id.into()), "close").0.unwrap();
    }

    /// The eligible people of an opening, best first.
    fn at(&self, id: &str) -> Vec<String> {
        let list = self.live.shortlist(&OpeningId::from(id)).unwrap();
        list.eligible.iter().map(|it| it.candidate.to_string()).collect()
    }

    /// The eligible openings of a person, best first.
    fn of_person(&self, id: &str) -> Vec<String> {
        let list = self.live.shortlist_for(&CandidateId::from(id)).unwrap();
        list.eligible.iter().map(|it| it.opening.to_string()).collect()
    }
}

/// So many sequences of edits; entries compared, edits made, edits refused.
fn run(seeds: std::ops::Range<u64>, steps: usize, people: u64, posts: u64) -> [usize; 3] {
    let mut seen = [0; 3];
    for seed in seeds {
        let mut dice = Dice(seed);
        let count = [2, 1, 3, 5, 0, 1000][usize::try_from(seed % 6).unwrap()];
        let (first, kept) = begun(&mut dice, people, posts);
        let mut both = Both::new(first, kept, policy(&mut Dice(!seed)), count);
        for step in 0..steps {
            let edit = edit(&mut dice, people + 3, posts + 3);
            let (answer, entries) = both.apply(&edit, &format!("seed {seed}, step {step}"));
            seen[0] += entries;
            seen[1 + usize::from(answer.is_err())] += 1;
        }
    }
    seen
}

#[test]
fn any_sequence_of_edits_gives_the_lists_of_a_fresh_batch() {
    let [entries, made, refused] = run(0..120, 25, 14, 8);
    assert!(entries > 25_000 && made > 2_000 && refused > 500, "{entries} {made} {refused}");
    let [entries, made, _] = run(1_000..1_012, 60, 60, 30);
    assert!(entries > 30_000 && made > 500, "{entries} {made}");
}

/// Somebody whom the policy `general` finds eligible for [`post`].
fn person(id: &str) -> CandidateRecord {
    let mut record = CandidateRecord::unknown(id.into(), PersonKind::Disabled);
    record.birth = Some(day("1990-05-01"));
    record.sex = Some(crate::words::Sex::Female);
    record.certificate = Some(CertificateRecord {
        category: Category::Hearing,
        level: 3,
        constituents: Constituents::new(),
        valid_until: Some(day("2030-01-01")),
    });
    record.employment = Some(Employment::Unemployed);
    record.willingness = Some(Willingness::Strong);
    record.unemployed_since = Some(day("2023-01-01"));
    record.hard_to_employ = Some(true);
    record
}

fn post(id: &str) -> OpeningRecord {
    OpeningRecord::unstated(id.into(), "E0".into(), OpeningKind::Market, 1)
}

/// Nobody and nothing but regions, skills, an employer and a household.
fn ground() -> Document {
    let mut document = document(1, 0, 0);
    document.households = vec![HouseholdRecord { id: "H".into(), ..document.households[0].clone() }];
    let household = &mut document.households[0];
    for status in [&mut household.low_income, &mut household.marginal, &mut household.watched] {
        *status = Status::default();
    }
    household.zero_employment = false.into();
    household.aged_carer = Status::default();
    (household.members, household.disabled_members, household.employed_members) = (Some(2), None, None);
    document
}

#[test]
fn people_are_eligible_in_the_small_cases() {
    let mut both = Both::of(ground(), 2);
    both.put(&person("C1"));
    both.open(&post("O1"));
    assert_eq!((both.at("O1"), both.of_person("C1")), (vec!["C1".to_owned()], vec!["O1".to_owned()]));
}

#[test]
fn who_stays_behind_in_a_household_is_judged_anew() {
    let mut both = Both::of(ground(), 3);
    both.open(&post("O1"));
    let mut members = ["C1", "C2", "C3"].map(person);
    for member in &mut members {
        (member.household, member.unemployed_since) = (Some("H".into()), Some(day("2024-06-01")));
    }
    let counts = members.each_ref().map(|it| both.put(it).candidates);
    assert_eq!(counts[1], 2, "with the second one the household has several disabled members: {counts:?}");
    both.remove("C3");
    both.remove("C1");
    both.remove("C2");
    assert_eq!(both.put(&members[0]).candidates, 1);
    members[1].household = None;
    assert_eq!(both.put(&members[1]).candidates, 1);
    members[1].household = Some("H".into());
    assert_eq!(both.put(&members[1]).candidates, 2);
    members[1].household = None;
    assert_eq!(both.put(&members[1]).candidates, 2, "whoever is left alone as well");
    let mut household = both.model.document.households[0].clone();
    household.low_income.holds = Some(true);
    let applied = both.apply(&Edit::Household(Box::new(household)), "low income").0.unwrap();
    assert_eq!(applied.candidates, 1);
}

#[test]
fn a_pair_that_is_no_more_stays_so_however_often_an_opening_changes() {
    let mut both = Both::of(ground(), 2);
    both.put(&person("C1"));
    both.open(&post("O1"));
    assert_eq!(both.of_person("C1"), ["O1"]);
    let too_young = |change: u32| {
        let mut record = post("O1");
        record.age.min_female = Some(if change.is_multiple_of(2) { 60 } else { 61 });
        record
    };
    // Nobody looks at the list meanwhile, until the stamps of the opening begin anew.
    for change in 1..1 << 16 {
        both.live.apply(Edit::Opening(Box::new(too_young(change)))).unwrap();
    }
    both.open(&too_young(1 << 16));
    assert!(both.of_person("C1").is_empty());
}

#[test]
fn an_opening_that_was_refused_before_it_came_stays_refused() {
    let mut both = Both::of(ground(), 2);
    let mut refusing = person("C1");
    refusing.refused = ["O2".into()].into();
    let applied = both.put(&refusing);
    assert_eq!(applied.findings.len(), 1, "no opening has this id: {:?}", applied.findings);
    let mut declined = ReferralRecord {
        candidate: "C2".into(),
        opening: Some("O2".into()),
        date: day("2024-06-01"),
        channel: Some(Channel::Market),
        outcome: Some(ReferralOutcome::Declined),
    };
    both.apply(&Edit::Referral(declined.clone()), "of nobody").0.unwrap_err();
    both.put(&person("C2"));
    both.apply(&Edit::Referral(declined.clone()), "declined").0.unwrap();
    for id in ["O1", "O2"] {
        both.open(&post(id));
    }
    assert_eq!(both.at("O1").len(), 2);
    assert!(both.at("O2").is_empty());
    both.close("O2");
    both.open(&post("O2"));
    both.remove("C2");
    both.put(&person("C2"));
    assert!(both.at("O2").is_empty(), "the referral counts again");
    both.put(&person("C1"));
    assert_eq!(both.at("O2"), ["C1"]);
    declined.date = day("2024-07-01");
    (declined.candidate, declined.outcome) = ("C1".into(), Some(ReferralOutcome::Declined));
    both.apply(&Edit::Referral(declined), "after the day of the match").0.unwrap();
    assert_eq!(both.at("O2"), ["C1"]);
}

#[test]
fn lists_that_lose_more_than_they_can_spare_are_made_anew() {
    let mut document = ground();
    document.candidates = (10..30).map(|n| person(&format!("C{n}"))).collect();
    document.openings = (10..30).map(|n| post(&format!("O{n}"))).collect();
    let mut both = Both::of(document, 2);
    for n in 10..25 {
        both.remove(&format!("C{n}"));
        both.close(&format!("O{n}"));
    }
    assert_eq!(both.at("O27"), ["C25", "C26"]);
    assert!(both.live.short_lists().iter().all(|it| *it > 0), "{:?}", both.live.short_lists());
    for n in (10..29).rev() {
        both.open(&post(&format!("O{n}")));
        both.put(&person(&format!("C{n}")));
    }
    for n in 10..30 {
        both.remove(&format!("C{n}"));
    }
    assert!(both.at("O27").is_empty());
}

#[test]
fn equal_scores_stand_in_the_order_of_days_and_ids() {
    let mut both = Both::of(ground(), 3);
    both.open(&post("O1"));
    for id in ["C5", "C3", "C9", "C1"] {
        both.put(&person(id));
    }
    assert_eq!(both.at("O1"), ["C1", "C3", "C5"]);
    let mut longer = person("C9");
    longer.unemployed_since = Some(day("2022-12-31"));
    both.put(&longer);
    assert_eq!(both.at("O1"), ["C9", "C1", "C3"]);
    longer.unemployed_since = None;
    both.put(&longer);
    assert_eq!(both.at("O1"), ["C1", "C3", "C5"]);
    for id in ["O9", "O0", "O5"] {
        both.open(&post(id));
    }
    assert_eq!(both.of_person("C5"), ["O0", "O1", "O5"]);
}

#[test]
fn what_moves_out_of_reach_and_back_is_found_again() {
    let mut document = ground();
    let near = Some(Position { lat: 27.3, lng: 109.2 });
    document.candidates = (100..160)
        .map(|n| {
            let mut record = person(&format!("C{n}"));
            (record.position, record.max_commute_km) = (near, Some(if n < 130 { 5 } else { 50 }));
            record
        })
        .collect();
    let mut both = Both::of(document, 100);
    let mut moving = post("O1");
    moving.position = near;
    both.open(&moving);
    assert_eq!(both.at("O1").len(), 60);
    moving.position = Some(Position { lat: 27.5, lng: 109.2 });
    both.open(&moving);
    assert_eq!(both.at("O1").len(), 30);
    let mut follower = both.model.document.candidates[0].clone();
    follower.position = moving.position;
    both.put(&follower);
    assert_eq!(both.at("O1").len(), 31);
    moving.position = Some(Position { lat: 29.5, lng: 109.2 });
    both.open(&moving);
    assert!(both.at("O1").is_empty());
    moving.home_based = true;
    both.open(&moving);
    (moving.home_based, moving.position) = (false, near);
    both.open(&moving);
    assert_eq!(both.at("O1").len(), 59);
}

#[test]
fn a_person_without_a_certificate_is_unresolved_until_it_comes() {
    let mut both = Both::of(ground(), 2);
    let mut wanting = post("O1");
    wanting.accepts = Some(vec![crate::input::Accepted {
        category: Category::Hearing,
        levels: crate::words::Levels::of(&[3]).unwrap(),
    }]);
    both.open(&wanting);
    let (mut bare, whole) = (person("C1"), person("C1"));
    bare.certificate = None;
    both.put(&bare);
    assert_eq!(both.live.shortlist(&"O1".into()).unwrap().unresolved.len(), 1);
    both.put(&whole);
    assert_eq!(both.at("O1"), ["C1"]);
    assert_eq!(both.put(&whole).candidates, 0, "nothing is different");
    both.put(&bare);
    assert!(both.at("O1").is_empty());
}

#[test]
fn a_bad_row_changes_nothing() {
    let mut both = Both::of(ground(), 2);
    both.put(&person("C1"));
    both.open(&post("O1"));
    let mut stray = person("C1");
    stray.household = Some("H9".into());
    let error = both.apply(&Edit::Candidate(Box::new(stray)), "stray").0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert_eq!(error.to_string(), format!("{}", error.issues()[0]));
    let mut seatless = post("O1");
    seatless.seats = 0;
    both.apply(&Edit::Opening(Box::new(seatless)), "no seat").0.unwrap_err();
    for edit in [Edit::RemoveCandidate("C2".into()), Edit::RemoveOpening("O2".into())] {
        let error = both.apply(&edit, "not there").0.unwrap_err();
        assert_eq!(error.issues().len(), 1);
        assert!(!error.to_string().is_empty());
    }
    assert_eq!(both.at("O1"), ["C1"]);
}

/// More people than a tile holds come and go, so that tiles are begun, emptied and filled again.
#[test]
fn tiles_fill_and_empty() {
    let mut dice = Dice(5);
    let first = document(3, 1_100, 6);
    let later = document(4, 1_900, 6);
    let mut both = Both::of(first, 4);
    for (step, record) in later.candidates.iter().enumerate() {
        let edit = if step % 5 == 0 && step < 1_000 {
            Edit::RemoveCandidate(format!("C{:03}", dice.below(1_100)).into())
        } else {
            Edit::Candidate(Box::new(record.clone()))
        };
        let kept = both.live.apply(edit.clone()).is_ok();
        let id = match &edit {
            Edit::Candidate(record) => &record.id,
            Edit::RemoveCandidate(id) => id,
            _ => continue,
        };
        if kept {
            both.model.document.candidates.retain(|it| it.id != *id);
        }
        if let Edit::Candidate(record) = edit
            && kept
        {
            both.model.document.candidates.push(*record);
        }
        if step % 300 == 0 {
            both.compare(&format!("{step}"));
        }
    }
    both.compare("at last");
}

#[test]
fn the_document_that_is_left_gives_the_same_pool() {
    let mut both = Both::of(document(9, 30, 12), 3);
    let mut dice = Dice(9);
    for step in 0..40 {
        let (answer, _) = both.apply(&edit(&mut dice, 33, 15), &format!("{step}"));
        assert!(answer.is_ok() || !answer.unwrap_err().issues().is_empty());
    }
    let again = Live::new(both.live.document(), both.model.policy.clone(), on(), 3).unwrap();
    compare(&again, both.live.problem(), 3, "again");
    assert_eq!(both.live.scored().problem().candidates().len(), both.live.candidates().len());
}
