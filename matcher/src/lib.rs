//! Matches disabled job-seekers with openings and assigns public-welfare posts, exactly and with reasons.
#![deny(missing_docs)]

#[cfg(test)]
extern crate self as anzhi; // the generators of tests/it speak of the crate by its name

pub mod assign;
pub mod audit;
pub mod catalogue;
pub mod certificate;
mod columns;
pub mod day;
pub mod error;
pub mod explain;
pub mod ids;
pub mod input;
pub mod instance;
pub mod issue;
pub mod live;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod report;
pub mod rules;
pub mod run;
pub mod score;
pub mod shortlist;
pub mod stable;
pub mod text;
pub mod words;

pub use assign::{AssignOptions, Solution, solve};
pub use day::Day;
pub use error::{Error, ErrorKind};
pub use ids::{CandidateId, EmployerId, HouseholdId, OpeningId, RegionCode, SkillId};
pub use input::Document;
pub use instance::Instance;
pub use live::Live;
pub use plan::{Lottery, Outcome, Plan};
pub use policy::{Decisions, Policy};
pub use problem::Problem;
pub use report::Report;
pub use run::{Run, RunOptions, run};
pub use score::{Breakdown, Scored, Shortlists};
pub use shortlist::Shortlist;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeExamples;
