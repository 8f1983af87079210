//! Numbers of documents that nobody can have.

use anzhi::day::Day;
use anzhi::words::Sex;

/// The century of every synthetic ID number: nobody alive was born in it, so no real person is hit.
const CENTURY: i16 = 1800;

/// An ID number after GB 11643-1999: division code, birth date, order and check character. The year of birth is
/// moved to the 19th century; the parity of `order` (0 to 498) becomes that of the sex.
pub(super) fn id_number(division: &str, birth: Day, order: u32, sex: Sex) -> String {
    let (year, month, day) = birth.parts();
    let year = CENTURY + year.rem_euclid(100);
    let order = (order % 499) * 2 + if sex == Sex::Male { 1 } else { 2 };
    let body = format!("{division:0<6.6}{year:04}{month:02}{day:02}{order:03}");
    let check = check_character(&body);
    format!("{body}{check}")
}

/// A certificate number: the ID number, the digits of class and level, and a suffix where it was re-issued.
pub(super) fn certificate_number(id_number: &str, class: u8, level: u8, reissues: u32) -> String {
    let suffix = if reissues == 0 { String::new() } else { format!("B{reissues}") };
    format!("{id_number}{class}{level}{suffix}")
}

/// The check character of 17 digits: ISO 7064, MOD 11-2.
pub(super) fn check_character(body: &str) -> char {
    let remainder =
        body.bytes().fold(0_u32, |sum, digit| (sum * 2 + u32::from(digit.wrapping_sub(b'0')) * 2) % 11);
    let check = (12 - remainder) % 11;
    char::from_digit(check, 10).unwrap_or('X')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_agrees_with_known_numbers() {
        for number in [
            "11010519491231002X",
            "440524188001010014",
            "34052419800101001X",
            "110101202311012176",
            "43122718000101001X",
            "442000180001010011",
            "120119180001010010",
        ] {
            assert!(number.ends_with(check_character(&number[..17])), "{number}");
        }
    }

    #[test]
    fn a_number_tells_the_sex_and_nobody_was_born_then() {
        let birth = Day::new(2001, 3, 9).expect("a day");
        assert_eq!(id_number("431227", birth, 7, Sex::Male)[..17], *"43122718010309015");
        assert_eq!(id_number("442", birth, 498, Sex::Female)[..17], *"44200018010309998");
        assert_eq!(certificate_number("43122718000101001X", 4, 3, 2), "43122718000101001X43B2");
    }
}
