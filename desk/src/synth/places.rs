//! Places where people live and work, and points near them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Error;
use super::facts::csv_rows;
use super::random::Rng;

/// How far a home lies from the point of its place at most, in millionths of a degree (about 1.3 km).
const SPREAD: u32 = 12_000;

/// A unit of the division.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Division code.
    pub code: String,
    /// Name as printed.
    pub name: String,
    /// The names of its parents from the province on and its own, joined as adverts join them.
    pub path: String,
    /// `province`, `city`, `county` or `township`.
    pub level: String,
    /// Latitude and longitude in millionths of a degree, where the point is its own.
    pub point: Option<(i64, i64)>,
}

#[derive(Deserialize)]
struct Region {
    code: String,
    name: String,
    parent: String,
    level: String,
    lat: String,
    lng: String,
    exact: String,
}

/// Reads the places of the region table, in its order.
pub(super) fn places(table: &str) -> Result<Vec<Place>, Error> {
    let regions: Vec<Region> = csv_rows("regions.csv", table)?;
    let by_code: BTreeMap<&str, &Region> =
        regions.iter().map(|region| (region.code.as_str(), region)).collect();
    Ok(regions.iter().map(|region| place(region, &by_code)).collect())
}

fn place(region: &Region, by_code: &BTreeMap<&str, &Region>) -> Place {
    let mut names = vec![region.name.as_str()];
    let mut at = region;
    while let Some(parent) = by_code.get(at.parent.as_str()).filter(|_| names.len() < 5) {
        names.push(&parent.name);
        at = parent;
    }
    names.reverse();
    let point = micro_degrees(&region.lat).zip(micro_degrees(&region.lng)).filter(|_| region.exact == "yes");
    Place {
        code: region.code.clone(),
        name: region.name.clone(),
        path: names.join("·"),
        level: region.level.clone(),
        point,
    }
}

/// A decimal number of degrees as whole millionths; further digits are cut off.
fn micro_degrees(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 1_000_000 + sign * part.parse::<i64>().ok()?)
}

impl Place {
    /// The digits of the code that an ID number begins with: six, or fewer for a province or a city.
    pub(super) fn division(&self) -> &str {
        self.code.get(..6).unwrap_or(&self.code)
    }

    /// A point near the place as text, latitude and longitude; `None` where the place has no point of its own.
    pub(super) fn near(&self, rng: &mut Rng) -> Option<(String, String)> {
        let (lat, lng) = self.point?;
        let mut shifted = |degrees: i64| degrees + i64::from(rng.below(2 * SPREAD + 1)) - i64::from(SPREAD);
        let (lat, lng) = (shifted(lat), shifted(lng));
        Some((degrees(lat), degrees(lng)))
    }

    /// How many people live there beside the others: towns draw townspeople, villages draw villagers.
    pub(super) fn weight(&self, rural: bool, centre: &[String]) -> u32 {
        let central = centre.contains(&self.name);
        let street = self.name.ends_with("街道");
        match (rural, street, central) {
            (false, _, true) => 12,
            (false, true, false) => 6,
            (true, false, true) => 4,
            (true, false, false) => 5,
            (false, false, false) | (true, true, true) => 2,
            (true, true, false) => 1,
        }
    }
}

/// Five decimal places, which is a metre.
fn degrees(micro: i64) -> String {
    let rounded = micro / 10;
    format!("{}.{:05}", rounded / 100_000, rounded.rem_euclid(100_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_its_parents_and_its_point() {
        let table = "code,name,parent,level,lat,lng,exact\n43,湖南省,,province,,,no\n\
                     4312,怀化市,43,city,27.5,109.9,yes\n431227,新晃侗族自治县,4312,county,27.352673,109.174932,no\n";
        let places = places(table).expect("places");
        assert_eq!(places[2].path, "湖南省·怀化市·新晃侗族自治县");
        assert_eq!((places[1].point, places[2].point), (Some((27_500_000, 109_900_000)), None));
        let mut rng = Rng::of("near", "test", 0);
        for _ in 0..200 {
            let (lat, lng) = places[1].near(&mut rng).expect("a point");
            assert!(("27.48800"..="27.51200").contains(&lat.as_str()), "{lat}");
            assert!(("109.88800"..="109.91200").contains(&lng.as_str()), "{lng}");
        }
    }
}
