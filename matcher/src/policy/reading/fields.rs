//! A typed view of the TOML tree: each getter gives the value, or notes a fault and gives nothing.

use toml::de::{DeTable, DeValue};

use super::page::Page;
use crate::day::Day;

/// A fault has been noted, and there is no value; for getters whose value may itself be "none".
pub(in crate::policy) struct Told;

/// A value with its place in the text.
#[derive(Clone)]
pub(in crate::policy) struct Node<'r> {
    page: &'r Page<'r>,
    value: &'r DeValue<'r>,
    at: usize,
    path: String,
}

/// A table with its place in the text.
#[derive(Clone)]
pub(in crate::policy) struct Fields<'r> {
    page: &'r Page<'r>,
    table: &'r DeTable<'r>,
    at: usize,
    path: String,
}

impl<'r> Fields<'r> {
    /// The whole file.
    pub(in crate::policy) fn root(page: &'r Page<'r>, table: &'r DeTable<'r>) -> Self {
        Self { page, table, at: 0, path: String::new() }
    }

    pub(in crate::policy) fn fault(&self, message: impl Into<String>) {
        self.page.fault(self.at, &self.path, message);
    }

    /// Notes a fault at another place of the same text.
    pub(in crate::policy) fn fault_at(&self, at: usize, path: &str, message: impl Into<String>) {
        self.page.fault(at, path, message);
    }

    /// Notes every key that is in none of the lists.
    pub(in crate::policy) fn only(&self, known: &[&[&str]]) {
        let known = || known.iter().flat_map(|list| list.iter().copied());
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if known().any(|it| it == name) {
                continue;
            }
            let free: Vec<&str> = known().filter(|it| !self.table.contains_key(*it)).collect();
            let message = if let Some(near) = nearest(name, &free) {
                self.page.meant(self.path_of(near));
                format!("`{name}` is no key here; write `{near}`, or take the line out")
            } else {
                let all: Vec<&str> = known().collect();
                format!("`{name}` is no key here; the keys are {}", all.join(", "))
            };
            self.page.fault(key.span().start, &self.path_of(name), message);
        }
    }

    /// The value of a key that may be left out.
    pub(in crate::policy) fn get(&self, key: &str) -> Option<Node<'r>> {
        let (name, value) = self.table.get_key_value(key)?;
        // a table made by a dotted header alone has no text of its own; its name stands for it
        let at = if value.span().is_empty() { name.span().start } else { value.span().start };
        Some(Node { page: self.page, value: value.get_ref(), at, path: self.path_of(key) })
    }

    /// The value of a key that must be there; `what` says what to write.
    pub(in crate::policy) fn need(&self, key: &str, what: &str) -> Option<Node<'r>> {
        let found = self.get(key);
        if found.is_none() {
            self.page.missing(self.at, &self.path_of(key), format!("`{key}` is missing; {what}"));
        }
        found
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

impl<'r> Node<'r> {
    pub(in crate::policy) const fn at(&self) -> usize {
        self.at
    }

    pub(in crate::policy) fn path(&self) -> &str {
        &self.path
    }

    pub(in crate::policy) fn place(&self) -> (usize, usize) {
        self.page.place(self.at)
    }

    pub(in crate::policy) fn fault(&self, message: impl Into<String>) {
        self.page.fault(self.at, &self.path, message);
    }

    fn wrong<T>(&self, wanted: &str) -> Option<T> {
        self.fault(format!("found {}, and {wanted} is asked for", kind_of(self.value)));
        None
    }

    /// A table.
    pub(in crate::policy) fn fields(&self) -> Option<Fields<'r>> {
        match self.value {
            DeValue::Table(table) => {
                Some(Fields { page: self.page, table, at: self.at, path: self.path.clone() })
            }
            _ => self.wrong("a table"),
        }
    }

    /// A list, item by item.
    pub(in crate::policy) fn items(&self) -> Option<Vec<Node<'r>>> {
        let DeValue::Array(items) = self.value else { return self.wrong("a list") };
        let node = |(index, item): (usize, &'r toml::Spanned<DeValue<'r>>)| Node {
            page: self.page,
            value: item.get_ref(),
            at: item.span().start,
            path: format!("{}[{index}]", self.path),
        };
        Some(items.iter().enumerate().map(node).collect())
    }

    /// A text with something in it.
    pub(in crate::policy) fn text(&self) -> Option<&'r str> {
        match self.value {
            DeValue::String(text) if text.trim().is_empty() => {
                self.fault("found an empty text; write it, or ask the office for it");
                None
            }
            DeValue::String(text) => Some(text),
            _ => self.wrong("a text in quotation marks"),
        }
    }

    /// Whether the value is exactly this text.
    pub(in crate::policy) fn is_text(&self, text: &str) -> bool {
        matches!(self.value, DeValue::String(found) if found == text)
    }

    /// Whether the value is a list or a table rather than a single value.
    pub(in crate::policy) const fn is_compound(&self) -> bool {
        matches!(self.value, DeValue::Array(_) | DeValue::Table(_))
    }

    pub(in crate::policy) fn flag(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong("`true` or `false`"),
        }
    }

    /// A whole number between two bounds, both included.
    pub(in crate::policy) fn number<T: TryFrom<i64>>(&self, least: i64, most: i64) -> Option<T> {
        let DeValue::Integer(digits) = self.value else {
            return self.wrong(&format!("a whole number from {least} to {most}"));
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        let number = number.filter(|it| (least..=most).contains(it)).and_then(|it| T::try_from(it).ok());
        if number.is_none() {
            self.fault(format!("found {}; write a whole number from {least} to {most}", digits.as_str()));
        }
        number
    }

    /// A day, bare (`2024-12-31`) or in quotation marks.
    pub(in crate::policy) fn day(&self) -> Option<Day> {
        const FORM: &str = "a day, written as 2024-12-31";
        match self.value {
            DeValue::Datetime(found) => match (found.date, found.time, found.offset) {
                (Some(date), None, None) => {
                    let (year, month, day) =
                        (date.year.try_into().ok(), date.month.try_into().ok(), date.day.try_into().ok());
                    year.zip(month).zip(day).and_then(|((year, month), day)| Day::new(year, month, day))
                }
                _ => self.wrong(FORM),
            },
            DeValue::String(text) => {
                let day = text.parse().ok();
                if day.is_none() {
                    self.fault(format!("`{text}` is not {FORM}"));
                }
                day
            }
            _ => self.wrong(FORM),
        }
    }

    /// A word of a closed list.
    pub(in crate::policy) fn word<T: Copy>(
        &self,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text()?;
        let found = all.iter().copied().find(|word| name(*word) == text);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|word| name(*word)).collect();
            let hint = nearest(text, &names).map_or_else(String::new, |it| format!(", perhaps `{it}`"));
            self.fault(format!("`{text}` is no {what}{hint}; write one of {}", names.join(", ")));
        }
        found
    }
}

const fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The known word that a slip of the pen most likely meant: at most a third of its letters away.
fn nearest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    let (steps, near) = known.iter().map(|word| (distance(found, word), *word)).min()?;
    (steps * 3 <= near.chars().count().max(3)).then_some(near)
}

/// Letters that were added, left out, changed, or swapped with their neighbour (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut row = vec![at + 1];
        for (column, other) in right.iter().enumerate() {
            let change = last[column] + usize::from(letter != other);
            let mut steps = change.min(last[column + 1] + 1).min(row[column] + 1);
            if at > 0 && column > 0 && (left[at - 1], right[column - 1]) == (*other, *letter) {
                steps = steps.min(before_last[column - 1] + 1);
            }
            row.push(steps);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_find_their_word() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "甲乙"), 2);
        assert_eq!(distance("titel", "title"), 1);
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(nearest("wieghts", &["tiers", "weights"]), Some("weights"));
        assert_eq!(nearest("tier", &["tiers", "title"]), Some("tiers"));
        assert_eq!(nearest("colour", &["tiers", "title"]), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
