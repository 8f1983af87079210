//! Results: what OUT holds, when it is replaced, and that it can be verified and explained.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::rooms::Room;

#[test]
fn a_match_writes_a_whole_result() {
    let room = Room::with_county("xinhuang");
    let summary = room.run(&["match", "in"]).good();
    assert_eq!(
        room.names("out/in"),
        [
            "SHA256SUMS",
            "certificate.json",
            "faults.json",
            "input.json",
            "policy.toml",
            "report.json",
            "结果.xlsx"
        ]
    );
    assert_eq!(room.names("out"), ["in"], "nothing else is left beside it");
    for part in ["xinhuang", "2024-06-28 07-31-05", "求职者 60", "第一优先层级", "out/in/结果.xlsx"]
    {
        assert!(summary.contains(part), "`{part}`: {summary}");
    }
    let report = room.json("out/in/report.json");
    assert_eq!(report["plan"]["status"], "optimal");
    let placed = report["plan"]["placements"].as_array().unwrap().len();
    assert!(placed > 0 && summary.contains(&format!("拟安置 {placed} 人")), "{summary}");
    assert!(room.read("out/in/report.json").ends_with(b"}\n"));
    let input = room.text("out/in/input.json");
    assert!(!input.contains("姓名") && !input.contains("合成人"), "names stay in the office");
    assert!(room.read("out/in/结果.xlsx").starts_with(b"PK"));
}

#[test]
fn digests_are_those_that_sha256sum_makes() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "result"]).good();
    let lines = room.text("result/SHA256SUMS");
    assert_eq!(lines.lines().count(), 6);
    assert!(lines.contains("  结果.xlsx\n"), "the file that is signed: {lines}");
    for (digest, name) in lines.lines().map(|line| line.split_once("  ").unwrap()) {
        let bytes = room.read(&format!("result/{name}"));
        assert_eq!(hex(&bytes), digest, "{name}");
    }
}

#[test]
fn equals_stand_by_a_published_salt_where_one_is_given() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "plain"]).good();
    let said = room.run(&["match", "in", "--out", "salted", "--salt", "2024-06-28 40-17"]).good();
    assert!(said.contains("2024-06-28 40-17"), "{said}");
    let (plain, salted) = (room.json("plain/report.json"), room.json("salted/report.json"));
    assert_eq!((&plain["salt"], &salted["salt"]), (&json!(null), &json!("2024-06-28 40-17")));
    assert_eq!(plain["plan"], salted["plan"]);
    assert_eq!(plain["candidates"], salted["candidates"]);
    assert_ne!(plain["openings"], salted["openings"], "nobody of the county is anybody's equal");
    room.run(&["verify", "salted"]).good();
    let run = room.text("in/run.toml") + "salt = \"2024-06-28 40-17\"\n";
    room.put("in/run.toml", &run);
    room.run(&["match", "in", "--out", "by-file"]).good();
    assert!(room.read("by-file/report.json") == room.read("salted/report.json"));
    room.run(&["match", "in", "--salt", " "]).ended(2, &["一行"]);
}

#[test]
fn a_result_is_never_written_over_unless_forced() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in"]).good();
    let before = room.read("out/in/report.json");
    room.put("out/in/notes.txt", "mine");
    let other = ["match", "in", "--seed", "another"];
    room.run(&other).ended(2, &["out/in", "--force"]);
    assert_eq!(room.read("out/in/report.json"), before);
    let forced = [&other[..], &["--force"]].concat();
    room.run(&[&forced[..], &["--policy", "nowhere.toml"]].concat()).ended(2, &["nowhere.toml"]);
    assert_eq!(room.text("out/in/notes.txt"), "mine", "a failure leaves the old result as it was");
    room.run(&forced).good();
    assert_ne!(room.read("out/in/report.json"), before);
    assert!(!room.names("out/in").contains(&"notes.txt".to_owned()), "replaced as a whole");
    room.run(&["match", "in", "--out", "in", "--force"]).ended(2, &["report.json"]);
    assert!(room.path("in/求职者.csv").exists(), "a folder that is no result is never replaced");
}

#[test]
fn the_same_rows_in_another_order_or_encoding_give_the_same_bytes() {
    let room = Room::with_county("dianjiang");
    room.run(&["match", "in", "--out", "a"]).good();
    room.copy_tables("in", "shuffled", |_, text| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines[1..].rotate_left(7);
        (lines.join("\r\n") + "\r\n").into_bytes()
    });
    room.copy_tables("in", "gb", |_, text| {
        let text = text.trim_start_matches('\u{feff}');
        encoding_rs::GB18030.encode(text).0.into_owned()
    });
    room.copy_tables("in", "plain", |_, text| text.trim_start_matches('\u{feff}').as_bytes().to_vec());
    for folder in ["shuffled", "gb", "plain"] {
        room.run(&["match", folder, "--out", &format!("out-{folder}")]).good();
        let name = format!("out-{folder}/report.json");
        assert!(room.read(&name) == room.read("a/report.json"), "{folder}");
    }
}

#[test]
fn a_document_gives_the_same_report_as_its_tables() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let seed = "2024-06-28 07-31-05";
    let flags = ["--policy", "a/policy.toml", "--date", "2024-06-30", "--seed", seed, "--out", "b"];
    let summary = room.run(&[&["match", "a/input.json"][..], &flags].concat()).good();
    assert!(summary.contains("求职者 60"), "{summary}");
    assert!(room.read("a/report.json") == room.read("b/report.json"));
}

#[test]
fn flags_override_the_run_file() {
    let room = Room::with_county("xinhuang");
    let unseeded: String = room
        .text("in/run.toml")
        .lines()
        .filter(|it| !it.starts_with("seed"))
        .fold("seed = \"\"\n".to_owned(), |text, line| text + line + "\n");
    room.put("in/run.toml", unseeded);
    let flags = ["--date", "2024-07-01", "--top", "2", "--policy", "general", "--lang", "en"];
    let summary = room.run(&[&["match", "in", "--out", "a"][..], &flags].concat()).good();
    assert!(summary.contains("DRAFT") && summary.contains("2024-07-01"), "{summary}");
    let report = room.json("a/report.json");
    assert_eq!(report["policy"]["name"], "general");
    assert_eq!((&report["seed"]["draft"], &report["language"]), (&json!(true), &json!("en")));
    let longest = report["openings"].as_array().unwrap().iter();
    let longest = longest.map(|it| it["shortlist"].as_array().unwrap().len()).max();
    assert_eq!(longest, Some(2));
    let flags = ["--date", "2030-01-01", "--seed", "7", "--lang", "en"];
    let summary = room.run(&[&["match", "in", "--out", "b"][..], &flags].concat()).good();
    assert!(summary.contains("outside its dates") && summary.contains("seed “7”"), "{summary}");
}

fn orders(rows: &[(&str, &str, &str)]) -> String {
    let table = |(order, candidate, opening): &(&str, &str, &str)| {
        format!(
            "[[orders]]\norder = \"{order}\"\ncandidate = \"{candidate}\"\nopening = \"{opening}\"\n\
             text = \"与本人商定\"\noffice = \"县残联\"\ndate = 2024-06-20\n"
        )
    };
    let tables: String = rows.iter().map(table).collect();
    format!("format = \"anzhi.decisions/1\"\npolicy = \"xinhuang\"\n{tables}")
}

#[test]
fn an_officers_order_is_followed_and_told() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let before = room.json("a/report.json");
    let placed = &before["plan"]["placements"][0];
    let (candidate, opening) = (placed["candidate"].as_str().unwrap(), placed["opening"].as_str().unwrap());
    room.put("forbid.toml", orders(&[("forbid", candidate, opening)]));
    let summary = room.run(&["match", "in", "--out", "b", "--decisions", "forbid.toml"]).good();
    assert!(summary.contains("指定安置 0 项，不予安置 1 项"), "{summary}");
    room.run(&["verify", "b"]).good();
    let after = room.json("b/report.json");
    let same = |it: &&serde_json::Value| it["candidate"] == candidate && it["opening"] == opening;
    assert_eq!(after["plan"]["placements"].as_array().unwrap().iter().filter(same).count(), 0);
    assert_eq!(after["policy"]["orders"][0]["reason"], "与本人商定");
    let pair = ["explain", "b/report.json", candidate, opening];
    let said = room.run(&pair).good();
    assert!(said.contains("县残联于 2024-06-20 决定不安排在这个岗位（理由：与本人商定）"), "{said}");
    let said = room.run(&[&pair[..], &["--lang", "en"]].concat()).good();
    assert!(
        said.contains("县残联 decided on 2024-06-20 that this placement is not made (reason: 与本人商定)")
    );
    let said = room.run(&["explain", "a/report.json", candidate, opening]).good();
    assert!(!said.contains("经办机构的决定"), "{said}");
    room.put("pin.toml", orders(&[("pin", candidate, opening)]));
    room.run(&["match", "in", "--out", "c", "--decisions", "pin.toml"]).good();
    room.run(&["verify", "c"]).good();
    let said = room.run(&["explain", "c/report.json", candidate]).good();
    assert!(said.contains("由县残联于 2024-06-20 指定（理由：与本人商定）"), "{said}");
    let said = room.run(&["explain", "c/report.json", candidate, opening]).good();
    assert!(said.contains("县残联于 2024-06-20 指定安置在这个岗位（理由：与本人商定）"), "{said}");
    room.put("typo.toml", orders(&[("forbid", "XH-nobody", opening)]));
    room.run(&["match", "in", "--out", "d", "--decisions", "typo.toml"])
        .ended(3, &["typo.toml", "XH-nobody"]);
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// Writes the digests anew, as somebody would who wants to hide a change.
fn hide(room: &Room) {
    let lines = room.text("a/SHA256SUMS");
    let anew = lines.lines().map(|line| {
        let (_, name) = line.split_once("  ").unwrap();
        format!("{}  {name}\n", hex(&room.read(&format!("a/{name}"))))
    });
    let anew: Vec<String> = anew.collect();
    room.put("a/SHA256SUMS", anew.concat());
}

#[test]
fn tampering_is_noticed_even_where_the_digests_were_made_anew() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let sound = room.run(&["verify", "a"]).good();
    assert!(sound.contains("60 人") && sound.contains("a 无误"), "{sound}");
    let changes: [(&str, &str, serde_json::Value); 7] = [
        ("report.json", "/plan/placements/0/opening", json!("XH-O001")),
        ("report.json", "/plan/placements/0/assignment_score", json!(10000)),
        ("report.json", "/candidates/3/text", json!("您最优秀。")),
        ("report.json", "/summary/welfare_filled", json!(0)),
        ("input.json", "/candidates/0/employment", json!("employed")),
        ("input.json", "/openings/0/seats", json!(7)),
        ("certificate.json", "/prices/openings/0/1", json!(99)),
    ];
    for (file, pointer, value) in changes {
        let name = format!("a/{file}");
        let before = room.read(&name);
        let mut changed = room.json(&name);
        let place = changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{file} {pointer}"));
        assert_ne!(*place, value, "{file} {pointer}");
        *place = value;
        room.put(&name, serde_json::to_vec(&changed).unwrap());
        room.run(&["verify", "a"]).ended(1, &[file, "不能作为依据"]);
        let sums = room.read("a/SHA256SUMS");
        hide(&room);
        let said = room.run(&["verify", "a"]).ended(1, &["不能作为依据"]);
        assert!(!said.contains("改动过"), "{file} {pointer}: {said}");
        room.put(&name, before);
        room.put("a/SHA256SUMS", sums);
    }
    room.run(&["verify", "a"]).good();
}

#[test]
fn a_workbook_that_was_changed_is_noticed_before_it_is_signed() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let (book, sums) = (room.read("a/结果.xlsx"), room.text("a/SHA256SUMS"));
    room.put("a/结果.xlsx", [&book[..], b" "].concat());
    room.run(&["verify", "a"]).ended(1, &["结果.xlsx 在写出之后被改动过"]);
    fs::remove_file(room.path("a/结果.xlsx")).unwrap();
    room.run(&["verify", "a", "--lang", "en"]).ended(1, &["结果.xlsx is gone"]);
    let without: Vec<&str> = sums.lines().filter(|it| !it.ends_with("xlsx")).collect();
    room.put("a/SHA256SUMS", without.join("\n"));
    room.run(&["verify", "a"]).ended(1, &["没有 结果.xlsx 的摘要"]);
    room.put("a/结果.xlsx", book);
    room.put("a/SHA256SUMS", sums);
    room.run(&["verify", "a"]).good();
}

#[test]
fn a_result_that_lacks_a_file_is_said_to() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    room.run(&["verify", "nowhere"]).ended(2, &["nowhere"]);
    fs::remove_file(room.path("a/certificate.json")).unwrap();
    room.run(&["verify", "a", "--lang", "en"]).ended(1, &["no certificate", "certificate.json is gone"]);
    fs::remove_file(room.path("a/SHA256SUMS")).unwrap();
    room.run(&["verify", "a"]).ended(1, &["SHA256SUMS"]);
    for file in ["input.json", "policy.toml", "report.json"] {
        let name = format!("a/{file}");
        let before = room.read(&name);
        fs::remove_file(room.path(&name)).unwrap();
        let err = room.run(&["verify", "a"]).ended(3, &[&name]);
        assert_eq!(err.lines().count(), 1);
        assert!(err.contains("请重新匹配"), "{err}");
        room.put(&name, before);
    }
    fs::create_dir(room.path("b")).unwrap();
    room.run(&["verify", "b", "--lang", "en"]).ended(2, &["b holds neither report.json nor objective.json"]);
}

#[test]
fn the_first_fifty_flaws_are_listed_and_the_others_counted() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let mut report = room.json("a/report.json");
    for candidate in report["candidates"].as_array_mut().unwrap() {
        let tier = candidate["tier"].as_u64().unwrap_or(0);
        candidate["tier"] = json!(tier + 1);
    }
    room.put("a/report.json", serde_json::to_vec(&report).unwrap());
    let err =
        room.run(&["verify", "a", "--lang", "en"]).ended(1, &["10 more flaws are not listed", "62 flaws"]);
    assert_eq!(err.lines().filter(|it| it.contains("the tier or the outcome")).count(), 50, "{err}");
    assert_eq!(err.lines().count(), 54, "{err}");
}

#[test]
fn a_file_where_a_folder_is_needed_is_named() {
    let room = Room::with_county("xinhuang");
    room.put("list", "x");
    for out in ["list/a", "list/deep/a", "list"] {
        room.run(&["match", "in", "--out", out]).ended(2, &["list 是文件，这里需要文件夹"]);
    }
    let synth = [
        "synth",
        "--policy",
        "xinhuang",
        "--candidates",
        "3",
        "--openings",
        "3",
        "--seed",
        "1",
        "--out",
        "list/a",
    ];
    room.run(&[&synth[..], &["--lang", "en"]].concat())
        .ended(2, &["list/a cannot be written: list is a file where a folder is needed"]);
    assert_eq!(room.text("list"), "x");
}

#[test]
fn an_explanation_can_be_added_up() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let report = room.json("a/report.json");
    let weights: Vec<u64> = report["policy"]["weights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["weight"].as_u64().unwrap())
        .collect();
    for candidate in report["candidates"].as_array().unwrap().iter().take(12) {
        let id = candidate["id"].as_str().unwrap();
        let said = room.run(&["explain", "a/report.json", id]).good();
        assert!(said.contains(candidate["text"].as_str().unwrap()), "{said}");
        for entry in candidate["shortlist"].as_array().unwrap() {
            let id = entry["id"].as_str().unwrap();
            let line = said.lines().find(|line| line.contains(id) && line.contains(" = "));
            let (sum, total) = line.unwrap().split_once("= ").unwrap();
            let terms = sum.split_whitespace().filter_map(|term| term.split_once('×'));
            let terms: Vec<(u64, u64)> = terms
                .filter_map(|(weight, points)| Some((weight.parse().ok()?, points.parse().ok()?)))
                .collect();
            assert!(terms.iter().map(|term| term.0).eq(weights.iter().copied()), "{id}: {sum}");
            let added: u64 = terms.iter().map(|(weight, points)| weight * points).sum();
            let total = total.split_whitespace().next().unwrap();
            assert_eq!(total, format!("{}.{:02}", added / 100, added % 100), "{id}: {sum}");
        }
    }
}

#[test]
fn a_pair_is_explained_rule_by_rule() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let report = room.json("a/report.json");
    let rules = report["policy"]["rules"].as_array().unwrap().len();
    let unplaced = report["candidates"].as_array().unwrap().iter();
    let mut barred = unplaced.filter(|it| it.pointer("/outcome/unplaced/failing").is_some());
    let candidate = barred.next().expect("somebody whom every post bars");
    let reason = &candidate["outcome"]["unplaced"];
    let (id, opening) = (candidate["id"].as_str().unwrap(), reason["opening"].as_str().unwrap());
    let said = room.run(&["explain", "a", id, opening, "--lang", "en"]).good();
    assert!(said.contains("not eligible") || said.contains("barred"), "{said}");
    let answers = |answer: &str| said.lines().filter(|line| line.contains(&format!("  {answer}  "))).count();
    assert_eq!(
        answers("met") + answers("not met") + answers("to be checked") + answers("not asked"),
        rules,
        "{said}"
    );
    assert!(answers("not met") > 0, "{said}");
    let failing = reason["failing"][0]["clause"].as_str().unwrap();
    assert!(said.contains(failing), "{said}");
}

#[test]
fn an_explanation_is_all_in_the_language_that_was_asked_for() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "zh"]).good();
    room.run(&["match", "in", "--out", "en", "--lang", "en"]).good();
    for language in ["zh", "en"] {
        let report = room.json(&format!("{language}/report.json"));
        for candidate in report["candidates"].as_array().unwrap().iter().take(12) {
            let id = candidate["id"].as_str().unwrap();
            let of = |out: &str| room.run(&["explain", out, id, "--lang", language]).good();
            let said = of("zh");
            assert_eq!(said, of("en"), "the same, whatever language the report is in");
            assert_eq!(said.lines().nth(1), candidate["text"].as_str());
        }
    }
}

#[test]
fn an_unknown_id_brings_only_those_that_resemble_it() {
    let room = Room::with_county("xinhuang");
    room.run(&["match", "in", "--out", "a"]).good();
    let err = room.run(&["explain", "a/report.json", "XH-00O2"]).ended(2, &["XH-00O2", "XH-0002"]);
    assert_eq!(err.lines().count(), 1);
    room.run(&["explain", "a/report.json", "XH-0002", "XH-0001"]).ended(2, &["XH-O001"]);
    room.run(&["explain", "a/report.json", "2"]).ended(2, &["XH-0002"]);
    for far in ["张三", "c-991", "x", ""] {
        let err = room.run(&["explain", "a/report.json", far]).ended(2, &["请核对编号"]);
        assert!(!err.contains("XH-"), "{far}: {err}");
    }
    room.run(&["explain", "b/report.json", "XH-0002"]).ended(2, &["b/report.json"]);
    room.run(&["explain", "a/input.json", "XH-0002"]).ended(3, &["a/input.json"]);
}

#[test]
fn a_reader_that_stops_early_ends_nothing() {
    let room = Room::with_county("xinhuang");
    let mut command = room.command(&["policy", "show", "xinhuang"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}
