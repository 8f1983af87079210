//! Class, level and sex as they stand in the columns of a person.

use super::text::{patterns, tight, whole};
use super::{Finding, Reading};

/// Class of disability with its digit in certificate numbers (GB/T 26341-2010).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 视力.
    Visual = 1,
    /// 听力.
    Hearing,
    /// 言语.
    Speech,
    /// 肢体.
    Physical,
    /// 智力.
    Intellectual,
    /// 精神.
    Mental,
    /// 多重: two or more of the others.
    Multiple,
}

impl Class {
    /// All seven, in the order of their digits.
    pub const ALL: [Self; 7] = [
        Self::Visual,
        Self::Hearing,
        Self::Speech,
        Self::Physical,
        Self::Intellectual,
        Self::Mental,
        Self::Multiple,
    ];

    /// The class of a digit, 1 to 7.
    pub fn from_digit(digit: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.digit() == digit)
    }

    /// The digit, 1 to 7.
    pub const fn digit(self) -> u8 {
        self as u8
    }
}

/// Sex of a person as documents state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

patterns! {
    LEVEL = r"^(?:残疾)?([0-9]{1,2}(?:\.0+)?|[一二三四五六七八九十壹贰叁肆伍]|I{1,3}|IV|V)级?(?:残疾)?$";
    UNGRADED = r"未评|未定|无级|待定|不详|未知";
    VISUAL = r"视力|视障|视残|盲|低视|^1(?:\.0+)?$|(?i:visual)";
    HEARING = r"听力|听障|听残|聋|^2(?:\.0+)?$|(?i:hearing)";
    SPEECH = r"言语|语言|言障|哑|^3(?:\.0+)?$|(?i:speech)";
    PHYSICAL = r"肢|^4(?:\.0+)?$|(?i:physical)";
    INTELLECTUAL = r"智|^5(?:\.0+)?$|(?i:intellectual)";
    MENTAL = r"精神|精残|^6(?:\.0+)?$|(?i:mental|psych)";
    MULTIPLE = r"多重|综合|^7(?:\.0+)?$|(?i:multiple)";
    SEPARATOR = r"[;,、/|+和与及]";
}

/// Level of a certificate: `一级`, `1`, `1级`, `壹级`, `Ⅰ级`, `1.0`; 1 (most severe) to 4.
///
/// Other scales (5 to 10, of soldiers and of work injuries) are a finding, not a level.
pub fn level(text: &str) -> Reading<Option<u8>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    let word = LEVEL.captures(&text).and_then(|parts| parts.get(1)).map(|word| word.as_str());
    let number = word.and_then(|word| match word {
        "I" => Some(1),
        "II" => Some(2),
        "III" => Some(3),
        "IV" => Some(4),
        "V" => Some(5),
        _ => whole(word.split('.').next().unwrap_or(word)),
    });
    match number.and_then(|number| u8::try_from(number).ok()) {
        Some(number @ 1..=4) => Reading::clean(Some(number)),
        Some(_) => Reading::with(None, Finding::LevelOutOfScale),
        None if UNGRADED.is_match(&text) => Reading::with(None, Finding::LevelNotGraded),
        None => Reading::with(None, Finding::UnreadableLevel),
    }
}

/// Class of a certificate: `视力`, `视力残疾`, `1`, `visual`.
///
/// Two classes in one cell are a finding: only the certificate tells whether it says `多重`.
pub fn class(text: &str) -> Reading<Option<Class>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    match named(&text).as_slice() {
        [class] => Reading::clean(Some(*class)),
        // `听力言语多重` names the class and its constituents
        several if several.contains(&Class::Multiple) => Reading::clean(Some(Class::Multiple)),
        [] => Reading::with(None, Finding::UnreadableClass),
        _ => Reading::with(None, Finding::SeveralClasses),
    }
}

/// The constituents of a multiple disability: `视力、听力`, `1,2`, `听力残疾;言语残疾`. Sorted, each once.
pub fn constituents(text: &str) -> Reading<Vec<Class>> {
    let text = tight(text);
    let mut reading = Reading::clean(Vec::new());
    for piece in SEPARATOR.split(&text).filter(|piece| !piece.is_empty()) {
        let classes = named(piece);
        if classes.is_empty() {
            reading.note(Finding::UnreadableClass);
        }
        reading.value.extend(classes.into_iter().filter(|class| *class != Class::Multiple));
    }
    reading.value.sort_unstable();
    reading.value.dedup();
    reading
}

fn named(text: &str) -> Vec<Class> {
    let words = [&VISUAL, &HEARING, &SPEECH, &PHYSICAL, &INTELLECTUAL, &MENTAL, &MULTIPLE];
    let found = Class::ALL.into_iter().zip(words).filter(|(_, word)| word.is_match(text));
    found.map(|(class, _)| class).collect()
}

/// Sex of a person: `男`, `女`, `男性`, `1`, `2`, `M`, `F` (digits as in GB/T 2261.1).
///
/// `0` (unknown) and `9` (not stated) are no sex and no finding.
pub fn sex(text: &str) -> Reading<Option<Sex>> {
    let text = tight(text).to_lowercase();
    match text.strip_suffix(".0").unwrap_or(&text) {
        "男" | "男性" | "男士" | "1" | "m" | "male" => Reading::clean(Some(Sex::Male)),
        "女" | "女性" | "女士" | "2" | "f" | "female" => Reading::clean(Some(Sex::Female)),
        "" | "0" | "9" | "未知" | "未说明" | "不详" => Reading::clean(None),
        _ => Reading::with(None, Finding::UnreadableSex),
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Finding, Sex, class, constituents, level, sex};

    #[test]
    fn levels_in_all_their_forms() {
        for text in ["二级", "2", "2级", "贰级", "Ⅱ级", "２", "2.0", "残疾二级"] {
            assert_eq!(level(text).value, Some(2), "{text}");
        }
        for (text, finding) in [
            ("5级", Finding::LevelOutOfScale),
            ("十级", Finding::LevelOutOfScale),
            ("0", Finding::LevelOutOfScale),
            ("未评定", Finding::LevelNotGraded),
            ("重度", Finding::UnreadableLevel),
        ] {
            assert_eq!((level(text).value, level(text).findings), (None, vec![finding]), "{text}");
        }
    }

    #[test]
    fn classes_in_all_their_forms() {
        for (digit, text) in
            ["1", "听力残疾", "言语", "肢体残疾人", "智力", "6.0", "多重残疾"].iter().enumerate()
        {
            assert_eq!(class(text).value, Some(Class::ALL[digit]), "{text}");
        }
        assert_eq!(class("视力、听力").findings, [Finding::SeveralClasses]);
        assert_eq!(class("8").findings, [Finding::UnreadableClass]);
        assert_eq!(constituents("言语残疾；听力").value, [Class::Hearing, Class::Speech]);
        assert_eq!(constituents("1,2").value, [Class::Visual, Class::Hearing]);
    }

    #[test]
    fn sexes() {
        assert_eq!((sex("男").value, sex("Ｆ").value), (Some(Sex::Male), Some(Sex::Female)));
        assert_eq!((sex("0").value, sex("0").findings), (None, vec![]));
        assert_eq!(sex("男女").findings, [Finding::UnreadableSex]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = (level(&text), class(&text), constituents(&text), sex(&text));
        }
    }
}
