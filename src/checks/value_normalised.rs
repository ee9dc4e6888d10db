//! Signs, separators or words were taken off an amount.
//!
//! ## What it does
//!
//! Notes amounts written with words beside them, with brackets for a minus, or as a word such as *nil*, and what they
//! were read as.
//!
//! ## Why it matters
//!
//! Nothing is changed silently: whoever checks the merged table can see what was typed.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | nil
//! ! C2 value-normalised: “nil” was read as £0.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the reading is right. A plain number avoids the question.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct ValueNormalised;

const META: Meta = Meta {
    name: "value-normalised",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("value_normalised.rs"),
};

impl Check for ValueNormalised {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Amount, out, |_, typed, used| {
            format!("{} was read as {used}.", quote(typed))
        });
    }
}
