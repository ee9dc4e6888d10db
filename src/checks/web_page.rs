//! A return is a web page.
//!
//! ## What it does
//!
//! Notes web pages, which many reporting systems write and call `.xls`. Each table of the page is read as a sheet. Rows,
//! columns and tables that the page hides are read and marked as hidden; hidden words inside a cell are left out, and told
//! by `not-looked-at`. A page that is not there to its end is not read.
//!
//! ## Why it matters
//!
//! A web page holds neither formulas nor formats that can be relied on: ratings that are shown by colour alone are not read,
//! and dates and amounts are taken from their words. Excel warns about such files.
//!
//! ## Example
//!
//! ```file nhs.xls
//! kind: html
//! named: xls
//! web page: 1
//! ! web-page: nhs.xls is named .xls but is a web page. We read the table in it as text; formulas, colours and number formats are not read. Save it as Excel Workbook (.xlsx).
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Open the file in Excel and save it as Excel Workbook (.xlsx).
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct WebPage;

const META: Meta = Meta {
    name: "web-page",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("web_page.rs"),
};

impl Check for WebPage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let named = submission.oddities.iter().find_map(|oddity| {
            if let Oddity::WrongExtension { named, .. } = oddity { Some(named.as_str()) } else { None }
        });
        for oddity in &submission.oddities {
            let Oddity::WebPage { tables, words_outside } = oddity else { continue };
            let what = named.map_or("is".to_owned(), |named| format!("is named .{named} but is"));
            let read = if *tables == 1 {
                "the table in it as text".to_owned()
            } else {
                format!("its {tables} tables as text, each as a sheet")
            };
            let outside = if *words_outside { " Words outside its tables were not read." } else { "" };
            let message = format!(
                "{} {what} a web page. We read {read}; formulas, colours and number formats are not read.{outside} Save it as Excel Workbook (.xlsx).",
                cx.places.file(submission.file),
            );
            out.add(Location::File(submission.file), message);
        }
    }
}
