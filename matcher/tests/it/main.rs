//! Whole stages of the engine, one binary.

mod policies;
