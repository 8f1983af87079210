use super::case::{Case, certificate, day, disabled, holder, market, post, referred, relative, works};
use crate::input::{
    Accepted, AgeLimits, CandidateRecord, CertificateRecord, OpeningRecord, Position, ReferralRecord,
};
use crate::policy::{LegalAge, RuleSpec, Territory};
use crate::words::{
    Category, Education, Employment, Hukou, Levels, OpeningKind, ReferralOutcome, RuleKind, Sex, Standing,
    Willingness,
};

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

fn ask(spec: RuleSpec, person: CandidateRecord, opening: OpeningRecord) -> Option<bool> {
    Case::new("2024-06-30").regions().rule(spec).person(person).opening(opening).answer()
}

/// Men 60 and women 50 before 2025; from then on later by birth month (domain study 4.7).
fn retirement() -> Vec<LegalAge> {
    let plain = |sex, years| LegalAge {
        from: day("1978-06-02"),
        sex,
        years,
        delay_from: None,
        step_months: 1,
        max_delay_months: 0,
    };
    let rising = |sex, years, base: &str, step_months, max_delay_months| LegalAge {
        from: day("2025-01-01"),
        delay_from: Some(day(base)),
        step_months,
        max_delay_months,
        ..plain(sex, years)
    };
    vec![
        rising(Sex::Male, 60, "1965-01-01", 4, 36),
        plain(Sex::Male, 60),
        plain(Sex::Female, 50),
        rising(Sex::Female, 50, "1975-01-01", 2, 60),
    ]
}

fn of_age(on: &str, birth: &str, sex: Option<Sex>) -> Option<bool> {
    let spec = RuleSpec::WorkingAge { min_years: 16, retirement: retirement() };
    let person = CandidateRecord { birth: Some(day(birth)), sex, ..disabled("A") };
    Case::new(on).rule(spec).person(person).opening(market("M")).answer()
}

#[test]
fn retirement_rises_with_the_month_of_birth() {
    let (man, woman) = (Some(Sex::Male), Some(Sex::Female));
    assert_eq!(of_age("2024-06-30", "2008-06-30", man), YES);
    assert_eq!(of_age("2024-06-30", "2008-07-01", man), NO);
    assert_eq!(of_age("2024-06-30", "1964-07-01", man), YES);
    assert_eq!(of_age("2024-07-01", "1964-07-01", man), NO);
    assert_eq!(of_age("2024-12-31", "1965-01-15", man), YES);
    // 60 and one month: the base month and the three after it
    assert_eq!(of_age("2025-02-14", "1965-01-15", man), YES);
    assert_eq!(of_age("2025-02-15", "1965-01-15", man), NO);
    assert_eq!(of_age("2025-05-19", "1965-04-20", man), YES);
    assert_eq!(of_age("2025-05-20", "1965-04-20", man), NO);
    assert_eq!(of_age("2025-07-19", "1965-05-20", man), YES);
    assert_eq!(of_age("2025-07-20", "1965-05-20", man), NO);
    assert_eq!(of_age("2025-01-01", "1964-12-31", man), NO, "born before the base: no delay");
    assert_eq!(of_age("2039-11-30", "1976-12-01", man), YES);
    assert_eq!(of_age("2039-12-01", "1976-12-01", man), NO, "63 at the most");
    assert_eq!(of_age("2053-11-30", "1990-12-01", man), YES);
    assert_eq!(of_age("2053-12-01", "1990-12-01", man), NO);
    // women: one month for every two
    assert_eq!(of_age("2025-05-09", "1975-03-10", woman), YES);
    assert_eq!(of_age("2025-05-10", "1975-03-10", woman), NO);
}

#[test]
fn an_unknown_sex_matters_only_where_the_ages_differ() {
    assert_eq!(of_age("2024-06-30", "1990-01-01", None), YES);
    assert_eq!(of_age("2024-06-30", "1970-01-01", None), None);
    assert_eq!(of_age("2024-06-30", "1950-01-01", None), NO);
    assert_eq!(of_age("2024-06-30", "2010-01-01", None), NO);
    let spec = RuleSpec::WorkingAge { min_years: 16, retirement: retirement() };
    assert_eq!(ask(spec, disabled("A"), market("M")), None);
    let open = RuleSpec::WorkingAge { min_years: 16, retirement: Vec::new() };
    let old = CandidateRecord { birth: Some(day("1930-01-01")), ..disabled("A") };
    assert_eq!(ask(open, old, market("M")), YES);
}

#[test]
fn plain_facts_about_the_person() {
    let not_in_work = |person| ask(RuleSpec::NotInWork, person, market("M"));
    assert_eq!(not_in_work(works(Employment::Unemployed, disabled("A"))), YES);
    assert_eq!(not_in_work(works(Employment::Employed, disabled("A"))), NO);
    assert_eq!(not_in_work(disabled("A")), None);
    let willing =
        |willingness| ask(RuleSpec::Willing, CandidateRecord { willingness, ..disabled("A") }, market("M"));
    assert_eq!(willing(None), None);
    assert_eq!(willing(Some(Willingness::Weak)), YES);
    assert_eq!(willing(Some(Willingness::None)), NO);
    let hard = |hard_to_employ| {
        ask(RuleSpec::HardToEmploy, CandidateRecord { hard_to_employ, ..disabled("A") }, market("M"))
    };
    assert_eq!([hard(None), hard(Some(true)), hard(Some(false))], [None, YES, NO]);
}

#[test]
fn a_certificate_must_reach_the_day() {
    let until = |valid_until: Option<&str>| {
        let valid_until = valid_until.map(day);
        let certificate = Some(CertificateRecord { valid_until, ..certificate(Category::Visual, 1) });
        ask(RuleSpec::CertificateValid, CandidateRecord { certificate, ..disabled("A") }, market("M"))
    };
    assert_eq!(until(None), None);
    assert_eq!(until(Some("2024-06-30")), YES);
    assert_eq!(until(Some("2024-06-29")), NO);
    assert_eq!(ask(RuleSpec::CertificateValid, disabled("A"), market("M")), None);
    assert_eq!(ask(RuleSpec::CertificateValid, relative("A"), market("M")), YES);
}

#[test]
fn the_ground_is_the_county_of_the_post_or_the_jurisdiction() {
    let both = Territory { registered: true, residence: true, rural_for_rural: true };
    let living = |registered: Option<&str>, residence: Option<&str>| CandidateRecord {
        registered: registered.map(Into::into),
        residence: residence.map(Into::into),
        ..disabled("A")
    };
    let at = |place: Option<&str>| OpeningRecord {
        place: place.map(Into::into),
        ..post("W", OpeningKind::UrbanWelfare)
    };
    let on = |person, opening| ask(RuleSpec::Territory(both), person, opening);
    assert_eq!(on(living(None, Some("C1-A-1-x")), at(Some("C1-A-2"))), YES);
    assert_eq!(on(living(Some("C1-B"), Some("C1-B-1")), at(Some("C1-A-2"))), NO);
    assert_eq!(on(living(Some("C1-B"), None), at(Some("C1-A-2"))), None);
    assert_eq!(on(living(Some("C1-A-1"), None), at(None)), None);
    assert_eq!(on(living(Some("C2"), Some("P")), at(Some("C2-1"))), YES, "no county: the city");
    assert_eq!(on(living(Some("C2"), Some("C2")), at(Some("P"))), None, "no ground");
    let residence = Territory { registered: false, ..both };
    assert_eq!(ask(RuleSpec::Territory(residence), living(Some("C1-A"), None), at(Some("C1-A"))), None);
    let rural = |hukou, place: &str| {
        let person = CandidateRecord { hukou, ..living(None, Some(place)) };
        let opening = OpeningRecord { kind: OpeningKind::RuralWelfare, ..at(Some("C1-A")) };
        on(CandidateRecord { registered: Some("C1-B".into()), ..person }, opening)
    };
    assert_eq!(rural(Some(Hukou::Rural), "C1-A"), YES);
    assert_eq!(rural(Some(Hukou::Urban), "C1-A"), NO);
    assert_eq!(rural(None, "C1-A"), None);
    assert_eq!(rural(None, "C2"), NO);
    let own = Case::new("2024-06-30").regions().rule(RuleSpec::Territory(both));
    let own = own.with(|case| case.policy.jurisdiction = Some("C1".into()));
    assert_eq!(own.person(living(Some("C1-B-1"), None)).opening(at(Some("C2-1"))).answer(), YES);
}

#[test]
fn an_opening_is_open_from_its_first_to_its_last_day() {
    let open = |from: Option<&str>, until: Option<&str>| {
        let opening = OpeningRecord { from: from.map(day), until: until.map(day), ..market("M") };
        ask(RuleSpec::OpeningDates, disabled("A"), opening)
    };
    assert_eq!(open(None, None), YES);
    assert_eq!(open(Some("2024-06-30"), Some("2024-06-30")), YES);
    assert_eq!(open(Some("2024-07-01"), None), NO);
    assert_eq!(open(None, Some("2024-06-29")), NO);
}

fn accepts(list: &[(Category, &[u8])]) -> Vec<Accepted> {
    let accepted = |(category, levels): &(Category, &[u8])| Accepted {
        category: *category,
        levels: Levels::of(levels).expect("levels"),
    };
    list.iter().map(accepted).collect()
}

#[test]
fn classes_are_sets_of_levels_not_thresholds() {
    let list = Some(accepts(&[(Category::Hearing, &[1, 2, 3, 4]), (Category::Physical, &[3, 4])]));
    let taken =
        |person| ask(RuleSpec::Classes, person, OpeningRecord { accepts: list.clone(), ..market("M") });
    assert_eq!(taken(holder("A", Category::Hearing, 1)), YES);
    assert_eq!(taken(holder("A", Category::Physical, 2)), NO);
    assert_eq!(taken(holder("A", Category::Mental, 4)), NO);
    assert_eq!(taken(disabled("A")), None);
    assert_eq!(taken(relative("A")), NO);
    assert_eq!(ask(RuleSpec::Classes, disabled("A"), market("M")), YES);
    let welfare = OpeningRecord { accepts: list.clone(), ..post("W", OpeningKind::RuralWelfare) };
    assert_eq!(ask(RuleSpec::Classes, relative("A"), welfare), YES);
    let certified = |level, constituents: &[Category]| {
        let constituents = constituents.iter().copied().collect();
        let certificate = Some(CertificateRecord { constituents, ..certificate(Category::Multiple, level) });
        CandidateRecord { certificate, ..disabled("A") }
    };
    assert_eq!(taken(certified(1, &[])), NO);
    assert_eq!(taken(certified(1, &[Category::Hearing, Category::Physical])), None);
    assert_eq!(taken(certified(1, &[Category::Hearing, Category::Mental])), NO);
    let named = accepts(&[(Category::Hearing, &[1, 2, 3, 4]), (Category::Multiple, &[3, 4])]);
    let multiple = |person| {
        ask(RuleSpec::Classes, person, OpeningRecord { accepts: Some(named.clone()), ..market("M") })
    };
    assert_eq!(multiple(certified(3, &[])), YES);
    assert_eq!(multiple(certified(1, &[Category::Hearing])), NO, "the advert says which levels of it");
}

#[test]
fn age_limits_stand_by_sex() {
    let age = AgeLimits { min_male: Some(18), max_male: Some(45), max_female: Some(40), min_female: None };
    let fits = |age: AgeLimits, birth: Option<&str>, sex| {
        let person = CandidateRecord { birth: birth.map(day), sex, ..disabled("A") };
        ask(RuleSpec::AgeLimits, person, OpeningRecord { age, ..market("M") })
    };
    let (man, woman) = (Some(Sex::Male), Some(Sex::Female));
    assert_eq!(fits(age, Some("2006-06-30"), man), YES);
    assert_eq!(fits(age, Some("2006-07-01"), man), NO);
    assert_eq!(fits(age, Some("2006-07-01"), woman), YES);
    assert_eq!(fits(age, Some("1978-07-01"), man), YES);
    assert_eq!(fits(age, Some("1978-06-30"), man), NO);
    assert_eq!(fits(age, Some("1980-01-01"), None), None);
    assert_eq!(fits(age, Some("1960-01-01"), None), NO);
    assert_eq!(fits(age, None, man), None);
    assert_eq!(fits(AgeLimits { min_male: Some(18), ..AgeLimits::default() }, None, woman), YES);
    assert_eq!(fits(AgeLimits { min_male: Some(18), ..AgeLimits::default() }, None, None), None);
    assert_eq!(fits(AgeLimits::default(), None, None), YES);
}

#[test]
fn schooling_and_licences() {
    let schooling = |has, asked| {
        let person = CandidateRecord { education: has, ..disabled("A") };
        ask(RuleSpec::Education, person, OpeningRecord { education: asked, ..market("M") })
    };
    assert_eq!(schooling(None, None), YES);
    assert_eq!(schooling(None, Some(Education::Junior)), None);
    assert_eq!(schooling(Some(Education::Junior), Some(Education::Junior)), YES);
    assert_eq!(schooling(Some(Education::Primary), Some(Education::Junior)), NO);
    let licensed = |held: &[&str], asked: &[&str]| {
        let person =
            CandidateRecord { licences: held.iter().map(|it| (*it).into()).collect(), ..disabled("A") };
        let licences = asked.iter().map(|it| (*it).into()).collect();
        ask(RuleSpec::Licence, person, OpeningRecord { licences, ..market("M") })
    };
    assert_eq!(licensed(&[], &[]), YES);
    assert_eq!(licensed(&[], &["盲人医疗按摩"]), None);
    assert_eq!(licensed(&["盲人医疗按摩", "C5"], &["盲人医疗按摩"]), YES);
    assert_eq!(licensed(&["C5"], &["盲人医疗按摩", "C5"]), NO);
}

#[test]
fn the_farthest_commute_bars_by_exact_points_alone() {
    let way = |km, from: Option<&str>, to: Option<&str>| {
        let person = CandidateRecord { max_commute_km: km, residence: from.map(Into::into), ..disabled("A") };
        ask(RuleSpec::Commute, person, OpeningRecord { place: to.map(Into::into), ..market("M") })
    };
    assert_eq!(way(None, None, None), YES);
    assert_eq!(way(Some(5), None, Some("C1-A-1")), None);
    assert_eq!(way(Some(5), Some("C1-A-1"), None), None);
    assert_eq!(way(Some(2), Some("C1-A-1"), Some("C1-A-1-x")), YES, "1.975 km");
    assert_eq!(way(Some(1), Some("C1-A-1"), Some("C1-A-1-x")), NO);
    assert_eq!(way(Some(1), Some("C1-A-1"), Some("C1-A-1-y")), YES, "the village stands at its township");
    assert_eq!(way(Some(1), Some("C1-A-1-x"), Some("C1-A-1-y")), YES, "same township");
    assert_eq!(way(Some(1), Some("C1-A-2"), Some("C1-A-1-x")), None, "the county stands in");
    assert_eq!(way(Some(2), Some("C1-A-2"), Some("C1-A-1-x")), YES);
    assert_eq!(
        way(Some(500), Some("C1-B-1"), Some("C1-A-1")),
        None,
        "the city does not stand in for a county"
    );
    assert_eq!(way(Some(1), Some("C1-B-1"), Some("C1-B-1")), YES, "same township without a point");
    let home = OpeningRecord { home_based: true, ..market("M") };
    let near = CandidateRecord { max_commute_km: Some(1), ..disabled("A") };
    assert_eq!(ask(RuleSpec::Commute, near.clone(), home), YES);
    let here = Some(Position { lat: 27.36, lng: 109.18 });
    let there = Some(Position { lat: 27.36, lng: 109.20 });
    let person = CandidateRecord { position: here, residence: Some("C1-A-1".into()), ..near };
    let opening = OpeningRecord { position: there, place: Some("C1-A-1".into()), ..market("M") };
    assert_eq!(ask(RuleSpec::Commute, person, opening), NO, "exact points settle it in one township too");
}

#[test]
fn a_refusal_is_listed_or_was_said() {
    let opening = || market("M");
    assert_eq!(ask(RuleSpec::Refusal, disabled("A"), opening()), YES);
    let person = CandidateRecord { refused: ["M".into()].into(), ..disabled("A") };
    assert_eq!(ask(RuleSpec::Refusal, person, opening()), NO);
    let said = |date: &str, outcome, to: &str| {
        let referral =
            ReferralRecord { opening: Some(to.into()), ..referred("A", date, None, Some(outcome)) };
        let case = Case::new("2024-06-30").rule(RuleSpec::Refusal).person(disabled("A"));
        case.opening(opening()).opening(market("N")).referral(referral).answer()
    };
    assert_eq!(said("2024-06-30", ReferralOutcome::Declined, "M"), NO);
    assert_eq!(said("2024-06-30", ReferralOutcome::Declined, "N"), YES);
    assert_eq!(said("2024-06-30", ReferralOutcome::NotHired, "M"), YES);
}

#[test]
fn a_second_post_has_limits_unless_severe() {
    let again = |severe_again, placements, months, level: Option<u8>| {
        let spec = RuleSpec::RepeatPlacement { max_placements: Some(2), max_months: Some(36), severe_again };
        let person = CandidateRecord {
            welfare_placements: placements,
            welfare_months: months,
            certificate: level.map(|level| certificate(Category::Physical, level)),
            ..disabled("A")
        };
        ask(spec, person, post("W", OpeningKind::UrbanWelfare))
    };
    assert_eq!(again(false, Some(1), Some(35), None), YES);
    assert_eq!(again(false, Some(2), Some(0), None), NO);
    assert_eq!(again(false, None, Some(0), None), None);
    assert_eq!(again(false, Some(0), None, None), None);
    assert_eq!(again(false, None, Some(36), None), NO);
    assert_eq!(again(false, Some(1), Some(36), Some(1)), NO);
    assert_eq!(again(true, Some(1), Some(36), Some(1)), YES);
    assert_eq!(again(true, Some(1), Some(36), Some(3)), NO);
    assert_eq!(again(true, Some(1), Some(36), None), None);
    assert_eq!(again(true, Some(2), Some(36), Some(1)), NO);
    let free = RuleSpec::RepeatPlacement { max_placements: None, max_months: None, severe_again: false };
    assert_eq!(ask(free, disabled("A"), post("W", OpeningKind::UrbanWelfare)), YES);
}

#[test]
fn a_no_settles_it_and_both_lists_are_kept() {
    let case =
        Case::new("2024-06-30").person(works(Employment::Employed, disabled("A"))).opening(market("M"));
    let case = case.rule(RuleSpec::Willing).rule(RuleSpec::NotInWork).rule(RuleSpec::HardToEmploy);
    let audit = case.rule(RuleSpec::OpeningDates).first();
    assert_eq!(audit.standing, Standing::Barred);
    assert_eq!(audit.failing, [RuleKind::NotInWork]);
    assert_eq!(audit.unknown, [RuleKind::Willing, RuleKind::HardToEmploy]);
}
