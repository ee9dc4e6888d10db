//! What each entry should change, and whether that was measured.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::sheet::{Sheet, failed, range};
use super::styles::{BAR, Look};
use crate::error::Error;
use crate::model::Kept;
use crate::schema::OutputKind;
use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartFormat, ChartSolidFill, ChartType, Worksheet};

const CLASSES: [&str; 4] = ["measured", "to be measured", "no date to measure", "never stated"];

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Impact { table, expected, result, on, columns: fields } = &cx.output(output).kind else {
        return Ok(Vec::new());
    };
    let about = cx.table(*table);
    let rows = cx.rows.get(*table).copied().unwrap_or_default();
    let mut shown: Vec<usize> = fields.clone();
    shown.extend([*expected, *result]);
    shown.extend(on);
    let mut columns = vec![Column::new("Partner", Look::Text)];
    for field in shown.iter().filter_map(|field| about.fields.get(*field)) {
        columns.push(Column::new(field.title.clone(), cells::look(field)));
    }
    columns.push(Column::new("Measured?", Look::Centre));
    let class_column = u16::try_from(shown.len() + 1).unwrap_or(1);
    let count = Some(rows.len());
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, count)?;
    let first = list.next_row();
    let mut counts = [0usize; 4];
    for kept in rows {
        let row = list.row(&mut press.book)?;
        list.put(row, 0, &Item::Text(cells::partner_name(cx.round, kept.partner)))?;
        for (column, field) in (1u16..).zip(&shown) {
            list.put(row, column, &cell_or_plan(cx, *table, kept, *field))?;
        }
        let filled = |field: usize| cell_or_plan(cx, *table, kept, field) != Item::Blank;
        let class = match (filled(*result), filled(*expected), on.is_some_and(filled)) {
            (true, ..) => 0,
            (_, false, _) => 3,
            (_, _, true) => 1,
            (_, _, false) => 2,
        };
        counts[class] += 1;
        list.put(row, class_column, &Item::Text(CLASSES[class]))?;
        press.anchors.row(*table, kept, output, row);
    }
    let next = list.close()?;
    if !rows.is_empty() {
        let span = range(class_column, first, first + u32::try_from(rows.len()).unwrap_or(1) - 1);
        summary(list.sheet(), next + 1, &span, counts)?;
    }
    list.finish()
}

/// A cell of the return; where it is blank, what the register says.
fn cell_or_plan<'a>(cx: &Context<'a>, table: usize, kept: &'a Kept, field: usize) -> Item<'a> {
    let about = cx.table(table);
    let (Some(cell), Some(field)) = (kept.cells.get(field), about.fields.get(field)) else {
        return Item::Blank;
    };
    if !cell.is_blank() {
        return cells::item(cell, field, cx.round);
    }
    let plan = &cx.round.plan;
    let key = about.register.and_then(|register| kept.cells.get(register.key)?.text());
    let entry = key.and_then(|key| plan.by_key.get(key)).and_then(|at| plan.entries.get(*at));
    match (entry, plan.heading(&field.name)) {
        (Some(entry), Some(at)) => match entry.cells.get(at) {
            Some(text) if !text.is_empty() => super::register::plan_item(cx, table, at, Some(text)),
            _ => Item::Blank,
        },
        _ => Item::Blank,
    }
}

/// Writes the counts as live formulas, with bars.
fn summary(sheet: &mut Sheet, top: u32, span: &str, counts: [usize; 4]) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&sheet.styles);
    sheet.put_as(top, 0, Some(&styles.lead), &Item::Text("Can it be measured?"))?;
    for (row, (class, count)) in (top + 1..).zip(CLASSES.into_iter().zip(counts)) {
        sheet.put_as(row, 0, Some(styles.ruled(Look::Text)), &Item::Text(class))?;
        let formula = format!("=COUNTIF({span},\"{class}\")");
        let item = Item::Formula { formula, result: count.to_string() };
        sheet.put_as(row, 1, Some(styles.ruled(Look::Whole)), &item)?;
    }
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("Rows")
        .set_categories((sheet.name.as_str(), top + 1, 0, top + 4, 0))
        .set_values((sheet.name.as_str(), top + 1, 1, top + 4, 1))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(BAR)))
        .set_data_label(ChartDataLabel::new().show_value())
        .set_gap(50);
    chart.legend().set_hidden();
    chart.title().set_name("Can it be measured?").set_font(ChartFont::new().set_size(11));
    chart.y_axis().set_reverse();
    chart.x_axis().set_major_gridlines(false).set_hidden(true);
    chart.set_width(640).set_height(220);
    chart.set_alt_text("How many entries have an impact that is measured, to be measured, or never stated.");
    let name = sheet.name.clone();
    sheet.ws.insert_chart(top, 2, &chart).map(|_| ()).map_err(|error| failed(&name, error))
}
