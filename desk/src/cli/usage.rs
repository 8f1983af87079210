//! Help and wrong use in the reader's language: the catalogue holds a text for every command and argument.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory};

use super::Arguments;
use crate::messages::Language;
use crate::run::{Failure, Sentence};

/// The language that `--lang` asks for, wherever it stands: help and wrong use are said in it too.
pub(super) fn wanted_language(arguments: &[OsString]) -> Language {
    let words: Vec<&str> = arguments.iter().filter_map(|it| it.to_str()).collect();
    let apart = words.windows(2).filter(|pair| pair.first() == Some(&"--lang"));
    let apart = apart.filter_map(|pair| pair.last().copied());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    apart.chain(joined).find_map(|word| word.parse().ok()).unwrap_or(Language::Zh)
}

/// The command line with its help in one language.
pub(super) fn command(language: Language) -> clap::Command {
    let mut command = localised(Arguments::command(), "anzhi", language);
    // the arguments that clap adds itself come with the build
    command.build();
    command
}

fn localised(command: clap::Command, path: &str, language: Language) -> clap::Command {
    let say = |key: &str| Sentence::text(key, language).unwrap_or_default();
    let helped = |arg: clap::Arg| {
        let heading = if arg.is_positional() { "help_positional" } else { "help_options" };
        let own = Sentence::text(&format!("help_{path}_{}", arg.get_id()), language);
        let help = own.unwrap_or_else(|| say(&format!("help_arg_{}", arg.get_id())));
        arg.help(help).help_heading(say(heading))
    };
    let mut command = command
        .about(say(&format!("help_{path}")))
        .help_template(format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}", say("help_usage")))
        .subcommand_help_heading(say("help_commands"))
        .mut_args(helped)
        .disable_help_flag(true)
        .arg(helped(Arg::new("help").short('h').long("help").action(ArgAction::Help)));
    if path == "anzhi" {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(helped(version));
    }
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for name in names {
        let below = if path == "anzhi" { name.clone() } else { format!("{path}_{name}") };
        command = command.mut_subcommand(name, |it| localised(it, &below, language));
    }
    command
}

/// A wrong use in one sentence.
pub(super) fn explain(error: &clap::Error) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::wrong_use(Sentence::new("usage_whole").with("text", error.render()));
    }
    let context = |kind| error.get(kind).map(in_words).unwrap_or_default();
    let found = context(ContextKind::InvalidArg);
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument => Sentence::new("usage_unknown").with("found", found),
        ErrorKind::InvalidSubcommand => {
            Sentence::new("usage_command").with("found", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => Sentence::new("usage_command_missing"),
        ErrorKind::MissingRequiredArgument => Sentence::new("usage_missing").with("found", found),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            Sentence::new("usage_no_value").with("found", found)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Sentence::new("usage_value")
            .with("found", found)
            .with("value", context(ContextKind::InvalidValue)),
        ErrorKind::ArgumentConflict | ErrorKind::TooManyValues => {
            Sentence::new("usage_twice").with("found", found)
        }
        _ => {
            let text = error.render().to_string();
            Sentence::new("usage_other").with("text", text.lines().next().unwrap_or_default())
        }
    };
    Failure::wrong_use(sentence)
}

fn in_words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &clap::Command, language: Language) {
        let name = command.get_name();
        let zh = |text: &str| text.chars().any(|it| it > '\u{2E80}');
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && zh(&about) == (language == Language::Zh), "{name}: {about}");
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty() && zh(&help) == (language == Language::Zh), "{name} {arg}: {help}");
        }
        for below in command.get_subcommands() {
            walk(below, language);
        }
    }

    #[test]
    fn every_command_and_argument_has_help_in_both_languages() {
        for language in Language::ALL {
            let command = command(*language);
            command.clone().debug_assert();
            walk(&command, *language);
        }
    }

    #[test]
    fn every_command_and_flag_stands_in_the_docs() {
        fn walk(command: &clap::Command, path: &str, page: &str) {
            for below in command.get_subcommands() {
                let path = format!("{path} {}", below.get_name());
                let listed = page.contains(&format!("| `{path} ")) || below.has_subcommands();
                assert!(listed, "`{path}` is not in docs/cli.md");
                walk(below, &path, page);
            }
            for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
                let usual = flag == "help" || flag == "version";
                assert!(usual || page.contains(&format!("--{flag}")), "--{flag} is not in docs/cli.md");
            }
        }
        walk(&command(Language::En), "anzhi", include_str!("../../../docs/cli.md"));
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |words: &[&str]| wanted_language(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["anzhi", "match", "--lang", "en"]), Language::En);
        assert_eq!(of(&["anzhi", "--lang=en", "x"]), Language::En);
        assert_eq!(of(&["anzhi", "--lang", "fr"]), Language::Zh);
        assert_eq!(of(&["anzhi", "--lang"]), Language::Zh);
    }
}
