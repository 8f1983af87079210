use super::*;

fn find(text: &str) -> Place {
    Regions::built_in().find(text)
}

fn known(code: &str) -> Place {
    Place::Known(code.into())
}

#[test]
fn the_compiled_in_table_is_whole() {
    let table = Regions::built_in();
    assert_eq!(table.units.len(), include_str!("../../../data/regions.csv").lines().count() - 1);
    let aliases = include_str!("../../../data/region_aliases.csv");
    assert_eq!(super::super::rows::<Alias>(aliases).len(), aliases.lines().count() - 1);
    for region in &table.units {
        assert_eq!(find(&region.code), known(&region.code));
        assert_eq!(
            find(&table.full_name(&region.code)),
            known(&region.code),
            "{}",
            table.full_name(&region.code)
        );
        assert!(
            table.with_parents(&region.code).last().is_some_and(|top| top.parent.is_empty()),
            "{}",
            region.code
        );
    }
}

#[test]
fn one_place_in_many_spellings() {
    for text in [
        "431227101",
        "431227101000",
        "波洲镇",
        "波洲",
        " 波洲镇 ",
        "湖南省·怀化市·新晃侗族自治县·波洲镇",
        "湖南省怀化市新晃侗族自治县波洲镇",
        "湖南/怀化/新晃/波洲",
        "新晃县波洲镇江口村3组",
        "怀化市 波洲镇",
    ] {
        assert_eq!(find(text), known("431227101"), "{text}");
    }
    assert_eq!(find("上海市·上海市·嘉定区"), find("上海市嘉定区"));
    assert_eq!(find("430000"), known("43"));
    assert_eq!(find("湖南省"), known("43"));
}

#[test]
fn what_is_not_known_is_not_guessed() {
    assert_eq!(find("天上"), Place::Unknown);
    assert_eq!(find(""), Place::Unknown);
    assert_eq!(find("999999"), Place::Unknown);
    assert_eq!(find("河南省·郑州铁路局"), Place::Coarse("41".into()));
    assert_eq!(find("湖南省·怀化市·新晃侗族自治县·波州镇"), Place::Coarse("431227".into()));
    assert_eq!(find("新疆生产建设兵团·第九师·白杨市"), find("白杨市"));
    assert!(matches!(find("青山区"), Place::Ambiguous(codes) if codes.len() == 2));
    assert!(matches!(find("内蒙古自治区·包头市·青山区"), Place::Known(_)));
}

#[test]
fn a_folder_may_bring_its_own_places() {
    let mut table = Regions::built_in().clone();
    let village = Region {
        code: "431227101201".to_owned(),
        name: "江口村".to_owned(),
        parent: "431227101".to_owned(),
        level: RegionLevel::Village,
        position: None,
    };
    table.insert(village);
    assert_eq!(table.find("波洲镇江口村"), known("431227101201"));
    let codes: Vec<_> =
        table.records(&["431227101201".into()]).into_iter().map(|record| record.code).collect();
    assert_eq!(codes, ["43", "4312", "431227", "431227101", "431227101201"].map(RegionCode::from));
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}", path in "[湖南省怀化市新晃县·波洲镇 ]{0,30}") {
        let _ = (find(&text), find(&path));
    }
}
