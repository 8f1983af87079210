//! The check itself: the plan first, then the prices, each in one pass.

use super::{Flaw, Priced, Prices};
use crate::ids::{CandidateIx, Column, HouseholdIx, OpeningIx};
use crate::instance::{
    Choice, Instance, LEVELS, LeafIx, Level, LotteryStage, MAX_TIERS, Objective, Worth,
};

type Placements = Column<CandidateIx, Option<OpeningIx>>;

/// Checks that `placements` is a plan of the instance and counts what it achieves.
pub(super) fn plan(instance: &Instance, placements: &Placements) -> Result<Objective, Flaw> {
    shape("the plan", placements.len(), instance.candidates().len())?;
    let mut tally = Tally::new(instance);
    for candidate in instance.rows() {
        if let Some(opening) = placements[candidate] {
            let entry = instance.entry(candidate, opening);
            let choice = entry.ok_or(Flaw::NoSuchPair { candidate, opening })?;
            tally.place(instance, candidate, choice)?;
        }
    }
    Ok(tally.objective(instance))
}

/// What has been counted of a plan so far.
struct Tally {
    at_opening: Vec<u32>,
    of_household: Vec<u32>,
    in_reserve: Vec<u32>,
    objective: Objective,
}

impl Tally {
    fn new(instance: &Instance) -> Self {
        let placed_per_tier = vec![0; instance.tiers()];
        Self {
            at_opening: vec![0; instance.seats().len()],
            of_household: vec![0; instance.households()],
            in_reserve: vec![0; instance.groups().len()],
            objective: Objective { placed_per_tier, ..Objective::default() },
        }
    }

    fn place(&mut self, instance: &Instance, candidate: CandidateIx, (leaf, choice): (LeafIx, &Choice)) -> Result<(), Flaw> {
        let opening = choice.opening();
        let seats = instance.seats()[opening.get()];
        let placed = &mut self.at_opening[opening.get()];
        *placed += 1;
        if *placed > seats {
            return Err(Flaw::TooManyPlaced { opening, placed: *placed, seats });
        }
        let numbers = instance.candidates()[candidate.get()];
        if let (Some(household), Some(cap)) = (numbers.household, instance.household_cap()) {
            let placed = &mut self.of_household[household.get()];
            *placed += 1;
            if *placed > cap {
                return Err(Flaw::CapExceeded { household, placed: *placed, cap });
            }
        }
        if let Some(reserve) = instance.nesting().leaf_group(leaf) {
            self.in_reserve[reserve] += 1;
        }
        self.objective.placed_per_tier[usize::from(numbers.tier)] += 1;
        self.objective.score += u64::from(choice.score());
        Ok(())
    }

    fn objective(mut self, instance: &Instance) -> Objective {
        let filled = instance.groups().iter().zip(&self.in_reserve);
        self.objective.reserved_filled =
            filled.map(|(group, &placed)| u64::from(group.reserve.min(placed))).sum();
        self.objective
    }
}

/// What prices are to prove: of which people, with or without scores, and the sum to be met.
pub(super) struct Claim<'a> {
    only_placed: Option<&'a Placements>,
    scored: bool,
    worth: Sum,
}

impl<'a> Claim<'a> {
    /// Of all plans; without scores where the lottery comes before them.
    pub(super) fn whole(stage: LotteryStage, objective: &Objective) -> Self {
        let scored = stage == LotteryStage::AfterScore;
        Self { only_placed: None, scored, worth: Sum::of(objective, scored) }
    }

    /// Of the plans that place nobody whom this plan does not place.
    pub(super) fn seating(placements: &'a Placements, objective: &Objective) -> Self {
        Self { only_placed: Some(placements), scored: true, worth: Sum::of(objective, true) }
    }

    fn includes(&self, candidate: CandidateIx) -> bool {
        self.only_placed.is_none_or(|placements| placements[candidate].is_some())
    }
}

/// Checks that no plan of the claim is worth more than the claim says.
pub(super) fn prices(instance: &Instance, prices: &Prices, claim: &Claim<'_>) -> Result<(), Flaw> {
    shape("prices of candidates", prices.candidates.len(), instance.candidates().len())?;
    shape("prices of households", prices.households.len(), instance.households())?;
    shape("prices of openings", prices.openings.len(), instance.seats().len())?;
    shape("prices of reserves", prices.reserves.len(), instance.groups().len())?;
    let bound = bound(instance, prices)?;
    for candidate in instance.rows().filter(|&candidate| claim.includes(candidate)) {
        for (leaf, choice) in instance.entries(candidate) {
            covered(instance, prices, claim.scored, (candidate, leaf, choice))?;
        }
    }
    claim.worth.meets(&bound)
}

fn shape(of: &'static str, found: usize, rows: usize) -> Result<(), Flaw> {
    if found == rows { Ok(()) } else { Err(Flaw::Shape { of, found, rows }) }
}

/// The sum of all prices, each as often as there is something to sell at it.
fn bound(instance: &Instance, prices: &Prices) -> Result<Sum, Flaw> {
    let mut sum = Sum::default();
    for (row, price) in prices.candidates.iter().enumerate() {
        sum.add_checked(price, 1, || Priced::Candidate(CandidateIx::new(row)))?;
    }
    let cap = instance.household_cap().unwrap_or(0);
    for (row, price) in prices.households.iter().enumerate() {
        sum.add_checked(price, cap, || Priced::Household(HouseholdIx::new(row)))?;
    }
    for (row, (price, &seats)) in prices.openings.iter().zip(instance.seats()).enumerate() {
        sum.add_checked(price, seats, || Priced::Opening(OpeningIx::new(row)))?;
    }
    for (row, (price, reserve)) in prices.reserves.iter().zip(instance.groups()).enumerate() {
        sum.add_checked(price, reserve.reserve, || Priced::Reserve(row))?;
    }
    Ok(sum)
}

/// Condition 2 of the proof for one pair. A pair with an opening without seats is in no plan.
fn covered(
    instance: &Instance,
    prices: &Prices,
    scored: bool,
    (candidate, leaf, choice): (CandidateIx, LeafIx, &Choice),
) -> Result<(), Flaw> {
    let opening = choice.opening();
    if instance.seats()[opening.get()] == 0 {
        return Ok(());
    }
    let numbers = instance.candidates()[candidate.get()];
    let mut surplus = Sum::default();
    surplus.add(&prices.candidates[candidate.get()], 1);
    surplus.add(&prices.openings[opening.get()], 1);
    if let Some(household) = numbers.household {
        surplus.add(&prices.households[household.get()], 1);
    }
    if let Some(reserve) = instance.nesting().leaf_group(leaf) {
        let one = Worth::of(Level::Reserved, 1);
        let price = prices.reserves[reserve];
        if price < one {
            surplus.add(&price, 1);
            surplus.add(&one, -1);
        }
    }
    surplus.add(&Worth::of(Level::Tier(numbers.tier), 1), -1);
    if scored {
        surplus.add(&Worth::of(Level::Score, i64::from(choice.score())), -1);
    }
    if surplus < Sum::default() { Err(Flaw::NotCovered { candidate, opening }) } else { Ok(()) }
}

/// A sum of worths, wide enough for any prices that a file may hold: 2³¹ rows of 2³² seats at 2⁶³ each
/// stay below 2¹²⁷.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Sum([i128; LEVELS]);

impl Sum {
    /// The worth of a plan that achieves this.
    fn of(objective: &Objective, scored: bool) -> Self {
        let mut sum = Self::default();
        let [reserved, per_tier @ .., score, kept] = &mut sum.0;
        *kept = i128::from(objective.kept);
        *reserved = i128::from(objective.reserved_filled);
        for (level, &placed) in per_tier.iter_mut().zip(&objective.placed_per_tier) {
            *level = i128::from(placed);
        }
        *score = if scored { i128::from(objective.score) } else { 0 };
        sum
    }

    fn add(&mut self, worth: &Worth, times: i64) {
        for (sum, &level) in self.0.iter_mut().zip(worth.levels()) {
            *sum += i128::from(level) * i128::from(times);
        }
    }

    fn add_checked(&mut self, price: &Worth, times: u32, of: impl Fn() -> Priced) -> Result<(), Flaw> {
        if *price < Worth::ZERO {
            return Err(Flaw::NegativePrice { of: of() });
        }
        if times == 0 && *price != Worth::ZERO {
            return Err(Flaw::PriceOfNothing { of: of() });
        }
        self.add(price, i64::from(times));
        Ok(())
    }

    /// Whether a plan of this worth reaches the bound; otherwise the first level on which it does not.
    fn meets(&self, bound: &Self) -> Result<(), Flaw> {
        let differs = (0_u8..).zip(self.0.iter().zip(&bound.0)).find(|(_, (plan, bound))| plan != bound);
        let Some((position, (&plan, &bound))) = differs else { return Ok(()) };
        let level = match position {
            0 => Level::Reserved,
            tier if usize::from(tier) <= MAX_TIERS => Level::Tier(tier - 1),
            tier if usize::from(tier) == MAX_TIERS + 1 => Level::Score,
            _ => Level::Kept,
        };
        Err(Flaw::BoundDiffers { level, plan, bound })
    }
}
