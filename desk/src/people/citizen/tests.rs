use proptest::prelude::*;

use super::{Birth, Citizen, CitizenFault, Date, Sex, check_character};

fn on() -> Date {
    Date::new(2024, 6, 30).expect("a day")
}

fn read(text: &str) -> Result<Citizen, CitizenFault> {
    Citizen::read(text, on())
}

#[test]
fn published_vectors() {
    for (text, born, sex) in [
        ("11010519491231002X", (1949, 12, 31), Sex::Female),
        ("34052419800101001X", (1980, 1, 1), Sex::Male),
        ("110101202311012176", (2023, 11, 1), Sex::Male),
    ] {
        let citizen = read(text).expect(text);
        let (year, month, day) = born;
        assert_eq!(Some(citizen.birth()), Date::new(year, month, day).map(Birth::Day), "{text}");
        assert_eq!(citizen.sex(), sex, "{text}");
        assert!(!citizen.is_doubtful());
    }
    assert_eq!(read("110101202311012171"), Err(CitizenFault::CheckCharacter));
}

#[test]
fn made_up_people_have_no_birth_date() {
    for text in [
        "440524188001010014",
        "43122718000101001X",
        "442000180001010011",
        "211122180001010011",
        "500231180001010011",
        "120119180001010010",
    ] {
        let citizen = read(text).expect(text);
        assert_eq!((citizen.birth(), citizen.sex()), (Birth::Synthetic, Sex::Male), "{text}");
    }
    let earlier = Date::new(2023, 10, 31).expect("a day");
    let tomorrow = Citizen::read("110101202311012176", earlier).map(|citizen| citizen.birth());
    assert_eq!(tomorrow, Ok(Birth::Synthetic));
}

#[test]
fn forms_that_people_type() {
    for text in ["'11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
    {
        assert!(read(text).is_ok(), "{text}");
    }
}

#[test]
fn faults_are_precise() {
    for (text, fault) in [
        ("", CitizenFault::Empty),
        ("待补", CitizenFault::NotANumber),
        ("1101051949123100", CitizenFault::WrongLength { found: 16 }),
        ("110105491231002", CitizenFault::OldNumber),
        ("1101051949A231002X", CitizenFault::WrongCharacter { place: 11 }),
        ("11010519491231002Y", CitizenFault::WrongCharacter { place: 18 }),
        ("1101051949123100X2", CitizenFault::WrongCharacter { place: 17 }),
        ("1.10105E+17", CitizenFault::Rounded),
        ("1.10105194912310e17", CitizenFault::Rounded),
        ("110105194912310000", CitizenFault::Rounded),
        ("110105194912310020.0", CitizenFault::Rounded),
    ] {
        assert_eq!(read(text), Err(fault), "{text}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_found_behind_a_right_check_character() {
    let body = "11010520230230001";
    let digits: Vec<u32> = body.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let check = check_character(&digits).expect("a character");
    assert_eq!(read(&format!("{body}{check}")), Err(CitizenFault::ImpossibleDate));
}

#[test]
fn no_message_repeats_a_number() {
    for fault in CitizenFault::ALL {
        let longest = fault.to_string().split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
        assert!(longest.is_some_and(|digits| digits <= 3), "{fault}");
    }
}

/// Valid numbers of people who cannot exist.
fn valid() -> impl Strategy<Value = String> {
    (0..1_000_000_u32, 0..1_000_u32).prop_map(|(address, sequence)| {
        let body = format!("{address:06}18000101{sequence:03}");
        let digits: Vec<u32> = body.chars().filter_map(|letter| letter.to_digit(10)).collect();
        format!("{body}{}", check_character(&digits).expect("a character"))
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", near in "[0-9Xx.E+' ]{0,24}") {
        let _ = (read(&text), read(&near));
    }

    #[test]
    fn every_change_of_one_digit_is_caught(number in valid(), place in 0..18_usize, digit in 0..10_u32) {
        prop_assert!(read(&number).is_ok());
        let mut letters: Vec<char> = number.chars().collect();
        let new = char::from_digit(digit, 10).expect("a digit");
        prop_assume!(letters[place] != new);
        letters[place] = new;
        let changed: String = letters.into_iter().collect();
        prop_assert!(matches!(read(&changed), Err(CitizenFault::CheckCharacter | CitizenFault::Rounded)));
    }
}
