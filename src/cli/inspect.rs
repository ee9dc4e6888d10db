//! `inspect`: what the program sees in a workbook.

mod beside;
mod cells;
mod headings;
mod look;
mod moment;
mod record;
mod text;

use super::arguments::{Format, Inspect};
use super::input::FileInput;
use super::terminal;
use super::{Status, merge, settings};
use crate::error::Error;
use record::{Inspection, RECORD_VERSION};

pub(super) fn run(arguments: &Inspect) -> Result<Status, Error> {
    let schema = arguments.schema.as_deref().map(settings::schema).transpose()?;
    let inputs = FileInput::all(&arguments.files)?;
    if arguments.cells {
        let [input] = inputs.as_slice() else {
            return Err(Error::Usage("Name one file with --cells.".into()));
        };
        return cells::run(input, arguments.formulas);
    }
    let files: Vec<_> = inputs.iter().map(|input| look::file(input, schema.as_ref())).collect();
    let refused = files.iter().any(|file| file.refused.is_some());
    let inspection = Inspection { version: RECORD_VERSION, kind: "inspection", files };
    terminal::print(|to| match arguments.format {
        Format::Json => merge::json(&inspection, to),
        Format::Text => text::write(&inspection, to),
    })?;
    Ok(if refused { Status::ToAnswer } else { Status::Clean })
}
