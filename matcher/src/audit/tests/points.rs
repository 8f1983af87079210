use super::case::{Case, at_home, disabled, holder, household, market, relative};
use crate::audit::PairAudit;
use crate::input::{
    Accepted, CandidateRecord, HouseholdRecord, OpeningRecord, Position, SkillDemand, SkillLevel, SkillRecord,
};
use crate::words::{Category, Criterion, Form, Levels};

/// Points of one criterion.
fn points(criterion: Criterion, person: CandidateRecord, opening: OpeningRecord) -> u8 {
    let case = Case::new("2024-06-30").regions().with(|case| case.document.skills = skills());
    case.person(person).opening(opening).first().points[criterion.index()]
}

/// crafts ⊃ sewing ⊃ {hemming, embroidery}, embroidery ~ painting ~ drawing; baking alone.
fn skills() -> Vec<SkillRecord> {
    let rows: [(&str, &[&str], &[&str]); 7] = [
        ("baking", &[], &[]),
        ("crafts", &[], &[]),
        ("drawing", &[], &[]),
        ("embroidery", &["sewing"], &["painting"]),
        ("hemming", &["sewing"], &[]),
        ("painting", &[], &["drawing"]),
        ("sewing", &["crafts"], &[]),
    ];
    let ids = |list: &[&str]| list.iter().map(|id| (*id).into()).collect();
    let skill = |(id, broader, related): (&str, &[&str], &[&str])| SkillRecord {
        id: id.into(),
        name: id.to_owned(),
        broader: ids(broader),
        related: ids(related),
    };
    rows.map(skill).to_vec()
}

fn skill_points(held: &[(&str, u8)], asked: &[(&str, u8, u8)]) -> u8 {
    let known = |(skill, level): &(&str, u8)| SkillLevel { skill: (*skill).into(), level: *level };
    let wanted = |(skill, level, weight): &(&str, u8, u8)| SkillDemand {
        skill: (*skill).into(),
        level: *level,
        weight: *weight,
    };
    let person = CandidateRecord { skills: held.iter().map(known).collect(), ..disabled("A") };
    let opening = OpeningRecord { skills: asked.iter().map(wanted).collect(), ..market("M") };
    points(Criterion::Skills, person, opening)
}

#[test]
fn skills_count_by_nearness_and_level() {
    let near = |held: &str, asked: &str| skill_points(&[(held, 3)], &[(asked, 3, 1)]);
    assert_eq!(near("sewing", "sewing"), 100);
    assert_eq!(near("sewing", "crafts"), 90);
    assert_eq!(near("crafts", "sewing"), 60);
    assert_eq!(near("hemming", "crafts"), 81);
    assert_eq!(near("crafts", "hemming"), 36);
    assert_eq!(near("hemming", "embroidery"), 54);
    assert_eq!(near("embroidery", "painting"), 50);
    assert_eq!(near("painting", "embroidery"), 50, "related is stated on either side");
    assert_eq!(near("painting", "sewing"), 45);
    assert_eq!(near("sewing", "painting"), 30);
    assert_eq!(near("drawing", "embroidery"), 25);
    assert_eq!(near("hemming", "painting"), 0, "three steps");
    assert_eq!(near("baking", "sewing"), 0);
    assert_eq!(skill_points(&[("sewing", 2)], &[]), 50);
    assert_eq!(skill_points(&[], &[("sewing", 1, 1)]), 0);
    assert_eq!(skill_points(&[("sewing", 2)], &[("sewing", 3, 1)]), 66);
    assert_eq!(skill_points(&[("sewing", 5)], &[("sewing", 3, 1)]), 100);
    assert_eq!(skill_points(&[("hemming", 2)], &[("sewing", 3, 1)]), 59, "90 × 66 ÷ 100");
    assert_eq!(skill_points(&[("hemming", 5), ("sewing", 1)], &[("sewing", 4, 1)]), 90, "the best one");
    assert_eq!(skill_points(&[("sewing", 3)], &[("sewing", 3, 5), ("baking", 1, 2)]), 71);
}

#[test]
fn commute_by_metres_or_by_region() {
    let way = |from: Option<&str>, to: Option<&str>, km: Option<u32>| {
        let person = CandidateRecord { residence: from.map(Into::into), max_commute_km: km, ..disabled("A") };
        points(Criterion::Commute, person, OpeningRecord { place: to.map(Into::into), ..market("M") })
    };
    assert_eq!(way(Some("C1-A-1"), Some("C1-A-1-x"), None), 90, "1975 m of 20 km");
    assert_eq!(way(Some("C1-A-1"), Some("C1-A-1-x"), Some(2)), 1);
    assert_eq!(way(Some("C1-A-1"), Some("C1-A-1-x"), Some(1)), 0);
    assert_eq!(way(Some("C1-A-1"), Some("C1-A-1"), Some(0)), 0);
    assert_eq!(way(Some("C1-A-1"), Some("C1-A-1"), None), 100);
    assert_eq!(way(Some("C1-A-1-y"), Some("C1-A-1-y"), None), 100, "same village");
    assert_eq!(way(Some("C1-A-1-y"), Some("C1-A-1"), None), 80, "same township");
    assert_eq!(way(Some("C1-A-2"), Some("C1-A-1"), None), 50, "same county");
    assert_eq!(way(Some("C1-B"), Some("C1-A-1"), None), 20, "same city");
    assert_eq!(way(Some("C2"), Some("C1-A-1"), None), 0);
    assert_eq!(way(Some("P"), Some("P"), None), 0);
    assert_eq!(way(None, Some("C1-A-1"), None), 50);
    assert_eq!(way(Some("C1-A-1"), None, None), 50);
    let registered = CandidateRecord { registered: Some("C1-B-1".into()), ..disabled("A") };
    let opening = || OpeningRecord { place: Some("C1-B-1".into()), ..market("M") };
    assert_eq!(points(Criterion::Commute, registered.clone(), opening()), 80);
    let moved = CandidateRecord { residence: Some("C2-1".into()), ..registered };
    assert_eq!(points(Criterion::Commute, moved, opening()), 0, "residence stands before registration");
    let home = OpeningRecord { home_based: true, ..opening() };
    assert_eq!(points(Criterion::Commute, disabled("A"), home), 100);
    let at = |lat, lng| Some(Position { lat, lng });
    let far = CandidateRecord { position: at(90.0, 0.0), ..disabled("A") };
    let opening = OpeningRecord { position: at(-90.0, 0.0), ..opening() };
    assert_eq!(points(Criterion::Commute, far, opening), 0);
}

#[test]
fn distances_are_whole_metres_of_the_chord() {
    let case = |lat, lng| {
        let at = |lat, lng| Some(Position { lat, lng });
        let person = CandidateRecord { position: at(0.0, 0.0), ..disabled("A") };
        let opening = OpeningRecord { position: at(lat, lng), ..market("M") };
        let problem = Case::new("2024-06-30").person(person).opening(opening).problem();
        let rows = (crate::ids::CandidateIx::new(0), crate::ids::OpeningIx::new(0));
        crate::audit::Pair::of(&problem, rows.0, rows.1).and_then(crate::audit::Pair::way_to_work)
    };
    assert_eq!(case(0.0, 0.0), Some((0, true)));
    assert_eq!(case(0.0, 180.0), Some((2 * 6_371_009, true)));
    assert_eq!(case(0.0, 90.0), Some((9_009_967, true)), "R√2 = 9 009 967.3");
    assert_eq!(case(90.0, 77.0), Some((9_009_967, true)));
    assert_eq!(case(0.0, 1.0), Some((111_193, true)), "2R sin ½° = 111 193.5");
}

#[test]
fn occupations_by_their_common_beginning() {
    let kin = |wishes: &[&str], offered: Option<&str>| {
        let wishes = wishes.iter().map(|it| (*it).into()).collect();
        let person = CandidateRecord { occupations: wishes, ..disabled("A") };
        let opening = OpeningRecord { occupation: offered.map(Into::into), ..market("M") };
        points(Criterion::Occupation, person, opening)
    };
    let offered = Some("4-14-02-01");
    assert_eq!(kin(&[], offered), 50);
    assert_eq!(kin(&["4-14-02-01"], None), 50);
    assert_eq!(kin(&["4-14-02-01"], offered), 100);
    assert_eq!(kin(&["4-14-02-09"], offered), 75);
    assert_eq!(kin(&["4-14-03-01"], offered), 50);
    assert_eq!(kin(&["4-01-02-01"], offered), 25);
    assert_eq!(kin(&["6-14-02-01"], offered), 0);
    assert_eq!(kin(&["6-14-02-01", "4-14-09-09", "L-1"], offered), 50);
    assert_eq!(kin(&["L-1-2"], Some("L-1-2")), 100);
    assert_eq!(kin(&["L-1-2"], Some("L-1-3")), 0);
}

#[test]
fn wage_form_and_category() {
    let wage = |wage_wish, wage_min, wage_max| {
        let person = CandidateRecord { wage_wish, ..disabled("A") };
        points(Criterion::Wage, person, OpeningRecord { wage_min, wage_max, ..market("M") })
    };
    assert_eq!(wage(None, Some(2000), None), 50);
    assert_eq!(wage(Some(3000), None, None), 50);
    assert_eq!(wage(Some(3000), Some(2000), Some(4000)), 66);
    assert_eq!(wage(Some(3000), None, Some(3000)), 100);
    assert_eq!(wage(Some(0), Some(0), None), 100);
    let form = |wished: &[Form], home_based, form| {
        let person = CandidateRecord { forms: wished.iter().copied().collect(), ..disabled("A") };
        points(Criterion::Form, person, OpeningRecord { home_based, form, ..market("M") })
    };
    assert_eq!(form(&[], false, Some(Form::FullTime)), 50);
    assert_eq!(form(&[Form::Home], false, None), 50);
    assert_eq!(form(&[Form::Home], true, None), 100);
    assert_eq!(form(&[Form::Home], true, Some(Form::FullTime)), 100);
    assert_eq!(form(&[Form::PartTime], true, Some(Form::FullTime)), 0);
    let category = |person, named: &[Category]| {
        let all = |category: &Category| Accepted { category: *category, levels: Levels::ALL };
        let accepts = (!named.is_empty()).then(|| named.iter().map(all).collect());
        points(Criterion::Category, person, OpeningRecord { accepts, ..market("M") })
    };
    let blind = || holder("A", Category::Visual, 1);
    assert_eq!(category(blind(), &[]), 40);
    assert_eq!(category(blind(), &[Category::Visual]), 100);
    assert_eq!(category(blind(), &[Category::Hearing, Category::Visual, Category::Speech]), 80);
    assert_eq!(category(blind(), &[Category::Hearing]), 40);
    assert_eq!(category(blind(), Category::ALL), 40);
    assert_eq!(category(disabled("A"), &[Category::Visual]), 40);
    assert_eq!(category(relative("A"), &[Category::Visual]), 40);
}

#[test]
fn parts_sum_to_the_totals() {
    let poor = HouseholdRecord { low_income: true.into(), ..household("H") };
    let person = at_home("H", CandidateRecord { wage_wish: Some(3000), ..disabled("A") });
    let opening = OpeningRecord { wage_min: Some(2500), home_based: true, ..market("M") };
    let case =
        || Case::new("2024-06-30").household(poor.clone()).person(person.clone()).opening(opening.clone());
    let PairAudit { points, shortlist_score, assignment_score, .. } = case().first();
    assert_eq!(points, [50, 100, 50, 83, 50, 40, 100]);
    assert_eq!(assignment_score, 30 * 50 + 20 * 100 + 15 * 50 + 10 * 83 + 10 * 50 + 10 * 40);
    assert_eq!(shortlist_score, assignment_score + 5 * 100);
    let nobody = case().with(|case| case.document.households[0].low_income = false.into()).first();
    assert_eq!((nobody.points[6], nobody.shortlist_score), (0, assignment_score));
}
