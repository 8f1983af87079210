//! What would help: one change of a record by which more pairs would be eligible.

use serde::{Deserialize, Serialize};

use super::{Accepted, AgeLimits, CandidateRecord, OpeningRecord};
use crate::day::Day;
use crate::words::{Category, Education, Item, Levels, RuleKind};

/// One change of an opening, or of what one candidate brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// The opening lies open on the day of the match.
    Dates {
        /// That day.
        day: Day,
    },
    /// The opening takes this category as well, or at more levels.
    Classes {
        /// Which category.
        category: Category,
        /// All the levels that it takes then.
        levels: Levels,
    },
    /// The opening limits no category and no level.
    AnyClass,
    /// The opening has these limits of age.
    Ages {
        /// The limits.
        limits: AgeLimits,
    },
    /// The opening asks for this schooling and no more; or the candidate completes it.
    Education {
        /// The schooling; `None` = none is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Education>,
    },
    /// The opening asks for this licence no longer; or the candidate obtains it.
    Licence {
        /// Its name.
        name: String,
    },
    /// The opening offers this accommodation as well; of a candidate: every opening does.
    Accommodation {
        /// Its id in the table of accommodations.
        id: String,
    },
    /// The work asks no more of this item.
    Demand {
        /// Which item.
        item: Item,
        /// 0 (nothing) to 3.
        level: u8,
        /// Whether it is a safety demand: the place must be made safe first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        safety: bool,
    },
    /// The work is done at home.
    HomeBased,
    /// Everybody goes so much farther than they state, for instance since the employer fetches them.
    Transport {
        /// Kilometres.
        km: u32,
    },
    /// The candidate goes as far as this.
    Limit {
        /// Kilometres.
        km: u32,
    },
}

impl Remedy {
    /// The rule whose answer it changes; it changes no other.
    #[must_use]
    pub const fn rule(&self) -> RuleKind {
        match self {
            Self::Dates { .. } => RuleKind::OpeningDates,
            Self::Classes { .. } | Self::AnyClass => RuleKind::Classes,
            Self::Ages { .. } => RuleKind::AgeLimits,
            Self::Education { .. } => RuleKind::Education,
            Self::Licence { .. } => RuleKind::Licence,
            Self::Accommodation { .. } | Self::Demand { .. } => RuleKind::Function,
            Self::HomeBased | Self::Transport { .. } | Self::Limit { .. } => RuleKind::Commute,
        }
    }

    /// Makes the change in an opening. What changes people, and not the opening, leaves it as it is.
    pub fn apply_to_opening(&self, opening: &mut OpeningRecord) {
        match self {
            Self::Dates { day } => {
                opening.from = opening.from.map(|from| from.min(*day));
                opening.until = opening.until.map(|until| until.max(*day));
            }
            Self::Classes { category, levels } => {
                let accepted = Accepted { category: *category, levels: *levels };
                opening.accepts.iter_mut().for_each(|list| list.push(accepted.clone()));
            }
            Self::AnyClass => opening.accepts = None,
            Self::Ages { limits } => opening.age = *limits,
            Self::Education { level } => opening.education = *level,
            Self::Licence { name } => opening.licences.retain(|asked| asked.as_str() != name),
            Self::Accommodation { id } => opening.accommodations.push(id.as_str().into()),
            Self::Demand { item, level, .. } => {
                let demands = opening.demands.iter_mut().filter(|it| it.item == *item);
                demands.for_each(|it| it.level = it.level.min(*level));
            }
            Self::HomeBased => opening.home_based = true,
            Self::Transport { .. } | Self::Limit { .. } => {}
        }
    }

    /// Makes the change in a candidate. What changes openings, and not the person, leaves the record as it is.
    pub fn apply_to_candidate(&self, candidate: &mut CandidateRecord) {
        match self {
            Self::Education { level: Some(level) } => candidate.education = Some(*level),
            Self::Licence { name } => {
                let held = std::mem::take(&mut candidate.licences).into_iter();
                candidate.licences = held.chain([name.as_str().into()]).collect();
            }
            Self::Transport { km } => {
                candidate.max_commute_km = candidate.max_commute_km.map(|limit| limit.saturating_add(*km));
            }
            Self::Limit { km } => candidate.max_commute_km = Some(*km),
            _ => {}
        }
    }
}
