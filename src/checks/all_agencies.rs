//! “All” was written out as every partner on the list.
//!
//! ## What it does
//!
//! Notes cells that say *All* or *All agencies* where partners are listed.
//!
//! ## Why it matters
//!
//! Who was meant by *all* can change from year to year; the merged table names them.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small-return"
//! title = "Small return"
//! version = "1"
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "agencies"
//! title = "Agencies"
//! type = "agency"
//! many = true
//! ```
//! ```round
//! [round]
//! board = "Wyevale Safeguarding Board"
//! code = "WSB"
//! period = "2013-14 Q4"
//!
//! [[partner]]
//! code = "HC"
//! name = "Wyevale Council"
//!
//! [[partner]]
//! code = "NHS"
//! name = "NHS Wyevale"
//! ```
//! ```sheet Plan
//! A1: Ref | Agencies
//! A2: 1.1.1 | All
//! ! B2 all-agencies: “All” was expanded to the 2 partners on the list.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if every partner was meant.
//!
//! ## Settings
//!
//! `many = true` on a field of type `agency`.

use super::common::tell_changes;
use super::common::words::{count, quote};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, Value};

pub(super) struct AllAgencies;

const META: Meta = Meta {
    name: "all-agencies",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("all_agencies.rs"),
};

impl Check for AllAgencies {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::AllAgencies, out, |seen, typed, _| {
            let partners = match seen.cell.value() {
                Some(Value::Agencies(partners)) => partners.len(),
                _ => 1,
            };
            format!(
                "{} was expanded to the {} on the list.",
                quote(typed),
                count(partners, "partner", "partners")
            )
        });
    }
}
