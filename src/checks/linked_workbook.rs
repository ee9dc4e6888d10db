//! A figure is taken from another workbook.
//!
//! ## What it does
//!
//! Asks about formulas that name another workbook, on sheets where a table was found.
//!
//! ## Why it matters
//!
//! The other workbook is not here, so nobody can say whether the figure that was saved is still right.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | =[Ledger.xlsx]Q4!B7 -> 400
//! ! C2 linked-workbook: C2 takes its figure from another file that we do not have, Ledger.xlsx. The last saved value is 400. Replace the link with the figure.
//! ```
//!
//! ## How to fix
//!
//! Replace the link with the figure: copy the cell and paste its value.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Submission;

pub(super) struct LinkedWorkbook;

const META: Meta = Meta {
    name: "linked-workbook",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("linked_workbook.rs"),
};

impl Check for LinkedWorkbook {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in submission.sheets.iter().filter(|sheet| !sheet.tables.is_empty()) {
            for (origin, name, value) in &sheet.beside.linked {
                let (at, cell) = (Location::Cell(*origin), origin.cell);
                let saved = if value.is_empty() {
                    "No value was saved".to_owned()
                } else {
                    format!("The last saved value is {value}")
                };
                let which = if name.contains('.') { format!(", {name}") } else { String::new() };
                out.add(
                    at,
                    format!(
                        "{cell} takes its figure from another file that we do not have{which}. {saved}. Replace the link with the figure."
                    ),
                );
            }
        }
    }
}
