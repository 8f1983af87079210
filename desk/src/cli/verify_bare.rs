//! `anzhi verify` for a bare plan: from its tables, its proof and its objective alone.

use std::fs;
use std::path::Path;

use anzhi::assign::{AssignOptions, LotteryStage, solve};
use anzhi::ids::{CandidateIx, Column, OpeningIx};
use anzhi::instance::Instance;
use anzhi::plan::Lottery;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::solve::MOST;
use super::verify::{Findings, change};
use super::{Answer, flaws, verify_stable};
use crate::bare::{self, Asked, Bare, Faults, ObjectiveRecord, ProofRecord, StableRecord, lottery_named};
use crate::messages::Language;
use crate::run::{Exit, Failure, Finished, Sentence, files, unreadable};

pub(super) type Plan = Column<CandidateIx, Option<OpeningIx>>;

const TABLES: [&str; 3] = [files::CANDIDATES, files::OPENINGS, files::PAIRS];

/// What every objective says first.
#[derive(Deserialize)]
struct Format {
    format: String,
}

/// Checks the bare result in this folder.
pub(super) fn run(out: &Path, finished: &Finished, language: Language) -> Result<Answer, Failure> {
    let path = out.join(files::OBJECTIVE);
    let Format { format } = read_json(&path)?;
    if format == StableRecord::FORMAT {
        return verify_stable::run(out, finished, language);
    }
    if format != ObjectiveRecord::FORMAT {
        return Err(of_another_format(&path, &format));
    }
    let record: ObjectiveRecord = read_json(&path)?;
    let proof: ProofRecord = read_json(&out.join(files::CERTIFICATE))?;
    let stage = lottery_named(&record.lottery);
    let stage = stage.ok_or_else(|| of_another_format(&path, &format!("{format} {}", record.lottery)))?;
    let opened = Opened::of(out, (record.seed.as_deref(), record.household_cap), language)?;
    let mut findings = Findings::of_solve();
    let always = [files::PLAN, files::OBJECTIVE, files::CERTIFICATE];
    findings.add_digests(opened.changed(&always, finished, language)?, language);
    let checked = Checked { opened: &opened, record: &record, stage };
    findings.add(&opened.counted("bare_verify_proof"), checked.proof(&proof, language), language);
    findings.add(&Sentence::new("bare_verify_again"), checked.again(language), language);
    Ok(findings.answer(out, language))
}

fn of_another_format(path: &Path, found: &str) -> Failure {
    let sentence = Sentence::new("report_format").with("file", path.display()).with("found", found);
    let wanted = [ObjectiveRecord::FORMAT, StableRecord::FORMAT].join(", ");
    Failure::unusable(sentence.with("wanted", wanted))
}

/// A bare result, read back from its files.
pub(super) struct Opened {
    pub(super) bare: Bare,
    pub(super) instance: Instance,
    pub(super) plan: Plan,
    pub(super) lottery: Lottery,
    asides: Faults,
}

impl Opened {
    /// The result in this folder, for the seed and the household cap that it tells of.
    pub(super) fn of(
        out: &Path,
        (seed, household_cap): (Option<&str>, Option<u32>),
        language: Language,
    ) -> Result<Self, Failure> {
        let unusable =
            |faults: Faults| Failure { exit: Exit::Unusable, sentences: faults.sentences(MOST, language) };
        let lottery = Lottery::new(seed);
        let lottery = lottery.map_err(|_| Failure::unusable(Sentence::new("seed_not_a_line")))?;
        if !out.join(files::INSTANCE).is_file()
            && let Some(name) = TABLES.iter().find(|name| !out.join(name).is_file())
        {
            let sentence = Sentence::new("result_lacks_solved").with("file", out.join(name).display());
            return Err(Failure::unusable(sentence));
        }
        let keep = Some(out.join(files::KEEP)).filter(|path| path.is_file());
        let asked = Asked { lottery, household_cap, keep };
        let (mut bare, asides) = bare::read(&bare::in_result(out), &asked).map_err(unusable)?;
        let instance = bare::instance(&mut bare).map_err(unusable)?;
        let plan = read(&out.join(files::PLAN))?;
        let plan = bare::read_plan(&plan, &bare.candidates, &bare.openings).map_err(unusable)?;
        Ok(Self { bare, instance, plan, lottery: asked.lottery, asides })
    }

    /// How many files are what was written, and what is wrong with the others; `always` are there beside the tables.
    pub(super) fn changed(
        &self,
        always: &[&'static str],
        finished: &Finished,
        language: Language,
    ) -> Result<(usize, Vec<Sentence>), Failure> {
        let tables = if self.bare.binary.is_some() { &[files::INSTANCE][..] } else { &TABLES };
        let (same, changed) = finished.changed_among(&[always, tables].concat())?;
        Ok((same, changed.iter().map(change).chain(self.asides.sentences(MOST, language)).collect()))
    }

    /// A sentence about the plan, with its numbers.
    pub(super) fn counted(&self, key: &'static str) -> Sentence {
        let placed = self.plan.iter().filter(|(_, place)| place.is_some()).count();
        Sentence::new(key).with("people", self.plan.len()).with("placed", placed)
    }
}

struct Checked<'c> {
    opened: &'c Opened,
    record: &'c ObjectiveRecord,
    stage: LotteryStage,
}

impl Checked<'_> {
    /// The certificate proves the plan, and the plan achieves what is said.
    fn proof(&self, proof: &ProofRecord, language: Language) -> Vec<Sentence> {
        let Opened { bare, instance, plan, lottery, .. } = self.opened;
        let certificate = match proof.certificate(bare) {
            Ok(certificate) => certificate,
            Err(sentence) => return vec![sentence],
        };
        if certificate.stage() != self.stage {
            return vec![Sentence::new("bare_other_stage").with("found", &self.record.lottery)];
        }
        let objective = match certificate.verify(instance, plan) {
            Ok(objective) => objective,
            Err(flaw) => {
                let why = flaws::numbers(&flaw, bare, language).say(language);
                return vec![Sentence::new("flaw_certificate").with("why", why)];
            }
        };
        let achieved = ObjectiveRecord::of(instance, &objective, lottery, self.stage);
        if achieved == *self.record { Vec::new() } else { vec![Sentence::new("bare_other_objective")] }
    }

    /// Of all optimal plans the lottery picks this one.
    fn again(&self, language: Language) -> Vec<Sentence> {
        match solve(&self.opened.instance, &AssignOptions::default().lottery(self.stage)) {
            Ok(solution) if *solution.placements() == self.opened.plan => Vec::new(),
            Ok(_) => vec![Sentence::new("bare_other_plan")],
            Err(flaw) => {
                let why = flaws::numbers(&flaw, &self.opened.bare, language).say(language);
                vec![Sentence::new("bare_unproved").with("why", why)]
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if !path.exists() {
        return Err(Failure::unusable(Sentence::new("result_lacks_solved").with("file", path.display())));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&read(path)?).map_err(|error| {
        let sentence = Sentence::new("text_fault").with("file", path.display());
        Failure::unusable(sentence.with("message", error))
    })
}
