//! The vectors of the domain study, 8.5, through the whole engine, and the statutory ages of its section 4.7.

use anzhi::input::{CandidateRecord, CertificateRecord, Constituents, Demand, EmployerRecord, OpeningRecord};
use anzhi::report::PairRecord;
use anzhi::run::explain_pair;
use anzhi::words::{
    Category, Datum, Employment, Item, OpeningKind, PersonKind, RuleKind, Sex, Standing, Willingness,
};
use anzhi::{Document, Policy, Problem};

use crate::support::day;

fn person(category: Category, level: u8, known: &[(Item, u8)]) -> CandidateRecord {
    let mut record = CandidateRecord::unknown("C".into(), PersonKind::Disabled);
    let valid_until = Some(day("2030-01-01"));
    record.certificate =
        Some(CertificateRecord { category, level, constituents: Constituents::new(), valid_until });
    record.birth = Some(day("1985-03-01"));
    record.sex = Some(Sex::Female);
    record.employment = Some(Employment::Unemployed);
    record.willingness = Some(Willingness::Strong);
    record.capacities = known.iter().copied().collect();
    record
}

fn work(demands: &[(Item, u8)], accommodations: &[&str]) -> OpeningRecord {
    let mut record = OpeningRecord::unstated("O".into(), "E".into(), OpeningKind::Market, 1);
    let demand = |(item, level): &(Item, u8)| Demand {
        item: *item,
        level: *level,
        safety: false,
        marginal: false,
        suggested: false,
    };
    record.demands = demands.iter().map(demand).collect();
    record.accommodations = accommodations.iter().map(|id| (*id).into()).collect();
    record
}

fn judge_on(on: &str, candidate: CandidateRecord, opening: OpeningRecord) -> PairRecord {
    let mut document = Document::empty();
    document.employers = vec![EmployerRecord::unstated("E".into())];
    document.candidates = vec![candidate];
    document.openings = vec![opening];
    let problem = Problem::new(document, Policy::general(), day(on)).unwrap();
    explain_pair(&problem, &"C".into(), &"O".into()).unwrap()
}

fn judge(candidate: CandidateRecord, opening: OpeningRecord) -> PairRecord {
    judge_on("2026-10-15", candidate, opening)
}

#[test]
fn a_deaf_clerk_fits_with_text_chat_and_a_ranger_with_a_vibrating_alarm() {
    let deaf = || person(Category::Hearing, 1, &[(Item::H1, 0), (Item::H2, 0), (Item::K1, 4)]);
    let clerk = judge(deaf(), work(&[(Item::H1, 1)], &["text-chat"]));
    assert_eq!((clerk.standing, clerk.accommodations), (Standing::Eligible, vec!["text-chat".to_owned()]));
    let radio = |aids: &[&str]| judge(deaf(), work(&[(Item::H2, 3)], aids));
    assert_eq!(radio(&["vibrating-alarm"]).standing, Standing::Eligible);
    let barred = radio(&[]);
    assert_eq!(barred.standing, Standing::Barred);
    let gap = &barred.failing[0];
    assert_eq!(
        (gap.rule, gap.item, gap.found.as_str(), gap.asked.as_str()),
        (RuleKind::Function, Some(Item::H2), "0", "3")
    );
    assert!(gap.closers.contains(&"vibrating-alarm".to_owned()), "the remedy is named: {gap:?}");
}

#[test]
fn a_safety_demand_closes_only_by_what_names_the_hazard() {
    let mut alarm = work(&[(Item::H2, 2)], &["flashing-alarm", "sound-amplifier"]);
    alarm.demands[0].safety = true;
    let hears_little = || person(Category::Hearing, 3, &[(Item::H2, 1)]);
    assert_eq!(judge(hears_little(), alarm.clone()).standing, Standing::Eligible);
    alarm.accommodations.remove(0);
    assert_eq!(judge(hears_little(), alarm).standing, Standing::Barred);
}

#[test]
fn a_wheelchair_user_fits_at_home_and_not_as_a_cleaner() {
    let seated = || {
        person(
            Category::Physical,
            2,
            &[(Item::P1, 4), (Item::P2, 0), (Item::M1, 0), (Item::U3, 4), (Item::U4, 4)],
        )
    };
    assert_eq!(judge(seated(), work(&[(Item::P2, 3), (Item::M1, 3)], &[])).standing, Standing::Barred);
    let mut service = work(&[(Item::P1, 3), (Item::U3, 3), (Item::K1, 3)], &[]);
    service.home_based = true;
    assert_eq!(judge(seated(), service).standing, Standing::Eligible);
}

#[test]
fn a_level_says_nothing_of_what_the_class_does_not_touch() {
    let cleaner = work(&[(Item::C1, 1), (Item::O1, 2)], &[]);
    assert_eq!(
        judge(person(Category::Intellectual, 4, &[(Item::C1, 2)]), cleaner).standing,
        Standing::Eligible
    );
    let blind = || person(Category::Visual, 1, &[(Item::V1, 0), (Item::K2, 0)]);
    assert_eq!(judge(blind(), work(&[(Item::U2, 4), (Item::U4, 3)], &[])).standing, Standing::Eligible);
    assert_eq!(judge(blind(), work(&[(Item::V1, 3)], &[])).standing, Standing::Barred);
    assert_eq!(
        judge(blind(), work(&[(Item::H1, 3), (Item::K2, 2)], &["screen-reader"])).standing,
        Standing::Eligible
    );
}

#[test]
fn an_unknown_strength_is_asked_for_and_suggestions_only_hint() {
    let carrier = || person(Category::Physical, 4, &[]);
    let asked = judge(carrier(), work(&[(Item::S1, 3)], &[]));
    assert_eq!(asked.standing, Standing::Unresolved);
    assert_eq!((asked.missing[0].datum, asked.missing[0].item), (Datum::Capacity, Some(Item::S1)));
    let mut suggested = work(&[(Item::S1, 3)], &[]);
    suggested.demands[0].suggested = true;
    let hinted = judge(carrier(), suggested);
    assert_eq!((hinted.standing, hinted.hints), (Standing::Eligible, vec![Item::S1]));
}

/// Born in a month, judged around the day on which the statutory age is reached.
#[test]
fn statutory_ages_rise_by_the_month_of_birth() {
    let reached = |sex: Sex, birth: &str, on: &str| {
        let mut candidate = person(Category::Physical, 4, &[]);
        (candidate.sex, candidate.birth) = (Some(sex), Some(day(birth)));
        judge_on(on, candidate, work(&[], &[])).failing.iter().any(|hit| hit.rule == RuleKind::WorkingAge)
    };
    // Before 2025 the old ages hold; from then on one month more for each four months of birth, from 1965-01 and 1970-01.
    assert!(reached(Sex::Male, "1964-12-31", "2024-12-31"));
    assert!(
        !reached(Sex::Male, "1965-01-15", "2025-02-14") && reached(Sex::Male, "1965-01-15", "2025-02-15")
    );
    assert!(
        !reached(Sex::Male, "1965-04-15", "2025-05-14") && reached(Sex::Male, "1965-04-15", "2025-05-15")
    );
    assert!(
        !reached(Sex::Male, "1965-05-15", "2025-07-14") && reached(Sex::Male, "1965-05-15", "2025-07-15")
    );
    assert!(
        !reached(Sex::Female, "1970-01-15", "2025-02-14") && reached(Sex::Female, "1970-01-15", "2025-02-15")
    );
    assert!(
        !reached(Sex::Male, "1990-01-15", "2053-01-14") && reached(Sex::Male, "1990-01-15", "2053-01-15")
    );
}
