use proptest::prelude::*;

use super::{Certificate, CertificateFault, CitizenFault, Class, Columns, Date, Mismatch, Sex};

const PERSON: &str = "43122718000101001X";

fn on() -> Date {
    Date::new(2024, 6, 30).expect("a day")
}

fn read(text: &str) -> Result<Certificate, CertificateFault> {
    Certificate::read(text, on())
}

#[test]
fn class_level_and_reissues() {
    for (end, expected) in [
        ("23", (Class::Hearing, 3, 0)),
        ("44b1", (Class::Physical, 4, 1)),
        ("71B99", (Class::Multiple, 1, 99)),
    ] {
        let certificate = read(&format!("{PERSON}{end}")).expect(end);
        assert_eq!((certificate.class(), certificate.level(), certificate.reissues()), expected, "{end}");
    }
}

#[test]
fn checks_run_in_their_order() {
    for (text, fault) in [
        (String::new(), CertificateFault::Empty),
        (PERSON.to_owned(), CertificateFault::CitizenNumberOnly),
        (format!("{PERSON}2"), CertificateFault::WrongLength { found: 19 }),
        (format!("{PERSON}23B"), CertificateFault::Suffix),
        ("4.31227E+19".to_owned(), CertificateFault::Rounded),
        ("43122718000101000000".to_owned(), CertificateFault::Rounded),
        ("43122718000101001089".to_owned(), CertificateFault::Citizen(CitizenFault::CheckCharacter)),
        (
            "43A22718000101001X99".to_owned(),
            CertificateFault::Citizen(CitizenFault::WrongCharacter { place: 3 }),
        ),
        (format!("{PERSON}85"), CertificateFault::ClassDigit),
        (format!("{PERSON}05"), CertificateFault::ClassDigit),
        (format!("{PERSON}45"), CertificateFault::LevelDigit),
        (format!("{PERSON}40"), CertificateFault::LevelDigit),
        (format!("{PERSON}43C1"), CertificateFault::Suffix),
        (format!("{PERSON}43B0"), CertificateFault::Suffix),
        (format!("{PERSON}43B1X"), CertificateFault::Suffix),
    ] {
        assert_eq!(read(&text), Err(fault), "{text}");
    }
}

#[test]
fn columns_that_differ_are_warnings() {
    let born = Date::new(1980, 1, 1);
    let real = read("34052419800101001X43").expect("a published example");
    let same = Columns { class: Some(Class::Physical), level: Some(3), birth: born, sex: Some(Sex::Male) };
    assert_eq!(real.compare(&same), []);
    assert_eq!(real.compare(&Columns::default()), []);
    let other = Columns {
        class: Some(Class::Visual),
        level: Some(4),
        birth: Date::new(1980, 1, 2),
        sex: Some(Sex::Female),
    };
    assert_eq!(real.compare(&other), Mismatch::ALL);
    let made_up = read(&format!("{PERSON}43")).expect("a made-up person");
    assert_eq!(made_up.compare(&same), [], "the birth date of a made-up person is not compared");
}

#[test]
fn the_two_numbers_of_a_row_are_of_one_person() {
    assert_eq!(Certificate::is_of(&format!("{PERSON}43"), "43122718000101001x"), Some(true));
    assert_eq!(Certificate::is_of(&format!("{PERSON}43"), "442000180001010011"), Some(false));
    assert_eq!(Certificate::is_of("", PERSON), None);
}

#[test]
fn no_message_repeats_a_number() {
    for text in CertificateFault::ALL
        .iter()
        .map(ToString::to_string)
        .chain(Mismatch::ALL.iter().map(ToString::to_string))
    {
        let longest = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
        assert!(longest.is_some_and(|digits| digits <= 3), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", near in "[0-9XxBb.E+' ]{0,26}") {
        let _ = (read(&text), read(&near), Certificate::is_of(&text, &near));
    }

    #[test]
    fn what_is_accepted_has_a_class_and_a_level(end in "[0-9]{2}(B[0-9]{1,2})?") {
        if let Ok(certificate) = read(&format!("{PERSON}{end}")) {
            prop_assert!((1..=4).contains(&certificate.level()) && certificate.reissues() < 100);
        }
    }
}
