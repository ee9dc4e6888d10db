//! Total and sub-total rows: kept as control totals, with the records they stand under.

use crate::model::{Layout, Raw, RawCell, Reading, Record, Sheet, Total, Value};
use crate::schema::TableSchema;

/// The total rows met so far.
#[derive(Default)]
pub(super) struct Controls {
    totals: Vec<Total>,
    /// Where the next sub-total begins to count.
    since: usize,
}

/// The words that mark a total row, and the field in whose column they stand.
pub(super) struct Label {
    text: String,
    field: Option<usize>,
}

impl Controls {
    /// A sub-heading begins a new part.
    pub(super) fn subheading(&mut self, records: usize) {
        self.since = records;
    }

    pub(super) fn take(&mut self, mut record: Record, subtotal: bool, label: Label, records: usize) {
        // The words are not a partner or a category that somebody misspelt.
        if let Some(cell) = label.field.and_then(|field| record.cells.get_mut(field)) {
            cell.reading = Reading::Value(Value::Text(label.text.as_str().into()));
            cell.change = None;
        }
        let covers = if subtotal { self.since..records } else { 0..records };
        self.since = records;
        self.totals.push(Total { record, subtotal, covers, label: label.text });
    }

    pub(super) fn finish(self) -> Vec<Total> {
        self.totals
    }
}

/// Finds the words of a total row: in the declared column, else the first text of the row.
pub(super) fn label(sheet: &Sheet, declared: &TableSchema, layout: &Layout, cells: &[RawCell]) -> Label {
    let column = |field: usize| layout.columns.get(field)?.as_ref().map(|heading| heading.at.cell.column);
    let field = declared.totals.as_ref().and_then(|totals| totals.field);
    let at = field.and_then(column);
    let text = |cell: &&RawCell| matches!(sheet.raw(cell), Raw::Text(_)) && !sheet.raw(cell).is_blank();
    let marked =
        cells.iter().filter(text).find(|cell| Some(cell.at.column) == at).or_else(|| cells.iter().find(text));
    let Some(marked) = marked else { return Label { text: String::new(), field: None } };
    let words = match sheet.raw(marked) {
        Raw::Text(text) => super::text::repair(text).0.into_owned(),
        _ => String::new(),
    };
    let field = (0..layout.columns.len()).find(|field| column(*field) == Some(marked.at.column));
    Label { text: words, field }
}
