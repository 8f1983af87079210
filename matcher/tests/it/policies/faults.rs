//! Every fault of a policy or decisions file shows once, at its line and column, and no text makes reading panic.

use anzhi::error::PolicyFault;
use anzhi::policy::{Decisions, Policy};
use proptest::prelude::*;

use super::{MARK, UNDECIDED, edited, example, faults, policy, text, unmarked};

/// In Xinhuang's policy: what is written instead of what, with the mark at the place of the fault; the path of the
/// fault and words of its message.
type Fault = (&'static [(&'static str, &'static str)], &'static str, &'static str);

const MISTYPED: &[Fault] = &[
    (&[("title =", "▸titel =")], "titel", "`titel` is no key here; write `title`"),
    (&[("title =", "▸colour = 1\ntitle =")], "colour", "the keys are format, name, title"),
    (&[("skills = 30", "▸skils = 30")], "weights.skils", "write `skills`"),
    (&[("[choices.lottery]", "[choices.▸lotery]")], "choices.lotery", "write `lottery`"),
    (
        &[("kind = \"willing\"", "kind = ▸\"wiling\"")],
        "rules[2].kind",
        "perhaps `willing`; write one of working_age",
    ),
    (&[("\"watched\"", "▸\"watchd\"")], "tiers[0].entries[4].group", "perhaps `watched`; write one of"),
    (
        &[("\"watched\"", "▸\"poor\"")],
        "tiers[0].entries[4].group",
        "`poor` is no priority group; write one of low_income, marginal",
    ),
    (
        &[("\"both\"", "▸\"all\"")],
        "tiers[0].entries[4].beneficiaries",
        "write one of disabled, family_members, both",
    ),
    (&[("\"after_score\"", "▸\"later\"")], "choices.lottery.value", "write one of after_score, before_score"),
    (&[("\"hold\"", "▸\"drop\"")], "choices.unresolved.value", "write one of hold, conditional"),
    (&[("format = \"anzhi.policy/1\"", "format = ▸\"anzhi.policy/2\"")], "format", "another format"),
    (&[("name = \"xinhuang\"", "name = ▸\"新晃\"")], "name", "letters a-z"),
    (&[("source_file = \"", "source_file = ▸\"../")], "source_file", "take the folder out"),
];

const CONTRADICTORY: &[Fault] = &[
    (&[("[weights]", "▸[weights]"), ("skills = 30", "skills = 29")], "weights", "sum to 99"),
    (&[("\"watched\"", "▸\"graduate\"")], "tiers[0].entries[4].group", "add `[definitions.graduate]`"),
    (
        &[("\"watched\"", "▸\"long_unemployed\"")],
        "tiers[0].entries[4].group",
        "add `[definitions.long_unemployed]`",
    ),
    (&[("\"willing\"", "▸\"not_in_work\"")], "rules[2].kind", "stands in line 36 already"),
    (&[("id = \"XH-26\"", "id = ▸\"XH-25\"")], "tiers[0].entries[3].id", "is used before, in line"),
    (
        &[("not_applied = [\"hard_to_employ\"]", "not_applied = ▸[]")],
        "not_applied",
        "kind `hard_to_employ`; add",
    ),
    (
        &[("[\"hard_to_employ\"]", "[\"hard_to_employ\", ▸\"refusal\"]")],
        "not_applied[1]",
        "either a rule or not",
    ),
    (&[("until = ", "from = 2025-01-01\nuntil = ▸")], "until", "comes before the first day 2025-01-01"),
    (&[("\"national\"", "▸\"decision\"")], "rules[3].source", "put it into a decisions file"),
    (&[("\"national\"", "\"national\"\nquote = ▸\"有效\"")], "rules[3].quote", "the source is not `seed`"),
    (&[("source_file", "# source_file"), ("\"seed\"", "▸\"seed\"")], "rules[0].source", "add `source_file`"),
    (
        &[
            ("\"female\", years = 55 }", "\"male\", years = 55 }"),
            ("  { from = 1978-06-02, sex = \"male\"", "  {  from = 1978-06-02, sex = \"male\""),
            ("  { from = 1978-06-02", "  ▸{ from = 1978-06-02"),
        ],
        "rules[0].retirement[1]",
        "an age for `male` from 1978-06-02 stands above",
    ),
    (
        &[("until =", "from = 1970-01-01\nuntil ="), ("retirement = [", "retirement = ▸[")],
        "rules[0].retirement",
        "the ages begin on 1978-06-02, and the policy on 1970-01-01",
    ),
    (
        &[
            ("[[rules]]\nkind = \"territory\"", "▸[[rules]]\nkind = \"territory\""),
            ("registered = true\nresidence = true", "registered = false\nresidence = false"),
        ],
        "rules[5]",
        "nobody would belong",
    ),
    (
        &[("kind = \"territory\"\nwelfare_only = true", "kind = \"territory\"\nwelfare_only = ▸false")],
        "rules[5].welfare_only",
        "public-welfare posts",
    ),
    (&[("stacking = false", "stacking = ▸true")], "choices.stacking", "never add up"),
    (&[("\"minimum\"", "▸\"over_and_above\"")], "choices.reserves", "not offered"),
    (
        &[("reset = [\"hired\"]", "reset = ▸[\"not_hired\"]")],
        "definitions.failed_referrals.reset",
        "in one list",
    ),
    (
        &[("failed = [\"not_hired\", \"ended_in_probation\"]", "failed = ▸[]")],
        "definitions.failed_referrals.failed",
        "list one",
    ),
    (
        &[("[[tiers.entries]]\ngroup = \"aged_carer\"", "▸[[tiers.entries]]\ngroup = \"low_income\"")],
        "tiers[0].entries[3]",
        "the same entry",
    ),
];

const MISSING: &[Fault] = &[
    (
        &[("[choices]", "▸[choices]"), ("[choices.lottery]", "[lottery]")],
        "choices.lottery",
        "write \"decide\"",
    ),
    (
        &[("value = \"none\"", "#"), ("[choices.household_cap]", "▸[choices.household_cap]")],
        "choices.household_cap.value",
        "is missing",
    ),
    (
        &[
            ("clause = \"一\"", "#"),
            ("[[rules]]\nkind = \"not_in_work\"", "▸[[rules]]\nkind = \"not_in_work\""),
        ],
        "rules[1].clause",
        "write the clause",
    ),
    (&[("clause = \"一\"", "clause = ▸\"  \"")], "rules[1].clause", "an empty text"),
    (&[("quote = \"一户多残\"", "quote = ▸\"\"")], "tiers[0].entries[2].quote", "an empty text"),
    (
        &[
            ("quote = \"就业年龄段未就业残疾人\"", "#"),
            ("[[rules]]\nkind = \"not_in_work\"", "▸[[rules]]\nkind = \"not_in_work\""),
        ],
        "rules[1].quote",
        "word for word",
    ),
    (&[("welfare_only = false\n", "\n"), ("[[rules]]", "▸[[rules]]")], "rules[0].welfare_only", "is missing"),
    (&[("priority = 10", "#"), ("[weights]", "▸[weights]")], "weights.priority", "0 if it does not count"),
    (&[("km = 20", "#"), ("[commute_scale]", "▸[commute_scale]")], "commute_scale.km", "is missing"),
    (&[("# Xinhuang", "▸# Xinhuang"), ("title =", "# title =")], "title", "is missing"),
];

const MISVALUED: &[Fault] = &[
    (&[("skills = 30", "skills = ▸101")], "weights.skills", "found 101; write a whole number from 0 to 100"),
    (&[("skills = 30", "skills = ▸3.5")], "weights.skills", "found a number with a point"),
    (&[("skills = 30", "skills = ▸99999999999999999999")], "weights.skills", "from 0 to 100"),
    (
        &[("until = 2024-12-31", "until = ▸2024-12-31T10:00:00")],
        "until",
        "a day, written as 2024-12-31 is asked for",
    ),
    (&[("until = 2024-12-31", "until = ▸\"2024-02-30\"")], "until", "is not a day"),
    (&[("until = 2024-12-31", "until = ▸2024-02-30")], "", "this is not TOML: invalid date"),
    (&[("quote = \"一户多残\"", "quote = \"一户多残▸")], "", "this is not TOML: invalid basic string"),
    (&[("max_months = 36", "max_months = ▸0")], "rules[14].max_months", "from 1 to 1200"),
    (&[("min_years = 16", "min_years = ▸-1")], "rules[0].min_years", "found -1"),
    (
        &[("step_months = 4, max", "step_months = ▸0, max")],
        "rules[0].retirement[2].step_months",
        "from 1 to 120",
    ),
    (&[("value = \"none\"", "value = ▸0")], "choices.household_cap.value", "whole number from 1"),
    (&[("id = \"XH-26\"", "id = ▸\"XH 26\"")], "tiers[0].entries[3].id", "holds a space"),
    (&[("times = 3", "times = ▸\"3\"")], "definitions.failed_referrals.times", "found a text"),
];

#[test]
fn each_fault_of_a_policy_shows_at_its_place() {
    for (edits, path, words) in [MISTYPED, CONTRADICTORY, MISSING, MISVALUED].concat() {
        shows_at_its_place(text("xinhuang"), edits, (path, words), |text| faults(Policy::from_toml(text)));
    }
}

fn shows_at_its_place(
    text: &str,
    edits: &[(&str, &str)],
    (path, words): (&str, &str),
    read: impl Fn(&str) -> Vec<PolicyFault>,
) {
    let text = edits.iter().fold(text.to_owned(), |text, (from, to)| edited(&text, from, to));
    let (text, place) = unmarked(&text);
    let found = read(&text);
    let expected = |fault: &&PolicyFault| fault.path == path && fault.message.contains(words);
    let hit = found.iter().find(expected);
    let hit = hit.unwrap_or_else(|| panic!("{edits:?}: no fault at `{path}` with `{words}` in {found:#?}"));
    assert_eq!(hit.at, Some(place), "{edits:?}: {hit}");
}

#[test]
fn one_fault_is_told_once_and_many_are_told_together() {
    for (edits, _, _) in [MISTYPED, CONTRADICTORY, MISSING, MISVALUED].concat() {
        let text = edits.iter().fold(text("xinhuang").to_owned(), |text, (from, to)| edited(&text, from, to));
        let found = faults(Policy::from_toml(&text.replace(MARK, "")));
        // these put one thing where another belongs, and both are told
        let twofold = ["not_in_work", "sex = \"male\"", "[lottery]"];
        let most = if edits.iter().any(|(_, to)| twofold.iter().any(|it| to.contains(it))) { 2 } else { 1 };
        assert!(found.len() <= most, "{edits:?}: {found:#?}");
    }
    let spoilt =
        text("xinhuang").replace("= 30", "= 29").replace("\"watched\"", "\"poor\"").replace("title", "titel");
    let found = faults(Policy::from_toml(&spoilt));
    let paths: Vec<&str> = found.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["titel", "tiers[0].entries[4].group", "weights"]);
    assert!(found.iter().map(|fault| fault.at).is_sorted());
}

const DECISION_FAULTS: &[Fault] = &[
    (
        &[("topic = \"tiers\"", "topic = ▸\"tier\"")],
        "decisions[0].topic",
        "perhaps `tiers`; write one of tiers, household_cap",
    ),
    (&[("office = ", "▸ofice = ")], "decisions[0].ofice", "write `office`"),
    (
        &[("[[decisions]]", "▸[[decisions]]"), ("office = ", "# ")],
        "decisions[0].office",
        "write which office decided",
    ),
    (
        &[("[[decisions]]", "▸[[decisions]]"), ("date = ", "# ")],
        "decisions[0].date",
        "write the day of the decision",
    ),
    (&[("text = \"（示例）", "text = ▸\"\" # ")], "decisions[0].text", "an empty text"),
    (&[("date = 2024-05-20", "date = ▸\"20 May\"")], "decisions[0].date", "is not a day"),
    (
        &[("group = \"zero_employment\"", "group = ▸\"zero\"")],
        "decisions[0].tiers[0].entries[0].group",
        "write one of",
    ),
    (&[("policy = ", "# "), ("# EXAMPLE", "▸# EXAMPLE")], "policy", "is missing"),
    (&[("anzhi.decisions/1", "anzhi.policy/1"), ("\"anzhi", "▸\"anzhi")], "format", "another format"),
    (
        &[
            ("[[decisions]]", "[[decisions]]\ntopic = \"tiers\"\n[[decisions]]"),
            ("topic = \"tiers\"\noffice", "topic = ▸\"tiers\"\noffice"),
        ],
        "decisions[1].topic",
        "is decided in line",
    ),
    (&[("date =", "value = 1\ndate ="), ("value", "▸value")], "decisions[0].value", "is no key here"),
    // found only when the policy is there
    (&[("policy = \"zhongshan\"", "policy = ▸\"panjin\"")], "policy", "the policy is `zhongshan`"),
    (&[("date = 2024-05-20", "date = ▸2025-01-01")], "decisions[0].date", "the policy ended on 2024-12-31"),
];

const ORDERS: &str = r#"
[[orders]]
order = "forbid"
candidate = "ZS-0001"
opening = "ZS-O001"
office = "县残联"
date = 2024-06-01
text = "与本人商定"

[[orders]]
order = "pin"
candidate = "ZS-0002"
opening = "ZS-O002"
office = "县残联"
date = 2024-06-02
text = "延续上一轮"
"#;

const ORDER_FAULTS: &[Fault] = &[
    (&[("\"forbid\"", "▸\"forbit\"")], "orders[0].order", "perhaps `forbid`; write one of pin, forbid"),
    (&[("candidate = \"ZS-0002\"", "▸person = \"ZS-0002\"")], "orders[1].person", "the keys are order"),
    (&[("\"ZS-O001\"", "▸\"\"")], "orders[0].opening", "an empty text"),
    (&[("2024-06-01", "▸\"June\"")], "orders[0].date", "is not a day"),
    (
        &[
            ("ZS-0002", "ZS-0001"),
            ("ZS-O002", "ZS-O001"),
            ("[[orders]]\norder = \"pin\"", "▸[[orders]]\norder = \"pin\""),
        ],
        "orders[1]",
        "has an order for `ZS-0001` and `ZS-O001` already",
    ),
    (
        &[
            ("forbid", "pin"),
            ("ZS-0002", "ZS-0001"),
            (
                "[[orders]]\norder = \"pin\"\ncandidate = \"ZS-0001\"\nopening = \"ZS-O002\"",
                "▸[[orders]]\norder = \"pin\"\ncandidate = \"ZS-0001\"\nopening = \"ZS-O002\"",
            ),
        ],
        "orders[1]",
        "a person has one placement",
    ),
    // found only when the policy is there
    (&[("2024-06-02", "▸2025-06-02")], "orders[1].date", "the policy ended on 2024-12-31"),
];

#[test]
fn each_fault_of_an_order_shows_at_its_place() {
    let text = example("zhongshan") + ORDERS;
    let read = Decisions::from_toml(&text).expect("sound");
    assert_eq!((read.orders().len(), read.topics().count()), (2, 1));
    for (edits, path, words) in ORDER_FAULTS {
        shows_at_its_place(&text, edits, (path, words), |text| {
            faults(Decisions::from_toml(text).and_then(|it| policy("zhongshan").with_decisions(&it)))
        });
    }
}

#[test]
fn a_file_may_hold_orders_alone() {
    let text = format!("format = \"anzhi.decisions/1\"\npolicy = \"xinhuang\"\n{ORDERS}");
    let orders = Decisions::from_toml(&text).expect("orders alone");
    let policy = policy("xinhuang").with_decisions(&orders).expect("taken up");
    let ids: Vec<&str> = policy.orders().iter().map(|it| it.candidate.as_str()).collect();
    assert_eq!((ids, policy.decisions().len()), (vec!["ZS-0001", "ZS-0002"], 0));
    assert_eq!(policy.ordered_after("2024-06-01".parse().expect("a day")).count(), 1);
}

#[test]
fn each_fault_of_a_decisions_file_shows_at_its_place() {
    let text = example("zhongshan");
    for (edits, path, words) in DECISION_FAULTS {
        shows_at_its_place(&text, edits, (path, words), |text| {
            faults(Decisions::from_toml(text).and_then(|it| policy("zhongshan").with_decisions(&it)))
        });
    }
}

/// One change of a text. Pieces and lines wander, so that keys and tables come twice or go missing.
#[derive(Clone, Debug)]
enum Change {
    Piece { at: usize, length: usize, from: usize, junk: String },
    Lines { at: usize, cut: usize, from: usize, copied: usize },
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let junk = prop_oneof![
        "\\PC{0,6}",
        Just("[[".to_owned()),
        Just("\"".to_owned()),
        Just("\n".to_owned()),
        Just("= 2024-13-01".to_owned()),
        Just("\u{feff}".to_owned()),
    ];
    let piece = (0..8_000_usize, 0..40_usize, 0..8_000_usize, junk)
        .prop_map(|(at, length, from, junk)| Change::Piece { at, length, from, junk });
    let lines = (0..300_usize, 0..4_usize, 0..300_usize, 0..12_usize)
        .prop_map(|(at, cut, from, copied)| Change::Lines { at, cut, from, copied });
    prop::collection::vec(prop_oneof![piece, lines], 1..5)
}

fn changed(text: &str, changes: &[Change]) -> String {
    changes.iter().fold(text.to_owned(), |text, change| match change {
        Change::Piece { at, length, from, junk } => {
            let mut letters: Vec<char> = text.chars().collect();
            let copied = moved(&mut letters, (*at, *length), (*from, length / 2));
            letters.splice(copied..copied, junk.chars());
            letters.into_iter().collect()
        }
        Change::Lines { at, cut, from, copied } => {
            let mut lines: Vec<&str> = text.lines().collect();
            moved(&mut lines, (*at, *cut), (*from, *copied));
            lines.join("\n")
        }
    })
}

/// Writes a stretch over another, and says where that begins.
fn moved<T: Clone>(items: &mut Vec<T>, (at, cut): (usize, usize), (from, copied): (usize, usize)) -> usize {
    let (at, from) = (at % (items.len() + 1), from % (items.len() + 1));
    let copied = items[from..(from + copied).min(items.len())].to_vec();
    let end = (at + cut).min(items.len());
    items.splice(at..end, copied);
    at
}

/// Every fault has a sentence, and a place inside the text.
fn are_sound(text: &str, faults: &[PolicyFault]) -> Result<(), TestCaseError> {
    prop_assert!(!faults.is_empty());
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
    for fault in faults {
        prop_assert!(!fault.message.is_empty());
        let (line, column) = fault.at.expect("a place");
        prop_assert!(
            line >= 1 && line <= lines.len() && column >= 1 && column <= lines[line - 1] + 1,
            "{fault}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_text_makes_a_policy_panic(which in 0..6_usize, changes in changes()) {
        let text = changed(text(Policy::BUILTIN[which]), &changes);
        if let Err(error) = Policy::from_toml(&text) {
            are_sound(&text, error.policy_faults())?;
        }
    }

    #[test]
    fn no_text_makes_a_decision_panic(which in 0..3_usize, changes in changes()) {
        let text = changed(&example(UNDECIDED[which]), &changes);
        match Decisions::from_toml(&text) {
            Err(error) => are_sound(&text, error.policy_faults())?,
            Ok(decisions) => if let Err(error) = policy(UNDECIDED[which]).with_decisions(&decisions) {
                are_sound(&text, error.policy_faults())?;
            },
        }
    }
}
