//! One run: from a document and a policy to a report. The command line and the service both call [`assess`], so that
//! they cannot differ; what a run is asked for and what it leaves behind stand in the modules below.

mod failure;
mod finished;
mod lines;
mod outcome;
mod request;

pub use failure::{Exit, Failure, Sentence};
pub use finished::{Changed, Finished, read_report};
pub use outcome::{Existing, Outcome, digest, files, in_folders};
pub use request::{Flags, Later, Named, Request, Undecided, decide, faults_of, names, read_text, unreadable};

use anzhi::day::Day;
use anzhi::error::Error;
use anzhi::input::Document;
use anzhi::policy::Policy;
use anzhi::problem::Problem;
use anzhi::report::{CertificateRecord, Report};
use anzhi::run::{self as engine, RunOptions, Scope, Stage};

use crate::messages::{self, Language};

/// How many entries a shortlist has where nobody asks for another number.
pub const USUAL_TOP: usize = RunOptions::TOP;

/// Most entries of a shortlist that can be asked for: beyond it a report is a list of everybody for everything.
pub const MOST_TOP: usize = 1_000;

/// What a run is asked for, beside its document and its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day of the match; an input, never the clock.
    pub on: Day,
    /// The published seed of the lottery; `None` = no lottery, the plan is a draft (草案).
    pub seed: Option<String>,
    /// The published salt of the order among equals in the lists of openings; `None` = by id.
    pub salt: Option<String>,
    /// Entries of each shortlist, 1 to [`MOST_TOP`].
    pub top: usize,
    /// The language of every `text` of the report.
    pub language: Language,
    /// Whether the public-welfare posts are assigned, or listed only.
    pub scope: Scope,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The report, its texts filled in.
    pub report: Report,
    /// The proof that the plan cannot be beaten; `None` where there is no plan.
    pub certificate: Option<CertificateRecord>,
}

/// Runs one match.
///
/// # Errors
///
/// Those of [`Problem::new`] and of the engine's run: the document is of another format or too large, the seed or the
/// salt is no line of text, or the solver refuses the instance by name. Single rows never fail the call; they stand in the report.
///
/// # Cost
///
/// That of the engine: the pairs of candidates and openings, once, and the search for the plan.
pub fn assess(document: Document, policy: Policy, options: &Options) -> Result<Assessed, Error> {
    let problem = Problem::new(document, policy, options.on)?;
    assess_problem(&problem, options, &|_| {})
}

/// [`assess`] for a document that has passed the gate already, telling `progress` of each step, from any thread.
///
/// # Errors
///
/// Those of the engine's run.
pub fn assess_problem(
    problem: &Problem,
    options: &Options,
    progress: &(dyn Fn(Stage) + Sync),
) -> Result<Assessed, Error> {
    let asked = RunOptions::new(options.seed.clone(), options.top).scope(options.scope);
    let asked = asked.salt(options.salt.clone());
    let run = engine::run_with(problem, &asked, progress)?;
    let mut report = run.report;
    messages::fill(&mut report, options.language);
    Ok(Assessed { report, certificate: run.certificate })
}

/// A record as the bytes that are written and sent: JSON with one record of each top list on a line, and a line feed.
///
/// # Errors
///
/// None for the records of this project; the serialiser's own, passed on, for others.
pub fn json_bytes(record: &impl serde::Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    record.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, lines::Lines::default()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
