//! Each code of a finding has small cases in `fixtures/invalid/codes/<CODE>.toml`, each of which really produces it.
//!
//! A case is a folder of tables (the clean ones of `base/`, with the case's own in their place) or a document as JSON, and
//! says where the finding must stand. No other fault may be found but those that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anzhi::day::Day;
use anzhi::input::Document;
use anzhi::issue::IssueCode;
use anzhi_desk::intake::Places;
use serde::Deserialize;
use tempfile::TempDir;

use super::{Line, day, engine, fixtures, judge, lines_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Where the finding must stand; nothing = about the input as a whole.
    at: At,
    /// What it must show; nothing = not looked at.
    found: Option<String>,
    /// Codes of what follows from the fault.
    #[serde(default)]
    also: Vec<String>,
    /// Tables, by file name.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The same with bytes that are no text, written `\xFF`.
    #[serde(default)]
    raw: BTreeMap<String, String>,
    /// Tables of the base that are not there.
    #[serde(default)]
    remove: Vec<String>,
    /// Folders that lie where a table should.
    #[serde(default)]
    folders: Vec<String>,
    document: Option<String>,
    policy: Option<String>,
    date: Option<toml::value::Datetime>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct At {
    file: String,
    row: Option<u32>,
    column: String,
    pointer: String,
}

impl At {
    fn is(&self, line: &Line) -> bool {
        (&self.file, self.row, &self.column, &self.pointer)
            == (&line.file, line.row, &line.column, &line.pointer)
    }
}

impl Case {
    fn on(&self) -> Day {
        self.date.map_or_else(|| day("2024-06-30"), |date| day(&date.to_string()))
    }

    /// The folder that the case describes.
    fn folder(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &String| folder.path().join(name);
        for entry in fs::read_dir(fixtures().join("codes/base")).expect("the base").flatten() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a table");
        }
        for name in self.remove.iter().chain(&self.folders) {
            fs::remove_file(at(name)).expect("a table of the base");
        }
        for name in &self.folders {
            fs::create_dir(at(name)).expect("a folder");
        }
        for (name, text) in &self.files {
            fs::write(at(name), text).expect("a table");
        }
        for (name, text) in &self.raw {
            fs::write(at(name), bytes(text)).expect("a table");
        }
        folder
    }

    fn lines(&self) -> Vec<Line> {
        let policy = self.policy.as_deref().unwrap_or("general");
        let Some(json) = &self.document else {
            let judged = judge(self.folder().path(), policy, self.on());
            return judged.map_or_else(|lines| lines, |judged| judged.lines);
        };
        let document = Document::from_json(json.as_bytes()).expect("a document");
        lines_of(&engine(document, policy, self.on()), &Places::default(), &[])
    }

    /// What is wrong with the case.
    fn judge(&self, code: IssueCode) -> Result<(), String> {
        let lines = self.lines();
        let shows = |line: &&Line| self.found.as_ref().is_none_or(|found| *found == line.found);
        let mut hits = lines.iter().filter(|line| line.code == code && self.at.is(line)).filter(shows);
        let (Some(_), None) = (hits.next(), hits.next()) else {
            return Err(format!("not once at its place: {lines:?}"));
        };
        let mut others: Vec<String> =
            lines.iter().filter(|line| line.is_fault()).map(|line| line.code.to_string()).collect();
        if let Some(own) = others.iter().position(|other| *other == code.as_str()) {
            others.remove(own);
        }
        let mut also = self.also.clone();
        others.sort();
        also.sort();
        if others == also { Ok(()) } else { Err(format!("other faults: {lines:?}")) }
    }
}

/// A text with `\xFF` for bytes.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).expect("two hexadecimal digits"));
        bytes.extend(rest.as_bytes());
    }
    bytes
}

fn cases_of(code: &str) -> Vec<Case> {
    let path = fixtures().join(format!("codes/{code}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{code} has no case: {}", path.display()));
    let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{code}: {error}"));
    cases.case
}

#[test]
fn every_code_is_produced_by_each_of_its_cases_at_its_place() {
    let mut wrong = Vec::new();
    for code in IssueCode::ALL {
        let cases = cases_of(code.as_str());
        assert!(!cases.is_empty(), "{code}");
        for (number, case) in (1..).zip(cases) {
            if let Err(why) = case.judge(*code) {
                wrong.push(format!("{code}, case {number}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_of_a_code() {
    let known: BTreeSet<String> = IssueCode::ALL.iter().map(|code| format!("{code}.toml")).collect();
    for entry in fs::read_dir(fixtures().join("codes")).expect("the cases").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name == "base" || known.contains(&name), "{name}");
    }
}

#[test]
fn the_base_of_the_cases_has_no_fault() {
    let judged = judge(&fixtures().join("codes/base"), "general", day("2024-06-30"));
    let lines = judged.map(|judged| judged.lines).expect("a usable folder");
    assert_eq!(lines.iter().filter(|line| line.is_fault()).count(), 0, "{lines:?}");
}

#[test]
fn every_code_has_a_heading_that_says_what_it_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/issues.md");
    let page = fs::read_to_string(page).expect("the page of findings");
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let wanted: Vec<String> =
        IssueCode::ALL.iter().map(|code| format!("{code} {}", code.message())).collect();
    assert_eq!(headings, wanted);
}
