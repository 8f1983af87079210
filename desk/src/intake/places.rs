//! The way back from a JSON pointer of the document to file, row and column.

use std::collections::BTreeMap;

use anzhi::words::Item;

use super::SheetKind;
use crate::headings::Binding;
use crate::tables::{Cell, Fault};
use anzhi::issue::Issue;

/// Where the fields of a record come from: pointer within the record, the field of the heading table, and the field
/// that it may derive from where the first has no column.
const PATHS: &[(SheetKind, &str, &str, &str)] = &[
    (SheetKind::Candidates, "/birth", "birth", "id_number"),
    (SheetKind::Candidates, "/sex", "sex", "id_number"),
    (SheetKind::Candidates, "/certificate/category", "category", "certificate_number"),
    (SheetKind::Candidates, "/certificate/level", "level", "certificate_number"),
    (SheetKind::Candidates, "/certificate/constituents", "constituents", ""),
    (SheetKind::Candidates, "/certificate/valid_until", "certificate_until", ""),
    (SheetKind::Candidates, "/certificate", "certificate_number", "category"),
    (SheetKind::Candidates, "/position/lat", "latitude", ""),
    (SheetKind::Candidates, "/position/lng", "longitude", ""),
    (SheetKind::Candidates, "/position", "longitude", "latitude"),
    (SheetKind::Openings, "/position/lat", "latitude", ""),
    (SheetKind::Openings, "/position/lng", "longitude", ""),
    (SheetKind::Openings, "/position", "longitude", "latitude"),
    (SheetKind::Openings, "/reserves", "reserve", ""),
    (SheetKind::Openings, "/wage_min", "wage_min", "title"),
    (SheetKind::Openings, "/wage_max", "wage_max", "wage_min"),
    (SheetKind::Openings, "/occupation", "occupation", "title"),
    (SheetKind::Openings, "/conditions", "conditions", "age"),
    (SheetKind::Openings, "/demands", "demands_confirmed", "title"),
    (SheetKind::Regions, "/position", "latitude", "longitude"),
    (SheetKind::Skills, "/name", "zh", ""),
];

/// The statuses of a household, each with dates and source of its own.
const STATUSES: &[&str] = &["low_income", "marginal", "watched", "zero_employment", "aged_carer"];

/// Maps a JSON pointer of the document (`/candidates/17/certificate/level`) back to the cell it was read from.
#[derive(Clone, Debug, Default)]
pub struct Places {
    files: Vec<File>,
    rows: BTreeMap<SheetKind, Vec<Place>>,
    demands: BTreeMap<usize, Vec<Item>>,
}

#[derive(Clone, Debug)]
struct File {
    name: String,
    binding: Binding,
}

/// A row of a file, of a sheet that may differ from the record's kind; row 0 = no row wrote the record.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    row: u32,
    sheet: SheetKind,
}

impl Places {
    /// The cell behind a pointer. Without a column where the pointer names a record as a whole, or a field that no
    /// column holds; `None` where no row of a file wrote it, as with the built-in regions and skills. `O(log n)`.
    pub fn cell(&self, pointer: &str) -> Option<Cell> {
        let mut parts = pointer.strip_prefix('/')?.splitn(3, '/');
        let (name, row, rest) = (parts.next()?, parts.next()?, parts.next());
        let sheet = *SheetKind::ALL.iter().find(|kind| kind.as_str() == name)?;
        let at: usize = row.parse().ok()?;
        let place = self.rows.get(&sheet)?.get(at).filter(|place| place.row > 0)?;
        let file = self.files.get(place.file as usize)?;
        let column = if place.sheet == sheet {
            rest.and_then(|rest| self.column(sheet, at, &format!("/{rest}"), &file.binding))
        } else {
            file.binding
                .heading(if sheet == SheetKind::Employers { "employer" } else { "household" })
                .map(str::to_owned)
        };
        Some(Cell { file: file.name.clone(), row: Some(place.row), column })
    }

    /// A finding of the engine, with its cell.
    pub fn locate(&self, issue: Issue) -> Fault {
        let cell = self.cell(issue.path());
        Fault { issue, cell }
    }

    fn column(&self, sheet: SheetKind, at: usize, path: &str, binding: &Binding) -> Option<String> {
        if let Some(item) = self.demanded(sheet, at, path) {
            return binding.heading(item.as_str()).map(str::to_owned);
        }
        let (field, other) = field_of(sheet, path);
        binding.heading(&field).or_else(|| binding.heading(other)).map(str::to_owned)
    }

    fn demanded(&self, sheet: SheetKind, at: usize, path: &str) -> Option<Item> {
        let row = path.strip_prefix("/demands/")?.split('/').next()?;
        let items = self.demands.get(&at).filter(|_| sheet == SheetKind::Openings)?;
        items.get(row.parse::<usize>().ok()?).copied()
    }

    pub(super) fn add_file(&mut self, name: &str, binding: &Binding) -> u32 {
        self.files.push(File { name: name.to_owned(), binding: binding.clone() });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The place of a file among those that were read; `None` of any other.
    pub(super) fn file_rank(&self, name: &str) -> Option<usize> {
        self.files.iter().position(|file| file.name == name)
    }

    /// Notes that the next record of `collection` was written by a row of a file of kind `sheet`.
    pub(super) fn add(&mut self, collection: SheetKind, file: u32, row: u32, sheet: SheetKind) {
        self.rows.entry(collection).or_default().push(Place { file, row, sheet });
    }

    /// Notes that the next record of `collection` is only named by a row of another sheet: an employer that has no
    /// row of its own.
    pub(super) fn add_named(&mut self, collection: SheetKind, by: SheetKind, at: usize) {
        let place = self.rows.get(&by).and_then(|rows| rows.get(at)).copied();
        let (file, row) = place.map_or((0, 0), |place| (place.file, place.row));
        self.add(collection, file, row, by);
    }

    /// Notes a record that no row wrote.
    pub(super) fn add_built_in(&mut self, collection: SheetKind) {
        self.add(collection, 0, 0, collection);
    }

    pub(super) fn add_demands(&mut self, opening: usize, items: Vec<Item>) {
        self.demands.insert(opening, items);
    }
}

/// The field of the heading table behind a pointer within a record, and the one that it may derive from.
fn field_of(sheet: SheetKind, path: &str) -> (String, &'static str) {
    let under =
        |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some((_, _, field, other)) = PATHS.iter().find(|(kind, start, ..)| *kind == sheet && under(start))
    {
        return ((*field).to_owned(), other);
    }
    let mut parts = path.trim_start_matches('/').split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    match second {
        Some(item) if first == "capacities" => (item.to_owned(), ""),
        Some(part) if STATUSES.contains(&first) && part != "holds" => (format!("{first}_{part}"), ""),
        _ => (first.to_owned(), ""),
    }
}

/// The pointer within a record of the field that a column holds: the reverse of the way back.
pub(super) fn path_of(sheet: SheetKind, field: &str) -> String {
    if let Some((_, path, ..)) = PATHS.iter().find(|(kind, _, first, _)| *kind == sheet && *first == field) {
        return (*path).to_owned();
    }
    if Item::from_wire(field).is_some() {
        let list =
            if sheet == SheetKind::Candidates { format!("capacities/{field}") } else { "demands".to_owned() };
        return format!("/{list}");
    }
    let status =
        STATUSES.iter().find_map(|status| Some((status, field.strip_prefix(status)?.strip_prefix('_')?)));
    match status {
        Some((status, part)) => format!("/{status}/{part}"),
        None => format!("/{field}"),
    }
}
