//! Reserved seats of one opening: how many of them its people fill.

use super::status;
use crate::ids::CandidateIx;
use crate::input::OpeningRecord;
use crate::problem::Problem;
use crate::words::Group;

/// The reserved seats that these people fill. Everybody counts for one reserve: the first, in the order of
/// [`Group::ALL`], of whose group they are for certain a member.
pub(super) fn filled(problem: &Problem, opening: &OpeningRecord, people: &[CandidateIx]) -> u64 {
    let kept = |group: Group| opening.reserves.iter().find(|it| it.group == group);
    let counts_for = |row: &CandidateIx| {
        let person = problem.candidate(*row)?;
        let mut named = Group::ALL.iter().filter(|group| kept(**group).is_some());
        named.find(|group| status::group(problem, person, **group) == Some(true)).copied()
    };
    let members = |group: Group| people.iter().filter(|row| counts_for(row) == Some(group)).count() as u64;
    opening.reserves.iter().map(|reserve| members(reserve.group).min(u64::from(reserve.seats))).sum()
}
