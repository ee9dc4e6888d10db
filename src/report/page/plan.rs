//! The plan: how many actions have which rating, as bars, and area by area.

use super::charts::{Piece, stacked};
use super::html::Text;
use super::tables::{self, Table};
use super::{PLAN, Page, close, open};
use crate::model::Group;
use crate::overview::{Moved, bars, heading_title, in_words, moved};
use crate::schema::{OutputKind, Ratings};
use std::io::{self, Write};

/// The most bars; more are no picture.
const BARS: usize = 25;
/// The most areas listed.
const MOST: usize = 300;
/// What an action without a report counts as.
const NO_REPORT: &str = "No report";
/// What an area without a rating is called.
const NOT_REPORTED: &str = "not reported";

/// True if the round has a plan whose areas are rated.
pub(super) fn is_there(page: &Page<'_>) -> bool {
    areas(page).is_some()
}

/// Writes the bars and the areas.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !is_there(page) {
        return Ok(());
    }
    open(PLAN, "", out)?;
    chart(page, out)?;
    list(page, out)?;
    close(out)
}

/// The roll-up with its groups, if it has any.
fn areas<'a>(page: &Page<'a>) -> Option<(usize, &'a OutputKind, &'a [Group])> {
    let outputs = page.round.schema.outputs.iter().zip(&page.consolidated.groups).enumerate();
    let roll_ups = outputs.filter(|(_, (output, _))| matches!(output.kind, OutputKind::RollUp { .. }));
    let mut filled = roll_ups.filter(|(_, (_, groups))| !groups.is_empty());
    filled.next().map(|(place, (output, groups))| (place, &output.kind, groups.as_slice()))
}

fn chart(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let schema = &page.round.schema;
    let found = schema.outputs.iter().enumerate().find_map(|(index, output)| match &output.kind {
        OutputKind::Summary { chart: Some(chart), table: Some(table), .. } => Some((index, chart, *table)),
        _ => None,
    });
    let Some((output, heading, table)) = found else { return Ok(()) };
    let ratings = Ratings::new(schema, table);
    let labels = ratings.labels();
    let bars = bars(&page.overview(), output, labels.len());
    if bars.is_empty() || bars.len() > BARS || labels.is_empty() {
        return Ok(());
    }
    let title = heading_title(page.round, Some(table), heading).to_lowercase();
    writeln!(
        out,
        "<figure>\n<figcaption>Actions by {} and rating. The bars show the counts that stand beside them.</figcaption>\n\
         <ul class=\"bars\">",
        Text(&title)
    )?;
    for bar in &bars {
        writeln!(
            out,
            "<li><p class=\"name\">{}</p><p class=\"counts\">{}</p>",
            Text(bar.name),
            Text(&bar.in_words(&labels))
        )?;
        let pieces: Vec<Piece<'_>> = bar
            .counts
            .iter()
            .enumerate()
            .map(|(place, &count)| Piece {
                label: labels.get(place).copied().unwrap_or(NO_REPORT),
                count,
                colour: ratings.colour(place),
            })
            .collect();
        stacked(&pieces, out)?;
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>\n</figure>")
}

fn list(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some((output, OutputKind::RollUp { table, group, show }, groups)) = areas(page) else {
        return Ok(());
    };
    let ratings = Ratings::new(&page.round.schema, *table);
    let labels = ratings.labels();
    let title = |name: &str| heading_title(page.round, Some(*table), name);
    let named: Vec<String> = std::iter::once(group).chain(show).map(|name| title(name)).collect();
    let mut headings: Vec<(&str, bool)> = named.iter().map(|name| (name.as_str(), false)).collect();
    headings.push(("Actions", true));
    headings.extend(labels.iter().map(|label| (*label, true)));
    headings.extend([(NO_REPORT, true), ("Roll-up", false)]);
    let before = page.overview().rated_before(output);
    let in_before = before.map_or_else(String::new, |before| format!("In {before}"));
    if before.is_some() {
        headings.extend([(in_before.as_str(), false), ("Direction", false)]);
    }
    headings.push(("In words", false));
    let caption = "Each area takes the worst rating of its actions; one without a report is never green.";
    Table { id: "areas", caption, headings: &headings, is_large: true }.open(out)?;
    for group in groups.iter().take(MOST) {
        write!(out, "<tr>")?;
        tables::name(Text(&group.name), out)?;
        for place in 0..show.len() {
            tables::words(Text(group.show.get(place).map_or("", String::as_str)), out)?;
        }
        let counts =
            labels.iter().enumerate().map(|(place, _)| group.by_rating.get(place).copied().unwrap_or(0));
        for count in std::iter::once(group.entries).chain(counts).chain([group.not_reported]) {
            tables::number(count as usize, out)?;
        }
        let rating = |rating: Option<u16>| rating.and_then(|at| labels.get(usize::from(at)).copied());
        tables::word(Text(rating(group.rolled).unwrap_or(NOT_REPORTED)), out)?;
        if before.is_some() {
            tables::word(Text(rating(group.before).unwrap_or(NOT_REPORTED)), out)?;
            tables::word(Text(moved(group).map_or("not known", Moved::words)), out)?;
        }
        tables::words(Text(&in_words(group, &labels)), out)?;
        writeln!(out, "</tr>")?;
    }
    tables::close(groups.len().min(MOST), groups.len(), "the workbook", out)
}
