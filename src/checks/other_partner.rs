//! A row names another partner than the sender.
//!
//! ## What it does
//!
//! Tells rows whose key names a partner that did not send the return. They are held, not merged.
//!
//! ## Why it matters
//!
//! The other partner sends the row too, and it would be counted twice.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "money"
//! title = "Money"
//! sheet = ["Money"]
//! primaryKey = ["agency", "line"]
//!
//! [[table.fields]]
//! name = "board"
//! title = "Board"
//! type = "string"
//! role = "board"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "line"
//! title = "Line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//! constraints = { required = true }
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Money
//! A1: Board | Agency | Line | Paid
//! A2: WSB | NHS Wyevale | Staff | 100
//! A3: WSB | Wyevale Police | Staff | 900
//! ! B3 other-partner: Row 3 names Wyevale Police in the return of NHS Wyevale. Whose is it?
//! ```
//!
//! ## How to fix
//!
//! Take the row out, or correct the name.
//!
//! ## Settings
//!
//! `primaryKey` of the table: only a partner in the key counts.

use super::common::held;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{HeldReason, Submission};
use crate::round::held::Held;

pub(super) struct OtherPartner;

const META: Meta = Meta {
    name: "other-partner",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("other_partner.rs"),
};

impl Check for OtherPartner {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        let Some(sender) = submission.identity.partner else { return };
        for row in held {
            let HeldReason::OtherPartner { field, named } = row.why else { continue };
            let message = format!(
                "Row {} names {} in the return of {}. Whose is it?",
                row.record.at.cell.row + 1,
                cx.partner(named),
                cx.partner(sender)
            );
            out.add(Location::Cell(held::cell(row, field)), message)
                .help("The row is held. Take it out, or correct the name.");
        }
    }
}
