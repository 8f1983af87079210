//! `pairs.csv`: read in parallel parts, since it is the one table that can be large.

use std::collections::{BTreeMap, HashMap};

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{MAX_SCORE, Pair};
use rayon::prelude::*;

use super::fault::{Fault, Faults};
use super::ids::Ids;
use super::table::{Column, Row, Table, lines, whole};
use crate::run::{Sentence, files};

const COLUMNS: &[Column] = &[Column::needed("candidate"), Column::needed("opening"), Column::needed("score")];

/// Bytes of a part that is read by itself.
const PART: usize = 1 << 20;

type Key = (CandidateIx, OpeningIx);

/// Rows by the bytes of their names; the keys come from strangers, so the hasher is seeded anew each time.
struct Index<'i>(HashMap<&'i [u8], usize>);

impl<'i> Index<'i> {
    fn of(ids: &'i Ids) -> Self {
        let Ids::Named { names, .. } = ids else { return Self(HashMap::new()) };
        Self(names.iter().enumerate().map(|(row, name)| (name.as_bytes(), row)).collect())
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// Reads the pairs, sorted. A row that cannot be used is set aside.
pub(super) fn read(bytes: &[u8], candidates: &Ids, openings: &Ids, faults: &mut Faults) -> Option<Vec<Pair>> {
    let table = Table::open(files::PAIRS, bytes, COLUMNS, faults)?;
    let (candidate_rows, opening_rows) = (Index::of(candidates), Index::of(openings));
    let quoted = table.body.contains(&b'"');
    let reader = Reader { candidates: candidate_rows, openings: opening_rows, table, quoted };
    let parts = reader.parts();
    let read: Vec<(Vec<Pair>, Faults)> =
        parts.par_iter().map(|&(part, before)| reader.part(part, before)).collect();
    let mut pairs = Vec::with_capacity(read.iter().map(|(pairs, _)| pairs.len()).sum());
    for (some, told) in read {
        pairs.extend(some);
        faults.append(told);
    }
    if !pairs.is_sorted() {
        pairs.par_sort_unstable();
    }
    let doubles = doubles(&pairs);
    if !doubles.is_empty() {
        let several = reader.tell_doubles(doubles, (candidates, openings), faults);
        pairs.dedup();
        pairs.retain(|pair| !several.contains_key(&(pair.candidate, pair.opening)));
    }
    Some(pairs)
}

/// The pairs that are there more than once, in a sorted list.
fn doubles(pairs: &[Pair]) -> BTreeMap<Key, Vec<(u64, u32)>> {
    let same = pairs
        .array_windows()
        .filter(|[one, other]| (one.candidate, one.opening) == (other.candidate, other.opening));
    same.map(|[pair, _]| ((pair.candidate, pair.opening), Vec::new())).collect()
}

struct Reader<'b> {
    candidates: Index<'b>,
    openings: Index<'b>,
    table: Table<'b>,
    /// A quoted cell may hold an end of line, so a table with quotation marks is read in one part.
    quoted: bool,
}

impl<'b> Reader<'b> {
    /// Parts of whole lines, with the lines before each.
    fn parts(&self) -> Vec<(&'b [u8], u64)> {
        let body = self.table.body;
        if self.quoted {
            return vec![(body, self.table.before)];
        }
        let mut parts = Vec::new();
        let (mut rest, mut before) = (body, self.table.before);
        while !rest.is_empty() {
            let tail = rest.get(PART..).unwrap_or_default();
            let end = tail.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| PART + at + 1);
            let (part, after) = rest.split_at(end);
            parts.push((part, before));
            before += lines(part);
            rest = after;
        }
        parts
    }

    fn part(&self, part: &[u8], before: u64) -> (Vec<Pair>, Faults) {
        let (mut pairs, mut faults, mut last) = (Vec::new(), Faults::default(), Last::default());
        if self.quoted {
            self.rows(part, before, &mut last, &mut pairs, &mut faults);
            return (pairs, faults);
        }
        for (line, before) in part.split_inclusive(|byte| *byte == b'\n').zip(before..) {
            match self.plain(line, &mut last) {
                Some(pair) => pairs.push(pair),
                // whatever is not quite plain is for the reader of CSV to say
                None => self.rows(line, before, &mut last, &mut pairs, &mut faults),
            }
        }
        (pairs, faults)
    }

    /// The pair of a line without quotation marks or blanks; half of the time of a large table goes by here.
    fn plain(&self, line: &[u8], last: &mut Last) -> Option<Pair> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut rest = line.split(|byte| *byte == b',');
        let cells = [rest.next()?, rest.next()?, rest.next()?];
        let cell = |column: usize| cells.get(self.table.place(column)?).copied();
        let (candidate, opening, score) = (cell(0)?, cell(1)?, cell(2)?);
        if rest.next().is_some() {
            return None;
        }
        pair(self.found((candidate, opening, score), last))
    }

    fn rows(&self, part: &[u8], before: u64, last: &mut Last, pairs: &mut Vec<Pair>, faults: &mut Faults) {
        self.table.rows_of(part, before, true, faults, &mut |row: Row<'_>, faults: &mut Faults| {
            let found = self.found((row.cell(0), row.cell(1), row.cell(2)), last);
            match pair(found) {
                Some(pair) => pairs.push(pair),
                None => faults.extend(faults_of(row, found)),
            }
        });
    }

    fn found(&self, (candidate, opening, score): (&[u8], &[u8], &[u8]), last: &mut Last) -> Found {
        // tables mostly list the pairs of a candidate one after the other
        if last.name != candidate {
            last.name.clear();
            last.name.extend_from_slice(candidate);
            last.row = self.candidates.find(candidate);
        }
        (last.row, self.openings.find(opening), score_of(score))
    }

    /// The same row once more is set aside; where the scores differ nobody knows which holds, so all rows of the
    /// pair are, and the pair is among those returned.
    fn tell_doubles(
        &self,
        mut doubles: BTreeMap<Key, Vec<(u64, u32)>>,
        (candidates, openings): (&Ids, &Ids),
        faults: &mut Faults,
    ) -> BTreeMap<Key, Vec<(u64, u32)>> {
        let told = &mut Faults::default();
        self.table.rows(true, told, |row, _| {
            let found = self.candidates.find(row.cell(0)).zip(self.openings.find(row.cell(1)));
            let Some((candidate, opening)) = found else { return };
            let key = (CandidateIx::new(candidate), OpeningIx::new(opening));
            if let (Some(rows), Some(score)) = (doubles.get_mut(&key), score_of(row.cell(2))) {
                rows.push((row.line(), score));
            }
        });
        let mut list = Vec::new();
        for ((candidate, opening), rows) in &doubles {
            let Some(((first, score), later)) = rows.split_first() else { continue };
            let differ = later.iter().any(|(_, other)| other != score);
            let key = if differ { "bare_pair_differs" } else { "bare_pair_twice" };
            let skipped = usize::from(!differ);
            for (line, _) in rows.iter().skip(skipped) {
                let sentence = Sentence::new(key).with("candidate", candidates.name(candidate.get()));
                let sentence = sentence.with("opening", openings.name(opening.get()));
                let other = if line == first { later.first().map_or(*first, |it| it.0) } else { *first };
                list.push((*line, sentence.with("first", other)));
            }
        }
        list.sort_by_key(|(line, _)| *line);
        let row = |(line, sentence)| Fault::at(files::PAIRS, line, sentence).of_a_row();
        faults.extend(list.into_iter().map(row));
        doubles.retain(|_, rows| rows.iter().any(|(_, score)| rows.first().is_some_and(|it| it.1 != *score)));
        doubles
    }
}

/// Candidate, opening and score of a row, each if it can be used.
type Found = (Option<usize>, Option<usize>, Option<u32>);

fn pair((candidate, opening, score): Found) -> Option<Pair> {
    let (candidate, opening) = (CandidateIx::new(candidate?), OpeningIx::new(opening?));
    Some(Pair { candidate, opening, score: score? })
}

fn score_of(cell: &[u8]) -> Option<u32> {
    let score = whole(cell).and_then(|score| u32::try_from(score).ok());
    score.filter(|score| *score <= MAX_SCORE)
}

/// The candidate of the row before.
#[derive(Default)]
struct Last {
    name: Vec<u8>,
    row: Option<usize>,
}

fn faults_of(row: Row<'_>, (candidate, opening, score): Found) -> Vec<Fault> {
    let mut sentences = Vec::new();
    if candidate.is_none() {
        sentences.push(Sentence::new("bare_no_candidate").with("found", row.shown(0)));
    }
    if opening.is_none() {
        sentences.push(Sentence::new("bare_no_opening").with("found", row.shown(1)));
    }
    if score.is_none() {
        let sentence = Sentence::new("bare_number").with("column", "score").with("found", row.shown(2));
        sentences.push(sentence.with("least", 0).with("most", MAX_SCORE));
    }
    let at = |sentence| Fault::at(files::PAIRS, row.line(), sentence).of_a_row();
    sentences.into_iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::Instant;

    use super::*;

    fn ids(letter: char, rows: usize) -> Ids {
        Ids::named((0..rows).map(|row| format!("{letter}{row:07}").into()).collect())
    }

    fn pairs(text: &str, ids: (&Ids, &Ids)) -> (Vec<Pair>, usize) {
        let mut faults = Faults::default();
        let pairs = read(text.as_bytes(), ids.0, ids.1, &mut faults).expect("a table");
        assert!(!faults.is_fatal());
        (pairs, faults.count())
    }

    #[test]
    fn quotation_marks_and_odd_ends_of_lines_change_nothing() {
        let (people, posts) = (ids('C', 9), ids('O', 9));
        let rows = "C0000001,O0000002,3\r\n\nC0000001 ,O0000001, 4\nC0000001,O0000000\nC9,O0000000,1\r\nC0000000,O0000000,5";
        let plain = pairs(&format!("candidate,opening,score\n{rows}"), (&people, &posts));
        let quoted = pairs(
            &format!("\"candidate\",opening,score\n{rows}\n\"C0000008\",O0000000,1"),
            (&people, &posts),
        );
        assert_eq!((plain.0.len(), plain.1), (3, 2));
        assert_eq!((quoted.0.len(), quoted.1), (4, 2));
        assert!(quoted.0.starts_with(&plain.0));
    }

    /// `cargo test --release -p anzhi-desk --lib pairs -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement"]
    fn a_hundred_megabytes() {
        let (people, posts) = (ids('C', 100_000), ids('O', 10_000));
        let mut text = String::from("candidate,opening,score\n");
        for candidate in 0..100_000 {
            for step in 0..42 {
                let (opening, score) = (step * 238 + candidate % 238, candidate * step % 10_000);
                writeln!(text, "C{candidate:07},O{opening:07},{score}").expect("a line");
            }
        }
        for _ in 0..5 {
            let before = Instant::now();
            let (pairs, faults) = pairs(&text, (&people, &posts));
            let micros = before.elapsed().as_micros().max(1);
            assert_eq!((pairs.len(), faults), (4_200_000, 0));
            println!("{} MB/s", text.len() as u128 / micros);
        }
    }
}
