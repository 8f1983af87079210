//! 求职者: rows to candidates.

use anzhi::ids::{HouseholdId, OpeningId, SkillId};
use anzhi::input::{CandidateRecord, Capacities, CertificateRecord, Forms, Position, SkillLevel};
use anzhi::issue::IssueCode;
use anzhi::text::ShortText;
use anzhi::words::{Education, Employment, Form, Hukou, PersonKind, Willingness};

use super::papers::{Papers, category_of};
use super::row::{Cells, shown};
use super::{Lookups, Names};
use crate::adverts::lists::{self, Item as Entry};
use crate::adverts::{Finding, demand, disability, education, form, number, wage};
use crate::lookup::Occupations;

/// A skill named without a level is held at the lowest: the claim that is certainly true.
const LEAST_LEVEL: u8 = 1;

/// Reads a row. `None` where it must be set aside.
pub(super) fn candidate(
    cells: &mut Cells<'_>,
    lookups: &Lookups,
) -> Option<(CandidateRecord, Option<Names>)> {
    cells.needed("id");
    let id = cells.private_id("id");
    let kind = cells.word_or("kind", "person_kind", PersonKind::from_wire, IssueCode::PersonNotRead);
    let mut record = CandidateRecord::unknown(id.into(), kind.unwrap_or(PersonKind::Disabled));
    record.synthetic = cells.yes_or_no("synthetic").unwrap_or(false);
    papers(cells, &mut record);
    origin(cells, &mut record, lookups);
    work(cells, &mut record);
    wishes(cells, &mut record, lookups);
    record.capacities = capacities(cells);
    let name = cells.text("name");
    let names = (!name.is_empty()).then(|| Names::new(name));
    (!cells.is_rejected()).then_some((record, names))
}

fn papers(cells: &mut Cells<'_>, record: &mut CandidateRecord) {
    let papers = Papers::read(cells, record.synthetic);
    record.birth = papers.birth(cells, record.synthetic);
    record.sex = papers.sex(cells);
    let (category, level) = (papers.category(cells), papers.level(cells));
    let constituents = disability::constituents(cells.text("constituents"));
    let constituents = cells.take("constituents", IssueCode::NotAWord, constituents);
    let (until, open) = cells.last_day("certificate_until");
    // 长期 on a certificate is a statement too: it never ends.
    let never = if open { anzhi::day::Day::new(9999, 12, 31) } else { None };
    record.certificate = category.zip(level).map(|(category, level)| CertificateRecord {
        category,
        level,
        constituents: constituents.into_iter().map(category_of).collect(),
        valid_until: until.or(never),
    });
}

fn origin(cells: &mut Cells<'_>, record: &mut CandidateRecord, lookups: &Lookups) {
    let household = cells.private_id("household");
    record.household = (!household.is_empty()).then(|| HouseholdId::from(household));
    record.registered = cells.place("registered", lookups);
    record.residence = cells.place("residence", lookups);
    record.hukou = cells.word("hukou", "hukou", Hukou::from_wire);
    record.position = position(cells);
    let attained = education::attained(cells.text("education"));
    record.education = cells.take("education", IssueCode::NotAWord, attained).map(education_of);
    record.graduated = cells.day("graduated");
}

/// A point, where both of its columns hold a number.
pub(super) fn position(cells: &mut Cells<'_>) -> Option<Position> {
    let (lat, lng) = (cells.decimal("latitude"), cells.decimal("longitude"));
    lat.zip(lng).map(|(lat, lng)| Position { lat, lng })
}

fn work(cells: &mut Cells<'_>, record: &mut CandidateRecord) {
    record.employment = cells.word("employment", "employment", Employment::from_wire);
    record.unemployed_since = cells.day("unemployed_since");
    record.willingness = cells.word("willingness", "willingness", Willingness::from_wire);
    record.hard_to_employ = cells.word("hard_to_employ", "hard_to_employ", |word| Some(word == "yes"));
    record.reason_not_employed = reason(cells);
    record.welfare_placements = cells.whole("welfare_placements");
    record.welfare_months = cells.whole("welfare_months");
}

/// A code as a number or in its words; a number that is no code is left to the engine, which names it.
fn reason(cells: &mut Cells<'_>) -> Option<u8> {
    let text = cells.text("reason_not_employed");
    let code = number::whole(text).value.and_then(|code| u8::try_from(code).ok());
    code.or_else(|| cells.word("reason_not_employed", "reason_not_employed", |word| word.parse().ok()))
}

fn wishes(cells: &mut Cells<'_>, record: &mut CandidateRecord, lookups: &Lookups) {
    let entries = lists::skills(cells.text("skills"));
    let entries = cells.take("skills", IssueCode::ListUnreadable, entries);
    let held = matched(cells, &entries, lookups);
    record.skills = held
        .into_iter()
        .map(|(skill, entry)| SkillLevel { skill, level: entry.level.unwrap_or(LEAST_LEVEL) })
        .collect();
    record.licences = names(cells, "licences").into();
    record.occupations = occupations(cells).into();
    record.wage_wish = wage_wish(cells);
    record.forms = forms(cells, "forms");
    record.max_commute_km = cells.whole("max_commute_km");
    record.refused = names(cells, "refused").into_iter().map(|name| OpeningId::from(name.as_str())).collect();
}

/// The entries whose skill is known, each skill once; the others are findings.
pub(super) fn matched<'e>(
    cells: &mut Cells<'_>,
    entries: &'e [Entry],
    lookups: &Lookups,
) -> Vec<(SkillId, &'e Entry)> {
    let mut found: Vec<(SkillId, &Entry)> = Vec::new();
    for entry in entries.iter().filter(|entry| !is_none(&entry.name)) {
        match lookups.skills.find(&entry.name) {
            Some(skill) if found.iter().any(|(old, _)| *old == skill) => {}
            Some(skill) => found.push((skill, entry)),
            None => cells.note(IssueCode::SkillUnmatched, "skills", &shown(&entry.name)),
        }
    }
    found
}

/// Whether an entry says that there is none.
pub(super) fn is_none(entry: &str) -> bool {
    matches!(entry, "无" | "没有" | "不限" | "无要求" | "none")
}

/// The names of a list.
pub(super) fn names(cells: &mut Cells<'_>, field: &'static str) -> Vec<ShortText> {
    let reading = lists::names(cells.text(field));
    let names = cells.take(field, IssueCode::ListUnreadable, reading);
    names
        .into_iter()
        .filter(|name| !is_none(name))
        .map(|name| crate::people::hide_numbers(&name).into_owned().into())
        .collect()
}

fn occupations(cells: &mut Cells<'_>) -> Vec<ShortText> {
    let mut codes: Vec<ShortText> = Vec::new();
    for name in names(cells, "occupations") {
        let table = Occupations::built_in();
        match table.find(&name).or_else(|| table.of_title(&name)) {
            Some(code) if codes.iter().any(|old| **old == *code) => {}
            Some(code) => codes.push(code.into()),
            None => cells.note(IssueCode::OccupationUnmatched, "occupations", &shown(&name)),
        }
    }
    codes
}

/// The least that is wished for.
fn wage_wish(cells: &mut Cells<'_>) -> Option<u32> {
    let text = cells.text("wage_wish");
    if text.starts_with('-') {
        cells.say(IssueCode::NumberNegative, "wage_wish");
        return None;
    }
    let reading = wage::monthly(text);
    let wage = reading.value;
    if !text.is_empty() && wage.min_month.or(wage.max_month).is_none() {
        cells.say(IssueCode::WageUnreadable, "wage_wish");
    }
    wage.min_month.or(wage.max_month)
}

/// Forms of employment, work at home among them. Dispatch (劳务派遣) is a contract, not a form of the records.
pub(super) fn forms(cells: &mut Cells<'_>, field: &'static str) -> Forms {
    let text = cells.text(field);
    let home = form::at_home(text) == Some(true);
    let mut reading = form::read(text);
    if home {
        reading.findings.retain(|finding| *finding != Finding::UnreadableForm);
    }
    let read = cells.take(field, IssueCode::NotAWord, reading);
    let mut forms: Forms = read.iter().filter_map(|form| form_of(*form)).collect();
    if home {
        forms.push(Form::Home);
    }
    if forms.is_empty() && !read.is_empty() {
        cells.say(IssueCode::NotAWord, field);
    }
    forms
}

const fn form_of(form: form::Form) -> Option<Form> {
    Some(match form {
        form::Form::FullTime => Form::FullTime,
        form::Form::PartTime | form::Form::NotFullDay => Form::PartTime,
        form::Form::Temporary => Form::Temporary,
        form::Form::Internship => Form::Internship,
        form::Form::Flexible => Form::Flexible,
        form::Form::Dispatched => return None,
    })
}

/// Schooling of the readers as schooling of the records.
pub(super) const fn education_of(level: education::Level) -> Education {
    match level {
        education::Level::None => Education::None,
        education::Level::Primary => Education::Primary,
        education::Level::Junior => Education::Junior,
        education::Level::Senior => Education::Senior,
        education::Level::College => Education::College,
        education::Level::Bachelor => Education::Bachelor,
        education::Level::Postgraduate => Education::Postgraduate,
    }
}

fn capacities(cells: &mut Cells<'_>) -> Capacities {
    let mut capacities = Capacities::new();
    for (item, field) in cells.items() {
        let reading = demand::capacity(cells.text(field));
        if let Some(value) = cells.take(field, IssueCode::DemandUnreadable, reading) {
            capacities.insert(item, value);
        }
    }
    capacities
}
