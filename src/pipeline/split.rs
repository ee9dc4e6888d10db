//! A workbook with the returns of several partners → one workbook for each.
//!
//! Each partner's return has a cover of its own; the sheets after a cover, up to the next one, are its own too. Every sheet
//! goes to exactly one of them, so nothing is read twice. Where that order cannot be trusted the file is refused: figures
//! under the wrong partner's name would be worse than none.

use super::identify;
use super::process::parse_context;
use crate::model::{PartnerId, Refusal, Sheet, SheetId, Workbook};
use crate::round::Round;
use crate::{locate, parse};
use std::collections::BTreeSet;

/// Takes a workbook apart if it holds the covers of several partners; else gives it back whole.
///
/// # Errors
///
/// If it does and which sheet is whose cannot be told.
pub(super) fn by_sender(round: &Round, workbook: Workbook) -> Result<Vec<Workbook>, Refusal> {
    let stated = covers(round, &workbook);
    let mut names: Vec<String> = stated.iter().map(|(_, _, name)| name.clone()).collect();
    names.dedup();
    let senders: BTreeSet<Option<PartnerId>> = stated.iter().map(|(_, sender, _)| *sender).collect();
    if senders.len() < 2 {
        return Ok(vec![workbook]);
    }
    let covers: Vec<(SheetId, PartnerId)> =
        stated.iter().filter_map(|(sheet, sender, _)| Some((*sheet, (*sender)?))).collect();
    // A cover that nobody's name is on may be anybody's, and so may what stands before the first one.
    if senders.contains(&None) || senders.len() < covers.len() || begins_early(round, &workbook, &covers) {
        return Err(Refusal::SeveralSenders(names));
    }
    let parts = apart(workbook, &covers);
    let says_who = identify::tables(&round.schema);
    let whole = |part: &Workbook| {
        let layouts = locate::tables(part, &round.schema);
        let sure = |layout: &crate::model::Layout| layout.unused.is_empty() && layout.continues.is_none();
        layouts.iter().all(sure) && layouts.iter().any(|layout| !says_who.contains(&layout.table))
    };
    if parts.iter().all(whole) { Ok(parts) } else { Err(Refusal::SeveralSenders(names)) }
}

/// True if covers of several partners are among the sheets that were read.
pub(super) fn has_several(round: &Round, workbook: &Workbook) -> bool {
    let senders: BTreeSet<Option<PartnerId>> =
        covers(round, workbook).into_iter().map(|(_, sender, _)| sender).collect();
    senders.len() > 1
}

/// True if a table stands on a sheet before the first cover.
fn begins_early(round: &Round, workbook: &Workbook, covers: &[(SheetId, PartnerId)]) -> bool {
    let is_cover = |sheet: &Sheet| covers.iter().any(|(cover, _)| *cover == sheet.id());
    let first = workbook.sheets.iter().position(is_cover).unwrap_or(0);
    let before: Vec<SheetId> = workbook.sheets.iter().take(first).map(Sheet::id).collect();
    locate::tables(workbook, &round.schema).iter().any(|layout| {
        before.contains(&layout.sheet) || layout.unused.iter().any(|sheet| before.contains(sheet))
    })
}

/// The covers of a workbook that name somebody, in sheet order: the partner, if it is one, and what is said.
fn covers(round: &Round, workbook: &Workbook) -> Vec<(SheetId, Option<PartnerId>, String)> {
    let Some(field) = round.schema.identity.agency else { return Vec::new() };
    if workbook.sheets.len() < 2 || round.partners.is_empty() {
        return Vec::new();
    }
    let cx = parse_context(round);
    let forms = locate::forms(workbook, &round.schema, field.table);
    forms
        .into_iter()
        .filter_map(|layout| {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet)?;
            let table = parse::table(sheet, layout, &cx);
            let (sender, name) = parse::sender_stated(&[table], &cx)?;
            Some((sheet.id(), sender, name))
        })
        .collect()
}

/// The first part keeps what was noticed about the whole file.
fn apart(workbook: Workbook, covers: &[(SheetId, PartnerId)]) -> Vec<Workbook> {
    let mut parts = vec![Workbook { sheets: Vec::new(), ..workbook }];
    for sheet in workbook.sheets {
        let is_cover = covers.iter().any(|(cover, _)| *cover == sheet.id());
        let begun = parts.last().is_some_and(|part| {
            part.sheets.iter().any(|sheet| covers.iter().any(|(cover, _)| *cover == sheet.id()))
        });
        if is_cover && begun {
            let mends = parts[0].mends.clone();
            parts.push(Workbook { mends, ..Workbook::new(sheet.file(), parts[0].kind) });
        }
        if let Some(part) = parts.last_mut() {
            part.sheets.push(sheet);
        }
    }
    parts
}
