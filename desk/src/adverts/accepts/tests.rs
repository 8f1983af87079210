use proptest::prelude::*;

use super::{Finding, read};

/// `1:any 2:3;4` for a text.
fn shown(text: &str) -> String {
    let classes = read(text).value.classes;
    let one = |accepted: &super::Accepted| {
        let levels: Vec<String> = accepted.levels.iter().map(|level| level.to_string()).collect();
        format!(
            "{}:{}",
            accepted.class.digit(),
            if accepted.any { "any".to_owned() } else { levels.join(";") }
        )
    };
    classes.iter().map(one).collect::<Vec<_>>().join(" ")
}

const ANY: &str = "1:any 2:any 3:any 4:any 5:any 6:any 7:any";

#[test]
fn strings_of_platforms() {
    for (text, expected) in [
        ("", ""),
        ("视力残疾3,4级;听力残疾1-4级;", "1:3;4 2:1;2;3;4"),
        ("听力残疾2,3,级;言语残疾2,3,级;多重残疾2,3,级;", "2:2;3 3:2;3 7:2;3"),
        ("智力残疾1,2,级", "5:1;2"),
        ("听力残疾1级;精神残疾1级;", "2:1 6:1"),
        ("视力残疾４级；肢体残疾２－４级；", "1:4 4:2;3;4"),
        ("视力、听力、肢体残疾", "1:any 2:any 4:any"),
        ("听力残疾(三级、四级)、肢体残疾（一至四级）", "2:3;4 4:1;2;3;4"),
        ("肢体3,4", "4:3;4"),
        ("听力:1-4;肢体:4", "2:1;2;3;4 4:4"),
        ("physical:3,4;hearing:1-4", "2:1;2;3;4 4:3;4"),
        ("肢体残疾4-3级", "4:3;4"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
        assert!(!read(text).is_faulty(), "{text}: {:?}", read(text).findings);
    }
}

#[test]
fn sentences_of_notices() {
    for (text, expected) in [
        ("三、四级肢体残疾人,四级视力和听力残疾人或智力、精神残疾人直系亲属", "1:4 2:4 4:3;4"),
        ("听力、肢体3、4级残疾朋友都在招聘范围", "2:3;4 4:3;4"),
        ("限定四级听力、四级肢体残疾人报考(省残联岗位还包括四级言语残疾人)", "2:4 3:4 4:4"),
        ("持《残疾人证》的视力、听力残疾人、《残疾军人证》(1-8级)的残疾军人", "1:any 2:any"),
        ("盲人", "1:any"),
        ("聋哑人", "2:any 3:any"),
        ("重度肢体残疾人", "4:1;2"),
        ("持三、四级残疾证者", "1:3;4 2:3;4 3:3;4 4:3;4 5:3;4 6:3;4 7:3;4"),
        ("各类残疾人均可", ANY),
        ("不限", ANY),
        ("肢体残疾人及其亲属", "4:any"),
        ("听力残疾，不接受精神残疾", "2:any"),
        ("精神残疾除外", "1:any 2:any 3:any 4:any 5:any 7:any"),
        ("有敬业精神、矫正视力好的肢体残疾人", "4:any"),
        ("三级以上肢体残疾", "4:1;2;3"),
        ("三级及以下听力残疾", "2:3;4"),
        ("听力残疾三四级", "2:3;4"),
        ("残疾证三级四级", "1:3;4 2:3;4 3:3;4 4:3;4 5:3;4 6:3;4 7:3;4"),
        ("非精神、智力类残疾", "1:any 2:any 3:any 4:any 7:any"),
        ("肢体残疾（双手健全，能行走）3-4级", "4:3;4"),
        ("肢体四级以上（含四级）", "4:1;2;3;4"),
        ("工伤7-10级或肢体残疾3-4级", "4:3;4"),
        ("五级肢体残疾人、四级听力残疾人", "2:4"),
        ("听力残疾4级，肢体残疾优先", "2:4"),
        ("肢体残疾四", "4:4"),
        ("肢体残疾人2名", "4:any"),
    ] {
        assert_eq!(shown(text), expected, "{text}: {:?}", read(text));
    }
}

#[test]
fn what_is_no_class_or_level_is_a_finding() {
    for (text, finding) in [
        ("持有残疾证的轻度残疾人士", Finding::SeverityWord),
        ("肢体残疾需要手部完整", Finding::ConditionOnClass),
        ("残疾军人(1-8级)", Finding::OtherScale),
        ("精神或智力残疾人的直系亲属", Finding::Relatives),
        ("有劳动能力的残疾人优先", Finding::NoClassNamed),
        ("身体有残疾(持残疾证)", Finding::NoClassNamed),
        ("工伤十级", Finding::OtherScale),
        ("盲人优先", Finding::ClassPreferred),
        ("五级肢体残疾人", Finding::LevelOutOfScale),
        ("包吃住", Finding::UnreadableClass),
    ] {
        let reading = read(text);
        assert_eq!((reading.value.classes.len(), reading.findings), (0, vec![finding]), "{text}");
    }
    assert_eq!(read("听力、肢体3、4级").findings, [Finding::SharedLevel]);
    assert_eq!(read("三级以上肢体残疾").findings, [Finding::LevelThreshold]);
}

#[test]
fn a_level_beyond_the_scale_bars_nobody() {
    let accepts = read("听力残疾4级;肢体残疾5级").value;
    assert_eq!(accepts.admits(super::Class::Hearing, 3), Some(false));
    assert_eq!(accepts.admits(super::Class::Mental, 3), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", near in "(视力|听力|残疾|[0-9一四]|[,、;至-]|级|或|亲属|[《》()]|军人证|不接受|需){0,24}") {
        let _ = (read(&text), read(&near));
    }

    #[test]
    fn any_set_of_levels_is_read_back(sets in prop::collection::vec(1..16_u8, 7)) {
        let names = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"];
        let classes: Vec<String> = names.iter().zip(&sets).map(|(name, bits)| {
            let levels: Vec<String> = super::Levels(*bits).iter().map(|level| level.to_string()).collect();
            format!("{name}残疾{}级;", levels.join(","))
        }).collect();
        let text = classes.concat();
        let read: Vec<u8> = read(&text).value.classes.iter().map(|accepted| accepted.levels.bits()).collect();
        prop_assert_eq!(read, sets);
    }
}
