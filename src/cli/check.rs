//! `check`: returns against a schema, nothing merged: what a partner runs before sending.

use super::arguments::{Check, Format};
use super::input::FileInput;
use super::terminal::{self, Terminal};
use super::{Status, merge, settings};
use crate::error::Error;
use crate::pipeline::{self, Input};
use crate::report::{self, Names, Tally};
use crate::round;

pub(super) fn run(arguments: &Check, terminal: &Terminal) -> Result<Status, Error> {
    let round = match (&arguments.round, &arguments.schema) {
        (Some(folder), _) => round::load(folder)?,
        (None, Some(schema)) => {
            let name = settings::schema(schema)?.name;
            return Err(Error::Usage(format!("Name a round of {name} with --round.")));
        }
        (None, None) => {
            return Err(Error::Usage("Name a schema with --schema or a round with --round.".into()));
        }
    };
    let files = FileInput::all(&arguments.files)?;
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let run = pipeline::check(&round, &inputs);
    let names = Names { places: &run.consolidated.places, partners: &round.partners };
    terminal::print(|to| match arguments.format {
        Format::Json => report::findings_json(&run.findings, names, to),
        Format::Text => {
            report::findings_text(&run.findings, names, to)?;
            if run.findings.is_empty() {
                let files = report::count(files.len(), "file", "files");
                return writeln!(to, "Nothing to answer in {files}.");
            }
            writeln!(to, "\n{}", report::totals_line(Tally::of(&run.findings)))
        }
    })?;
    if let Some(first) = run.findings.first() {
        terminal.remark(&format!("quarterday explain {} says more about the first.", first.code.as_str()));
    }
    Ok(merge::status(&run.findings, arguments.strict))
}
