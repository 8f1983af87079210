//! 岗位: rows to openings, with the cells read as adverts write them.

use anzhi::ids::SkillId;
use anzhi::input::{Accepted, AgeLimits, Condition, Demand, OpeningRecord, ReserveRecord, SkillDemand};
use anzhi::issue::IssueCode;
use anzhi::words::{ConditionKind, Form, Group, Item, Levels, OpeningKind};

use super::Lookups;
use super::candidates::{education_of, forms, is_none, matched, names, position};
use super::papers::category_of;
use super::row::{Cells, shown};
use super::words;
use crate::adverts::lists;
use crate::adverts::{accepts, age, conditions, demand, education, form, headcount, hours, number, wage};
use crate::lookup::{Occupations, accommodation, suggested_demands};
use crate::people::hide_numbers;

/// A skill asked for without a level is asked for at the lowest.
const LEAST_LEVEL: u8 = 1;
/// A skill asked for without a weight counts as one of middling importance (1 to 5).
const MIDDLE_WEIGHT: u8 = 3;

/// An opening, and the items of the demands that its row states, in the order of the record.
pub(super) struct Read {
    pub(super) record: OpeningRecord,
    pub(super) stated: Vec<Item>,
}

/// Reads a row. `None` where it must be set aside.
pub(super) fn opening(cells: &mut Cells<'_>, lookups: &Lookups) -> Option<Read> {
    let (id, employer, title) = (cells.needed("id"), cells.needed("employer"), cells.needed("title"));
    cells.needed("kind");
    let kind = cells.word_or("kind", "opening_kind", OpeningKind::from_wire, IssueCode::PersonNotRead);
    let seats = seats(cells);
    if cells.is_rejected() {
        return None;
    }
    let mut record = OpeningRecord::unstated(id.into(), employer.into(), kind?, seats?);
    record.title = hide_numbers(title).into_owned().into();
    place(cells, &mut record, lookups);
    demanded(cells, &mut record, lookups);
    offered(cells, &mut record);
    record.conditions = conditions_of(cells);
    record.reserves = reserves(cells);
    let stated = demands(cells, &mut record);
    Some(Read { record, stated })
}

/// The number of seats. What is no number is never guessed: the row waits for the employer's answer.
fn seats(cells: &mut Cells<'_>) -> Option<u32> {
    let text = cells.needed("seats");
    let reading = headcount::read(text);
    if reading.value.is_none() || reading.is_faulty() {
        if !text.is_empty() {
            cells.say(IssueCode::HeadcountUnreadable, "seats");
        }
        return None;
    }
    cells.take_doubting("seats", IssueCode::HeadcountUnreadable, reading)
}

fn place(cells: &mut Cells<'_>, record: &mut OpeningRecord, lookups: &Lookups) {
    record.place = cells.place("place", lookups);
    record.position = position(cells);
    let text = cells.text("home_based");
    let said = form::at_home(text);
    let said = if said.is_some() { said } else { cells.yes_or_no("home_based") };
    record.home_based = said.unwrap_or(record.kind == OpeningKind::HomeBased);
}

fn demanded(cells: &mut Cells<'_>, record: &mut OpeningRecord, lookups: &Lookups) {
    record.accepts = accepted(cells);
    record.occupation = occupation(cells).map(Into::into);
    record.skills = skills(cells, lookups);
    record.licences = names(cells, "licences");
    let reading = education::required(cells.text("education"));
    record.education = match cells.take_doubting("education", IssueCode::NotAWord, reading) {
        education::Required::AtLeast(level) => Some(education_of(level)),
        education::Required::NotStated | education::Required::Any => None,
    };
    let ages = age::read(cells.text("age"));
    let ages = cells.take_doubting("age", IssueCode::AgeUnreadable, ages);
    record.age = AgeLimits {
        min_male: ages.male.min,
        max_male: ages.male.max,
        min_female: ages.female.min,
        max_female: ages.female.max,
    };
}

/// The accepted classes. A text that was read only in part bars nobody: then nothing is taken as stated.
fn accepted(cells: &mut Cells<'_>) -> Option<Vec<Accepted>> {
    let reading = accepts::read(cells.text("accepts"));
    if reading.value.partial && !reading.is_faulty() {
        cells.say(IssueCode::AcceptsUnreadable, "accepts");
        return None;
    }
    let accepts = cells.take_doubting("accepts", IssueCode::AcceptsUnreadable, reading);
    let classes = accepts.classes.iter().filter(|_| !accepts.partial);
    let accepted: Vec<Accepted> = classes
        .filter_map(|accepted| {
            let levels = Levels::of(&accepted.levels.iter().collect::<Vec<_>>())?;
            Some(Accepted { category: category_of(accepted.class), levels })
        })
        .collect();
    (!accepted.is_empty()).then_some(accepted)
}

fn occupation(cells: &mut Cells<'_>) -> Option<String> {
    let (text, title) = (cells.text("occupation"), cells.text("title"));
    let table = Occupations::built_in();
    let stated = table.find(text).or_else(|| table.of_title(text));
    if stated.is_none() && !text.is_empty() {
        cells.say(IssueCode::OccupationUnmatched, "occupation");
    }
    stated.or_else(|| table.of_title(title))
}

fn skills(cells: &mut Cells<'_>, lookups: &Lookups) -> Vec<SkillDemand> {
    let entries = lists::requirements(cells.text("skills"));
    let entries = cells.take("skills", IssueCode::ListUnreadable, entries);
    let demand = |(skill, entry): (SkillId, &lists::Item)| SkillDemand {
        skill,
        level: entry.level.unwrap_or(LEAST_LEVEL),
        weight: entry.weight.unwrap_or(MIDDLE_WEIGHT),
    };
    matched(cells, &entries, lookups).into_iter().map(demand).collect()
}

fn offered(cells: &mut Cells<'_>, record: &mut OpeningRecord) {
    (record.wage_min, record.wage_max) = wages(cells);
    record.form = form_of(cells);
    let reading = hours::weekly(cells.text("hours"));
    let minutes = cells.take("hours", IssueCode::NotANumber, reading);
    record.hours = minutes.and_then(|minutes| u8::try_from(minutes.div_ceil(60)).ok());
    for name in names(cells, "accommodations") {
        match accommodation(&name) {
            Some(id) if record.accommodations.iter().any(|old| *old == *id) => {}
            Some(id) => record.accommodations.push(id.into()),
            None => cells.note(IssueCode::AccommodationUnmatched, "accommodations", &shown(&name)),
        }
    }
    record.from = cells.day("from");
    record.until = cells.last_day("until").0;
}

/// The one form that an opening offers; several in one cell leave it open.
fn form_of(cells: &mut Cells<'_>) -> Option<Form> {
    let forms = forms(cells, "form");
    if forms.len() > 1 {
        cells.say(IssueCode::NotAWord, "form");
    }
    forms.iter().next().filter(|_| forms.len() == 1)
}

/// Lowest and highest wage: of their columns, of a range in the first, or, where no column says anything, of the
/// title.
fn wages(cells: &mut Cells<'_>) -> (Option<u32>, Option<u32>) {
    let (low, high) = (wage_of(cells, "wage_min"), wage_of(cells, "wage_max"));
    match (low, high) {
        (Some(low), Some(high)) => (low.0.or(low.1), high.1.or(high.0)),
        // Under a heading for the lowest wage a single figure says nothing about the highest.
        (Some((low, high)), None) if low == high && cells.has_column("wage_max") => (low, None),
        (Some(range), None) => range,
        (None, Some(range)) => (range.0.filter(|low| Some(*low) != range.1), range.1),
        (None, None) if cells.text("wage_min").is_empty() && cells.text("wage_max").is_empty() => {
            of_title(cells)
        }
        (None, None) => (None, None),
    }
}

fn wage_of(cells: &mut Cells<'_>, field: &'static str) -> Option<(Option<u32>, Option<u32>)> {
    let text = cells.text(field);
    if text.starts_with('-') {
        cells.say(IssueCode::NumberNegative, field);
        return None;
    }
    let reading = wage::monthly(text);
    let (min, max) = (reading.value.min_month, reading.value.max_month);
    if text.is_empty() || min.or(max).is_some() {
        cells.take_doubting(field, IssueCode::WageUnreadable, reading);
        return min.or(max).map(|_| (min, max));
    }
    cells.say(IssueCode::WageUnreadable, field);
    None
}

fn of_title(cells: &mut Cells<'_>) -> (Option<u32>, Option<u32>) {
    let Some(reading) = wage::from_title(cells.text("title")) else { return (None, None) };
    let wage = reading.value;
    if wage.min_month.or(wage.max_month).is_some() {
        cells.say(IssueCode::WageFromTitle, "title");
    }
    (wage.min_month, wage.max_month)
}

/// Conditions on sex or health, of their own cell and of the title: each kind once for each text.
fn conditions_of(cells: &Cells<'_>) -> Vec<Condition> {
    let mut all: Vec<Condition> = Vec::new();
    for field in ["conditions", "title"] {
        let text = cells.text(field);
        for kind in conditions::read(text).into_iter().filter_map(condition_kind) {
            let condition = Condition { kind, text: shown(text) };
            if !all.contains(&condition) {
                all.push(condition);
            }
        }
    }
    all
}

/// The kind of a condition that no policy names. Being able to do the work is one that policies name.
const fn condition_kind(condition: conditions::Condition) -> Option<ConditionKind> {
    use conditions::Condition as C;
    match condition {
        C::Women | C::Men => Some(ConditionKind::Sex),
        C::GoodHealth | C::MedicalStandard | C::Looks | C::BodySize | C::Eyesight => {
            Some(ConditionKind::Health)
        }
        C::AbleToWork | C::Family => None,
    }
}

/// Seats kept for groups: `低保:2;重度:1`.
fn reserves(cells: &mut Cells<'_>) -> Vec<ReserveRecord> {
    let mut reserves = Vec::new();
    let text = cells.text("reserve");
    for entry in text.split([';', '；', ',', '，', '、', '\n']).map(str::trim) {
        if entry.is_empty() || is_none(entry) {
            continue;
        }
        let (group, seats) = entry.split_once([':', '：']).unwrap_or((entry, ""));
        let group = words::wire("group", group).and_then(Group::from_wire);
        match group.zip(number::whole(seats).value) {
            Some((group, seats)) => reserves.push(ReserveRecord { group, seats }),
            None => cells.note(IssueCode::ListUnreadable, "reserve", &shown(entry)),
        }
    }
    reserves
}

/// The demands: as stated, or else as the table of usual posts suggests. Gives the items that the row states.
fn demands(cells: &mut Cells<'_>, record: &mut OpeningRecord) -> Vec<Item> {
    let confirmed = cells.yes_or_no("demands_confirmed");
    for (item, field) in cells.items() {
        let reading = demand::demand(cells.text(field));
        if let Some(read) = cells.take_doubting(field, IssueCode::DemandUnreadable, reading) {
            let demand::Demand { value: level, safety, marginal } = read;
            record.demands.push(Demand {
                item,
                level,
                safety,
                marginal,
                suggested: confirmed == Some(false),
            });
        }
    }
    record.demands.sort_by_key(|demand| demand.item);
    let stated = record.demands.iter().map(|demand| demand.item).collect();
    if record.demands.is_empty() {
        record.demands = suggested_demands(&record.title, record.occupation.as_deref());
    }
    stated
}
