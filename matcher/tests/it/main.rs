//! Whole stages of the engine, one binary.

mod oracle;
mod policies;
