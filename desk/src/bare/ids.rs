//! Names of rows.

use std::borrow::Cow;

/// The names of rows: given ones, or the row numbers themselves.
#[derive(Clone, Debug)]
pub enum Ids {
    /// Names, by row, and the rows in order of name.
    Named {
        /// By row.
        names: Vec<Box<str>>,
        /// Rows in order of name.
        order: Vec<usize>,
    },
    /// So many rows, each called by its number, the first being 0.
    Rows(usize),
}

impl Default for Ids {
    fn default() -> Self {
        Self::Rows(0)
    }
}

impl Ids {
    /// These names, by row. Each must be another.
    #[must_use]
    pub fn named(names: Vec<Box<str>>) -> Self {
        let mut order: Vec<usize> = (0..names.len()).collect();
        if !names.is_sorted() {
            order.sort_by(|&one, &other| names.get(one).cmp(&names.get(other)));
        }
        Self::Named { names, order }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Named { names, .. } => names.len(),
            Self::Rows(rows) => *rows,
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a row; its number where it has none.
    #[must_use]
    pub fn name(&self, row: usize) -> Cow<'_, str> {
        match self {
            Self::Named { names, .. } => {
                names.get(row).map_or_else(|| row.to_string().into(), |name| Cow::Borrowed(&**name))
            }
            Self::Rows(_) => row.to_string().into(),
        }
    }

    /// The row with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        match self {
            Self::Named { names, order } => {
                let own = |&row: &usize| names.get(row).map_or("", |name| &**name);
                let found = order.binary_search_by(|row| own(row).cmp(name)).ok()?;
                order.get(found).copied()
            }
            Self::Rows(rows) => {
                let row: usize = name.parse().ok()?;
                (row < *rows && row.to_string() == name).then_some(row)
            }
        }
    }

    /// The names, by row.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.len()).map(|row| self.name(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_order() {
        let ids = Ids::named(vec!["b".into(), "c".into(), "a".into()]);
        assert_eq!(["a", "b", "c", "d"].map(|name| ids.find(name)), [Some(2), Some(0), Some(1), None]);
        let rows = Ids::Rows(11);
        assert_eq!(
            ["0", "10", "11", "01", "x"].map(|name| rows.find(name)),
            [Some(0), Some(10), None, None, None]
        );
        assert_eq!((rows.name(7), ids.name(2)), ("7".into(), "a".into()));
    }
}
