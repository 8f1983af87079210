//! One number for a whole instance, so that a proof can say what it is a proof of.

use sha2::{Digest as _, Sha256};

use super::Instance;

/// SHA-256 over every number in sorted order, each list after its length, so that two instances have the same
/// digest only if they are the same.
pub(super) fn of(instance: &Instance) -> [u8; 32] {
    let mut text = Text::default();
    text.add(instance.tiers);
    text.add(instance.households);
    text.add(instance.household_cap.map_or(0, |cap| cap as usize));
    text.add(instance.seats.len());
    for &seats in &instance.seats {
        text.add(seats as usize);
    }
    text.add(instance.candidates.len());
    for (row, candidate) in instance.rows().zip(&instance.candidates) {
        text.add(usize::from(candidate.tier));
        text.add(candidate.household.map_or(0, |household| household.get() + 1));
        text.add(candidate.lot as usize);
        let choices = instance.choices(row);
        text.add(choices.len());
        for choice in choices {
            text.add(choice.opening.get());
            text.add(choice.score as usize);
        }
    }
    text.add(instance.reserves.len());
    for reserve in &instance.reserves {
        text.add(reserve.opening.get());
        text.add(reserve.seats as usize);
        text.add(reserve.members.len());
        reserve.members.iter().for_each(|member| text.add(member.get()));
    }
    Sha256::new_with_prefix(b"anzhi.instance/1").chain_update(&text.0).finalize().into()
}

/// Numbers as bytes of 7 bits, lowest first; the highest bit says that the number goes on (LEB128), so that no two
/// lists of numbers look alike.
#[derive(Default)]
struct Text(Vec<u8>);

impl Text {
    fn add(&mut self, mut number: usize) {
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or(0);
            number >>= 7;
            if number == 0 {
                self.0.push(low);
                return;
            }
            self.0.push(low | 0x80);
        }
    }
}
