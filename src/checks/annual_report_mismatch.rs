//! The annual report does not say what was returned.
//!
//! ## What it does
//!
//! Where ledger.csv has a column with what the annual report publishes, compares each amount with what was merged for its
//! line, as a control of the kind *annual-report* says. Where `round.toml` says whether the annual report calls its
//! figures provisional or final, that is compared with the round's own status, once for all lines; otherwise amounts only.
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
//! `severity` and `tolerance` of the control; `[tolerance]`, `status` and `annualReport` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, OwnFile, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::{Control, ControlKind};

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

    fn round(&self, cx: &Context<'_>, _: &Consolidated, out: &mut Findings<'_>) {
        let Some(published) = cx.round.annual_report_is_final.filter(|it| *it != cx.round.is_final) else {
            return;
        };
        let controls = cx.round.schema.controls.iter();
        let line = controls.filter_map(|control| first_published(cx, control)).min();
        let settings = Location::Own(OwnFile::Settings, cx.round.annual_report_line);
        let at = line.map_or(settings, Location::Ledger);
        let words = |is_final| if is_final { "final" } else { "provisional" };
        let message = format!(
            "The annual report calls its figures {}, and those of this round are {}.",
            words(published),
            words(cx.round.is_final)
        );
        let help = "Correct what the settings of the round say of either (status, annualReport in round.toml), or the annual report.";
        out.add(at, message).help(help);
    }
}

/// The first line of the ledger for which a control of this kind has a published amount.
fn first_published(cx: &Context<'_>, control: &Control) -> Option<u32> {
    let ControlKind::Named(given) = &control.kind else { return None };
    let (ledger, column) = (given.words("ledger")?, given.words("column")?);
    let mut lines = cx.round.ledger.lines.iter().filter(|line| line.table == ledger);
    let line = lines.find(|line| given.kind == "annual-report" && line.amounts.contains_key(column))?;
    Some(line.line)
}
