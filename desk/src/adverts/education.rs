//! Schooling that an advert asks for, and schooling that a person has.

use super::text::{patterns, tight};
use super::{Finding, Reading};

/// Schooling in the order of GB/T 4658, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No schooling (文盲).
    None,
    /// 小学.
    Primary,
    /// 初中.
    Junior,
    /// 高中, 中专, 职高, 技校.
    Senior,
    /// 大专, 高职.
    College,
    /// 本科.
    Bachelor,
    /// 硕士, 博士.
    Postgraduate,
}

/// What an advert asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Required {
    /// Nothing is stated.
    #[default]
    NotStated,
    /// It is stated that schooling does not matter.
    Any,
    /// This level or a higher one. A level without 以上 is read so too: adverts name the least they ask for.
    AtLeast(Level),
}

patterns! {
    WORDS = concat!(
        r"(?P<postgraduate>硕士|博士|研究生|硕博)|(?P<bachelor>本科|学士|大学(?:本科)?)|(?P<college>大专|专科|高职|高专)",
        r"|(?P<senior>高中|中专|中技|中职|职高|职业高中|技校|技工|中等)|(?P<junior>初中|义务教育)|(?P<primary>小学)",
        r"|(?P<none>文盲|未上(?:过)?学|不识字|没上过学)",
    );
    NONE_ASKED = r"不限|无要求|不要求|无学历|均可|不作要求";
    WISH = r"优先|为佳|更佳";
    MOST = r"以下";
    FULL_TIME = r"全日制";
    NOT_FULL_TIME = r"非全日制";
    SOME_POSTS = r"绝大多数|大多数|部分岗位|多数";
    PHRASE = r"[,;。]";
}

/// Reads what an advert asks for: `学历不限`, `高中/中专`, `专科以上学历`; of several levels the lowest.
///
/// ```
/// use anzhi_desk::adverts::education::{Level, Required, required};
///
/// assert_eq!(required("高中/中专").value, Required::AtLeast(Level::Senior));
/// assert_eq!(required("学历不限").value, Required::Any);
/// ```
pub fn required(text: &str) -> Reading<Required> {
    let text = tight(text);
    let mut reading = Reading::clean(Required::NotStated);
    if text.is_empty() {
        return reading;
    }
    let phrases = PHRASE.split(&text).filter(|phrase| !WISH.is_match(phrase));
    let lowest = phrases.flat_map(levels).min();
    if FULL_TIME.is_match(&text) && !NOT_FULL_TIME.is_match(&text) {
        reading.note(Finding::FullTimeStudy);
    }
    if SOME_POSTS.is_match(&text) {
        reading.note(Finding::EducationOfMostPosts);
    }
    reading.value = match lowest {
        Some(_) if MOST.is_match(&text) => {
            reading.note(Finding::EducationUpperBound);
            Required::NotStated
        }
        Some(level) => Required::AtLeast(level),
        None if NONE_ASKED.is_match(&text) || text == "无" => Required::Any,
        None => {
            reading.note(Finding::UnreadableEducation);
            Required::NotStated
        }
    };
    reading
}

/// Reads the schooling of a person: `大专`, `本科`, `初中毕业`. Two different levels in one cell are a finding.
pub fn attained(text: &str) -> Reading<Option<Level>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    let mut found: Vec<Level> = levels(&text).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [level] => Reading::clean(Some(*level)),
        [] if text == "无" => Reading::clean(Some(Level::None)),
        [] => Reading::with(None, Finding::UnreadableEducation),
        _ => Reading::with(None, Finding::SeveralEducations),
    }
}

fn levels(text: &str) -> impl Iterator<Item = Level> {
    let names = [
        ("postgraduate", Level::Postgraduate),
        ("bachelor", Level::Bachelor),
        ("college", Level::College),
        ("senior", Level::Senior),
        ("junior", Level::Junior),
        ("primary", Level::Primary),
        ("none", Level::None),
    ];
    WORDS.captures_iter(text).filter_map(move |parts| {
        names.into_iter().find(|(name, _)| parts.name(name).is_some()).map(|(_, level)| level)
    })
}

#[cfg(test)]
mod tests {
    use super::{Finding, Level, Required, attained, required};

    #[test]
    fn every_form_of_the_real_adverts() {
        for (text, expected) in [
            ("", Required::NotStated),
            ("学历不限", Required::Any),
            ("大专", Required::AtLeast(Level::College)),
            ("初中", Required::AtLeast(Level::Junior)),
            ("高中/中专", Required::AtLeast(Level::Senior)),
            ("本科及以上", Required::AtLeast(Level::Bachelor)),
            ("小学", Required::AtLeast(Level::Primary)),
            ("硕士", Required::AtLeast(Level::Postgraduate)),
            ("全日制中专学历", Required::AtLeast(Level::Senior)),
            ("专科以上学历", Required::AtLeast(Level::College)),
            ("高中(含中专、中技)以上文化程度", Required::AtLeast(Level::Senior)),
            ("绝大多数岗位有非全日制大专及以上文凭就可以报考", Required::AtLeast(Level::College)),
            ("大专，本科优先", Required::AtLeast(Level::College)),
        ] {
            assert_eq!(required(text).value, expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_a_finding() {
        assert_eq!(required("高中以下").findings, [Finding::EducationUpperBound]);
        assert_eq!(required("有文化").findings, [Finding::UnreadableEducation]);
        assert_eq!(required("全日制本科").findings, [Finding::FullTimeStudy]);
        assert_eq!(attained("大专").value, Some(Level::College));
        assert_eq!(attained("初中或高中").findings, [Finding::SeveralEducations]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = (required(&text), attained(&text));
        }
    }
}
