//! Several partners were named where one leads; the first was taken.
//!
//! ## What it does
//!
//! Notes cells that name several partners in a column that holds one, where the first of them was read as the lead.
//!
//! ## Why it matters
//!
//! An action has one lead. Whether the first name is the lead is for the partner to say.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | NHS/Police | In progress | Green | 2014-03-31 | Done so far
//! ! C2 first-of-several: Lead is “NHS/Police”. We recorded NHS Wyevale. Change it if that is wrong.
//! ```
//!
//! ## How to fix
//!
//! Name one partner, and the others in the column for contributing partners.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::quote;
use super::common::{shown, tell_changes};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;
use crate::schema::FieldType;

pub(super) struct FirstOfSeveral;

const META: Meta = Meta {
    name: "first-of-several",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("first_of_several.rs"),
};

impl Check for FirstOfSeveral {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::FirstOfSeveral, out, |seen, typed, used| {
            let (title, typed) = (&seen.field.title, quote(typed));
            format!("{title} is {typed}. We recorded {used}. Change it if that is wrong.")
        });
        tell_changes(cx, cells, ChangeKind::LeadAndOthers, out, |seen, typed, used| {
            let (title, typed) = (&seen.field.title, quote(typed));
            let many =
                seen.schema.fields.iter().position(|field| field.kind == FieldType::Agency && field.many);
            let others = many.and_then(|field| shown(cx, seen, field)).unwrap_or_default();
            format!(
                "{title} is {typed}. We recorded {used} as lead and {others} as contributing. Change it if that is wrong."
            )
        });
    }
}
