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
    /// Bytes at the head of every place's name that all of them share.
    shared: usize,
}

/// What stands between the units of a place's name, from the top down.
const UNITS: char = '·';

/// Bytes of the leading units that all names share; the last unit of a name always stays.
fn shared_units(names: &[&str]) -> usize {
    let mut shared = names.first().and_then(|it| it.rsplit_once(UNITS)).map_or("", |(above, _)| above);
    while !shared.is_empty() {
        let below = |it: &&str| it.strip_prefix(shared).is_some_and(|rest| rest.starts_with(UNITS));
        if names.iter().all(below) {
            return shared.len() + UNITS.len_utf8();
        }
        shared = shared.rsplit_once(UNITS).map_or("", |(above, _)| above);
    }
    0
}

impl<'a> Labels<'a> {
    /// Looks through a report once. *O(n log n)* in openings, candidates and placements.
    #[must_use]
    pub fn new(report: &'a Report, language: Language) -> Self {
        let places = report.openings.iter().map(|it| it.place_name.as_str()).filter(|it| !it.is_empty());
        Self {
            language,
            shared: shared_units(&places.collect::<Vec<_>>()),
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

    /// Where an opening's work is, without the units that all openings of the report share.
    #[must_use]
    pub fn place(&self, opening: &'a OpeningReport) -> &'a str {
        opening.place_name.get(self.shared..).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lose_what_all_share_and_nothing_else() {
        assert_eq!(shared_units(&["湖南省·怀化市·波洲镇", "湖南省·怀化市·晃州镇"]), "湖南省·怀化市·".len());
        assert_eq!(shared_units(&["湖南省·怀化市·波洲镇", "湖南省·怀化市"]), "湖南省·".len());
        assert_eq!(shared_units(&["湖南省·怀化市", "湖南省怀化·x"]), 0);
        assert_eq!(shared_units(&["波洲镇"]), 0);
        assert_eq!(shared_units(&[]), 0);
    }
}
