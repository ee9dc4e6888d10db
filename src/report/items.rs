//! What a partner is to answer, thing by thing: what one mistake does to several cells is one thing. Messages and lists
//! both go by these, so that both count alike.

use super::told::Called;
use super::{Chase, Names, clean, groups};
use crate::finding::{Audience, Code, Finding, Location, Severity, apart};
use crate::model::{CellRef, FileId, Origin, SheetId};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One thing to answer.
pub(super) struct Item<'a> {
    /// The first of its findings, in the order of cells.
    pub(super) first: &'a Finding,
    /// The others, which are about cells of the same sheet.
    pub(super) others: Vec<&'a Finding>,
    /// Other figures of the sheet that are out by the same: one slip shows in all sums over it.
    pub(super) again: Vec<&'a Finding>,
    /// What is there only because of it: answered with it, and no question of its own.
    pub(super) follows: Vec<&'a Finding>,
}

/// A file and sheet.
type Spot = (FileId, SheetId);
/// What findings share that say the same.
type Same<'a> = (Spot, Code, Severity, Audience, &'a str, Option<&'a str>);
/// What findings share that are of one mistake: the check and its rule, the column and its field, and what to do.
type Alike<'a> = (Spot, u16, Code, Severity, Audience, [Option<&'a str>; 3]);

/// All that a partner is to answer; what weighs most comes first.
pub(super) fn items<'a>(chase: &Chase<'a>) -> Vec<Item<'a>> {
    let (mut follow, own) = of_two_returns(chase);
    let mut items = things(own);
    for item in items.iter_mut().filter(|item| item.first.code == Code::REPLACED) {
        item.follows.append(&mut follow);
    }
    let mut items = by_difference(items);
    items.sort_by_key(|item| std::cmp::Reverse(item.severity()));
    items
}

/// Findings as things, each where the first of its findings was: what one mistake does to several cells is one.
pub(super) fn things<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Item<'a>> {
    let each = findings.into_iter().map(Item::of);
    let mut items = together(together(each, same), alike);
    for item in &mut items {
        let mut all: Vec<&Finding> = item.own().collect();
        all.sort_by_key(|finding| finding.at);
        if let [first, others @ ..] = all.as_slice() {
            *item = Item { others: others.to_vec(), ..Item::of(first) };
        }
    }
    items
}

/// What is there only because two returns came, which is one question, and everything else. Where that question has its
/// answer already, everything stands for itself.
fn of_two_returns<'a>(chase: &Chase<'a>) -> (Vec<&'a Finding>, Vec<&'a Finding>) {
    let asked = chase.to_answer.iter().any(|finding| finding.code == Code::REPLACED);
    let follows = |finding: &&Finding| {
        asked && chase.of_two_returns.iter().any(|doubled| std::ptr::eq(*doubled, *finding))
    };
    chase.to_answer.iter().copied().partition(follows)
}

/// Joins figures of a sheet that are out by the same amount to the first of them.
fn by_difference(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
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
    let out = item.first.detail.as_deref()?.difference?;
    let Location::Cell(at) = item.first.at else { return None };
    (item.first.audience <= Audience::Message).then_some(((at.file, at.sheet), out.normalize()))
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
            Some(known) => known.others.extend(item.own()),
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
        Location::Cell(at) if finding.code != Code::PERSONS => Some(((at.file, at.sheet), at.cell)),
        _ => None,
    }
}

impl<'a> Item<'a> {
    /// A finding that stands for itself.
    pub(super) const fn of(finding: &'a Finding) -> Self {
        Self { first: finding, others: Vec::new(), again: Vec::new(), follows: Vec::new() }
    }

    /// Its findings that say the same, in the order of cells.
    pub(super) fn own(&self) -> impl Iterator<Item = &'a Finding> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// All its findings, with what follows from them.
    pub(super) fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.marked().chain(self.follows.iter().copied())
    }

    /// Its findings of which each cell is to be looked at.
    pub(super) fn marked(&self) -> impl Iterator<Item = &'a Finding> {
        self.own().chain(self.again.iter().copied())
    }

    /// How much it matters: as much as the worst of what it brings about.
    pub(super) fn severity(&self) -> Severity {
        self.findings().map(|finding| finding.severity).max().unwrap_or(Severity::Note)
    }

    /// Where else it shows and what follows from it, in words for the partner; empty if nothing does. `place` says where a
    /// cell is.
    pub(super) fn consequences(&self, called: &Called, place: impl Fn(Origin) -> String) -> String {
        let figures = |finding: &&'a Finding| {
            let Location::Cell(at) = finding.at else { return None };
            let figures = finding.detail.as_deref()?.figures.as_deref()?;
            Some(if called.names_another(figures) { place(at) } else { format!("{} ({figures})", place(at)) })
        };
        let again: Vec<String> = self.again.iter().filter_map(figures).collect();
        let follows = self.follows.iter().map(|finding| apart(&called.told(finding).what, "").0);
        let follows: Vec<String> = follows.filter(|said| !said.is_empty()).collect();
        let mut said = Vec::new();
        if !again.is_empty() {
            said.push(format!("The same difference shows in {}.", again.join(" and in ")));
        }
        if !follows.is_empty() {
            said.push(format!("From this follows: {}", follows.join(" ")));
        }
        said.join(" ")
    }

    /// The cells that it is about.
    pub(super) fn cells(&self) -> Vec<CellRef> {
        let cells = self.marked().filter_map(|finding| match finding.at {
            Location::Cell(at) => Some(at.cell),
            _ => None,
        });
        cells.collect()
    }

    /// That what is said of the first cell goes for others too; empty if there are none.
    pub(super) fn likewise(&self) -> String {
        let at = |finding: &Finding| match finding.at {
            Location::Cell(at) => Some(at.cell),
            _ => None,
        };
        let first = at(self.first);
        let others = self.others.iter().filter_map(|finding| at(finding));
        let others: Vec<CellRef> = others.filter(|cell| Some(*cell) != first).collect();
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
            at("U5", Code::PERSONS.as_str(), "It may.", "Take it out."),
            at("U6", Code::PERSONS.as_str(), "It may.", "Take it out."),
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

    /// One slip shows in all sums over a figure; what is out by something else is another.
    #[test]
    fn figures_of_a_sheet_that_are_out_by_the_same_are_one_thing() {
        let out = |one: &str, by: i64| {
            let mut finding = at(one, "cross-foot-mismatch", one, "Check it.");
            let figures = Some(format!("{one}: returned £2, should be £1"));
            let difference = Some(Decimal::from(by));
            finding.detail = Some(Box::new(Detail { figures, difference, ..Detail::default() }));
            finding
        };
        let found = [out("K5", 27), out("L5", 27), out("L6", 27), out("M5", -27)];
        let (partners, places) = (partners(), places());
        let chase = Chase::asking(&partners[0], &found);
        let names = Names { places: &places, partners: &partners };
        let items = items(&chase);
        let called = Called::new(names, &partners[0]);
        let said: Vec<(String, String)> = items
            .iter()
            .map(|item| {
                let place = |at: Origin| at.cell.to_string();
                (item.place(names, FileId(0)), item.consequences(&called, place))
            })
            .collect();
        let shows = "The same difference shows in L5 (L5: returned £2, should be £1) and in L6 (L6: returned £2, should be £1).";
        assert_eq!(
            said,
            [("Plan, K5, L5:L6".to_owned(), shows.to_owned()), ("Plan, M5".to_owned(), String::new())]
        );
    }

    /// That two returns count twice is no question beside the one which of them is right.
    #[test]
    fn what_follows_from_two_returns_is_asked_with_them() {
        let (partners, places) = (partners(), places());
        let mut found = [
            at("L5", "control-total-mismatch", "£4 is stated, the ledger has £2.", "Check it."),
            at("U6", "small-number", "It is small.", "Look."),
            at("A1", Code::REPLACED.as_str(), "We have two. Tell us if a is right.", ""),
        ];
        found[0].severity = Severity::Error;
        found[2].at = Location::File(FileId(0));
        let names = Names { places: &places, partners: &partners };
        let called = Called::new(names, &partners[0]);
        let mut chase = Chase { of_two_returns: vec![&found[0]], ..Chase::asking(&partners[0], &found) };
        let told = |chase: &Chase<'_>| -> Vec<(&'static str, Severity, String)> {
            let place = |at: Origin| at.cell.to_string();
            let item = |item: &Item<'_>| {
                (item.first.code.as_str(), item.severity(), item.consequences(&called, place))
            };
            items(chase).iter().map(item).collect()
        };
        let follows = "From this follows: £4 is stated, the ledger has £2.".to_owned();
        assert_eq!(
            told(&chase),
            [
                ("superseded-submission", Severity::Error, follows),
                ("small-number", Severity::Query, String::new())
            ]
        );
        // Where which is right has been answered, the difference stands for itself.
        chase.to_answer.retain(|finding| finding.code != Code::REPLACED);
        assert_eq!(told(&chase).len(), 2);
        assert_eq!(told(&chase)[0].0, "control-total-mismatch");
    }

    #[test]
    fn what_is_in_no_file_that_is_used_is_told_with_the_first() {
        let (partners, places) = (partners(), places());
        let names = Names { places: &places, partners: &partners };
        let mut finding = at("H5", "type-error", "It says a.", "Type it.");
        finding.at = cell(1, 1, "H5");
        let item = Item::of(&finding);
        assert_eq!(item.home(&[FileId(0), FileId(2)]), Some(FileId(0)));
        assert_eq!(item.home(&[FileId(0), FileId(1)]), Some(FileId(1)));
        assert_eq!(item.place(names, FileId(0)), "police.xlsm, Plan, H5");
        finding.at = Location::File(FileId(1));
        let item = Item::of(&finding);
        assert_eq!(item.place(names, FileId(0)), "police.xlsm");
        assert_eq!(item.place(names, FileId(1)), "The return as a whole");
    }
}
