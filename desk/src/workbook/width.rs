//! Widths and heights of texts that mix Chinese and Latin letters: a full-width character counts two.

/// Points of one line of text, at the size of the workbook's cells.
const LINE: f64 = 14.5;
/// Highest row that the file format knows, in points.
const HIGHEST: f64 = 409.0;

/// Units of a text's widest line.
pub(super) fn units(text: &str) -> usize {
    text.lines().map(line).max().unwrap_or(0)
}

fn line(text: &str) -> usize {
    text.chars().map(|it| if is_wide(it) { 2 } else { 1 }).sum()
}

/// Whether a Chinese font draws the character as a full square: ideographs and kana, full-width forms, and the
/// quotation marks and dashes that such fonts draw so too.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x115F | 0x2010..=0x2027 | 0x2030..=0x205E | 0x2460..=0x27BF | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x3FFFD)
}

/// Lines that a text takes in a column of so many units; one unit stays free, since no line breaks inside a letter.
pub(super) fn lines(text: &str, units: usize) -> usize {
    let room = units.saturating_sub(1).max(1);
    text.lines().map(|it| line(it).div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// The height in points of a row with so many lines.
pub(super) fn height(lines: usize) -> f64 {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    (f64::from(lines) * LINE + 2.0).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_letter_takes_two_units() {
        assert_eq!(units("护林员XH-O012"), 13);
        assert_eq!(units("技能\n×25%"), 4);
        assert_eq!(units("“可”"), 6);
        assert_eq!(units(""), 0);
    }

    #[test]
    fn rows_grow_with_their_longest_text() {
        assert_eq!(lines("一二三四五六七八九十", 11), 2);
        assert_eq!(lines("a\nb", 10), 2);
        assert_eq!(lines("", 10), 1);
        assert!(height(2) > height(1) && height(usize::MAX) <= HIGHEST);
    }
}
