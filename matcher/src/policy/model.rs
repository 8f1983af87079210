//! What a policy says, once it has been read and checked.

use std::fmt;

use crate::day::Day;
use crate::words::{
    Channel, Criterion, Group, LotteryStage, PersonKind, ReferralOutcome, RuleKind, Sex, Unresolved,
};

/// Where a rule comes from: every rule names its clause, or the office that decided it (promise 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The rule's own name, unique in the policy, e.g. `XH-24`.
    pub id: String,
    /// The clause as printed, e.g. `二(二)5(3)`, or the title of the national text, or the office and date.
    pub clause: String,
    /// A short verbatim piece of the source; only where [`Source::Seed`].
    pub quote: Option<String>,
    /// What kind of text that is.
    pub source: Source,
}

/// What kind of text a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The policy's own source text; the quotation is found there word for word.
    Seed,
    /// A national law, regulation or standard, named in the clause.
    National,
    /// The source is silent and the policy file itself states a choice.
    File,
    /// A local decision: office and date stand in the clause.
    Decision,
    /// The employer's or the person's own statement, applied as such.
    Statement,
}

impl Source {
    /// The kinds that a policy file may name; decisions come from a file of their own.
    pub const OF_POLICIES: [Self; 4] = [Self::Seed, Self::National, Self::File, Self::Statement];

    /// The word for it in a policy file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::National => "national",
            Self::File => "file",
            Self::Decision => "decision",
            Self::Statement => "statement",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value with the basis it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<T> {
    /// What was decided.
    pub value: T,
    /// By whom, or where it stands.
    pub basis: Basis,
}

/// Days on which something holds; both ends included, `None` = open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
}

impl Period {
    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// One tier (优先层级): a set of groups, all equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Where the tier stands.
    pub basis: Basis,
    /// Who is in it: whoever satisfies one entry.
    pub entries: Vec<Entry>,
}

/// A group with its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where the group stands.
    pub basis: Basis,
    /// Which group.
    pub group: Group,
    /// Which kinds of person profit from it.
    pub beneficiaries: Beneficiaries,
    /// Whether the person must also be registered as unemployed.
    pub registered_unemployed: bool,
}

/// Which kinds of person profit from an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beneficiaries {
    /// People with a disability only.
    Disabled,
    /// Family members only.
    FamilyMembers,
    /// Both.
    Both,
}

impl Beneficiaries {
    /// Every word, in a fixed order.
    pub const ALL: [Self; 3] = [Self::Disabled, Self::FamilyMembers, Self::Both];

    /// The word for it in a policy file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::FamilyMembers => "family_members",
            Self::Both => "both",
        }
    }

    /// Whether this kind of person is meant.
    #[must_use]
    pub const fn include(self, kind: PersonKind) -> bool {
        match self {
            Self::Disabled => matches!(kind, PersonKind::Disabled),
            Self::FamilyMembers => matches!(kind, PersonKind::FamilyMember),
            Self::Both => true,
        }
    }
}

impl fmt::Display for Beneficiaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A rule (规则): a hard condition with its basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it stands.
    pub basis: Basis,
    /// What it asks.
    pub spec: RuleSpec,
    /// Whether it is asked for public-welfare posts only.
    pub welfare_only: bool,
}

/// What a rule asks, with its values. One variant for each [`RuleKind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleSpec {
    /// Old enough, and below the statutory age of retirement.
    WorkingAge {
        /// Youngest, completed years.
        min_years: u8,
        /// The statutory ages, by sex and date.
        retirement: Vec<LegalAge>,
    },
    /// Not in work now.
    NotInWork,
    /// Willing to work.
    Willing,
    /// Holds a certificate that is valid on the run's date (disabled people).
    CertificateValid,
    /// Is a person whom the policy places on public-welfare posts.
    Beneficiary,
    /// Is recognised as hard to employ.
    HardToEmploy,
    /// Belongs to the territory.
    Territory(Territory),
    /// The opening is open on the run's date.
    OpeningDates,
    /// The opening accepts the category at the level.
    Classes,
    /// Within the opening's limits of age.
    AgeLimits,
    /// Has at least the schooling asked for.
    Education,
    /// Holds every licence asked for.
    Licence,
    /// Function after accommodations (DESIGN §6).
    Function,
    /// Within the person's farthest commute.
    Commute,
    /// Has not refused this opening.
    Refusal,
    /// Earlier public-welfare posts do not stand in the way.
    RepeatPlacement {
        /// Most placements before this one; `None` = no limit.
        max_placements: Option<u8>,
        /// Most months on such posts before this one; `None` = no limit.
        max_months: Option<u16>,
        /// Whether people of level 1 or 2 may be placed again after the months are used up.
        severe_again: bool,
    },
}

impl RuleSpec {
    /// The kind of the rule.
    #[must_use]
    pub const fn kind(&self) -> RuleKind {
        match self {
            Self::WorkingAge { .. } => RuleKind::WorkingAge,
            Self::NotInWork => RuleKind::NotInWork,
            Self::Willing => RuleKind::Willing,
            Self::CertificateValid => RuleKind::CertificateValid,
            Self::Beneficiary => RuleKind::Beneficiary,
            Self::HardToEmploy => RuleKind::HardToEmploy,
            Self::Territory(_) => RuleKind::Territory,
            Self::OpeningDates => RuleKind::OpeningDates,
            Self::Classes => RuleKind::Classes,
            Self::AgeLimits => RuleKind::AgeLimits,
            Self::Education => RuleKind::Education,
            Self::Licence => RuleKind::Licence,
            Self::Function => RuleKind::Function,
            Self::Commute => RuleKind::Commute,
            Self::Refusal => RuleKind::Refusal,
            Self::RepeatPlacement { .. } => RuleKind::RepeatPlacement,
        }
    }
}

/// A statutory age of retirement for one sex, from a day on (data with a source, never a constant).
///
/// A person born in the month `m` months after `delay_from` (0 for that month itself) retires
/// `min(max_delay_months, m div step_months + 1)` months after `years`; people born before `delay_from`, and
/// everybody where it is `None`, retire at `years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegalAge {
    /// From this day of a match on, until a later entry for the same sex.
    pub from: Day,
    /// For whom.
    pub sex: Sex,
    /// Completed years at which retirement begins.
    pub years: u8,
    /// First birth month that is delayed (a day in that month).
    pub delay_from: Option<Day>,
    /// Birth months to one month of delay; at least 1.
    pub step_months: u16,
    /// Most months of delay.
    pub max_delay_months: u16,
}

/// Whose ground public-welfare posts stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Territory {
    /// Whether the place of registration (户籍地) counts.
    pub registered: bool,
    /// Whether the habitual residence (常住地) counts.
    pub residence: bool,
    /// Whether rural posts ask for rural registration (农业户口).
    pub rural_for_rural: bool,
}

/// What counts as N consecutive failed referrals (domain study 1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedReferrals {
    /// N.
    pub times: u8,
    /// Only referrals made in this way count.
    pub channel: Channel,
    /// Outcomes that count as failed.
    pub failed: Vec<ReferralOutcome>,
    /// Outcomes that set the count back to zero; all others change nothing.
    pub reset: Vec<ReferralOutcome>,
}

/// Definitions of groups, where the groups need one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// 连续N次推荐未就业.
    pub failed_referrals: Option<Decided<FailedReferrals>>,
    /// 长期失业: at least so many months registered as unemployed.
    pub long_unemployed_months: Option<Decided<u16>>,
    /// 高校毕业生: graduated at most so many months ago.
    pub graduate_months: Option<Decided<u16>>,
}

/// The choices that a policy must state; `None` = left to a local decision that has not been supplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Most placements of one household in a round; the inner `None` = no cap.
    pub household_cap: Option<Decided<Option<u32>>>,
    /// What happens to the unresolved.
    pub unresolved: Option<Decided<Unresolved>>,
    /// Where the lottery stands.
    pub lottery: Option<Decided<LotteryStage>>,
}

/// Weights of the criteria: whole numbers that sum to 100, in the order of [`Criterion::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights(pub(crate) [u8; 7]);

impl Weights {
    /// The weight of a criterion, 0 to 100.
    #[must_use]
    pub const fn of(&self, criterion: Criterion) -> u8 {
        self.0[criterion.index()]
    }

    /// The weights in the order of [`Criterion::ALL`].
    #[must_use]
    pub const fn as_array(&self) -> &[u8; 7] {
        &self.0
    }
}
