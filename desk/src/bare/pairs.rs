//! `pairs.csv`: read in parallel parts, since it is the one table that can be large.

use std::collections::BTreeMap;

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{MAX_SCORE, Pair};
use rayon::prelude::*;

use super::fault::{Fault, Faults};
use super::ids::Ids;
use super::index::{Index, Name};
use super::table::{Column, Row, Table, lines, whole};
use crate::run::{Sentence, files};

pub(super) const COLUMNS: &[Column] =
    &[Column::needed("candidate"), Column::needed("opening"), Column::needed("score")];

/// Bytes of a part that is read by itself.
const PART: usize = 1 << 20;
/// Rows whose names are looked for together.
const BATCH: usize = 64;
/// Bytes of a short row, to make room for so many.
const SHORT: usize = 20;

type Key = (CandidateIx, OpeningIx);

/// Reads the pairs, sorted. A row that cannot be used is set aside.
pub(super) fn read(bytes: &[u8], candidates: &Ids, openings: &Ids, faults: &mut Faults) -> Option<Vec<Pair>> {
    let table = Table::open(files::PAIRS, bytes, COLUMNS, faults)?;
    let (candidate_rows, opening_rows) = (Index::of(candidates), Index::of(openings));
    let quoted = table.body.contains(&b'"');
    let order = [table.place(0)?, table.place(1)?, table.place(2)?];
    let reader = Reader { candidates: candidate_rows, openings: opening_rows, table, order, quoted };
    let parts = reader.parts();
    let read: Vec<(Vec<Pair>, Faults)> =
        parts.par_iter().map(|&(part, before)| reader.part(part, before)).collect();
    let mut lists = Vec::with_capacity(read.len());
    for (some, told) in read {
        lists.push(some);
        faults.append(told);
    }
    let mut pairs = in_order(lists, candidates.len());
    let doubles = doubles(&pairs);
    if !doubles.is_empty() {
        let several = reader.tell_doubles(doubles, (candidates, openings), faults);
        pairs.dedup();
        pairs.retain(|pair| !several.contains_key(&(pair.candidate, pair.opening)));
    }
    Some(pairs)
}

/// All pairs in one sorted list. Those that do not come sorted are counted out to their candidates first, who have a few
/// each: a comparison of all with all takes as long as everything else.
fn in_order(lists: Vec<Vec<Pair>>, candidates: usize) -> Vec<Pair> {
    if lists.iter().flatten().is_sorted() {
        return lists.concat();
    }
    let mut ends = vec![0; candidates + 1];
    for pair in lists.iter().flatten() {
        ends[pair.candidate.get() + 1] += 1;
    }
    for row in 0..candidates {
        ends[row + 1] += ends[row];
    }
    let nobody = Pair { candidate: CandidateIx::new(0), opening: OpeningIx::new(0), score: 0 };
    let mut pairs = vec![nobody; ends[candidates]];
    // from here on where the next pair of each candidate goes
    for pair in lists.into_iter().flatten() {
        let next = &mut ends[pair.candidate.get()];
        pairs[*next] = pair;
        *next += 1;
    }
    let mut own: Vec<&mut [Pair]> =
        pairs.chunk_by_mut(|one, other| one.candidate == other.candidate).collect();
    let key = |pair: &Pair| (pair.opening.get() as u64) << 32 | u64::from(pair.score);
    own.par_iter_mut().for_each(|own| own.sort_unstable_by_key(key));
    pairs
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
    /// In which cells candidate, opening and score stand.
    order: [usize; 3],
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
        let (mut pairs, mut faults) = (Vec::new(), Faults::default());
        if self.quoted {
            self.rows(part, before, &mut pairs, &mut faults);
            return (pairs, faults);
        }
        pairs.reserve(part.len() / SHORT);
        let (mut rest, mut before) = (part, before);
        let mut batch = Batch::default();
        while !rest.is_empty() {
            rest = batch.fill(rest, self.order);
            self.look_up(&mut batch);
            for row in &batch.rows {
                match batch.pair(row) {
                    Some(pair) => pairs.push(pair),
                    // whatever is not quite plain is for the reader of CSV to say
                    None => self.rows(row.line, before, &mut pairs, &mut faults),
                }
                before += 1;
            }
        }
        (pairs, faults)
    }

    fn look_up(&self, batch: &mut Batch<'_>) {
        let [candidates, openings] = &mut batch.found;
        candidates.clear();
        openings.clear();
        self.candidates.find_all(&batch.candidates, candidates);
        self.openings.find_all(&batch.openings, openings);
    }

    fn rows(&self, part: &[u8], before: u64, pairs: &mut Vec<Pair>, faults: &mut Faults) {
        self.table.rows_of(part, before, true, faults, &mut |row: Row<'_>, faults: &mut Faults| {
            let (candidate, opening) = self.ids(row);
            let found = (candidate, opening, score_of(row.cell(2)));
            match pair(found) {
                Some(pair) => pairs.push(pair),
                None => faults.extend(faults_of(row, found)),
            }
        });
    }

    fn ids(&self, row: Row<'_>) -> (Option<usize>, Option<usize>) {
        let (candidate, opening) = (Name::new(row.cell(0)), Name::new(row.cell(1)));
        (self.candidates.find(candidate), self.openings.find(opening))
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
            let (Some(candidate), Some(opening)) = self.ids(row) else { return };
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

/// Some rows whose names are looked for together.
#[derive(Default)]
struct Batch<'p> {
    rows: Vec<Waiting<'p>>,
    /// Tables mostly list the pairs of a candidate one after the other: one name stands for all of them.
    candidates: Vec<Name<'p>>,
    openings: Vec<Name<'p>>,
    /// The rows of both.
    found: [Vec<Option<usize>>; 2],
}

/// A row whose names are being looked for.
struct Waiting<'p> {
    line: &'p [u8],
    /// How many candidates were asked for up to it and with it, how many openings, and the score; nothing for a row with
    /// another number of cells.
    asked: Option<(usize, usize, Option<u32>)>,
}

impl<'p> Batch<'p> {
    /// Takes the first rows of a text, and returns the others. In `order` stand the cells of candidate, opening and score.
    fn fill(&mut self, text: &'p [u8], order: [usize; 3]) -> &'p [u8] {
        self.rows.clear();
        self.candidates.clear();
        self.openings.clear();
        let mut rest = text;
        while !rest.is_empty() && self.rows.len() < BATCH {
            let line = Line::first(rest);
            let asked = self.ask(&line, order);
            self.rows.push(Waiting { line: line.text(), asked });
            rest = rest.get(line.length..).unwrap_or_default();
        }
        rest
    }

    fn ask(&mut self, line: &Line<'p>, order: [usize; 3]) -> Option<(usize, usize, Option<u32>)> {
        let [candidate, opening, score] = order.map(|cell| line.cell(cell));
        let (candidate, opening, score) = (candidate?.name(), opening?.name(), score?.bytes());
        if self.candidates.last() != Some(&candidate) {
            self.candidates.push(candidate);
        }
        self.openings.push(opening);
        Some((self.candidates.len(), self.openings.len(), score_of(score)))
    }

    /// The pair of a row without quotation marks or blanks.
    fn pair(&self, row: &Waiting<'_>) -> Option<Pair> {
        let (candidate, opening, score) = row.asked?;
        let [candidates, openings] = &self.found;
        let found = |list: &[Option<usize>], count: usize| list.get(count.checked_sub(1)?).copied().flatten();
        pair((found(candidates, candidate), found(openings, opening), score))
    }
}

/// A line at the begin of a text, cut at its commas in the one pass that finds its end.
struct Line<'p> {
    text: &'p [u8],
    /// Where each of the three cells ends.
    ends: [usize; 3],
    cells: usize,
    /// With its end of line.
    length: usize,
}

/// The highest bit of each byte that may be a comma or an end of line, and of few others: letters and digits stand behind
/// both in the alphabet.
fn marks(word: [u8; 8]) -> u64 {
    const ONE_EACH: u64 = u64::from_le_bytes([1; 8]);
    const BEHIND: u64 = ONE_EACH * (b',' as u64 + 1);
    let word = u64::from_le_bytes(word);
    word.wrapping_sub(BEHIND) & !word & (ONE_EACH << 7)
}

/// A cell and what stands behind it.
#[derive(Clone, Copy)]
struct Cell<'p> {
    text: &'p [u8],
    length: usize,
}

impl<'p> Line<'p> {
    fn first(text: &'p [u8]) -> Self {
        let mut line = Self { text, ends: [0; 3], cells: 0, length: text.len() };
        let (words, rest) = text.as_chunks::<8>();
        for (word, start) in words.iter().zip((0..).step_by(8)) {
            let mut marks = marks(*word);
            while marks != 0 {
                let at = start + marks.trailing_zeros() as usize / 8;
                if line.ends_at(at) {
                    return line;
                }
                marks &= marks - 1;
            }
        }
        if (text.len() - rest.len()..text.len()).any(|at| line.ends_at(at)) {
            return line;
        }
        line.cut(text.len());
        line
    }

    /// Takes note of the byte there, and says whether the line ends with it.
    fn ends_at(&mut self, at: usize) -> bool {
        match self.text.get(at) {
            Some(b'\n') => {
                let before = at.checked_sub(1).and_then(|before| self.text.get(before));
                self.cut(if before == Some(&b'\r') { at - 1 } else { at });
                self.length = at + 1;
                true
            }
            Some(b',') => {
                self.cut(at);
                false
            }
            _ => false,
        }
    }

    fn cut(&mut self, at: usize) {
        if let Some(own) = self.ends.get_mut(self.cells) {
            *own = at;
        }
        self.cells += 1;
    }

    /// All of it.
    fn text(&self) -> &'p [u8] {
        self.text.get(..self.length).unwrap_or_default()
    }

    /// A cell of a line that has three.
    fn cell(&self, cell: usize) -> Option<Cell<'p>> {
        if self.cells != self.ends.len() {
            return None;
        }
        let start = match cell.checked_sub(1) {
            Some(before) => self.ends.get(before)? + 1,
            None => 0,
        };
        Some(Cell { text: self.text.get(start..)?, length: self.ends.get(cell)?.checked_sub(start)? })
    }
}

impl<'p> Cell<'p> {
    fn name(self) -> Name<'p> {
        Name::at_start(self.text, self.length)
    }

    fn bytes(self) -> &'p [u8] {
        self.text.get(..self.length).unwrap_or_default()
    }
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

    #[test]
    fn rows_in_any_order_give_the_same_list() {
        let (people, posts) = (ids('C', 300), ids('O', 40));
        let mut rows: Vec<String> = Vec::new();
        for candidate in 0..300 {
            for opening in (0..40).filter(|opening| (candidate * 7 + opening * 3) % 5 == 0) {
                rows.push(format!("C{candidate:07},O{opening:07},{}", candidate * opening));
            }
        }
        let head = "candidate,opening,score\n";
        let sorted = pairs(&(head.to_owned() + &rows.join("\n")), (&people, &posts));
        assert_eq!((sorted.0.len(), sorted.1), (rows.len(), 0));
        rows.rotate_left(1_000);
        rows.reverse();
        rows.sort_by_key(String::len);
        assert_eq!(pairs(&(head.to_owned() + &rows.join("\r\n")), (&people, &posts)), sorted);
        // columns in another order, and every row twice
        let turned = rows.iter().chain(&rows).map(|row| row.split(',').rev().collect::<Vec<_>>().join(","));
        let text = format!("score,opening,candidate\n{}\n", turned.collect::<Vec<_>>().join("\n"));
        assert_eq!(pairs(&text, (&people, &posts)), (sorted.0, rows.len()));
    }
}
