//! A bare instance from its tables to a plan that is checked from its files alone.

use std::fs;
use std::path::{Path, PathBuf};

use anzhi::instance::InstanceParts;
use anzhi::plan::Lottery;
use anzhi_desk::bare::{Asked, instance, read, read_binary, write_binary};

use super::rooms::Room;

const TABLES: [&str; 5] = ["candidates.csv", "openings.csv", "pairs.csv", "groups.csv", "orders.csv"];
const ASKED: [&str; 4] = ["--household-cap", "1", "--seed", "2024-06-28 07-31-05"];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/bare/small")
}

/// The shipped example as the folder `in`, each table as `change` makes it.
pub(super) fn small(change: impl Fn(&str) -> String) -> Room {
    let room = Room::new();
    fs::create_dir(room.path("in")).unwrap();
    for name in TABLES {
        let text = fs::read_to_string(fixture().join(name)).unwrap();
        room.put(&format!("in/{name}"), change(&text));
    }
    room
}

fn solve(room: &Room, further: &[&str]) -> super::rooms::Said {
    room.run(&[&["solve", "in", "--lang", "en"], &ASKED[..], further].concat())
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|row| (row.file_name().into_string().unwrap(), fs::read(row.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Plan and objective were found by trying every plan; prices may be others, as long as they prove it.
#[test]
fn the_example_has_its_only_optimum() {
    let room = small(str::to_owned);
    let said = solve(&room, &["--out", "out"]).good();
    for (name, bytes) in files(&fixture().join("../small.out")) {
        assert_eq!(String::from_utf8(bytes).unwrap(), room.text(&format!("out/{name}")), "{name}: {said}");
    }
    room.run(&["verify", "out"]).good();
}

#[test]
fn neither_order_of_rows_nor_form_of_the_text_changes_a_byte() {
    let (room, other) = (small(str::to_owned), small(turned));
    assert_eq!((solve(&room, &[]).code, solve(&other, &[]).code), (0, 0));
    assert!(files(&room.path("out/in")) == files(&other.path("out/in")));
}

/// Rows from the last to the first, columns too, other ends of lines, quotation marks and blanks.
fn turned(text: &str) -> String {
    let turn =
        |line: &str| line.split(',').rev().map(|it| format!("\"{it} \"")).collect::<Vec<_>>().join(",");
    let mut lines = text.lines();
    let heading = turn(lines.next().unwrap());
    let rows = lines.rev().map(|line| turn(line) + "\r\n\r\n");
    std::iter::once(format!("\u{feff}{heading}\r\n")).chain(rows).collect()
}

#[test]
fn a_plan_is_kept_and_a_draft_is_called_one() {
    let room = small(str::to_owned);
    assert_eq!(solve(&room, &["--out", "first"]).code, 0);
    let said =
        room.run(&["solve", "in", "--keep", "first/plan.csv", "--lottery", "before-score", "--out", "2"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("草案"), "{}", said.out);
    assert_eq!(room.run(&["verify", "2"]).code, 0);
    assert_eq!(solve(&room, &["--out", "first"]).code, 2);
    assert_eq!(solve(&room, &["--out", "first", "--force"]).code, 0);
}

#[test]
fn every_change_to_a_result_is_found() {
    let room = small(str::to_owned);
    assert_eq!(solve(&room, &["--out", "out"]).code, 0);
    let changes = [
        ("plan.csv", "C08,O2", "C08,O1"),
        ("plan.csv", "C08,O2\n", ""),
        ("objective.json", "\"kept\":0", "\"kept\":1"),
        ("objective.json", "after-score", "before-score"),
        ("objective.json", "07-31-05", "07-31-06"),
        ("objective.json", "\"household_cap\":1", "\"household_cap\":2"),
        ("certificate.json", "\"price\":[0,", "\"price\":[1,"),
        ("pairs.csv", "C07,O4,9100", "C07,O4,9101"),
        ("openings.csv", "O1,2", "O1,3"),
        ("groups.csv", ",6\n", ",7\n"),
        ("SHA256SUMS", "plan.csv", "plan.txt"),
    ];
    for (name, from, to) in changes {
        let file = format!("out/{name}");
        let old = String::from_utf8(room.read(&file)).unwrap();
        assert!(old.contains(from), "{name}: {from}\n{old}");
        room.put(&file, old.replacen(from, to, 1));
        let said = room.run(&["verify", "out", "--lang", "en"]);
        assert_eq!(said.code, 1, "{name} {to}: {}", said.err);
        if !name.starts_with("SHA") {
            // whoever makes the digests anew is found out all the same
            assert!(said.err.lines().count() > 2, "{name} {to}: {}", said.err);
        }
        let zh = room.run(&["verify", "out"]).err;
        assert!(!["the ", " of ", " plan "].iter().any(|it| zh.contains(it)), "{name} {to}: {zh}");
        room.put(&file, old);
    }
    assert_eq!(room.run(&["verify", "out"]).code, 0);
}

fn parts() -> InstanceParts {
    let lottery = Lottery::new(None).unwrap();
    let asked = Asked { lottery, household_cap: Some(1), keep: None };
    let (bare, faults) = read(&fixture(), &asked).unwrap();
    assert_eq!(faults.count(), 0);
    InstanceParts { pins: Vec::new(), prohibitions: Vec::new(), ..bare.parts }
}

#[test]
fn the_binary_form_says_the_same() {
    let room = Room::new();
    room.put("small.bin", write_binary(&parts()));
    let said = room.run(&["solve", "small.bin", "--seed", "7", "--out", "out"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(room.names("out").contains(&"instance.bin".to_owned()));
    assert!(!room.names("out").contains(&"pairs.csv".to_owned()));
    assert_eq!(room.run(&["verify", "out"]).code, 0);
    let lottery = Lottery::new(None).unwrap();
    let again = read_binary(&room.read("small.bin"), &lottery).unwrap();
    let of = |it: &InstanceParts| {
        let lots: Vec<_> = it.candidates.iter().map(|it| (it.tier, it.household)).collect();
        (
            it.tiers,
            lots,
            it.seats.clone(),
            it.pairs.clone(),
            it.kinds.clone(),
            it.groups.clone(),
            it.household_cap,
        )
    };
    assert_eq!(of(&again), of(&parts()));
    let asked = Asked { lottery, household_cap: None, keep: None };
    let mut bare = read(&room.path("small.bin"), &asked).unwrap().0;
    assert_eq!(instance(&mut bare).unwrap().household_cap(), Some(1));
}

#[test]
fn a_binary_file_that_lies_is_refused_in_one_sentence() {
    let lottery = Lottery::new(None).unwrap();
    let whole = write_binary(&parts());
    for end in 0..whole.len() {
        assert!(read_binary(&whole[..end], &lottery).is_err(), "{end}");
    }
    assert!(read_binary(&[&whole[..], &[0]].concat(), &lottery).is_err());
    let room = Room::new();
    for at in 0..whole.len() {
        for byte in [0x00, 0x01, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = byte;
            if let Ok(parts) = read_binary(&bytes, &lottery) {
                let _ = anzhi::Instance::new(parts);
            }
        }
    }
    for count in 8..16 {
        let mut bytes = whole.clone();
        bytes[count * 8 - 56..count * 8 - 48].copy_from_slice(&[0xff; 8]);
        room.put("bad.bin", &bytes);
        let said = room.run(&["solve", "bad.bin", "--lang", "en"]);
        assert_eq!((said.code, said.err.lines().count()), (3, 1), "{count}: {}", said.err);
    }
    assert_eq!(room.names("."), ["bad.bin"]);
}
