//! A stacked bar of ratings for each part of the plan.

use super::cells::{self, Item};
use super::context::Context;
use super::rating::Ratings;
use super::sheet::{Sheet, failed};
use super::styles::{Look, UNKNOWN, colour_of, is_dark};
use crate::error::Error;
use crate::schema::OutputKind;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color,
};

/// Rows that the chart is high.
const HEIGHT: u32 = 15;
/// The most bars; more are no picture.
const MOST: usize = 25;

/// One bar: its name, how many entries have which rating, and how many were not reported.
struct Bar<'a> {
    name: &'a str,
    counts: Vec<u32>,
}

/// Writes the counts and the chart beside them; gives the next free row.
pub(super) fn make(
    cx: &Context<'_>,
    sheet: &mut Sheet,
    top: u32,
    output: usize,
    ratings: &Ratings<'_>,
) -> Result<u32, Error> {
    let OutputKind::Summary { chart: Some(chart), table, .. } = &cx.output(output).kind else {
        return Ok(top);
    };
    let labels = ratings.labels();
    let bars = bars(cx, output, labels.len());
    if bars.is_empty() || bars.len() > MOST || labels.is_empty() {
        return Ok(top);
    }
    let title = cells::heading_title(cx.round, *table, chart);
    for column in 0..12 {
        let text = format!("Actions by {}", title.to_lowercase());
        let item = if column == 0 { Item::Owned(text) } else { Item::Blank };
        sheet.put_as(top, column, Some(&cx.styles.section), &item)?;
    }
    sheet.put_as(top + 1, 0, Some(cx.styles.heading(Look::Text)), &Item::Text(&title))?;
    let headings = labels.iter().copied().chain(["Not reported"]);
    for (column, label) in (1u16..).zip(headings) {
        sheet.put_as(top + 1, column, Some(cx.styles.heading(Look::Whole)), &Item::Text(label))?;
    }
    let first = top + 2;
    for (row, bar) in (first..).zip(&bars) {
        sheet.put_as(row, 0, Some(cx.styles.ruled(Look::Text)), &Item::Text(bar.name))?;
        for (column, count) in (1u16..).zip(&bar.counts) {
            let item = Item::Whole(i64::from(*count));
            sheet.put_as(row, column, Some(cx.styles.ruled(Look::Whole)), &item)?;
        }
    }
    let last = first + u32::try_from(bars.len()).unwrap_or(1) - 1;
    let right = u16::try_from(labels.len() + 3).unwrap_or(6).min(8);
    draw(sheet, (top + 1, first, last), right, ratings, &bars)?;
    Ok((last + 2).max(top + 2 + HEIGHT))
}

fn bars<'a>(cx: &Context<'a>, output: usize, ratings: usize) -> Vec<Bar<'a>> {
    let mut bars: Vec<Bar<'a>> = Vec::new();
    for group in cx.data.groups.get(output).into_iter().flatten() {
        let name = group.show.first().map_or("", String::as_str);
        let name = if name.is_empty() { "Other" } else { name };
        let place = bars.iter().position(|bar| bar.name == name).unwrap_or_else(|| {
            bars.push(Bar { name, counts: vec![0; ratings + 1] });
            bars.len() - 1
        });
        let counts = group.by_rating.iter().copied().chain([group.not_reported]);
        for (sum, count) in bars[place].counts.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    bars
}

fn draw(
    sheet: &mut Sheet,
    (head, first, last): (u32, u32, u32),
    right: u16,
    ratings: &Ratings<'_>,
    bars: &[Bar<'_>],
) -> Result<(), Error> {
    let name = sheet.name.clone();
    let mut chart = Chart::new(ChartType::BarStacked);
    let series = bars.first().map_or(0, |bar| bar.counts.len());
    for place in 0..series {
        if bars.iter().all(|bar| bar.counts.get(place).is_none_or(|count| *count == 0)) {
            continue;
        }
        let column = u16::try_from(place + 1).unwrap_or(1);
        let rgb = ratings.colour(place).and_then(colour_of);
        let colour = rgb.map_or(UNKNOWN, Color::RGB);
        let ink = if rgb.is_some_and(is_dark) { Color::White } else { Color::Black };
        chart
            .add_series()
            .set_name((name.as_str(), head, column))
            .set_categories((name.as_str(), first, 0, last, 0))
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
    chart.set_width(u32::from(12 - right) * 89).set_height(HEIGHT * 20);
    chart.set_alt_text("How many actions have which rating, a bar for each part of the plan.");
    sheet.ws.insert_chart(head, right, &chart).map(|_| ()).map_err(|error| failed(&name, error))
}
