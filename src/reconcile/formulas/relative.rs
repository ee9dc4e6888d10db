//! The relative form of a formula: what a copy of it would share (R1C1 notation).

use super::tree::{Area, Expr, Point, Shape};
use crate::model::CellRef;
use std::fmt::Write as _;

/// A formula as it would read in R1C1 notation from its own cell.
pub(super) fn form(expr: &Expr, at: CellRef) -> String {
    expr.show(&|area| {
        let sheet =
            area.sheet.as_ref().map(|sheet| format!("'{}'!", sheet.to_lowercase())).unwrap_or_default();
        let (first, last) = (area.first, area.last);
        match area.shape {
            Shape::Cell => format!("{sheet}{}{}", row(first, at), column(first, at)),
            Shape::Range => {
                let corner = |point| format!("{}{}", row(point, at), column(point, at));
                format!("{sheet}{}:{}", corner(first), corner(last))
            }
            Shape::Columns => format!("{sheet}{}:{}", column(first, at), column(last, at)),
            Shape::Rows => format!("{sheet}{}:{}", row(first, at), row(last, at)),
        }
    })
}

/// The most cells of a formula that is known by what it adds up.
const MOST_CELLS: u64 = 64;

/// What formulas share that come to the same by any way of writing it: the cells that they add up, seen from their own, or
/// else their form.
pub(super) fn way(expr: &Expr, at: CellRef) -> String {
    let areas = expr.areas();
    let is_loose =
        |area: &&Area| [area.first, area.last].iter().all(|point| !point.row_fixed && !point.column_fixed);
    let size = |area: &&Area| {
        let (first, last) = (area.first.at, area.last.at);
        u64::from(last.row - first.row + 1) * u64::from(last.column - first.column + 1)
    };
    let is_small = areas.iter().map(size).fold(0_u64, u64::saturating_add) <= MOST_CELLS;
    let terms = if is_small && areas.iter().all(is_loose) { super::sums::terms(expr) } else { None };
    let Some(terms) = terms.filter(|terms| !terms.is_empty()) else { return form(expr, at) };
    let mut way = String::new();
    for (place, times) in terms {
        // Writing to a String cannot fail.
        let _ = match place {
            Some((sheet, cell)) => {
                let down = i64::from(cell.row) - i64::from(at.row);
                let right = i64::from(cell.column) - i64::from(at.column);
                write!(way, "{times}*'{sheet}'!{down},{right};")
            }
            None => write!(way, "{times};"),
        };
    }
    way
}

fn row(point: Point, at: CellRef) -> String {
    if point.row_fixed {
        return format!("R{}", point.at.row + 1);
    }
    match i64::from(point.at.row) - i64::from(at.row) {
        0 => "R".to_owned(),
        by => format!("R[{by}]"),
    }
}

fn column(point: Point, at: CellRef) -> String {
    if point.column_fixed {
        return format!("C{}", point.at.column + 1);
    }
    match i64::from(point.at.column) - i64::from(at.column) {
        0 => "C".to_owned(),
        by => format!("C[{by}]"),
    }
}

/// A formula as it would read if it were copied from one cell to another; `None` if it would leave the sheet.
pub(super) fn copied(expr: &Expr, from: CellRef, to: CellRef) -> Option<Expr> {
    expr.moved(i64::from(to.row) - i64::from(from.row), i64::from(to.column) - i64::from(from.column))
}

/// True if two formulas use the same cells in the same way, whatever `$` they have and whatever they show in place of an
/// error or of nothing.
pub(super) fn alike(a: &Expr, b: &Expr) -> bool {
    let (a, b) = (super::sums::unwrapped(a), super::sums::unwrapped(b));
    let cells = |area: &Area| {
        let sheet = area.sheet.as_deref().unwrap_or_default().to_lowercase();
        format!("'{sheet}'!{}:{}", area.first.at, area.last.at)
    };
    a.show(&cells) == b.show(&cells)
        || super::sums::terms(a).is_some_and(|terms| Some(terms) == super::sums::terms(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_a_form() {
        let form = |text: &str, at: &str| {
            let expr = Expr::read(text).expect(text);
            form(&expr, CellRef::parse(at).expect(at))
        };
        assert_eq!(form("SUM(C5:C9)", "C10"), "SUM(R[-5]C:R[-1]C)");
        assert_eq!(form("SUM(D5:D9)", "D10"), form("SUM(C5:C9)", "C10"));
        assert_eq!(form("SUM(C$5:C6)", "D6"), form("SUM(C$5:C7)", "D7"));
        assert_ne!(form("B6*$F$1", "C6"), form("B6*F1", "C6"));
        assert_eq!(form("SUM(Plan!A:A)", "C6"), "SUM('plan'!C[-2]:C[-2])");
    }

    #[test]
    fn other_ways_to_say_the_same_are_alike() {
        let same = |a: &str, b: &str| alike(&Expr::read(a).expect(a), &Expr::read(b).expect(b));
        assert!(same("SUM(C5:C7)", "C5+C6+C7"));
        assert!(same("B6*$F$1", "B6*F1"));
        assert!(same("C5-D5", "-(D5-C5)"));
        assert!(same("IF(C5=\"\",\"\",SUM(C5:C7))", "IFERROR(SUM(C5:C7),0)"));
        assert!(!same("IFERROR(SUM(C5:C6),0)", "SUM(C5:C7)"));
        assert!(!same("C5-D5", "D5-C5"));
        assert!(!same("SUM(C5:C7)", "SUM(C5:C8)"));
        assert!(!same("SUM(C5:C7)", "SUM(C5:C7)+100"));
    }
}
