//! Names beside ids: openings with their titles and employers, tiers with their numbers, choices in words.

use std::collections::BTreeMap;

use anzhi::report::{CandidateReport, OpeningReport, PlacementRecord, RankedRecord, Report, TierRecord};
use anzhi::words::{LotteryStage, Topic, Unresolved};

use super::Language;
use super::catalogue::{find, render, text};
use super::words::word;

/// A report's openings, placements and tiers by name, in one language.
#[derive(Debug)]
pub struct Labels<'a> {
    language: Language,
    openings: BTreeMap<&'a str, &'a OpeningReport>,
    candidates: BTreeMap<&'a str, &'a CandidateReport>,
    placements: BTreeMap<&'a str, &'a PlacementRecord>,
    tiers: &'a [TierRecord],
}

impl<'a> Labels<'a> {
    /// Looks through a report once. *O(n log n)* in openings, candidates and placements.
    #[must_use]
    pub fn new(report: &'a Report, language: Language) -> Self {
        Self {
            language,
            openings: report.openings.iter().map(|it| (it.id.as_str(), it)).collect(),
            candidates: report.candidates.iter().map(|it| (it.id.as_str(), it)).collect(),
            placements: report.plan.placements.iter().map(|it| (it.candidate.as_str(), it)).collect(),
            tiers: &report.policy.tiers,
        }
    }

    /// The language of the names.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The opening with this id.
    #[must_use]
    pub fn opening_record(&self, id: &str) -> Option<&'a OpeningReport> {
        self.openings.get(id).copied()
    }

    /// The candidate with this id.
    #[must_use]
    pub fn candidate_record(&self, id: &str) -> Option<&'a CandidateReport> {
        self.candidates.get(id).copied()
    }

    /// The placement of a candidate.
    #[must_use]
    pub fn placement(&self, candidate: &str) -> Option<&'a PlacementRecord> {
        self.placements.get(candidate).copied()
    }

    /// `“护林员（XH-O012）”`; an unknown id stands for itself.
    #[must_use]
    pub fn opening(&self, id: &str) -> String {
        match self.opening_record(id) {
            Some(it) => render(self.language, "value.opening", &[("title", it.title.trim()), ("id", id)]),
            None => render(self.language, "value.opening_unknown", &[("id", id)]),
        }
    }

    /// The same with the employer before it, where the report names one.
    #[must_use]
    pub fn opening_with_employer(&self, id: &str) -> String {
        match self.opening_record(id).and_then(|it| Some((it.title.trim(), it.employer_name.as_deref()?))) {
            Some((title, employer)) => {
                let values = [("employer", employer), ("title", title), ("id", id)];
                render(self.language, "value.opening_of", &values)
            }
            None => self.opening(id),
        }
    }

    /// The name of a tier, 1 = first; beyond the last tier, everybody else.
    #[must_use]
    pub fn tier(&self, tier: u8) -> String {
        tier_name(self.language, tier, self.tiers.len())
    }

    /// The record of a tier, 1 = first; `None` for everybody else.
    #[must_use]
    pub fn tier_record(&self, tier: u8) -> Option<&'a TierRecord> {
        self.tiers.iter().find(|it| it.tier == tier)
    }

    /// The scored pair, where it stands in the shortlist of either side.
    #[must_use]
    pub fn ranked(&self, candidate: &str, opening: &str) -> Option<&'a RankedRecord> {
        let of = |list: &'a [RankedRecord], id: &str| list.iter().find(|it| it.id == id);
        let mine = self.candidate_record(candidate).and_then(|it| of(&it.shortlist, opening));
        mine.or_else(|| self.opening_record(opening).and_then(|it| of(&it.shortlist, candidate)))
    }
}

/// The name of a tier among `tiers` tiers, 1 = first: `第一优先层级`; beyond them, everybody else (其他人员).
#[must_use]
pub fn tier_name(language: Language, tier: u8, tiers: usize) -> String {
    if usize::from(tier) > tiers {
        return text(language, "tier.others").to_owned();
    }
    let digits = tier.to_string();
    let number = find(language, &format!("tier.number.{tier}")).unwrap_or(&digits);
    render(language, "tier.numbered", &[("n", number)])
}

/// A choice of the policy in words; a value outside its vocabulary stands for itself.
#[must_use]
pub fn choice_value(language: Language, topic: Topic, value: &str) -> String {
    let said = match topic {
        Topic::HouseholdCap if value == "none" => Some(text(language, "choice.no_cap").to_owned()),
        Topic::HouseholdCap => {
            value.parse::<u32>().ok().map(|_| render(language, "choice.cap", &[("n", value)]))
        }
        Topic::Unresolved => Unresolved::from_wire(value).map(|it| word(language, it).to_owned()),
        Topic::Lottery => LotteryStage::from_wire(value).map(|it| word(language, it).to_owned()),
        Topic::Tiers => None,
    };
    said.unwrap_or_else(|| value.to_owned())
}
