//! A cell does not hold the kind of value that its column asks for.
//!
//! ## What it does
//!
//! Tells every cell that could not be read as an amount, a number, a date or whatever its column is declared to
//! hold, and for which no other check knows a nearer reason.
//!
//! ## Why it matters
//!
//! Figures made from the column would lack this one. The cell is kept as it was typed and marked; nothing is put in
//! its place.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | as last year
//! ! C2 type-error: “as last year” in Actual is not an amount.
//! ```
//!
//! ## How to fix
//!
//! Write one amount, one date, or one of the listed words. Enter 0 where an amount is nothing.
//!
//! ## Settings
//!
//! A field's `type` says what its cells hold, `missingValues` which words count as blank, `allow` which words may
//! stand in place of a value, and `help` what is said to whoever fills the cell in.

use super::common::planned::{day_of, plan_has, put_back};
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::{Field, FieldType};
use jiff::civil::Date;

pub(super) struct TypeError;

const META: Meta = Meta {
    name: "type-error",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("type_error.rs"),
};

impl Check for TypeError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        for seen in cells {
            let Some(typed) = seen.misread(&Misread::NotThis) else { continue };
            let Field { title, kind, help, .. } = seen.field;
            let planned = day_of(cx, seen);
            let plan = planned.map_or_else(String::new, |day| format!(" {}", plan_has(day)));
            let what = || help.clone().unwrap_or_else(|| what_to_write(cx.round.as_at, seen.field));
            out.add(seen.at(), format!("{} in {title} is not {}.{plan}", quote(typed), kind.words()))
                .typed(typed)
                .field(title)
                .help(planned.map_or_else(what, put_back));
        }
    }
}

/// What to write, with an example; that a cell may be left blank is said only where it may.
fn what_to_write(as_at: Date, field: &Field) -> String {
    let day = || {
        let day = Some(as_at).filter(|day| *day != Date::MIN);
        day.map_or_else(|| "31/03/2014".to_owned(), |day| day.strftime("%d/%m/%Y").to_string())
    };
    let example = match field.kind {
        FieldType::Date => Some(day()),
        FieldType::Money => Some("1250.00".to_owned()),
        FieldType::Integer => Some("3".to_owned()),
        FieldType::Number => Some("2.5".to_owned()),
        FieldType::Percent => Some("25%".to_owned()),
        _ => None,
    };
    let example = example
        .map_or_else(String::new, |own| format!(" such as {}", field.example.as_ref().unwrap_or(&own)));
    let blank = if field.constraints.required { "" } else { ", or leave the cell blank" };
    format!("Write {}{example}{blank}.", field.kind.words())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Constraints;
    use jiff::civil::date;

    #[test]
    fn what_to_write_has_an_example_and_a_cell_that_must_be_filled_is_not_left_blank() {
        let said = |kind, required| {
            let constraints = Constraints { required, ..Constraints::default() };
            what_to_write(date(2014, 3, 31), &Field { kind, constraints, ..Field::default() })
        };
        assert_eq!(said(FieldType::Date, true), "Write a date such as 31/03/2014.");
        assert_eq!(
            said(FieldType::Money, false),
            "Write an amount such as 1250.00, or leave the cell blank."
        );
        assert_eq!(said(FieldType::Boolean, true), "Write yes or no.");
    }
}
