//! Every check of the numbers of an instance, one function each; all run, so one call shows every fault.

use std::collections::BTreeMap;

use super::{InstanceFault, InstanceParts, MAX_ROWS, MAX_SCORE, MAX_TIERS};
use crate::ids::CandidateIx;

type Check = fn(&InstanceParts, &mut Vec<InstanceFault>);

const CHECKS: &[Check] = &[
    the_size_is_in_reach,
    the_number_of_tiers_is_in_range,
    tiers_and_households_exist,
    lots_are_a_permutation,
    the_cap_lets_somebody_in,
    pairs_name_what_exists,
    no_pair_comes_twice,
    reserves_name_what_exists,
    reserves_fit_their_opening,
    reserves_do_not_cross,
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
    let counts = [parts.candidates.len(), parts.seats.len(), parts.households, parts.reserves.len()];
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
    let mut order: Vec<usize> = (0..parts.pairs.len()).collect();
    order.sort_by_key(|&at| key(at));
    for same in order.chunk_by(|&one, &other| key(one) == key(other)) {
        if let [first, later @ ..] = same {
            found.extend(later.iter().map(|&pair| InstanceFault::PairTwice { pair, first: *first }));
        }
    }
}

fn reserves_name_what_exists(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (at, reserve) in parts.reserves.iter().enumerate() {
        if reserve.opening.get() >= parts.seats.len() {
            found.push(InstanceFault::ReserveOpening { reserve: at, opening: reserve.opening });
        }
        let strangers = reserve.members.iter().filter(|member| member.get() >= parts.candidates.len());
        found.extend(strangers.map(|&candidate| InstanceFault::ReserveMember { reserve: at, candidate }));
    }
}

fn reserves_fit_their_opening(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    for (at, reserve) in parts.reserves.iter().enumerate() {
        if let Some(&of) = parts.seats.get(reserve.opening.get())
            && reserve.seats > of
        {
            found.push(InstanceFault::ReserveSeats { reserve: at, seats: reserve.seats, of });
        }
    }
}

fn reserves_do_not_cross(parts: &InstanceParts, found: &mut Vec<InstanceFault>) {
    let mut counted = BTreeMap::new();
    for (at, reserve) in parts.reserves.iter().enumerate() {
        for &candidate in &reserve.members {
            let first = *counted.entry((reserve.opening, candidate)).or_insert(at);
            if first != at {
                found.push(InstanceFault::ReservesCross { reserve: at, first, candidate });
            }
        }
    }
}
