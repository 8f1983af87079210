//! A folder with fifty planted faults: fifty findings to the cell, and the good rows match all the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anzhi::report::OutcomeRecord;
use anzhi_desk::intake::SheetKind;
use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use encoding_rs::GB18030;

use super::{Judged, day, fixtures, judge};

/// File, row, column, code.
type Planted = (String, Option<u32>, String, String);

fn folder() -> PathBuf {
    fixtures().join("fifty")
}

fn planted() -> Vec<Planted> {
    let mut reader = csv::Reader::from_path(fixtures().join("fifty.expected.csv")).expect("the list");
    let line = |record: csv::StringRecord| {
        let row = record[1].parse().ok();
        (record[0].to_owned(), row, record[2].to_owned(), record[3].to_owned())
    };
    let mut planted: Vec<Planted> =
        reader.records().map(|record| line(record.expect("a row of the list"))).collect();
    planted.sort();
    planted
}

fn judged() -> Judged {
    judge(&folder(), "xinhuang", day("2024-06-30")).unwrap_or_else(|lines| panic!("{lines:?}"))
}

/// The ids of a table's rows in which nothing was planted.
fn good_ids(file: &str) -> Vec<String> {
    let faulty: BTreeSet<u32> =
        planted().into_iter().filter(|it| it.0 == file).filter_map(|it| it.1).collect();
    let bytes = fs::read(folder().join(file)).expect("a table");
    let text = std::str::from_utf8(&bytes).map_or_else(|_| GB18030.decode(&bytes).0, Into::into);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let rows = (2..).zip(reader.records().map(|record| record.expect("a row")));
    rows.filter(|(row, _)| !faulty.contains(row)).map(|(_, record)| record[0].to_owned()).collect()
}

#[test]
fn fifty_faults_give_fifty_findings_at_their_cells() {
    let planted = planted();
    assert_eq!(planted.len(), 50);
    let mut found: Vec<Planted> = judged()
        .faults()
        .into_iter()
        .map(|line| (line.file, line.row, line.column, line.code.to_string()))
        .collect();
    found.sort();
    let missed: Vec<_> = planted.iter().filter(|it| !found.contains(it)).collect();
    let strange: Vec<_> = found.iter().filter(|it| !planted.contains(it)).collect();
    assert!(missed.is_empty() && strange.is_empty(), "missed {missed:?}\nstrange {strange:?}");
    assert_eq!(found, planted);
}

#[test]
fn no_row_is_lost_and_each_rejected_row_has_its_finding() {
    let judged = judged();
    let rows = judged.rows();
    let of = |wanted: SheetKind| rows.iter().find(|(kind, _)| *kind == wanted).expect("a sheet").1;
    for (kind, count) in &rows {
        assert_eq!(count.accepted + count.rejected, count.received, "{kind:?}");
    }
    let numbers = |kind| {
        let count = of(kind);
        (count.received, count.rejected)
    };
    assert_eq!(numbers(SheetKind::Candidates), (71, 6));
    assert_eq!(numbers(SheetKind::Openings), (32, 6), "both rows of the sheet without seats among them");
    assert_eq!(numbers(SheetKind::Households), (57, 1));
    assert_eq!(numbers(SheetKind::Employers), (36, 1));
    assert_eq!(numbers(SheetKind::Referrals).1, 2);
}

#[test]
fn good_rows_match_all_the_same() {
    let report = judged().report;
    let people = good_ids("求职者.csv");
    assert!(people.len() >= 40, "{}", people.len());
    for id in &people {
        let person = report.candidates.iter().find(|it| it.id.as_str() == id).expect(id);
        let answered = matches!(person.outcome, OutcomeRecord::Placed { .. } | OutcomeRecord::Unplaced(_));
        assert!(answered && !person.text.is_empty(), "{id}");
    }
    let listed = report.candidates.iter().filter(|it| !it.shortlist.is_empty()).count();
    assert!(listed >= 30, "{listed} people have a shortlist");
    let openings = good_ids("岗位.csv");
    assert!(openings.len() >= 12, "{}", openings.len());
    for id in &openings {
        assert!(report.openings.iter().any(|it| it.id.as_str() == id), "{id}");
    }
    assert!(report.openings.iter().filter(|it| !it.shortlist.is_empty()).count() >= 12);
    assert!(!report.plan.placements.is_empty());
}

#[test]
fn everybody_in_the_folder_is_made_up() {
    for person in judged().intake.document.candidates {
        assert!(person.synthetic, "{}", person.id);
    }
}

fn anzhi() -> Command {
    Command::cargo_bin("anzhi").expect("the program")
}

#[test]
fn check_lists_all_fifty_with_file_row_and_column() {
    let output = anzhi().arg("check").arg(folder()).output().expect("an answer");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    for (file, row, column, code) in planted() {
        let row = row.map(|row| format!(" {row} "));
        let says = |line: &&str| {
            line.contains(&file)
                && line.contains(&format!(" {code} "))
                && row.as_ref().is_none_or(|row| line.contains(row))
                && line.contains(&column)
        };
        let at = lines.iter().position(says);
        lines.remove(at.unwrap_or_else(|| panic!("nothing says {file} {row:?} {column} {code}\n{text}")));
    }
    let left = lines.iter().filter(|line| line.contains(".csv") || line.contains(".xlsx"));
    assert_eq!(left.count(), 0, "{lines:?}");
}

#[test]
fn match_writes_the_workbook_and_exits_with_one() {
    let room = tempfile::tempdir().expect("a folder");
    let out = room.path().join("out");
    let output = anzhi().arg("match").arg(folder()).arg("--out").arg(&out).output().expect("an answer");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("16"), "sixteen rows were set aside: {said}");
    let mut book: Xlsx<_> = open_workbook(out.join("结果.xlsx")).expect("a workbook");
    let sheets = book.sheet_names();
    let faults = sheets.iter().find(|name| name.contains("数据问题")).expect("the sheet of faults").clone();
    let sheet = book.worksheet_range(&faults).expect("the sheet");
    let cells: BTreeSet<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for (_, _, _, code) in planted() {
        assert!(cells.iter().any(|cell| cell.contains(&code)), "{code}");
    }
    assert!(is_file(&out, "report.json") && is_file(&out, "faults.json"));
}

fn is_file(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file()
}
