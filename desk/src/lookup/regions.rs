//! Places of the administrative division by code, name, path or other spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use anzhi::ids::RegionCode;
use anzhi::input::{Position, RegionLevel, RegionRecord};
use serde::Deserialize;

use super::key;

/// A unit of the division, or a place below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The code.
    pub code: String,
    /// The name as printed.
    pub name: String,
    /// The code of the unit above; empty at the top.
    pub parent: String,
    /// How high it stands.
    pub level: RegionLevel,
    /// A point of its own, where one is known.
    pub position: Option<Position>,
}

/// What a cell says about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One region, all of the text understood as far as the table goes.
    Known(RegionCode),
    /// A region, while a part of the text that should lie in it is unknown.
    Coarse(RegionCode),
    /// Several regions fit equally well; their codes in order.
    Ambiguous(Vec<RegionCode>),
    /// No region fits.
    Unknown,
}

/// A table of regions with their names.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    units: Vec<Region>,
    codes: BTreeMap<String, usize>,
    names: BTreeMap<String, BTreeSet<usize>>,
    longest: usize,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name: String,
    parent: String,
    level: RegionLevel,
    lat: Option<f64>,
    lng: Option<f64>,
    exact: String,
}

#[derive(Deserialize)]
struct Alias {
    #[serde(rename = "alias")]
    text: String,
    code: String,
}

static BUILT_IN: LazyLock<Regions> = LazyLock::new(|| {
    let mut table = Regions::default();
    for row in super::rows::<Row>(include_str!("../../data/regions.csv")) {
        let position =
            row.lat.zip(row.lng).filter(|_| row.exact == "yes").map(|(lat, lng)| Position { lat, lng });
        let Row { code, name, parent, level, .. } = row;
        table.insert(Region { code, name, parent, level, position });
    }
    for row in super::rows::<Alias>(include_str!("../../data/region_aliases.csv")) {
        if let Some(at) = table.codes.get(&row.code).copied() {
            table.name(&row.text, at);
        }
    }
    table
});

/// Parts of a path that name no unit of their own.
const FILLERS: &[&str] = &["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县"];
/// What stands between the parts of a path that goes down step by step.
const STEPS: &[char] = &['·', '•', '・', '/', '>'];
/// What may stand between the parts of a path or an address.
const SEPARATORS: &[char] =
    &['·', '•', '・', '-', '—', '/', '\\', '>', '|', ',', '，', '、', ' ', '\u{3000}'];

impl Regions {
    /// The regions that ship with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Lays a region over the table: it replaces the one with its code, or joins the table.
    pub fn insert(&mut self, region: Region) {
        let at = self.codes.get(&region.code).copied().unwrap_or(self.units.len());
        self.codes.insert(region.code.clone(), at);
        self.name(&region.name, at);
        match self.units.get_mut(at) {
            Some(old) => *old = region,
            None => self.units.push(region),
        }
    }

    /// Lets another spelling lead to a region too.
    fn name(&mut self, name: &str, at: usize) {
        let key = key(name);
        self.longest = self.longest.max(key.chars().count());
        self.names.entry(key).or_default().insert(at);
    }

    /// The region with this code; also in the long forms `431227000000` and `430000`.
    pub fn by_code(&self, code: &str) -> Option<&Region> {
        self.codes.get(code).or_else(|| self.padded(code)).and_then(|at| self.units.get(*at))
    }

    fn padded(&self, code: &str) -> Option<&usize> {
        let lengths = [12, 9, 6, 4, 2].into_iter().filter(|length| *length < code.len());
        let cut = lengths.filter_map(|length| Some((code.get(..length)?, code.get(length..)?)));
        let zeros = cut.filter(|(_, rest)| rest.bytes().all(|digit| digit == b'0'));
        zeros.into_iter().find_map(|(start, _)| self.codes.get(start))
    }

    /// The region and everything around it, the region first. Ends at a parent that is not in the table, and where a
    /// parent lies within its own child.
    pub fn with_parents(&self, code: &str) -> Vec<&Region> {
        let mut chain: Vec<&Region> = Vec::new();
        let mut next = self.by_code(code);
        while let Some(region) = next.filter(|region| !chain.iter().any(|seen| seen.code == region.code)) {
            chain.push(region);
            next = self.by_code(&region.parent);
        }
        chain
    }

    /// What a cell says: a code, a name, a path in parts (`湖南省·怀化市·新晃侗族自治县·波洲镇`) or in one piece
    /// (`新晃县波洲镇江口村`). Parts above the first known one are passed over, so is what follows a known town.
    pub fn find(&self, text: &str) -> Place {
        let whole = key(text);
        if let Some(region) = self.by_code(&whole) {
            return Place::Known(region.code.as_str().into());
        }
        let mut path = Path::default();
        let parts: Vec<String> = match self.names.get(&whole) {
            Some(_) => vec![whole],
            None => text.split(SEPARATORS).map(key).filter(|part| !part.is_empty()).collect(),
        };
        for part in &parts {
            if !FILLERS.contains(&part.as_str()) {
                self.follow(part, &mut path);
            }
        }
        self.settle(&path, parts.len() > 1 && text.contains(STEPS))
    }

    /// Follows one part of a path downwards, name by name. A name of two letters that is followed by something unknown
    /// is not taken: `郑州铁路局` is not in 郑州, `大兴安岭` not in 大兴.
    fn follow(&self, part: &str, path: &mut Path) {
        let mut rest = part;
        while !rest.is_empty() {
            let Some((length, found)) = self.longest_name(rest, path) else { break };
            let after = rest.get(length..).unwrap_or_default();
            let next = Path { at: found, left_over: false };
            let short =
                rest.chars().count() > 2 && rest.get(..length).is_some_and(|name| name.chars().count() <= 2);
            if short && self.longest_name(after, &next).is_none() {
                break;
            }
            (path.at, rest) = (next.at, after);
        }
        path.left_over = !rest.is_empty();
    }

    /// The longest name at the beginning of a text that leads on within the path: its length and its regions.
    fn longest_name(&self, text: &str, path: &Path) -> Option<(usize, BTreeSet<usize>)> {
        let ends: Vec<usize> =
            text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest).collect();
        ends.into_iter().rev().find_map(|end| {
            let named = self.names.get(text.get(..end)?)?;
            let found: BTreeSet<usize> =
                named.iter().copied().filter(|at| self.leads_on(*at, path)).collect();
            (!found.is_empty()).then_some((end, found))
        })
    }

    fn leads_on(&self, at: usize, path: &Path) -> bool {
        path.at.is_empty() || self.around(at).any(|outer| path.at.contains(&outer))
    }

    /// A region and those around it, as rows.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        let chain = self.units.get(at).map(|region| self.with_parents(&region.code)).unwrap_or_default();
        chain.into_iter().filter_map(|region| self.codes.get(&region.code).copied())
    }

    fn settle(&self, path: &Path, dotted: bool) -> Place {
        // 重庆 and the like name a province and what lies in it: the outer one is meant.
        let outer =
            path.at.iter().filter(|at| !self.around(**at).skip(1).any(|above| path.at.contains(&above)));
        let codes: Vec<RegionCode> =
            outer.filter_map(|at| self.units.get(*at)).map(|region| region.code.as_str().into()).collect();
        match codes.as_slice() {
            [] => Place::Unknown,
            [one] => {
                let level = self.by_code(one.as_str()).map(|region| region.level);
                let high =
                    level < Some(RegionLevel::County) || (dotted && level == Some(RegionLevel::County));
                if path.left_over && high { Place::Coarse(one.clone()) } else { Place::Known(one.clone()) }
            }
            _ => Place::Ambiguous(codes),
        }
    }

    /// The path from the top down, for people: `湖南省·怀化市·新晃侗族自治县`.
    pub fn full_name(&self, code: &str) -> String {
        let mut names: Vec<&str> =
            self.with_parents(code).iter().map(|region| region.name.as_str()).collect();
        names.reverse();
        names.join("·")
    }

    /// The code of the region around, in the form of the table; as written where the table does not have it.
    fn parent(&self, region: &Region) -> Option<RegionCode> {
        let known = self.by_code(&region.parent).map_or(&region.parent, |parent| &parent.code);
        (!region.parent.is_empty()).then(|| known.as_str().into())
    }

    /// The records of these regions and of all that lie around them, in order of code.
    pub fn records<'c>(&self, used: impl IntoIterator<Item = &'c RegionCode>) -> Vec<RegionRecord> {
        let mut records = BTreeMap::new();
        for code in used {
            for region in self.with_parents(code.as_str()) {
                records.entry(region.code.as_str()).or_insert_with(|| RegionRecord {
                    code: region.code.as_str().into(),
                    name: region.name.clone(),
                    parent: self.parent(region),
                    level: region.level,
                    position: region.position,
                });
            }
        }
        records.into_values().collect()
    }
}

/// How far a path has been followed.
#[derive(Default)]
struct Path {
    at: BTreeSet<usize>,
    left_over: bool,
}

#[cfg(test)]
mod tests;
