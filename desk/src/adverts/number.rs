//! Plain cells: whole numbers, decimals, yes and no.

use super::text::{patterns, tight, whole as numeral};
use super::{Finding, Reading};

patterns! {
    WHOLE = r"^\+?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?(?:人|名|个|位|次|月|天|年|岁|周岁|小时|公里|千米|km|元|间|户|项)?$";
    DECIMAL = r"^[+-]?\d{1,9}(?:\.\d{0,12})?$";
    NEGATIVE = r"^-\d";
    FRACTION = r"^\+?\d+\.\d+";
}

/// A whole number from 0 up: full-width digits, thousands separators, `1.0` of a spreadsheet, a unit behind
/// it, and Chinese numerals. A negative or broken number is a fault.
pub fn whole(text: &str) -> Reading<Option<u32>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    let digits =
        WHOLE.captures(&text).and_then(|parts| parts.get(1)).map(|word| word.as_str().replace(',', ""));
    let value = match digits {
        Some(digits) => digits.parse().ok(),
        None => numeral(text.trim_end_matches(['人', '名', '个', '次', '岁'])),
    };
    match value {
        Some(value) => Reading::clean(Some(value)),
        None if NEGATIVE.is_match(&text) => Reading::with(None, Finding::NegativeNumber),
        None if FRACTION.is_match(&text) => Reading::with(None, Finding::NotWhole),
        None => Reading::with(None, Finding::UnreadableNumber),
    }
}

/// A measured number such as a longitude, in the unit of its column. Always finite.
pub fn decimal(text: &str) -> Reading<Option<f64>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    match DECIMAL.is_match(&text).then(|| text.parse().ok()).flatten() {
        Some(value) => Reading::clean(Some(value)),
        None => Reading::with(None, Finding::UnreadableNumber),
    }
}

/// Yes or no: `是` `否`, `有` `无`, `√` `×`, `1` `0`, `Y` `N`, `yes` `no`, `true` `false`.
///
/// An empty cell is neither, and no finding: it means "unknown" of a person.
pub fn yes_or_no(text: &str) -> Reading<Option<bool>> {
    let text = tight(text).to_lowercase();
    match text.strip_suffix(".0").unwrap_or(&text) {
        "是" | "有" | "对" | "√" | "✓" | "✔" | "☑" | "1" | "y" | "yes" | "true" | "t" => {
            Reading::clean(Some(true))
        }
        "否" | "无" | "没有" | "不是" | "×" | "✗" | "✘" | "x" | "0" | "n" | "no" | "false" | "f" => {
            Reading::clean(Some(false))
        }
        "" | "未知" | "不详" | "unknown" => Reading::clean(None),
        _ => Reading::with(None, Finding::UnreadableYesNo),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, decimal, whole, yes_or_no};

    #[test]
    fn whole_numbers() {
        for (text, value) in [
            ("１２", 12),
            ("1,200", 1200),
            ("1.0", 1),
            ("3人", 3),
            ("１，２００．００", 1200),
            ("十二", 12),
            ("0", 0),
        ] {
            assert_eq!(whole(text).value, Some(value), "{text}");
        }
        for (text, fault) in [
            ("-5", Finding::NegativeNumber),
            ("2.5", Finding::NotWhole),
            ("99999999999", Finding::UnreadableNumber),
            ("若干", Finding::UnreadableNumber),
            ("1,20", Finding::UnreadableNumber),
        ] {
            assert_eq!((whole(text).value, whole(text).findings), (None, vec![fault]), "{text}");
        }
        assert_eq!(whole(" "), super::Reading::clean(None));
    }

    #[test]
    fn decimals_and_flags() {
        assert_eq!(decimal("１０９.1749").value, Some(109.1749));
        assert_eq!(decimal("1e400").findings, [Finding::UnreadableNumber]);
        for text in ["是", "有", "√", "1", "Ｙ", "Yes", "1.0"] {
            assert_eq!(yes_or_no(text).value, Some(true), "{text}");
        }
        for text in ["否", "无", "×", "0", "n", "NO"] {
            assert_eq!(yes_or_no(text).value, Some(false), "{text}");
        }
        assert_eq!((yes_or_no("").value, yes_or_no("也许").findings), (None, vec![Finding::UnreadableYesNo]));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9.,+-]{0,30}") {
            let _ = (whole(&text), decimal(&text), yes_or_no(&text), whole(&near), decimal(&near));
        }
    }
}
