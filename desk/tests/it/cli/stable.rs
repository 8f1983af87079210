//! `anzhi solve --stable`: stable placements, which nobody may take for the optimum.

use std::fs;
use std::path::{Path, PathBuf};

use super::rooms::Room;

const TABLES: [&str; 5] = ["candidates.csv", "openings.csv", "pairs.csv", "groups.csv", "orders.csv"];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/bare").join(name)
}

/// The shipped example as the folder `in`.
fn example() -> Room {
    let room = Room::new();
    fs::create_dir(room.path("in")).unwrap();
    for name in TABLES {
        fs::copy(fixture("stable").join(name), room.path("in").join(name)).unwrap();
    }
    room
}

/// The example with its stable placements in `out`.
fn placed() -> Room {
    let room = example();
    room.run(&["solve", "in", "--stable", "--out", "out"]).good();
    room
}

/// The plan was found by trying every plan: two are stable, and this one is better for everybody.
#[test]
fn the_example_has_its_best_stable_plan() {
    let room = placed();
    for row in fs::read_dir(fixture("stable.out")).unwrap().flatten() {
        let name = row.file_name().into_string().unwrap();
        assert_eq!(fs::read_to_string(row.path()).unwrap(), room.text(&format!("out/{name}")), "{name}");
    }
    room.run(&["verify", "out"]).good();
}

#[test]
fn nothing_of_it_looks_like_an_optimum() {
    let room = placed();
    assert!(!room.names("out").contains(&"certificate.json".to_owned()));
    let stable = room.json("out/objective.json");
    assert_eq!((&stable["method"], &stable["blocking_pairs"]), (&"stable".into(), &0.into()));
    let said = room.run(&["solve", "in", "--out", "best", "--lang", "en"]).good();
    assert!(said.contains("proven optimal") && !said.contains("STABLE"), "{said}");
    let best = room.json("best/objective.json");
    assert_ne!(best["format"], stable["format"]);
    // the optimum fills more reserved seats, at the cost of two people who would rather have each other's place
    assert!(best["reserved_filled"].as_u64() > stable["reserved_filled"].as_u64());
    let said = room.run(&["solve", "in", "--stable", "--out", "2", "--lang", "en"]).good();
    assert!(said.contains("STABLE, not the optimum") && !said.contains("proven"), "{said}");
    // neither passes for the other
    fs::copy(room.path("best/plan.csv"), room.path("out/plan.csv")).unwrap();
    assert_eq!(room.run(&["verify", "out"]).code, 1);
    fs::copy(room.path("2/objective.json"), room.path("best/objective.json")).unwrap();
    assert_eq!(room.run(&["verify", "best"]).code, 1);
}

#[test]
fn a_pair_that_blocks_a_changed_plan_is_named() {
    let room = placed();
    let plan = room.text("out/plan.csv");
    let cases = [
        ("C01,O1\n", "", "C01 likes opening O1 better"),
        ("C07,O2\n", "", "a seat that they may have is free"),
        ("C04,O3\n", "C09,O3\n", "instead of C09"),
        ("C05,O4\n", "", "C05 is pinned to opening O4"),
        ("C06,O4\n", "C06,O1\n", "they are no pair"),
        ("C02,O2\n", "C02,O1\n", "would not choose them"),
    ];
    for (from, to, wanted) in cases {
        assert!(plan.contains(from), "{from}");
        room.put("out/plan.csv", plan.replace(from, to));
        let said = room.run(&["verify", "out", "--lang", "en"]);
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(said.err.contains(wanted), "{wanted}: {}", said.err);
        let zh = room.run(&["verify", "out"]).err;
        assert!(!zh.contains('?') && !zh.contains('{'), "{zh}");
    }
    room.put("out/plan.csv", plan);
    let objective = room.text("out/objective.json");
    for (from, to) in
        [("\"stable\"", "\"optimum\""), ("pairs\":0", "pairs\":1"), ("score\":6", "score\":7"), ("null", "2")]
    {
        assert!(objective.contains(from), "{from}");
        room.put("out/objective.json", objective.replacen(from, to, 1));
        assert_ne!(room.run(&["verify", "out"]).code, 0, "{to}");
    }
    room.put("out/objective.json", objective);
    room.run(&["verify", "out"]).good();
}

/// What is added to a table, and what must be said; the last sort is a household cap.
#[test]
fn what_has_no_stable_answer_is_refused_in_one_sentence() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("all,,,0,open,6\n", &[], &["groups.csv", "`all`", "several openings", "optimum"]),
        ("deaf,,deaf,1,open,\n", &[], &["`deaf`", "kind of person", "split"]),
        ("inner,O2,deaf,1,open,\nouter,O2,local,0,open,2\n", &[], &["`local-at-O2`", "`outer`"]),
        ("", &["--household-cap", "1"], &["household `H1`", "may not exist", "--stable"]),
    ];
    for (groups, further, wanted) in cases {
        let room = example();
        let text = room.text("in/groups.csv") + groups;
        room.put("in/groups.csv", text.replace("local-at-O2,O2,local,1,free", "local-at-O2,O2,local,1,open"));
        let run = |language| {
            room.run(&[&["solve", "in", "--stable", "--out", "out", "--lang", language], *further].concat())
        };
        let said = run("en");
        assert_eq!((said.code, said.err.lines().count()), (3, 1), "{}", said.err);
        for word in *wanted {
            assert!(said.err.contains(word), "{word}: {}", said.err);
        }
        let zh = run("zh").err;
        assert!(zh.contains("稳定方案") && !zh.contains('?') && zh.lines().count() == 1, "{zh}");
        assert_eq!(room.names("."), ["in"]);
        // the optimum has no such limits
        assert_eq!(room.run(&[&["solve", "in", "--out", "out"], *further].concat()).code, 0);
    }
}

#[test]
fn what_it_does_not_heed_is_wrong_use() {
    let room = example();
    room.put("keep.csv", "candidate,opening\n");
    for (flag, value) in [("--lottery", "after-score"), ("--keep", "keep.csv")] {
        let said = room.run(&["solve", "in", "--stable", flag, value]);
        assert_eq!((said.code, said.err.contains(flag)), (2, true), "{}", said.err);
    }
    // a cap that binds nobody changes nothing
    room.run(&["solve", "in", "--stable", "--household-cap", "2", "--seed", "7", "--out", "out"]).good();
    assert_eq!(room.text("out/plan.csv"), fs::read_to_string(fixture("stable.out/plan.csv")).unwrap());
    room.run(&["verify", "out"]).good();
}
