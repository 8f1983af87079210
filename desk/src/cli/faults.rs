//! Reading the input, and the list of its faults by file, row and column.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anzhi::input::Document;
use anzhi::issue::{IssueCode, Severity};
use serde::Serialize;

use super::screen::Columns;
use crate::headings::sheet_named;
use crate::intake::{self, Intake, Places, Reason};
use crate::messages::{self, Language};
use crate::run::{Exit, Failure, Sentence, faults_of};
use crate::tables::{Cell, Fault};

/// Asks whether there is an input of a kind that can be read, before anything else is asked: whoever names one table
/// instead of its folder shall not be told that the policy is missing.
pub(super) fn must_be_there(path: &Path) -> Result<(), Failure> {
    let wrong = |key| Err(Failure::wrong_use(Sentence::new(key).with("input", path.display())));
    if !path.exists() {
        return wrong("input_missing");
    }
    if path.is_dir() {
        return Ok(());
    }
    match path.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Ok(()),
        Some("xlsx" | "xls" | "xlsm" | "xlsb" | "ods" | "et") => wrong("input_workbook"),
        _ => wrong("input_kind"),
    }
}

/// Reads a folder of tables, or a document of the format `anzhi.input/1`.
pub(super) fn read(path: &Path, language: Language) -> Result<Intake, Failure> {
    if !path.is_dir() {
        return document(path);
    }
    intake::read_folder(path).map_err(|error| {
        let reason = |reason: &Reason| Sentence::new(key_of(*reason)).with("input", path.display());
        let mut sentences: Vec<Sentence> = error.reasons.iter().map(reason).collect();
        let faults = Listed::of(&error.faults, &Places::default(), &[], language);
        sentences.extend(faults.iter().map(|fault| {
            let sentence = Sentence::new("input_fault").with("place", fault.place(language));
            sentence.with("code", fault.code).with("text", &fault.text)
        }));
        Failure { exit: Exit::Unusable, sentences }
    })
}

fn document(path: &Path) -> Result<Intake, Failure> {
    let file = File::open(path).map_err(|error| crate::run::unreadable(path, &error))?;
    let document = Document::from_json(file).map_err(|error| faults_of(path, &error))?;
    Ok(Intake {
        document,
        faults: Vec::new(),
        places: Places::default(),
        counts: BTreeMap::new(),
        people: BTreeMap::new(),
    })
}

const fn key_of(reason: Reason) -> &'static str {
    match reason {
        Reason::NoFolder => "input_no_folder",
        Reason::NoCandidates => "input_no_candidates",
        Reason::NoOpenings => "input_no_openings",
    }
}

/// Rows that the tables lost before the engine saw them.
pub(super) fn rejected_rows(intake: &Intake) -> usize {
    intake.counts.values().map(|count| count.rejected).sum()
}

/// Findings about a table as a whole: it is not there, empty, of the wrong kind, without a heading that it needs, cut
/// off at the limit, or cannot be opened.
const WHOLE_TABLE: [IssueCode; 6] = [
    IssueCode::FileMissing,
    IssueCode::FileEmpty,
    IssueCode::FileNotText,
    IssueCode::HeadingMissing,
    IssueCode::TableTooLarge,
    IssueCode::FileUnreadable,
];

/// One sentence for each table of the folder that was not, or not wholly, read: a person may be in no group only
/// because nobody looked.
pub(super) fn tables_not_read(intake: &Intake, language: Language) -> Vec<Sentence> {
    let mut codes: BTreeMap<&str, IssueCode> = BTreeMap::new();
    for fault in intake.faults.iter().filter(|it| WHOLE_TABLE.contains(&it.issue.code())) {
        if let Some(cell) = &fault.cell {
            codes.entry(&cell.file).or_insert(fault.issue.code());
        }
    }
    let sentence = |(file, code): (&str, IssueCode)| {
        let stem = Path::new(file).file_stem().and_then(|it| it.to_str()).unwrap_or(file);
        let key = if sheet_named(stem).is_some() { "table_not_read" } else { "file_not_read" };
        let sentence = Sentence::new(key).with("file", file).with("code", code);
        sentence.with("why", messages::finding_message(language, code))
    };
    codes.into_iter().map(sentence).collect()
}

/// A finding of the engine about the document: code, JSON pointer, what was found.
pub(super) type Found<'r> = (IssueCode, &'r str, &'r str);

/// A fault as it is listed and written to `faults.json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Listed {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) column: String,
    pub(super) code: IssueCode,
    pub(super) severity: Severity,
    /// JSON pointer into the document, where the row became part of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) found: String,
    pub(super) text: String,
}

impl Listed {
    /// The faults of the tables and the findings of the engine in one list, by file, row and column.
    pub(super) fn of(
        faults: &[Fault],
        places: &Places,
        found: &[Found<'_>],
        language: Language,
    ) -> Vec<Self> {
        let of_tables = faults.iter().map(|fault| {
            let issue = &fault.issue;
            Self::new(fault.cell.clone(), (issue.code(), issue.path(), issue.found()), language)
        });
        let of_engine = found.iter().map(|found| Self::new(places.cell(found.1), *found, language));
        let mut listed: Vec<Self> = of_tables.chain(of_engine).collect();
        listed.sort();
        listed
    }

    fn new(cell: Option<Cell>, (code, path, found): Found<'_>, language: Language) -> Self {
        let (file, row, column) = cell.map_or_else(Default::default, |it| (it.file, it.row, it.column));
        Self {
            file,
            row,
            column: column.unwrap_or_default(),
            code,
            severity: code.severity(),
            path: path.to_owned(),
            found: found.to_owned(),
            text: messages::finding(language, code, found),
        }
    }

    /// Where it is, as people say it.
    pub(super) fn place(&self, language: Language) -> String {
        let key = match (self.file.is_empty(), self.row, self.column.is_empty()) {
            (true, ..) if self.path.is_empty() => "place_whole",
            (true, ..) => "place_pointer",
            (false, None, true) => "place_file",
            (false, None, false) => "place_column",
            (false, Some(_), true) => "place_row",
            (false, Some(_), false) => "place_cell",
        };
        let sentence = Sentence::new(key).with("file", &self.file).with("path", &self.path);
        let sentence = sentence.with("row", self.row.unwrap_or_default());
        sentence.with("column", &self.column).say(language)
    }
}

/// The list as people read it, one line a fault.
pub(super) fn in_lines<'l>(listed: impl Iterator<Item = &'l Listed>, language: Language) -> String {
    let mut columns = Columns::default();
    for fault in listed {
        columns.row([fault.place(language), fault.code.to_string(), fault.text.clone()]);
    }
    columns.text(0)
}
