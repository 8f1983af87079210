//! `anzhi solve`: a bare instance in, a folder with the plan and its proof out.

use std::path::{Path, PathBuf};

use anzhi::assign::{AssignOptions, LotteryStage, Solution, solve};
use anzhi::instance::Instance;
use anzhi::plan::Lottery;
use clap::Args;

use super::Answer;
use super::matching::{bytes, usual_out};
use super::screen::{Columns, Steps};
use crate::bare::{self, Asked, Bare, Faults, ObjectiveRecord, ProofRecord, lottery_named};
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
    #[arg(long, value_name = "after-score|before-score", value_parser = stage, default_value = "after-score", hide_default_value = true)]
    lottery: LotteryStage,
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
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
        steps.next("step_solve");
        let solution = solve(&instance, &AssignOptions::default().lottery(self.lottery));
        let solution =
            solution.map_err(|flaw| Failure::unusable(Sentence::new("bare_unproved").with("why", flaw)))?;
        steps.next("step_write");
        let record = ObjectiveRecord::of(&instance, solution.objective(), &asked.lottery, self.lottery);
        let mut outcome = Outcome::default();
        for (name, table) in tables {
            outcome.put(name, table);
        }
        outcome.put(files::PLAN, bare::plan_table(&bare, solution.placements()));
        outcome.put(files::OBJECTIVE, bytes(&record)?);
        outcome.put(files::CERTIFICATE, bytes(&ProofRecord::of(solution.certificate(), &bare))?);
        if asides.count() > 0 {
            outcome.put(files::FAULTS, bytes(&asides.records(language))?);
        }
        outcome.write(&out, existing)?;
        drop(steps);
        let solved = Solved { bare: &bare, instance: &instance, solution: &solution, record: &record };
        let mut sentences = asides.sentences(MOST, language);
        if asides.count() > 0 {
            sentences.push(Sentence::new("bare_set_aside").with("count", asides.count()));
        }
        Ok(Answer::but(solved.summary(&out, language), sentences))
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

/// A solved instance.
struct Solved<'s> {
    bare: &'s Bare,
    instance: &'s Instance,
    solution: &'s Solution,
    record: &'s ObjectiveRecord,
}

impl Solved<'_> {
    fn summary(&self, out: &Path, language: Language) -> String {
        let mut rows = Columns::default();
        let mut row = |label: &'static str, said: Sentence| {
            rows.row([Sentence::new(label).say(language), said.say(language)]);
        };
        let digest = self.record.digest.get(..16).unwrap_or_default();
        let seed = match &self.record.seed {
            Some(seed) => Sentence::new("bare_seed_given").with("seed", seed),
            None => Sentence::new("bare_seed_draft"),
        };
        row("sum_seed", seed.with("digest", digest));
        let read = Sentence::new("bare_read").with("candidates", self.bare.candidates.len());
        let read = read.with("openings", self.bare.openings.len());
        row("sum_read", read.with("pairs", self.instance.pair_count()));
        let objective = self.solution.objective();
        let seats: u64 = self.instance.seats().iter().map(|seats| u64::from(*seats)).sum();
        let plan = Sentence::new("bare_plan").with("placed", objective.placed()).with("seats", seats);
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
