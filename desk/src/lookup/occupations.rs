//! Occupations by code, name or a word of a title.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{entries, key};

/// The table of occupations: codes of the 2022 dictionary (`d-dd-dd-dd`) and local ones (`L-dd`).
#[derive(Debug, Default)]
pub struct Occupations {
    names: BTreeMap<String, String>,
    words: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    zh: String,
    aliases: String,
}

static BUILT_IN: LazyLock<Occupations> = LazyLock::new(|| {
    let mut table = Occupations::default();
    for row in super::rows::<Row>(include_str!("../../data/occupations.csv")) {
        table.names.insert(row.code.clone(), row.zh.clone());
        for word in std::iter::once(row.zh.as_str()).chain(entries(&row.aliases)) {
            table.words.entry(key(word)).or_default().insert(row.code.clone());
        }
    }
    table
});

/// Codes for adverts that name no work: any other match goes before them.
const NO_WORK_NAMED: &[&str] = &["L-02", "L-03"];

/// Whether a text has the form of a code: `d-dd-dd-dd` of the dictionary, or `L-dd` of our own.
pub fn is_code(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(form.as_str(), "0-00-00-00" | "L-00")
}

impl Occupations {
    /// The occupations that ship with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The name of a code, where the table has it.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// The code that a cell means: a code of either form, known here or not, or a name of the table.
    pub fn find(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if is_code(text) {
            return Some(text.to_owned());
        }
        let codes = self.words.get(&key(text))?;
        if codes.len() == 1 { codes.first().cloned() } else { None }
    }

    /// The code that the words of a title mean: the longest word of the table that stands in it. `None` where none
    /// does, or where two words of that length mean different work.
    pub fn of_title(&self, title: &str) -> Option<String> {
        let title = key(title);
        let mut found: Vec<(bool, usize, &BTreeSet<String>)> = self
            .words
            .iter()
            .filter(|(word, _)| title.contains(word.as_str()))
            .map(|(word, codes)| (names_work(codes), word.chars().count(), codes))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let best = found.first().map(|(work, length, _)| (*work, *length))?;
        let of_best = found.iter().filter(|(work, length, _)| (*work, *length) == best);
        let codes: BTreeSet<&String> = of_best.flat_map(|(.., codes)| codes.iter()).collect();
        if codes.len() == 1 { codes.first().map(|code| (*code).clone()) } else { None }
    }
}

fn names_work(codes: &BTreeSet<String>) -> bool {
    codes.iter().any(|code| !NO_WORK_NAMED.contains(&code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_table_is_whole() {
        let table = Occupations::built_in();
        assert_eq!(table.names.len(), include_str!("../../data/occupations.csv").lines().count() - 1);
        assert!(table.names.keys().all(|code| is_code(code)));
    }

    #[test]
    fn cells_and_titles_lead_to_codes() {
        let table = Occupations::built_in();
        assert_eq!(table.find("4-09-08-01").as_deref(), Some("4-09-08-01"));
        assert_eq!(table.find("1-99-99-99").as_deref(), Some("1-99-99-99"));
        assert_eq!(table.find("保洁员").as_deref(), Some("4-09-08-01"));
        assert_eq!(table.find("飞行器"), None);
        assert_eq!(table.of_title("招聘农村保洁员2名").as_deref(), Some("4-09-08-01"));
        assert_eq!(table.of_title("残疾人公益岗（保洁员）").as_deref(), Some("4-09-08-01"));
        assert_eq!(table.of_title("残疾人公益岗").as_deref(), Some("L-02"));
        assert_eq!(table.of_title("无"), None);
        assert_eq!(table.of_title("保安或保洁"), None);
    }
}
