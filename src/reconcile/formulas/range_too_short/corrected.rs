//! A formula's text put right: other cells in the place of a range, and cells that are added up too.

use super::super::tree::{Area, Expr};
use crate::model::CellRef;

/// A formula's text with other cells in the place of an area, wherever the formula names it: an IF may ask for the same sum.
pub(in crate::reconcile::formulas) fn replaced(text: &str, expr: &Expr, area: &Area, cells: &str) -> String {
    let same = |other: &&&Area| {
        other.sheet == area.sheet && other.first.at == area.first.at && other.last.at == area.last.at
    };
    let all = expr.areas();
    let mut found: Vec<&&Area> = all.iter().filter(same).collect();
    found.sort_by_key(|other| std::cmp::Reverse(other.span.start));
    found.into_iter().fold(text.to_owned(), |text, other| {
        let before = text.get(..other.span.start).unwrap_or_default();
        format!("{before}{cells}{}", text.get(other.span.end..).unwrap_or_default())
    })
}

/// A formula's text that adds up some cells too, behind the last of those that it adds up and inside what is around them.
pub(super) fn with_also(text: &str, expr: &Expr, areas: &[&Area], cells: &[CellRef]) -> Option<String> {
    let last = areas.iter().max_by_key(|area| area.span.end)?;
    let mark = if is_listed(expr, last) { ',' } else { '+' };
    let (before, after) = text.split_at_checked(last.span.end)?;
    let more = cells.iter().fold(before.to_owned(), |text, at| format!("{text}{mark}{at}"));
    Some(format!("{more}{after}"))
}

/// True if an area stands by itself in a function's list of what it adds up.
fn is_listed(expr: &Expr, area: &Area) -> bool {
    let here = |part: &&Expr| matches!(part, Expr::Area(one) if one.span == area.span);
    match expr {
        Expr::Call(name, arguments) if ["SUM", "SUBTOTAL"].contains(&name.as_str()) => {
            arguments.iter().any(|one| here(&one) || is_listed(one, area))
        }
        _ => expr.parts().into_iter().any(|part| is_listed(part, area)),
    }
}
