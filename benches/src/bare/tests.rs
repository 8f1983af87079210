use anzhi::assign::{AssignOptions, solve};
use anzhi::instance::Instance;

use super::{Bare, FAMILIES, Family};
use crate::SEED;

fn drawn(name: &str, people: u32) -> Bare {
    Family::named(name).expect("a family").sized(people).draw(SEED)
}

#[test]
fn every_family_is_sound_at_every_size() {
    for family in FAMILIES {
        for people in [1, 7, 60, 1_000] {
            let family = family.sized(people);
            let bare = family.draw(SEED);
            assert_eq!(bare.tiers.len(), people as usize, "{}", family.name);
            assert_eq!(bare.seats.iter().sum::<u32>(), family.seats, "{}", family.name);
            assert_eq!(bare.first.len(), people as usize + 1);
            assert_eq!(*bare.first.last().expect("an end"), bare.opening.len() as u64);
            assert_eq!(bare.opening.len(), bare.score.len());
            for row in bare.first.windows(2) {
                let ends = |end: u64| usize::try_from(end).expect("a place");
                let row = &bare.opening[ends(row[0])..ends(row[1])];
                assert!(row.is_sorted_by(|one, next| one < next), "{}", family.name);
                assert!(row.iter().all(|opening| *opening < family.openings));
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_instance_and_another_seed_another() {
    let family = Family::named("quota").expect("a family").sized(500);
    assert_eq!(family.draw(1), family.draw(1));
    assert_ne!(family.draw(1), family.draw(2));
}

#[test]
fn variants_of_the_city_share_its_pairs() {
    let city = drawn("city", 1_000);
    for name in ["coarse", "ties", "quota", "household", "wide"] {
        let variant = drawn(name, 1_000);
        assert_eq!((&variant.opening, &variant.seats), (&city.opening, &city.seats), "{name}");
        assert_eq!(variant.tiers, city.tiers, "{name}");
    }
}

#[test]
fn one_person_in_eight_shares_a_household() {
    let bare = drawn("household", 10_000);
    let sharing = bare.household.iter().filter(|household| **household != super::NONE).count();
    assert!((1_100..1_300).contains(&sharing), "{sharing}");
}

#[test]
fn the_binary_form_is_padded_to_eight_bytes() {
    let mut bytes = Vec::new();
    drawn("quota", 333).write(&mut bytes).expect("written");
    assert_eq!(bytes.len() % 8, 0);
    assert_eq!(bytes[..16], [super::MAGIC, 333_u64.to_le_bytes()].concat()[..]);
}

/// Searches, openings settled, steps looked at and bids of a solve of each family at 2,000 people.
const WORK: [(&str, [u64; 4]); 17] = [
    ("county", [891, 860, 82_595, 13_883]),
    ("city", [843, 422, 36_665, 10_743]),
    ("tight", [58, 264, 41_642, 12_358]),
    ("skew", [784, 308, 6575, 11_192]),
    ("coarse", [1595, 2189, 91_890, 7601]),
    ("ties", [2666, 654, 177_108, 0]),
    ("quota", [1477, 732, 42_795, 26_411]),
    ("household", [1867, 554, 41_765, 9011]),
    ("wide", [836, 408, 35_890, 10_993]),
    ("giant", [3248, 423, 15_487, 4877]),
    ("province", [617, 422, 6948, 3023]),
    ("machol", [68, 227, 83_582, 37_978]),
    ("common", [2666, 654, 177_108, 0]),
    ("lowdeg", [853, 493, 7277, 7315]),
    ("clones", [2660, 1682, 141_146, 109_818]),
    ("onestar", [74, 247, 34_270, 10_480]),
    ("chain", [286, 14_499, 31_307, 81_000]),
];

/// Work, not time: the same on every machine. Whoever changes how the solver gets to its answer sees here what that costs.
#[test]
fn the_work_on_every_family_is_what_it_was() {
    let work = FAMILIES.iter().map(|family| {
        let instance = Instance::new(family.sized(2_000).draw(SEED).into_parts(false)).expect("an instance");
        let work = solve(&instance, &AssignOptions::default()).expect("a plan").work();
        (family.name, [work.searches, work.settled, work.steps, work.bids])
    });
    assert_eq!(work.collect::<Vec<_>>(), WORK);
}
