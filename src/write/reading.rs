//! Which headings were found and what they were read as.

use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::{Heading, Layout, Match, ReturnInfo};
use rust_xlsxwriter::Worksheet;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.describe("Where each table was found and what each of its headings was read as.");
    let columns = vec![
        Column::new("Partner", Look::Text),
        Column::new("File", Look::Wrap),
        Column::new("Sheet", Look::Text),
        Column::new("Table", Look::Wrap),
        Column::new("Heading found", Look::Wrap),
        Column::new("Cell", Look::Centre),
        Column::new("Read as", Look::Wrap),
        Column::new("How sure", Look::Wrap),
        Column::new("Why this place", Look::Wrap),
    ];
    let layouts = || cx.data.returns.iter().flat_map(|info| info.layouts.iter().map(move |lay| (info, lay)));
    let rows = layouts().map(|(_, layout)| layout.columns.len() + layout.repeated.len()).sum();
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(rows))?;
    for (info, layout) in layouts() {
        table(cx, press, &mut list, info, layout)?;
    }
    list.close()?;
    list.finish()
}

fn table(
    cx: &Context<'_>,
    press: &mut Press,
    list: &mut List,
    info: &ReturnInfo,
    layout: &Layout,
) -> Result<(), Error> {
    let Some(schema) = cx.round.schema.tables.get(layout.table) else { return Ok(()) };
    let mut why = format!("{}% of the headings found. {}", layout.score, layout.reasons.join(" "));
    let fields = schema.fields.iter().zip(&layout.columns).filter(|(field, _)| !field.computed);
    let found = fields.map(|(field, heading)| (field, heading.as_ref(), true));
    let again = layout
        .repeated
        .iter()
        .filter_map(|(field, heading)| Some((schema.fields.get(*field)?, Some(heading), false)));
    for (field, heading, used) in found.chain(again) {
        let (text, cell) = match heading {
            Some(heading) => (Item::Text(&heading.text), Item::Owned(heading.at.cell.to_string())),
            None => (Item::Blank, Item::Blank),
        };
        let items = [
            Item::Text(cx.partner(info.identity.partner)),
            Item::Text(cx.data.places.file(info.file)),
            Item::Text(cx.data.places.sheet(info.file, layout.sheet)),
            Item::Text(&schema.title),
            text,
            cell,
            Item::Text(&field.title),
            sure(heading, used),
            Item::Owned(std::mem::take(&mut why)),
        ];
        list.push(&mut press.book, &items)?;
    }
    Ok(())
}

fn sure(heading: Option<&Heading>, used: bool) -> Item<'static> {
    if !used {
        return Item::Unknown("a second such heading; not used");
    }
    match heading.map(|heading| heading.how) {
        Some(Match::Exact) => Item::Text("letter for letter"),
        Some(Match::Alias) => Item::Text("another known name"),
        Some(Match::Folded) => Item::Text("same but for case, spaces or punctuation"),
        Some(Match::Near(percent)) => Item::Flag(format!("near: {percent}% alike; please confirm"), false),
        Some(Match::Guess(evidence)) => {
            Item::Flag(format!("a guess: {}; please confirm", evidence.because()), false)
        }
        Some(Match::Context) => Item::Text("from the sheet's name or a sub-heading"),
        None => Item::Unknown("not found"),
    }
}
