//! Sheets and columns by the headings that staff use: Chinese, aliases of them, or the English field names.
//!
//! The heading table is data (`data/headings.toml`, compiled in); this file only compares. A heading is compared after
//! NFKC, without blanks, asterisks, underscores and letter case, first as it stands, then without bracketed notes (`编号（必填）`).

mod bind;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

pub use anzhi::words::Sheet as SheetKind;
pub use bind::{Binding, bind};

/// One column that a sheet may have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it holds, in the words of the records.
    pub field: String,
    /// The heading as it is printed in Chinese.
    pub zh: String,
    /// The heading in English.
    pub en: String,
    /// Other spellings met.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether a table without this column cannot be read.
    #[serde(default)]
    pub required: bool,
    /// Whether what it holds stays in the office: names, numbers, telephones, addresses of people.
    #[serde(default)]
    pub personal: bool,
}

/// One kind of sheet with its columns.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which kind.
    pub kind: SheetKind,
    /// The name as it is printed in Chinese.
    pub zh: String,
    /// The columns, in the order of a template.
    pub columns: Vec<Column>,
    names: BTreeMap<String, usize>,
}

impl Sheet {
    /// The column that a heading means.
    pub fn column(&self, heading: &str) -> Option<&Column> {
        find(&self.names, heading).and_then(|at| self.columns.get(at))
    }

    /// The column of a field of the records.
    pub fn field(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// How many different columns of this sheet a row of headings names.
    pub fn recognised(&self, headings: &[&str]) -> usize {
        let mut fields: Vec<_> =
            headings.iter().filter_map(|heading| self.column(heading)).map(|column| &column.field).collect();
        fields.sort_unstable();
        fields.dedup();
        fields.len()
    }
}

/// All sheets, in the order of the heading table.
pub fn sheets() -> &'static [Sheet] {
    &TABLE.sheets
}

/// The sheet of a kind.
pub fn sheet(kind: SheetKind) -> Option<&'static Sheet> {
    TABLE.sheets.iter().find(|sheet| sheet.kind == kind)
}

/// The sheet with this name: the Chinese name, an alias or the English one; of a tab or of a file without its ending.
pub fn sheet_named(name: &str) -> Option<&'static Sheet> {
    find(&TABLE.names, name).and_then(|at| TABLE.sheets.get(at))
}

struct HeadingTable {
    sheets: Vec<Sheet>,
    names: BTreeMap<String, usize>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    sheet: Vec<SourceSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceSheet {
    id: SheetKind,
    zh: String,
    #[serde(default)]
    aliases: Vec<String>,
    column: Vec<Column>,
}

// A test holds that the compiled-in text is a table; without one, every heading would be unknown.
static TABLE: LazyLock<HeadingTable> = LazyLock::new(|| {
    let source: Source = toml::from_str(include_str!("../data/headings.toml")).unwrap_or_default();
    let mut table = HeadingTable { sheets: Vec::new(), names: BTreeMap::new() };
    for (at, sheet) in source.sheet.into_iter().enumerate() {
        for name in
            [sheet.zh.as_str(), sheet.id.as_str()].into_iter().chain(sheet.aliases.iter().map(String::as_str))
        {
            table.names.entry(key(name)).or_insert(at);
        }
        let mut names = BTreeMap::new();
        for (at, column) in sheet.column.iter().enumerate() {
            let first = [column.zh.as_str(), column.en.as_str(), column.field.as_str()];
            for name in first.into_iter().chain(column.aliases.iter().map(String::as_str)) {
                names.entry(key(name)).or_insert(at);
            }
        }
        table.sheets.push(Sheet { kind: sheet.id, zh: sheet.zh, columns: sheet.column, names });
    }
    table
});

fn find(names: &BTreeMap<String, usize>, heading: &str) -> Option<usize> {
    let whole = key(heading);
    names.get(&whole).or_else(|| names.get(&without_notes(&whole))).copied()
}

/// One form for spellings that mean the same.
pub(crate) fn key(heading: &str) -> String {
    let folded = heading.nfkc().flat_map(char::to_lowercase);
    folded
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | '\u{feff}' | '\u{200b}'..='\u{200f}'))
        .collect()
}

/// The key without what stands in brackets; a bracket that is never closed takes the rest with it.
fn without_notes(key: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in key.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_table_is_whole() {
        let kinds: Vec<_> = sheets().iter().map(|sheet| sheet.kind).collect();
        assert_eq!(kinds, SheetKind::ALL);
        for sheet in sheets() {
            assert!(sheet.columns.iter().any(|column| column.required), "{}", sheet.zh);
            for (at, column) in sheet.columns.iter().enumerate() {
                let names = [&column.zh, &column.en, &column.field].into_iter().chain(&column.aliases);
                for name in names {
                    assert_eq!(find(&sheet.names, name), Some(at), "{}: {name}", sheet.zh);
                }
            }
        }
    }

    #[test]
    fn spellings_of_one_heading_meet() {
        let sheet = sheet_named("求职者").expect("a sheet");
        for heading in [
            "残疾人证号",
            " 残疾人证号 ",
            "残疾证号*",
            "残疾人证号（必填）",
            "CERTIFICATE_Number",
            "certificate number",
        ] {
            assert_eq!(
                sheet.column(heading).map(|column| column.field.as_str()),
                Some("certificate_number"),
                "{heading}"
            );
        }
        assert_eq!(
            sheet.column("最远通勤（公里）").map(|column| column.field.as_str()),
            Some("max_commute_km")
        );
        assert!(
            sheet.column("星座").is_none()
                && sheet.column("").is_none()
                && sheet.column("（必填）").is_none()
        );
        assert_eq!(sheet_named("Candidates").map(|sheet| sheet.kind), Some(SheetKind::Candidates));
        assert_eq!(sheet_named("求职者(1)").map(|sheet| sheet.kind), Some(SheetKind::Candidates));
        assert!(sheet_named("说明").is_none());
    }
}
