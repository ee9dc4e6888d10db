//! Last year's figures were left in.
//!
//! ## What it does
//!
//! Where `previous` in `round.toml` names a round of an earlier year, tells rows with two or more amounts that are those of
//! the same cells then, as a control of the kind *prior-year* says. A row whose year is what was agreed is left alone. Where
//! another check tells of the same cell, that one is enough.
//!
//! ## Why it matters
//!
//! A return that was made from the last one may still have its figures.
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
//! name = "agreed"
//! title = "Agreed"
//! type = "money"
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
//! [[table.fields]]
//! name = "year"
//! title = "Year"
//! type = "money"
//!
//! [[table.controls]]
//! name = "prior-year"
//! title = "No figure is last year's"
//! kind = "prior-year"
//! columns = ["q1", "q2"]
//! amount = "year"
//! against = "agreed"
//! severity = "query"
//! ```
//! ```earlier
//! period 2012-13 Q4
//! NHS | finance | grant | q1=100; q2=120
//! NHS | finance | levy | q1=70; q2=70
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Agreed | Q1 | Q2 | Year
//! A2: Grant | 240 | 100 | 120 | 220
//! A3: Levy | 140 | 70 | 70 | 140
//! ! E2 prior-year-figure: Grant · year: the figures are those of the same cells in 2012-13 Q4. Were they left in? 2 amounts of the row are what the return for 2012-13 had in the same places.
//! ```
//!
//! ## How to fix
//!
//! Enter this year's figures.
//!
//! ## Settings
//!
//! `severity` of the control; `previous` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated};

pub(super) struct PriorYearFigure;

const META: Meta = Meta {
    name: "prior-year-figure",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("prior_year_figure.rs"),
};

impl Check for PriorYearFigure {
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
        let Some(found) = compare::pattern(cx, comparison, "prior-year") else { return };
        let Some(before) = &cx.round.earlier else { return };
        let message = format!(
            "{}: the figures are those of the same cells in {}. Were they left in?",
            comparison.line, before.period
        );
        compare::add(out, found.control, comparison, message);
    }
}
