//! Stable placements in words: why there are none, and what blocks them.

use anzhi::stable::{BlockingPair, Blocks, StableRefusal};

use super::{Bare, Fault};
use crate::run::{Sentence, files};

/// Why an instance has no stable answer, by the ids that it came with.
#[must_use]
pub fn refused(refusal: StableRefusal, bare: &Bare) -> Fault {
    let group = |key, group: usize| {
        let sentence = Sentence::new(key).with("group", bare.groups.name(group));
        (Some(group), sentence)
    };
    let (group, sentence) = match refusal {
        StableRefusal::HouseholdCap { household } => {
            let household = bare.households.name(household.get());
            (None, Sentence::new("stable_household").with("household", household))
        }
        StableRefusal::SeveralOpenings { group: at } => group("stable_openings", at),
        StableRefusal::People { group: at } => group("stable_people", at),
        StableRefusal::Nested { group: at, inside } => {
            let (at, sentence) = group("stable_nested", at);
            (at, sentence.with("inside", bare.groups.name(inside)))
        }
        _ => (None, Sentence::new("stable_other").with("why", refusal)),
    };
    match group.and_then(|group| bare.lines.groups.get(group)) {
        Some(line) => Fault::at(files::GROUPS, *line, sentence),
        None => Fault::plain(sentence),
    }
}

/// Why placements are not stable, in one sentence.
#[must_use]
pub fn blocks(pair: &BlockingPair, bare: &Bare) -> Sentence {
    let key = match pair.why {
        Blocks::PinBroken => "stable_pin_broken",
        Blocks::NoPair => "stable_no_pair",
        Blocks::NotChosen => "stable_not_chosen",
        Blocks::SeatFree => "stable_seat_free",
        Blocks::InsteadOf(_) => "stable_instead",
    };
    let sentence = Sentence::new(key).with("candidate", bare.candidates.name(pair.candidate.get()));
    let sentence = sentence.with("opening", bare.openings.name(pair.opening.get()));
    match pair.why {
        Blocks::InsteadOf(other) => sentence.with("other", bare.candidates.name(other.get())),
        _ => sentence,
    }
}
