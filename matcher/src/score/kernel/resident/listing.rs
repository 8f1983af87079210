//! Who lists whom, for taking somebody out of all lists without looking through them.

use super::super::classes::number;

/// By slot: the owners of lists that have it, each with the standing of the list. Owners whose list has it no longer, or
/// twice, may be among them.
#[derive(Debug, Default)]
pub(super) struct Listing {
    owners: Vec<Vec<u32>>,
    /// How many owners there may be until those who are no longer right are sorted out.
    room: Vec<u32>,
}

/// The standing of a list, and the slot of its owner.
pub(super) type Owner = (usize, usize);

fn packed((standing, slot): Owner) -> u32 {
    number(slot << 1 | standing)
}

const fn unpacked(owner: u32) -> Owner {
    (owner as usize & 1, owner as usize >> 1)
}

/// The least number of owners that is worth looking through.
const FEW: u32 = 32;

impl Listing {
    pub(super) fn grow(&mut self, slots: usize) {
        self.owners.resize(slots, Vec::new());
        self.room.resize(slots, FEW);
    }

    /// Adds an owner while everything is loaded; [`Self::settle`] ends that.
    pub(super) fn load(&mut self, slot: usize, owner: Owner) {
        self.owners[slot].push(packed(owner));
    }

    pub(super) fn settle(&mut self) {
        for (owners, room) in self.owners.iter_mut().zip(&mut self.room) {
            owners.shrink_to_fit();
            *room = number(owners.len()).saturating_mul(2).max(FEW);
        }
    }

    /// Adds an owner; `has` says whether an owner's list still has the slot.
    pub(super) fn note(&mut self, slot: usize, owner: Owner, has: impl Fn(Owner) -> bool) {
        let owners = &mut self.owners[slot];
        if number(owners.len()) >= self.room[slot] {
            owners.sort_unstable();
            owners.dedup();
            owners.retain(|owner| has(unpacked(*owner)));
            self.room[slot] = number(owners.len()).saturating_mul(2).max(FEW);
        }
        owners.push(packed(owner));
    }

    /// Gives a slot these owners, every one of whom has it, in place of those before.
    pub(super) fn fill(&mut self, slot: usize, owners: impl Iterator<Item = Owner>) {
        self.owners[slot] = owners.map(packed).collect();
        self.room[slot] = number(self.owners[slot].len()).saturating_mul(2).max(FEW);
    }

    /// All owners, who are forgotten.
    pub(super) fn take(&mut self, slot: usize) -> impl Iterator<Item = Owner> {
        self.room[slot] = FEW;
        std::mem::take(&mut self.owners[slot]).into_iter().map(unpacked)
    }
}
