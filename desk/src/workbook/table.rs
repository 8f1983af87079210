//! A sheet that is one table: title, notes, headings, rows; set up for A4 and for the screen.

use std::borrow::Cow;

use anzhi::day::Day;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::sheet_name;
use super::styles::{Row as Look, Styles};
use super::width::{height, lines, units};
use crate::messages::{Language, render, text};

/// What all sheets share.
pub(super) struct Page<'a> {
    pub(super) language: Language,
    pub(super) styles: &'a Styles,
    pub(super) title: &'a str,
    pub(super) date: Day,
    pub(super) draft: bool,
}

/// A4, as the file format numbers papers.
const A4: u8 = 9;
/// Most rows of a table: what a sheet holds, less title, notes and headings.
const MOST_ROWS: usize = 1_048_000;
/// Most UTF-16 units of a cell's text, a little below what the file format holds.
const MOST_TEXT: usize = 32_000;
/// Most characters of the policy's title in a page header, which holds 255 in all.
const MOST_HEADER: usize = 80;

impl Page<'_> {
    /// Paper, margins, header and footer.
    pub(super) fn set_up(&self, sheet: &mut Worksheet) {
        let title: String = self.title.chars().take(MOST_HEADER).collect();
        let draft = if self.draft { text(self.language, "page.draft") } else { "" };
        let proposed = text(self.language, "page.proposed");
        let number = text(self.language, "page.number");
        sheet
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3)
            .set_header(format!(
                "&L&9{}&C&\"-,Bold\"&12{draft} &A&R&9 {}",
                title.replace('&', "&&"),
                self.date
            ))
            .set_footer(format!("&L&9{proposed}&R&9{number}"));
    }

    /// The title of a sheet, marked where the plan is a draft.
    fn heading(&self, name: &str) -> String {
        if self.draft { format!("{name}　{}", text(self.language, "page.draft")) } else { name.to_owned() }
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(u64),
    /// Hundredths of a point, shown with two decimals.
    Score(u64),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    fn units(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Text(text) => units(text),
            Self::Number(number) | Self::Score(number) => number.to_string().len() + 1,
        }
    }

    pub(super) fn lines(&self, width: usize) -> usize {
        match self {
            Self::Text(text) => lines(text, width),
            _ => 1,
        }
    }

    /// Writes the cell. Texts are always written as text, and kept as text when somebody edits them.
    pub(super) fn write(&self, sheet: &mut Worksheet, at: (u32, u16), look: &Look) -> Result<(), XlsxError> {
        let (row, column) = at;
        match self {
            Self::Empty => sheet.write_blank(row, column, &look.text)?,
            Self::Text(text) => sheet.write_string_with_format(row, column, safe(text), &look.text)?,
            Self::Number(number) => {
                sheet.write_number_with_format(row, column, whole(*number), &look.number)?
            }
            Self::Score(hundredths) => {
                sheet.write_number_with_format(row, column, whole(*hundredths) / 100.0, &look.score)?
            }
        };
        Ok(())
    }
}

/// A count as the file format keeps numbers; it is exact below 2⁵³, far above any count of people or points.
#[expect(clippy::cast_precision_loss, reason = "the file format keeps every number so")]
const fn whole(number: u64) -> f64 {
    number as f64
}

/// The text without characters that the file format refuses, and no longer than it allows.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let bad = |it: char| it.is_control() && it != '\n';
    if text.len() <= MOST_TEXT && !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let mut left = MOST_TEXT;
    let fits = |it: &char| {
        let room = left.checked_sub(it.len_utf16());
        left = room.unwrap_or(0);
        room.is_some()
    };
    Cow::Owned(text.chars().filter(|it| !bad(*it)).take_while(fits).collect())
}

/// A column.
pub(super) struct Column {
    heading: String,
    /// Widest that it becomes, in units; longer texts wrap.
    most: usize,
}

impl Column {
    pub(super) fn new(heading: impl Into<String>, most: usize) -> Self {
        Self { heading: heading.into(), most }
    }
}

/// A row; rows that belong together share a band of colour.
pub(super) struct Row<'a> {
    pub(super) band: bool,
    pub(super) cells: Vec<Cell<'a>>,
}

/// A table that fills a sheet.
pub(super) struct Table<'a> {
    /// Key of the sheet's name.
    pub(super) name: &'static str,
    /// Lines between the title and the headings.
    pub(super) notes: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row<'a>>,
    /// Said where there is no row.
    pub(super) empty: &'a str,
    /// Lines below the rows.
    pub(super) below: Vec<String>,
}

impl Table<'_> {
    pub(super) fn write(&self, sheet: &mut Worksheet, page: &Page<'_>) -> Result<(), XlsxError> {
        let name = sheet_name(page.language, self.name);
        sheet.set_name(name)?;
        page.set_up(sheet);
        sheet.set_landscape();
        let widths = self.widths();
        for (column, width) in (0_u16..).zip(&widths) {
            sheet.set_column_width(column, width_of(*width))?;
        }
        let all: usize = widths.iter().sum();
        sheet.write_string_with_format(0, 0, page.heading(name), &page.styles.title)?;
        sheet.set_row_height(0, 26)?;
        let mut at = 1;
        for note in self.notes.iter().chain(self.cut(page).as_ref()) {
            at = self.line(sheet, at, note, &page.styles.note, all)?;
        }
        at = self.headings(sheet, at, page.styles, &widths)?;
        at = self.body(sheet, at, page.styles, &widths)?;
        at += 1;
        for line in &self.below {
            at = self.line(sheet, at, line, &page.styles.note, all)?;
        }
        Ok(())
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// What to say where the rows are more than a sheet holds.
    fn cut(&self, page: &Page<'_>) -> Option<String> {
        (self.rows.len() > MOST_ROWS)
            .then(|| render(page.language, "page.cut", &[("n", &MOST_ROWS.to_string())]))
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|it| units(&it.heading)).collect();
        for row in self.rows.iter().take(MOST_ROWS) {
            for (width, cell) in widths.iter_mut().zip(&row.cells) {
                *width = (*width).max(cell.units());
            }
        }
        let most = self.columns.iter().map(|it| it.most);
        widths.into_iter().zip(most).map(|(width, most)| (width + 2).clamp(6, most.max(6))).collect()
    }

    /// A line over the whole width.
    fn line(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        said: &str,
        look: &Format,
        units: usize,
    ) -> Result<u32, XlsxError> {
        match self.last_column() {
            0 => sheet.write_string_with_format(row, 0, safe(said), look)?,
            last => sheet.merge_range(row, 0, row, last, &safe(said), look)?,
        };
        sheet.set_row_height(row, height(lines(said, units)))?;
        Ok(row + 1)
    }

    fn headings(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        styles: &Styles,
        widths: &[usize],
    ) -> Result<u32, XlsxError> {
        let mut most = 1;
        for ((at, column), width) in (0_u16..).zip(&self.columns).zip(widths) {
            sheet.write_string_with_format(row, at, &column.heading, &styles.heading)?;
            most = most.max(lines(&column.heading, *width));
        }
        sheet.set_row_height(row, height(most))?;
        sheet.set_repeat_rows(row, row)?;
        sheet.set_freeze_panes(row + 1, 0)?;
        Ok(row + 1)
    }

    fn body(
        &self,
        sheet: &mut Worksheet,
        first: u32,
        styles: &Styles,
        widths: &[usize],
    ) -> Result<u32, XlsxError> {
        if self.rows.is_empty() {
            sheet.write_string_with_format(first, 0, self.empty, &styles.note)?;
            return Ok(first + 1);
        }
        let mut at = first;
        for row in self.rows.iter().take(MOST_ROWS) {
            let look = if row.band { &styles.band } else { &styles.plain };
            let mut most = 1;
            for ((column, cell), width) in (0_u16..).zip(&row.cells).zip(widths) {
                cell.write(sheet, (at, column), look)?;
                most = most.max(cell.lines(*width));
            }
            sheet.set_row_height(at, height(most))?;
            at += 1;
        }
        sheet.autofilter(first.saturating_sub(1), 0, at.saturating_sub(1), self.last_column())?;
        Ok(at)
    }
}

/// A width in units as the file format counts it.
pub(super) fn width_of(units: usize) -> f64 {
    f64::from(u16::try_from(units).unwrap_or(u16::MAX))
}
