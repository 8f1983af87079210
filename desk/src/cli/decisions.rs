//! Which sentences a file of local decisions must contain, as a form to copy and fill in.

use std::fmt::Write as _;

use anzhi::day::Day;
use anzhi::policy::Policy;
use anzhi::words::{Group, LotteryStage, Topic, Unresolved};

use crate::messages::{self, Language};
use crate::run::Sentence;

/// The sentence that says so. The form cannot be used before somebody has filled it in: its blanks are faults.
pub(super) fn needed(policy: &Policy, on: Day, language: Language) -> Sentence {
    let missing = policy.missing();
    let topics: Vec<&str> = missing.iter().map(|topic| messages::word(language, *topic)).collect();
    let sentence = Sentence::new("decision_missing").with("policy", policy.title());
    let sentence = sentence.with("topics", messages::join(language, &topics)).with("on", on);
    sentence.with("form", form(policy, language))
}

/// The form: one decision for each open topic.
fn form(policy: &Policy, language: Language) -> String {
    let say = |key: &'static str| Sentence::new(key).say(language);
    let mut text = format!("format = \"anzhi.decisions/1\"\npolicy = \"{}\"\n", policy.name());
    for topic in policy.missing() {
        let _ = write!(text, "\n[[decisions]]\ntopic = \"{topic}\"  # {}\n", messages::word(language, topic));
        let _ = writeln!(text, "text = \"\"  # {}", say("form_text"));
        let _ = writeln!(text, "office = \"\"  # {}", say("form_office"));
        let _ = writeln!(text, "date = \"\"  # {}", say("form_date"));
        match topic {
            Topic::Tiers => tiers(&mut text, policy, language),
            Topic::HouseholdCap => value(&mut text, &say("form_household_cap")),
            Topic::Unresolved => {
                let words = Unresolved::ALL.iter().map(|it| (it.as_str(), messages::word(language, *it)));
                value(&mut text, &choice(words));
            }
            Topic::Lottery => {
                let words = LotteryStage::ALL.iter().map(|it| (it.as_str(), messages::word(language, *it)));
                value(&mut text, &choice(words));
            }
        }
    }
    text
}

fn tiers(text: &mut String, policy: &Policy, language: Language) {
    let say = |key: &'static str| Sentence::new(key).say(language);
    let of = policy.definitions();
    let defined = |group: &&Group| match group {
        Group::FailedReferrals => of.failed_referrals.is_some(),
        Group::LongUnemployed => of.long_unemployed_months.is_some(),
        Group::Graduate => of.graduate_months.is_some(),
        _ => true,
    };
    let groups = Group::ALL.iter().filter(defined);
    let groups = groups.map(|it| (it.as_str(), messages::word(language, *it)));
    let _ = write!(text, "\n[[decisions.tiers]]  # {}\n\n", say("form_tier"));
    let _ = writeln!(text, "[[decisions.tiers.entries]]  # {}", say("form_entry"));
    let _ = writeln!(text, "group = \"\"  # {}", choice(groups));
    let _ = writeln!(text, "beneficiaries = \"disabled\"  # {}", say("form_beneficiaries"));
    let _ = writeln!(text, "registered_unemployed = false  # {}", say("form_registered"));
}

fn value(text: &mut String, what: &str) {
    let _ = writeln!(text, "value = \"\"  # {what}");
}

fn choice<'w>(words: impl Iterator<Item = (&'static str, &'w str)>) -> String {
    words.map(|(wire, said)| format!("{wire}（{said}）")).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use anzhi::policy::Decisions;

    use super::*;

    #[test]
    fn the_form_is_refused_blank_and_taken_filled_in() {
        for name in Policy::BUILTIN {
            let policy = Policy::builtin(name).expect("built in");
            if policy.missing().is_empty() {
                continue;
            }
            for language in Language::ALL {
                let form = form(&policy, *language);
                let blanks = Decisions::from_toml(&form).expect_err("blank");
                assert!(blanks.policy_faults().iter().all(|fault| fault.at.is_some()), "{blanks}");
                let filled = form
                    .replace("date = \"\"", "date = 2024-01-02")
                    .replace("group = \"\"", "group = \"severe\"");
                let filled =
                    filled.replace("text = \"\"", "text = \"x\"").replace("office = \"\"", "office = \"x\"");
                let filled = filled.replace("value = \"\"", "value = \"none\"");
                let decisions =
                    Decisions::from_toml(&filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
                let decided = policy.clone().with_decisions(&decisions).expect("taken up");
                assert_eq!(decided.missing(), []);
            }
        }
    }
}
