//! What the operator sets.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use clap::Parser;

/// The HTTP service of Anzhi: matches disabled job-seekers with openings under a county's own policy.
#[derive(Clone, Debug, Parser)]
#[command(name = "anzhi-api", version)]
pub struct Settings {
    /// Address to listen on; leave it on this machine unless a proxy with TLS and access control stands before it.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS:PORT")]
    pub bind: SocketAddr,
    /// Threads that talk to clients.
    #[arg(long, default_value_t = cores(), value_name = "N")]
    pub workers: NonZeroUsize,
    /// Runs of the engine at the same time; others wait. Each run uses every core.
    #[arg(long, default_value = "2", value_name = "N")]
    pub runs: NonZeroUsize,
    /// Largest body of a request, in MiB, after unpacking.
    #[arg(long, default_value = "64", value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub body_limit: u32,
}

impl Settings {
    /// The largest body in bytes.
    #[must_use]
    pub fn body_bytes(&self) -> usize {
        usize::try_from(self.body_limit).unwrap_or(usize::MAX).saturating_mul(1 << 20)
    }
}

fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
