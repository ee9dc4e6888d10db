//! What somebody must answer, and the changes made in reading.

use super::answered::answer_items;
use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, LINKED, List};
use super::sheet::{TOP, link};
use super::styles::Look;
use crate::error::Error;
use crate::finding::{Finding, Location, Severity};
use crate::model::CellRef;
use crate::schema::OutputKind;
use rust_xlsxwriter::Worksheet;
use std::cmp::Reverse;

/// What somebody must answer, in the order of the sheet: errors first, then partner by partner.
fn in_order<'a>(cx: &Context<'a>) -> Vec<&'a Finding> {
    let mut open: Vec<&Finding> =
        cx.findings.iter().filter(|finding| finding.severity >= Severity::Query).collect();
    open.sort_by_key(|finding| (Reverse(finding.severity), finding.partner.is_none(), finding.partner));
    open
}

/// Where a finding stands on the sheet of queries, if there is one: its number there, and a link.
pub(super) fn place_of(cx: &Context<'_>, finding: &Finding) -> Option<(String, String)> {
    let output = cx.find(|kind| matches!(kind, OutputKind::Queries))?;
    let place = in_order(cx).iter().position(|one| std::ptr::eq(*one, finding))?;
    let name = &cx.pages.get(output)?.name;
    let row = TOP + 1 + u32::try_from(place).ok()?;
    Some((format!("{name}, no {}", place + 1), link(name, row, 0)))
}

/// Makes the sheet of queries.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let open = in_order(cx);
    let errors = open.iter().filter(|finding| finding.severity == Severity::Error).count();
    let mut page = cx.page(output);
    let answered = open.iter().filter(|finding| finding.answer().is_some()).count();
    page.describe(format!(
        "{} to answer, {answered} of them answered; {errors} are errors, which stop sign-off until they \
         are answered or put right. A number leads to the merged row, if there is one.",
        open.len()
    ));
    let columns = vec![
        Column::new("No", Look::Whole),
        Column::new("Severity", Look::Centre),
        Column::new("Partner", Look::Text),
        Column::new("Where", Look::Wrap),
        Column::new("What", Look::Wrap),
        Column::new("What to do", Look::Wrap),
        Column::new("Check", Look::Text),
        Column::new("Asked on", Look::Date),
        Column::new("Answer", Look::Wrap).with_room_to_write(),
        Column::new("Closed by (post)", Look::Wrap),
        Column::new("Closed on", Look::Date),
    ];
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(open.len()))?;
    let linked = open.len() <= LINKED;
    for (number, finding) in (1i64..).zip(open) {
        let target = match finding.at {
            Location::Cell(at) if linked => cx.target(&press.anchors, at),
            _ => None,
        };
        let number = match target {
            Some(to) => Item::LinkedNumber { to, number: number.into() },
            None => Item::Whole(number),
        };
        let [answer, post, date] = answer_items(finding.answer());
        let items = [
            number,
            severity(finding.severity),
            Item::Text(cx.partner(finding.partner)),
            Item::Owned(cx.place(finding.at)),
            Item::Owned(finding.found().into_owned()),
            Item::Owned(finding.deed().into_owned()),
            Item::Text(finding.code.as_str()),
            Item::Blank,
            answer,
            post,
            date,
        ];
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

fn severity(severity: Severity) -> Item<'static> {
    match severity {
        Severity::Error => Item::Flag("error".to_owned(), false),
        Severity::Query => Item::Unknown("query"),
        Severity::Note => Item::Text("note"),
    }
}

/// Makes the sheet of changes: every note, with what was typed and what was used.
pub(super) fn changes(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let notes: Vec<&Finding> =
        cx.findings.iter().filter(|finding| finding.severity == Severity::Note).collect();
    let mut page = cx.page(output);
    page.describe(
        "Everything that was read otherwise than typed, or left out, and why. Nobody needs to answer these.",
    );
    let columns = vec![
        Column::new("Partner", Look::Text),
        Column::new("File", Look::Wrap),
        Column::new("Sheet", Look::Text),
        Column::new("Cell", Look::Centre),
        Column::new("Column", Look::Wrap),
        Column::new("As typed", Look::Wrap),
        Column::new("As used", Look::Wrap),
        Column::new("What was done and why", Look::Wrap),
        Column::new("Check", Look::Text),
    ];
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(notes.len()))?;
    let linked = notes.len() <= LINKED;
    for finding in notes {
        let (file, sheet, cell) = place(cx, finding.at);
        let target = match finding.at {
            Location::Cell(at) if linked => cx.target(&press.anchors, at),
            _ => None,
        };
        let cell = match (target, cell) {
            (Some(to), Some(cell)) => Item::Link { to, text: cell.to_string() },
            (None, Some(cell)) => Item::Owned(cell.to_string()),
            (_, None) => Item::Blank,
        };
        let detail = finding.detail.as_deref();
        let text = |part: Option<&'_ String>| part.cloned().map_or(Item::Blank, Item::Owned);
        let items = [
            Item::Text(cx.partner(finding.partner)),
            file,
            sheet,
            cell,
            text(detail.and_then(|detail| detail.field.as_ref())),
            text(detail.and_then(|detail| detail.typed.as_ref())),
            text(detail.and_then(|detail| detail.used.as_ref())),
            Item::Text(&finding.message),
            Item::Text(finding.code.as_str()),
        ];
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

fn place<'a>(cx: &Context<'a>, at: Location) -> (Item<'a>, Item<'a>, Option<CellRef>) {
    let places = &cx.data.places;
    match at {
        Location::Cell(origin) => (
            Item::Text(places.file(origin.file)),
            Item::Text(places.sheet(origin.file, origin.sheet)),
            Some(origin.cell),
        ),
        Location::Sheet(file, sheet) => {
            (Item::Text(places.file(file)), Item::Text(places.sheet(file, sheet)), None)
        }
        Location::File(file) => (Item::Text(places.file(file)), Item::Blank, None),
        other => (Item::Owned(cx.place(other)), Item::Blank, None),
    }
}
