//! Names and numbers as they may appear in a published list.

use std::borrow::Cow;

use regex::Captures;

use super::citizen::letters;
use crate::adverts::text::patterns;

/// Surnames of two characters, so that a name keeps its surname and nothing more. The usual ones; of any
/// other the first character stays.
const DOUBLE: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟",
    "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离",
    "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "百里", "呼延", "东郭", "西门", "南门", "歐陽", "司馬",
    "諸葛",
];

/// The surname and one `＊` for each further character, two at most: `张＊`, `欧阳＊＊`.
///
/// A name of a single character is hidden whole.
pub fn mask_name(name: &str) -> String {
    let name: Vec<char> = name.trim().chars().filter(|letter| !letter.is_whitespace()).collect();
    let double: String = name.iter().take(2).collect();
    let kept = if name.len() > 2 && DOUBLE.contains(&double.as_str()) { 2 } else { 1 };
    let kept = kept.min(name.len().saturating_sub(1));
    let hidden = name.len().saturating_sub(kept).min(2);
    name.iter().take(kept).copied().chain(std::iter::repeat_n('＊', hidden)).collect()
}

/// The first four characters (province and prefecture) of a number of a person and six `＊`.
///
/// Nothing of the end is kept: in a certificate number the end is the class and the level. Anything that
/// is too short or does not start with digits is hidden whole; an empty cell stays empty.
pub fn mask_number(number: &str) -> String {
    let letters = letters(number);
    let start: String = letters.iter().take(4).take_while(|letter| letter.is_ascii_digit()).collect();
    match letters.len() {
        0 => String::new(),
        15.. if start.len() == 4 => format!("{start}＊＊＊＊＊＊"),
        _ => "＊＊＊＊＊＊".to_owned(),
    }
}

/// The first three and the last two digits of a telephone number of eleven digits or more; of a shorter one
/// the last two; of anything shorter than seven digits nothing.
pub fn mask_telephone(number: &str) -> String {
    let digits: Vec<char> = letters(number).into_iter().filter(char::is_ascii_digit).collect();
    let end: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
    match digits.len() {
        0 => String::new(),
        11.. => format!("{}＊＊＊＊＊＊{end}", digits.iter().take(3).collect::<String>()),
        7..=10 => format!("＊＊＊＊＊＊{end}"),
        _ => "＊＊＊＊＊＊".to_owned(),
    }
}

patterns! {
    // numbers of people (15 to 23 characters), then mobile telephones, as they stand inside a sentence
    NUMBERS = r"\d{14,19}[\dXx](?:[1-7][1-4])?(?:[Bb]\d{1,2})?|1[3-9]\d{9}";
}

/// A sentence with every number of a person and every mobile number in it masked.
///
/// For texts that quote a cell which was meant to hold something else.
pub fn hide_numbers(text: &str) -> Cow<'_, str> {
    NUMBERS.replace_all(text, |found: &Captures<'_>| {
        let number = found.get(0).map_or("", |number| number.as_str());
        if number.len() == 11 { mask_telephone(number) } else { mask_number(number) }
    })
}

#[cfg(test)]
mod tests {
    use super::{hide_numbers, mask_name, mask_number, mask_telephone};

    #[test]
    fn names_keep_the_surname() {
        for (name, masked) in [
            ("张三", "张＊"),
            ("张 三丰", "张＊＊"),
            ("欧阳修", "欧阳＊"),
            ("欧阳", "欧＊"),
            ("阿依古丽·买买提", "阿＊＊"),
            ("张", "＊"),
            ("", ""),
        ] {
            assert_eq!(mask_name(name), masked);
        }
    }

    #[test]
    fn numbers_keep_nothing_of_birth_class_or_level() {
        assert_eq!(mask_number("43122718000101001X"), "4312＊＊＊＊＊＊");
        assert_eq!(mask_number("43122718000101001X23B1"), "4312＊＊＊＊＊＊");
        assert_eq!(mask_number("某某某"), "＊＊＊＊＊＊");
        assert_eq!(mask_number(" "), "");
        assert_eq!(mask_telephone("１３０-0000-0012"), "130＊＊＊＊＊＊12");
        assert_eq!(mask_telephone("6220012"), "＊＊＊＊＊＊12");
        assert_eq!(mask_telephone("110"), "＊＊＊＊＊＊");
    }

    #[test]
    fn numbers_inside_sentences_are_hidden() {
        let text = hide_numbers("证号43122718000101001X23，电话13000000012，3人");
        assert_eq!(text, "证号4312＊＊＊＊＊＊，电话130＊＊＊＊＊＊12，3人");
    }

    proptest::proptest! {
        #[test]
        fn no_mask_shows_five_digits_in_a_row(text in "\\PC*", number in "[0-9]{14,19}[0-9X](B[1-9])?") {
            let shown = [mask_name(&text), mask_number(&text), mask_telephone(&text), mask_telephone(&number),
                mask_number(&number), hide_numbers(&number).into_owned()].join(" ");
            let longest = shown.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
            proptest::prop_assert!(longest.unwrap_or(0) < 5, "{}", shown);
        }
    }
}
