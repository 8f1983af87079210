//! Bad input: every code of a finding is really produced at its place, fifty faults in one folder are found to the cell,
//! and nothing that a folder may hold makes the reader or the engine panic.

mod codes;
mod extremes;
mod fifty;
mod odd;

use std::path::{Path, PathBuf};

use anzhi::day::Day;
use anzhi::input::Document;
use anzhi::issue::{IssueCode, Severity};
use anzhi::policy::Policy;
use anzhi::report::Report;
use anzhi::run::Scope;
use anzhi_desk::intake::{Count, Intake, Places, SheetKind, read_folder};
use anzhi_desk::messages::Language;
use anzhi_desk::run::{Options, USUAL_TOP, assess};
use anzhi_desk::tables::{Cell, Fault};

/// A finding with its place: a cell of a file, or a pointer where no file is behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) file: String,
    pub(super) row: Option<u32>,
    pub(super) column: String,
    pub(super) pointer: String,
    pub(super) code: IssueCode,
    pub(super) found: String,
}

impl Line {
    fn of(cell: Option<Cell>, pointer: &str, code: IssueCode, found: &str) -> Self {
        let (code, found) = (code, found.to_owned());
        match cell {
            Some(Cell { file, row, column }) => {
                Self { file, row, column: column.unwrap_or_default(), pointer: String::new(), code, found }
            }
            None => Self {
                file: String::new(),
                row: None,
                column: String::new(),
                pointer: pointer.to_owned(),
                code,
                found,
            },
        }
    }

    fn of_table(fault: &Fault) -> Self {
        Self::of(fault.cell.clone(), fault.issue.path(), fault.issue.code(), fault.issue.found())
    }

    /// Whether it says that something was lost or left out, and is no remark about an advert.
    pub(super) fn is_fault(&self) -> bool {
        self.code.severity() != Severity::Advert
    }
}

/// What reading and the engine made of an input.
pub(super) struct Judged {
    pub(super) intake: Intake,
    pub(super) report: Report,
    /// Every finding, sorted by place.
    pub(super) lines: Vec<Line>,
}

impl Judged {
    /// The findings that are no remarks about adverts.
    pub(super) fn faults(&self) -> Vec<Line> {
        self.lines.iter().filter(|line| line.is_fault()).cloned().collect()
    }

    /// Received, accepted and rejected rows of each sheet that was there, after tables and engine. A folder's own places
    /// and skills join the built-in ones before the engine counts them, and ids that others name stand for the rows of a
    /// table without rows: theirs are the counts of the tables.
    pub(super) fn rows(&self) -> Vec<(SheetKind, Count)> {
        let after = |kind: SheetKind| self.report.summary.rows.iter().find(|it| it.list == kind.as_str());
        let both = |(kind, count): (&SheetKind, &Count)| {
            // Of a table that was not read at all, what the document holds are ids that other tables name.
            if matches!(kind, SheetKind::Regions | SheetKind::Skills) || count.accepted == 0 {
                return (*kind, *count);
            }
            let engine = after(*kind).expect("a list of the report");
            let lost = engine.received - engine.accepted;
            let rejected = count.rejected + lost;
            let accepted = engine.accepted;
            (*kind, Count { received: count.received, accepted, rejected })
        };
        self.intake.counts.iter().map(both).collect()
    }
}

/// Every finding about a document, in the order of its places.
pub(super) fn lines_of(report: &Report, places: &Places, tables: &[Fault]) -> Vec<Line> {
    let of_engine = report.rejected.iter().map(|it| &it.finding).chain(&report.findings);
    let of_engine = of_engine.map(|it| Line::of(places.cell(&it.path), &it.path, it.code, &it.found));
    let mut lines: Vec<Line> = tables.iter().map(Line::of_table).chain(of_engine).collect();
    lines.sort();
    lines
}

/// Runs the engine over a document.
pub(super) fn engine(document: Document, policy: &str, on: Day) -> Report {
    let text = Policy::builtin_text(policy).expect("a policy");
    let policy = Policy::from_toml(text).expect("a policy without faults");
    let options =
        Options { on, seed: None, salt: None, top: USUAL_TOP, language: Language::Zh, scope: Scope::Plan };
    assess(document, policy, &options).expect("a run").report
}

/// Reads a folder and runs the engine; the faults where the folder cannot be used at all.
pub(super) fn judge(folder: &Path, policy: &str, on: Day) -> Result<Judged, Vec<Line>> {
    let intake = read_folder(folder)
        .map_err(|unusable| unusable.faults.iter().map(Line::of_table).collect::<Vec<_>>())?;
    let report = engine(intake.document.clone(), policy, on);
    let lines = lines_of(&report, &intake.places, &intake.faults);
    Ok(Judged { intake, report, lines })
}

pub(super) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/invalid")
}

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}
