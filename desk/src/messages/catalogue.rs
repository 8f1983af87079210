//! The catalogue: texts by key and language, and the filling of their placeholders.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::{Table, Value};

use super::Language;

#[derive(Debug, Default)]
struct Text {
    zh: Option<String>,
    en: Option<String>,
}

/// The texts of the crate itself: a fault in them is a fault of the build, and a test reads every one.
#[expect(clippy::expect_used, reason = "the text is compiled in, and `catalogue_reads` reads it")]
static TEXTS: LazyLock<BTreeMap<String, Text>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../data/messages.toml")).expect("the catalogue");
    let mut texts = BTreeMap::new();
    gather("", &table, &mut texts);
    texts
});

fn gather(prefix: &str, table: &Table, texts: &mut BTreeMap<String, Text>) {
    for (name, value) in table {
        let (Value::Table(inner), key) = (value, format!("{prefix}{name}")) else { continue };
        let said = |language: &str| inner.get(language).and_then(Value::as_str).map(str::to_owned);
        if let zh @ Some(_) = said("zh") {
            texts.insert(key, Text { zh, en: said("en") });
        } else {
            gather(&format!("{key}."), inner, texts);
        }
    }
}

/// Every key of the catalogue with its Chinese and its English text, in order of the keys; English is `None` where it
/// stands in the engine (findings).
pub fn entries() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    TEXTS.iter().map(|(key, it)| (key.as_str(), it.zh.as_deref().unwrap_or_default(), it.en.as_deref()))
}

/// Whether the catalogue has a text under this key.
#[must_use]
pub fn has(key: &str) -> bool {
    TEXTS.contains_key(key)
}

/// The text under a key, placeholders unfilled; `None` where the catalogue has none in this language.
pub(super) fn find(language: Language, key: &str) -> Option<&'static str> {
    let found = TEXTS.get(key)?;
    match language {
        Language::Zh => found.zh.as_deref(),
        Language::En => found.en.as_deref(),
    }
}

/// The text under a key, placeholders unfilled. A key that the catalogue lacks stands for itself; a test finds those.
#[must_use]
pub fn text(language: Language, key: &str) -> &str {
    find(language, key).unwrap_or(key)
}

/// The text under a key with its placeholders filled. Values are put in as they are: braces in them mean nothing.
#[must_use]
pub fn render(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    fill_in(text(language, key), values)
}

fn fill_in(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, behind)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, behind))
        });
        rest = if let Some((value, behind)) = named {
            filled.push_str(value);
            behind
        } else {
            filled.push('{');
            after
        };
    }
    filled.push_str(rest);
    filled
}

/// The text for a count: `key.one` for one, else `key.many`; `{n}` is the count.
#[must_use]
pub fn counted(language: Language, key: &str, count: u64) -> String {
    let form = if count == 1 { "one" } else { "many" };
    render(language, &format!("{key}.{form}"), &[("n", &count.to_string())])
}

/// Texts as a list (`甲、乙`).
#[must_use]
pub fn join<T: AsRef<str>>(language: Language, texts: &[T]) -> String {
    joined(text(language, "join.list"), texts)
}

/// Texts as alternatives (`甲或乙`).
#[must_use]
pub fn join_or<T: AsRef<str>>(language: Language, texts: &[T]) -> String {
    joined(text(language, "join.or"), texts)
}

pub(super) fn joined<T: AsRef<str>>(joint: &str, texts: &[T]) -> String {
    texts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalogue_reads() {
        assert!(entries().count() > 300);
        assert_eq!(text(Language::Zh, "word.group.low_income"), "低保");
        assert_eq!(text(Language::En, "no.such.key"), "no.such.key");
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill_in("{a} and {b}, {c} and {", &values), "{b} and x, {c} and {");
        assert_eq!(counted(Language::En, "count.seats", 1), "1 seat");
        assert_eq!(counted(Language::En, "count.seats", 0), "0 seats");
    }
}
