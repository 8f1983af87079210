//! Tables with places: what staff keep in files becomes rows that remember where they stood.
//!
//! One file of text gives one [`Table`]; its rows carry the numbers that a spreadsheet shows beside them, so that a
//! finding can be looked up on the screen. Whatever is wrong with a file is a [`Fault`], never a failure. A reader of
//! another kind of file (a sheet of a workbook) pushes its rows into a [`TableBuilder`] and gets the same [`Table`].

mod encoding;
mod files;
mod text;

use std::fmt;

use anzhi::issue::{Issue, IssueCode};

pub use files::{Listed, list, read_file};
pub use text::read_bytes;

/// The largest file that is read, in bytes (512 MiB).
pub const MAX_BYTES: u64 = 512 << 20;
/// The most rows of one table that are read.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of one table that are read.
pub const MAX_COLUMNS: usize = 200;
/// The longest cell, in characters; a longer one counts as empty.
pub const MAX_CELL: usize = 4_000;
/// How many of the first filled rows may hold the headings: above them a form has its title.
const HEADING_WITHIN: usize = 10;

/// Where something stands, in the words of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The file's name, without its folder.
    pub file: String,
    /// The row's number as a spreadsheet shows it, from 1; `None` = the file as a whole.
    pub row: Option<u32>,
    /// The heading of the column as the file writes it, on one line; `None` = the row as a whole.
    pub column: Option<String>,
}

/// One finding about tables, and the cell that it is about.
///
/// The issue's path is a JSON pointer of the document where the row became part of it, and empty elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong and what was found; no name, number or telephone of a person.
    pub issue: Issue,
    /// Where; `None` only where no file can be named.
    pub cell: Option<Cell>,
}

impl Fault {
    /// A finding about a file as a whole.
    pub fn of_file(code: IssueCode, file: &str, found: impl Into<String>) -> Self {
        Self {
            issue: Issue::new(code, "", found),
            cell: Some(Cell { file: file.to_owned(), row: None, column: None }),
        }
    }

    /// A finding about a cell of a file that is not part of the document.
    pub fn at(code: IssueCode, cell: Cell, found: impl Into<String>) -> Self {
        Self { issue: Issue::new(code, "", found), cell: Some(cell) }
    }
}

/// Rows of cells under one row of headings. Kept as one text with marks, so that two million rows fit in memory.
#[derive(Clone, Default)]
pub struct Table {
    file: String,
    text: String,
    ends: Vec<u32>,
    rows: Vec<Span>,
    heading: usize,
}

/// A row: its number in the spreadsheet and its first cell in `ends`.
#[derive(Clone, Copy)]
struct Span {
    number: u32,
    first: u32,
    stray: bool,
    /// Filled cells beyond the limit of columns, which are not kept.
    wide: bool,
}

impl fmt::Debug for Table {
    /// Never the cells: they may hold names and numbers of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("file", &self.file).field("rows", &self.len()).finish_non_exhaustive()
    }
}

impl Table {
    /// The name of the file (or of file and sheet) that the table was read from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How many rows stand under the headings; blank ones do not count.
    pub fn len(&self) -> usize {
        self.rows.len().saturating_sub(self.heading + 1)
    }

    /// Whether no row stands under the headings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of the headings; `None` where the file has no filled row at all.
    pub fn heading(&self) -> Option<Row<'_>> {
        self.at(self.heading)
    }

    /// The rows under the headings, first to last.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (self.heading + 1..self.rows.len()).filter_map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> Option<Row<'_>> {
        let span = *self.rows.get(at)?;
        let end = self.rows.get(at + 1).map_or(self.ends.len(), |next| next.first as usize);
        Some(Row { table: self, span, cells: end - span.first as usize })
    }

    fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(at).map_or(start, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    span: Span,
    cells: usize,
}

impl<'t> Row<'t> {
    /// The number that a spreadsheet shows beside the row, from 1.
    pub const fn number(self) -> u32 {
        self.span.number
    }

    /// The text in a column, counted from 0; empty where the row is shorter.
    pub fn cell(self, column: usize) -> &'t str {
        if column < self.cells { self.table.cell(self.span.first as usize + column) } else { "" }
    }

    /// The cells up to the last filled one.
    pub fn cells(self) -> impl Iterator<Item = &'t str> {
        (0..self.cells).map(move |column| self.cell(column))
    }

    /// How many cells there are up to the last filled one.
    pub const fn width(self) -> usize {
        self.cells
    }

    /// Whether the row has filled cells beyond the headings, or a quotation mark that is never closed: then no cell
    /// can be trusted to stand under its heading.
    pub fn is_ragged(self) -> bool {
        let (width, wide) = self.table.heading().map_or((0, false), |row| (row.cells, row.span.wide));
        self.span.stray || self.cells > width || self.span.wide && !wide
    }
}

/// Collects the rows of one table from a reader, and holds the limits.
pub struct TableBuilder {
    table: Table,
    faults: Vec<Fault>,
    long: Vec<(u32, usize)>,
    full: bool,
}

impl TableBuilder {
    /// A table of this file (or file and sheet) without rows.
    pub fn new(file: &str) -> Self {
        let table = Table { file: file.to_owned(), ..Table::default() };
        Self { table, faults: Vec::new(), long: Vec::new(), full: false }
    }

    /// Adds the row with this number in the spreadsheet; a blank row is skipped. Gives `false` once the table is full:
    /// further rows are not kept, and one finding will say so.
    pub fn push<'c>(&mut self, number: u32, cells: impl IntoIterator<Item = &'c str>) -> bool {
        self.add(number, cells, false)
    }

    fn add<'c>(&mut self, number: u32, cells: impl IntoIterator<Item = &'c str>, stray: bool) -> bool {
        if self.full {
            return false;
        }
        let first = self.table.ends.len();
        let (mut filled, mut wide) = (0, false);
        for (column, cell) in cells.into_iter().enumerate() {
            let cell = trim(cell);
            if column >= MAX_COLUMNS {
                wide |= !cell.is_empty();
                continue;
            }
            if !self.add_cell(number, column, cell) {
                break;
            }
            if !cell.is_empty() {
                filled = column + 1;
            }
        }
        self.table.ends.truncate(first + filled);
        if filled == 0 {
            return !self.full;
        }
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        self.table.rows.push(Span { number, first, stray, wide });
        if wide && !self.faults.iter().any(|fault| fault.issue.code() == IssueCode::TableTooLarge) {
            self.too_large(format!("> {MAX_COLUMNS} columns"));
        }
        if self.table.rows.len() > MAX_ROWS {
            self.full = true;
            self.too_large(format!("> {MAX_ROWS} rows"));
        }
        !self.full
    }

    fn add_cell(&mut self, number: u32, column: usize, cell: &str) -> bool {
        if cell.len() > MAX_CELL && cell.chars().nth(MAX_CELL).is_some() {
            self.long.push((number, column));
        } else {
            self.table.text.push_str(cell);
        }
        let end = u32::try_from(self.table.text.len()).ok();
        let room = end.is_some() && u32::try_from(self.table.ends.len() + MAX_COLUMNS).is_ok();
        match end {
            Some(end) if room => self.table.ends.push(end),
            _ => {
                self.full = true;
                self.too_large("> 4 GiB".to_owned());
            }
        }
        room
    }

    fn too_large(&mut self, found: String) {
        self.faults.push(Fault::of_file(IssueCode::TableTooLarge, &self.table.file, found));
    }

    /// The table, with what was wrong. `looks` says how many headings of one known sheet a row holds: the row that
    /// holds the most, among the first ten, carries the headings; the first filled row where none holds any.
    pub fn finish(mut self, looks: impl Fn(&[&str]) -> usize) -> (Table, Vec<Fault>) {
        let first: Vec<Vec<&str>> =
            (0..HEADING_WITHIN).filter_map(|at| self.table.at(at)).map(|row| row.cells().collect()).collect();
        let heading = heading_of(&first, &looks);
        // A row of headings of which few are known may be data of people: then no cell of it is shown.
        let headed = first.get(heading).is_some_and(|cells| looks(cells) * 2 >= cells.len());
        for (number, column) in &self.long {
            let heading = first.get(heading).and_then(|cells| cells.get(*column)).copied();
            let column = heading.filter(|heading| headed && !heading.is_empty()).map(one_line);
            let cell = Cell { file: self.table.file.clone(), row: Some(*number), column };
            self.faults.push(Fault::at(IssueCode::CellTooLong, cell, ""));
        }
        self.table.heading = heading;
        if self.table.is_empty() {
            self.faults.push(Fault::of_file(IssueCode::FileEmpty, &self.table.file, ""));
        }
        (self.table, self.faults)
    }
}

/// Which of the first rows holds the most headings; the earliest of equals.
fn heading_of(first: &[Vec<&str>], looks: &impl Fn(&[&str]) -> usize) -> usize {
    let mut best = (0, 0);
    for (at, cells) in first.iter().enumerate() {
        let known = looks(cells);
        if known > best.0 {
            best = (known, at);
        }
    }
    best.1
}

/// A cell without the blanks around it: spaces of every width, tabs, line breaks, invisible marks.
pub(crate) fn trim(cell: &str) -> &str {
    cell.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
    })
}

/// The longest name or heading that a finding shows, in characters.
const MOST_SHOWN: usize = 60;

/// A name or a heading as a finding shows it: on one line, without characters that steer a screen, and cut.
pub(crate) fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let line = text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(&line)),
        None => line,
    }
}

#[cfg(test)]
mod tests;
