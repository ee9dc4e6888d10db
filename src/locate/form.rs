//! Forms: a label on the left, its value to the right.

use super::words::{TableWords, Vocabulary, rank};
use super::{is_filled, row};
use crate::model::{CellRef, Heading, Layout, Match, Raw, RowRole, Sheet, Unmapped, Visibility, Workbook};
use crate::schema::{LayoutKind, Schema};

/// Labels are short; longer texts are not looked up.
const LONGEST_LABEL: usize = 120;

/// A sheet's labels for one form.
struct Found {
    sheet: usize,
    labels: Vec<Option<(CellRef, String, Match)>>,
    repeated: Vec<(usize, CellRef, String, Match)>,
    weight: (bool, bool, usize),
}

/// Adds the forms of the schema to the layouts found so far.
pub(super) fn add(workbook: &Workbook, schema: &Schema, words: &Vocabulary<'_>, layouts: &mut Vec<Layout>) {
    for (table, declared) in schema.tables.iter().enumerate() {
        let Some(known) = words.tables.get(table) else { continue };
        if declared.layout != LayoutKind::Form {
            continue;
        }
        let mut found: Vec<Found> = workbook
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, sheet)| !words.is_ours(sheet))
            .filter_map(|(index, sheet)| {
                look(index, sheet, known, declared.fields.len(), schema.header_rows, layouts)
            })
            .collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.weight));
        let wanted =
            if declared.repeat { found.iter().filter(|found| found.weight.0).count().max(1) } else { 1 };
        for found in found.into_iter().take(wanted) {
            if let Some(sheet) = workbook.sheets.get(found.sheet) {
                let layout = layout(sheet, table, known, found, layouts);
                layouts.push(layout);
            }
        }
    }
}

/// One form wherever its labels stand on a visible sheet, in sheet order.
pub(super) fn everywhere(
    workbook: &Workbook,
    schema: &Schema,
    words: &Vocabulary<'_>,
    table: usize,
) -> Vec<Layout> {
    let (Some(declared), Some(known)) = (schema.tables.get(table), words.tables.get(table)) else {
        return Vec::new();
    };
    if declared.layout != LayoutKind::Form {
        return Vec::new();
    }
    let visible = workbook.sheets.iter().filter(|sheet| sheet.visibility == Visibility::Visible);
    let visible = visible.filter(|sheet| !words.is_ours(sheet));
    visible
        .filter_map(|sheet| {
            let found = look(0, sheet, known, declared.fields.len(), schema.header_rows, &[])?;
            Some(layout(sheet, table, known, found, &mut []))
        })
        .collect()
}

/// Looks for a form's labels above the first table of a sheet.
fn look(
    index: usize,
    sheet: &Sheet,
    known: &TableWords<'_>,
    fields: usize,
    header_rows: u32,
    layouts: &[Layout],
) -> Option<Found> {
    let below = layouts
        .iter()
        .filter(|layout| layout.sheet == sheet.id())
        .map(|layout| layout.header_rows.0)
        .min()
        .unwrap_or(u32::MAX);
    let mut labels: Vec<Option<(CellRef, String, Match)>> = vec![None; fields];
    let mut repeated = Vec::new();
    for cell in sheet.cells() {
        if cell.at.row >= header_rows.min(below) {
            break;
        }
        let Raw::Text(text) = sheet.raw(cell) else { continue };
        if text.len() > LONGEST_LABEL {
            continue;
        }
        let Some((field, how)) = label(known, text) else { continue };
        let Some(slot) = labels.get_mut(field) else { continue };
        match slot {
            Some((_, _, before)) if rank(*before) <= rank(how) => {
                repeated.push((field, cell.at, row::tidy(text), how));
            }
            _ => *slot = Some((cell.at, row::tidy(text), how)),
        }
    }
    let matched = labels.iter().flatten().count();
    let named = known.names_sheet(&sheet.name);
    let share = matched * 100 / known.asked.max(1);
    let enough =
        if named { matched >= known.asked.clamp(1, 2) } else { matched >= 3.min(known.asked) && share >= 50 };
    let visible = sheet.visibility == Visibility::Visible;
    (enough && !in_one_row(&labels)).then_some(Found {
        sheet: index,
        labels,
        repeated,
        weight: (visible, named, share),
    })
}

/// A label may end in a colon, which folding drops; it is never guessed.
fn label(known: &TableWords<'_>, text: &str) -> Option<(usize, Match)> {
    let text = text.trim();
    known.find(text.strip_suffix(':').map_or(text, str::trim_end))
}

/// True for headings of a table in rows: three labels or more, all in one row.
fn in_one_row(labels: &[Option<(CellRef, String, Match)>]) -> bool {
    let mut rows: Vec<u32> = labels.iter().flatten().map(|(at, ..)| at.row).collect();
    let labels = rows.len();
    rows.sort_unstable();
    rows.dedup();
    labels >= 3 && rows.len() == 1
}

fn layout(
    sheet: &Sheet,
    table: usize,
    known: &TableWords<'_>,
    found: Found,
    layouts: &mut [Layout],
) -> Layout {
    let mut rows: Vec<u32> = found.labels.iter().flatten().map(|(at, ..)| at.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let (first, last) = (rows.first().copied().unwrap_or(0), rows.last().copied().unwrap_or(0));
    let shared = layouts.iter().any(|layout| layout.sheet == sheet.id());
    // On a shared sheet the rows around the labels are another table's titles and notes already.
    for layout in layouts.iter_mut().filter(|layout| layout.sheet == sheet.id()) {
        layout.rows.retain(|(row, _)| rows.binary_search(row).is_err());
    }
    let roles = sheet.rows().filter(|(_, cells)| is_filled(sheet, cells)).filter_map(|(row, _)| {
        if rows.binary_search(&row).is_ok() {
            return Some((row, RowRole::Data));
        }
        let role = if row < first { RowRole::Title } else { RowRole::Note };
        (!shared).then_some((row, role))
    });
    let matched = found.labels.iter().flatten().count();
    let heading = |at: CellRef, text: String, how| Heading { at: sheet.origin(at), text, how };
    Layout {
        table,
        sheet: sheet.id(),
        header_rows: (first, last),
        rows: roles.collect(),
        score: u8::try_from((matched * 100 / known.asked.max(1)).min(100)).unwrap_or(100),
        reasons: vec![format!(
            "{matched} of {} labels were found in rows {} to {}; each value stands to the right of its label.",
            known.asked,
            first + 1,
            last + 1
        )],
        columns: found
            .labels
            .into_iter()
            .map(|label| label.map(|(at, text, how)| heading(at, text, how)))
            .collect(),
        unmapped: Vec::<Unmapped>::new(),
        reminders: Vec::new(),
        repeated: found
            .repeated
            .into_iter()
            .map(|(field, at, text, how)| (field, heading(at, text, how)))
            .collect(),
        unused: Vec::new(),
        foreign: Vec::new(),
        continues: None,
        second: Vec::new(),
    }
}
