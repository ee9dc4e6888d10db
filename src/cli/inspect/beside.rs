//! What a workbook and its sheets hold beside their cells, for an inspection.

use super::record::{BesideCells, BesideSheets, FilterSeen};
use crate::model::{CellRef, DefinedName, Sheet, WorkbookFacts};
use crate::report::clean;

/// Rows and columns, links and names of which this many are shown.
const SHOWN: usize = 50;

/// What stands beside a sheet's cells.
pub(super) fn cells(sheet: &Sheet) -> BesideCells {
    let facts = &sheet.facts;
    let rows = facts.hidden_rows.iter().map(|(first, last)| span(row(*first), &row(*last)));
    let columns = facts.hidden_columns.iter().map(|(first, last)| span(column(*first), &column(*last)));
    BesideCells {
        hidden_rows: rows.take(SHOWN).collect(),
        hidden_columns: columns.take(SHOWN).collect(),
        filter: facts.filter.map(|filter| FilterSeen {
            area: span(filter.area.0.to_string(), &filter.area.1.to_string()),
            active: filter.active,
        }),
        comments: facts.comments.len(),
        text_boxes: facts.text_boxes.len(),
        colour_rules: facts.rules.len(),
        protected: facts.protected,
    }
}

/// What stands beside a workbook's sheets.
pub(super) fn sheets(facts: &WorkbookFacts) -> BesideSheets {
    let text = |text: &str| clean(text).into_owned();
    let name = |name: &DefinedName| match &name.sheet {
        Some(sheet) => format!("{} (on {}): {}", name.name, sheet, name.refers_to),
        None => format!("{}: {}", name.name, name.refers_to),
    };
    BesideSheets {
        saved_by: facts.about.saved_by.as_deref().map(text),
        links: facts.links.iter().take(SHOWN).map(|link| text(link)).collect(),
        names: facts
            .names
            .iter()
            .filter(|name| !own(name))
            .take(SHOWN)
            .map(|defined| text(&name(defined)))
            .collect(),
        manual_calculation: facts.manual_calculation,
        unseen: facts.unseen.iter().take(SHOWN).map(|unseen| text(unseen.words())).collect(),
    }
}

/// True for names that Excel makes for itself, such as that of the rows to print on every page.
fn own(name: &DefinedName) -> bool {
    name.name.starts_with("_xlnm.")
}

fn row(row: u32) -> String {
    row.saturating_add(1).to_string()
}

fn column(column: u16) -> String {
    CellRef::new(0, column).to_string().trim_end_matches('1').to_owned()
}

fn span(first: String, last: &str) -> String {
    if first == last { first } else { format!("{first}:{last}") }
}
