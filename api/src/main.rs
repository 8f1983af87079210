//! The HTTP service of Anzhi.

use std::io;

use actix_web::{App, HttpServer, web};
use anzhi_api::configure;
use anzhi_api::settings::Settings;
use anzhi_api::state::State;
use clap::Parser;

/// Seconds that requests under way have to end once the service is told to stop.
const SECONDS_TO_STOP: u64 = 60;

#[actix_web::main]
async fn main() -> io::Result<()> {
    let settings = Settings::parse();
    let state = web::Data::new(State::new(settings.runs, settings.body_bytes()));
    let server = HttpServer::new(move || App::new().configure(configure(state.clone())))
        .workers(settings.workers.get())
        .shutdown_timeout(SECONDS_TO_STOP)
        .bind(settings.bind)
        .map_err(|error| {
            let advice = "choose another address with --bind";
            io::Error::new(
                error.kind(),
                format!("{} cannot be listened on: {error}; {advice}", settings.bind),
            )
        })?;
    for address in server.addrs() {
        eprintln!("anzhi-api listens on http://{address}");
    }
    server.run().await
}
