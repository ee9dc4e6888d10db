//! A round after merging: everything the outputs need that is not streamed row by row.

use super::{
    Cell, Comparison, ExtraCell, FileId, FileKind, FormulaFault, HeldReason, Identity, Layout, Ledgered,
    Origin, PartnerId, Record, SheetId, SheetUse, Suspect,
};
use crate::error::Error;
use rust_decimal::Decimal;

/// Takes merged rows as their turn comes, so that they can leave memory.
pub trait Sink {
    /// Is told a file's names before the first of its rows: rows that leave memory must carry them.
    ///
    /// # Errors
    ///
    /// If they cannot be kept.
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        let _ = (file, info);
        Ok(())
    }

    /// Takes the next merged row of a table: the zero-based ordinal counts this table's rows.
    ///
    /// # Errors
    ///
    /// If the row cannot be written.
    fn merged(
        &mut self,
        table: usize,
        ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error>;

    /// What it has taken, for the conservation proof: rows, and the sum of all money cells in pounds, a table.
    fn taken(&self) -> Vec<(u32, Decimal)>;
}

/// What became of a data row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// In the merged table, at this zero-based ordinal.
    Merged(u32),
    /// Not merged; it stands in `held` with its reason.
    Held,
    /// Set aside with its whole return.
    SetAside,
}

/// A round after merging.
#[derive(Debug, Clone, Default)]
pub struct Consolidated {
    /// Names of files and sheets.
    pub places: Places,
    /// One entry a file, in file order.
    pub returns: Vec<ReturnInfo>,
    /// Files of the folder that were passed over, with the reason.
    pub skipped: Vec<SkippedFile>,
    /// Partners from whom a return was expected and none accepted.
    pub missing: Vec<PartnerId>,
    /// The register with what came back for each entry.
    pub register: Vec<RegisterRow>,
    /// The roll-ups, one list an output of that kind (indexed like the schema's outputs; empty for other kinds).
    pub groups: Vec<Vec<Group>>,
    /// Merged rows that outputs show in another form, a list a table.
    pub kept: Vec<Vec<Kept>>,
    /// Rows merged, a table.
    pub merged_rows: Vec<u32>,
    /// Rows that were not merged.
    pub held: Vec<HeldRow>,
    /// Every control applied: those about one row of a table are listed only if they do not agree.
    pub comparisons: Vec<Comparison>,
    /// How many comparisons each control made and how they came out: agrees, rounding, differs, could not test.
    pub tallies: Vec<[u32; 4]>,
    /// Round totals of the ledger controls.
    pub ledgered: Vec<Ledgered>,
    /// What is wrong with the formulas of the returns that are used, in the order of files and cells.
    pub formula_faults: Vec<FormulaFault>,
    /// The proof that nothing was lost.
    pub conservation: Vec<Conservation>,
}

/// The names behind file and sheet numbers.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// One entry a file.
    pub files: Vec<FileInfo>,
}

/// One input file.
#[derive(Debug, Clone, Default)]
pub struct FileInfo {
    /// Its name without folders; other words in its place if it identifies a person.
    pub name: String,
    /// Why, if so.
    pub held: Option<Suspect>,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
    /// Its sheets' names.
    pub sheets: Vec<String>,
}

impl Places {
    /// A file's name.
    #[must_use]
    pub fn file(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |info| info.name.as_str())
    }

    /// A sheet's name.
    #[must_use]
    pub fn sheet(&self, file: FileId, sheet: SheetId) -> &str {
        self.files
            .get(file.0 as usize)
            .and_then(|info| info.sheets.get(usize::from(sheet.0)))
            .map_or("", String::as_str)
    }

    /// A cell as people write it: `nhs.xls › Finance!D7`.
    #[must_use]
    pub fn show(&self, at: Origin) -> String {
        format!("{} › {}!{}", self.file(at.file), self.sheet(at.file, at.sheet), at.cell)
    }
}

/// A file that was not opened, such as a lock file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFile {
    /// Its name; other words in its place if it identifies a person.
    pub name: String,
    /// Why, if so.
    pub held: Option<Suspect>,
    /// Why, in a plain sentence.
    pub why: String,
}

/// The most places in which two returns are listed as differing; if there are so many, there may be more.
pub const MOST_DIFFERENCES: usize = 500;

/// One return and what became of it.
#[derive(Debug, Clone)]
pub struct ReturnInfo {
    /// The file.
    pub file: FileId,
    /// What kind of file it is, if that much could be told.
    pub kind: Option<FileKind>,
    /// Who sent it.
    pub identity: Identity,
    /// What became of it.
    pub state: ReturnState,
    /// True if it is a form in which nothing is filled in.
    pub blank: bool,
    /// The file with the rest of the same return, if the partner sent it in several files and this is not the first.
    pub part_of: Option<FileId>,
    /// Its sheets and what they were used for.
    pub sheets: Vec<SheetUse>,
    /// How its tables were found.
    pub layouts: Vec<Layout>,
    /// What stands under headings that the template does not have.
    pub extra: Vec<ExtraCell>,
    /// Tables of the schema that it lacks.
    pub absent: Vec<usize>,
    /// Data rows read, merged, held and set aside.
    pub rows: [u32; 4],
}

/// What became of a return.
#[derive(Debug, Clone, PartialEq)]
pub enum ReturnState {
    /// Used.
    Accepted,
    /// Another return of the same partner is used in its place.
    Superseded {
        /// The return used.
        by: FileId,
        /// Why that one, in words.
        why: String,
        /// Cells in which the two differ (this one's, the other's); a row that only one of them has counts once, at its
        /// first cell. At most [`MOST_DIFFERENCES`] are listed.
        differences: Vec<(Option<Origin>, Option<Origin>)>,
    },
    /// The same as another return: nothing in it is added to anything.
    Copy {
        /// The return that it repeats.
        of: FileId,
    },
    /// Not used: it could not be read, or it is not a return for this round.
    Refused {
        /// Why, in a plain sentence with what to do.
        why: String,
    },
}

/// One entry of the plan register and what came back for it.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    /// Its key (the action's reference).
    pub key: String,
    /// The line's other columns, in the order of the register's headings.
    pub columns: Vec<String>,
    /// Who was asked, in partner order, and what each said.
    pub responses: Vec<Response>,
}

/// What one partner said on one entry of the register.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// The partner.
    pub partner: PartnerId,
    /// The merged row; `None` if it did not come, or came with nothing in it but what was there beforehand.
    pub row: Option<ResponseRow>,
    /// True if it came, answered or not.
    pub came: bool,
}

/// The merged row behind a response.
#[derive(Debug, Clone, Copy)]
pub struct ResponseRow {
    /// Its first cell.
    pub at: Origin,
    /// Its zero-based ordinal in the merged table.
    pub ordinal: u32,
    /// Category of the field with the role *rating*.
    pub rating: Option<u16>,
    /// Category of the field with the role *status*.
    pub status: Option<u16>,
}

/// One line of a roll-up.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The group's name.
    pub name: String,
    /// Further register columns shown beside it.
    pub show: Vec<String>,
    /// Entries of the register in it.
    pub entries: u32,
    /// Entries by rating (worst over the partners asked), indexed like the code list.
    pub by_rating: Vec<u32>,
    /// Entries with at least one answer missing and none worse than what was answered.
    pub not_reported: u32,
    /// The roll-up: index of a rating, or `None` for *not reported*.
    pub rolled: Option<u16>,
    /// The same for the round before, from what was answered there on the same entries; `None` as well if there is none.
    pub before: Option<u16>,
}

/// A merged row kept for the outputs that show it in another form.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Who sent it.
    pub partner: PartnerId,
    /// Its zero-based ordinal in the merged table.
    pub ordinal: u32,
    /// Its first cell.
    pub at: Origin,
    /// One cell a field of the schema's table.
    pub cells: Box<[Cell]>,
}

/// A row that was not merged.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// Its table.
    pub table: usize,
    /// Who sent it, if that is known.
    pub partner: Option<PartnerId>,
    /// Its first cell.
    pub at: Origin,
    /// Why.
    pub reason: HeldReason,
    /// Why and what to do, in plain sentences.
    pub why: String,
    /// Its cells as typed, one a field, blank where there is nothing.
    pub cells: Vec<String>,
    /// The sum of its money cells, pounds.
    pub pounds: Decimal,
    /// Its figures that could be read: field and amount.
    pub amounts: Vec<(usize, Decimal)>,
}

/// The proof for one sheet of one file: rows and money in = rows and money accounted for.
#[derive(Debug, Clone, PartialEq)]
pub struct Conservation {
    /// The file.
    pub file: FileId,
    /// The sheet.
    pub sheet: SheetId,
    /// Rows with anything in them.
    pub filled: u32,
    /// Rows merged.
    pub merged: u32,
    /// Rows held.
    pub held: u32,
    /// Rows set aside with their return.
    pub set_aside: u32,
    /// Title, heading, sub-heading, total and note rows.
    pub not_data: u32,
    /// Rows of a sheet on which no table was found.
    pub unused: u32,
    /// Sum of the money cells of data rows, pounds.
    pub pounds_read: Decimal,
    /// The part of it in merged rows.
    pub pounds_merged: Decimal,
    /// The part of it in held rows.
    pub pounds_held: Decimal,
    /// The part of it in rows set aside.
    pub pounds_set_aside: Decimal,
}

impl Conservation {
    /// True if nothing was lost.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.filled == self.merged + self.held + self.set_aside + self.not_data + self.unused
            && self.pounds_read == self.pounds_merged + self.pounds_held + self.pounds_set_aside
    }
}
