//! Ledger, return and difference, a line of the ledger each, and what of the return is used.

mod lines;
mod quarters;

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::edition::Edition;
use super::list::{Column, LINKED, List};
use super::money_chart;
use super::reconciliation::{ledger_cells, places};
use super::sheet::{range, result};
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, Comparison, Kept, column_letters};
use crate::schema::{ControlKind, FieldType, OutputKind};
use lines::{Line, lines};
use rust_decimal::{Decimal, RoundingStrategy};
use rust_xlsxwriter::Worksheet;
use std::collections::BTreeMap;

/// Lines up to which table and chart are printed on one page.
const ONE_PAGE: usize = 12;

/// Which columns the sheet has.
struct Plan<'a> {
    control: usize,
    table: usize,
    amount: usize,
    by: Vec<usize>,
    ledger: &'a str,
    column: &'a str,
    /// The ledger's column with what was agreed, if any of the lines has an amount there.
    agreed: Option<&'a str>,
    quarters: &'a [usize],
    others: Vec<usize>,
    edition: Edition,
}

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Money { chart, .. } = cx.output(output).kind else { return Ok(Vec::new()) };
    let Some(plan) = plan(cx, output) else { return Ok(Vec::new()) };
    let lines = lines(cx, &plan);
    let columns = columns(cx, &plan, &lines);
    let page = cx.page(output);
    let count = lines.len();
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(count))?;
    let first = list.next_row();
    let total_row = first + u32::try_from(count).unwrap_or(0);
    let used = used(&plan, &lines);
    let told: BTreeMap<*const Comparison, String> = match count {
        0..=LINKED => places(cx, |one| one.control == plan.control)
            .into_iter()
            .map(|(one, (_, to))| (std::ptr::from_ref(one), to))
            .collect(),
        _ => BTreeMap::new(),
    };
    for line in &lines {
        let row = list.row(&mut press.book)?;
        let told = line.comparison.and_then(|one| told.get(&std::ptr::from_ref(one)));
        write_line(cx, &plan, &mut list, row, (line, told), (total_row, used))?;
        if let Some(kept) = line.kept {
            press.anchors.row(plan.table, kept, output, row);
        }
        if let Some(ledger) = line.ledger {
            press.anchors.ledger(ledger.line, (output, row, plan.at(LEDGER)));
        }
    }
    anchors(&plan, press, output);
    let mut next = list.close()?;
    if count > 0 {
        next = bridge(cx, &plan, &mut list, &lines, (first, total_row, next))?;
        next = quarters::under(cx, &plan, &mut list, &lines, (total_row, next))?;
    }
    let drawn = lines.iter().filter(|line| !line.is_silent(&plan)).count();
    if chart && (1..=60).contains(&drawn) {
        let label = u16::from(!plan.by.is_empty() && lines.iter().all(|line| line.partner.is_none()));
        let bottom = first + u32::try_from(drawn).unwrap_or(1) - 1;
        let span = money_chart::Span { first, last: bottom, label, ledger: plan.at(LEDGER) };
        money_chart::insert(list.sheet(), &span, next + 1)?;
    }
    if drawn <= ONE_PAGE {
        list.sheet().ws.set_print_fit_to_pages(1, 1);
    }
    list.finish()
}

impl Plan<'_> {
    /// The column of one of the figures: ledger, returned, difference, used, returned less used, share.
    fn at(&self, figure: u16) -> u16 {
        figure + u16::try_from(1 + self.by.len() + usize::from(self.agreed.is_some())).unwrap_or(1)
    }
}

/// The figures of a line, in the order of their columns.
const LEDGER: u16 = 0;
const RETURNED: u16 = 1;
const DIFFERENCE: u16 = 2;
const USED: u16 = 3;
const NOT_USED: u16 = 4;
const SHARE: u16 = 5;
/// The column after them.
const AFTER: u16 = 6;

fn plan<'a>(cx: &Context<'a>, output: usize) -> Option<Plan<'a>> {
    let OutputKind::Money { table, control, quarters, columns, .. } = &cx.output(output).kind else {
        return None;
    };
    let ControlKind::Ledger { amount, by, ledger, column, agreed, .. } =
        &cx.round.schema.controls.get(*control)?.kind
    else {
        return None;
    };
    let fields = &cx.table(*table).fields;
    let is_agency = |field: &usize| fields.get(*field).is_some_and(|f| f.kind == FieldType::Agency);
    let by: Vec<usize> = by.iter().copied().filter(|field| !is_agency(field)).collect();
    let shown = |field: &usize| field == amount || by.contains(field) || quarters.contains(field);
    let may_be = |field: &usize| fields.get(*field).is_some_and(|field| cx.edition.shows(field));
    let others = columns.iter().copied().filter(|field| !shown(field) && !is_agency(field) && may_be(field));
    let others = others.collect();
    let lines = || cx.round.ledger.lines.iter().filter(|line| line.table == *ledger);
    let agreed = agreed.as_deref().filter(|agreed| lines().any(|line| line.amounts.contains_key(*agreed)));
    Some(Plan {
        control: *control,
        table: *table,
        amount: *amount,
        by,
        ledger,
        column,
        agreed,
        quarters,
        others,
        edition: cx.edition,
    })
}

fn columns(cx: &Context<'_>, plan: &Plan<'_>, lines: &[Line<'_>]) -> Vec<Column> {
    let fields = &cx.table(plan.table).fields;
    let title = |field: &usize| fields.get(*field).map_or_else(String::new, |field| field.title.clone());
    let rows: Vec<Kept> = lines.iter().filter_map(|line| line.kept.cloned()).collect();
    let mut shown = vec![plan.amount];
    shown.extend(plan.quarters);
    let ledger = lines.iter().filter_map(|line| line.ledger?.amounts.get(plan.column));
    let look = if Look::money(ledger) == Look::Pounds {
        cells::money_look(&rows, &[plan.amount])
    } else {
        Look::Money
    };
    let quarter_look = cells::money_look(&rows, plan.quarters);
    let mut columns = vec![Column::new("Partner", Look::Text)];
    columns.extend(plan.by.iter().map(|field| Column::new(title(field), Look::Wrap)));
    if plan.agreed.is_some() {
        columns.push(Column::new("Agreed, in the ledger", look).totalled());
    }
    columns.push(Column::new("Ledger", look).totalled());
    columns.push(Column::new("Returned", look).totalled());
    columns.push(Column::new("Difference", look.off()).totalled());
    columns.push(Column::new("Used", look).totalled());
    columns.push(Column::new("Returned less used", look.off()).totalled());
    columns.push(Column::new("Share of used", Look::Percent).totalled());
    columns.extend(plan.quarters.iter().map(|field| Column::new(title(field), quarter_look).totalled()));
    for field in &plan.others {
        if let Some(about) = fields.get(*field) {
            let look = match cells::look(about) {
                Look::Money => cells::money_look(&rows, &[*field]),
                look => look,
            };
            let agreed = plan.agreed.is_some() && about.title.to_lowercase().starts_with("agreed");
            let title = if agreed { format!("{}, as returned", about.title) } else { about.title.clone() };
            columns.push(Column::new(title, look));
        }
    }
    if plan.edition == Edition::Working {
        columns.push(Column::new("From, and to know", Look::Wrap));
    }
    columns
}

fn write_line(
    cx: &Context<'_>,
    plan: &Plan<'_>,
    list: &mut List,
    row: u32,
    (line, told): (&Line<'_>, Option<&String>),
    totals: (u32, Decimal),
) -> Result<(), Error> {
    let fields = &cx.table(plan.table).fields;
    let field_item =
        |field: usize| match (line.kept.and_then(|kept| kept.cells.get(field)), fields.get(field)) {
            (Some(cell), Some(about)) => plan.edition.item(cell, about, cx.round),
            _ => Item::Blank,
        };
    let ledger_amount = |column: &str| line.ledger.and_then(|ledger| ledger.amounts.get(column)).copied();
    let number = |amount: Option<Decimal>| amount.map_or(Item::Blank, Item::Number);
    let name = if line.is_rest { "On no line here" } else { cx.partner(line.partner) };
    let mut items = vec![Item::Text(name)];
    for field in &plan.by {
        let name = fields.get(*field).and_then(|about| line.ledger?.names.get(&about.name));
        items.push(name.map_or_else(|| field_item(*field), |name| Item::Text(name)));
    }
    if let Some(agreed) = plan.agreed {
        items.push(number(ledger_amount(agreed)));
    }
    let ledger = ledger_amount(plan.column);
    items.push(number(ledger));
    items.push(match (line.typed, told) {
        (None, _) => Item::Unknown(line.word(plan)),
        (Some(number), None) => Item::Number(number),
        (Some(number), Some(to)) => Item::LinkedNumber { to: to.clone(), number },
    });
    let used = line.used(plan);
    let [difference, not_used, share] = live(plan, list, row, line, (ledger, used), totals);
    items.push(difference);
    items.push(match (used, line.kept) {
        (Some(used), _) => Item::Number(used),
        // What is not used stands in no column of what is, so that the column comes to its total by eye as well.
        (None, Some(_)) if line.comparison.is_some() => match line.cell(plan).and_then(quarters::not_used) {
            Some(word) => Item::Unknown(word),
            None => field_item(plan.amount),
        },
        (None, _) => Item::Blank,
    });
    items.extend([not_used, share]);
    items.extend(plan.quarters.iter().map(|field| line.quarter(cx, plan, *field)));
    items.extend(plan.others.iter().map(|field| field_item(*field)));
    if plan.edition == Edition::Working {
        items.push(Item::Owned(line.from(cx, plan)));
    }
    for (column, item) in (0u16..).zip(&items) {
        list.put(row, column, item)?;
    }
    Ok(())
}

/// Difference, what is not used, and share, all live.
fn live(
    plan: &Plan<'_>,
    list: &mut List,
    row: u32,
    line: &Line<'_>,
    (ledger, used): (Option<Decimal>, Option<Decimal>),
    (total_row, all): (u32, Decimal),
) -> [Item<'static>; 3] {
    let cell = |figure| CellRef::new(row, plan.at(figure));
    let less = |from, what| format!("=ROUND(N({})-N({}),2)", cell(from), cell(what));
    let (ledger, used_or_none) = (ledger.unwrap_or_default(), used.unwrap_or_default());
    let typed = line.typed.unwrap_or_default();
    let mut items = [Item::Blank, Item::Blank, Item::Blank];
    if line.is_tested() {
        let difference = typed.saturating_sub(ledger).round_dp(2);
        list.count(plan.at(DIFFERENCE), difference);
        items[0] = Item::Formula { formula: less(RETURNED, LEDGER), result: result(difference) };
    }
    if line.typed.is_some() || used.is_some() {
        let not_used = typed.saturating_sub(used_or_none).round_dp(2);
        list.count(plan.at(NOT_USED), not_used);
        items[1] = Item::Formula { formula: less(RETURNED, USED), result: result(not_used) };
        let (whole, share) =
            (format!("${}${}", column_letters(plan.at(USED)), total_row + 1), share(used_or_none, all));
        list.count(plan.at(SHARE), share);
        items[2] = Item::Formula {
            formula: format!("=IF({whole}=0,0,ROUND(N({})/{whole},6))", cell(USED)),
            result: result(share),
        };
    }
    items
}

/// Under the totals: what the reconciliation has, and whether it is the same to the penny. Lines that could not be tested
/// are in no difference, so the ledger's figure is given without them as well.
fn bridge(
    cx: &Context<'_>,
    plan: &Plan<'_>,
    list: &mut List,
    lines: &[Line<'_>],
    (first, total_row, mut next): (u32, u32, u32),
) -> Result<u32, Error> {
    let ledgered = cx.data.ledgered.iter().find(|one| one.control == plan.control);
    let (Some(ledgered), Some(cells)) = (ledgered, ledger_cells(cx, plan.control)) else { return Ok(next) };
    let styles = std::sync::Arc::clone(&cx.styles);
    let look = list.look(plan.at(RETURNED));
    let amount = |line: &Line<'_>| line.ledger.and_then(|ledger| ledger.amounts.get(plan.column)).copied();
    let tested = super::fund::sum(lines.iter().filter(|line| line.is_tested()).filter_map(amount));
    let all = super::fund::sum(lines.iter().filter_map(amount));
    let mut ledger = CellRef::new(total_row, plan.at(LEDGER));
    let bottom = total_row - 1;
    next -= 1;
    if tested != all {
        ledger = CellRef::new(next, plan.at(LEDGER));
        let (differences, amounts) =
            (range(plan.at(DIFFERENCE), first, bottom), range(plan.at(LEDGER), first, bottom));
        let formula = format!("=SUMPRODUCT(ISNUMBER({differences})*1,{amounts})");
        let words = "Without what could not be tested";
        list.sheet().put_as(next, 0, Some(styles.ruled(Look::Text)), &Item::Text(words))?;
        let item = Item::Formula { formula, result: result(tested) };
        list.sheet().put_as(next, plan.at(LEDGER), Some(styles.ruled(look)), &item)?;
        next += 1;
    }
    let name = cx.find(|kind| matches!(kind, OutputKind::Reconciliation)).and_then(|at| cx.pages.get(at));
    let words = Item::Owned(format!("On {}", name.map_or("", |page| page.name.as_str())));
    list.sheet().put_as(next, 0, Some(styles.ruled(Look::Text)), &words)?;
    let [merged, returned, in_ledger, off, ..] = cells;
    let figures = [
        (LEDGER, ledger, in_ledger, ledgered.ledger, tested),
        (RETURNED, total(plan, total_row, RETURNED), returned, ledgered.typed, typed(lines)),
        (DIFFERENCE, total(plan, total_row, DIFFERENCE), off, ledgered.net, typed(lines) - tested),
        (USED, total(plan, total_row, USED), merged, ledgered.merged, used(plan, lines)),
    ];
    let mut tests = Vec::new();
    let mut agrees = true;
    for (figure, here, there, stated, sum) in figures {
        let look = if figure == DIFFERENCE { look.off() } else { look };
        let item = Item::Formula { formula: format!("={there}"), result: result(stated) };
        list.sheet().put_as(next, plan.at(figure), Some(styles.ruled(look)), &item)?;
        tests.push(format!("ROUND({here}-{},2)=0", CellRef::new(next, plan.at(figure))));
        agrees &= stated.round_dp(2) == sum.round_dp(2);
    }
    let less = |row: u32, figure| CellRef::new(row, plan.at(figure));
    let not_used = Item::Formula {
        formula: format!("=ROUND({}-{},2)", less(next, RETURNED), less(next, USED)),
        result: result(ledgered.typed.saturating_sub(ledgered.merged)),
    };
    list.sheet().put_as(next, plan.at(NOT_USED), Some(styles.ruled(look.off())), &not_used)?;
    let format = if agrees { &styles.good } else { &styles.bad };
    let item = Item::Formula {
        formula: format!("=IF(AND({}),\"agrees\",\"differs\")", tests.join(",")),
        result: if agrees { "agrees" } else { "differs" }.to_owned(),
    };
    list.sheet().put_as(next, plan.at(SHARE), Some(format), &item)?;
    Ok(next + 1)
}

fn total(plan: &Plan<'_>, total_row: u32, figure: u16) -> CellRef {
    CellRef::new(total_row, plan.at(figure))
}

fn typed(lines: &[Line<'_>]) -> Decimal {
    super::fund::sum(lines.iter().filter_map(|line| line.typed))
}

fn used(plan: &Plan<'_>, lines: &[Line<'_>]) -> Decimal {
    super::fund::sum(lines.iter().filter_map(|line| line.used(plan)))
}

fn share(part: Decimal, whole: Decimal) -> Decimal {
    let share = part.checked_div(whole).unwrap_or_default();
    share.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero)
}

fn anchors(plan: &Plan<'_>, press: &mut Press, output: usize) {
    press.anchors.column(output, plan.amount, plan.at(RETURNED));
    for (column, field) in (1u16..).zip(&plan.by) {
        press.anchors.column(output, *field, column);
    }
    for (column, field) in (plan.at(AFTER)..).zip(plan.quarters.iter().chain(&plan.others)) {
        press.anchors.column(output, *field, column);
    }
}
