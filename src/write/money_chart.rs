//! Ledger and return side by side: bars, because a small share vanishes from a pie.

use super::sheet::{Sheet, failed};
use super::styles::{BAR, SECOND_BAR};
use crate::error::Error;
use rust_xlsxwriter::{Chart, ChartAxisLabelPosition, ChartFont, ChartLegendPosition, ChartType};

/// Where the figures stand.
pub(super) struct Span {
    /// The first row.
    pub(super) first: u32,
    /// The last row.
    pub(super) last: u32,
    /// The column of the bars' names.
    pub(super) label: u16,
    /// The column of the ledger's figures; the returns' stand to the right of it.
    pub(super) ledger: u16,
}

/// Puts the chart into the sheet with its upper edge at a row.
pub(super) fn insert(sheet: &mut Sheet, span: &Span, row: u32) -> Result<(), Error> {
    let mut chart = Chart::new(ChartType::Bar);
    let name = sheet.name.clone();
    let range = |column: u16| (name.as_str(), span.first, column, span.last, column);
    for (title, column, colour) in [("Ledger", span.ledger, SECOND_BAR), ("Returned", span.ledger + 1, BAR)] {
        chart
            .add_series()
            .set_name(title)
            .set_categories(range(span.label))
            .set_values(range(column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)),
            )
            .set_data_label(
                rust_xlsxwriter::ChartDataLabel::new().show_value().set_font(ChartFont::new().set_size(8)),
            )
            .set_gap(60);
    }
    let bars = span.last + 1 - span.first;
    chart.title().set_name("Ledger and returned, pounds").set_font(ChartFont::new().set_size(11));
    // Below nothing a bar goes to the left, where its name would stand.
    chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart.y_axis().set_reverse().set_font(ChartFont::new().set_size(9));
    chart.x_axis().set_major_gridlines(false).set_hidden(true);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(900).set_height((80 + bars * 34).min(1200));
    chart.set_alt_text("The ledger's figure and the returned figure of each line, as bars.");
    sheet.ws.insert_chart(row, 0, &chart).map(|_| ()).map_err(|error| failed(&name, error))
}
