//! Limits set by environment variables; the process in which a file is tried out inherits them.

use crate::error::Error;
use crate::model::{Limited, Limits, SETTINGS, Setting, grouped};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// How the names of limits begin. Others of the program's variables are not limits.
const BEGINNINGS: [&str; 2] = ["QUARTERDAY_MAX_", "QUARTERDAY_WORKER_"];

static SET: OnceLock<Limits> = OnceLock::new();

/// Takes the limits from the environment, for this whole run.
///
/// # Errors
///
/// If one cannot be made out, or there is no setting of a name that looks like one.
pub(super) fn take() -> Result<(), Error> {
    let limits = from(std::env::vars_os()).map_err(Error::Usage)?;
    SET.get_or_init(|| limits);
    Ok(())
}

/// The limits of this run.
pub(super) fn current() -> Limits {
    SET.get().copied().unwrap_or_default()
}

/// A limit of the run in its setting's unit.
pub(super) fn of(limited: Limited) -> u64 {
    current().of(limited)
}

fn from(variables: impl Iterator<Item = (OsString, OsString)>) -> Result<Limits, String> {
    let mut limits = Limits::default();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| BEGINNINGS.iter().any(|start| name.starts_with(start)))
        else {
            continue;
        };
        let Some(setting) = SETTINGS.iter().find(|setting| setting.variable == name) else {
            let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.variable).collect();
            return Err(format!(
                "The environment variable {name} is not one of our settings. They are {}.",
                known.join(", ")
            ));
        };
        // One that is set to nothing is not set.
        if !value.is_empty() {
            limits.set(setting.limited, number(setting, &value.to_string_lossy())?);
        }
    }
    Ok(limits)
}

fn number(setting: &Setting, value: &str) -> Result<u64, String> {
    let number = value.trim().parse().ok().filter(|number| (1..=setting.most).contains(number));
    number.ok_or_else(|| {
        format!(
            "The environment variable {} is \u{201c}{value}\u{201d}. Write a whole number from 1 to {} without separators, such as {}: {}.",
            setting.variable,
            grouped(setting.most),
            setting.usual,
            setting.what
        )
    })
}

/// The list of settings, for the help.
pub(super) fn help() -> String {
    let mut text =
        "Limits, set by environment variables. What passes one is refused with a message, never read in part:".to_owned();
    let width = SETTINGS.iter().map(|setting| setting.variable.len()).max().unwrap_or(0);
    for Setting { variable, what, usual, .. } in &SETTINGS {
        // A text takes everything.
        let _ = write!(text, "\n  {variable:width$}  {what} [default: {usual}]");
    }
    text + "\n\nEnds with 0 if there is nothing to answer, 1 if there is, 2 if the command could not be done."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(variables: &[(&str, &str)]) -> Result<Limits, String> {
        from(variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))
    }

    #[test]
    fn limits_come_from_the_environment() {
        let limits = set(&[
            ("QUARTERDAY_MAX_SHEETS", " 12 "),
            ("QUARTERDAY_WORKER_MEMORY", "64"),
            ("QUARTERDAY_MAX_CELLS", ""),
            ("QUARTERDAY_UPDATE", "1"),
        ])
        .expect("they can be read");
        assert_eq!((limits.of(Limited::Sheets), limits.of(Limited::WorkerMemory)), (12, 64));
        assert_eq!(limits.of(Limited::Cells), Limits::default().of(Limited::Cells));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_to_write() {
        for value in ["lots", "0", "-1", "1.5", "2001", "100 MB"] {
            assert_eq!(
                set(&[("QUARTERDAY_MAX_FILE_MB", value)]).expect_err("it is no limit"),
                format!(
                    "The environment variable QUARTERDAY_MAX_FILE_MB is “{value}”. Write a whole number from 1 to 2,000 without separators, such as 100: size of a file, in MB."
                )
            );
        }
        let told = set(&[("QUARTERDAY_MAX_CELL", "1")]).expect_err("there is no such setting");
        assert!(
            told.contains("QUARTERDAY_MAX_CELL is not") && told.contains("QUARTERDAY_MAX_CELLS,"),
            "{told}"
        );
    }

    #[test]
    fn the_help_names_every_setting() {
        let help = help();
        assert!(SETTINGS.iter().all(|setting| help.contains(setting.variable)), "{help}");
    }
}
