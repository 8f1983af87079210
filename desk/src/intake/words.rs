//! The spellings of the records' words (`data/words.toml`, compiled in).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::headings::key;

#[derive(Default, Deserialize)]
struct Source {
    vocabulary: Vec<Vocabulary>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    id: String,
    words: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    #[serde(rename = "word")]
    wire: String,
    zh: String,
    aliases: Vec<String>,
}

type Spellings = BTreeMap<String, String>;

// A test holds that every vocabulary is read; without one, every word would be unknown.
static WORDS: LazyLock<BTreeMap<String, Spellings>> = LazyLock::new(|| {
    let source: Source = toml::from_str(include_str!("../../data/words.toml")).unwrap_or_default();
    let spellings = |vocabulary: &Vocabulary| {
        let mut spellings = Spellings::new();
        for word in &vocabulary.words {
            for spelling in [&word.wire, &word.zh].into_iter().chain(&word.aliases) {
                spellings.entry(key(spelling)).or_insert_with(|| word.wire.clone());
            }
        }
        spellings
    };
    source.vocabulary.iter().map(|vocabulary| (vocabulary.id.clone(), spellings(vocabulary))).collect()
});

/// The wire name of a word of a vocabulary, by any of its spellings.
pub(super) fn wire(vocabulary: &str, text: &str) -> Option<&'static str> {
    WORDS.get(vocabulary)?.get(&key(text)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use anzhi::words::{
        Channel, EmployerKind, Employment, Group, Hukou, OpeningKind, PersonKind, ReferralOutcome,
        ServiceKind, Willingness,
    };

    use super::*;

    #[test]
    fn every_word_has_a_spelling_and_every_spelling_one_word() {
        let source: Source = toml::from_str(include_str!("../../data/words.toml")).expect("a table");
        let all: &[(&str, Vec<&str>)] = &[
            ("person_kind", PersonKind::ALL.iter().map(|word| word.as_str()).collect()),
            ("hukou", Hukou::ALL.iter().map(|word| word.as_str()).collect()),
            ("employment", Employment::ALL.iter().map(|word| word.as_str()).collect()),
            ("willingness", Willingness::ALL.iter().map(|word| word.as_str()).collect()),
            ("employer_kind", EmployerKind::ALL.iter().map(|word| word.as_str()).collect()),
            ("opening_kind", OpeningKind::ALL.iter().map(|word| word.as_str()).collect()),
            ("group", Group::ALL.iter().map(|word| word.as_str()).collect()),
            ("channel", Channel::ALL.iter().map(|word| word.as_str()).collect()),
            ("outcome", ReferralOutcome::ALL.iter().map(|word| word.as_str()).collect()),
            ("service_kind", ServiceKind::ALL.iter().map(|word| word.as_str()).collect()),
        ];
        for (id, words) in all {
            let vocabulary = source.vocabulary.iter().find(|vocabulary| vocabulary.id == *id).expect(id);
            let listed: Vec<_> = vocabulary.words.iter().map(|word| word.wire.as_str()).collect();
            assert_eq!(&listed, words, "{id}");
        }
        for vocabulary in &source.vocabulary {
            for word in &vocabulary.words {
                for spelling in [&word.wire, &word.zh].into_iter().chain(&word.aliases) {
                    assert_eq!(wire(&vocabulary.id, spelling), Some(word.wire.as_str()), "{spelling}");
                }
            }
        }
        assert_eq!(wire("hukou", "月球"), None);
    }
}
