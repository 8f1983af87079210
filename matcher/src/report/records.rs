//! The records of a report.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::ids::{CandidateId, EmployerId, OpeningId, RegionCode};
use crate::input::Remedy;
use crate::issue::{IssueCode, Severity};
use crate::words::{
    Criterion, Datum, Group, Item, OpeningKind, OrderKind, PersonKind, ReasonCode, RuleKind, Standing, Topic,
};

/// The outcome of one match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`super::FORMAT`].
    pub format: String,
    /// The day of the match.
    pub date: Day,
    /// The language of the `text` fields (`zh`, `en`); empty where they are not filled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The policy, with every clause and decision that was used.
    pub policy: PolicyRecord,
    /// The lottery.
    pub seed: SeedRecord,
    /// The published salt, where people with the same score and days of an opening's list stand in the order of SHA-256 of
    /// salt, line feed and id (`printf '%s\n%s' SALT ID | sha256sum`); `None` = in the order of their ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The figures of the first sheet.
    pub summary: Summary,
    /// The plan of the public-welfare posts.
    pub plan: PlanReport,
    /// Every accepted opening, in order of id.
    pub openings: Vec<OpeningReport>,
    /// Every accepted candidate, in order of id.
    pub candidates: Vec<CandidateReport>,
    /// Rows that the engine set aside, in the order of the document.
    pub rejected: Vec<RejectedRecord>,
    /// Findings about rows that were kept, in the order of the document.
    pub findings: Vec<FindingRecord>,
}

/// The policy as it was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRecord {
    /// Short name.
    pub name: String,
    /// Title as published.
    pub title: String,
    /// First day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether the day of the match lies between.
    pub in_force: bool,
    /// The tiers, first tier first; empty as long as a decision is missing.
    pub tiers: Vec<TierRecord>,
    /// The rules, in the order of [`RuleKind`].
    pub rules: Vec<RuleRecord>,
    /// The weights.
    pub weights: Vec<WeightRecord>,
    /// The choices.
    pub choices: Vec<ChoiceRecord>,
    /// What a local decision must still settle.
    pub missing: Vec<Topic>,
    /// Local decisions that were used.
    pub decisions: Vec<DecisionRecord>,
    /// The orders of an office for single people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderRecord>,
}

/// One tier. Its number counts from 1 as people count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRecord {
    /// 1 = first.
    pub tier: u8,
    /// The clause it rests on.
    pub clause: String,
    /// Its groups, all equal.
    pub entries: Vec<EntryRecord>,
}

/// One group of a tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    /// Which group.
    pub group: Group,
    /// `disabled`, `family_member` or `both`.
    pub beneficiaries: String,
    /// Whether registered unemployment is asked for.
    pub registered_unemployed: bool,
    /// The clause.
    pub clause: String,
    /// The words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRecord {
    /// Which kind.
    pub rule: RuleKind,
    /// Its name in the policy.
    pub id: String,
    /// The clause.
    pub clause: String,
    /// `seed`, `national`, `file`, `decision` or `statement`.
    pub source: String,
    /// The words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// The weight of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightRecord {
    /// Which criterion.
    pub criterion: Criterion,
    /// 0 to 100; all together 100.
    pub weight: u8,
}

/// A choice that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceRecord {
    /// About what.
    pub topic: Topic,
    /// The value: a number or `none`, or a word of its vocabulary.
    pub value: String,
    /// The clause.
    pub clause: String,
    /// `seed`, `national`, `file` or `decision`.
    pub source: String,
}

/// A local decision that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// What it settles.
    pub topic: Topic,
    /// In the office's words.
    pub decision: String,
    /// Which office.
    pub office: String,
    /// When.
    pub date: Day,
    /// Whether the file is marked as an example.
    pub example: bool,
}

/// What an office ordered for one candidate and one opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRecord {
    /// A placement that is fixed, or never made.
    pub order: OrderKind,
    /// Who.
    pub candidate: CandidateId,
    /// Where.
    pub opening: OpeningId,
    /// The reason in the office's words.
    pub reason: String,
    /// Which office.
    pub office: String,
    /// When.
    pub date: Day,
    /// Whether the file is marked as an example.
    pub example: bool,
}

/// The lottery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedRecord {
    /// The published seed; empty where none was given.
    pub seed: String,
    /// 草案: without a seed no lottery was held, and ties stand in the order of an empty seed's digest.
    pub draft: bool,
    /// SHA-256, in hexadecimal, of the accepted candidates' ids, each followed by a line feed: the frozen list.
    pub list_digest: String,
}

/// The figures of the first sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows received and accepted, by list.
    pub rows: Vec<CountRecord>,
    /// People by their best standing with any opening.
    pub candidates: StandingCounts,
    /// People by their best standing with a public-welfare post.
    pub welfare_candidates: StandingCounts,
    /// Pairs by standing.
    pub pairs: PairsRecord,
    /// Seats of public-welfare posts.
    pub welfare_seats: u64,
    /// Seats of public-welfare posts that the plan fills.
    pub welfare_filled: u64,
    /// People and placements by tier; the last is everybody else. Empty as long as there are no tiers.
    pub tiers: Vec<TierCount>,
    /// People without a public-welfare post, by reason, in the order of the reasons.
    pub unplaced: Vec<ReasonCount>,
}

/// Rows of one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRecord {
    /// Name of the list.
    pub list: String,
    /// Rows received.
    pub received: usize,
    /// Rows accepted.
    pub accepted: usize,
}

/// People by standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingCounts {
    /// At least one opening may take them.
    pub eligible: u64,
    /// None may for certain, but one might, if a datum were there.
    pub unresolved: u64,
    /// Every opening is barred.
    pub barred: u64,
}

/// Pairs by standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairsRecord {
    /// 可.
    pub eligible: u64,
    /// 待核实.
    pub unresolved: u64,
    /// 不可.
    pub barred: u64,
}

/// People and placements of one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierCount {
    /// 1 = first; the last is everybody else.
    pub tier: u8,
    /// People in it.
    pub candidates: u64,
    /// Of them placed.
    pub placed: u64,
}

/// How many people have this reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    /// Which reason.
    pub reason: ReasonCode,
    /// How many people.
    pub count: u64,
}

/// How far the plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// Optimal, and the certificate was checked.
    Optimal,
    /// Not made: a local decision is missing.
    DecisionNeeded,
    /// Not made: there is no public-welfare post.
    NoPosts,
    /// Not made: shortlists alone were asked for.
    NotAsked,
}

/// The plan of the public-welfare posts: proposed, until a person signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReport {
    /// How far it has come.
    pub status: PlanStatus,
    /// In order of candidate id.
    pub placements: Vec<PlacementRecord>,
    /// What the plan reaches; `None` where none was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveRecord>,
}

/// One placement, proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementRecord {
    /// Who.
    pub candidate: CandidateId,
    /// Where.
    pub opening: OpeningId,
    /// 1 = first tier.
    pub tier: u8,
    /// Hundredths of a point, without `priority`.
    pub assignment_score: u32,
    /// Whether a datum must be confirmed first (附条件).
    pub conditional: bool,
    /// What must be confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingRecord>,
    /// Accommodations that the placement needs, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accommodations: Vec<String>,
}

/// What a plan reaches, most important first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveRecord {
    /// Reserved seats that are filled.
    pub reserved_filled: u64,
    /// Placed, by tier; the last is everybody else.
    pub placed_per_tier: Vec<u64>,
    /// Sum of the assignment scores, hundredths of a point.
    pub score: u64,
}

/// One opening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpeningReport {
    /// Its id.
    pub id: OpeningId,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub employer: EmployerId,
    /// The unit's name, where the document gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_name: Option<String>,
    /// Its kind.
    pub kind: OpeningKind,
    /// Its seats.
    pub seats: u32,
    /// Seats that the plan fills; `None` where it is not assigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<u32>,
    /// Where the work is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<RegionCode>,
    /// The name of that place, with what holds it, from the top.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place_name: String,
    /// How many people it may take.
    pub eligible: u64,
    /// How many are unresolved.
    pub unresolved: u64,
    /// How many people fail each rule (one person may fail several), rules in their order.
    pub barred: Vec<BarredRecord>,
    /// The best eligible people, best first.
    pub shortlist: Vec<RankedRecord>,
    /// The best unresolved people, best first, with what is missing.
    pub to_check: Vec<UnresolvedRecord>,
    /// Who fails one rule alone, rules in their order, and what the opening could change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<NearRecord>,
}

/// How many people fail a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarredRecord {
    /// Which rule.
    pub rule: RuleKind,
    /// How many people.
    pub count: u64,
}

/// The near misses of one rule: pairs to which it says no and no other rule does. In an opening's list they are people,
/// in a candidate's openings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearRecord {
    /// Which rule.
    pub rule: RuleKind,
    /// Pairs to which every other rule says yes.
    pub eligible: u64,
    /// Pairs of which another rule lacks a datum.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unresolved: u64,
    /// What could be changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<RemedyRecord>,
    /// What stands in the way and what to do, in [`Report::language`]; empty where nothing can be done for anybody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// One change, and what it would bring if nothing else were changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemedyRecord {
    /// The change.
    pub remedy: Remedy,
    /// How many pairs more would be eligible, at least one. Not only near misses: people of whom the rule alone lacks a datum count as
    /// well, where the change makes the datum needless.
    pub eligible: u64,
    /// How many pairs, now barred, would be unresolved.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unresolved: u64,
}

/// A place in a shortlist. `id` names the other side: a candidate in an opening's list, an opening in a candidate's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedRecord {
    /// The other side.
    pub id: String,
    /// Hundredths of a point: Σ weight × points.
    pub score: u32,
    /// Points 0–100, in the order of the policy's weights.
    pub points: [u8; 7],
    /// Accommodations that the pair needs, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accommodations: Vec<String>,
    /// Suggested or marginal demands above what the person states: to be talked over, never a bar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Item>,
}

/// An unresolved pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedRecord {
    /// The other side.
    pub id: String,
    /// Hundredths of a point.
    pub score: u32,
    /// What is missing.
    pub missing: Vec<MissingRecord>,
}

/// A datum without which a rule has no answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MissingRecord {
    /// Which rule.
    pub rule: RuleKind,
    /// Which datum.
    pub datum: Datum,
    /// Which functional item, where the datum is a capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
}

/// A rule that says no to a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitRecord {
    /// Which rule.
    pub rule: RuleKind,
    /// Its clause.
    pub clause: String,
    /// What the person or the opening has, as a bare value (years, days, codes, levels).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// What is asked for, as a bare value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// Which functional item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// Accommodations that would close the gap, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closers: Vec<String>,
}

/// One pair, with everything that stands behind its standing and its score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRecord {
    /// Who.
    pub candidate: CandidateId,
    /// Where.
    pub opening: OpeningId,
    /// The standing.
    pub standing: Standing,
    /// What says no.
    pub failing: Vec<HitRecord>,
    /// What is missing.
    pub missing: Vec<MissingRecord>,
    /// Points 0–100, in the order of the policy's weights.
    pub points: [u8; 7],
    /// Hundredths of a point, with `priority`.
    pub shortlist_score: u32,
    /// Hundredths of a point, without `priority`.
    pub assignment_score: u32,
    /// Offered accommodations that the pair needs, by id.
    pub accommodations: Vec<String>,
    /// Suggested or marginal demands above what the person states.
    pub hints: Vec<Item>,
}

/// One candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateReport {
    /// The id.
    pub id: CandidateId,
    /// 残疾人 or 家庭成员.
    pub kind: PersonKind,
    /// Whether the person is invented.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub synthetic: bool,
    /// 1 = first tier, the last = everybody else; `None` as long as there are no tiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// Groups of the policy that the person is in for certain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Groups that nobody knows of, and the higher tier to which a yes would raise the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub could_rise: Vec<RiseRecord>,
    /// The best eligible openings, best first.
    pub shortlist: Vec<RankedRecord>,
    /// The best unresolved openings, best first, with what is missing.
    pub to_check: Vec<UnresolvedRecord>,
    /// At how many openings one rule alone stands in the way, rules in their order, and what would open more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<NearRecord>,
    /// What the plan of the public-welfare posts says of them.
    pub outcome: OutcomeRecord,
    /// The outcome as one sentence, in [`Report::language`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A group of unknown membership that would raise the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RiseRecord {
    /// The tier, 1 = first.
    pub tier: u8,
    /// The group to be cleared up.
    pub group: Group,
}

/// What the plan says of a candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeRecord {
    /// A placement is proposed.
    Placed {
        /// Where.
        opening: OpeningId,
    },
    /// Not placed, with the one reason.
    Unplaced(Box<ReasonRecord>),
    /// Nothing: there is no public-welfare post, or none was to be assigned ([`PlanReport::status`] says which).
    NoPosts,
}

/// The one true reason (promise 5), and what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonRecord {
    /// Which of the closed list.
    pub code: ReasonCode,
    /// The opening it speaks of: the nearest that says no, or the best that might have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<OpeningId>,
    /// The rules that say no there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<HitRecord>,
    /// What is missing there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingRecord>,
    /// What the plan would lose if the person were placed all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<LossRecord>,
    /// Public-welfare posts that may take the person.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub openings: u64,
    /// Their seats.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seats: u64,
    /// Of the seats, those held by people of a higher tier.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held_above: u64,
    /// Of the seats, those held by people of the same tier.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held_same: u64,
    /// The openings in whose seats nobody is left over: the proof that somebody would have to go out. Nothing where a
    /// reserve, a ceiling or the limit of a household is part of the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hall: Option<HallRecord>,
}

/// The Hall set around a person ([`crate::assign::HallSet`]): the posts that may take the person, those that the people
/// proposed for them may take besides, and so on. Everybody counted here may take these posts alone, and they are
/// as many as the seats: no plan at all places them and the person as well, unless a seat that is kept were lost to its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallRecord {
    /// Posts, at least those that may take the person.
    pub openings: u64,
    /// Their seats, all taken: the sum of the three numbers below.
    pub seats: u64,
    /// People of a higher tier.
    pub above: u64,
    /// People of the same tier.
    pub same: u64,
    /// People whom an officer fixed there, of whatever tier.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pinned: u64,
    /// Further seats of these posts, beside [`Self::seats`]: they are kept for groups that none of these people is in.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What the plan would lose; positive = less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossRecord {
    /// Reserved seats.
    pub reserved: i64,
    /// Placements, by tier.
    pub placed_per_tier: Vec<i64>,
    /// Hundredths of a point.
    pub score: i64,
}

/// A row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRecord {
    /// Name of the list.
    pub list: String,
    /// The id the row gave itself.
    pub id: String,
    /// The finding.
    #[serde(flatten)]
    pub finding: FindingRecord,
}

/// A finding about the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The code.
    pub code: IssueCode,
    /// How much it takes away.
    pub severity: Severity,
    /// JSON pointer into the document; empty where it is about the whole.
    pub path: String,
    /// What was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// What is wrong and what to do, in [`Report::language`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}
