//! `anzhi synth`: a county that never was.

use std::path::PathBuf;

use clap::Args;

use super::Answer;
use crate::messages::Language;
use crate::run::{Failure, Sentence, in_folders};
use crate::synth::{self, Spec};

/// Most people or openings of a synthetic county.
const MOST: u32 = 5_000_000;

/// Draw a synthetic county.
#[derive(Debug, Args)]
pub(super) struct Synth {
    #[arg(long, value_name = "NAME")]
    policy: String,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    candidates: u32,
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    openings: u32,
    #[arg(long, value_name = "S")]
    seed: String,
    /// Seed of the lottery, for `run.toml`.
    #[arg(long, value_name = "TEXT")]
    lottery: Option<String>,
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl Synth {
    pub(super) fn run(&self, language: Language) -> Result<Answer, Failure> {
        let about = |key| Sentence::new(key).with("out", self.out.display());
        in_folders(&self.out)?;
        if self.out.exists() {
            return Err(Failure::wrong_use(about("synth_exists")));
        }
        let spec = Spec {
            policy: self.policy.clone(),
            candidates: self.candidates,
            openings: self.openings,
            seed: self.seed.clone(),
            lottery: self.lottery.clone(),
        };
        let folder = synth::county(&spec)
            .map_err(|error| Failure::wrong_use(Sentence::new("synth_refused").with("why", error)))?;
        synth::write(&folder, &self.out)
            .map_err(|error| Failure::unusable(about("out_not_written").with("why", error)))?;
        let sentence =
            about("synth_done").with("candidates", self.candidates).with("openings", self.openings);
        Ok(Answer::good(sentence.say(language) + "\n"))
    }
}
