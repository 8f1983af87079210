//! Bare values of a record, as people write them: years, days, levels, kilometres, scores.

use anzhi::day::Day;
use anzhi::words::{Category, Education, PersonKind, RuleKind};

use super::Language;
use super::catalogue::{counted, join, render};
use super::words::word;

/// Hundredths of a point with two decimals: `7850` → `78.50`.
#[must_use]
pub fn hundredths(score: u64) -> String {
    format!("{}.{:02}", score / 100, score % 100)
}

/// What a rule found. What does not have the form of its rule is shown as it stands.
pub(super) fn found(language: Language, rule: RuleKind, raw: &str) -> String {
    match rule {
        RuleKind::WorkingAge => ages(language, raw, &LIMITS).unwrap_or_else(|| raw.to_owned()),
        RuleKind::Commute => metres(language, raw),
        _ => asked(language, rule, raw),
    }
}

/// What a rule asked for. What does not have the form of its rule is shown as it stands.
pub(super) fn asked(language: Language, rule: RuleKind, raw: &str) -> String {
    let said = match rule {
        RuleKind::WorkingAge => ages(language, raw, &WORKING),
        RuleKind::AgeLimits => ages(language, raw, &LIMITS),
        RuleKind::Commute => Some(kilometres(language, raw)),
        RuleKind::OpeningDates => days(language, raw),
        RuleKind::Classes => classes(language, raw),
        RuleKind::Education => Education::from_wire(raw).map(|it| word(language, it).to_owned()),
        RuleKind::Licence => Some(join(language, &split(raw))),
        RuleKind::RepeatPlacement => times(language, raw),
        _ => None,
    };
    said.unwrap_or_else(|| raw.to_owned())
}

fn split(raw: &str) -> Vec<&str> {
    raw.split(';').map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// How ages are said: the keys for one number, for both ends, from the first on, up to the last.
struct Ages {
    one: &'static str,
    both: &'static str,
    from: &'static str,
    to: &'static str,
}

/// Both ends included.
const LIMITS: Ages =
    Ages { one: "value.years", both: "value.years_between", from: "value.years_from", to: "value.years_to" };

/// The last end excluded: it is the age of retirement.
const WORKING: Ages = Ages {
    one: "value.years_reached",
    both: "value.years_from_below",
    from: "value.years_reached",
    to: "value.years_below",
};

/// `63`, `18-45`, `18-` or `-45`.
fn ages(language: Language, raw: &str, said: &Ages) -> Option<String> {
    let number = |text: &str| text.parse::<u16>().is_ok();
    let Some((low, high)) = raw.split_once('-') else {
        return number(raw).then(|| render(language, said.one, &[("n", raw)]));
    };
    match (number(low), number(high)) {
        (true, true) => Some(render(language, said.both, &[("low", low), ("high", high)])),
        (true, false) if high.is_empty() => Some(render(language, said.from, &[("n", low)])),
        (false, true) if low.is_empty() => Some(render(language, said.to, &[("n", high)])),
        _ => None,
    }
}

/// `first/last`; an end that is missing is open.
fn days(language: Language, raw: &str) -> Option<String> {
    let (from, until) = raw.split_once('/')?;
    let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<Day>().ok().map(Some) };
    Some(period(language, end(from)?, end(until)?))
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

/// `hearing:1-4;physical:3,4`, `visual:3` or a kind of person.
fn classes(language: Language, raw: &str) -> Option<String> {
    if let Some(kind) = PersonKind::from_wire(raw) {
        return Some(word(language, kind).to_owned());
    }
    let parts: Option<Vec<String>> = split(raw).into_iter().map(|part| class(language, part)).collect();
    parts.map(|parts| join(language, &parts))
}

fn class(language: Language, part: &str) -> Option<String> {
    let (name, levels) = part.split_once(':').unwrap_or((part, ""));
    let class = word(language, Category::from_wire(name)?);
    let levels = levels.replace(',', render(language, "join.levels", &[]).as_str());
    Some(if levels.is_empty() {
        class.to_owned()
    } else {
        render(language, "value.class_levels", &[("class", class), ("levels", &levels)])
    })
}

/// `2 times` or `36 months`.
fn times(language: Language, raw: &str) -> Option<String> {
    let (count, unit) = raw.split_once(' ')?;
    let count: u64 = count.parse().ok()?;
    match unit {
        "times" | "time" => Some(counted(language, "count.times", count)),
        "months" | "month" => Some(counted(language, "count.months", count)),
        _ => None,
    }
}

/// Metres as kilometres with one decimal; anything else as it stands.
fn metres(language: Language, raw: &str) -> String {
    let Ok(metres) = raw.parse::<u64>() else { return raw.to_owned() };
    let tenths = metres.saturating_add(50) / 100;
    kilometres(language, &format!("{}.{}", tenths / 10, tenths % 10))
}

/// A number of kilometres with its unit.
fn kilometres(language: Language, number: &str) -> String {
    render(language, "value.kilometres", &[("n", number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_values_read_as_people_write() {
        let zh = |rule, raw| asked(Language::Zh, rule, raw);
        assert_eq!(zh(RuleKind::WorkingAge, "16-60"), "年满 16 周岁、未满 60 周岁");
        assert_eq!(zh(RuleKind::WorkingAge, "16"), "年满 16 周岁");
        assert_eq!(found(Language::Zh, RuleKind::WorkingAge, "63"), "63 周岁");
        assert_eq!(zh(RuleKind::AgeLimits, "-45"), "45 周岁及以下");
        assert_eq!(zh(RuleKind::AgeLimits, "18-"), "18 周岁及以上");
        assert_eq!(zh(RuleKind::Classes, "hearing:1-4;physical:3,4"), "听力残疾 1-4 级、肢体残疾 3、4 级");
        assert_eq!(zh(RuleKind::Classes, "family_member"), "家庭成员");
        assert_eq!(zh(RuleKind::OpeningDates, "2024-01-01/"), "2024-01-01 起");
        assert_eq!(zh(RuleKind::RepeatPlacement, "36 months"), "36 个月");
        assert_eq!(metres(Language::Zh, "12345"), "12.3 公里");
        assert_eq!(hundredths(7805), "78.05");
    }

    #[test]
    fn other_forms_stand_as_they_are() {
        for rule in RuleKind::ALL {
            assert!(asked(Language::En, *rule, "x:y/z-1").contains('x'), "{rule}");
        }
        assert_eq!(metres(Language::En, "far"), "far");
    }
}
