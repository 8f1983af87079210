//! 家庭, 用人单位, 推荐记录, 服务记录: rows to records.

use anzhi::ids::OpeningId;
use anzhi::input::{EmployerRecord, HouseholdRecord, Recognition, ReferralRecord, ServiceRecord, Status};
use anzhi::issue::IssueCode;
use anzhi::words::{Channel, EmployerKind, ReferralOutcome, ServiceKind};

use super::row::Cells;
use crate::people::hide_numbers;

/// Reads a household. `None` where the row must be set aside.
pub(super) fn household(cells: &mut Cells<'_>) -> Option<HouseholdRecord> {
    cells.needed("id");
    let mut record = HouseholdRecord::unknown(cells.private_id("id").into());
    record.low_income =
        status(cells, ["low_income", "low_income_from", "low_income_until", "low_income_source"]);
    record.marginal = status(cells, ["marginal", "marginal_from", "marginal_until", "marginal_source"]);
    record.watched = status(cells, ["watched", "watched_from", "watched_until", "watched_source"]);
    let fields =
        ["zero_employment", "zero_employment_from", "zero_employment_until", "zero_employment_source"];
    record.zero_employment = status(cells, fields);
    record.aged_carer =
        status(cells, ["aged_carer", "aged_carer_from", "aged_carer_until", "aged_carer_source"]);
    record.members = cells.whole("members");
    record.disabled_members = cells.whole("disabled_members");
    record.employed_members = cells.whole("employed_members");
    (!cells.is_rejected()).then_some(record)
}

/// A status with its days and its source.
fn status(cells: &mut Cells<'_>, [holds, from, until, source]: [&'static str; 4]) -> Status {
    let holds = cells.yes_or_no(holds);
    let recognition = Recognition {
        from: cells.day(from),
        until: cells.last_day(until).0,
        source: text(cells, source).map(Into::into),
    };
    Status::new(holds, recognition)
}

/// A text without numbers of people; nothing where the cell is empty.
fn text(cells: &Cells<'_>, field: &str) -> Option<String> {
    let text = cells.text(field);
    (!text.is_empty()).then(|| hide_numbers(text).into_owned())
}

/// Reads an employer. `None` where the row must be set aside.
pub(super) fn employer(cells: &mut Cells<'_>) -> Option<EmployerRecord> {
    let mut record = EmployerRecord::unstated(cells.needed("id").into());
    record.name = text(cells, "name");
    record.kind = cells.word("kind", "employer_kind", EmployerKind::from_wire);
    record.staff = cells.whole("staff");
    record.disabled_staff = cells.whole("disabled_staff");
    record.double_counted = cells.whole("double_counted");
    record.school = cells.yes_or_no("school");
    record.committee_member = cells.yes_or_no("committee_member");
    (!cells.is_rejected()).then_some(record)
}

/// Reads a referral. `None` where the row must be set aside.
pub(super) fn referral(cells: &mut Cells<'_>) -> Option<ReferralRecord> {
    cells.needed("candidate");
    let candidate = cells.private_id("candidate");
    let opening = cells.text("opening");
    let date = needed_day(cells);
    let channel = cells.word("channel", "channel", Channel::from_wire);
    let outcome = cells.word("outcome", "outcome", ReferralOutcome::from_wire);
    if cells.is_rejected() {
        return None;
    }
    let opening = (!opening.is_empty()).then(|| OpeningId::from(opening));
    Some(ReferralRecord { candidate: candidate.into(), opening, date: date?, channel, outcome })
}

/// Reads a service event. `None` where the row must be set aside.
pub(super) fn service(cells: &mut Cells<'_>) -> Option<ServiceRecord> {
    cells.needed("candidate");
    let candidate = cells.private_id("candidate");
    cells.needed("kind");
    let kind = cells.word_or("kind", "service_kind", ServiceKind::from_wire, IssueCode::PersonNotRead);
    let date = needed_day(cells);
    if cells.is_rejected() {
        return None;
    }
    Some(ServiceRecord { candidate: candidate.into(), kind: kind?, date: date? })
}

/// The date without which the row means nothing.
fn needed_day(cells: &mut Cells<'_>) -> Option<anzhi::day::Day> {
    let reading = crate::adverts::date::read(cells.needed("date"));
    cells.take("date", IssueCode::DateNeeded, reading).and_then(super::row::day_of)
}
