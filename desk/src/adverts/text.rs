//! What every reader does first: one form for characters that look alike, and numbers out of text.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// Compiles a pattern of this crate.
#[expect(clippy::expect_used, reason = "patterns are constants and every one is run by a test")]
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern of this crate")
}

/// Declares a pattern that is compiled at its first use.
macro_rules! patterns {
    ($($name:ident = $source:expr;)*) => {
        $(static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| $crate::adverts::text::pattern($source));)*
    };
}
pub(crate) use patterns;

/// Compatibility forms folded (NFKC: full-width digits and signs, circled digits), dashes and tildes made
/// one, invisible characters and quotation marks taken out, the traditional characters of our words made
/// simplified, ends trimmed.
pub(crate) fn plain(text: &str) -> String {
    let folded: String = text.nfkc().filter_map(one_form).collect();
    folded.trim().to_owned()
}

/// Like [`plain`], without any white space inside.
pub(crate) fn tight(text: &str) -> String {
    plain(text).chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn one_form(letter: char) -> Option<char> {
    Some(match letter {
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '"' | '“' | '”' | '‘' | '’' => return None,
        '—' | '–' | '‐' | '−' | '―' => '-',
        '〜' | '∼' => '~',
        _ => simplified(letter),
    })
}

/// The traditional characters that occur in the words we read, as simplified ones; others stay.
fn simplified(letter: char) -> char {
    const PAIRS: &str = "視视聽听語语體体資资歲岁萬万個个約约預预計计數数臺台幣币滿满寬宽無无殘残礙碍證证\
        時时職职會会員员額额於于過过級级類类別别齡龄讀读單单動动實实習习臨临輪轮優优學学歷历專专科科業业\
        畢毕碩硕處处並并與与勞劳條条雙双隻只腳脚聾聋啞哑養养護护門门缺缺給给敘叙縣县區区鄉乡鎮镇號号領领\
        進进補补貼贴據据減减達达點点項项調调備备開开強强";
    let mut pairs = PAIRS.chars();
    while let (Some(old), Some(new)) = (pairs.next(), pairs.next()) {
        if old == letter {
            return new;
        }
    }
    letter
}

/// Whether the text is written in traditional script where it speaks of money.
pub(crate) fn is_traditional_money(text: &str) -> bool {
    ["薪資", "工資", "萬", "臺幣", "台幣"].iter().any(|word| text.contains(word))
}

/// A whole number in digits or Chinese numerals (`十八`, `五十五`, `三千五百`, `两`); `None` if it is none or
/// does not fit.
pub(crate) fn whole(text: &str) -> Option<u32> {
    if text.starts_with(|letter: char| letter.is_ascii_digit()) { text.parse().ok() } else { chinese(text) }
}

fn chinese(text: &str) -> Option<u32> {
    let (mut total, mut section, mut digit, mut tail) = (0_u32, 0_u32, None, 1);
    for letter in text.chars() {
        if let Some(value) = chinese_digit(letter) {
            if digit.is_some_and(|before| before != 0) {
                return None; // `三五` is a list or a telephone number, not a quantity
            }
            digit = Some(value);
            if value == 0 {
                tail = 1;
            }
            continue;
        }
        let unit = match letter {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            _ => return None,
        };
        tail = (unit / 10).max(1);
        if unit == 10_000 {
            total = section.checked_add(digit.take().unwrap_or(0))?.checked_mul(unit)?.checked_add(total)?;
            section = 0;
        } else {
            section = section.checked_add(digit.take().unwrap_or(1) * unit)?;
        }
    }
    // `三千五` is 3500, `三千零五` is 3005
    let last = digit.unwrap_or(0).checked_mul(tail)?;
    (!text.is_empty()).then(|| total.checked_add(section)?.checked_add(last))?
}

fn chinese_digit(letter: char) -> Option<u32> {
    let place = "零一二三四五六七八九".chars().position(|digit| digit == letter);
    match letter {
        '〇' => Some(0),
        '壹' => Some(1),
        '两' | '贰' => Some(2),
        '叁' => Some(3),
        '肆' => Some(4),
        '伍' => Some(5),
        _ => place.and_then(|place| u32::try_from(place).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, tight, whole};

    #[test]
    fn forms_that_look_alike_become_one() {
        assert_eq!(plain(" １８～４５周歲；\u{3000}"), "18~45周岁;");
        assert_eq!(tight("7 0\u{a0}00—8 000"), "7000-8000");
    }

    #[test]
    fn numbers_in_digits_and_in_chinese() {
        for (text, value) in [
            ("18", 18),
            ("十八", 18),
            ("五十五", 55),
            ("三千五百", 3500),
            ("两", 2),
            ("一万二千", 12_000),
            ("三千五", 3500),
            ("三千零五", 3005),
            ("二十五", 25),
        ] {
            assert_eq!(whole(text), Some(value), "{text}");
        }
        for text in ["", "三五", "99999999999", "人", "3人"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", digits in "[零一二三四五六七八九十百千万]{0,30}") {
            let _ = (plain(&text), whole(&text), whole(&digits));
        }
    }
}
