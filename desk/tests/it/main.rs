//! Whole stages of the desk, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by failing")]

mod adverts;
mod cli;
mod golden;
mod intake;
mod issues;
mod messages;
mod promises;
mod support;
mod synth;
mod workbook;
