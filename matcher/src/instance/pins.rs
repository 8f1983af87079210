//! Whether the placements that an officer fixed can stand together.

use std::collections::BTreeMap;

use super::groups::Whose;
use super::{Instance, InstanceFault, Unfilled};
use crate::ids::OpeningIx;

/// Every pin that is no pair, and every limit that the pins alone exceed.
pub(super) fn faults(instance: &Instance) -> Vec<InstanceFault> {
    let mut faults = Vec::new();
    let mut count = Counts::default();
    for &(candidate, opening) in &instance.pins {
        match instance.entry(candidate, opening) {
            None => faults.push(InstanceFault::PinNoPair { candidate, opening }),
            Some((leaf, _)) => count.add(instance, candidate, opening, leaf),
        }
    }
    faults.extend(count.beyond(instance));
    faults
}

/// How many pins each limit counts.
#[derive(Default)]
struct Counts {
    /// At the pool of each opening: seats that no hard reserve keeps.
    groups: BTreeMap<usize, u32>,
    openings: BTreeMap<OpeningIx, u32>,
    sets: BTreeMap<usize, u32>,
}

impl Counts {
    fn add(
        &mut self,
        instance: &Instance,
        candidate: crate::ids::CandidateIx,
        opening: OpeningIx,
        leaf: super::LeafIx,
    ) {
        let nesting = instance.nesting();
        *self.openings.entry(opening).or_default() += 1;
        let seat = std::iter::successors(nesting.leaf_group(leaf), |&group| nesting.parent(group));
        let around = std::iter::successors(nesting.around(opening), |&group| nesting.parent(group));
        for group in seat.chain(around) {
            *self.groups.entry(group).or_default() += 1;
        }
        let sets = nesting.people_sets();
        for set in std::iter::successors(nesting.person_set(candidate), |&set| sets[set].parent) {
            *self.sets.entry(set).or_default() += 1;
        }
    }

    fn beyond(&self, instance: &Instance) -> Vec<InstanceFault> {
        let mut faults = Vec::new();
        for (&opening, &pinned) in &self.openings {
            let mut seats = instance.seats[opening.get()];
            for (position, group) in instance.groups.iter().enumerate() {
                if group.unfilled == Unfilled::LeftFree && group.openings == [opening] {
                    let filled = self.groups.get(&position).copied().unwrap_or(0).min(group.reserve);
                    seats -= group.reserve - filled;
                }
            }
            if pinned > seats {
                faults.push(InstanceFault::PinsBeyondSeats { opening, pinned, seats });
            }
        }
        for (position, group) in instance.groups.iter().enumerate() {
            let pinned = self.groups.get(&position).copied().unwrap_or(0);
            faults.extend(beyond_cap(pinned, group.cap, Whose::Group(position)));
        }
        for (&set, &pinned) in &self.sets {
            let whose = instance.nesting().people_sets()[set].whose;
            let cap = match whose {
                Whose::Group(group) => instance.groups[group].cap,
                Whose::Household(_) => instance.household_cap,
            };
            faults.extend(beyond_cap(pinned, cap, whose));
        }
        faults
    }
}

fn beyond_cap(pinned: u32, cap: Option<u32>, of: Whose) -> Option<InstanceFault> {
    let cap = cap.filter(|&cap| pinned > cap)?;
    Some(InstanceFault::PinsBeyondCap { of, pinned, cap })
}
