//! **Wire**: what a bare plan achieves, `format: "anzhi.bare-objective/1"`, and what stable placements come to,
//! `format: "anzhi.bare-stable/1"`.

use anzhi::instance::{Instance, LotteryStage, Objective};
use anzhi::plan::Lottery;
use serde::{Deserialize, Serialize};

use super::proof::hex;

/// The word for what [`StableRecord`] tells of.
const STABLE: &str = "stable";

/// What a plan achieves, and what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveRecord {
    /// Always `anzhi.bare-objective/1`.
    pub format: String,
    /// Reserved seats that are filled.
    pub reserved_filled: u64,
    /// People placed, first tier first.
    pub placed_per_tier: Vec<u64>,
    /// The sum of the scores.
    pub score: u64,
    /// Placements that are those of the plan to keep.
    pub kept: u64,
    /// The published seed; nothing where there is none, and the plan is a draft.
    pub seed: Option<String>,
    /// `after-score` or `before-score`.
    pub lottery: String,
    /// Most placements of one household.
    pub household_cap: Option<u32>,
    /// SHA-256 of the instance, in hexadecimal.
    pub digest: String,
}

impl ObjectiveRecord {
    /// The value of [`Self::format`].
    pub const FORMAT: &'static str = "anzhi.bare-objective/1";

    /// The record of a plan.
    #[must_use]
    pub fn of(instance: &Instance, objective: &Objective, lottery: &Lottery, stage: LotteryStage) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            reserved_filled: objective.reserved_filled,
            placed_per_tier: objective.placed_per_tier.clone(),
            score: objective.score,
            kept: objective.kept,
            seed: (!lottery.is_draft()).then(|| lottery.seed().to_owned()),
            lottery: stage_name(stage).to_owned(),
            household_cap: instance.household_cap(),
            digest: hex(instance.digest()),
        }
    }
}

/// What stable placements come to, and what was asked for. They are no optimum: the format is another, so that no reader
/// of [`ObjectiveRecord`] takes them for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StableRecord {
    /// Always `anzhi.bare-stable/1`.
    pub format: String,
    /// Always `stable`.
    pub method: String,
    /// Pairs of a person and an opening that would rather have each other, as the check counted them: none.
    pub blocking_pairs: u64,
    /// Reserved seats that are filled.
    pub reserved_filled: u64,
    /// People placed, first tier first.
    pub placed_per_tier: Vec<u64>,
    /// The sum of the scores.
    pub score: u64,
    /// The published seed; nothing where there is none, and the plan is a draft.
    pub seed: Option<String>,
    /// Most placements of one household, where the cap binds nobody.
    pub household_cap: Option<u32>,
    /// SHA-256 of the instance, in hexadecimal.
    pub digest: String,
}

impl StableRecord {
    /// The value of [`Self::format`].
    pub const FORMAT: &'static str = "anzhi.bare-stable/1";

    /// The record of placements that no pair blocks.
    #[must_use]
    pub fn of(instance: &Instance, achieved: &Objective, lottery: &Lottery) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            method: STABLE.to_owned(),
            blocking_pairs: 0,
            reserved_filled: achieved.reserved_filled,
            placed_per_tier: achieved.placed_per_tier.clone(),
            score: achieved.score,
            seed: (!lottery.is_draft()).then(|| lottery.seed().to_owned()),
            household_cap: instance.household_cap(),
            digest: hex(instance.digest()),
        }
    }
}

fn stage_name(stage: LotteryStage) -> &'static str {
    match stage {
        LotteryStage::AfterScore => "after-score",
        LotteryStage::BeforeScore => "before-score",
    }
}

/// Where the lottery stands, as the command line calls it.
#[must_use]
pub fn lottery_named(name: &str) -> Option<LotteryStage> {
    [LotteryStage::AfterScore, LotteryStage::BeforeScore].into_iter().find(|stage| stage_name(*stage) == name)
}
