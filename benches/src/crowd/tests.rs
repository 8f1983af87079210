use super::*;
use crate::SEED;
use crate::ranking::sides;

fn crowd(size: &str, variant: Variant) -> Crowd {
    Crowd { size: Size::named(size).expect("a size"), variant, seed: SEED }
}

/// Whoever changes the generator or a table that it reads sees here that every figure in RESULTS.md is of another
/// population.
#[test]
fn the_fair_is_what_it_was() {
    let digests = Variant::ALL.map(|variant| {
        let document = crowd("fair", variant).document().expect("a document");
        digest(&document).expect("a digest")
    });
    assert_eq!(digests, [0xFFD5_2FA4_E9C1_AED2, 0x28F0_3773_AC55_CDA1], "{digests:x?}");
}

#[test]
fn the_seed_alone_decides() {
    let fair = crowd("fair", Variant::Tight);
    let drawn = |seed| Crowd { seed, ..fair }.document().expect("a document");
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
}

#[test]
fn every_row_is_accepted_and_marked_as_synthetic() {
    for variant in Variant::ALL {
        let problem = crowd("fair", variant).problem().expect("a problem");
        assert_eq!((problem.candidates().len(), problem.openings().len()), (2_000, 400));
        assert_eq!(problem.rejected(), []);
        assert!(problem.candidates().iter().all(|candidate| candidate.synthetic));
        assert!(problem.candidates().is_sorted_by(|one, next| one.id < next.id));
    }
}

/// Eligible and unresolved pairs of the fair.
#[test]
fn tight_and_loose_are_what_their_names_say() {
    let counts = Variant::ALL.map(|variant| {
        let problem = crowd("fair", variant).problem().expect("a problem");
        let [openings, _] = sides(&problem, &problem.score().shortlists(usize::MAX));
        [openings.eligible.rows, openings.unresolved.rows]
    });
    assert_eq!(counts, [[14_716, 16_732], [325_978, 44_355]]);
}

#[test]
fn all_kinds_of_data_occur() {
    let document = crowd("fair", Variant::Tight).document().expect("a document");
    let people = &document.candidates;
    let among = |holds: &dyn Fn(&CandidateRecord) -> bool| people.iter().filter(|it| holds(it)).count();
    assert!((20..=200).contains(&among(&|it| it.certificate.is_none())));
    assert!((200..=400).contains(&among(&|it| it.position.is_none())));
    assert!((10..=60).contains(&among(&|it| it.education.is_none())));
    assert!(among(&|it| it.capacities.is_empty()) > 20);
    assert!(among(&|it| it.occupations.len() > 1) > 1_000);
    assert!(among(&|it| !it.refused.is_empty()) > 20);
    assert!(among(&|it| !it.licences.is_empty()) > 200);
    assert!(document.households.len() < people.len());
    let offered = &document.openings;
    assert!((12..=20).contains(&offered.iter().filter(|it| it.home_based).count()));
    assert!(offered.iter().filter(|it| !it.accommodations.is_empty()).count() > 100);
}
