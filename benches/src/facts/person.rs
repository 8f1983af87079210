//! `people.csv`.

use anzhi::Problem;
use anzhi::input::{CandidateRecord, RegionLevel};
use anzhi::text::ShortText;
use anzhi::words::{PersonKind, Sex};
use serde::Serialize;

use super::answers::Own;
use super::place::{Place, division};
use super::work::Licences;
use super::{function, work};

/// Empty cells are unknown, or not stated.
#[derive(Serialize)]
pub(super) struct Row {
    person: usize,
    ok: u8,
    welfare_ok: u8,
    priority: u8,
    /// Days of registered unemployment.
    days: Option<i32>,
    family: u8,
    /// The bit of class and level; 0 = no certificate.
    class: u32,
    /// The bit of the class; 0 = no certificate.
    category: u32,
    /// Completed years, of whoever may be a man, or a woman: both where the sex is unknown.
    man: Option<i32>,
    woman: Option<i32>,
    education: Option<usize>,
    licences: u64,
    able1: u64,
    able2: u64,
    able3: u64,
    limit_km: Option<u32>,
    known: u8,
    exact: u8,
    x: Option<i64>,
    y: Option<i64>,
    z: Option<i64>,
    city: Option<usize>,
    county: Option<usize>,
    township: Option<usize>,
    village: Option<usize>,
    /// Counties of registration and of residence.
    registered: Option<usize>,
    residence: Option<usize>,
    wish1: Option<i64>,
    wish2: Option<i64>,
    wish3: Option<i64>,
    wage: Option<u32>,
    forms: u32,
}

impl Row {
    pub(super) fn new(
        problem: &Problem,
        person: usize,
        record: &CandidateRecord,
        own: Own,
        licences: &Licences<'_>,
    ) -> Self {
        let place = record.residence.as_ref().or(record.registered.as_ref());
        let place = Place::of(problem, record.position, place);
        let certificate = record.certificate.as_ref();
        let age = |sex| {
            record.birth.filter(|_| record.sex.is_none_or(|own| own == sex)).map(|it| problem.on().age_of(it))
        };
        let county = |code| division(problem, code, RegionLevel::County);
        let wish = |place| record.occupations.get(place).map(|code: &ShortText| work::occupation(code));
        let [able1, able2, able3] = function::able(record);
        Self {
            person,
            ok: own.ok.into(),
            welfare_ok: own.welfare_ok.into(),
            priority: own.priority,
            days: record.unemployed_since.map(|since| problem.on().days_since(since)),
            family: (record.kind == PersonKind::FamilyMember).into(),
            class: certificate.map_or(0, |it| work::class_bit(it.category, it.level)),
            category: certificate.map_or(0, |it| 1 << it.category.index()),
            man: age(Sex::Male),
            woman: age(Sex::Female),
            education: record.education.map(anzhi::words::Education::index),
            licences: licences.bits(&record.licences),
            able1,
            able2,
            able3,
            limit_km: record.max_commute_km,
            known: place.known,
            exact: place.exact,
            x: place.x,
            y: place.y,
            z: place.z,
            city: place.city,
            county: place.county,
            township: place.township,
            village: place.village,
            registered: record.registered.as_ref().and_then(county),
            residence: record.residence.as_ref().and_then(county),
            wish1: wish(0),
            wish2: wish(1),
            wish3: wish(2),
            wage: record.wage_wish,
            forms: work::forms(record.forms),
        }
    }
}
