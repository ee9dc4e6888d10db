//! A workbook in the template's shape, filled with what a partner returned, where its own file cannot be given back.

use super::words;
use super::{FOLDER, From, Kept, MOST};
use crate::cli::outputs::Outputs;
use crate::error::Error;
use crate::model::{
    ALSO_SHEET, CellRef, FIX_SHEET, MARKER, ReturnInfo, ReturnState, SheetId, SheetUse, Submission,
    is_own_sheet, note,
};
use crate::pipeline::{self, Input as _};
use crate::read::Portion;
use crate::report::{self, Chase, Fix, Form};
use crate::template::{self, Content, FirstSheet, Place, Places, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tempfile::TempPath;

/// Writes the form.
pub(super) fn instead(
    from: From<'_>,
    outputs: &Outputs,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    name: &str,
    kept: &Kept,
) -> Result<Option<(String, TempPath, Form)>, Error> {
    let Some(partner) = entry.identity.partner else { return Ok(None) };
    let name = format!("{FOLDER}/{name}.xlsx");
    let mut content = Content::new(from.round, partner);
    let mut places = Places::new();
    // What cannot be read again is not in the form; the list is.
    if let Some((submission, sheets)) = again(from, entry) {
        places = content.take(&submission, &sheets);
    }
    let fixes: Vec<Fix> = fixes.iter().cloned().map(Fix::in_form).collect();
    content.first = Some(first(from, chase, entry, &fixes, kept, &mut content, &places));
    let form = Form { why: words::why(kept, entry), places: standing(&fixes, &content, &places) };
    let mut out = outputs.open(&name)?;
    template::workbook(&content, &mut out).map_err(|error| match error {
        Error::Io { source, .. } => outputs.failed(&name, source),
        other => other,
    })?;
    let whole = outputs.close(&name, out)?;
    Ok(Some((name, whole, form)))
}

/// Where the cells that something is asked about stand in the form.
fn standing(
    fixes: &[Fix],
    content: &Content<'_>,
    places: &Places,
) -> BTreeMap<(SheetId, CellRef), (String, CellRef)> {
    let own = fixes.iter().take(MOST).flat_map(|fix| {
        fix.sheet.into_iter().flat_map(|sheet| fix.cells.iter().map(move |cell| (sheet, *cell)))
    });
    let own: Vec<((SheetId, CellRef), Place)> =
        own.filter_map(|cell| Some((cell, *places.get(&cell)?))).collect();
    let there: Vec<Place> = own.iter().map(|(_, place)| *place).collect();
    let there = content.all_stand_at(&there);
    own.into_iter().zip(there).filter_map(|((cell, _), there)| Some((cell, there?))).collect()
}

/// Reads a return once more: what was read was let go when it was merged.
fn again(from: From<'_>, entry: &ReturnInfo) -> Option<(Submission, Vec<String>)> {
    let input = from.inputs.get(entry.file.0 as usize)?;
    let bytes = pipeline::bytes_of(input).ok()?;
    input.try_out(&bytes).ok()?;
    let own: BTreeSet<SheetId> = entry.sheets.iter().map(|sheet| sheet.sheet).collect();
    let named = |tab: &str| entry.sheets.iter().any(|sheet| sheet.name == tab);
    let portion = |tab: &str| if named(tab) { Portion::Whole } else { Portion::Nothing };
    let read = || {
        let rules = pipeline::rules(from.round);
        let mut workbook = pipeline::read_held(&rules, input, entry.file, &bytes, &portion).ok()?;
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        workbook.sheets.retain(|sheet| own.contains(&sheet.id()));
        Some((pipeline::submission(from.round, input.name(), workbook), sheets))
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// What of the partner's file is not on the form's own sheets, and where it is.
fn left_out(entry: &ReturnInfo, content: &Content<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for long in content.too_long() {
        lines.push(format!(
            "The text for {} is longer than a cell can hold: its beginning stands there, all of it on the sheet {ALSO_SHEET}. Please shorten it.",
            report::clean(&long.place)
        ));
    }
    if !content.beyond.is_empty() {
        lines.push(format!(
            "Totals and words of your file that the form has no place for are on the sheet {ALSO_SHEET}."
        ));
    }
    let unused =
        |sheet: &&SheetUse| sheet.tables.is_empty() && sheet.filled_cells > 0 && !is_own_sheet(&sheet.name);
    let unused: Vec<String> =
        entry.sheets.iter().filter(unused).map(|sheet| report::clean(&sheet.name).into_owned()).collect();
    if !unused.is_empty() && entry.state == ReturnState::Accepted {
        let what = if unused.len() == 1 { "this sheet" } else { "these sheets" };
        lines.push(format!(
            "Not in this workbook, because nothing of it is asked for: {what} of your file: {}.",
            unused.join(", ")
        ));
    }
    lines
}

/// Colours the cells of one thing to fix, and puts the same notes on them as in a partner's own file.
fn mark(content: &mut Content<'_>, places: &Places, number: usize, fix: &Fix) {
    for (cell, what) in fix.cells.iter().zip(&fix.notes) {
        let place = fix.sheet.and_then(|sheet| places.get(&(sheet, *cell)));
        let Some(slot) = place.and_then(|place| content.slot_mut(*place)) else { continue };
        slot.highlight = true;
        if !slot.note.is_empty() {
            slot.note.push_str("\n\n");
        }
        slot.note.push_str(&note(number, what, &fix.how));
    }
}

/// The list in front, whose links lead into the form; cells to fix are marked.
fn first(
    from: From<'_>,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    kept: &Kept,
    content: &mut Content<'_>,
    places: &Places,
) -> FirstSheet {
    let mut rows = Vec::new();
    for (number, fix) in (1_usize..).zip(fixes.iter().take(MOST)) {
        let there = fix
            .sheet
            .into_iter()
            .flat_map(|sheet| fix.cells.iter().filter_map(move |cell| places.get(&(sheet, *cell)).copied()));
        let there: Vec<Place> = there.collect();
        mark(content, places, number, fix);
        let stands = there.first().and_then(|place| content.stands_at(*place));
        let place = match stands {
            Some((sheet, cell)) => {
                Said::Link { text: format!("{sheet}, {cell} (in your file: {})", fix.place), sheet, cell }
            }
            None if fix.sheet.is_some() => Said::Text(format!("In your file: {}", fix.place)),
            None => Said::Text(fix.place.clone()),
        };
        let text = |text: &str| Said::Text(text.to_owned());
        rows.push(vec![
            text(&number.to_string()),
            place,
            text(&fix.what),
            text(&fix.how),
            text(&report::minutes(fix.seconds)),
        ]);
    }
    let mut lead = vec![MARKER.to_owned(), words::why(kept, entry)];
    lead.extend(words::received(from, chase, entry));
    lead.extend(left_out(entry, content));
    if rows.iter().flatten().any(|said| matches!(said, Said::Link { .. })) {
        lead.push(words::HOW_TO_FORM.to_owned());
    }
    lead.extend(words::closing(from, fixes));
    FirstSheet {
        name: FIX_SHEET.to_owned(),
        title: words::title(from.round, fixes),
        lead,
        headings: ["No.", "Where", "What", "What to do", "About"].map(str::to_owned).to_vec(),
        rows,
    }
}
