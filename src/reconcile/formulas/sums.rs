//! Formulas that only add up, and what they add up.

use super::tree::{Area, Expr, Shape};
use crate::model::CellRef;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Functions that are worked out, or whose result depends on nothing but the cells that the formula names.
const KNOWN: [&str; 29] = [
    "SUM",
    "SUBTOTAL",
    "ROUND",
    "ROUNDUP",
    "ROUNDDOWN",
    "ABS",
    "SUMIF",
    "SUMIFS",
    "AVERAGE",
    "MIN",
    "MAX",
    "COUNT",
    "COUNTA",
    "PRODUCT",
    "INT",
    "SUMPRODUCT",
    "AVERAGEIF",
    "AVERAGEIFS",
    "COUNTIF",
    "COUNTIFS",
    "MEDIAN",
    "IF",
    "IFERROR",
    "IFNA",
    "AND",
    "OR",
    "NOT",
    "ISBLANK",
    "ISNUMBER",
];

/// The areas that a formula adds up, if it does nothing else: SUM, SUBTOTAL of a sum, `+`, rounding of these, and IF or
/// IFERROR around them that has something plain in their place.
pub(super) fn added(expr: &Expr) -> Option<Vec<&Area>> {
    let mut areas = Vec::new();
    gather(expr, &mut areas)?;
    (!areas.is_empty()).then_some(areas)
}

fn gather<'e>(expr: &'e Expr, areas: &mut Vec<&'e Area>) -> Option<()> {
    match expr {
        Expr::Area(area) => areas.push(area),
        Expr::Plus(inner) => gather(inner, areas)?,
        Expr::Binary("+", left, right) => {
            gather(left, areas)?;
            gather(right, areas)?;
        }
        Expr::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("SUM", arguments) => arguments.iter().try_for_each(|one| gather(one, areas))?,
            ("SUBTOTAL", [Expr::Number(code), rest @ ..]) if is_sum(*code) => {
                rest.iter().try_for_each(|one| gather(one, areas))?;
            }
            ("ROUND", [inner, Expr::Number(_)]) => gather(inner, areas)?,
            _ => gather(inside(expr)?, areas)?,
        },
        _ => return None,
    }
    Some(())
}

/// What stands inside an IF or IFERROR that has something plain in its place.
fn inside(expr: &Expr) -> Option<&Expr> {
    let Expr::Call(name, arguments) = expr else { return None };
    match (name.as_str(), arguments.as_slice()) {
        ("IFERROR" | "IFNA", [inner, other]) if is_plain_value(other) => Some(inner),
        ("IF", [asked, inner, other] | [asked, other, inner]) if is_in_place_of_nothing(asked, other) => {
            Some(inner)
        }
        _ => None,
    }
}

/// True if an IF shows nothing, or a plain value where there is nothing to work with: anything else is a decision.
fn is_in_place_of_nothing(asked: &Expr, other: &Expr) -> bool {
    let nothing = |expr: &Expr| match expr {
        Expr::Omitted => true,
        Expr::Text(text) => text.trim().is_empty(),
        Expr::Number(number) => number.is_zero(),
        _ => false,
    };
    let asks = match asked {
        Expr::Binary("=" | "<>" | ">", left, right) => nothing(left) || nothing(right),
        Expr::Call(name, _) => ["ISBLANK", "ISERROR", "ISNUMBER"].contains(&name.as_str()),
        _ => false,
    };
    matches!(other, Expr::Omitted | Expr::Text(_)) || (asks && is_plain_value(other))
}

/// A formula without the IFs and IFERRORs around it, and without rounding to pennies or finer.
pub(super) fn unwrapped(expr: &Expr) -> &Expr {
    std::iter::successors(Some(expr), |expr| inside(expr).or_else(|| rounded(expr))).last().unwrap_or(expr)
}

/// A formula without IFs, IFERRORs and rounding anywhere in it.
pub(super) fn bare(expr: &Expr) -> Expr {
    let whole = |expr: &Expr| match expr {
        Expr::Call(name, arguments) if name == "ROUND" => arguments.first().map(bare),
        _ => inside(expr).map(bare),
    };
    if let Some(inner) = whole(expr) {
        return inner;
    }
    let inner = |one: &Expr| Box::new(bare(one));
    match expr {
        Expr::Minus(one) => Expr::Minus(inner(one)),
        Expr::Plus(one) => Expr::Plus(inner(one)),
        Expr::Percent(one) => Expr::Percent(inner(one)),
        Expr::Binary(mark, left, right) => Expr::Binary(mark, inner(left), inner(right)),
        Expr::Call(name, arguments) => Expr::Call(name.clone(), arguments.iter().map(bare).collect()),
        other => other.clone(),
    }
}

/// What is rounded to pennies or finer.
fn rounded(expr: &Expr) -> Option<&Expr> {
    let Expr::Call(name, arguments) = expr else { return None };
    match (name.as_str(), arguments.as_slice()) {
        ("ROUND", [inner, Expr::Number(digits)]) if *digits >= Decimal::TWO => Some(inner),
        _ => None,
    }
}

/// True for nothing, a word or a number.
const fn is_plain_value(expr: &Expr) -> bool {
    matches!(expr, Expr::Omitted | Expr::Text(_) | Expr::Number(_) | Expr::Boolean(_))
}

fn is_sum(code: Decimal) -> bool {
    code == Decimal::from(9) || code == Decimal::from(109)
}

/// True if an area is more than a cell, so that SUM passes over what is no number in it.
pub(super) fn is_range(area: &Area) -> bool {
    area.shape != Shape::Cell
}

/// The areas on the formula's own sheet that lie in one column and are added up.
pub(super) fn down(expr: &Expr, column: u16) -> Vec<&Area> {
    let is_here = |area: &&Area| {
        area.sheet.is_none() && area.first.at.column == column && area.last.at.column == column
    };
    added(expr).unwrap_or_default().into_iter().filter(is_here).collect()
}

/// True if every function in a formula is known, so that its form tells what it does.
pub(super) fn is_plain(expr: &Expr) -> bool {
    let own = match expr {
        Expr::Call(name, _) => KNOWN.contains(&name.as_str()),
        Expr::Name(_) | Expr::Error => false,
        _ => true,
    };
    own && expr.parts().into_iter().all(is_plain)
}

/// The functions that a formula calls, in order.
pub(super) fn functions(expr: &Expr) -> Vec<&str> {
    let mut found: Vec<&str> = match expr {
        Expr::Call(name, _) => vec![name.as_str()],
        _ => Vec::new(),
    };
    found.extend(expr.parts().into_iter().flat_map(functions));
    found
}

/// The most cells of a formula that are written out to hold it against another.
const MOST_TERMS: u64 = 2_000;

/// A formula as a sum of cells, each so many times, and a number; `None` if it is anything else, or very long.
pub(super) fn terms(expr: &Expr) -> Option<BTreeMap<Option<(String, CellRef)>, Decimal>> {
    let mut terms = BTreeMap::new();
    collect(expr, Decimal::ONE, &mut terms)?;
    terms.retain(|_, times: &mut Decimal| !times.is_zero());
    Some(terms)
}

type Terms = BTreeMap<Option<(String, CellRef)>, Decimal>;

fn collect(expr: &Expr, times: Decimal, terms: &mut Terms) -> Option<()> {
    match expr {
        Expr::Number(number) => add(terms, None, number.checked_mul(times)?),
        Expr::Area(area) => cells(area, times, terms),
        Expr::Plus(inner) => collect(inner, times, terms),
        Expr::Minus(inner) => collect(inner, -times, terms),
        Expr::Binary("+", left, right) => {
            collect(left, times, terms)?;
            collect(right, times, terms)
        }
        Expr::Binary("-", left, right) => {
            collect(left, times, terms)?;
            collect(right, -times, terms)
        }
        Expr::Binary("*", left, right) => match (left.as_ref(), right.as_ref()) {
            (Expr::Number(number), other) | (other, Expr::Number(number)) => {
                collect(other, times.checked_mul(*number)?, terms)
            }
            _ => None,
        },
        Expr::Call(name, arguments) if name == "SUM" => {
            arguments.iter().try_for_each(|one| collect(one, times, terms))
        }
        _ => None,
    }
}

fn cells(area: &Area, times: Decimal, terms: &mut Terms) -> Option<()> {
    let (first, last) = (area.first.at, area.last.at);
    let size = u64::from(last.row - first.row + 1) * u64::from(last.column - first.column + 1);
    if size + terms.len() as u64 > MOST_TERMS {
        return None;
    }
    let sheet = area.sheet.as_deref().unwrap_or_default().to_lowercase();
    for row in first.row..=last.row {
        for column in first.column..=last.column {
            add(terms, Some((sheet.clone(), CellRef::new(row, column))), times)?;
        }
    }
    Some(())
}

fn add(terms: &mut Terms, place: Option<(String, CellRef)>, times: Decimal) -> Option<()> {
    let known = terms.entry(place).or_default();
    *known = known.checked_add(times)?;
    Some(())
}
