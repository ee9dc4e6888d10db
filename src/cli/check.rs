//! `check`: returns against a schema, nothing merged: what a partner runs before sending.

use super::arguments::{Check, Format};
use super::input::FileInput;
use super::terminal::{self, Terminal};
use super::{Status, merge, settings};
use crate::error::Error;
use crate::finding::{Location, Severity};
use crate::pipeline::{self, Input};
use crate::report::{self, Names, Tally};

pub(super) fn run(arguments: &Check, terminal: &Terminal) -> Result<Status, Error> {
    let round = match (&arguments.round, &arguments.schema) {
        (Some(folder), _) => settings::round_with_earlier(folder)?,
        (None, Some(schema)) => settings::round_for_schema(schema)?,
        (None, None) => {
            return Err(Error::Usage("Name a schema with --schema or a round with --round.".into()));
        }
    };
    let files = FileInput::all(&arguments.files)?;
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut run = pipeline::check(&round, &inputs);
    // What the rest of a round lacks or does not use is nothing that the sender of one return can see to.
    run.findings.retain(|finding| finding.at != Location::Returns || finding.severity != Severity::Note);
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
    if let Some(first) = run.findings.iter().max_by_key(|finding| finding.severity) {
        terminal.remark(&format!("quarterday explain {} says more about one of them.", first.code.as_str()));
    }
    Ok(merge::status(&run.findings, arguments.strict))
}
