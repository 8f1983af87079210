//! The lottery: one number for each person, drawn from a published seed (DESIGN §7).

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::ids::{CandidateIx, Column};
use crate::problem::Problem;

/// A published seed, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lottery {
    seed: Option<String>,
}

impl Lottery {
    /// A lottery with this published seed. Without one no lottery is held: ties stand in the order that an empty seed
    /// gives, and the plan is a draft (草案).
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Syntax`] if the seed is empty or breaks a line: it is printed, and people type it in.
    pub fn new(seed: Option<&str>) -> Result<Self, Error> {
        if let Some(seed) = seed
            && (seed.trim().is_empty() || seed.chars().any(char::is_control))
        {
            return Err(Error::syntax(
                "seed",
                "the seed is empty or breaks a line; write one line of text, or none",
            ));
        }
        Ok(Self { seed: seed.map(str::to_owned) })
    }

    /// The seed; empty where there is none.
    #[must_use]
    pub fn seed(&self) -> &str {
        self.seed.as_deref().unwrap_or_default()
    }

    /// 草案: no seed was published.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.seed.is_none()
    }

    /// The lot of a person: SHA-256 of the seed, a line feed and the id. Anyone can draw it again:
    /// `printf '%s\n%s' SEED ID | sha256sum`.
    #[must_use]
    pub fn lot(&self, id: &str) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.seed().as_bytes());
        digest.update(b"\n");
        digest.update(id.as_bytes());
        digest.finalize().into()
    }

    /// Everybody's place in the lottery, 0 = first: in order of lots, equal lots in order of id.
    #[must_use]
    pub fn places(&self, problem: &Problem) -> Column<CandidateIx, u32> {
        self.places_of(problem.candidates().iter().map(|record| record.id.as_str()))
    }

    /// The place in the lottery of each of these ids, which stand in order of id, 0 = first.
    #[must_use]
    pub fn places_of<T: AsRef<str>>(&self, ids: impl IntoIterator<Item = T>) -> Column<CandidateIx, u32> {
        let lots = ids.into_iter().map(|id| self.lot(id.as_ref()));
        let mut order: Vec<_> = lots.enumerate().map(|(row, lot)| (lot, row)).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, row)) in order.into_iter().enumerate() {
            places[row] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        Column::from_vec(places)
    }
}

/// SHA-256, in hexadecimal, of the accepted candidates' ids, each followed by a line feed: the frozen list.
#[must_use]
pub fn list_digest(problem: &Problem) -> String {
    let mut digest = Sha256::new();
    for record in problem.candidates() {
        digest.update(record.id.as_str().as_bytes());
        digest.update(b"\n");
    }
    hex(&digest.finalize())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anyone_can_draw_a_lot_again() {
        let lottery = Lottery::new(Some("2024-06-30 福彩双色球")).expect("a seed");
        let mut by_hand = Sha256::new();
        by_hand.update("2024-06-30 福彩双色球\nXH-0001".as_bytes());
        assert_eq!(lottery.lot("XH-0001"), <[u8; 32]>::from(by_hand.finalize()));
        assert_eq!(hex(&[0, 15, 255]), "000fff");
    }

    #[test]
    fn a_seed_is_one_line_of_text() {
        assert!(Lottery::new(Some("")).is_err() && Lottery::new(Some(" ")).is_err());
        assert!(Lottery::new(Some("a\nb")).is_err());
        assert!(Lottery::new(None).is_ok_and(|lottery| lottery.is_draft() && lottery.seed().is_empty()));
    }
}
