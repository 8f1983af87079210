//! What of a person's name stays in the office.

use std::fmt;

/// A candidate's name, for lists that the office prints for itself. It has no wire form, and its debug output shows
/// nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Names(Box<str>);

impl Names {
    pub(super) fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name as written: for prints that do not leave the office.
    pub fn full(&self) -> &str {
        &self.0
    }

    /// The surname with a star for each further character: for lists that others see.
    pub fn masked(&self) -> String {
        crate::people::mask_name(&self.0)
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names(…)")
    }
}
