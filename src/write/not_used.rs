//! What was set aside, and why.

use super::cells::Item;
use super::context::{Context, Press};
use super::cuts::too_long;
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, HeldRow, PartnerId, SheetUse, is_own_sheet};
use rust_xlsxwriter::Worksheet;

/// One thing that was not used.
struct Aside<'a> {
    what: &'static str,
    partner: Option<PartnerId>,
    file: &'a str,
    sheet: &'a str,
    cell: Option<CellRef>,
    table: &'a str,
    why: String,
    typed: String,
}

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.describe("Held rows, extra columns, sheets without a table and files passed over.");
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
            Item::Owned(aside.typed),
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
        typed: typed.join(" · "),
    }
}

fn others<'a>(cx: &Context<'a>) -> Vec<Aside<'a>> {
    let places = &cx.data.places;
    let mut asides = Vec::new();
    for info in &cx.data.returns {
        let aside = |what, sheet, cell, table, why, typed| Aside {
            what,
            partner: info.identity.partner,
            file: places.file(info.file),
            sheet,
            cell,
            table,
            why,
            typed,
        };
        for layout in &info.layouts {
            let table = cx.round.schema.tables.get(layout.table).map_or("", |table| table.title.as_str());
            for extra in &layout.unmapped {
                let cells = if extra.filled == 1 { "cell" } else { "cells" };
                let why = format!("The template has no such column; {} filled {cells}.", extra.filled);
                let sheet = places.sheet(info.file, layout.sheet);
                let heading = extra.heading.clone();
                asides.push(aside("Extra column", sheet, Some(extra.at.cell), table, why, heading));
            }
        }
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
            asides.push(aside("Sheet not used", sheet.name.as_str(), None, "", why, String::new()));
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
            typed: String::new(),
        });
    }
    asides
}
