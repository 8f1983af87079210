//! The workbook that staff read: who is proposed for what, why, why not, and what to check (DESIGN §8).
//!
//! Made from a [`Report`] alone, with what only the desk knows beside it ([`Extras`]): where a cell stood, and the faults
//! that intake met before there was a document. Equal reports give equal bytes: the file carries the day of the match
//! as its date of creation, never the clock's. Every text is written as text, so nothing in a cell can run as a formula.

mod adverts;
mod checks;
mod lists;
mod near;
mod overview;
mod placements;
mod proof;
mod styles;
mod table;
mod width;

use std::collections::BTreeMap;
use std::fmt;

use anzhi::day::Day;
use anzhi::issue::IssueCode;
use anzhi::report::Report;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::messages::{Labels, Language, text};
use styles::Styles;
use table::Page;

/// What the desk knows beside the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Where the values of the document stood in the files, by JSON pointer (`/candidates/17/birth`). A pointer
    /// without an entry is looked up at what holds it, up to its row (`/candidates/17`).
    pub cells: BTreeMap<String, Place>,
    /// Faults that intake found in files and cells, in the order of the files.
    pub faults: Vec<FaultRow>,
}

/// Where a value of the document stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file or sheet, as staff call it.
    pub file: String,
    /// The row as the spreadsheet counts it, from 1 with the headings; `None` where it is about the whole file.
    pub row: Option<u64>,
    /// The heading of the column; empty where it is about the whole row.
    pub column: String,
    /// The id that the row gives itself; empty where it has none.
    pub id: String,
}

/// A fault that intake found before there was a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRow {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub code: IssueCode,
    /// What was found; no name, number or telephone of a person.
    pub found: String,
}

/// The workbook could not be made.
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook could not be made: {}", self.0)
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// The workbook of a report as the bytes of an `.xlsx` file, ready to be printed on A4.
///
/// The sentences are said in `language`, whatever the report is filled with.
///
/// # Errors
///
/// [`WorkbookError`] where the file format refuses a value; no value of a report is known that it refuses.
///
/// # Cost
///
/// Linear in the rows of the shortlists; 50,000 rows take about a second.
pub fn write(report: &Report, extras: &Extras, language: Language) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report));
    let labels = Labels::new(report, language);
    let page = Page {
        language,
        styles: &Styles::new(language),
        title: &report.policy.title,
        date: report.date,
        draft: report.seed.draft,
    };
    overview::write(workbook.add_worksheet(), &page, &labels, (report, extras))?;
    let tables = [
        lists::by_opening(&labels, report),
        lists::by_candidate(&labels, report),
        placements::placed(&labels, report),
        placements::placed_because(&labels, report),
        placements::unplaced(&labels, report),
        checks::to_check(&labels, report),
        near::by_opening(&labels, report),
        near::by_candidate(&labels, report),
        adverts::adverts(&labels, report, extras),
        adverts::faults(&labels, report, extras),
        proof::proof(&labels, report),
    ];
    for table in &tables {
        table.write(workbook.add_worksheet(), &page)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The title, and the day of the match as the day of creation: the clock's would make equal reports differ.
fn properties(report: &Report) -> DocProperties {
    DocProperties::new().set_title(&report.policy.title).set_creation_datetime(&created(report.date))
}

/// The day as the file format knows it; a day before 1900, which it does not know, becomes its first.
fn created(day: Day) -> ExcelDateTime {
    let (year, month, day) = day.parts();
    let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
    let known = match parts {
        (Ok(year), Ok(month), Ok(day)) => ExcelDateTime::from_ymd(year, month, day).ok(),
        _ => None,
    };
    known.or_else(|| ExcelDateTime::from_ymd(1900, 1, 1).ok()).unwrap_or_default()
}

/// The name of a sheet, by its key.
fn sheet_name(language: Language, key: &str) -> &str {
    text(language, key)
}
