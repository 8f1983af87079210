//! Records about people: candidates, households, referrals, services.

use serde::{Deserialize, Serialize};

use super::Capacities;
use crate::day::Day;
use crate::ids::{CandidateId, HouseholdId, OpeningId, RegionCode, SkillId};
use crate::text::ShortText;
use crate::words::{
    Category, Channel, Education, Employment, Few, Form, Hukou, PersonKind, ReferralOutcome, ServiceKind,
    Sex, Willingness,
};

/// Forms of work that somebody wishes for.
pub type Forms = Few<Form, { Form::ALL.len() }>;

/// Classes that a certificate of class 7 covers.
pub type Constituents = Few<Category, { Category::ALL.len() }>;

/// A person taking part (求职者).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRecord {
    /// Unique in the document; not a name, not a number of a document.
    pub id: CandidateId,
    /// 人员类别.
    pub kind: PersonKind,
    /// Whether the person is invented (合成).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub synthetic: bool,
    /// 出生日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Day>,
    /// 性别.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 残疾人证; `None` = unknown for a disabled person, absent for a family member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateRecord>,
    /// 家庭编号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// 户籍地.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<RegionCode>,
    /// 常住地.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<RegionCode>,
    /// 户口性质.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hukou: Option<Hukou>,
    /// Where the person lives, where it is known better than by the region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// 文化程度.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<Education>,
    /// 毕业时间 of full-time higher education.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graduated: Option<Day>,
    /// 就业状况.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<Employment>,
    /// 失业登记日期; a date here means registered as unemployed since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unemployed_since: Option<Day>,
    /// 就业意愿.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willingness: Option<Willingness>,
    /// 就业困难认定.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard_to_employ: Option<bool>,
    /// 未就业原因, codes 1–7 of item R19 of the national registration form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_not_employed: Option<u8>,
    /// 技能.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub skills: Box<[SkillLevel]>,
    /// 技能证书: licences and certificates of skill held, by name.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub licences: Box<[ShortText]>,
    /// 意向工种: at most three occupation codes, the most wanted first.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub occupations: Box<[ShortText]>,
    /// 期望月薪, yuan a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_wish: Option<u32>,
    /// 用工形式 wished for.
    #[serde(default, skip_serializing_if = "Forms::is_empty")]
    pub forms: Forms,
    /// 最远通勤, kilometres one way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_commute_km: Option<u32>,
    /// 不接受的岗位.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub refused: Box<[OpeningId]>,
    /// 公益性岗位已安置次数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welfare_placements: Option<u8>,
    /// 公益性岗位已安置月数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welfare_months: Option<u16>,
    /// Functional items known, 0 (none) to 4 (not limited); absent = unknown.
    #[serde(default, skip_serializing_if = "Capacities::is_empty")]
    pub capacities: Capacities,
}

impl CandidateRecord {
    /// A record that states nothing but who it is about.
    #[must_use]
    pub fn unknown(id: CandidateId, kind: PersonKind) -> Self {
        Self {
            id,
            kind,
            synthetic: false,
            birth: None,
            sex: None,
            certificate: None,
            household: None,
            registered: None,
            residence: None,
            hukou: None,
            position: None,
            education: None,
            graduated: None,
            employment: None,
            unemployed_since: None,
            willingness: None,
            hard_to_employ: None,
            reason_not_employed: None,
            skills: Box::default(),
            licences: Box::default(),
            occupations: Box::default(),
            wage_wish: None,
            forms: Forms::new(),
            max_commute_km: None,
            refused: Box::default(),
            welfare_placements: None,
            welfare_months: None,
            capacities: Capacities::new(),
        }
    }
}

/// What a certificate of disability (残疾人证) says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRecord {
    /// 残疾类别.
    pub category: Category,
    /// 残疾等级, 1 (most severe) to 4.
    pub level: u8,
    /// 多重残疾明细: the classes that a certificate of class 7 covers; empty = unknown.
    #[serde(default, skip_serializing_if = "Constituents::is_empty")]
    pub constituents: Constituents,
    /// 证件有效期至: the last valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
}

/// A point on the earth, WGS-84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Latitude, −90 to 90.
    pub lat: f64,
    /// Longitude, −180 to 180.
    pub lng: f64,
}

/// A skill at a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillLevel {
    /// Which skill.
    pub skill: SkillId,
    /// 1 (beginner) to 5 (master).
    pub level: u8,
}

/// A household (家庭).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdRecord {
    /// Unique in the document.
    pub id: HouseholdId,
    /// 低保.
    #[serde(default, skip_serializing_if = "Status::is_unknown")]
    pub low_income: Status,
    /// 低保边缘.
    #[serde(default, skip_serializing_if = "Status::is_unknown")]
    pub marginal: Status,
    /// 防返贫监测.
    #[serde(default, skip_serializing_if = "Status::is_unknown")]
    pub watched: Status,
    /// 零就业, where it is stated rather than derived.
    #[serde(default, skip_serializing_if = "Status::is_unknown")]
    pub zero_employment: Status,
    /// 依老养残.
    #[serde(default, skip_serializing_if = "Status::is_unknown")]
    pub aged_carer: Status,
    /// 成员数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u16>,
    /// 残疾成员数: certificate holders in the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_members: Option<u16>,
    /// 就业成员数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employed_members: Option<u16>,
}

impl HouseholdRecord {
    /// A record that states nothing but which household it is about.
    #[must_use]
    pub fn unknown(id: HouseholdId) -> Self {
        Self {
            id,
            low_income: Status::default(),
            marginal: Status::default(),
            watched: Status::default(),
            zero_employment: Status::default(),
            aged_carer: Status::default(),
            members: None,
            disabled_members: None,
            employed_members: None,
        }
    }
}

/// A status that somebody recognised: yes, no or unknown, with the days on which it holds. It takes 16 bytes, since most
/// are stated without more: a household has five.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StatusFields", into = "StatusFields")]
pub struct Status {
    /// `None` = unknown.
    pub holds: Option<bool>,
    /// `None` where it says nothing.
    recognition: Option<Box<Recognition>>,
}

/// When a status holds, and who recognised it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// First day; `None` = no limit stated.
    pub from: Option<Day>,
    /// Last day; `None` = no limit stated.
    pub until: Option<Day>,
    /// 来源: who recognised it.
    pub source: Option<ShortText>,
}

impl Recognition {
    /// Nothing is stated.
    pub const UNSTATED: Self = Self { from: None, until: None, source: None };
}

impl Status {
    /// A status with all that is stated of it.
    #[must_use]
    pub fn new(holds: Option<bool>, recognition: Recognition) -> Self {
        let recognition = (recognition != Recognition::UNSTATED).then(|| Box::new(recognition));
        Self { holds, recognition }
    }

    /// When it holds, and who recognised it.
    #[must_use]
    pub fn recognition(&self) -> &Recognition {
        self.recognition.as_deref().unwrap_or(&Recognition::UNSTATED)
    }

    /// Whether nothing is stated.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl From<bool> for Status {
    /// Yes or no, with no days stated.
    fn from(holds: bool) -> Self {
        Self { holds: Some(holds), recognition: None }
    }
}

/// A status as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "struct Status")]
struct StatusFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    holds: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<ShortText>,
}

impl From<StatusFields> for Status {
    fn from(StatusFields { holds, from, until, source }: StatusFields) -> Self {
        Self::new(holds, Recognition { from, until, source })
    }
}

impl From<Status> for StatusFields {
    fn from(status: Status) -> Self {
        let Recognition { from, until, source } = status.recognition().clone();
        Self { holds: status.holds, from, until, source }
    }
}

/// One referral of a candidate (推荐记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferralRecord {
    /// Who was referred.
    pub candidate: CandidateId,
    /// To which opening, if it is one of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<OpeningId>,
    /// When.
    pub date: Day,
    /// 渠道.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// 结果.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ReferralOutcome>,
}

/// One service event (服务记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRecord {
    /// Who was served.
    pub candidate: CandidateId,
    /// 种类.
    pub kind: ServiceKind,
    /// When.
    pub date: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_written_as_it_was_read() {
        let read = |text: &str| serde_json::from_str::<Status>(text);
        for text in
            ["{}", r#"{"holds":false}"#, r#"{"from":"2024-06-30","until":"2025-06-30","source":"民政局"}"#]
        {
            let status = read(text).expect("a status");
            assert_eq!(serde_json::to_string(&status).expect("written"), text);
            assert_eq!(status.is_unknown(), text == "{}");
        }
        assert_eq!(read(r#"{"holds":true}"#).expect("a status"), true.into());
        let wrong = |text: &str| read(text).expect_err("no status").to_string();
        assert!(wrong(r#""yes""#).contains("expected struct Status at"), "{}", wrong(r#""yes""#));
        assert!(wrong(r#"{"until_when":1}"#).contains("unknown field `until_when`, expected one of `holds`"));
    }

    #[test]
    fn people_and_households_take_what_is_said_of_them() {
        assert_eq!((size_of::<Status>(), size_of::<HouseholdRecord>()), (16, 112));
        assert_eq!(size_of::<CandidateRecord>(), 240);
    }
}
