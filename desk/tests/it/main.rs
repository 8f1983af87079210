//! Whole stages of the desk.

mod synth;
