//! Documents whose every value lies at an end of its type, or beyond what the world knows: no panic, every row is
//! counted, and engine and audit still agree.

use std::collections::BTreeSet;

use anzhi::day::Day;
use anzhi::input::Document;
use anzhi::policy::Policy;
use anzhi::problem::Problem;
use anzhi::run::{self, RunOptions};
use anzhi_desk::messages::{Language, fill};
use anzhi_desk::workbook;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::day;

const POLICIES: &[&str] =
    &["general", "xinhuang", "dianjiang", "general", "xinhuang", "panjin", "zhongshan", "jizhou"];
const ON: &[&str] = &["0001-01-01", "2024-06-30", "2024-06-30", "2024-06-30", "9999-12-31"];

/// Some of these fields, each with one of its values.
fn record(needed: Value, fields: Value) -> BoxedStrategy<Value> {
    some_of(needed, fields, 0.5)
}

/// A sound record with a few of these fields changed.
fn changed(sound: Value, needed: Value, fields: Value) -> BoxedStrategy<Value> {
    let over = move |change: Value| {
        let (mut record, Value::Object(change)) = (sound.clone(), change) else { unreachable!("an object") };
        for (name, value) in change {
            record[name] = value;
        }
        record
    };
    let few = some_of(needed.clone(), fields.clone(), 0.12).prop_map(over);
    prop_oneof![2 => few, 1 => some_of(needed, fields, 0.5)].boxed()
}

fn some_of(needed: Value, fields: Value, share: f64) -> BoxedStrategy<Value> {
    let Value::Object(needed) = needed else { unreachable!("an object") };
    let Value::Object(fields) = fields else { unreachable!("an object") };
    let needed: Vec<_> = needed.into_iter().map(|(name, values)| one_of(name, values).boxed()).collect();
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, values)| proptest::option::weighted(share, one_of(name, values)).boxed())
        .collect();
    (needed, fields)
        .prop_map(|(needed, fields)| {
            Value::Object(needed.into_iter().chain(fields.into_iter().flatten()).collect::<Map<_, _>>())
        })
        .boxed()
}

fn one_of(name: String, values: Value) -> impl Strategy<Value = (String, Value)> {
    let Value::Array(values) = values else { unreachable!("a list of values") };
    select(values).prop_map(move |value| (name.clone(), value))
}

fn days() -> Value {
    json!([
        "0001-01-01",
        "1904-02-29",
        "1964-06-30",
        "1980-06-30",
        "2004-02-29",
        "2024-06-30",
        "2024-07-01",
        "9999-12-31"
    ])
}

fn points() -> Value {
    json!([
        { "lat": 90, "lng": 180 }, { "lat": -90, "lng": -180 }, { "lat": 0, "lng": 0 }, { "lat": 27.36, "lng": 109.17 },
        { "lat": 1e308, "lng": -1e308 }, { "lat": 5e-324, "lng": 90.000_000_1 }
    ])
}

fn statuses() -> Value {
    json!([{ "holds": true }, { "holds": false }, {}, { "holds": true, "from": "2024-06-30", "until": "2024-06-30" },
        { "holds": true, "from": "9999-12-31", "until": "0001-01-01" }, { "until": "0001-01-01" }])
}

fn candidate() -> BoxedStrategy<Value> {
    changed(
        json!({ "birth": "1980-06-30", "sex": "male", "household": "H1", "registered": "431227101", "residence": "431227101",
            "hukou": "rural", "employment": "unemployed", "unemployed_since": "2022-01-01", "willingness": "strong", "hard_to_employ": true,
            "certificate": { "category": "physical", "level": 2, "valid_until": "2030-01-01" }, "education": "senior",
            "licences": ["a"], "welfare_placements": 0, "welfare_months": 0, "capacities": { "P2": 4, "M1": 4, "H2": 4 } }),
        json!({ "id": ["C1", "C2", "C3", "C4", "C5", "", "=cmd|'/c calc'!A0"], "kind": ["disabled", "disabled", "family_member"] }),
        json!({
            "birth": days(), "sex": ["male", "female"], "household": ["H1", "H2", "H9"], "registered": ["43", "431227", "9"],
            "residence": ["43", "431227101", "9"], "hukou": ["rural", "urban"], "position": points(),
            "certificate": [
                { "category": "physical", "level": 1 }, { "category": "visual", "level": 4, "valid_until": "9999-12-31" },
                { "category": "multiple", "level": 2, "constituents": ["hearing", "multiple", "hearing"] },
                { "category": "mental", "level": 0 }, { "category": "speech", "level": 255, "valid_until": "0001-01-01" }
            ],
            "education": ["none", "senior", "postgraduate"], "graduated": days(), "employment": ["employed", "unemployed"],
            "unemployed_since": days(), "willingness": ["strong", "none"], "hard_to_employ": [true, false],
            "reason_not_employed": [0, 1, 7, 8, 255],
            "skills": [[{ "skill": "s1", "level": 5 }, { "skill": "s1", "level": 1 }, { "skill": "s9", "level": 3 }],
                [{ "skill": "s2", "level": 255 }], [{ "skill": "s3", "level": 0 }]],
            "licences": [["a"], ["", "", "\u{0}\u{ffff}"]], "occupations": [["4-09-08-01"], ["", "-", "L-", "4"], ["1", "2", "3", "4", "5"]],
            "wage_wish": [0, 1, 2000, 4_294_967_295_u32], "forms": [["full_time"], ["home", "home"]],
            "max_commute_km": [0, 1, 4_294_967_295_u32], "refused": [["J1"], ["J9", "J1", "J1"]],
            "welfare_placements": [0, 255], "welfare_months": [0, 36, 65535], "capacities": [{ "P2": 0, "M1": 255 }, { "H2": 4 }]
        }),
    )
}

fn opening() -> BoxedStrategy<Value> {
    let text = "长".repeat(40_000);
    changed(
        json!({ "place": "431227101" }),
        json!({
            "id": ["J1", "J2", "J3", "J4", ""], "employer": ["E1", "E1", "E1", "E1", "E9"], "title": ["保洁员", "", "=1+1", text, "\u{1b}[2J\u{202e}\n\u{0}"],
            "kind": ["market", "urban_welfare", "urban_welfare", "rural_welfare", "home_based"], "seats": [1, 1, 1, 2, 2, 100_000, 0, 4_294_967_295_u32]
        }),
        json!({
            "place": ["43", "431227101", "9"], "position": points(), "home_based": [true],
            "accepts": [[], [{ "category": "physical", "levels": [1, 2] }, { "category": "physical", "levels": [4] }]],
            "occupation": ["4-09-08-01", "", "4-"], "skills": [[{ "skill": "s1", "level": 5, "weight": 5 }, { "skill": "s1", "level": 1, "weight": 1 }],
                [{ "skill": "s2", "level": 0, "weight": 255 }]],
            "licences": [["a"]], "education": ["none", "postgraduate"],
            "age": [{ "min_male": 255, "max_male": 0 }, { "min_female": 0, "max_female": 255 }, { "max_male": 60 }],
            "wage_min": [0, 2000, 4_294_967_295_u32], "wage_max": [0, 4_294_967_295_u32], "form": ["full_time", "home"], "hours": [0, 255],
            "accommodations": [["ramp", "ramp", "x"], ["adjustable_desk"]],
            "demands": [[{ "item": "P2", "level": 255 }, { "item": "P2", "level": 4, "safety": true, "marginal": true }], [{ "item": "H2", "level": 1, "suggested": true }]],
            "conditions": [[{ "kind": "sex", "text": "" }]], "from": days(), "until": days(),
            "reserves": [[{ "group": "low_income", "seats": 1 }], [{ "group": "severe", "seats": 4_294_967_295_u32 }, { "group": "severe", "seats": 1 }], [{ "group": "watched", "seats": 0 }, { "group": "severe", "seats": 1 }]]
        }),
    )
}

fn document() -> impl Strategy<Value = Value> {
    let list = |record: BoxedStrategy<Value>, most: usize| proptest::collection::vec(record, 0..most);
    let household = record(
        json!({ "id": ["H1", "H2", ""] }),
        json!({
            "low_income": statuses(), "marginal": statuses(), "watched": statuses(), "zero_employment": statuses(), "aged_carer": statuses(),
            "members": [0, 1, 65535], "disabled_members": [0, 2, 65535], "employed_members": [0, 65535]
        }),
    );
    let employer = record(
        json!({ "id": ["E1", ""] }),
        json!({ "name": ["某", ""], "staff": [0, 4_294_967_295_u32], "disabled_staff": [4_294_967_295_u32] }),
    );
    let referral = record(
        json!({ "candidate": ["C1", "C2", "C9"], "date": days() }),
        json!({ "opening": ["J1", "J9"], "channel": ["market", "welfare"], "outcome": ["hired", "not_hired", "declined", "pending"] }),
    );
    let service = record(json!({ "candidate": ["C1", "C9"], "kind": ["check"], "date": days() }), json!({}));
    let region = record(
        json!({ "code": ["43", "431227", "431227101"], "name": ["甲", ""], "level": ["province", "county", "township", "village"] }),
        json!({ "parent": ["43", "431227", "431227101", "9"], "position": points() }),
    );
    let skill = record(
        json!({ "id": ["s1", "s2", "s3"], "name": ["甲"] }),
        json!({ "broader": [["s1"], ["s2", "s2", "s3"], ["s9"]], "related": [["s1", "s2"], ["s3"]] }),
    );
    let people = (list(candidate(), 10), list(household, 4), list(referral, 6), list(service, 3));
    let rest = (list(employer, 3), list(opening(), 7), list(region, 5), list(skill, 5));
    (people, rest).prop_map(
        |((candidates, mut households, referrals, services), (mut employers, openings, mut regions, skills))| {
            // so that most rows have what they name
            employers.insert(0, json!({ "id": "E1" }));
            households.insert(0, json!({ "id": "H1", "low_income": { "holds": true }, "watched": { "holds": false } }));
            for (code, level, parent) in [("431227101", "township", "431227"), ("431227", "county", "43")] {
                regions.push(json!({ "code": code, "name": "某地", "level": level, "parent": parent }));
            }
            json!({ "format": "anzhi.input/1", "candidates": candidates, "households": households, "employers": employers,
                "openings": openings, "referrals": referrals, "services": services, "regions": regions, "skills": skills })
        },
    )
}

/// Runs the whole way; the first thing that is wrong.
fn whole_way(document: &Value, policy: &str, on: Day) -> Result<(), String> {
    let received = |list: &str| document[list].as_array().map_or(0, Vec::len);
    let records = Document::from_json(document.to_string().as_bytes()).map_err(|error| error.to_string())?;
    let policy = Policy::builtin_text(policy).ok_or("no policy")?;
    let policy = Policy::from_toml(policy).map_err(|error| error.to_string())?;
    let problem = Problem::new(records, policy, on).map_err(|error| error.to_string())?;
    for count in problem.counts() {
        let rejected: BTreeSet<usize> =
            problem.rejected().iter().filter(|it| it.sheet == count.sheet).map(|it| it.row).collect();
        let sheet = count.sheet.as_str();
        if count.received != received(sheet) || count.accepted + rejected.len() != count.received {
            return Err(format!("{count:?}, {} rejected", rejected.len()));
        }
    }
    let made = run::run(&problem, &RunOptions::new(None, 3)).map_err(|error| error.to_string())?;
    let flaws = run::verify(&problem, &made.report, made.certificate.as_ref());
    if !flaws.is_empty() {
        return Err(format!("{flaws:?}"));
    }
    let mut report = made.report;
    fill(&mut report, Language::Zh);
    workbook::write(&report, &workbook::Extras::default(), Language::Zh)
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// Found by the test below: a village without a township around it, and a person who goes nowhere.
#[test]
fn who_shares_a_village_shares_its_township() {
    let place = "431227101201";
    let document = json!({
        "format": "anzhi.input/1",
        "candidates": [{ "id": "C1", "kind": "disabled", "residence": place, "max_commute_km": 0, "birth": "1980-06-30", "sex": "male",
            "willingness": "strong", "certificate": { "category": "physical", "level": 2, "valid_until": "2030-01-01" } }],
        "employers": [{ "id": "E1" }],
        "openings": [{ "id": "J1", "employer": "E1", "title": "保洁员", "kind": "market", "seats": 1, "place": place }],
        "regions": [{ "code": place, "name": "某村", "level": "village" }]
    });
    assert_eq!(whole_way(&document, "general", day("2024-06-30")), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn values_at_the_ends_of_their_types_go_the_whole_way(document in document(), policy in select(POLICIES), on in select(ON)) {
        let outcome = whole_way(&document, policy, day(on));
        prop_assert!(outcome.is_ok(), "{policy} on {on}: {outcome:?}");
    }
}
