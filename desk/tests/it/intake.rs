//! A folder of tables becomes one document: headings, encodings, every code of a table's fault, and privacy.

mod codes;
mod forms;
mod privacy;

use std::fs;
use std::path::Path;

use anzhi_desk::intake::{Intake, read_folder};
use tempfile::TempDir;

/// The smallest folder without a fault: everything is there and says what it may.
const CLEAN: &[(&str, &str)] = &[
    (
        "求职者.csv",
        "编号,人员类别,合成,姓名,证件号码,残疾人证号,出生日期,性别,残疾类别,残疾等级,证件有效期至,家庭编号,户籍地,常住地,户口性质,文化程度,就业状况,失业登记日期,就业意愿,就业困难认定,未就业原因,技能,意向工种,期望月薪,用工形式,最远通勤公里,公益性岗位已安置次数,P2\n\
         C1,残疾人,是,某甲一,431227180001010052,43122718000101005243,1980-01-02,男,肢体,3,2030-12-31,H1,波洲镇,波洲镇,农业,初中,未就业,2023-01-05,强,是,4,电子表格:3,4-09-08-01,2000,全职,10,0,3\n\
         C2,家庭成员,是,某乙二,,,1985-06-07,女,,,,H1,新晃侗族自治县·波洲镇,波洲镇,农业,高中,未就业,,一般,否,7,,保洁员,,,,,\n",
    ),
    (
        "家庭.csv",
        "家庭编号,低保,低保起,低保止,低保来源,成员数,残疾成员数,就业成员数\nH1,是,2023-01-01,2024-12-31,民政局,2,1,0\n",
    ),
    ("用人单位.csv", "编号,名称,单位性质,编制或职工人数\nE1,某县某单位,事业单位,80\n"),
    (
        "岗位.csv",
        "编号,单位编号,岗位名称,岗位类别,名额,工作地点,接受的残疾类别等级,工种代码,技能要求,文化程度要求,年龄要求,月薪下限,月薪上限,用工形式,每周小时,提供的合理便利,开始日期,截止日期,预留,P2,H2\n\
         J1,E1,保洁员,城镇公益性岗位,2,波洲镇,听力残疾1-4级;肢体残疾3,,电子表格:2:3,小学,18-59,1800,2000,全职,40,文字交流,2024-01-01,2024-12-31,低保:1,3,2!\n",
    ),
    ("推荐记录.csv", "求职者编号,岗位,日期,渠道,结果\nC1,J1,2024-03-01,市场,单位未录用\n"),
    ("服务记录.csv", "求职者编号,种类,日期\nC1,能力评估,2024-02-01\n"),
];

/// A folder with these files.
pub(super) fn folder<N: AsRef<Path>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (N, B)>) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

/// What is read from a folder with these files.
pub(super) fn read<N: AsRef<Path>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (N, B)>) -> Intake {
    read_folder(folder(files).path()).expect("a usable folder")
}

/// The clean folder with one of its files changed; a name that it does not have adds a file.
pub(super) fn with(file: &str, change: impl FnOnce(&str) -> String) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        CLEAN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    match files.iter_mut().find(|(name, _)| name == file) {
        Some((_, text)) => *text = change(text),
        None => files.push((file.to_owned(), change(""))),
    }
    files
}

/// A row of a table changed: the cell under a heading of row 2 (the first under the headings).
pub(super) fn with_cell(file: &str, heading: &str, value: &str) -> Vec<(String, String)> {
    with(file, |text| {
        let mut rows: Vec<Vec<String>> =
            text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        if !rows[0].iter().any(|cell| cell == heading) {
            rows[0].push(heading.to_owned());
        }
        let column = rows[0].iter().position(|cell| cell == heading).expect("a column");
        while rows[1].len() <= column {
            rows[1].push(String::new());
        }
        rows[1][column] = format!("\"{value}\"");
        rows.iter().map(|row| row.join(",") + "\n").collect()
    })
}

/// Code, file, row, column, found of every fault, as text.
pub(super) fn faults(intake: &Intake) -> Vec<String> {
    let line = |fault: &anzhi_desk::tables::Fault| {
        let cell = fault.cell.as_ref().expect("a cell");
        let row = cell.row.map_or_else(String::new, |row| row.to_string());
        let column = cell.column.as_deref().unwrap_or_default();
        format!("{} {} {row} {column} [{}]", fault.issue.code(), cell.file, fault.issue.found())
    };
    intake.faults.iter().map(line).collect()
}

#[test]
fn a_clean_folder_has_no_fault_and_keeps_every_row() {
    let intake = read(CLEAN.iter().copied());
    assert_eq!(faults(&intake), [] as [String; 0]);
    for (kind, count) in &intake.counts {
        assert!(count.received > 0 && count.accepted == count.received && count.rejected == 0, "{kind:?}");
    }
    let json = serde_json::to_string_pretty(&intake.document).expect("JSON");
    assert_eq!(json.trim(), include_str!("intake/clean.json").trim());
    let again = anzhi::input::Document::from_json(json.as_bytes()).expect("what was written can be read");
    assert_eq!(again, intake.document);
}
