//! Age limits of adverts, by sex, in full years and inclusive.
//!
//! Words that include the number: 以上, 以下, 以内, 届满; that leave it out: 不满, 未满, 超过, 以外 (Civil Code of
//! 2020, article 1259). A relaxation for some (可放宽至65周岁), a rule without a number (距法定退休年龄1年) and the
//! definition of a group (女性40周岁以上…大龄失业人员) are findings and change no limit.

use regex::Captures;

use super::date::{self, Date};
use super::text::{patterns, tight, whole};
use super::{Finding, Reading};

/// Limits for one sex; empty where none is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Least age.
    pub min: Option<u8>,
    /// Greatest age.
    pub max: Option<u8>,
}

/// Limits of an advert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    /// For men.
    pub male: Limits,
    /// For women.
    pub female: Limits,
    /// Birth dates between which a person may be born, as stated; ages and dates are not reconciled.
    pub born: Option<(Date, Date)>,
}

patterns! {
    BORN = r"(\d{4}[年.-]\d{1,2}[月.-]\d{1,2}日?)(?:\(含\))?(?:至|到|-|~)(\d{4}[年.-]\d{1,2}[月.-]\d{1,2}日?)";
    DATES = r"\d{4}[年.-]\d{1,2}(?:[月.-](?:\d{1,2}日?)?)?";
    YEARS_OF_SERVICE = r"\d+年(?:及\d+年)?(?:以上|以下|以内)?";
    SENTENCE = r"[;。\n]";
    PHRASE = r"[,、()]|\.\.\.";
    RELAXED = r"放宽|放寬|延长至|除外可";
    RETIREMENT = r"退休";
    GROUP = r"大龄|4050|4555|失业人员|就业困难|劳动力|毕业生|脱贫|优先";
    BOTH_SEXES = r"男女(?:性)?(?:不限|均可|皆可|都可|不拘)?";
    SEX = r"男(?:性|士|同志|职工)?|女(?:性|士|同志|职工)?";
    EXCLUSIVE = r"不含(?:本数|\d*)";
    INCLUSIVE = r"^含";
    ENGLISH_LIMIT = r"(?i)(?:upper|maximum|max)\D*(?:\d+\s*to\s*)?(\d{2})";
    ENGLISH_RANGE = r"(?i)(?:aged?|between|ages)\D{0,12}(\d{2})\D{1,5}(\d{2})";
    ENGLISH_UNDER = r"(?i)(?:under|below|up to|at most|no older than)\D{0,6}(\d{2})";
    ENGLISH_OVER = r"(?i)(?:over|above|at least|from)\D{0,6}(\d{2})";
    RANGE = r"(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:及以上|以上|起)?(?:-{1,2}|~{1,2}|至|到)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(周?岁)?";
    LESS_THAN = r"(?:未满|不满|不足|小于|低于)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?";
    MORE_THAN = r"(?:大于|高于|超过)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?";
    AT_MOST = r"(?:不得?超过|不大于|不高于|最高|上限|至多|截止)[^\d一二三四五六七八九十]{0,2}(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)|(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:及|含|或)?以[下内]";
    AT_LEAST = r"(?:已?年满|不低于|不小于|不得低于|最低|至少|满)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)|(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:(?:及|含|或)?以上|起)";
    LONE = r"^\D*(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?\D*$";
    NUMBER = r"\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?";
}

/// Reads the age limits of an advert: `18-45岁`, `男60岁以下、女50岁以下`, `18歲以上未滿65歲`.
///
/// ```
/// use anzhi_desk::adverts::age;
///
/// let ages = age::read("男性18~45周岁,女性18~40周岁").value;
/// assert_eq!((ages.male.max, ages.female.max), (Some(45), Some(40)));
/// ```
pub fn read(text: &str) -> Reading<Ages> {
    let mut reading = Reading::<Ages>::default();
    let text = tight(&text.replace('\n', ";"));
    if text.is_empty() || text == "不限" || text == "无" || text == "年龄不限" {
        return reading;
    }
    born(&text, &mut reading);
    let text = YEARS_OF_SERVICE.replace_all(&DATES.replace_all(&text, ""), "").into_owned();
    if !english(&text, &mut reading) {
        SENTENCE.split(&text).for_each(|part| sentence(part, &mut reading));
    }
    check(&mut reading);
    let found = reading.value != Ages::default();
    if !found && reading.findings.is_empty() {
        reading.note(Finding::UnreadableAge);
    }
    reading
}

fn born(text: &str, reading: &mut Reading<Ages>) {
    if let Some(parts) = BORN.captures(text) {
        let day = |place: usize| parts.get(place).and_then(|part| date::read(part.as_str()).value);
        reading.value.born = day(1).zip(day(2)).map(|(one, other)| (one.min(other), one.max(other)));
        reading.note(Finding::AgeByBirthDate);
    } else if DATES.is_match(text) {
        reading.note(Finding::AgeByBirthDate);
    }
}

fn english(text: &str, reading: &mut Reading<Ages>) -> bool {
    let number = |parts: &Captures<'_>, place: usize| parts.get(place).and_then(|part| age(part.as_str()));
    let limits = if let Some(parts) = ENGLISH_LIMIT.captures(text) {
        Limits { min: None, max: number(&parts, 1) }
    } else if let Some(parts) = ENGLISH_RANGE.captures(text) {
        Limits { min: number(&parts, 1), max: number(&parts, 2) }
    } else if let Some(parts) = ENGLISH_UNDER.captures(text) {
        Limits { min: None, max: number(&parts, 1) }
    } else if let Some(parts) = ENGLISH_OVER.captures(text) {
        Limits { min: number(&parts, 1), max: None }
    } else {
        return false;
    };
    set(reading, Subject::Both, limits);
    true
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Both,
    Male,
    Female,
}

/// A sentence whose bracket names a group defines that group; its numbers limit nobody else.
fn sentence(text: &str, reading: &mut Reading<Ages>) {
    let in_brackets = text.split('(').skip(1).filter_map(|part| part.split(')').next());
    if in_brackets.into_iter().any(|part| GROUP.is_match(part)) {
        reading.note(Finding::AgeOfAGroup);
        return;
    }
    let exclusive = EXCLUSIVE.is_match(text);
    for part in PHRASE.split(text).filter(|part| !part.is_empty()) {
        if RELAXED.is_match(part) {
            reading.note(Finding::AgeRelaxed);
        } else if RETIREMENT.is_match(part) {
            reading.note(Finding::AgeRule);
        } else if GROUP.is_match(part) {
            reading.note(Finding::AgeOfAGroup);
        } else if !INCLUSIVE.is_match(part) && !EXCLUSIVE.is_match(part) {
            phrase(part, exclusive, reading);
        }
    }
}

fn phrase(text: &str, exclusive: bool, reading: &mut Reading<Ages>) {
    let text = BOTH_SEXES.replace_all(text, "");
    let mut marks = SEX.find_iter(&text).peekable();
    let first = marks.peek().map_or(text.len(), regex::Match::start);
    segment(text.get(..first).unwrap_or_default(), Subject::Both, exclusive, reading);
    while let Some(mark) = marks.next() {
        let end = marks.peek().map_or(text.len(), regex::Match::start);
        let subject = if mark.as_str().starts_with('男') { Subject::Male } else { Subject::Female };
        segment(text.get(mark.end()..end).unwrap_or_default(), subject, exclusive, reading);
    }
}

fn segment(text: &str, subject: Subject, exclusive: bool, reading: &mut Reading<Ages>) {
    let Some(mut limits) = limits(text) else {
        if NUMBER.is_match(text) {
            reading.note(if LONE.is_match(text) { Finding::AgeWithoutBound } else { Finding::UnreadableAge });
        }
        return;
    };
    if exclusive {
        limits.max = limits.max.map(|max| max.saturating_sub(1));
    }
    if text.contains("一般") || text.contains("原则") || text.contains("左右") {
        reading.note(Finding::AgeUsually);
    }
    set(reading, subject, limits);
}

fn limits(text: &str) -> Option<Limits> {
    let number = |parts: &Captures<'_>| parts.iter().skip(1).flatten().find_map(|part| age(part.as_str()));
    let less = LESS_THAN.captures(text).and_then(|parts| number(&parts)).map(|age| age.saturating_sub(1));
    if let (None, Some(parts)) = (less, RANGE.captures(text)) {
        let end = |place: usize| parts.get(place).and_then(|part| age(part.as_str()));
        return Some(Limits { min: Some(end(1)?), max: Some(end(2)?) });
    }
    let most = AT_MOST.captures(text).and_then(|parts| number(&parts));
    let more = MORE_THAN.captures(text).and_then(|parts| number(&parts)).map(|age| age.saturating_add(1));
    let least = AT_LEAST.captures(text).and_then(|parts| number(&parts));
    let max = less.or(most);
    let min = least.or(if most.is_some() { None } else { more });
    (min.is_some() || max.is_some()).then_some(Limits { min, max })
}

fn age(text: &str) -> Option<u8> {
    whole(text).and_then(|age| u8::try_from(age).ok())
}

/// The first statement about a sex stands; a later, different one is a finding.
fn set(reading: &mut Reading<Ages>, subject: Subject, limits: Limits) {
    let ages = &mut reading.value;
    let mut differs = false;
    let mut fill = |place: &mut Option<u8>, value: Option<u8>| {
        differs |= place.is_some() && value.is_some() && *place != value;
        *place = place.or(value);
    };
    if subject != Subject::Female {
        fill(&mut ages.male.min, limits.min);
        fill(&mut ages.male.max, limits.max);
    }
    if subject != Subject::Male {
        fill(&mut ages.female.min, limits.min);
        fill(&mut ages.female.max, limits.max);
    }
    if differs {
        reading.note(Finding::AgeTwice);
    }
}

/// Limits that are no ages of workers (10 to 99), or upside down, are dropped, each sex for itself.
fn check(reading: &mut Reading<Ages>) {
    let mut wrong = false;
    for limits in [&mut reading.value.male, &mut reading.value.female] {
        let possible = |age: u8| (10..=99).contains(&age);
        let numbers = limits.min.into_iter().chain(limits.max).all(possible);
        let order = limits.min.zip(limits.max).is_none_or(|(min, max)| min <= max);
        if !(numbers && order) {
            (*limits, wrong) = (Limits::default(), true);
        }
    }
    if wrong {
        reading.note(Finding::ImpossibleAge);
    }
}

#[cfg(test)]
mod tests;
