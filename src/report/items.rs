//! What a partner is to answer, thing by thing: what one mistake does to several cells is one thing. Messages and lists
//! both go by these, so that both count alike.

use super::{Chase, Names, clean, groups};
use crate::finding::{Audience, Code, Finding, Location, PERSONS, Severity};
use crate::model::{CellRef, FileId, SheetId};
use std::collections::BTreeMap;

/// One thing to answer.
pub(super) struct Item<'a> {
    /// The first of its findings, in the order of cells.
    pub(super) first: &'a Finding,
    /// The others, which are about cells of the same sheet.
    pub(super) others: Vec<&'a Finding>,
}

/// A file and sheet.
type Spot = (FileId, SheetId);
/// What findings share that say the same.
type Same<'a> = (Spot, Code, Severity, Audience, &'a str, Option<&'a str>);
/// What findings share that are of one mistake: the check and its rule, the column and its field, and what to do.
type Alike<'a> = (Spot, u16, Code, Severity, Audience, [Option<&'a str>; 3]);

/// All that a partner is to answer; what weighs most comes first.
pub(super) fn items<'a>(chase: &Chase<'a>) -> Vec<Item<'a>> {
    let each = chase.to_answer.iter().map(|finding| Item { first: finding, others: Vec::new() });
    let mut items = together(together(each, same), alike);
    for item in &mut items {
        let mut all: Vec<&Finding> = item.findings().collect();
        all.sort_by_key(|finding| finding.at);
        if let [first, others @ ..] = all.as_slice() {
            *item = Item { first, others: others.to_vec() };
        }
    }
    items
}

/// Joins what has the same key to the first that has it.
fn together<'a, K: Ord>(
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
            Some(known) => known.others.extend(item.findings()),
            None => joined.push(item),
        }
    }
    joined
}

fn same<'a>(item: &Item<'a>) -> Option<Same<'a>> {
    let finding = item.first;
    let (spot, _) = cell(finding)?;
    Some((spot, finding.code, finding.severity, finding.audience, &finding.message, finding.help.as_deref()))
}

/// `None` for what stands for itself: a place that may identify a person, two figures that differ, several columns.
fn alike<'a>(item: &Item<'a>) -> Option<Alike<'a>> {
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
        Location::Cell(at) if finding.code.as_str() != PERSONS => Some(((at.file, at.sheet), at.cell)),
        _ => None,
    }
}

impl<'a> Item<'a> {
    /// Its findings, in the order of cells.
    pub(super) fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The cells that it is about.
    pub(super) fn cells(&self) -> Vec<CellRef> {
        let cells = self.findings().filter_map(|finding| match finding.at {
            Location::Cell(at) => Some(at.cell),
            _ => None,
        });
        cells.collect()
    }

    /// That what is said of the first cell goes for others too; empty if there are none.
    pub(super) fn likewise(&self) -> String {
        let first = self.cells().first().copied();
        let others: Vec<CellRef> = self.cells().into_iter().filter(|cell| Some(*cell) != first).collect();
        if others.is_empty() {
            String::new()
        } else {
            format!("The same goes for {}.", groups::ranges(&others))
        }
    }

    /// The one of some files that it is told with: its own, else the first.
    pub(super) fn home(&self, files: &[FileId]) -> Option<FileId> {
        let own = self.first.at.file().filter(|file| files.contains(file));
        own.or_else(|| files.first().copied())
    }

    /// Where it is, in words, on the list for a file.
    pub(super) fn place(&self, names: Names<'_>, file: FileId) -> String {
        let other = |of: FileId| {
            if of == file { String::new() } else { format!("{}, ", clean(names.places.file(of))) }
        };
        match self.first.at {
            Location::Cell(at) => {
                let sheet = clean(names.places.sheet(at.file, at.sheet));
                format!("{}{sheet}, {}", other(at.file), groups::ranges(&self.cells()))
            }
            Location::Sheet(of, sheet) => match other(of) {
                before if before.is_empty() => format!("The sheet {}", clean(names.places.sheet(of, sheet))),
                before => format!("{before}the sheet {}", clean(names.places.sheet(of, sheet))),
            },
            Location::File(of) if of != file => clean(names.places.file(of)).into_owned(),
            _ => "The return as a whole".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{cell, partners, places};
    use super::*;
    use crate::finding::Detail;
    use crate::finding::Effort;
    use crate::model::PartnerId;

    fn at(address: &str, code: &'static str, message: &str, help: &str) -> Finding {
        Finding {
            code: Code(code),
            severity: Severity::Query,
            effort: Effort::LookUp,
            at: cell(0, 1, address),
            partner: Some(PartnerId(0)),
            audience: Audience::Partner,
            message: message.into(),
            help: Some(help.into()),
            detail: None,
        }
    }

    /// Places and words of the things that these findings come to.
    fn said(found: &[Finding]) -> Vec<(String, String)> {
        let (partners, places) = (partners(), places());
        let chase = Chase::asking(&partners[0], found);
        let names = Names { places: &places, partners: &partners };
        let items = items(&chase);
        items.iter().map(|item| (item.place(names, FileId(0)), item.likewise())).collect()
    }

    #[test]
    fn one_mistake_in_a_column_is_one_thing() {
        let rows = (5..17)
            .map(|row| at(&format!("H{}", row * 2), "type-error", &format!("It says {row}."), "Type it."));
        let mut found: Vec<Finding> = rows.collect();
        found.reverse();
        assert_eq!(
            said(&found),
            [(
                "Plan, H10, H12, H14, H16, H18, H20 and 6 more cells".to_owned(),
                "The same goes for H12, H14, H16, H18, H20, H22 and 5 more cells.".to_owned()
            )]
        );
    }

    #[test]
    fn what_differs_in_check_column_or_what_to_do_stays_apart() {
        let mut figures = ["L5", "L6"].map(|one| at(one, "total-mismatch", one, "Check it."));
        for finding in &mut figures {
            finding.detail = Some(Box::new(Detail { figures: Some("1".into()), ..Detail::default() }));
        }
        let mut found = vec![
            at("H5", "type-error", "It says a.", "Type it."),
            at("H6", "type-error", "It says b.", "Type the month."),
            at("J7", "type-error", "It says c.", "Type it."),
            at("H8", "two-values", "It says d.", "Type it."),
            at("H5", "type-error", "It says e.", "Type it."),
            at("U5", PERSONS, "It may.", "Take it out."),
            at("U6", PERSONS, "It may.", "Take it out."),
        ];
        found.extend(figures);
        let said = said(&found);
        assert_eq!(said.len(), found.len());
        assert!(said.iter().all(|(_, likewise)| likewise.is_empty()), "{said:?}");
    }

    #[test]
    fn the_same_words_are_one_thing_over_columns_too() {
        let found = ["B5", "C5", "D5"].map(|one| at(one, "type-error", "It is none.", "Type it."));
        assert_eq!(said(&found), [("Plan, B5:D5".to_owned(), "The same goes for C5:D5.".to_owned())]);
    }

    #[test]
    fn what_is_in_no_file_that_is_used_is_told_with_the_first() {
        let (partners, places) = (partners(), places());
        let names = Names { places: &places, partners: &partners };
        let mut finding = at("H5", "type-error", "It says a.", "Type it.");
        finding.at = cell(1, 1, "H5");
        let item = Item { first: &finding, others: Vec::new() };
        assert_eq!(item.home(&[FileId(0), FileId(2)]), Some(FileId(0)));
        assert_eq!(item.home(&[FileId(0), FileId(1)]), Some(FileId(1)));
        assert_eq!(item.place(names, FileId(0)), "police.xlsm, Plan, H5");
        finding.at = Location::File(FileId(1));
        let item = Item { first: &finding, others: Vec::new() };
        assert_eq!(item.place(names, FileId(0)), "police.xlsm");
        assert_eq!(item.place(names, FileId(1)), "The return as a whole");
    }
}
