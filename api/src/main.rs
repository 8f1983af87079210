//! The HTTP service of Anzhi.

use std::io;
use std::process::ExitCode;

use actix_web::{App, HttpServer, web};
use anzhi_api::configure;
use anzhi_api::settings::Settings;
use anzhi_api::state::State;
use clap::Parser;

/// Seconds that requests under way have to end once the service is told to stop.
const SECONDS_TO_STOP: u64 = 60;

#[actix_web::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    match serve(&settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let address = settings.bind;
            eprintln!("{address} cannot be served: {error}; choose another address with --bind");
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: &Settings) -> io::Result<()> {
    let state = web::Data::new(State::new(settings.runs, settings.body_bytes()));
    let server = HttpServer::new(move || App::new().configure(configure(state.clone())))
        .workers(settings.workers.get())
        .shutdown_timeout(SECONDS_TO_STOP)
        .bind(settings.bind)?;
    for address in server.addrs() {
        eprintln!("anzhi-api listens on http://{address}");
    }
    server.run().await
}
