//! Bare values of a record, as people write them: years, days, levels, kilometres, scores.

use anzhi::day::Day;
use anzhi::words::{Category, Education, RuleKind};

use super::Language;
use super::catalogue::{join, render, text};
use super::words::word;

/// Hundredths of a point with two decimals: `7850` → `78.50`.
#[must_use]
pub fn hundredths(score: u64) -> String {
    format!("{}.{:02}", score / 100, score % 100)
}

/// A value that a rule found or asked for. What does not have the form of its rule is shown as it stands.
pub(super) fn value(language: Language, rule: RuleKind, raw: &str) -> String {
    let said = match rule {
        RuleKind::WorkingAge | RuleKind::AgeLimits => ages(language, raw),
        RuleKind::Classes => classes(language, raw),
        RuleKind::Education => Education::from_wire(raw).map(|it| word(language, it).to_owned()),
        RuleKind::Commute => number(raw).map(|_| render(language, "value.kilometres", &[("n", raw)])),
        RuleKind::RepeatPlacement => counts(language, raw),
        _ => None,
    };
    said.unwrap_or_else(|| raw.to_owned())
}

/// `2 times` or `36 months`.
fn counts(language: Language, raw: &str) -> Option<String> {
    let (n, unit) = raw.split_once(' ')?;
    let key = match unit {
        "times" => "value.times",
        "months" => "value.months",
        _ => return None,
    };
    number(n).map(|_| render(language, key, &[("n", n)]))
}

fn number(raw: &str) -> Option<u64> {
    raw.parse().ok()
}

/// `63`, `18–45`, `≥18` or `≤45`.
fn ages(language: Language, raw: &str) -> Option<String> {
    let one = |key, text: &str| number(text).map(|_| render(language, key, &[("n", text)]));
    if let Some((low, high)) = raw.split_once('–') {
        let both = number(low).is_some() && number(high).is_some();
        return both.then(|| render(language, "value.years_between", &[("low", low), ("high", high)]));
    }
    if let Some(low) = raw.strip_prefix('≥') {
        return one("value.years_from", low);
    }
    match raw.strip_prefix('≤') {
        Some(high) => one("value.years_to", high),
        None => one("value.years", raw),
    }
}

/// Limits of age, both ends included; `None` where there is no limit.
pub(super) fn ages_between(language: Language, low: Option<u8>, high: Option<u8>) -> Option<String> {
    let raw = match (low, high) {
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥{low}"),
        (None, Some(high)) => format!("≤{high}"),
        (None, None) => return None,
    };
    ages(language, &raw)
}

/// The days between, with open ends.
pub(crate) fn period(language: Language, from: Option<Day>, until: Option<Day>) -> String {
    let day = |day: Option<Day>| day.map_or_else(String::new, |it| it.to_string());
    let (first, last) = (day(from), day(until));
    let key = match (from, until) {
        (None, None) => "value.open_end",
        (Some(_), None) => "value.from",
        (None, Some(_)) => "value.until",
        (Some(_), Some(_)) => "value.from_until",
    };
    render(language, key, &[("from", &first), ("until", &last)])
}

/// `visual:3` or `hearing:1,2,3,4;physical:3,4`.
pub(super) fn classes(language: Language, raw: &str) -> Option<String> {
    let parts: Option<Vec<String>> = raw.split(';').map(|part| class(language, part)).collect();
    parts.map(|parts| join(language, &parts))
}

fn class(language: Language, part: &str) -> Option<String> {
    let (name, levels) = part.split_once(':')?;
    let class = word(language, Category::from_wire(name)?);
    let levels = levels_said(language, levels);
    Some(render(language, "value.class_levels", &[("class", class), ("levels", &levels)]))
}

/// Three and more levels in a row as a range, all others one by one.
fn levels_said(language: Language, levels: &str) -> String {
    match levels {
        "1,2,3" => "1–3".to_owned(),
        "2,3,4" => "2–4".to_owned(),
        "1,2,3,4" => "1–4".to_owned(),
        others => others.replace(',', text(language, "join.levels")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_values_read_as_people_write() {
        let zh = |rule, raw| value(Language::Zh, rule, raw);
        assert_eq!(zh(RuleKind::WorkingAge, "≥16"), "16 周岁及以上");
        assert_eq!(zh(RuleKind::WorkingAge, "63"), "63 周岁");
        assert_eq!(zh(RuleKind::AgeLimits, "18–45"), "18–45 周岁");
        assert_eq!(zh(RuleKind::AgeLimits, "≤45"), "45 周岁及以下");
        let classes = zh(RuleKind::Classes, "hearing:1,2,3,4;physical:3,4");
        assert_eq!(classes, "听力残疾 1–4 级、肢体残疾 3、4 级");
        assert_eq!(zh(RuleKind::Commute, "12"), "12 公里");
        assert_eq!(hundredths(7805), "78.05");
    }

    #[test]
    fn other_forms_stand_as_they_are() {
        for rule in RuleKind::ALL {
            for raw in ["x", "≥x", "1–x", "visual", "visual:", "-1", "x:y;z"] {
                assert!(!value(Language::En, *rule, raw).is_empty(), "{rule} {raw}");
            }
            assert_eq!(value(Language::En, *rule, "x:y;z–1"), "x:y;z–1", "{rule}");
        }
    }
}
