//! Everything that people read, in Chinese and English, from one catalogue (`desk/data/messages.toml`).
//!
//! No text stands in code paths: code names a key, the catalogue says it in a [`Language`]. [`fill`] gives every
//! finding and every candidate of a [`Report`] one true sentence; the functions beside it say single parts of an answer
//! and touch nothing, so that the command line, the workbook and the service all say the same.
//!
//! # Bare values of rules that say no
//!
//! [`HitRecord::found`] and [`HitRecord::asked`] are read here as follows; anything else is shown as it stands.
//!
//! | rule | found | asked |
//! | --- | --- | --- |
//! | `working_age` | completed years | `≥16`; nothing where the age of retirement is reached |
//! | `age_limits` | completed years | `18–45`, `≥18` or `≤45`, both ends included |
//! | `certificate_valid` | last valid day | |
//! | `opening_dates` | day of the match | the opening's first or last day, whichever is in the way |
//! | `classes` | `visual:3`; nothing for a family member | `hearing:1,2,3,4;physical:3,4` |
//! | `education` | a word of `Education` | a word of `Education` |
//! | `licence` | | its name |
//! | `function` | capacity 0–4, with accommodations | demand 0–4 |
//! | `commute` | kilometres, rounded up | kilometres |
//! | `repeat_placement` | placements or months | the same |
//!
//! [`HitRecord::found`]: anzhi::report::HitRecord::found
//! [`HitRecord::asked`]: anzhi::report::HitRecord::asked

mod catalogue;
mod findings;
mod hits;
mod labels;
mod near;
mod outcome;
mod values;
mod words;

use std::fmt;
use std::str::FromStr;

use anzhi::report::Report;

pub use catalogue::{counted, entries, has, join, join_or, render, text};
pub use findings::{finding, finding_help, finding_message};
pub(crate) use findings::{found_words, pointed_row};
pub use hits::{
    hit_clause, hit_help, missing_bring, missing_name, missing_together, sentence_for_hit,
    sentence_for_missing, who_knows,
};
pub use labels::{Labels, choice_value, tier_name};
pub use near::{best_change, near_of_candidate, near_of_opening};
pub(crate) use near::{sentence as sentence_of, what_helps_candidate, what_helps_opening};
pub use outcome::outcome_sentence;
pub use values::hundredths;
pub(crate) use values::period;
pub use words::{Word, accommodation_name, list_name, source_name, word};

/// The language of everything that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both languages, Chinese first.
    pub const ALL: &'static [Self] = &[Self::Zh, Self::En];

    /// The name on the wire and in options: `zh` or `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text named no language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALanguage(String);

impl fmt::Display for NotALanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a language of the messages; write zh or en", self.0)
    }
}

impl std::error::Error for NotALanguage {}

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        let named = Self::ALL.iter().find(|language| language.as_str() == text);
        named.copied().ok_or_else(|| NotALanguage(text.to_owned()))
    }
}

/// Says every finding, every rejected row, every near miss and every candidate's outcome of a report in one sentence each,
/// and notes the language. Sentences that stand there already are replaced. *O(candidates + openings)*.
pub fn fill(report: &mut Report, language: Language) {
    let labels = Labels::new(report, language);
    let sentences: Vec<String> =
        report.candidates.iter().map(|it| outcome_sentence(&labels, report, it)).collect();
    drop(labels);
    for (candidate, sentence) in report.candidates.iter_mut().zip(sentences) {
        candidate.text = sentence;
        candidate.near.iter_mut().for_each(|it| it.text = near_of_candidate(language, it));
    }
    for near in report.openings.iter_mut().flat_map(|it| &mut it.near) {
        near.text = near_of_opening(language, near);
    }
    for it in &mut report.findings {
        it.text = finding(language, it.code, &it.found);
    }
    for it in &mut report.rejected {
        it.finding.text = finding(language, it.finding.code, &it.finding.found);
    }
    language.as_str().clone_into(&mut report.language);
}
