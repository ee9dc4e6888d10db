//! What stands around the cells of every sheet: the set-up of its page, title block, head and foot.

use super::cuts::{Cuts, fitting};
use super::sheet::write_string;
use super::styles::{Look, Styles};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// What stands around the cells of every sheet.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// The tab's name.
    pub(super) name: String,
    /// The title.
    pub(super) title: String,
    /// What the sheet is for.
    pub(super) description: String,
    /// Marking, board, period and state.
    pub(super) strap: String,
    /// The board, for the page's foot.
    pub(super) board: String,
    /// The protective marking.
    pub(super) marking: String,
    /// The name of its Excel table, if it gets one.
    pub(super) table: String,
    /// Where texts are kept that are too long for a cell.
    pub(super) cuts: Cuts,
}

impl Page {
    /// Says what the sheet is for, unless the schema does.
    pub(super) fn describe(&mut self, words: impl Into<String>) {
        if self.description.is_empty() {
            self.description = words.into();
        }
    }
}

/// Sets a sheet up for the page and writes its title block.
pub(super) fn set_up(
    ws: &mut Worksheet,
    page: &Page,
    styles: &Styles,
    looks: &[Look],
) -> Result<(), XlsxError> {
    ws.set_name(&page.name)?;
    ws.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    ws.set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
    ws.set_screen_gridlines(false);
    ws.set_header(header(page));
    ws.set_footer(footer(page));
    // A wide sheet is printed small; its mark is not.
    ws.set_header_footer_scale_with_doc(false);
    for (column, look) in (0u16..).zip(looks) {
        ws.set_column_format(column, styles.plain(*look))?;
    }
    let write = |ws: &mut Worksheet, row: u32, text: &str, format| {
        let text = fitting(text, &page.cuts, &page.name, row, 0);
        write_string(ws, (row, 0), &text, Some(format)).map(|_| ())
    };
    write(ws, 0, &page.title, &styles.title)?;
    write(ws, 1, &page.strap, &styles.strap)?;
    write(ws, 2, &page.description, &styles.describe)
}

/// Title and mark over every page. The name of the typeface stands after the size, because a title may start with a digit.
fn header(page: &Page) -> String {
    let title = printed(&page.title, 110);
    format!("&L&8&\"Arial,Regular\"{title}&R&10&\"Arial,Bold\"{}", printed(&page.marking, 60))
}

/// Board, mark and number under every page.
fn footer(page: &Page) -> String {
    let (board, mark) = (printed(&page.board, 60), printed(&page.marking, 60));
    format!("&L&8&\"Arial,Regular\"{board}&C&10&\"Arial,Bold\"{mark}&R&8&\"Arial,Regular\"page &P of &N")
}

/// A text for the edge of a page, where Excel holds 255 characters in all and `&` begins an instruction.
pub(crate) fn printed(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let doubled = text.replace('&', "&&");
    if doubled.chars().count() <= longest {
        return doubled;
    }
    let mut kept = String::new();
    let mut room = longest - 1;
    for letter in text.chars() {
        let width = if letter == '&' { 2 } else { 1 };
        if width > room {
            break;
        }
        room -= width;
        kept.extend(std::iter::repeat_n(letter, width));
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_of_a_page_holds_any_text() {
        assert_eq!(printed("Updates & more", 60), "Updates && more");
        assert_eq!(printed("a\nb", 60), "a b");
        assert_eq!(printed("&&&&", 5), "&&&&…");
        assert_eq!(printed("1234567", 5), "1234…");
        let page = Page {
            name: String::new(),
            title: "2&".repeat(200),
            description: String::new(),
            strap: String::new(),
            board: "&".repeat(200),
            marking: "NOT FOR CIRCULATION · OFFICIAL-SENSITIVE".into(),
            table: String::new(),
            cuts: Cuts::default(),
        };
        for text in [header(&page), footer(&page)] {
            assert!(text.encode_utf16().count() <= 255 && text.contains(&page.marking), "{text}");
        }
    }
}
