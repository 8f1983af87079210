//! Who may use whom (ARCHITECTURE.md). A line here is a decision about the architecture.

use std::path::Path;

/// Every module of the crate, with the modules that it may name after `crate::`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("day", &[]),
    ("text", &[]),
    ("ids", &["text"]),
    ("issue", &[]),
    ("error", &["issue"]),
    ("catalogue", &["words"]),
    ("input", &["words", "day", "text", "ids", "error"]),
    ("policy", &["words", "day", "ids", "error"]),
    ("problem", &["input", "policy", "catalogue", "words", "day", "text", "ids", "issue", "error"]),
    ("columns", &["problem", "input", "catalogue", "words", "day", "ids"]),
    ("rules", &["columns", "problem", "policy", "input", "catalogue", "words", "day", "text", "ids"]),
    (
        "score",
        &[
            "rules",
            "columns",
            "problem",
            "policy",
            "input",
            "catalogue",
            "words",
            "day",
            "text",
            "error",
            "ids",
        ],
    ),
    ("shortlist", &["score", "ids"]),
    ("live", &["score", "columns", "problem", "policy", "input", "words", "day", "ids", "issue", "error"]),
    ("instance", &["words", "ids"]),
    ("certificate", &["instance", "ids"]), // above all nothing of `assign`
    ("assign", &["instance", "certificate", "ids"]),
    ("stable", &["instance", "ids"]),
    ("audit", &["problem", "policy", "input", "catalogue", "words", "day", "ids"]), // a second opinion shares nothing
    (
        "plan",
        &[
            "assign",
            "certificate",
            "instance",
            "score",
            "problem",
            "policy",
            "input",
            "words",
            "error",
            "ids",
        ],
    ),
    (
        "explain",
        &[
            "plan", "assign", "instance", "score", "rules", "problem", "policy", "input", "report", "words",
            "ids",
        ],
    ),
    ("report", &["certificate", "instance", "issue", "input", "words", "day", "ids"]),
    (
        "run",
        &[
            "report",
            "explain",
            "plan",
            "certificate",
            "audit",
            "shortlist",
            "score",
            "problem",
            "policy",
            "issue",
            "words",
            "day",
            "error",
            "ids",
        ],
    ),
];

/// Modules that serde may enter: the wire, and the vocabulary it speaks.
const SERDE: &[&str] = &["words", "day", "text", "ids", "issue", "catalogue", "input", "policy", "report"];
const ORDERED_FLOAT: &[&str] = &["columns"];
const RAYON: &[&str] = &["columns", "rules", "score", "assign", "certificate"];
const PETGRAPH: &[&str] = &["problem", "assign", "stable"];

fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
}

/// The text of a module without its tests, `x.rs` and everything below `x/`.
fn text_of(module: &str) -> String {
    let mut text = std::fs::read_to_string(source().join(format!("{module}.rs"))).unwrap_or_default();
    let mut folders = vec![source().join(module)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() != "tests.rs" {
                text += &std::fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    let code = |file: &str| file.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    text.split_inclusive("\n//! ").map(code).collect()
}

/// The modules that a module names after `crate::`, comments left out.
fn used(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut used = Vec::new();
    for line in lines {
        for path in line.split("crate::").skip(1) {
            let end = path.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(path.len());
            used.push(path[..end].to_owned());
        }
    }
    used
}

#[test]
fn modules_use_only_what_they_may() {
    for (module, allowed) in MAY_USE {
        let text = text_of(module);
        assert!(!text.is_empty(), "`{module}` has no source");
        for used in used(&text).iter().filter(|used| used != module) {
            assert!(allowed.contains(&used.as_str()), "`{module}` must not use `{used}`");
        }
    }
}

#[test]
fn every_module_has_its_line() {
    let root = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    let modules = root.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    for module in modules {
        let module = module.trim_end_matches(';');
        assert!(MAY_USE.iter().any(|(name, _)| *name == module), "`{module}` has no line in MAY_USE");
    }
}

#[test]
fn libraries_enter_by_their_own_doors() {
    for (library, doors) in
        [("serde::", SERDE), ("ordered_float::", ORDERED_FLOAT), ("rayon::", RAYON), ("petgraph::", PETGRAPH)]
    {
        for (module, _) in MAY_USE {
            let enters = text_of(module)
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(library));
            assert!(!enters || doors.contains(module), "`{module}` must not use `{library}`");
        }
    }
}

#[test]
fn the_engine_reads_no_file_no_clock_no_chance() {
    for (module, _) in MAY_USE {
        let text = text_of(module);
        for forbidden in
            ["std::fs", "std::net", "std::env", "SystemTime", "Instant::now", "rand::", "println!"]
        {
            let found =
                text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(forbidden));
            assert!(!found, "`{module}` must not use `{forbidden}`");
        }
    }
}
