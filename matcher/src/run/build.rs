//! The report, list by list.

use super::policy;
use crate::explain::{self, Reasons};
use crate::ids::{CandidateIx, OpeningIx};
use crate::issue::{Issue, IssueCode};
use crate::plan::{Lottery, Outcome, Plan, list_digest};
use crate::report::{
    BarredRecord, CandidateReport, CountRecord, FORMAT, FindingRecord, NearRecord, ObjectiveRecord,
    OpeningReport, OutcomeRecord, PairsRecord, PlacementRecord, PlanReport, PlanStatus, RankedRecord,
    ReasonCount, RejectedRecord, RemedyRecord, Report, RiseRecord, SeedRecord, StandingCounts, Summary,
    TierCount, UnresolvedRecord,
};
use crate::score::{Advice, Chances, Gain, NearMisses, Ranked, Scored, Shortlists};
use crate::words::{Group, ReasonCode, RuleKind, Standing};

struct Builder<'a> {
    scored: &'a Scored<'a>,
    plan: Option<&'a Plan<'a>>,
    lists: Shortlists,
    advice: Advice,
}

pub(super) fn report<'a>(
    scored: &'a Scored<'a>,
    outcome: Option<&'a Outcome<'a>>,
    lottery: &Lottery,
    top: usize,
) -> Report {
    let problem = scored.problem();
    let plan = match outcome {
        Some(Outcome::Planned(plan)) => Some(plan.as_ref()),
        _ => None,
    };
    let builder = Builder { scored, plan, lists: scored.shortlists(top), advice: scored.advice() };
    let reasons = match outcome {
        Some(Outcome::Planned(_) | Outcome::DecisionNeeded(_)) => Some(Reasons::new(scored, plan)),
        _ => None,
    };
    let candidates: Vec<_> = builder.rows().map(|row| builder.candidate(row, reasons.as_ref())).collect();
    Report {
        format: FORMAT.to_owned(),
        date: problem.on(),
        language: String::new(),
        policy: policy::record(problem.policy(), problem.on()),
        seed: SeedRecord {
            seed: lottery.seed().to_owned(),
            draft: lottery.is_draft(),
            list_digest: list_digest(problem),
        },
        salt: None,
        summary: builder.summary(&candidates),
        plan: builder.plan(outcome),
        openings: (0..problem.openings().len()).map(|row| builder.opening(OpeningIx::new(row))).collect(),
        candidates,
        rejected: problem.rejected().iter().map(rejected).collect(),
        findings: builder.findings(),
    }
}

fn finding(issue: &Issue) -> FindingRecord {
    FindingRecord {
        code: issue.code(),
        severity: issue.code().severity(),
        path: issue.path().to_owned(),
        found: issue.found().to_owned(),
        text: String::new(),
    }
}

fn rejected(row: &crate::problem::Rejected) -> RejectedRecord {
    RejectedRecord { list: row.sheet.as_str().to_owned(), id: row.id.clone(), finding: finding(&row.issue) }
}

/// The near misses of one side, each rule with what could be changed.
fn near(misses: &NearMisses, gains: &[Gain]) -> Vec<NearRecord> {
    let record = |rule: &RuleKind| {
        let miss = misses.by(*rule);
        let remedies = gains.iter().filter(|gain| gain.remedy.rule() == *rule).map(|gain| RemedyRecord {
            remedy: gain.remedy.clone(),
            eligible: u64::from(gain.eligible),
            unresolved: u64::from(gain.unresolved),
        });
        NearRecord {
            rule: *rule,
            eligible: u64::from(miss.eligible),
            unresolved: u64::from(miss.unresolved),
            remedies: remedies.collect(),
            text: String::new(),
        }
    };
    let says_something = |it: &NearRecord| it.eligible + it.unresolved > 0 || !it.remedies.is_empty();
    RuleKind::ALL.iter().map(record).filter(says_something).collect()
}

impl Builder<'_> {
    fn rows(&self) -> impl Iterator<Item = CandidateIx> + use<> {
        (0..self.scored.problem().candidates().len()).map(CandidateIx::new)
    }

    /// The findings of the gate, and the openings that nobody can take, in the order of the document.
    fn findings(&self) -> Vec<FindingRecord> {
        let problem = self.scored.problem();
        let mut findings: Vec<_> = problem.warnings().iter().map(finding).collect();
        for opening in (0..problem.openings().len()).map(OpeningIx::new) {
            if let [0, 0, _] = self.scored.numbers_at(opening) {
                let row = problem.opening_source(opening).unwrap_or_default();
                findings.push(finding(&Issue::new(
                    IssueCode::NobodyEligible,
                    format!("/openings/{row}"),
                    "",
                )));
            }
        }
        findings
    }

    fn opening(&self, row: OpeningIx) -> OpeningReport {
        let problem = self.scored.problem();
        let record = &problem.openings()[row.get()];
        let [eligible, unresolved, _] = self.scored.numbers_at(row);
        let list = self.lists.of_opening(row);
        let person = |it: &Ranked| problem.candidates()[it.candidate.get()].id.as_str().to_owned();
        let filled = self.plan.filter(|_| record.kind.is_welfare());
        let filled = filled.map(|plan| plan.placements().filter(|it| it.opening == row).count());
        let employer = problem.employers().binary_search_by(|it| it.id.cmp(&record.employer)).ok();
        let employer = employer.and_then(|at| problem.employers().get(at));
        OpeningReport {
            id: record.id.clone(),
            title: record.title.to_string(),
            employer: record.employer.clone(),
            employer_name: employer.and_then(|it| it.name.clone()),
            kind: record.kind,
            seats: record.seats,
            filled: filled.and_then(|count| u32::try_from(count).ok()),
            place: record.place.clone(),
            place_name: self.place_name(record.place.as_ref()),
            eligible,
            unresolved,
            barred: self.scored.failing_at(row).map(|(rule, count)| BarredRecord { rule, count }).collect(),
            shortlist: list.eligible.iter().map(|it| self.ranked(it, person(it))).collect(),
            to_check: list.unresolved.iter().map(|it| self.unresolved(it, person(it))).collect(),
            near: near(&self.advice.census.openings[row], &self.advice.openings[row]),
        }
    }

    fn place_name(&self, place: Option<&crate::ids::RegionCode>) -> String {
        let Some(place) = place else { return String::new() };
        let mut names: Vec<_> =
            self.scored.problem().regions().around(place).map(|it| it.name.as_str()).collect();
        names.dedup();
        names.reverse();
        names.join("·")
    }

    fn ranked(&self, pair: &Ranked, id: String) -> RankedRecord {
        let (accommodations, hints) = self.scored.needs_at(pair.candidate, pair.opening);
        RankedRecord {
            id,
            score: pair.score,
            points: self.scored.breakdown_at(pair.candidate, pair.opening).points(),
            accommodations: accommodations.into_iter().map(str::to_owned).collect(),
            hints,
        }
    }

    fn unresolved(&self, pair: &Ranked, id: String) -> UnresolvedRecord {
        let missing = explain::missing(&self.scored.verdict_at(pair.candidate, pair.opening));
        UnresolvedRecord { id, score: pair.score, missing }
    }

    fn candidate(&self, row: CandidateIx, reasons: Option<&Reasons<'_>>) -> CandidateReport {
        let problem = self.scored.problem();
        let record = &problem.candidates()[row.get()];
        let list = self.lists.of_candidate(row);
        let opening = |it: &Ranked| problem.openings()[it.opening.get()].id.as_str().to_owned();
        let rise = |(tier, group): &(u8, Group)| RiseRecord { tier: tier + 1, group: *group };
        CandidateReport {
            id: record.id.clone(),
            kind: record.kind,
            synthetic: record.synthetic,
            tier: self.scored.tier(row).map(|tier| tier + 1),
            groups: self.groups(row),
            could_rise: self.scored.judge.membership(row).could_rise.iter().map(rise).collect(),
            shortlist: list.eligible.iter().map(|it| self.ranked(it, opening(it))).collect(),
            to_check: list.unresolved.iter().map(|it| self.unresolved(it, opening(it))).collect(),
            near: near(&self.advice.census.candidates[row], &self.advice.candidates[row]),
            outcome: self.outcome(row, reasons),
            text: String::new(),
        }
    }

    fn outcome(&self, row: CandidateIx, reasons: Option<&Reasons<'_>>) -> OutcomeRecord {
        let seat = self.plan.and_then(|plan| plan.placement(row));
        if let Some(record) = seat.and_then(|opening| self.scored.problem().opening(opening)) {
            return OutcomeRecord::Placed { opening: record.id.clone() };
        }
        reasons.map_or(OutcomeRecord::NoPosts, |it| OutcomeRecord::Unplaced(Box::new(it.why_not(row))))
    }

    /// The groups of the policy that the person is in for certain, in the order of the vocabulary.
    fn groups(&self, row: CandidateIx) -> Vec<Group> {
        let tiers = self.scored.problem().policy().tiers();
        let named = |group: &&Group| {
            tiers.into_iter().flatten().flat_map(|tier| &tier.entries).any(|entry| entry.group == **group)
        };
        let member = |group: &&Group| self.scored.judge.in_group(row, **group) == Some(true);
        Group::ALL.iter().filter(named).filter(member).copied().collect()
    }

    fn plan(&self, outcome: Option<&Outcome<'_>>) -> PlanReport {
        let status = match outcome {
            Some(Outcome::Planned(_)) => PlanStatus::Optimal,
            Some(Outcome::DecisionNeeded(_)) => PlanStatus::DecisionNeeded,
            Some(Outcome::NoPosts) => PlanStatus::NoPosts,
            None => PlanStatus::NotAsked,
        };
        let placements = self.plan.into_iter().flat_map(Plan::placements);
        let objective = self.plan.map(|plan| ObjectiveRecord {
            reserved_filled: plan.objective().reserved_filled,
            placed_per_tier: plan.objective().placed_per_tier.clone(),
            score: plan.objective().score,
        });
        PlanReport { status, placements: placements.map(|it| self.placement(it)).collect(), objective }
    }

    fn placement(&self, it: crate::plan::Placement) -> PlacementRecord {
        let problem = self.scored.problem();
        let verdict = self.scored.verdict_at(it.candidate, it.opening);
        PlacementRecord {
            candidate: problem.candidates()[it.candidate.get()].id.clone(),
            opening: problem.openings()[it.opening.get()].id.clone(),
            tier: self.scored.tier(it.candidate).unwrap_or(0) + 1,
            assignment_score: self.scored.breakdown_at(it.candidate, it.opening).assignment_score(),
            conditional: verdict.standing() == Standing::Unresolved,
            missing: explain::missing(&verdict),
            accommodations: verdict.accommodations().iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    fn summary(&self, candidates: &[CandidateReport]) -> Summary {
        let problem = self.scored.problem();
        let rows = problem.counts().iter().map(|it| CountRecord {
            list: it.sheet.as_str().to_owned(),
            received: it.received,
            accepted: it.accepted,
        });
        let posts = problem.openings().iter().filter(|opening| opening.kind.is_welfare());
        Summary {
            rows: rows.collect(),
            candidates: self.standings(|of| of.anywhere),
            welfare_candidates: self.standings(|of| of.at_posts),
            pairs: self.pairs(),
            welfare_seats: posts.map(|opening| u64::from(opening.seats)).sum(),
            welfare_filled: self.plan.map_or(0, |plan| plan.placements().count() as u64),
            tiers: self.tiers(candidates),
            unplaced: unplaced(candidates),
        }
    }

    fn standings(&self, chance: impl Fn(Chances) -> Standing) -> StandingCounts {
        let mut standings = StandingCounts::default();
        for row in self.rows() {
            match chance(self.scored.chances_of(row)) {
                Standing::Eligible => standings.eligible += 1,
                Standing::Unresolved => standings.unresolved += 1,
                Standing::Barred => standings.barred += 1,
            }
        }
        standings
    }

    fn pairs(&self) -> PairsRecord {
        let mut pairs = PairsRecord::default();
        for opening in (0..self.scored.problem().openings().len()).map(OpeningIx::new) {
            let [eligible, unresolved, barred] = self.scored.numbers_at(opening);
            pairs.eligible += eligible;
            pairs.unresolved += unresolved;
            pairs.barred += barred;
        }
        pairs
    }

    fn tiers(&self, candidates: &[CandidateReport]) -> Vec<TierCount> {
        let Some(tiers) = self.scored.problem().policy().tiers() else { return Vec::new() };
        let count = |tier: u8| {
            let members = candidates.iter().filter(|it| it.tier == Some(tier));
            let placed = members.clone().filter(|it| matches!(it.outcome, OutcomeRecord::Placed { .. }));
            TierCount { tier, candidates: members.count() as u64, placed: placed.count() as u64 }
        };
        (1..).take(tiers.len() + 1).map(count).collect()
    }
}

fn unplaced(candidates: &[CandidateReport]) -> Vec<ReasonCount> {
    let count = |reason: ReasonCode| {
        let mut counted = 0;
        for candidate in candidates {
            if let OutcomeRecord::Unplaced(record) = &candidate.outcome {
                counted += u64::from(record.code == reason);
            }
        }
        ReasonCount { reason, count: counted }
    };
    ReasonCode::ALL.iter().map(|reason| count(*reason)).filter(|it| it.count > 0).collect()
}
