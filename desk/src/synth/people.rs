//! All people of a folder: their rows and those of their households, referrals and services.

use std::collections::BTreeMap;

use anzhi::day::Day;

use super::candidate::Candidate;
use super::history::{referrals, services};
use super::household::{Household, Setting};
use super::table::Row;

/// The rows about people.
#[derive(Default)]
pub(super) struct People {
    pub candidates: Vec<Row>,
    pub households: Vec<Row>,
    pub referrals: Vec<Row>,
    pub services: Vec<Row>,
}

/// Draws households until so many people take part; the last household may be cut short.
pub(super) fn people(setting: &Setting, count: u32) -> People {
    let mut people = People::default();
    let mut namesakes: BTreeMap<(&str, Day), u32> = BTreeMap::new();
    let (mut number, mut households) = (0, 0);
    while number < count {
        households += 1;
        let household = Household::draw(setting, households);
        people.households.push(household.row(setting));
        for person in &household.people {
            if number < count {
                number += 1;
                let division = setting.homes[household.home].place.division();
                let before = namesakes.entry((division, person.birth)).or_default();
                let candidate = Candidate { setting, household: &household, person, number, before: *before };
                *before += 1;
                people.referrals.extend(referrals(setting, &candidate.id(), person));
                people.services.extend(services(setting, &candidate.id()));
                people.candidates.push(candidate.row());
            }
        }
    }
    people
}
