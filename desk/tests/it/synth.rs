//! The committed folders are what the generator draws, and what it draws looks like the people it stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anzhi_desk::synth::{self, COUNTIES, Folder, Spec};

type Table = Vec<BTreeMap<String, String>>;

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

fn table(folder: &Folder, name: &str) -> Table {
    let (_, bytes) = folder.iter().find(|file| file.0 == format!("{name}.csv")).expect("the file");
    let text = std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{FEFF}').expect("a byte-order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Compares with the committed folder; `ANZHI_BLESS=1` writes it anew instead.
fn compare(folder: &Folder, to: &Path) {
    if std::env::var_os("ANZHI_BLESS").is_some() {
        for (name, _) in folder {
            let _ = fs::remove_file(to.join(name));
        }
        synth::write(folder, to).expect("the folder can be written");
    }
    for (name, bytes) in folder {
        let committed = fs::read(to.join(name)).expect("a committed file");
        assert!(committed == *bytes, "{} differs from what the generator draws", to.join(name).display());
    }
}

#[test]
fn the_committed_counties_are_what_the_generator_draws() {
    for county in COUNTIES {
        let folder = synth::county(&spec(county)).expect("a county");
        compare(&folder, &fixtures().join("counties").join(county.0));
    }
}
