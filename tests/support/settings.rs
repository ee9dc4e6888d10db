//! The settings of a case as a [`Round`].

use super::notation::Settings;
use quarterday::round::{self, Round};
use std::fs;

const SCHEMA: &str = include_str!("default-schema.toml");
const ROUND: &str = include_str!("default-round.toml");

/// Loads the settings from a folder made for the purpose; what a case leaves out is `default-schema.toml` and
/// `default-round.toml` beside this file.
///
/// # Errors
///
/// The mistakes in them, one a line.
pub fn load(settings: &Settings) -> Result<Round, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    let round = settings.round.as_deref().unwrap_or(ROUND);
    let names_schema = round.lines().any(|line| line.trim_start().starts_with("schema"));
    let round = if names_schema {
        round.to_owned()
    } else {
        round.replacen("[round]", "[round]\nschema = \"schema.toml\"", 1)
    };
    write("schema.toml", settings.schema.as_deref().unwrap_or(SCHEMA))?;
    write("round.toml", &round)?;
    if let Some(plan) = &settings.plan {
        write("plan.csv", plan)?;
    }
    if let Some(ledger) = &settings.ledger {
        write("ledger.csv", ledger)?;
    }
    round::load(folder.path()).map_err(|error| error.to_string())
}
