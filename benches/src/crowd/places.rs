//! A province that exists nowhere: cities, counties, townships and villages with their points.

use anzhi::ids::RegionCode;
use anzhi::input::{Position, RegionLevel, RegionRecord};

use super::draw::{Heap, Stream};
use crate::Dice;

const COUNTIES: u32 = 8;
const TOWNSHIPS: u32 = 13;
const VILLAGES: u32 = 8;
/// Townships without a point of their own, per mille.
const POINTLESS: u32 = 80;
/// Millionths of a degree; a thousand are about a tenth of a kilometre.
const BETWEEN_CITIES: i32 = 2_000_000;
const ACROSS_CITY: u32 = 1_200_000;
const ACROSS_COUNTY: u32 = 160_000;
const ACROSS_VILLAGES: u32 = 20_000;
const CORNER: Point = Point { lat: 27_000_000, lng: 109_000_000 };

/// Millionths of a degree.
#[derive(Clone, Copy)]
pub(super) struct Point {
    lat: i32,
    lng: i32,
}

impl Point {
    fn near(self, dice: &mut Dice, most: u32) -> Self {
        Self { lat: self.lat + dice.around(most), lng: self.lng + dice.around(most) }
    }

    pub(super) fn position(self) -> Position {
        Position { lat: f64::from(self.lat) / 1e6, lng: f64::from(self.lng) / 1e6 }
    }
}

/// A township, with the regions that hold it and its villages.
pub(super) struct Town {
    pub(super) county: RegionCode,
    pub(super) code: RegionCode,
    pub(super) villages: Vec<RegionCode>,
    point: Point,
    people: u32,
    work: u32,
}

/// Where people live and work.
pub(super) struct Map {
    pub(super) records: Vec<RegionRecord>,
    pub(super) towns: Vec<Town>,
    homes: Heap,
    work: Heap,
}

/// Where somebody lives or works.
pub(super) struct Spot<'a> {
    pub(super) town: &'a Town,
    pub(super) point: Point,
}

impl Map {
    pub(super) fn draw(cities: u32, seed: u64) -> Self {
        let mut records = vec![region("99", None, RegionLevel::Province, None)];
        let mut towns = Vec::new();
        for city in 0..cities {
            draw_city(city, seed, &mut records, &mut towns);
        }
        let (homes, work) =
            (Heap::new(towns.iter().map(|it| it.people)), Heap::new(towns.iter().map(|it| it.work)));
        Self { records, towns, homes, work }
    }

    pub(super) fn home(&self, dice: &mut Dice) -> Spot<'_> {
        self.spot(self.homes.draw(dice), dice)
    }

    pub(super) fn work(&self, dice: &mut Dice) -> Spot<'_> {
        self.spot(self.work.draw(dice), dice)
    }

    fn spot(&self, row: usize, dice: &mut Dice) -> Spot<'_> {
        let town = &self.towns[row];
        Spot { town, point: town.point.near(dice, ACROSS_VILLAGES) }
    }
}

/// Towns follow Zipf: the n-th of a city has the n-th part of the first one's people, and work gathers in the centres.
fn draw_city(city: u32, seed: u64, records: &mut Vec<RegionRecord>, towns: &mut Vec<Town>) {
    let mut dice = Stream::Place.dice(seed, city);
    let step = |number: u32| i32::try_from(number).unwrap_or(0) * BETWEEN_CITIES;
    let middle = Point { lat: CORNER.lat + step(city % 4), lng: CORNER.lng + step(city / 4) };
    let code = format!("99{:02}", city + 1);
    records.push(region(&code, Some("99"), RegionLevel::City, Some(middle)));
    let size = 1_000_000 / (city + 1);
    for county in 0..COUNTIES {
        let within = code.as_str();
        let code = format!("{within}{:02}", county + 1);
        let centre = middle.near(&mut dice, ACROSS_CITY);
        records.push(region(&code, Some(within), RegionLevel::County, Some(centre)));
        for rank in 0..TOWNSHIPS {
            let town = draw_town(&code, rank, centre, &mut dice, records);
            let rank = rank * COUNTIES + county;
            let busy = if rank < COUNTIES * 2 { 3 } else { 1 };
            towns.push(Town { people: size / (rank + 4), work: size / (rank + 4) * busy, ..town });
        }
    }
}

fn draw_town(
    county: &str,
    rank: u32,
    centre: Point,
    dice: &mut Dice,
    records: &mut Vec<RegionRecord>,
) -> Town {
    let code = format!("{county}{:03}", rank + 1);
    let point = if rank == 0 { centre } else { centre.near(dice, ACROSS_COUNTY) };
    let known = (!dice.chance(POINTLESS)).then_some(point);
    records.push(region(&code, Some(county), RegionLevel::Township, known));
    let villages: Vec<RegionCode> =
        (1..=VILLAGES).map(|number| format!("{code}{number:03}").into()).collect();
    for village in &villages {
        records.push(region(village.as_str(), Some(&code), RegionLevel::Village, None));
    }
    Town { county: county.into(), code: code.into(), villages, point, people: 0, work: 0 }
}

fn region(code: &str, parent: Option<&str>, level: RegionLevel, point: Option<Point>) -> RegionRecord {
    let name = format!("合成{code}");
    RegionRecord {
        code: code.into(),
        name,
        parent: parent.map(Into::into),
        level,
        position: point.map(Point::position),
    }
}
