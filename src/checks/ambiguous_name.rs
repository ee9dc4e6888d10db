//! A name or word fits more than one entry of its list.
//!
//! ## What it does
//!
//! Tells names of partners and listed words that fit several entries equally well.
//!
//! ## Why it matters
//!
//! Counting the row for the wrong partner or under the wrong word is worse than asking.
//!
//! ## Example
//!
//! ```round
//! [round]
//! board = "Wyevale Safeguarding Board"
//! code = "WSB"
//! period = "2013-14 Q4"
//!
//! [[partner]]
//! code = "EHT"
//! name = "East Hospital Trust"
//! aliases = ["Hospital"]
//!
//! [[partner]]
//! code = "WHT"
//! name = "West Hospital Trust"
//! aliases = ["The Hospital", "Hospital Trust"]
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Est Hospital Trust | In progress | Green | 2014-03-28 | Done so far
//! ! C2 ambiguous-name
//! ```
//!
//! ## How to fix
//!
//! Write the full name as the list has it.
//!
//! ## Settings
//!
//! `aliases`, `abbreviations` and `formerly` of a partner in `round.toml`; `synonyms` of a code list.

use super::common::tell_unreadable;
use super::common::words::{either, quote};
use super::is_figure;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::Severity;
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct AmbiguousName;

const META: Meta =
    Meta { name: "ambiguous-name", severity: Severity::Query, source: include_str!("ambiguous_name.rs") };

impl Check for AmbiguousName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Write the full name as the list has it.";
        tell_unreadable(cells, help, out, |seen, held| {
            let Misread::Ambiguous(readings) = &held.why else { return None };
            if is_figure(seen.field.kind) || matches!(seen.field.kind, FieldType::Date | FieldType::Period) {
                return None;
            }
            Some(format!("{} can mean {}.", quote(&held.raw), either(readings)))
        });
    }
}
