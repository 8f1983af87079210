//! A finished run, read back from its files alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anzhi::day::Day;
use anzhi::input::Document;
use anzhi::policy::Policy;
use anzhi::problem::Problem;
use anzhi::report::{CertificateRecord, FORMAT, Report};
use serde::de::DeserializeOwned;

use super::failure::{Failure, Sentence};
use super::outcome::{digest, files};
use super::request::{decide, faults_of, undecided, unreadable};

/// The files that every run writes, beside the digests themselves.
const ALWAYS: [&str; 4] = [files::INPUT, files::POLICY, files::REPORT, files::WORKBOOK];

/// The folder of a finished run.
#[derive(Clone, Debug)]
pub struct Finished {
    folder: PathBuf,
}

/// What became of a file since the run was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Its digest differs.
    Altered(String),
    /// It is gone.
    Gone(String),
    /// The digests leave it out, although every run writes it.
    Unlisted(&'static str),
    /// There are no digests to compare with.
    NoDigests,
}

impl Finished {
    /// The run in this folder.
    ///
    /// # Errors
    ///
    /// Wrong use if there is no such folder.
    pub fn in_folder(folder: &Path) -> Result<Self, Failure> {
        if folder.is_dir() {
            return Ok(Self { folder: folder.to_owned() });
        }
        Err(Failure::wrong_use(Sentence::new("no_result").with("out", folder.display())))
    }

    /// The report.
    ///
    /// # Errors
    ///
    /// The input cannot be used: it is not there, or is no report of this format.
    pub fn report(&self) -> Result<Report, Failure> {
        let path = self.folder.join(files::REPORT);
        if path.is_file() { read_report(&path) } else { Err(lacks(&path)) }
    }

    /// The proof of the plan; `None` where there is none.
    ///
    /// # Errors
    ///
    /// The input cannot be used: the file is no certificate.
    pub fn certificate(&self) -> Result<Option<CertificateRecord>, Failure> {
        let path = self.folder.join(files::CERTIFICATE);
        if path.exists() { read_json(&path).map(Some) } else { Ok(None) }
    }

    /// The policy, with the local decisions that lie beside it.
    ///
    /// # Errors
    ///
    /// The input cannot be used: a file is not there, or has faults.
    pub fn policy(&self, on: Day) -> Result<Policy, Failure> {
        let path = self.folder.join(files::POLICY);
        let policy = Policy::from_toml(&self.text(files::POLICY)?);
        let policy = policy.map_err(|error| faults_of(&path, &error))?;
        let decisions = self.folder.join(files::DECISIONS);
        if !decisions.exists() {
            return Ok(policy);
        }
        let text = self.text(files::DECISIONS)?;
        decide(policy, &text, on).map_err(|why| undecided(&decisions, on, &why))
    }

    /// The document behind the gate, on the day of the report.
    ///
    /// # Errors
    ///
    /// The input cannot be used: a file is not there, or has faults.
    pub fn problem(&self, on: Day) -> Result<Problem, Failure> {
        let path = self.folder.join(files::INPUT);
        let bytes = fs::read(&path).map_err(|error| unread(&path, &error))?;
        let document = Document::from_json(bytes.as_slice()).map_err(|error| faults_of(&path, &error))?;
        Problem::new(document, self.policy(on)?, on).map_err(|error| faults_of(&path, &error))
    }

    /// Which files are no longer what the run wrote, and how many are.
    ///
    /// # Errors
    ///
    /// The input cannot be used: the digests are there and cannot be read.
    pub fn changed(&self) -> Result<(usize, Vec<Changed>), Failure> {
        self.changed_among(&ALWAYS)
    }

    /// [`Self::changed`] of a result that always holds these files.
    ///
    /// # Errors
    ///
    /// As [`Self::changed`].
    pub fn changed_among(&self, always: &[&'static str]) -> Result<(usize, Vec<Changed>), Failure> {
        let path = self.folder.join(files::DIGESTS);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((0, vec![Changed::NoDigests]));
            }
            Err(error) => return Err(unread(&path, &error)),
        };
        let mut same = 0;
        let listed: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once("  ")).collect();
        let unlisted = always.iter().filter(|name| !listed.iter().any(|(_, own)| own == *name));
        let mut changed: Vec<Changed> = unlisted.map(|name| Changed::Unlisted(name)).collect();
        for (wanted, name) in listed {
            match fs::read(self.folder.join(name)) {
                Ok(bytes) if digest(&bytes) == wanted => same += 1,
                Ok(_) => changed.push(Changed::Altered(name.to_owned())),
                Err(_) => changed.push(Changed::Gone(name.to_owned())),
            }
        }
        Ok((same, changed))
    }

    fn text(&self, name: &str) -> Result<String, Failure> {
        let path = self.folder.join(name);
        fs::read_to_string(&path).map_err(|error| unread(&path, &error))
    }
}

/// A report from a file that somebody named.
///
/// # Errors
///
/// Wrong use if it is not there; the input cannot be used if it is no report of this format.
pub fn read_report(path: &Path) -> Result<Report, Failure> {
    let report: Report = read_json(path)?;
    if report.format == FORMAT {
        return Ok(report);
    }
    let sentence = Sentence::new("report_format").with("file", path.display());
    Err(Failure::unusable(sentence.with("found", &report.format).with("wanted", FORMAT)))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let sentence = Sentence::new("text_fault").with("file", path.display());
        Failure::unusable(sentence.with("message", error))
    })
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound { lacks(path) } else { unreadable(path, error) }
}

/// A file that is missing in a result makes the result useless; nobody named that file, so it is no wrong use.
fn lacks(path: &Path) -> Failure {
    Failure::unusable(Sentence::new("result_lacks").with("file", path.display()))
}
