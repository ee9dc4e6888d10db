//! A stacked bar of ratings for each part of the plan.

use super::cells::{self, Item};
use super::context::Context;
use super::rating::Ratings;
use super::sheet::{Sheet, failed};
use super::styles::{Look, ROW, UNKNOWN, colour_of, is_dark};
use super::summary::{Block, section};
use crate::error::Error;
use crate::overview::{Bar, bars};
use crate::schema::OutputKind;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color,
};

/// The most bars; more are no picture.
const MOST: usize = 25;

/// Writes the counts with the chart under them at the right edge; gives what is left for text, and the row below.
pub(super) fn make(
    cx: &Context<'_>,
    sheet: &mut Sheet,
    block: Block,
    output: usize,
    ratings: &Ratings<'_>,
) -> Result<(Block, u32), Error> {
    let top = block.row;
    let OutputKind::Summary { chart: Some(chart), table, .. } = &cx.output(output).kind else {
        return Ok((block, top));
    };
    let labels = ratings.labels();
    let bars = bars(&cx.overview(), output, labels.len());
    if bars.is_empty() || bars.len() > MOST || labels.is_empty() || labels.len() > 5 {
        return Ok((block, top));
    }
    let width = u16::try_from(labels.len() + 2).unwrap_or(7);
    let left = block.right - width;
    let title = cells::heading_title(cx.round, *table, chart);
    let text = format!("Actions by {}", title.to_lowercase());
    section(cx, sheet, top, left..block.right, &text)?;
    sheet.put_as(top + 1, left, Some(cx.styles.heading(Look::Text)), &Item::Text(""))?;
    let headings = labels.iter().copied().chain(["No report"]);
    for (column, label) in (left + 1..).zip(headings) {
        sheet.put_as(top + 1, column, Some(cx.styles.heading(Look::Whole)), &Item::Text(label))?;
    }
    let first = top + 2;
    for (row, bar) in (first..).zip(&bars) {
        sheet.put_as(row, left, Some(cx.styles.ruled(Look::Text)), &Item::Text(bar.name))?;
        for (column, count) in (left + 1..).zip(&bar.counts) {
            let item = Item::Whole(i64::from(*count));
            sheet.put_as(row, column, Some(cx.styles.ruled(Look::Whole)), &item)?;
        }
    }
    let last = first + u32::try_from(bars.len()).unwrap_or(1) - 1;
    let height = (5 + 2 * u32::try_from(bars.len()).unwrap_or(1)).min(28);
    draw(sheet, &Place { head: top + 1, first, last, left, width, height }, ratings, &bars)?;
    Ok((Block { right: left - 1, ..block }, last + 3 + height))
}

/// Where the counts stand and how large the chart under them is, in columns and rows.
struct Place {
    head: u32,
    first: u32,
    last: u32,
    left: u16,
    width: u16,
    height: u32,
}

fn draw(sheet: &mut Sheet, place: &Place, ratings: &Ratings<'_>, bars: &[Bar<'_>]) -> Result<(), Error> {
    let Place { head, first, last, left, .. } = *place;
    let name = sheet.name.clone();
    let mut chart = Chart::new(ChartType::BarStacked);
    let series = bars.first().map_or(0, |bar| bar.counts.len());
    for rating in 0..series {
        if bars.iter().all(|bar| bar.counts.get(rating).is_none_or(|count| *count == 0)) {
            continue;
        }
        let column = left + u16::try_from(rating + 1).unwrap_or(1);
        let rgb = ratings.colour(rating).and_then(colour_of);
        let colour = rgb.map_or(UNKNOWN, Color::RGB);
        let ink = if rgb.is_some_and(is_dark) { Color::White } else { Color::Black };
        chart
            .add_series()
            .set_name((name.as_str(), head, column))
            .set_categories((name.as_str(), first, left, last, left))
            .set_values((name.as_str(), first, column, last, column))
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
            .set_data_label(
                ChartDataLabel::new()
                    .show_value()
                    .set_num_format("0;;")
                    .set_font(ChartFont::new().set_size(10).set_bold().set_color(ink)),
            )
            .set_gap(40);
    }
    chart.title().set_hidden();
    chart.y_axis().set_reverse().set_font(ChartFont::new().set_size(9));
    chart.x_axis().set_major_gridlines(false).set_hidden(true);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(u32::from(place.width) * 117).set_height(place.height * ROW);
    chart.set_alt_text("How many actions have which rating, a bar for each part of the plan.");
    sheet.ws.insert_chart(last + 1, left, &chart).map(|_| ()).map_err(|error| failed(&name, error))
}
