//! Capacities and demands as bits: a bit for each item and each level from 1 to 4, eleven items a word.

use anzhi::catalogue;
use anzhi::input::{CandidateRecord, Demand, OpeningRecord};
use anzhi::words::{Category, Item, PersonKind};

/// Three words of 44 bits.
pub(super) type Words = [u64; 3];

fn set(words: &mut Words, item: Item, level: u8) {
    let bits = (1 << level.min(4)) - 1;
    words[item.index() / 11] |= bits << (item.index() % 11 * 4);
}

/// What the person can do for certain: stated, or presumed where the certificate does not touch the item.
pub(super) fn able(record: &CandidateRecord) -> Words {
    let mut words = [0; 3];
    for item in Item::ALL {
        let presumed = || presumed(record, *item).then_some(4);
        set(&mut words, *item, record.capacities.get(*item).or_else(presumed).unwrap_or(0));
    }
    words
}

fn presumed(record: &CandidateRecord, item: Item) -> bool {
    if record.kind == PersonKind::FamilyMember {
        return true;
    }
    let Some(certificate) = &record.certificate else { return false };
    let touched = |class: Category| catalogue::touches(class).contains(&item);
    if certificate.category == Category::Multiple && !certificate.constituents.is_empty() {
        return !certificate.constituents.iter().any(touched);
    }
    !touched(certificate.category)
}

/// What a person must be able to do after the accommodations on offer.
pub(super) fn needed(record: &OpeningRecord) -> Words {
    let mut words = [0; 3];
    for demand in record.demands.iter().filter(|it| !it.marginal && !it.suggested) {
        set(&mut words, demand.item, least(record, *demand));
    }
    words
}

/// The least capacity that meets a demand: its level, or what an accommodation that lifts to it starts from.
fn least(record: &OpeningRecord, demand: Demand) -> u8 {
    let safety = demand.safety || catalogue::is_safety(demand.item);
    let offered = record.accommodations.iter().filter_map(|id| catalogue::accommodation_by_id(id));
    let acting =
        offered.flat_map(|it| &it.closes).filter(|it| it.item == demand.item && (it.hazard || !safety));
    let lifting = acting.filter(|it| it.to >= demand.level).map(|it| it.from);
    lifting.min().map_or(demand.level, |from| from.min(demand.level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SEED;
    use crate::crowd::{Crowd, SIZES, Variant};
    use anzhi::ids::{CandidateIx, OpeningIx};
    use anzhi::words::RuleKind;

    #[test]
    fn the_bits_say_what_the_engine_says_of_function() {
        let crowd = Crowd { size: SIZES[0], variant: Variant::Tight, seed: SEED };
        let problem = crowd.problem().expect("a problem");
        let scored = problem.score();
        let needed: Vec<Words> = problem.openings().iter().map(needed).collect();
        assert!(needed.iter().filter(|words| **words != [0; 3]).count() > 200);
        for (person, record) in problem.candidates().iter().enumerate() {
            let able = able(record);
            for (opening, needed) in needed.iter().enumerate() {
                let fits = needed.iter().zip(able).all(|(needed, able)| needed & !able == 0);
                let standings = scored.standings(CandidateIx::new(person), OpeningIx::new(opening));
                let open = standings.failing().chain(standings.unknown()).any(|it| it == RuleKind::Function);
                assert_eq!(fits, !open, "{person} {opening}");
            }
        }
    }
}
