//! What a price promises against solving again with one more seat.

use anzhi::assign::LotteryStage;
use anzhi::ids::OpeningIx;
use anzhi::instance::{Instance, InstanceParts, Level, Objective, Side, Worth};
use proptest::prelude::*;

use super::samples::{County, county, small};
use super::{cases, solved, stages};

/// An objective in the numbers of a price. With the lottery before the score, prices say nothing of scores.
fn worth(objective: &Objective, stage: LotteryStage) -> Worth {
    let number = |count: u64| i64::try_from(count).unwrap();
    let tiers = (0_u8..).zip(&objective.placed_per_tier);
    let people = tiers.map(|(tier, &people)| Worth::of(Level::Tier(tier), number(people)));
    let placed =
        people.fold(Worth::of(Level::Reserved, number(objective.reserved_filled)), |sum, it| sum + it);
    match stage {
        LotteryStage::AfterScore => {
            let score = Worth::of(Level::Score, number(objective.score));
            placed + score + Worth::of(Level::Kept, number(objective.kept))
        }
        LotteryStage::BeforeScore => placed,
    }
}

fn one_more(parts: &InstanceParts, opening: usize) -> InstanceParts {
    let mut more = parts.clone();
    more.seats[opening] += 1;
    more
}

/// Whether a group of openings lies around an opening, or a group at the opening itself.
fn in_a_group(instance: &Instance, opening: OpeningIx) -> bool {
    let at_it = instance.nesting().sides().contains(&Side::Seat(opening));
    at_it || instance.nesting().around(opening).is_some()
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_price_of_an_opening_is_what_one_more_seat_gains(parts in small(), stage in stages()) {
        let (instance, solution) = solved(&parts, stage);
        let before = worth(solution.objective(), stage);
        for opening in 0..parts.seats.len() {
            let price = solution.certificate().prices().openings[opening];
            let gain = worth(solved(&one_more(&parts, opening), stage).1.objective(), stage) - before;
            prop_assert!(gain >= Worth::ZERO, "{:?}", gain);
            if parts.seats[opening] == 0 {
                prop_assert_eq!(price, Worth::ZERO);
                continue;
            }
            if instance.nesting().around(OpeningIx::new(opening)).is_none() {
                prop_assert_eq!(gain, price, "opening {}", opening);
            }
            prop_assert!(gain <= price, "{:?} above {:?}", gain, price);
        }
    }
}

/// Thousands of pairs in one part, with households and reserves, and without.
#[test]
fn in_a_county_every_price_is_what_solving_again_gains() {
    let (mut contested, mut grouped) = (0, 0);
    for (seed, stage) in (0..2)
        .flat_map(|seed| [LotteryStage::AfterScore, LotteryStage::BeforeScore].map(|stage| (seed, stage)))
    {
        let mut parts = county(County {
            candidates: 240,
            openings: 40,
            seats_each: 2,
            pairs_each: 9,
            regions: 1,
            scores: 1_000,
            seed,
        });
        if seed == 1 {
            parts.groups.clear();
        }
        let (instance, solution) = solved(&parts, stage);
        let before = worth(solution.objective(), stage);
        for opening in 0..parts.seats.len() {
            let price = solution.certificate().prices().openings[opening];
            let gain = worth(solved(&one_more(&parts, opening), stage).1.objective(), stage) - before;
            assert_eq!(gain, price, "seed {seed}, {stage:?}, opening {opening}");
            contested += usize::from(price != Worth::ZERO);
            grouped += usize::from(in_a_group(&instance, OpeningIx::new(opening)));
        }
    }
    assert!(contested > 100 && grouped > 20, "{contested}, {grouped}");
}
