use proptest::prelude::*;

use super::{Finding, read};
use crate::adverts::date::Date;

type Limits = (Option<u8>, Option<u8>);

fn both(text: &str) -> (Limits, Limits) {
    let ages = read(text).value;
    ((ages.male.min, ages.male.max), (ages.female.min, ages.female.max))
}

fn same(min: u8, max: u8) -> (Limits, Limits) {
    let one = |age: u8| (age > 0).then_some(age);
    ((one(min), one(max)), (one(min), one(max)))
}

#[test]
fn limits_for_everybody() {
    for (text, min, max) in [
        ("", 0, 0),
        ("不限", 0, 0),
        ("20-45岁", 20, 45),
        ("１８～４５周歲", 18, 45),
        ("52岁以下，男女不限", 0, 52),
        ("要求年满16周岁…一般不超过60周岁", 16, 60),
        ("年满16周岁以上", 16, 0),
        ("18歲以上未滿65歲", 18, 64),
        ("18周岁以上、60周岁以下", 18, 60),
        ("十八至四十五周岁", 18, 45),
        ("60岁以下(不含60岁)", 0, 59),
        ("45岁以下(含45岁)", 0, 45),
        ("45周岁（含）以下", 0, 45),
        ("年满18周岁、不满60周岁", 18, 59),
        ("18周岁至法定退休年龄", 18, 0),
        ("不大于50", 0, 50),
        ("men and women aged 18 to 45", 18, 45),
        ("raised the upper limit of age from 35 to 40", 0, 40),
    ] {
        assert_eq!(both(text), same(min, max), "{text}: {:?}", read(text));
    }
}

#[test]
fn limits_by_sex() {
    let expected = ((None, Some(55)), (None, Some(52)));
    assert_eq!(both("女52岁以下，男55岁以下男女不限"), expected);
    assert_eq!(both("55岁以下，女性52岁以下"), expected);
    assert_eq!(both("男（55岁以下）女（52岁以下）"), expected);
    assert_eq!(both("男55女52周岁以下").1, (None, Some(52)));
    let expected = ((Some(18), Some(60)), (Some(18), Some(55)));
    assert_eq!(both("男性在18至60周岁,女性在18至55周岁"), expected);
    assert_eq!(both("18周岁以上,男60周岁以下,女55周岁以下"), expected);
}

#[test]
fn what_is_no_limit_is_a_finding() {
    for (text, limits, finding) in [
        ("距法定退休年龄1年及1年以上", same(0, 0), Finding::AgeRule),
        ("女性40周岁以上、男性50周岁以上(大龄失业人员)", same(0, 0), Finding::AgeOfAGroup),
        ("18-60周岁;年龄可放宽至65周岁", same(18, 60), Finding::AgeRelaxed),
        ("一般不超过60周岁", same(0, 60), Finding::AgeUsually),
        ("45岁左右", same(0, 0), Finding::AgeWithoutBound),
        ("45-18岁", same(0, 0), Finding::ImpossibleAge),
        ("5-200岁", same(0, 0), Finding::ImpossibleAge),
        ("年轻人", same(0, 0), Finding::UnreadableAge),
    ] {
        assert_eq!(both(text), limits, "{text}: {:?}", read(text));
        assert!(read(text).findings.contains(&finding), "{text}: {:?}", read(text));
    }
}

#[test]
fn birth_dates_are_kept_beside_the_ages() {
    let reading = read("年龄为18周岁至40周岁(1980年6月7日至2002年6月7日)");
    assert_eq!(both("年龄为18周岁至40周岁(1980年6月7日至2002年6月7日)"), same(18, 40));
    assert_eq!(reading.value.born, Date::new(1980, 6, 7).zip(Date::new(2002, 6, 7)));
    assert_eq!(reading.findings, [Finding::AgeByBirthDate]);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", near in "(男|女|[0-9]{1,4}|[-~至,;()]|岁|周岁|以上|以下|未满|超过|放宽|年|月|日){0,16}") {
        let _ = (read(&text), read(&near));
    }

    #[test]
    fn any_range_is_read_back(min in 14..60_u8, more in 0..39_u8) {
        let text = format!("男{min}周岁至{}周岁，女{min}岁以上", min + more);
        let expected = ((Some(min), Some(min + more)), (Some(min), None));
        prop_assert_eq!(both(&text), expected);
    }
}
