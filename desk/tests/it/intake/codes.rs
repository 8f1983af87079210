//! Each code that the desk gives, with the cell it points to.

use anzhi::issue::{IssueCode, Severity};

use super::{faults, folder, read, with, with_cell};

/// File, heading, value in row 2, and the one fault that it makes.
const CELLS: &[(&str, &str, &str, &str)] = &[
    ("求职者.csv", "编号", "", "T109 求职者.csv 2 编号 []"),
    ("求职者.csv", "出生日期", "1980年3月", "T110 求职者.csv 2 出生日期 [1980年3月]"),
    ("求职者.csv", "失业登记日期", "去年", "T110 求职者.csv 2 失业登记日期 [去年]"),
    ("求职者.csv", "最远通勤公里", "不远", "T111 求职者.csv 2 最远通勤公里 [不远]"),
    ("求职者.csv", "公益性岗位已安置次数", "300", "T111 求职者.csv 2 公益性岗位已安置次数 [300]"),
    ("求职者.csv", "期望月薪", "-5", "T112 求职者.csv 2 期望月薪 [-5]"),
    ("岗位.csv", "月薪下限", "-1800", "T112 岗位.csv 2 月薪下限 [-1800]"),
    ("家庭.csv", "成员数", "-2", "T112 家庭.csv 2 成员数 [-2]"),
    ("求职者.csv", "就业意愿", "看情况", "T113 求职者.csv 2 就业意愿 [看情况]"),
    ("求职者.csv", "性别", "男女", "T113 求职者.csv 2 性别 [男女]"),
    ("家庭.csv", "低保", "曾经", "T113 家庭.csv 2 低保 [曾经]"),
    ("求职者.csv", "证件号码", "4.31227E+17", "T114 求职者.csv 2 证件号码 [＊.＊＊＊＊＊E+＊＊ (11)]"),
    (
        "求职者.csv",
        "证件号码",
        "4312271800010",
        "T115 求职者.csv 2 证件号码 [＊＊＊＊＊＊＊＊＊＊＊＊＊ (13)]",
    ),
    ("求职者.csv", "残疾人证号", "43122718000101", "T118 求职者.csv 2 残疾人证号"),
    ("求职者.csv", "残疾人证号", "43122718000101005283", "T118 求职者.csv 2 残疾人证号"),
    ("求职者.csv", "残疾类别", "听力", "T119 求职者.csv 2 残疾类别 [听力]"),
    ("求职者.csv", "残疾等级", "二级", "T120 求职者.csv 2 残疾等级 [二级]"),
    ("求职者.csv", "性别", "女", "T122 求职者.csv 2 性别 [女]"),
    ("岗位.csv", "接受的残疾类别等级", "听力残疾9级", "T123 岗位.csv 2 接受的残疾类别等级 [听力残疾9级]"),
    ("岗位.csv", "月薪下限", "面议", "T124 岗位.csv 2 月薪下限 [面议]"),
    ("求职者.csv", "期望月薪", "多多益善", "T124 求职者.csv 2 期望月薪 [多多益善]"),
    ("岗位.csv", "年龄要求", "年轻", "T125 岗位.csv 2 年龄要求 [年轻]"),
    ("岗位.csv", "名额", "若干", "T126 岗位.csv 2 名额 [若干]"),
    ("岗位.csv", "名额", "0", "T126 岗位.csv 2 名额 [0]"),
    ("岗位.csv", "名额", "999", "T126 岗位.csv 2 名额 [999]"),
    ("岗位.csv", "名额", "一批", "T126 岗位.csv 2 名额 [一批]"),
    ("岗位.csv", "工作地点", "天上", "T127 岗位.csv 2 工作地点 [天上]"),
    ("求职者.csv", "常住地", "月球基地", "T127 求职者.csv 2 常住地 [月球基地]"),
    ("求职者.csv", "技能", "电子表格:很好", "T128 求职者.csv 2 技能 [电子表格:很好]"),
    ("岗位.csv", "预留", "低保", "T128 岗位.csv 2 预留 [低保]"),
    ("求职者.csv", "P2", "5", "T129 求职者.csv 2 P2 [5]"),
    ("岗位.csv", "H2", "很高", "T129 岗位.csv 2 H2 [很高]"),
    ("求职者.csv", "技能", "屠龙:5", "T130 求职者.csv 2 技能 [屠龙]"),
    ("岗位.csv", "技能要求", "屠龙:5:5", "T130 岗位.csv 2 技能要求 [屠龙]"),
    ("岗位.csv", "提供的合理便利", "免费午餐", "T131 岗位.csv 2 提供的合理便利 [免费午餐]"),
    ("求职者.csv", "残疾人证号", "44200018000101001143", "T133 求职者.csv 2 残疾人证号"),
    ("求职者.csv", "人员类别", "外星人", "T135 求职者.csv 2 人员类别 [外星人]"),
    ("岗位.csv", "岗位类别", "神秘岗位", "T135 岗位.csv 2 岗位类别 [神秘岗位]"),
    ("服务记录.csv", "种类", "唱歌", "T135 服务记录.csv 2 种类 [唱歌]"),
    ("求职者.csv", "意向工种", "屠龙师", "T136 求职者.csv 2 意向工种 [屠龙师]"),
    ("岗位.csv", "工种代码", "9999", "T136 岗位.csv 2 工种代码 [9999]"),
    ("求职者.csv", "常住地", "青山区", "T140 求职者.csv 2 常住地"),
    ("岗位.csv", "工作地点", "河南省·郑州铁路局", "T141 岗位.csv 2 工作地点 [河南省·郑州铁路局]"),
    ("求职者.csv", "编号", "431227180001010052", "T142 求职者.csv 2 编号"),
    ("求职者.csv", "家庭编号", "431227180001010052", "T142 求职者.csv 2 家庭编号"),
    ("求职者.csv", "编号", "某甲一", "T142 求职者.csv 2 编号 [＊＊＊ (3)]"),
    ("推荐记录.csv", "日期", "春天", "T143 推荐记录.csv 2 日期 [春天]"),
    ("岗位.csv", "名额", "200个左右", "T144 岗位.csv 2 名额 [200个左右]"),
    ("求职者.csv", "残疾等级", "5", "E121 求职者.csv 2 残疾等级 [5]"),
];

#[test]
fn a_wrong_cell_makes_its_fault_and_costs_what_it_must() {
    for (file, heading, value, expected) in CELLS {
        let intake = read(with_cell(file, heading, value));
        let found = faults(&intake);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{heading} {value}: {found:?}");
        let code = intake.faults[0].issue.code();
        let rejected: usize = intake.counts.values().map(|count| count.rejected).sum();
        assert_eq!(rejected, usize::from(code.severity() == Severity::Rejected), "{heading} {value}");
        let path = intake.faults[0].issue.path();
        assert_eq!(path.is_empty(), rejected == 1, "{path}");
        // A demand that could not be read is no member of the list: its pointer is that of the list.
        if rejected == 0 && !path.ends_with("/demands") {
            let back = intake.places.cell(path).expect("a way back");
            assert_eq!(Some(back), intake.faults[0].cell, "{path}");
        }
    }
}

#[test]
fn planted_faults_are_all_found_at_once_and_the_good_rows_stay() {
    let planted = |file: &str, text: &str| {
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, (_, heading, value, _)) in CELLS.iter().enumerate().filter(|(_, (of, ..))| *of == file) {
            let column = rows[0].iter().position(|cell| cell == heading).expect("a column");
            let mut row: Vec<String> = rows[1].iter().map(|cell| (*cell).to_owned()).collect();
            if ["求职者.csv", "岗位.csv", "家庭.csv"].contains(&file) && *heading != "编号" {
                row[0] = format!("N{at}");
            }
            row[column] = format!("\"{value}\"");
            lines.push(row.join(","));
        }
        lines.join("\n")
    };
    let files = super::CLEAN.iter().map(|(file, text)| ((*file).to_owned(), planted(file, text)));
    let extra = [("说明.csv".to_owned(), String::new()), ("名单.xls".to_owned(), String::new())];
    let intake = read(files.chain(extra));
    let found: Vec<_> = faults(&intake).iter().map(|fault| fault[..4].to_owned()).collect();
    assert_eq!(found.len(), CELLS.len() + 2, "{found:?}");
    for (_, heading, value, expected) in CELLS {
        assert!(found.iter().any(|code| expected.starts_with(code.as_str())), "{heading} {value}");
    }
    let clean = read(super::CLEAN.iter().copied()).document;
    assert!(clean.candidates.iter().all(|person| intake.document.candidates.contains(person)));
    assert!(clean.openings.iter().all(|opening| intake.document.openings.contains(opening)));
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let big = folder(super::CLEAN.iter().copied());
    let file = std::fs::File::create(big.path().join("家庭.csv")).expect("a file");
    file.set_len(anzhi_desk::tables::MAX_BYTES + (1 << 20)).expect("a sparse file");
    let intake = anzhi_desk::intake::read_folder(big.path()).expect("usable");
    assert_eq!(faults(&intake), ["T137 家庭.csv   [513 MiB]"]);
}

#[test]
fn english_words_are_read_too() {
    let words = read(with_cell("求职者.csv", "就业意愿", "none")).document.candidates[0].willingness;
    assert_eq!(words, Some(anzhi::words::Willingness::None));
    for blank in ["/", "-", "——", "不详", "N/A", "　"] {
        let intake = read(with_cell("求职者.csv", "就业意愿", blank));
        assert_eq!((intake.document.candidates[0].willingness, intake.faults.len()), (None, 0), "{blank}");
    }
}

#[test]
fn whole_files_and_headings_make_their_faults() {
    let one = |files: Vec<(String, String)>| faults(&read(files));
    assert_eq!(one(with("家庭.csv", |_| String::new())), ["T102 家庭.csv   []"]);
    assert_eq!(one(with("家庭.csv", |_| "家庭编号,低保\n".to_owned())), ["T102 家庭.csv   []"]);
    assert_eq!(one(with("家庭.csv", |_| "PK\u{3}\u{4}".to_owned())), ["T103 家庭.csv   [Excel]"]);
    assert_eq!(one(with("家庭.csv", |_| "家庭\0编号\n".to_owned())), ["T103 家庭.csv   [binary]"]);
    assert_eq!(one(with("全部.xlsx", |_| "x".to_owned())), ["T103 全部.xlsx   [Excel]"]);
    assert_eq!(
        one(with("家庭.csv", |text| text.replace("成员数,残", "星座,残"))),
        ["T105 家庭.csv 1 星座 [星座]"]
    );
    assert_eq!(
        one(with("家庭.csv", |text| text
            .replace(",成员数,", ",家庭人口,")
            .replace("残疾成员数", "人口数"))),
        ["T106 家庭.csv 1 人口数 [家庭人口]"]
    );
    let missing = one(with("推荐记录.csv", |text| text.replace("日期", "心情")));
    assert_eq!(missing, ["T105 推荐记录.csv 1 心情 [心情]", "T107 推荐记录.csv 1  [日期]"]);
    assert_eq!(
        one(with("家庭.csv", |text| format!("{text}H2,是,,,,1,1,0,多,多\n"))),
        ["T108 家庭.csv 3  []"]
    );
    assert_eq!(one(with("说明.csv", |_| "x".to_owned())), ["T134 说明.csv   []"]);
    assert_eq!(one(with("run.toml", |_| "x".to_owned())), [] as [&str; 0]);
    let long = one(with("家庭.csv", |text| format!("{text}{},是\n", "长".repeat(4001))));
    assert_eq!(long, ["T138 家庭.csv 3 家庭编号 []", "T109 家庭.csv 3 家庭编号 []"]);
}

#[test]
fn files_may_be_missing_or_unreadable() {
    let kept = ["求职者.csv", "岗位.csv", "用人单位.csv"];
    let files = super::CLEAN.iter().copied().filter(|(file, _)| kept.contains(file));
    let found = faults(&read(files));
    assert_eq!(found, ["T101 家庭.csv   []", "T101 推荐记录.csv   []", "T101 服务记录.csv   []"]);

    let broken = folder(super::CLEAN.iter().copied());
    std::fs::remove_file(broken.path().join("家庭.csv")).expect("removed");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", broken.path().join("家庭.csv")).expect("a link");
    #[cfg(unix)]
    {
        let intake = anzhi_desk::intake::read_folder(broken.path()).expect("usable");
        assert!(faults(&intake)[0].starts_with("T139 家庭.csv"), "{:?}", faults(&intake));
    }
}

#[test]
fn damaged_bytes_are_shown_where_they_stand() {
    let files = super::CLEAN.iter().map(|(file, text)| {
        let mut bytes = text.as_bytes().to_vec();
        if *file == "用人单位.csv" {
            let at = text.find("某单位").expect("a name");
            bytes[at] = 0xFF;
        }
        (*file, bytes)
    });
    let intake = read(files);
    assert_eq!(intake.faults.len(), 1);
    assert!(faults(&intake)[0].starts_with("T104 用人单位.csv 2 名称"), "{:?}", faults(&intake));
    assert_eq!(intake.document.employers.len(), 1);
}

#[test]
fn numbers_fill_empty_columns_and_lose_against_filled_ones() {
    let clear = |heading| with_cell("求职者.csv", heading, "");
    let person = |files: Vec<(String, String)>| read(files).document.candidates[0].clone();
    assert_eq!(person(clear("性别")).sex, Some(anzhi::words::Sex::Male));
    assert_eq!(person(clear("出生日期")).birth, None, "a made-up number holds no birth date");
    let certificate = person(clear("残疾类别")).certificate.expect("from the number");
    assert_eq!((certificate.category, certificate.level), (anzhi::words::Category::Physical, 3));
    let wrong = read(with_cell("求职者.csv", "证件号码", "43122718000101005X"));
    assert_eq!(
        faults(&wrong),
        [
            "T133 求职者.csv 2 残疾人证号 [＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊ (20)]",
            "T116 求职者.csv 2 证件号码 [＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊X (18)]",
        ]
    );
    assert_eq!(wrong.document.candidates.len(), 2, "a wrong check character keeps the person");
    let real = with("求职者.csv", |text| {
        text.replace(
            ",是,某甲一,431227180001010052,43122718000101005243,1980-01-02,男",
            ",,,11010519491231002X,,1950-01-01,",
        )
    });
    let intake = read(real);
    assert_eq!(faults(&intake), ["T121 求职者.csv 2 出生日期 [1950-01-01]"]);
    assert_eq!(intake.document.candidates[0].sex, Some(anzhi::words::Sex::Female));
    let unmarked = read(with_cell("求职者.csv", "合成", "否"));
    let codes: Vec<_> = unmarked.faults.iter().map(|fault| fault.issue.code()).collect();
    assert_eq!(codes, [IssueCode::IdNumberDate]);
}

#[test]
fn openings_are_read_as_adverts_write_them() {
    let opening = |heading, value| read(with_cell("岗位.csv", heading, value)).document.openings[0].clone();
    let clean = opening("名额", "2.0");
    assert_eq!((clean.seats, clean.wage_min, clean.wage_max), (2, Some(1800), Some(2000)));
    let single = read(with("岗位.csv", |text| text.replace(",1800,2000,", ",1800,,")));
    assert_eq!(
        (single.document.openings[0].wage_min, single.document.openings[0].wage_max),
        (Some(1800), None)
    );
    let titled = read(with("岗位.csv", |text| {
        text.replace(",1800,2000,", ",,,").replace("保洁员", "保洁员，薪资5-7K，女性")
    }));
    let read_from_title = &titled.document.openings[0];
    assert_eq!((read_from_title.wage_min, read_from_title.wage_max), (Some(5000), Some(7000)));
    assert_eq!(faults(&titled), ["T132 岗位.csv 2 岗位名称 [保洁员，薪资5-7K，女性]"]);
    assert_eq!(read_from_title.conditions[0].kind, anzhi::words::ConditionKind::Sex);
    assert_eq!(
        opening("其他条件", "身体健康，能吃苦").conditions[0].kind,
        anzhi::words::ConditionKind::Health
    );
    assert_eq!(opening("接受的残疾类别等级", "").accepts, None);
    assert!(opening("居家", "是").home_based && !opening("居家", "").home_based);
    assert_eq!(opening("工种代码", "").occupation.as_deref(), Some("4-09-08-01"));
}

#[test]
fn suggestions_stand_in_only_where_nothing_is_stated() {
    let stated = read(super::CLEAN.iter().copied()).document.openings[0].demands.clone();
    assert_eq!(stated.len(), 2);
    assert!(stated.iter().all(|demand| !demand.suggested));
    let unconfirmed =
        read(with_cell("岗位.csv", "功能要求已确认", "否")).document.openings[0].demands.clone();
    assert!(unconfirmed.len() == 2 && unconfirmed.iter().all(|demand| demand.suggested));
    let none =
        read(with("岗位.csv", |text| text.replace(",3,2!", ",,"))).document.openings[0].demands.clone();
    assert!(none.len() > 2 && none.iter().all(|demand| demand.suggested));
    let unknown = read(with("岗位.csv", |text| text.replace(",3,2!", ",,").replace("保洁员", "某岗")));
    assert!(unknown.document.openings[0].demands.is_empty());
}

#[test]
fn every_code_of_the_desk_is_tried() {
    let source = [include_str!("codes.rs"), include_str!("../../../src/tables/tests.rs")].concat();
    let named = |code: &IssueCode| source.contains(code.as_str()) || source.contains(&format!("{code:?}"));
    let untried: Vec<_> =
        IssueCode::ALL.iter().filter(|code| code.as_str().starts_with('T') && !named(code)).collect();
    assert!(untried.is_empty(), "{untried:?}");
}
