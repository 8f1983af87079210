//! What can be wrong with a bare instance: each fault by file and line, all of them at once.

use super::solve::small;

/// Table, what it says instead of what, and what must be said.
type Case<'c> = (&'c str, &'c str, &'c str, &'c [&'c str]);

const FATAL: &[Case<'_>] = &[
    ("candidates.csv", "C12,3", "C01,3", &["candidates.csv line 13", "C01", "line 2"]),
    ("candidates.csv", "C12,3", ",3", &["candidates.csv line 13", "`id` is empty"]),
    ("candidates.csv", "C12,3", "C12,9", &["candidates.csv line 13", "`tier` is `9`", "1 to 8"]),
    ("candidates.csv", "C12,3", "C12,0", &["`tier` is `0`"]),
    ("candidates.csv", "C12,3,,local", "C12,3", &["line 13", "2 cells", "4"]),
    ("candidates.csv", "household", "houshold", &["line 1", "houshold", "id, tier, household, kinds"]),
    ("candidates.csv", "household", "tier", &["line 1", "`tier` twice"]),
    ("openings.csv", "id,seats", "id", &["openings.csv line 1", "`seats`", "add it"]),
    ("openings.csv", "O1,2", "O1,-2", &["openings.csv line 2", "`-2`"]),
    ("openings.csv", "O1,2", "O1,two", &["`two`"]),
    ("pairs.csv", "C07,O4,", "C07,O4,\"", &["pairs.csv line", "quotation mark"]),
    ("pairs.csv", "score", "points", &["pairs.csv line 1", "points", "`score`"]),
    ("groups.csv", "O3,deaf", "O9,deaf", &["groups.csv line 2", "`O9`"]),
    ("groups.csv", "O3,deaf", "O3,deef", &["groups.csv line 2", "`deef`"]),
    ("groups.csv", "1,open", "1,maybe", &["groups.csv line 2", "maybe", "open, free"]),
    ("groups.csv", "1,open,", "2,open,1", &["groups.csv line 2", "deaf-at-O3", "cap of 1"]),
    ("groups.csv", "all,,,0,open,6", "all,,,1,free,6", &["groups.csv line 3", "`all`", "open"]),
    ("groups.csv", "all,,,0,open,6", "all,O3;O4,,0,open,1\nb,O1;O3,,0,open,1", &["`all`", "`b`", "divide"]),
    ("groups.csv", "all,,,0,open,6", "all,O3;O4,local,0,open,1", &["`all`", "C03", "split"]),
    ("groups.csv", "all,,,0,open,6", "deaf-at-O3,,,0,open,6", &["groups.csv line 3", "line 2"]),
    ("orders.csv", "C07,O4,pin", "C07,O1,pin", &["orders.csv line 2", "C07", "O1", "add the pair"]),
    ("orders.csv", "C07,O4,pin", "C07,O4,pins", &["orders.csv line 2", "`pins`", "pin, forbid"]),
    ("orders.csv", "C12,O3,forbid", "C07,O3,pin", &["orders.csv line 3", "C07", "line 2"]),
    ("orders.csv", "C12,O3,forbid", "C06,O4,pin", &["orders.csv", "2 people", "`O4`"]),
    ("orders.csv", "C12,O3,forbid", "C99,O3,forbid", &["orders.csv line 3", "C99"]),
];

#[test]
fn a_fault_that_leaves_nothing_to_solve_is_said_by_file_and_line() {
    for (file, from, to, wanted) in FATAL {
        let room = small(str::to_owned);
        let text = String::from_utf8(room.read(&format!("in/{file}"))).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        room.put(&format!("in/{file}"), text.replacen(from, to, 1));
        let said = room.run(&["solve", "in", "--out", "out", "--lang", "en"]);
        assert_eq!((said.code, said.out.as_str()), (3, ""), "{file}: {to}: {}", said.err);
        for word in *wanted {
            assert!(said.err.contains(word), "{file}: {to}: {word} is not in {}", said.err);
        }
        assert_eq!(room.names("."), ["in"], "{file}: {to}");
        let zh = room.run(&["solve", "in", "--out", "out"]);
        assert!(zh.err.chars().any(|it| it > '\u{2E80}') && !zh.err.contains('?'), "{}", zh.err);
    }
}

#[test]
fn all_faults_are_told_in_one_pass() {
    let room = small(str::to_owned);
    room.put("in/candidates.csv", "id,tier\nC01,9\nC01,1\nC02,x\n");
    room.put("in/openings.csv", "");
    room.put("in/pairs.csv", "candidate,opening,score\n");
    let said = room.run(&["solve", "in", "--lang", "en"]);
    assert_eq!(said.code, 3);
    for place in ["candidates.csv line 2", "candidates.csv line 3", "candidates.csv line 4", "openings.csv: "]
    {
        assert!(said.err.contains(place), "{place}: {}", said.err);
    }
    for name in ["candidates.csv", "openings.csv", "pairs.csv"] {
        std::fs::remove_file(room.path(&format!("in/{name}"))).unwrap();
    }
    let said = room.run(&["solve", "in", "--lang", "en"]);
    assert_eq!((said.code, said.err.lines().count()), (3, 3), "{}", said.err);
}

#[test]
fn faulty_pairs_are_set_aside_and_the_rest_is_solved() {
    let faulty = [
        "C99,O1,5",
        "C01,O9,5",
        "C01,O3,1000000001",
        "C01,O3,-1",
        "C01,O3,1.5",
        "C01,O3",
        "C07,O4,9100", // as it stands already
        "C02,O1,1",    // stands with another score
    ];
    let room = small(str::to_owned);
    let sound = String::from_utf8(room.read("in/pairs.csv")).unwrap();
    room.put("in/pairs.csv", sound.clone() + &faulty.join("\n"));
    let said = room.run(&["solve", "in", "--out", "out", "--lang", "en"]);
    assert_eq!(said.code, 1, "{}", said.err);
    for line in 22..30 {
        assert!(said.err.contains(&format!("pairs.csv line {line}: ")), "{line}: {}", said.err);
    }
    // the first row of the pair with two scores, and one sentence about them all
    assert_eq!(said.err.lines().count(), faulty.len() + 2, "{}", said.err);
    assert!(said.err.contains("pairs.csv line 4: ") && room.names("out").contains(&"faults.json".to_owned()));
    assert_eq!(room.run(&["verify", "out"]).code, 0);
    let kept = String::from_utf8(room.read("out/pairs.csv")).unwrap();
    assert_eq!(
        kept,
        sound
            .replace("C02,O1,9500\n", "")
            .replace("C07,O4,9100\nC07,O3,9100", "C07,O3,9100\nC07,O4,9100")
            .replace("C08,O2,3000\nC08,O1,2500", "C08,O1,2500\nC08,O2,3000")
    );
}

#[test]
fn a_table_that_cannot_be_read_brings_one_sentence() {
    let wide = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let other = |text: &str| [text.as_bytes(), b"\xC4\xB3\xBC\xD7,x\n\xD2\xD2,y\n"].concat();
    let empty = |text: &str| text.lines().next().unwrap().as_bytes().to_vec();
    for file in ["candidates.csv", "openings.csv", "pairs.csv", "groups.csv", "orders.csv"] {
        let name = format!("in/{file}");
        let room = small(str::to_owned);
        let text = room.text(&name);
        let mut cases = vec![(wide(&text), "UTF-16"), (other(&text), "not UTF-8 text")];
        if ["candidates.csv", "openings.csv"].contains(&file) {
            cases.extend([(empty(&text), "no row"), (Vec::new(), "empty")]);
        }
        for (bytes, wanted) in cases {
            room.put(&name, bytes);
            let said = room.run(&["solve", "in", "--out", "out", "--lang", "en"]);
            assert_eq!((said.code, said.err.lines().count()), (3, 1), "{file}: {}", said.err);
            assert!(said.err.starts_with(file) && said.err.contains(wanted), "{file}: {}", said.err);
        }
        // what else is wrong with a whole table is told in the same pass
        room.put("in/pairs.csv", wide("x"));
        room.put(&name, wide(&text));
        let said = room.run(&["solve", "in", "--out", "out", "--lang", "en"]);
        let tables = if file == "pairs.csv" { 1 } else { 2 };
        assert_eq!((said.code, said.err.lines().count()), (3, tables), "{file}: {}", said.err);
    }
}

#[test]
fn an_open_quotation_mark_in_the_last_row_is_a_fault() {
    let room = small(str::to_owned);
    let text = room.text("in/pairs.csv");
    let line = text.lines().count() + 1;
    for end in ["", "\n"] {
        room.put("in/pairs.csv", format!("{text}C05,O1,\"5{end}"));
        let said = room.run(&["solve", "in", "--out", "out", "--lang", "en"]);
        assert_eq!((said.code, said.err.lines().count()), (3, 1), "{}", said.err);
        assert!(said.err.starts_with(&format!("pairs.csv line {line}: a quotation mark")), "{}", said.err);
    }
}

#[test]
fn a_result_that_lacks_a_file_is_to_be_solved_again() {
    let room = small(str::to_owned);
    room.run(&["solve", "in", "--seed", "1", "--out", "out"]).good();
    for file in
        ["objective.json", "certificate.json", "plan.csv", "candidates.csv", "openings.csv", "pairs.csv"]
    {
        let name = format!("out/{file}");
        let before = room.read(&name);
        std::fs::remove_file(room.path(&name)).unwrap();
        let en = room.run(&["verify", "out", "--lang", "en"]);
        let said = format!("the result of `anzhi solve` lacks {name}; solve again\n");
        assert_eq!((en.code, en.err), (3, said));
        assert!(room.run(&["verify", "out"]).err.ends_with("请重新求解\n"));
        room.put(&name, before);
    }
    let plan = room.text("out/plan.csv");
    room.put("out/plan.csv", plan + "\n");
    let en = room.run(&["verify", "out", "--lang", "en"]);
    assert!(en.err.contains("has 1 flaw and cannot be relied on; solve again"), "{}", en.err);
}

#[test]
fn wrong_use_is_told_and_leaves_nothing() {
    let room = small(str::to_owned);
    let cases: &[(&[&str], &str)] = &[
        (&["solve", "nowhere"], "nowhere"),
        (&["solve", "in", "--household-cap", "0"], "--household-cap"),
        (&["solve", "in", "--lottery", "never"], "never"),
        (&["solve", "in", "--seed", " "], "种子"),
        (&["solve", "in", "--keep", "no.csv"], "no.csv"),
    ];
    for (arguments, word) in cases {
        let said = room.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(word), "{arguments:?}: {}", said.err);
    }
    room.put("list.txt", "x");
    assert_eq!(room.run(&["solve", "list.txt"]).code, 3);
    assert_eq!(room.names("."), ["in", "list.txt"]);
}
