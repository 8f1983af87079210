//! The one catalogue, and the sentences made from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anzhi::catalogue::accommodations;
use anzhi::input::{AgeLimits, Remedy};
use anzhi::issue::{IssueCode, Severity};
use anzhi::problem::Sheet;
use anzhi::report::{HallRecord, HitRecord, OutcomeRecord, PlanStatus};
use anzhi::words::{
    Category, Channel, ConditionKind, Criterion, Datum, Education, EmployerKind, Employment, Form, Group,
    Hukou, Item, Levels, LotteryStage, OpeningKind, OrderKind, PersonKind, ReasonCode, ReferralOutcome,
    RuleKind, ServiceKind, Sex, Standing, Topic, Unresolved, Willingness,
};
use anzhi_desk::messages::{
    self, Language, accommodation_name, choice_value, entries, fill, finding, finding_help, finding_message,
    has, list_name, near_of_candidate, near_of_opening, sentence_for_hit, sentence_for_missing, source_name,
    tier_name, word,
};
use regex::Regex;

use crate::support::report::{day, hit, missing, near, small, unplaced};

fn placeholders(text: &str) -> BTreeSet<&str> {
    Regex::new(r"\{([a-z_]*)\}").expect("a pattern").find_iter(text).map(|it| it.as_str()).collect()
}

#[test]
fn every_key_speaks_both_languages() {
    for (key, zh, en) in entries() {
        assert!(!zh.is_empty(), "{key}");
        if key.starts_with("issue.") {
            assert_eq!(en, None, "{key}: English stands beside the code");
            assert!(!zh.ends_with('。') && !zh.contains('{'), "{key}: {zh}");
            continue;
        }
        let en = en.unwrap_or_default();
        assert!(!en.is_empty(), "{key} has no English");
        assert_eq!(placeholders(zh), placeholders(en), "{key}");
        let (open, close) = (zh.matches('{').count(), zh.matches('}').count());
        assert_eq!((open, close), (placeholders(zh).len(), placeholders(zh).len()), "{key}: {zh}");
    }
}

/// Every file of `desk/src`, as text.
fn sources() -> String {
    fn gather(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()) {
            if entry.is_dir() {
                gather(&entry, all);
            } else {
                *all += &fs::read_to_string(&entry).expect("a text");
            }
        }
    }
    let mut all = String::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

#[test]
fn code_and_catalogue_name_the_same_keys() {
    let sources = sources();
    let literal = Regex::new(r#""([a-z_]+(?:\.[a-z_]+)+)""#).expect("a pattern");
    let named: BTreeSet<&str> =
        literal.captures_iter(&sources).filter_map(|it| it.get(1)).map(|it| it.as_str()).collect();
    let sections: BTreeSet<_> =
        entries().filter_map(|(key, ..)| key.split_once('.')).map(|it| it.0).collect();
    let is_file = |key: &str| [".json", ".toml", ".csv", ".xlsx", ".md"].iter().any(|it| key.ends_with(it));
    for key in named.iter().filter(|key| !is_file(key)) {
        let ours = key.split_once('.').is_some_and(|(section, _)| sections.contains(section));
        let known = has(key) || has(&format!("{key}.one")) && has(&format!("{key}.many"));
        assert!(!ours || known || *key == "no.such.key", "the code names {key}, the catalogue does not");
    }
    // said by the name of a word, a rule or a code
    let by_name =
        ["word.", "issue.", "hit.", "bring.", "bring_group.", "tier.number.", "near.reason.", "near.act."];
    for (key, ..) in entries().filter(|(key, ..)| !by_name.iter().any(|it| key.starts_with(it))) {
        let stem = key.trim_end_matches(".one").trim_end_matches(".many");
        assert!(named.contains(stem), "nothing says {key}");
    }
}

#[test]
fn every_code_has_its_text() {
    for code in IssueCode::ALL {
        for part in ["message", "help"] {
            assert!(has(&format!("issue.{code}.{part}")), "{code} {part}");
        }
        assert_eq!(finding_message(Language::En, *code), code.message());
        assert_eq!(finding_help(Language::En, *code), code.help());
        assert_ne!(finding_help(Language::Zh, *code), code.help());
    }
}

#[test]
fn every_word_has_its_text() {
    macro_rules! said {
        ($($name:ident $group:literal,)+) => {
            $(for it in $name::ALL {
                assert!(has(&format!("word.{}.{it}", $group)), "{} {it}", $group);
                assert_ne!(word(Language::Zh, *it), it.as_str());
            })+
        };
    }
    said! {
        Category "category", Channel "channel", ConditionKind "condition_kind", Criterion "criterion", Datum "datum",
        Education "education", EmployerKind "employer_kind", Employment "employment", Form "form", Group "group",
        Hukou "hukou", LotteryStage "lottery_stage", OpeningKind "opening_kind", OrderKind "order_kind", PersonKind "person_kind",
        ReasonCode "reason_code", ReferralOutcome "referral_outcome", RuleKind "rule_kind", ServiceKind "service_kind",
        Sex "sex", Standing "standing", Topic "topic", Unresolved "unresolved", Willingness "willingness",
    }
    for item in Item::ALL {
        assert_ne!(word(Language::Zh, *item), word(Language::En, *item), "{item}");
    }
    for sheet in Sheet::ALL {
        assert_ne!(list_name(Language::Zh, sheet.as_str()), sheet.as_str());
    }
    for it in accommodations() {
        assert_eq!(accommodation_name(Language::Zh, &it.id), it.zh);
    }
    let plain = |text: &str| !text.is_empty() && !text.contains('.') && !text.contains('_');
    for language in Language::ALL.iter().copied() {
        for status in [PlanStatus::Optimal, PlanStatus::DecisionNeeded, PlanStatus::NoPosts] {
            assert!(plain(word(language, status)));
        }
        for severity in [Severity::Rejected, Severity::Warning, Severity::Advert] {
            assert!(plain(word(language, severity)));
        }
    }
    for group in Group::ALL {
        assert!(has(&format!("bring_group.{group}")), "{group}");
    }
    for source in ["seed", "national", "file", "decision", "statement"] {
        assert_ne!(source_name(Language::Zh, source), source);
    }
}

#[test]
fn every_rule_says_no_in_words() {
    let values =
        [("", ""), ("63", "16-60"), ("urban", "x"), ("2", "3"), ("2024-06-30", "2023-01-01/2023-12-31")];
    for language in Language::ALL.iter().copied() {
        for rule in RuleKind::ALL {
            for (found, asked) in values {
                for item in [None, Some(Item::H2)] {
                    let said = sentence_for_hit(language, &HitRecord { item, ..hit(*rule, found, asked) });
                    assert!(!said.contains(['{', '}']) && !said.contains("hit."), "{rule}: {said}");
                    assert!(!said.contains("“”") && !said.contains("  "), "{rule}: {said}");
                }
            }
            for datum in Datum::ALL {
                for item in [None, Some(Item::H2)] {
                    let said = sentence_for_missing(language, &missing(*rule, *datum, item));
                    assert!(!said.contains(['{', '}']) && !said.contains("bring."), "{datum}: {said}");
                }
            }
        }
    }
}

#[test]
fn a_hit_names_what_was_found_and_asked() {
    let zh = |rule, found, asked| sentence_for_hit(Language::Zh, &hit(rule, found, asked));
    let said = [
        (
            zh(RuleKind::WorkingAge, "15", "≥16"),
            "就业年龄：就业年龄须为 16 周岁及以上，现为 15 周岁（依据：二(二)5(3)）。",
        ),
        (
            zh(RuleKind::WorkingAge, "63", ""),
            "就业年龄：现为 63 周岁，已达到法定退休年龄（依据：二(二)5(3)）。",
        ),
        (
            zh(RuleKind::Commute, "13", "10"),
            "最远通勤：距离约 13 公里，超过本人填写的最远通勤 10 公里（依据：二(二)5(3)）。",
        ),
        (
            zh(RuleKind::OpeningDates, "2024-06-30", "2024-07-01"),
            "岗位有效期：岗位从 2024-07-01 起才有效（依据：二(二)5(3)）。",
        ),
        (
            zh(RuleKind::OpeningDates, "2024-06-30", "2024-06-01"),
            "岗位有效期：岗位已于 2024-06-01 截止（依据：二(二)5(3)）。",
        ),
    ];
    for (said, expected) in said {
        assert_eq!(said, expected);
    }
    assert!(zh(RuleKind::Education, "primary", "college").contains("不低于大专，登记为小学"));
    let classes = zh(RuleKind::Classes, "visual:1", "hearing:1,2,3,4");
    assert!(classes.contains("接受听力残疾 1–4 级，登记为视力残疾 1 级"), "{classes}");
    assert!(zh(RuleKind::Classes, "", "hearing:1,2").contains("只面向持有残疾人证的人员"));
}

/// The sentences of a filled report, by candidate.
fn sentences(language: Language) -> BTreeMap<String, String> {
    let mut report = small();
    fill(&mut report, language);
    assert_eq!(report.language, language.as_str());
    let findings = report.findings.iter().chain(report.rejected.iter().map(|it| &it.finding));
    for it in findings {
        assert_eq!(it.text, finding(language, it.code, &it.found));
    }
    report.candidates.into_iter().map(|it| (it.id.to_string(), it.text)).collect()
}

#[test]
fn every_outcome_is_one_whole_sentence() {
    for (language, stop) in [(Language::Zh, '。'), (Language::En, '.')] {
        for (id, text) in sentences(language) {
            println!("{id} {text}");
            assert!(text.ends_with(stop), "{text}");
            assert_eq!(text.matches('。').count(), usize::from(stop == '。'), "{text}");
            assert!(!text.contains(['{', '}']) && !text.contains("outcome."), "{text}");
            assert!(!text.contains("“”") && !text.contains("、，") && !text.contains("；；"), "{text}");
        }
    }
}

#[test]
fn sentences_say_what_stands_in_the_record() {
    let zh = sentences(Language::Zh);
    let of = |code: ReasonCode| zh[&format!("C-{:02}", code.index())].as_str();
    let says = |text: &str, parts: &[&str]| {
        for part in parts {
            assert!(text.contains(part), "`{part}` is not in: {text}");
        }
    };
    says(
        of(ReasonCode::NoOpening),
        &["“护林员（XH-O012）”", "18–55 周岁", "“听警示声”达到 3 级，登记为 0 级"],
    );
    says(
        of(ReasonCode::NoOpening),
        &["“震动报警”或“灯光报警”", "另有您可以应聘的岗位，首位是“包装工（XH-O030）”"],
    );
    says(of(ReasonCode::MissingDatum), &["没有填写出生日期、“站立”的功能值", "请补充身份证或户口簿"]);
    says(of(ReasonCode::HouseholdPlaced), &["每户最多 1 人（依据：县残联 2024-05-20）"]);
    says(
        of(ReasonCode::Prohibited),
        &[
            "新晃侗族自治县残疾人联合会于 2024-06-20 决定不把您安置到“护林员（XH-O012）”（理由：与本人监护人商定）",
        ],
    );
    says(of(ReasonCode::Reserve), &["1 个预留名额落空"]);
    says(
        of(ReasonCode::FewerOfTier),
        &["3 个岗位共 5 个名额", "第一优先层级会少安置 1 人", "“低保”的条件，请提供证明"],
    );
    says(of(ReasonCode::FewerOfLower), &["其中 3 个", "第二优先层级会少安置 1 人、其他人员会少安置 1 人"]);
    says(of(ReasonCode::LowerScore), &["减少 12.05 分", "“技能”（20 分，满分 100）"]);
    says(
        of(ReasonCode::LowerScore),
        &[
            "可以接收您的有 3 个岗位；连同",
            "一共 4 个岗位、7 个名额，已全部拟安置给更高优先层级的 1 人、与您同一层级的 6 人",
        ],
    );
    says(of(ReasonCode::LaterLot), &["公布的种子“2024-XH-01”"]);
    says(
        &zh["C-90"],
        &["波洲镇人民政府的“护林员（XH-O012）”", "第一优先层级（低保；依据：二(二)5(3)）", "72.75 分"],
    );
    says(&zh["C-90"], &["震动报警", "于 2024-06-20 指定（理由：与本人监护人商定）；经工作人员签字后生效"]);
    says(&zh["C-91"], &["须先核实残疾人证有效期、“站立”“行走”的功能值"]);
}

#[test]
fn what_would_help_is_said_only_where_it_would() {
    let mut report = small();
    let mut said = |failing| {
        let mut person = unplaced(ReasonCode::NoOpening);
        if let OutcomeRecord::Unplaced(reason) = &mut person.outcome {
            reason.failing = failing;
        }
        report.candidates = vec![person];
        fill(&mut report, Language::Zh);
        report.candidates[0].text.clone()
    };
    let expired = hit(RuleKind::CertificateValid, "2024-04-30", "2024-06-30");
    assert!(said(vec![expired.clone()]).contains("有效期至 2024-04-30，已过期；换领新证后请告诉窗口"));
    let retired = said(vec![hit(RuleKind::WorkingAge, "63", ""), expired]);
    assert!(retired.contains("已过期；推荐名单"), "a new certificate makes nobody younger: {retired}");
}

#[test]
fn what_the_employer_must_say_is_not_asked_of_the_person() {
    let mut report = small();
    let mut said = |data: &[Datum]| {
        let mut person = unplaced(ReasonCode::MissingDatum);
        if let OutcomeRecord::Unplaced(reason) = &mut person.outcome {
            reason.missing = data.iter().map(|it| missing(RuleKind::Territory, *it, None)).collect();
        }
        report.candidates = vec![person];
        fill(&mut report, Language::Zh);
        report.candidates[0].text.clone()
    };
    let place = said(&[Datum::Place]);
    assert!(place.contains("须向用人单位核实：工作地点；") && !place.contains("请补充"), "{place}");
    let both = said(&[Datum::Place, Datum::Hukou]);
    assert!(both.contains("没有填写户口性质") && both.contains("另须向用人单位核实：工作地点"), "{both}");
}

#[test]
fn who_holds_the_seats_is_said_as_it_is() {
    let mut report = small();
    let person = unplaced(ReasonCode::FewerOfTier);
    report.candidates = vec![person];
    fill(&mut report, Language::Zh);
    assert!(
        report.candidates[0].text.contains("已拟安置给优先层级的 2 人、与您同样不在优先层级的 3 人；"),
        "{}",
        report.candidates[0].text
    );
    let held = |above: u64, same: u64| {
        let mut report = small();
        let mut person = unplaced(ReasonCode::FewerOfTier);
        let OutcomeRecord::Unplaced(reason) = &mut person.outcome else { panic!("unplaced") };
        (reason.held_above, reason.held_same) = (above, same);
        report.candidates = vec![person];
        fill(&mut report, Language::Zh);
        report.candidates[0].text.clone()
    };
    for (above, same, said) in [
        (5, 0, "均已拟安置给优先层级的人员；"),
        (0, 5, "均已拟安置给与您同样不在优先层级的人员；"),
        (3, 1, "其中 4 个已拟安置给与您同一或更高层级的人员；"),
        (0, 0, "共 5 个名额；"),
    ] {
        assert!(held(above, same).contains(said), "{}", held(above, same));
    }
}

#[test]
fn the_openings_in_whose_seats_nobody_is_left_over_are_said_as_a_proof() {
    let said = |language, hall: Option<HallRecord>| {
        let mut report = small();
        let mut person = unplaced(ReasonCode::FewerOfTier);
        let OutcomeRecord::Unplaced(reason) = &mut person.outcome else { panic!("unplaced") };
        reason.hall = hall;
        person.tier = Some(1);
        report.candidates = vec![person];
        fill(&mut report, language);
        report.candidates[0].text.clone()
    };
    let own = HallRecord { openings: 3, seats: 5, above: 4, same: 0, pinned: 1, kept: 0 };
    let wider = HallRecord { openings: 8, seats: 12, above: 7, same: 5, pinned: 0, kept: 2 };
    for (language, hall, expected) in [
        (
            Language::Zh,
            Some(own),
            "可以接收您的 3 个岗位共 5 个名额，已全部拟安置给更高优先层级的 4 人、经办机构指定的 1 人，他们也都只能去这些岗位；",
        ),
        (
            Language::En,
            Some(wider),
            "3 openings could take you; with those that the people proposed for them could take besides, there are 8 openings \
             with 12 seats, all proposed for 7 people of a higher tier, 5 people of your tier, who can take no others either; reserves keep 2 further seats there for other groups; ",
        ),
        (Language::Zh, None, "与您同一层级的 3 人；预留名额或其他限制也在其中起作用；"),
    ] {
        assert!(said(language, hall).contains(expected), "{}", said(language, hall));
    }
}

#[test]
fn a_draft_is_called_a_draft() {
    let mut report = small();
    (report.seed.seed, report.seed.draft) = (String::new(), true);
    fill(&mut report, Language::Zh);
    let lot = report.candidates.iter().find(|it| it.id == unplaced(ReasonCode::LaterLot).id).expect("a lot");
    assert!(lot.text.contains("草案") && !lot.text.contains("种子“"), "{}", lot.text);
}

#[test]
fn a_missing_decision_names_its_topics() {
    let mut report = small();
    report.policy.missing = vec![Topic::Tiers, Topic::HouseholdCap];
    report.policy.tiers.clear();
    report.candidates = vec![unplaced(ReasonCode::NoDecision)];
    fill(&mut report, Language::Zh);
    assert!(report.candidates[0].text.contains("优先层级的次序、每户上限"), "{}", report.candidates[0].text);
}

#[test]
fn records_without_details_still_read_well() {
    for code in ReasonCode::ALL {
        let mut report = small();
        let mut person = unplaced(*code);
        let OutcomeRecord::Unplaced(reason) = &mut person.outcome else { panic!("unplaced") };
        (reason.opening, reason.loss) = (None, None);
        (reason.openings, reason.seats) = (0, 0);
        (reason.held_above, reason.held_same) = (0, 0);
        reason.failing.clear();
        reason.missing.clear();
        (person.tier, person.shortlist) = (None, Vec::new());
        report.candidates = vec![person];
        for language in Language::ALL.iter().copied() {
            fill(&mut report, language);
            let text = &report.candidates[0].text;
            println!("{text}");
            assert!(text.len() > 20 && !text.contains(['{', '}']), "{code}: {text}");
        }
    }
}

#[test]
fn tiers_and_choices_read_as_people_count() {
    assert_eq!(tier_name(Language::Zh, 2, 2), "第二优先层级");
    assert_eq!(tier_name(Language::Zh, 3, 2), "其他人员");
    assert_eq!(tier_name(Language::Zh, 12, 20), "第12优先层级");
    assert_eq!(choice_value(Language::Zh, Topic::HouseholdCap, "none"), "不设上限");
    assert_eq!(choice_value(Language::Zh, Topic::Unresolved, "hold"), "暂缓安置");
    assert_eq!(choice_value(Language::En, Topic::Tiers, "equal"), "equal");
    assert_eq!("en".parse(), Ok(Language::En));
    assert!("fr".parse::<Language>().is_err_and(|it| it.to_string().contains("`fr`")));
    assert_eq!(messages::hundredths(5), "0.05");
    assert!(day("2024-06-30") > day("2022-12-01"));
}

/// Every change once, at an opening and of a candidate.
fn every_remedy() -> Vec<Remedy> {
    let limits =
        AgeLimits { min_male: Some(18), max_male: Some(55), max_female: Some(50), ..Default::default() };
    let same = AgeLimits { max_male: Some(55), max_female: Some(55), ..Default::default() };
    let demand = |level, safety| Remedy::Demand { item: Item::P2, level, safety };
    vec![
        Remedy::Dates { day: day("2024-06-30") },
        Remedy::Classes { category: Category::Hearing, levels: Levels::ALL },
        Remedy::AnyClass,
        Remedy::Ages { limits },
        Remedy::Ages { limits: same },
        Remedy::Ages { limits: AgeLimits::default() },
        Remedy::Education { level: Some(Education::Junior) },
        Remedy::Education { level: None },
        Remedy::Licence { name: "叉车证".to_owned() },
        Remedy::Accommodation { id: "vibrating-alarm".to_owned() },
        demand(2, false),
        demand(0, false),
        demand(1, true),
        demand(0, true),
        Remedy::HomeBased,
        Remedy::Transport { km: 5 },
        Remedy::Limit { km: 15 },
    ]
}

#[test]
fn what_would_help_is_said_with_its_number() {
    let helps = every_remedy().into_iter().map(|remedy| (remedy, 41, 3));
    for (remedy, eligible, unresolved) in helps {
        let rule = remedy.rule();
        let mut record = near(rule, 12, vec![(remedy.clone(), eligible, unresolved)]);
        record.unresolved = 5;
        for language in Language::ALL.iter().copied() {
            for said in [near_of_opening(language, &record), near_of_candidate(language, &record)] {
                println!("{said}");
                assert!(!said.contains(['{', '}']) && !said.contains("near."), "{remedy:?}: {said}");
                assert!(["12", "41", "3", "5"].iter().all(|number| said.contains(number)), "{said}");
            }
        }
    }
    let junior = Remedy::Education { level: Some(Education::Junior) };
    let schooling = near(RuleKind::Education, 12, vec![(junior, 41, 0)]);
    assert_eq!(
        near_of_opening(Language::Zh, &schooling),
        "只差“文化程度要求”这一项的有 12 人；文化程度要求放宽到初中，符合资格的增加 41 人。"
    );
    assert_eq!(
        near_of_candidate(Language::Zh, &schooling),
        "有 12 个岗位只差这一项：文化程度低于岗位要求；文化程度提高到初中，可以报的增加 41 个岗位。"
    );
    let expired = near(RuleKind::CertificateValid, 12, vec![]);
    assert_eq!(
        near_of_candidate(Language::En, &expired),
        "at 12 openings only this stands in the way: the certificate of disability is no longer valid; \
         once the certificate is renewed, tell the window and we shall look again."
    );
    for rule in RuleKind::ALL {
        let nobody = near(*rule, 0, vec![]);
        assert_eq!(near_of_opening(Language::Zh, &nobody), "", "{rule}: nothing helps nobody");
    }
}

#[test]
fn every_issue_code_has_a_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/issues.md");
    let page = fs::read_to_string(path).expect("docs/issues.md");
    let headings: Vec<&str> =
        page.lines().filter_map(|it| it.strip_prefix("## ")).filter_map(|it| it.split(' ').next()).collect();
    let distinct: BTreeSet<_> = headings.iter().collect();
    assert_eq!(distinct.len(), headings.len(), "a heading stands twice");
    for code in IssueCode::ALL {
        let section = page.split("\n## ").find(|it| it.starts_with(&format!("{code} ")));
        let section = section.unwrap_or_else(|| panic!("docs/issues.md lacks `## {code}`"));
        for part in ["Cause:", "Example:", "Remedy:"] {
            assert!(section.contains(part), "{code} lacks {part}");
        }
    }
}
