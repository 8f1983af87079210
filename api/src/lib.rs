//! The thin HTTP service of Anzhi: it reads a request, hands it to the desk and the engine, and sends the answer.
//!
//! Stateless: a request carries its document, policy and day, and nothing of it is kept or logged; what is shared is
//! the [`state`] of prepared policies. The page `docs/http.md` shows every request.
//!
//! *Invariants*: a handler has at most 20 lines and no logic; engine work never runs on a worker of the server; every
//! failure, the framework's own included, is a [`problem::Problem`].

pub mod ask;
pub mod body;
pub mod problem;
mod routes;
pub mod settings;
pub mod state;

use actix_web::web;

use state::State;

/// Routes and limits. The binary and the tests both call this, so they cannot differ.
pub fn configure(state: web::Data<State>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |app| {
        let limit = web::PayloadConfig::new(state.body_limit());
        app.app_data(limit).app_data(state).configure(routes::routes);
    }
}
