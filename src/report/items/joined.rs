//! Which findings are one thing.

use super::super::Chase;
use super::Item;
use crate::finding::{Audience, Code, Difference, Finding, Location, Severity};
use crate::model::{CellRef, FileId, Origin, SheetId};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A file and sheet.
type Spot = (FileId, SheetId);
/// What findings share that say the same.
type Same<'a> = (Spot, Code, Severity, Audience, &'a str, Option<&'a str>);
/// What findings share that are of one mistake: the check and its rule, the column and its field, and what to do.
type Alike<'a> = (Spot, u16, Code, Severity, Audience, [Option<&'a str>; 3]);

/// What is there only because two returns came, which is one question, and everything else. Where that question has its
/// answer already, everything stands for itself.
pub(super) fn of_two_returns<'a>(chase: &Chase<'a>) -> (Vec<&'a Finding>, Vec<&'a Finding>) {
    let asked = chase.to_answer.iter().any(|finding| finding.code == Code::REPLACED);
    let follows = |finding: &&Finding| {
        asked && chase.of_two_returns.iter().any(|doubled| std::ptr::eq(*doubled, *finding))
    };
    chase.to_answer.iter().copied().partition(follows)
}

/// Joins figures of a sheet that are out by the same amount to the first of them.
pub(super) fn by_difference(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let mut joined: Vec<Item<'_>> = Vec::new();
    let mut seen: BTreeMap<(Spot, Decimal), usize> = BTreeMap::new();
    for item in items {
        let place = difference(&item).map(|key| *seen.entry(key).or_insert(joined.len()));
        match place.and_then(|place| joined.get_mut(place)) {
            Some(known) => known.again.extend(item.own()),
            None => joined.push(item),
        }
    }
    joined
}

/// The sheet and the amount by which a figure of it is out, if the partner may be told.
fn difference(item: &Item<'_>) -> Option<(Spot, Decimal)> {
    let out = out(item.first)?;
    let Location::Cell(at) = item.first.at else { return None };
    (item.first.audience <= Audience::Message).then_some(((at.file, at.sheet), out.pounds.normalize()))
}

pub(super) fn out(finding: &Finding) -> Option<&Difference> {
    finding.detail.as_deref()?.difference.as_ref()
}

/// Puts a figure that is out with what is asked about the very cells that show why.
pub(super) fn by_cause(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let (sums, mut others): (Vec<Item<'_>>, Vec<Item<'_>>) =
        items.into_iter().partition(|item| difference(item).is_some());
    let mut of_cell: BTreeMap<Origin, usize> = BTreeMap::new();
    for (place, item) in others.iter().enumerate().filter(|(_, item)| item.first.code != Code::PERSONS) {
        let of_cells = item.own().filter(|finding| matches!(finding.at, Location::Cell(_)));
        // Some say the same of several cells in one finding.
        let places = of_cells.flat_map(|finding| {
            let related = finding.detail.iter().flat_map(|detail| &detail.related);
            std::iter::once(finding.at).chain(related.map(|related| related.at))
        });
        let cells = places.filter_map(|at| match at {
            Location::Cell(at) => Some(at),
            _ => None,
        });
        cells.for_each(|at| {
            of_cell.entry(at).or_insert(place);
        });
    }
    let mut left = Vec::new();
    for item in sums {
        let because = out(item.first).map_or(&[][..], |out| out.because.as_slice());
        let asked = because.iter().find_map(|at| of_cell.get(at)).and_then(|place| others.get_mut(*place));
        match asked {
            Some(asked) => asked.follows.extend(item.marked()),
            None => left.push(item),
        }
    }
    others.append(&mut left);
    others
}

/// Joins what has the same key to the first that has it.
pub(super) fn together<'a, K: Ord>(
    items: impl IntoIterator<Item = Item<'a>>,
    key: impl Fn(&Item<'a>) -> Option<K>,
) -> Vec<Item<'a>> {
    let mut joined: Vec<Item<'a>> = Vec::new();
    let mut seen = BTreeMap::new();
    for item in items {
        let place = key(&item).map_or(joined.len(), |key| *seen.entry(key).or_insert(joined.len()));
        match joined.get_mut(place) {
            // Two things are said of one cell.
            Some(known) if known.others.last().unwrap_or(&known.first).at == item.first.at => {
                joined.push(item);
            }
            Some(known) => known.others.extend(item.own()),
            None => joined.push(item),
        }
    }
    joined
}

pub(super) fn same<'a>(item: &Item<'a>) -> Option<Same<'a>> {
    let finding = item.first;
    let (spot, _) = cell(finding)?;
    Some((spot, finding.code, finding.severity, finding.audience, &finding.message, finding.help.as_deref()))
}

/// `None` for what stands for itself: a place that may identify a person, two figures that differ, several columns.
pub(super) fn alike<'a>(item: &Item<'a>) -> Option<Alike<'a>> {
    let finding = item.first;
    let (spot, CellRef { column, .. }) = cell(finding)?;
    let detail = finding.detail.as_deref();
    let figures = detail.is_some_and(|detail| detail.figures.is_some());
    let one_column = item.cells().iter().all(|cell| cell.column == column);
    if figures || !one_column {
        return None;
    }
    let field = detail.and_then(|detail| detail.field.as_deref());
    let rule = detail.and_then(|detail| detail.rule.as_deref());
    let shared = [field, rule, finding.help.as_deref()];
    Some((spot, column, finding.code, finding.severity, finding.audience, shared))
}

/// The cell that a finding is about, if it may be one of several.
fn cell(finding: &Finding) -> Option<(Spot, CellRef)> {
    match finding.at {
        Location::Cell(at) if finding.code != Code::PERSONS => Some(((at.file, at.sheet), at.cell)),
        _ => None,
    }
}
