//! The merged tables and what belongs to them → a Frictionless Data Package v2: comma-separated files and their
//! descriptor, for programs.
//!
//! Merged rows are written as their turn comes; the other tables are made at the end. Values are exact. A cell that could
//! not be read is blank in its table and stands, as it was typed, in the table `cells`; so does whatever else the value
//! alone does not say.

mod cell;
mod column;
mod descriptor;
mod merged;
mod others;
#[cfg(feature = "parquet")]
mod parquet;
mod table;

pub use cell::{GUARD, is_guarded, unguarded};

use super::Names;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::{Consolidated, FileId, FileInfo, PartnerId, Record, Sink};
use crate::round::Round;
use merged::Merged;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use table::Table;

/// The descriptor's name.
pub const DESCRIPTOR: &str = "datapackage.json";

/// Names that some systems keep for themselves, whatever stands after the point.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What the package's tables are called.
#[derive(Debug)]
struct Called {
    /// Those of the schema, in its order.
    merged: Vec<String>,
}

impl Called {
    fn new(round: &Round) -> Self {
        let name = |name: &String| {
            let first = name.split('.').next().unwrap_or_default();
            let port = first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt"));
            if port || RESERVED.contains(&first) { format!("table-{name}") } else { name.clone() }
        };
        Self { merged: round.schema.tables.iter().map(|table| name(&table.name)).collect() }
    }

    /// The name of a table of ours: its own, unless the schema has one that is called so.
    fn ours(&self, name: &str) -> String {
        let mut name = name.to_owned();
        while self.merged.contains(&name) {
            name = format!("run-{name}");
        }
        name
    }
}

/// A round after merging, and the names behind its numbers.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// What was merged.
    pub consolidated: &'a Consolidated,
    /// What was found.
    pub findings: &'a [Finding],
    /// Names of places and partners.
    pub names: Names<'a>,
}

/// What the columns of a finished table hold.
#[derive(Debug)]
#[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "read to write Parquet"))]
pub struct Shape {
    /// Each column, and whether every row has something in it.
    columns: Vec<(column::Column, bool)>,
}

#[cfg(feature = "parquet")]
impl Shape {
    /// Writes the table as Parquet. `csv` gives its comma-separated file from the beginning, each time that it is asked.
    ///
    /// # Errors
    ///
    /// If the table cannot be read or `out` cannot be written.
    pub fn parquet<R: io::Read>(
        &self,
        csv: &dyn Fn() -> io::Result<R>,
        out: impl Write + Send,
    ) -> io::Result<()> {
        parquet::write(self, csv, out)
    }
}

/// The files of a finished package, by name.
#[derive(Debug)]
pub struct Written<W> {
    /// The tables' files, in the order of the descriptor.
    pub files: Vec<(String, W)>,
    /// What they hold, in the same order.
    pub shapes: Vec<Shape>,
    /// The descriptor.
    pub descriptor: serde_json::Value,
}

/// The package in the making. Merged rows are taken as they come.
#[derive(Debug)]
pub struct Package<'a, W> {
    round: &'a Round,
    folder: &'a Path,
    called: Called,
    tables: Vec<Merged<W>>,
    beside: Table<W>,
    files: BTreeMap<FileId, FileInfo>,
}

impl<'a, W: Write> Package<'a, W> {
    /// Starts the package. `open` gives a file to write to, by its name; `folder` is where they will stand, for messages.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub fn new(
        round: &'a Round,
        folder: &'a Path,
        open: &dyn Fn(&str) -> Result<W, Error>,
    ) -> Result<Self, Error> {
        let called = Called::new(round);
        let mut tables = Vec::new();
        for (index, name) in called.merged.iter().enumerate() {
            tables.push(Merged::new(round, index, &called, open(&format!("{name}.csv"))?));
        }
        let (about, columns) = merged::beside(&called);
        let to = open(&format!("{}.csv", about.name))?;
        let beside = Table::new(about, columns, to);
        Ok(Self { round, folder, called, tables, beside, files: BTreeMap::new() })
    }

    /// Writes the other tables and ends all of them.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened or written.
    pub fn finish(
        self,
        whole: Whole<'_>,
        open: &dyn Fn(&str) -> Result<W, Error>,
    ) -> Result<Written<W>, Error> {
        let Self { round, folder, called, tables, beside, .. } = self;
        let mut done = Vec::new();
        for table in tables.into_iter().map(|merged| merged.table).chain([beside]) {
            let name = table.about.name.clone();
            done.push(table.finish().map_err(|source| failed(folder, &name, source))?);
        }
        let failed = |name: &str, source| failed(folder, name, source);
        let others = others::Others { round, whole, called: &called, open, failed: &failed };
        done.extend(others.all()?);
        let descriptor = descriptor::descriptor(round, whole.findings, &done);
        let (mut files, mut shapes) = (Vec::new(), Vec::new());
        for table in done {
            let filled = table.columns.into_iter().zip(table.seen).map(|(column, seen)| {
                let whole = column.required && !seen.blank;
                (column, whole)
            });
            shapes.push(Shape { columns: filled.collect() });
            files.push((format!("{}.csv", table.about.name), table.to));
        }
        Ok(Written { files, shapes, descriptor })
    }
}

/// The error for a table that could not be written.
fn failed(folder: &Path, name: &str, source: io::Error) -> Error {
    Error::Io { doing: "write", path: folder.join(name), source }
}

impl<W: Write> Sink for Package<'_, W> {
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        self.files.insert(file, info.clone());
        Ok(())
    }

    fn merged(
        &mut self,
        table: usize,
        _ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error> {
        let Some(merged) = self.tables.get_mut(table) else { return Ok(()) };
        let from = (partner, self.files.get(&record.at.file));
        merged.row(self.round, from, record, &mut self.beside).map_err(|source| {
            let name = format!("{}.csv", self.called.merged.get(table).map_or("", String::as_str));
            failed(self.folder, &name, source)
        })
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.tables.iter().map(|merged| (merged.table.rows, merged.pounds)).collect()
    }
}
