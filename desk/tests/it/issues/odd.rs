//! Whatever a folder may hold: no panic, no lost row, one clear sentence each.

mod cells;
mod damage;

use std::fs;
use std::path::Path;

use anzhi::issue::IssueCode;
use anzhi_desk::intake::{Reason, read_folder};
use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use encoding_rs::GB18030;
use tempfile::TempDir;

use super::{Judged, Line, day, fixtures, judge};

/// A copy of the clean folder of the cases.
fn clean() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(fixtures().join("codes/base")).expect("the base").flatten() {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a table");
    }
    folder
}

fn with(name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> TempDir {
    let folder = clean();
    fs::write(folder.path().join(name), bytes).expect("a table");
    folder
}

fn judged(folder: &Path) -> Judged {
    judge(folder, "general", day("2024-06-30")).unwrap_or_else(|lines| panic!("{lines:?}"))
}

/// File, row, column, code of every fault, as text.
fn told(lines: &[Line]) -> Vec<String> {
    let one = |line: &Line| {
        let row = line.row.map_or_else(String::new, |row| row.to_string());
        format!("{} {row} {} {}", line.file, line.column, line.code)
    };
    lines.iter().filter(|line| line.is_fault()).map(one).collect()
}

fn faults(folder: &TempDir) -> Vec<String> {
    told(&judged(folder.path()).lines)
}

#[test]
fn a_folder_called_like_a_table_is_no_table() {
    let folder = clean();
    let people = folder.path().join("求职者.csv");
    fs::remove_file(&people).expect("removed");
    fs::create_dir(&people).expect("a folder");
    let unusable = read_folder(folder.path()).expect_err("no people");
    assert_eq!(unusable.reasons, [Reason::NoCandidates]);
    assert_eq!(unusable.faults.len(), 1);
    assert_eq!(unusable.faults[0].issue.code(), IssueCode::FileUnreadable);
    fs::create_dir(folder.path().join("备份")).expect("a folder");
    fs::create_dir(folder.path().join("求职者")).expect("a folder");
    assert_eq!(read_folder(folder.path()).expect_err("no people").faults.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_to_devices_are_files_that_cannot_be_opened() {
    use std::os::unix::fs::symlink;
    let folder = clean();
    let at = |name: &str| folder.path().join(name);
    for name in ["家庭.csv", "用人单位.csv", "推荐记录.csv", "服务记录.csv"] {
        fs::remove_file(at(name)).expect("removed");
    }
    symlink("家庭.csv", at("家庭.csv")).expect("a link to itself");
    symlink("nowhere", at("用人单位.csv")).expect("a link to nothing");
    symlink("/dev/zero", at("推荐记录.csv")).expect("a link to a device");
    fs::write(at("原件"), "求职者编号,种类,日期\nC1,需求登记,2024-02-01\n").expect("a file");
    symlink("原件", at("服务记录.csv")).expect("a link to a file");
    let told = faults(&folder);
    assert_eq!(told, ["原件   T134", "家庭.csv   T139", "推荐记录.csv   T139", "用人单位.csv   T139"]);
}

#[cfg(unix)]
#[test]
fn names_of_files_stand_on_one_line() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = clean();
    fs::write(folder.path().join("求职者\n\u{1b}[2J(2).csv"), "x").expect("a file");
    fs::write(folder.path().join(OsStr::from_bytes(b"\xFF\xFE.csv")), "x").expect("a file");
    fs::write(folder.path().join(format!("{}.csv", "x".repeat(200))), "x").expect("a file");
    let judged = judged(folder.path());
    let files: Vec<&str> = judged.lines.iter().map(|line| line.file.as_str()).collect();
    assert!(
        files.iter().all(|file| !file.contains(char::is_control) && file.chars().count() <= 61),
        "{files:?}"
    );
    let unknown = judged.lines.iter().filter(|line| line.code == IssueCode::FileUnknown);
    assert_eq!(unknown.count(), 3, "{files:?}");
}

#[test]
fn two_tables_of_one_kind_are_read_together() {
    let folder = with("candidates.csv", "id,kind,synthetic\nC1,disabled,yes\nC2,disabled,yes\n");
    let judged = judged(folder.path());
    let ids: Vec<_> = judged.report.candidates.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["C1", "C2"]);
    assert_eq!(told(&judged.lines), ["求职者.csv 2 编号 E102"]);
}

#[test]
fn headings_alone_are_empty_tables() {
    let folder = clean();
    for entry in fs::read_dir(folder.path()).expect("a folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a table");
        fs::write(entry.path(), text.lines().next().expect("headings")).expect("a table");
    }
    let judged = judged(folder.path());
    let codes: Vec<_> = judged.lines.iter().map(|line| line.code).collect();
    assert_eq!(codes, [IssueCode::FileEmpty; 6]);
    assert!(judged.report.candidates.is_empty() && judged.report.openings.is_empty());
}

#[test]
fn a_sheet_of_ten_thousand_columns_keeps_its_rows() {
    let wide = |first: &str, fill: &str| format!("{first}{}\n", format!(",{fill}").repeat(10_000));
    let headings = wide("编号,名称", "");
    let folder =
        with("用人单位.csv", format!("{}{}", headings.trim_end_matches([',', '\n']), "\nE1,某单位\n"));
    assert!(faults(&folder).is_empty());
    // headings as wide as the rows: what lies beyond the limit is not read, and every row is kept
    let folder = with("用人单位.csv", [wide("编号,名称", "名称"), wide("E1,某单位", "某单位")].concat());
    let told = faults(&folder);
    assert_eq!(told.iter().filter(|line| line.ends_with("T137")).count(), 1, "{told:?}");
    assert!(told.iter().all(|line| !line.ends_with("T108")), "{told:?}");
    // rows alone as wide: nobody knows what stands where
    let folder = with("用人单位.csv", ["编号,名称\n", &wide("E1,某单位", "某单位")].concat());
    assert_eq!(faults(&folder), ["岗位.csv 2 单位编号 E112", "用人单位.csv   T137", "用人单位.csv 2  T108"]);
}

#[test]
fn a_cell_of_a_million_characters_costs_the_cell_alone() {
    let folder = with("用人单位.csv", format!("编号,名称\nE1,{}\n", "长".repeat(1 << 20)));
    assert_eq!(faults(&folder), ["用人单位.csv 2 名称 T138"]);
    let folder = with("用人单位.csv", format!("编号,{},名称\nE1,x,某单位\n", "长".repeat(1 << 20)));
    assert_eq!(faults(&folder), ["用人单位.csv 1  T138"]);
}

#[test]
fn bytes_that_no_encoding_has_cost_their_cell_alone() {
    let (text, _, _) = GB18030.encode("编号,名称\nE1,某县合成单位\nE2,另一单位\n");
    // a four-byte form of a lone surrogate, one beyond the last character, and one cut short
    for bad in [&b"\x83\x36\xC7\x38"[..], b"\xFE\x39\xFE\x39", b"\x81\x30", b"\xFF"] {
        let mut bytes = text.to_vec();
        let line = bytes.iter().rposition(|byte| *byte == b',').expect("a comma");
        bytes.splice(line + 1..=line, bad.iter().copied());
        let told = faults(&with("用人单位.csv", &bytes));
        assert!(told.iter().all(|line| line.starts_with("用人单位.csv 3")), "{bad:?}: {told:?}");
        assert!(told.len() <= 1, "{bad:?}: {told:?}");
    }
    let folder = with("用人单位.csv", b"\xBA\xC5\0E1\n");
    assert_eq!(faults(&folder), ["用人单位.csv   T103"]);
}

#[test]
fn cells_that_look_like_formulas_stay_text() {
    let room = tempfile::tempdir().expect("a folder");
    let attack = "=cmd|' /C calc'!A0";
    let folder = with(
        "岗位.csv",
        format!(
            "编号,单位编号,岗位名称,岗位类别,名额,工作地点,其他条件\n{attack},E1,{attack},市场岗位,1,波洲镇,\"@SUM(1+1),{attack}\"\n"
        ),
    );
    fs::write(folder.path().join("用人单位.csv"), format!("编号,名称\nE1,\"+1,{attack}\"\n"))
        .expect("a table");
    fs::write(folder.path().join("家庭.csv"), format!("家庭编号,{attack}\nH1,1\n")).expect("a table");
    let out = room.path().join("out");
    let run = ["match", "--policy", "general", "--date", "2024-06-30", "--out"];
    let output = anzhi().args(run).arg(&out).arg(folder.path()).output().expect("an answer");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut book: Xlsx<_> = open_workbook(out.join("结果.xlsx")).expect("a workbook");
    let mut seen = 0;
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("a sheet");
        assert_eq!(formulas.used_cells().count(), 0, "{sheet}");
        let cells = book.worksheet_range(&sheet).expect("a sheet");
        seen += cells.used_cells().filter(|(_, _, cell)| cell.to_string().contains(attack)).count();
    }
    assert!(seen > 2, "the texts are there, as texts");
}

fn anzhi() -> Command {
    Command::cargo_bin("anzhi").expect("the program")
}

#[test]
fn a_row_with_two_faults_is_one_row() {
    let folder = with("求职者.csv", "编号,人员类别,合成,家庭编号\nC1,残疾人,是,H1\nC1,残疾人,是,H9\n");
    let told = faults(&folder);
    assert_eq!(told, ["求职者.csv 3 家庭编号 E111", "求职者.csv 3 编号 E102"]);
    let room = tempfile::tempdir().expect("a folder");
    let out = room.path().join("out");
    let of_match = ["match", "--policy", "general", "--out", out.to_str().expect("a path")];
    for command in [&["check"][..], &of_match] {
        let asked = ["--date", "2024-06-30", "--lang", "en"];
        let output = anzhi().args(command).args(asked).arg(folder.path()).output().expect("an answer");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(output.status.code() == Some(1) && said.starts_with("1 row"), "{said}");
    }
}

/// Each bad input, as the program answers it: no panic, an exit code of the list, and no line that a screen would obey.
#[test]
fn the_program_answers_every_bad_input_in_plain_lines() {
    let steering = "编号,人员类别,\"星\n座\u{1b}[2J\"\nC1,残疾人,x\n\u{1b}]0;x\u{7},\u{202e}残疾人,y\n";
    let inputs = [
        with("求职者.csv", steering),
        with("求职者.csv", ""),
        with("求职者.csv", b"\0\0\0"),
        with("岗位.csv", "\"".repeat(5_000)),
        with("岗位.csv", "编号\r\r\r\n"),
        with("run.toml", "date = 2024-02-31"),
        with("run.toml", b"\xFF\xFE"),
    ];
    for (number, folder) in inputs.iter().enumerate() {
        for language in ["zh", "en"] {
            let asked = ["check", "--date", "2024-06-30", "--lang", language];
            let output = anzhi().args(asked).arg(folder.path()).output().expect("an answer");
            let code = output.status.code().expect("an exit code");
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).expect("text");
            assert!((0..=3).contains(&code) && !said.contains("panicked"), "{number}: {said}");
            assert!(!said.is_empty(), "{number}");
            let steers = |c: char| c.is_control() && c != '\n';
            assert!(!said.contains(steers), "{number}: {said:?}");
        }
    }
}
