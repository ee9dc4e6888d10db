//! Partners down, fields across.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::PartnerId;
use crate::schema::OutputKind;
use rust_xlsxwriter::Worksheet;

/// Makes the sheet: a row for every partner from whom a return is expected, with or without an answer.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Grid { table, columns: fields } = &cx.output(output).kind else { return Ok(Vec::new()) };
    let about = cx.table(*table);
    let rows = cx.rows.get(*table).copied().unwrap_or_default();
    let mut columns = vec![Column::new("Partner", Look::Text)];
    for field in fields.iter().filter_map(|field| about.fields.get(*field)) {
        let mut column = Column::new(field.title.clone(), cells::look(field));
        column.list = field.list;
        columns.push(column);
    }
    let asked = |code: &str| about.from.is_empty() || about.from.iter().any(|from| from == code);
    let silent: Vec<PartnerId> = cx
        .round
        .partners()
        .filter(|(id, partner)| {
            partner.sends && asked(&partner.code) && !rows.iter().any(|row| row.partner == *id)
        })
        .map(|(id, _)| id)
        .collect();
    for (column, field) in (1u16..).zip(fields) {
        press.anchors.column(output, *field, column);
    }
    let count = rows.len() + silent.len();
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, Some(count))?;
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.partner, row.ordinal));
    for kept in sorted {
        let row = list.row(&mut press.book)?;
        list.put(row, 0, &Item::Text(cells::partner_name(cx.round, kept.partner)))?;
        for (column, field) in (1u16..).zip(fields) {
            let (Some(cell), Some(field)) = (kept.cells.get(*field), about.fields.get(*field)) else {
                continue;
            };
            list.put(row, column, &cells::item(cell, field, cx.round))?;
        }
        press.anchors.row(*table, kept, output, row);
    }
    for partner in silent {
        let row = list.row(&mut press.book)?;
        list.put(row, 0, &Item::Text(cells::partner_name(cx.round, partner)))?;
        for (column, _) in (1u16..).zip(fields) {
            list.put(row, column, &Item::Unknown("not reported"))?;
        }
    }
    list.close()?;
    list.finish()
}
