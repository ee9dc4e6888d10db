//! Every total tested, with what was answered: what differs first, then every control with its tally.

use super::answered::{Answers, answer_items};
use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, LINKED, List};
use super::sheet::{Sheet, TOP, link, range, reference, result};
use super::styles::Look;
use super::tested::controls;
use crate::error::Error;
use crate::finding::Answer;
use crate::model::{CellRef, Comparison, Ledgered, Outcome, Scope, Side};
use crate::overview::{cause_lines, has_left, no_cause, to_know, who};
use crate::schema::{Control, Measure, OutputKind};
use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;
use std::borrow::Cow;

/// Where the figures of the ledger controls start.
const LEDGERS: u32 = TOP;

/// The columns of the list of comparisons that formulas rely on.
const RETURNED: u16 = 4;
const EXPECTED: u16 = 5;
const DIFFERENCE: u16 = 6;
const LEFT: u16 = 9;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.description = cx.overview().totals();
    if !cx.data.ledgered.is_empty() {
        page.description.push_str(
            " Returned is all that was typed, also in a return that was replaced or where it is held with a query; used is \
             what the other sheets go by.",
        );
    }
    let comparisons = cx.overview().comparisons();
    let top = top(cx);
    let count = comparisons.len();
    let mut list = List::under(&mut press.book, page, &cx.styles, columns(), Some(count), top)?;
    let rows = (top + 1, top + u32::try_from(count).unwrap_or(0));
    ledgers(cx, list.sheet(), rows, &comparisons)?;
    list.head()?;
    let answers = Answers::new(cx);
    for comparison in &comparisons {
        let row = list.row(&mut press.book)?;
        let answer = answers.of(cx, comparison);
        comparison_row(cx, press, &mut list, row, (comparison, answer), count <= LINKED)?;
    }
    let next = list.close()?;
    controls(cx, list.sheet(), next + 1)?;
    list.finish()
}

/// The row of the list's headings.
fn top(cx: &Context<'_>) -> u32 {
    match u32::try_from(cx.data.ledgered.len()).unwrap_or(0) {
        0 => TOP,
        ledgers => LEDGERS + ledgers + 3,
    }
}

/// Where comparisons stand on the sheet of the reconciliation, if there is one: what the row is called, and a link.
pub(super) fn places<'a>(
    cx: &Context<'a>,
    wanted: impl Fn(&Comparison) -> bool,
) -> Vec<(&'a Comparison, (String, String))> {
    let output = cx.find(|kind| matches!(kind, OutputKind::Reconciliation));
    let Some(page) = output.and_then(|output| cx.pages.get(output)) else { return Vec::new() };
    let all = (top(cx) + 1..).zip(cx.overview().comparisons());
    let wanted = all.filter(|(_, comparison)| wanted(comparison));
    let place = |row| (format!("{}, row {}", page.name, row + 1), link(&page.name, row, RETURNED));
    wanted.map(|(row, comparison)| (comparison, place(row))).collect()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Result", Look::Centre),
        Column::new("Partner", Look::Wrap),
        Column::new("Control", Look::Wrap),
        Column::new("What is compared", Look::Wrap),
        Column::new("Returned", Look::Money),
        Column::new("Should be", Look::Money),
        Column::new("Difference", Look::Off),
        Column::new("To know", Look::Wrap),
        Column::new("What would explain it", Look::Wrap),
        Column::new("Left unexplained", Look::Money),
        Column::new("Who must answer", Look::Wrap),
        Column::new("Answer", Look::Wrap).with_room_to_write(),
        Column::new("Accepted by (post)", Look::Wrap),
        Column::new("Date", Look::Date),
    ]
}

/// Writes the round's totals a ledger control: returned, ledger, net, gross, unexplained.
fn ledgers(
    cx: &Context<'_>,
    sheet: &mut Sheet,
    rows: (u32, u32),
    comparisons: &[&Comparison],
) -> Result<(), Error> {
    if cx.data.ledgered.is_empty() {
        return Ok(());
    }
    let headings: Vec<(Cow<'_, str>, Look)> = [
        ("In all", Look::Centre),
        ("Partner", Look::Text),
        ("Control", Look::Wrap),
        ("Used", Look::Money),
        ("Returned", Look::Money),
        ("Ledger", Look::Money),
        ("Net", Look::Off),
        ("Gross", Look::Money),
        ("Unexplained", Look::Money),
    ]
    .into_iter()
    .map(|(title, look)| (Cow::Borrowed(title), look))
    .collect();
    sheet.headings(LEDGERS, &headings, false)?;
    for (row, ledgered) in (LEDGERS + 1..).zip(&cx.data.ledgered) {
        let outcome = match (ledgered.gross.is_zero(), ledgered.untested) {
            (true, 0) => Item::Flag("agrees".to_owned(), true),
            (true, _) => Item::Unknown("could not test all"),
            (false, _) => Item::Flag("differs".to_owned(), false),
        };
        let control = cx.round.schema.controls.get(ledgered.control);
        let items = [
            outcome,
            Item::Text("Whole round"),
            Item::Text(control.map_or("", |control| control.title.as_str())),
            Item::Number(ledgered.merged),
            Item::Number(ledgered.typed),
            Item::Number(ledgered.ledger),
            Item::Formula {
                formula: format!("=ROUND({}-{},2)", CellRef::new(row, 4), CellRef::new(row, 5)),
                result: result(ledgered.net),
            },
            over_lines(
                cx,
                rows,
                comparisons,
                ledgered,
                Over { column: DIFFERENCE, of: amounts, all: ledgered.gross },
            ),
            over_lines(
                cx,
                rows,
                comparisons,
                ledgered,
                Over { column: LEFT, of: Comparison::unexplained, all: ledgered.unexplained },
            ),
        ];
        for (column, item) in (0u16..).zip(&items) {
            let look = headings.get(usize::from(column)).map_or(Look::Text, |heading| heading.1);
            if look.is_figure() {
                sheet.widen(column, item);
            }
            sheet.also(row, column, look, item)?;
        }
    }
    Ok(())
}

/// A column of the partners' lines, what it holds of one of them, and what all come to.
#[derive(Clone, Copy)]
struct Over {
    column: u16,
    of: fn(&Comparison) -> Decimal,
    all: Decimal,
}

/// The sum of a column without signs: live over the partners' lines below, where they make it up.
fn over_lines<'a>(
    cx: &Context<'_>,
    rows: (u32, u32),
    comparisons: &[&Comparison],
    ledgered: &Ledgered,
    over: Over,
) -> Item<'a> {
    let Some(control) = cx.round.schema.controls.get(ledgered.control) else {
        return Item::Number(over.all);
    };
    let own = || comparisons.iter().filter(|line| line.control == ledgered.control);
    // The total over all lines is told from them by what it compares, which has neither a cell nor a line behind it.
    let total = own().find(|line| line.is_control_total()).map(|total| line(cx, total));
    let is_total = |one: &Comparison| {
        one.scope == Scope::Round && total.as_ref().is_some_and(|total| *total == line(cx, one))
    };
    let lines = own()
        .filter(|line| !is_total(line) && !matches!(line.outcome, Outcome::Untestable { .. }))
        .map(|line| (over.of)(line).abs());
    if rows.1 < rows.0 || comparisons.len() > LINKED || super::fund::sum(lines) != over.all {
        return Item::Number(over.all);
    }
    // A longer text cannot stand in a formula.
    if total.as_ref().is_some_and(|total| total.chars().count() > 250) {
        return Item::Number(over.all);
    }
    let quoted = |text: &str| text.replace('"', "\"\"");
    let total = total.map_or_else(String::new, |total| {
        format!(
            "*(1-({}=\"Whole round\")*({}=\"{}\"))",
            range(1, rows.0, rows.1),
            range(3, rows.0, rows.1),
            quoted(&total)
        )
    });
    let formula = format!(
        "=SUMPRODUCT(({}=\"{}\"){total}*ABS({}))",
        range(2, rows.0, rows.1),
        quoted(&control.title),
        range(over.column, rows.0, rows.1)
    );
    if formula.len() > 2000 {
        return Item::Number(over.all);
    }
    Item::Formula { formula, result: result(over.all) }
}

/// Stated less expected; what is missing counts as nothing.
fn amounts(comparison: &Comparison) -> Decimal {
    let amount = |side: &Side| side.amount.unwrap_or_default();
    amount(&comparison.stated).saturating_sub(amount(&comparison.expected))
}

fn comparison_row(
    cx: &Context<'_>,
    press: &Press,
    list: &mut List,
    row: u32,
    (comparison, answer): (&Comparison, Option<&Answer>),
    linked: bool,
) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&cx.styles);
    let control = cx.round.schema.controls.get(comparison.control);
    let look = match control.map_or(Measure::Pounds, |control| control.measure(comparison)) {
        Measure::Pounds => Look::Money,
        Measure::Percent => Look::Percents,
        Measure::Count => Look::Number,
    };
    let partner = match comparison.scope {
        Scope::Round => "Whole round",
        Scope::Partner(partner) => cx.partner(Some(partner)),
    };
    let word = comparison.outcome.word();
    list.put(
        row,
        0,
        &match comparison.outcome {
            Outcome::Agrees | Outcome::WithinRounding { .. } => Item::Flag(word.to_owned(), true),
            Outcome::Differs { .. } => Item::Flag(word.to_owned(), false),
            Outcome::Untestable { .. } => Item::Unknown(word),
        },
    )?;
    list.put(row, 1, &Item::Text(partner))?;
    list.put(row, 2, &Item::Text(control.map_or("", |control| control.title.as_str())))?;
    list.put(row, 3, &Item::Owned(line(cx, comparison)))?;
    let format = Some(styles.ruled(look));
    let off = Some(if look == Look::Money { styles.ruled(look.off()) } else { styles.ruled(look) });
    for (column, side) in [(RETURNED, &comparison.stated), (EXPECTED, &comparison.expected)] {
        let item = side_item(cx, press, side, linked);
        list.sheet().widen(column, &item);
        list.sheet().put_as(row, column, format, &item)?;
    }
    let difference = match comparison.outcome {
        Outcome::Untestable { .. } => Item::Blank,
        _ => difference(comparison, row),
    };
    list.sheet().widen(DIFFERENCE, &difference);
    list.sheet().put_as(row, DIFFERENCE, off, &difference)?;
    list.put(row, 7, &Item::Owned(to_know(comparison)))?;
    list.put(row, 8, &Item::Owned(cause(control, comparison)))?;
    let left = match comparison.outcome {
        Outcome::Differs { .. } if has_left(control, comparison) => left(comparison, row),
        _ => Item::Blank,
    };
    list.sheet().widen(LEFT, &left);
    list.sheet().put_as(row, LEFT, format, &left)?;
    list.put(row, 10, &Item::Owned(who(&cx.overview(), comparison)))?;
    for (column, item) in (11..14).zip(&answer_items(answer)) {
        list.put(row, column, item)?;
    }
    Ok(())
}

fn side_item(cx: &Context<'_>, press: &Press, side: &Side, linked: bool) -> Item<'static> {
    let Some(number) = side.amount else { return Item::Blank };
    let of_cell = || side.at.and_then(|at| cx.target(&press.anchors, at));
    let of_line = || side.ledger_line.and_then(|line| cx.ledger_target(&press.anchors, line));
    let target = linked.then(|| of_cell().or_else(of_line)).flatten();
    target.map_or(Item::Number(number), |to| Item::LinkedNumber { to, number })
}

fn difference(comparison: &Comparison, row: u32) -> Item<'static> {
    let digits = digits(comparison);
    Item::Formula {
        formula: format!("=ROUND({}-{},{digits})", CellRef::new(row, RETURNED), CellRef::new(row, EXPECTED)),
        result: result(amounts(comparison)),
    }
}

/// What is left of a difference when the cause that accounts for most of it is taken off.
fn left(comparison: &Comparison, row: u32) -> Item<'static> {
    let off = CellRef::new(row, DIFFERENCE);
    let explained = amounts(comparison).saturating_sub(comparison.left()).normalize();
    let rest = match explained {
        none if none.is_zero() => off.to_string(),
        known if known.is_sign_negative() => format!("{off}+{}", known.abs()),
        known => format!("{off}-{known}"),
    };
    Item::Formula {
        formula: format!("=ABS(ROUND({rest},{}))", digits(comparison).max(explained.scale().min(9))),
        result: result(comparison.unexplained()),
    }
}

/// Places behind the point of the amounts that are compared; pennies at least.
fn digits(comparison: &Comparison) -> u32 {
    let scale = |side: &Side| side.amount.map_or(0, |amount| amount.normalize().scale());
    scale(&comparison.stated).max(scale(&comparison.expected)).clamp(2, 9)
}

/// What is compared, with the cell or the ledger's line.
fn line(cx: &Context<'_>, comparison: &Comparison) -> String {
    let mut words = comparison.line.clone();
    if let Some(at) = comparison.stated.at {
        words = format!("{words}\n{}", cx.data.places.show(at));
    }
    if let Some(line) = comparison.expected.ledger_line.or(comparison.stated.ledger_line) {
        words = format!("{words}\nledger.csv, line {line}");
    }
    words
}

/// What would explain a difference: every cause that was tested and fits, the likeliest first.
fn cause(control: Option<&Control>, comparison: &Comparison) -> String {
    if let Some(nothing) = no_cause(control, comparison) {
        return nothing;
    }
    let several = comparison.explanations.len() > 1;
    let line = |(number, (words, known)): (usize, (String, String))| {
        let number = if several { format!("{number}. ") } else { String::new() };
        format!("{number}{words} ({known})")
    };
    let mut lines: Vec<String> = (1..).zip(cause_lines(comparison)).map(line).collect();
    lines.extend(comparison.limit.clone());
    lines.join("\n")
}

/// References to used, returned, ledger, net, gross and unexplained of a ledger control, for other sheets.
pub(super) fn ledger_cells(cx: &Context<'_>, control: usize) -> Option<[String; 6]> {
    let output = cx.find(|kind| matches!(kind, OutputKind::Reconciliation))?;
    let place = cx.data.ledgered.iter().position(|ledgered| ledgered.control == control)?;
    let row = LEDGERS + 1 + u32::try_from(place).ok()?;
    let name = &cx.pages.get(output)?.name;
    Some([3, 4, 5, 6, 7, 8].map(|column| reference(name, row, column)))
}
