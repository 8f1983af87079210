//! Which text the bytes of a file are, told by looking.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// Bytes that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotText {
    /// A workbook, new (ZIP) or old (OLE).
    Workbook,
    /// Something else.
    Binary,
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// A fifth of replaced bytes and control characters is no accident of a text.
const NOISE: usize = 5;

/// The text: a mark at the beginning decides, then strict UTF-8, then GB18030, then what Firefox would guess for
/// a Chinese page. Bytes that have no meaning become U+FFFD. `O(bytes)`.
pub(super) fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if bytes.starts_with(ZIP) || bytes.starts_with(OLE) {
        return Err(NotText::Workbook);
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => lossy(encoding, bytes.get(mark..).unwrap_or_default()),
        None if bytes.contains(&0) => return Err(NotText::Binary),
        None => unmarked(bytes),
    };
    if is_noise(&text) { Err(NotText::Binary) } else { Ok(text) }
}

fn unmarked(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    // Damaged UTF-8 must be recognised first: its three-byte characters read as GB18030 are mostly "valid" too.
    if is_damaged_utf8(bytes) {
        return lossy(UTF_8, bytes);
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return text.into_owned();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    match guess.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if guess.is_single_byte() => {
            // A single-byte guess fits every input, so it proves nothing about a Chinese table.
            if bytes.iter().filter(|byte| !byte.is_ascii()).count() * 20 < bytes.len() {
                text.into_owned()
            } else {
                lossy(GB18030, bytes)
            }
        }
        Some(text) => text.into_owned(),
        None => lossy(GB18030, bytes),
    }
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether the bytes beyond ASCII are characters of UTF-8 with a few faults among them.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut long, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    long > 0 && broken * 4 <= long
}

fn is_noise(text: &str) -> bool {
    let (mut all, mut noise) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        noise += usize::from(c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\r' | '\n')));
    }
    noise * NOISE > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "编号,姓名,残疾类别\nC1,某甲,视力\nC2,某乙,听力\n";

    #[test]
    fn the_same_text_in_every_usual_encoding() {
        let (gb, _, lossless) = GB18030.encode(TEXT);
        assert!(!lossless);
        assert_eq!(decode(&gb).as_deref(), Ok(TEXT));
        assert_eq!(decode(TEXT.as_bytes()).as_deref(), Ok(TEXT));
        assert_eq!(decode(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat()).as_deref(), Ok(TEXT));
        let wide: Vec<u8> =
            [0xFEFF].into_iter().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).as_deref(), Ok(TEXT));
    }

    #[test]
    fn a_damaged_text_keeps_its_good_part() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let last = bytes.len() - 2;
        bytes[last] = 0xFF;
        let text = decode(&bytes).expect("a text");
        assert!(text.starts_with("编号,姓名") && text.contains('\u{fffd}'), "{text}");
        let (gb, _, _) = GB18030.encode(TEXT);
        let mut gb = gb.into_owned();
        gb.insert(gb.len() - 1, 0xFF);
        let text = decode(&gb).expect("a text");
        assert!(text.starts_with("编号,姓名") && text.contains('\u{fffd}'), "{text}");
    }

    #[test]
    fn workbooks_and_other_files_are_no_text() {
        assert_eq!(decode(b"PK\x03\x04rest"), Err(NotText::Workbook));
        assert_eq!(decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Err(NotText::Workbook));
        assert_eq!(decode(b"a\0b"), Err(NotText::Binary));
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6]), Err(NotText::Binary));
        assert_eq!(decode(b"").as_deref(), Ok(""));
    }
}
