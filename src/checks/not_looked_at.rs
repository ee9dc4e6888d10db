//! Something in a file could not be looked at.
//!
//! ## What it does
//!
//! Names what a kind of file does not let us see, such as colours in a binary workbook, and inner parts of a file that are
//! damaged, such as its comments. The cells were read.
//!
//! ## Why it matters
//!
//! A rating that is shown only by colour, or a hidden row, would be missed in such a file.
//!
//! ## Example
//!
//! ```file return.xlsx
//! unseen: comments of the sheet Plan
//! ! not-looked-at: We could not look at the comments of the sheet Plan. The cells were read. Look at them in the file itself.
//! ```
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Save the file as Excel Workbook (.xlsx) and send it again, if something that is listed matters.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::either;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Unseen};

pub(super) struct NotLookedAt;

const META: Meta = Meta {
    name: "not-looked-at",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("not_looked_at.rs"),
};

impl Check for NotLookedAt {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let kinds: Vec<&str> = submission
            .unseen
            .iter()
            .filter_map(|unseen| if let Unseen::Kind(what) = unseen { Some(*what) } else { None })
            .collect();
        if !kinds.is_empty() {
            let message = format!(
                "A file of this kind (.{}) does not show us {}. The cells were read. Save it as Excel Workbook (.xlsx) if that matters.",
                submission.kind.extension(),
                either(&kinds)
            );
            out.add(Location::File(submission.file), message);
        }
        for unseen in &submission.unseen {
            if !matches!(unseen, Unseen::Kind(_)) {
                let what = unseen.words();
                out.add(
                    Location::File(submission.file),
                    format!("We could not look at the {what}. The cells were read. Look at them in the file itself."),
                );
            }
        }
    }
}
