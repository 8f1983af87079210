//! The closed vocabularies of the records, said in either language.

use anzhi::catalogue::{accommodation_by_id, items};
use anzhi::issue::Severity;
use anzhi::report::PlanStatus;
use anzhi::words::{
    Category, Channel, ConditionKind, Criterion, Datum, Education, EmployerKind, Employment, Form, Group,
    Hukou, Item, LotteryStage, OpeningKind, OrderKind, PersonKind, ReasonCode, ReferralOutcome, RuleKind,
    ServiceKind, Sex, Standing, Topic, Unresolved, Willingness,
};

use super::Language;
use super::catalogue::{find, text};

/// A word of a closed vocabulary that has a text in both languages.
pub trait Word: Copy {
    /// The text.
    fn said(self, language: Language) -> &'static str;
}

/// What people read for a word.
#[must_use]
pub fn word(language: Language, word: impl Word) -> &'static str {
    word.said(language)
}

macro_rules! said {
    ($($name:ident $group:literal,)+) => {
        $(impl Word for $name {
            fn said(self, language: Language) -> &'static str {
                find(language, &format!(concat!("word.", $group, ".{}"), self.as_str()))
                    .unwrap_or(self.as_str())
            }
        })+
    };
}

said! {
    Category "category",
    Channel "channel",
    ConditionKind "condition_kind",
    Criterion "criterion",
    Datum "datum",
    Education "education",
    EmployerKind "employer_kind",
    Employment "employment",
    Form "form",
    Group "group",
    Hukou "hukou",
    LotteryStage "lottery_stage",
    OpeningKind "opening_kind",
    OrderKind "order_kind",
    PersonKind "person_kind",
    ReasonCode "reason_code",
    ReferralOutcome "referral_outcome",
    RuleKind "rule_kind",
    ServiceKind "service_kind",
    Sex "sex",
    Standing "standing",
    Topic "topic",
    Unresolved "unresolved",
    Willingness "willingness",
}

impl Word for Item {
    /// The name in the engine's table of items.
    fn said(self, language: Language) -> &'static str {
        let info = items().get(self.index());
        info.map_or(self.as_str(), |it| match language {
            Language::Zh => &it.zh,
            Language::En => &it.en,
        })
    }
}

impl Word for Severity {
    fn said(self, language: Language) -> &'static str {
        text(
            language,
            match self {
                Self::Rejected => "word.severity.rejected",
                Self::Warning => "word.severity.warning",
                Self::Advert => "word.severity.advert",
            },
        )
    }
}

impl Word for PlanStatus {
    fn said(self, language: Language) -> &'static str {
        text(
            language,
            match self {
                Self::Optimal => "word.plan_status.optimal",
                Self::DecisionNeeded => "word.plan_status.decision_needed",
                Self::NoPosts => "word.plan_status.no_posts",
                Self::NotAsked => "word.plan_status.not_asked",
            },
        )
    }
}

/// The name of an accommodation, by its id; an id that the table lacks stands for itself.
#[must_use]
pub fn accommodation_name(language: Language, id: &str) -> &str {
    accommodation_by_id(id).map_or(id, |it| match language {
        Language::Zh => &it.zh,
        Language::En => &it.en,
    })
}

/// The name of a list of the document (`candidates`, …); an unknown one stands for itself.
#[must_use]
pub fn list_name(language: Language, list: &str) -> &str {
    find(language, &format!("word.list.{list}")).unwrap_or(list)
}

/// What kind of text a rule or choice rests on (`seed`, `national`, `file`, `decision`, `statement`).
#[must_use]
pub fn source_name(language: Language, source: &str) -> &str {
    find(language, &format!("word.source.{source}")).unwrap_or(source)
}
