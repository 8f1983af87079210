//! The tables of an instance as they are written: every column, rows in order of id.

use std::borrow::Cow;

use anzhi::ids::{CandidateIx, Column, OpeningIx};
use anzhi::instance::Unfilled;

use super::{Bare, Ids};
use crate::run::files;

/// The tables by file name; only the plan to keep where a binary file ([`Bare::binary`]) stands for the others.
#[must_use]
pub fn tables(bare: &Bare) -> Vec<(&'static str, Vec<u8>)> {
    let parts = &bare.parts;
    let mut tables = Vec::new();
    if bare.binary.is_none() {
        tables.push((files::CANDIDATES, candidates(bare)));
        tables.push((files::OPENINGS, openings(bare)));
        tables.push((files::PAIRS, pairs(bare)));
        if !parts.groups.is_empty() {
            tables.push((files::GROUPS, groups(bare)));
        }
        if !parts.pins.is_empty() || !parts.prohibitions.is_empty() {
            tables.push((files::ORDERS, orders(bare)));
        }
    }
    if !parts.keep.is_empty() {
        tables.push((files::KEEP, placements(bare, parts.keep.iter().copied())));
    }
    tables
}

/// The table of a plan: only people who are placed.
#[must_use]
pub fn plan_table(bare: &Bare, plan: &Column<CandidateIx, Option<OpeningIx>>) -> Vec<u8> {
    let rows = (0..plan.len()).map(CandidateIx::new);
    placements(bare, rows.filter_map(|row| Some((row, plan.get(row).copied().flatten()?))))
}

fn placements(bare: &Bare, places: impl Iterator<Item = (CandidateIx, OpeningIx)>) -> Vec<u8> {
    let mut table = Text::headed("candidate,opening");
    for (candidate, opening) in places {
        table.row([bare.candidates.name(candidate.get()), bare.openings.name(opening.get())]);
    }
    table.0
}

fn candidates(bare: &Bare) -> Vec<u8> {
    let mut kinds: Vec<Vec<usize>> = vec![Vec::new(); bare.candidates.len()];
    for (kind, members) in bare.parts.kinds.iter().enumerate() {
        for member in members {
            if let Some(own) = kinds.get_mut(member.get()) {
                own.push(kind);
            }
        }
    }
    let mut table = Text::headed("id,tier,household,kinds");
    for ((id, numbers), kinds) in bare.candidates.names().zip(&bare.parts.candidates).zip(kinds) {
        let household = numbers.household.map_or("".into(), |it| bare.households.name(it.get()));
        let tier = u32::from(numbers.tier) + 1;
        table.row([id, tier.to_string().into(), household, joined(kinds.into_iter(), &bare.kinds)]);
    }
    table.0
}

fn openings(bare: &Bare) -> Vec<u8> {
    let mut table = Text::headed("id,seats");
    for (id, seats) in bare.openings.names().zip(&bare.parts.seats) {
        table.row([id, seats.to_string().into()]);
    }
    table.0
}

fn pairs(bare: &Bare) -> Vec<u8> {
    let mut table = Text::headed("candidate,opening,score");
    for pair in &bare.parts.pairs {
        let (candidate, opening) = (pair.candidate.get(), pair.opening.get());
        table.row([
            bare.candidates.name(candidate),
            bare.openings.name(opening),
            pair.score.to_string().into(),
        ]);
    }
    table.0
}

fn groups(bare: &Bare) -> Vec<u8> {
    let mut rows: Vec<_> = bare.groups.names().zip(&bare.parts.groups).collect();
    rows.sort();
    let mut table = Text::headed("id,openings,kind,reserve,unfilled,cap");
    for (id, group) in rows {
        let unfilled = match group.unfilled {
            Unfilled::Opens => "open",
            Unfilled::LeftFree => "free",
        };
        table.row([
            id,
            joined(group.openings.iter().map(|it| it.get()), &bare.openings),
            group.kind.map_or("".into(), |kind| bare.kinds.name(kind.get())),
            group.reserve.to_string().into(),
            unfilled.into(),
            group.cap.map_or("".into(), |cap| cap.to_string().into()),
        ]);
    }
    table.0
}

fn orders(bare: &Bare) -> Vec<u8> {
    let pins = bare.parts.pins.iter().map(|place| (place, "pin"));
    let mut rows: Vec<_> =
        pins.chain(bare.parts.prohibitions.iter().map(|place| (place, "forbid"))).collect();
    rows.sort_unstable();
    let mut table = Text::headed("candidate,opening,order");
    for ((candidate, opening), order) in rows {
        table.row([bare.candidates.name(candidate.get()), bare.openings.name(opening.get()), order.into()]);
    }
    table.0
}

fn joined(rows: impl Iterator<Item = usize>, ids: &Ids) -> Cow<'_, str> {
    rows.map(|row| ids.name(row)).collect::<Vec<_>>().join(";").into()
}

/// CSV on its way.
struct Text(Vec<u8>);

impl Text {
    fn headed(heading: &str) -> Self {
        Self(format!("{heading}\n").into_bytes())
    }

    fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cow<'c, str>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            if cell.contains([',', '"', '\r', '\n']) {
                self.0.extend(format!("\"{}\"", cell.replace('"', "\"\"")).bytes());
            } else {
                self.0.extend(cell.bytes());
            }
        }
        self.0.push(b'\n');
    }
}
