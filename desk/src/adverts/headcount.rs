//! How many seats an advert offers: a number, or a finding that asks for one.

use regex::Match;

use super::text::{patterns, tight, whole};
use super::{Finding, Reading};

patterns! {
    PLAIN = r"^(\d+)(?:\.0+)?$";
    NEGATIVE = r"^-\d";
    PLACEHOLDER = r"^9{3,}$";
    RANGE = r"\d+(?:-{1,2}|~{1,2}|至|到|、)\d+";
    COUNT = r"(\d+|[一二三四五六七八九十百两]+)(余|多)?(名|人|个|位)([^\d,;。()]{0,14})";
    ALONE = r"^(?:\D*(?:共|计|招聘|招收|招|聘|人数|名额)\D{0,3}[::]?)(\d+)$";
    PHRASE_START = r"[,;。]";
    EACH = r"[每各][^,;。]*$";
    POOL = r"从$";
    CONDITION = r"(?:超过|不足|少于|多于|达到?|满)$";
    UNDER_CONDITION = r"(?:超过|不足|少于|多于|达到?|满)\d+";
    PART = r"其中";
    TOTAL = r"(?:共|合计|总计|总共)[^,;。]{0,6}$";
    GROUP = r"^.{0,3}?(?:社区|村|镇|乡|街道|单位|企业|公司|机构|学校|网点|门店|县|区)";
    NOUN_END = r"每|计划|拟|共|设|招";
    POST = r"岗|职|名额|员|工";
    VAGUE = r"若干|一批|数名|数人|数位|多名|多人|几名|几人|大量|不限|长期";
    ABOUT = r"左右|约|上下|大概|不少于|以上";
    ANNEX = r"附表|附件|详见";
}

/// Reads a number of seats.
///
/// `0`, `999` and words such as 若干 are findings, never a number. Several kinds in one cell are added up
/// with a finding; `126个社区…每个设置一名` is multiplied out with a finding.
///
/// ```
/// use anzhi_desk::adverts::{Finding, headcount};
///
/// assert_eq!(headcount::read("1.0").value, Some(1));
/// assert_eq!(headcount::read("若干").findings, [Finding::VagueHeadcount]);
/// ```
pub fn read(text: &str) -> Reading<Option<u32>> {
    let text = tight(&text.replace('\n', ","));
    if text.is_empty() {
        return Reading::clean(None);
    }
    if NEGATIVE.is_match(&text) {
        return Reading::with(None, Finding::NegativeNumber);
    }
    let mut reading = match PLAIN.captures(&text).and_then(|parts| parts.get(1)) {
        Some(number) => digits(number.as_str()),
        None => sentence(&text),
    };
    if reading.value.is_some_and(|seats| seats > MOST) {
        reading = Reading::with(None, Finding::ImplausibleHeadcount);
    }
    reading
}

/// More seats than one advert ever offers; the largest read so far was 854.
const MOST: u32 = 20_000;

fn digits(number: &str) -> Reading<Option<u32>> {
    match whole(number) {
        Some(0) => Reading::with(None, Finding::ZeroHeadcount),
        _ if PLACEHOLDER.is_match(number) => Reading::with(None, Finding::PlaceholderHeadcount),
        Some(seats) => Reading::clean(Some(seats)),
        None => Reading::with(None, Finding::ImplausibleHeadcount),
    }
}

/// What one number in a sentence counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Seats in persons.
    Persons,
    /// Seats in posts.
    Posts,
    /// Seats in each member of a group, or where a condition holds.
    Each,
    /// Villages, firms …
    Group,
    /// Those to choose from, a threshold, a share of another number.
    Other,
}

fn sentence(text: &str) -> Reading<Option<u32>> {
    let mut reading = Reading::clean(None);
    if RANGE.is_match(text) {
        return Reading::with(None, Finding::HeadcountRange);
    }
    let mut counts: Vec<(u32, Role, bool)> = Vec::new();
    for parts in COUNT.captures_iter(text) {
        let (Some(all), Some(number), Some(unit)) = (parts.get(0), parts.get(1), parts.get(3)) else {
            continue;
        };
        let noun = parts.get(4).map_or("", |noun| noun.as_str());
        let Some(value) = whole(number.as_str()) else { continue };
        let before = before(text, &all);
        counts.push((value, role(before, unit.as_str(), noun), TOTAL.is_match(before)));
    }
    reading.value = seats(&counts, &mut reading.findings);
    remarks(text, &mut reading);
    if reading.value.is_none() && reading.findings.is_empty() {
        let alone = ALONE.captures(text).and_then(|parts| parts.get(1)).map(|number| digits(number.as_str()));
        return alone.unwrap_or_else(|| Reading::with(None, Finding::UnreadableHeadcount));
    }
    reading
}

fn before<'t>(text: &'t str, number: &Match<'_>) -> &'t str {
    let before = text.get(..number.start()).unwrap_or_default();
    let cut = PHRASE_START.find_iter(before).last().map_or(0, |end| end.end());
    before.get(cut..).unwrap_or_default()
}

fn role(before: &str, unit: &str, noun: &str) -> Role {
    let noun = NOUN_END.find(noun).map_or(noun, |end| noun.get(..end.start()).unwrap_or_default());
    if POOL.is_match(before) || CONDITION.is_match(before) || PART.is_match(before) {
        Role::Other
    } else if EACH.is_match(before) || UNDER_CONDITION.is_match(before) {
        Role::Each
    } else if unit == "个" && GROUP.is_match(noun) && !POST.is_match(noun) {
        Role::Group
    } else if unit == "个" {
        Role::Posts
    } else {
        Role::Persons
    }
}

fn seats(counts: &[(u32, Role, bool)], findings: &mut Vec<Finding>) -> Option<u32> {
    let of =
        |wanted: Role| counts.iter().filter(move |(_, role, _)| *role == wanted).map(|(value, ..)| *value);
    let is_seat = |role: Role| matches!(role, Role::Persons | Role::Posts);
    if let Some((total, ..)) = counts.iter().find(|(_, role, total)| *total && is_seat(*role)) {
        return Some(*total).filter(|total| *total > 0);
    }
    for role in [Role::Persons, Role::Posts] {
        let values: Vec<u32> = of(role).collect();
        if values.len() > 1 {
            findings.push(Finding::SeveralHeadcounts);
        }
        if !values.is_empty() {
            return values.into_iter().try_fold(0_u32, u32::checked_add).filter(|sum| *sum > 0);
        }
    }
    let groups: Vec<u32> = of(Role::Group).collect();
    let each = of(Role::Each).next()?;
    if let ([groups], 1) = (groups.as_slice(), of(Role::Each).count()) {
        findings.push(Finding::HeadcountMultiplied);
        return groups.checked_mul(each).filter(|product| *product > 0);
    }
    findings.push(Finding::HeadcountRule);
    None
}

fn remarks(text: &str, reading: &mut Reading<Option<u32>>) {
    let words = [
        (&*VAGUE, Finding::VagueHeadcount),
        (&*ABOUT, Finding::ApproximateHeadcount),
        (&*ANNEX, Finding::HeadcountInAnnex),
    ];
    for (word, finding) in words {
        if word.is_match(text) && !(finding.is_fault() && reading.value.is_some()) {
            reading.note(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, read};

    #[test]
    fn numbers() {
        for (text, seats) in [
            ("5", 5),
            ("１．０", 1),
            ("一名", 1),
            ("招聘人数:110人", 110),
            ("13名,每个镇(街道)各选聘1名", 13),
            ("9人(其中定向招录5人)", 9),
            ("全市126个社区内,每个社区设置一名", 126),
            ("从19名预选人员中选出6名", 6),
            ("12个岗位,招收20名工作人员", 20),
            ("數名(約24名)", 24),
            ("包装工3人 后勤3人 组装工2人）", 8),
            ("综合岗1名，长年工2名。", 3),
            ("保洁3人，保安2人，共5人", 5),
            ("46个乡村公益性岗位", 46),
            ("15个村各1名", 15),
            ("共招5", 5),
        ] {
            assert_eq!(read(text).value, Some(seats), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_is_no_number_is_a_finding() {
        for (text, finding) in [
            ("0", Finding::ZeroHeadcount),
            ("999", Finding::PlaceholderHeadcount),
            ("若干", Finding::VagueHeadcount),
            ("一批", Finding::VagueHeadcount),
            ("3-5人", Finding::HeadcountRange),
            ("5、6人", Finding::HeadcountRange),
            ("-2", Finding::NegativeNumber),
            ("1.5", Finding::UnreadableHeadcount),
            ("12345678901", Finding::ImplausibleHeadcount),
            ("每个行政村设置1个岗位。超过100人的行政村可设立2个岗位", Finding::HeadcountRule),
            ("包装工4", Finding::UnreadableHeadcount),
        ] {
            assert_eq!((read(text).value, read(text).findings), (None, vec![finding]), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "([0-9一两十]{1,3}|[名人个,;。]|每|村|其中|共|从|约|岗位){0,14}") {
            let _ = (read(&text), read(&near));
        }
    }
}
