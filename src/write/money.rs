//! Ledger, return and difference, a line of the ledger each.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::edition::Edition;
use super::list::{Column, List};
use super::money_chart;
use super::sheet::result;
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, Kept, Misread, PartnerId, Reading, Value, column_letters, folds_alike};
use crate::round::LedgerLine;
use crate::schema::{ControlKind, FieldType, OutputKind};
use rust_decimal::{Decimal, RoundingStrategy};
use rust_xlsxwriter::Worksheet;

/// One line of the sheet: of the ledger, of the returns, or of both.
struct Line<'a> {
    partner: Option<PartnerId>,
    ledger: Option<&'a LedgerLine>,
    kept: Option<&'a Kept>,
}

/// Which columns the sheet has.
struct Plan<'a> {
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
    let returned = super::fund::sum(lines.iter().filter_map(|line| line.returned(&plan)));
    for line in &lines {
        let row = list.row(&mut press.book)?;
        write_line(cx, &plan, &mut list, row, line, (total_row, returned))?;
        if let Some(kept) = line.kept {
            press.anchors.row(plan.table, kept, output, row);
        }
    }
    anchors(&plan, press, output);
    let next = list.close()?;
    if chart && (1..=60).contains(&count) {
        let label = u16::from(!plan.by.is_empty() && lines.iter().all(|line| line.partner.is_none()));
        let span = money_chart::Span { first, last: total_row - 1, label, ledger: plan.ledger_column() };
        money_chart::insert(list.sheet(), &span, next + 1)?;
    }
    list.finish()
}

impl Plan<'_> {
    fn ledger_column(&self) -> u16 {
        u16::try_from(1 + self.by.len() + usize::from(self.agreed.is_some())).unwrap_or(1)
    }
}

impl Line<'_> {
    fn returned(&self, plan: &Plan<'_>) -> Option<Decimal> {
        Some(self.kept?.cells.get(plan.amount)?.money()?.pounds)
    }

    /// The place of what was returned, else of the ledger's figure.
    fn from(&self, cx: &Context<'_>, plan: &Plan<'_>) -> Item<'static> {
        let cell = self.kept.and_then(|kept| kept.cells.get(plan.amount));
        match (cell, self.ledger) {
            (Some(cell), _) => Item::Owned(cx.data.places.show(cell.at)),
            (None, Some(ledger)) => Item::Owned(format!("ledger.csv, line {}", ledger.line)),
            (None, None) => Item::Blank,
        }
    }

    /// Why what was returned cannot be held against the ledger: something is there, and it is no amount that is used.
    fn not_compared(&self, plan: &Plan<'_>) -> Option<&'static str> {
        match &self.kept?.cells.get(plan.amount)?.reading {
            Reading::Unreadable(held) if matches!(held.why, Misread::Minus(_)) => Some("held with a query"),
            Reading::Unreadable(_) | Reading::Value(Value::Word(_)) => Some("could not test"),
            _ => None,
        }
    }
}

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

/// The ledger's lines with what was returned on them, then what was returned on no line.
fn lines<'a>(cx: &Context<'a>, plan: &Plan<'_>) -> Vec<Line<'a>> {
    let rows = cx.rows.get(plan.table).copied().unwrap_or_default();
    let mut open: Vec<&Kept> = rows.iter().collect();
    let mut lines = Vec::new();
    for ledger in cx.round.ledger.lines.iter().filter(|line| line.table == plan.ledger) {
        let (on_it, rest): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|kept| is_on_line(cx, plan, ledger, kept));
        open = rest;
        let mut on_it = on_it.into_iter();
        lines.push(Line { partner: ledger.partner, ledger: Some(ledger), kept: on_it.next() });
        lines.extend(on_it.map(|kept| Line {
            partner: owner(cx, plan, kept),
            ledger: None,
            kept: Some(kept),
        }));
    }
    lines.extend(open.into_iter().map(|kept| Line {
        partner: owner(cx, plan, kept),
        ledger: None,
        kept: Some(kept),
    }));
    lines
}

/// Whose amount a row is: the partner that it names, else its sender.
fn owner(cx: &Context<'_>, plan: &Plan<'_>, kept: &Kept) -> Option<PartnerId> {
    let fields = cx.table(plan.table).fields.iter().zip(&kept.cells);
    let named = fields.into_iter().find_map(|(_, cell)| match cell.value() {
        Some(Value::Agency(partner)) => Some(*partner),
        _ => None,
    });
    named.or(Some(kept.partner))
}

fn is_on_line(cx: &Context<'_>, plan: &Plan<'_>, line: &LedgerLine, kept: &Kept) -> bool {
    if line.partner.is_some() && line.partner != owner(cx, plan, kept) {
        return false;
    }
    plan.by.iter().all(|field| {
        let Some(about) = cx.table(plan.table).fields.get(*field) else { return false };
        let name = line.names.get(&about.name).map_or("", String::as_str);
        match kept.cells.get(*field).and_then(|cell| cell.value()) {
            Some(Value::Code(code)) => {
                let list = about.list.and_then(|list| cx.round.schema.lists.get(list));
                list.and_then(|list| list.categories.get(usize::from(*code))).is_some_and(|category| {
                    folds_alike(&category.value, name)
                        || folds_alike(&category.label, name)
                        || category.synonyms.iter().any(|synonym| folds_alike(synonym, name))
                })
            }
            Some(Value::Text(text)) => folds_alike(text, name),
            _ => name.is_empty(),
        }
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
        columns.push(Column::new("Agreed", look).totalled());
    }
    columns.push(Column::new("Ledger", look).totalled());
    columns.push(Column::new("Returned", look).totalled());
    columns.push(Column::new("Difference", look).totalled());
    columns.push(Column::new("Share", Look::Percent).totalled());
    columns.extend(plan.quarters.iter().map(|field| Column::new(title(field), quarter_look).totalled()));
    for field in &plan.others {
        if let Some(about) = fields.get(*field) {
            let look = match cells::look(about) {
                Look::Money => cells::money_look(&rows, &[*field]),
                look => look,
            };
            columns.push(Column::new(about.title.clone(), look));
        }
    }
    if plan.edition == Edition::Working {
        columns.push(Column::new("From", Look::Wrap));
    }
    columns
}

fn write_line(
    cx: &Context<'_>,
    plan: &Plan<'_>,
    list: &mut List,
    row: u32,
    line: &Line<'_>,
    (total_row, all): (u32, Decimal),
) -> Result<(), Error> {
    let fields = &cx.table(plan.table).fields;
    let field_item =
        |field: usize| match (line.kept.and_then(|kept| kept.cells.get(field)), fields.get(field)) {
            (Some(cell), Some(about)) => plan.edition.item(cell, about, cx.round),
            _ => Item::Blank,
        };
    let ledger_amount = |column: &str| line.ledger.and_then(|ledger| ledger.amounts.get(column)).copied();
    let number = |amount: Option<Decimal>| amount.map_or(Item::Blank, Item::Number);
    let mut items = vec![Item::Text(cx.partner(line.partner))];
    for field in &plan.by {
        let name = fields.get(*field).and_then(|about| line.ledger?.names.get(&about.name));
        items.push(name.map_or_else(|| field_item(*field), |name| Item::Text(name)));
    }
    if let Some(agreed) = plan.agreed {
        items.push(number(ledger_amount(agreed)));
    }
    let (ledger, returned) = (ledger_amount(plan.column), line.returned(plan));
    items.push(number(ledger));
    items.push(match (line.kept, returned) {
        (None, _) => Item::Unknown("not received"),
        (Some(_), None) => field_item(plan.amount),
        (Some(_), Some(amount)) => Item::Number(amount),
    });
    if let Some(word) = line.not_compared(plan) {
        items.extend([Item::Unknown(word), Item::Blank]);
    } else {
        items.extend(comparison(plan, list, row, (ledger, returned), (total_row, all)));
    }
    items.extend(plan.quarters.iter().map(|field| field_item(*field)));
    items.extend(plan.others.iter().map(|field| field_item(*field)));
    if plan.edition == Edition::Working {
        items.push(line.from(cx, plan));
    }
    for (column, item) in (0u16..).zip(&items) {
        list.put(row, column, item)?;
    }
    Ok(())
}

/// Difference and share, both live.
fn comparison(
    plan: &Plan<'_>,
    list: &mut List,
    row: u32,
    (ledger, returned): (Option<Decimal>, Option<Decimal>),
    (total_row, all): (u32, Decimal),
) -> [Item<'static>; 2] {
    let at = plan.ledger_column();
    let (ledger_cell, returned_cell) = (CellRef::new(row, at), CellRef::new(row, at + 1));
    let (ledger, returned) = (ledger.unwrap_or_default(), returned.unwrap_or_default());
    let difference = returned.saturating_sub(ledger).round_dp(2);
    let whole = format!("${}${}", column_letters(at + 1), total_row + 1);
    let share = share(returned, all);
    list.count(at + 2, difference);
    list.count(at + 3, share);
    [
        Item::Formula {
            formula: format!("=ROUND(N({returned_cell})-N({ledger_cell}),2)"),
            result: result(difference),
        },
        Item::Formula {
            formula: format!("=IF({whole}=0,0,ROUND(N({returned_cell})/{whole},6))"),
            result: result(share),
        },
    ]
}

fn share(part: Decimal, whole: Decimal) -> Decimal {
    let share = part.checked_div(whole).unwrap_or_default();
    share.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero)
}

fn anchors(plan: &Plan<'_>, press: &mut Press, output: usize) {
    let at = plan.ledger_column();
    press.anchors.column(output, plan.amount, at + 1);
    for (column, field) in (1u16..).zip(&plan.by) {
        press.anchors.column(output, *field, column);
    }
    for (column, field) in (at + 4..).zip(plan.quarters.iter().chain(&plan.others)) {
        press.anchors.column(output, *field, column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, FileId, Money, Origin, SheetId, Unreadable};

    #[test]
    fn an_amount_that_could_not_be_read_is_not_held_against_the_ledger() {
        let plan = Plan {
            table: 0,
            amount: 0,
            by: Vec::new(),
            ledger: "paid",
            column: "received",
            agreed: None,
            quarters: &[],
            others: Vec::new(),
            edition: Edition::Working,
        };
        let at = Origin { file: FileId(0), sheet: SheetId(0), cell: CellRef::new(1, 0) };
        let word = |reading| {
            let cells = Box::new([Cell { at, reading, change: None }]);
            let kept = Kept { partner: PartnerId(0), ordinal: 0, at, cells };
            Line { partner: None, ledger: None, kept: Some(&kept) }.not_compared(&plan)
        };
        let held = |why| Reading::Unreadable(Box::new(Unreadable { raw: "12.345".to_owned(), why }));
        let money = Money::exact(Decimal::from(-5));
        assert_eq!(word(held(Misread::NotThis)), Some("could not test"));
        assert_eq!(word(held(Misread::Minus(money))), Some("held with a query"));
        assert_eq!(word(Reading::Value(Value::Word(0))), Some("could not test"));
        assert_eq!(word(Reading::Value(Value::Money(money))), None);
        assert_eq!(word(Reading::Blank), None);
        assert_eq!(Line { partner: None, ledger: None, kept: None }.not_compared(&plan), None);
    }
}
