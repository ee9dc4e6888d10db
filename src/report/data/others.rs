//! The package's tables that are not merged rows: who sent what, what was held, what was compared, what was found.

mod figures;
mod held;
mod received;
mod told;

use super::column::{Column, Kind};
use super::table::{About, Done, Table};
use super::{Called, Whole};
use crate::error::Error;
use crate::finding::{Location, Severity};
use crate::model::{Origin, PartnerId};
use crate::round::Round;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What a table is: its name, its title, what a row is.
type Is = (&'static str, &'static str, &'static str);
/// Its columns: name, title, what stands there, and whether every row has it.
type Has<'a> = &'a [(&'a str, &'a str, Kind, bool)];

/// Writes the tables that are not merged rows.
pub(super) struct Others<'a, W> {
    pub(super) round: &'a Round,
    pub(super) whole: Whole<'a>,
    pub(super) called: &'a Called,
    /// Opens the file of a table.
    pub(super) open: &'a dyn Fn(&str) -> Result<W, Error>,
    /// The error for a file that cannot be written.
    pub(super) failed: &'a dyn Fn(&str, io::Error) -> Error,
}

type Made<W> = Result<Done<W>, Error>;

impl<'a, W: Write> Others<'a, W> {
    /// Starts a table, has it written, and ends it.
    fn table(
        &self,
        (name, title, description): Is,
        has: Has<'_>,
        keys: &[(&str, &str, &'static str)],
        rows: impl FnOnce(&mut Table<W>) -> io::Result<()>,
    ) -> Made<W> {
        let columns = has.iter().map(|(name, title, kind, always)| {
            let column = Column::new(name, title, kind.clone());
            if *always { column.always() } else { column }
        });
        let about = About {
            name: self.called.ours(name),
            title: title.to_owned(),
            description: description.to_owned(),
            primary_key: self.key_of(name).into_iter().collect(),
            unique_key: Vec::new(),
            foreign_keys: keys
                .iter()
                .map(|(column, table, theirs)| ((*column).to_owned(), self.called.ours(table), *theirs))
                .collect(),
        };
        let file = format!("{}.csv", about.name);
        let mut table = Table::new(about, columns.collect(), (self.open)(&file)?);
        rows(&mut table).and_then(|()| table.finish()).map_err(|error| (self.failed)(&file, error))
    }

    /// The column that tells every row of a table from every other.
    fn key_of(&self, table: &str) -> Option<&'static str> {
        match table {
            "partners" => Some("code"),
            "controls" => Some("control"),
            "returns" | "held" | "comparisons" | "findings" => Some("no"),
            // Two names that are no text may look the same as text.
            "files" => {
                let whole = self.whole.consolidated;
                let names = whole.places.files.iter().map(|file| &file.name);
                let names: Vec<&String> = names.chain(whole.skipped.iter().map(|file| &file.name)).collect();
                let once: BTreeSet<&String> = names.iter().copied().collect();
                (once.len() == names.len()).then_some("file")
            }
            _ => None,
        }
    }

    fn code(&self, partner: Option<PartnerId>) -> Option<&'a str> {
        let partner = self.round.partners.get(usize::from(partner?.0))?;
        Some(partner.code.as_str())
    }

    /// Writes file, sheet and cell.
    fn place(&self, table: &mut Table<W>, at: Option<Origin>) {
        let places = &self.whole.consolidated.places;
        table.maybe(at.map(|at| places.file(at.file)));
        table.maybe(at.map(|at| places.sheet(at.file, at.sheet)));
        table.maybe(at.map(|at| at.cell.to_string()).as_deref());
    }

    /// Writes file, sheet, cell and line.
    fn place_of(&self, table: &mut Table<W>, at: Location) {
        let places = &self.whole.consolidated.places;
        let (file, line) = match at {
            Location::Cell(at) => {
                self.place(table, Some(at));
                table.blank();
                return;
            }
            Location::Sheet(file, _) | Location::File(file) => (places.file(file), None),
            Location::Plan(_, line) => ("plan.csv", Some(line)),
            Location::Ledger(line) => ("ledger.csv", Some(line)),
            Location::Answer(line) => ("answers.csv", Some(line)),
            Location::Own(file, line) => (file.name(), Some(line)),
            Location::SignOff => ("signoff.toml", None),
            Location::Partner(_) => ("round.toml", None),
            Location::Returns => ("", None),
        };
        table.text(file);
        match at {
            Location::Sheet(file, sheet) => table.text(places.sheet(file, sheet)),
            _ => table.blank(),
        }
        table.blank();
        table.maybe_whole(line.map(i64::from));
    }

    /// All of them, in the order in which the package lists them.
    pub(super) fn all(&self) -> Result<Vec<Done<W>>, Error> {
        let mut all = vec![self.partners()?, self.files()?, self.returns()?, self.headings()?];
        all.extend([self.held()?, self.held_cells()?, self.proof()?, self.controls()?]);
        all.extend([self.comparisons()?, self.explanations()?, self.ledgers()?]);
        all.extend([self.findings()?, self.related()?]);
        Ok(all)
    }
}

const SEVERITIES: [&str; 3] = [Severity::Note.word(), Severity::Query.word(), Severity::Error.word()];

/// A column in which one of these words stands.
fn words(words: &[&str]) -> Kind {
    Kind::One {
        words: words.iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect(),
        ordered: false,
    }
}
