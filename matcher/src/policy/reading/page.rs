//! The text of a policy or decisions file: where its lines begin, and every fault found in it so far.

use std::cell::RefCell;
use std::collections::BTreeSet;

use toml::de::DeTable;

use crate::error::{Error, PolicyFault};

/// A text under reading. Faults gather here, so that one pass shows them all.
pub(in crate::policy) struct Page<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    faults: RefCell<Vec<(usize, PolicyFault)>>,
    /// What is missing, told only where no mistyped key explains it.
    missing: RefCell<Vec<(usize, PolicyFault)>>,
    /// Paths that a mistyped key was meant to be.
    meant: RefCell<BTreeSet<String>>,
}

impl<'t> Page<'t> {
    pub(in crate::policy) fn new(text: &'t str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self {
            text,
            line_starts,
            faults: RefCell::default(),
            missing: RefCell::default(),
            meant: RefCell::default(),
        }
    }

    /// The tree of the text; faults of syntax are noted, and then what is left of the tree is of no use.
    pub(in crate::policy) fn parse(&self) -> Option<DeTable<'t>> {
        let (tree, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            self.fault(at, "", format!("this is not TOML: {}", error.message()));
        }
        errors.is_empty().then(|| tree.into_inner())
    }

    pub(in crate::policy) fn fault(&self, at: usize, path: &str, message: impl Into<String>) {
        let fault = self.fault_of(at, path, message.into());
        self.faults.borrow_mut().push((at, fault));
    }

    /// Notes that a key is missing.
    pub(super) fn missing(&self, at: usize, path: &str, message: String) {
        let fault = self.fault_of(at, path, message);
        self.missing.borrow_mut().push((at, fault));
    }

    /// Notes that a mistyped key was meant to be the key at this path.
    pub(super) fn meant(&self, path: String) {
        self.meant.borrow_mut().insert(path);
    }

    fn fault_of(&self, at: usize, path: &str, message: String) -> PolicyFault {
        PolicyFault { at: Some(self.place(at)), path: path.to_owned(), message }
    }

    /// Line and column of a byte, both from 1; the column counts characters, a byte-order mark not among them.
    pub(in crate::policy) fn place(&self, at: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.char_indices().skip_while(|(byte, _)| *byte < start);
        let before = before.take_while(|(byte, _)| *byte < at).filter(|(_, it)| *it != '\u{feff}');
        (line, before.count() + 1)
    }

    /// The value if the text is without fault, else every fault in the order of the text.
    pub(in crate::policy) fn finish<T>(self, value: Option<T>) -> Result<T, Error> {
        let mut faults = self.faults.into_inner();
        let meant = self.meant.into_inner();
        faults.extend(self.missing.into_inner().into_iter().filter(|(_, it)| !meant.contains(&it.path)));
        faults.sort_by(|left, right| (left.0, &left.1.path).cmp(&(right.0, &right.1.path)));
        faults.dedup();
        match value {
            Some(value) if faults.is_empty() => Ok(value),
            _ => Err(Error::policy(faults.into_iter().map(|(_, fault)| fault).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let page = Page::new("\u{feff}甲 = 1\r\n乙乙 = 2\n");
        let byte = |text: &str| page.text.find(text).unwrap_or(page.text.len());
        assert_eq!(page.place(byte("甲")), (1, 1));
        assert_eq!(page.place(byte("1")), (1, 5));
        assert_eq!(page.place(byte("2")), (2, 6));
        assert_eq!(page.place(page.text.len()), (3, 1));
        assert_eq!(Page::new("").place(0), (1, 1));
    }

    #[test]
    fn every_fault_of_syntax_is_told_in_order() {
        let page = Page::new("a = \nb = 3 4\n");
        assert!(page.parse().is_none());
        let error = page.finish::<()>(None).expect_err("two faults");
        let places: Vec<_> = error.policy_faults().iter().map(|fault| fault.at).collect();
        assert_eq!(places, [Some((1, 5)), Some((2, 5))]);
    }
}
