use proptest::prelude::*;

use super::{Currency, Finding, Unit, from_title, monthly, read};

type Row = (&'static str, Option<u32>, Option<u32>, Option<Unit>, Option<u32>);

/// Text, least, most, unit, amount in whole yuan.
const ROWS: &[Row] = &[
    ("", None, None, None, None),
    ("计件5500-8500元/ 月", Some(5500), Some(8500), Some(Unit::Month), None),
    ("月薪7 0 00", Some(7000), Some(7000), Some(Unit::Month), None),
    ("薪资5-7K", Some(5000), Some(7000), None, None),
    ("薪资5K-7K", Some(5000), Some(7000), None, None),
    ("工资0.5-0.8万", Some(5000), Some(8000), None, None),
    ("月薪６０００＋", Some(6000), None, Some(Unit::Month), None),
    ("保底4500 综合薪资6000+", Some(4500), None, None, None),
    ("保底4000，综合6000-8000", Some(4000), Some(8000), None, None),
    ("到手4500", Some(4500), Some(4500), None, None),
    ("日结500+++", None, None, Some(Unit::Day), Some(500)),
    ("150元/天", None, None, Some(Unit::Day), Some(150)),
    ("9000起", None, None, None, Some(9000)),
    ("保底9000/可日结", None, None, None, Some(9000)),
    ("每月不低于1820元", Some(1820), None, Some(Unit::Month), None),
    ("每月补贴不高于800元", None, Some(800), Some(Unit::Month), None),
    ("三千五百元/月", Some(3500), Some(3500), Some(Unit::Month), None),
    ("每月2500元以上", Some(2500), None, Some(Unit::Month), None),
    ("岗位补贴标准为1720元/月", Some(1720), None, Some(Unit::Month), None),
    ("月薪八千", Some(8000), Some(8000), Some(Unit::Month), None),
    ("8000-10000元/月·13薪", Some(8000), Some(10_000), Some(Unit::Month), None),
    ("3000元/月，每年加100元", Some(3000), Some(3000), Some(Unit::Month), None),
    ("年薪6万", None, None, Some(Unit::Year), Some(60_000)),
    ("按照不低于我区月最低工资标准", None, None, Some(Unit::Month), None),
    ("面议", None, None, None, None),
    ("23元/小时,每月不超过44个小时,每月总额不超过1012元", None, Some(1012), Some(Unit::Hour), Some(23)),
];

#[test]
fn cells() {
    for (text, min, max, unit, amount) in ROWS {
        let wage = read(text).value;
        let amount = amount.map(|yuan| yuan * 100);
        assert_eq!(
            (wage.min_month, wage.max_month, wage.unit, wage.amount),
            (*min, *max, *unit, amount),
            "{text}"
        );
    }
}

#[test]
fn a_heading_that_says_a_month_makes_bare_figures_monthly() {
    let wage = monthly("3000-4000").value;
    assert_eq!((wage.min_month, wage.max_month), (Some(3000), Some(4000)));
    assert_eq!(read("3000-4000").findings, [Finding::PeriodUnclear]);
    assert_eq!(monthly("5-7").findings, [Finding::ImplausibleWage]);
    assert_eq!(monthly("5000-3000").findings, [Finding::WageContradicts]);
}

#[test]
fn other_money_is_never_yuan_a_month() {
    for text in ["每月薪資2萬7470元", "每小時新臺幣196元", "月薪1000美元"] {
        let wage = read(text).value;
        assert_eq!((wage.min_month, wage.max_month), (None, None), "{text}");
        assert_ne!(wage.currency, Currency::Cny, "{text}");
        assert!(wage.amount.is_some(), "{text}");
    }
}

#[test]
fn what_is_unclear_is_said() {
    for (text, finding) in [
        ("9000起", Finding::PeriodUnclear),
        ("薪资6000", Finding::PeriodAssumed),
        ("月薪5000左右", Finding::ApproximateWage),
        ("面议", Finding::NegotiableWage),
        ("丰厚", Finding::UnreadableWage),
        ("每月补贴600元", Finding::SubsidyOnly),
        ("月薪4000元,餐补300元", Finding::ExtraPay),
        ("到手4500", Finding::NetWage),
    ] {
        assert!(read(text).findings.contains(&finding), "{text}: {:?}", read(text).findings);
    }
}

#[test]
fn titles_with_pay_by_the_hour_or_the_month() {
    let found = |title: &str| from_title(title).map(|reading| reading.value).unwrap_or_default();
    assert_eq!((found("保洁18元/小时").amount, found("保洁18元/小时").unit), (Some(1800), Some(Unit::Hour)));
    assert_eq!(found("门卫 每月3500").min_month, Some(3500));
    let unclear = found("普工4500-6000元包住");
    assert_eq!((unclear.min_month, unclear.amount, unclear.amount_to), (None, Some(450_000), Some(600_000)));
}

#[test]
fn titles_without_pay() {
    for title in [
        "10086接听客服",
        "8点半-16点半，售后档案管理员",
        "包装工3人 后勤3人",
        "入职0费用+居家工作",
        "早8-晚5",
        "3万平米厂房保洁",
    ] {
        assert_eq!(from_title(title), None, "{title}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", near in "(月薪|保底|[0-9]{1,6}|[-~./+, ]|元|万|[kK千]|每|小时|起){0,16}") {
        let _ = (read(&text), monthly(&text), from_title(&text), read(&near), from_title(&near));
    }

    #[test]
    fn any_monthly_range_is_read_back(low in 100..200_000_u32, more in 0..100_000_u32) {
        let high = (low + more).min(200_000);
        let wage = read(&format!("月薪{low}-{high}元")).value;
        prop_assert_eq!((wage.min_month, wage.max_month), (Some(low), Some(high)));
    }
}
