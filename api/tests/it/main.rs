//! The service as clients meet it, in-process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by failing")]

mod answers;
mod docs;
mod failures;
mod server;
