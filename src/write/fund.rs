//! Opening, in, out, closing: what the parts make against what was stated.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::sheet::result;
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, Kept};
use crate::schema::{ControlKind, FieldType, OutputKind};
use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Fund { table, control, columns } = &cx.output(output).kind else { return Ok(Vec::new()) };
    let about = cx.table(*table);
    let rows = cx.rows.get(*table).copied().unwrap_or_default();
    let control = control.and_then(|control| cx.round.schema.controls.get(control));
    let terms = control.and_then(|control| Terms::new(&control.kind));
    let may_be = |field: &usize| about.fields.get(*field).is_some_and(|field| cx.edition.shows(field));
    let mut fields: Vec<usize> = columns.iter().copied().filter(may_be).collect();
    for field in terms.iter().flat_map(Terms::fields) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let mut headings = vec![Column::new("Partner", Look::Text)];
    for field in fields.iter().filter_map(|field| about.fields.get(*field)) {
        headings.push(Column::new(field.title.clone(), cells::look(field)));
    }
    for (column, field) in (1u16..).zip(&fields) {
        press.anchors.column(output, *field, column);
    }
    if terms.is_some() {
        headings.push(Column::new("Closing balance as the parts make it", Look::Money));
        headings.push(Column::new("Difference", Look::Money));
    }
    if !cx.is_extract() {
        headings.push(Column::new("From", Look::Wrap));
    }
    let count = Some(rows.len());
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, headings, count)?;
    for kept in rows {
        let row = list.row(&mut press.book)?;
        list.put(row, 0, &Item::Text(cells::partner_name(cx.round, kept.partner)))?;
        let mut column = 1;
        for field in &fields {
            if let (Some(cell), Some(field)) = (kept.cells.get(*field), about.fields.get(*field)) {
                let blank = cell.is_blank() && field.kind == FieldType::Money;
                let item =
                    if blank { Item::Unknown("not stated") } else { cx.edition.item(cell, field, cx.round) };
                list.put(row, column, &item)?;
            }
            column += 1;
        }
        if let Some(terms) = &terms {
            let [made, difference] = terms.items(kept, &fields, row, column);
            list.put(row, column, &made)?;
            list.put(row, column + 1, &difference)?;
            column += 2;
        }
        if !cx.is_extract() {
            list.put(row, column, &Item::Owned(cx.data.places.show(kept.at)))?;
        }
        press.anchors.row(*table, kept, output, row);
    }
    list.close()?;
    list.finish()
}

/// The fields of a roll-forward.
struct Terms<'a> {
    opening: usize,
    add: &'a [usize],
    less: &'a [usize],
    closing: usize,
}

impl<'a> Terms<'a> {
    fn new(kind: &'a ControlKind) -> Option<Self> {
        match kind {
            ControlKind::RollForward { opening, add, less, closing } => {
                Some(Self { opening: *opening, add, less, closing: *closing })
            }
            _ => None,
        }
    }

    fn fields(&self) -> Vec<usize> {
        let mut fields = vec![self.opening];
        fields.extend(self.add);
        fields.extend(self.less);
        fields.push(self.closing);
        fields
    }

    /// The closing balance that the parts make and its difference from the one stated, as live formulas.
    fn items(&self, kept: &Kept, fields: &[usize], row: u32, at: u16) -> [Item<'static>; 2] {
        let place = |field: usize| {
            let column = fields.iter().position(|shown| *shown == field)?;
            Some(CellRef::new(row, u16::try_from(column + 1).ok()?).to_string())
        };
        let amount = |field: usize| Some(kept.cells.get(field)?.money()?.pounds);
        let untested = [Item::Unknown("could not test"), Item::Blank];
        let (Some(mut sum), Some(mut formula)) = (amount(self.opening), place(self.opening)) else {
            return untested;
        };
        for (sign, field) in
            self.add.iter().map(|field| ('+', *field)).chain(self.less.iter().map(|field| ('-', *field)))
        {
            let (Some(pounds), Some(cell)) = (amount(field), place(field)) else { return untested };
            sum = sum.saturating_add(if sign == '-' { -pounds } else { pounds });
            formula = format!("{formula}{sign}{cell}");
        }
        let made = Item::Formula { formula: format!("=ROUND({formula},2)"), result: result(sum.round_dp(2)) };
        let difference = match (amount(self.closing), place(self.closing)) {
            (Some(closing), Some(cell)) => Item::Formula {
                formula: format!("=ROUND({cell}-{},2)", CellRef::new(row, at)),
                result: result(closing.saturating_sub(sum).round_dp(2)),
            },
            _ => Item::Unknown("could not test"),
        };
        [made, difference]
    }
}

/// Adds amounts without overflow.
pub(super) fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Decimal {
    amounts.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}
