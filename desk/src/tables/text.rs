//! Separated text: commas, tabs or semicolons, quotation marks, every kind of line break.

use anzhi::issue::IssueCode;
use csv::{ReaderBuilder, StringRecord};

use super::encoding::{NotText, decode};
use super::{Fault, HEADING_WITHIN, Table, TableBuilder, heading_of, trim};

/// So many rows with a stray quotation mark are read on their own; after that none of the file is trusted.
const MAX_STRAYS: usize = 1_000;

/// Reads the bytes of one file of separated text (UTF-8 with or without mark, UTF-16 with mark, GB18030).
///
/// `looks` finds the row of the headings, see [`TableBuilder::finish`]. No table where the bytes are no text. Costs
/// time and memory in proportion to the bytes, and panics on none.
pub fn read_bytes(file: &str, bytes: &[u8], looks: impl Fn(&[&str]) -> usize) -> (Option<Table>, Vec<Fault>) {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(NotText::Workbook) => return (None, vec![Fault::of_file(IssueCode::FileNotText, file, "Excel")]),
        Err(NotText::Binary) => return (None, vec![Fault::of_file(IssueCode::FileNotText, file, "binary")]),
    };
    let mut builder = TableBuilder::new(file);
    let shape = Shape::of(&text, &looks);
    read_rows(&text, shape, &mut builder);
    let (table, faults) = builder.finish(looks);
    (Some(table), faults)
}

/// What the first rows tell about the rest.
#[derive(Clone, Copy)]
struct Shape {
    delimiter: u8,
    /// Cells of the heading up to the last filled one; 0 = no heading.
    width: usize,
}

impl Shape {
    fn of(text: &str, looks: &impl Fn(&[&str]) -> usize) -> Self {
        let mut best = (0, 0, Self { delimiter: b',', width: 0 });
        for delimiter in [b',', b'\t', b';'] {
            let rows = first_rows(text, delimiter);
            let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(trim).collect()).collect();
            let heading = heading_of(&cells, looks);
            let Some(row) = cells.get(heading) else { continue };
            let width = filled(row.iter().copied());
            if (looks(row), width) > (best.0, best.1) {
                best = (looks(row), width, Self { delimiter, width });
            }
        }
        best.2
    }
}

fn first_rows(text: &str, delimiter: u8) -> Vec<StringRecord> {
    let reader = reader(text, delimiter, true);
    let filled_rows = reader.into_records().flatten().filter(|row| filled(row.iter()) > 0);
    filled_rows.take(HEADING_WITHIN).collect()
}

fn reader(text: &str, delimiter: u8, quoting: bool) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoting);
    builder.from_reader(text.as_bytes())
}

fn filled<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    cells.enumerate().filter(|(_, cell)| !trim(cell).is_empty()).map(|(at, _)| at + 1).last().unwrap_or(0)
}

/// Reads all rows. A quotation mark that opens and never closes would swallow the rows after it: where a record
/// shows that, its first line alone is set aside and reading goes on at the next line.
fn read_rows(text: &str, shape: Shape, builder: &mut TableBuilder) {
    let (mut start, mut number, mut strays) = (0, 0, 0);
    while let Some(rest) = text.get(start..) {
        let Some(stray) = read_on(rest, shape, &mut number, builder, strays < MAX_STRAYS) else { return };
        strays += 1;
        let line = rest.get(stray..).unwrap_or_default();
        let end = line.find(['\r', '\n']).unwrap_or(line.len());
        number += 1;
        let mut record = StringRecord::new();
        let alone = line.get(..end).unwrap_or_default();
        if matches!(reader(alone, shape.delimiter, false).read_record(&mut record), Ok(true))
            && !builder.add(number, record.iter(), true)
        {
            return;
        }
        let break_length = if line.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
        start += stray + end + break_length;
    }
}

/// Reads rows up to the end, or up to a record that begins with a stray quotation mark: then its offset.
fn read_on(
    text: &str,
    shape: Shape,
    number: &mut u32,
    builder: &mut TableBuilder,
    quoting: bool,
) -> Option<usize> {
    let mut reader = reader(text, shape.delimiter, quoting);
    let mut record = StringRecord::new();
    let mut from = 0;
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let raw = text.get(from..to).unwrap_or_default();
        let (blank, offset) =
            leading_breaks(raw, from > 0 && text.get(..from).is_some_and(|t| t.ends_with('\r')));
        *number = number.saturating_add(blank);
        let raw = raw.get(offset..).unwrap_or_default();
        if quoting && is_stray(raw, &record, shape, to >= text.len()) {
            return Some(from + offset);
        }
        *number = number.saturating_add(1);
        if !builder.add(*number, record.iter(), false) {
            return None;
        }
        from = to;
    }
    None
}

/// How many empty lines stand before a record, and how many bytes they take. `after_return`: the record before ended
/// in a carriage return whose line feed is still here.
fn leading_breaks(raw: &str, after_return: bool) -> (u32, usize) {
    let bytes = raw.as_bytes();
    let mut at = usize::from(after_return && bytes.first() == Some(&b'\n'));
    let mut lines = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return (lines, at),
        }
        lines += 1;
    }
}

/// Whether a record that spans lines has swallowed rows: it is too wide, it is never closed, or it holds the
/// separators of two rows. A cell with line breaks of its own passes.
fn is_stray(raw: &str, record: &StringRecord, shape: Shape, last: bool) -> bool {
    if !raw.trim_end_matches(['\r', '\n']).contains(['\r', '\n']) {
        return last && record.len() == 1 && shape.width > 1 && is_open(raw);
    }
    let count = |wanted: u8| raw.bytes().filter(|byte| *byte == wanted).count();
    filled(record.iter()) > shape.width
        || (last && is_open(raw))
        || (shape.width >= 4 && count(shape.delimiter) >= 2 * (shape.width - 1))
}

fn is_open(raw: &str) -> bool {
    raw.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}
