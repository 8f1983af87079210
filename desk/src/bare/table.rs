//! CSV tables with a heading, read record by record without copying.

use csv::{ByteRecord, ReaderBuilder};

use super::fault::{Fault, Faults};
use crate::run::Sentence;

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) needed: bool,
}

impl Column {
    pub(super) const fn needed(name: &'static str) -> Self {
        Self { name, needed: true }
    }

    pub(super) const fn optional(name: &'static str) -> Self {
        Self { name, needed: false }
    }
}

/// A table behind its heading.
#[derive(Debug)]
pub(super) struct Table<'b> {
    pub(super) file: &'b str,
    /// Where each column stands, in the order in which they were asked for.
    places: Vec<Option<usize>>,
    /// Cells of the heading.
    width: usize,
    /// What follows the heading.
    pub(super) body: &'b [u8],
    /// Lines before the body.
    pub(super) before: u64,
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    record: &'r ByteRecord,
    places: &'r [Option<usize>],
    part: &'r [u8],
    before: u64,
}

impl<'b> Table<'b> {
    /// Reads the heading. A column that is missing, unknown or there twice leaves no table.
    pub(super) fn open(
        file: &'b str,
        bytes: &'b [u8],
        columns: &[Column],
        faults: &mut Faults,
    ) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if let Some(fault) = not_csv(file, bytes) {
            faults.push(fault);
            return None;
        }
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut heading = ByteRecord::new();
        if !reader.read_byte_record(&mut heading).unwrap_or(false) {
            faults.push(Fault::whole(file, Sentence::new("bare_empty").with("columns", listed(columns))));
            return None;
        }
        let cells: Vec<String> = heading
            .iter()
            .map(|cell| String::from_utf8_lossy(cell.trim_ascii()).to_ascii_lowercase())
            .collect();
        let mut sound = true;
        let mut tell = |sentence| {
            faults.push(Fault::at(file, 1, sentence));
            sound = false;
        };
        for (at, cell) in cells.iter().enumerate() {
            if !columns.iter().any(|column| column.name == cell) {
                tell(
                    Sentence::new("bare_column_unknown").with("found", cell).with("columns", listed(columns)),
                );
            } else if cells.iter().take(at).any(|other| other == cell) {
                tell(Sentence::new("bare_column_twice").with("column", cell));
            }
        }
        let places: Vec<Option<usize>> =
            columns.iter().map(|column| cells.iter().position(|cell| cell == column.name)).collect();
        for (column, place) in columns.iter().zip(&places) {
            if column.needed && place.is_none() {
                tell(Sentence::new("bare_column_missing").with("column", column.name));
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        let (head, body) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
        sound.then(|| Self { file, places, width: cells.len(), body, before: lines(head) })
    }

    /// Hands on every row that has as many cells as the heading; the others are faults, set aside if `asides`.
    pub(super) fn rows(&self, asides: bool, faults: &mut Faults, mut each: impl FnMut(Row<'_>, &mut Faults)) {
        self.rows_of(self.body, self.before, asides, faults, &mut each);
    }

    /// Where a column stands.
    pub(super) fn place(&self, column: usize) -> Option<usize> {
        self.places.get(column).copied().flatten()
    }

    /// [`Self::rows`] of a part of the body that has so many lines of the file before it.
    pub(super) fn rows_of(
        &self,
        part: &[u8],
        before: u64,
        asides: bool,
        faults: &mut Faults,
        each: &mut impl FnMut(Row<'_>, &mut Faults),
    ) {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(part.len().clamp(1, 1 << 16))
            .from_reader(part);
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let row = Row { record: &record, places: &self.places, part, before };
            if record.len() == self.width {
                each(row, faults);
                continue;
            }
            let sentence = Sentence::new("bare_cells").with("found", record.len()).with("wanted", self.width);
            let fault = Fault::at(self.file, row.line(), sentence);
            faults.push(if asides { fault.of_a_row() } else { fault });
        }
    }
}

impl<'r> Row<'r> {
    /// The cell of a column without blanks around it; empty where there is no such column.
    pub(super) fn cell(&self, column: usize) -> &'r [u8] {
        let place = self.places.get(column).copied().flatten();
        place.and_then(|place| self.record.get(place)).unwrap_or_default().trim_ascii()
    }

    /// The cell as text, bytes without meaning replaced.
    pub(super) fn shown(&self, column: usize) -> String {
        String::from_utf8_lossy(self.cell(column)).into_owned()
    }

    /// The line of the file that the record begins in.
    pub(super) fn line(&self) -> u64 {
        let Some(position) = self.record.position() else { return self.before + 1 };
        let start = usize::try_from(position.byte()).unwrap_or(0);
        let rest = self.part.get(start..).unwrap_or_default();
        // lines that hold nothing are passed over by the reader, and belong to none of its records
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        self.before + position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
    }

    /// The cell as text; a fault if it is empty or no UTF-8.
    pub(super) fn name(&self, file: &str, column: Column, at: usize, faults: &mut Faults) -> Option<&'r str> {
        let cell = self.cell(at);
        let key = match std::str::from_utf8(cell) {
            Ok("") => "bare_cell_empty",
            Ok(text) => return Some(text),
            Err(_) => "bare_not_text",
        };
        let sentence = Sentence::new(key).with("column", column.name);
        faults.push(Fault::at(file, self.line(), sentence));
        None
    }
}

/// Why a file as a whole is no text that can be cut into cells: then nothing is said of its rows.
fn not_csv(file: &str, bytes: &[u8]) -> Option<Fault> {
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    // without its mark, UTF-16 has every other byte of a heading in ASCII zero
    let zeros = bytes.first_chunk::<4>().map(|head| head.map(|byte| byte == 0));
    if marked || matches!(zeros, Some([true, false, true, false] | [false, true, false, true])) {
        return Some(Fault::whole(file, Sentence::new("bare_wide_text")));
    }
    if bytes.contains(&0) || bytes.starts_with(b"PK\x03\x04") {
        return Some(Fault::whole(file, Sentence::new("bare_no_text")));
    }
    let line = |end: usize| lines(bytes.get(..end).unwrap_or_default()) + 1;
    if let Err(error) = std::str::from_utf8(bytes) {
        return Some(Fault::at(file, line(error.valid_up_to()), Sentence::new("bare_other_text")));
    }
    let quote = unclosed(bytes)?;
    Some(Fault::at(file, line(quote), Sentence::new("bare_quote_open")))
}

/// Where a quotation mark stands that begins a cell and that none ends; the reader of CSV would close it silently at the
/// end of the file.
fn unclosed(bytes: &[u8]) -> Option<usize> {
    if !bytes.contains(&b'"') {
        return None;
    }
    let (mut opened, mut first) = (None, true);
    let mut rest = bytes.iter().enumerate().peekable();
    while let Some((at, byte)) = rest.next() {
        if opened.is_some() {
            // two in a row are one of the text
            if *byte == b'"' && rest.next_if(|(_, next)| **next == b'"').is_none() {
                opened = None;
            }
        } else if *byte == b'"' && first {
            (opened, first) = (Some(at), false);
        } else {
            first = matches!(byte, b',' | b'\n' | b'\r');
        }
    }
    opened
}

/// A number written in decimal digits and nothing else.
pub(super) fn whole(cell: &[u8]) -> Option<u64> {
    if cell.is_empty() || cell.len() > 19 {
        return None;
    }
    cell.iter().try_fold(0, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u64::from(digit))
    })
}

/// Ends of lines.
pub(super) fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn listed(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<&str>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_nothing_closes_is_found() {
        for (text, quote) in [
            ("a,b\n1,\"2", Some(6)),
            ("a,b\n1,\"2\n", Some(6)),
            ("\"a\",b\n1,\"2\"\n\"", Some(12)),
            ("a,\"b\"\"\n", Some(2)),
            ("a,\"b\"\"\"\n", None),
            ("a,b\"\n", None),
            ("a,\"b\"c\"\n", None),
            ("\"a\n,\",\"\"\n", None),
            ("", None),
        ] {
            assert_eq!(unclosed(text.as_bytes()), quote, "{text}");
            // the reader of CSV holds the same cells to be open: one that is gets whatever is put behind it
            let more = format!("{text}\n,,,");
            let mut reader =
                ReaderBuilder::new().has_headers(false).flexible(true).from_reader(more.as_bytes());
            let last = reader.byte_records().filter_map(Result::ok).last().unwrap_or_default();
            assert_eq!(
                last.iter().next_back().is_some_and(|cell| cell.ends_with(b",,,")),
                quote.is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_that_is_no_text_is_told_in_one_sentence() {
        let text = "id,seats\n甲,1\n";
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let cases: [(Vec<u8>, &str); 7] = [
            ([&b"\xFF\xFE"[..], &wide(u16::to_le_bytes)].concat(), "UTF-16"),
            ([&b"\xFE\xFF"[..], &wide(u16::to_be_bytes)].concat(), "UTF-16"),
            (wide(u16::to_le_bytes), "UTF-16"),
            (wide(u16::to_be_bytes), "UTF-16"),
            (gb, "o.csv line 2: "),
            (b"PK\x03\x04rest".to_vec(), "workbook"),
            (b"id,seats\na\0,1\n".to_vec(), "no text"),
        ];
        for (bytes, wanted) in cases {
            let mut faults = Faults::default();
            let columns = [Column::needed("id"), Column::needed("seats")];
            assert!(Table::open("o.csv", &bytes, &columns, &mut faults).is_none(), "{wanted}");
            let said = faults.sentences(9, crate::messages::Language::En);
            assert_eq!(said.len(), 1, "{wanted}");
            let said = said[0].say(crate::messages::Language::En);
            assert!(
                said.starts_with("o.csv") && said.contains(wanted) && said.contains("CSV UTF-8"),
                "{said}"
            );
        }
    }
}
