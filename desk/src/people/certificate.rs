//! The number of a certificate of disability: citizen number, class digit, level digit, re-issue suffix.

use std::fmt;

use super::citizen::{Birth, Citizen, CitizenFault, LENGTH, is_rounded, letters, short};
use crate::adverts::date::Date;
use crate::adverts::disability::{Class, Sex};

/// What a checked certificate number says about its holder. The number itself is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    citizen: Citizen,
    class: Class,
    level: u8,
    reissues: u8,
}

impl Certificate {
    /// Checks the text of a cell; `on` is the day of the run.
    ///
    /// # Errors
    ///
    /// The first fault in the order length, citizen number, class digit, level digit, suffix.
    ///
    /// ```
    /// use anzhi_desk::adverts::date::Date;
    /// use anzhi_desk::adverts::disability::Class;
    /// use anzhi_desk::people::Certificate;
    ///
    /// let on = Date::new(2024, 6, 30).expect("a day");
    /// let certificate = Certificate::read("43122718000101001X23B1", on).expect("a made-up person");
    /// assert_eq!((certificate.class(), certificate.level()), (Class::Hearing, 3));
    /// assert_eq!(certificate.reissues(), 1);
    /// ```
    pub fn read(text: &str, on: Date) -> Result<Self, CertificateFault> {
        let letters = letters(text);
        check_shape(&letters)?;
        let (number, rest) = letters.split_at(LENGTH);
        let citizen = Citizen::from_letters(number, on).map_err(CertificateFault::Citizen)?;
        let digit = |place: usize| {
            rest.get(place).and_then(|letter| letter.to_digit(10)).map_or(0, |digit| short(digit as usize))
        };
        let class = Class::from_digit(digit(0)).ok_or(CertificateFault::ClassDigit)?;
        let level = digit(1);
        if !(1..=4).contains(&level) {
            return Err(CertificateFault::LevelDigit);
        }
        let reissues = reissues(rest.get(2..).unwrap_or_default()).ok_or(CertificateFault::Suffix)?;
        Ok(Self { citizen, class, level, reissues })
    }

    /// What the first 18 characters say.
    pub const fn citizen(&self) -> Citizen {
        self.citizen
    }

    /// Class of disability.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Level, 1 (most severe) to 4.
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// How often a lost certificate was replaced: 0, or the number after `B`, 1 to 99.
    pub const fn reissues(&self) -> u8 {
        self.reissues
    }

    /// Where the columns of the same row say something else. These are warnings to staff, never a reason
    /// to set the row aside: levels change on re-assessment. The birth date of a made-up person is not
    /// compared.
    pub fn compare(&self, columns: &Columns) -> Vec<Mismatch> {
        let birth = match self.citizen.birth() {
            Birth::Day(day) => columns.birth.is_some_and(|column| column != day),
            Birth::Synthetic => false,
        };
        let differs = [
            (columns.class.is_some_and(|class| class != self.class), Mismatch::Class),
            (columns.level.is_some_and(|level| level != self.level), Mismatch::Level),
            (birth, Mismatch::Birth),
            (columns.sex.is_some_and(|sex| sex != self.citizen.sex()), Mismatch::Sex),
        ];
        differs.into_iter().filter_map(|(differs, mismatch)| differs.then_some(mismatch)).collect()
    }

    /// Whether the two cells hold the same citizen number; `None` if either is too short to tell.
    pub fn is_of(certificate: &str, citizen: &str) -> Option<bool> {
        let (certificate, citizen) = (letters(certificate), letters(citizen));
        Some(certificate.get(..LENGTH)? == citizen.get(..LENGTH)? && citizen.len() == LENGTH)
    }
}

/// What the other columns of a row say about the holder; `None` where a cell is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Class of disability.
    pub class: Option<Class>,
    /// Level, 1 to 4.
    pub level: Option<u8>,
    /// Birth date.
    pub birth: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
}

/// A column that does not agree with the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Class of disability.
    Class,
    /// Level of disability.
    Level,
    /// Birth date.
    Birth,
    /// Sex.
    Sex,
}

impl Mismatch {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Class, Self::Level, Self::Birth, Self::Sex];

    /// A stable name, the key of a message catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Class => "certificate.class_differs",
            Self::Level => "certificate.level_differs",
            Self::Birth => "certificate.birth_differs",
            Self::Sex => "certificate.sex_differs",
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Class => "class of disability",
            Self::Level => "level of disability",
            Self::Birth => "birth date",
            Self::Sex => "sex",
        };
        write!(f, "the {what} in its column is not the one in the number; compare both with the certificate")
    }
}

/// What is wrong with a certificate number. No text of a fault holds any part of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// The cell is empty.
    Empty,
    /// Not 20 characters, with or without a suffix.
    WrongLength {
        /// How many characters there are, 255 for more.
        found: u8,
    },
    /// Only the citizen number: the digits of class and level are missing.
    CitizenNumberOnly,
    /// A spreadsheet kept the number as a quantity and lost its last digits.
    Rounded,
    /// A fault among the first 18 characters.
    Citizen(CitizenFault),
    /// Character 19 is not a class, 1 to 7.
    ClassDigit,
    /// Character 20 is not a level, 1 to 4.
    LevelDigit,
    /// What follows is not `B1` to `B99`.
    Suffix,
}

impl CertificateFault {
    /// One of each kind of its own, for catalogues of messages.
    pub const ALL: &[Self] = &[
        Self::Empty,
        Self::WrongLength { found: 0 },
        Self::CitizenNumberOnly,
        Self::Rounded,
        Self::ClassDigit,
        Self::LevelDigit,
        Self::Suffix,
    ];

    /// A stable name, the key of a message catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "certificate.empty",
            Self::WrongLength { .. } => "certificate.length",
            Self::CitizenNumberOnly => "certificate.citizen_only",
            Self::Rounded => "certificate.rounded",
            Self::Citizen(fault) => fault.code(),
            Self::ClassDigit => "certificate.class",
            Self::LevelDigit => "certificate.level",
            Self::Suffix => "certificate.suffix",
        }
    }
}

impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the certificate number is missing; copy it from the certificate"),
            Self::WrongLength { found } => write!(
                f,
                "a certificate number has 20 characters, or 22 to 23 after a re-issue, this one has {found}; \
                 copy it again from the certificate"
            ),
            Self::CitizenNumberOnly => f.write_str(
                "this is a citizen number without the digits of class and level; copy all 20 characters \
                 from the certificate",
            ),
            Self::Rounded => f.write_str(
                "a spreadsheet has rounded this number and its last digits are lost; format the column as \
                 text and enter the number again",
            ),
            Self::Citizen(fault) => fault.fmt(f),
            Self::ClassDigit => {
                f.write_str("character 19 is the class and must be 1 to 7; compare it with the certificate")
            }
            Self::LevelDigit => {
                f.write_str("character 20 is the level and must be 1 to 4; compare it with the certificate")
            }
            Self::Suffix => {
                f.write_str("only B1 to B99 may follow character 20; compare it with the certificate")
            }
        }
    }
}

impl std::error::Error for CertificateFault {}

fn check_shape(letters: &[char]) -> Result<(), CertificateFault> {
    match letters.len() {
        0 => Err(CertificateFault::Empty),
        _ if is_rounded(letters) => Err(CertificateFault::Rounded),
        20 if letters.ends_with(&['0'; 5]) => Err(CertificateFault::Rounded),
        20 | 22 | 23 => Ok(()),
        21 if letters.get(20) == Some(&'B') => Err(CertificateFault::Suffix),
        LENGTH if letters.iter().filter(|letter| letter.is_ascii_digit()).count() >= LENGTH - 1 => {
            Err(CertificateFault::CitizenNumberOnly)
        }
        found => Err(CertificateFault::WrongLength { found: short(found) }),
    }
}

fn reissues(suffix: &[char]) -> Option<u8> {
    let ['B', count @ ..] = suffix else { return suffix.is_empty().then_some(0) };
    let text: String = count.iter().collect();
    let starts_well = count.first().is_some_and(|letter| ('1'..='9').contains(letter));
    (starts_well && count.iter().all(char::is_ascii_digit)).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
