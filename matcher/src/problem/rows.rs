//! Kept that were kept, put into order in the memory that they came in.

use std::cmp::Ordering;
use std::ops::Range;

use crate::ids::{CandidateIx, HouseholdIx};
use crate::input::{CandidateRecord, HouseholdRecord, ReferralRecord};

/// Records with the rows of the document they came from.
pub(super) struct Kept<T> {
    pub(super) records: Vec<T>,
    pub(super) from: Vec<u32>,
}

impl<T> Kept<T> {
    /// The same in order; equals keep theirs. Records are swapped, never copied aside: they are most of the memory.
    pub(super) fn sort(mut self, order: impl Fn(&T, &T) -> Ordering) -> Self {
        let records = &mut self.records;
        if records.is_sorted_by(|a, b| order(a, b).is_le()) {
            return self;
        }
        let mut places: Vec<u32> = (0..records.len()).map(number).collect();
        places.sort_by(|a, b| order(&records[*a as usize], &records[*b as usize]));
        self.from = places.iter().map(|place| self.from[*place as usize]).collect();
        arrange(records, places);
        self
    }
}

/// Puts what lies at `places[row]` to `row`, cycle by cycle.
fn arrange<T>(records: &mut [T], mut places: Vec<u32>) {
    for first in 0..records.len() {
        let mut row = first;
        loop {
            let next = std::mem::replace(&mut places[row], number(row)) as usize;
            if next == first || next == row {
                break;
            }
            records.swap(row, next);
            row = next;
        }
    }
}

/// A row of the document, of which there are fewer than 2³².
pub(super) fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// Which candidates belong to which household.
#[derive(Clone, Debug, Default)]
pub(super) struct Homes {
    /// By candidate: the row of the household; a number beyond all rows where there is none.
    of: Vec<u32>,
    /// By household: where its members end in `members`; they begin where those of the one before end.
    ends: Vec<u32>,
    /// In order of household, then of candidate.
    members: Vec<CandidateIx>,
}

impl Homes {
    /// Both lists are in order of their ids.
    pub(super) fn new(candidates: &[CandidateRecord], households: &[HouseholdRecord]) -> Self {
        let row = |candidate: &CandidateRecord| {
            let id = candidate.household.as_ref()?;
            households.binary_search_by(|record| record.id.cmp(id)).ok()
        };
        let of: Vec<u32> = candidates.iter().map(|it| row(it).map_or(u32::MAX, number)).collect();
        let mut homes = Self { of, ends: vec![0; households.len()], members: Vec::new() };
        homes.fill();
        homes
    }

    /// Counts the members of each household, then puts each member where the count says.
    fn fill(&mut self) {
        for home in &self.of {
            if let Some(count) = self.ends.get_mut(*home as usize) {
                *count += 1;
            }
        }
        let mut members = 0;
        for end in &mut self.ends {
            members += std::mem::replace(end, members);
        }
        self.members = vec![CandidateIx::new(0); members as usize];
        for (candidate, home) in self.of.iter().enumerate() {
            if let Some(next) = self.ends.get_mut(*home as usize) {
                self.members[*next as usize] = CandidateIx::new(candidate);
                *next += 1;
            }
        }
    }

    /// The household of a candidate.
    pub(super) fn of(&self, candidate: CandidateIx) -> Option<HouseholdIx> {
        let home = *self.of.get(candidate.get())? as usize;
        (home < self.ends.len()).then(|| HouseholdIx::new(home))
    }

    /// The candidates of a household, in order.
    pub(super) fn members(&self, home: HouseholdIx) -> &[CandidateIx] {
        let end = |home: usize| self.ends.get(home).map_or(0, |end| *end as usize);
        let start = home.get().checked_sub(1).map_or(0, end);
        self.members.get(start..end(home.get())).unwrap_or_default()
    }
}

/// Which referrals are whose.
#[derive(Clone, Debug, Default)]
pub(super) struct Histories {
    /// By candidate: where the person's referrals end; they begin where those of the one before end.
    ends: Vec<u32>,
}

impl Histories {
    /// Both lists are in order of the candidates' ids, and every referral is of one of these candidates.
    pub(super) fn new(candidates: &[CandidateRecord], referrals: &[ReferralRecord]) -> Self {
        let mut end = 0;
        let own = |candidate: &CandidateRecord| {
            end += referrals[end..].iter().take_while(|it| it.candidate == candidate.id).count();
            number(end)
        };
        let ends = candidates.iter().map(own).collect();
        debug_assert_eq!(end, referrals.len(), "the gate sets aside a referral of nobody");
        Self { ends }
    }

    /// The places of a candidate's referrals.
    pub(super) fn of(&self, candidate: CandidateIx) -> Range<usize> {
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        candidate.get().checked_sub(1).map_or(0, end)..end(candidate.get())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::PersonKind;

    proptest! {
        #[test]
        fn rows_are_sorted_as_a_list_of_them_is(keys in proptest::collection::vec(0..20_u8, 0..60)) {
            let mut expected: Vec<_> = keys.iter().copied().zip(0..).collect();
            expected.sort_by_key(|(key, _)| *key);
            let rows = Kept { from: (0..keys.len()).map(number).collect(), records: keys };
            let rows = rows.sort(Ord::cmp);
            let sorted: Vec<_> = rows.records.into_iter().zip(rows.from).collect();
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn homes_hold_who_names_them(homes in proptest::collection::vec(proptest::option::of(0..9_usize), 0..40)) {
            let id = |home: usize| format!("H{home}");
            let households: Vec<_> = (0..9).map(|home| HouseholdRecord::unknown(id(home).into())).collect();
            let person = |(row, home): (usize, &Option<usize>)| {
                let mut record = CandidateRecord::unknown(format!("P{row:02}").into(), PersonKind::Disabled);
                record.household = home.map(|home| id(home).into());
                record
            };
            let people: Vec<_> = homes.iter().enumerate().map(person).collect();
            let known = Homes::new(&people, &households);
            for home in 0..9 {
                let named = (0..homes.len()).filter(|row| homes[*row] == Some(home)).map(CandidateIx::new);
                prop_assert_eq!(known.members(HouseholdIx::new(home)), named.collect::<Vec<_>>());
            }
            for (row, home) in homes.iter().enumerate() {
                prop_assert_eq!(known.of(CandidateIx::new(row)), home.map(HouseholdIx::new));
            }
        }
    }
}
