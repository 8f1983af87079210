//! What is wrong with the files of a bare instance.

use serde::Serialize;

use crate::messages::Language;
use crate::run::Sentence;

/// Most faults that are told one by one; the others are counted.
const MOST: usize = 10_000;

/// One thing that is wrong: where, what was found, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    file: Option<String>,
    line: Option<u64>,
    sentence: Sentence,
    row_only: bool,
}

/// **Wire**: one fault as `faults.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultRecord {
    file: String,
    line: Option<u64>,
    text: String,
}

impl Fault {
    /// A fault for which the sentence itself says where it is.
    #[must_use]
    pub fn plain(sentence: Sentence) -> Self {
        Self { file: None, line: None, sentence, row_only: false }
    }

    /// A fault of a whole file.
    #[must_use]
    pub fn whole(file: &str, sentence: Sentence) -> Self {
        Self { file: Some(file.to_owned()), ..Self::plain(sentence) }
    }

    /// A fault at a line of a file.
    #[must_use]
    pub fn at(file: &str, line: u64, sentence: Sentence) -> Self {
        Self { line: Some(line), ..Self::whole(file, sentence) }
    }

    /// The same fault, for which one row is set aside and the rest stands.
    #[must_use]
    pub fn of_a_row(mut self) -> Self {
        self.row_only = true;
        self
    }

    /// The fault as one sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> Sentence {
        let text = self.sentence.say(language);
        match (&self.file, self.line) {
            (None, _) => self.sentence.clone(),
            (Some(file), None) => Sentence::new("bare_in_file").with("file", file).with("text", text),
            (Some(file), Some(line)) => {
                Sentence::new("bare_at_line").with("file", file).with("line", line).with("text", text)
            }
        }
    }

    fn record(&self, language: Language) -> FaultRecord {
        let file = self.file.clone().unwrap_or_default();
        FaultRecord { file, line: self.line, text: self.sentence.say(language) }
    }
}

/// Everything that is wrong, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    more: usize,
    fatal: bool,
}

impl Faults {
    /// One more.
    pub fn push(&mut self, fault: Fault) {
        self.fatal |= !fault.row_only;
        if self.list.len() < MOST {
            self.list.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Those of a later part of the input.
    pub fn append(&mut self, later: Self) {
        self.fatal |= later.fatal;
        self.more += later.more;
        self.extend(later.list);
    }

    /// Several more.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            self.push(fault);
        }
    }

    /// Whether anything is wrong that leaves no instance.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.fatal
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.more
    }

    /// Sentences about the first `most` of them, and one about the number of the others.
    #[must_use]
    pub fn sentences(&self, most: usize, language: Language) -> Vec<Sentence> {
        let mut sentences: Vec<Sentence> =
            self.list.iter().take(most).map(|fault| fault.sentence(language)).collect();
        let others = self.count() - sentences.len();
        if others > 0 {
            sentences.push(Sentence::new("bare_more_faults").with("count", others));
        }
        sentences
    }

    /// The faults for a file, those that were only counted left out.
    #[must_use]
    pub fn records(&self, language: Language) -> Vec<FaultRecord> {
        self.list.iter().map(|fault| fault.record(language)).collect()
    }
}
