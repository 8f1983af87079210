//! What a terminal shows: columns that line up with Chinese widths, and the steps of a long run.

use std::fmt::Write as _;

use anzhi::run::Stage;
use indicatif::{ProgressBar, ProgressStyle};

use crate::messages::Language;
use crate::run::Sentence;

/// Ranges of characters that take two columns (East Asian Width W and F, Unicode 16; assigned scripts only).
const WIDE: &[(u32, u32)] = &[
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xA960, 0xA97C),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x1F300, 0x1F64F),
    (0x1F900, 0x1F9FF),
    (0x20000, 0x3FFFD),
];

/// Columns that a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    let of = |letter: char| {
        let code = u32::from(letter);
        let after = WIDE.partition_point(|(first, _)| *first <= code);
        let wide = after.checked_sub(1).and_then(|at| WIDE.get(at)).is_some_and(|(_, last)| code <= *last);
        1 + usize::from(wide)
    };
    text.chars().map(of).sum()
}

/// Rows of cells whose columns line up; the last cell of a row is as long as it likes.
#[derive(Debug, Default)]
pub(super) struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    pub(super) fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows as text, each after `indent` blanks.
    pub(super) fn text(&self, indent: usize) -> String {
        let most = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| {
            let cells = self.rows.iter().filter(|row| column + 1 < row.len());
            cells.filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..most).map(widest).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for (cell, widest) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(widest.saturating_sub(width(cell)) + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A heading over some rows.
pub(super) fn headed(text: &mut String, heading: &str, rows: &Columns) {
    if !rows.is_empty() {
        let _ = write!(text, "\n{heading}\n{}", rows.text(2));
    }
}

/// The steps of a long run; shown on standard error where that is a terminal, and nowhere else.
pub(super) struct Steps {
    bar: ProgressBar,
    language: Language,
}

impl Steps {
    pub(super) fn new(steps: u64, language: Language) -> Self {
        let bar = ProgressBar::new(steps);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { bar, language }
    }

    /// The next step begins.
    pub(super) fn next(&self, key: &'static str) {
        self.bar.set_message(Sentence::new(key).say(self.language));
        self.bar.inc(1);
    }
}

impl Steps {
    /// So many more steps have come to light.
    pub(super) fn more(&self, steps: usize) {
        self.bar.inc_length(steps as u64);
    }

    /// The engine has finished a step.
    pub(super) fn done(&self, stage: Stage) {
        if stage == Stage::Judged {
            self.bar.inc(1);
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_with_chinese_widths() {
        assert_eq!(width("低保a·，"), 8);
        let mut columns = Columns::default();
        columns.row(["低保", "1", "x"]);
        columns.row(["zero", "100"]);
        columns.row(["一户多残", "2", "长的一格"]);
        assert_eq!(columns.text(1), " 低保      1  x\n zero      100\n 一户多残  2  长的一格\n");
    }

    #[test]
    fn ranges_stand_in_order() {
        assert!(WIDE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
