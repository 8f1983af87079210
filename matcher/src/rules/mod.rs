//! Hard rules: one pair, three answers, and the reason for each (docs/rules.md).
//!
//! A rule says nothing where it is satisfied. It speaks a [`Finding`] where it says no or lacks a datum; the same
//! functions serve the fast pass, which only counts, and the explanation, which listens to every word.

mod finding;
mod function;
mod groups;
mod pair;
mod person;
mod shared;
mod single;
mod territory;

pub use finding::{Answer, Finding, Found, Standings, Verdict};
pub(crate) use function::closed;
pub(crate) use pair::{Home, Work};
pub(crate) use territory::{Belonging, Ground};

use crate::columns::Columns;
use crate::ids::{CandidateIx, OpeningIx};
use crate::policy::{Rule, RuleSpec};
use crate::problem::Problem;
use crate::words::{Group, Item, RuleKind};
use groups::Membership;
use shared::Shared;

/// From so many people on it is worth waking up a thread; a change of a pool that is kept is a problem of one or two.
const MANY: usize = 512;

/// Judges pairs of one problem.
#[derive(Debug)]
pub(crate) struct Judge<'p> {
    pub(crate) problem: &'p Problem,
    pub(crate) columns: Columns,
    /// By [`RuleKind`].
    rules: [Option<&'p Rule>; 16],
    memberships: Shared<CandidateIx, Membership>,
    /// What the rules say that depend on the person alone.
    own: Shared<CandidateIx, Box<[Finding]>>,
}

impl<'p> Judge<'p> {
    pub(crate) fn new(problem: &'p Problem) -> Self {
        let mut rules = [None; 16];
        for rule in problem.policy().rules() {
            rules[rule.spec.kind().index()] = Some(rule);
        }
        let (columns, memberships) = (|| Columns::new(problem), || groups::memberships(problem));
        let (columns, memberships) = if problem.candidates().len() < MANY {
            (columns(), memberships())
        } else {
            rayon::join(columns, memberships)
        };
        let own = Shared::of_rows(0, |_| Box::default());
        let mut judge = Self { problem, columns, rules, memberships, own };
        judge.own = Shared::of_rows(problem.candidates().len(), |row| judge.findings_of_person(row));
        judge
    }

    /// The rule of this kind, if the policy has it and asks it of this opening.
    fn rule(&self, kind: RuleKind, welfare: bool) -> Option<&'p Rule> {
        self.rules[kind.index()].filter(|rule| welfare || !rule.welfare_only)
    }

    fn spec(&self, kind: RuleKind, welfare: bool) -> Option<&'p RuleSpec> {
        self.rule(kind, welfare).map(|rule| &rule.spec)
    }

    fn findings_of_person(&self, row: CandidateIx) -> Box<[Finding]> {
        let mut found = Vec::new();
        self.say_person(row, &mut |finding| found.push(finding));
        found.into()
    }

    /// Every rule that does not say yes to a pair, in the order of [`RuleKind`] within the person's and the pair's.
    fn each(&self, candidate: CandidateIx, opening: OpeningIx, say: &mut dyn FnMut(Finding)) {
        let welfare = self.columns.posts[opening].kind.is_welfare();
        for finding in &self.own[candidate] {
            if welfare || !self.rules[finding.rule.index()].is_some_and(|rule| rule.welfare_only) {
                say(*finding);
            }
        }
        self.say_pair(candidate, opening, say);
    }

    /// The answers of a pair as bits, for counting.
    pub(crate) fn standings(&self, candidate: CandidateIx, opening: OpeningIx) -> Standings {
        let mut standings = Standings::default();
        self.each(candidate, opening, &mut |finding| standings.add(&finding));
        standings
    }

    /// The answers of a pair with all that stands behind them.
    pub(crate) fn verdict(&self, candidate: CandidateIx, opening: OpeningIx) -> Verdict {
        let mut findings = Vec::new();
        self.each(candidate, opening, &mut |finding| findings.push(finding));
        findings.sort_by_key(|finding| finding.rule);
        let function = self.spec(RuleKind::Function, self.columns.posts[opening].kind.is_welfare());
        let (accommodations, hints) = self.aids_and_hints(candidate, opening, function.is_some());
        Verdict { findings, accommodations, hints }
    }

    /// Accommodations that the pair needs, and items to be talked over.
    pub(crate) fn needs_of(
        &self,
        candidate: CandidateIx,
        opening: OpeningIx,
    ) -> (Vec<&'static str>, Vec<Item>) {
        let welfare = self.columns.posts[opening].kind.is_welfare();
        self.aids_and_hints(candidate, opening, self.spec(RuleKind::Function, welfare).is_some())
    }

    /// The tier, 0 = first, the number of tiers = everybody else; `None` as long as the policy has none.
    pub(crate) fn tier(&self, candidate: CandidateIx) -> Option<u8> {
        self.memberships[candidate].tier
    }

    /// Whether the person is in a tier by a certain yes.
    pub(crate) fn has_priority(&self, candidate: CandidateIx) -> bool {
        self.memberships[candidate].priority
    }

    /// What the person's groups are.
    pub(crate) fn membership(&self, candidate: CandidateIx) -> &Membership {
        &self.memberships[candidate]
    }

    /// Whether the person is in a group: yes, no, or unknown.
    pub(crate) fn in_group(&self, candidate: CandidateIx, group: Group) -> Option<bool> {
        self.memberships[candidate].answers[group.index()].known()
    }
}
