//! A file is in the older Excel format.
//!
//! ## What it does
//!
//! Notes files in the format of Excel 97 to 2003.
//!
//! ## Why it matters
//!
//! We read it, but the format cuts sheets at 65,536 rows and texts at lengths that newer Excel does not.
//!
//! ## Example
//!
//! ```file nhs.xls
//! kind: xls
//! ! old-format: nhs.xls is in the older Excel format. We read it. If you can, save it as Excel Workbook (.xlsx) next time.
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
use crate::model::{FileKind, Submission};

pub(super) struct OldFormat;

const META: Meta = Meta {
    name: "old-format",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("old_format.rs"),
};

impl Check for OldFormat {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        if submission.kind == FileKind::Xls {
            let name = cx.places.file(submission.file);
            let message = format!(
                "{name} is in the older Excel format. We read it. If you can, save it as Excel Workbook (.xlsx) next time."
            );
            out.add(Location::File(submission.file), message);
        }
    }
}
