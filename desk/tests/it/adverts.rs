//! The readers of advert cells against 558 real rows: `fixtures/golden/fair/expected_readings.csv` holds the text
//! cells as printed and what a person read in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anzhi_desk::adverts::accepts::Accepted;
use anzhi_desk::adverts::disability::Class;
use anzhi_desk::adverts::wage::{Currency, Unit, Wage};
use anzhi_desk::adverts::{accepts, age, headcount, place, wage};
use proptest::prelude::*;

type Row = BTreeMap<String, String>;

/// Rows whose reading differs from the expected one, each with the reason why ours stands.
const DIFFERING: &[(&str, &str)] = &[];

/// Rows whose place differs, each with the reason.
const DIFFERING_PLACES: &[(&str, &str)] = &[
    ("V0328", "the township stands in the title, not in the place"),
    ("V0329", "the township stands in the title, not in the place"),
    ("V0330", "the township stands in the title, not in the place"),
    ("V0331", "the township stands in the title, not in the place"),
    ("V0451", "a railway bureau is no city: a finding, and no city"),
    ("V0484", "county and township come from the employer's name"),
    ("V0504", "the place names a district only; its city is not in the text"),
    ("V0509", "the place names a district only; its city is not in the text"),
    ("V0534", "the place counts villages; the county comes from the notice"),
    ("V0543", "the place is an industrial park; the district comes from the notice"),
];

#[expect(clippy::expect_used, reason = "without its fixture the test cannot go on")]
fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/golden/fair/expected_readings.csv");
    let mut reader = csv::Reader::from_path(path).expect("the fixture");
    let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().expect("rows of the fixture");
    assert_eq!(rows.len(), 558);
    rows
}

fn levels(accepted: Option<&Accepted>) -> String {
    match accepted {
        None => String::new(),
        Some(accepted) if accepted.any => "any".to_owned(),
        Some(accepted) => accepted.levels.iter().map(|level| level.to_string()).collect::<Vec<_>>().join(";"),
    }
}

fn number(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn unit(unit: Option<Unit>) -> &'static str {
    match unit {
        None => "",
        Some(Unit::Hour) => "hour",
        Some(Unit::Day) => "day",
        Some(Unit::Month) => "month",
        Some(Unit::Year) => "year",
    }
}

fn currency(currency: Currency) -> &'static str {
    match currency {
        Currency::Cny => "CNY",
        Currency::Twd => "TWD",
        Currency::Other => "other",
    }
}

fn wage_columns(text: &str, wage: &Wage) -> [(&'static str, String); 5] {
    let currency = if text.is_empty() { "" } else { currency(wage.currency) };
    [
        ("wage_min_month_cny", number(wage.min_month)),
        ("wage_max_month_cny", number(wage.max_month)),
        ("wage_unit", unit(wage.unit).to_owned()),
        ("wage_amount", number(wage.amount.map(|hundredths| hundredths / 100))),
        ("wage_currency", currency.to_owned()),
    ]
}

/// What our readers make of the text cells of a row, by the names of the expected columns.
fn readings(row: &Row) -> Vec<(&'static str, String)> {
    let classes = accepts::read(&row["disability_text"]).value.classes;
    let names = ["visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple"];
    let columns = [
        "levels_visual",
        "levels_hearing",
        "levels_speech",
        "levels_physical",
        "levels_intellectual",
        "levels_mental",
        "levels_multiple",
    ];
    assert_eq!(names.len(), Class::ALL.len());
    let of = |class: Class| levels(classes.iter().find(|accepted| accepted.class == class));
    let mut found: Vec<_> = columns.into_iter().zip(Class::ALL.map(of)).collect();
    found.extend(wage_columns(&row["wage_text"], &wage::read(&row["wage_text"]).value));
    let ages = age::read(&row["age_text"]).value;
    found.extend([
        ("age_min_male", number(ages.male.min)),
        ("age_max_male", number(ages.male.max)),
        ("age_min_female", number(ages.female.min)),
        ("age_max_female", number(ages.female.max)),
        ("headcount", number(headcount::read(&row["headcount_text"]).value)),
    ]);
    found
}

fn differences(row: &Row, found: &[(&'static str, String)]) -> Vec<String> {
    let differs = found.iter().filter(|(column, read)| row[*column] != *read);
    differs.map(|(column, read)| format!("{column}: expected `{}`, read `{read}`", row[*column])).collect()
}

/// Compares the rows that differ with the table of those known to differ, in both directions.
fn compare(what: &str, differing: &BTreeMap<String, Vec<String>>, total: usize, known: &[(&str, &str)]) {
    println!("{what}: {} of {total} rows read alike", total - differing.len());
    for (row, differences) in differing {
        let reason = known.iter().find(|(id, _)| id == row).map_or("not explained", |(_, reason)| reason);
        println!("  {row}: {} ({reason})", differences.join("; "));
    }
    let found: BTreeSet<&str> = differing.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = known.iter().map(|(row, _)| *row).collect();
    assert_eq!(found, known, "{what}: rows that differ, and rows known to differ");
}

#[test]
fn real_adverts_read_as_expected() {
    let rows = rows();
    let mut differing = BTreeMap::new();
    for row in &rows {
        let differences = differences(row, &readings(row));
        if !differences.is_empty() {
            differing.insert(row["row_id"].clone(), differences);
        }
    }
    compare("cells", &differing, rows.len(), DIFFERING);
}

#[test]
fn real_places_read_as_expected() {
    let rows: Vec<Row> = rows().into_iter().filter(|row| !row["place_text"].is_empty()).collect();
    let mut differing = BTreeMap::new();
    for row in &rows {
        let place = place::read(&row["place_text"]).value;
        let found = [
            ("province", place.province),
            ("city", place.city),
            ("county", place.county),
            ("township", place.township),
        ];
        let differences = differences(row, &found);
        if !differences.is_empty() {
            differing.insert(row["row_id"].clone(), differences);
        }
    }
    compare("places", &differing, rows.len(), DIFFERING_PLACES);
}

/// Rows whose wage cell was cut out of the title.
fn is_cut_from_title(row: &Row) -> bool {
    !row["wage_text"].is_empty() && row["post_title"].contains(&row["wage_text"])
}

#[test]
fn wages_are_found_in_titles() {
    let rows = rows();
    let cut: Vec<&Row> = rows.iter().filter(|row| is_cut_from_title(row)).collect();
    let mut wrong = Vec::new();
    for row in &cut {
        let found = wage::from_title(&row["post_title"]).map(|reading| reading.value);
        let columns = wage_columns("title", &found.unwrap_or_default());
        wrong.extend(differences(row, &columns).into_iter().map(|text| format!("{}: {text}", row["row_id"])));
    }
    println!("titles: {} cells were cut from titles, differences: {wrong:?}", cut.len());
    assert_eq!((cut.len(), wrong.len()), (16, 0), "{wrong:?}");
    let others = rows.iter().filter(|row| !is_cut_from_title(row));
    let invented: Vec<_> = others
        .filter(|row| wage::from_title(&row["post_title"]).is_some())
        .map(|row| &row["post_title"])
        .collect();
    assert!(invented.is_empty(), "{invented:?}");
}

/// The text cells of the fixture, each once.
fn cells() -> Vec<String> {
    let columns = ["disability_text", "wage_text", "age_text", "headcount_text", "post_title", "place_text"];
    let rows = rows();
    let cells: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| columns.map(|column| row[column].clone()))
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.into_iter().collect()
}

proptest! {
    /// Variants of the real cells: a character changed into a digit, or lost. Every reader takes every cell.
    #[test]
    fn variants_of_real_cells_do_not_panic(
        cell in prop::sample::select(cells()), place in any::<prop::sample::Index>(), digit in prop::option::of(0..10_u32),
    ) {
        let mut letters: Vec<char> = cell.chars().collect();
        let place = place.index(letters.len());
        match digit.and_then(|digit| char::from_digit(digit, 10)) {
            Some(digit) => letters[place] = digit,
            None => { letters.remove(place); }
        }
        let cell: String = letters.into_iter().collect();
        let _ = (accepts::read(&cell), wage::read(&cell), wage::from_title(&cell), age::read(&cell));
        let _ = (headcount::read(&cell), place::read(&cell));
    }
}
