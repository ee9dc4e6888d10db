//! Amounts are shown in whole pounds but held in pennies.
//!
//! ## What it does
//!
//! Notes, once for each table, amounts with pennies whose number format shows none.
//!
//! ## Why it matters
//!
//! The total that Excel shows uses the pennies, so it may look £1 out against the amounts above it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400.45
//! format C2 #,##0
//! ! C2 pennies-hidden: Amounts such as the one in C2 are shown in whole pounds but held in pennies (400.45). Totals use the pennies, so they may look £1 out.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done; show two decimals if the pennies matter.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Table};
use crate::schema::FieldType;

pub(super) struct PenniesHidden;

const META: Meta = Meta {
    name: "pennies-hidden",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("pennies_hidden.rs"),
};

impl Check for PenniesHidden {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(sheet) = submission.sheets.iter().find(|sheet| sheet.sheet == table.sheet) else { return };
        let hidden = &sheet.beside.pennies_hidden;
        if hidden.is_empty() {
            return;
        }
        let cells = table.records.iter().flat_map(|record| record.cells.iter().enumerate());
        let mut amounts = cells.filter_map(|(index, cell)| {
            let kind = cx.schema(table).fields.get(index)?.kind;
            (kind == FieldType::Money && hidden.binary_search(&cell.at.cell).is_ok()).then_some(cell)
        });
        let Some(first) = amounts.next() else { return };
        let held = first.money().map(|money| money.pounds.normalize().to_string()).unwrap_or_default();
        let message = format!(
            "Amounts such as the one in {} are shown in whole pounds but held in pennies ({held}). Totals use the pennies, so they may look £1 out.",
            first.at.cell
        );
        let others = amounts.map(|cell| (Location::Cell(cell.at), "the same".to_owned()));
        out.add(Location::Cell(first.at), message).related(others);
    }
}
