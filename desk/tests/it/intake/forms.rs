//! The same tables in other clothes give the same document.

use std::collections::BTreeSet;

use anzhi_desk::intake::{Reason, read_folder};
use encoding_rs::GB18030;

use super::{CLEAN, faults, folder, read, with};

const ENGLISH: &[(&str, &str)] = &[
    ("求职者", "candidates"),
    ("家庭", "households"),
    ("用人单位", "employers"),
    ("岗位", "openings"),
    ("推荐记录", "referrals"),
    ("服务记录", "services"),
];

/// The headings of a table by another name of each column.
fn renamed(file: &str, text: &str, name: impl Fn(&anzhi_desk::headings::Column) -> String) -> String {
    let sheet = anzhi_desk::headings::sheet_named(file.trim_end_matches(".csv")).expect("a sheet");
    let (headings, rows) = text.split_once('\n').expect("headings");
    let headings: Vec<String> =
        headings.split(',').map(|heading| name(sheet.column(heading).expect("a column"))).collect();
    format!("{}\n{rows}", headings.join(","))
}

#[test]
fn chinese_english_and_other_headings_give_the_same_document() {
    let expected = read(CLEAN.iter().copied()).document;
    let english = CLEAN.iter().map(|(file, text)| {
        let stem = ENGLISH.iter().find(|(zh, _)| file.starts_with(zh)).expect("a sheet").1;
        (format!("{stem}.csv"), renamed(file, text, |column| column.en.clone()))
    });
    let intake = read(english);
    assert_eq!((intake.document, intake.faults.len()), (expected.clone(), 0));
    let aliases = CLEAN.iter().map(|(file, text)| {
        let alias = |column: &anzhi_desk::headings::Column| {
            format!(" {}（必填）*", column.aliases.first().unwrap_or(&column.zh))
        };
        (file, renamed(file, text, alias))
    });
    let intake = read(aliases);
    assert_eq!((intake.document, intake.faults.len()), (expected, 0));
}

#[test]
fn every_usual_encoding_and_separator_gives_the_same_document() {
    let expected = read(CLEAN.iter().copied()).document;
    let gb18030 = CLEAN.iter().map(|(file, text)| (*file, GB18030.encode(text).0.into_owned()));
    assert_eq!(read(gb18030).document, expected);
    let marked = CLEAN.iter().map(|(file, text)| (*file, format!("\u{feff}{}", text.replace('\n', "\r\n"))));
    assert_eq!(read(marked).document, expected);
    let tabs = CLEAN.iter().map(|(file, text)| (*file, text.replace(',', "\t")));
    assert_eq!(read(tabs).document, expected);
}

#[test]
fn shuffled_rows_give_the_same_records() {
    let rows = |intake: &anzhi_desk::intake::Intake| -> BTreeSet<String> {
        intake.document.candidates.iter().map(|record| serde_json::to_string(record).expect("JSON")).collect()
    };
    let many = |order: &mut dyn Iterator<Item = usize>| {
        read(with("求职者.csv", |text| {
            let (headings, _) = text.split_once('\n').expect("headings");
            let row = |n| format!("P{n},残疾人,,,,,19{:02}-01-01,男,听力,2\n", 60 + n % 40);
            format!("{headings}\n{}", order.map(row).collect::<String>())
        }))
    };
    let one = many(&mut (0..50));
    let other = many(&mut (0..50).map(|n| n * 7 % 50));
    assert_eq!(rows(&one).len(), 50);
    assert_eq!(rows(&one), rows(&other));
    assert_eq!(one.document.regions, other.document.regions);
}

#[test]
fn several_files_of_one_sheet_are_read_together() {
    let intake = read(with("求职者(2).csv", |_| "编号,性别\nC9,男\n".to_owned()));
    assert_eq!(intake.document.candidates.len(), 3);
    let cell = intake.places.cell("/candidates/2/sex").expect("a cell");
    assert_eq!((cell.file.as_str(), cell.row), ("求职者(2).csv", Some(2)));
}

#[test]
fn pointers_lead_back_to_cells() {
    let intake = read(CLEAN.iter().copied());
    for (pointer, expected) in [
        ("/candidates/0/certificate/level", "求职者.csv 2 残疾等级"),
        ("/candidates/0/capacities/P2", "求职者.csv 2 P2"),
        ("/candidates/1/household", "求职者.csv 3 家庭编号"),
        ("/candidates/1/skills/0/skill", "求职者.csv 3 技能"),
        ("/candidates/1", "求职者.csv 3 "),
        ("/households/0/low_income/until", "家庭.csv 2 低保止"),
        ("/households/0/low_income/holds", "家庭.csv 2 低保"),
        ("/openings/0/age/max_male", "岗位.csv 2 年龄要求"),
        ("/openings/0/demands/1/level", "岗位.csv 2 H2"),
        ("/openings/0/reserves/0/seats", "岗位.csv 2 预留"),
        ("/openings/0/accepts/1/levels", "岗位.csv 2 接受的残疾类别等级"),
        ("/referrals/0/outcome", "推荐记录.csv 2 结果"),
        ("/services/0/kind", "服务记录.csv 2 种类"),
    ] {
        let cell = intake.places.cell(pointer).unwrap_or_else(|| panic!("{pointer}"));
        let row = cell.row.expect("a row");
        assert_eq!(format!("{} {row} {}", cell.file, cell.column.unwrap_or_default()), expected, "{pointer}");
    }
    for nowhere in
        ["", "/", "/candidates", "/candidates/9/id", "/candidates/x", "/regions/0/name", "/stars/0"]
    {
        assert_eq!(intake.places.cell(nowhere), None, "{nowhere}");
    }
}

#[test]
fn a_folder_brings_its_own_places_and_skills() {
    let mut files = with("区划.csv", |_| {
        "区划代码,名称,上级代码,级别,纬度,经度\n431227101201,江口村,431227101,村,27.4,109.3\n".to_owned()
    });
    files.extend(
        with("技能.csv", |_| "编号,名称,别名,上位技能\nbamboo-x,大石竹编,竹编活,手工\n".to_owned()).pop(),
    );
    for (name, text) in &mut files {
        if name == "求职者.csv" {
            *text =
                text.replace(",波洲镇,波洲镇,", ",波洲镇,波洲镇江口村,").replace("电子表格:3", "竹编活:3");
        }
    }
    let intake = read(files);
    assert_eq!(faults(&intake), [] as [String; 0]);
    let person = &intake.document.candidates[0];
    assert_eq!(person.residence, Some("431227101201".into()));
    assert_eq!(person.skills[0].skill, "bamboo-x".into());
    let at = intake.document.regions.iter().position(|region| region.name == "江口村").expect("the village");
    let cell = intake.places.cell(&format!("/regions/{at}/name")).expect("its own row");
    assert_eq!((cell.file.as_str(), cell.row), ("区划.csv", Some(2)));
}

#[test]
fn without_employers_and_households_their_names_stand_for_them() {
    let kept = ["求职者.csv", "岗位.csv"];
    let intake = read(CLEAN.iter().copied().filter(|(file, _)| kept.contains(file)));
    assert_eq!(intake.document.employers[0].id, "E1".into());
    assert_eq!(intake.document.households[0].id, "H1".into());
    let cell = intake.places.cell("/households/0/id").expect("a cell");
    assert_eq!((cell.file.as_str(), cell.column.as_deref()), ("求职者.csv", Some("家庭编号")));
}

#[test]
fn what_cannot_be_used_at_all_is_said_in_one_sentence() {
    let nowhere = folder([] as [(&str, &str); 0]).path().join("none");
    assert_eq!(read_folder(&nowhere).expect_err("absent").reasons, [Reason::NoFolder]);
    let empty = read_folder(folder([] as [(&str, &str); 0]).path()).expect_err("empty");
    assert_eq!(empty.reasons, [Reason::NoCandidates, Reason::NoOpenings]);
    let files = CLEAN.iter().copied().filter(|(file, _)| *file != "岗位.csv");
    let unusable = read_folder(folder(files).path()).expect_err("no openings");
    assert_eq!(unusable.reasons, [Reason::NoOpenings]);
    let files = with("求职者.csv", |_| "姓名,性别\n某甲,男,多\n".to_owned());
    let unusable = read_folder(folder(files).path()).expect_err("no ids");
    assert_eq!(unusable.reasons, [Reason::NoCandidates]);
    assert_eq!(unusable.faults.len(), 1, "{:?}", unusable.faults);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_panic_and_no_row_is_lost(
        people in proptest::collection::vec(0_u8.., 0..300),
        rows in "([^,\"]{0,6},){0,28}[^,\"]{0,6}\n([^,\"]{0,6},){0,28}[^,\"]{0,6}",
        sheet in 0_usize..6,
    ) {
        let mut files: Vec<(String, Vec<u8>)> =
            CLEAN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        files[sheet].1.extend(rows.as_bytes());
        files.push(("求职者2.csv".to_owned(), people.clone()));
        files.push(("candidates.csv".to_owned(), people));
        if let Ok(intake) = read_folder(folder(files).path()) {
            for count in intake.counts.values() {
                proptest::prop_assert_eq!(count.accepted + count.rejected, count.received);
            }
        }
    }
}
