//! `anzhi policy`: policies checked against their sources, shown, and compared.

use std::fmt::Write as _;
use std::path::PathBuf;

use anzhi::day::Day;
use anzhi::policy::{Basis, Policy, Source, diff, find_quotes, quotations};
use anzhi::words::{Criterion, Topic};
use clap::{Args, Subcommand};

use super::Answer;
use super::screen::{Columns, headed};
use crate::messages::{self, Language};
use crate::run::{Exit, Failure, Named, Sentence, read_text};

/// Check, show or compare policies.
#[derive(Debug, Subcommand)]
pub(super) enum Policies {
    /// Read policies, and find their quotations in the source texts.
    Check(CheckPolicies),
    /// Show what a policy says.
    Show(ShowPolicy),
    /// Show where two policies differ.
    Diff(DiffPolicies),
}

#[derive(Debug, Args)]
pub(super) struct CheckPolicies {
    /// Files or names; none = those that come with the program.
    #[arg(value_name = "NAME|FILE")]
    files: Vec<String>,
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ShowPolicy {
    #[arg(value_name = "NAME|FILE")]
    name: String,
    /// The text itself, to copy and change.
    #[arg(long)]
    toml: bool,
}

#[derive(Debug, Args)]
pub(super) struct DiffPolicies {
    #[arg(value_name = "A")]
    left: String,
    #[arg(value_name = "B")]
    right: String,
}

impl Policies {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        match self {
            Self::Check(command) => command.run(language),
            Self::Show(command) => command.run(language),
            Self::Diff(command) => command.run(language),
        }
    }
}

impl CheckPolicies {
    fn run(&self, language: Language) -> Result<Answer, Failure> {
        if let Some(folder) = self.sources.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(Failure::wrong_use(Sentence::new("no_folder").with("folder", folder.display())));
        }
        let given = self.files.iter().map(String::as_str);
        let names: Vec<&str> = if self.files.is_empty() { Policy::BUILTIN.to_vec() } else { given.collect() };
        let mut rows = Columns::default();
        let mut failure: Option<Failure> = None;
        for name in names {
            let (said, found) = match Named::given(name).read() {
                Ok((policy, _)) => self.one(&policy),
                Err(error) => {
                    (Sentence::new("policy_faults").with("count", error.sentences.len()), Some(error))
                }
            };
            rows.row([name.to_owned(), said.say(language)]);
            failure = worse(failure, found);
        }
        Ok(Answer { text: rows.text(0), failure })
    }

    /// A policy that reads: are its quotations in its source?
    fn one(&self, policy: &Policy) -> (Sentence, Option<Failure>) {
        let quotes = quotations(policy).count();
        let count = |key| Sentence::new(key).with("quotes", quotes).with("bases", policy.bases().count());
        let Some(file) = policy.source_file() else { return (count("policy_no_source"), None) };
        let Some(folder) = &self.sources else { return (count("policy_reads"), None) };
        let path = folder.join(file);
        let source = match read_text(&path) {
            Ok(source) => source,
            Err(error) => {
                return (count("policy_source_missing").with("file", path.display()), Some(error));
            }
        };
        let absent = find_quotes(policy, &source);
        if absent.is_empty() {
            return (count("policy_found"), None);
        }
        let sentence = |basis: &&Basis| {
            let sentence = Sentence::new("quote_absent").with("policy", policy.name()).with("id", &basis.id);
            let sentence = sentence.with("clause", &basis.clause).with("file", path.display());
            sentence.with("quote", basis.quote.as_deref().unwrap_or_default())
        };
        let sentences: Vec<Sentence> = absent.iter().map(sentence).collect();
        let said = count("policy_absent").with("absent", sentences.len());
        (said, Some(Failure { exit: Exit::Partly, sentences }))
    }
}

/// Both failures in one; the graver exit stands. A source that is missing is no wrong use of the command.
fn worse(one: Option<Failure>, other: Option<Failure>) -> Option<Failure> {
    match (one, other) {
        (Some(mut one), Some(other)) => {
            one.exit = one.exit.max(other.exit);
            one.sentences.extend(other.sentences);
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

impl ShowPolicy {
    fn run(&self, language: Language) -> Result<Answer, Failure> {
        let (policy, text) = Named::given(&self.name).read()?;
        Ok(Answer::good(if self.toml { text } else { shown(&policy, language) }))
    }
}

/// One part of a policy as a table.
type Part = fn(&Policy, Language) -> Columns;

fn shown(policy: &Policy, language: Language) -> String {
    let mut text = format!("{}  {}\n", policy.name(), policy.title());
    let period = policy.in_force();
    let day = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    let sentence = Sentence::new("policy_period").with("from", day(period.from));
    let _ = writeln!(text, "{}", sentence.with("until", day(period.until)).say(language));
    let parts: [(&'static str, Part); 5] = [
        ("policy_tiers", tiers),
        ("policy_rules", rules),
        ("policy_weights", weights),
        ("policy_choices", choices),
        ("policy_missing", missing),
    ];
    for (heading, rows) in parts {
        headed(&mut text, &Sentence::new(heading).say(language), &rows(policy, language));
    }
    text
}

fn tiers(policy: &Policy, language: Language) -> Columns {
    let mut rows = Columns::default();
    let tiers = policy.tiers().unwrap_or_default();
    for (number, tier) in (1..).zip(tiers) {
        for entry in &tier.entries {
            let number = messages::tier_name(language, number, tiers.len());
            let group = messages::word(language, entry.group).to_owned();
            let who = format!("word.beneficiaries.{}", entry.beneficiaries.as_str());
            let who = messages::text(language, &who).to_owned();
            rows.row([number, group, who, basis(&entry.basis, language)]);
        }
    }
    rows
}

fn rules(policy: &Policy, language: Language) -> Columns {
    let mut rows = Columns::default();
    for rule in policy.rules() {
        let name = messages::word(language, rule.spec.kind()).to_owned();
        rows.row([name, basis(&rule.basis, language)]);
    }
    rows
}

fn weights(policy: &Policy, language: Language) -> Columns {
    let mut rows = Columns::default();
    for criterion in Criterion::ALL {
        let weight = policy.weights().of(*criterion).to_string();
        rows.row([messages::word(language, *criterion).to_owned(), weight]);
    }
    rows
}

fn choices(policy: &Policy, language: Language) -> Columns {
    let none = || Sentence::new("cap_none").say(language);
    let of = policy.choices();
    let said = [
        (
            Topic::HouseholdCap,
            of.household_cap
                .as_ref()
                .map(|it| (it.value.map_or_else(none, |cap| cap.to_string()), &it.basis)),
        ),
        (
            Topic::Unresolved,
            of.unresolved.as_ref().map(|it| (messages::word(language, it.value).to_owned(), &it.basis)),
        ),
        (
            Topic::Lottery,
            of.lottery.as_ref().map(|it| (messages::word(language, it.value).to_owned(), &it.basis)),
        ),
    ];
    let mut rows = Columns::default();
    for (topic, choice) in said {
        let Some((value, rests_on)) = choice else { continue };
        rows.row([messages::word(language, topic).to_owned(), value, basis(rests_on, language)]);
    }
    rows
}

fn missing(policy: &Policy, language: Language) -> Columns {
    let mut rows = Columns::default();
    for topic in policy.missing() {
        rows.row([messages::word(language, topic)]);
    }
    rows
}

/// Clause, kind of text, and quotation.
fn basis(basis: &Basis, language: Language) -> String {
    let source = match basis.source {
        Source::Seed => "seed",
        Source::National => "national",
        Source::File => "file",
        Source::Decision => "decision",
        Source::Statement => "statement",
    };
    let mut said = format!("{} [{}]", basis.clause, messages::source_name(language, source));
    if let Some(quote) = &basis.quote {
        let _ = write!(said, " “{quote}”");
    }
    said
}

impl DiffPolicies {
    fn run(&self, language: Language) -> Result<Answer, Failure> {
        let (left, _) = Named::given(&self.left).read()?;
        let (right, _) = Named::given(&self.right).read()?;
        let mut rows = Columns::default();
        rows.row([String::new(), left.name().to_owned(), right.name().to_owned()]);
        let silent = || Sentence::new("policy_silent").say(language);
        let differences = diff(&left, &right);
        for difference in &differences {
            let said = |side: &Option<String>| side.clone().unwrap_or_else(silent);
            rows.row([difference.path.clone(), said(&difference.left), said(&difference.right)]);
        }
        let none = || Sentence::new("policy_same").say(language) + "\n";
        Ok(Answer::good(if differences.is_empty() { none() } else { rows.text(0) }))
    }
}
