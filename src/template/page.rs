//! The page set-up of every sheet, and the title block above its cells.

use super::content::Content;
use super::looks;
use crate::write::sheet::printed;
use crate::write::styles::{COLUMN, ROW, normal};
use rust_xlsxwriter::{ProtectionOptions, Worksheet, XlsxError};

/// The sentence that stands on every sheet.
pub(super) const NOBODY: &str =
    "Report work, not children: nothing in this workbook may let anybody tell who a child is.";

/// Starts a sheet: landscape A4, one page wide, the marking at the head, and its protection.
pub(super) fn start(content: &Content<'_>, name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_default_format(&normal(), ROW, COLUMN)?;
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    edges(content, &mut sheet, "");
    // A formula that gives nothing gives a text without letters, not nought.
    sheet.set_formula_result_default("");
    // Without a password: it keeps slips away, and nobody from what they want to do.
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_columns: true,
        insert_rows: true,
        insert_links: true,
        delete_columns: true,
        sort: true,
        use_autofilter: true,
        edit_objects: true,
        ..ProtectionOptions::default()
    });
    Ok(sheet)
}

/// Partner, title and marking over every page; board, marking and number under it.
pub(super) fn edges(content: &Content<'_>, sheet: &mut Worksheet, title: &str) {
    let partner = printed(&content.round.partner(content.partner).name, 50);
    let title = if title.is_empty() { String::new() } else { format!("  ·  {}", printed(title, 40)) };
    let (board, mark) = (printed(&content.round.board, 60), printed(&content.marking, 60));
    sheet.set_header(format!("&L&8&\"Arial,Regular\"{partner}{title}&R&10&\"Arial,Bold\"{mark}"));
    sheet.set_footer(format!(
        "&L&8&\"Arial,Regular\"{board}&C&8&\"Arial,Bold\"{mark}&R&8&\"Arial,Regular\"page &P of &N"
    ));
}

/// The line under the title: marking, board, partner and period.
pub(super) fn strap(content: &Content<'_>) -> String {
    let round = content.round;
    let partner = &round.partner(content.partner).name;
    let period = round.period.to_string();
    let parts = [content.marking.as_str(), &round.board, partner, &period];
    let strap: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    strap.join("  ·  ")
}

/// Writes the title and the line under it.
pub(super) fn title(content: &Content<'_>, sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &looks::title())?;
    sheet.set_row_height(0, 24)?;
    sheet.write_string_with_format(1, 0, strap(content), &looks::strap())?;
    Ok(())
}
