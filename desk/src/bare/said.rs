//! Faults of the numbers, said of the tables that they came from.

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::{Crossed, InstanceFault, Whose};

use super::{Bare, Fault};
use crate::run::{Sentence, files};

/// One fault of the numbers by ids, file and line.
pub(super) fn said(fault: &InstanceFault, bare: &Bare) -> Fault {
    let said = Said { bare };
    said.about_a_group(fault).or_else(|| said.about_a_pin(fault)).unwrap_or_else(|| said.about_numbers(fault))
}

struct Said<'b> {
    bare: &'b Bare,
}

impl Said<'_> {
    fn candidate(&self, sentence: Sentence, candidate: CandidateIx) -> Sentence {
        sentence.with("candidate", self.bare.candidates.name(candidate.get()))
    }

    fn opening(&self, sentence: Sentence, opening: OpeningIx) -> Sentence {
        sentence.with("opening", self.bare.openings.name(opening.get()))
    }

    fn group(&self, key: &'static str, group: usize) -> Sentence {
        Sentence::new(key).with("group", self.bare.groups.name(group))
    }

    fn file<'f>(&self, table: &'f str) -> &'f str {
        if self.bare.binary.is_some() { files::INSTANCE } else { table }
    }

    fn at(&self, table: &str, line: Option<u64>, sentence: Sentence) -> Fault {
        match line {
            Some(line) => Fault::at(self.file(table), line, sentence),
            None => Fault::whole(self.file(table), sentence),
        }
    }

    fn about_a_group(&self, fault: &InstanceFault) -> Option<Fault> {
        let (group, sentence) = match *fault {
            InstanceFault::CapBelowReserve { group, reserve, cap } => {
                let sentence = self.group("bare_cap_below", group);
                (group, sentence.with("reserve", reserve).with("cap", cap))
            }
            InstanceFault::HardReserve { group } => (group, self.group("bare_free_where", group)),
            InstanceFault::HardInside { group, opening } => {
                (group, self.opening(self.group("bare_free_inside", group), opening))
            }
            InstanceFault::ReserveSeats { group, seats, of } => {
                (group, self.group("bare_free_seats", group).with("seats", seats).with("of", of))
            }
            InstanceFault::GroupMixes { group, candidate } => {
                (group, self.candidate(self.group("bare_group_mixes", group), candidate))
            }
            InstanceFault::GroupsCross { group, with: Crossed::Group(other) } => {
                let other = self.bare.groups.name(other);
                (group, self.group("bare_groups_cross", group).with("other", other))
            }
            InstanceFault::GroupsCross { group, with: Crossed::Household(household) } => {
                let household = self.bare.households.name(household.get());
                (group, self.group("bare_group_household", group).with("household", household))
            }
            InstanceFault::PinsBeyondCap { of: Whose::Group(group), pinned, cap } => {
                (group, self.group("bare_pins_group", group).with("pinned", pinned).with("cap", cap))
            }
            InstanceFault::GroupOpening { group, opening } => {
                (group, self.opening(self.group("bare_group_opening", group), opening))
            }
            InstanceFault::GroupKind { group, kind } => {
                (group, self.group("bare_group_kind", group).with("kind", kind.get()))
            }
            _ => return None,
        };
        Some(self.at(files::GROUPS, self.bare.lines.groups.get(group).copied(), sentence))
    }

    fn about_a_pin(&self, fault: &InstanceFault) -> Option<Fault> {
        let (line, sentence) = match *fault {
            InstanceFault::PinNoPair { candidate, opening } => {
                let line = self.bare.lines.pins.get(&(candidate, opening)).copied();
                let sentence = self.opening(Sentence::new("bare_pin_no_pair"), opening);
                (line, self.candidate(sentence, candidate))
            }
            InstanceFault::PinsBeyondSeats { opening, pinned, seats } => {
                let sentence = self.opening(Sentence::new("bare_pins_seats"), opening);
                (None, sentence.with("pinned", pinned).with("seats", seats))
            }
            InstanceFault::PinsBeyondCap { of: Whose::Household(household), pinned, cap } => {
                let household = self.bare.households.name(household.get());
                let sentence = Sentence::new("bare_pins_household").with("household", household);
                (None, sentence.with("pinned", pinned).with("cap", cap))
            }
            _ => return None,
        };
        Some(self.at(files::ORDERS, line, sentence))
    }

    /// What only a binary file can bring about, or a size beyond all measure.
    fn about_numbers(&self, fault: &InstanceFault) -> Fault {
        let pair = |key, pair: usize| {
            let pair = self.bare.parts.pairs.get(pair);
            let sentence = Sentence::new(key);
            pair.map_or(sentence.clone(), |it| {
                self.opening(self.candidate(sentence, it.candidate), it.opening)
            })
        };
        let sentence = match *fault {
            InstanceFault::Tier { candidate, tier, tiers } => {
                let sentence = self.candidate(Sentence::new("bare_tier_beyond"), candidate);
                sentence.with("tier", tier).with("tiers", tiers)
            }
            InstanceFault::Household { candidate, household, households } => {
                let sentence = self.candidate(Sentence::new("bare_household_beyond"), candidate);
                sentence.with("household", household.get()).with("households", households)
            }
            InstanceFault::PairOpening { pair: at, .. } => pair("bare_pair_nowhere", at),
            InstanceFault::PairTwice { pair: at, .. } => pair("bare_pair_again", at),
            InstanceFault::Score { pair: at, score } => pair("bare_pair_score", at).with("score", score),
            InstanceFault::KindMember { kind, candidate } => {
                self.candidate(Sentence::new("bare_kind_member"), candidate).with("kind", kind)
            }
            _ => Sentence::new("bare_numbers").with("why", fault),
        };
        Fault::whole(self.file(files::CANDIDATES), sentence)
    }
}
