//! A return is for another quarter.
//!
//! ## What it does
//!
//! Tells every return that names another period than the one collected. It is not merged.
//!
//! ## Why it matters
//!
//! Last quarter's figures would stand in this quarter's columns.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small return"
//! version = "2013-14.2"
//!
//! [identity]
//! agency = "cover.agency"
//! period = "cover.period"
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "period"
//! title = "Period"
//! type = "period"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Cover
//! A1: Agency | NHS Wyevale
//! A2: Period | 2013-14 Q3
//! ! B2 wrong-period: The return says 2013-14 Q3, but this is the 2013-14 Q4 collection. Confirm the period.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//!
//! ## How to fix
//!
//! If only the period is wrong, correct it and send the return again. Otherwise send the return for this quarter.
//!
//! ## Settings
//!
//! `period` in `[identity]` names the cell; `period` in `round.toml` is what it should say.

use super::common::submissions;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Consolidated;

pub(super) struct WrongPeriod;

const META: Meta = Meta {
    name: "wrong-period",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("wrong_period.rs"),
};

impl Check for WrongPeriod {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let Some((period, at)) = entry.identity.period else { continue };
            if !submissions::is_wrong_period(cx, entry) {
                continue;
            }
            let message = format!(
                "The return says {period}, but this is the {} collection. Confirm the period.",
                cx.round.period
            );
            out.add(Location::Cell(at), message).partner(entry.identity.partner).help(
                "It was not merged. If only the period is wrong, correct it and send the return again.",
            );
        }
    }
}
