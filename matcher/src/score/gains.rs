//! Which changes are worth naming: of a ladder the steps that bring more than the step before, of alternatives the best.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

use super::kernel::Gain;
use crate::catalogue;
use crate::input::{AgeLimits, Remedy};
use crate::words::{Category, Education, Item};

/// Pairs that would become eligible, and barred pairs that would become unresolved.
pub(super) type Both = [u32; 2];

pub(super) fn add(sum: &mut Both, more: Both) {
    sum[0] += more[0];
    sum[1] += more[1];
}

/// Most changes named of one rule of an opening.
const MOST: usize = 4;
/// Most licences, and most accommodations, named of a candidate.
const MOST_OWN: usize = 2;
/// Most steps of a ladder named of a candidate.
pub(super) const STEPS: usize = 2;
/// Limits of a commute are named in steps of so many kilometres.
pub(super) const STEP_KM: u64 = 5;

/// Changes of which each holds those before it.
#[derive(PartialEq, Eq)]
struct Ladder {
    kind: Discriminant<Remedy>,
    category: Option<Category>,
    item: Option<Item>,
    /// Lower limits of age.
    lower: Option<[Option<u8>; 2]>,
}

/// The ladder of a change; `None` where it stands alone.
fn ladder(remedy: &Remedy) -> Option<Ladder> {
    let mut ladder = Ladder { kind: discriminant(remedy), category: None, item: None, lower: None };
    match remedy {
        Remedy::Classes { category, .. } => ladder.category = Some(*category),
        Remedy::Demand { item, .. } => ladder.item = Some(*item),
        Remedy::Ages { limits: AgeLimits { min_male, min_female, .. } } => {
            ladder.lower = Some([*min_male, *min_female]);
        }
        Remedy::Education { .. } | Remedy::Transport { .. } => {}
        _ => return None,
    }
    Some(ladder)
}

fn gain(remedy: Remedy, [eligible, unresolved]: Both) -> Gain {
    Gain { remedy, eligible, unresolved }
}

impl Gain {
    const fn both(&self) -> Both {
        [self.eligible, self.unresolved]
    }
}

/// Of all changes of one rule of an opening those worth naming: the [`MOST`] best. Steps stand in their order, the
/// smallest first; alternatives by what they bring, what is offered before what is asked no longer.
pub(super) fn of_opening<'a>(changes: impl Iterator<Item = (&'a Remedy, Both)>) -> Vec<Gain> {
    let mut before: Option<(Ladder, Both)> = None;
    let mut gains: Vec<(usize, &Remedy, Both)> = Vec::new();
    for (at, (remedy, both)) in changes.enumerate() {
        let own = ladder(remedy);
        let same = before.take().filter(|(ladder, _)| own.as_ref() == Some(ladder));
        let least = match remedy {
            Remedy::AnyClass => gains.iter().map(|(_, _, [eligible, _])| *eligible).max().unwrap_or_default(),
            _ => same.map_or(0, |(_, [eligible, _])| eligible),
        };
        before = own.map(|ladder| (ladder, both));
        if both[0] > least {
            gains.push((at, remedy, both));
        }
    }
    gains.sort_by_key(|(_, _, both)| Reverse(*both));
    gains.truncate(MOST);
    gains.sort_by_key(|(at, remedy, both)| match remedy {
        Remedy::Accommodation { .. } | Remedy::Classes { .. } | Remedy::Licence { .. } => {
            (0, Reverse(*both), 0)
        }
        Remedy::Demand { .. } | Remedy::AnyClass => (1, Reverse(*both), 0),
        _ => (0, Reverse([0; 2]), *at),
    });
    gains.into_iter().map(|(_, remedy, both)| gain(remedy.clone(), both)).collect()
}

/// What more schooling would open to a candidate, by the schooling that openings ask.
pub(super) fn of_schooling(asked: impl Iterator<Item = Both>, own: Option<Education>) -> Vec<Gain> {
    let mut sum = [0; 2];
    let mut gains = Vec::new();
    for (level, more) in Education::ALL.iter().zip(asked).filter(|(level, _)| Some(**level) > own) {
        add(&mut sum, more);
        if more[0] > 0 {
            gains.push(gain(Remedy::Education { level: Some(*level) }, sum));
        }
    }
    gains.truncate(STEPS);
    gains
}

/// What one more licence would open.
pub(super) fn of_licences(lacking: &BTreeMap<&str, Both>) -> Vec<Gain> {
    let licence = |(name, both): (&&str, &Both)| gain(Remedy::Licence { name: (*name).to_owned() }, *both);
    best(lacking.iter().map(licence).collect())
}

/// What an accommodation would open, if every opening offered it.
pub(super) fn of_aids(aids: impl Iterator<Item = Both>) -> Vec<Gain> {
    let all = catalogue::accommodations().iter().zip(aids);
    best(
        all.filter(|(_, both)| both[0] > 0)
            .map(|(it, both)| gain(Remedy::Accommodation { id: it.id.clone() }, both))
            .collect(),
    )
}

fn best(mut gains: Vec<Gain>) -> Vec<Gain> {
    gains.retain(|it| it.eligible > 0);
    gains.sort_by_key(|it| Reverse(it.both()));
    gains.truncate(MOST_OWN);
    gains
}

/// What a farther limit would open: the first steps that bring something, of all by their limit ([`rung`]).
pub(super) fn of_ways(ways: &[(u32, Both)]) -> Vec<Gain> {
    let mut sum = [0; 2];
    let mut gains = Vec::new();
    for (km, more) in ways {
        add(&mut sum, *more);
        if more[0] > 0 {
            gains.push(gain(Remedy::Limit { km: *km }, sum));
        }
    }
    gains.truncate(STEPS);
    gains
}

/// The limit that is named of a way of so many metres.
pub(super) fn rung(metres: u64) -> u32 {
    u32::try_from(metres.div_ceil(1000).next_multiple_of(STEP_KM)).unwrap_or(u32::MAX)
}
