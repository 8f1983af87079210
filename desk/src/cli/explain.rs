//! `anzhi explain`: what a report says of one person, so that a clerk can say it at the window and add it up on paper.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anzhi::ids::{CandidateId, OpeningId};
use anzhi::report::{CandidateReport, RankedRecord, Report};
use clap::Args;

use super::screen::{Columns, headed};
use super::{Answer, names, pair};
use crate::messages::{self, Language};
use crate::run::{Failure, Finished, Sentence, read_report};

/// Most suggestions for an id that nobody has.
const SUGGESTIONS: usize = 3;

/// How many letters a suggestion may differ by: more is another id, not a slip of the hand.
const SLIPS: usize = 2;

/// Say what a report says of one person, or of one person and one opening.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The report.
    #[arg(value_name = "OUT/report.json")]
    report: PathBuf,
    candidate: String,
    opening: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let mut report = read_report(&self.path())?;
        messages::fill(&mut report, language);
        let ids = report.candidates.iter().map(|it| it.id.as_str());
        let known = known(&self.candidate, ids, CANDIDATE)?;
        let at = report.candidates.binary_search_by(|it| it.id.as_str().cmp(known));
        let Some(candidate) = at.ok().and_then(|at| report.candidates.get(at)) else {
            return Err(unknown(CANDIDATE, &self.candidate, &[]));
        };
        let text = match &self.opening {
            None => person(&report, candidate, language),
            Some(opening) => {
                let ids = report.openings.iter().map(|it| it.id.as_str());
                let opening = self::known(opening, ids, OPENING)?;
                self.pair(&report, candidate, opening, language)?
            }
        };
        Ok(Answer::good(text))
    }

    /// The report itself, or the folder that holds it.
    fn path(&self) -> PathBuf {
        if self.report.is_dir() { self.report.join(crate::run::files::REPORT) } else { self.report.clone() }
    }

    fn pair(
        &self,
        report: &Report,
        candidate: &CandidateReport,
        opening: &str,
        language: Language,
    ) -> Result<String, Failure> {
        let path = self.path();
        let folder = path.parent().filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
        let problem = Finished::in_folder(folder)?.problem(report.date)?;
        let id = OpeningId::from(opening);
        let Some(record) = anzhi::run::explain_pair(&problem, &CandidateId::from(candidate.id.as_str()), &id)
        else {
            let sentence = Sentence::new("pair_not_in_input").with("candidate", &candidate.id);
            return Err(Failure::unusable(sentence.with("opening", opening)));
        };
        let mut text = heading(report, candidate, language);
        text.push_str(&pair::text(
            &problem,
            report,
            &pair::Pair { candidate, opening: &id, record: &record },
            language,
        ));
        Ok(text)
    }
}

/// What is said of an unknown id: without and with ids that resemble it.
type Unknown = [&'static str; 2];

const CANDIDATE: Unknown = ["candidate_unknown", "candidate_unknown_near"];
const OPENING: Unknown = ["opening_unknown", "opening_unknown_near"];

/// The id among these, or those that may have been meant in a sentence.
fn known<'i>(wanted: &str, ids: impl Iterator<Item = &'i str>, keys: Unknown) -> Result<&'i str, Failure> {
    let mut near: Vec<(usize, &str)> = Vec::new();
    for id in ids {
        if id == wanted {
            return Ok(id);
        }
        near.extend(slips(wanted, id).map(|slips| (slips, id)));
    }
    near.sort_unstable();
    near.truncate(SUGGESTIONS);
    let near: Vec<&str> = near.into_iter().map(|(_, id)| id).collect();
    Err(unknown(keys, wanted, &near))
}

/// How far an id is from the one that was typed in; `None` if nobody would mistake one for the other. Ids with the
/// same number resemble each other, whatever letters stand around it.
fn slips(wanted: &str, id: &str) -> Option<usize> {
    let number = |id: &str| -> String {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').to_owned()
    };
    let far = distance(wanted, id);
    // of a word of three letters, two slips leave nothing to go by
    let slip = far <= SLIPS && far * 2 < wanted.chars().count();
    let same_number = !number(wanted).is_empty() && number(wanted) == number(id);
    (slip || same_number).then_some(far)
}

fn unknown(keys: Unknown, wanted: &str, near: &[&str]) -> Failure {
    let [alone, with_near] = keys;
    let key = if near.is_empty() { alone } else { with_near };
    Failure::wrong_use(Sentence::new(key).with("id", wanted).with("near", near.join(", ")))
}

/// How many letters must be put in, taken out or exchanged (Levenshtein), letter case apart.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=one.len()).collect();
    for (above, letter) in other.to_lowercase().chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, own) in row.iter_mut().skip(1).zip(&one) {
            let best = (diagonal + usize::from(*own != letter)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Who it is, and the one sentence.
fn heading(report: &Report, candidate: &CandidateReport, language: Language) -> String {
    let mut line = format!("{}  {}", candidate.id, messages::word(language, candidate.kind));
    if candidate.synthetic {
        let _ = write!(line, "  {}", Sentence::new("person_synthetic").say(language));
    }
    if let Some(tier) = candidate.tier {
        let _ = write!(line, "  {}", names::tier(report, tier, language));
    }
    if !candidate.groups.is_empty() {
        let groups: Vec<&str> = candidate.groups.iter().map(|it| messages::word(language, *it)).collect();
        let _ = write!(line, "  {}", messages::join(language, &groups));
    }
    format!("{line}\n{}\n", candidate.text)
}

fn person(report: &Report, candidate: &CandidateReport, language: Language) -> String {
    let mut text = heading(report, candidate, language);
    for rise in &candidate.could_rise {
        let sentence = Sentence::new("person_could_rise").with("group", messages::word(language, rise.group));
        let sentence = sentence.with("tier", names::tier(report, rise.tier, language));
        let _ = writeln!(text, "{}", sentence.say(language));
    }
    let heading = Sentence::new("person_shortlist").say(language);
    headed(&mut text, &heading, &shortlist(report, &candidate.shortlist, language));
    let mut rows = Columns::default();
    for entry in &candidate.to_check {
        let missing = names::missing(&entry.missing, language);
        rows.row([names::opening(report, &entry.id), names::score(entry.score), missing]);
    }
    headed(&mut text, &Sentence::new("person_to_check").say(language), &rows);
    let mut rows = Columns::default();
    candidate.near.iter().filter(|it| !it.text.is_empty()).for_each(|it| rows.row([it.text.as_str()]));
    headed(&mut text, &Sentence::new("person_near").say(language), &rows);
    if candidate.shortlist.is_empty() && candidate.to_check.is_empty() {
        let _ = writeln!(text, "{}", Sentence::new("person_no_opening").say(language));
    }
    text
}

/// Ranks with the sum that makes each score: weight × points, criterion by criterion.
fn shortlist(report: &Report, entries: &[RankedRecord], language: Language) -> Columns {
    let mut rows = Columns::default();
    if entries.is_empty() {
        return rows;
    }
    let weights = &report.policy.weights;
    let mut head = vec![String::new(), String::new()];
    head.extend(weights.iter().map(|it| messages::word(language, it.criterion).to_owned()));
    head.push(Sentence::new("score").say(language));
    rows.row(head);
    for (at, entry) in entries.iter().enumerate() {
        let mut cells = vec![format!("{}.", at + 1), names::opening(report, &entry.id)];
        let terms = weights.iter().zip(entry.points);
        cells.extend(terms.map(|(weight, points)| format!("{}×{points}", weight.weight)));
        cells.push(format!("= {}", names::score(entry.score)));
        if !entry.accommodations.is_empty() {
            let needed = names::accommodations(&entry.accommodations, language);
            cells.push(Sentence::new("with_accommodations").with("list", needed).say(language));
        }
        rows.row(cells);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_ids_are_offered() {
        assert_eq!(distance("XH-0012", "xh-0012"), 0);
        assert_eq!(distance("XH-12", "XH-0012"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("刘12", "刘21"), 2);
        let ids = ["A-1", "B-22", "B-21", "C-9"];
        let near = |wanted| {
            let failure = known(wanted, ids.into_iter(), CANDIDATE).expect_err("unknown");
            failure.sentences[0].say(Language::En)
        };
        assert!(near("B-2").ends_with("the nearest ids are B-21, B-22"), "{}", near("B-2"));
        assert!(near("person 009").ends_with("the nearest ids are C-9"));
        for far in ["person 8", "D", "", "求职者"] {
            assert!(near(far).ends_with("check the id"), "{}", near(far));
        }
        assert_eq!(known("C-9", ids.into_iter(), CANDIDATE), Ok("C-9"));
    }
}
