//! `POST /v1/plans`: the report of one match. `POST /v1/shortlists`: the same without an assignment.

use actix_web::{HttpResponse, web};
use anzhi::run::Scope;
use anzhi_desk::run::assess;

use crate::ask::Asked;
use crate::body::JsonBytes;
use crate::problem::Problem;
use crate::state::{Policies, State};

pub(super) async fn plans(state: web::Data<State>, body: JsonBytes) -> Result<HttpResponse, Problem> {
    state.run(move |policies| report(&body.0, policies, Scope::Plan)).await.map(super::json)
}

pub(super) async fn shortlists(state: web::Data<State>, body: JsonBytes) -> Result<HttpResponse, Problem> {
    state.run(move |policies| report(&body.0, policies, Scope::Shortlists)).await.map(super::json)
}

fn report(body: &[u8], policies: &Policies, scope: Scope) -> Result<Vec<u8>, Problem> {
    let asked = Asked::read(body, policies, scope)?;
    let assessed = assess(asked.document, asked.policy, &asked.options);
    super::bytes(&assessed.map_err(|error| Problem::of_engine(&error))?.report)
}
