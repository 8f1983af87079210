//! The check itself: the plan first, then the prices, each in one pass.

use rayon::prelude::*;

use super::tariff::Tariff;
use super::terms::{Leaves, Terms};
use super::{Flaw, Priced, Prices};
use crate::ids::{CandidateIx, Column, HouseholdIx, OpeningIx};
use crate::instance::{
    Choice, Instance, LEVELS, LeafIx, Level, LotteryStage, MAX_TIERS, Objective, Unfilled, Whose, Worth,
};

type Placements = Column<CandidateIx, Option<OpeningIx>>;

/// Checks that `placements` is a plan of the instance and counts what it achieves.
pub(super) fn plan(instance: &Instance, placements: &Placements) -> Result<Objective, Flaw> {
    shape("the plan", placements.len(), instance.candidates().len())?;
    for &(candidate, opening) in instance.pins() {
        if placements[candidate] != Some(opening) {
            return Err(Flaw::PinMissed { candidate, opening });
        }
    }
    let mut tally = Tally::new(instance);
    for candidate in instance.rows() {
        if let Some(opening) = placements[candidate] {
            let entry = instance.entry(candidate, opening);
            tally.place(instance, candidate, entry.ok_or(Flaw::NoSuchPair { candidate, opening })?)?;
        }
    }
    tally.judge_groups(instance)?;
    Ok(tally.objective(instance))
}

/// What has been counted of a plan so far.
struct Tally {
    at_opening: Vec<u32>,
    of_household: Vec<u32>,
    in_group: Vec<u32>,
    objective: Objective,
}

impl Tally {
    fn new(instance: &Instance) -> Self {
        let placed_per_tier = vec![0; instance.tiers()];
        Self {
            at_opening: vec![0; instance.seats().len()],
            of_household: vec![0; instance.households()],
            in_group: vec![0; instance.groups().len()],
            objective: Objective { placed_per_tier, ..Objective::default() },
        }
    }

    fn place(
        &mut self,
        instance: &Instance,
        candidate: CandidateIx,
        (leaf, choice): (LeafIx, &Choice),
    ) -> Result<(), Flaw> {
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
        for group in groups_of(instance, candidate, leaf, opening) {
            self.in_group[group] += 1;
        }
        self.objective.placed_per_tier[usize::from(numbers.tier)] += 1;
        self.objective.score += u64::from(choice.score());
        self.objective.kept += u64::from(instance.kept(candidate) == Some(opening));
        Ok(())
    }

    fn judge_groups(&self, instance: &Instance) -> Result<(), Flaw> {
        let mut left_free = vec![0_u32; instance.seats().len()];
        for (group, (it, &placed)) in instance.groups().iter().zip(&self.in_group).enumerate() {
            if let Some(cap) = it.cap.filter(|&cap| placed > cap) {
                return Err(Flaw::GroupExceeded { group, placed, cap });
            }
            if let (Unfilled::LeftFree, [opening]) = (it.unfilled, it.openings.as_slice()) {
                left_free[opening.get()] += it.reserve.saturating_sub(placed);
            }
        }
        for (row, ((&placed, &seats), free)) in
            self.at_opening.iter().zip(instance.seats()).zip(left_free).enumerate()
        {
            if placed > seats - free {
                let opening = OpeningIx::new(row);
                return Err(Flaw::TooManyPlaced { opening, placed, seats: seats - free });
            }
        }
        Ok(())
    }

    fn objective(mut self, instance: &Instance) -> Objective {
        let filled = instance.groups().iter().zip(&self.in_group);
        self.objective.reserved_filled =
            filled.map(|(group, &placed)| u64::from(group.reserve.min(placed))).sum();
        self.objective
    }
}

/// Every group that counts a placement.
fn groups_of(
    instance: &Instance,
    candidate: CandidateIx,
    leaf: LeafIx,
    opening: OpeningIx,
) -> impl Iterator<Item = usize> {
    let nesting = instance.nesting();
    let up = |first| std::iter::successors(first, |&group| nesting.parent(group));
    let sets = nesting.people_sets();
    let of_people = std::iter::successors(nesting.person_set(candidate), |&set| sets[set].parent);
    let of_people = of_people.filter_map(|set| match sets[set].whose {
        Whose::Group(group) => Some(group),
        Whose::Household(_) => None,
    });
    up(nesting.leaf_group(leaf)).chain(up(nesting.around(opening))).chain(of_people)
}

/// What prices are to prove: of which people, with or without scores, and the sum to be met.
pub(super) struct Claim<'a> {
    placements: &'a Placements,
    only_placed: bool,
    scored: bool,
    worth: Sum,
}

impl<'a> Claim<'a> {
    /// Of all plans; without scores where the lottery comes before them.
    pub(super) fn whole(stage: LotteryStage, placements: &'a Placements, objective: &Objective) -> Self {
        let scored = stage == LotteryStage::AfterScore;
        Self { placements, only_placed: false, scored, worth: Sum::of(objective, scored) }
    }

    /// Of the plans that place nobody whom this plan does not place.
    pub(super) fn seating(placements: &'a Placements, objective: &Objective) -> Self {
        Self { placements, only_placed: true, scored: true, worth: Sum::of(objective, true) }
    }
}

/// Checks that no plan of the claim is worth more than the claim says.
pub(super) fn prices(instance: &Instance, prices: &Prices, claim: &Claim<'_>) -> Result<(), Flaw> {
    shape("prices of households", prices.households.len(), instance.households())?;
    shape("prices of openings", prices.openings.len(), instance.seats().len())?;
    shape("prices of caps", prices.caps.len(), instance.groups().len())?;
    shape("prices of reserves", prices.reserves.len(), instance.groups().len())?;
    let mut bound = bound(instance, prices)?;
    let tariff = Tariff::of(instance, prices)?;
    let leaves = Leaves::of(&tariff);
    let rows = instance.candidates().len();
    let starts: Vec<usize> = (0..rows).step_by(TOGETHER).collect();
    let judged: Vec<Result<Sum, Flaw>> = (starts.into_par_iter())
        .map(|start| people(instance, &leaves, claim, start..rows.min(start + TOGETHER)))
        .collect();
    for surplus in judged {
        bound.join(&surplus?);
    }
    claim.worth.meets(&bound)
}

/// How many people are judged in one piece, so that threads share the pass.
const TOGETHER: usize = 1 << 15;

/// Judges every pair of some people; returns the sum of what they get.
fn people(
    instance: &Instance,
    leaves: &Leaves<'_>,
    claim: &Claim<'_>,
    rows: std::ops::Range<usize>,
) -> Result<Sum, Flaw> {
    let mut sum = Sum::default();
    let mut terms = Terms::new(leaves, claim.scored);
    for candidate in rows.map(CandidateIx::new) {
        let placed = claim.placements[candidate];
        if placed.is_none() && claim.only_placed {
            continue;
        }
        let at = placed.and_then(|opening| instance.entry(candidate, opening));
        let pinned = instance.pin(candidate).is_some();
        if let Some(entry) = at {
            let surplus = terms.surplus(instance, candidate, entry);
            if surplus < Worth::ZERO && !pinned {
                return Err(Flaw::PaysTooMuch { candidate });
            }
            sum.add(&surplus, 1);
        }
        if !pinned {
            terms.judge(instance, candidate, at)?;
        }
    }
    Ok(sum)
}

fn shape(of: &'static str, found: usize, rows: usize) -> Result<(), Flaw> {
    if found == rows { Ok(()) } else { Err(Flaw::Shape { of, found, rows }) }
}

/// The sum of all prices, each as often as there is something to sell at it; candidates are still missing.
fn bound(instance: &Instance, prices: &Prices) -> Result<Sum, Flaw> {
    let mut sum = Sum::default();
    let cap = instance.household_cap().unwrap_or(0);
    for (row, price) in prices.households.iter().enumerate() {
        sum.add_checked(price, cap, || Priced::Household(HouseholdIx::new(row)))?;
    }
    let mut seats = instance.seats().to_vec();
    for (group, it) in instance.groups().iter().enumerate() {
        match it.cap {
            // nobody comes past a cap of nothing, at any price
            Some(0) if prices.caps[group] >= Worth::ZERO => {}
            cap => sum.add_checked(&prices.caps[group], cap.unwrap_or(0), || Priced::Cap(group))?,
        }
        sum.add_checked(&prices.reserves[group], it.reserve, || Priced::Reserve(group))?;
        if let (Unfilled::LeftFree, [opening]) = (it.unfilled, it.openings.as_slice()) {
            seats[opening.get()] -= it.reserve;
        }
    }
    for (row, (price, seats)) in prices.openings.iter().zip(seats).enumerate() {
        let opening = OpeningIx::new(row);
        // a pool without seats of its own lets nobody in at any price
        if instance.seats()[row] > 0 && seats == 0 && *price >= Worth::ZERO {
            continue;
        }
        sum.add_checked(price, seats, || Priced::Opening(opening))?;
    }
    Ok(sum)
}

/// A sum of worths, wide enough for any prices that a file may hold: 2³¹ rows of 2³² seats at 2⁶³ each
/// stay below 2¹²⁷.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sum([i128; LEVELS]);

impl Sum {
    /// The worth of a plan that achieves this.
    fn of(objective: &Objective, scored: bool) -> Self {
        let mut sum = Self::default();
        let [reserved, per_tier @ .., score, kept] = &mut sum.0;
        *reserved = i128::from(objective.reserved_filled);
        for (level, &placed) in per_tier.iter_mut().zip(&objective.placed_per_tier) {
            *level = i128::from(placed);
        }
        if scored {
            *score = i128::from(objective.score);
            *kept = i128::from(objective.kept);
        }
        sum
    }

    pub(super) fn add(&mut self, worth: &Worth, times: i64) {
        for (sum, &level) in self.0.iter_mut().zip(worth.levels()) {
            *sum += i128::from(level) * i128::from(times);
        }
    }

    fn join(&mut self, other: &Self) {
        for (sum, level) in self.0.iter_mut().zip(other.0) {
            *sum += level;
        }
    }

    /// The sum as a worth of which more sums can be made, if it is not too large for that.
    pub(super) fn small(&self) -> Option<Worth> {
        let mut levels = [0; LEVELS];
        for (level, &sum) in levels.iter_mut().zip(&self.0) {
            *level = i64::try_from(sum).ok().filter(|level| level.unsigned_abs() < 1 << 60)?;
        }
        Some(Worth::from_levels(levels))
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
