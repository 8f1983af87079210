//! The k best of one opening or of one candidate, in one fixed order (docs/rules.md, Score).

use std::cmp::Reverse;

use crate::ids::{CandidateId, CandidateIx, OpeningId, OpeningIx};
use crate::score::{Ranked, Scored, Shortlists};

/// The best pairs of one opening or one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortlist {
    /// Eligible pairs, best first.
    pub eligible: Vec<Ranked>,
    /// Unresolved pairs, best first.
    pub unresolved: Vec<Ranked>,
}

impl Scored<'_> {
    /// The `count` best candidates of an opening, and the `count` best unresolved ones; `None` if the opening is not
    /// in the problem.
    ///
    /// # Cost
    ///
    /// *O(candidates)*: every pair is judged by itself. For more than a few lists: [`Scored::shortlists`].
    #[must_use]
    pub fn shortlist(&self, opening: &OpeningId, count: usize) -> Option<Shortlist> {
        self.problem().opening_row(opening).map(|row| self.shortlist_at(row, count))
    }

    /// The `count` best openings of a candidate, and the `count` best unresolved ones; `None` if the candidate is not
    /// in the problem.
    ///
    /// # Cost
    ///
    /// *O(openings)*, as above.
    #[must_use]
    pub fn shortlist_for(&self, candidate: &CandidateId, count: usize) -> Option<Shortlist> {
        self.problem().candidate_row(candidate).map(|row| self.shortlist_for_at(row, count))
    }

    fn shortlist_at(&self, opening: OpeningIx, count: usize) -> Shortlist {
        // Unknown days sort last: `Reverse(None)` stands after every `Reverse(Some(_))`.
        let key = |it: &Ranked| {
            (Reverse(it.score), Reverse(self.days_unemployed(it.candidate)), self.place(it.candidate))
        };
        let rows = self.judge.columns.persons.rows();
        let [eligible, unresolved] = self.one_by_one(rows.map(|candidate| (candidate, opening)));
        Shortlist { eligible: best(eligible, count, key), unresolved: best(unresolved, count, key) }
    }

    fn shortlist_for_at(&self, candidate: CandidateIx, count: usize) -> Shortlist {
        let key = |it: &Ranked| (Reverse(it.score), it.opening);
        let rows = self.judge.columns.posts.rows();
        let [eligible, unresolved] = self.one_by_one(rows.map(|opening| (candidate, opening)));
        Shortlist { eligible: best(eligible, count, key), unresolved: best(unresolved, count, key) }
    }
}

impl Shortlists {
    /// The list of an opening; empty where the opening is not of the problem.
    #[must_use]
    pub fn of_opening(&self, opening: OpeningIx) -> Shortlist {
        let [eligible, unresolved] = self.opening(opening);
        Shortlist { eligible, unresolved }
    }

    /// The list of a candidate; empty where the candidate is not of the problem.
    #[must_use]
    pub fn of_candidate(&self, candidate: CandidateIx) -> Shortlist {
        let [eligible, unresolved] = self.candidate(candidate);
        Shortlist { eligible, unresolved }
    }
}

fn best<K: Ord>(mut pairs: Vec<Ranked>, count: usize, key: impl Fn(&Ranked) -> K + Copy) -> Vec<Ranked> {
    if count < pairs.len() && count > 0 {
        pairs.select_nth_unstable_by_key(count - 1, key);
    }
    pairs.truncate(count);
    pairs.sort_unstable_by_key(key);
    pairs
}
