//! Which changes are worth naming: of a ladder the steps that bring more than the step before, of alternatives the best.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

use super::kernel::{Both, Gain, add};
use crate::catalogue;
use crate::input::{AgeLimits, Remedy};
use crate::words::{Category, Education, Item};

/// Most changes named of one rule of an opening.
const MOST: usize = 4;
/// Most licences, and most accommodations, named of a candidate.
const MOST_OWN: usize = 2;
/// Most steps of a ladder named of a candidate.
const STEPS: usize = 2;
/// Limits of a commute are named in steps of so many kilometres.
const STEP_KM: u64 = 5;

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
    let mut gains: Vec<(usize, Gain)> = Vec::new();
    for (at, (remedy, both)) in changes.enumerate() {
        let own = ladder(remedy);
        let same = before.take().filter(|(ladder, _)| own.as_ref() == Some(ladder));
        let least = match remedy {
            Remedy::AnyClass => gains.iter().map(|(_, it)| it.eligible).max().unwrap_or_default(),
            _ => same.map_or(0, |(_, [eligible, _])| eligible),
        };
        before = own.map(|ladder| (ladder, both));
        if both[0] > least {
            gains.push((at, gain(remedy.clone(), both)));
        }
    }
    gains.sort_by_key(|(_, it)| Reverse(it.both()));
    gains.truncate(MOST);
    gains.sort_by_key(|(at, it)| match it.remedy {
        Remedy::Accommodation { .. } | Remedy::Classes { .. } | Remedy::Licence { .. } => {
            (0, Reverse(it.both()), 0)
        }
        Remedy::Demand { .. } | Remedy::AnyClass => (1, Reverse(it.both()), 0),
        _ => (0, Reverse([0; 2]), *at),
    });
    gains.into_iter().map(|(_, gain)| gain).collect()
}

/// What more schooling would open to a candidate, by the schooling that openings ask.
pub(super) fn of_schooling(asked: &[Both; 7], own: Option<Education>) -> Vec<Gain> {
    let mut sum = [0; 2];
    let mut gains = Vec::new();
    for (level, more) in Education::ALL.iter().zip(asked).filter(|(level, _)| Some(**level) > own) {
        add(&mut sum, *more);
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
pub(super) fn of_aids(aids: &[Both]) -> Vec<Gain> {
    let all = catalogue::accommodations().iter().zip(aids);
    best(
        all.filter(|(_, both)| both[0] > 0)
            .map(|(it, both)| gain(Remedy::Accommodation { id: it.id.clone() }, *both))
            .collect(),
    )
}

fn best(mut gains: Vec<Gain>) -> Vec<Gain> {
    gains.retain(|it| it.eligible > 0);
    gains.sort_by_key(|it| Reverse(it.both()));
    gains.truncate(MOST_OWN);
    gains
}

/// What a farther limit would open: the first steps that bring something.
pub(super) fn of_ways(ways: &mut [(u64, Both)]) -> Vec<Gain> {
    ways.sort_unstable();
    let mut sum = [0; 2];
    let mut gains = Vec::new();
    for step in ways.chunk_by(|a, b| rung(a.0) == rung(b.0)) {
        let before = sum;
        for (_, more) in step {
            add(&mut sum, *more);
        }
        if let (true, Some(km)) = (sum[0] > before[0], step.first().and_then(|(km, _)| rung(*km))) {
            gains.push(gain(Remedy::Limit { km }, sum));
        }
    }
    gains.truncate(STEPS);
    gains
}

/// The limit that is named where so many kilometres are needed.
fn rung(needed: u64) -> Option<u32> {
    u32::try_from(needed.next_multiple_of(STEP_KM)).ok()
}
