//! `anzhi verify`: a finished result, checked from its files alone.

use std::path::PathBuf;

use anzhi::plan;
use anzhi::report::{PlanStatus, Report};
use clap::Args;

use super::Answer;
use super::screen::Columns;
use crate::messages::{self, Language};
use crate::run::{Changed, Failure, Finished, Sentence, files};

/// Check a finished result from its files alone.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

/// What was checked, and what was wrong with it.
#[derive(Default)]
struct Findings {
    rows: Columns,
    flaws: Vec<Sentence>,
}

impl Findings {
    /// One check with its flaws.
    fn add(&mut self, what: Sentence, flaws: Vec<Sentence>, language: Language) {
        let key = if flaws.is_empty() { "verify_good" } else { "verify_bad" };
        let answer = Sentence::new(key).with("count", flaws.len()).say(language);
        self.rows.row([what.say(language), answer]);
        self.flaws.extend(flaws);
    }
}

impl Verify {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let finished = Finished::in_folder(&self.out)?;
        let report = finished.report()?;
        let problem = finished.problem(report.date)?;
        let certificate = finished.certificate()?;
        let mut findings = Findings::default();
        let (same, changed) = finished.changed()?;
        let changed = changed.iter().map(change).collect();
        findings.add(Sentence::new("verify_digests").with("count", same), changed, language);
        findings.add(Sentence::new("verify_texts"), texts(&report), language);
        let flaws = plan::verify(&problem, &report, certificate.as_ref());
        let flaws = flaws.iter().map(|flaw| Sentence::new("verify_flaw").with("flaw", flaw)).collect();
        let audit = match report.plan.status {
            PlanStatus::Optimal => Sentence::new("verify_plan")
                .with("people", report.candidates.len())
                .with("placed", report.plan.placements.len()),
            PlanStatus::DecisionNeeded | PlanStatus::NoPosts => {
                Sentence::new("verify_lists").with("people", report.candidates.len())
            }
        };
        findings.add(audit, flaws, language);
        let mut text = findings.rows.text(0);
        if findings.flaws.is_empty() {
            let sentence = Sentence::new("verify_sound").with("out", self.out.display());
            text.push_str(&sentence.say(language));
            text.push('\n');
        } else {
            let sentence = Sentence::new("verify_failed").with("out", self.out.display());
            findings.flaws.push(sentence.with("count", findings.flaws.len()));
        }
        Ok(Answer::but(text, findings.flaws))
    }
}

fn change(changed: &Changed) -> Sentence {
    match changed {
        Changed::Altered(name) => Sentence::new("verify_altered").with("file", name),
        Changed::Gone(name) => Sentence::new("verify_gone").with("file", name),
        Changed::NoDigests => Sentence::new("verify_no_digests").with("file", files::DIGESTS),
    }
}

/// Sentences of the report that do not say what its codes say.
fn texts(report: &Report) -> Vec<Sentence> {
    let Some(language) = Language::ALL.iter().find(|it| it.as_str() == report.language) else {
        return vec![Sentence::new("verify_language").with("found", &report.language)];
    };
    let mut again = report.clone();
    messages::fill(&mut again, *language);
    let people = report.candidates.iter().zip(&again.candidates);
    let of_people = people.filter(|(one, other)| one.text != other.text).map(|(one, _)| one.id.to_string());
    let rejected =
        report.rejected.iter().zip(&again.rejected).map(|(one, other)| (&one.finding, &other.finding));
    let findings = rejected.chain(report.findings.iter().zip(&again.findings));
    let of_rows = findings.filter(|(one, other)| one.text != other.text).map(|(one, _)| one.path.clone());
    of_people.chain(of_rows).map(|place| Sentence::new("verify_text").with("place", place)).collect()
}
