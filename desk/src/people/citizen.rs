//! The citizen number: 6 address digits, 8 birth digits, 3 sequence digits, 1 check character.

use std::fmt;

use crate::adverts::date::Date;
use crate::adverts::disability::Sex;
use crate::adverts::text::patterns;
use crate::adverts::text::tight;

/// Length of a citizen number.
pub(super) const LENGTH: usize = 18;

/// Birth date as a number states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Birth {
    /// A day from 1900 to the day of the run.
    Day(Date),
    /// A birth year before 1900 or after the day of the run: the range for made-up people, never a date.
    Synthetic,
}

/// What a checked citizen number says about its holder. The number itself is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citizen {
    birth: Birth,
    sex: Sex,
    doubtful: bool,
}

impl Citizen {
    /// Checks the text of a cell; `on` is the day of the run (never the clock).
    ///
    /// Spaces, a leading apostrophe, full-width digits and a small `x` are accepted. The address digits are
    /// not checked: they may be codes that no longer exist, and say nothing about today's residence.
    ///
    /// # Errors
    ///
    /// The first fault in the order length, characters, check character, calendar.
    ///
    /// ```
    /// use anzhi_desk::adverts::date::Date;
    /// use anzhi_desk::adverts::disability::Sex;
    /// use anzhi_desk::people::{Birth, Citizen};
    ///
    /// let on = Date::new(2024, 6, 30).expect("a day");
    /// let citizen = Citizen::read("11010519491231002X", on).expect("a published example");
    /// assert_eq!(citizen.sex(), Sex::Female);
    /// assert_eq!(Some(citizen.birth()), Date::new(1949, 12, 31).map(Birth::Day));
    /// ```
    pub fn read(text: &str, on: Date) -> Result<Self, CitizenFault> {
        let letters = letters(text);
        check_shape(&letters)?;
        Self::from_letters(&letters, on)
    }

    /// Checks 18 characters of any content.
    pub(super) fn from_letters(letters: &[char], on: Date) -> Result<Self, CitizenFault> {
        let digits = digits(letters)?;
        let zeros = letters.ends_with(&['0'; 3]);
        if check_character(&digits) != letters.last().copied() {
            return Err(if zeros { CitizenFault::Rounded } else { CitizenFault::CheckCharacter });
        }
        let sex = if digits.get(16).is_some_and(|digit| digit % 2 == 1) { Sex::Male } else { Sex::Female };
        Ok(Self { birth: birth(&digits, on)?, sex, doubtful: zeros })
    }

    /// Birth date, if the number is not of the synthetic range.
    pub const fn birth(&self) -> Birth {
        self.birth
    }

    /// Sex after the last sequence digit: odd is male, even is female.
    pub const fn sex(&self) -> Sex {
        self.sex
    }

    /// Whether the last three characters are `000`. A spreadsheet that keeps 15 digits leaves just that, and
    /// one time in eleven the check character agrees by chance: staff should compare with the document.
    pub const fn is_doubtful(&self) -> bool {
        self.doubtful
    }
}

/// What is wrong with a citizen number. No text of a fault holds any part of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitizenFault {
    /// The cell is empty.
    Empty,
    /// There is no digit in the cell.
    NotANumber,
    /// Neither 18 nor 15 characters.
    WrongLength {
        /// How many characters there are, 255 for more.
        found: u8,
    },
    /// A character that cannot stand at its place.
    WrongCharacter {
        /// Counted from 1.
        place: u8,
    },
    /// The 18th character does not agree with the 17 before it: one of the 18 is wrong.
    CheckCharacter,
    /// Digits 7 to 14 are no day of the calendar.
    ImpossibleDate,
    /// A spreadsheet kept the number as a quantity and lost its last digits.
    Rounded,
    /// A number of the first generation with 15 digits; these ended in 2013.
    OldNumber,
}

impl CitizenFault {
    /// One of each kind, for catalogues of messages.
    pub const ALL: &[Self] = &[
        Self::Empty,
        Self::NotANumber,
        Self::WrongLength { found: 0 },
        Self::WrongCharacter { place: 1 },
        Self::CheckCharacter,
        Self::ImpossibleDate,
        Self::Rounded,
        Self::OldNumber,
    ];

    /// A stable name, the key of a message catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "citizen.empty",
            Self::NotANumber => "citizen.not_a_number",
            Self::WrongLength { .. } => "citizen.length",
            Self::WrongCharacter { .. } => "citizen.character",
            Self::CheckCharacter => "citizen.check",
            Self::ImpossibleDate => "citizen.date",
            Self::Rounded => "citizen.rounded",
            Self::OldNumber => "citizen.old",
        }
    }
}

impl fmt::Display for CitizenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the citizen number is missing; copy it from the document"),
            Self::NotANumber => f.write_str("there is no number in this cell; copy it from the document"),
            Self::WrongLength { found } => write!(
                f,
                "a citizen number has 18 characters, this one has {found}; copy it again from the document"
            ),
            Self::WrongCharacter { place } => write!(
                f,
                "character {place} cannot stand there: 17 digits, then a digit or X; copy it from the document"
            ),
            Self::CheckCharacter => f.write_str(
                "character 18 does not agree with the 17 before it, so one of the 18 is wrong; \
                 compare the number with the document",
            ),
            Self::ImpossibleDate => {
                f.write_str("digits 7 to 14 are no day of the calendar; compare the number with the document")
            }
            Self::Rounded => f.write_str(
                "a spreadsheet has rounded this number and its last digits are lost; format the column as \
                 text and enter the number again",
            ),
            Self::OldNumber => f.write_str(
                "this is a number of the first generation with 15 digits; enter the 18 characters of the \
                 present document",
            ),
        }
    }
}

impl std::error::Error for CitizenFault {}

patterns! {
    // `1.10105E+17`, or a quantity written with decimals
    QUANTITY = r"^(?:\d+(?:\.\d+)?[eE]\+?\d+|\d{15,}\.\d+)$";
}

/// The characters of a number cell, in one form.
pub(super) fn letters(text: &str) -> Vec<char> {
    tight(text).chars().filter(|letter| *letter != '\'').map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Whether the cell shows a quantity where a number of a person should stand.
pub(super) fn is_rounded(letters: &[char]) -> bool {
    QUANTITY.is_match(&letters.iter().collect::<String>())
}

fn check_shape(letters: &[char]) -> Result<(), CitizenFault> {
    if letters.is_empty() {
        return Err(CitizenFault::Empty);
    }
    if !letters.iter().any(char::is_ascii_digit) {
        return Err(CitizenFault::NotANumber);
    }
    if is_rounded(letters) {
        return Err(CitizenFault::Rounded);
    }
    if letters.len() == 15 && letters.iter().all(char::is_ascii_digit) {
        return Err(CitizenFault::OldNumber);
    }
    if letters.len() != LENGTH {
        return Err(CitizenFault::WrongLength { found: short(letters.len()) });
    }
    Ok(())
}

/// A count for a message.
pub(super) fn short(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn digits(letters: &[char]) -> Result<Vec<u32>, CitizenFault> {
    let mut digits = Vec::with_capacity(LENGTH);
    for (index, letter) in letters.iter().enumerate() {
        match letter.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if index == LENGTH - 1 && *letter == 'X' => {}
            None => return Err(CitizenFault::WrongCharacter { place: short(index + 1) }),
        }
    }
    digits.truncate(LENGTH - 1);
    Ok(digits)
}

/// ISO 7064 MOD 11-2 over 17 digits: the weight of a place is 2 to the power of its distance from the end.
fn check_character(digits: &[u32]) -> Option<char> {
    let sum = digits.iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
    "10X98765432".chars().nth(sum as usize)
}

fn birth(digits: &[u32], on: Date) -> Result<Birth, CitizenFault> {
    let number = |from: usize, count: usize| {
        digits
            .iter()
            .skip(from)
            .take(count)
            .fold(0_u16, |value, digit| value * 10 + u16::from(short(*digit as usize)))
    };
    let (year, month, day) = (number(6, 4), number(10, 2), number(12, 2));
    // a made-up year may be 0000, which no calendar has: its month and day are judged by a leap year
    let calendar = if year == 0 { 2000 } else { year };
    let date =
        Date::new(calendar, short(month.into()), short(day.into())).ok_or(CitizenFault::ImpossibleDate)?;
    Ok(if year < 1900 || date > on { Birth::Synthetic } else { Birth::Day(date) })
}

#[cfg(test)]
mod tests;
