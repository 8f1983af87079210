//! Names, numbers and telephones of people stay in the office.

use anzhi_desk::intake::Intake;

use super::{read, with};

const NAME: &str = "欧阳无忌";
const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13912345678";

/// Everything that leaves the intake about people, as text; the names for the office's prints show nothing of it.
fn all_output(intake: &Intake) -> String {
    let json = serde_json::to_string(&intake.document).expect("JSON");
    let faults: Vec<String> =
        intake.faults.iter().map(|fault| format!("{fault:?} {}", fault.issue)).collect();
    format!("{json}{}{intake:?}", faults.concat())
}

/// A folder whose candidate writes the three secrets into every column in turn.
fn folder_with(secret: &str, heading: &str) -> Intake {
    let row = |cell: &str| {
        format!("编号,姓名,证件号码,联系电话,备注,{heading}\nC1,{NAME},{NUMBER},{PHONE},{NAME},\"{cell}\"\n")
    };
    read(with("求职者.csv", |_| row(secret)))
}

#[test]
fn nothing_of_a_person_is_in_any_output() {
    let sheet = anzhi_desk::headings::sheet_named("求职者").expect("a sheet");
    for column in sheet
        .columns
        .iter()
        .filter(|column| !["id", "name", "id_number", "phone"].contains(&column.field.as_str()))
    {
        for secret in [NUMBER, PHONE, "11010519491231002X43", "1.10105194912E+17"] {
            let intake = folder_with(secret, &column.zh);
            let output = all_output(&intake);
            for hidden in [NAME, NUMBER, PHONE, "1949123", "123456", "9491231002"] {
                assert!(!output.contains(hidden), "{} holds {secret}: {output}", column.zh);
            }
        }
    }
}

#[test]
fn names_are_there_for_the_offices_own_prints() {
    let intake = folder_with("", "性别");
    let names = intake.people.get("C1").expect("a name");
    assert_eq!((names.full(), names.masked().as_str()), (NAME, "欧阳＊＊"));
    assert_eq!(format!("{names:?}"), "Names(…)");
}

#[test]
fn a_table_without_headings_shows_nobody() {
    let rows = format!("C1,{NAME},{NUMBER}\nC2,{NAME},{PHONE}\n");
    let files = with("求职者.csv", |_| rows);
    let unusable = anzhi_desk::intake::read_folder(super::folder(files).path()).expect_err("no headings");
    let text = format!("{unusable:?} {unusable}");
    assert!(!text.contains(NAME) && !text.contains(NUMBER) && !text.contains(PHONE), "{text}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn no_digits_of_a_number_survive(digits in "[1-6][0-9]{5}(19[4-9][0-9]|200[0-9])(0[1-9]|1[0-2])(0[1-9]|2[0-8])[0-9]{3}[0-9X]", tail in "([1-7][1-4])?") {
        let number = format!("{digits}{tail}");
        for heading in ["残疾人证号", "出生日期", "技能", "意向工种", "户籍地", "家庭编号"] {
            let output = all_output(&folder_with(&number, heading));
            proptest::prop_assert!(!output.contains(&number[6..14]) || number[6..14].parse::<u32>().is_err(), "{}", output);
            proptest::prop_assert!(!output.contains(&number[4..]), "{}", output);
        }
    }
}
