//! A partner was called by another of its known names.
//!
//! ## What it does
//!
//! Notes names of partners that `round.toml` lists as another name, as an abbreviation or as their code, once for each name in a return.
//!
//! ## Why it matters
//!
//! The merged table shows the partner's own name; this says what stood in the return.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Police | In progress | Green | 2014-03-31 | Done so far
//! ! C2 alias-used: We read “Police” as Wyevale Police.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the reading is right.
//!
//! ## Settings
//!
//! `code`, `aliases` and `abbreviations` of a partner in `round.toml`.

use super::common::words::quote;
use super::common::{and_more, once_each, others};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct AliasUsed;

const META: Meta = Meta {
    name: "alias-used",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("alias_used.rs"),
};

impl Check for AliasUsed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let changed = cells
            .iter()
            .filter_map(|seen| Some((seen.changed(ChangeKind::AgencyAlias)?.typed.as_str(), *seen)));
        for (typed, seen, rest) in once_each(changed) {
            let used = seen.used(cx);
            let message = format!("We read {} as {used}.", quote(typed));
            out.add(seen.at(), message + &and_more(&rest))
                .change(typed, &used)
                .field(&seen.field.title)
                .related(others(&rest));
        }
    }
}
