//! From tables to one [`Document`], with every fault in one pass and the way back to file, row and column.
//!
//! A faulty row is set aside, a faulty cell leaves its value unknown and keeps the row, so accepted + rejected =
//! received for every sheet. Names, numbers and telephones of people are read for checking and then dropped: what
//! leaves this module about a person is the nameless record, and [`Names`] for the office's own prints.

mod build;
mod candidates;
mod local;
mod names;
mod openings;
mod papers;
mod places;
mod records;
mod row;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anzhi::ids::CandidateId;
use anzhi::input::Document;
use anzhi::issue::IssueCode;

pub use crate::headings::SheetKind;
pub use crate::tables::{Cell, Fault};
pub use names::Names;
pub use places::Places;

use build::{Build, Lookups};
use row::Source;

use crate::headings::{bind, sheet, sheet_named};
use crate::tables::Table;

/// What was read from a folder.
#[derive(Debug)]
pub struct Intake {
    /// The records of every accepted row, in the order of the files' names and their rows.
    pub document: Document,
    /// Every fault, sheet by sheet and row by row.
    pub faults: Vec<Fault>,
    /// Where each record and field of the document stands in the files.
    pub places: Places,
    /// Rows of each sheet that was there.
    pub counts: BTreeMap<SheetKind, Count>,
    /// Names for the office's own prints; they are no part of the document.
    pub people: BTreeMap<CandidateId, Names>,
}

/// Rows of one sheet; `accepted + rejected = received`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Filled rows under the headings.
    pub received: usize,
    /// Rows that became part of the document.
    pub accepted: usize,
    /// Rows that were set aside.
    pub rejected: usize,
}

/// The input cannot be used at all.
#[derive(Debug)]
pub struct Unusable {
    /// Why, at least one.
    pub reasons: Vec<Reason>,
    /// What else was found on the way.
    pub faults: Vec<Fault>,
}

/// Why an input cannot be used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The folder is absent or cannot be listed.
    NoFolder,
    /// No table of candidates, or none that can be read.
    NoCandidates,
    /// No table of openings, or none that can be read.
    NoOpenings,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFolder => "there is no such folder, or it may not be read; check its name",
            Self::NoCandidates => "no table of candidates can be read; put 求职者.csv with a column 编号 into the folder",
            Self::NoOpenings => "no table of openings can be read; put 岗位.csv with the columns of the template into the folder",
        })
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.reasons.iter().enumerate() {
            write!(f, "{}{reason}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Unusable {}

/// Reads a folder of tables, in time and memory in proportion to the files.
///
/// # Errors
///
/// [`Unusable`]: the folder is absent, or no table of candidates or of openings can be read at all. Anything less is
/// a fault.
pub fn read_folder(folder: &Path) -> Result<Intake, Unusable> {
    let Ok(files) = crate::tables::list(folder) else {
        return Err(Unusable { reasons: vec![Reason::NoFolder], faults: Vec::new() });
    };
    let (mut tables, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for file in files {
        let sheet = sheet_named(&file.stem);
        seen.extend(sheet.map(|sheet| sheet.kind));
        if file.workbook {
            faults.push(Fault::of_file(IssueCode::FileNotText, &file.name, "Excel"));
        } else if let Some(sheet) = sheet {
            let (table, found) = crate::tables::read_file(&file, |headings| sheet.recognised(headings));
            faults.extend(found);
            tables.extend(table.map(|table| (sheet.kind, table)));
        } else {
            faults.push(Fault::of_file(IssueCode::FileUnknown, &file.name, ""));
        }
    }
    for kind in USUAL.iter().filter(|kind| !seen.contains(kind)) {
        let name = sheet(*kind).map_or("", |sheet| sheet.zh.as_str());
        faults.push(Fault::of_file(IssueCode::FileMissing, &format!("{name}.csv"), ""));
    }
    read_tables(&tables, faults)
}

/// Sheets that are usually there; the match goes on without them.
const USUAL: &[SheetKind] =
    &[SheetKind::Households, SheetKind::Employers, SheetKind::Referrals, SheetKind::Services];

/// Reads tables of any source: the sheets of a workbook as well as files. `faults` are those found on the way to the
/// tables; they come first.
///
/// # Errors
///
/// [`Unusable`]: no table of candidates or of openings can be read at all.
pub fn read_tables(tables: &[(SheetKind, Table)], faults: Vec<Fault>) -> Result<Intake, Unusable> {
    let mut build = Build::new(faults);
    let mut sources = Vec::new();
    for (kind, table) in tables {
        let Some(sheet) = sheet(*kind) else { continue };
        let (binding, found) = bind(sheet, table);
        // A file without one filled row has been reported as empty; that it lacks columns too says nothing more.
        build.faults.extend(found.into_iter().filter(|_| table.heading().is_some()));
        let count = build.counts.entry(*kind).or_default();
        count.received += table.len();
        if binding.is_readable() {
            let file = build.places.add_file(table.file(), &binding);
            sources.push(Source::new(*kind, table, binding, file));
        } else {
            count.rejected += table.len();
            build.unread.insert(*kind);
        }
    }
    let lacks = |kind| !sources.iter().any(|source| source.sheet == kind);
    let mut reasons = Vec::new();
    reasons.extend(lacks(SheetKind::Candidates).then_some(Reason::NoCandidates));
    reasons.extend(lacks(SheetKind::Openings).then_some(Reason::NoOpenings));
    build.read(&sources);
    if reasons.is_empty() { Ok(build.finish()) } else { Err(Unusable { reasons, faults: build.faults }) }
}
