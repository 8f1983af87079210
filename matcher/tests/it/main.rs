//! Whole stages, one binary.

mod oracle;
