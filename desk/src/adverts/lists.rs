//! Lists in one cell: names, skills of a person (`name:level`), skills of an opening (`name:level:weight`).

use super::text::{patterns, plain};
use super::{Finding, Reading};

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// As written, without spaces at its ends.
    pub name: String,
    /// The first number; its scale belongs to the column.
    pub level: Option<u8>,
    /// The second number; its scale belongs to the column.
    pub weight: Option<u8>,
}

patterns! {
    BETWEEN = r"[;,、\n\r|]+";
    NUMBER = r"^\d{1,3}$";
}

/// Names alone: `保洁；绿化、门卫`. Order kept, a repeated name once with a finding.
pub fn names(text: &str) -> Reading<Vec<String>> {
    read(text, 0).map(|items| items.into_iter().map(|item| item.name).collect())
}

/// Skills of a person: `打字:3；Excel：2`. The level may be missing.
pub fn skills(text: &str) -> Reading<Vec<Item>> {
    read(text, 1)
}

/// Skills that an opening asks for: `打字:3:50;沟通:2:50`. Level and weight may be missing.
pub fn requirements(text: &str) -> Reading<Vec<Item>> {
    read(text, 2)
}

/// Items with at most `numbers` numbers behind the name. Separators may be `;`, `,`, `、` or a line break, in
/// either width. An item with a number that cannot be read keeps its name and loses that number.
fn read(text: &str, numbers: usize) -> Reading<Vec<Item>> {
    let text = plain(text);
    let mut reading = Reading::clean(Vec::<Item>::new());
    for piece in BETWEEN.split(&text).map(str::trim).filter(|piece| !piece.is_empty()) {
        let mut parts = piece.split(':').map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let rest: Vec<&str> = parts.collect();
        if rest.len() > numbers {
            reading.note(Finding::TooManyParts);
        }
        let mut number = |place: usize| {
            let part = rest.get(place).copied().filter(|part| place < numbers && !part.is_empty())?;
            let value = NUMBER.is_match(part).then(|| part.parse().ok()).flatten();
            if value.is_none() {
                reading.note(Finding::UnreadableNumber);
            }
            value
        };
        let (level, weight) = (number(0), number(1));
        if name.is_empty() {
            reading.note(Finding::NameMissing);
        } else if reading.value.iter().any(|item| item.name == name) {
            reading.note(Finding::RepeatedName);
        } else {
            reading.value.push(Item { name, level, weight });
        }
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::{Finding, Item, names, requirements, skills};

    fn item(name: &str, level: Option<u8>, weight: Option<u8>) -> Item {
        Item { name: name.to_owned(), level, weight }
    }

    #[test]
    fn both_widths_of_the_separators() {
        let expected =
            [item("打字", Some(3), None), item("Excel 表格", Some(2), None), item("手语", None, None)];
        assert_eq!(skills("打字：3；Excel 表格:2、手语;").value, expected);
        assert_eq!(
            requirements("打字:3:50，沟通：2").value,
            [item("打字", Some(3), Some(50)), item("沟通", Some(2), None)]
        );
        assert_eq!(names("保洁；绿化、门卫\n").value, ["保洁", "绿化", "门卫"]);
    }

    #[test]
    fn faults_keep_the_rest() {
        for (text, fault, kept) in [
            ("打字:高;手语:2", Finding::UnreadableNumber, 2),
            (":3;手语:2", Finding::NameMissing, 1),
            ("手语:1;手语:2", Finding::RepeatedName, 1),
            ("手语:1:2", Finding::TooManyParts, 1),
            ("打字:-1", Finding::UnreadableNumber, 1),
            ("打字:999", Finding::UnreadableNumber, 1),
        ] {
            let reading = skills(text);
            assert_eq!((reading.findings, reading.value.len()), (vec![fault], kept), "{text}");
        }
        assert_eq!(skills(" ").value, []);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[a-c:;0-9，：]{0,20}") {
            let _ = (names(&text), skills(&text), requirements(&near));
        }
    }
}
