//! One number for a whole instance, so that a proof can say what it is a proof of.

use sha2::{Digest as _, Sha256};

use super::Instance;

/// SHA-256 over every number in sorted order, each list after its length, so that two instances have the same
/// digest only if they are the same.
pub(super) fn of(instance: &Instance) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"anzhi.instance/1");
    let mut number = |value: usize| hash.update((value as u64).to_le_bytes());
    number(instance.tiers);
    number(instance.households);
    number(instance.household_cap.map_or(0, |cap| cap as usize));
    number(instance.candidates.len());
    for candidate in &instance.candidates {
        number(usize::from(candidate.tier));
        number(candidate.household.map_or(0, |household| household.get() + 1));
        number(candidate.lot as usize);
    }
    number(instance.seats.len());
    for &seats in &instance.seats {
        number(seats as usize);
    }
    number(instance.choices.len());
    for pair in instance.pairs() {
        number(pair.candidate.get());
        number(pair.opening.get());
        number(pair.score as usize);
    }
    number(instance.reserves.len());
    for reserve in &instance.reserves {
        number(reserve.opening.get());
        number(reserve.seats as usize);
        number(reserve.members.len());
        for member in &reserve.members {
            number(member.get());
        }
    }
    hash.finalize().into()
}
