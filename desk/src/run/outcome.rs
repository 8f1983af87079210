//! What a run leaves behind: one folder, written as a whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::failure::{Failure, Sentence};

/// Names of the files of a finished run.
pub mod files {
    /// The document without names, as the engine read it.
    pub const INPUT: &str = "input.json";
    /// The text of the policy.
    pub const POLICY: &str = "policy.toml";
    /// The text of the local decisions; only where some were supplied.
    pub const DECISIONS: &str = "decisions.toml";
    /// The report.
    pub const REPORT: &str = "report.json";
    /// The proof of the plan; only where there is a plan.
    pub const CERTIFICATE: &str = "certificate.json";
    /// Faults of the tables, with file, row and column; only where there are some.
    pub const FAULTS: &str = "faults.json";
    /// The workbook for staff: the file that is printed and signed.
    pub const WORKBOOK: &str = "结果.xlsx";
    /// What a bare plan achieves.
    pub const OBJECTIVE: &str = "objective.json";
    /// Who a bare plan places where.
    pub const PLAN: &str = "plan.csv";
    /// The candidates of a bare instance.
    pub const CANDIDATES: &str = "candidates.csv";
    /// The openings of a bare instance.
    pub const OPENINGS: &str = "openings.csv";
    /// The pairs of a bare instance.
    pub const PAIRS: &str = "pairs.csv";
    /// Reserves and caps of a bare instance; only where there are some.
    pub const GROUPS: &str = "groups.csv";
    /// Pins and prohibitions of a bare instance; only where there are some.
    pub const ORDERS: &str = "orders.csv";
    /// The plan that was to be kept; only where there was one.
    pub const KEEP: &str = "keep.csv";
    /// A bare instance in its binary form, where it came in that form.
    pub const INSTANCE: &str = "instance.bin";
    /// SHA-256 of all the others, as `sha256sum -c` reads it.
    pub const DIGESTS: &str = "SHA256SUMS";
}

/// What to do where a result stands already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it, and fail.
    Keep,
    /// Put the new one in its place, as a whole.
    Replace,
}

/// The files of a finished run, all built in memory before the first byte is written.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    files: Vec<(&'static str, Vec<u8>)>,
}

impl Outcome {
    /// One more file.
    pub fn put(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.files.push((name, bytes));
    }

    /// Asks whether the result may be written to `out`, before the work is done.
    ///
    /// # Errors
    ///
    /// Wrong use: something stands there, and it may not be replaced or is not a result.
    pub fn may_be_written(out: &Path, existing: Existing) -> Result<(), Failure> {
        let about = |key| Err(Failure::wrong_use(Sentence::new(key).with("out", out.display())));
        in_folders(out)?;
        if !out.exists() || is_empty_folder(out) {
            return Ok(());
        }
        match existing {
            Existing::Keep => about("out_exists"),
            Existing::Replace if !is_result(out) => about("out_is_no_result"),
            Existing::Replace => Ok(()),
        }
    }

    /// Writes the files to a folder beside `out` and then gives it that name. An old result survives a failure.
    ///
    /// # Errors
    ///
    /// As [`Self::may_be_written`], and the input cannot be used: the disk refuses.
    pub fn write(mut self, out: &Path, existing: Existing) -> Result<(), Failure> {
        Self::may_be_written(out, existing)?;
        self.put(files::DIGESTS, self.digests().into_bytes());
        self.write_whole(out).map_err(|error| {
            let sentence = Sentence::new("out_not_written").with("out", out.display());
            Failure::unusable(sentence.with("why", error))
        })
    }

    fn digests(&self) -> String {
        let line = |(name, bytes): &(&str, Vec<u8>)| format!("{}  {name}\n", digest(bytes));
        self.files.iter().map(line).collect()
    }

    fn write_whole(&self, out: &Path) -> io::Result<()> {
        let beside = match out.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(beside)?;
        let fresh = fresh_folder(beside)?;
        for (name, bytes) in &self.files {
            fs::write(fresh.path().join(name), bytes)?;
        }
        if !out.exists() {
            fs::rename(fresh.path(), out)?;
        } else if is_empty_folder(out) {
            fs::remove_dir(out)?;
            fs::rename(fresh.path(), out)?;
        } else {
            let old = fresh_folder(beside)?;
            let put_by: PathBuf = old.path().join("old");
            fs::rename(out, &put_by)?;
            if let Err(error) = fs::rename(fresh.path(), out) {
                if fs::rename(&put_by, out).is_err() {
                    // the old result is all there is, so it stays where it was put by
                    let _ = old.keep();
                }
                return Err(error);
            }
        }
        // its content has moved away, and a folder of this name is the result now
        let _ = fresh.keep();
        Ok(())
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes);
    digits.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Wrong use where a file stands in the place of a folder on the way to `out`, or of `out` itself.
///
/// # Errors
///
/// That file is named.
pub fn in_folders(out: &Path) -> Result<(), Failure> {
    match out.ancestors().find(|it| it.exists()) {
        Some(file) if !file.is_dir() => {
            let sentence = Sentence::new("out_in_file").with("out", out.display());
            Err(Failure::wrong_use(sentence.with("file", file.display())))
        }
        _ => Ok(()),
    }
}

fn is_result(out: &Path) -> bool {
    [files::REPORT, files::OBJECTIVE].iter().any(|name| out.join(name).is_file())
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut rows| rows.next().is_none())
}

/// A folder with the rights that the user's other folders have, gone again unless it is kept.
fn fresh_folder(beside: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".anzhi-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    fn outcome(report: &str) -> Outcome {
        let mut outcome = Outcome::default();
        outcome.put(files::REPORT, report.as_bytes().to_vec());
        outcome.put(files::WORKBOOK, b"book".to_vec());
        outcome
    }

    fn names(folder: &Path) -> Vec<String> {
        let rows = fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<String> = rows.map(|row| row.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_result_is_replaced_as_a_whole_and_only_when_asked() {
        let room = tempfile::tempdir().expect("a folder");
        let out = room.path().join("deep/out");
        outcome("1").write(&out, Existing::Keep).expect("written");
        fs::write(out.join("notes.txt"), "mine").expect("a note");
        let refused = outcome("2").write(&out, Existing::Keep).expect_err("it exists");
        assert!(refused.sentences[0].say(Language::En).contains("--force"));
        assert_eq!(fs::read_to_string(out.join(files::REPORT)).expect("the old one"), "1");
        outcome("2").write(&out, Existing::Replace).expect("replaced");
        assert_eq!(names(&out), ["SHA256SUMS", "report.json", "结果.xlsx"]);
        assert_eq!(names(&room.path().join("deep")), ["out"]);
        let sums = fs::read_to_string(out.join(files::DIGESTS)).expect("digests");
        assert_eq!(sums, format!("{}  report.json\n{}  结果.xlsx\n", digest(b"2"), digest(b"book")));
    }

    #[test]
    fn a_folder_that_is_no_result_is_never_replaced() {
        let room = tempfile::tempdir().expect("a folder");
        fs::write(room.path().join("thesis.doc"), "years").expect("a file");
        assert!(outcome("1").write(room.path(), Existing::Replace).is_err());
        assert_eq!(names(room.path()), ["thesis.doc"]);
        let empty = room.path().join("empty");
        fs::create_dir(&empty).expect("a folder");
        outcome("1").write(&empty, Existing::Keep).expect("nothing is lost");
        for out in ["thesis.doc/out", "thesis.doc/deep/out", "thesis.doc"] {
            let refused = outcome("1").write(&room.path().join(out), Existing::Replace);
            let said = refused.expect_err("a file").sentences[0].say(Language::En);
            assert!(said.contains("thesis.doc is a file where a folder is needed"), "{said}");
        }
        assert_eq!(names(room.path()), ["empty", "thesis.doc"]);
    }
}
