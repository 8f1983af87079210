//! **Wire**: the [`Document`] and its records, `format: "anzhi.input/1"`.
//!
//! Plain data without promises: nothing here has been checked beyond its type. An empty fact about a *person*
//! (`None`) means unknown, never no; an empty requirement of an *opening* means that it was not stated. Names,
//! numbers and telephones of people have no field, and unknown fields are refused.

mod capacities;
mod opening;
mod person;
mod remedy;

use std::io;

use serde::{Deserialize, Serialize};

pub use capacities::Capacities;
pub use opening::{
    Accepted, AgeLimits, Condition, Demand, EmployerRecord, OpeningRecord, ReserveRecord, SkillDemand,
};
pub use person::{
    CandidateRecord, CertificateRecord, Constituents, Forms, HouseholdRecord, Position, Recognition,
    ReferralRecord, ServiceRecord, SkillLevel, Status,
};
pub use remedy::Remedy;

use crate::error::Error;
use crate::ids::{RegionCode, SkillId};

/// The value of [`Document::format`] that this version reads.
pub const FORMAT: &str = "anzhi.input/1";

/// Everything one match needs to know about people and openings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always [`FORMAT`].
    pub format: String,
    /// 求职者.
    #[serde(default)]
    pub candidates: Vec<CandidateRecord>,
    /// 家庭.
    #[serde(default)]
    pub households: Vec<HouseholdRecord>,
    /// 用人单位.
    #[serde(default)]
    pub employers: Vec<EmployerRecord>,
    /// 岗位.
    #[serde(default)]
    pub openings: Vec<OpeningRecord>,
    /// 推荐记录.
    #[serde(default)]
    pub referrals: Vec<ReferralRecord>,
    /// 服务记录.
    #[serde(default)]
    pub services: Vec<ServiceRecord>,
    /// The places that candidates and openings name, with all their parents.
    #[serde(default)]
    pub regions: Vec<RegionRecord>,
    /// The skills that candidates and openings name, and their neighbours.
    #[serde(default)]
    pub skills: Vec<SkillRecord>,
}

impl Document {
    /// A document with no rows.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            format: FORMAT.to_owned(),
            candidates: Vec::new(),
            households: Vec::new(),
            employers: Vec::new(),
            openings: Vec::new(),
            referrals: Vec::new(),
            services: Vec::new(),
            regions: Vec::new(),
            skills: Vec::new(),
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Syntax`] with the JSON path where reading stopped: not JSON, an unknown field,
    /// a word outside its vocabulary, or a value of the wrong type.
    pub fn from_json(reader: impl io::Read) -> Result<Self, Error> {
        let mut json = serde_json::Deserializer::from_reader(io::BufReader::new(reader));
        let document = serde_path_to_error::deserialize(&mut json)
            .map_err(|error| Error::syntax(&error.path().to_string(), &error.inner().to_string()))?;
        json.end().map_err(|error| Error::syntax(".", &error.to_string()))?;
        Ok(document)
    }
}

/// A unit of the administrative division, or a place below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionRecord {
    /// The code; unique in the document.
    pub code: RegionCode,
    /// The name as printed; places are joined on it within their parent.
    pub name: String,
    /// The unit above; `None` at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RegionCode>,
    /// How high the unit stands.
    pub level: RegionLevel,
    /// Its own point, where a source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// How high a region stands in the division; the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    /// 省.
    Province,
    /// 地级市.
    City,
    /// 县、区.
    County,
    /// 乡镇、街道.
    Township,
    /// 村、社区.
    Village,
}

/// A skill and what stands near it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillRecord {
    /// The id; unique in the document.
    pub id: SkillId,
    /// The name as shown.
    pub name: String,
    /// Skills of which this one is a part or a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<SkillId>,
    /// Skills near to this one; stated on either side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<SkillId>,
}
