//! A workbook with the returns of several partners → one workbook for each.
//!
//! Each partner's return has a cover of its own; the sheets after a cover, up to the next one, are its own too. Every sheet
//! goes to exactly one of them, so nothing is read twice. Where that order cannot be trusted the file is refused: figures
//! under the wrong partner's name would be worse than none.

use super::identify;
use super::process::parse_context;
use crate::model::{PartnerId, Refusal, SheetId, Workbook};
use crate::round::Round;
use crate::{locate, parse};
use std::collections::BTreeSet;

/// Takes a workbook apart if it holds the covers of several partners; else gives it back whole.
///
/// # Errors
///
/// If it does and which sheet is whose cannot be told.
pub(super) fn by_sender(round: &Round, workbook: Workbook) -> Result<Vec<Workbook>, Refusal> {
    let covers = covers(round, &workbook);
    let senders: BTreeSet<PartnerId> = covers.iter().map(|(_, sender)| *sender).collect();
    if senders.len() < 2 {
        return Ok(vec![workbook]);
    }
    let names = covers.iter().filter_map(|(_, sender)| round.partners.get(usize::from(sender.0)));
    let names = names.map(|partner| partner.name.clone()).collect();
    if senders.len() < covers.len() {
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

/// The covers of a workbook that name a partner, in sheet order.
fn covers(round: &Round, workbook: &Workbook) -> Vec<(SheetId, PartnerId)> {
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
            Some((sheet.id(), parse::sender_stated(&[table], &cx)?))
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
            parts.push(Workbook::new(sheet.file(), parts[0].kind));
        }
        if let Some(part) = parts.last_mut() {
            part.sheets.push(sheet);
        }
    }
    parts
}
