//! The committed folders are what the generator draws, and what it draws looks like the people it stands for.
#![expect(clippy::expect_used, reason = "a test stops at the first fault")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anzhi_desk::adverts::{
    Finding, accepts, age, demand, disability, education, form, headcount, hours, lists, wage,
};
use anzhi_desk::lookup::{Occupations, Place, Regions, Skills, accommodation};
use anzhi_desk::synth::{self, COUNTIES, Folder, Spec};

type Row = BTreeMap<String, String>;
/// Reads a cell and gives its remarks.
type Reader = fn(&str) -> Vec<Finding>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn spec((policy, candidates, openings, seed, lottery): (&str, u32, u32, &str, Option<&str>)) -> Spec {
    Spec {
        policy: policy.to_owned(),
        candidates,
        openings,
        seed: seed.to_owned(),
        lottery: lottery.map(str::to_owned),
    }
}

/// The five counties and the crowd of the fair, drawn once for all tests.
static FOLDERS: LazyLock<Vec<Folder>> = LazyLock::new(|| {
    let (candidates, seed, lottery) = synth::FAIR;
    let crowd = synth::crowd(candidates, seed, lottery).expect("a crowd");
    COUNTIES
        .into_iter()
        .map(|county| synth::county(&spec(county)).expect("a county"))
        .chain([crowd])
        .collect()
});

/// Their tables, in the same order.
static TABLES: LazyLock<Vec<BTreeMap<String, Vec<Row>>>> =
    LazyLock::new(|| FOLDERS.iter().map(parse).collect());

fn county(policy: &str) -> &'static BTreeMap<String, Vec<Row>> {
    let at = COUNTIES.iter().position(|county| county.0 == policy).expect("a county");
    &TABLES[at]
}

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn parse(folder: &Folder) -> BTreeMap<String, Vec<Row>> {
    let tables = folder.iter().filter_map(|(name, bytes)| Some((name.strip_suffix(".csv")?, bytes)));
    tables
        .map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            (name.to_owned(), rows(text.strip_prefix('\u{FEFF}').expect("a byte-order mark")))
        })
        .collect()
}

/// The rows of a sheet; none where the folder has no such sheet.
fn table<'t>(tables: &'t BTreeMap<String, Vec<Row>>, name: &str) -> &'t [Row] {
    tables.get(name).map_or(&[], Vec::as_slice)
}

fn ids<'r>(rows: impl IntoIterator<Item = &'r Row>, heading: &str) -> BTreeSet<String> {
    rows.into_iter().map(|row| row[heading].clone()).collect()
}

/// The rows for which it holds.
fn those(rows: &[Row], holds: impl Fn(&Row) -> bool) -> Vec<&Row> {
    rows.iter().filter(|row| holds(row)).collect()
}

/// How many of a thousand rows it holds for.
fn per_mille<'r>(rows: impl IntoIterator<Item = &'r Row>, holds: impl Fn(&Row) -> bool) -> usize {
    let (mut found, mut all) = (0, 0);
    for row in rows {
        all += 1;
        found += usize::from(holds(row));
    }
    found * 1000 / all
}

fn is_welfare(row: &Row) -> bool {
    row["岗位类别"].contains("公益性岗位")
}

fn near(found: usize, wanted: usize, tolerance: usize) -> bool {
    found.abs_diff(wanted) <= tolerance
}

/// Compares with the committed folder; `ANZHI_BLESS=1` writes it anew instead.
fn compare(folder: &Folder, to: &Path) {
    if std::env::var_os("ANZHI_BLESS").is_some() {
        for (name, _) in folder {
            drop(fs::remove_file(to.join(name)));
        }
        synth::write(folder, to).expect("the folder can be written");
    }
    for (name, bytes) in folder {
        let committed = fs::read(to.join(name)).expect("a committed file");
        assert!(committed == *bytes, "{} differs from what the generator draws", to.join(name).display());
    }
}

#[test]
fn the_committed_folders_are_what_the_generator_draws() {
    let names = COUNTIES.map(|county| format!("counties/{}", county.0));
    for (folder, name) in FOLDERS.iter().zip(names.iter().map(String::as_str).chain(["fair"])) {
        compare(folder, &fixtures().join(name));
    }
}

/// The check character by the weights of GB 11643-1999, not by the generator's way of doubling.
fn check_character(number: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        number.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

#[test]
fn no_number_can_belong_to_a_person() {
    let mut seen = BTreeSet::new();
    for row in TABLES.iter().flat_map(|tables| table(tables, "求职者")) {
        let number = &row["证件号码"];
        assert!(number.len() == 18 && number[6..8] == *"18", "{number}");
        assert!(number.ends_with(check_character(number)), "{number}");
        assert!(seen.insert(number.clone()), "{number} occurs twice");
        assert_eq!(row["合成"], "是");
        assert!(row["姓名"].starts_with("合成"), "{}", row["姓名"]);
        let odd = number.as_bytes()[16] % 2 == 1;
        assert_eq!(row["性别"], if odd { "男" } else { "女" }, "{number}");
        if !row["出生日期"].is_empty() {
            assert_eq!(row["出生日期"][2..].replace('-', ""), number[8..14], "{number}");
        }
    }
    assert_eq!(seen.len(), 850 + 1500 + 1800 + 1300 + 2400 + 700);
}

#[test]
fn certificate_numbers_agree_with_their_columns() {
    for row in TABLES.iter().flat_map(|tables| table(tables, "求职者")) {
        let certificate = &row["残疾人证号"];
        assert_eq!(certificate.is_empty(), row["人员类别"] == "家庭成员", "{}", row["编号"]);
        if certificate.is_empty() {
            assert!(row["残疾类别"].is_empty() && row["残疾等级"].is_empty());
            continue;
        }
        assert_eq!(certificate[..18], row["证件号码"]);
        let at = |place: usize| usize::from(certificate.as_bytes()[place] - b'1');
        let class = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"][at(18)];
        let level = ["一级", "二级", "三级", "四级"][at(19)];
        if !row["残疾类别"].is_empty() {
            assert_eq!((row["残疾类别"].as_str(), row["残疾等级"].as_str()), (class, level));
        }
        assert!(class == "多重" || row["多重残疾明细"].is_empty());
    }
}

#[test]
fn rows_refer_to_rows_that_are_there() {
    for tables in TABLES.iter() {
        let (people, openings) = (table(tables, "求职者"), table(tables, "岗位"));
        let (candidates, posts) = (ids(people, "编号"), ids(openings, "编号"));
        let households = ids(table(tables, "家庭"), "家庭编号");
        let employers = table(tables, "用人单位");
        assert_eq!((candidates.len(), posts.len()), (people.len(), openings.len()), "an id twice");
        for row in people {
            assert!(row["家庭编号"].is_empty() || households.contains(&row["家庭编号"]));
            assert!(row.get("不接受的岗位").is_none_or(|post| post.is_empty() || posts.contains(post)));
        }
        for row in table(tables, "推荐记录") {
            assert!(candidates.contains(&row["求职者编号"]));
            let Some(post) = row.get("岗位").filter(|post| !post.is_empty()) else { continue };
            let opening = openings.iter().find(|opening| opening["编号"] == *post).expect("the opening");
            assert!(opening["开始日期"] <= row["日期"], "{post} before it began");
        }
        for row in openings {
            assert!(employers.iter().any(|employer| employer["编号"] == row["单位编号"]), "{}", row["编号"]);
            assert!(!row["岗位名称"].is_empty() && !row["名额"].is_empty() && !row["工作地点"].is_empty());
        }
    }
}

/// What stands under a heading in any of the folders, each once.
fn cells(sheet: &str, is_meant: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let rows = TABLES.iter().flat_map(|tables| table(tables, sheet));
    rows.flatten().filter(|(heading, _)| is_meant(heading)).map(|(_, cell)| cell.clone()).collect()
}

/// The same for cells that hold a list, entry by entry and without what follows a colon.
fn entries(sheet: &str, heading: &str) -> BTreeSet<String> {
    let cells = cells(sheet, |is| is == heading);
    let entries =
        cells.iter().flat_map(|cell| cell.split(';')).map(|entry| entry.split(':').next().unwrap_or(""));
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_cell_is_read_without_a_remark() {
    let readers: [(&str, &str, Reader); 14] = [
        ("岗位", "接受的残疾类别等级", |cell| accepts::read(cell).findings),
        ("岗位", "年龄要求", |cell| age::read(cell).findings),
        ("岗位", "文化程度要求", |cell| education::required(cell).findings),
        ("岗位", "用工形式", |cell| form::read(cell).findings),
        ("岗位", "名额", |cell| headcount::read(cell).findings),
        ("岗位", "每周小时", |cell| hours::weekly(cell).findings),
        ("岗位", "月薪下限", |cell| wage::monthly(cell).findings),
        ("岗位", "技能要求", |cell| lists::requirements(cell).findings),
        ("求职者", "残疾等级", |cell| disability::level(cell).findings),
        ("求职者", "残疾类别", |cell| disability::class(cell).findings),
        ("求职者", "多重残疾明细", |cell| disability::constituents(cell).findings),
        ("求职者", "文化程度", |cell| education::attained(cell).findings),
        ("求职者", "用工形式", |cell| form::read(cell).findings),
        ("求职者", "技能", |cell| lists::skills(cell).findings),
    ];
    for (sheet, heading, read) in readers {
        let cells = cells(sheet, |is| is == heading);
        assert!(cells.len() > 3, "{heading} is hardly filled");
        for cell in cells {
            assert_eq!(read(&cell), [], "{heading}: {cell}");
        }
    }
}

#[test]
fn every_functional_cell_is_a_demand_or_a_capacity() {
    let functional = |heading: &str| heading.as_bytes().get(2) == Some(&b' ');
    for cell in cells("岗位", functional) {
        assert_eq!(demand::demand(&cell).findings, [], "{cell}");
    }
    for cell in cells("求职者", functional) {
        assert_eq!(demand::capacity(&cell).findings, [], "{cell}");
    }
}

#[test]
fn every_name_is_one_that_the_tables_of_the_desk_know() {
    for (sheet, heading) in [("求职者", "常住地"), ("求职者", "户籍地"), ("岗位", "工作地点")]
    {
        for place in entries(sheet, heading) {
            assert!(matches!(Regions::built_in().find(&place), Place::Known(_)), "{place}");
        }
    }
    for skill in entries("求职者", "技能").union(&entries("岗位", "技能要求")) {
        assert!(Skills::built_in().find(skill).is_some(), "{skill}");
    }
    for code in entries("求职者", "意向工种").union(&entries("岗位", "工种代码")) {
        assert!(Occupations::built_in().name(code).is_some(), "{code}");
    }
    for offer in entries("岗位", "提供的合理便利") {
        assert!(accommodation(&offer).is_some(), "{offer}");
    }
}

/// Domain study, section 7; the largest county, so that three parts of a hundred are far out.
#[test]
fn the_shares_are_those_of_the_calibration() {
    let tables = county("jizhou");
    let (people, households) = (table(tables, "求职者"), table(tables, "家庭"));
    let holders = those(people, |row| row["人员类别"] == "残疾人");
    let digit = |row: &Row, place: usize| row["残疾人证号"].as_bytes()[place] - b'0';
    for (class, wanted) in (1..).zip([60, 80, 10, 520, 110, 170, 50]) {
        let found = per_mille(holders.iter().copied(), |row| digit(row, 18) == class);
        assert!(near(found, wanted, 25), "class {class}: {found}");
    }
    let severe = per_mille(holders.iter().copied(), |row| digit(row, 18) == 4 && digit(row, 19) <= 2);
    assert!(near(severe, 520 * 350 / 1000, 25), "{severe}");
    let several = per_mille(households, |row| matches!(row["残疾成员数"].as_str(), "2" | "3"));
    assert!(near(several, 124, 15), "{several}");
    let alone = per_mille(households, |row| row["成员数"] == "1");
    assert!(near(alone, 121, 20), "{alone}");
    let men = per_mille(holders.iter().copied(), |row| row["性别"] == "男");
    assert!(near(men, 516, 30), "{men}");
}

#[test]
fn poverty_makes_the_groups_overlap() {
    let households = table(county("jizhou"), "家庭");
    let poor = |row: &Row| row["低保"] == "是";
    let all = per_mille(households, poor);
    for heading in ["零就业", "防返贫监测"] {
        let share = per_mille(those(households, |row| row[heading] == "是"), poor);
        assert!(share > all * 3 / 2, "{heading}: {share} and {all}");
    }
    assert!(households.iter().all(|row| !(poor(row) && row["低保边缘"] == "是")));
}

#[test]
fn unknown_cells_and_synthetic_coordinates_occur_as_in_real_tables() {
    let tables = county("xinhuang");
    let people = table(tables, "求职者");
    for heading in ["证件有效期至", "文化程度", "就业意愿", "公益性岗位已安置月数"] {
        let empty = per_mille(people, |row| row[heading].is_empty());
        assert!((5..120).contains(&empty), "{heading}: {empty}");
    }
    let asked =
        per_mille(people, |row| !row["U2 抓握、提拿"].is_empty() && !row["T2 守时、独立完成"].is_empty());
    assert!(near(asked, 790, 60), "{asked}");
    let located = ids(those(people, |row| !row["经度"].is_empty()), "常住地");
    assert_eq!(located, ["波洲镇", "中寨镇", "晃洲镇"].map(str::to_owned).into());
}

#[test]
fn posts_are_of_the_kinds_that_the_plans_name() {
    let kinds = |policy: &str| ids(those(table(county(policy), "岗位"), is_welfare), "岗位名称");
    let set = |names: &[&str]| -> BTreeSet<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let seven = ["农家书屋管理员", "保洁员", "护路员", "护林员", "保安", "社会救助协理员", "社区服务人员"];
    assert_eq!(kinds("xinhuang"), set(&seven));
    assert_eq!(kinds("zhongshan"), set(&["重度残疾人托养照护员", "农家书屋管理员", "护林员", "卫生保洁员"]));
    assert_eq!(kinds("dianjiang"), set(&["乡村保洁员", "生态护林员", "护路员"]));
}

#[test]
fn xinhuang_has_more_people_in_the_tier_than_seats() {
    let tables = county("xinhuang");
    let households = table(tables, "家庭");
    let poor = ids(those(households, |row| row["低保"] == "是"), "家庭编号");
    let people = table(tables, "求职者");
    let in_tier = people.iter().filter(|row| poor.contains(&row["家庭编号"])).count();
    let welfare = those(table(tables, "岗位"), is_welfare);
    let seats: usize = welfare.iter().map(|row| row["名额"].parse::<usize>().expect("a number")).sum();
    assert_eq!(welfare.len(), 45);
    assert!((60..=80).contains(&seats) && in_tier > seats, "{in_tier} people, {seats} seats");
    let watched = ids(those(households, |row| row["防返贫监测"] == "是"), "家庭编号");
    let relative = |row: &&Row| row["人员类别"] == "家庭成员" && watched.contains(&row["家庭编号"]);
    assert!(people.iter().filter(relative).count() >= 3, "nobody without a certificate profits");
}

#[test]
fn a_seed_draws_one_county_and_another_seed_another() {
    let small = |seed| spec(("panjin", 60, 20, seed, None));
    let draw = |seed| synth::county(&small(seed)).expect("a county");
    assert_eq!(draw("a"), draw("a"));
    assert_ne!(draw("a"), draw("b"));
    assert_eq!(table(&parse(&draw("a")), "求职者").len(), 60);
    let nobody = synth::county(&spec(("panjin", 0, 0, "a", None))).expect("an empty county");
    assert!(nobody.iter().any(|(name, bytes)| name == "求职者.csv" && bytes.ends_with(b"\r\n")));
    let error = synth::county(&spec(("general", 1, 1, "a", None))).expect_err("no county");
    assert!(error.to_string().contains("xinhuang, zhongshan, panjin, dianjiang, jizhou"), "{error}");
}

#[test]
fn nothing_is_written_over() {
    let at = tempfile::tempdir().expect("a folder");
    let folder = synth::county(&spec(("xinhuang", 5, 5, "a", None))).expect("a county");
    synth::write(&folder, at.path()).expect("a new folder");
    let again = synth::write(&folder, at.path()).expect_err("a file of that name");
    assert_eq!(again.kind(), std::io::ErrorKind::AlreadyExists);
}

#[test]
fn the_fair_holds_every_real_advert() {
    let text = fs::read_to_string(fixtures().join("fair/岗位.csv")).expect("the adverts");
    let adverts = rows(text.trim_start_matches('\u{FEFF}'));
    assert_eq!(adverts.len(), 558);
    assert!(adverts.iter().all(|row| row["来源"].starts_with("http")));
    assert_eq!(those(&adverts, is_welfare).len(), 24);
    assert!(adverts.iter().any(|row| row["岗位名称"] == "动物防疫\n检疫员"));
    let employers = fs::read_to_string(fixtures().join("fair/用人单位.csv")).expect("the employers");
    let employers = ids(&rows(employers.trim_start_matches('\u{FEFF}')), "编号");
    assert!(adverts.iter().all(|row| employers.contains(&row["单位编号"])));
}
