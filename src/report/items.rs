//! What a partner is to answer, thing by thing: what one mistake does to several cells is one thing. Messages and lists
//! both go by these, so that both count alike.

mod joined;

use super::told::Called;
use super::{Chase, Names, clean, groups};
use crate::finding::{Code, Finding, Location, Severity, apart};
use crate::model::{CellRef, FileId, Origin};
use joined::{alike, by_cause, by_difference, of_two_returns, out, same, together};

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

/// All that a partner is to answer; what weighs most comes first.
pub(super) fn items<'a>(chase: &Chase<'a>) -> Vec<Item<'a>> {
    let (mut follow, own) = of_two_returns(chase);
    let mut items = things(own);
    for item in items.iter_mut().filter(|item| item.first.code == Code::REPLACED) {
        item.follows.append(&mut follow);
    }
    let mut items = by_cause(by_difference(items));
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
        let shown = |finding: &&'a Finding| {
            let Location::Cell(at) = finding.at else { return None };
            let line = &out(finding)?.line;
            Some(if called.names_another(line) { place(at) } else { format!("{} ({line})", place(at)) })
        };
        let (here, elsewhere): (Vec<&Finding>, Vec<&Finding>) =
            self.again.iter().partition(|finding| finding.at == self.first.at);
        let again: Vec<String> = elsewhere.iter().filter_map(shown).collect();
        let follows = self.follows.iter().map(|finding| apart(&called.told(finding).what, "").0);
        let follows: Vec<String> = follows.filter(|said| !said.is_empty()).collect();
        let mut said = Vec::new();
        if !here.is_empty() {
            said.push("Other figures of the return say the same.".to_owned());
        }
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
    use crate::finding::{Audience, Detail, Difference, Effort};
    use crate::model::PartnerId;
    use rust_decimal::Decimal;

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
            let difference = Some(Difference {
                line: format!("Line {one}"),
                pounds: Decimal::from(by),
                because: Vec::new(),
            });
            finding.detail = Some(Box::new(Detail { difference, ..Detail::default() }));
            finding
        };
        let found = [out("K5", 27), out("K5", 27), out("L5", 27), out("L6", 27), out("M5", -27)];
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
        let shows = "Other figures of the return say the same. The same difference shows in L5 (Line L5) and in L6 (Line L6).";
        assert_eq!(
            said,
            [("Plan, K5, L5:L6".to_owned(), shows.to_owned()), ("Plan, M5".to_owned(), String::new())]
        );
    }

    /// An amount that is asked about, and a sum that is out because of it.
    #[test]
    fn a_sum_is_asked_about_with_the_cell_that_shows_why_it_is_out() {
        let (partners, places) = (partners(), places());
        let Location::Cell(because) = cell(0, 1, "L5") else { panic!("it is a cell") };
        let mut sum = at("L9", "control-total-mismatch", "It is £4 too low. It is a minus.", "Check it.");
        sum.severity = Severity::Error;
        let out = Difference { line: "Line".into(), pounds: Decimal::from(-4), because: vec![because] };
        sum.detail = Some(Box::new(Detail { difference: Some(out), ..Detail::default() }));
        let found = [at("L5", "minus-amount", "It is a minus.", "Enter it without."), sum];
        let chase = Chase::asking(&partners[0], &found);
        let names = Names { places: &places, partners: &partners };
        let called = Called::new(names, &partners[0]);
        let items = items(&chase);
        let [item] = items.as_slice() else { panic!("{} things", items.len()) };
        assert_eq!((item.first.code.as_str(), item.severity()), ("minus-amount", Severity::Error));
        let said = item.consequences(&called, |at| at.cell.to_string());
        assert_eq!(said, "From this follows: It is £4 too low. It is a minus.");
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
