//! `anzhi verify`: a finished result, checked from its files alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anzhi::problem::Problem;
use anzhi::report::{PlanStatus, Report};
use anzhi::run::{self as engine, Scope};
use clap::Args;
use serde_json::Value;

use super::screen::Columns;
use super::solve::MOST;
use super::{Answer, flaws, verify_bare};
use crate::messages::Language;
use crate::run::{Changed, Failure, Finished, Options, Sentence, assess_problem, files};

/// Check a finished result from its files alone.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

/// What was checked, and what was wrong with it.
pub(super) struct Findings {
    rows: Columns,
    /// The first flaws of each check, and how many others there are.
    flaws: Vec<Sentence>,
    count: usize,
    /// The key of what is said last where there are flaws.
    failed: &'static str,
}

impl Findings {
    fn new(failed: &'static str) -> Self {
        Self { rows: Columns::default(), flaws: Vec::new(), count: 0, failed }
    }

    /// Of a result of `anzhi match`.
    fn of_match() -> Self {
        Self::new("verify_failed")
    }

    /// Of a result of `anzhi solve`.
    pub(super) fn of_solve() -> Self {
        Self::new("verify_failed_solved")
    }

    /// One check with its flaws.
    pub(super) fn add(&mut self, what: &Sentence, flaws: Vec<Sentence>, language: Language) {
        self.add_counted(what, (flaws.len(), flaws), language);
    }

    /// One check that found so many flaws, and sentences about the first of them at least.
    pub(super) fn add_counted(
        &mut self,
        what: &Sentence,
        (count, first): (usize, impl IntoIterator<Item = Sentence>),
        language: Language,
    ) {
        let key = if count == 0 { "verify_good" } else { "verify_bad" };
        let answer = Sentence::new(key).with("count", count).say(language);
        self.rows.row([what.say(language), answer]);
        self.flaws.extend(first.into_iter().take(MOST));
        if count > MOST {
            self.flaws.push(Sentence::new("verify_more").with("count", count - MOST));
        }
        self.count += count;
    }

    /// The check of the digests: how many files are what was written, and what is wrong with the others.
    pub(super) fn add_digests(&mut self, (same, flaws): (usize, Vec<Sentence>), language: Language) {
        self.add(&Sentence::new("verify_digests").with("count", same), flaws, language);
    }

    /// All checks, and what they come to.
    pub(super) fn answer(mut self, out: &Path, language: Language) -> Answer {
        let mut text = self.rows.text(0);
        if self.count == 0 {
            let sentence = Sentence::new("verify_sound").with("out", out.display());
            text.push_str(&sentence.say(language));
            text.push('\n');
        } else {
            let sentence = Sentence::new(self.failed).with("out", out.display());
            self.flaws.push(sentence.with("count", self.count));
        }
        Answer::but(text, self.flaws)
    }
}

impl Verify {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let finished = Finished::in_folder(&self.out)?;
        if self.out.join(files::OBJECTIVE).is_file() {
            return verify_bare::run(&self.out, &finished, language);
        }
        if !self.out.join(files::REPORT).is_file() {
            return Err(self.without_report());
        }
        let report = finished.report()?;
        let problem = finished.problem(report.date)?;
        let certificate = finished.certificate()?;
        let mut findings = Findings::of_match();
        let (same, changed) = finished.changed()?;
        let changed = changed.iter().map(change).collect();
        findings.add_digests((same, changed), language);
        let flaws = engine::verify(&problem, &report, certificate.as_ref());
        let flaws = flaws.iter().map(|it| flaws::sentence(it, &problem, language)).collect();
        let audit = match report.plan.status {
            PlanStatus::Optimal => Sentence::new("verify_plan")
                .with("people", report.candidates.len())
                .with("placed", report.plan.placements.len()),
            PlanStatus::DecisionNeeded | PlanStatus::NoPosts | PlanStatus::NotAsked => {
                Sentence::new("verify_lists").with("people", report.candidates.len())
            }
        };
        findings.add(&audit, flaws, language);
        findings.add(&Sentence::new("verify_again"), again(&problem, &report), language);
        Ok(findings.answer(&self.out, language))
    }

    /// What to say of a folder without a report and without an objective, by what else lies there.
    fn without_report(&self) -> Failure {
        let holds = |names: &[&str]| names.iter().any(|name| self.out.join(name).is_file());
        let lacks =
            |key, name| Failure::unusable(Sentence::new(key).with("file", self.out.join(name).display()));
        if holds(&[files::PLAN, files::PAIRS, files::INSTANCE]) {
            lacks("result_lacks_solved", files::OBJECTIVE)
        } else if holds(&[files::INPUT, files::POLICY, files::WORKBOOK]) {
            lacks("result_lacks", files::REPORT)
        } else {
            Failure::wrong_use(Sentence::new("result_none").with("out", self.out.display()))
        }
    }
}

pub(super) fn change(changed: &Changed) -> Sentence {
    match changed {
        Changed::Altered(name) => Sentence::new("verify_altered").with("file", name),
        Changed::Gone(name) => Sentence::new("verify_gone").with("file", name),
        Changed::Unlisted(name) => {
            Sentence::new("verify_unlisted").with("file", name).with("digests", files::DIGESTS)
        }
        Changed::NoDigests => Sentence::new("verify_no_digests").with("file", files::DIGESTS),
    }
}

/// The whole report made once more, its sentences included, and the first place where it differs.
fn again(problem: &Problem, report: &Report) -> Vec<Sentence> {
    let Some(language) = Language::ALL.iter().find(|it| it.as_str() == report.language) else {
        return vec![Sentence::new("verify_language").with("found", &report.language)];
    };
    let people = report.candidates.iter().flat_map(|it| [it.shortlist.len(), it.to_check.len()]);
    let openings = report.openings.iter().flat_map(|it| [it.shortlist.len(), it.to_check.len()]);
    let lists_only = report.plan.status == PlanStatus::NotAsked;
    let options = Options {
        on: report.date,
        seed: (!report.seed.draft).then(|| report.seed.seed.clone()),
        salt: report.salt.clone(),
        // the longest list is as long as lists may be, or no list was cut
        top: people.chain(openings).max().unwrap_or(0).max(1),
        language: *language,
        scope: if lists_only { Scope::Shortlists } else { Scope::Plan },
    };
    let made = match assess_problem(problem, &options, &|_| {}) {
        Ok(made) => made.report,
        Err(error) => return vec![Sentence::new("verify_not_made").with("why", error)],
    };
    if made == *report {
        return Vec::new();
    }
    let place = serde_json::to_value(&made).ok().zip(serde_json::to_value(report).ok());
    let place = place.and_then(|(made, report)| difference(&made, &report)).unwrap_or_default();
    vec![Sentence::new("verify_differs").with("place", place)]
}

/// The JSON pointer of the first place where two values differ.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let below = |name: &dyn std::fmt::Display, one: Option<&Value>, other: Option<&Value>| match (one, other)
    {
        (Some(one), Some(other)) => difference(one, other).map(|rest| format!("/{name}{rest}")),
        (None, None) => None,
        _ => Some(format!("/{name}")),
    };
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            (0..one.len().max(other.len())).find_map(|at| below(&at, one.get(at), other.get(at)))
        }
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            names.into_iter().find_map(|name| below(name, one.get(name), other.get(name)))
        }
        _ => (one != other).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        let one = json!({"a": [1, {"b": 2, "c": 3}], "d": 4});
        assert_eq!(difference(&one, &one), None);
        assert_eq!(difference(&one, &json!({"a": [1, {"b": 2, "c": 9}]})).as_deref(), Some("/a/1/c"));
        assert_eq!(difference(&one, &json!({"a": [1], "d": 4})).as_deref(), Some("/a/1"));
        assert_eq!(difference(&json!(1), &json!(2)).as_deref(), Some(""));
    }
}
