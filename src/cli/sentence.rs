//! What stops a command, in plain sentences.

use crate::error::{Error, Mistake};
use crate::privacy::{self, Rules};
use crate::report;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// An error in words.
pub(super) fn of(error: &Error, colour: bool) -> String {
    match error {
        Error::Settings(mistakes) => {
            report::mistakes(&mistakes.iter().map(without_persons).collect::<Vec<_>>(), colour)
        }
        Error::Io { doing, path, source } => io_error(doing, path, source),
        other => report::clean_lines(&other.to_string()).into_owned(),
    }
}

/// A mistake that repeats nothing of words that may identify a person: where it is, and no more.
fn without_persons(mistake: &Mistake) -> Mistake {
    let Mistake { source, span, message, hint, .. } = mistake;
    let start = source.get(..span.start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let end = span.end.max(span.start).min(source.len());
    let rest = source.get(end..).unwrap_or_default();
    let end = rest.find(['\n', '\r']).map_or(source.len(), |at| end + at);
    let lines = source.get(start..end).unwrap_or(source);
    let texts = [lines, message, hint.as_deref().unwrap_or_default()];
    if !texts.into_iter().any(|text| privacy::name(text, &Rules::default()).is_some()) {
        return mistake.clone();
    }
    let (line, column) = mistake.position();
    let shown = "[held: this line may identify a person]";
    let before = format!("{}{}", "\n".repeat(line - 1), " ".repeat(column - 1));
    Mistake {
        path: mistake.path.clone(),
        source: format!("{before}{shown}").into(),
        span: before.len()..before.len() + shown.len(),
        message: "There is a mistake here, in a line that may identify a person.".to_owned(),
        hint: Some(
            "Take out what identifies somebody, and run this again; it then says what is wrong.".to_owned(),
        ),
    }
}

fn io_error(doing: &str, path: &Path, source: &io::Error) -> String {
    let shown = path.display().to_string();
    let path = report::clean(&shown);
    let kept =
        if matches!(doing, "write" | "write into") { " Earlier outputs are as they were." } else { "" };
    format!("Could not {doing} {path}: {}.{kept}", why(source))
}

/// What the system said, in words that say what to do.
pub(super) fn why(error: &io::Error) -> String {
    if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
        return "it is open in another program; close it there and try again".to_owned();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "you may not do that there; it may be open in another program, or the folder is not yours to change"
                .to_owned()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "there is no room left on the disk; make some and try again".to_owned()
        }
        io::ErrorKind::FileTooLarge => "the file would become larger than the system allows".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; choose another folder with --out".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::NotADirectory => "part of its path is a file, not a folder".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        io::ErrorKind::InvalidData => "it is not plain UTF-8 text".to_owned(),
        _ => report::clean(&error.to_string()).into_owned(),
    }
}

/// Prints help, or says what is wrong with what was typed.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // A closed screen cannot be told that it is closed.
            let _ = error.print();
            if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
        }
        _ => {
            super::terminal::complain(&usage_sentence(error));
            ExitCode::from(2)
        }
    }
}

fn usage_sentence(error: &clap::Error) -> String {
    let context = |kind| {
        error.get(kind).map(|value| match value {
            ContextValue::Strings(many) => many.join(", "),
            other => other.to_string(),
        })
    };
    let argument = || context(ContextKind::InvalidArg).unwrap_or_default();
    let meant = |kind| context(kind).map_or(String::new(), |word| format!(" Did you mean {word}?"));
    let said = match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("There is no option {}.{}", argument(), meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let word = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("There is no command {word}.{}", meant(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("Something is missing: {}.", argument()),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            format!("{} and {other} do not go together.", argument())
        }
        ErrorKind::InvalidValue => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let allowed = context(ContextKind::ValidValue).unwrap_or_default();
            if value.is_empty() {
                format!("{} needs a value: {allowed}.", argument())
            } else {
                format!("{value} is not possible for {}; it takes one of {allowed}.", argument())
            }
        }
        _ => "That was not understood.".to_owned(),
    };
    let help = match context(ContextKind::Usage) {
        Some(usage) => format!("\n\n{}", usage.trim_end()),
        None => String::new(),
    };
    format!("{}{help}\n\nquarterday --help says more.", report::clean(&said))
}
