//! Form of employment and place of work (at home, online).

use super::text::{patterns, tight};
use super::{Finding, Reading};

/// Form of employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 全职, 全日制.
    FullTime,
    /// 兼职.
    PartTime,
    /// 非全日制: by the hour under its own contract rules.
    NotFullDay,
    /// 临时, 季节工, 短期.
    Temporary,
    /// 实习, 见习.
    Internship,
    /// 灵活就业.
    Flexible,
    /// 劳务派遣.
    Dispatched,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 7] = [
        Self::FullTime,
        Self::PartTime,
        Self::NotFullDay,
        Self::Temporary,
        Self::Internship,
        Self::Flexible,
        Self::Dispatched,
    ];
}

patterns! {
    NOT_FULL_DAY = r"非全日制|非全职|小时工|钟点工";
    FULL = r"全职|全日制|长期工|正式工";
    PART = r"兼职";
    TEMPORARY = r"临时|季节|短期|日结工|暑假工|寒假工";
    INTERNSHIP = r"实习|见习";
    FLEXIBLE = r"灵活";
    DISPATCHED = r"派遣";
    ANY = r"不限|均可|皆可";
    HOME = r"居家|在家|家里|不出门|线上|远程|网上办公";
    OPEN = r"协商|商定|双方";
}

/// Reads the forms of employment of a cell, or the ones that a person wants: `全职`, `全职或兼职`, `兼職`.
///
/// Order as in [`Form::ALL`]. Empty: not stated; `不限` too.
pub fn read(text: &str) -> Reading<Vec<Form>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::default();
    }
    let rest = NOT_FULL_DAY.replace_all(&text, "");
    let found: Vec<Form> = [
        (FULL.is_match(&rest), Form::FullTime),
        (PART.is_match(&rest), Form::PartTime),
        (rest != text, Form::NotFullDay),
        (TEMPORARY.is_match(&rest), Form::Temporary),
        (INTERNSHIP.is_match(&rest), Form::Internship),
        (FLEXIBLE.is_match(&rest), Form::Flexible),
        (DISPATCHED.is_match(&rest), Form::Dispatched),
    ]
    .into_iter()
    .filter_map(|(found, form)| found.then_some(form))
    .collect();
    if found.is_empty() && !ANY.is_match(&text) {
        return Reading::with(found, Finding::UnreadableForm);
    }
    Reading::clean(found)
}

/// Whether work is done at home: `居家`, `线上`, `不出门…兼职主播`. `None` where nothing is said or both sides
/// are to agree on it.
pub fn at_home(text: &str) -> Option<bool> {
    let text = tight(text);
    (HOME.is_match(&text) && !OPEN.is_match(&text)).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::{Finding, Form, at_home, read};

    #[test]
    fn forms() {
        for (text, expected) in [
            ("", vec![]),
            ("全职", vec![Form::FullTime]),
            ("兼職", vec![Form::PartTime]),
            ("非全日制", vec![Form::NotFullDay]),
            ("全职或兼职", vec![Form::FullTime, Form::PartTime]),
            ("实习", vec![Form::Internship]),
            ("不限", vec![]),
            ("临时工（劳务派遣）", vec![Form::Temporary, Form::Dispatched]),
        ] {
            assert_eq!((read(text).value, read(text).findings), (expected, vec![]), "{text}");
        }
        assert_eq!(read("上班").findings, [Finding::UnreadableForm]);
    }

    #[test]
    fn work_at_home() {
        assert_eq!(at_home("小故事电台读文主播（居家办公）"), Some(true));
        assert_eq!(at_home("是否可在家里上班由双方商量"), None);
        assert_eq!(at_home("坐班"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = (read(&text), at_home(&text));
        }
    }
}
