//! The last key of an opening's list: who stands first among people with the same score and the same days.

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::ids::{CandidateIx, Column};
use crate::problem::Problem;

/// By id, or by a salted digest of it, so that nobody stands first for the sake of their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    salt: Option<String>,
}

impl Ties {
    /// By SHA-256 of this published salt, a line feed and the id; without a salt by the id itself.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Syntax`] if the salt is empty or breaks a line: it is printed, and people type it in.
    pub fn new(salt: Option<&str>) -> Result<Self, Error> {
        if let Some(salt) = salt
            && (salt.trim().is_empty() || salt.chars().any(char::is_control))
        {
            return Err(Error::syntax(
                "salt",
                "the salt is empty or breaks a line; write one line of text, or none",
            ));
        }
        Ok(Self { salt: salt.map(str::to_owned) })
    }

    /// The salt; `None` = by id.
    #[must_use]
    pub fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    /// Everybody's place, 0 = first; `None` where rows stand in that order already. Equal digests stand by id.
    pub(super) fn places(&self, problem: &Problem) -> Option<Column<CandidateIx, u32>> {
        let salt = self.salt()?;
        let digest = |id: &str| -> [u8; 32] {
            let mut digest = Sha256::new();
            digest.update(salt.as_bytes());
            digest.update(b"\n");
            digest.update(id.as_bytes());
            digest.finalize().into()
        };
        let digests = problem.candidates().iter().map(|record| digest(record.id.as_str()));
        let mut order: Vec<_> = digests.enumerate().map(|(row, digest)| (digest, row)).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, row)) in order.into_iter().enumerate() {
            places[row] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        Some(Column::from_vec(places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_is_one_line_of_text() {
        assert!(Ties::new(Some(" ")).is_err() && Ties::new(Some("a\nb")).is_err());
        assert_eq!(Ties::new(Some("a b")).unwrap().salt(), Some("a b"));
        assert_eq!(Ties::new(None).unwrap(), Ties::default());
    }
}
