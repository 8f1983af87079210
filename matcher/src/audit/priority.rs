//! Entries and tiers (docs/rules.md, "Groups").

use super::answer::{Answer, every, some};
use super::status;
use crate::input::CandidateRecord;
use crate::policy::Entry;
use crate::problem::Problem;
use crate::words::Employment;

/// The first tier with an entry that says yes, else the tier after the last; `None` without tiers.
pub(super) fn tier(problem: &Problem, person: &CandidateRecord) -> Option<u8> {
    let tiers = problem.policy().tiers()?;
    let says_yes = |it: &Entry| entry(problem, person, it) == Some(true);
    let first = tiers.iter().position(|tier| tier.entries.iter().any(says_yes));
    u8::try_from(first.unwrap_or(tiers.len())).ok()
}

/// Whether the person is in a tier by a certain yes.
pub(super) fn in_a_tier(problem: &Problem, person: &CandidateRecord) -> bool {
    any_entry(problem, person) == Some(true)
}

/// *or* of all entries of all tiers.
pub(super) fn any_entry(problem: &Problem, person: &CandidateRecord) -> Answer {
    let entries = problem.policy().tiers().unwrap_or_default().iter().flat_map(|tier| &tier.entries);
    some(entries.map(|it| entry(problem, person, it)))
}

fn entry(problem: &Problem, person: &CandidateRecord, entry: &Entry) -> Answer {
    let meant = Some(entry.beneficiaries.include(person.kind));
    let group = status::group(problem, person, entry.group);
    let registered =
        if entry.registered_unemployed { registered_unemployed(problem, person) } else { Some(true) };
    every([meant, group, registered])
}

fn registered_unemployed(problem: &Problem, person: &CandidateRecord) -> Answer {
    if person.employment == Some(Employment::Employed) {
        return Some(false);
    }
    person.unemployed_since.map(|since| since <= problem.on())
}
