//! A partner's own workbook, given back with a list of what to fix in front and the cells marked; the only module that
//! knows how to write a package.
//!
//! Nothing is read into a model and written out again. Parts that need no change are copied as they are packed; of the others,
//! every byte that is not ours goes by unchanged. Where a workbook is built in a way in which that might go wrong, it is
//! [`Unfit`], and nothing of it is written.

mod cells;
mod list;
mod notes;
mod package;
mod plan;
mod relations;
mod rewrite;
mod styles;
mod tokens;

use crate::model::{CellRef, Limits, Refusal, SheetId};
use crate::read::Parts;
use plan::Plan;
use std::io::{self, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is added to a partner's workbook.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// The list.
    pub list: List,
    /// The cells that are marked; a cell may be in several.
    pub marks: Vec<Mark>,
    /// The list of an earlier time, whose place the new one takes.
    pub earlier: Option<SheetId>,
}

/// The sheet *Please fix*.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// Its title.
    pub title: String,
    /// The protective marking, which stands below the title and on every printed page.
    pub mark: Option<String>,
    /// Lines before the table.
    pub opening: Vec<String>,
    /// The lines of the table.
    pub entries: Vec<Entry>,
    /// Lines after it.
    pub closing: Vec<String>,
}

/// One thing to fix.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Where, in words.
    pub place: String,
    /// Where a click leads.
    pub link: Option<(SheetId, CellRef)>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub how: String,
    /// How long it takes, in words.
    pub time: String,
}

/// A cell to mark.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The sheet, counted among worksheets.
    pub sheet: SheetId,
    /// The cell.
    pub cell: CellRef,
    /// What its note says.
    pub note: String,
}

/// Why a workbook is not given back marked.
#[derive(Debug)]
pub enum Unfit {
    /// It is not an `.xlsx` or `.xlsm`.
    OtherKind,
    /// It bears a signature, which any change would break.
    Signed,
    /// It is built in a way that is not touched: how, in words.
    Unusual(&'static str),
    /// It cannot be read.
    Unread(Refusal),
    /// The output cannot be written.
    Output(io::Error),
}

impl From<Refusal> for Unfit {
    fn from(refusal: Refusal) -> Self {
        Self::Unread(refusal)
    }
}

/// The ending of a name that suits a workbook: `xlsx` or `xlsm`; `None` if it is of another kind.
#[must_use]
pub fn ending(bytes: &[u8], limits: &Limits) -> Option<&'static str> {
    let parts = Parts::open(bytes, limits).ok()??;
    plan::ending(&parts).ok()
}

/// Writes a workbook with what is added.
///
/// # Errors
///
/// If it is unfit; what was written by then is to be thrown away.
pub fn write(
    bytes: &[u8],
    limits: &Limits,
    additions: &Additions,
    out: &mut (impl Write + Seek),
) -> Result<(), Unfit> {
    // Libraries may fail hard on a damaged package.
    catch_unwind(AssertUnwindSafe(|| {
        let parts = Parts::open(bytes, limits)?.ok_or(Unfit::OtherKind)?;
        let plan = Plan::new(&parts, additions)?;
        package::write(bytes, &parts, plan, out)
    }))
    .unwrap_or(Err(Unfit::Unusual("it is damaged in a way that stops copying")))
}
