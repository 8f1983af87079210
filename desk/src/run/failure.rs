//! What goes wrong between a person and the program: an exit code and plain sentences, said in the reader's language.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::messages::Language;

/// How a command ends, beside "done".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 1: done, but rows were rejected, a local decision is missing or a proof failed.
    Partly,
    /// 2: wrong use.
    WrongUse,
    /// 3: the input cannot be used at all.
    Unusable,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Partly => 1,
            Self::WrongUse => 2,
            Self::Unusable => 3,
        }
    }
}

/// A sentence of the catalogue `data/messages_cli.toml` with the values that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

/// One text of the catalogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    zh: String,
    en: String,
}

#[expect(clippy::expect_used, reason = "the text is compiled in, and `the_catalogue_is_whole` reads it")]
static TEXTS: LazyLock<BTreeMap<String, Text>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/messages_cli.toml")).expect("the catalogue"));

impl Sentence {
    /// The sentence with this key.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// The same sentence, with a value for the place marked `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// A text of the catalogue as it stands there; `None` if it holds no such key.
    #[must_use]
    pub fn text(key: &str, language: Language) -> Option<&'static str> {
        TEXTS.get(key).map(|text| match language {
            Language::Zh => text.zh.as_str(),
            Language::En => text.en.as_str(),
        })
    }

    /// The sentence in one language. What a value holds is never read as a place.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let Some(mut rest) = Self::text(self.key, language) else { return self.key.to_owned() };
        let mut said = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let (name, forms) =
                name.split_once('|').map_or((name, None), |(name, forms)| (name, Some(forms)));
            let value = self.values.iter().find(|(own, _)| *own == name);
            let value = value.map_or("?", |(_, value)| value.as_str());
            // `{count|flaw is|flaws are}`: the first form for one, the second for any other number
            said.push_str(match forms.and_then(|forms| forms.split_once('|')) {
                Some((one, many)) => {
                    if value == "1" {
                        one
                    } else {
                        many
                    }
                }
                None => value,
            });
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

/// Why a command did not do, or not fully do, what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How the command ends.
    pub exit: Exit,
    /// One sentence for each thing that is wrong: where, what was found, what to do.
    pub sentences: Vec<Sentence>,
}

impl Failure {
    /// The command was used wrongly.
    #[must_use]
    pub fn wrong_use(sentence: Sentence) -> Self {
        Self { exit: Exit::WrongUse, sentences: vec![sentence] }
    }

    /// The input cannot be used at all.
    #[must_use]
    pub fn unusable(sentence: Sentence) -> Self {
        Self { exit: Exit::Unusable, sentences: vec![sentence] }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use regex::Regex;

    use super::*;

    /// Every literal of the sources that is the only argument of a call, and every literal at all.
    fn literals() -> (BTreeSet<String>, BTreeSet<String>) {
        let (only, any) = (Regex::new(r#"\("([a-z]+(?:_[a-z]+)+)"\)"#), Regex::new(r#""([a-z_]+)""#));
        let mut found = (BTreeSet::new(), BTreeSet::new());
        for folder in ["src/cli", "src/run", "src/bare"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for file in fs::read_dir(folder).expect("a folder").flatten() {
                let text = fs::read_to_string(file.path()).expect("a source");
                let of = |regex: &Regex| -> Vec<String> {
                    regex.captures_iter(&text).map(|it| it[1].to_owned()).collect()
                };
                found.0.extend(of(only.as_ref().expect("a regex")));
                found.1.extend(of(any.as_ref().expect("a regex")));
            }
        }
        found
    }

    #[test]
    fn the_catalogue_is_whole() {
        let (only, any) = literals();
        for key in only.iter().filter(|key| !key.starts_with("no_such")) {
            assert!(TEXTS.contains_key(key), "`{key}` is said and is not in the catalogue");
        }
        for key in TEXTS.keys().filter(|key| !key.starts_with("help_")) {
            assert!(any.contains(key), "`{key}` is in the catalogue and never said");
        }
    }

    #[test]
    fn both_languages_speak_of_the_same_values() {
        let places = Regex::new(r"\{([a-z]*)(?:\|[^|}]+\|[^|}]+)?\}").expect("a regex");
        for (key, text) in TEXTS.iter() {
            let of = |text: &str| -> BTreeSet<String> {
                places.captures_iter(text).map(|it| it[1].to_owned()).collect()
            };
            assert_eq!(of(&text.zh), of(&text.en), "{key}");
            let marks = |mark: char| text.en.matches(mark).count() + text.zh.matches(mark).count();
            let all = places.find_iter(&text.en).count() + places.find_iter(&text.zh).count();
            assert_eq!((marks('{'), marks('}')), (all, all), "{key}");
        }
    }

    #[test]
    fn one_and_many_have_their_own_words() {
        let said = |count: u32| Sentence::new("verify_more").with("count", count).say(Language::En);
        assert_eq!(said(1), "1 more flaw is not listed");
        assert_eq!(said(21), "21 more flaws are not listed");
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        let sentence = Sentence::new("text_fault").with("file", "{message}").with("message", "{x");
        assert_eq!(sentence.say(Language::En), "{message}: {x");
        assert_eq!(Sentence::new("no_such_key").say(Language::Zh), "no_such_key");
    }
}
