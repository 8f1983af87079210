//! Whole stages of the desk, one binary.

mod adverts;
mod synth;
