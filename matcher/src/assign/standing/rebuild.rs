//! Arrivals that the market as it is cannot hold: it is built anew from the same plan and prices.

use super::assemble::Proved;
use super::change::{Arrival, ChangeFault, Changed, Moved};
use super::ledger::Ledger;
use super::{Standing, Width, short};
use crate::assign::{AssignOptions, Solution, Work, prices, solve};
use crate::certificate::Prices;
use crate::ids::{CandidateIx, HouseholdIx, OpeningIx};
use crate::instance::{Instance, Objective, Whose, Worth};

impl Standing {
    /// The set that somebody new would count in, if the market as it is can hold them.
    pub(super) fn owner_of(&self, arrival: &Arrival) -> Option<u32> {
        let base = &self.ledger.base;
        let too_high = arrival.pairs.iter().any(|&(_, score)| score > self.score);
        if too_high || self.ledger.is_counted_apart(arrival) {
            return None;
        }
        let (people, root) = in_any!(&self.flow, flow => (flow.market.people, flow.market.root()));
        let (Some(cap), Some(household)) = (base.household_cap(), arrival.household) else {
            return Some(root);
        };
        match self.set_of(household) {
            Some(set) if base.nesting().people_sets()[set].parent.is_some() => None,
            Some(set) => Some(people + u32::try_from(set).unwrap_or(u32::MAX)),
            None if self.ledger.members_with_one_more(household) <= cap => Some(root),
            None => None,
        }
    }

    fn set_of(&self, household: HouseholdIx) -> Option<usize> {
        let sets = self.ledger.base.nesting().people_sets();
        // sets of groups come first, those of households behind them in order
        let first = sets.partition_point(|set| matches!(set.whose, Whose::Group(_)));
        let at = sets[first..].binary_search_by_key(&Whose::Household(household), |set| set.whose);
        at.ok().map(|at| first + at)
    }

    /// Builds the market of the instance with somebody more, from the same plan and prices.
    pub(super) fn rebuild(&mut self, arrival: &Arrival, before: Objective) -> Result<Changed, ChangeFault> {
        let instance = Instance::new(self.ledger.parts(Some(arrival)))?;
        let mut proved = self.proved();
        let was = proved.places.clone();
        proved.places.push(None);
        let apart = CandidateIx::new(was.len());
        let ledger = Ledger::new(&instance, self.ledger.gone().clone())?;
        let mut built = match Width::of(&ledger, &proved, Some(apart)) {
            Some((flow, score)) => Self { ledger, flow, score, spent: Work::default() },
            None => Self::anew(&instance, ledger, &proved.places)?,
        };
        in_any!(&mut built.flow, flow => {
            flow.loosen(short(apart));
            flow.close();
        });
        built.spent += self.work();
        *self = built;
        let now = self.places();
        let pairs = was.into_iter().chain([None]).zip(now).enumerate();
        let moved = pairs.filter(|(_, (from, to))| from != to).map(|(row, (from, to))| Moved {
            candidate: CandidateIx::new(row),
            from,
            to,
        });
        Ok(Changed { moved: moved.collect(), before, after: self.objective().clone() })
    }

    /// Solves an instance again, and keeps as much of a plan as the optimum allows.
    fn anew(instance: &Instance, ledger: Ledger, places: &[Option<OpeningIx>]) -> Result<Self, ChangeFault> {
        let mut parts = instance.to_parts();
        let ours = parts.keep.is_empty();
        if ours {
            let placed = instance.rows().zip(places);
            parts.keep = placed.filter_map(|(row, place)| Some((row, (*place)?))).collect();
        }
        let solution = solve(&Instance::new(parts)?, &AssignOptions::default())?;
        let Solution { placements, mut objective, certificate, .. } = solution;
        let mut prices = certificate.prices().clone();
        if ours {
            objective.kept = 0;
            drop_kept(&mut prices);
        }
        let places = instance.rows().map(|row| placements[row]).collect();
        let proved = Proved { places, prices, objective };
        Self::build(ledger, &proved)
    }

    pub(super) fn proved(&mut self) -> Proved {
        let (places, base) = (self.places(), &self.ledger.base);
        let mut prices = prices::none(base);
        in_any!(&mut self.flow, flow => {
            flow.settle_prices();
            prices::collect(base, &flow.market, &mut prices);
        });
        for (price, _) in prices.openings.iter_mut().zip(&self.ledger.seats).filter(|(_, seats)| **seats == 0)
        {
            *price = Worth::ZERO; // a seat that is not there has no price
        }
        prices.households.resize(self.ledger.households(), Worth::ZERO);
        Proved { places, prices, objective: self.objective().clone() }
    }
}

fn drop_kept(prices: &mut Prices) {
    let lists = [&mut prices.households, &mut prices.openings, &mut prices.caps, &mut prices.reserves];
    for price in lists.into_iter().flatten() {
        let mut levels = *price.levels();
        if let Some(kept) = levels.last_mut() {
            *kept = 0;
        }
        *price = Worth::from_levels(levels);
    }
}
