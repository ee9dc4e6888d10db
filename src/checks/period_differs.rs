//! A title or the file's name mentions another quarter.
//!
//! ## What it does
//!
//! Looks for a quarter in the titles above the tables and in the file's name, and asks if it is not the one that is being
//! collected. A title that names two quarters is left alone.
//!
//! ## Why it matters
//!
//! It may be last quarter's return with a new cover, or a new return under an old title. The figures tell neither.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Monitoring return Q3 2013-14
//! A3: Budget line | Budget | Actual
//! A4: Training | 1000 | 400
//! ! A1 period-differs: The title says Q3 2013-14, but this is the 2013-14 Q4 collection. Confirm the period.
//! ```
//!
//! ## How to fix
//!
//! Tell us which quarter the figures are for, and correct the title or the file's name.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Mention, Submission};

pub(super) struct PeriodDiffers;

const META: Meta = Meta {
    name: "period-differs",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("period_differs.rs"),
};

impl Check for PeriodDiffers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let ours = cx.round.period;
        let Some(quarter) = ours.quarter.filter(|_| !cx.round.partners.is_empty()) else { return };
        let stated = submission.identity.period.map(|(period, _)| period);
        // A return that says itself that it is for another period is asked about as that.
        if stated.is_some_and(|period| !cx.round.takes(period)) {
            return;
        }
        let other = |mention: &&Mention| {
            mention.quarter != quarter || mention.year.is_some_and(|year| year != ours.year)
        };
        let mut others = submission.identity.mentioned.iter().filter(other);
        let Some(mention) = others.next() else { return };
        let (place, what) = match mention.at {
            Some(at) => (Location::Cell(at), "title"),
            None => (Location::File(submission.file), "file's name"),
        };
        let year = mention
            .year
            .map_or_else(String::new, |year| format!(" {year}-{:02}", (year + 1).rem_euclid(100)));
        let message = format!(
            "The {what} says Q{}{year}, but this is the {ours} collection. Confirm the period.",
            mention.quarter
        );
        out.add(place, message);
    }
}
