//! The first sheet: what the chair must know, what blocks sign-off, what to decide, and where everything is.

use super::cells::Item;
use super::context::{Context, Press};
use super::edition;
use super::fit::{broken, room};
use super::rating::Ratings;
use super::reconciliation::ledger_cells;
use super::sheet::{Sheet, TOP, link, result};
use super::styles::Look;
use super::summary_chart;
use crate::error::Error;
use crate::model::Ledgered;
use crate::overview::{Facts, Lead, Said};
use crate::schema::OutputKind;
use rust_xlsxwriter::Worksheet;

/// Equal columns that the page is laid out on.
const COLUMNS: u16 = 12;
/// How wide each is: as broad as the page is when a round fills its height.
const WIDTH: u16 = 16;
/// What large bold print takes up more than small print, in tenths.
const LARGE: u32 = 14;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Summary { table, money, .. } = &cx.output(output).kind else { return Ok(Vec::new()) };
    let mut page = cx.page(output);
    if cx.output(output).title.is_none() {
        page.title.clone_from(&cx.round.schema.title);
    }
    if cx.is_extract() {
        page.title.push_str(": extract");
    }
    let mut sheet = Sheet::new(&mut press.book, &page, &cx.styles, &[], false)?;
    sheet.ws.set_print_fit_to_pages(1, 1);
    let overview = cx.overview();
    let facts = Facts::new(&overview, output);
    let mut row = headline(cx, &mut sheet, output, &facts)?;
    row = tiles(cx, &mut sheet, row, &facts)?;
    if let Some(ledgered) = money.and_then(|money| cx.data.ledgered.iter().find(|l| l.control == money)) {
        row = money_line(cx, &mut sheet, row, ledgered)?;
    }
    let ratings = table.map(|table| Ratings::new(cx, table));
    let block = Block { row, right: COLUMNS };
    let (block, right_end) = match &ratings {
        Some(ratings) => summary_chart::make(cx, &mut sheet, block, output, ratings)?,
        None => (block, row),
    };
    let plain = |lines: Vec<String>| lines.into_iter().map(|line| (line, None)).collect::<Vec<_>>();
    let missing = plain(overview.missing(cx.is_extract()));
    if cx.is_extract() {
        row = paragraphs(cx, &mut sheet, &block, block.row, "Who is missing", &missing)?;
        let about = plain(edition::about(cx.round));
        row = paragraphs(cx, &mut sheet, &block, row, "About this extract", &about)?;
    } else {
        let (decide, blocks) = (said(cx, &overview.decisions(&facts)), said(cx, &overview.blocks()));
        row = paragraphs(cx, &mut sheet, &block, block.row, "To decide", &decide)?;
        row = paragraphs(cx, &mut sheet, &block, row, "Who is missing", &missing)?;
        row = paragraphs(cx, &mut sheet, &block, row, "What blocks sign-off", &blocks)?;
    }
    row = row.max(right_end);
    contents(cx, &mut sheet, row, output)?;
    for column in 0..COLUMNS {
        sheet.width(column, WIDTH)?;
    }
    sheet.ws.set_active(true);
    sheet.finish().map(|sheet| vec![sheet])
}

fn headline(cx: &Context<'_>, sheet: &mut Sheet, output: usize, facts: &Facts) -> Result<u32, Error> {
    let OutputKind::Summary { headline, .. } = &cx.output(output).kind else { return Ok(TOP) };
    let mut row = TOP;
    let sentences =
        headline.iter().map(|sentence| facts.fill(sentence)).chain(cx.overview().movement(output));
    for (place, sentence) in sentences.enumerate() {
        let small = room(u32::from(COLUMNS * WIDTH));
        let (format, width) =
            if place == 0 { (&cx.styles.lead, small * 10 / LARGE) } else { (&cx.styles.body, small) };
        for line in broken(&sentence, width) {
            sheet.put_as(row, 0, Some(format), &Item::Owned(line))?;
            row += 1;
        }
    }
    Ok(row + 1)
}

/// Writes the three numbers, each with its words under it.
fn tiles(cx: &Context<'_>, sheet: &mut Sheet, row: u32, facts: &Facts) -> Result<u32, Error> {
    let tiles = facts.tiles();
    for (place, (figure, caption)) in (0u16..).zip(&tiles) {
        let left = place * 4;
        for column in left..left + 4 {
            let edge = column == left + 3;
            let format = if edge { &cx.styles.body } else { &cx.styles.tile };
            for row in row..row + 2 {
                sheet.put_as(row, column, Some(format), &Item::Blank)?;
            }
        }
        sheet.large(row)?;
        sheet.put_as(row, left, Some(&cx.styles.figure), &Item::Text(figure))?;
        sheet.put_as(row + 1, left, Some(&cx.styles.caption), &Item::Text(caption))?;
    }
    Ok(row + 3)
}

/// Writes returned, ledger, net and gross, and what no tested cause explains, live from the reconciliation.
fn money_line(cx: &Context<'_>, sheet: &mut Sheet, row: u32, ledgered: &Ledgered) -> Result<u32, Error> {
    let title = cx.overview().ledger_title(ledgered);
    section(cx, sheet, row, 0..COLUMNS, &title)?;
    let mut cells = ledger_cells(cx, ledgered.control);
    if let Some(cells) = &mut cells {
        cells.rotate_left(1);
    }
    let figures = [
        ("Returned", ledgered.typed),
        ("Ledger", ledgered.ledger),
        ("Net difference", ledgered.net),
        ("Gross, without signs", ledgered.gross),
        ("Unexplained", ledgered.unexplained),
        ("Used in this workbook", ledgered.merged),
    ];
    let look = Look::money(&figures.map(|(_, amount)| amount));
    let net = 2;
    for (place, (caption, amount)) in (0u16..).zip(figures) {
        let column = place * 2;
        sheet.put_as(row + 1, column, Some(&cx.styles.describe), &Item::Text(caption))?;
        let item = match &cells {
            Some(cells) => {
                Item::Formula { formula: format!("={}", cells[usize::from(place)]), result: result(amount) }
            }
            None => Item::Number(amount),
        };
        let format = cx
            .styles
            .plain(if place == net { look.off() } else { look })
            .clone()
            .set_bold()
            .set_align(rust_xlsxwriter::FormatAlign::Left)
            .set_indent(0);
        sheet.put_as(row + 2, column, Some(&format), &item)?;
    }
    Ok(row + 4)
}

/// The part of the page that is left for running text: from a row down, and up to a column.
pub(super) struct Block {
    /// Its first row.
    pub(super) row: u32,
    /// The first column right of it.
    pub(super) right: u16,
}

/// Writes a heading with a line under it from column to column.
pub(super) fn section(
    cx: &Context<'_>,
    sheet: &mut Sheet,
    row: u32,
    columns: std::ops::Range<u16>,
    title: &str,
) -> Result<(), Error> {
    let first = columns.start;
    for column in columns {
        let item = if column == first { Item::Text(title) } else { Item::Blank };
        sheet.put_as(row, column, Some(&cx.styles.section), &item)?;
    }
    Ok(())
}

/// A place of the workbook: what it is called, and the target of a link to it.
pub(super) type Told = (String, String);

/// Sentences with the place of the workbook that tells each in full.
fn said(cx: &Context<'_>, lines: &[Said<'_>]) -> Vec<(String, Option<Told>)> {
    let sheet = |wanted: &dyn Fn(&OutputKind) -> bool| {
        let page = cx.pages.get(cx.find(wanted)?)?;
        Some((page.name.clone(), link(&page.name, 0, 0)))
    };
    let of = |lead: Lead<'_>| match lead {
        Lead::Queries => sheet(&|kind| matches!(kind, OutputKind::Queries)),
        Lead::Reconciliation => sheet(&|kind| matches!(kind, OutputKind::Reconciliation)),
        Lead::Areas => sheet(&|kind| matches!(kind, OutputKind::RollUp { .. })),
        Lead::Finding(_) | Lead::Comparison(_) => None,
    };
    let line = |said: &Said<'_>| {
        let told = said.lead.and_then(|lead| match lead {
            Lead::Finding(finding) => super::queries::place_of(cx, finding),
            Lead::Comparison(wanted) => {
                let mut found = super::reconciliation::places(cx, |one| std::ptr::eq(one, wanted));
                found.pop().map(|(_, told)| told)
            }
            lead => of(lead),
        });
        (said.whole(), told)
    };
    lines.iter().map(line).collect()
}

fn paragraphs(
    cx: &Context<'_>,
    sheet: &mut Sheet,
    block: &Block,
    row: u32,
    title: &str,
    lines: &[(String, Option<Told>)],
) -> Result<u32, Error> {
    section(cx, sheet, row, 0..block.right, title)?;
    let mut row = row + 1;
    // The last column is for the place; the point before the words takes two units, and a little stays white.
    let edge = block.right - 1;
    let room = room(u32::from(edge * WIDTH).saturating_sub(4));
    for (text, told) in lines {
        for (place, line) in broken(text, room).into_iter().enumerate() {
            let line = if place == 0 { format!("•  {line}") } else { format!("    {line}") };
            sheet.put_as(row, 0, Some(&cx.styles.body), &Item::Owned(line))?;
            if let (0, Some((name, to))) = (place, told) {
                let item = Item::Link { to: to.clone(), text: name.clone() };
                sheet.put_as(row, edge, Some(&cx.styles.link), &item)?;
            }
            row += 1;
        }
    }
    Ok(row + 1)
}

/// Writes the name of every other sheet with a link to it, in three columns.
fn contents(cx: &Context<'_>, sheet: &mut Sheet, row: u32, own: usize) -> Result<(), Error> {
    section(cx, sheet, row, 0..COLUMNS, "What is in this workbook")?;
    let others = cx.pages.iter().enumerate().filter(|(index, _)| *index != own && cx.has(*index));
    let pages: Vec<_> = others.map(|(_, page)| page).collect();
    let third = pages.len().div_ceil(3).max(1);
    for (left, part) in [0, COLUMNS / 3, 2 * COLUMNS / 3].into_iter().zip(pages.chunks(third)) {
        for (row, page) in (row + 1..).zip(part) {
            let item = Item::Link { to: link(&page.name, 0, 0), text: page.name.clone() };
            sheet.put_as(row, left, Some(&cx.styles.link), &item)?;
            if page.title != page.name {
                sheet.put_as(row, left + 2, Some(&cx.styles.body), &Item::Text(&page.title))?;
            }
        }
    }
    Ok(())
}
