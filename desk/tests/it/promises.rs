//! The promises of DESIGN §1 that are kept on paper: 7 and 10. The engine's tests hold the others.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anzhi::{Policy, Problem};
use anzhi_desk::intake;
use anzhi_desk::messages::Language;
use anzhi_desk::run::{Options, assess_problem, json_bytes};
use anzhi_desk::workbook::{Extras, write};
use calamine::{Reader, Xlsx};

fn xinhuang() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/counties/xinhuang")
}

/// The report's bytes, and every text of the workbook.
fn made(language: Language) -> (String, String) {
    let document = intake::read_folder(&xinhuang()).unwrap().document;
    let problem =
        Problem::new(document, Policy::builtin("xinhuang").unwrap(), "2024-06-30".parse().unwrap()).unwrap();
    let options = Options {
        on: problem.on(),
        seed: None,
        salt: None,
        top: 10,
        language,
        scope: anzhi::run::Scope::Plan,
    };
    let report = assess_problem(&problem, &options, &|_| {}).unwrap().report;
    let mut book = Xlsx::new(Cursor::new(write(&report, &Extras::default(), language).unwrap())).unwrap();
    let mut texts = String::new();
    for (_, cells) in book.worksheets() {
        for cell in cells.used_cells() {
            texts.push_str(&cell.2.to_string());
            texts.push('\n');
        }
    }
    (String::from_utf8(json_bytes(&report).unwrap()).unwrap(), texts)
}

/// The names, ID numbers and certificate numbers of the folder.
fn private() -> Vec<String> {
    let bytes = std::fs::read(xinhuang().join("求职者.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let headings = rows.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let columns = [column("姓名"), column("证件号码"), column("残疾人证号")];
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let cells = rows.iter().flat_map(|row| columns.map(|column| row[column].to_owned()));
    cells.filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn promise_7_no_list_contains_a_name_or_a_full_number() {
    let private = private();
    assert!(private.len() > 1_500, "names and numbers were read: {}", private.len());
    let (report, book) = made(Language::Zh);
    for secret in &private {
        assert!(
            !report.contains(secret.as_str()) && !book.contains(secret.as_str()),
            "a name or a number is in a list"
        );
    }
}

#[test]
fn promise_10_a_person_signs_before_anything_leaves_the_office() {
    for (language, proposed, signature) in
        [(Language::Zh, "拟安置", "签"), (Language::En, "proposed", "sign")]
    {
        let (_, book) = made(language);
        let book = book.to_lowercase();
        assert!(book.contains(proposed) && book.contains(signature), "{language}");
    }
}
