//! Grid + schema → where each table starts, how its headings were read and what each row is.
//!
//! Every filled row of a sheet on which a table was found gets exactly one role, in exactly one layout of the sheet. Rows
//! above the first table's headings are titles; rows that stand below a table and are not its own are notes of the table
//! above them; the words just above a table's headings are its title. Another list of a table on its sheet, with its headings
//! once more above or below, is not used, and its rows are told as that list's. A form's labelled rows are data, all other rows of
//! its sheet titles or notes. What no layout claims is what [`leftovers`] lists: rows of sheets that are not used.

mod again;
mod assign;
mod continued;
mod fit;
mod form;
mod guess;
mod headings;
mod near;
mod remark;
mod roles;
mod row;
mod sections;
mod words;

pub use guess::{Known, guess};

use crate::model::{Layout, RawCell, Sheet, Workbook};
use crate::schema::Schema;

/// Finds every table of the schema in a workbook, in the schema's order and then in sheet order.
#[must_use]
pub fn tables(workbook: &Workbook, schema: &Schema) -> Vec<Layout> {
    let words = words::Vocabulary::new(schema);
    let placed = assign::tables(workbook, schema, &words);
    let mut layouts = sections::layouts(workbook, schema, &words, placed);
    form::add(workbook, schema, &words, &mut layouts);
    layouts.sort_by_key(|layout| (layout.table, layout.sheet, layout.header_rows));
    layouts
}

/// The places where a form of the schema stands, one a sheet, whichever of them is used; in sheet order.
#[must_use]
pub fn forms(workbook: &Workbook, schema: &Schema, table: usize) -> Vec<Layout> {
    let words = words::Vocabulary::new(schema);
    form::everywhere(workbook, schema, &words, table)
}

/// The filled rows of a sheet that none of these layouts claims: none at all on a sheet where a table was found.
#[must_use]
pub fn leftovers(sheet: &Sheet, layouts: &[&Layout]) -> Vec<u32> {
    let mut claimed: Vec<u32> = layouts
        .iter()
        .filter(|layout| layout.sheet == sheet.id())
        .flat_map(|layout| layout.rows.iter().map(|(row, _)| *row))
        .collect();
    claimed.sort_unstable();
    sheet
        .rows()
        .filter(|(row, cells)| is_filled(sheet, cells) && claimed.binary_search(row).is_err())
        .map(|(row, _)| row)
        .collect()
}

/// True if a row holds more than white space.
fn is_filled(sheet: &Sheet, cells: &[RawCell]) -> bool {
    cells.iter().any(|cell| !sheet.raw(cell).is_blank())
}
