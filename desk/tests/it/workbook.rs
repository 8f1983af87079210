//! The workbook, read back.
#![expect(clippy::expect_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::thread::sleep;
use std::time::Duration;

use anzhi::issue::IssueCode;
use anzhi::report::{PlanStatus, Report};
use anzhi::words::{PersonKind, ReasonCode, Topic};
use anzhi_desk::messages::Language;
use anzhi_desk::workbook::{Extras, FaultRow, Place, write};
use calamine::{Data, DataType, Range, Reader, Xlsx};

use crate::support::report::{ranked, small};

fn place(file: &str, row: u64, column: &str, id: &str) -> Place {
    Place { file: file.to_owned(), row: Some(row), column: column.to_owned(), id: id.to_owned() }
}

fn extras() -> Extras {
    let cells = [
        ("/openings/2", place("岗位.csv", 4, "", "XH-O030")),
        ("/openings/0/conditions", place("岗位.csv", 2, "其他要求", "XH-O012")),
        ("/candidates/3", place("求职者.csv", 5, "", "C-03")),
        ("/candidates/12/id", place("求职者.csv", 14, "编号", "C-03")),
    ];
    let faults = vec![
        FaultRow {
            place: place("求职者.csv", 9, "出生日期", "C-07"),
            code: IssueCode::NotADate,
            found: "昨天".to_owned(),
        },
        FaultRow {
            place: place("岗位.csv", 2, "月薪下限", "XH-O012"),
            code: IssueCode::WageFromTitle,
            found: "=1+1".to_owned(),
        },
    ];
    Extras { cells: cells.map(|(pointer, place)| (pointer.to_owned(), place)).into(), faults }
}

type Sheets = Vec<(String, Range<Data>)>;

fn read(bytes: Vec<u8>) -> (Sheets, Vec<Range<String>>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let formulas = names.iter().map(|name| book.worksheet_formula(name).expect("formulas")).collect();
    let sheets = names.into_iter().map(|name| {
        let range = book.worksheet_range(&name).expect("a sheet");
        (name, range)
    });
    (sheets.collect(), formulas)
}

fn sheets(report: &Report, language: Language) -> BTreeMap<String, Range<Data>> {
    read(write(report, &extras(), language).expect("a workbook")).0.into_iter().collect()
}

fn text(said: &str) -> Data {
    Data::String(said.to_owned())
}

/// Rows of a sheet below its headings, cells by heading.
fn rows(sheet: &Range<Data>, first_heading: &str) -> Vec<BTreeMap<String, Data>> {
    let all: Vec<&[Data]> = sheet.rows().collect();
    let head = all.iter().position(|row| row[0] == text(first_heading)).expect("headings");
    let headings: Vec<String> = all[head].iter().map(ToString::to_string).collect();
    let body = all[head + 1..].iter();
    body.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn whole_text(sheet: &Range<Data>) -> String {
    sheet.cells().map(|(.., cell)| cell.to_string() + "\n").collect()
}

#[test]
fn every_sheet_is_there_in_either_language() {
    let names = |language| {
        let bytes = write(&small(), &extras(), language).expect("a workbook");
        read(bytes).0.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        names(Language::Zh),
        [
            "总览",
            "推荐名单（按岗位）",
            "推荐名单（按求职者）",
            "拟安置",
            "拟安置说明",
            "未安置说明",
            "待核实",
            "只差一项（按岗位）",
            "只差一项（按求职者）",
            "岗位广告问题",
            "数据问题",
            "最优性核验"
        ]
    );
    assert_eq!(names(Language::En)[3], "Proposed placements");
}

#[test]
fn equal_reports_give_equal_bytes_whatever_the_clock_says() {
    let first = write(&small(), &extras(), Language::Zh).expect("a workbook");
    sleep(Duration::from_millis(1_100));
    assert!(first == write(&small(), &extras(), Language::Zh).expect("a workbook"), "the bytes differ");
    let mut later = small();
    later.date = later.date.plus_days(1).expect("a day");
    assert!(first != write(&later, &extras(), Language::Zh).expect("a workbook"), "the date is not in it");
}

#[test]
fn a_clerk_can_add_up_every_score() {
    let report = small();
    let names = ["技能", "通勤", "意向工种", "工资", "用工形式", "岗位定向", "优先群体"];
    let all = sheets(&report, Language::Zh);
    let mut scored = 0;
    for (name, first, score, criteria) in [
        ("推荐名单（按岗位）", "岗位编号", "得分", 7),
        ("推荐名单（按求职者）", "求职者编号", "得分", 7),
        ("拟安置", "岗位编号", "得分（不含\n优先群体）", 6),
    ] {
        for row in rows(&all[name], first) {
            let weights = report.policy.weights.iter().map(|it| it.weight);
            let parts: Vec<f64> = names
                .iter()
                .zip(weights)
                .filter_map(|(name, weight)| {
                    let points = row.get(&format!("{name}\n×{weight}%"))?.as_f64()?;
                    Some(points * f64::from(weight))
                })
                .collect();
            if parts.is_empty() {
                continue;
            }
            assert_eq!(parts.len(), criteria, "{name}: {row:?}");
            assert_eq!(row[score], Data::Float(parts.iter().sum::<f64>() / 100.0), "{name}: {row:?}");
            scored += 1;
        }
    }
    assert_eq!(scored, 2 + 3 + 1);
    let first = &rows(&all["推荐名单（按岗位）"], "岗位编号")[0];
    assert_eq!(first["求职者编号"], text("C-90"));
    assert_eq!(first["工作地点"], text("波洲镇"), "what all places share is left out");
    assert_eq!(first["单位须提供的合理便利"], text("震动报警"));
}

#[test]
fn nothing_in_a_cell_can_run() {
    let mut report = small();
    report.policy.title = "=cmd|' /C calc'!A0".to_owned();
    report.openings[0].title = "@SUM(1)".to_owned();
    report.openings[1].title = "\u{0}\u{1b}+1\u{7f}".to_owned();
    report.openings[2].title = "长".repeat(40_000);
    let (sheets, formulas) = read(write(&report, &extras(), Language::Zh).expect("a workbook"));
    assert!(formulas.iter().all(Range::is_empty), "a formula stands in the workbook");
    let all: String = sheets.iter().map(|(_, sheet)| whole_text(sheet)).collect();
    for said in ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "=1+1"] {
        assert!(all.contains(said), "{said}");
    }
}

#[test]
fn proposed_placements_show_ids_and_no_status() {
    let all = sheets(&small(), Language::Zh);
    let sheet = &all["拟安置"];
    let said = whole_text(sheet);
    for hidden in ["低保", "监测", "级残疾", "听力", "一户多残"] {
        assert!(!said.contains(hidden), "{hidden}");
    }
    let found = rows(sheet, "岗位编号");
    assert_eq!(found[0]["求职者编号"], text("C-91"));
    assert_eq!(found[1]["求职者编号"], text("C-90"));
    assert_eq!(found[1]["优先层级"], text("第一优先层级"));
    assert_eq!(found[1]["得分（不含\n优先群体）"], Data::Float(72.75));
    assert_eq!(found[0]["附条件：须先核实"], text("残疾人证有效期、“站立”“行走”的功能值"));
    assert!(said.contains("不得直接公示") && said.contains("经办人"));
}

#[test]
fn everybody_without_a_post_is_told_why() {
    let report = small();
    let found = rows(&sheets(&report, Language::Zh)["未安置说明"], "求职者编号");
    assert_eq!(found.len(), ReasonCode::ALL.len());
    for row in found {
        assert!(row["说明（可直接告知本人）"].to_string().ends_with('。'), "{row:?}");
    }
}

#[test]
fn what_is_missing_is_listed_by_person_and_datum() {
    let found = rows(&sheets(&small(), Language::Zh)["待核实"], "求职者编号");
    let of = |id: &str| found.iter().filter(|row| row["求职者编号"] == text(id)).collect::<Vec<_>>();
    let because = |code: ReasonCode| of(&format!("C-{:02}", code.index()));
    let birth = because(ReasonCode::MissingDatum)
        .into_iter()
        .find(|row| row["所缺信息"] == text("出生日期"))
        .expect("a birth date");
    assert_eq!(birth["涉及规则"].to_string(), "就业年龄、年龄要求");
    assert_eq!(birth["向谁核实"].to_string(), "本人");
    let rise = because(ReasonCode::FewerOfTier);
    assert_eq!(rise[0]["补齐后"].to_string(), "属实的，可进入第一优先层级");
    // from the placement on condition and from the opening's own list, said once
    let conditional = of("C-91");
    assert_eq!(conditional.len(), 3);
    assert!(conditional.iter().all(|row| row["补齐后"].to_string().contains("附条件")));
}

#[test]
fn near_misses_stand_with_what_would_help() {
    let all = sheets(&small(), Language::Zh);
    let openings = rows(&all["只差一项（按岗位）"], "岗位编号");
    assert_eq!(openings.len(), 2);
    assert_eq!(openings[1]["所差的规则"], text("功能要求"));
    assert_eq!(openings[1]["只差这一项\n的人数"].as_f64(), Some(5.0));
    let helps = "提供“可坐着干活”，符合资格的增加 4 人（另有 1 人待核实）。";
    assert_eq!(openings[1]["怎么办，能增加多少"], text(helps));
    let people = rows(&all["只差一项（按求职者）"], "求职者编号");
    assert_eq!(people[0]["只差这一项\n的岗位数"].as_f64(), Some(12.0));
    assert_eq!(people[0]["怎么办，能增加多少"], text("换领新证后请告诉窗口，我们重新安排。"));
    assert_eq!(people[1]["怎么办，能增加多少"], Data::Empty);
}

#[test]
fn findings_name_file_row_and_column() {
    let all = sheets(&small(), Language::Zh);
    let faults = rows(&all["数据问题"], "处理");
    let of = |code: &str| faults.iter().find(|row| row["代码"] == text(code)).expect("a finding");
    let twice = of("E102");
    assert_eq!(faults[0], *twice, "rows set aside come first");
    assert_eq!(
        (twice["文件或名单"].to_string(), twice["行"].clone()),
        ("求职者.csv".to_owned(), Data::Float(14.0))
    );
    assert_eq!(twice["发现的内容"].to_string(), "求职者.csv 第 5 行");
    assert_eq!(of("T110")["列"].to_string(), "出生日期");
    let unknown = of("E121");
    assert_eq!(
        unknown["文件或名单"].to_string(),
        "求职者第 5 条",
        "no file is known, so entries are counted"
    );
    assert_eq!((&unknown["行"], unknown["列"].to_string()), (&Data::Empty, "certificate/level".to_owned()));
    assert_eq!(of("P301")["行"], Data::Empty);
    let adverts = rows(&all["岗位广告问题"], "岗位编号");
    let codes: Vec<_> = adverts.iter().map(|row| row["代码"].to_string()).collect();
    assert_eq!(codes, ["T132", "A203", "A201"]);
    assert_eq!(adverts[1]["位置"].to_string(), "岗位.csv 第 2 行 其他要求");
    assert_eq!(adverts[2]["岗位名称"].to_string(), "包装工");
}

#[test]
fn the_first_sheet_warns_of_what_must_not_be_overlooked() {
    let mut report = small();
    let plain = whole_text(&sheets(&report, Language::Zh)["总览"]);
    assert!(plain.contains("（示例）") && plain.contains("合成（虚构）") && !plain.contains("草案"));
    for part in [
        "2024-XH-01",
        "县残联 2024-05-20",
        "每户每轮最多 1 人",
        "提出",
        "经办人",
        "第二优先层级",
        "不予安置",
        "C-90，XH-O012：与本人监护人商定",
    ] {
        assert!(plain.contains(part), "{part}");
    }
    (report.seed.seed, report.seed.draft) = (String::new(), true);
    (report.policy.in_force, report.policy.missing) = (false, vec![Topic::Tiers]);
    report.plan.status = PlanStatus::DecisionNeeded;
    let all = sheets(&report, Language::Zh);
    let warned = whole_text(&all["总览"]);
    for part in ["草案：没有公布的种子", "不在政策有效期内", "缺少本地决定：优先层级的次序"]
    {
        assert!(warned.contains(part), "{part}");
    }
    assert!(all.iter().all(|(name, sheet)| name == "总览" || whole_text(sheet).contains("草案")));
    assert!(whole_text(&all["最优性核验"]).contains("已核验：否"));
}

#[test]
fn an_empty_report_still_makes_a_workbook() {
    let mut report = small();
    report.candidates.clear();
    report.openings.clear();
    report.rejected.clear();
    report.findings.clear();
    report.plan.placements.clear();
    report.plan.objective = None;
    report.summary.tiers.clear();
    for language in Language::ALL.iter().copied() {
        let bytes = write(&report, &Extras::default(), language).expect("a workbook");
        assert_eq!(read(bytes).0.len(), 12);
    }
}

/// A county's report: as many people as asked for, ten openings each.
fn county(people: usize) -> Report {
    let mut report = small();
    let (person, opening) = (report.candidates[ReasonCode::ALL.len()].clone(), report.openings[0].clone());
    let points = |at: usize| [20, 40, 60, 80, 100, 90, u8::try_from(at % 100).unwrap_or(0)];
    report.openings = (0..200)
        .map(|at| {
            let mut it = opening.clone();
            it.id = format!("O-{at:03}").into();
            it.shortlist =
                (0..10).map(|rank| ranked(&format!("C-{:05}", at * 10 + rank), points(rank))).collect();
            it
        })
        .collect();
    report.candidates = (0..people)
        .map(|at| {
            let mut it = person.clone();
            it.id = format!("C-{at:05}").into();
            it.kind = PersonKind::Disabled;
            it.shortlist =
                (0..10).map(|rank| ranked(&format!("O-{:03}", (at + rank) % 200), points(rank))).collect();
            it
        })
        .collect();
    report
}

#[test]
fn a_long_list_is_written_whole() {
    let all = sheets(&county(250), Language::Zh);
    assert_eq!(rows(&all["推荐名单（按求职者）"], "求职者编号").len(), 2_500);
}
