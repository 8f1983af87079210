//! A finished run checked from its files alone: the plan by the audit and by its certificate, and every listed score,
//! standing and tier by the audit.

use std::fmt;

use crate::audit::{self, PlanFlaw};
use crate::certificate::Flaw;
use crate::ids::{CandidateId, CandidateIx, OpeningId, OpeningIx};
use crate::plan::{Board, Lottery, Placement, list_digest, rows_of};
use crate::problem::Problem;
use crate::report::{CertificateRecord, OutcomeRecord, PlanStatus, RankedRecord, Report, UnresolvedRecord};
use crate::words::Standing;

/// What is wrong with a finished run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyFlaw {
    /// The report is of another input, policy or day: what differs.
    OtherInput(&'static str),
    /// The plan breaks a rule.
    Plan(PlanFlaw),
    /// The plan does not reach what the report says.
    Objective,
    /// The plan is called optimal, and there is no certificate.
    NoCertificate,
    /// The certificate does not prove the plan: why.
    Certificate(ProofFlaw),
    /// A listed pair is not what the report says of it.
    Pair(CandidateId, OpeningId),
    /// The list of this opening or candidate does not stand in its order.
    Order(String),
    /// A candidate is not in the tier that the report says, or the outcome contradicts the plan.
    Candidate(CandidateId),
}

/// Why a certificate proves nothing of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProofFlaw {
    /// It is of another format.
    Format,
    /// The seed of the report is no line of text.
    Seed,
    /// No instance can be made of the input.
    NoInstance,
    /// A placement is of no candidate or no post of the input.
    UnknownPlacement,
    /// Its numbers prove nothing. Candidates, openings and households are those of the problem by row.
    Numbers(Flaw),
}

impl fmt::Display for ProofFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format => f.write_str("its format is another one"),
            Self::Seed => f.write_str("the seed is no line of text"),
            Self::NoInstance => f.write_str("no instance can be made of the input"),
            Self::UnknownPlacement => f.write_str("a placement is of no candidate or no post of the input"),
            Self::Numbers(flaw) => flaw.fmt(f),
        }
    }
}

impl fmt::Display for VerifyFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherInput(what) => write!(f, "the report is of another input: {what} differs"),
            Self::Plan(flaw) => write!(f, "the plan breaks a rule: {flaw}"),
            Self::Objective => f.write_str("the plan does not reach what the report says"),
            Self::NoCertificate => f.write_str("the plan is called optimal, and there is no certificate"),
            Self::Certificate(why) => write!(f, "the certificate does not prove the plan: {why}"),
            Self::Pair(candidate, opening) => {
                write!(
                    f,
                    "the standing or the score of `{candidate}` at `{opening}` is not what the report says"
                )
            }
            Self::Order(id) => write!(f, "the list of `{id}` does not stand in its order"),
            Self::Candidate(id) => write!(f, "the tier or the outcome of `{id}` is not what the report says"),
        }
    }
}

/// Checks a finished run against its input.
///
/// Standings, tiers, points and scores are computed anew by the audit, which shares no code with the engine's rules,
/// scores and solver; the certificate is checked without the solver.
///
/// # Cost
///
/// One slow judgement for each listed pair, and that of [`Problem::score`] for the certificate.
#[must_use]
pub fn verify(
    problem: &Problem,
    report: &Report,
    certificate: Option<&CertificateRecord>,
) -> Vec<VerifyFlaw> {
    let mut flaws = other_input(problem, report);
    candidates(problem, report, &mut flaws);
    lists(problem, report, &mut flaws);
    orders(problem, report, &mut flaws);
    plan(problem, report, certificate, &mut flaws);
    flaws
}

fn other_input(problem: &Problem, report: &Report) -> Vec<VerifyFlaw> {
    let accepted = |list: &str| report.summary.rows.iter().find(|it| it.list == list).map(|it| it.accepted);
    let checks = [
        ("the day", report.date == problem.on()),
        ("the policy", report.policy == super::policy::record(problem.policy(), problem.on())),
        ("the list of candidates", report.seed.list_digest == list_digest(problem)),
        ("the number of candidates", report.candidates.len() == problem.candidates().len()),
        ("the number of openings", report.openings.len() == problem.openings().len()),
        ("the count of candidates", accepted("candidates") == Some(problem.candidates().len())),
        ("the count of openings", accepted("openings") == Some(problem.openings().len())),
    ];
    checks.into_iter().filter(|(_, right)| !right).map(|(what, _)| VerifyFlaw::OtherInput(what)).collect()
}

fn candidates(problem: &Problem, report: &Report, flaws: &mut Vec<VerifyFlaw>) {
    for candidate in &report.candidates {
        let tier =
            problem.candidate_row(&candidate.id).map(|row| audit::tier(problem, row).map(|tier| tier + 1));
        let placed = report.plan.placements.iter().find(|it| it.candidate == candidate.id);
        let said = match &candidate.outcome {
            OutcomeRecord::Placed { opening } => Some(opening),
            _ => None,
        };
        if tier != Some(candidate.tier) || said != placed.map(|it| &it.opening) {
            flaws.push(VerifyFlaw::Candidate(candidate.id.clone()));
        }
    }
}

/// Every pair that a list shows: (candidate, opening, standing, score, points).
fn lists(problem: &Problem, report: &Report, flaws: &mut Vec<VerifyFlaw>) {
    for opening in &report.openings {
        for it in &opening.shortlist {
            let candidate = CandidateId::from(it.id.as_str());
            pair(problem, &candidate, &opening.id, Standing::Eligible, (it.score, Some(it.points)), flaws);
        }
        for it in &opening.to_check {
            let candidate = CandidateId::from(it.id.as_str());
            pair(problem, &candidate, &opening.id, Standing::Unresolved, (it.score, None), flaws);
        }
    }
    for candidate in &report.candidates {
        for it in &candidate.shortlist {
            let opening = OpeningId::from(it.id.as_str());
            pair(problem, &candidate.id, &opening, Standing::Eligible, (it.score, Some(it.points)), flaws);
        }
        for it in &candidate.to_check {
            let opening = OpeningId::from(it.id.as_str());
            pair(problem, &candidate.id, &opening, Standing::Unresolved, (it.score, None), flaws);
        }
    }
}

/// Each list stands in its order, nobody twice.
fn orders(problem: &Problem, report: &Report, flaws: &mut Vec<VerifyFlaw>) {
    let salt = report.salt.as_deref();
    let before = |one: &(u32, &str), other: &(u32, &str)| {
        let row = |id: &str| problem.candidate_row(&CandidateId::from(id));
        let (one, other) = ((one.0, row(one.1)?), (other.0, row(other.1)?));
        audit::stands_before(problem, salt, one, other)
    };
    let before = |one: &(u32, &str), other: &(u32, &str)| before(one, other) == Some(true);
    for it in &report.openings {
        let [eligible, unresolved] = entries(&it.shortlist, &it.to_check);
        if !(eligible.is_sorted_by(before) && unresolved.is_sorted_by(before)) {
            flaws.push(VerifyFlaw::Order(it.id.to_string()));
        }
    }
    let before = |one: &(u32, &str), other: &(u32, &str)| (other.0, one.1) < (one.0, other.1);
    for it in &report.candidates {
        let [eligible, unresolved] = entries(&it.shortlist, &it.to_check);
        if !(eligible.is_sorted_by(before) && unresolved.is_sorted_by(before)) {
            flaws.push(VerifyFlaw::Order(it.id.to_string()));
        }
    }
}

/// Scores and ids of the two lists of one side.
fn entries<'r>(eligible: &'r [RankedRecord], unresolved: &'r [UnresolvedRecord]) -> [Vec<(u32, &'r str)>; 2] {
    [
        eligible.iter().map(|it| (it.score, it.id.as_str())).collect(),
        unresolved.iter().map(|it| (it.score, it.id.as_str())).collect(),
    ]
}

fn pair(
    problem: &Problem,
    candidate: &CandidateId,
    opening: &OpeningId,
    standing: Standing,
    (score, points): (u32, Option<[u8; 7]>),
    flaws: &mut Vec<VerifyFlaw>,
) {
    let right = audited(problem, candidate, opening).is_some_and(|it| {
        it.standing == standing
            && it.shortlist_score == score
            && points.is_none_or(|points| points == it.points)
    });
    if !right {
        flaws.push(VerifyFlaw::Pair(candidate.clone(), opening.clone()));
    }
}

fn audited(problem: &Problem, candidate: &CandidateId, opening: &OpeningId) -> Option<audit::PairAudit> {
    audit::pair(problem, problem.candidate_row(candidate)?, problem.opening_row(opening)?)
}

fn plan(
    problem: &Problem,
    report: &Report,
    certificate: Option<&CertificateRecord>,
    flaws: &mut Vec<VerifyFlaw>,
) {
    if report.plan.status != PlanStatus::Optimal {
        if !report.plan.placements.is_empty() || certificate.is_some() {
            flaws.push(VerifyFlaw::Objective);
        }
        return;
    }
    let pairs = report.plan.placements.iter().map(|it| (it.candidate.clone(), it.opening.clone()));
    let pairs: Vec<_> = pairs.collect();
    flaws.extend(audit::plan(problem, &pairs).into_iter().map(VerifyFlaw::Plan));
    for it in &report.plan.placements {
        let right = audited(problem, &it.candidate, &it.opening)
            .is_some_and(|pair| pair.assignment_score == it.assignment_score);
        if !right {
            flaws.push(VerifyFlaw::Pair(it.candidate.clone(), it.opening.clone()));
        }
    }
    let tally = audit::tally(problem, &pairs);
    let said = report.plan.objective.as_ref();
    let reached = said.is_some_and(|it| {
        it.placed_per_tier == tally.placed_per_tier
            && it.score == tally.score
            && it.reserved_filled == tally.reserved_filled
    });
    if !reached {
        flaws.push(VerifyFlaw::Objective);
    }
    match certificate {
        None => flaws.push(VerifyFlaw::NoCertificate),
        Some(record) => flaws.extend(proof(problem, report, record)),
    }
}

fn proof(problem: &Problem, report: &Report, record: &CertificateRecord) -> Option<VerifyFlaw> {
    let flaw = |why| Some(VerifyFlaw::Certificate(why));
    let Some(certificate) = record.certificate() else { return flaw(ProofFlaw::Format) };
    let seed = (!report.seed.draft).then_some(report.seed.seed.as_str());
    let Ok(lottery) = Lottery::new(seed) else { return flaw(ProofFlaw::Seed) };
    let scored = problem.score();
    let Ok(board) = Board::new(&scored, &lottery) else {
        return flaw(ProofFlaw::NoInstance);
    };
    let rows: Option<Vec<Placement>> = report
        .plan
        .placements
        .iter()
        .map(|it| {
            let (candidate, opening) = rows(problem, &it.candidate, &it.opening)?;
            Some(Placement { candidate, opening })
        })
        .collect();
    let rows = rows.and_then(|rows| rows_of(&board, problem.candidates().len(), &rows));
    let Some(rows) = rows else { return flaw(ProofFlaw::UnknownPlacement) };
    let found = certificate.verify(board.instance(), &rows).err()?;
    let of_problem = |row| board.opening(row).unwrap_or(row);
    flaw(ProofFlaw::Numbers(found.with_openings(of_problem)))
}

fn rows(problem: &Problem, candidate: &CandidateId, opening: &OpeningId) -> Option<(CandidateIx, OpeningIx)> {
    Some((problem.candidate_row(candidate)?, problem.opening_row(opening)?))
}
