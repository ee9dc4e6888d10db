//! The workbooks that go with a message.

use super::groups::ranges;
use super::items::Item;
use super::{Names, clean};
use crate::finding::Location;
use crate::model::{CellRef, FileId, Origin, SheetId};
use std::collections::BTreeMap;

/// A workbook that goes with the message to a partner.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The partner's code.
    pub partner: String,
    /// Its name.
    pub name: String,
    /// The file of the partner's that it is made from.
    pub of: FileId,
    /// What it is, where it is not that file itself.
    pub form: Option<Form>,
}

/// A form that goes with a message in place of a partner's own file.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Why it is not the partner's own file.
    pub why: String,
    /// Where cells of the partner's own file stand in it.
    pub places: BTreeMap<(SheetId, CellRef), (String, CellRef)>,
}

/// The form that goes in place of a file, if one does.
pub(super) fn form_of<'a>(attached: &[&'a Attached], file: Option<FileId>) -> Option<&'a Form> {
    attached.iter().find(|one| Some(one.of) == file)?.form.as_ref()
}

/// Where a cell is: in the form that goes with the message, else in the partner's own file.
pub(super) fn cell_in_words(names: Names<'_>, attached: &[&Attached], at: Origin) -> String {
    let (file, sheet) = (names.places.file(at.file), names.places.sheet(at.file, at.sheet));
    match form_of(attached, Some(at.file)) {
        Some(form) => match form.places.get(&(at.sheet, at.cell)) {
            Some((tab, cell)) if tab == sheet && *cell == at.cell => format!("{sheet}, cell {cell}"),
            Some((tab, cell)) => {
                format!("{tab}, cell {cell} of the form (in your file: {sheet}, {})", at.cell)
            }
            None => own_cell(names, attached, at),
        },
        // Which of several files it is has to be said.
        None if attached.len() > 1 => format!("{file}, {sheet}, cell {}", at.cell),
        None => format!("{sheet}, cell {}", at.cell),
    }
}

/// Where a cell is in the partner's own file.
pub(super) fn own_cell(names: Names<'_>, attached: &[&Attached], at: Origin) -> String {
    let (file, sheet) = (names.places.file(at.file), names.places.sheet(at.file, at.sheet));
    match form_of(attached, Some(at.file)) {
        Some(_) => format!("In your file {file}, {sheet}, cell {}", at.cell),
        None => cell_in_words(names, attached, at),
    }
}

/// A cell of a sheet that has been named: in the form that goes with the message, else in the partner's own file.
pub(super) fn cell_of_sheet(attached: &[&Attached], at: Origin) -> String {
    let form = form_of(attached, Some(at.file));
    match form.map(|form| form.places.get(&(at.sheet, at.cell))) {
        Some(Some((_, cell))) => format!("{cell} of the form"),
        Some(None) => format!("{} of your own file", at.cell),
        None => at.cell.to_string(),
    }
}

/// That what is said of the first cell goes for others too, where they stand for the partner; empty if there are none.
pub(super) fn likewise(attached: &[&Attached], item: &Item<'_>) -> String {
    let said = item.likewise();
    let Some(form) = form_of(attached, item.first.at.file()).filter(|_| !said.is_empty()) else {
        return said;
    };
    let places: Option<Vec<&(String, CellRef)>> = item
        .own()
        .map(|finding| match finding.at {
            Location::Cell(at) => form.places.get(&(at.sheet, at.cell)),
            _ => None,
        })
        .collect();
    match places.as_deref() {
        Some([first, others @ ..]) if others.iter().all(|other| other.0 == first.0) => {
            let cells: Vec<CellRef> = others.iter().map(|other| other.1).collect();
            format!("The same goes for {} of the form.", ranges(&cells))
        }
        _ => format!("{} of your own file.", said.trim_end_matches('.')),
    }
}

/// What goes with a message, in words: `NHS.xlsx and NHS-2.xlsx`.
pub(super) fn in_words(attached: &[&Attached]) -> String {
    let files: Vec<&str> = attached.iter().map(|one| one.name.as_str()).collect();
    clean(&files.join(" and ")).into_owned()
}
