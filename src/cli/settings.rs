//! Settings files on the disk: schemas, rounds, and the round before.

use super::input::FileInput;
use crate::checks;
use crate::discover;
use crate::error::Error;
use crate::pipeline::{self, Input, bytes_of};
use crate::privacy::{self, Rules};
use crate::round::{self, Round, Stamp, sha256};
use crate::schema::{self, Schema};
use std::fs;
use std::path::Path;

/// Loads a round's settings; a severity may be set only for a check that there is.
pub(super) fn round(folder: &Path) -> Result<Round, Error> {
    let checks: Vec<&str> = checks::all().map(|check| check.meta().name).collect();
    let mut round = round::load_knowing(folder, &checks)?;
    // Who answers may repeat what was held back.
    for line in &mut round.answers {
        for text in [&mut line.answer.text, &mut line.value] {
            if let Some(kind) = privacy::sure(text, &Rules::default()) {
                *text = kind.in_its_place();
            }
        }
    }
    Ok(round)
}

/// Loads a round's settings and what was said in the round before, if they name one.
pub(super) fn round_with_earlier(folder: &Path) -> Result<Round, Error> {
    let mut loaded = round(folder)?;
    let Some(before) = loaded.earlier_folder.clone() else { return Ok(loaded) };
    let earlier = round(&before)?;
    let (candidates, _) = discover::returns(&before.join("returns"))?;
    let files = FileInput::of(candidates);
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    loaded.earlier = Some(pipeline::earlier(&loaded, &earlier, &inputs)?);
    // One that could not be read said nothing.
    let returns = inputs.iter().map(|input| Stamp {
        name: input.name().to_owned(),
        size: input.size(),
        sha256: bytes_of(*input).map_or_else(|_| String::new(), |bytes| sha256(&bytes)),
    });
    loaded.earlier_stamps =
        earlier.stamps.iter().filter(|stamp| stamp.name != "answers.csv").cloned().chain(returns).collect();
    Ok(loaded)
}

/// Loads a schema.
pub(super) fn schema(path: &Path) -> Result<Schema, Error> {
    let text = fs::read_to_string(path).map_err(|source| Error::Io {
        doing: "read",
        path: path.to_owned(),
        source,
    })?;
    schema::load(path, &text, &|other| fs::read_to_string(other)).map_err(Error::Settings)
}
