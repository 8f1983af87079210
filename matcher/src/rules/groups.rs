//! Priority groups and tiers of a person (docs/rules.md, Groups).

use super::finding::Answer;
use super::shared::Shared;
use crate::day::Day;
use crate::ids::CandidateIx;
use crate::input::{CandidateRecord, HouseholdRecord, ReferralRecord, Status};
use crate::policy::{Definitions, Entry, FailedReferrals};
use crate::problem::Problem;
use crate::words::{Education, Employment, Group, PersonKind};

/// What a person's groups are, and what follows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Membership {
    /// By [`Group`].
    pub(crate) answers: [Answer; 11],
    /// 0 = first; the number of tiers = everybody else; `None` where the policy has no tiers.
    pub(crate) tier: Option<u8>,
    /// Whether the person is in a tier by a certain yes.
    pub(crate) priority: bool,
    /// Entries that say unknown in a tier before the person's own: (tier, group).
    pub(crate) could_rise: Vec<(u8, Group)>,
    /// *or* over the entries of all tiers: whether the policy means the person at all.
    pub(crate) meant: Answer,
}

/// The memberships of everybody.
pub(super) fn memberships(problem: &Problem) -> Shared<CandidateIx, Membership> {
    let facts = |row: CandidateIx| {
        let (household, members) = problem.home_of(row).unzip();
        let (record, referrals) = (&problem.candidates()[row.get()], problem.referrals_at(row));
        Facts { problem, record, household, members: members.unwrap_or_default(), referrals }
    };
    Shared::of_rows(problem.candidates().len(), |row| membership(&facts(row)))
}

fn membership(facts: &Facts<'_>) -> Membership {
    let problem = facts.problem;
    let mut answers = [Answer::Unknown; 11];
    for group in Group::ALL {
        answers[group.index()] = facts.group(*group);
    }
    let tiers = problem.policy().tiers();
    let mut membership =
        Membership { answers, tier: None, priority: false, could_rise: Vec::new(), meant: Answer::No };
    for (tier, group, answer) in tiers
        .into_iter()
        .flatten()
        .enumerate()
        .flat_map(|(number, tier)| {
            let number = u8::try_from(number).unwrap_or(u8::MAX);
            tier.entries.iter().map(move |entry| (number, entry.group, entry))
        })
        .map(|(number, group, entry)| (number, group, facts.entry(entry, answers[group.index()])))
    {
        membership.meant = membership.meant.or(answer);
        match answer {
            Answer::Yes if membership.tier.is_none() => membership.tier = Some(tier),
            Answer::Unknown if membership.tier.is_none() => membership.could_rise.push((tier, group)),
            _ => {}
        }
    }
    membership.priority = membership.tier.is_some();
    if let Some(own) = membership.tier {
        membership.could_rise.retain(|(tier, _)| *tier < own);
    } else {
        membership.tier = tiers.and_then(|tiers| u8::try_from(tiers.len()).ok());
    }
    membership
}

struct Facts<'a> {
    problem: &'a Problem,
    record: &'a CandidateRecord,
    household: Option<&'a HouseholdRecord>,
    /// The household's candidates.
    members: &'a [CandidateIx],
    referrals: &'a [ReferralRecord],
}

impl Facts<'_> {
    fn on(&self) -> Day {
        self.problem.on()
    }

    fn definitions(&self) -> &Definitions {
        self.problem.policy().definitions()
    }

    fn entry(&self, entry: &Entry, group: Answer) -> Answer {
        let meant = Answer::of(Some(entry.beneficiaries.include(self.record.kind)));
        let registered = if entry.registered_unemployed { self.registered() } else { Answer::Yes };
        meant.and(group).and(registered)
    }

    fn registered(&self) -> Answer {
        if self.record.employment == Some(Employment::Employed) {
            return Answer::No;
        }
        Answer::of(self.record.unemployed_since.map(|since| since <= self.on()))
    }

    fn group(&self, group: Group) -> Answer {
        let family = self.record.kind == PersonKind::FamilyMember;
        match group {
            Group::Severe | Group::Graduate | Group::OtherUnemployed if family => Answer::No,
            Group::LowIncome => self.status(|it| &it.low_income),
            Group::Marginal => self.status(|it| &it.marginal),
            Group::Watched => self.status(|it| &it.watched),
            Group::AgedCarer => self.status(|it| &it.aged_carer),
            Group::SeveralDisabled => self.several_disabled(),
            Group::ZeroEmployment => self.zero_employment(),
            Group::FailedReferrals => self
                .definitions()
                .failed_referrals
                .as_ref()
                .map_or(Answer::Unknown, |it| self.failed_referrals(&it.value)),
            Group::LongUnemployed => self.long_unemployed(),
            Group::Severe => Answer::of(self.record.certificate.as_ref().map(|it| it.level <= 2)),
            Group::Graduate => self.graduate(),
            Group::OtherUnemployed => {
                Answer::of(self.record.employment.map(|it| it == Employment::Unemployed))
            }
        }
    }

    fn status(&self, of: impl Fn(&HouseholdRecord) -> &Status) -> Answer {
        let Some(status) = self.household.map(of) else { return Answer::Unknown };
        let stated = status.recognition();
        let begun = stated.from.is_none_or(|from| from <= self.on());
        let lasts = stated.until.is_none_or(|until| self.on() <= until);
        Answer::of(status.holds.map(|holds| holds && begun && lasts))
    }

    fn members(&self) -> impl Iterator<Item = &CandidateRecord> {
        self.members.iter().filter_map(|row| self.problem.candidate(*row))
    }

    fn several_disabled(&self) -> Answer {
        let Some(household) = self.household else { return Answer::Unknown };
        let holders =
            self.members().filter(|it| it.kind == PersonKind::Disabled && it.certificate.is_some()).count();
        if holders >= 2 {
            return Answer::Yes;
        }
        Answer::of(household.disabled_members.map(|stated| stated >= 2))
    }

    fn zero_employment(&self) -> Answer {
        let Some(household) = self.household else { return Answer::Unknown };
        if household.zero_employment.holds.is_some() {
            return self.status(|it| &it.zero_employment);
        }
        if let Some(employed) = household.employed_members {
            return Answer::of(Some(employed == 0));
        }
        if self.members().any(|it| it.employment == Some(Employment::Employed)) {
            return Answer::No;
        }
        let complete = household.members.is_some_and(|stated| usize::from(stated) == self.members().count());
        let all_without = self.members().all(|it| it.employment == Some(Employment::Unemployed));
        if complete && all_without { Answer::Yes } else { Answer::Unknown }
    }

    fn failed_referrals(&self, asked: &FailedReferrals) -> Answer {
        let (mut low, mut high) = (0_u32, 0_u32);
        for referral in self.referrals.iter().filter(|it| it.date <= self.on()) {
            let may_count = referral.channel.is_none_or(|channel| channel == asked.channel);
            match referral.outcome {
                None => {
                    low = 0;
                    high += u32::from(may_count);
                }
                Some(outcome) if asked.reset.contains(&outcome) => (low, high) = (0, 0),
                Some(outcome) if asked.failed.contains(&outcome) => {
                    low += u32::from(referral.channel == Some(asked.channel));
                    high += u32::from(may_count);
                }
                Some(_) => {}
            }
        }
        let enough = u32::from(asked.times);
        if low >= enough {
            Answer::Yes
        } else if high < enough {
            Answer::No
        } else {
            Answer::Unknown
        }
    }

    fn long_unemployed(&self) -> Answer {
        let Some(months) = &self.definitions().long_unemployed_months else { return Answer::Unknown };
        if self.record.employment == Some(Employment::Employed) {
            return Answer::No;
        }
        let long = |since: Day| self.on().months_since(since) >= i32::from(months.value);
        Answer::of(self.record.unemployed_since.map(long))
    }

    fn graduate(&self) -> Answer {
        let Some(months) = &self.definitions().graduate_months else { return Answer::Unknown };
        if let Some(graduated) = self.record.graduated {
            let last = graduated.plus_months(i32::from(months.value));
            return Answer::of(Some(graduated <= self.on() && last.is_none_or(|last| self.on() <= last)));
        }
        if self.record.education.is_some_and(|it| it < Education::College) {
            Answer::No
        } else {
            Answer::Unknown
        }
    }
}
