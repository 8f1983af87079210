//! One number for a whole instance, so that a proof can say what it is a proof of.

use sha2::{Digest as _, Sha256};

use super::{Instance, Unfilled};
use crate::ids::{CandidateIx, OpeningIx};

/// SHA-256 over every number in sorted order, each list after its length, so that two instances have the same
/// digest only if they are the same. A number is written in bytes of 7 bits, lowest first; the highest bit says that it
/// goes on (LEB128). What may be missing is one more than its number, or 0.
///
/// The order, for whoever computes it again: `anzhi.instance/2`; tiers; households; household cap; the seats; for each
/// candidate the tier, the household, the lot and the choices (opening, score); the members of each kind; for each
/// group its openings, kind, reserve, 1 if seats are left free, cap; pins, prohibitions and placements to keep.
pub(super) fn of(instance: &Instance) -> [u8; 32] {
    let mut text = Text::new();
    text.add(instance.tiers);
    text.add(instance.households);
    text.add(instance.household_cap.map_or(0, |cap| cap as usize));
    text.list(&instance.seats, |text, &seats| text.add(seats as usize));
    text.add(instance.candidates.len());
    for (row, candidate) in instance.rows().zip(&instance.candidates) {
        text.add(usize::from(candidate.tier));
        text.add(candidate.household.map_or(0, |household| household.get() + 1));
        text.add(candidate.lot as usize);
        text.list(instance.choices(row), |text, choice| {
            text.add(choice.opening.get());
            text.add(choice.score as usize);
        });
    }
    text.list(&instance.kinds, |text, kind| text.list(kind, |text, member| text.add(member.get())));
    text.list(&instance.groups, |text, group| {
        text.list(&group.openings, |text, opening| text.add(opening.get()));
        text.add(group.kind.map_or(0, |kind| kind.get() + 1));
        text.add(group.reserve as usize);
        text.add(usize::from(group.unfilled == Unfilled::LeftFree));
        text.add(group.cap.map_or(0, |cap| cap as usize + 1));
    });
    for list in [&instance.pins, &instance.prohibitions, &instance.keep] {
        text.list(list, |text: &mut Text, &(candidate, opening): &(CandidateIx, OpeningIx)| {
            text.add(candidate.get());
            text.add(opening.get());
        });
    }
    text.finish()
}

/// Numbers on their way to the digest.
struct Text {
    hash: Sha256,
    buffer: Vec<u8>,
}

impl Text {
    /// Bytes that are handed on together: a large instance is never held twice.
    const BUFFER: usize = 1 << 16;

    fn new() -> Self {
        let buffer = Vec::with_capacity(Self::BUFFER + 16);
        Self { hash: Sha256::new_with_prefix(b"anzhi.instance/2"), buffer }
    }

    fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.add(list.len());
        for item in list {
            each(self, item);
        }
    }

    fn add(&mut self, mut number: usize) {
        while number > 0x7f {
            self.buffer.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
            number >>= 7;
        }
        self.buffer.push(u8::try_from(number).unwrap_or(0));
        if self.buffer.len() >= Self::BUFFER {
            self.hash.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn finish(mut self) -> [u8; 32] {
        self.hash.update(&self.buffer);
        self.hash.finalize().into()
    }
}
