//! Rows under the Chinese headings, and their bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Error;

/// The file with the headings that staff use.
const HEADINGS: &str = include_str!("../../data/headings.toml");

/// The cells of one row, by the name of the field; what is left out is an empty cell.
pub(super) type Row = BTreeMap<String, String>;

/// The sheets and their columns, as far as the generator needs them.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Headings {
    sheet: Vec<Sheet>,
}

#[derive(Clone, Debug, Deserialize)]
struct Sheet {
    id: String,
    zh: String,
    #[serde(default)]
    column: Vec<Column>,
}

#[derive(Clone, Debug, Deserialize)]
struct Column {
    field: String,
    zh: String,
    #[serde(default)]
    required: bool,
}

impl Headings {
    /// Reads the heading table of the desk.
    pub(super) fn read() -> Result<Self, Error> {
        toml::from_str(HEADINGS).map_err(|error| Error::table("headings.toml", &error))
    }

    /// The file of a sheet: its name, and the rows as UTF-8 with byte-order mark and CRLF, which is what
    /// spreadsheet programs open without asking. Columns stand in the order of the heading table; one that no
    /// row fills is left out unless the sheet must have it.
    pub(super) fn file(&self, id: &str, rows: &[Row]) -> Result<(String, Vec<u8>), Error> {
        let sheet = self
            .sheet
            .iter()
            .find(|sheet| sheet.id == id)
            .ok_or_else(|| Error::table("headings.toml", &format!("no sheet `{id}`")))?;
        let filled: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
        if let Some(stray) = filled.iter().find(|field| !sheet.has(field)) {
            return Err(Error::table("headings.toml", &format!("no column `{stray}` in sheet `{id}`")));
        }
        let columns: Vec<&Column> = sheet
            .column
            .iter()
            .filter(|column| column.required || filled.contains(column.field.as_str()))
            .collect();
        let bytes = csv_bytes(&columns, rows).map_err(|error| Error::table(&sheet.zh, &error))?;
        Ok((format!("{}.csv", sheet.zh), bytes))
    }
}

impl Sheet {
    fn has(&self, field: &str) -> bool {
        self.column.iter().any(|column| column.field == field)
    }
}

fn csv_bytes(columns: &[&Column], rows: &[Row]) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(columns.iter().map(|column| column.zh.as_str()))?;
    for row in rows {
        writer
            .write_record(columns.iter().map(|column| row.get(&column.field).map_or("", String::as_str)))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// Puts a value in a row; an empty value leaves the cell empty.
#[expect(clippy::needless_pass_by_value, reason = "cells are made of values at hand, borrowed or not")]
pub(super) fn put(row: &mut Row, field: &str, value: impl ToString) {
    let value = value.to_string();
    if !value.is_empty() {
        row.insert(field.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_mark_headings_and_lines_as_spreadsheets_write_them() {
        let mut row = Row::new();
        put(&mut row, "candidate", "XH-0001");
        put(&mut row, "date", "2024-01-02");
        put(&mut row, "outcome", "");
        let (name, bytes) = Headings::read().and_then(|all| all.file("referrals", &[row])).expect("a file");
        assert_eq!(name, "推荐记录.csv");
        assert_eq!(bytes, "\u{FEFF}求职者编号,日期\r\nXH-0001,2024-01-02\r\n".as_bytes());
    }

    #[test]
    fn a_field_without_a_heading_is_refused() {
        let row = Row::from([("shoe_size".to_owned(), "42".to_owned())]);
        let error =
            Headings::read().and_then(|all| all.file("referrals", &[row])).expect_err("no such column");
        assert!(error.to_string().contains("shoe_size"), "{error}");
    }
}
