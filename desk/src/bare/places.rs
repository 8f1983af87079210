//! Tables that name a candidate and an opening: `orders.csv`, and plans.

use std::collections::BTreeMap;
use std::path::Path;

use anzhi::ids::{CandidateIx, Column as Rows, OpeningIx};

use super::fault::{Fault, Faults};
use super::ids::Ids;
use super::table::{Column, Row, Table};
use crate::run::{Sentence, files};

pub(super) const ORDERS: &[Column] =
    &[Column::needed("candidate"), Column::needed("opening"), Column::needed("order")];
const PLAN: &[Column] = &[Column::needed("candidate"), Column::needed("opening")];

/// A candidate and an opening.
pub(super) type Place = (CandidateIx, OpeningIx);

/// What an officer fixed and forbade.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// With the line of each.
    pub(super) pins: BTreeMap<Place, u64>,
    pub(super) prohibitions: Vec<Place>,
}

/// Reads the orders.
pub(super) fn orders(bytes: &[u8], ids: (&Ids, &Ids), faults: &mut Faults) -> Orders {
    let mut orders = Orders::default();
    let Some(table) = Table::open(files::ORDERS, bytes, ORDERS, faults) else { return orders };
    let mut places = BTreeMap::new();
    table.rows(false, faults, |row, faults| {
        let place = place(row, files::ORDERS, ids, faults);
        match (row.cell(2), place) {
            (b"pin", Some(place)) => {
                let (first, line) = *places.entry(place.0).or_insert((place, row.line()));
                if first != place {
                    let sentence = Sentence::new("bare_pinned_twice").with("candidate", row.shown(0));
                    faults.push(Fault::at(files::ORDERS, row.line(), sentence.with("first", line)));
                }
                orders.pins.entry(place).or_insert(row.line());
            }
            (b"forbid", Some(place)) => orders.prohibitions.push(place),
            (b"pin" | b"forbid", None) => {}
            _ => {
                let sentence = Sentence::new("bare_word").with("column", "order");
                let sentence = sentence.with("found", row.shown(2)).with("words", "pin, forbid");
                faults.push(Fault::at(files::ORDERS, row.line(), sentence));
            }
        }
    });
    orders.prohibitions.sort_unstable();
    orders.prohibitions.dedup();
    orders
}

/// The placements of a plan that is to be kept; people and openings that are no longer there are left out.
pub(super) fn keep(path: &Path, candidates: &Ids, openings: &Ids, faults: &mut Faults) -> Vec<Place> {
    let Some(bytes) = super::bytes(path, faults) else { return Vec::new() };
    let name = path.display().to_string();
    let Some(table) = Table::open(&name, &bytes, PLAN, faults) else { return Vec::new() };
    let mut places: BTreeMap<CandidateIx, (OpeningIx, u64)> = BTreeMap::new();
    table.rows(false, faults, |row, faults| {
        let Some((candidate, opening)) = found(row, (candidates, openings)) else { return };
        let (first, line) = *places.entry(candidate).or_insert((opening, row.line()));
        if first != opening {
            faults.push(placed_twice(&name, row, line));
        }
    });
    places.into_iter().map(|(candidate, (opening, _))| (candidate, opening)).collect()
}

/// Who a plan places where.
///
/// # Errors
///
/// Everything for which the table is no plan of these people and openings.
pub fn read_plan(
    bytes: &[u8],
    candidates: &Ids,
    openings: &Ids,
) -> Result<Rows<CandidateIx, Option<OpeningIx>>, Faults> {
    let mut faults = Faults::default();
    let mut places = vec![None; candidates.len()];
    if let Some(table) = Table::open(files::PLAN, bytes, PLAN, &mut faults) {
        table.rows(false, &mut faults, |row, faults| {
            let Some((candidate, opening)) = place(row, files::PLAN, (candidates, openings), faults) else {
                return;
            };
            match places.get_mut(candidate.get()) {
                Some(Some((_, line))) => faults.push(placed_twice(files::PLAN, row, *line)),
                Some(free) => *free = Some((opening, row.line())),
                None => {}
            }
        });
    }
    if faults.count() > 0 {
        return Err(faults);
    }
    Ok(Rows::from_vec(places.into_iter().map(|place| place.map(|(opening, _)| opening)).collect()))
}

fn placed_twice(file: &str, row: Row<'_>, first: u64) -> Fault {
    let sentence = Sentence::new("bare_placed_twice").with("candidate", row.shown(0));
    Fault::at(file, row.line(), sentence.with("first", first))
}

fn found(row: Row<'_>, (candidates, openings): (&Ids, &Ids)) -> Option<Place> {
    let candidate = std::str::from_utf8(row.cell(0)).ok().and_then(|id| candidates.find(id))?;
    let opening = std::str::from_utf8(row.cell(1)).ok().and_then(|id| openings.find(id))?;
    Some((CandidateIx::new(candidate), OpeningIx::new(opening)))
}

/// The candidate and the opening of a row; a fault for each that is not there.
fn place(row: Row<'_>, file: &str, ids: (&Ids, &Ids), faults: &mut Faults) -> Option<Place> {
    let place = found(row, ids);
    if place.is_none() {
        let columns = [(0, ids.0, "bare_no_candidate"), (1, ids.1, "bare_no_opening")];
        for (column, ids, key) in columns {
            let shown = row.shown(column);
            if ids.find(&shown).is_none() {
                faults.push(Fault::at(file, row.line(), Sentence::new(key).with("found", shown)));
            }
        }
    }
    place
}
