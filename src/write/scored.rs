//! Risks by score, with a grid of how many stand where.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::sheet::{Sheet, range, result};
use super::styles::{Look, filled};
use crate::error::Error;
use crate::model::{CellRef, Kept, Value};
use crate::schema::OutputKind;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet};
use std::cmp::Reverse;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Scored { table, likelihood, impact, columns: fields } = &cx.output(output).kind else {
        return Ok(Vec::new());
    };
    let about = cx.table(*table);
    let fields: Vec<usize> =
        fields.iter().copied().filter(|field| field != likelihood && field != impact).collect();
    let score = |kept: &Kept| Some(number(kept, *likelihood)?.saturating_mul(number(kept, *impact)?));
    let mut rows: Vec<&Kept> = cx.rows.get(*table).copied().unwrap_or_default().iter().collect();
    rows.sort_by_key(|kept| (Reverse(score(kept)), kept.partner, kept.ordinal));
    let mut columns = vec![
        Column::new("Score", Look::Whole),
        Column::new("Likelihood", Look::Whole),
        Column::new("Impact", Look::Whole),
        Column::new("Partner", Look::Text),
    ];
    for field in fields.iter().filter_map(|field| about.fields.get(*field)) {
        let mut column = Column::new(field.title.clone(), cells::look(field));
        column.list = field.list;
        columns.push(column);
    }
    columns.push(Column::new("From", Look::Wrap));
    press.anchors.column(output, *likelihood, 1);
    press.anchors.column(output, *impact, 2);
    for (column, field) in (4u16..).zip(&fields) {
        press.anchors.column(output, *field, column);
    }
    let count = Some(rows.len());
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, count)?;
    let first = list.next_row();
    for kept in &rows {
        let row = list.row(&mut press.book)?;
        let made = score(kept).map_or(Item::Unknown("no score"), |score| Item::Formula {
            formula: format!("={}*{}", CellRef::new(row, 1), CellRef::new(row, 2)),
            result: result(Decimal::from(score)),
        });
        list.put(row, 0, &made)?;
        for (column, field) in [(1, likelihood), (2, impact)].into_iter().chain((4u16..).zip(&fields)) {
            if let (Some(cell), Some(about)) = (kept.cells.get(*field), about.fields.get(*field)) {
                list.put(row, column, &cells::item(cell, about, cx.round))?;
            }
        }
        list.put(row, 3, &Item::Text(cells::partner_name(cx.round, kept.partner)))?;
        let from = u16::try_from(4 + fields.len()).unwrap_or(4);
        list.put(row, from, &Item::Owned(cx.data.places.show(kept.at)))?;
        press.anchors.row(*table, kept, output, row);
    }
    let next = list.close()?;
    if !rows.is_empty() {
        let pairs: Vec<(Option<i64>, Option<i64>)> =
            rows.iter().map(|kept| (number(kept, *likelihood), number(kept, *impact))).collect();
        grid(list.sheet(), next + 1, (first, first + u32::try_from(rows.len()).unwrap_or(1) - 1), &pairs)?;
    }
    list.finish()
}

fn number(kept: &Kept, field: usize) -> Option<i64> {
    match kept.cells.get(field)?.value()? {
        Value::Integer(number) => Some(*number),
        Value::Number(number) => number.to_i64(),
        _ => None,
    }
}

/// Writes the grid: likelihood down from five to one, impact across, counts as live formulas.
fn grid(
    sheet: &mut Sheet,
    top: u32,
    rows: (u32, u32),
    pairs: &[(Option<i64>, Option<i64>)],
) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&sheet.styles);
    let left = sheet.narrow(5);
    let title = "How many risks stand where: likelihood down, impact across";
    sheet.put_as(top, 0, Some(&styles.lead), &Item::Text(title))?;
    for (column, impact) in (left..left + 5).zip(1i64..) {
        sheet.put_as(top + 2, column, Some(styles.heading(Look::Centre)), &Item::Whole(impact))?;
    }
    for (row, likelihood) in (top + 3..top + 8).zip((1i64..=5).rev()) {
        let label = left - 1;
        sheet.put_as(row, label, Some(styles.plain(Look::Whole)), &Item::Whole(likelihood))?;
        for (column, impact) in (left..left + 5).zip(1i64..) {
            let wanted = (Some(likelihood), Some(impact));
            let count = pairs.iter().filter(|pair| **pair == wanted).count();
            let formula = format!(
                "=COUNTIFS({},{},{},{})",
                range(1, rows.0, rows.1),
                CellRef::new(row, label),
                range(2, rows.0, rows.1),
                CellRef::new(top + 2, column)
            );
            let shade = match likelihood * impact {
                15.. => "F4B183",
                8.. => "FFE699",
                _ => "C6E0B4",
            };
            let format = filled(styles.ruled(Look::Centre).clone(), shade)
                .set_num_format("0;;\"\"")
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_border(FormatBorder::Thin);
            let item = Item::Formula { formula, result: count.to_string() };
            sheet.put_as(row, column, Some(&format), &item)?;
        }
    }
    Ok(())
}
