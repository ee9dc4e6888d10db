//! Bytes → grids; the only module that knows calamine.

use crate::model::{FileId, Refusal, Workbook};

/// Reads a workbook. Sheets for which `wanted` (given the tab name) is false are listed without cells.
///
/// # Errors
///
/// If nothing of the file can be used.
pub fn workbook(
    file: FileId,
    name: &str,
    bytes: &[u8],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let _ = (file, name, bytes, wanted("x"));
    todo!()
}
