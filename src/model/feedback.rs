//! By what our own additions to a partner's workbook are told from the partner's work when it comes back.

use super::{FIX_SHEET, Rgb};

/// The sentence below the title of that sheet.
pub const MARKER: &str = "quarterday made this sheet. You can leave it in or delete it: it is not read when you send the file back.";

/// The author of our notes on cells.
pub const NOTE_AUTHOR: &str = "quarterday";

/// The fill of marked cells: a lilac that is far from the colours of ratings and in no palette of Excel's.
pub const HIGHLIGHT: Rgb = Rgb::new(0xE4_D3_F4);

/// Rows from the top of a sheet within which the sentence must stand.
const NEAR: u32 = 6;

/// True if a sheet of this name (a number follows where there was one of this name already), with this text in this row (zero-based), is the one that we added.
#[must_use]
pub fn is_our_list(sheet: &str, row: u32, text: &str) -> bool {
    sheet.starts_with(FIX_SHEET) && row < NEAR && text == MARKER
}
