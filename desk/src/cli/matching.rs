//! `anzhi match`: a folder of tables in, a folder with the result out.

use std::path::{Path, PathBuf};

use anzhi::error::{Error, ErrorKind};
use anzhi::input::Document;
use anzhi::problem::Problem;
use anzhi::report::{FindingRecord, PlanStatus, Report};
use clap::Args;

use super::extras::{RowIds, extras};
use super::faults::{Found, Listed, must_be_there, read, rejected_rows, tables_not_read};
use super::screen::Steps;
use super::summary::Run;
use super::{Answer, decisions};
use crate::intake::Intake;
use crate::messages::Language;
use crate::run::{
    Assessed, Existing, Failure, Flags, Outcome, Request, Sentence, assess_problem, faults_of, files,
    json_bytes,
};
use crate::workbook;

/// Steps of the progress bar.
const STEPS: u64 = 4;

/// Match a folder of tables, and write the result.
#[derive(Debug, Args)]
pub(super) struct Match {
    /// The folder, or a document.
    #[arg(value_name = "FOLDER")]
    input: PathBuf,
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<String>,
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    #[arg(long, value_name = "TEXT")]
    salt: Option<String>,
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

impl Match {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let out = self.out.clone().unwrap_or_else(|| usual_out(&self.input));
        let existing = if self.force { Existing::Replace } else { Existing::Keep };
        must_be_there(&self.input)?;
        Outcome::may_be_written(&out, existing)?;
        let request = Request::gather(&self.input, &self.flags(), None, language)?;
        let steps = Steps::new(STEPS, language);
        let made = self.make(request, &steps)?;
        steps.next("step_workbook");
        let outcome = made.outcome()?;
        steps.next("step_write");
        outcome.write(&out, existing)?;
        drop(steps);
        let run =
            Run { report: &made.assessed.report, intake: &made.intake, listed: &made.listed, out: &out };
        Ok(Answer::but(run.summary(language), made.complaints()))
    }

    fn make(&self, request: Request, steps: &Steps) -> Result<Made, Failure> {
        steps.next("step_read");
        let mut intake = read(&self.input, request.options.language)?;
        let input = bytes(&std::mem::replace(&mut intake.document, Document::empty()))?;
        // a policy was read before; what the engine finds is an order that cannot be followed
        let refused = |error: &Error| match &self.decisions {
            Some(decisions) if error.kind() == ErrorKind::Policy => faults_of(decisions, error),
            _ => faults_of(&self.input, error),
        };
        steps.next("step_match");
        // the engine reads what OUT will hold, so that the report is a function of those files
        let document = Document::from_json(input.as_slice()).map_err(|error| refused(&error))?;
        let ids = RowIds::of(&document);
        let problem = Problem::new(document, request.policy.clone(), request.options.on);
        let problem = problem.map_err(|error| refused(&error))?;
        steps.more(problem.openings().len());
        let assessed = assess_problem(&problem, &request.options, &|stage| steps.done(stage));
        let assessed = assessed.map_err(|error| refused(&error))?;
        let listed = listed(&intake, &assessed.report, request.options.language);
        Ok(Made { request, input, intake, ids, assessed, listed })
    }

    fn flags(&self) -> Flags {
        Flags {
            policy: self.policy.clone(),
            decisions: self.decisions.clone(),
            date: self.date.clone(),
            seed: self.seed.clone(),
            salt: self.salt.clone(),
            top: self.top,
        }
    }
}

/// `out/<name of the input>` under the current folder.
pub(super) fn usual_out(input: &Path) -> PathBuf {
    let whole = std::path::absolute(input).unwrap_or_else(|_| input.to_owned());
    let name = whole.file_stem().filter(|_| whole.is_file()).or_else(|| whole.file_name());
    Path::new("out").join(name.unwrap_or_else(|| "anzhi".as_ref()))
}

pub(super) fn bytes(record: &impl serde::Serialize) -> Result<Vec<u8>, Failure> {
    json_bytes(record).map_err(|error| Failure::unusable(Sentence::new("not_written").with("why", error)))
}

fn findings(report: &Report) -> impl Iterator<Item = &FindingRecord> {
    report.rejected.iter().map(|it| &it.finding).chain(&report.findings)
}

fn listed(intake: &Intake, report: &Report, language: Language) -> Vec<Listed> {
    let found: Vec<Found<'_>> =
        findings(report).map(|it| (it.code, it.path.as_str(), it.found.as_str())).collect();
    Listed::of(&intake.faults, &intake.places, &found, language)
}

/// A run that is made and not yet written.
struct Made {
    request: Request,
    input: Vec<u8>,
    /// Its document has gone into the engine.
    intake: Intake,
    ids: RowIds,
    assessed: Assessed,
    listed: Vec<Listed>,
}

impl Made {
    /// The files of OUT.
    fn outcome(&self) -> Result<Outcome, Failure> {
        let (request, report) = (&self.request, &self.assessed.report);
        let mut outcome = Outcome::default();
        outcome.put(files::INPUT, self.input.clone());
        outcome.put(files::POLICY, request.policy_text.clone().into_bytes());
        if let Some(text) = &request.decisions_text {
            outcome.put(files::DECISIONS, text.clone().into_bytes());
        }
        outcome.put(files::REPORT, bytes(report)?);
        if let Some(certificate) = &self.assessed.certificate {
            outcome.put(files::CERTIFICATE, bytes(certificate)?);
        }
        if !self.listed.is_empty() {
            outcome.put(files::FAULTS, bytes(&self.listed)?);
        }
        let extras = extras(&self.intake, &self.ids, findings(report).map(|it| it.path.as_str()));
        let book = workbook::write(report, &extras, request.options.language);
        let refused = |error| Failure::unusable(Sentence::new("not_written").with("why", error));
        outcome.put(files::WORKBOOK, book.map_err(refused)?);
        Ok(outcome)
    }

    /// What must be said although the work was done.
    fn complaints(&self) -> Vec<Sentence> {
        let report = &self.assessed.report;
        let mut sentences = tables_not_read(&self.intake, self.request.options.language);
        let lost_in_engine: usize = report.summary.rows.iter().map(|it| it.received - it.accepted).sum();
        let lost = rejected_rows(&self.intake) + lost_in_engine;
        if lost > 0 {
            sentences.push(Sentence::new("rows_rejected").with("rejected", lost));
        }
        if report.plan.status == PlanStatus::DecisionNeeded {
            let language = self.request.options.language;
            sentences.push(decisions::needed(&self.request.policy, report.date, language));
        }
        sentences
    }
}
