//! What is wrong with a finished run, in the reader's language.

use anzhi::audit::PlanFlaw;
use anzhi::run::VerifyFlaw;

use crate::messages::{self, Language};
use crate::run::Sentence;

/// One flaw as one sentence. A flaw that the catalogue does not know yet is said as the engine says it.
pub(super) fn sentence(flaw: &VerifyFlaw, language: Language) -> Sentence {
    match flaw {
        VerifyFlaw::OtherInput(what) => other_input(what),
        VerifyFlaw::Plan(flaw) => plan(flaw, language),
        VerifyFlaw::Objective => Sentence::new("flaw_objective"),
        VerifyFlaw::NoCertificate => Sentence::new("flaw_no_certificate"),
        VerifyFlaw::Certificate(why) => Sentence::new("flaw_certificate").with("why", why),
        VerifyFlaw::Pair(candidate, opening) => {
            Sentence::new("flaw_pair").with("candidate", candidate).with("opening", opening)
        }
        VerifyFlaw::Candidate(id) => Sentence::new("flaw_candidate").with("candidate", id),
        other => Sentence::new("verify_flaw").with("flaw", other),
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

    use anzhi::words::{Standing, Topic};
    use regex::Regex;

    use super::*;

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
            VerifyFlaw::Certificate("7".to_owned()),
            VerifyFlaw::Pair(candidate(), opening()),
            VerifyFlaw::Candidate(candidate()),
        ]);
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
            .collect();
        let variants = |source: &str| {
            let body = source.split("pub enum ").nth(1).and_then(|it| it.split("\n}\n").next());
            of_source(body.expect("an enum"), r"(?m)^    ([A-Z][A-Za-z]+)(?:,| \{|\()")
        };
        let apart = ["OtherInput", "Plan"];
        let all: Vec<String> = [variants(verify), variants(plan)].concat();
        assert!(all.len() >= 17, "{all:?}");
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
            let zh = sentence(flaw, Language::Zh).say(Language::Zh);
            let bare = ids.replace_all(&zh, "");
            assert!(!bare.chars().any(|it| it.is_ascii_alphabetic()), "{flaw:?}: {zh}");
            let en = sentence(flaw, Language::En).say(Language::En);
            assert!(en.chars().all(|it| it < '\u{2E80}') && all.insert(en.clone()), "{flaw:?}: {en}");
        }
    }
}
