//! Matches disabled job-seekers with openings and assigns public-welfare posts, exactly and with reasons.
#![deny(missing_docs)]

pub mod assign;
pub mod audit;
pub mod catalogue;
pub mod census;
pub mod certificate;
mod columns;
pub mod day;
pub mod error;
pub mod explain;
pub mod ids;
pub mod input;
pub mod instance;
pub mod issue;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod report;
pub mod rules;
pub mod score;
pub mod shortlist;
pub mod words;
