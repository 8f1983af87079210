//! Readers of the cells that adverts and registration sheets really contain.
//!
//! Each reader takes the text of one cell and gives a [`Reading`]: the value, and what a person should
//! look at. No reader panics, guesses or fills a gap: what cannot be read is a [`Finding`], an empty cell
//! is a value that says so without any finding. One file reads one kind of cell; `text` holds what they
//! share (full-width forms, Chinese numerals, traditional script).

pub mod accepts;
pub mod age;
pub mod conditions;
pub mod date;
pub mod demand;
pub mod disability;
pub mod education;
mod finding;
pub mod form;
pub mod functions;
pub mod headcount;
pub mod hours;
pub mod lists;
pub mod number;
pub mod place;
pub(crate) mod text;
pub mod wage;

pub use finding::Finding;

/// What a cell says, and what a person should look at before relying on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading<T> {
    /// What was read; for an empty or unreadable cell the value that says "nothing".
    pub value: T,
    /// Remarks in the order in which they were met, each once.
    pub findings: Vec<Finding>,
}

impl<T> Reading<T> {
    /// A value without remarks.
    pub const fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }

    /// A value with one remark.
    pub fn with(value: T, finding: Finding) -> Self {
        Self { value, findings: vec![finding] }
    }

    /// Whether some of the cell gave no value (see [`Finding::is_fault`]).
    pub fn is_faulty(&self) -> bool {
        self.findings.iter().any(|finding| finding.is_fault())
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        Reading { value: change(self.value), findings: self.findings }
    }
}
