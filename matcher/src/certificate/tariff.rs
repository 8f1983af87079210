//! What each way into a seat costs.

use super::verify::Sum;
use super::{Flaw, Priced, Prices};
use crate::ids::{CandidateIx, OpeningIx};
use crate::instance::{Instance, Level, Unfilled, Whose, Worth};

/// The sums of the prices along the ways: from each leaf to the end, and of the sets that people are in.
pub(super) struct Tariff {
    pub(super) leaves: Vec<Worth>,
    sets: Vec<Worth>,
}

impl Tariff {
    pub(super) fn of(instance: &Instance, prices: &Prices) -> Result<Self, Flaw> {
        let nesting = instance.nesting();
        let one = Worth::of(Level::Reserved, 1);
        let adds = |sum: &mut Sum, group: usize| {
            sum.add(&prices.caps[group], 1);
            let price = &prices.reserves[group];
            if instance.groups()[group].reserve > 0 && *price < one {
                sum.add(price, 1);
                sum.add(&one, -1);
            }
        };
        let around = |opening: OpeningIx| {
            let mut sum = Sum::default();
            std::iter::successors(nesting.around(opening), |&group| nesting.parent(group))
                .for_each(|group| adds(&mut sum, group));
            sum
        };
        let pool = |opening: OpeningIx| {
            let mut sum = around(opening);
            sum.add(&prices.openings[opening.get()], 1);
            sum
        };
        let mut leaves = Vec::with_capacity(nesting.leaf_count());
        for opening in (0..instance.seats().len()).map(OpeningIx::new) {
            leaves.push(small(&pool(opening), Priced::Opening(opening))?);
        }
        for (_, group) in nesting.group_leaves() {
            let opening = instance.groups()[group].openings.first().copied();
            let opening = opening.unwrap_or_else(|| OpeningIx::new(0));
            let mut sum = pool(opening);
            let chain: Vec<usize> =
                std::iter::successors(Some(group), |&group| nesting.parent(group)).collect();
            for &group in chain.iter().rev() {
                let it = &instance.groups()[group];
                if it.unfilled == Unfilled::LeftFree && it.reserve > 0 {
                    let mut past = around(opening);
                    past.add(&prices.reserves[group], 1);
                    past.add(&one, -1);
                    sum = sum.min(past);
                    sum.add(&prices.caps[group], 1);
                } else {
                    adds(&mut sum, group);
                }
            }
            leaves.push(small(&sum, Priced::Cap(group))?);
        }
        let mut sets = Vec::with_capacity(nesting.people_sets().len());
        for first in 0..nesting.people_sets().len() {
            let mut sum = Sum::default();
            let mut named = Priced::Cap(0);
            for set in std::iter::successors(Some(first), |&set| nesting.people_sets()[set].parent) {
                match nesting.people_sets()[set].whose {
                    Whose::Household(household) => {
                        named = Priced::Household(household);
                        sum.add(&prices.households[household.get()], 1);
                    }
                    Whose::Group(group) => {
                        named = Priced::Cap(group);
                        adds(&mut sum, group);
                    }
                }
            }
            sets.push(small(&sum, named)?);
        }
        Ok(Self { leaves, sets })
    }

    pub(super) fn of_people(&self, instance: &Instance, candidate: CandidateIx) -> Worth {
        instance.nesting().person_set(candidate).map_or(Worth::ZERO, |set| self.sets[set])
    }
}

fn small(sum: &Sum, of: Priced) -> Result<Worth, Flaw> {
    sum.small().ok_or(Flaw::PriceTooLarge { of })
}
