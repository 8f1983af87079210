//! Small documents and a policy to change at will.

use crate::audit::{PairAudit, pair};
use crate::day::Day;
use crate::ids::{CandidateIx, OpeningIx};
use crate::input::{
    CandidateRecord, CertificateRecord, Constituents, Document, EmployerRecord, HouseholdRecord,
    OpeningRecord, Position, ReferralRecord, RegionLevel, RegionRecord,
};
use crate::policy::{
    Basis, Beneficiaries, Choices, Decided, Definitions, Entry, LotteryStage, Period, Policy, Rule, RuleSpec,
    Source, Tier, Unresolved, Weights,
};
use crate::problem::Problem;
use crate::words::{
    Category, Channel, Employment, Group, OpeningKind, PersonKind, ReferralOutcome, Standing,
};

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(super) fn basis() -> Basis {
    Basis { id: "T-1".to_owned(), clause: "test".to_owned(), quote: None, source: Source::File }
}

pub(super) fn decided<T>(value: T) -> Decided<T> {
    Decided { value, basis: basis() }
}

pub(super) fn entry(group: Group) -> Entry {
    Entry { basis: basis(), group, beneficiaries: Beneficiaries::Both, registered_unemployed: false }
}

/// A document, a policy and a day.
pub(super) struct Case {
    pub(super) document: Document,
    pub(super) policy: Policy,
    pub(super) on: Day,
}

impl Case {
    /// No row but one employer; no rule; two tiers (minimum allowance, then severe); every choice made.
    pub(super) fn new(on: &str) -> Self {
        let mut document = Document::empty();
        let employer = r#"{"id":"E"}"#;
        document.employers.push(serde_json::from_str::<EmployerRecord>(employer).expect("an employer"));
        Self { document, policy: policy(), on: day(on) }
    }

    pub(super) fn rule(mut self, spec: RuleSpec) -> Self {
        self.policy.rules.push(Rule { basis: basis(), spec, welfare_only: false });
        self.policy.rules.sort_by_key(|rule| rule.spec.kind());
        self
    }

    pub(super) fn person(mut self, person: CandidateRecord) -> Self {
        self.document.candidates.push(person);
        self
    }

    pub(super) fn opening(mut self, opening: OpeningRecord) -> Self {
        self.document.openings.push(opening);
        self
    }

    pub(super) fn household(mut self, household: HouseholdRecord) -> Self {
        self.document.households.push(household);
        self
    }

    pub(super) fn referral(mut self, referral: ReferralRecord) -> Self {
        self.document.referrals.push(referral);
        self
    }

    pub(super) fn regions(mut self) -> Self {
        self.document.regions = regions();
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The problem; every row must pass the gate.
    pub(super) fn problem(self) -> Problem {
        let problem = Problem::new(self.document, self.policy, self.on).expect("a document");
        assert_eq!(problem.rejected(), []);
        problem
    }

    /// The audit of the first candidate and the first opening, by id.
    pub(super) fn first(self) -> PairAudit {
        pair(&self.problem(), CandidateIx::new(0), OpeningIx::new(0)).expect("a pair")
    }

    /// What the only rule says of the first candidate and the first opening.
    pub(super) fn answer(self) -> Option<bool> {
        let audit = self.first();
        assert!(audit.failing.len() + audit.unknown.len() <= 1, "{audit:?}");
        match audit.standing {
            Standing::Eligible => Some(true),
            Standing::Unresolved => None,
            Standing::Barred => Some(false),
        }
    }
}

fn policy() -> Policy {
    let tier = |group| Tier { basis: basis(), entries: vec![entry(group)] };
    Policy {
        name: "test".to_owned(),
        title: "Test".to_owned(),
        source_file: None,
        jurisdiction: None,
        in_force: Period::default(),
        tiers: Some(vec![tier(Group::LowIncome), tier(Group::Severe)]),
        rules: Vec::new(),
        definitions: Definitions::default(),
        weights: Weights([30, 20, 15, 10, 10, 10, 5]),
        weights_basis: basis(),
        commute_scale_km: decided(20),
        choices: Choices {
            household_cap: Some(decided(None)),
            unresolved: Some(decided(Unresolved::Hold)),
            lottery: Some(decided(LotteryStage::AfterScore)),
        },
        decisions: Vec::new(),
        orders: Vec::new(),
    }
}

pub(super) fn disabled(id: &str) -> CandidateRecord {
    CandidateRecord::unknown(id.into(), PersonKind::Disabled)
}

pub(super) fn relative(id: &str) -> CandidateRecord {
    CandidateRecord::unknown(id.into(), PersonKind::FamilyMember)
}

pub(super) fn certificate(category: Category, level: u8) -> CertificateRecord {
    CertificateRecord { category, level, constituents: Constituents::new(), valid_until: None }
}

pub(super) fn holder(id: &str, category: Category, level: u8) -> CandidateRecord {
    CandidateRecord { certificate: Some(certificate(category, level)), ..disabled(id) }
}

pub(super) fn works(works: Employment, person: CandidateRecord) -> CandidateRecord {
    CandidateRecord { employment: Some(works), ..person }
}

pub(super) fn at_home(household: &str, person: CandidateRecord) -> CandidateRecord {
    CandidateRecord { household: Some(household.into()), ..person }
}

pub(super) fn household(id: &str) -> HouseholdRecord {
    serde_json::from_value(serde_json::json!({ "id": id })).expect("a household")
}

pub(super) fn post(id: &str, kind: OpeningKind) -> OpeningRecord {
    OpeningRecord::unstated(id.into(), "E".into(), kind, 1)
}

pub(super) fn market(id: &str) -> OpeningRecord {
    post(id, OpeningKind::Market)
}

pub(super) fn referred(
    candidate: &str,
    date: &str,
    channel: Option<Channel>,
    outcome: Option<ReferralOutcome>,
) -> ReferralRecord {
    ReferralRecord { candidate: candidate.into(), opening: None, date: day(date), channel, outcome }
}

/// A province, two cities, three counties, townships with and without coordinates, villages.
fn regions() -> Vec<RegionRecord> {
    let rows = [
        ("P", "", RegionLevel::Province, None),
        ("C1", "P", RegionLevel::City, Some((27.5, 110.0))),
        ("C2", "P", RegionLevel::City, None),
        ("C1-A", "C1", RegionLevel::County, Some((27.36, 109.18))),
        ("C1-B", "C1", RegionLevel::County, None),
        ("C1-A-1", "C1-A", RegionLevel::Township, Some((27.36, 109.18))),
        ("C1-A-2", "C1-A", RegionLevel::Township, None),
        ("C1-A-1-x", "C1-A-1", RegionLevel::Village, Some((27.36, 109.20))),
        ("C1-A-1-y", "C1-A-1", RegionLevel::Village, None),
        ("C1-B-1", "C1-B", RegionLevel::Township, None),
        ("C2-1", "C2", RegionLevel::Township, Some((27.0, 112.0))),
    ];
    let region = |(code, parent, level, at): (&str, &str, RegionLevel, Option<(f64, f64)>)| RegionRecord {
        code: code.into(),
        name: code.to_owned(),
        parent: (!parent.is_empty()).then(|| parent.into()),
        level,
        position: at.map(|(lat, lng)| Position { lat, lng }),
    };
    rows.map(region).to_vec()
}
