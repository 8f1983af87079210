//! The second implementation (复核): every rule, every score and every finished plan once more, row by row.
//!
//! Written from `docs/rules.md` and the records of an accepted [`Problem`] alone: it shares no line with the columns,
//! the rules, the score, the solver or the certificate, walks the regions and the skills by itself, keeps nothing from
//! one question to the next but what an [`Opening`] holds, and is meant to be read beside that page. Where the two implementations part, one of them
//! is wrong.

mod answer;
mod conditions;
mod flaw;
mod function;
mod nearness;
mod order;
mod placements;
mod places;
mod points;
mod priority;
mod reserves;
mod status;

#[cfg(test)]
mod tests;

use nearness::Near;

pub use flaw::PlanFlaw;
pub use order::stands_before;
pub use placements::{Tally, plan, tally};

use crate::ids::{CandidateIx, OpeningIx};
use crate::input::{CandidateRecord, OpeningRecord};
use crate::problem::Problem;
use crate::words::{Criterion, Group, RuleKind, Standing};

/// One candidate and one opening of a problem.
#[derive(Clone, Copy)]
struct Pair<'p> {
    problem: &'p Problem,
    candidate: &'p CandidateRecord,
    opening: &'p OpeningRecord,
}

/// What the audit says of one candidate and one opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairAudit {
    /// Barred if a rule says no, else unresolved if one cannot say, else eligible.
    pub standing: Standing,
    /// The rules that say no, in the order of [`RuleKind::ALL`].
    pub failing: Vec<RuleKind>,
    /// The rules that cannot say, in the order of [`RuleKind::ALL`]; listed for barred pairs too.
    pub unknown: Vec<RuleKind>,
    /// Points of each criterion, 0–100, in the order of [`Criterion::ALL`]; barred pairs have them too.
    pub points: [u8; 7],
    /// Σ weight × points, 0–10 000.
    pub shortlist_score: u32,
    /// The same without [`Criterion::Priority`].
    pub assignment_score: u32,
    /// Ids of the offered accommodations that close a gap, sorted; empty where the policy does not ask for function.
    pub accommodations: Vec<String>,
}

/// Judges and scores one pair; `None` if a row is not of this problem.
///
/// # Cost
///
/// That of [`opening`] and of [`Opening::pair`]. Nothing is kept: asking twice costs twice.
#[must_use]
pub fn pair(problem: &Problem, candidate: CandidateIx, opening: OpeningIx) -> Option<PairAudit> {
    self::opening(problem, opening)?.pair(candidate)
}

/// An opening that is to be judged with many people.
#[derive(Clone, Debug)]
pub struct Opening<'p> {
    problem: &'p Problem,
    record: &'p OpeningRecord,
    /// To each required skill.
    near: Vec<Near<'p>>,
}

/// An opening with what all its pairs have in common: which skills are near to those that it requires. `None` if the
/// row is not of this problem.
///
/// # Cost
///
/// For every required skill, one walk over the skills of the problem for each skill that is one step away.
#[must_use]
pub fn opening(problem: &Problem, row: OpeningIx) -> Option<Opening<'_>> {
    let record = problem.opening(row)?;
    let near = record.skills.iter().map(|it| nearness::near_to(problem, &it.skill)).collect();
    Some(Opening { problem, record, near })
}

impl Opening<'_> {
    /// Judges and scores the opening with one candidate; `None` if the row is not of this problem.
    ///
    /// # Cost
    ///
    /// One pass over the policy's rules, the candidate's household and referrals, and the skills of both.
    #[must_use]
    pub fn pair(&self, candidate: CandidateIx) -> Option<PairAudit> {
        let Self { problem, record, near } = self;
        let pair = Pair { problem, candidate: problem.candidate(candidate)?, opening: record };
        let answers = conditions::answers(pair);
        let kinds =
            |wanted| answers.iter().filter(move |(_, answer)| *answer == wanted).map(|(kind, _)| *kind);
        let asks_function = answers.iter().any(|(kind, _)| *kind == RuleKind::Function);
        let needed = if asks_function { function::fit(pair).needed } else { Vec::new() };
        let points = points::points(pair, near);
        let weights = problem.policy().weights();
        let worth =
            |criterion: &Criterion| u32::from(weights.of(*criterion)) * u32::from(points[criterion.index()]);
        let shortlist_score = Criterion::ALL.iter().map(worth).sum();
        let assignment_score =
            Criterion::ALL.iter().filter(|it| **it != Criterion::Priority).map(worth).sum();
        Some(PairAudit {
            standing: standing(&answers),
            failing: kinds(Some(false)).collect(),
            unknown: kinds(None).collect(),
            points,
            shortlist_score,
            assignment_score,
            accommodations: needed,
        })
    }
}

/// The priority groups of a candidate, in the order of [`Group::ALL`]: yes, no, or `None` for unknown. A group whose
/// definition the policy lacks is unknown. Empty if the row is not of this problem.
#[must_use]
pub fn groups(problem: &Problem, candidate: CandidateIx) -> Vec<(Group, Option<bool>)> {
    let Some(person) = problem.candidate(candidate) else { return Vec::new() };
    Group::ALL.iter().map(|group| (*group, status::group(problem, person, *group))).collect()
}

/// The tier of a candidate, 0 for the first; the number of tiers for everybody else. `None` if the policy has no tiers
/// or the row is not of this problem.
#[must_use]
pub fn tier(problem: &Problem, candidate: CandidateIx) -> Option<u8> {
    priority::tier(problem, problem.candidate(candidate)?)
}

impl<'p> Pair<'p> {
    fn of(problem: &'p Problem, candidate: CandidateIx, opening: OpeningIx) -> Option<Self> {
        let candidate = problem.candidate(candidate)?;
        let opening = problem.opening(opening)?;
        Some(Self { problem, candidate, opening })
    }

    fn standing(self) -> Standing {
        standing(&conditions::answers(self))
    }
}

fn standing(answers: &[(RuleKind, answer::Answer)]) -> Standing {
    match answer::every(answers.iter().map(|(_, answer)| *answer)) {
        Some(true) => Standing::Eligible,
        None => Standing::Unresolved,
        Some(false) => Standing::Barred,
    }
}
