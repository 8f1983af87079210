//! What goes wrong: one sentence each, the right exit code, and nothing half done.

use std::fs;

use super::rooms::Room;

/// Arguments, exit code, and what must be said.
type Case<'c> = (&'c [&'c str], i32, &'c [&'c str]);

#[test]
fn every_wrong_use_is_one_sentence_and_leaves_nothing() {
    let room = Room::with_county("xinhuang");
    fs::remove_file(room.path("in/run.toml")).unwrap();
    room.put("book.xlsx", b"PK\x03\x04");
    room.put("list.txt", "x");
    room.put("bytes.toml", [0xff, 0xfe]);
    room.put("broken.toml", "format = \"anzhi.policy/1\"\nname = \n");
    room.put("broken.json", "{\"format\": \"anzhi.input/1\", \"candidates\": [{\"id\": 7}]}");
    room.put("other.json", "{\"format\": \"anzhi.input/9\"}");
    fs::create_dir(room.path("empty")).unwrap();
    let before = room.names(".");
    let day = &["--date", "2024-06-30"];
    let run = &["--policy", "xinhuang", "--date", "2024-06-30"];
    let cases: &[Case<'_>] = &[
        (&["match"], 2, &["<FOLDER>"]),
        (&["matsch"], 2, &["matsch", "--help"]),
        (&["match", "in", "--tpo", "3"], 2, &["--tpo"]),
        (&["match", "in", "--top", "x"], 2, &["--top", "x"]),
        (
            &["match", "in", "--date", "2024-06-30"],
            2,
            &["xinhuang, zhongshan, panjin, dianjiang, jizhou, general"],
        ),
        (&["match", "in", "--policy", "xinhuang"], 2, &["--date", "run.toml"]),
        (&["match", "in", "--policy", "xinhuang", "--date", "2024-02-30"], 2, &["2024-02-30", "YYYY-MM-DD"]),
        (&[&["match", "in", "--policy", "hunan"][..], day].concat(), 2, &["hunan", "general"]),
        (&[&["match", "in", "--policy", "hunan.toml"][..], day].concat(), 2, &["hunan.toml"]),
        (&[&["match", "in", "--policy", "bytes.toml"][..], day].concat(), 3, &["bytes.toml", "UTF-8"]),
        (&[&["match", "in", "--policy", "broken.toml"][..], day].concat(), 3, &["broken.toml", "2", "8"]),
        (&[&["match", "in", "--top", "0"][..], run].concat(), 2, &["0", "1000"]),
        (&[&["match", "in", "--seed", " "][..], run].concat(), 2, &["种子"]),
        (&[&["match", "in", "--seed", ""][..], run].concat(), 2, &["种子"]),
        (&["match", "in/求职者.csv"], 2, &["in/求职者.csv", "文件夹", "input.json"]),
        (&["check", "in/求职者.csv"], 2, &["in/求职者.csv", "文件夹", "input.json"]),
        (&[&["match", "in", "--decisions", "no.toml"][..], run].concat(), 2, &["no.toml"]),
        (&[&["match", "in", "--decisions", "broken.toml"][..], run].concat(), 3, &["broken.toml"]),
        (&[&["match", "nowhere"][..], run].concat(), 2, &["nowhere"]),
        (&[&["match", "book.xlsx"][..], run].concat(), 2, &["book.xlsx", "CSV"]),
        (&[&["match", "list.txt"][..], run].concat(), 2, &["list.txt"]),
        (&[&["match", "broken.json"][..], run].concat(), 3, &["broken.json", "candidates[0].id"]),
        (&[&["match", "other.json"][..], run].concat(), 3, &["anzhi.input/9", "anzhi.input/1"]),
        (&[&["check", "broken.json"][..], run].concat(), 3, &["broken.json"]),
        (&["check", "in"], 2, &["--date"]),
        (&["explain"], 2, &["report.json"]),
        (&["policy", "check", "--sources", "nowhere"], 2, &["nowhere"]),
        (&["policy", "diff", "xinhuang"], 2, &["<B>"]),
        (
            &[
                "synth",
                "--policy",
                "general",
                "--candidates",
                "9",
                "--openings",
                "9",
                "--seed",
                "1",
                "--out",
                "s",
            ],
            2,
            &["general", "xinhuang"],
        ),
        (
            &[
                "synth",
                "--policy",
                "xinhuang",
                "--candidates",
                "9",
                "--openings",
                "9",
                "--seed",
                "1",
                "--out",
                "in",
            ],
            2,
            &["in"],
        ),
    ];
    for (arguments, code, parts) in cases {
        let said = room.run(arguments);
        assert_eq!(said.out, "", "{arguments:?}");
        let err = said.ended(*code, parts);
        assert_eq!(err.lines().count(), 1, "{arguments:?}: {err}");
        let english = room.run(&[arguments, &["--lang", "en"][..]].concat());
        assert_eq!(english.code, *code, "{arguments:?}");
        assert!(!english.err.contains('请'), "{arguments:?}: {}", english.err);
        assert_eq!(room.names("."), before, "{arguments:?}");
    }
}

#[test]
fn a_folder_without_tables_cannot_be_used() {
    let room = Room::new();
    fs::create_dir(room.path("in")).unwrap();
    let run = ["match", "in", "--policy", "general", "--date", "2026-06-30"];
    room.run(&run).ended(3, &["求职者.csv", "岗位.csv"]);
    room.put("in/求职者.csv", [0_u8, 1, 2, 3, 0]);
    room.run(&run).ended(3, &["T103", "求职者.csv"]);
    assert_eq!(room.names("."), ["in"]);
}

#[test]
fn a_table_that_was_not_read_never_passes_in_silence() {
    let room = Room::with_county("xinhuang");
    let household = room.read("in/家庭.csv");
    let headings = |file: &str| room.text(&format!("in/{file}")).lines().next().unwrap().to_owned() + "\r\n";
    let spoilt = |file: &str, code: &str| {
        room.run(&["check", "in"]).ended(1, &[file, code, "优先层级和规则"]);
        let said = room.run(&["match", "in", "--out", &format!("out-{code}-{file}"), "--lang", "en"]);
        let err = said.ended(1, &[file, code, "the tiers and rules"]);
        let about = err.lines().filter(|line| line.starts_with(file)).count();
        assert_eq!(about, 1, "one sentence a table: {err}");
    };
    room.put("in/家庭.csv", headings("家庭.csv"));
    spoilt("家庭.csv", "T102");
    room.put("in/家庭.csv", [0_u8, 1, 2, 3, 0]);
    spoilt("家庭.csv", "T103");
    room.put("in/家庭.csv", "低保,成员数\r\n是,3\r\n");
    spoilt("家庭.csv", "T107");
    fs::remove_file(room.path("in/家庭.csv")).unwrap();
    spoilt("家庭.csv", "T101");
    fs::create_dir(room.path("in/家庭.csv")).unwrap();
    spoilt("家庭.csv", "T139");
    fs::remove_dir(room.path("in/家庭.csv")).unwrap();
    room.put("in/家庭.xlsx", b"PK\x03\x04");
    spoilt("家庭.xlsx", "T103");
    fs::remove_file(room.path("in/家庭.xlsx")).unwrap();
    room.put("in/家庭.csv", household);
    room.put("in/备份.xlsx", b"PK\x03\x04");
    room.run(&["match", "in", "--out", "a"]).ended(1, &["备份.xlsx", "没有参加匹配"]);
    fs::remove_file(room.path("in/备份.xlsx")).unwrap();
    room.run(&["match", "in", "--out", "b"]).good();
    fs::remove_file(room.path("in/推荐记录.csv")).unwrap();
    fs::remove_file(room.path("in/服务记录.csv")).unwrap();
    let err = room.run(&["match", "in", "--out", "c"]).ended(1, &["推荐记录.csv", "服务记录.csv"]);
    assert_eq!(err.lines().count(), 2);
}

#[test]
fn a_wrong_run_file_is_told_line_by_line() {
    let room = Room::with_county("xinhuang");
    room.put("in/run.toml", "policy = \"xinhuang\"\ndate = 2024-06-30\n\nsead = \"7\"\n");
    let err = room.run(&["match", "in"]).ended(2, &["in/run.toml 第 4 行第 1 列", "sead", "seed"]);
    assert_eq!(err.lines().count(), 1);
    room.put("in/run.toml", "policy = 7\ndate = \"today\"\n");
    let err = room.run(&["match", "in", "--lang", "en"]).ended(2, &["line 1, column 10", "line 2, column 8"]);
    assert_eq!(err.lines().count(), 2);
    room.put("in/run.toml", "policy = \"own.toml\"\ndate = 2024-06-30\n");
    room.put("in/own.toml", room.run(&["policy", "show", "general", "--toml"]).good());
    let summary = room.run(&["match", "in"]).good();
    assert!(summary.contains("general"), "a policy file stands beside the run file: {summary}");
}

#[test]
fn rejected_rows_end_with_1_and_the_good_rows_still_match() {
    let room = Room::with_county("xinhuang");
    room.copy_tables("in", "bad", |name, text| {
        let lines: Vec<&str> = text.lines().collect();
        let mut text = text.to_owned();
        if name == "求职者.csv" {
            // the same person once more, and a row with more cells than headings
            text = format!("{text}{}\r\n{},,,,x\r\n", lines[1], lines[2]);
        }
        text.into_bytes()
    });
    room.run(&["check", "in"]).good();
    let checked = room.run(&["check", "bad"]);
    let listed = checked.out.clone();
    checked.ended(1, &["2"]);
    assert!(listed.contains("求职者.csv 第 62 行") && listed.contains("求职者.csv 第 63 行"), "{listed}");
    let said = room.run(&["match", "bad", "--out", "a"]);
    assert!(said.out.contains("求职者 62（退回 2）"), "{}", said.out);
    said.ended(1, &["2", "faults.json"]);
    let faults = room.json("a/faults.json");
    let rejected: Vec<_> =
        faults.as_array().unwrap().iter().filter(|it| it["severity"] == "rejected").collect();
    assert_eq!(rejected.len(), 2, "{rejected:?}");
    for (fault, row) in rejected.iter().zip([62, 63]) {
        assert_eq!((fault["file"].as_str(), fault["row"].as_u64()), (Some("求职者.csv"), Some(row)));
        assert!(!fault["text"].as_str().unwrap().is_empty());
    }
    assert_eq!(room.json("a/report.json")["candidates"].as_array().unwrap().len(), 60);
    room.run(&["verify", "a"]).good();
}

#[test]
fn without_a_local_decision_lists_are_written_and_nobody_is_assigned() {
    let room = Room::with_county("jizhou");
    let said = room.run(&["match", "in", "--out", "a"]);
    assert!(said.out.contains("缺少本地决定"), "{}", said.out);
    let err =
        said.ended(1, &["优先层级", "--decisions", "format = \"anzhi.decisions/1\"", "policy = \"jizhou\""]);
    let report = room.json("a/report.json");
    assert_eq!(report["plan"]["status"], "decision_needed");
    assert!(report["plan"]["placements"].as_array().unwrap().is_empty());
    assert!(
        report["openings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| !it["shortlist"].as_array().unwrap().is_empty())
    );
    assert!(!room.path("a/certificate.json").exists());
    room.run(&["verify", "a"]).good();
    // the form as printed, blank and filled in
    let form = err.split_once("\n\n").unwrap().1;
    room.put("blank.toml", form);
    room.run(&["match", "in", "--out", "b", "--decisions", "blank.toml"]).ended(3, &["blank.toml"]);
    let filled = form
        .replace("text = \"\"", "text = \"先安置零就业家庭\"")
        .replace("office = \"\"", "office = \"甲\"");
    let filled = filled
        .replace("date = \"\"", "date = 2024-06-29")
        .replace("group = \"\"", "group = \"zero_employment\"");
    room.put("filled.toml", &filled);
    let summary = room.run(&["match", "in", "--out", "b", "--decisions", "filled.toml"]).good();
    assert!(summary.contains("先安置零就业家庭（甲，2024-06-29）"), "{summary}");
    assert_eq!(room.text("b/decisions.toml"), filled);
    room.run(&["verify", "b"]).good();
    room.put("late.toml", filled.replace("2024-06-29", "2024-07-01"));
    room.run(&["match", "in", "--out", "c", "--decisions", "late.toml"])
        .ended(3, &["甲", "2024-07-01", "2024-06-30"]);
    assert!(!room.path("c").exists());
}
