//! A name is none of this round's partners.
//!
//! ## What it does
//!
//! Tells names in partner columns that are on no list, once for each name in a return. Where a partner's name is
//! near, it is offered; it is never taken without asking.
//!
//! ## Why it matters
//!
//! Two different bodies may have names that look alike. A row counted for the wrong one would show in two partners'
//! figures.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | YISP | In progress | Green | 2014-03-31 | Done so far
//! ! C2 unknown-agency: We do not know “YISP”.
//! ```
//!
//! ## How to fix
//!
//! Write the partner's name as the list has it. If it is another name of a partner, tell the Business Unit, who can
//! add it to the list.
//!
//! ## Settings
//!
//! `[[partner]]` with its `aliases` and `[[body]]` in `round.toml`.

use super::common::words::{folded, quote};
use super::common::{and_more, once_each, others};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct UnknownAgency;

const META: Meta = Meta {
    name: "unknown-agency",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("unknown_agency.rs"),
};

impl Check for UnknownAgency {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let unknown =
            cells.iter().copied().filter(|seen| seen.field.kind == FieldType::Agency).filter_map(|seen| {
                let held = seen.unreadable()?;
                matches!(held.why, Misread::Unknown { .. }).then_some((held.raw.as_str(), seen))
            });
        for (raw, seen, rest) in once_each(unknown) {
            let help = "Write the partner's name as the list has it, or tell us whom you mean.";
            let name = folded(raw);
            let message = match seen.unreadable().map(|held| &held.why) {
                _ if cx.round.bodies.iter().any(|body| folded(body) == name) => {
                    format!("{} is not one of this round's partners.", quote(raw))
                }
                Some(Misread::Unknown { nearest: Some(nearest) }) => {
                    format!("We do not know {}. Did you mean {nearest}?", quote(raw))
                }
                _ => format!("We do not know {}.", quote(raw)),
            };
            out.add(seen.at(), message + &and_more(&rest))
                .typed(raw)
                .field(&seen.field.title)
                .help(seen.field.help.as_deref().unwrap_or(help))
                .related(others(&rest));
        }
    }
}
