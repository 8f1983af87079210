//! Regions as a forest and skills as a graph (petgraph inside; its types stay here).

use std::collections::BTreeMap;

use petgraph::algo::is_cyclic_directed;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Direction, Graph};
use rustc_hash::FxHashMap;

use crate::ids::{RegionCode, SkillId};
use crate::input::{RegionLevel, RegionRecord, SkillRecord};

/// The regions of a problem: every region below its parent.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    records: Vec<RegionRecord>,
    rows: FxHashMap<RegionCode, usize>,
    /// By row: what the region lies in, from the nearest to the farthest.
    above: Vec<Box<[usize]>>,
}

impl Regions {
    /// Links the records, which are sorted by code and distinct, each in a larger one.
    pub(super) fn link(records: Vec<RegionRecord>) -> Self {
        let mut within = DiGraph::with_capacity(records.len(), records.len());
        for _ in &records {
            within.add_node(());
        }
        for (row, record) in records.iter().enumerate() {
            let Some(parent) = &record.parent else { continue };
            if let Ok(parent) = records.binary_search_by(|it| it.code.cmp(parent)) {
                within.add_edge(NodeIndex::new(row), NodeIndex::new(parent), ());
            }
        }
        let above = (0..records.len()).map(|row| chain(&within, row).collect()).collect();
        let rows = records.iter().enumerate().map(|(row, record)| (record.code.clone(), row)).collect();
        Self { records, rows, above }
    }

    /// The record of a region.
    #[must_use]
    pub fn record(&self, code: &RegionCode) -> Option<&RegionRecord> {
        self.row(code).and_then(|row| self.records.get(row))
    }

    /// The records, in order of code.
    #[must_use]
    pub fn records(&self) -> &[RegionRecord] {
        &self.records
    }

    /// The region itself, then what it lies in, from the nearest to the farthest.
    pub fn around<'a>(&'a self, code: &RegionCode) -> impl Iterator<Item = &'a RegionRecord> + use<'a> {
        let start = self.row(code);
        let above = start.and_then(|row| self.above.get(row)).into_iter().flatten().copied();
        start.into_iter().chain(above).filter_map(|row| self.records.get(row))
    }

    /// The region of this level that holds the region, itself included.
    #[must_use]
    pub fn at_level(&self, code: &RegionCode, level: RegionLevel) -> Option<&RegionRecord> {
        self.around(code).find(|record| record.level == level)
    }

    /// Whether a region lies in another, or is it.
    #[must_use]
    pub fn lies_in(&self, code: &RegionCode, outer: &RegionCode) -> bool {
        let rows = self.row(code).zip(self.row(outer));
        rows.is_some_and(|(row, outer)| self.row_lies_in(row, outer))
    }

    /// The same of rows of [`Self::records`].
    pub(crate) fn row_lies_in(&self, row: usize, outer: usize) -> bool {
        row == outer || self.above.get(row).is_some_and(|above| above.contains(&outer))
    }

    /// The row of a region in [`Self::records`].
    pub(crate) fn row(&self, code: &RegionCode) -> Option<usize> {
        self.rows.get(code).copied()
    }
}

/// The rows above a row, up to a root.
fn chain(within: &DiGraph<(), ()>, row: usize) -> impl Iterator<Item = usize> + '_ {
    let parent = |row: &usize| {
        let mut above = within.neighbors_directed(NodeIndex::new(*row), Direction::Outgoing);
        above.next().map(NodeIndex::index)
    };
    std::iter::successors(parent(&row), parent)
}

/// How near a held skill is to a wanted one, per cent: 100 the same, 0 not within two steps.
pub type Nearness = u8;

/// What a step along a link keeps, per cent (docs/rules.md, criterion `skills`).
const TO_BROADER: u32 = 90;
const TO_NARROWER: u32 = 60;
const TO_RELATED: u32 = 50;

/// The skills of a problem and how near they stand to each other.
#[derive(Clone, Debug, Default)]
pub struct Skills {
    records: Vec<SkillRecord>,
    rows: FxHashMap<SkillId, usize>,
    near: Vec<BTreeMap<usize, Nearness>>,
}

impl Skills {
    /// Links the records, which are sorted by id and distinct. Broader links that would close a cycle are left out
    /// and returned as (row, place in `broader`).
    pub(super) fn link(mut records: Vec<SkillRecord>) -> (Self, Vec<(usize, usize)>) {
        let mut links: Graph<(), u32> = Graph::new();
        let mut broader: Graph<(), ()> = Graph::new();
        for _ in &records {
            links.add_node(());
            broader.add_node(());
        }
        let row_of =
            |records: &[SkillRecord], id: &SkillId| records.binary_search_by(|it| it.id.cmp(id)).ok();
        let mut cut = Vec::new();
        for row in 0..records.len() {
            for (place, id) in records[row].broader.clone().iter().enumerate() {
                let Some(up) = row_of(&records, id) else { continue };
                let edge = broader.add_edge(NodeIndex::new(row), NodeIndex::new(up), ());
                if is_cyclic_directed(&broader) {
                    broader.remove_edge(edge);
                    cut.push((row, place));
                } else {
                    links.add_edge(NodeIndex::new(row), NodeIndex::new(up), TO_BROADER);
                    links.add_edge(NodeIndex::new(up), NodeIndex::new(row), TO_NARROWER);
                }
            }
            for other in records[row].related.iter().filter_map(|id| row_of(&records, id)) {
                links.add_edge(NodeIndex::new(row), NodeIndex::new(other), TO_RELATED);
                links.add_edge(NodeIndex::new(other), NodeIndex::new(row), TO_RELATED);
            }
        }
        for (row, place) in cut.iter().rev() {
            records[*row].broader.remove(*place);
        }
        let near = (0..records.len()).map(|row| two_steps(&links, row)).collect();
        let rows = records.iter().enumerate().map(|(row, record)| (record.id.clone(), row)).collect();
        (Self { records, rows, near }, cut)
    }

    /// The row of a skill.
    #[must_use]
    pub fn row(&self, id: &SkillId) -> Option<usize> {
        self.rows.get(id).copied()
    }

    /// The records, in order of id.
    #[must_use]
    pub fn records(&self) -> &[SkillRecord] {
        &self.records
    }

    /// The skills that a held skill is near to, itself included, with how near.
    pub(crate) fn near(&self, held: usize) -> impl Iterator<Item = (usize, Nearness)> + '_ {
        self.near.get(held).into_iter().flatten().map(|(row, near)| (*row, *near))
    }

    /// How near a held skill is to a wanted one.
    #[must_use]
    pub fn nearness(&self, held: usize, wanted: usize) -> Nearness {
        self.near.get(held).and_then(|near| near.get(&wanted)).copied().unwrap_or(0)
    }
}

fn two_steps(links: &Graph<(), u32>, held: usize) -> BTreeMap<usize, Nearness> {
    let mut best = BTreeMap::from([(held, 100_u32)]);
    let start = NodeIndex::new(held);
    for first in links.edges(start) {
        raise(&mut best, first.target().index(), *first.weight());
        for second in links.edges(first.target()) {
            raise(&mut best, second.target().index(), first.weight() * second.weight() / 100);
        }
    }
    best.into_iter().map(|(row, near)| (row, u8::try_from(near).unwrap_or(100))).collect()
}

fn raise(best: &mut BTreeMap<usize, u32>, row: usize, near: u32) {
    let known = best.entry(row).or_default();
    *known = (*known).max(near);
}
