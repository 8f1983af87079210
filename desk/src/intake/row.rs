//! One row while it is read: its cells by field, and what was found in them.

use anzhi::day::Day;
use anzhi::ids::RegionCode;
use anzhi::issue::{Issue, IssueCode, Severity};
use anzhi::words::Item;

use super::places::path_of;
use super::words;
use super::{Lookups, SheetKind};
use crate::adverts::{Finding, Reading, date, number};
use crate::headings::Binding;
use crate::lookup::Place;
use crate::people::hide_numbers;
use crate::tables::{Cell, Fault, Row, Table, trim};

/// A table with its columns.
pub(super) struct Source<'t> {
    pub(super) sheet: SheetKind,
    pub(super) table: &'t Table,
    pub(super) binding: Binding,
    /// The functional items among its columns.
    items: Vec<(Item, &'static str)>,
    /// Its number among the files of [`super::Places`].
    pub(super) file: u32,
}

impl<'t> Source<'t> {
    pub(super) fn new(sheet: SheetKind, table: &'t Table, binding: Binding, file: u32) -> Self {
        let items =
            binding.fields().filter_map(|(field, _)| Some((Item::from_wire(field)?, field))).collect();
        Self { sheet, table, binding, items, file }
    }
}

/// The longest piece of a cell that a fault shows, in characters.
const SHOWN: usize = 60;
/// What staff write where they have nothing to write.
const BLANKS: &[&str] =
    &["-", "--", "/", "\\", "—", "——", "n/a", "#n/a", "null", "未知", "不详", "未填", "空"];

/// The row that is being read.
pub(super) struct Cells<'t> {
    source: &'t Source<'t>,
    row: Row<'t>,
    found: Vec<Found>,
}

struct Found {
    code: IssueCode,
    field: Option<&'static str>,
    path: String,
    shown: String,
}

impl<'t> Cells<'t> {
    /// Begins a row: damaged cells are noted, and a ragged row is rejected at once.
    pub(super) fn new(source: &'t Source<'t>, row: Row<'t>) -> Self {
        let mut cells = Self { source, row, found: Vec::new() };
        if row.is_ragged() {
            cells.found.push(Found {
                code: IssueCode::RowRagged,
                field: None,
                path: String::new(),
                shown: String::new(),
            });
            return cells;
        }
        for (field, column) in source.binding.fields() {
            if row.cell(column).contains('\u{fffd}') {
                cells.say(IssueCode::BytesReplaced, field);
            }
        }
        cells
    }

    /// Whether the row must be set aside.
    pub(super) fn is_rejected(&self) -> bool {
        self.found.iter().any(|found| found.code.severity() == Severity::Rejected)
    }

    /// Whether the table has a column for a field.
    pub(super) fn has_column(&self, field: &str) -> bool {
        self.source.binding.at(field).is_some()
    }

    /// The functional items that have a column, each with its field.
    pub(super) fn items(&self) -> impl Iterator<Item = (Item, &'static str)> + use<'t> {
        self.source.items.iter().copied()
    }

    /// The text of a field; empty where the cell says nothing.
    pub(super) fn text(&self, field: &str) -> &'t str {
        let cell = self.source.binding.at(field).map_or("", |column| self.row.cell(column));
        // A leading apostrophe makes a spreadsheet keep digits as text; it is no part of them.
        let cell = trim(cell.strip_prefix('\'').unwrap_or(cell));
        let blank = cell.len() <= 12 && BLANKS.iter().any(|word| cell.eq_ignore_ascii_case(word));
        if blank { "" } else { cell }
    }

    /// The text of a field without which the row means nothing.
    pub(super) fn needed(&mut self, field: &'static str) -> &'t str {
        let text = self.text(field);
        if text.is_empty() {
            self.note(IssueCode::CellEmpty, field, "");
        }
        text
    }

    /// The id of a person or household: never a name or number that must stay in the office. A sheet that has
    /// 姓名 tells the name.
    pub(super) fn private_id(&mut self, field: &'static str) -> &'t str {
        let text = self.text(field);
        let name = self.text("name");
        if is_private_number(text) || (!text.is_empty() && text == name) {
            self.note(IssueCode::IdIsPrivate, field, &shape(text));
        }
        text
    }

    /// Notes a finding about a field and shows the cell, as far as it may be shown.
    pub(super) fn say(&mut self, code: IssueCode, field: &'static str) {
        let text = self.text(field);
        let shown = if self.source.binding.is_personal(field) { shape(text) } else { shown(text) };
        self.note(code, field, &shown);
    }

    /// Notes a finding about a field with what to show. Once for each code and field and text.
    pub(super) fn note(&mut self, code: IssueCode, field: &'static str, found: &str) {
        let path = path_of(self.source.sheet, field);
        let found = Found { code, field: Some(field), path, shown: found.to_owned() };
        let same =
            |old: &Found| old.code == found.code && old.field == found.field && old.shown == found.shown;
        if !self.found.iter().any(same) {
            self.found.push(found);
        }
    }

    /// The value of a reading; its faults are findings with this code (a number below zero has its own).
    pub(super) fn take<T>(&mut self, field: &'static str, code: IssueCode, reading: Reading<T>) -> T {
        if reading.findings.contains(&Finding::NegativeNumber) {
            self.say(IssueCode::NumberNegative, field);
        } else if reading.is_faulty() {
            self.say(code, field);
        }
        reading.value
    }

    /// As [`Self::take`], for cells of adverts: a doubt about the value is a finding too.
    pub(super) fn take_doubting<T>(
        &mut self,
        field: &'static str,
        code: IssueCode,
        reading: Reading<T>,
    ) -> T {
        if !reading.is_faulty() && !reading.findings.is_empty() {
            self.say(IssueCode::CellDoubtful, field);
        }
        self.take(field, code, reading)
    }

    /// A day; nothing where the cell is empty or no day.
    pub(super) fn day(&mut self, field: &'static str) -> Option<Day> {
        let reading = date::read(self.text(field));
        self.take(field, IssueCode::NotADate, reading).and_then(day_of)
    }

    /// A day, where "no end" may stand instead: then the second value is `true`.
    pub(super) fn last_day(&mut self, field: &'static str) -> (Option<Day>, bool) {
        let reading = date::read(self.text(field));
        if reading.findings == [Finding::OpenEndedDate] {
            return (None, true);
        }
        (self.take(field, IssueCode::NotADate, reading).and_then(day_of), false)
    }

    /// A whole number from 0 up that fits the record.
    pub(super) fn whole<T: TryFrom<u32>>(&mut self, field: &'static str) -> Option<T> {
        let reading = number::whole(self.text(field));
        let number = self.take(field, IssueCode::NotANumber, reading)?;
        let fitting = T::try_from(number).ok();
        if fitting.is_none() {
            self.say(IssueCode::NotANumber, field);
        }
        fitting
    }

    /// A measured number.
    pub(super) fn decimal(&mut self, field: &'static str) -> Option<f64> {
        let reading = number::decimal(self.text(field));
        // Degrees may lie below zero; everything else that a reader calls negative is no number of this column.
        self.take(field, IssueCode::NotANumber, reading)
    }

    /// Yes, no or unknown.
    pub(super) fn yes_or_no(&mut self, field: &'static str) -> Option<bool> {
        let reading = number::yes_or_no(self.text(field));
        self.take(field, IssueCode::NotAWord, reading)
    }

    /// A word of a vocabulary; nothing where the cell is empty or holds another word, which is a finding.
    pub(super) fn word<T>(
        &mut self,
        field: &'static str,
        vocabulary: &str,
        from_wire: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.word_or(field, vocabulary, from_wire, IssueCode::NotAWord)
    }

    /// As [`Self::word`], with the code of the finding.
    pub(super) fn word_or<T>(
        &mut self,
        field: &'static str,
        vocabulary: &str,
        from_wire: impl Fn(&str) -> Option<T>,
        code: IssueCode,
    ) -> Option<T> {
        let text = self.text(field);
        let word = words::wire(vocabulary, text).and_then(from_wire);
        if word.is_none() && !text.is_empty() {
            self.say(code, field);
        }
        word
    }

    /// A place of the tables.
    pub(super) fn place(&mut self, field: &'static str, lookups: &Lookups) -> Option<RegionCode> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        match lookups.place(text) {
            Place::Known(code) => Some(code),
            Place::Coarse(code) => {
                self.say(IssueCode::PlaceCoarse, field);
                Some(code)
            }
            Place::Ambiguous(codes) => {
                let names: Vec<String> =
                    codes.iter().map(|code| lookups.regions.full_name(code.as_str())).collect();
                let found = format!("{}: {}", shown(text), names.join(" / "));
                self.note(IssueCode::PlaceAmbiguous, field, &found);
                None
            }
            Place::Unknown => {
                self.say(IssueCode::PlaceUnknown, field);
                None
            }
        }
    }

    /// The faults of the row; `accepted` is the record's place in its list of the document.
    pub(super) fn finish(self, accepted: Option<usize>) -> Vec<Fault> {
        let source = self.source;
        let row = self.row.number();
        let fault = |found: Found| {
            let column = found.field.and_then(|field| source.binding.heading(field)).map(str::to_owned);
            let path = accepted
                .map_or_else(String::new, |at| format!("/{}/{at}{}", source.sheet.as_str(), found.path));
            let cell = Cell { file: source.table.file().to_owned(), row: Some(row), column };
            Fault { issue: Issue::new(found.code, path, found.shown), cell: Some(cell) }
        };
        self.found.into_iter().map(fault).collect()
    }
}

/// A day of the readers as a day of the records.
pub(super) fn day_of(date: date::Date) -> Option<Day> {
    let (month, day) = (i8::try_from(date.month()).ok()?, i8::try_from(date.day()).ok()?);
    Day::new(i16::try_from(date.year()).ok()?, month, day)
}

/// A cell as a fault may show it: numbers of people and telephones hidden wherever they stand, long texts cut.
pub(super) fn shown(text: &str) -> String {
    let hidden = hide_numbers(text);
    let mut shown: String = hidden.chars().take(SHOWN).collect();
    if hidden.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// What may be shown of a personal cell: its form, with a star for every letter and digit, and its length.
fn shape(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let star = |c: char| if c.is_alphanumeric() && !matches!(c, 'E' | 'e' | 'X' | 'x') { '＊' } else { c };
    let stars: String = text.chars().take(SHOWN).map(star).collect();
    format!("{stars} ({})", text.chars().count())
}

/// Whether a text has the form of a citizen, certificate or mobile telephone number.
fn is_private_number(text: &str) -> bool {
    let text: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b' ' | b'-')).collect();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |from: usize, to: usize| {
        let part = text.get(from..to).and_then(|part| std::str::from_utf8(part).ok());
        part.and_then(|part| part.parse::<u32>().ok()).unwrap_or(0)
    };
    let born = (1..=12).contains(&number(10, 12)) && (1..=31).contains(&number(12, 14));
    let citizen =
        (18..=23).contains(&text.len()) && digits >= 17 && (18..=20).contains(&number(6, 8)) && born;
    let mobile = text.len() == 11 && digits == 11 && text.first() == Some(&b'1') && number(1, 2) >= 3;
    citizen || mobile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_shows_no_letter_and_no_digit() {
        assert_eq!(shape("1.10105E+17"), "＊.＊＊＊＊＊E+＊＊ (11)");
        assert_eq!(shape("某甲 123X"), "＊＊ ＊＊＊X (7)");
        assert_eq!(shape(""), "");
    }

    #[test]
    fn numbers_of_people_are_told_from_other_ids() {
        for private in ["43122718000101001X", "43122718000101001X43", "431227 1800 0101 001X", "13800000000"]
        {
            assert!(is_private_number(private), "{private}");
        }
        for other in ["C0001", "2075770092371533826", "431227101001", "20240630001", "", "99999999999"] {
            assert!(!is_private_number(other), "{other}");
        }
    }
}
