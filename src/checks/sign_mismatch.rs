//! Amounts have not the sign that the return declares.
//!
//! ## What it does
//!
//! Where the cover says whether amounts are a plus or a minus, looks for amounts with the other sign, as a control of the
//! kind *sign* says. All of a table are told once. Amounts that are held for their minus are asked about as that, and where
//! another check tells of the same cell, that one is enough.
//!
//! ## Why it matters
//!
//! A sign that was turned round counts twice: what came in is taken off.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[list]]
//! name = "signs"
//! title = "Signs"
//! categories = [
//!   { value = "plus", label = "Plus" },
//!   { value = "minus", label = "Minus", sign = "minus" },
//! ]
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//!
//! [[table.fields]]
//! name = "signs"
//! title = "Sign convention"
//! type = "code"
//! list = "signs"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "q1"
//! title = "Q1"
//! type = "money"
//!
//! [[table.fields]]
//! name = "q2"
//! title = "Q2"
//! type = "money"
//!
//! [[table.controls]]
//! name = "sign"
//! title = "Amounts have the declared sign"
//! kind = "sign"
//! sums = ["q1", "q2"]
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Cover
//! A1: Sign convention | Minus
//! ```
//! ```sheet Finance
//! A1: Budget line | Q1 | Q2
//! A2: Grant | -400 | 400
//! A3: Levy | 50 | -50
//! ! C2 sign-mismatch: Grant · Q2: £400 is stated, and the cover says that amounts are a minus. One more amount is a plus too.
//! ```
//!
//! ## How to fix
//!
//! Enter the amounts with one sign, and name that one on the cover.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct SignMismatch;

const META: Meta = Meta {
    name: "sign-mismatch",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("sign_mismatch.rs"),
};

impl Check for SignMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        _: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let Some(found) = compare::pattern(cx, comparison, "sign") else { return };
        let (is, declared) =
            if found.stated.is_sign_negative() { ("minus", "plus") } else { ("plus", "minus") };
        let more = match comparison.addends.len() {
            0 => String::new(),
            1 => format!(" One more amount is a {is} too."),
            more => format!(" {more} more amounts are a {is} too."),
        };
        let message = format!(
            "{}: {} is stated, and the cover says that amounts are a {declared}.{more}",
            comparison.line,
            pounds(found.stated)
        );
        compare::add(out, found.control, comparison, message);
    }
}
