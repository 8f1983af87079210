use super::*;

/// A row of headings is one that names these letters.
fn looks(cells: &[&str]) -> usize {
    cells.iter().filter(|cell| ["编号", "姓名", "残疾类别", "备注"].contains(cell)).count()
}

fn read(text: &str) -> (Table, Vec<Fault>) {
    let (table, faults) = read_bytes("求职者.csv", text.as_bytes(), looks);
    (table.expect("a table"), faults)
}

fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table.rows().map(|row| (row.number(), row.cells().collect())).collect()
}

#[test]
fn rows_keep_the_numbers_of_the_spreadsheet() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = ["编号,姓名,残疾类别", "C1,某甲,视力", "", ",,", "", "C2,\"某\n乙\",听力", "C3,,", ""]
            .join(line_break);
        let (table, faults) = read(&text);
        assert_eq!(
            rows(&table),
            [(2, vec!["C1", "某甲", "视力"]), (6, vec!["C2", "某\n乙", "听力"]), (7, vec!["C3"])],
            "{line_break:?}"
        );
        assert!(faults.is_empty() && table.rows().all(|row| !row.is_ragged()), "{faults:?}");
        assert_eq!(table.heading().map(Row::number), Some(1));
    }
}

#[test]
fn a_title_may_stand_above_the_headings_and_any_separator_between_the_cells() {
    for separator in [",", "\t", ";"] {
        let text =
            format!("2024年登记表,,\n\n编号{separator}姓名{separator}残疾类别\nC1{separator}\"a,b;c\"\n");
        let (table, _) = read(&text);
        assert_eq!(table.heading().map(Row::number), Some(3), "{separator:?}");
        assert_eq!(rows(&table), [(4, vec!["C1", "a,b;c"])], "{separator:?}");
    }
}

#[test]
fn a_stray_quotation_mark_costs_its_own_row_only() {
    let text = "编号,姓名,残疾类别,备注\nC1,\"某甲,视力,\nC2,某乙,听力,\nC3,\"某丙\",言语,好\nC4,某丁,肢体,\"x\nC5,某戊,智力,";
    let (table, _) = read(text);
    let ragged: Vec<_> = table.rows().map(|row| (row.number(), row.is_ragged())).collect();
    assert_eq!(ragged, [(2, true), (3, false), (4, false), (5, true), (6, false)]);
    assert_eq!(rows(&table)[2].1, ["C3", "某丙", "言语", "好"]);
}

#[test]
fn too_many_cells_are_ragged_and_blank_ones_are_not() {
    let (table, _) = read("编号,姓名\nC1,某甲,视力\nC2,某乙,,\nC3\n");
    assert_eq!(table.rows().map(Row::is_ragged).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn limits_are_faults() {
    let long = "长".repeat(MAX_CELL + 1);
    let (table, faults) = read(&format!("编号,姓名\nC1,{long}\nC2,{}\n", "长".repeat(MAX_CELL)));
    assert_eq!(table.len(), 2);
    let codes: Vec<_> = faults.iter().map(|fault| (fault.issue.code(), fault.cell.clone())).collect();
    let cell = Cell { file: "求职者.csv".to_owned(), row: Some(2), column: Some("姓名".to_owned()) };
    assert_eq!(codes, [(IssueCode::CellTooLong, Some(cell))]);
    let (table, faults) = read(&format!("编号,姓名\nC1{}x\nC2,y\n", ",".repeat(MAX_COLUMNS)));
    assert!(table.rows().next().is_some_and(Row::is_ragged));
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].issue.code(), IssueCode::TableTooLarge);

    let mut builder = TableBuilder::new("大.csv");
    let kept = (1..=u32::try_from(MAX_ROWS + 5).expect("small"))
        .filter(|number| builder.push(*number, ["a"]))
        .count();
    let (table, faults) = builder.finish(looks);
    assert_eq!((kept, table.len()), (MAX_ROWS, MAX_ROWS));
    assert_eq!(faults[0].issue.code(), IssueCode::TableTooLarge);
}

#[test]
fn empty_files_and_headings_alone_have_no_rows() {
    for text in ["", "\n\n", "编号,姓名\n", " , \n"] {
        let (table, faults) = read(text);
        assert!(table.is_empty(), "{text:?}");
        assert_eq!(faults.iter().map(|fault| fault.issue.code()).collect::<Vec<_>>(), [IssueCode::FileEmpty]);
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic_and_rows_stand_in_order(bytes in proptest::collection::vec(0_u8.., 0..400)) {
        if let (Some(table), _) = read_bytes("x.csv", &bytes, looks) {
            proptest::prop_assert!(table.rows().zip(table.rows().skip(1)).all(|(a, b)| a.number() < b.number()));
        }
    }

    #[test]
    fn no_text_panics(text in "[a编\",;\t\r\n ]{0,200}") {
        let (table, _) = read(&text);
        let lines = text.split(['\r', '\n']).count();
        proptest::prop_assert!(table.rows().all(|row| (row.number() as usize) <= lines));
    }
}
