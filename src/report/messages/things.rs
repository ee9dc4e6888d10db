//! The things that a message names, in the partner's words.

use super::super::attached::{Attached, cell_in_words, cell_of_sheet, form_of, likewise, own_cell};
use super::super::items::Item;
use super::super::told::{Called, Told};
use super::super::{Names, clean};
use crate::finding::{Code, Effort, Finding, Location, apart, split};
use crate::model::{CellRef, FileId, SheetId};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked for where the form that goes with the message has what the partner's own file lacks.
const FORM_HAS_IT: &str = "The form that we send you has it: fill it in there, and send us the form.";

/// A thing: where, what, where else, what follows from it, what to do. What names another partner is left out.
pub(super) fn about(names: Names<'_>, called: &Called, attached: &[&Attached], item: &Item<'_>) -> String {
    let Told { what, mut how } = called.told(item.first);
    // What is to be done stands last.
    let ends = !item.again.is_empty() || !item.follows.is_empty();
    let (what, asked) = if ends { split(&what) } else { (what, String::new()) };
    if item.first.effort == Effort::Add && form_of(attached, item.first.at.file()).is_some() {
        FORM_HAS_IT.clone_into(&mut how);
    }
    let mut said = match (item.first.at, what.is_empty()) {
        (Location::Cell(at), false) => {
            // What identifies a person is not in the form.
            let personal = item.first.code == Code::PERSONS;
            let place = if personal { own_cell } else { cell_in_words }(names, attached, at);
            let cell = at.cell.to_string();
            match what.strip_prefix(&*cell).filter(|rest| rest.starts_with(' ')) {
                Some(rest) => format!("{place}{rest}"),
                // The sentence itself begins with the place: *A comment at Q5*.
                None if names_first(&what, &cell) && form_of(attached, Some(at.file)).is_none() => {
                    format!("{}: {what}", names.places.sheet(at.file, at.sheet))
                }
                None => format!("{place}: {what}"),
            }
        }
        (at, is_empty) => match (place(names, attached, at), is_empty) {
            (None, true) => "We have a question about your return; please ask us.".to_owned(),
            (Some(place), true) => format!("{place}: we have a question about it; please ask us."),
            (None, false) => what,
            (Some(place), false) => format!("{place}: {what}"),
        },
    };
    let follows = item.consequences(called, |at| cell_of_sheet(attached, at));
    for more in [likewise(attached, item), follows, asked, how].iter().filter(|more| !more.is_empty()) {
        said.extend([" ", more]);
    }
    said
}

/// True if one of a sentence's first words is the cell.
fn names_first(what: &str, cell: &str) -> bool {
    what.split_whitespace().take(5).any(|word| word == cell)
}

fn place(names: Names<'_>, attached: &[&Attached], at: Location) -> Option<String> {
    match at {
        Location::Cell(at) => Some(cell_in_words(names, attached, at)),
        Location::Sheet(file, sheet) => Some(format!("Sheet {}", names.places.sheet(file, sheet))),
        _ => None,
    }
}

/// Every one of these places that may identify a person, which a message names one by one: such a place is named, whatever
/// else waits.
pub(super) fn persons<'a>(
    names: Names<'_>,
    attached: &[&Attached],
    further: impl Iterator<Item = &'a Finding>,
    used: &[&str],
) -> Option<String> {
    let mut cells: BTreeMap<(FileId, SheetId), BTreeSet<CellRef>> = BTreeMap::new();
    let mut all: Vec<String> = Vec::new();
    let mut others = BTreeSet::new();
    for finding in further {
        match finding.at {
            Location::Cell(at) => drop(cells.entry((at.file, at.sheet)).or_default().insert(at.cell)),
            Location::File(file) => {
                others.insert(format!(
                    "{} itself: its name, properties or other parts",
                    names.places.file(file)
                ));
            }
            at => others.extend(place(names, attached, at).map(|place| {
                let file = at.file().map(|file| of_file(names, file, used));
                file.unwrap_or_default() + &place
            })),
        }
    }
    for ((file, sheet), cells) in cells {
        let word = if cells.len() == 1 { "cell" } else { "cells" };
        let cells: Vec<String> = cells.iter().map(CellRef::to_string).collect();
        let (file, sheet) = (of_file(names, file, used), names.places.sheet(file, sheet));
        all.push(format!("{file}{sheet}, {word} {}", cells.join(", ")));
    }
    all.extend(others);
    (!all.is_empty()).then(|| all.join("; "))
}

/// The name of a file before a place in it, where it is none of those that are used.
fn of_file(names: Names<'_>, file: FileId, used: &[&str]) -> String {
    let name = names.places.file(file);
    if used.is_empty() || used.contains(&name) { String::new() } else { format!("{name}, ") }
}

/// What was cleared here and still stands in the partner's own file, in a sentence each; no more is asked about it.
pub(super) fn to_take_out(
    names: Names<'_>,
    called: &Called,
    findings: &[&Finding],
    used: &[&str],
) -> Option<String> {
    let one = |finding: &&Finding| {
        let (found, _) = apart(&called.told(finding).what, "");
        match finding.at {
            // It is the partner's own file that is spoken of, whatever goes with the message.
            Location::Cell(at) => {
                let (sheet, cell) = (names.places.sheet(at.file, at.sheet), at.cell.to_string());
                let sheet = of_file(names, at.file, used) + sheet;
                match found.strip_prefix(&*cell).filter(|rest| rest.starts_with(' ')) {
                    Some(rest) => format!("{sheet}, cell {cell}{rest}"),
                    None => format!("{sheet}: {found}"),
                }
            }
            Location::Sheet(file, sheet) => {
                let of = of_file(names, file, used);
                format!("{of}Sheet {}: {found}", names.places.sheet(file, sheet))
            }
            Location::File(file) => format!("{}: {found}", names.places.file(file)),
            _ => found,
        }
    };
    let said: Vec<String> = findings.iter().map(one).collect();
    (!said.is_empty()).then(|| {
        format!(
            "Please take this out of your own file, if it still stands there; nothing more is asked about it. {}",
            clean(&said.join(" "))
        )
    })
}
