//! The quarters of what is used: they must come to it, as the schema's control says, or the sheet says that they do not.

use super::lines::Line;
use super::{AFTER, Plan, USED};
use crate::error::Error;
use crate::model::{Cell, CellRef, Comparison, Misread, Outcome, Reading, pounds};
use crate::schema::ControlKind;
use crate::write::cells::Item;
use crate::write::context::Context;
use crate::write::edition::Edition;
use crate::write::list::List;
use crate::write::sheet::result;
use crate::write::styles::Look;
use rust_decimal::Decimal;
use std::sync::Arc;

/// The word for an amount that is not used because of how it was typed; `None` if it can be.
pub(super) fn not_used(cell: &Cell) -> Option<&'static str> {
    match &cell.reading {
        Reading::Unreadable(held) if matches!(held.why, Misread::Minus(_)) => Some("held"),
        Reading::Unreadable(_) => Some("not readable"),
        _ => None,
    }
}

/// The control by which the quarters of a row come to its amount, if the schema has one.
fn control(cx: &Context<'_>, plan: &Plan<'_>) -> Option<usize> {
    let all = |sums: &[usize]| {
        sums.len() == plan.quarters.len() && sums.iter().all(|field| plan.quarters.contains(field))
    };
    cx.round.schema.controls.iter().position(|control| {
        control.table == plan.table
            && matches!(&control.kind, ControlKind::CrossFooting { sums, total } if *total == plan.amount && all(sums))
    })
}

impl Line<'_> {
    /// A quarter as it is shown: what is in no sum of the line is in no sum of the quarter either.
    pub(super) fn quarter<'a>(&'a self, cx: &'a Context<'_>, plan: &Plan<'_>, field: usize) -> Item<'a> {
        let cell = self.kept.and_then(|kept| kept.cells.get(field));
        let (Some(cell), Some(about)) = (cell, cx.table(plan.table).fields.get(field)) else {
            return Item::Blank;
        };
        let of_line = self.cell(plan).and_then(not_used);
        let uncounted = (!self.is_counted()).then_some("not counted");
        let word = of_line.or_else(|| not_used(cell)).or(uncounted);
        match word {
            _ if cell.is_blank() => Item::Blank,
            Some(word) => Item::Unknown(word),
            None => plan.edition.item(cell, about, cx.round),
        }
    }

    /// How much more its quarters come to than what is used of it; `None` if it has no figures.
    pub(super) fn quarters_off(&self, plan: &Plan<'_>) -> Option<Decimal> {
        let kept = self.kept.filter(|_| self.is_counted() && self.cell(plan).and_then(not_used).is_none())?;
        let amounts = plan.quarters.iter().filter_map(|field| kept.cells.get(*field)?.money());
        let sum = super::super::fund::sum(amounts.map(|money| money.pounds));
        Some(sum.saturating_sub(self.used(plan).unwrap_or_default()).round_dp(2))
    }

    /// True if its quarters come to what is used but for what rounding allows.
    fn is_rounded(&self, cx: &Context<'_>, plan: &Plan<'_>) -> bool {
        let (Some(control), Some(cell)) = (control(cx, plan), self.cell(plan)) else { return false };
        let rounded = |one: &Comparison| matches!(one.outcome, Outcome::WithinRounding { .. });
        let of_cell = |one: &&Comparison| one.control == control && one.stated.at == Some(cell.at);
        cx.data.comparisons.iter().filter(of_cell).any(rounded)
    }

    /// That its quarters do not come to what is used, in a sentence; empty if they do, or would but for rounding.
    pub(super) fn of_quarters(&self, cx: &Context<'_>, plan: &Plan<'_>) -> String {
        let off = self
            .quarters_off(plan)
            .filter(|off| !off.is_zero() && control(cx, plan).is_some() && !self.is_rounded(cx, plan));
        let (Some(off), Some(kept)) = (off, self.kept) else { return String::new() };
        let used = self.used(plan).unwrap_or_default();
        let title = |field: Option<&usize>| {
            let about = field.and_then(|field| cx.table(plan.table).fields.get(*field));
            about.map_or("", |about| about.title.as_str())
        };
        let (first, last) = (title(plan.quarters.first()), title(plan.quarters.last()));
        let side = if off < Decimal::ZERO { "less" } else { "more" };
        let by = pounds(off.abs());
        let quarters: Vec<Option<Decimal>> = plan
            .quarters
            .iter()
            .map(|field| kept.cells.get(*field).and_then(|cell| Some(cell.money()?.pounds)))
            .collect();
        if quarters.iter().all(Option::is_none) {
            return format!(
                "{first} to {last} have no amounts, so they come to {by} less than what is used."
            );
        }
        let rise = quarters.is_sorted() && quarters.iter().all(Option::is_some);
        let running = rise && quarters.last() == Some(&Some(used));
        let sum = pounds(used.saturating_add(off));
        let look = if running { " They look like running totals." } else { "" };
        format!("{first} to {last} come to {sum}, {by} {side} than what is used.{look}")
    }
}

/// Under the totals: what the quarters come to less what is used, live; and in the extract whose they are that differ.
pub(super) fn under(
    cx: &Context<'_>,
    plan: &Plan<'_>,
    list: &mut List,
    lines: &[Line<'_>],
    (total_row, mut next): (u32, u32),
) -> Result<u32, Error> {
    if plan.quarters.len() < 2 || control(cx, plan).is_none() {
        return Ok(next);
    }
    let styles = Arc::clone(&cx.styles);
    let off = super::super::fund::sum(lines.iter().filter_map(|line| line.quarters_off(plan)));
    let first = plan.at(AFTER);
    let end = first.saturating_add(u16::try_from(plan.quarters.len() - 1).unwrap_or_default());
    let cell = |row, column| CellRef::new(row, column);
    let words = Item::Text("Quarters less used");
    list.sheet().put_as(next, 0, Some(styles.ruled(Look::Text)), &words)?;
    let formula = format!(
        "=ROUND(SUM({}:{})-{},2)",
        cell(total_row, first),
        cell(total_row, end),
        cell(total_row, plan.at(USED))
    );
    let item = Item::Formula { formula, result: result(off) };
    let look = list.look(first).off();
    list.sheet().put_as(next, first, Some(styles.ruled(look)), &item)?;
    let differ: Vec<(&Line<'_>, String)> = lines
        .iter()
        .map(|line| (line, line.of_quarters(cx, plan)))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    // What rounding allows stands in the formula; where a line differs, nothing is allowed.
    let each = lines.iter().filter_map(|line| line.quarters_off(plan)).map(|off| off.abs());
    let allowed = if differ.is_empty() { super::super::fund::sum(each) } else { Decimal::ZERO };
    let (format, said) = match off.abs() {
        none if none.is_zero() => (&styles.good, "agrees"),
        some if some <= allowed => (&styles.good, "within rounding"),
        _ => (&styles.bad, "differs"),
    };
    let at = cell(next, first);
    let formula = format!(
        "=IF({at}=0,\"agrees\",IF(ABS({at})<={},\"within rounding\",\"differs\"))",
        allowed.normalize()
    );
    let item = Item::Formula { formula, result: said.to_owned() };
    list.sheet().put_as(next, first + 1, Some(format), &item)?;
    next += 1;
    if plan.edition == Edition::Extract {
        for (line, said) in differ {
            let words = format!("{}: {said}", cx.partner(line.partner));
            list.sheet().put_as(next, 0, Some(&styles.describe), &Item::Owned(words))?;
            next += 1;
        }
    }
    Ok(next)
}
