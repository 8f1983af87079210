//! Every check of a row, one function a kind of fault. A value that cannot be used is taken out of the record here,
//! so that no later stage meets it.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::At;
use super::graphs::{Regions, Skills};
use crate::catalogue;
use crate::day::Day;
use crate::ids::{CandidateId, EmployerId, HouseholdId, OpeningId, RegionCode, SkillId};
use crate::input::{
    CandidateRecord, Capacities, Demand, HouseholdRecord, OpeningRecord, Position, Recognition,
    ReferralRecord, RegionLevel, RegionRecord, ServiceRecord, SkillRecord, Status,
};
use crate::issue::IssueCode;
use crate::text::ShortText;
use crate::words::Category;

/// Most seats of one opening.
const MOST_SEATS: u32 = 100_000;
/// A person born longer ago than this is a slip of the pen.
const OLDEST_YEARS: i32 = 120;
/// 意向工种 ≤ 3 (DESIGN §4).
const MOST_WISHES: usize = 3;

/// What rows may refer to.
pub(super) struct Known<'a> {
    on: Day,
    regions: &'a Regions,
    skills: &'a Skills,
    /// Whether an employer of this id was accepted.
    pub(super) employer: &'a dyn Fn(&EmployerId) -> bool,
    pub(super) household: &'a dyn Fn(&HouseholdId) -> bool,
    pub(super) candidate: &'a dyn Fn(&CandidateId) -> bool,
    /// Whether the document names an opening so, accepted or not.
    pub(super) opening: &'a dyn Fn(&OpeningId) -> bool,
}

impl<'a> Known<'a> {
    pub(super) const fn new(on: Day, regions: &'a Regions, skills: &'a Skills) -> Self {
        Self {
            on,
            regions,
            skills,
            employer: &|_| false,
            household: &|_| false,
            candidate: &|_| false,
            opening: &|_| false,
        }
    }
}

/// Every region lies in a larger one, so that nothing can lie within itself and each level is met once on the way up.
pub(super) fn region(record: &mut RegionRecord, levels: &BTreeMap<RegionCode, RegionLevel>, at: &mut At<'_>) {
    if let Some(parent) = record.parent.take_if(|parent| !levels.contains_key(parent)) {
        at.say(IssueCode::RegionUnknown, "parent", parent);
    }
    let larger = |parent: &RegionCode| levels.get(parent).is_some_and(|level| *level < record.level);
    if let Some(parent) = record.parent.take_if(|parent| !larger(parent)) {
        at.say(IssueCode::RegionOrder, "parent", parent);
    }
    position(&mut record.position, at);
}

pub(super) fn skill(record: &mut SkillRecord, ids: &BTreeSet<SkillId>, at: &mut At<'_>) {
    for (field, links) in [("broader", &mut record.broader), ("related", &mut record.related)] {
        for (place, unknown) in links.iter().enumerate().filter(|(_, id)| !ids.contains(*id)) {
            at.say(IssueCode::SkillUnknown, &format!("{field}/{place}"), unknown);
        }
        links.retain(|id| ids.contains(id));
    }
}

fn position(position: &mut Option<Position>, at: &mut At<'_>) {
    let on_earth = |it: &Position| (-90.0..=90.0).contains(&it.lat) && (-180.0..=180.0).contains(&it.lng);
    if let Some(it) = position.take_if(|it| !on_earth(it)) {
        at.say(IssueCode::CoordinatesRange, "position", format!("{}, {}", it.lat, it.lng));
    }
}

pub(super) fn household(record: &mut HouseholdRecord, at: &mut At<'_>) {
    let statuses = [
        ("low_income", &mut record.low_income),
        ("marginal", &mut record.marginal),
        ("watched", &mut record.watched),
        ("zero_employment", &mut record.zero_employment),
        ("aged_carer", &mut record.aged_carer),
    ];
    for (field, status) in statuses {
        status_dates(status, field, at);
    }
    let most = record.disabled_members.max(record.employed_members);
    if let (Some(members), Some(most)) = (record.members, most)
        && most > members
    {
        at.say(IssueCode::CountsContradict, "members", format!("{most} > {members}"));
        (record.members, record.disabled_members, record.employed_members) = (None, None, None);
    }
}

fn status_dates(status: &mut Status, field: &str, at: &mut At<'_>) {
    let stated = status.recognition();
    if let (Some(from), Some(until)) = (stated.from, stated.until)
        && from > until
    {
        at.say(IssueCode::DatesReversed, field, format!("{from} – {until}"));
        let undated = Recognition { source: stated.source.clone(), ..Recognition::UNSTATED };
        *status = Status::new(status.holds, undated);
    }
}

pub(super) fn candidate(record: &mut CandidateRecord, known: &Known<'_>, at: &mut At<'_>) {
    if let Some(household) = record.household.as_ref().filter(|id| !(known.household)(id)) {
        at.say(IssueCode::HouseholdUnknown, "household", household);
    }
    birth(record, known.on, at);
    certificate(record, at);
    place(&mut record.registered, "registered", known.regions, at);
    place(&mut record.residence, "residence", known.regions, at);
    position(&mut record.position, at);
    held_skills(record, known.skills, at);
    capacities(&mut record.capacities, at);
    if record.occupations.len() > MOST_WISHES {
        at.say(IssueCode::WishesTooMany, "occupations", record.occupations.len());
        record.occupations = std::mem::take(&mut record.occupations).into_iter().take(MOST_WISHES).collect();
    }
    if let Some(reason) = record.reason_not_employed.take_if(|code| !(1..=7).contains(code)) {
        at.say(IssueCode::ReasonRange, "reason_not_employed", reason);
    }
    for (row, opening) in record.refused.iter().enumerate().filter(|(_, id)| !(known.opening)(id)) {
        at.say(IssueCode::OpeningUnknown, &format!("refused/{row}"), opening);
    }
    keep(&mut record.refused, |id| (known.opening)(id));
}

fn birth(record: &mut CandidateRecord, on: Day, at: &mut At<'_>) {
    let possible = |birth: &Day| *birth <= on && on.age_of(*birth) <= OLDEST_YEARS;
    if let Some(birth) = record.birth.take_if(|birth| !possible(birth)) {
        at.say(IssueCode::BirthImpossible, "birth", birth);
    }
}

fn certificate(record: &mut CandidateRecord, at: &mut At<'_>) {
    if let Some(wrong) = record.certificate.take_if(|it| !(1..=4).contains(&it.level)) {
        at.say(IssueCode::LevelRange, "certificate/level", wrong.level);
    }
    if let Some(certificate) = &mut record.certificate {
        let named = |class: &Category| certificate.constituents.contains(*class);
        let single = Category::ALL.iter().filter(|class| **class != Category::Multiple);
        certificate.constituents = single.filter(|class| named(class)).copied().collect();
    }
}

fn place(code: &mut Option<RegionCode>, field: &str, regions: &Regions, at: &mut At<'_>) {
    if let Some(unknown) = code.take_if(|code| regions.record(code).is_none()) {
        at.say(IssueCode::RegionUnknown, field, unknown);
    }
}

fn held_skills(record: &mut CandidateRecord, skills: &Skills, at: &mut At<'_>) {
    for (row, held) in record.skills.iter().enumerate() {
        if skills.row(&held.skill).is_none() {
            at.say(IssueCode::SkillUnknown, &format!("skills/{row}/skill"), &held.skill);
        } else if !(1..=5).contains(&held.level) {
            at.say(IssueCode::SkillRange, &format!("skills/{row}/level"), held.level);
        }
    }
    keep(&mut record.skills, |held| skills.row(&held.skill).is_some() && (1..=5).contains(&held.level));
}

/// Leaves those of a list that are to be kept; mostly all are.
fn keep<T>(list: &mut Box<[T]>, is_kept: impl Fn(&T) -> bool) {
    if !list.iter().all(&is_kept) {
        *list = std::mem::take(list).into_iter().filter(is_kept).collect();
    }
}

fn capacities(capacities: &mut Capacities, at: &mut At<'_>) {
    for (item, value) in capacities.iter().filter(|(_, value)| *value > 4) {
        at.say(IssueCode::CapacityRange, &format!("capacities/{item}"), value);
    }
    *capacities = capacities.iter().filter(|(_, value)| *value <= 4).collect();
}

pub(super) fn opening(record: &mut OpeningRecord, known: &Known<'_>, at: &mut At<'_>) {
    if !(known.employer)(&record.employer) {
        at.say(IssueCode::EmployerUnknown, "employer", &record.employer);
    }
    if !(1..=MOST_SEATS).contains(&record.seats) {
        at.say(IssueCode::SeatsRange, "seats", record.seats);
    }
    place(&mut record.place, "place", known.regions, at);
    position(&mut record.position, at);
    wages(record, at);
    ages(record, at);
    dates(record, at);
    wanted_skills(record, known.skills, at);
    offered_accommodations(record, at);
    demands(&mut record.demands, at);
    reserves(record, at);
    accepted(record);
    remarks(record, at);
    record.shrink_to_fit();
}

fn wages(record: &mut OpeningRecord, at: &mut At<'_>) {
    if let (Some(low), Some(high)) = (record.wage_min, record.wage_max)
        && low > high
    {
        at.say(IssueCode::WageReversed, "wage_min", format!("{low} – {high}"));
        (record.wage_min, record.wage_max) = (None, None);
    }
}

fn ages(record: &mut OpeningRecord, at: &mut At<'_>) {
    let age = &mut record.age;
    for (field, low, high) in [
        ("min_male", &mut age.min_male, &mut age.max_male),
        ("min_female", &mut age.min_female, &mut age.max_female),
    ] {
        if let (Some(youngest), Some(oldest)) = (*low, *high)
            && youngest > oldest
        {
            at.say(IssueCode::AgeReversed, &format!("age/{field}"), format!("{youngest} – {oldest}"));
            (*low, *high) = (None, None);
        }
    }
}

fn dates(record: &mut OpeningRecord, at: &mut At<'_>) {
    if let (Some(from), Some(until)) = (record.from, record.until)
        && from > until
    {
        at.say(IssueCode::DatesReversed, "from", format!("{from} – {until}"));
        (record.from, record.until) = (None, None);
    }
}

fn wanted_skills(record: &mut OpeningRecord, skills: &Skills, at: &mut At<'_>) {
    for (row, wanted) in record.skills.iter().enumerate() {
        if skills.row(&wanted.skill).is_none() {
            at.say(IssueCode::SkillUnknown, &format!("skills/{row}/skill"), &wanted.skill);
        } else if !(1..=5).contains(&wanted.level) || !(1..=5).contains(&wanted.weight) {
            let found = format!("{}:{}", wanted.level, wanted.weight);
            at.say(IssueCode::SkillRange, &format!("skills/{row}"), found);
        }
    }
    let right = |level: u8| (1..=5).contains(&level);
    record.skills.retain(|it| skills.row(&it.skill).is_some() && right(it.level) && right(it.weight));
}

fn offered_accommodations(record: &mut OpeningRecord, at: &mut At<'_>) {
    let known = |id: &ShortText| catalogue::accommodation_by_id(id).is_some();
    for (row, id) in record.accommodations.iter().enumerate().filter(|(_, id)| !known(id)) {
        at.say(IssueCode::AccommodationUnknown, &format!("accommodations/{row}"), id);
    }
    record.accommodations.retain(known);
    record.accommodations.sort_unstable();
    record.accommodations.dedup();
}

fn demands(demands: &mut Vec<Demand>, at: &mut At<'_>) {
    for (row, demand) in demands.iter().enumerate() {
        if demand.level > 4 {
            at.say(IssueCode::CapacityRange, &format!("demands/{row}/level"), demand.level);
        }
        if demands.iter().take(row).any(|before| before.item == demand.item) {
            at.say(IssueCode::DemandTwice, &format!("demands/{row}"), demand.item);
        }
    }
    demands.retain(|demand| (1..=4).contains(&demand.level));
    demands
        .sort_by_key(|it| (it.item, std::cmp::Reverse((!it.suggested, it.level, it.safety, !it.marginal))));
    demands.dedup_by_key(|it| it.item);
}

fn reserves(record: &mut OpeningRecord, at: &mut At<'_>) {
    let mut groups = BTreeSet::new();
    for (row, reserve) in record.reserves.iter().enumerate() {
        if !groups.insert(reserve.group) {
            at.say(IssueCode::ReserveOverlap, &format!("reserves/{row}/group"), reserve.group);
        }
    }
    groups.clear();
    record.reserves.retain(|reserve| groups.insert(reserve.group) && reserve.seats > 0);
    let reserved: u64 = record.reserves.iter().map(|it| u64::from(it.seats)).sum();
    if reserved > u64::from(record.seats) {
        at.say(IssueCode::ReserveRange, "reserves", reserved);
        record.reserves.clear();
    }
}

/// The same category twice is one wish: its levels are joined.
fn accepted(record: &mut OpeningRecord) {
    let Some(list) = &mut record.accepts else { return };
    list.retain(|it| !it.levels.is_empty());
    list.sort_by_key(|it| it.category);
    list.dedup_by(|later, first| {
        let same = later.category == first.category;
        if same {
            first.levels = first.levels.union(later.levels);
        }
        same
    });
    if list.is_empty() {
        record.accepts = None;
    }
}

/// What an officer should ask the employer; nothing is lost by it.
fn remarks(record: &OpeningRecord, at: &mut At<'_>) {
    if record.accepts.is_none() && !record.kind.is_welfare() {
        at.say(IssueCode::ClassesNotStated, "accepts", "");
    }
    if record.demands.iter().any(|demand| demand.suggested) {
        at.say(IssueCode::DemandsSuggested, "demands", "");
    }
    for (row, condition) in record.conditions.iter().enumerate() {
        at.say(IssueCode::ConditionNotApplied, &format!("conditions/{row}"), &condition.text);
    }
    if record.wage_min.or(record.wage_max).is_none() {
        at.say(IssueCode::WageNotStated, "wage_min", "");
    }
    if record.place.is_none() && record.position.is_none() && !record.home_based {
        at.say(IssueCode::PlaceNotStated, "place", "");
    }
}

pub(super) fn referral(record: &mut ReferralRecord, known: &Known<'_>, at: &mut At<'_>) {
    if !(known.candidate)(&record.candidate) {
        at.say(IssueCode::CandidateUnknown, "candidate", &record.candidate);
    }
    if let Some(opening) = record.opening.take_if(|id| !(known.opening)(id)) {
        at.say(IssueCode::OpeningUnknown, "opening", opening);
    }
    if record.date > known.on {
        at.say(IssueCode::ReferralAfter, "date", record.date);
    }
}

pub(super) fn service(record: &mut ServiceRecord, known: &Known<'_>, at: &mut At<'_>) {
    if !(known.candidate)(&record.candidate) {
        at.say(IssueCode::CandidateUnknown, "candidate", &record.candidate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Issue;
    use crate::problem::Sheet;
    use crate::words::Item;

    fn demand(level: u8, suggested: bool) -> Demand {
        Demand { item: Item::H2, level, safety: false, marginal: false, suggested }
    }

    fn kept(mut list: Vec<Demand>) -> Vec<Demand> {
        let mut found = Vec::new();
        demands(&mut list, &mut At::row(Sheet::Openings, 0, &mut found));
        assert_eq!(found.iter().map(Issue::code).collect::<Vec<_>>(), [IssueCode::DemandTwice]);
        list
    }

    #[test]
    fn of_two_demands_the_confirmed_one_stands_else_the_higher() {
        assert_eq!(kept(vec![demand(4, true), demand(1, false)]), [demand(1, false)]);
        assert_eq!(kept(vec![demand(1, false), demand(3, false)]), [demand(3, false)]);
        assert_eq!(kept(vec![demand(2, true), demand(1, true)]), [demand(2, true)]);
    }
}
