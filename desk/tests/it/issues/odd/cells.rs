//! Numbers, days and words at the ends of what can be written.

use anzhi::issue::IssueCode;

use super::{judged, with};

/// Sheet, its other columns and cells, the column, what stands in it, the code; none where it is read or says nothing.
const CELLS: &[(&str, &str, &str, &str, &str)] = &[
    (PEOPLE, "C1,残疾人", "出生日期", "9999-12-31", "E128"),
    (PEOPLE, "C1,残疾人", "出生日期", "0000-01-01", "T110"),
    (PEOPLE, "C1,残疾人", "出生日期", "0001-01-01", "E128"),
    (PEOPLE, "C1,残疾人", "出生日期", "1980-13-45", "T110"),
    (PEOPLE, "C1,残疾人", "出生日期", "1e400", "T110"),
    (PEOPLE, "C1,残疾人", "出生日期", "99999", "T110"),
    (PEOPLE, "C1,残疾人", "失业登记日期", "9999-12-31", ""),
    (PEOPLE, "C1,残疾人", "期望月薪", "1e400", "T124"),
    (PEOPLE, "C1,残疾人", "期望月薪", "99999999999999999999", "T124"),
    (PEOPLE, "C1,残疾人", "期望月薪", "-0", "T112"),
    (PEOPLE, "C1,残疾人", "最远通勤公里", "4294967296", "T111"),
    (PEOPLE, "C1,残疾人", "最远通勤公里", "4294967295", ""),
    (PEOPLE, "C1,残疾人", "最远通勤公里", "NaN", "T111"),
    (PEOPLE, "C1,残疾人", "最远通勤公里", "0x10", "T111"),
    (PEOPLE, "C1,残疾人", "最远通勤公里", "一二三四五六七八九十亿", "T111"),
    (PEOPLE, "C1,残疾人", "公益性岗位已安置次数", "300", "T111"),
    (PEOPLE, "C1,残疾人", "公益性岗位已安置月数", "70000", "T111"),
    (PEOPLE, "C1,残疾人", "公益性岗位已安置月数", "-1", "T112"),
    (PEOPLE, "C1,残疾人", "残疾等级", "-1", "T113"),
    (PEOPLE, "C1,残疾人", "残疾等级", "99999999999", "T113"),
    (PEOPLE, "C1,残疾人", "残疾类别", "8", "T113"),
    (PEOPLE, "C1,残疾人", "P2", "-1", "T129"),
    (PEOPLE, "C1,残疾人", "P2", "4.5", "T129"),
    (PEOPLE, "C1,残疾人", "P2", "99999999999999999999", "T129"),
    (PEOPLE, "C1,残疾人", "经度", "inf", "T111"),
    (PEOPLE, "C1,残疾人", "经度", "1e400", "T111"),
    (PEOPLE, "C1,残疾人", "技能", "缝纫:0", "E123"),
    (PEOPLE, "C1,残疾人", "技能", "缝纫:-1", "T128"),
    (PEOPLE, "C1,残疾人", "技能", "缝纫:99999999999", "T128"),
    (PEOPLE, "C1,残疾人", "技能", ";;;:::", "T128"),
    (PEOPLE, "C1,残疾人", "证件号码", "=cmd|' /C calc'!A0", "T115"),
    (PEOPLE, "C1,残疾人", "证件号码", "1.10105E+17", "T114"),
    (PEOPLE, "C1,残疾人", "残疾人证号", "1E400", "T114"),
    (PEOPLE, "C1,残疾人", "常住地", "=1+1", "T127"),
    (PEOPLE, "C1,残疾人", "性别", "=1+1", "T113"),
    (HOUSES, "H1", "成员数", "65536", "T111"),
    (HOUSES, "H1", "成员数", "-65536", "T112"),
    (HOUSES, "H1", "低保起", "二〇二四年", "T110"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "年龄要求", "18-300", "T125"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "年龄要求", "99999999999岁以下", "T125"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "月薪下限", "1e400", "T124"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "月薪下限", "99999999999999999999", "T124"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "每周小时", "9999", "T111"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "预留", "低保:4294967296", "T128"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "预留", "低保:4294967295", "E131"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "H2", "5!!", "T129"),
    (POSTS, "J1,E1,合成岗位,市场岗位,1", "截止日期", "9999-12-31", ""),
];

const PEOPLE: &str = "求职者.csv|编号,人员类别";
const HOUSES: &str = "家庭.csv|家庭编号";
const POSTS: &str = "岗位.csv|编号,单位编号,岗位名称,岗位类别,名额";

#[test]
fn every_end_of_the_scale_has_its_one_sentence() {
    let mut wrong = Vec::new();
    for (sheet, row, heading, value, code) in CELLS {
        let (file, headings) = sheet.split_once('|').expect("a sheet");
        // both columns of a point, so that one half is never the fault
        let other = if *heading == "经度" { ("纬度", "27.4") } else { ("备用", "") };
        let needed = if sheet == &POSTS { (",工作地点", ",波洲镇") } else { ("", "") };
        let headings = format!("{headings}{},{heading},{}", needed.0, other.0).replace(",备用", "");
        let text = format!("{headings}\n{row}{},\"{value}\",{}\n", needed.1, other.1);
        let judged = judged(with(file, text).path());
        let lines: Vec<_> = judged.lines.iter().filter(|line| line.is_fault()).collect();
        let right = match (*code, lines.as_slice()) {
            ("", []) => true,
            (code, [line]) => {
                line.code.as_str() == code
                    && line.file == file
                    && line.row == Some(2)
                    && line.column == *heading
            }
            _ => false,
        };
        if !right {
            wrong.push(format!("{heading} {value} wants {code}: {lines:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn seats_are_never_guessed() {
    for value in ["4294967296", "99999", "1e9", "-5", "0.5", "∞", "若干", "=9", "10000000000000000000000"]
    {
        let text = format!(
            "编号,单位编号,岗位名称,岗位类别,名额,工作地点\nJ1,E1,合成岗位,市场岗位,{value},波洲镇\n"
        );
        let judged = judged(with("岗位.csv", text).path());
        let codes: Vec<_> = judged.faults().iter().map(|line| line.code).collect();
        assert_eq!(codes, [IssueCode::HeadcountUnreadable], "{value}");
        assert!(judged.report.openings.is_empty(), "{value}");
    }
}
