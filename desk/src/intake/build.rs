//! Row by row, sheet by sheet, into one document.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use anzhi::ids::{CandidateId, RegionCode, SkillId};
use anzhi::input::{Document, EmployerRecord, HouseholdRecord};
use anzhi::issue::IssueCode;

use super::row::{Cells, Source, shown};
use super::{Count, Fault, Intake, Names, Places, SheetKind, candidates, local, openings, records};
use crate::lookup::{Place, Regions, Skills};
use crate::tables::Row;

/// The tables that names are looked up in: the built-in ones with the folder's own laid over them.
pub(super) struct Lookups {
    pub(super) regions: Regions,
    pub(super) skills: Skills,
    places: RefCell<BTreeMap<Box<str>, Place>>,
}

impl Lookups {
    /// The place that a cell means; asked once for each text, since a county's rows name few places.
    pub(super) fn place(&self, text: &str) -> Place {
        if let Some(place) = self.places.borrow().get(text) {
            return place.clone();
        }
        let place = self.regions.find(text);
        self.places.borrow_mut().insert(text.into(), place.clone());
        place
    }
}

/// The document while it grows.
pub(super) struct Build {
    document: Document,
    pub(super) faults: Vec<Fault>,
    pub(super) places: Places,
    /// Sheets of which a table lacks a column that it needs: nothing of it was read.
    pub(super) unread: BTreeSet<SheetKind>,
    pub(super) counts: BTreeMap<SheetKind, Count>,
    people: BTreeMap<CandidateId, Names>,
    lookups: Lookups,
    own: BTreeMap<(SheetKind, String), (u32, u32)>,
}

impl Build {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        let (regions, skills) = (Regions::built_in().clone(), Skills::built_in().clone());
        Self {
            document: Document::empty(),
            faults,
            places: Places::default(),
            counts: BTreeMap::new(),
            people: BTreeMap::new(),
            lookups: Lookups { regions, skills, places: RefCell::default() },
            own: BTreeMap::new(),
            unread: BTreeSet::new(),
        }
    }

    /// Reads every row of every table; the folder's own places and skills first, since the others name them.
    pub(super) fn read(&mut self, sources: &[Source<'_>]) {
        self.read_local(sources);
        let document = |kind| (kind, sources);
        self.each(
            document(SheetKind::Employers),
            |cells, _| records::employer(cells),
            |build, record| push(&mut build.document.employers, record),
        );
        self.each(
            document(SheetKind::Households),
            |cells, _| records::household(cells),
            |build, record| push(&mut build.document.households, record),
        );
        self.each(document(SheetKind::Candidates), candidates::candidate, |build, (record, names)| {
            if let Some(names) = names {
                build.people.entry(record.id.clone()).or_insert(names);
            }
            push(&mut build.document.candidates, record)
        });
        self.each(document(SheetKind::Openings), openings::opening, |build, read| {
            let at = push(&mut build.document.openings, read.record);
            build.places.add_demands(at, read.stated);
            at
        });
        self.each(
            document(SheetKind::Referrals),
            |cells, _| records::referral(cells),
            |build, record| push(&mut build.document.referrals, record),
        );
        self.each(
            document(SheetKind::Services),
            |cells, _| records::service(cells),
            |build, record| push(&mut build.document.services, record),
        );
    }

    /// Reads the folder's own places and skills; what they refer to is looked up when all are known.
    fn read_local(&mut self, sources: &[Source<'_>]) {
        let mut read = Vec::new();
        for source in sources.iter().filter(|it| matches!(it.sheet, SheetKind::Regions | SheetKind::Skills)) {
            for row in source.table.rows() {
                let mut cells = Cells::new(source, row);
                let id = unless_rejected(&mut cells, |cells| self.local(source.sheet, cells));
                let accepted = id.is_some();
                if let Some(id) = id {
                    self.own.insert((source.sheet, id), (source.file, row.number()));
                }
                self.count(source.sheet, accepted);
                read.push((source.sheet, accepted, cells));
            }
        }
        for (sheet, accepted, mut cells) in read {
            if accepted && sheet == SheetKind::Skills {
                local::linked(&mut cells, &self.lookups.skills);
            }
            self.faults.extend(cells.finish(None));
        }
    }

    /// Lays one place or skill over the built-in ones; its id. A second row of one id is set aside.
    fn local(&mut self, sheet: SheetKind, cells: &mut Cells<'_>) -> Option<String> {
        let (field, code) = match sheet {
            SheetKind::Regions => ("code", IssueCode::RegionTwice),
            _ => ("id", IssueCode::SkillTwice),
        };
        let id = cells.text(field).to_owned();
        if self.own.contains_key(&(sheet, id.clone())) {
            cells.note(code, field, &shown(&id));
            return None;
        }
        match sheet {
            SheetKind::Regions => self.lookups.regions.insert(local::region(cells)?),
            _ => self.lookups.skills.insert(local::skill(cells)?),
        }
        Some(id)
    }

    /// Reads the rows of one sheet. `keep` puts a record into the document and says at which place of its list.
    fn each<R>(
        &mut self,
        (kind, sources): (SheetKind, &[Source<'_>]),
        read: impl Fn(&mut Cells<'_>, &Lookups) -> Option<R>,
        keep: impl Fn(&mut Self, R) -> usize,
    ) {
        for (source, row) in by_id(kind, sources) {
            let mut cells = Cells::new(source, row);
            let record = unless_rejected(&mut cells, |cells| read(cells, &self.lookups));
            let at = record.map(|record| keep(self, record));
            if at.is_some() {
                self.places.add(kind, source.file, row.number(), kind);
            }
            self.count(kind, at.is_some());
            self.faults.extend(cells.finish(at));
        }
    }

    fn count(&mut self, kind: SheetKind, accepted: bool) {
        let count = self.counts.entry(kind).or_default();
        if accepted { count.accepted += 1 } else { count.rejected += 1 }
    }

    /// Faults stand file by file and row by row, whatever order the records were read in.
    fn sort_faults(&mut self) {
        let places = &self.places;
        self.faults.sort_by_cached_key(|fault| {
            let cell = fault.cell.as_ref();
            (cell.and_then(|cell| places.file_rank(&cell.file)), cell.and_then(|cell| cell.row))
        });
    }

    pub(super) fn finish(mut self) -> Intake {
        self.sort_faults();
        self.add_named();
        self.add_tables();
        let Self { document, faults, places, counts, people, .. } = self;
        Intake { document, faults, places, counts, people }
    }

    /// Where no row of a table of employers or households could be read at all, the ids that openings and candidates name
    /// stand for them, and nothing is known of them.
    fn add_named(&mut self) {
        let absent = |kind| {
            self.unread.contains(&kind) || self.counts.get(&kind).is_none_or(|count| count.received == 0)
        };
        let (no_employers, no_households) = (absent(SheetKind::Employers), absent(SheetKind::Households));
        let mut seen = BTreeSet::new();
        for (at, opening) in self.document.openings.iter().enumerate().filter(|_| no_employers) {
            if seen.insert(opening.employer.as_str()) {
                self.document.employers.push(EmployerRecord::unstated(opening.employer.clone()));
                self.places.add_named(SheetKind::Employers, SheetKind::Openings, at);
            }
        }
        let mut seen = BTreeSet::new();
        for (at, candidate) in self.document.candidates.iter().enumerate().filter(|_| no_households) {
            let Some(household) = &candidate.household else { continue };
            if seen.insert(household.as_str()) {
                self.document.households.push(HouseholdRecord::unknown(household.clone()));
                self.places.add_named(SheetKind::Households, SheetKind::Candidates, at);
            }
        }
    }

    /// The regions and skills that the rows name, with what lies around and near them.
    fn add_tables(&mut self) {
        let document = &self.document;
        let people = document.candidates.iter().flat_map(|person| [&person.registered, &person.residence]);
        let places = people.chain(document.openings.iter().map(|opening| &opening.place)).flatten();
        let used: BTreeSet<&RegionCode> = places.collect();
        let regions = self.lookups.regions.records(used);
        let held = document.candidates.iter().flat_map(|person| &person.skills).map(|held| &held.skill);
        let wanted = document.openings.iter().flat_map(|opening| &opening.skills).map(|wanted| &wanted.skill);
        let used: BTreeSet<&SkillId> = held.chain(wanted).collect();
        let skills = self.lookups.skills.records(used);
        for region in &regions {
            self.note_own(SheetKind::Regions, region.code.as_str());
        }
        for skill in &skills {
            self.note_own(SheetKind::Skills, skill.id.as_str());
        }
        (self.document.regions, self.document.skills) = (regions, skills);
    }

    fn note_own(&mut self, kind: SheetKind, id: &str) {
        match self.own.get(&(kind, id.to_owned())) {
            Some((file, row)) => self.places.add(kind, *file, *row, kind),
            None => self.places.add_built_in(kind),
        }
    }
}

fn push<R>(list: &mut Vec<R>, record: R) -> usize {
    list.push(record);
    list.len() - 1
}

fn unless_rejected<R>(cells: &mut Cells<'_>, read: impl FnOnce(&mut Cells<'_>) -> Option<R>) -> Option<R> {
    if cells.is_rejected() { None } else { read(cells) }
}

/// The rows of one sheet in order of id: a table that was sorted anew makes the same document, and pointers into it mean
/// the same records. Of rows with one id the first stays first; rows without ids of their own follow their cells.
fn by_id<'s>(kind: SheetKind, sources: &'s [Source<'s>]) -> Vec<(&'s Source<'s>, Row<'s>)> {
    let of_kind = sources.iter().filter(|source| source.sheet == kind);
    let mut rows: Vec<_> =
        of_kind.flat_map(|source| source.table.rows().map(move |row| (source, row))).collect();
    if matches!(kind, SheetKind::Referrals | SheetKind::Services) {
        rows.sort_by(|(_, a), (_, b)| a.cells().cmp(b.cells()));
    } else {
        let id =
            |(source, row): &(&'s Source<'s>, Row<'s>)| source.binding.at("id").map_or("", |at| row.cell(at));
        rows.sort_by(|a, b| id(a).cmp(id(b)));
    }
    rows
}
