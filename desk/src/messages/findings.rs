//! Findings about the input, each as one sentence: what is wrong, what was found, what to do.

use anzhi::issue::IssueCode;
use anzhi::words::{Group, Item};

use super::Language;
use super::catalogue::{find, render, text};
use super::words::{list_name, word};

/// Most characters of a found value that a sentence shows; the record keeps all of it.
const SHOWN: usize = 80;

/// What is wrong.
#[must_use]
pub fn finding_message(language: Language, code: IssueCode) -> &'static str {
    find(language, &format!("issue.{code}.message")).unwrap_or(code.message())
}

/// What to do about it.
#[must_use]
pub fn finding_help(language: Language, code: IssueCode) -> &'static str {
    find(language, &format!("issue.{code}.help")).unwrap_or(code.help())
}

/// What is wrong, what was found (empty where there is nothing to show) and what to do: one sentence.
#[must_use]
pub fn finding(language: Language, code: IssueCode, found: &str) -> String {
    let key = if found.is_empty() { "finding.bare" } else { "finding.found" };
    let found = found_words(language, code, found);
    let (message, help) = (finding_message(language, code), finding_help(language, code));
    render(language, key, &[("message", message), ("found", &found), ("help", help)])
}

/// The value found, as people write it: pointers to other rows, items and groups by their names, long texts cut.
pub(crate) fn found_words(language: Language, code: IssueCode, found: &str) -> String {
    if let Some(row) = pointed_row(language, found) {
        return row;
    }
    let named = match code {
        IssueCode::DemandTwice => Item::from_wire(found).map(|item| word(language, item)),
        IssueCode::ReserveOverlap => Group::from_wire(found).map(|group| word(language, group)),
        _ => None,
    };
    named.map_or_else(|| clipped(language, found), str::to_owned)
}

fn clipped(language: Language, found: &str) -> String {
    let line: String = found.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}{}", line.get(..end).unwrap_or(&line), text(language, "join.clipped")),
        None => line,
    }
}

/// `/candidates/17` → the eighteenth entry of the candidates, as people count.
pub(crate) fn pointed_row(language: Language, pointer: &str) -> Option<String> {
    let mut parts = pointer.strip_prefix('/')?.split('/');
    let list = parts.next().filter(|it| !it.is_empty())?;
    let row: usize = parts.next()?.parse().ok()?;
    let count = row.checked_add(1)?.to_string();
    Some(render(language, "value.row_of_list", &[("list", list_name(language, list)), ("n", &count)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_says_what_where_and_how() {
        let zh = finding(Language::Zh, IssueCode::NotADate, "昨天");
        assert_eq!(zh, "不是日期：“昨天”；请按 YYYY-MM-DD 填写，如 2024-06-30。");
        let en = finding(Language::En, IssueCode::CandidateTwice, "/candidates/17");
        assert!(en.contains("“candidates, entry 18”"), "{en}");
        let long = finding(Language::Zh, IssueCode::ConditionNotApplied, &"长\n".repeat(400));
        assert!(long.chars().count() < 150 && !long.contains('\n'), "{long}");
        assert!(finding(Language::Zh, IssueCode::DemandTwice, "P2").contains("“站立”"));
    }
}
