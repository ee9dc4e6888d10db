//! The ending of a file's name does not match its content.
//!
//! ## What it does
//!
//! Notes files whose content is of another kind than their name says.
//!
//! ## Why it matters
//!
//! We go by the content. Excel warns about such files, and other programs may not open them.
//!
//! ## Example
//!
//! ```file nhs.xls
//! named: xls
//! ! wrong-extension: nhs.xls is named .xls but is an Excel workbook (.xlsx). We read it. Save it as Excel Workbook (.xlsx).
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Save the file as Excel Workbook (.xlsx).
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FileKind, Oddity, Submission};

pub(super) struct WrongExtension;

const META: Meta = Meta {
    name: "wrong-extension",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("wrong_extension.rs"),
};

impl Check for WrongExtension {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::WrongExtension { named, kind } = oddity else { continue };
            if *kind == FileKind::Html {
                // `web-page` says so.
                continue;
            }
            let message = format!(
                "{} is named .{named} but is {}. We read it. Save it as Excel Workbook (.xlsx).",
                cx.places.file(submission.file),
                what(*kind)
            );
            out.add(Location::File(submission.file), message);
        }
    }
}

fn what(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Xlsx => "an Excel workbook (.xlsx)",
        FileKind::Xlsm => "an Excel workbook with macros (.xlsm)",
        FileKind::Xlsb => "an Excel binary workbook (.xlsb)",
        FileKind::Xls => "an older Excel workbook (.xls)",
        FileKind::Ods => "an OpenDocument spreadsheet (.ods)",
        FileKind::Csv => "plain text with separators (.csv)",
        FileKind::Html => "a web page (.html)",
    }
}
