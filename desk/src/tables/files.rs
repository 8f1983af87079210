//! Files of a folder, and one of them as a table.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anzhi::issue::IssueCode;

use super::{Fault, MAX_BYTES, Table, one_line, read_bytes};

/// Endings of workbooks: they are no text tables, and staff are told to save them as CSV.
const WORKBOOKS: &[&str] = &["xlsx", "xls", "xlsm", "xlsb", "xltx", "et", "ett", "ods", "numbers"];
/// Endings of text tables: a folder that has one stands where a table should.
const TABLES: &[&str] = &["csv", "tsv", "txt"];
/// Endings of what else rightly lies in a folder: settings, notes, reports.
const OTHERS: &[&str] = &["toml", "md", "json", "pdf", "doc", "docx", "wps", "jpg", "jpeg", "png"];

/// A file of the folder that may be a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The name without folder, as a finding shows it.
    pub name: String,
    /// The name without ending: which sheet it is.
    pub stem: String,
    /// Whether the ending is that of a workbook.
    pub workbook: bool,
    /// Where it lies.
    pub path: PathBuf,
}

/// The files of a folder that may be tables, in the order of their names. Hidden files, locks of an open workbook,
/// folders (but those that are called like a table), settings (`run.toml`), notes and pictures are left out.
///
/// # Errors
///
/// The folder is absent or cannot be listed.
pub fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.extend(listed(entry?.path()));
    }
    files.sort();
    Ok(files)
}

fn listed(path: PathBuf) -> Option<Listed> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let hidden = name.starts_with(['.', '~']) || name.eq_ignore_ascii_case("thumbs.db");
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let other = OTHERS.contains(&ending.as_str()) || name.eq_ignore_ascii_case("desktop.ini");
    if hidden || other || path.is_dir() && !TABLES.contains(&ending.as_str()) {
        return None;
    }
    let name = one_line(&name);
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    Some(Listed { name, stem, workbook: WORKBOOKS.contains(&ending.as_str()), path })
}

/// Reads one file; see [`read_bytes`]. A file that is too large or cannot be opened is a fault.
pub fn read_file(file: &Listed, looks: impl Fn(&[&str]) -> usize) -> (Option<Table>, Vec<Fault>) {
    let one = |code, found: String| (None, vec![Fault::of_file(code, &file.name, found)]);
    match fs::metadata(&file.path) {
        Ok(facts) if facts.len() > MAX_BYTES => {
            return one(IssueCode::TableTooLarge, format!("{} MiB", facts.len() >> 20));
        }
        Ok(facts) if !facts.is_file() => return one(IssueCode::FileUnreadable, String::new()),
        _ => {}
    }
    match fs::read(&file.path) {
        Ok(bytes) => read_bytes(&file.name, &bytes, looks),
        Err(error) => one(IssueCode::FileUnreadable, error.kind().to_string()),
    }
}
