//! `openings.csv`.

use anzhi::Problem;
use anzhi::input::{Forms, OpeningRecord, RegionLevel};
use anzhi::words::Form;
use serde::Serialize;

use super::place::{Place, division};
use super::work::Licences;
use super::{function, work};

/// Empty cells are not stated.
#[derive(Serialize)]
pub(super) struct Row {
    opening: usize,
    /// Whether the day of the match lies within the opening's own dates.
    open: u8,
    welfare: u8,
    home: u8,
    /// Bits of classes and levels.
    accepts: Option<u32>,
    /// Bits of the classes that are named, and what naming the person's is worth.
    named: u32,
    targeted: u8,
    min_man: Option<u8>,
    max_man: Option<u8>,
    min_woman: Option<u8>,
    max_woman: Option<u8>,
    education: Option<usize>,
    licences: u64,
    need1: u64,
    need2: u64,
    need3: u64,
    known: u8,
    exact: u8,
    x: Option<i64>,
    y: Option<i64>,
    z: Option<i64>,
    city: Option<usize>,
    county: Option<usize>,
    township: Option<usize>,
    village: Option<usize>,
    occupation: Option<i64>,
    wage: Option<u32>,
    forms: u32,
}

impl Row {
    pub(super) fn new(
        problem: &Problem,
        opening: usize,
        record: &OpeningRecord,
        licences: &Licences<'_>,
    ) -> Self {
        let place = Place::of(problem, record.position, record.place.as_ref());
        let accepts = record.accepts.as_deref();
        let named =
            accepts.unwrap_or_default().iter().fold(0_u32, |bits, it| bits | 1 << it.category.index());
        let [need1, need2, need3] = function::needed(record);
        let early = record.from.is_some_and(|from| problem.on() < from);
        let late = record.until.is_some_and(|until| until < problem.on());
        let home = record.home_based.then_some(Form::Home);
        let forms: Forms = record.form.into_iter().chain(home).collect();
        let county = |code| division(problem, code, RegionLevel::County);
        Self {
            opening,
            open: (!early && !late).into(),
            welfare: record.kind.is_welfare().into(),
            home: record.home_based.into(),
            accepts: accepts.map(work::accepted),
            named,
            targeted: 100 - 10 * u8::try_from(named.count_ones().saturating_sub(1)).unwrap_or(0),
            min_man: record.age.min_male,
            max_man: record.age.max_male,
            min_woman: record.age.min_female,
            max_woman: record.age.max_female,
            education: record.education.map(anzhi::words::Education::index),
            licences: licences.bits(&record.licences),
            need1,
            need2,
            need3,
            known: place.known,
            exact: place.exact,
            x: place.x,
            y: place.y,
            z: place.z,
            city: place.city,
            county: record.place.as_ref().and_then(county),
            township: place.township,
            village: place.village,
            occupation: record.occupation.as_deref().map(work::occupation),
            wage: record.wage_min.or(record.wage_max),
            forms: work::forms(forms),
        }
    }
}
