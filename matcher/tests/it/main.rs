//! Whole stages of the engine, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by failing")]

mod advice;
mod laws;
mod layers;
mod oracle;
mod orders;
mod policies;
mod promises;
mod stable;
mod support;
mod twice;
mod vectors;
