//! `anzhi verify` for a bare plan: from its tables, its proof and its objective alone.

use std::fs;
use std::path::Path;

use anzhi::assign::{AssignOptions, LotteryStage, solve};
use anzhi::ids::{CandidateIx, Column, OpeningIx};
use anzhi::instance::Instance;
use anzhi::plan::Lottery;
use serde::de::DeserializeOwned;

use super::Answer;
use super::solve::MOST;
use super::verify::{Findings, change};
use crate::bare::{self, Asked, Bare, Faults, ObjectiveRecord, ProofRecord, lottery_named};
use crate::messages::Language;
use crate::run::{Exit, Failure, Finished, Sentence, files, unreadable};

type Plan = Column<CandidateIx, Option<OpeningIx>>;

/// The files of every bare result, beside the tables and the digests themselves.
const ALWAYS: [&str; 3] = [files::PLAN, files::OBJECTIVE, files::CERTIFICATE];
const TABLES: [&str; 3] = [files::CANDIDATES, files::OPENINGS, files::PAIRS];

/// Checks the bare result in this folder.
pub(super) fn run(out: &Path, finished: &Finished, language: Language) -> Result<Answer, Failure> {
    let record: ObjectiveRecord = read_json(&out.join(files::OBJECTIVE))?;
    let proof: ProofRecord = read_json(&out.join(files::CERTIFICATE))?;
    let stage = lottery_named(&record.lottery).filter(|_| record.format == ObjectiveRecord::FORMAT);
    let stage = stage.ok_or_else(|| {
        let sentence = Sentence::new("report_format").with("file", out.join(files::OBJECTIVE).display());
        let sentence = sentence.with("found", format!("{} {}", record.format, record.lottery));
        Failure::unusable(sentence.with("wanted", ObjectiveRecord::FORMAT))
    })?;
    let lottery = Lottery::new(record.seed.as_deref());
    let lottery = lottery.map_err(|_| Failure::unusable(Sentence::new("seed_not_a_line")))?;
    let unusable =
        |faults: Faults| Failure { exit: Exit::Unusable, sentences: faults.sentences(MOST, language) };
    let keep = Some(out.join(files::KEEP)).filter(|path| path.is_file());
    let asked = Asked { lottery, household_cap: record.household_cap, keep };
    let (mut bare, asides) = bare::read(&bare::in_result(out), &asked).map_err(unusable)?;
    let instance = bare::instance(&mut bare).map_err(unusable)?;
    let plan = read(&out.join(files::PLAN))?;
    let plan = bare::read_plan(&plan, &bare.candidates, &bare.openings).map_err(unusable)?;

    let mut always = ALWAYS.to_vec();
    always.extend(if bare.binary.is_some() { &[files::INSTANCE][..] } else { &TABLES });
    let (same, changed) = finished.changed_among(&always)?;
    let mut findings = Findings::default();
    let changed = changed.iter().map(change).chain(asides.sentences(MOST, language)).collect();
    findings.add(&Sentence::new("verify_digests").with("count", same), changed, language);
    let checked = Checked { bare: &bare, instance: &instance, plan: &plan, record: &record, stage };
    let placed = (0..plan.len()).filter(|row| plan.get(CandidateIx::new(*row)).is_some_and(Option::is_some));
    let what = Sentence::new("bare_verify_proof").with("people", plan.len()).with("placed", placed.count());
    findings.add(&what, checked.proof(&proof, &asked.lottery), language);
    findings.add(&Sentence::new("bare_verify_again"), checked.again(), language);
    Ok(findings.answer(out, language))
}

struct Checked<'c> {
    bare: &'c Bare,
    instance: &'c Instance,
    plan: &'c Plan,
    record: &'c ObjectiveRecord,
    stage: LotteryStage,
}

impl Checked<'_> {
    /// The certificate proves the plan, and the plan achieves what is said.
    fn proof(&self, proof: &ProofRecord, lottery: &Lottery) -> Vec<Sentence> {
        let certificate = match proof.certificate(self.bare) {
            Ok(certificate) => certificate,
            Err(sentence) => return vec![sentence],
        };
        if certificate.stage() != self.stage {
            return vec![Sentence::new("bare_other_stage").with("found", &self.record.lottery)];
        }
        let objective = match certificate.verify(self.instance, self.plan) {
            Ok(objective) => objective,
            Err(flaw) => return vec![Sentence::new("flaw_certificate").with("why", flaw)],
        };
        let achieved = ObjectiveRecord::of(self.instance, &objective, lottery, self.stage);
        if achieved == *self.record { Vec::new() } else { vec![Sentence::new("bare_other_objective")] }
    }

    /// Of all optimal plans the lottery picks this one.
    fn again(&self) -> Vec<Sentence> {
        match solve(self.instance, &AssignOptions::default().lottery(self.stage)) {
            Ok(solution) if solution.placements() == self.plan => Vec::new(),
            Ok(_) => vec![Sentence::new("bare_other_plan")],
            Err(flaw) => vec![Sentence::new("bare_unproved").with("why", flaw)],
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if !path.exists() {
        return Err(Failure::unusable(Sentence::new("result_lacks").with("file", path.display())));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&read(path)?).map_err(|error| {
        let sentence = Sentence::new("text_fault").with("file", path.display());
        Failure::unusable(sentence.with("message", error))
    })
}
