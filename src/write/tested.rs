//! Every control with how often it was tested and how it came out.

use super::cells::Item;
use super::context::Context;
use super::sheet::{Sheet, range};
use super::styles::Look;
use crate::error::Error;
use crate::model::CellRef;
use std::borrow::Cow;

/// Writes every control with how often it was tested and how it came out.
pub(super) fn controls(cx: &Context<'_>, sheet: &mut Sheet, top: u32) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&cx.styles);
    sheet.put_as(top, 0, Some(&styles.lead), &Item::Text("Every control and how often it was tested"))?;
    let columns = [
        ("Result", Look::Centre),
        ("Kind", Look::Text),
        ("Control", Look::Wrap),
        ("Table", Look::Wrap),
        ("Agrees", Look::Whole),
        ("Rounding", Look::Whole),
        ("Differs", Look::Whole),
        ("Could not test", Look::Whole),
        ("Tested in all", Look::Whole),
    ];
    let headings: Vec<(Cow<'_, str>, Look)> =
        columns.iter().map(|(title, look)| (Cow::Borrowed(*title), *look)).collect();
    sheet.headings(top + 1, &headings, false)?;
    let first = top + 2;
    let mut row = first;
    for (control, tally) in cx.round.schema.controls.iter().zip(&cx.data.tallies) {
        let all: u64 = tally.iter().copied().map(u64::from).sum();
        let table = cx.round.schema.tables.get(control.table).map_or("", |table| table.title.as_str());
        let mut items = vec![verdict(tally), Item::Text(control.kind.name())];
        items.extend([Item::Text(control.title.as_str()), Item::Text(table)]);
        items.extend(tally.iter().map(|count| Item::Whole(i64::from(*count))));
        let parts = format!("{}:{}", CellRef::new(row, 4), CellRef::new(row, 7));
        items.push(Item::Formula { formula: format!("=SUM({parts})"), result: all.to_string() });
        for ((column, item), (_, look)) in (0u16..).zip(&items).zip(columns) {
            sheet.also(row, column, look, item)?;
        }
        row += 1;
    }
    if row == first {
        return Ok(());
    }
    let sums = cx.overview().tally();
    let all: u64 = sums.iter().sum();
    for (column, sum) in (4u16..).zip(sums.into_iter().chain([all])) {
        let formula = format!("=SUM({})", range(column, first, row - 1));
        let item = Item::Formula { formula, result: sum.to_string() };
        sheet.put_as(row, column, Some(styles.total(Look::Whole)), &item)?;
    }
    for column in 0..4 {
        let item = if column == 0 { Item::Text("Total") } else { Item::Blank };
        sheet.put_as(row, column, Some(styles.total(Look::Text)), &item)?;
    }
    Ok(())
}

fn verdict(tally: &[u32; 4]) -> Item<'static> {
    match tally {
        [0, 0, 0, 0] => Item::Unknown("nothing to test"),
        [_, _, 0, 0] => Item::Flag("agrees".to_owned(), true),
        [_, _, 0, _] => Item::Unknown("could not test all"),
        _ => Item::Flag("differs".to_owned(), false),
    }
}
