//! `anzhi check`: the faults of the input, and nothing else.

use std::path::PathBuf;

use anzhi::issue::Severity;
use anzhi::problem::Problem;
use clap::Args;

use super::Answer;
use super::faults::{Found, Listed, in_lines, must_be_there, read, rejected_rows, tables_not_read};
use crate::messages::Language;
use crate::run::{Failure, Flags, Request, Sentence, faults_of};

/// List the faults of a folder of tables.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder, or a document.
    #[arg(value_name = "FOLDER")]
    input: PathBuf,
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Remarks on adverts too.
    #[arg(long)]
    adverts: bool,
}

impl Check {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        must_be_there(&self.input)?;
        let flags = Flags { policy: self.policy.clone(), date: self.date.clone(), ..Flags::default() };
        // faults of rows do not hang on the policy, so a folder that names none can be checked all the same
        let request = Request::gather(&self.input, &flags, Some("general"), language)?;
        let intake = read(&self.input, language)?;
        let problem = Problem::new(intake.document.clone(), request.policy, request.options.on);
        let problem = problem.map_err(|error| faults_of(&self.input, &error))?;
        let rejected = problem.rejected().iter().map(|it| &it.issue);
        let issues = rejected.chain(problem.warnings());
        let found: Vec<Found<'_>> = issues.map(|it| (it.code(), it.path(), it.found())).collect();
        let listed = Listed::of(&intake.faults, &intake.places, &found, language);
        let lost_in_engine: usize = problem.counts().iter().map(|it| it.received - it.accepted).sum();
        let lost = rejected_rows(&intake) + lost_in_engine;
        let mut complaints = tables_not_read(&intake, language);
        if lost > 0 {
            complaints.push(Sentence::new("rows_rejected_above").with("rejected", lost));
        }
        Ok(Answer::but(self.text(&listed, lost, language), complaints))
    }

    fn text(&self, listed: &[Listed], lost: usize, language: Language) -> String {
        let of = |severity| listed.iter().filter(|it| it.severity == severity).count();
        let adverts = of(Severity::Advert);
        let shown = listed.iter().filter(|it| self.adverts || it.severity != Severity::Advert);
        let mut text = in_lines(shown, language);
        let total = Sentence::new("check_total").with("rejected", lost).with("adverts", adverts);
        text.push_str(&total.with("warnings", of(Severity::Warning)).say(language));
        text.push('\n');
        if adverts > 0 && !self.adverts {
            text.push_str(&Sentence::new("check_adverts").with("adverts", adverts).say(language));
            text.push('\n');
        }
        text
    }
}
