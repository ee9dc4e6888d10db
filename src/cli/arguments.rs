//! What may be typed.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Merges the monitoring workbooks that partners send and says which totals do not agree.
#[derive(Debug, Parser)]
#[command(
    name = "quarterday",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = true,
    max_term_width = 98,
    after_help = "Ends with 0 if there is nothing to answer, 1 if there is, 2 if the command could not be done.",
    after_long_help = super::limits::help()
)]
pub(super) struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Leave out progress and remarks
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Try out every file in a limited process of its own first, not only old and binary workbooks
    #[arg(long, global = true)]
    pub(super) isolate: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Merge a round: read every return, check it, add everything up and write the consolidated workbook
    Merge(Merge),
    /// Check one or more returns; nothing is merged or written
    Check(Check),
    /// Make the workbooks that partners fill in: one a partner, with what is known already filled in
    Template(Template),
    /// Show what the program sees in a workbook: sheets, hidden parts, where tables start
    Inspect(Inspect),
    /// Say what a check means, why it matters and how to put it right; without a name, list all checks
    Explain(Explain),
    /// Say whether a schema is sound, or export it
    Schema(Schema),
    /// Make a new round folder to start from
    Init(Init),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page, of the program or of one command
    Man(Man),
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// `merge ROUND`
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The round's folder: the one with round.toml in it
    #[arg(value_name = "ROUND", value_hint = ValueHint::DirPath)]
    pub(super) round: PathBuf,
    /// End with 1 for queries too, not only for errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Also write extract.xlsx, for publication: the figures, and nothing that partners wrote in words
    ///
    /// It is not written while something that may identify a person is not cleared; the command then ends with 1.
    #[arg(long)]
    pub(super) extract: bool,
    /// The folder to write into; it is made if need be [default: the round's own `out`]
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(super) out: Option<PathBuf>,
    /// Write no feedback workbooks: the partners' own files, marked up, with a list of what to fix
    #[arg(long)]
    pub(super) no_feedback: bool,
    /// What to print: a summary, or the run's record as JSON
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// `check FILE…`
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("against").required(true).args(["schema", "round"])))]
pub(super) struct Check {
    /// The returns
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// The schema to check against
    #[arg(long, value_name = "SCHEMA", value_hint = ValueHint::FilePath)]
    pub(super) schema: Option<PathBuf>,
    /// The round to check against: its schema, period, partners, plan and ledger
    #[arg(long, value_name = "ROUND", value_hint = ValueHint::DirPath)]
    pub(super) round: Option<PathBuf>,
    /// End with 1 for queries too, not only for errors
    #[arg(long)]
    pub(super) strict: bool,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// `template ROUND`
#[derive(Debug, Args)]
pub(super) struct Template {
    /// The round's folder: the one with round.toml in it
    #[arg(value_name = "ROUND", value_hint = ValueHint::DirPath)]
    pub(super) round: PathBuf,
    /// The folder to write into; it is made if need be [default: the round's own `out/templates`]
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(super) out: Option<PathBuf>,
}

/// `inspect FILE…`
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The workbooks
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// Also show how headings are read with this schema
    #[arg(long, value_name = "SCHEMA", value_hint = ValueHint::FilePath)]
    pub(super) schema: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Print every cell of one file instead, a JSON array a line
    ///
    /// Each line is [sheet, row, column, type, value]. Rows and columns count from zero, hidden sheets are included, and
    /// blank cells are left out. Types:
    ///
    /// text, as stored; number, in the shortest form that reads back as the same number (also a date outside Excel's
    /// calendar); bool; date, 2014-03-31 or 2014-03-31T12:00:00, to the second; time, a time of day without a date,
    /// 12:00:00; duration, in days, 1.5; error, as Excel shows it, such as #REF!, or "uncached" for a formula that was
    /// saved without its result, or "unreadable" for a cell that cannot be made out.
    ///
    /// Ends with 1 if the file or one of its sheets could not be read; why is on standard error, a line each. Cells that
    /// cannot be made out are told there too, the first twenty of them.
    #[arg(long, conflicts_with_all = ["schema", "format"])]
    pub(super) cells: bool,
    /// With --cells: add the formula, with its =, as a sixth element, or null
    ///
    /// A formula whose result is an empty text is then printed too, as text.
    #[arg(long, requires = "cells")]
    pub(super) formulas: bool,
}

/// `explain [CHECK]`
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The check's name, as printed in brackets beside a finding
    #[arg(value_name = "CHECK")]
    pub(super) check: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// `schema [FILE]`
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The schema
    #[arg(value_name = "FILE", required_unless_present = "for_editors", value_hint = ValueHint::FilePath)]
    pub(super) file: Option<PathBuf>,
    /// Print the JSON Schema of schema files, for editors
    #[arg(long = "json-schema", conflicts_with_all = ["file", "frictionless"])]
    pub(super) for_editors: bool,
    /// Print the schema as a Frictionless data package
    #[arg(long)]
    pub(super) frictionless: bool,
}

/// `init DIR`
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to make
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) folder: PathBuf,
}

/// `completions SHELL`
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// `man [COMMAND]`
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The command; without one, the program
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
