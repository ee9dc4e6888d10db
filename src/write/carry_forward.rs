//! What goes on into the next year: the entries of the register for which that was decided.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::register::{joined_words, plan_item, plan_look};
use super::styles::Look;
use crate::error::Error;
use crate::model::RegisterRow;
use crate::schema::OutputKind;
use rust_xlsxwriter::Worksheet;

/// Makes the sheet. Why an entry is open is in partners' words, which the extract leaves out.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::CarryForward { table, decision, columns: names, why } = &cx.output(output).kind else {
        return Ok(Vec::new());
    };
    let (table, plan) = (*table, &cx.round.plan);
    let decided = plan.heading(decision);
    let why = why.filter(|_| !cx.is_extract());
    let mut shown: Vec<usize> = vec![plan.key];
    shown.extend(plan.title);
    shown.extend(decided);
    shown.extend(names.iter().filter_map(|name| plan.heading(name)));
    let mut seen = Vec::new();
    shown.retain(|at| {
        !seen.contains(at) && {
            seen.push(*at);
            true
        }
    });
    let title = |at: &usize| {
        let name = plan.headings.get(*at).map_or("", String::as_str);
        Column::new(cells::heading_title(cx.round, Some(table), name), plan_look(cx, table, *at))
    };
    let mut columns: Vec<Column> = shown.iter().map(title).collect();
    if let Some(field) = why {
        let title = cx.table(table).fields.get(field).map_or("Why open", |field| field.title.as_str());
        columns.push(Column::new(title.to_owned(), Look::Wrap));
    }
    let is_decided = |entry: &&RegisterRow| {
        decided.and_then(|at| entry.columns.get(at)).is_some_and(|decision| !decision.trim().is_empty())
    };
    let entries: Vec<&RegisterRow> = cx.data.register.iter().filter(is_decided).collect();
    let count = Some(entries.len());
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, count)?;
    for entry in entries {
        let mut items: Vec<Item<'_>> =
            shown.iter().map(|at| plan_item(cx, table, *at, entry.columns.get(*at))).collect();
        if let Some(field) = why {
            items.push(Item::Owned(joined_words(cx, table, field, entry)));
        }
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}
