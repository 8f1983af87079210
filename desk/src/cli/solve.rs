//! `anzhi solve`: a bare instance in, a folder with the plan and its proof out.

use std::path::{Path, PathBuf};

use anzhi::assign::{AssignOptions, LotteryStage, solve};
use anzhi::certificate::{Flaw, achieved};
use anzhi::instance::{Instance, Objective};
use anzhi::plan::Lottery;
use anzhi::stable::{blocking_pairs, stable};
use clap::Args;

use super::matching::{bytes, usual_out};
use super::screen::{Columns, Steps};
use super::{Answer, flaws};
use crate::bare::{self, Asked, Bare, Faults, ObjectiveRecord, ProofRecord, StableRecord, lottery_named};
use crate::messages::Language;
use crate::run::{Existing, Exit, Failure, Outcome, Sentence, files};

/// Steps of the progress bar.
const STEPS: u64 = 3;
/// Most faults that are said one by one.
pub(super) const MOST: usize = 50;

/// Solve a bare instance, and write the plan with its proof.
#[derive(Debug, Args)]
pub(super) struct Solve {
    /// The folder, or a binary file.
    #[arg(value_name = "FOLDER")]
    input: PathBuf,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    household_cap: Option<u32>,
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    #[arg(long, value_name = "after-score|before-score", value_parser = stage)]
    lottery: Option<LotteryStage>,
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    #[arg(long)]
    stable: bool,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

fn stage(name: &str) -> Result<LotteryStage, String> {
    lottery_named(name).ok_or_else(|| name.to_owned())
}

impl Solve {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let out = self.out.clone().unwrap_or_else(|| usual_out(&self.input));
        let existing = if self.force { Existing::Replace } else { Existing::Keep };
        let asked = self.asked()?;
        Outcome::may_be_written(&out, existing)?;
        let steps = Steps::new(STEPS, language);
        steps.next("step_read");
        let unusable = |faults: Faults| unusable(&faults, language);
        let (mut bare, asides) = bare::read(&self.input, &asked).map_err(unusable)?;
        let tables = bare::tables(&bare);
        let instance = bare::instance(&mut bare).map_err(unusable)?;
        let binary = bare.binary.take().map(|bytes| (files::INSTANCE, bytes));
        steps.next("step_solve");
        let solved = Solved { bare: &bare, instance: &instance, lottery: &asked.lottery };
        let made =
            if self.stable { solved.stable(language) } else { solved.optimum(self.lottery, language) }?;
        steps.next("step_write");
        let mut outcome = Outcome::default();
        for (name, table) in binary.into_iter().chain(tables).chain(made.files) {
            outcome.put(name, table);
        }
        if asides.count() > 0 {
            outcome.put(files::FAULTS, bytes(&asides.records(language))?);
        }
        outcome.write(&out, existing)?;
        drop(steps);
        let mut sentences = asides.sentences(MOST, language);
        if asides.count() > 0 {
            sentences.push(Sentence::new("bare_set_aside").with("count", asides.count()));
        }
        Ok(Answer::but(solved.summary(&made.objective, made.plan, &out, language), sentences))
    }

    fn asked(&self) -> Result<Asked, Failure> {
        let about =
            |key, name, path: &Path| Err(Failure::wrong_use(Sentence::new(key).with(name, path.display())));
        if !self.input.exists() {
            return about("input_missing", "input", &self.input);
        }
        if let Some(keep) = self.keep.as_ref().filter(|path| !path.is_file()) {
            return about("file_missing", "file", keep);
        }
        let unheard = [("--keep", self.keep.is_some()), ("--lottery", self.lottery.is_some())];
        if let Some((flag, _)) = unheard.iter().find(|(_, given)| self.stable && *given) {
            return Err(Failure::wrong_use(Sentence::new("stable_beside").with("flag", flag)));
        }
        let lottery = Lottery::new(self.seed.as_deref());
        Ok(Asked {
            lottery: lottery.map_err(|_| Failure::wrong_use(Sentence::new("seed_not_a_line")))?,
            household_cap: self.household_cap,
            keep: self.keep.clone(),
        })
    }
}

fn unusable(faults: &Faults, language: Language) -> Failure {
    Failure { exit: Exit::Unusable, sentences: faults.sentences(MOST, language) }
}

fn unproved(why: String) -> Failure {
    Failure::unusable(Sentence::new("bare_unproved").with("why", why))
}

/// What was made of an instance.
struct Made {
    /// Plan, objective and proof by file name.
    files: Vec<(&'static str, Vec<u8>)>,
    objective: Objective,
    /// The key of the sentence about the plan.
    plan: &'static str,
}

/// An instance and what it takes to answer it.
struct Solved<'s> {
    bare: &'s Bare,
    instance: &'s Instance,
    lottery: &'s Lottery,
}

impl Solved<'_> {
    fn optimum(&self, lottery: Option<LotteryStage>, language: Language) -> Result<Made, Failure> {
        let stage = lottery.unwrap_or_default();
        let solution = solve(self.instance, &AssignOptions::default().lottery(stage));
        let solution = solution.map_err(|flaw| unproved(self.why(&flaw, language)))?;
        let record = ObjectiveRecord::of(self.instance, solution.objective(), self.lottery, stage);
        let files = vec![
            (files::PLAN, bare::plan_table(self.bare, solution.placements())),
            (files::OBJECTIVE, bytes(&record)?),
            (files::CERTIFICATE, bytes(&ProofRecord::of(solution.certificate(), self.bare))?),
        ];
        Ok(Made { files, objective: solution.objective().clone(), plan: "bare_plan" })
    }

    fn why(&self, flaw: &Flaw, language: Language) -> String {
        flaws::numbers(flaw, self.bare, language).say(language)
    }

    /// Stable placements; there is no certificate, for they are no optimum.
    fn stable(&self, language: Language) -> Result<Made, Failure> {
        let refused = |refusal| Failure::unusable(bare::refused(refusal, self.bare).sentence(language));
        let found = stable(self.instance).map_err(refused)?;
        let blocking = blocking_pairs(self.instance, found.placements()).map_err(refused)?;
        let objective = achieved(self.instance, found.placements());
        let objective = objective.map_err(|flaw| unproved(self.why(&flaw, language)))?;
        if let Some(pair) = blocking.first() {
            return Err(unproved(bare::blocks(pair, self.bare).say(language)));
        }
        let record = StableRecord::of(self.instance, &objective, self.lottery);
        let files = vec![
            (files::PLAN, bare::plan_table(self.bare, found.placements())),
            (files::OBJECTIVE, bytes(&record)?),
        ];
        Ok(Made { files, objective, plan: "stable_plan" })
    }

    fn summary(&self, objective: &Objective, plan: &'static str, out: &Path, language: Language) -> String {
        let mut rows = Columns::default();
        let mut row = |label: &'static str, said: Sentence| {
            rows.row([Sentence::new(label).say(language), said.say(language)]);
        };
        let digest: String =
            self.instance.digest().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let seed = if self.lottery.is_draft() {
            Sentence::new("bare_seed_draft")
        } else {
            Sentence::new("bare_seed_given").with("seed", self.lottery.seed())
        };
        row("sum_seed", seed.with("digest", digest));
        let read = Sentence::new("bare_read").with("candidates", self.bare.candidates.len());
        let read = read.with("openings", self.bare.openings.len());
        row("sum_read", read.with("pairs", self.instance.pair_count()));
        let seats: u64 = self.instance.seats().iter().map(|seats| u64::from(*seats)).sum();
        let plan = Sentence::new(plan).with("placed", objective.placed()).with("seats", seats);
        row("sum_plan", plan.with("score", objective.score));
        if !self.instance.groups().is_empty() {
            row("bare_reserved", Sentence::new("bare_count").with("count", objective.reserved_filled));
        }
        let mut people = vec![0_u64; self.instance.tiers()];
        for numbers in self.instance.candidates() {
            if let Some(count) = people.get_mut(usize::from(numbers.tier)) {
                *count += 1;
            }
        }
        for (tier, (placed, of)) in objective.placed_per_tier.iter().zip(people).enumerate() {
            let said = Sentence::new("bare_tier").with("tier", tier + 1);
            row(
                if tier == 0 { "sum_placed" } else { "bare_blank" },
                said.with("placed", placed).with("of", of),
            );
        }
        if !self.instance.keep().is_empty() {
            let said = Sentence::new("bare_kept").with("kept", objective.kept);
            row("bare_keep", said.with("of", self.instance.keep().len()));
        }
        row("sum_result", Sentence::new("usage_whole").with("text", out.display()));
        rows.text(0)
    }
}
