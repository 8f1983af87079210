//! `GET /v1/policies`: the policies that come with the service.

use actix_web::{HttpResponse, web};
use anzhi::day::Day;
use anzhi::policy::Policy;
use anzhi::words::Topic;
use anzhi_desk::run::digest;
use serde::Serialize;

use crate::problem::{Kind, Problem};
use crate::state::{Policies, State};

#[derive(Serialize)]
struct Listed {
    policies: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: String,
    title: String,
    from: Option<Day>,
    until: Option<Day>,
    /// What a local decision must settle before public-welfare posts are assigned.
    missing: Vec<Topic>,
    /// Of the policy's text.
    sha256: String,
}

pub(super) async fn policies(state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let policies =
        Policy::BUILTIN.iter().map(|name| entry(name, state.policies())).collect::<Result<_, _>>()?;
    super::bytes(&Listed { policies }).map(super::json)
}

fn entry(name: &str, policies: &Policies) -> Result<Entry, Problem> {
    let text = Policy::builtin_text(name).unwrap_or_default();
    let policy = policies.read(text).map_err(|error| Problem::new(Kind::Crashed, error.to_string()))?;
    Ok(Entry {
        name: policy.name().to_owned(),
        title: policy.title().to_owned(),
        from: policy.in_force().from,
        until: policy.in_force().until,
        missing: policy.missing(),
        sha256: digest(text.as_bytes()),
    })
}
