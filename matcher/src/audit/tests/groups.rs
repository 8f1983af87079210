use super::case::{
    Case, at_home, certificate, day, decided, disabled, entry, holder, household, market, post, referred,
    relative, works,
};
use crate::audit::{groups, pair, tier};
use crate::ids::{CandidateIx, OpeningIx};
use crate::input::{CandidateRecord, HouseholdRecord, Recognition, Status};
use crate::policy::{Beneficiaries, Entry, FailedReferrals, RuleSpec, Tier};
use crate::words::{
    Category, Channel, Education, Employment, Group, OpeningKind, ReferralOutcome, RuleKind, Standing,
};

const ON: &str = "2024-06-30";

/// The answer for the first candidate by id.
fn in_group(case: Case, group: Group) -> Option<bool> {
    let all = groups(&case.problem(), CandidateIx::new(0));
    assert_eq!(all.iter().map(|(group, _)| *group).collect::<Vec<_>>(), Group::ALL);
    all[group.index()].1
}

#[test]
fn a_status_holds_within_its_dates_only() {
    let on_day = |status: Status| {
        let home = HouseholdRecord { watched: status, ..household("H") };
        in_group(Case::new(ON).household(home).person(at_home("H", relative("A"))), Group::Watched)
    };
    let dated = |from: &str, until: &str| {
        let period = Recognition { from: Some(day(from)), until: Some(day(until)), source: None };
        Status::new(Some(true), period)
    };
    assert_eq!(on_day(Status::default()), None);
    assert_eq!(on_day(false.into()), Some(false));
    assert_eq!(on_day(true.into()), Some(true));
    assert_eq!(on_day(dated("2024-06-30", "2024-06-30")), Some(true));
    assert_eq!(on_day(dated("2023-01-01", "2024-06-29")), Some(false));
    assert_eq!(on_day(dated("2024-07-01", "2025-01-01")), Some(false));
    assert_eq!(in_group(Case::new(ON).person(disabled("A")), Group::Watched), None);
}

#[test]
fn two_certificates_or_a_stated_count_make_several_disabled() {
    let case = |count: Option<u16>, second: CandidateRecord| {
        let home = HouseholdRecord { disabled_members: count, ..household("H") };
        let first = at_home("H", holder("A", Category::Visual, 3));
        in_group(
            Case::new(ON).household(home).person(first).person(at_home("H", second)),
            Group::SeveralDisabled,
        )
    };
    assert_eq!(case(None, holder("B", Category::Mental, 2)), Some(true));
    assert_eq!(case(Some(1), holder("B", Category::Mental, 2)), Some(true));
    assert_eq!(case(None, disabled("B")), None);
    assert_eq!(case(Some(1), disabled("B")), Some(false));
    assert_eq!(case(Some(2), relative("B")), Some(true));
    let relative_with_certificate =
        CandidateRecord { certificate: Some(certificate(Category::Visual, 1)), ..relative("B") };
    assert_eq!(case(None, relative_with_certificate), None);
}

#[test]
fn zero_employment_is_stated_or_derived_from_everybody() {
    let case = |change: &dyn Fn(&mut HouseholdRecord), second: Option<Employment>| {
        let mut home = household("H");
        change(&mut home);
        let first = at_home("H", works(Employment::Unemployed, disabled("A")));
        let second = at_home("H", CandidateRecord { employment: second, ..relative("B") });
        in_group(Case::new(ON).household(home).person(first).person(second), Group::ZeroEmployment)
    };
    let idle = Some(Employment::Unemployed);
    assert_eq!(case(&|_| {}, idle), None);
    assert_eq!(case(&|it| it.members = Some(2), idle), Some(true));
    assert_eq!(case(&|it| it.members = Some(3), idle), None);
    assert_eq!(case(&|it| it.members = Some(2), None), None);
    assert_eq!(case(&|_| {}, Some(Employment::Employed)), Some(false));
    assert_eq!(case(&|it| it.employed_members = Some(0), Some(Employment::Employed)), Some(true));
    assert_eq!(case(&|it| it.employed_members = Some(1), idle), Some(false));
    let stated = |it: &mut HouseholdRecord| {
        it.zero_employment = true.into();
        it.employed_members = Some(1);
    };
    assert_eq!(case(&stated, idle), Some(true));
}

/// Three failed market referrals in a row; hiring sets the count back.
fn three_failed() -> FailedReferrals {
    FailedReferrals {
        times: 3,
        channel: Channel::Market,
        failed: vec![ReferralOutcome::NotHired, ReferralOutcome::EndedInProbation],
        reset: vec![ReferralOutcome::Hired],
    }
}

type Told = (&'static str, Option<Channel>, Option<ReferralOutcome>);

fn failed(referrals: &[Told]) -> Option<bool> {
    let mut case = Case::new(ON).person(disabled("A")).person(disabled("B"));
    case.policy.definitions.failed_referrals = Some(decided(three_failed()));
    for (date, channel, outcome) in referrals {
        case = case.referral(referred("A", date, *channel, *outcome));
        case = case.referral(referred("B", date, *channel, *outcome));
    }
    in_group(case, Group::FailedReferrals)
}

#[test]
fn failed_referrals_in_a_row_count_until_a_reset() {
    let market = Some(Channel::Market);
    let no = Some(ReferralOutcome::NotHired);
    let out = Some(ReferralOutcome::EndedInProbation);
    let hired = Some(ReferralOutcome::Hired);
    let declined = Some(ReferralOutcome::Declined);
    let (one, two, three) = ("2024-01-01", "2024-02-01", "2024-03-01");
    assert_eq!(failed(&[]), Some(false));
    assert_eq!(failed(&[(one, market, no), (two, market, no)]), Some(false));
    assert_eq!(failed(&[(three, market, no), (one, market, no), (two, market, out)]), Some(true));
    assert_eq!(
        failed(&[(one, market, no), (two, market, declined), (two, market, no), (three, market, no)]),
        Some(true)
    );
    let welfare = Some(Channel::Welfare);
    assert_eq!(failed(&[(one, market, no), (two, welfare, no), (three, market, no)]), Some(false));
    let reset = [(one, market, no), (one, market, out), (two, welfare, hired), (three, market, no)];
    assert_eq!(failed(&reset), Some(false));
    let after = [(one, market, no), (two, market, no), ("2024-07-01", market, no)];
    assert_eq!(failed(&after), Some(false), "the third lies after the day of the match");
    let same_day = [(two, market, no), (two, market, hired), (two, market, out), (two, market, no)];
    assert_eq!(failed(&same_day), Some(true), "hired stands first in the vocabulary");
}

#[test]
fn unstated_referrals_leave_the_count_open() {
    let market = Some(Channel::Market);
    let no = Some(ReferralOutcome::NotHired);
    let (one, two, three, four) = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01");
    assert_eq!(failed(&[(one, market, no), (two, market, no), (three, market, None)]), None);
    assert_eq!(failed(&[(one, market, no), (two, market, no), (three, None, no)]), None);
    assert_eq!(failed(&[(one, market, no), (two, market, no), (three, None, None)]), None);
    assert_eq!(failed(&[(one, market, None), (two, market, no), (three, None, None)]), None);
    assert_eq!(failed(&[(one, market, None), (two, market, no)]), Some(false));
    let other = Some(Channel::Other);
    assert_eq!(failed(&[(one, market, no), (two, market, no), (three, other, None)]), Some(false));
    let enough = [(one, market, no), (two, market, no), (three, market, no)];
    assert_eq!(failed(&[&enough[..], &[(four, other, None)]].concat()), None, "it may have been a hiring");
    assert_eq!(failed(&[&[("2023-12-01", None, None)], &enough[..]].concat()), Some(true));
    let case = Case::new(ON).person(disabled("A"));
    assert_eq!(in_group(case, Group::FailedReferrals), None, "the policy does not say what failed means");
}

#[test]
fn groups_of_the_person_alone() {
    let ask = |person: CandidateRecord, group| {
        let define = |case: &mut Case| {
            case.policy.definitions.long_unemployed_months = Some(decided(12));
            case.policy.definitions.graduate_months = Some(decided(24));
        };
        in_group(Case::new(ON).with(define).person(person), group)
    };
    let since = |since: &str| CandidateRecord { unemployed_since: Some(day(since)), ..disabled("A") };
    assert_eq!(ask(since("2023-06-30"), Group::LongUnemployed), Some(true));
    assert_eq!(ask(since("2023-07-01"), Group::LongUnemployed), Some(false));
    assert_eq!(ask(disabled("A"), Group::LongUnemployed), None);
    let at_work = works(Employment::Employed, since("2000-01-01"));
    assert_eq!(ask(at_work.clone(), Group::LongUnemployed), Some(false));
    assert_eq!(ask(at_work, Group::OtherUnemployed), Some(false));
    assert_eq!(ask(works(Employment::Unemployed, disabled("A")), Group::OtherUnemployed), Some(true));
    assert_eq!(ask(works(Employment::Unemployed, relative("A")), Group::OtherUnemployed), Some(false));
    assert_eq!(ask(disabled("A"), Group::OtherUnemployed), None);
    assert_eq!(ask(holder("A", Category::Hearing, 2), Group::Severe), Some(true));
    assert_eq!(ask(holder("A", Category::Hearing, 3), Group::Severe), Some(false));
    assert_eq!(ask(disabled("A"), Group::Severe), None);
    assert_eq!(ask(relative("A"), Group::Severe), Some(false));
    let graduated = |when: &str| CandidateRecord { graduated: Some(day(when)), ..disabled("A") };
    let school = |steps| CandidateRecord { education: Some(steps), ..disabled("A") };
    assert_eq!(ask(graduated("2022-06-30"), Group::Graduate), Some(true));
    assert_eq!(ask(graduated("2022-06-29"), Group::Graduate), Some(false));
    assert_eq!(ask(graduated("2024-06-29"), Group::Graduate), Some(true));
    assert_eq!(ask(graduated("2024-06-30"), Group::Graduate), Some(true), "on the day itself");
    assert_eq!(ask(graduated("2024-07-01"), Group::Graduate), Some(false), "not yet");
    assert_eq!(ask(school(Education::Senior), Group::Graduate), Some(false));
    assert_eq!(ask(school(Education::College), Group::Graduate), None);
    assert_eq!(ask(relative("A"), Group::Graduate), Some(false));
    let undefined = |person| in_group(Case::new(ON).person(person), Group::Graduate);
    assert_eq!([undefined(disabled("A")), undefined(relative("A"))], [None, Some(false)]);
}

/// 低保 for registered unemployed people, 防返贫监测 for family members; then severe people.
fn county() -> Case {
    let low_income = Entry { registered_unemployed: true, ..entry(Group::LowIncome) };
    let watched = Entry { beneficiaries: Beneficiaries::FamilyMembers, ..entry(Group::Watched) };
    let first = Tier { basis: super::case::basis(), entries: vec![low_income, watched] };
    let poor = HouseholdRecord { low_income: true.into(), watched: false.into(), ..household("poor") };
    let watched = HouseholdRecord { low_income: false.into(), watched: true.into(), ..household("watched") };
    Case::new(ON)
        .with(|case| case.policy.tiers.as_mut().expect("tiers")[0] = first)
        .household(poor)
        .household(watched)
        .household(household("unknown"))
        .opening(post("W", OpeningKind::UrbanWelfare))
}

#[test]
fn a_tier_takes_certain_members_only() {
    let tier_of = |person: CandidateRecord| tier(&county().person(person).problem(), CandidateIx::new(0));
    let registered =
        CandidateRecord { unemployed_since: Some(day("2024-01-01")), ..holder("A", Category::Visual, 3) };
    let severe = holder("A", Category::Physical, 1);
    assert_eq!(tier_of(at_home("poor", registered.clone())), Some(0));
    assert_eq!(tier_of(at_home("poor", works(Employment::Employed, registered.clone()))), Some(2));
    assert_eq!(tier_of(at_home("poor", holder("A", Category::Visual, 3))), Some(2));
    assert_eq!(tier_of(at_home("poor", severe)), Some(1));
    let later = CandidateRecord { unemployed_since: Some(day("2024-07-01")), ..registered.clone() };
    assert_eq!(tier_of(at_home("poor", later)), Some(2));
    assert_eq!(tier_of(at_home("watched", registered.clone())), Some(2));
    assert_eq!(tier_of(at_home("watched", relative("A"))), Some(0));
    assert_eq!(tier_of(at_home("unknown", registered)), Some(2));
    let undecided = county().with(|case| case.policy.tiers = None).person(disabled("A")).problem();
    assert_eq!(tier(&undecided, CandidateIx::new(0)), None);
    assert_eq!(tier(&undecided, CandidateIx::new(1)), None);
    assert_eq!(groups(&undecided, CandidateIx::new(1)), []);
    assert_eq!(pair(&undecided, CandidateIx::new(0), OpeningIx::new(1)), None);
}

#[test]
fn a_family_member_is_a_beneficiary_through_an_entry() {
    let ask = |person| county().rule(RuleSpec::Beneficiary).person(person).answer();
    assert_eq!(ask(disabled("A")), Some(true));
    assert_eq!(ask(at_home("watched", relative("A"))), Some(true));
    assert_eq!(ask(at_home("poor", relative("A"))), None, "not known to be registered");
    assert_eq!(ask(at_home("poor", works(Employment::Employed, relative("A")))), Some(false));
    assert_eq!(ask(at_home("unknown", relative("A"))), None);
    let undecided = county().rule(RuleSpec::Beneficiary).person(at_home("watched", relative("A")));
    assert_eq!(undecided.with(|case| case.policy.tiers = None).answer(), Some(false));
}

#[test]
fn welfare_rules_are_asked_for_welfare_posts_alone() {
    let on = |opening| {
        let case = Case::new(ON).person(disabled("A")).opening(opening);
        let case = case.rule(RuleSpec::HardToEmploy).rule(RuleSpec::NotInWork);
        case.with(|case| case.policy.rules[1].welfare_only = true).first()
    };
    let welfare = on(post("W", OpeningKind::RuralWelfare));
    assert_eq!(welfare.standing, Standing::Unresolved);
    assert_eq!(welfare.unknown, [RuleKind::NotInWork, RuleKind::HardToEmploy]);
    assert_eq!(on(market("M")).unknown, [RuleKind::NotInWork]);
}
