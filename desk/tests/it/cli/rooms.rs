//! A folder to work in, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anzhi_desk::synth::{Spec, county, write};
use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own, gone at the end.
pub struct Room(TempDir);

/// What a run of the program came to.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Room {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A small county as the folder `in`, with a seed for its lottery.
    pub fn with_county(policy: &str) -> Self {
        let room = Self::new();
        room.county("in", policy, 60);
        room
    }

    pub fn county(&self, name: &str, policy: &str, candidates: u32) {
        let spec = Spec {
            policy: policy.to_owned(),
            candidates,
            openings: 20,
            seed: "test".to_owned(),
            lottery: Some("2024-06-28 07-31-05".to_owned()),
        };
        write(&county(&spec).unwrap(), &self.path(name)).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        said(&self.command(arguments).output().unwrap())
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anzhi"));
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.read(name)).unwrap()
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Names of what a folder holds, hidden ones too.
    pub fn names(&self, folder: &str) -> Vec<String> {
        names(&self.path(folder))
    }

    /// Every table of `from` once more in `to`, its text changed.
    pub fn copy_tables(&self, from: &str, to: &str, change: impl Fn(&str, &str) -> Vec<u8>) {
        fs::create_dir_all(self.path(to)).unwrap();
        for name in self.names(from) {
            let text = self.text(&format!("{from}/{name}"));
            let bytes = if name == "run.toml" { text.into_bytes() } else { change(&name, &text) };
            self.put(&format!("{to}/{name}"), bytes);
        }
    }
}

pub fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Said { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

pub fn names(folder: &Path) -> Vec<String> {
    let rows = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> = rows.map(|row| row.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

impl Said {
    /// Done, with nothing to say on standard error (no progress bar either: this is no terminal).
    #[track_caller]
    pub fn good(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Ended with this code, and said this.
    #[track_caller]
    pub fn ended(self, code: i32, parts: &[&str]) -> String {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is not said: {}", self.err);
        }
        self.err
    }
}
