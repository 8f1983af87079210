//! The basis that every rule, tier, definition and choice names: its id, its source, its clause, its quotation.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::fields::{Fields, Node, Told};
use crate::policy::model::{Basis, Source};

/// The keys of a basis; they stand in the table of what rests on it.
pub(super) const KEYS: &[&str] = &["id", "source", "clause", "quote"];

/// Every basis read so far.
pub(super) struct Register {
    /// Whether a quotation may follow: the policy names a source text, or the fault has been told.
    sourced: Cell<bool>,
    /// The line on which each id was first used.
    lines: RefCell<BTreeMap<String, usize>>,
}

impl Register {
    /// For a policy that names a source text in which quotations can be found, or does not.
    pub(super) const fn new(has_source: bool) -> Self {
        Self { sourced: Cell::new(has_source), lines: RefCell::new(BTreeMap::new()) }
    }

    /// The basis that stands in this table.
    pub(super) fn read(&self, fields: &Fields<'_>) -> Option<Basis> {
        let id = fields.need("id", "give it a name of its own, e.g. `XH-24`").and_then(|node| self.id(&node));
        let source = fields.need("source", "write one of seed, national, file, statement");
        let kind = source.as_ref().and_then(|node| self.source(node));
        let clause = fields.need(
            "clause",
            "write the clause as printed, the title and article of the national text, or who states the choice and why",
        );
        let clause = clause.and_then(|node| Some(node.text()?.to_owned()));
        let quote = quote(fields, kind);
        Some(Basis { id: id?, clause: clause?, quote: quote.ok()?, source: kind? })
    }

    fn id(&self, node: &Node<'_>) -> Option<String> {
        let id = node.text()?;
        if id.chars().any(|it| it.is_whitespace() || it == ':') {
            node.fault(format!("the id `{id}` holds a space or a colon; write it without"));
            return None;
        }
        let first = self.lines.borrow().get(id).copied();
        match first {
            Some(line) => {
                node.fault(format!("the id `{id}` is used before, in line {line}; give each its own"));
            }
            None => drop(self.lines.borrow_mut().insert(id.to_owned(), node.place().0)),
        }
        Some(id.to_owned())
    }

    fn source(&self, node: &Node<'_>) -> Option<Source> {
        if node.is_text(Source::Decision.as_str()) {
            node.fault(
                "a policy file holds no local decision; put it into a decisions file, or write one of seed, national, file, statement",
            );
            return None;
        }
        let source = node.word("kind of source", &Source::OF_POLICIES, Source::as_str)?;
        if source == Source::Seed && !self.sourced.replace(true) {
            node.fault("the policy names no source text; add `source_file`, or name another kind of source");
        }
        Some(source)
    }
}

/// The quotation, or that there is none to give.
fn quote(fields: &Fields<'_>, source: Option<Source>) -> Result<Option<String>, Told> {
    if source == Some(Source::Seed) {
        let node = fields
            .need("quote", "copy a short piece of the source text word for word, since the source is `seed`");
        return node.and_then(|node| node.text()).map(|text| Some(text.to_owned())).ok_or(Told);
    }
    let Some(node) = fields.get("quote") else { return Ok(None) };
    if source.is_some() {
        node.fault(
            "a quotation is of the source text, and the source is not `seed`; take it out, or write `seed`",
        );
    }
    Err(Told)
}
