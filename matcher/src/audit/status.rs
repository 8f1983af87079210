//! Priority groups of one person (docs/rules.md, "Groups").

use super::answer::Answer;
use crate::ids::HouseholdId;
use crate::input::{CandidateRecord, HouseholdRecord, ReferralRecord, Status};
use crate::policy::{FailedReferrals, Period};
use crate::problem::Problem;
use crate::words::{Education, Employment, Group, PersonKind};

/// Whether the person is in the group on the day of the match.
pub(super) fn group(problem: &Problem, person: &CandidateRecord, group: Group) -> Answer {
    match group {
        Group::LowIncome => stated(problem, &home(problem, person)?.low_income),
        Group::Marginal => stated(problem, &home(problem, person)?.marginal),
        Group::Watched => stated(problem, &home(problem, person)?.watched),
        Group::AgedCarer => stated(problem, &home(problem, person)?.aged_carer),
        Group::SeveralDisabled => several_disabled(problem, home(problem, person)?),
        Group::ZeroEmployment => zero_employment(problem, home(problem, person)?),
        Group::FailedReferrals => failed_referrals(problem, person),
        Group::LongUnemployed => long_unemployed(problem, person),
        Group::Severe => severe(person),
        Group::Graduate => graduate(problem, person),
        Group::OtherUnemployed => other_unemployed(person),
    }
}

fn home<'p>(problem: &'p Problem, person: &CandidateRecord) -> Option<&'p HouseholdRecord> {
    problem.household(person.household.as_ref()?)
}

fn housemates<'p>(problem: &'p Problem, home: &HouseholdId) -> impl Iterator<Item = &'p CandidateRecord> {
    problem.members(home).iter().filter_map(|row| problem.candidate(*row))
}

fn stated(problem: &Problem, status: &Status) -> Answer {
    let stated = status.recognition();
    let period = Period { from: stated.from, until: stated.until };
    status.holds.map(|holds| holds && period.contains(problem.on()))
}

fn several_disabled(problem: &Problem, home: &HouseholdRecord) -> Answer {
    let holder = |it: &&CandidateRecord| it.kind == PersonKind::Disabled && it.certificate.is_some();
    if housemates(problem, &home.id).filter(holder).count() >= 2 {
        return Some(true);
    }
    home.disabled_members.map(|members| members >= 2)
}

fn zero_employment(problem: &Problem, home: &HouseholdRecord) -> Answer {
    if home.zero_employment.holds.is_some() {
        return stated(problem, &home.zero_employment);
    }
    if let Some(employed) = home.employed_members {
        return Some(employed == 0);
    }
    let mates: Vec<_> = housemates(problem, &home.id).collect();
    if mates.iter().any(|it| it.employment == Some(Employment::Employed)) {
        return Some(false);
    }
    let everybody_is_here = home.members.map(usize::from) == Some(mates.len());
    let nobody_works = mates.iter().all(|it| it.employment == Some(Employment::Unemployed));
    (everybody_is_here && nobody_works).then_some(true)
}

fn failed_referrals(problem: &Problem, person: &CandidateRecord) -> Answer {
    let asked = &problem.policy().definitions().failed_referrals.as_ref()?.value;
    let mut referrals: Vec<_> =
        problem.referrals_of(&person.id).iter().filter(|it| it.date <= problem.on()).collect();
    referrals.sort_by_key(|it| (it.date, it.outcome.is_none(), it.outcome));
    let (mut low, mut high) = (0_usize, 0_usize);
    for referral in referrals {
        low = against(asked, referral, low);
        high = in_favour(asked, referral, high);
    }
    let times = usize::from(asked.times);
    match (low >= times, high < times) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The count after a referral when what is not stated is read against the person.
fn against(asked: &FailedReferrals, referral: &ReferralRecord, count: usize) -> usize {
    match referral.outcome {
        None => 0,
        Some(outcome) if asked.reset.contains(&outcome) => 0,
        Some(outcome) if asked.failed.contains(&outcome) && referral.channel == Some(asked.channel) => {
            count + 1
        }
        Some(_) => count,
    }
}

/// The count after a referral when what is not stated is read for the person.
fn in_favour(asked: &FailedReferrals, referral: &ReferralRecord, count: usize) -> usize {
    let channel_may_count = referral.channel.is_none_or(|channel| channel == asked.channel);
    match referral.outcome {
        Some(outcome) if asked.reset.contains(&outcome) => 0,
        Some(outcome) if !asked.failed.contains(&outcome) => count,
        _ if channel_may_count => count + 1,
        _ => count,
    }
}

fn long_unemployed(problem: &Problem, person: &CandidateRecord) -> Answer {
    let months = problem.policy().definitions().long_unemployed_months.as_ref()?.value;
    if person.employment == Some(Employment::Employed) {
        return Some(false);
    }
    person.unemployed_since.map(|since| problem.on().months_since(since) >= i32::from(months))
}

fn severe(person: &CandidateRecord) -> Answer {
    if person.kind == PersonKind::FamilyMember {
        return Some(false);
    }
    person.certificate.as_ref().map(|it| matches!(it.level, 1 | 2))
}

fn graduate(problem: &Problem, person: &CandidateRecord) -> Answer {
    if person.kind == PersonKind::FamilyMember {
        return Some(false);
    }
    let months = problem.policy().definitions().graduate_months.as_ref()?.value;
    if let Some(day) = person.graduated {
        let last = day.plus_months(i32::from(months));
        return Some(day <= problem.on() && last.is_none_or(|last| problem.on() <= last));
    }
    match person.education {
        Some(schooling) if schooling < Education::College => Some(false),
        _ => None,
    }
}

fn other_unemployed(person: &CandidateRecord) -> Answer {
    if person.kind == PersonKind::FamilyMember {
        return Some(false);
    }
    person.employment.map(|it| it == Employment::Unemployed)
}
