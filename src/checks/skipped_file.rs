//! Files in the folder were passed over.
//!
//! ## What it does
//!
//! Notes lock files, empty files, folders and whatever else in the folder of returns was not opened, with the
//! reason.
//!
//! ## Why it matters
//!
//! Nothing is left out silently: a return that was renamed by mistake would be among them.
//!
//! ## Example
//!
//! ```skipped
//! ~$nhs.xlsx: it is the lock file of a workbook that is open
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```findings
//! ! returns skipped-file: We passed over 1 file: ~$nhs.xlsx (it is the lock file of a workbook that is open).
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done, unless one of them is a return.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Consolidated;

pub(super) struct SkippedFile;

const META: Meta = Meta {
    name: "skipped-file",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("skipped_file.rs"),
};

impl Check for SkippedFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, _: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        if whole.skipped.is_empty() {
            return;
        }
        let mut named: Vec<_> = whole
            .skipped
            .iter()
            .take(MOST_NAMED)
            .map(|file| format!("{} ({})", file.name, file.why.trim_end_matches('.')))
            .collect();
        let more = whole.skipped.len() - named.len();
        if more > 0 {
            named.push(format!("{more} more, listed on the sheet Returns received"));
        }
        let files = count(whole.skipped.len(), "file", "files");
        out.add(Location::Returns, format!("We passed over {files}: {}.", list(&named)));
    }
}

/// The most files that the message names.
const MOST_NAMED: usize = 5;
