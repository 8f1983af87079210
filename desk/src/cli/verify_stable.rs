//! `anzhi verify` for stable placements: from their tables alone, no pair blocks them.

use std::path::Path;

use anzhi::certificate::achieved;
use anzhi::stable::{blocking_pairs, stable};

use super::solve::MOST;
use super::verify::Findings;
use super::verify_bare::{Opened, read_json};
use super::{Answer, flaws};
use crate::bare::{self, StableRecord};
use crate::messages::Language;
use crate::run::{Failure, Finished, Sentence, files};

/// Checks the stable result in this folder.
pub(super) fn run(out: &Path, finished: &Finished, language: Language) -> Result<Answer, Failure> {
    let record: StableRecord = read_json(&out.join(files::OBJECTIVE))?;
    let opened = Opened::of(out, (record.seed.as_deref(), record.household_cap), language)?;
    let mut findings = Findings::of_solve();
    findings.add_digests(opened.changed(&[files::PLAN, files::OBJECTIVE], finished, language)?, language);
    let blocked = blocked(&opened, language)?;
    findings.add_counted(&opened.counted("stable_verify_pairs"), blocked, language);
    findings.add(&Sentence::new("stable_verify_said"), said(&opened, &record, language), language);
    findings.add(&Sentence::new("stable_verify_again"), again(&opened, language)?, language);
    Ok(findings.answer(out, language))
}

fn refused(opened: &Opened, language: Language) -> impl Fn(anzhi::stable::StableRefusal) -> Failure {
    move |refusal| Failure::unusable(bare::refused(refusal, &opened.bare).sentence(language))
}

/// How many pairs block the plan, and the first ones by name; the check shares no code with what made it.
fn blocked(opened: &Opened, language: Language) -> Result<(usize, Vec<Sentence>), Failure> {
    let pairs = blocking_pairs(&opened.instance, &opened.plan).map_err(refused(opened, language))?;
    let first = pairs.iter().take(MOST).map(|pair| bare::blocks(pair, &opened.bare)).collect();
    Ok((pairs.len(), first))
}

/// The plan keeps every limit, and comes to what is said of it.
fn said(opened: &Opened, record: &StableRecord, language: Language) -> Vec<Sentence> {
    match achieved(&opened.instance, &opened.plan) {
        Err(flaw) => {
            let why = flaws::numbers(&flaw, &opened.bare, language).say(language);
            vec![Sentence::new("stable_no_plan").with("why", why)]
        }
        Ok(achieved) if StableRecord::of(&opened.instance, &achieved, &opened.lottery) == *record => {
            Vec::new()
        }
        Ok(_) => vec![Sentence::new("bare_other_objective")],
    }
}

/// Of all stable plans this is the one that is best for everybody who is placed.
fn again(opened: &Opened, language: Language) -> Result<Vec<Sentence>, Failure> {
    let found = stable(&opened.instance).map_err(refused(opened, language))?;
    let same = *found.placements() == opened.plan;
    Ok(if same { Vec::new() } else { vec![Sentence::new("stable_other_plan")] })
}
