//! What the desk knows beside the report: where each cell stood, and which row it was.

use anzhi::input::Document;

use crate::intake::Intake;
use crate::tables::Cell;
use crate::workbook::{Extras, FaultRow, Place};

/// The ids that the rows of a document give themselves, kept while the document itself goes into the engine.
pub(super) struct RowIds(Vec<(&'static str, Vec<String>)>);

impl RowIds {
    pub(super) fn of(document: &Document) -> Self {
        let referrals = document.referrals.iter().map(|it| it.candidate.to_string());
        let services = document.services.iter().map(|it| it.candidate.to_string());
        Self(vec![
            ("candidates", document.candidates.iter().map(|it| it.id.to_string()).collect()),
            ("households", document.households.iter().map(|it| it.id.to_string()).collect()),
            ("employers", document.employers.iter().map(|it| it.id.to_string()).collect()),
            ("openings", document.openings.iter().map(|it| it.id.to_string()).collect()),
            ("referrals", referrals.collect()),
            ("services", services.collect()),
        ])
    }

    /// The id of the row that a JSON pointer speaks of; empty where it speaks of none.
    fn at(&self, pointer: &str) -> &str {
        let mut parts = pointer.split('/').skip(1);
        let (Some(list), Some(row)) = (parts.next(), parts.next()) else { return "" };
        let ids = self.0.iter().find(|(name, _)| *name == list).map(|(_, ids)| ids);
        let row = row.parse::<usize>().ok();
        ids.zip(row).and_then(|(ids, row)| ids.get(row)).map_or("", String::as_str)
    }
}

/// The places behind the pointers of a report, and the faults of the tables.
pub(super) fn extras<'r>(intake: &Intake, ids: &RowIds, pointers: impl Iterator<Item = &'r str>) -> Extras {
    let place = |cell: Option<Cell>, pointer: &str| {
        let (file, row, column) = cell.map_or_else(Default::default, |it| (it.file, it.row, it.column));
        let column = column.unwrap_or_default();
        Place { file, row: row.map(u64::from), column, id: ids.at(pointer).to_owned() }
    };
    let cells = pointers.filter(|it| !it.is_empty());
    let faults = intake.faults.iter().map(|fault| FaultRow {
        place: place(fault.cell.clone(), fault.issue.path()),
        code: fault.issue.code(),
        found: fault.issue.found().to_owned(),
    });
    Extras {
        cells: cells.map(|it| (it.to_owned(), place(intake.places.cell(it), it))).collect(),
        faults: faults.collect(),
    }
}

#[cfg(test)]
mod tests {
    use anzhi::ids::CandidateId;
    use anzhi::input::CandidateRecord;
    use anzhi::words::PersonKind;

    use super::*;

    #[test]
    fn a_pointer_leads_to_its_rows_id() {
        let mut document = Document::empty();
        document.candidates.push(CandidateRecord::unknown(CandidateId::from("c-1"), PersonKind::Disabled));
        let ids = RowIds::of(&document);
        assert_eq!(ids.at("/candidates/0/birth"), "c-1");
        for nowhere in ["", "/candidates", "/candidates/1", "/skills/0", "/candidates/x"] {
            assert_eq!(ids.at(nowhere), "", "{nowhere}");
        }
    }
}
