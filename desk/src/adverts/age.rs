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
    INCLUDED = r"\((?:含|包含)(?:本数|\d{1,3}周?岁?)?\)";
    SEX_BRACKET = r"([男女]性?)\(([^()]*)\)";
    TO_RETIREMENT = r"(?:以上)?(?:至|到|-|~)[^,;。]{0,6}退休(?:年龄)?";
    SENTENCE = r"[;。\n]";
    PHRASE = r"[,、()]|\.\.\.";
    RELAXED = r"放宽|放寬|延长至|除外可";
    RETIREMENT = r"退休|法定劳动年龄|劳动年龄段?内";
    GROUP = r"大龄|4050|4555|失业人员|就业困难|劳动力|毕业生|脱贫|优先";
    BOTH_SEXES = r"男女(?:性)?(?:不限|均可|皆可|都可|不拘)?";
    SEX = r"男(?:性|士|同志|职工)?|女(?:性|士|同志|职工)?";
    EXCLUSIVE = r"不含(?:本数|\d*)";
    ENGLISH_LIMIT = r"(?i)(?:upper|maximum|max)\D*(?:\d+\s*to\s*)?(\d{2})";
    ENGLISH_RANGE = r"(?i)(?:aged?|between|ages)\D{0,12}(\d{2})\D{1,5}(\d{2})";
    ENGLISH_UNDER = r"(?i)(?:under|below|up to|at most|no older than)\D{0,6}(\d{2})";
    ENGLISH_OVER = r"(?i)(?:over|above|at least|from)\D{0,6}(\d{2})";
    RANGE = r"(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:及以上|以上|起)?(?:-{1,2}|~{1,2}|至|到)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(周?岁)?";
    LESS_THAN = r"(?:未满|不满|不足|小于|低于)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?";
    MORE_THAN = r"(?:大于|高于|超过)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)周?岁?";
    AT_MOST = r"(?:不得?超过|不大于|不高于|最高|最大|上限|至多|截止)[^\d一二三四五六七八九十]{0,2}(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)|(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:及|含|或)?以[下内]";
    AT_LEAST = r"(?:已?年满|不低于|不小于|不得低于|最低|最小|至少|满)(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)|(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:周?岁)?(?:\(含\))?(?:(?:及|含|或)?以上|起)";
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
    let text = tight(&text.replace('\n', ";"));
    let mut reader = Reader::default();
    if text.is_empty() || text == "不限" || text == "无" || text == "年龄不限" {
        return Reading::default();
    }
    reader.born(&text);
    let text = DATES.replace_all(&text, "");
    let text = YEARS_OF_SERVICE.replace_all(&text, "");
    let text = INCLUDED.replace_all(&text, "");
    let text = SEX_BRACKET.replace_all(&text, "$1$2,");
    match english(&text) {
        Some(limits) => reader.said.push((Subject::Both, limits)),
        None => SENTENCE.split(&text).for_each(|part| reader.sentence(part)),
    }
    reader.finish()
}

fn english(text: &str) -> Option<Limits> {
    let number = |parts: &Captures<'_>, place: usize| parts.get(place).and_then(|part| age(part.as_str()));
    if let Some(parts) = ENGLISH_LIMIT.captures(text) {
        return Some(Limits { min: None, max: number(&parts, 1) });
    }
    if let Some(parts) = ENGLISH_RANGE.captures(text) {
        return Some(Limits { min: number(&parts, 1), max: number(&parts, 2) });
    }
    if let Some(parts) = ENGLISH_UNDER.captures(text) {
        return Some(Limits { min: None, max: number(&parts, 1) });
    }
    ENGLISH_OVER.captures(text).map(|parts| Limits { min: number(&parts, 1), max: None })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Both,
    Male,
    Female,
}

/// What was said so far.
#[derive(Default)]
struct Reader {
    said: Vec<(Subject, Limits)>,
    /// 不含: upper ends are left out.
    exclusive: bool,
    reading: Reading<Ages>,
}

impl Reader {
    fn born(&mut self, text: &str) {
        if let Some(parts) = BORN.captures(text) {
            let day = |place: usize| parts.get(place).and_then(|part| date::read(part.as_str()).value);
            let days = day(1).zip(day(2));
            self.reading.value.born = days.map(|(one, other)| (one.min(other), one.max(other)));
        }
        if DATES.is_match(text) {
            self.reading.note(Finding::AgeByBirthDate);
        }
    }

    /// A sentence whose bracket names a group defines that group; its numbers limit nobody else.
    fn sentence(&mut self, text: &str) {
        let mut in_brackets = text.split('(').skip(1).filter_map(|part| part.split(')').next());
        if in_brackets.any(|part| GROUP.is_match(part)) {
            self.reading.note(Finding::AgeOfAGroup);
            return;
        }
        self.exclusive = EXCLUSIVE.is_match(text);
        for part in PHRASE.split(text).filter(|part| !part.is_empty()) {
            if RELAXED.is_match(part) {
                self.reading.note(Finding::AgeRelaxed);
            } else if RETIREMENT.is_match(part) {
                self.reading.note(Finding::AgeRule);
                if TO_RETIREMENT.is_match(part) {
                    self.phrase(&TO_RETIREMENT.replace(part, "以上"));
                }
            } else if GROUP.is_match(part) {
                self.reading.note(Finding::AgeOfAGroup);
            } else if !EXCLUSIVE.is_match(part) {
                self.phrase(part);
            }
        }
    }

    fn phrase(&mut self, text: &str) {
        let text = BOTH_SEXES.replace_all(text, "");
        let mut marks = SEX.find_iter(&text).peekable();
        let first = marks.peek().map_or(text.len(), regex::Match::start);
        self.segment(text.get(..first).unwrap_or_default(), Subject::Both);
        while let Some(mark) = marks.next() {
            let end = marks.peek().map_or(text.len(), regex::Match::start);
            let subject = if mark.as_str().starts_with('男') { Subject::Male } else { Subject::Female };
            self.segment(text.get(mark.end()..end).unwrap_or_default(), subject);
        }
    }

    fn segment(&mut self, text: &str, subject: Subject) {
        let Some(mut limits) = limits(text) else {
            if NUMBER.is_match(text) {
                let alone = LONE.is_match(text);
                self.reading.note(if alone { Finding::AgeWithoutBound } else { Finding::UnreadableAge });
            }
            return;
        };
        if self.exclusive {
            limits.max = limits.max.map(|max| max.saturating_sub(1));
        }
        if text.contains("一般") || text.contains("原则") || text.contains("左右") {
            self.reading.note(Finding::AgeUsually);
        }
        self.said.push((subject, limits));
    }

    /// What is said of one sex stands before what is said of both; of two different statements the first
    /// stands.
    fn finish(mut self) -> Reading<Ages> {
        for subject in [Subject::Male, Subject::Female] {
            let mut limits = Limits::default();
            for about in [subject, Subject::Both] {
                let said = self.said.iter().filter(|(whom, _)| *whom == about);
                let all: Vec<Limits> = said.map(|(_, limits)| *limits).collect();
                let (mins, maxs) =
                    (all.iter().filter_map(|one| one.min), all.iter().filter_map(|one| one.max));
                let (mins, maxs): (Vec<u8>, Vec<u8>) = (mins.collect(), maxs.collect());
                if differ(&mins) || differ(&maxs) {
                    self.reading.note(Finding::AgeTwice);
                }
                limits.min = limits.min.or(mins.first().copied());
                limits.max = limits.max.or(maxs.first().copied());
            }
            if subject == Subject::Male {
                self.reading.value.male = limits;
            } else {
                self.reading.value.female = limits;
            }
        }
        check(&mut self.reading);
        if self.reading.value == Ages::default() && self.reading.findings.is_empty() {
            self.reading.note(Finding::UnreadableAge);
        }
        self.reading
    }
}

fn differ(ages: &[u8]) -> bool {
    ages.windows(2).any(|pair| pair.first() != pair.last())
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
    let rest = LESS_THAN.replace_all(text, ""); // `不满60` is no `满60`
    let least = AT_LEAST.captures(&rest).and_then(|parts| number(&parts));
    let max = less.or(most);
    let min = least.or(if most.is_some() { None } else { more });
    (min.is_some() || max.is_some()).then_some(Limits { min, max })
}

fn age(text: &str) -> Option<u8> {
    whole(text).and_then(|age| u8::try_from(age).ok())
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
