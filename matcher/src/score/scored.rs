//! Every pair judged and scored once, and what was found kept by opening and by candidate.

use rayon::prelude::*;

use std::sync::OnceLock;

use super::Breakdown;
use super::kernel::{Kernel, Shortlists, Way};
use super::points::{Setting, points};
use crate::catalogue;
use crate::ids::{CandidateId, CandidateIx, Column, OpeningId, OpeningIx};
use crate::problem::Problem;
use crate::rules::{Judge, Verdict};
use crate::words::{Item, RuleKind, Standing};

/// A candidate in an opening's list, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Who.
    pub candidate: CandidateIx,
    /// Where.
    pub opening: OpeningIx,
    /// Hundredths of a point, 0 to 10,000.
    pub score: u32,
}

/// The pairs of one opening.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpeningPairs {
    pub(crate) eligible: Vec<Ranked>,
    pub(crate) unresolved: Vec<Ranked>,
    /// How many people fail each rule, by [`RuleKind`].
    pub(crate) failing: [u64; 16],
    pub(crate) barred: u64,
}

/// A problem whose pairs have all been judged and scored.
#[derive(Debug)]
pub struct Scored<'p> {
    pub(crate) judge: Judge<'p>,
    /// Made when it is first needed: a single pair is judged without it.
    kernel: OnceLock<Kernel>,
    pub(crate) by_opening: Column<OpeningIx, OpeningPairs>,
    pub(crate) by_candidate: Column<CandidateIx, [Vec<Ranked>; 2]>,
}

impl Problem {
    /// Judges and scores every pair.
    ///
    /// # Cost
    ///
    /// *O(candidates × openings)*, spread over the threads of the current rayon pool; the same result on any number
    /// of them. Memory: 12 bytes a pair that is not barred, twice.
    #[must_use]
    pub fn score(&self) -> Scored<'_> {
        self.score_with(&|| {})
    }

    /// The same, calling `done` after each opening, from any thread.
    #[must_use]
    pub fn score_with(&self, done: &(dyn Fn() + Sync)) -> Scored<'_> {
        debug_assert!(!catalogue::items().is_empty(), "tables are read before threads start");
        let judge = Judge::new(self);
        let rows: Vec<OpeningIx> = (0..self.openings().len()).map(OpeningIx::new).collect();
        let judged = rows.par_iter().map(|opening| {
            let pairs = judge_opening(&judge, *opening);
            done();
            pairs
        });
        let by_opening: Column<_, _> = Column::from_vec(judged.collect());
        let by_candidate = turn(&by_opening, self.candidates().len());
        Scored { judge, kernel: OnceLock::new(), by_opening, by_candidate }
    }
}

fn judge_opening(judge: &Judge<'_>, opening: OpeningIx) -> OpeningPairs {
    let mut pairs = OpeningPairs::default();
    for candidate in judge.columns.persons.rows() {
        let standings = judge.standings(candidate, opening);
        let list = match standings.standing() {
            Standing::Eligible => &mut pairs.eligible,
            Standing::Unresolved => &mut pairs.unresolved,
            Standing::Barred => {
                standings.failing().for_each(|rule| pairs.failing[rule.index()] += 1);
                pairs.barred += 1;
                continue;
            }
        };
        let score = breakdown(judge, candidate, opening).shortlist_score();
        list.push(Ranked { candidate, opening, score });
    }
    pairs
}

fn breakdown(judge: &Judge<'_>, candidate: CandidateIx, opening: OpeningIx) -> Breakdown {
    let policy = judge.problem.policy();
    let setting = Setting { skills: judge.problem.skills(), scale_km: policy.commute_scale_km().value };
    let (person, post) = (&judge.columns.persons[candidate], &judge.columns.posts[opening]);
    Breakdown::new(points(person, post, judge.has_priority(candidate), &setting), *policy.weights())
}

fn turn(
    by_opening: &Column<OpeningIx, OpeningPairs>,
    candidates: usize,
) -> Column<CandidateIx, [Vec<Ranked>; 2]> {
    let mut turned: Column<CandidateIx, [Vec<Ranked>; 2]> =
        (0..candidates).map(|_| [Vec::new(), Vec::new()]).collect();
    for (_, pairs) in by_opening.iter() {
        for (place, list) in [&pairs.eligible, &pairs.unresolved].into_iter().enumerate() {
            for it in list {
                turned[it.candidate][place].push(*it);
            }
        }
    }
    turned
}

impl<'p> Scored<'p> {
    /// A problem made ready for judging single pairs; every list is empty.
    pub(crate) fn unscored(problem: &'p Problem) -> Self {
        let (by_opening, by_candidate) = (Column::from_vec(Vec::new()), Column::from_vec(Vec::new()));
        Self { judge: Judge::new(problem), kernel: OnceLock::new(), by_opening, by_candidate }
    }

    /// The problem that was scored.
    #[must_use]
    pub const fn problem(&self) -> &'p Problem {
        self.judge.problem
    }

    fn kernel(&self) -> &Kernel {
        self.kernel.get_or_init(|| Kernel::new(&self.judge))
    }

    /// The `count` best pairs of every opening and of every candidate, eligible ones and unresolved ones apart, in the
    /// order of [`Scored::shortlist`] and [`Scored::shortlist_for`].
    ///
    /// # Cost
    ///
    /// *O(candidates × openings ÷ 512)* steps over bitmaps and one score for each pair that might enter a list, spread
    /// over the threads of the current rayon pool; the same result on any number of them. Memory: the lists, those of
    /// the openings twice over for each thread, and a tile of 512 people for each thread.
    #[must_use]
    pub fn shortlists(&self, count: usize) -> Shortlists {
        self.kernel().shortlists(&self.judge, count, Way::USUAL).0
    }

    /// The answers of a pair with all that stands behind them; `None` if one of the two is not in the problem.
    #[must_use]
    pub fn verdict(&self, candidate: &CandidateId, opening: &OpeningId) -> Option<Verdict> {
        let problem = self.problem();
        Some(self.judge.verdict(problem.candidate_row(candidate)?, problem.opening_row(opening)?))
    }

    /// The points of a pair, whatever its standing; `None` if one of the two is not in the problem.
    #[must_use]
    pub fn breakdown(&self, candidate: &CandidateId, opening: &OpeningId) -> Option<Breakdown> {
        let problem = self.problem();
        Some(self.breakdown_at(problem.candidate_row(candidate)?, problem.opening_row(opening)?))
    }

    pub(crate) fn breakdown_at(&self, candidate: CandidateIx, opening: OpeningIx) -> Breakdown {
        breakdown(&self.judge, candidate, opening)
    }

    pub(crate) fn verdict_at(&self, candidate: CandidateIx, opening: OpeningIx) -> Verdict {
        self.judge.verdict(candidate, opening)
    }

    pub(crate) fn needs_at(
        &self,
        candidate: CandidateIx,
        opening: OpeningIx,
    ) -> (Vec<&'static str>, Vec<Item>) {
        self.judge.needs_of(candidate, opening)
    }

    /// The standing of a pair, with the rules that say no and those that lack a datum.
    #[must_use]
    pub fn standings(&self, candidate: CandidateIx, opening: OpeningIx) -> crate::rules::Standings {
        self.judge.standings(candidate, opening)
    }

    /// The tier of a candidate, 0 = first, the number of tiers = everybody else; `None` as long as there are none.
    #[must_use]
    pub fn tier(&self, candidate: CandidateIx) -> Option<u8> {
        self.judge.tier(candidate)
    }

    /// Days of registered unemployment, for the order of shortlists.
    pub(crate) fn days_unemployed(&self, candidate: CandidateIx) -> Option<i32> {
        self.judge.columns.persons[candidate].days_unemployed
    }

    /// How many people fail each rule at an opening, rules in order, none left out that somebody fails.
    pub(crate) fn failing_at(&self, opening: OpeningIx) -> impl Iterator<Item = (RuleKind, u64)> + '_ {
        let counts = self.by_opening[opening].failing;
        RuleKind::ALL.iter().map(move |rule| (*rule, counts[rule.index()])).filter(|(_, count)| *count > 0)
    }
}
