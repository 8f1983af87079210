//! Whole stages of the desk, one binary.

mod adverts;
mod cli;
mod messages;
mod support;
mod synth;
