//! The command line: one file a subcommand. It reads flags and files, calls [`crate::run`], and says what came of it;
//! the page `docs/cli.md` describes it for people.
//!
//! Exit codes: 0 done; 1 done, but rows were rejected, a local decision is missing or a proof failed; 2 wrong use;
//! 3 the input cannot be used at all.

mod check;
mod decisions;
mod explain;
mod extras;
mod faults;
mod flaws;
mod matching;
mod names;
mod pair;
mod policy;
mod screen;
mod solve;
mod summary;
mod synth;
mod usage;
mod verify;
mod verify_bare;
mod verify_stable;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{FromArgMatches, Parser, Subcommand};

use crate::messages::Language;
use crate::run::{Exit, Failure, Sentence};

/// Match disabled job-seekers with openings, and assign public-welfare posts.
#[derive(Debug, Parser)]
#[command(name = "anzhi", version, disable_help_subcommand = true, arg_required_else_help = true)]
struct Arguments {
    /// Language of every text.
    #[arg(long, global = true, value_name = "zh|en", default_value = "zh", hide_default_value = true)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Match a folder of tables, and write the result.
    Match(matching::Match),
    /// List the faults of a folder of tables.
    Check(check::Check),
    /// Say what a report says of one person, or of one person and one opening.
    Explain(explain::Explain),
    /// Check a finished result from its files alone.
    Verify(verify::Verify),
    /// Solve a bare instance, and write the plan with its proof.
    Solve(solve::Solve),
    /// Draw a synthetic county.
    Synth(synth::Synth),
    /// Check, show or compare policies.
    #[command(subcommand)]
    Policy(policy::Policies),
}

/// What a command has to say.
#[derive(Debug, Default)]
struct Answer {
    /// For standard output.
    text: String,
    /// For standard error, where not all is well; the work was done all the same.
    failure: Option<Failure>,
}

impl Answer {
    fn good(text: String) -> Self {
        Self { text, failure: None }
    }

    /// Done, but these sentences must be said; none of them = all is well.
    fn but(text: String, sentences: Vec<Sentence>) -> Self {
        let failure = (!sentences.is_empty()).then_some(Failure { exit: Exit::Partly, sentences });
        Self { text, failure }
    }
}

/// Runs the command line and says how it ended.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = usage::wanted_language(&arguments);
    let parsed = usage::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => return finish(Err(usage::explain(&error)), language),
        Err(asked) => return finish(Ok(Answer::good(asked.render().to_string())), language),
    };
    finish(arguments.command.run(arguments.lang), arguments.lang)
}

impl Command {
    fn run(&self, language: Language) -> Result<Answer, Failure> {
        match self {
            Self::Match(command) => command.run(language),
            Self::Check(command) => command.run(language),
            Self::Explain(command) => command.run(language),
            Self::Verify(command) => command.run(language),
            Self::Solve(command) => command.run(language),
            Self::Synth(command) => command.run(language),
            Self::Policy(command) => command.run(language),
        }
    }
}

/// Says what there is to say. A reader that has closed its end (`| head`) has read enough.
fn finish(answer: Result<Answer, Failure>, language: Language) -> ExitCode {
    let (text, failure) = match answer {
        Ok(answer) => (answer.text, answer.failure),
        Err(failure) => (String::new(), Some(failure)),
    };
    if let Err(error) = io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        complain(&Failure::unusable(Sentence::new("stdout_refuses").with("why", error)), language);
        return ExitCode::from(Exit::Unusable.code());
    }
    failure.map_or(ExitCode::SUCCESS, |failure| {
        complain(&failure, language);
        ExitCode::from(failure.exit.code())
    })
}

fn complain(failure: &Failure, language: Language) {
    let mut said: String = failure.sentences.iter().map(|it| it.say(language) + "\n").collect();
    if let Some(stripped) = said.strip_suffix("\n\n") {
        said = format!("{stripped}\n");
    }
    // standard error may be closed as well; then there is nobody left to tell
    let _ = io::stderr().write_all(said.as_bytes());
}
