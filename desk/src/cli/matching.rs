//! `anzhi match`: a folder of tables in, a folder with the result out.

use std::path::{Path, PathBuf};

use anzhi::input::Document;
use anzhi::policy::Policy;
use anzhi::problem::Problem;
use anzhi::report::{PlanStatus, Report};
use clap::Args;

use super::faults::{Found, Listed, must_be_there, read, rejected_rows};
use super::screen::Steps;
use super::summary::Run;
use super::{Answer, decisions};
use crate::intake::Intake;
use crate::messages::Language;
use crate::run::{
    Assessed, Existing, Failure, Flags, Outcome, Request, Sentence, assess_problem, faults_of, files,
    json_bytes,
};
use crate::workbook::{self, Extras};

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
        steps.next("step_read");
        let mut intake = read(&self.input, language)?;
        let lost_in_tables = rejected_rows(&intake);
        steps.next("step_match");
        let input = bytes(&intake.document)?;
        // the engine reads what OUT will hold, so that the report is a function of those files
        intake.document = reread(&input, &self.input)?;
        let document = std::mem::replace(&mut intake.document, Document::empty());
        let assessed = Problem::new(document, request.policy.clone(), request.options.on)
            .and_then(|problem| {
                steps.more(problem.openings().len());
                assess_problem(&problem, &request.options, &|stage| steps.done(stage))
            })
            .map_err(|error| faults_of(&self.input, &error))?;
        steps.next("step_workbook");
        let listed = faults(&intake, &assessed.report, language);
        let outcome = outcome(&request, input, &assessed, &listed, &intake)?;
        steps.next("step_write");
        outcome.write(&out, existing)?;
        drop(steps);
        let run = Run { report: &assessed.report, intake: &intake, listed: &listed, out: &out };
        let lost = lost_in_tables + assessed.report.rejected.len();
        Ok(Answer::but(run.summary(language), complaints(&assessed.report, &request.policy, lost, language)))
    }

    fn flags(&self) -> Flags {
        Flags {
            policy: self.policy.clone(),
            decisions: self.decisions.clone(),
            date: self.date.clone(),
            seed: self.seed.clone(),
            top: self.top,
        }
    }
}

/// `out/<name of the input>` under the current folder.
fn usual_out(input: &Path) -> PathBuf {
    let whole = std::path::absolute(input).unwrap_or_else(|_| input.to_owned());
    let name = whole.file_stem().filter(|_| whole.is_file()).or_else(|| whole.file_name());
    Path::new("out").join(name.unwrap_or_else(|| "anzhi".as_ref()))
}

fn reread(bytes: &[u8], input: &Path) -> Result<Document, Failure> {
    Document::from_json(bytes).map_err(|error| faults_of(input, &error))
}

fn bytes(record: &impl serde::Serialize) -> Result<Vec<u8>, Failure> {
    json_bytes(record).map_err(|error| Failure::unusable(Sentence::new("not_written").with("why", error)))
}

fn faults(intake: &Intake, report: &Report, language: Language) -> Vec<Listed> {
    let findings = report.rejected.iter().map(|it| &it.finding).chain(&report.findings);
    let found: Vec<Found<'_>> = findings.map(|it| (it.code, it.path.as_str(), it.found.as_str())).collect();
    Listed::of(&intake.faults, &intake.places, &found, language)
}

fn outcome(
    request: &Request,
    input: Vec<u8>,
    assessed: &Assessed,
    listed: &[Listed],
    intake: &Intake,
) -> Result<Outcome, Failure> {
    let language = request.options.language;
    let mut outcome = Outcome::default();
    outcome.put(files::INPUT, input);
    outcome.put(files::POLICY, request.policy_text.clone().into_bytes());
    if let Some(text) = &request.decisions_text {
        outcome.put(files::DECISIONS, text.clone().into_bytes());
    }
    outcome.put(files::REPORT, bytes(&assessed.report)?);
    if let Some(certificate) = &assessed.certificate {
        outcome.put(files::CERTIFICATE, bytes(certificate)?);
    }
    if !listed.is_empty() {
        outcome.put(files::FAULTS, bytes(&listed)?);
    }
    let _ = intake;
    let book = workbook::write(&assessed.report, &Extras::default(), language)
        .map_err(|error| Failure::unusable(Sentence::new("not_written").with("why", error)))?;
    outcome.put(files::WORKBOOK, book);
    Ok(outcome)
}

/// What must be said although the work was done.
fn complaints(report: &Report, policy: &Policy, lost: usize, language: Language) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if lost > 0 {
        sentences.push(Sentence::new("rows_rejected").with("rejected", lost));
    }
    if report.plan.status == PlanStatus::DecisionNeeded {
        sentences.push(decisions::needed(policy, report.date, language));
    }
    sentences
}
