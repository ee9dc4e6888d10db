//! One row an entry of the register, with what every partner said joined under its name.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::rating::Ratings;
use super::styles::Look;
use crate::error::Error;
use crate::model::RegisterRow;
use crate::schema::{FieldType, OutputKind};
use rust_xlsxwriter::Worksheet;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Register { table, columns: names, joined } = &cx.output(output).kind else {
        return Ok(Vec::new());
    };
    let (table, plan) = (*table, &cx.round.plan);
    let ratings = Ratings::new(cx, table);
    let mut shown: Vec<usize> = vec![plan.key];
    shown.extend(plan.title);
    shown.extend(names.iter().filter_map(|name| plan.heading(name)).filter(|at| *at != plan.key));
    shown.dedup();
    let mut columns: Vec<Column> = shown
        .iter()
        .map(|at| {
            let name = plan.headings.get(*at).map_or("", String::as_str);
            Column::new(cells::heading_title(cx.round, Some(table), name), plan_look(cx, table, *at))
        })
        .collect();
    columns.push(Column::new("Asked", Look::Whole));
    columns.push(Column::new("Answered", Look::Whole));
    columns.push(Column::new("Worst rating", Look::Centre));
    if let Some(field) = joined {
        let title = cx.table(table).fields.get(*field).map_or("Updates", |field| field.title.as_str());
        columns.push(Column::new(title.to_owned(), Look::Wrap));
    }
    columns.push(Column::new("Not reported by", Look::Wrap));
    let rows = cx.data.register.len();
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, Some(rows))?;
    for entry in &cx.data.register {
        let answered = entry.responses.iter().filter(|response| response.row.is_some()).count();
        let mut items: Vec<Item<'_>> =
            shown.iter().map(|at| plan_item(cx, table, *at, entry.columns.get(*at))).collect();
        items.push(Item::Whole(i64::try_from(entry.responses.len()).unwrap_or(0)));
        items.push(Item::Whole(i64::try_from(answered).unwrap_or(0)));
        items.push(ratings.item(ratings.entry(entry)));
        if let Some(field) = joined {
            items.push(Item::Owned(joined_words(cx, table, *field, entry)));
        }
        let silent = entry.responses.iter().filter(|response| response.row.is_none());
        let silent: Vec<&str> =
            silent.map(|response| cells::partner_name(cx.round, response.partner)).collect();
        items.push(Item::Owned(silent.join("; ")));
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

/// What every partner said, each under its name.
pub(super) fn joined_words(cx: &Context<'_>, table: usize, field: usize, entry: &RegisterRow) -> String {
    let mut said = String::new();
    for response in &entry.responses {
        let Some(kept) = response.row.and_then(|row| cx.kept(table, row.ordinal)) else { continue };
        let (Some(cell), Some(about)) = (kept.cells.get(field), cx.table(table).fields.get(field)) else {
            continue;
        };
        let words = cells::words(cell, about, cx.round);
        if words.trim().is_empty() {
            continue;
        }
        if !said.is_empty() {
            said.push('\n');
        }
        said.push_str(cells::partner_name(cx.round, response.partner));
        said.push_str(": ");
        said.push_str(words.trim());
    }
    said
}

fn is_date(cx: &Context<'_>, table: usize, at: usize) -> bool {
    let name = cx.round.plan.headings.get(at).map_or("", String::as_str);
    cx.table(table).field(name).is_some_and(|field| cx.table(table).fields[field].kind == FieldType::Date)
}

/// How a column of the register looks.
pub(super) fn plan_look(cx: &Context<'_>, table: usize, at: usize) -> Look {
    if is_date(cx, table, at) {
        Look::Date
    } else if at == cx.round.plan.key {
        Look::Text
    } else {
        Look::Wrap
    }
}

/// A cell of the register: a day where its field is one and it is written as one, else as it stands.
pub(super) fn plan_item<'a>(cx: &Context<'_>, table: usize, at: usize, text: Option<&'a String>) -> Item<'a> {
    let Some(text) = text else { return Item::Blank };
    match text.parse() {
        Ok(day) if is_date(cx, table, at) => Item::Date(day),
        _ => Item::Text(text),
    }
}
