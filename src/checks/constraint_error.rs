//! A value breaks a limit that its column has.
//!
//! ## What it does
//!
//! Tests every constraint of a field but `unique`: `required`, `minimum`, `maximum`, `exclusiveMinimum`,
//! `exclusiveMaximum`, `minLength`, `maxLength`, `pattern` and `enum`. The finding names the constraint. A cell
//! that could not be read is not also reported as missing, nor is a row of a column that is missing altogether.
//!
//! ## Why it matters
//!
//! A blank amount is not zero and a missing rating is not green. What lies outside its limits is usually a slip.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: | 1000 | 400
//! ! A2 constraint-error: The cell ‘Budget line’ in row 2 is blank.
//! ```
//!
//! ## How to fix
//!
//! Fill the cell in, or correct the value. If the limit is wrong, it can be changed where the column is declared.
//!
//! ## Settings
//!
//! `constraints` of a field; `help` of a field is said to whoever fills it in.

use super::common::constraint::{Limits, broken};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table};

pub(super) struct ConstraintError;

const META: Meta = Meta {
    name: "constraint-error",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("constraint_error.rs"),
};

impl Check for ConstraintError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let limits = Limits::of(schema, table);
        for record in rows {
            for limit in &limits {
                let Some(cell) = record.cells.get(limit.index) else { continue };
                let Some((rule, message)) = broken(cx, schema, record, limit, cell) else { continue };
                let help = match (&limit.field.help, rule) {
                    (Some(help), _) => help.as_str(),
                    (None, "required") => "Fill it in, or tell us why it is blank.",
                    (None, _) => "Correct it, or tell us why it is right.",
                };
                out.add(Location::Cell(cell.at), message).rule(rule).field(&limit.field.title).help(help);
            }
        }
    }
}
