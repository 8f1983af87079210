//! Households, kinds of people, reserves and ceilings.

use super::draw::{Stream, pick};
use super::{Bare, Extras, Family, Group, NONE, Unfilled};

/// Where a person looks for work.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) region: u32,
    pub(super) trade: usize,
}

/// How many of a hundred people are of each kind; the rest are of none. Nobody is of two.
const KINDS: [u32; 3] = [22, 15, 9];
/// Of a thousand people who start a household or stay alone, how many start one of two or three: 12 % share.
const STARTS: u32 = 52;

impl Family {
    pub(super) fn add_extras(&self, seed: u64, bare: &mut Bare) {
        match self.extras {
            Extras::None => {}
            Extras::Households => self.add_households(seed, bare),
            Extras::Quota => self.add_quota(seed, bare),
        }
    }

    /// Households of two or three neighbours of one region, of any tiers; one member may be placed.
    fn add_households(&self, seed: u64, bare: &mut Bare) {
        let mut dice = Stream::Households.dice(seed);
        let regions = self.regions();
        for region in 0..regions {
            let mut people = (region..self.people).step_by(regions as usize);
            while let Some(first) = people.next() {
                if dice.below(1_000) >= STARTS {
                    continue;
                }
                let others = 1 + dice.below(2);
                let members = std::iter::once(first).chain(people.by_ref().take(others as usize));
                members.for_each(|member| bare.household[member as usize] = bare.households);
                bare.households += 1;
            }
        }
        bare.household_cap = 1;
    }

    /// Of a third of the openings one kind has a reserve or a ceiling or both.
    fn add_quota(&self, seed: u64, bare: &mut Bare) {
        let mut dice = Stream::Kinds.dice(seed);
        bare.kinds = vec![Vec::new(); KINDS.len()];
        let shares = KINDS.into_iter().chain([100 - KINDS.iter().sum::<u32>()]);
        for person in 0..self.people {
            if let Some(kind) = bare.kinds.get_mut(pick(shares.clone(), &mut dice)) {
                kind.push(person);
            }
        }
        let mut dice = Stream::Groups.dice(seed);
        for (opening, &seats) in (0..).zip(&bare.seats) {
            if seats < 2 || dice.below(100) >= 34 {
                continue;
            }
            let kind = dice.below(3);
            let reserve = 1 + dice.below(seats.div_ceil(2));
            let ceiling = 1 + dice.below(seats.div_ceil(3));
            let (reserve, cap) = match dice.below(4) {
                0 | 1 => (reserve, NONE),
                2 => (0, ceiling),
                _ => (reserve, reserve + ceiling),
            };
            let unfilled = Unfilled::Opens;
            bare.groups.push(Group { openings: vec![opening], kind, reserve, unfilled, cap });
        }
    }
}
