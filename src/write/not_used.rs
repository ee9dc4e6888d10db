//! What was set aside, and why.

use super::cells::Item;
use super::context::{Context, Press};
use super::cuts::too_long;
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, ExtraCell, HeldRow, Origin, PartnerId, ReturnInfo, SheetUse, is_own_sheet};
use rust_xlsxwriter::Worksheet;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One thing that was not used.
struct Aside<'a> {
    what: &'static str,
    partner: Option<PartnerId>,
    file: &'a str,
    sheet: &'a str,
    cell: Option<CellRef>,
    table: &'a str,
    why: String,
    typed: Cow<'a, str>,
}

impl<'a> Aside<'a> {
    /// Something of a return, before it is said why it is not used.
    fn of(cx: &Context<'a>, info: &ReturnInfo, what: &'static str, sheet: &'a str) -> Self {
        let (partner, file) = (info.identity.partner, cx.data.places.file(info.file));
        Self { what, partner, file, sheet, cell: None, table: "", why: String::new(), typed: "".into() }
    }
}

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.describe(
        "Held rows, extra columns with what stands in them, sheets without a table and files passed over.",
    );
    let columns = vec![
        Column::new("What", Look::Text),
        Column::new("Partner", Look::Text),
        Column::new("File", Look::Wrap),
        Column::new("Sheet", Look::Text),
        Column::new("Cell", Look::Centre),
        Column::new("Table", Look::Wrap),
        Column::new("Why", Look::Wrap),
        Column::new("As typed", Look::Wrap),
    ];
    let others = others(cx);
    let rows = cx.data.held.len() + others.len();
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(rows))?;
    let cuts = cx.page(output).cuts;
    for cell in cx.data.returns.iter().flat_map(|info| &info.extra).filter(|cell| too_long(&cell.text)) {
        cuts.came_from(&cell.text, cell.at, "a column that the template does not have");
    }
    let held = cx.data.held.iter().map(|held| {
        let aside = held_row(cx, held);
        if too_long(&aside.typed) {
            cuts.came_from(&aside.typed, held.at, "the whole row, which is held");
        }
        aside
    });
    for aside in held.chain(others) {
        let items = [
            Item::Text(aside.what),
            Item::Text(cx.partner(aside.partner)),
            Item::Text(aside.file),
            Item::Text(aside.sheet),
            aside.cell.map_or(Item::Blank, |cell| Item::Owned(cell.to_string())),
            Item::Text(aside.table),
            Item::Owned(aside.why),
            Item::Text(&aside.typed),
        ];
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

fn held_row<'a>(cx: &Context<'a>, held: &'a HeldRow) -> Aside<'a> {
    let table = cx.round.schema.tables.get(held.table);
    let fields = table.map_or(&[][..], |table| table.fields.as_slice());
    let filled = fields.iter().zip(&held.cells).filter(|(_, text)| !text.is_empty());
    let typed: Vec<String> = filled.map(|(field, text)| format!("{}: {text}", field.title)).collect();
    Aside {
        what: "Row held",
        partner: held.partner,
        file: cx.data.places.file(held.at.file),
        sheet: cx.data.places.sheet(held.at.file, held.at.sheet),
        cell: Some(held.at.cell),
        table: table.map_or("", |table| table.title.as_str()),
        why: held.why.clone(),
        typed: typed.join(" · ").into(),
    }
}

/// Headings that the template does not have, each with what stands under it.
fn extra_columns<'a>(cx: &Context<'a>, info: &'a ReturnInfo, asides: &mut Vec<Aside<'a>>) {
    let mut under: BTreeMap<Origin, Vec<&ExtraCell>> = BTreeMap::new();
    for cell in &info.extra {
        under.entry(cell.under).or_default().push(cell);
    }
    for layout in &info.layouts {
        let table = cx.round.schema.tables.get(layout.table).map_or("", |table| table.title.as_str());
        let sheet = cx.data.places.sheet(info.file, layout.sheet);
        for extra in &layout.unmapped {
            let (cells, listed) = (extra.filled as usize, under.get(&extra.at).map_or(0, Vec::len));
            let word = if cells == 1 { "cell" } else { "cells" };
            let rest = match listed {
                listed if listed >= cells => String::new(),
                0 => " They are too many to be listed: see the return.".to_owned(),
                listed => format!(" Only the first {listed} are listed here: for the rest see the return."),
            };
            asides.push(Aside {
                cell: Some(extra.at.cell),
                table,
                why: format!("The template has no such column; {cells} filled {word}.{rest}"),
                typed: extra.heading.as_str().into(),
                ..Aside::of(cx, info, "Extra column", sheet)
            });
            for cell in under.remove(&extra.at).unwrap_or_default() {
                asides.push(Aside {
                    cell: Some(cell.at.cell),
                    table,
                    why: format!("It stands under \u{201c}{}\u{201d}.", extra.heading),
                    typed: cell.text.as_str().into(),
                    ..Aside::of(cx, info, "Cell of an extra column", sheet)
                });
            }
        }
    }
}

fn others<'a>(cx: &Context<'a>) -> Vec<Aside<'a>> {
    let mut asides = Vec::new();
    for info in &cx.data.returns {
        extra_columns(cx, info, &mut asides);
        let not_ours = |sheet: &&SheetUse| sheet.tables.is_empty() && !is_own_sheet(&sheet.name);
        for sheet in info.sheets.iter().filter(not_ours).filter(|sheet| sheet.filled_rows > 0) {
            let hidden = if sheet.hidden { " It is hidden." } else { "" };
            let rows = if sheet.filled_rows == 1 { "row" } else { "rows" };
            let second = info.layouts.iter().any(|layout| layout.unused.contains(&sheet.sheet));
            let found = if second {
                "It has the headings of a table that was read from another sheet"
            } else {
                "No table of the template was found on it"
            };
            let why = format!("{found}; {} {rows} with something in them.{hidden}", sheet.filled_rows);
            let aside = Aside::of(cx, info, "Sheet not used", sheet.name.as_str());
            asides.push(Aside { why, ..aside });
        }
    }
    for skipped in &cx.data.skipped {
        asides.push(Aside {
            what: "File passed over",
            partner: None,
            file: &skipped.name,
            sheet: "",
            cell: None,
            table: "",
            why: skipped.why.clone(),
            typed: "".into(),
        });
    }
    asides
}
