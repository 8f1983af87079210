//! The whole way in one call: a checked problem goes in, a report with its certificate comes out; and the way back:
//! a finished run is checked from its files.

mod build;
mod policy;
mod verify;

pub use verify::{ProofFlaw, VerifyFlaw, verify};

use crate::error::Error;
use crate::explain;
use crate::ids::{CandidateId, OpeningId};
use crate::plan::{Lottery, Outcome};
use crate::problem::Problem;
use crate::report::{CertificateRecord, PairRecord, Report};
use crate::score::Ties;

/// What a run is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunOptions {
    /// The published seed; without one the plan is a draft.
    pub seed: Option<String>,
    /// How many places a shortlist has.
    pub top: usize,
    /// Whether the public-welfare posts are assigned, or listed only.
    pub scope: Scope,
    /// The published salt of the order among equals in the lists of openings; `None` = by id.
    pub salt: Option<String>,
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Shortlists and the assignment of the public-welfare posts.
    #[default]
    Plan,
    /// Shortlists only.
    Shortlists,
}

impl RunOptions {
    /// Ten places a list, as fairs print them.
    pub const TOP: usize = 10;

    /// A run with this seed and so many places a list, assignment included.
    #[must_use]
    pub const fn new(seed: Option<String>, top: usize) -> Self {
        Self { seed, top, scope: Scope::Plan, salt: None }
    }

    /// The same, going so far.
    #[must_use]
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// The same, with equals of an opening's list in the order of this salt's digests; `None` = by id.
    #[must_use]
    pub fn salt(mut self, salt: Option<String>) -> Self {
        self.salt = salt;
        self
    }
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// The report; its `text` fields are empty.
    pub report: Report,
    /// The proof of the plan, where one was made.
    pub certificate: Option<CertificateRecord>,
}

/// A stage of a run that has just been finished, or a step of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// One more opening has been judged against everybody.
    Judged,
    /// The posts have been assigned.
    Assigned,
    /// The report has been made.
    Reported,
}

/// Judges, lists, assigns and reports.
///
/// # Errors
///
/// [`crate::error::ErrorKind::Syntax`] for a seed or a salt that is no line of text; otherwise as [`crate::Scored::assign`]. A missing
/// local decision is no error: the report says so, and has no plan.
///
/// # Cost
///
/// That of [`Problem::score`], of the solver, and one search for each person who is not placed.
pub fn run(problem: &Problem, options: &RunOptions) -> Result<Run, Error> {
    run_with(problem, options, &|_| {})
}

/// The same, telling `progress` after each step, from any thread.
///
/// # Errors
///
/// As [`run`].
pub fn run_with(
    problem: &Problem,
    options: &RunOptions,
    progress: &(dyn Fn(Stage) + Sync),
) -> Result<Run, Error> {
    let lottery = Lottery::new(options.seed.as_deref())?;
    let ties = Ties::new(options.salt.as_deref())?;
    let scored = problem.score().with_ties(&ties).counted(&|| progress(Stage::Judged));
    let outcome = match options.scope {
        Scope::Plan => Some(scored.assign(&lottery)?),
        Scope::Shortlists => None,
    };
    progress(Stage::Assigned);
    let mut report = build::report(&scored, outcome.as_ref(), &lottery, options.top);
    report.salt.clone_from(&options.salt);
    let certificate = match &outcome {
        Some(Outcome::Planned(plan)) => Some(CertificateRecord::of(plan.certificate())),
        _ => None,
    };
    progress(Stage::Reported);
    Ok(Run { report, certificate })
}

/// Everything about one pair; `None` if one of the two is not in the problem.
///
/// # Cost
///
/// That of making the problem ready, *O(candidates + openings)*; one pair is nothing beside it.
#[must_use]
pub fn explain_pair(problem: &Problem, candidate: &CandidateId, opening: &OpeningId) -> Option<PairRecord> {
    let (row, post) = (problem.candidate_row(candidate)?, problem.opening_row(opening)?);
    let scored = problem.score();
    let (verdict, breakdown) = (scored.verdict_at(row, post), scored.breakdown_at(row, post));
    Some(PairRecord {
        candidate: candidate.clone(),
        opening: opening.clone(),
        standing: verdict.standing(),
        failing: explain::hits(problem, &problem.openings()[post.get()], &verdict),
        missing: explain::missing(&verdict),
        points: breakdown.points(),
        shortlist_score: breakdown.shortlist_score(),
        assignment_score: breakdown.assignment_score(),
        accommodations: verdict.accommodations().iter().map(|id| (*id).to_owned()).collect(),
        hints: verdict.hints().to_vec(),
    })
}
