//! One rule at a time, for whoever asks it of many people at once.

use super::finding::{Answer, Finding, Standings};
use super::pair::{Home, Work, age_limits, classes, education, licences};
use super::{Belonging, Ground, Judge};
use crate::columns::{Person, Post};
use crate::ids::{CandidateIx, OpeningIx};
use crate::policy::RuleSpec;
use crate::words::RuleKind;

impl Judge<'_> {
    /// Whether the policy asks this rule of public-welfare posts, or of all others.
    pub(crate) fn asks(&self, kind: RuleKind, welfare: bool) -> bool {
        self.spec(kind, welfare).is_some()
    }

    /// What the rules say that depend on the person alone.
    pub(crate) fn own(&self, candidate: CandidateIx, welfare: bool) -> Standings {
        self.standings_by(&self.own[candidate], welfare)
    }

    /// The distinct sets of what these rules say, at market openings and at public-welfare posts.
    pub(crate) fn own_sets(&self) -> impl Iterator<Item = [Standings; 2]> + '_ {
        self.own.values().iter().map(|own| [false, true].map(|welfare| self.standings_by(own, welfare)))
    }

    /// Of each candidate the place among [`Self::own_sets`].
    pub(crate) fn own_places(&self) -> &[u32] {
        self.own.places()
    }

    fn standings_by(&self, own: &[Finding], welfare: bool) -> Standings {
        let mut standings = Standings::default();
        let asked = own.iter().filter(|finding| self.asks(finding.rule, welfare));
        asked.for_each(|finding| standings.add(finding));
        standings
    }

    /// The answer of one rule of the pair: territory, classes, age limits, education or licence; yes where the policy
    /// does not ask it of this opening.
    pub(crate) fn answer(&self, kind: RuleKind, candidate: CandidateIx, opening: OpeningIx) -> Answer {
        let (person, post) = (&self.columns.persons[candidate], &self.columns.posts[opening]);
        self.answer_between(kind, (person, self.home(candidate)), (post, self.work(opening)))
    }

    /// The same of two who need not be rows of the problem.
    pub(crate) fn answer_between(
        &self,
        kind: RuleKind,
        (person, home): (&Person, Home<'_>),
        (post, work): (&Post, Work<'_>),
    ) -> Answer {
        let found = match (kind, self.spec(kind, post.kind.is_welfare())) {
            (RuleKind::Territory, Some(RuleSpec::Territory(asked))) => {
                self.territory(*asked, self.belonging(home), self.ground(work))
            }
            (RuleKind::Classes, Some(_)) => classes(person, post),
            (RuleKind::AgeLimits, Some(_)) => age_limits(person, post, self.problem.on()),
            (RuleKind::Education, Some(_)) => education(person, post),
            (RuleKind::Licence, Some(_)) => licences(home.licences, work.licences),
            _ => None,
        };
        found.as_ref().map_or(Answer::Yes, Finding::answer)
    }

    /// Whether the day of the match lies outside the opening's own dates, and the policy asks for that.
    pub(crate) fn is_closed(&self, opening: OpeningIx) -> bool {
        let post = &self.columns.posts[opening];
        self.asks(RuleKind::OpeningDates, post.kind.is_welfare()) && self.opening_dates(post).is_some()
    }

    /// The answer of the rule `territory` where it is asked.
    pub(crate) fn territory_answer(&self, person: Belonging, ground: Ground) -> Answer {
        let Some(RuleSpec::Territory(asked)) = self.spec(RuleKind::Territory, true) else {
            return Answer::Yes;
        };
        self.territory(*asked, person, ground).as_ref().map_or(Answer::Yes, Finding::answer)
    }
}
