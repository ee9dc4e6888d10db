//! Rows of a text file have different numbers of values.
//!
//! ## What it does
//!
//! Tells `.csv` files in which some rows hold more or fewer values than the first.
//!
//! ## Why it matters
//!
//! A comma inside a text may have split it, so that everything after it stands one column too far to the right.
//!
//! ## Example
//!
//! ```file nhs.csv
//! ragged: 2 3
//! kind: csv
//! ! ragged-rows: 2 rows have more or fewer values than the first row. The first of them is row 3.
//! ! csv-format
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Look at the first of these rows. Better: send the Excel workbook.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct RaggedRows;

const META: Meta = Meta {
    name: "ragged-rows",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("ragged_rows.rs"),
};

impl Check for RaggedRows {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::RaggedRows { count, first } = oddity else { continue };
            let rows = super::common::words::count(*count as usize, "row has", "rows have");
            let message = format!(
                "{rows} more or fewer values than the first row. The first of them is row {}.",
                first.saturating_add(1)
            );
            out.add(Location::File(submission.file), message);
        }
    }
}
