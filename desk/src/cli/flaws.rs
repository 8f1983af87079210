//! What is wrong with a finished run, in the reader's language.

use anzhi::audit::PlanFlaw;
use anzhi::certificate::{Flaw, Priced};
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::Level;
use anzhi::problem::Problem;
use anzhi::run::{ProofFlaw, VerifyFlaw};

use crate::bare::Bare;
use crate::messages::{self, Language};
use crate::run::Sentence;

/// What rows are called, each counted from 0.
pub(super) trait Rows {
    fn candidate(&self, row: usize) -> String;
    fn opening(&self, row: usize) -> String;
    fn household(&self, row: usize) -> String;
    fn group(&self, row: usize) -> String;
}

impl Rows for Bare {
    fn candidate(&self, row: usize) -> String {
        self.candidates.name(row).into_owned()
    }

    fn opening(&self, row: usize) -> String {
        self.openings.name(row).into_owned()
    }

    fn household(&self, row: usize) -> String {
        self.households.name(row).into_owned()
    }

    fn group(&self, row: usize) -> String {
        self.groups.name(row).into_owned()
    }
}

impl Rows for Problem {
    fn candidate(&self, row: usize) -> String {
        self.candidates().get(row).map_or_else(|| row.to_string(), |it| it.id.to_string())
    }

    fn opening(&self, row: usize) -> String {
        self.openings().get(row).map_or_else(|| row.to_string(), |it| it.id.to_string())
    }

    fn household(&self, row: usize) -> String {
        self.households().get(row).map_or_else(|| row.to_string(), |it| it.id.to_string())
    }

    /// Reserves of a policy have no names; people count them from 1.
    fn group(&self, row: usize) -> String {
        (row + 1).to_string()
    }
}

/// One flaw as one sentence. A flaw that the catalogue does not know yet is said as the engine says it.
pub(super) fn sentence(flaw: &VerifyFlaw, rows: &dyn Rows, language: Language) -> Sentence {
    match flaw {
        VerifyFlaw::OtherInput(what) => other_input(what),
        VerifyFlaw::Plan(flaw) => plan(flaw, language),
        VerifyFlaw::Objective => Sentence::new("flaw_objective"),
        VerifyFlaw::NoCertificate => Sentence::new("flaw_no_certificate"),
        VerifyFlaw::Certificate(why) => {
            Sentence::new("flaw_certificate").with("why", proof(why, rows, language).say(language))
        }
        VerifyFlaw::Pair(candidate, opening) => {
            Sentence::new("flaw_pair").with("candidate", candidate).with("opening", opening)
        }
        VerifyFlaw::Order(id) => Sentence::new("flaw_order").with("id", id),
        VerifyFlaw::Candidate(id) => Sentence::new("flaw_candidate").with("candidate", id),
        other => Sentence::new("verify_flaw").with("flaw", other),
    }
}

fn proof(flaw: &ProofFlaw, rows: &dyn Rows, language: Language) -> Sentence {
    match flaw {
        ProofFlaw::Format => Sentence::new("proof_format"),
        ProofFlaw::Seed => Sentence::new("proof_seed"),
        ProofFlaw::NoInstance => Sentence::new("proof_no_instance"),
        ProofFlaw::UnknownPlacement => Sentence::new("proof_placement"),
        ProofFlaw::Numbers(flaw) => numbers(flaw, rows, language),
        other => Sentence::new("proof_unknown").with("flaw", other),
    }
}

/// Why the numbers of a certificate prove nothing, as a clause.
pub(super) fn numbers(flaw: &Flaw, rows: &dyn Rows, language: Language) -> Sentence {
    let about = |key| Sentence::new(key);
    let group = |row| Sentence::new("proof_of_group").with("group", rows.group(row)).say(language);
    let of = |key, of: &Priced| {
        let of = match *of {
            Priced::Household(row) => {
                about("proof_of_household").with("household", rows.household(row.get()))
            }
            Priced::Opening(row) => about("proof_of_opening").with("opening", rows.opening(row.get())),
            Priced::Reserve(row) => about("proof_of_reserve").with("group", group(row)),
            Priced::Cap(row) => about("proof_of_cap").with("group", group(row)),
        };
        about(key).with("of", of.say(language))
    };
    let two = |key, candidate: CandidateIx, opening: OpeningIx| {
        let sentence = about(key).with("candidate", rows.candidate(candidate.get()));
        sentence.with("opening", rows.opening(opening.get()))
    };
    match flaw {
        Flaw::AnotherSubject => about("proof_subject"),
        Flaw::Shape { found, rows, .. } => about("proof_shape").with("found", found).with("rows", rows),
        Flaw::NoSuchPair { candidate, opening } => two("proof_pair", *candidate, *opening),
        Flaw::TooManyPlaced { opening, placed, seats } => {
            let sentence = about("proof_seats").with("opening", rows.opening(opening.get()));
            sentence.with("placed", placed).with("cap", seats)
        }
        Flaw::CapExceeded { household, placed, cap } => {
            let sentence = about("proof_household").with("household", rows.household(household.get()));
            sentence.with("placed", placed).with("cap", cap)
        }
        Flaw::GroupExceeded { group: row, placed, cap } => {
            about("proof_group").with("group", group(*row)).with("placed", placed).with("cap", cap)
        }
        Flaw::PinMissed { candidate, opening } => two("proof_pin", *candidate, *opening),
        Flaw::PaysTooMuch { candidate } => {
            about("proof_pays").with("candidate", rows.candidate(candidate.get()))
        }
        Flaw::PriceTooLarge { of: priced } => of("proof_price_large", priced),
        Flaw::NegativePrice { of: priced } => of("proof_price_negative", priced),
        Flaw::PriceOfNothing { of: priced } => of("proof_price_idle", priced),
        Flaw::NotCovered { candidate, opening } => two("proof_covered", *candidate, *opening),
        Flaw::BoundDiffers { level, plan, bound } => {
            let level = match level {
                Level::Reserved => about("proof_level_reserved"),
                Level::Tier(tier) => about("proof_level_tier").with("tier", u32::from(*tier) + 1),
                Level::Score => about("proof_level_score"),
                Level::Kept => about("proof_level_kept"),
            };
            about("proof_bound").with("level", level.say(language)).with("plan", plan).with("bound", bound)
        }
        other => about("proof_unknown").with("flaw", other),
    }
}

/// What differs is a phrase of the engine, and one of a few.
fn other_input(what: &str) -> Sentence {
    match what {
        "the day" => Sentence::new("flaw_other_day"),
        "the policy" => Sentence::new("flaw_other_policy"),
        "the list of candidates" => Sentence::new("flaw_other_list"),
        "the number of candidates" => Sentence::new("flaw_other_candidates"),
        "the number of openings" => Sentence::new("flaw_other_openings"),
        "the count of candidates" => Sentence::new("flaw_other_counted_candidates"),
        "the count of openings" => Sentence::new("flaw_other_counted_openings"),
        other => Sentence::new("verify_flaw").with("flaw", other),
    }
}

fn plan(flaw: &PlanFlaw, language: Language) -> Sentence {
    match flaw {
        PlanFlaw::UnknownCandidate { candidate } => {
            Sentence::new("flaw_unknown_candidate").with("candidate", candidate)
        }
        PlanFlaw::UnknownOpening { opening } => {
            Sentence::new("flaw_unknown_opening").with("opening", opening)
        }
        PlanFlaw::NotWelfare { candidate, opening } => {
            Sentence::new("flaw_not_welfare").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::PlacedTwice { candidate, times } => {
            Sentence::new("flaw_placed_twice").with("candidate", candidate).with("times", times)
        }
        PlanFlaw::NotEligible { candidate, opening, standing } => {
            let sentence = Sentence::new("flaw_not_eligible").with("candidate", candidate);
            sentence.with("opening", opening).with("standing", messages::word(language, *standing))
        }
        PlanFlaw::SeatsExceeded { opening, seats, placed } => {
            let sentence = Sentence::new("flaw_seats").with("opening", opening);
            sentence.with("seats", seats).with("placed", placed)
        }
        PlanFlaw::HouseholdCapExceeded { household, cap, placed } => {
            let sentence = Sentence::new("flaw_household").with("household", household);
            sentence.with("cap", cap).with("placed", placed)
        }
        PlanFlaw::Forbidden { candidate, opening } => {
            Sentence::new("flaw_forbidden").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::PinNotKept { candidate, opening } => {
            Sentence::new("flaw_pin_not_kept").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::SeatLeftVacant { candidate, opening } => {
            Sentence::new("flaw_vacant").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::PassedOver { candidate, holder, opening } => {
            let sentence = Sentence::new("flaw_passed_over").with("candidate", candidate);
            sentence.with("holder", holder).with("opening", opening)
        }
        PlanFlaw::Undecided { topic } => {
            Sentence::new("flaw_undecided").with("topic", messages::word(language, *topic))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use anzhi::ids::HouseholdIx;
    use anzhi::words::{Standing, Topic};
    use regex::Regex;

    use super::*;

    /// Rows called by their numbers.
    struct Numbers;

    impl Rows for Numbers {
        fn candidate(&self, row: usize) -> String {
            format!("c-{row}")
        }

        fn opening(&self, row: usize) -> String {
            format!("o-{row}")
        }

        fn household(&self, row: usize) -> String {
            format!("h-{row}")
        }

        fn group(&self, row: usize) -> String {
            row.to_string()
        }
    }

    fn every_proof_flaw() -> Vec<ProofFlaw> {
        let (candidate, opening) = (CandidateIx::new(1), OpeningIx::new(2));
        let household = HouseholdIx::new(1);
        let mut flaws = vec![
            Flaw::AnotherSubject,
            Flaw::Shape { of: "prices of caps", found: 1, rows: 2 },
            Flaw::NoSuchPair { candidate, opening },
            Flaw::TooManyPlaced { opening, placed: 2, seats: 1 },
            Flaw::CapExceeded { household, placed: 2, cap: 1 },
            Flaw::GroupExceeded { group: 0, placed: 2, cap: 1 },
            Flaw::PinMissed { candidate, opening },
            Flaw::PaysTooMuch { candidate },
            Flaw::NotCovered { candidate, opening },
        ];
        let priced =
            [Priced::Household(household), Priced::Opening(opening), Priced::Reserve(0), Priced::Cap(0)];
        for of in priced {
            flaws.extend([
                Flaw::PriceTooLarge { of },
                Flaw::NegativePrice { of },
                Flaw::PriceOfNothing { of },
            ]);
        }
        for level in [Level::Reserved, Level::Tier(0), Level::Score, Level::Kept] {
            flaws.push(Flaw::BoundDiffers { level, plan: 3, bound: 4 });
        }
        let of_numbers = flaws.into_iter().map(ProofFlaw::Numbers);
        [ProofFlaw::Format, ProofFlaw::Seed, ProofFlaw::NoInstance, ProofFlaw::UnknownPlacement]
            .into_iter()
            .chain(of_numbers)
            .collect()
    }

    fn every_flaw() -> Vec<VerifyFlaw> {
        let (candidate, opening) = (|| "c-1".into(), || "o-1".into());
        let plan = [
            PlanFlaw::Undecided { topic: Topic::Tiers },
            PlanFlaw::UnknownCandidate { candidate: candidate() },
            PlanFlaw::UnknownOpening { opening: opening() },
            PlanFlaw::NotWelfare { candidate: candidate(), opening: opening() },
            PlanFlaw::PlacedTwice { candidate: candidate(), times: 2 },
            PlanFlaw::NotEligible {
                candidate: candidate(),
                opening: opening(),
                standing: Standing::Unresolved,
            },
            PlanFlaw::SeatsExceeded { opening: opening(), seats: 1, placed: 2 },
            PlanFlaw::HouseholdCapExceeded { household: "h-1".into(), cap: 1, placed: 2 },
            PlanFlaw::Forbidden { candidate: candidate(), opening: opening() },
            PlanFlaw::PinNotKept { candidate: candidate(), opening: opening() },
            PlanFlaw::SeatLeftVacant { candidate: candidate(), opening: opening() },
            PlanFlaw::PassedOver { candidate: candidate(), holder: "c-2".into(), opening: opening() },
        ];
        let mut flaws: Vec<VerifyFlaw> = plan.into_iter().map(VerifyFlaw::Plan).collect();
        flaws.extend([
            VerifyFlaw::Objective,
            VerifyFlaw::NoCertificate,
            VerifyFlaw::Pair(candidate(), opening()),
            VerifyFlaw::Candidate(candidate()),
            VerifyFlaw::Order("o-1".to_owned()),
        ]);
        flaws.extend(every_proof_flaw().into_iter().map(VerifyFlaw::Certificate));
        flaws
    }

    /// The variants of an enum of the engine, and the phrases for what differs, as the sources write them.
    fn of_source(source: &str, pattern: &str) -> Vec<String> {
        let pattern = Regex::new(pattern).expect("a regex");
        pattern.captures_iter(source).map(|it| it[1].to_owned()).collect()
    }

    #[test]
    fn every_flaw_has_a_sentence_of_its_own_in_both_languages() {
        let verify = include_str!("../../../matcher/src/run/verify.rs");
        let plan = include_str!("../../../matcher/src/audit/flaw.rs");
        let mut said = every_flaw();
        let variant = Regex::new(r"^(?:Plan\()?([A-Za-z]+)").expect("a regex");
        let names: BTreeSet<String> = said
            .iter()
            .map(|it| variant.captures(&format!("{it:?}")).expect("a variant")[1].to_owned())
            .chain(every_proof_flaw().iter().map(|it| format!("{it:?}")))
            .map(|it| it.trim_start_matches("Numbers(").to_owned())
            .map(|it| it.split([' ', '(', ')']).next().unwrap_or_default().to_owned())
            .collect();
        let variants = |source: &str, name: &str| {
            let body =
                source.split(&format!("pub enum {name} {{")).nth(1).and_then(|it| it.split("\n}\n").next());
            of_source(body.expect("an enum"), r"(?m)^    ([A-Z][A-Za-z]+)(?:,| \{|\()")
        };
        let apart = ["OtherInput", "Plan", "Numbers"];
        let numbers = include_str!("../../../matcher/src/certificate/flaw.rs");
        let all: Vec<String> = [
            variants(verify, "VerifyFlaw"),
            variants(verify, "ProofFlaw"),
            variants(plan, "PlanFlaw"),
            variants(numbers, "Flaw"),
        ]
        .concat();
        assert!(all.len() >= 34, "{all:?}");
        for variant in all.iter().filter(|it| !apart.contains(&it.as_str())) {
            assert!(names.contains(variant), "{variant} is not among {names:?}");
        }
        let differs: Vec<&'static str> =
            of_source(verify, "\\(\"(the [a-z ]+)\", ").into_iter().map(|it| &*it.leak()).collect();
        assert!(differs.len() >= 7, "{differs:?}");
        said.extend(differs.into_iter().map(VerifyFlaw::OtherInput));
        let ids = Regex::new("[cho]-[12]|input.json").expect("a regex");
        let mut all = BTreeSet::new();
        for flaw in &said {
            let zh = sentence(flaw, &Numbers, Language::Zh).say(Language::Zh);
            let bare = ids.replace_all(&zh, "");
            assert!(!bare.chars().any(|it| it.is_ascii_alphabetic()), "{flaw:?}: {zh}");
            let en = sentence(flaw, &Numbers, Language::En).say(Language::En);
            assert!(en.chars().all(|it| it < '\u{2E80}') && all.insert(en.clone()), "{flaw:?}: {en}");
        }
    }
}
