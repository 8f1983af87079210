//! Sound tables, damaged at random: no panic, every row counted, every finding at a place that exists.

use std::collections::BTreeMap;
use std::fs;

use anzhi::issue::IssueCode;
use proptest::prelude::*;
use proptest::sample::Index;

use super::super::{day, fixtures, judge};

/// What gets into tables.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"\n",
    b"\r",
    b"\r\n",
    b",",
    b",,,,,",
    b"\t",
    b";",
    b":",
    b"\0",
    b"\xFF",
    b"\x81\x30\x81\x30",
    b"\x83\x36\xC7\x38",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"PK\x03\x04",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "é\u{301}".as_bytes(),
    "，".as_bytes(),
    "；".as_bytes(),
    "：".as_bytes(),
    "１２３".as_bytes(),
    b"1e400",
    b"-1",
    b"4294967296",
    b"9999-12-31",
    b"0000-01-01",
    b"=cmd|' /C calc'!A0",
    b"11010519491231002X",
    "一二三".as_bytes(),
    "1-4级".as_bytes(),
    "残疾".as_bytes(),
    "编号".as_bytes(),
];

#[derive(Clone, Debug)]
enum Damage {
    Insert(Index, usize),
    Replace(Index, u8),
    Delete(Index, usize),
    Repeat(Index, usize),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), 0..PIECES.len()).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        2 => (at(), 1_usize..60).prop_map(|(at, length)| Damage::Delete(at, length)),
        2 => (at(), 1_usize..400).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => at().prop_map(Damage::Cut),
    ]
}

fn apply(damage: &Damage, bytes: &mut Vec<u8>) {
    let place = |at: &Index| at.index(bytes.len() + 1);
    match damage {
        Damage::Insert(at, piece) => {
            let at = place(at);
            bytes.splice(at..at, PIECES[*piece].iter().copied());
        }
        Damage::Replace(at, byte) => {
            let at = place(at);
            bytes.splice(at..bytes.len().min(at + 1), [*byte]);
        }
        Damage::Delete(at, length) => {
            let at = place(at);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Damage::Repeat(at, length) => {
            let at = place(at);
            let again: Vec<u8> = bytes.iter().copied().skip(at).take(*length).collect();
            bytes.splice(at..at, again);
        }
        Damage::Cut(at) => bytes.truncate(place(at)),
    }
}

fn tables(name: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(fixtures().join(name)).expect("a folder").flatten();
    let file = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a table"))
    };
    entries.map(file).collect()
}

/// The first thing that is wrong with how a folder is read.
fn judge_damaged(files: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a table");
    }
    let Ok(judged) = judge(folder.path(), "xinhuang", day("2024-06-30")) else { return Ok(()) };
    for (kind, count) in judged.rows() {
        if count.accepted + count.rejected != count.received {
            return Err(format!("{kind:?}: {count:?}"));
        }
    }
    for line in judged.faults() {
        let missing = line.code == IssueCode::FileMissing;
        let bytes = files.get(&line.file);
        let rows = bytes.map_or(0, |bytes| bytes.iter().filter(|it| matches!(it, b'\n' | b'\r')).count() + 1);
        let within = line.row.is_none_or(|row| row >= 1 && row as usize <= rows);
        if !(missing || bytes.is_some() && within) {
            return Err(format!("nowhere: {line:?}"));
        }
        let lost = line.found.chars().count() > 400 || line.column.contains(char::is_control);
        if lost {
            return Err(format!("unclear: {line:?}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damaged_tables_are_read_as_far_as_they_go(
        small in any::<bool>(),
        damages in proptest::collection::vec((any::<Index>(), damage()), 1..8),
    ) {
        let mut files = tables(if small { "codes/base" } else { "fifty" });
        let names: Vec<String> = files.keys().cloned().collect();
        for (file, damage) in &damages {
            let bytes = files.get_mut(file.get(&names)).expect("a file");
            apply(damage, bytes);
        }
        let outcome = judge_damaged(&files);
        prop_assert!(outcome.is_ok(), "{outcome:?}");
    }
}
