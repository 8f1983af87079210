//! Every check of the numbers of an instance, one function each; all run, so one call shows every fault.

use std::collections::BTreeMap;

use super::fault::Ordered;
use super::{InstanceFault, InstanceParts, MAX_ROWS, MAX_SCORE, MAX_TIERS, Pair, Unfilled};
use crate::ids::{CandidateIx, OpeningIx};

type Check = fn(&InstanceParts, &mut Vec<InstanceFault>);

const CHECKS: &[Check] = &[
    the_size_is_in_reach,
    the_number_of_tiers_is_in_range,
    tiers_and_households_exist,
    lots_are_a_permutation,
    the_cap_lets_somebody_in,
    pairs_name_what_exists,
    no_pair_comes_twice,
    kinds_name_who_exists,
    groups_name_what_exists,
    hard_reserves_fit_their_opening,
    pins_and_the_rest_name_what_exists,
    nobody_is_pinned_or_kept_twice,
];

/// Every fault, check by check, each check in the order of its list.
pub(super) fn faults(parts: &InstanceParts) -> Vec<InstanceFault> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(parts, &mut found);
    }
    found
}

fn the_size_is_in_reach(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let counts = [parts.candidates.len(), parts.seats.len(), parts.households, parts.groups.len()];
    let rows = counts.into_iter().fold(0, usize::saturating_add);
    if rows > MAX_ROWS {
        found.push(InstanceFault::TooLarge { rows });
    }
}

fn the_number_of_tiers_is_in_range(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    if !(1..=MAX_TIERS).contains(&parts.tiers) {
        found.push(InstanceFault::Tiers { tiers: parts.tiers });
    }
}

fn tiers_and_households_exist(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (row, numbers) in parts.candidates.iter().enumerate() {
        let candidate = CandidateIx::new(row);
        if usize::from(numbers.tier) >= parts.tiers {
            found.push(InstanceFault::Tier { candidate, tier: numbers.tier, tiers: parts.tiers });
        }
        if let Some(household) = numbers.household
            && household.get() >= parts.households
        {
            found.push(InstanceFault::Household { candidate, household, households: parts.households });
        }
    }
}

fn lots_are_a_permutation(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let mut holder = vec![None; parts.candidates.len()];
    for (row, numbers) in parts.candidates.iter().enumerate() {
        let (candidate, lot) = (CandidateIx::new(row), numbers.lot);
        match holder.get_mut(lot as usize) {
            None => found.push(InstanceFault::Lot { candidate, lot }),
            Some(Some(first)) => found.push(InstanceFault::LotTwice { candidate, first: *first, lot }),
            Some(free) => *free = Some(candidate),
        }
    }
}

fn the_cap_lets_somebody_in(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    if parts.household_cap == Some(0) {
        found.push(InstanceFault::CapZero);
    }
}

fn pairs_name_what_exists(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (at, pair) in parts.pairs.iter().enumerate() {
        if pair.candidate.get() >= parts.candidates.len() {
            found.push(InstanceFault::PairCandidate { pair: at, candidate: pair.candidate });
        }
        if pair.opening.get() >= parts.seats.len() {
            found.push(InstanceFault::PairOpening { pair: at, opening: pair.opening });
        }
        if pair.score > MAX_SCORE {
            found.push(InstanceFault::Score { pair: at, score: pair.score });
        }
    }
}

fn no_pair_comes_twice(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let key = |at: usize| (parts.pairs[at].candidate, parts.pairs[at].opening);
    let ascends = |two: &[Pair]| (two[0].candidate, two[0].opening) < (two[1].candidate, two[1].opening);
    if parts.pairs.windows(2).all(ascends) {
        return; // sorted already, as large instances are: no list of positions is needed
    }
    let mut order: Vec<usize> = (0..parts.pairs.len()).collect();
    order.sort_by_key(|&at| key(at));
    for same in order.chunk_by(|&one, &other| key(one) == key(other)) {
        if let [first, later @ ..] = same {
            found.extend(later.iter().map(|&pair| InstanceFault::PairTwice { pair, first: *first }));
        }
    }
}

fn kinds_name_who_exists(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (kind, members) in parts.kinds.iter().enumerate() {
        let strangers = members.iter().filter(|member| member.get() >= parts.candidates.len());
        found.extend(strangers.map(|&candidate| InstanceFault::KindMember { kind, candidate }));
    }
}

fn groups_name_what_exists(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (at, group) in parts.groups.iter().enumerate() {
        let strangers = group.openings.iter().filter(|opening| opening.get() >= parts.seats.len());
        found.extend(strangers.map(|&opening| InstanceFault::GroupOpening { group: at, opening }));
        if let Some(kind) = group.kind
            && kind.get() >= parts.kinds.len()
        {
            found.push(InstanceFault::GroupKind { group: at, kind });
        }
        if let Some(cap) = group.cap
            && cap < group.reserve
        {
            found.push(InstanceFault::CapBelowReserve { group: at, reserve: group.reserve, cap });
        }
    }
}

/// Seats that are left free if nobody of a kind takes them must exist, and be of one opening.
fn hard_reserves_fit_their_opening(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let mut kept: BTreeMap<OpeningIx, u64> = BTreeMap::new();
    for (at, group) in parts.groups.iter().enumerate() {
        if group.unfilled == Unfilled::Opens || group.reserve == 0 {
            continue;
        }
        let (Some(_), [opening]) = (group.kind, group.openings.as_slice()) else {
            found.push(InstanceFault::HardReserve { group: at });
            continue;
        };
        let Some(&of) = parts.seats.get(opening.get()) else { continue };
        let seats = kept.entry(*opening).or_default();
        *seats += u64::from(group.reserve);
        if *seats > u64::from(of) {
            found.push(InstanceFault::ReserveSeats { group: at, seats: *seats, of });
        }
    }
}

fn pins_and_the_rest_name_what_exists(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let lists = [
        (Ordered::Pin, &parts.pins),
        (Ordered::Prohibition, &parts.prohibitions),
        (Ordered::Keep, &parts.keep),
    ];
    for (order, list) in lists {
        for (at, (candidate, opening)) in list.iter().enumerate() {
            if candidate.get() >= parts.candidates.len() || opening.get() >= parts.seats.len() {
                let (candidate, opening) = (*candidate, *opening);
                found.push(InstanceFault::OrderOfNobody { order, at, candidate, opening });
            }
        }
    }
}

fn nobody_is_pinned_or_kept_twice(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (order, list) in [(Ordered::Pin, &parts.pins), (Ordered::Keep, &parts.keep)] {
        let mut places = BTreeMap::new();
        for (at, (candidate, opening)) in list.iter().enumerate() {
            if *places.entry(candidate).or_insert(opening) != opening {
                found.push(InstanceFault::OrderedTwice { order, at, candidate: *candidate });
            }
        }
    }
}
