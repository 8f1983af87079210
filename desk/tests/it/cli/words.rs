//! What the smaller commands say: policies, synthetic counties, help.

use std::path::Path;

use super::rooms::{Room, names};

#[test]
fn policies_are_checked_shown_and_compared() {
    let room = Room::new();
    let checked = room.run(&["policy", "check", "--lang", "en"]).good();
    assert_eq!(checked.lines().filter(|line| line.contains("reads;")).count(), 6, "{checked}");
    let shown = room.run(&["policy", "show", "panjin"]).good();
    assert!(shown.contains("盘锦市") && shown.contains("留待本地决定"), "{shown}");
    let text = room.run(&["policy", "show", "panjin", "--toml"]).good();
    assert!(text.contains("format = \"anzhi.policy/1\""));
    room.put(
        "mine.toml",
        text.replace("name = \"panjin\"", "name = \"mine\"").replacen("min_years = 16", "min_years = 18", 1),
    );
    let differences = room.run(&["policy", "diff", "panjin", "mine.toml"]).good();
    assert!(
        differences.contains("rules.working_age.min_years") && differences.contains("18"),
        "{differences}"
    );
    assert_eq!(differences.lines().count(), 2, "{differences}");
    let same = room.run(&["policy", "diff", "panjin", "panjin", "--lang", "en"]).good();
    assert!(same.contains("the same"), "{same}");
    room.put("broken.toml", text.replace("[weights]", "[wieghts]"));
    let said = room.run(&["policy", "check", "mine.toml", "broken.toml"]);
    assert!(said.out.contains("mine.toml") && said.out.contains("broken.toml"), "{}", said.out);
    said.ended(3, &["broken.toml", "wieghts"]);
}

#[test]
fn a_quotation_that_is_not_in_the_source_is_told() {
    let room = Room::new();
    let text = room.run(&["policy", "show", "jizhou", "--toml"]).good();
    let source =
        text.lines().find_map(|line| line.strip_prefix("source_file = \"")).unwrap().trim_end_matches('"');
    let quotes: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("quote = \""))
        .map(|rest| rest.trim_end_matches('"'))
        .collect();
    room.run(&["policy", "check", "jizhou", "--sources", "."]).ended(2, &[source]);
    room.put(source, quotes.join("\n中间的文字\n"));
    let found = room.run(&["policy", "check", "jizhou", "--sources", "."]).good();
    assert!(found.contains(&format!("引文 {} 处全部见于原文", quotes.len())), "{found}");
    room.put(source, quotes[1..].join("\n"));
    let err = room.run(&["policy", "check", "jizhou", "--sources", "."]).ended(1, &[source, quotes[0]]);
    assert_eq!(err.lines().count(), 1);
}

#[test]
fn a_synthetic_county_is_the_same_for_the_same_seed() {
    let room = Room::new();
    let draw = |seed: &str, out: &str| {
        let sizes = ["--candidates", "25", "--openings", "12"];
        let arguments = ["synth", "--policy", "panjin", "--seed", seed, "--out", out];
        room.run(&[&arguments[..], &sizes].concat()).good();
    };
    draw("1", "a");
    draw("1", "b");
    draw("2", "c");
    assert_eq!(room.names("a"), room.names("b"));
    assert!(names(&room.path("a")).contains(&"run.toml".to_owned()));
    let same = |other: &str| {
        room.names("a")
            .iter()
            .all(|name| room.read(&format!("a/{name}")) == room.read(&format!("{other}/{name}")))
    };
    assert!(same("b") && !same("c"));
    assert!(room.run(&["check", "a"]).good().contains("不能使用的行 0"));
}

#[test]
fn every_county_of_the_fixtures_is_checked_without_a_rejected_row() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/counties");
    let room = Room::new();
    let counties = names(&fixtures).into_iter().map(|name| fixtures.join(name));
    let counties: Vec<_> = counties.filter(|folder| folder.join("run.toml").exists()).collect();
    assert_eq!(counties.len(), 5);
    for folder in counties {
        room.run(&["check", folder.to_str().unwrap()]).good();
    }
}

#[test]
fn help_is_said_in_both_languages_and_ends_well() {
    let room = Room::new();
    assert!(room.run(&["--help"]).good().contains("用法"));
    assert!(room.run(&["match", "-h", "--lang", "en"]).good().contains("Usage"));
    assert!(room.run(&["--version"]).good().starts_with("anzhi "));
    let bare = room.run(&[]);
    assert!(bare.out.is_empty());
    bare.ended(2, &["用法", "match", "verify"]);
}
