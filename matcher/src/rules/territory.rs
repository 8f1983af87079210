//! The rule `territory`: whether a person belongs to the ground whose people a post is for.

use super::Judge;
use super::finding::{Answer, Finding, Found};
use super::pair::{Home, Work};
use crate::ids::RegionCode;
use crate::input::RegionLevel;
use crate::policy::Territory;
use crate::words::{Datum, Hukou, OpeningKind, RuleKind};

/// A region that a record states, by row; `None` = it states none, `Some(None)` = one that does not exist.
type Stated = Option<Option<usize>>;

/// What the rule looks at in a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Belonging {
    registered: Stated,
    residence: Stated,
    hukou: Option<Hukou>,
}

/// What the rule looks at in an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ground {
    /// The region whose people it is for, by row; `None` = unknown.
    pub(crate) region: Option<usize>,
    is_rural: bool,
}

impl Judge<'_> {
    pub(crate) fn belonging(&self, home: Home<'_>) -> Belonging {
        let row = |code: Option<&RegionCode>| code.map(|code| self.problem.regions().row(code));
        Belonging { registered: row(home.registered), residence: row(home.residence), hukou: home.hukou }
    }

    /// The region whose people a post is for: that of the policy, else the county around, else the city.
    pub(crate) fn ground(&self, work: Work<'_>) -> Ground {
        let regions = self.problem.regions();
        let around = |place: &RegionCode| {
            let at = |level| regions.at_level(place, level);
            at(RegionLevel::County).or_else(|| at(RegionLevel::City)).map(|record| &record.code)
        };
        let code = match self.problem.policy().jurisdiction() {
            Some(jurisdiction) => self.problem.region(jurisdiction).map(|record| &record.code),
            None => work.place.and_then(around),
        };
        Ground {
            region: code.and_then(|code| regions.row(code)),
            is_rural: work.kind == OpeningKind::RuralWelfare,
        }
    }

    pub(super) fn territory(&self, asked: Territory, person: Belonging, ground: Ground) -> Option<Finding> {
        let mut here = Answer::No;
        let mut datum = Datum::Residence;
        if asked.residence {
            here = here.or(self.inside(person.residence, ground.region));
        }
        if asked.registered {
            here = here.or(self.inside(person.registered, ground.region));
            if person.registered.is_none() || !asked.residence {
                datum = Datum::Registered;
            }
        }
        if ground.region.is_none() {
            (here, datum) = (Answer::Unknown, Datum::Place);
        }
        let rural = asked.rural_for_rural && ground.is_rural;
        let rural = if rural { Answer::of(person.hukou.map(|it| it == Hukou::Rural)) } else { Answer::Yes };
        match here.and(rural) {
            Answer::Yes => None,
            Answer::No => Some(Finding::no(RuleKind::Territory, Found::Nothing, Found::Nothing)),
            Answer::Unknown if here == Answer::Unknown => Some(Finding::unknown(RuleKind::Territory, datum)),
            Answer::Unknown => Some(Finding::unknown(RuleKind::Territory, Datum::Hukou)),
        }
    }

    /// Whether a place lies on the ground. One that is stated no closer than around the ground may lie in it.
    pub(crate) fn inside(&self, place: Stated, ground: Option<usize>) -> Answer {
        let (Some(place), Some(ground)) = (place, ground) else { return Answer::Unknown };
        let regions = self.problem.regions();
        match place {
            Some(place) if regions.row_lies_in(place, ground) => Answer::Yes,
            Some(place) if regions.row_lies_in(ground, place) => Answer::Unknown,
            _ => Answer::No,
        }
    }
}
