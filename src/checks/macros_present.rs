//! A file contains macros.
//!
//! ## What it does
//!
//! Notes files that carry macros.
//!
//! ## Why it matters
//!
//! We never run them. If a macro fills figures in, they are as they were when the file was last saved.
//!
//! ## Example
//!
//! ```file nhs.xlsm
//! kind: xlsm
//! macros
//! ! macros-present: This file contains macros. We read the figures and text and did not run the macros.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct MacrosPresent;

const META: Meta = Meta {
    name: "macros-present",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("macros_present.rs"),
};

impl Check for MacrosPresent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::Macros = oddity else { continue };
            let message =
                "This file contains macros. We read the figures and text and did not run the macros.";
            out.add(Location::File(submission.file), message);
        }
    }
}
