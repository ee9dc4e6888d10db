//! Which headings were found and what they were read as: what stands as the template has it takes one line a table.

use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::{Heading, Layout, Match, ReturnInfo};
use crate::schema::Field;
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
    let layouts = cx.data.returns.iter().flat_map(|info| info.layouts.iter().map(move |lay| (info, lay)));
    let mut lines = Vec::new();
    for (info, layout) in layouts {
        lines.extend(table(cx, info, layout));
    }
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(lines.len()))?;
    for line in &lines {
        list.push(&mut press.book, line)?;
    }
    list.close()?;
    list.finish()
}

/// The lines of one table: headings that stand as the template has them together, all others one by one, and together those
/// that were not found.
fn table<'a>(cx: &Context<'a>, info: &'a ReturnInfo, layout: &'a Layout) -> Vec<[Item<'a>; 9]> {
    let Some(schema) = cx.round.schema.tables.get(layout.table) else { return Vec::new() };
    let mut why = format!("{}% of the headings found. {}", layout.score, layout.reasons.join(" "));
    let mut line = |text: Item<'a>, cell: Item<'a>, read_as: Item<'a>, sure: Item<'a>| {
        [
            Item::Text(cx.partner(info.identity.partner)),
            Item::Text(cx.data.places.file(info.file)),
            Item::Text(cx.data.places.sheet(info.file, layout.sheet)),
            Item::Text(&schema.title),
            text,
            cell,
            read_as,
            sure,
            Item::Owned(std::mem::take(&mut why)),
        ]
    };
    let fields = || schema.fields.iter().zip(&layout.columns).filter(|(field, _)| !field.computed);
    let is_same = |field: &Field, heading: &Heading| {
        heading.how == Match::Exact && heading.text.trim() == field.title.trim()
    };
    let same: Vec<&Heading> = fields()
        .filter_map(|(field, heading)| heading.as_ref().filter(|heading| is_same(field, heading)))
        .collect();
    let together = same.len() > 1;
    let mut lines = Vec::new();
    if together {
        let found = same.iter().map(|heading| format!("{} {}", heading.at.cell, heading.text.trim()));
        let found = Item::Owned(found.collect::<Vec<_>>().join("; "));
        lines.push(line(found, Item::Blank, Item::Text("the same"), sure(same.first().copied(), true)));
    }
    let found = fields().filter_map(|(field, heading)| Some((field, heading.as_ref()?, true)));
    let again = layout
        .repeated
        .iter()
        .filter_map(|(field, heading)| Some((schema.fields.get(*field)?, heading, false)));
    for (field, heading, used) in found.chain(again) {
        if !(together && used && is_same(field, heading)) {
            let cell = Item::Owned(heading.at.cell.to_string());
            lines.push(line(
                Item::Text(&heading.text),
                cell,
                Item::Text(&field.title),
                sure(Some(heading), used),
            ));
        }
    }
    let missing: Vec<&str> =
        fields().filter(|(_, heading)| heading.is_none()).map(|(field, _)| field.title.as_str()).collect();
    if !missing.is_empty() {
        lines.push(line(Item::Blank, Item::Blank, Item::Owned(missing.join("; ")), sure(None, true)));
    }
    lines
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
