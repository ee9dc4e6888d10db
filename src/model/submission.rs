//! One partner's return.

use super::{
    CellRef, FileId, FileKind, FormulaFault, Oddity, Origin, PartnerId, Period, SheetId, Suspected, Table,
    Unseen,
};
use rust_decimal::Decimal;

/// A return: what one file holds, read and typed.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The file.
    pub file: FileId,
    /// What kind of file it is.
    pub kind: FileKind,
    /// Who sent it and for what, and how that was found out.
    pub identity: Identity,
    /// The tables found, in the schema's order and then in sheet order.
    pub tables: Vec<Table>,
    /// Tables of the schema that were not found (indices into its tables).
    pub absent: Vec<usize>,
    /// Every worksheet and what it was used for.
    pub sheets: Vec<SheetUse>,
    /// What reading noticed.
    pub oddities: Vec<Oddity>,
    /// What could not be looked at.
    pub unseen: Vec<Unseen>,
    /// What of its file, outside the sheets, may identify a person.
    pub suspected: Vec<Suspected>,
    /// What is wrong with its formulas, in the order of the cells.
    pub formula_faults: Vec<FormulaFault>,
}

/// Who sent a return, for which period, and where that is said.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a file says of itself")]
pub struct Identity {
    /// The partner, if it could be told.
    pub partner: Option<PartnerId>,
    /// How the partner was told.
    pub partner_from: Option<IdentitySource>,
    /// What was said of the sender when it is none of the round's partners.
    pub unknown_partner: Option<String>,
    /// The partner whose name is nearest to that, if one is near: it is asked about, never taken.
    pub nearest_partner: Option<String>,
    /// The period that the return states.
    pub period: Option<(Period, Origin)>,
    /// A quarter that a title of the return or its file's name mentions.
    pub mentioned: Vec<Mention>,
    /// The template that the return states.
    pub template: Option<(String, Origin)>,
    /// The board that the return states.
    pub board: Option<(String, Origin)>,
    /// When the return was completed.
    pub completed: Option<jiff::civil::Date>,
    /// True if its file bears our list of what to fix for this period: it was made from an earlier return, and replaces that.
    pub mended: bool,
    /// The name of the file that it was made from, as that list says it.
    pub made_from: Option<String>,
    /// True if that file is there too and says the same in every cell: nothing was put right in this one yet.
    pub unchanged: bool,
    /// When its file was saved last, as the file says.
    pub saved: Option<String>,
    /// True if notes of ours stand on its cells: it was made from a file that we gave back, whose list may have been deleted.
    pub noted: bool,
    /// Power of ten of the unit that plain amounts are in, from the cover (0 pounds, 3 thousands).
    pub unit: i8,
    /// True if the cover declares whole pounds or thousands: rounding may then explain a difference.
    pub rounded: bool,
}

impl Identity {
    /// When its file was saved last, to the second, if that was after another's: times in the same notation only, because a
    /// time without a zone is nobody else's.
    #[must_use]
    pub fn saved_after(&self, other: &Self) -> Option<jiff::civil::DateTime> {
        let [own, other] = [self, other].map(|one| one.saved.as_deref());
        let (own, other) = (own?, other?);
        let time = |text: &str| text.get(..19)?.parse::<jiff::civil::DateTime>().ok();
        let zone = |text: &str| {
            text.get(19..)
                .unwrap_or_default()
                .trim_start_matches(|c: char| c == '.' || c.is_ascii_digit())
                .to_owned()
        };
        (zone(own) == zone(other) && time(own)? > time(other)?).then(|| time(own)).flatten()
    }
}

/// A quarter mentioned outside the place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The quarter, 1 to 4.
    pub quarter: u8,
    /// The calendar year in which the plan year starts, if it is there too.
    pub year: Option<i16>,
    /// The cell; `None` for the file's name.
    pub at: Option<Origin>,
}

/// Where the sender's name was found.
#[derive(Debug, Clone, PartialEq)]
pub enum IdentitySource {
    /// A cell of the return.
    Cell(Origin),
    /// The name of the file.
    FileName,
    /// The agency column of its rows, all agreeing.
    Rows,
}

/// One worksheet of a return and what it was used for.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetUse {
    /// The sheet.
    pub sheet: SheetId,
    /// Its tab name.
    pub name: String,
    /// Rows with anything in them.
    pub filled_rows: u32,
    /// Cells with anything in them.
    pub filled_cells: u32,
    /// What stands beside its cells' values.
    pub beside: Beside,
    /// True if it is hidden.
    pub hidden: bool,
    /// Tables found on it (indices into the schema's tables).
    pub tables: Vec<usize>,
}

/// What a worksheet hides and carries, as far as checks speak of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// Hidden rows, zero-based: first and last of each run, in order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, zero-based: first and last of each run, in order.
    pub hidden_columns: Vec<(u16, u16)>,
    /// True if a filter is in force.
    pub filtered: bool,
    /// Filled cells whose text is crossed out, at most [`MOST_BESIDE`].
    pub struck: Vec<Origin>,
    /// Cells with a comment, at most [`MOST_BESIDE`], and how many there are in all.
    pub comments: (Vec<CellRef>, usize),
    /// What of the sheet may identify a person, with its cell if it is at one, and how many more places that may there are.
    pub suspected: (Vec<(Option<Origin>, Suspected)>, usize),
    /// Cells under boxes with words, at most [`MOST_BESIDE`].
    pub text_boxes: Vec<Origin>,
    /// Cells whose formula takes its value from another workbook, at most [`MOST_BESIDE`]: its name, and the value that was
    /// saved.
    pub linked: Vec<(Origin, String, String)>,
    /// Cells with an amount of which the format hides pennies, at most [`MOST_BESIDE`].
    pub pennies_hidden: Vec<CellRef>,
    /// Filled cells under merged ones, where Excel does not show them: at most [`MOST_BESIDE`], and how many there are.
    pub covered: (Vec<Origin>, usize),
    /// Cells near the top whose whole text is a protective marking that has ended, with that mark, at most [`MOST_BESIDE`].
    pub old_marks: Vec<(Origin, &'static str)>,
    /// Such a mark in the page's header or footer.
    pub printed_mark: Option<&'static str>,
    /// Amounts of money that stand in words (*inc £20k from adults' services*), at most [`MOST_BESIDE`].
    pub amounts: Vec<Mentioned>,
}

/// An amount of money in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Mentioned {
    /// The cell.
    pub at: Origin,
    /// The amount, pounds.
    pub pounds: Decimal,
    /// The words, shortened.
    pub words: String,
}

/// How many places of each kind are kept.
pub const MOST_BESIDE: usize = 200;

impl Beside {
    /// True if a row is hidden.
    #[must_use]
    pub fn is_row_hidden(&self, row: u32) -> bool {
        self.hidden_rows.iter().any(|(first, last)| (*first..=*last).contains(&row))
    }

    /// True if a column is hidden.
    #[must_use]
    pub fn is_column_hidden(&self, column: u16) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}
