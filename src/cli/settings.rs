//! Settings files on the disk: schemas, and the fingerprints of what a round is made of.

use super::input::FileInput;
use crate::checks;
use crate::discover;
use crate::error::Error;
use crate::pipeline::{self, Input, fingerprint};
use crate::report::Fingerprint;
use crate::round::{self, Round};
use crate::schema::{self, Schema};
use std::fs;
use std::path::Path;

/// Loads a round's settings; a severity may be set only for a check that there is.
pub(super) fn round(folder: &Path) -> Result<Round, Error> {
    let checks: Vec<&str> = checks::all().map(|check| check.meta().name).collect();
    round::load_knowing(folder, &checks)
}

/// Loads a round's settings and what was said in the round before, if they name one.
pub(super) fn round_with_earlier(folder: &Path) -> Result<Round, Error> {
    let mut loaded = round(folder)?;
    let Some(before) = loaded.earlier_folder.clone() else { return Ok(loaded) };
    let earlier = round(&before)?;
    let (candidates, _) = discover::returns(&before.join("returns"))?;
    let files: Vec<FileInput> = candidates.into_iter().map(FileInput::from).collect();
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    loaded.earlier = Some(pipeline::earlier(&loaded, &earlier, &inputs)?);
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

/// Size and SHA-256 of every settings file of a round that is there.
pub(super) fn fingerprints(folder: &Path, round: &Round) -> Vec<Fingerprint> {
    let own = ["round.toml", "plan.csv", "ledger.csv"].map(|name| folder.join(name));
    let schema = Path::new(&round.schema.path).to_owned();
    own.iter()
        .chain([&schema])
        .filter_map(|path| {
            let bytes = fs::read(path).ok()?;
            Some(Fingerprint {
                name: path.file_name()?.to_string_lossy().into_owned(),
                size: bytes.len() as u64,
                sha256: fingerprint(&bytes),
            })
        })
        .collect()
}
