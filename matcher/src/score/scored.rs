//! A problem whose pairs can be judged and scored: one at a time, or all of them by the kernel.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Breakdown;
use super::kernel::{Advice, Census, Chances, Counts, Kernel, OpeningPairs, Shortlists, Way, Work};
use super::points::{Setting, points};
use super::ties::Ties;
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

/// A problem made ready for judging and scoring. No pair is kept: lists, counts and pairs are computed when they are
/// asked for.
#[derive(Debug)]
pub struct Scored<'p> {
    pub(crate) judge: Judge<'p>,
    /// Made when it is first needed: a single pair is judged without it.
    kernel: OnceLock<Kernel>,
    counts: OnceLock<Counts>,
    /// By candidate: the place among equals of an opening's list; `None` = by row.
    places: Option<Column<CandidateIx, u32>>,
}

impl Problem {
    /// Makes the problem ready for judging and scoring.
    ///
    /// # Cost
    ///
    /// *O(candidates + openings)*; what is asked of it costs what it says there.
    #[must_use]
    pub fn score(&self) -> Scored<'_> {
        debug_assert!(!catalogue::items().is_empty(), "tables are read before threads start");
        Scored { judge: Judge::new(self), kernel: OnceLock::new(), counts: OnceLock::new(), places: None }
    }

    /// The same, with every pair judged and counted at once; `done` is called once for each opening, from any thread.
    ///
    /// # Cost
    ///
    /// *O(candidates × openings ÷ 512)* steps over bitmaps, spread over the threads of the current rayon pool; the same
    /// result on any number of them.
    #[must_use]
    pub fn score_with(&self, done: &(dyn Fn() + Sync)) -> Scored<'_> {
        self.score().counted(done)
    }
}

impl<'p> Scored<'p> {
    /// The problem that was scored.
    #[must_use]
    pub const fn problem(&self) -> &'p Problem {
        self.judge.problem
    }

    /// The same with this order among equals in the lists of openings. Nothing else depends on it.
    #[must_use]
    pub fn with_ties(self, ties: &Ties) -> Self {
        let places = ties.places(self.problem());
        Self { places, kernel: OnceLock::new(), ..self }
    }

    /// The same with every pair judged and counted, as [`Problem::score_with`].
    pub(crate) fn counted(self, done: &(dyn Fn() + Sync)) -> Self {
        self.count(done);
        self
    }

    fn kernel(&self) -> &Kernel {
        self.kernel.get_or_init(|| Kernel::ranked_by(&self.judge, |row| self.place(row)))
    }

    /// The place of a candidate among equals in an opening's list.
    pub(crate) fn place(&self, candidate: CandidateIx) -> usize {
        self.places.as_ref().map_or(candidate.get(), |places| places[candidate] as usize)
    }

    fn count(&self, done: &(dyn Fn() + Sync)) -> &Counts {
        self.counts.get_or_init(|| {
            let (openings, tiles) = (self.judge.columns.posts.len(), self.kernel().tiles(Way::USUAL.tile));
            let finished = AtomicUsize::new(0);
            let share = |tiles_done: usize| (openings * tiles_done).checked_div(tiles).unwrap_or(0);
            let counts = self.kernel().counts(&self.judge, Way::USUAL.tile, &|| {
                let before = finished.fetch_add(1, Ordering::Relaxed);
                (share(before)..share(before + 1)).for_each(|_| done());
            });
            (share(tiles)..openings).for_each(|_| done());
            counts
        })
    }

    fn counts(&self) -> &Counts {
        self.count(&|| {})
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
        self.shortlists_and_work(count).0
    }

    /// The same, and how much work it was.
    #[must_use]
    pub fn shortlists_and_work(&self, count: usize) -> (Shortlists, Work) {
        self.kernel().shortlists(&self.judge, count, Way::USUAL)
    }

    /// Who may take each of these openings, in their order.
    ///
    /// # Cost
    ///
    /// *O(candidates × chosen openings ÷ 512)* steps over bitmaps, over threads as above. Memory: 4 bytes a pair.
    #[must_use]
    pub fn pairs(&self, openings: &[OpeningIx]) -> Vec<OpeningPairs> {
        self.kernel().pairs(&self.judge, openings, Way::USUAL.tile)
    }

    /// For every opening and every candidate, how many pairs fail one rule and no other: whom a change of that one
    /// condition would help. A pair that fails one rule alone, while another rule lacks a datum, is counted apart, since
    /// nobody knows whether the change would help there.
    ///
    /// # Cost
    ///
    /// As [`Self::pairs`] for all openings, and one step for each near miss. Memory: 128 bytes for each candidate and
    /// opening.
    #[must_use]
    pub fn census(&self) -> Census {
        self.kernel().census(&self.judge, Way::USUAL.tile)
    }

    /// The census, and what would help: for every opening each change of one condition by which more people may take it,
    /// for every candidate what would open more openings, with how many pairs it would bring, exactly.
    ///
    /// # Cost
    ///
    /// That of [`Self::census`], an answer for each class of people and distinct change, and a few steps over bitmaps for
    /// each opening that somebody of 512 narrowly misses and each change of it that could help them: about five times
    /// the census. Memory besides: 8 bytes for each change of an opening and thread.
    #[must_use]
    pub fn advice(&self) -> Advice {
        self.kernel().advice(&self.judge, Way::USUAL.tile)
    }

    /// Every pair of this kind that is not barred, judged one by one.
    pub(crate) fn one_by_one(
        &self,
        pairs: impl Iterator<Item = (CandidateIx, OpeningIx)>,
    ) -> [Vec<Ranked>; 2] {
        let mut lists = [Vec::new(), Vec::new()];
        for (candidate, opening) in pairs {
            let list = match self.standings(candidate, opening).standing() {
                Standing::Eligible => &mut lists[0],
                Standing::Unresolved => &mut lists[1],
                Standing::Barred => continue,
            };
            let score = self.breakdown_at(candidate, opening).shortlist_score();
            list.push(Ranked { candidate, opening, score });
        }
        lists
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
        let problem = self.problem();
        let policy = problem.policy();
        let columns = &self.judge.columns;
        let setting = Setting {
            skills: problem.skills(),
            wishes: &problem.candidates()[candidate.get()].occupations,
            offered: problem.openings()[opening.get()].occupation.as_ref(),
            scale_km: policy.commute_scale_km().value,
        };
        let (person, post) = (&columns.persons[candidate], &columns.posts[opening]);
        Breakdown::new(points(person, post, self.judge.has_priority(candidate), &setting), *policy.weights())
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
        self.judge.columns.persons[candidate].days_unemployed()
    }

    /// How many people are eligible for an opening, unresolved and barred.
    pub(crate) fn numbers_at(&self, opening: OpeningIx) -> [u64; 3] {
        let counts = self.counts().openings[opening];
        let barred = self.judge.columns.persons.len() as u64 - counts.eligible - counts.unresolved;
        [counts.eligible, counts.unresolved, barred]
    }

    /// How many people fail each rule at an opening, rules in order, none left out that somebody fails.
    pub(crate) fn failing_at(&self, opening: OpeningIx) -> impl Iterator<Item = (RuleKind, u64)> + '_ {
        let counts = self.counts().openings[opening].failing;
        RuleKind::ALL.iter().map(move |rule| (*rule, counts[rule.index()])).filter(|(_, count)| *count > 0)
    }

    /// Whether a candidate has pairs that are not barred.
    pub(crate) fn chances_of(&self, candidate: CandidateIx) -> Chances {
        self.counts().candidates[candidate]
    }
}
