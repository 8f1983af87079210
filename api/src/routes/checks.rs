//! `POST /v1/checks`: the findings about a document, and nothing else.

use actix_web::{HttpResponse, web};
use anzhi::day::Day;
use anzhi::issue::Issue;
use anzhi::problem::Problem as Checked;
use anzhi::report::{CountRecord, FindingRecord, RejectedRecord};
use anzhi::run::Scope;
use anzhi_desk::messages::{Language, finding};
use serde::Serialize;

use crate::ask::Asked;
use crate::body::JsonBytes;
use crate::problem::Problem;
use crate::state::{Policies, State};

/// The answer; its records are those of a report.
#[derive(Serialize)]
struct Checks {
    format: &'static str,
    date: Day,
    language: &'static str,
    rows: Vec<CountRecord>,
    rejected: Vec<RejectedRecord>,
    findings: Vec<FindingRecord>,
}

pub(super) async fn checks(state: web::Data<State>, body: JsonBytes) -> Result<HttpResponse, Problem> {
    state.run(move |policies| check(&body.0, policies)).await.map(super::json)
}

fn check(body: &[u8], policies: &Policies) -> Result<Vec<u8>, Problem> {
    let asked = Asked::read(body, policies, Scope::Shortlists)?;
    let (on, language) = (asked.options.on, asked.options.language);
    let checked =
        Checked::new(asked.document, asked.policy, on).map_err(|error| Problem::of_engine(&error))?;
    let rejected = checked.rejected().iter().map(|row| RejectedRecord {
        list: row.sheet.as_str().to_owned(),
        id: row.id.clone(),
        finding: record(&row.issue, language),
    });
    let rows = checked.counts().iter().map(|count| CountRecord {
        list: count.sheet.as_str().to_owned(),
        received: count.received,
        accepted: count.accepted,
    });
    super::bytes(&Checks {
        format: "anzhi.checks/1",
        date: on,
        language: language.as_str(),
        rows: rows.collect(),
        rejected: rejected.collect(),
        findings: checked.warnings().iter().map(|issue| record(issue, language)).collect(),
    })
}

fn record(issue: &Issue, language: Language) -> FindingRecord {
    FindingRecord {
        code: issue.code(),
        severity: issue.code().severity(),
        path: issue.path().to_owned(),
        found: issue.found().to_owned(),
        text: finding(language, issue.code(), issue.found()),
    }
}
