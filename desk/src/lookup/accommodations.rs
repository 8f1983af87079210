//! Accommodations by id, name or a word of adverts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::key;

#[derive(Default, Deserialize)]
struct Source {
    accommodation: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    zh: String,
    en: String,
    #[serde(default)]
    aliases: Vec<String>,
}

// A test holds that the table is read; without one, every name would be unknown.
static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../../matcher/data/accommodations.toml");
    let source: Source = toml::from_str(text).unwrap_or_default();
    let mut names = BTreeMap::new();
    for row in &source.accommodation {
        for name in [&row.id, &row.zh, &row.en].into_iter().chain(&row.aliases) {
            names.entry(key(name)).or_insert_with(|| row.id.clone());
        }
    }
    names
});

/// The id of the accommodation that a name means.
pub fn accommodation(name: &str) -> Option<&'static str> {
    NAMES.get(&key(name)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::accommodation;

    #[test]
    fn names_lead_to_ids() {
        for name in ["text-chat", "文字交流", "打字沟通", "Text chat instead of speech"] {
            assert_eq!(accommodation(name), Some("text-chat"), "{name}");
        }
        assert_eq!(accommodation("免费午餐"), None);
    }
}
