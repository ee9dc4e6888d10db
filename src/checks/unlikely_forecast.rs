//! A forecast is below what is spent already, or is not what was spent when the year is over.
//!
//! ## What it does
//!
//! Compares the forecast of a row with what is spent and committed, as a control of the kind *sense* says. In the fourth
//! quarter the forecast must be what was spent, with or without what is committed. A row that explains itself is left alone.
//!
//! ## Why it matters
//!
//! Money that is spent cannot be unspent: one of the two figures was mistyped, or a credit is expected that nobody knows of.
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
//! name = "actual"
//! title = "Actual to date"
//! type = "money"
//!
//! [[table.fields]]
//! name = "committed"
//! title = "Committed"
//! type = "money"
//!
//! [[table.fields]]
//! name = "forecast"
//! title = "Forecast"
//! type = "money"
//!
//! [[table.fields]]
//! name = "why"
//! title = "Explanation"
//! type = "string"
//!
//! [[table.controls]]
//! name = "sense"
//! title = "The forecast is at least what is spent"
//! kind = "sense"
//! forecast = "forecast"
//! actual = "actual"
//! committed = "committed"
//! explained = "why"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Actual to date | Committed | Forecast | Explanation
//! A2: Staff | 400 | | 380 |
//! A3: Travel | 100 | 20 | 90 | A refund of 10 is agreed
//! A4: Venue | 70 | | 90 |
//! ! D2 unlikely-forecast: Staff · forecast: £380 is forecast, and £400 is spent already.
//! ! D4 unlikely-forecast: Venue · forecast: £90 is forecast, and the year is over: £70 was spent.
//! ```
//!
//! ## How to fix
//!
//! Correct the forecast, or say in the explanation which credit is expected.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct UnlikelyForecast;

const META: Meta = Meta {
    name: "unlikely-forecast",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unlikely_forecast.rs"),
};

impl Check for UnlikelyForecast {
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
        let Some(found) = compare::named(cx, comparison, "sense") else { return };
        let line = &comparison.line;
        let (forecast, spent) = (pounds(found.stated), pounds(found.expected));
        let message = if found.difference.is_sign_negative() && comparison.expected.at.is_some() {
            format!("{line}: {forecast} is forecast, and {spent} is spent already.")
        } else if comparison.expected.at.is_some() {
            format!("{line}: {forecast} is forecast, and the year is over: {spent} was spent.")
        } else {
            format!("{line}: {forecast} is forecast, and {spent} is spent or committed.")
        };
        compare::add(out, found.control, comparison, message);
    }
}
