//! The annual report does not say what was returned.
//!
//! ## What it does
//!
//! Where ledger.csv has a column with what the annual report publishes, compares each amount with what was merged for its
//! line, as a control of the kind *annual-report* says.
//!
//! ## Why it matters
//!
//! Contributions are published by name. A partner that reads another figure than its own will say so in public.
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
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "contributions-ledger"
//! title = "Against the ledger"
//! kind = "ledger"
//! amount = "paid"
//! by = ["agency"]
//! ledger = "contributions"
//! column = "actual"
//! severity = "error"
//!
//! [[table.controls]]
//! name = "published"
//! title = "The annual report says what was returned"
//! kind = "annual-report"
//! ledger = "contributions"
//! column = "published"
//! severity = "error"
//! ```
//! ```ledger
//! table,agency,actual,published
//! contributions,NHS,400,440
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid
//! A2: Grant | 400
//! ```
//! ```findings
//! ! ledger 2 annual-report-mismatch [error]: NHS Wyevale, Annual report: £440 is published, and £400 was returned.
//! ```
//!
//! ## How to fix
//!
//! Correct the annual report, or the figure that it was taken from.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct AnnualReportMismatch;

const META: Meta = Meta {
    name: "annual-report-mismatch",
    severity: Severity::Error,
    effort: Effort::Sum,
    source: include_str!("annual_report_mismatch.rs"),
};

impl Check for AnnualReportMismatch {
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
        let Some(found) = compare::named(cx, comparison, "annual-report") else { return };
        let message = format!(
            "{}{}: {} is published, and {} was returned.",
            compare::who(cx, comparison),
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}
