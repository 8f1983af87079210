//! What is wrong with a finished run, in the reader's language.

use anzhi::audit::PlanFlaw;
use anzhi::run::VerifyFlaw;

use crate::run::Sentence;

/// One flaw as one sentence. A flaw that the catalogue does not know yet is said as the engine says it.
pub(super) fn sentence(flaw: &VerifyFlaw) -> Sentence {
    match flaw {
        VerifyFlaw::OtherInput(what) => Sentence::new("flaw_other_input").with("what", what),
        VerifyFlaw::Plan(flaw) => plan(flaw),
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

fn plan(flaw: &PlanFlaw) -> Sentence {
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
        PlanFlaw::NotEligible { candidate, opening, .. } => {
            Sentence::new("flaw_not_eligible").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::SeatsExceeded { opening, seats, placed } => {
            let sentence = Sentence::new("flaw_seats").with("opening", opening);
            sentence.with("seats", seats).with("placed", placed)
        }
        PlanFlaw::HouseholdCapExceeded { household, cap, placed } => {
            let sentence = Sentence::new("flaw_household").with("household", household);
            sentence.with("cap", cap).with("placed", placed)
        }
        PlanFlaw::SeatLeftVacant { candidate, opening } => {
            Sentence::new("flaw_vacant").with("candidate", candidate).with("opening", opening)
        }
        PlanFlaw::PassedOver { candidate, holder, opening } => {
            let sentence = Sentence::new("flaw_passed_over").with("candidate", candidate);
            sentence.with("holder", holder).with("opening", opening)
        }
        PlanFlaw::Undecided { topic } => Sentence::new("flaw_undecided").with("topic", topic),
    }
}
