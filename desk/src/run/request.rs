//! What a run is asked for: the flags, over the `run.toml` of the folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anzhi::day::Day;
use anzhi::error::Error;
use anzhi::plan::Lottery;
use anzhi::policy::{Decisions, Policy};
use anzhi::run::Scope;
use anzhi::score::Ties;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::failure::{Exit, Failure, Sentence};
use super::{MOST_TOP, Options, USUAL_TOP};
use crate::messages::Language;

/// The file of a folder in which a run may be asked for.
pub const RUN_FILE: &str = "run.toml";

const KEYS: [&str; 5] = ["policy", "date", "seed", "salt", "top"];

/// What was asked for on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// A policy that is compiled in, or a file.
    pub policy: Option<String>,
    /// A file of local decisions; never loaded unasked.
    pub decisions: Option<PathBuf>,
    /// The day of the match.
    pub date: Option<String>,
    /// The published seed.
    pub seed: Option<String>,
    /// The published salt.
    pub salt: Option<String>,
    /// Entries of each shortlist.
    pub top: Option<usize>,
}

/// Everything that a run needs beside its tables, read and checked.
#[derive(Clone, Debug)]
pub struct Request {
    /// The policy, with the local decisions that were supplied.
    pub policy: Policy,
    /// The text from which it was read.
    pub policy_text: String,
    /// The text of the local decisions.
    pub decisions_text: Option<String>,
    /// Day, seed, salt, length of the shortlists, language.
    pub options: Options,
}

impl Request {
    /// Reads the `run.toml` of the folder, if there is one, and the files that it or the flags name. `fallback` is the
    /// policy where neither names one; without it that is wrong use.
    ///
    /// # Errors
    ///
    /// Wrong use: no policy or no day from either side, an unknown policy, a day that the calendar does not have, a
    /// key of `run.toml` that nobody knows, a file that is not there. The input cannot be used: faults in the text of
    /// the policy or the decisions, each with line and column.
    pub fn gather(
        folder: &Path,
        flags: &Flags,
        fallback: Option<&str>,
        language: Language,
    ) -> Result<Self, Failure> {
        let file = RunFile::of(folder)?;
        let policy = Named::of(flags.policy.as_deref(), file.policy.as_deref(), folder)
            .or_else(|| fallback.map(Named::given))
            .ok_or_else(|| Failure::wrong_use(Sentence::new("policy_not_named").with("names", names())))?;
        let (mut policy, policy_text) = policy.read()?;
        let on = match (&flags.date, file.date) {
            (Some(text), _) => day(text)?,
            (None, Some(day)) => day,
            (None, None) => return Err(Failure::wrong_use(Sentence::new("no_date"))),
        };
        let mut decisions_text = None;
        if let Some(path) = &flags.decisions {
            let text = read_text(path)?;
            policy = decide(policy, &text, on).map_err(|why| undecided(path, on, &why))?;
            decisions_text = Some(text);
        }
        // an empty seed in `run.toml` is the place for one that is not published yet; nobody types that on purpose
        let seed = flags.seed.clone().or(file.seed.filter(|seed| !seed.is_empty()));
        if Lottery::new(seed.as_deref()).is_err() {
            return Err(Failure::wrong_use(Sentence::new("seed_not_a_line")));
        }
        let salt = flags.salt.clone().or(file.salt.filter(|salt| !salt.is_empty()));
        if Ties::new(salt.as_deref()).is_err() {
            return Err(Failure::wrong_use(Sentence::new("salt_not_a_line")));
        }
        let top = flags.top.or(file.top).unwrap_or(USUAL_TOP);
        if !(1..=MOST_TOP).contains(&top) {
            return Err(Failure::wrong_use(
                Sentence::new("top_range").with("top", top).with("most", MOST_TOP),
            ));
        }
        Ok(Self {
            policy,
            policy_text,
            decisions_text,
            options: Options { on, seed, salt, top, language, scope: Scope::Plan },
        })
    }
}

/// The policies that are compiled in, as a list to choose from.
#[must_use]
pub fn names() -> String {
    Policy::BUILTIN.join(", ")
}

fn day(text: &str) -> Result<Day, Failure> {
    text.parse().map_err(|_| Failure::wrong_use(Sentence::new("not_a_day").with("found", text)))
}

/// A policy as somebody named it: compiled in, or a file.
pub struct Named {
    name: String,
    path: PathBuf,
}

impl Named {
    /// A name given on the command line.
    #[must_use]
    pub fn given(name: &str) -> Self {
        Self { name: name.to_owned(), path: PathBuf::from(name) }
    }

    /// The flag's name, else that of `run.toml`, whose files stand beside it.
    fn of(flag: Option<&str>, file: Option<&str>, folder: &Path) -> Option<Self> {
        flag.map(Self::given)
            .or_else(|| file.map(|name| Self { name: name.to_owned(), path: folder.join(name) }))
    }

    /// The policy and its text.
    ///
    /// # Errors
    ///
    /// Wrong use: neither a policy of this name nor a file. The input cannot be used: faults in the text.
    pub fn read(&self) -> Result<(Policy, String), Failure> {
        if let Some(text) = Policy::builtin_text(&self.name) {
            let policy = Policy::from_toml(text).map_err(|error| faults_of(&self.path, &error))?;
            return Ok((policy, text.to_owned()));
        }
        let looks_like_a_file = self.name.contains(['/', '\\', '.']);
        if !looks_like_a_file && !self.path.is_file() {
            let sentence = Sentence::new("policy_unknown").with("name", &self.name).with("names", names());
            return Err(Failure::wrong_use(sentence));
        }
        let text = read_text(&self.path)?;
        let policy = Policy::from_toml(&text).map_err(|error| faults_of(&self.path, &error))?;
        Ok((policy, text))
    }
}

/// Why local decisions cannot be taken up.
#[derive(Debug)]
pub enum Undecided {
    /// Faults in their text, or of policy and decisions together; each with line and column.
    Text(Error),
    /// These decisions and orders had not been taken on the day of the match.
    Later(Vec<Later>),
}

/// A decision or an order that had not been taken on the day of the match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// What it settles, or for whom it is.
    pub what: String,
    /// Which office.
    pub office: String,
    /// When.
    pub date: Day,
}

/// The policy with the local decisions of a text, for a match on this day.
///
/// # Errors
///
/// [`Undecided`].
pub fn decide(policy: Policy, text: &str, on: Day) -> Result<Policy, Undecided> {
    let decisions = Decisions::from_toml(text).map_err(Undecided::Text)?;
    let policy = policy.with_decisions(&decisions).map_err(Undecided::Text)?;
    let later: Vec<Later> = later(&policy, on).collect();
    if later.is_empty() { Ok(policy) } else { Err(Undecided::Later(later)) }
}

fn later(policy: &Policy, on: Day) -> impl Iterator<Item = Later> {
    let decisions = policy.decided_after(on).map(|it| (it.topic.to_string(), &it.office, it.date));
    let orders = policy.ordered_after(on).map(|it| (it.candidate.to_string(), &it.office, it.date));
    decisions.chain(orders).map(|(what, office, date)| Later { what, office: office.clone(), date })
}

/// Why the local decisions of a file cannot be taken up, one sentence each.
#[must_use]
pub fn undecided(path: &Path, on: Day, why: &Undecided) -> Failure {
    let later = |used: &Later| {
        let sentence = Sentence::new("decision_later").with("file", path.display()).with("on", on);
        sentence.with("office", &used.office).with("date", used.date)
    };
    match why {
        Undecided::Text(error) => faults_of(path, error),
        Undecided::Later(used) => {
            Failure { exit: Exit::Unusable, sentences: used.iter().map(later).collect() }
        }
    }
}

/// Every fault of a policy or decisions file, one sentence each.
#[must_use]
pub fn faults_of(path: &Path, error: &Error) -> Failure {
    let file = path.display();
    let whole = |message: &dyn std::fmt::Display| {
        Sentence::new("text_fault").with("file", &file).with("message", message)
    };
    let mut sentences: Vec<Sentence> = error
        .policy_faults()
        .iter()
        .map(|fault| match fault.at {
            Some((line, column)) => {
                let at = if fault.path.is_empty() { String::new() } else { format!("`{}`: ", fault.path) };
                let sentence = Sentence::new("text_fault_at").with("file", &file);
                let sentence = sentence.with("line", line).with("column", column);
                sentence.with("message", format!("{at}{}", fault.message))
            }
            None => whole(fault),
        })
        .collect();
    if sentences.is_empty() {
        sentences.push(whole(error));
    }
    Failure { exit: Exit::Unusable, sentences }
}

/// The text of a file that somebody named.
///
/// # Errors
///
/// Wrong use if it is not there; the input cannot be used if it is no text.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

/// Why a file that somebody named cannot be read.
#[must_use]
pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let about = |key| Sentence::new(key).with("file", path.display());
    match error.kind() {
        io::ErrorKind::NotFound => Failure::wrong_use(about("file_missing")),
        io::ErrorKind::InvalidData => Failure::unusable(about("file_not_text")),
        _ => Failure::unusable(about("file_unreadable").with("why", error)),
    }
}

/// What a `run.toml` says.
#[derive(Debug, Default, PartialEq, Eq)]
struct RunFile {
    policy: Option<String>,
    date: Option<Day>,
    seed: Option<String>,
    salt: Option<String>,
    top: Option<usize>,
}

impl RunFile {
    fn of(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(RUN_FILE);
        if !folder.is_dir() || !path.exists() {
            return Ok(Self::default());
        }
        Self::read(&read_text(&path)?).map_err(|sentences| Failure {
            exit: Exit::WrongUse,
            sentences: sentences.into_iter().map(|it| it.with("file", path.display())).collect(),
        })
    }

    fn read(text: &str) -> Result<Self, Vec<Sentence>> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let mut faults: Vec<Sentence> = errors
            .iter()
            .map(|error| {
                let at = error.span().map_or(0, |span| span.start);
                placed("text_fault_at", text, at).with("message", error.message())
            })
            .collect();
        let mut file = Self::default();
        if faults.is_empty() {
            for (key, value) in tree.get_ref() {
                if let Err(fault) = file.take(text, key.get_ref(), key.span().start, value) {
                    faults.push(fault);
                }
            }
        }
        if faults.is_empty() { Ok(file) } else { Err(faults) }
    }

    fn take(
        &mut self,
        text: &str,
        key: &str,
        at: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), Sentence> {
        let wrong = |wanted: &'static str| {
            placed(wanted, text, value.span().start).with("key", key).with("found", value_text(text, value))
        };
        let words = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
        match key {
            "policy" => self.policy = Some(words(value.get_ref()).ok_or_else(|| wrong("run_wants_text"))?),
            "seed" => self.seed = Some(words(value.get_ref()).ok_or_else(|| wrong("run_wants_text"))?),
            "salt" => self.salt = Some(words(value.get_ref()).ok_or_else(|| wrong("run_wants_text"))?),
            "date" => {
                let written = match value.get_ref() {
                    DeValue::Datetime(date) => Some(date.to_string()),
                    other => words(other),
                };
                let day = written.and_then(|text| text.parse().ok());
                self.date = Some(day.ok_or_else(|| wrong("run_wants_day"))?);
            }
            "top" => {
                let number = value_text(text, value).parse().ok();
                self.top = Some(number.ok_or_else(|| wrong("run_wants_number"))?);
            }
            _ => {
                let sentence = placed("run_key_unknown", text, at).with("key", key);
                return Err(sentence.with("keys", KEYS.join(", ")));
            }
        }
        Ok(())
    }
}

fn value_text<'t>(text: &'t str, value: &Spanned<DeValue<'_>>) -> &'t str {
    text.get(value.span()).unwrap_or_default()
}

/// A sentence about a place in a text: line and column from 1, columns in characters.
fn placed(key: &'static str, text: &str, at: usize) -> Sentence {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(start..).unwrap_or_default().chars().filter(|it| *it != '\u{feff}').count() + 1;
    Sentence::new(key).with("line", line).with("column", column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let faults = RunFile::read(text).expect_err("faults");
        faults.iter().map(|it| it.clone().with("file", "run.toml").say(Language::En)).collect()
    }

    #[test]
    fn a_run_file_is_read() {
        let text = "policy = \"xinhuang\"\ndate = 2024-06-30\nseed = \"1\"\ntop = 5\n";
        let file = RunFile::read(text).expect("a run file");
        assert_eq!(file.date.map(|day| day.to_string()).as_deref(), Some("2024-06-30"));
        assert_eq!(file.top, Some(5));
        assert_eq!(RunFile::read(&text.replace("2024-06-30", "\"2024-06-30\"")).expect("a text"), file);
        assert_eq!(RunFile::read("").expect("empty"), RunFile::default());
    }

    #[test]
    fn every_fault_is_told_at_its_place() {
        let faults = said("policy = 3\n date = \"2024-02-30\"\ntop = -1\npolcy = 2\n");
        assert_eq!(faults.len(), 4, "{faults:?}");
        for place in ["line 1, column 10", "line 2, column 9", "line 3, column 7", "line 4, column 1"] {
            assert!(faults.iter().any(|it| it.contains(place)), "{place}: {faults:?}");
        }
        assert!(said("date = 2024-06-30T12:00:00").concat().contains("YYYY-MM-DD"));
        assert!(said("policy = ").concat().contains("line 1, column 10"));
    }
}
