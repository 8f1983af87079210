use super::case::{Case, disabled, holder, market, relative};
use crate::audit::PairAudit;
use crate::input::{CandidateRecord, CertificateRecord, Demand, OpeningRecord};
use crate::policy::RuleSpec;
use crate::words::{Category, Item, Standing};

const FITS: Standing = Standing::Eligible;
const ASK: Standing = Standing::Unresolved;
const NOT_NOW: Standing = Standing::Barred;

fn demand(item: Item, level: u8) -> Demand {
    Demand { item, level, safety: false, marginal: false, suggested: false }
}

fn work(demands: &[(Item, u8)], accommodations: &[&str]) -> OpeningRecord {
    OpeningRecord {
        demands: demands.iter().map(|(item, level)| demand(*item, *level)).collect(),
        accommodations: accommodations.iter().map(|it| (*it).into()).collect(),
        ..market("M")
    }
}

fn can(person: CandidateRecord, capacities: &[(Item, u8)]) -> CandidateRecord {
    CandidateRecord { capacities: capacities.iter().copied().collect(), ..person }
}

fn judge(person: CandidateRecord, opening: OpeningRecord) -> PairAudit {
    Case::new("2024-06-30").rule(RuleSpec::Function).person(person).opening(opening).first()
}

fn fit(person: CandidateRecord, opening: OpeningRecord) -> (Standing, Vec<String>) {
    let audit = judge(person, opening);
    (audit.standing, audit.accommodations)
}

fn with(standing: Standing, accommodations: &[&str]) -> (Standing, Vec<String>) {
    (standing, accommodations.iter().map(|it| (*it).to_owned()).collect())
}

/// The vectors of the domain study, 8.5.
#[test]
fn a_deaf_clerk_fits_with_text_chat() {
    let deaf = || can(holder("A", Category::Hearing, 1), &[(Item::H1, 0), (Item::H2, 0)]);
    let clerk = [(Item::H1, 1), (Item::K3, 3), (Item::U3, 3)];
    assert_eq!(fit(deaf(), work(&clerk, &["text-chat"])), with(FITS, &["text-chat"]));
    assert_eq!(fit(deaf(), work(&clerk, &[])), with(NOT_NOW, &[]));
    let ranger = [(Item::H2, 3), (Item::M1, 4)];
    assert_eq!(fit(deaf(), work(&ranger, &["vibrating-alarm"])), with(FITS, &["vibrating-alarm"]));
    assert_eq!(fit(deaf(), work(&ranger, &["text-chat"])), with(NOT_NOW, &[]));
}

#[test]
fn a_wheelchair_user_fits_at_home_and_not_as_a_cleaner() {
    let hands = [(Item::P1, 4), (Item::P2, 0), (Item::M1, 1), (Item::M3, 1), (Item::U3, 4), (Item::U4, 4)];
    let person = || can(holder("A", Category::Physical, 2), &hands);
    assert_eq!(fit(person(), work(&[(Item::P2, 3), (Item::M1, 3)], &[])), with(NOT_NOW, &[]));
    let at_home = [(Item::P1, 3), (Item::M3, 1), (Item::U3, 3), (Item::K1, 3), (Item::H1, 2)];
    assert_eq!(fit(person(), work(&at_home, &[])), with(FITS, &[]));
}

#[test]
fn an_intellectual_disability_says_nothing_of_meeting_people() {
    let person = can(holder("A", Category::Intellectual, 4), &[(Item::C1, 2)]);
    assert_eq!(fit(person, work(&[(Item::C1, 1), (Item::O1, 2)], &[])), with(FITS, &[]));
}

#[test]
fn a_blind_masseur_fits_and_pictures_need_eyes() {
    let blind = || can(holder("A", Category::Visual, 1), &[(Item::V1, 0), (Item::K2, 0), (Item::K3, 0)]);
    assert_eq!(fit(blind(), work(&[(Item::U2, 3), (Item::U3, 2), (Item::K1, 2)], &[])), with(FITS, &[]));
    assert_eq!(fit(blind(), work(&[(Item::V1, 3)], &[])), with(NOT_NOW, &[]));
    let sound = [(Item::H1, 3), (Item::K2, 2)];
    let (standing, needed) = fit(blind(), work(&sound, &["screen-reader"]));
    assert_eq!((standing, needed), with(FITS, &["screen-reader"]));
}

#[test]
fn an_unknown_strength_is_asked_not_excluded() {
    assert_eq!(fit(holder("A", Category::Physical, 4), work(&[(Item::S1, 3)], &[])), with(ASK, &[]));
}

#[test]
fn an_empty_item_is_presumed_where_the_class_does_not_touch_it() {
    let one = |person| fit(person, work(&[(Item::V1, 4)], &[])).0;
    assert_eq!(one(holder("A", Category::Physical, 1)), FITS);
    assert_eq!(one(holder("A", Category::Visual, 4)), ASK);
    assert_eq!(one(disabled("A")), ASK, "no certificate known");
    assert_eq!(one(relative("A")), FITS);
    assert_eq!(one(can(relative("A"), &[(Item::V1, 3)])), NOT_NOW);
    let several = |constituents: &[Category]| {
        let certificate = CertificateRecord {
            category: Category::Multiple,
            level: 1,
            constituents: constituents.iter().copied().collect(),
            valid_until: None,
        };
        one(CandidateRecord { certificate: Some(certificate), ..disabled("A") })
    };
    assert_eq!(several(&[]), ASK);
    assert_eq!(several(&[Category::Speech, Category::Hearing]), FITS);
    assert_eq!(several(&[Category::Speech, Category::Visual]), ASK);
}

#[test]
fn a_gap_beside_an_unknown_bars() {
    let person = can(holder("A", Category::Physical, 3), &[(Item::P2, 1)]);
    assert_eq!(fit(person, work(&[(Item::P2, 3), (Item::S1, 2)], &[])).0, NOT_NOW);
}

#[test]
fn accommodations_raise_to_their_level_and_no_further() {
    let deaf = |h1: Option<u8>| {
        let known: Vec<_> = h1.map(|level| (Item::H1, level)).into_iter().collect();
        can(holder("A", Category::Hearing, 1), &known)
    };
    let hears = |level, offered: &[&str], h1| fit(deaf(h1), work(&[(Item::H1, level)], offered));
    assert_eq!(
        hears(3, &["text-chat"], None),
        with(FITS, &["text-chat"]),
        "an unknown capacity is at least 0"
    );
    assert_eq!(hears(4, &["text-chat"], None), with(ASK, &[]));
    assert_eq!(hears(4, &["text-chat"], Some(2)), with(NOT_NOW, &[]));
    assert_eq!(hears(3, &["text-chat"], Some(3)), with(FITS, &[]), "not needed");
    assert_eq!(hears(3, &["sound-amplifier"], Some(1)), with(FITS, &["sound-amplifier"]));
    assert_eq!(hears(3, &["sound-amplifier"], Some(0)), with(NOT_NOW, &[]), "helps who hears something");
    assert_eq!(hears(3, &["sound-amplifier"], None), with(ASK, &[]));
    let two = hears(4, &["text-chat", "sign-interpreter"], Some(0));
    assert_eq!(two, with(FITS, &["sign-interpreter"]));
}

#[test]
fn safety_demands_close_by_what_names_the_hazard() {
    let deaf = || can(holder("A", Category::Hearing, 1), &[(Item::H1, 0), (Item::H2, 0)]);
    let marked = |safety| OpeningRecord {
        demands: vec![Demand { safety, ..demand(Item::H1, 3) }],
        ..work(&[], &["text-chat"])
    };
    assert_eq!(fit(deaf(), marked(false)), with(FITS, &["text-chat"]));
    assert_eq!(fit(deaf(), marked(true)), with(NOT_NOW, &[]));
    let alarm = OpeningRecord {
        demands: vec![Demand { safety: true, ..demand(Item::H2, 3) }],
        ..work(&[], &["flashing-alarm", "vibrating-alarm"])
    };
    assert_eq!(fit(deaf(), alarm), with(FITS, &["flashing-alarm", "vibrating-alarm"]));
}

#[test]
fn marginal_and_suggested_demands_only_hint() {
    let person = || can(holder("A", Category::Physical, 1), &[(Item::M1, 0)]);
    let duty = |change: fn(&mut Demand)| {
        let mut demand = demand(Item::M1, 4);
        change(&mut demand);
        OpeningRecord { demands: vec![demand], ..market("M") }
    };
    assert_eq!(fit(person(), duty(|_| {})).0, NOT_NOW);
    assert_eq!(fit(person(), duty(|it| it.marginal = true)).0, FITS);
    assert_eq!(fit(person(), duty(|it| it.suggested = true)).0, FITS);
    assert_eq!(fit(person(), duty(|it| it.level = 0)).0, FITS);
}

#[test]
fn function_that_is_not_asked_names_no_accommodation() {
    let deaf = can(holder("A", Category::Hearing, 1), &[(Item::H1, 0)]);
    let opening = work(&[(Item::H1, 1)], &["text-chat"]);
    let audit = Case::new("2024-06-30").person(deaf).opening(opening).first();
    assert_eq!((audit.standing, audit.accommodations), with(FITS, &[]));
}
