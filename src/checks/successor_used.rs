//! A partner was called by its earlier or later name.
//!
//! ## What it does
//!
//! Notes names of bodies that came before or after one of the round's partners, once for each name in a return.
//!
//! ## Why it matters
//!
//! Bodies change; the reader of the merged table must know that two names mean one partner.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale CCG | In progress | Green | 2014-03-31 | Done so far
//! ! C2 successor-used: “Wyevale CCG” was counted as NHS Wyevale: took over from NHS Wyevale on 1 April 2013.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the reading is right.
//!
//! ## Settings
//!
//! `formerly` and `note` of a partner in `round.toml`.

use super::common::words::quote;
use super::common::{and_more, once_each, others};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, Value};

pub(super) struct SuccessorUsed;

const META: Meta = Meta {
    name: "successor-used",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("successor_used.rs"),
};

impl Check for SuccessorUsed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let changed = cells
            .iter()
            .filter_map(|seen| Some((seen.changed(ChangeKind::AgencySuccessor)?.typed.as_str(), *seen)));
        for (typed, seen, rest) in once_each(changed) {
            let used = seen.used(cx);
            let note = match seen.cell.value() {
                Some(Value::Agency(id)) => {
                    cx.round.partners.get(usize::from(id.0)).and_then(|p| p.note.as_deref())
                }
                _ => None,
            };
            let why = note.map_or_else(String::new, |note| format!(": {}", note.trim_end_matches('.')));
            let message = format!("{} was counted as {used}{why}.", quote(typed));
            out.add(seen.at(), message + &and_more(&rest))
                .change(typed, &used)
                .field(&seen.field.title)
                .related(others(&rest));
        }
    }
}
