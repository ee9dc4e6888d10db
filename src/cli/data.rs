//! `out/data`: the Frictionless Data Package beside the workbook.

use super::merge::{Unfinished, json};
use super::outputs::Outputs;
use crate::error::Error;
use crate::model::{FileId, FileInfo, PartnerId, Record, Sink};
#[cfg(feature = "parquet")]
use crate::report::Written;
use crate::report::{DESCRIPTOR, Package, Whole};
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;
use tempfile::TempPath;

/// The folder of the package.
const FOLDER: &str = "data";

/// Starts the package; `folder` is where it will stand.
pub(super) fn start<'a>(
    outputs: &Outputs,
    round: &'a crate::round::Round,
    folder: &'a Path,
) -> Result<Package<'a, Unfinished>, Error> {
    Package::new(round, folder, &|name| outputs.open(&inside(name)))
}

/// The name of a file of the package among the outputs.
fn inside(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Ends the package; gives its files with their names among the outputs.
pub(super) fn finish(
    outputs: &Outputs,
    package: Package<'_, Unfinished>,
    whole: Whole<'_>,
) -> Result<Vec<(String, TempPath)>, Error> {
    let written = package.finish(whole, &|name| outputs.open(&inside(name)))?;
    let name = inside(DESCRIPTOR);
    let mut descriptor = outputs.open(&name)?;
    json(&written.descriptor, &mut descriptor).map_err(|source| outputs.failed(&name, source))?;
    #[cfg(feature = "parquet")]
    let columns = parquet(outputs, &written)?;
    #[cfg(not(feature = "parquet"))]
    let columns: [(String, Unfinished); 0] = [];
    let files = written.files.into_iter().map(|(name, file)| (inside(&name), file));
    files
        .chain(columns)
        .chain([(name, descriptor)])
        .map(|(name, file)| {
            let whole = outputs.close(&name, file)?;
            Ok((name, whole))
        })
        .collect()
}

/// The same tables as Parquet files, by their names among the outputs.
#[cfg(feature = "parquet")]
fn parquet(outputs: &Outputs, written: &Written<Unfinished>) -> Result<Vec<(String, Unfinished)>, Error> {
    let mut files = Vec::new();
    for ((name, csv), shape) in written.files.iter().zip(&written.shapes) {
        let name = inside(&name.replace(".csv", ".parquet"));
        let mut file = outputs.open(&name)?;
        let again = || fs::File::open(csv.get_ref().path());
        shape.parquet(&again, &mut file).map_err(|source| outputs.failed(&name, source))?;
        files.push((name, file));
    }
    Ok(files)
}

/// Files of the package that an earlier run wrote, by the descriptor that it left: nothing else in that folder is ours.
pub(super) fn earlier(out: &Path) -> Vec<String> {
    let Ok(bytes) = fs::read(out.join(FOLDER).join(DESCRIPTOR)) else { return Vec::new() };
    let descriptor: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if descriptor["quarterday"]["program"].as_str().is_none() {
        return Vec::new();
    }
    let resources = descriptor["resources"].as_array().map_or(&[][..], Vec::as_slice);
    let names = resources.iter().filter_map(|resource| resource["path"].as_str()?.strip_suffix(".csv"));
    // A name with a folder in it is not one that was written here.
    names
        .filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.'))
        .flat_map(|name| [inside(&format!("{name}.csv")), inside(&format!("{name}.parquet"))])
        .collect()
}

/// Two sinks as one: each takes every row.
pub(super) struct Both<'a> {
    pub(super) first: &'a mut dyn Sink,
    pub(super) second: &'a mut dyn Sink,
}

impl Sink for Both<'_> {
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        self.first.file(file, info)?;
        self.second.file(file, info)
    }

    fn merged(
        &mut self,
        table: usize,
        ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error> {
        self.first.merged(table, ordinal, partner, record)?;
        self.second.merged(table, ordinal, partner, record)
    }

    /// What the first has taken; what the second has, if that is not the same, so that the proof fails.
    fn taken(&self) -> Vec<(u32, Decimal)> {
        let (first, second) = (self.first.taken(), self.second.taken());
        if first == second { first } else { second }
    }
}
