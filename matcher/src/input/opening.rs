//! Records about employers and their openings.

use serde::{Deserialize, Serialize};

use super::person::Position;
use crate::day::Day;
use crate::ids::{EmployerId, OpeningId, RegionCode, SkillId};
use crate::text::ShortText;
use crate::words::{
    Category, ConditionKind, Education, EmployerKind, Form, Group, Item, Levels, OpeningKind,
};

/// A unit that employs (用人单位). Its printed name stays with the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployerRecord {
    /// Unique in the document.
    pub id: EmployerId,
    /// The unit's name as published. Units are not people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 单位性质.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EmployerKind>,
    /// 编制或职工人数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<u32>,
    /// 已安排残疾人数, heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_staff: Option<u32>,
    /// How many of them count as two in the quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_counted: Option<u32>,
    /// 是否学校幼儿园.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<bool>,
    /// 残工委成员.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee_member: Option<bool>,
}

impl EmployerRecord {
    /// A record that states nothing but whom it is about.
    #[must_use]
    pub const fn unstated(id: EmployerId) -> Self {
        Self {
            id,
            name: None,
            kind: None,
            staff: None,
            disabled_staff: None,
            double_counted: None,
            school: None,
            committee_member: None,
        }
    }
}

/// One advertised kind of work with equal seats (岗位).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRecord {
    /// Unique in the document.
    pub id: OpeningId,
    /// Whose opening it is.
    pub employer: EmployerId,
    /// 岗位名称.
    pub title: ShortText,
    /// 岗位类别.
    pub kind: OpeningKind,
    /// 名额, at least 1.
    pub seats: u32,
    /// 工作地点; `None` = not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<RegionCode>,
    /// Where the work is, where it is known better than by the region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// 居家: whether the work is done at home.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub home_based: bool,
    /// 接受的残疾类别等级; `None` = not stated, so not applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepts: Option<Vec<Accepted>>,
    /// 工种代码, `d-dd-dd-dd` of the 2022 dictionary or a local code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<ShortText>,
    /// 技能要求.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<SkillDemand>,
    /// 证书要求: every one of these is needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<ShortText>,
    /// 文化程度要求: at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<Education>,
    /// 年龄要求.
    #[serde(default, skip_serializing_if = "AgeLimits::is_unstated")]
    pub age: AgeLimits,
    /// 月薪下限, yuan a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_min: Option<u32>,
    /// 月薪上限, yuan a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_max: Option<u32>,
    /// 用工形式.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// 每周小时.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u8>,
    /// 提供的合理便利, ids of the accommodation table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accommodations: Vec<ShortText>,
    /// What the work asks of function.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<Demand>,
    /// Conditions that are reported and never applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// First day of the opening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day of the opening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// 预留: seats kept for a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<ReserveRecord>,
}

impl OpeningRecord {
    /// A record that states nothing but what it must.
    #[must_use]
    pub fn unstated(id: OpeningId, employer: EmployerId, kind: OpeningKind, seats: u32) -> Self {
        Self {
            id,
            employer,
            title: ShortText::default(),
            kind,
            seats,
            place: None,
            position: None,
            home_based: false,
            accepts: None,
            occupation: None,
            skills: Vec::new(),
            licences: Vec::new(),
            education: None,
            age: AgeLimits::default(),
            wage_min: None,
            wage_max: None,
            form: None,
            hours: None,
            accommodations: Vec::new(),
            demands: Vec::new(),
            conditions: Vec::new(),
            from: None,
            until: None,
            reserves: Vec::new(),
        }
    }

    /// Gives back the memory that its lists took beyond what they hold: records are kept by the million.
    pub fn shrink_to_fit(&mut self) {
        self.accepts.iter_mut().for_each(Vec::shrink_to_fit);
        self.skills.shrink_to_fit();
        self.licences.shrink_to_fit();
        self.accommodations.shrink_to_fit();
        self.demands.shrink_to_fit();
        self.conditions.shrink_to_fit();
        self.reserves.shrink_to_fit();
    }
}

/// A category that an opening accepts, at these levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// Which category.
    pub category: Category,
    /// At which levels; all four where the advert names the category alone.
    pub levels: Levels,
}

/// A skill that an opening wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillDemand {
    /// Which skill.
    pub skill: SkillId,
    /// 1 (beginner) to 5 (master).
    pub level: u8,
    /// Importance, 1 to 5.
    pub weight: u8,
}

/// Limits of age by sex, completed years, both ends included; `None` = not stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeLimits {
    /// Youngest man.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_male: Option<u8>,
    /// Oldest man.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_male: Option<u8>,
    /// Youngest woman.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_female: Option<u8>,
    /// Oldest woman.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_female: Option<u8>,
}

impl AgeLimits {
    /// Whether no limit is stated.
    #[must_use]
    pub fn is_unstated(&self) -> bool {
        *self == Self::default()
    }
}

/// What the work asks on one functional item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Which item.
    pub item: Item,
    /// 0 (not needed) to 4 (constant, or very heavy).
    pub level: u8,
    /// A safety item: only an accommodation that names the hazard closes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub safety: bool,
    /// A duty that can be given to somebody else: never bars.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marginal: bool,
    /// From the table of usual posts, not confirmed by the employer: hints only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suggested: bool,
}

/// A condition that the advert states and no policy names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// About what.
    pub kind: ConditionKind,
    /// The advert's words.
    pub text: String,
}

/// Seats of one opening kept for a priority group: a minimum guarantee, soft (an unfilled reserved seat counts
/// first in the objective, then opens to others).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReserveRecord {
    /// For whom.
    pub group: Group,
    /// How many seats, at most the opening's.
    pub seats: u32,
}
