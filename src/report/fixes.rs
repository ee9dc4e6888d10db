//! What a partner is to fix in one file, in the order that costs least time.

use super::items::{Item, items};
use super::told::{Called, Told};
use super::{Chase, Names, clean, count};
use crate::finding::{Effort, Location, apart};
use crate::model::{CellRef, FileId, SheetId};

/// One thing to fix: what one mistake does to several cells of a sheet is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The sheet, if it is about one.
    pub sheet: Option<SheetId>,
    /// The cells, if it is about some, in reading order.
    pub cells: Vec<CellRef>,
    /// What was found in each of them.
    pub notes: Vec<String>,
    /// Where, in words.
    pub place: String,
    /// What was found.
    pub what: String,
    /// What to do.
    pub how: String,
    /// True if something is to be added that a form has.
    pub adds: bool,
    /// How long it takes about, in seconds.
    pub seconds: u32,
}

/// Seconds for the first cell, and for each further one.
const fn seconds(effort: Effort) -> (u32, u32) {
    match effort {
        Effort::Retype => (60, 20),
        Effort::LookUp => (120, 30),
        Effort::Add | Effort::FillIn => (600, 120),
        Effort::Sum => (240, 120),
    }
}

/// What the partner is to fix in one of its files. What is in none of these `files` is listed with the first.
#[must_use]
pub fn fixes(names: Names<'_>, chase: &Chase<'_>, file: FileId, files: &[FileId]) -> Vec<Fix> {
    let called = Called::new(names, chase.partner);
    let items = items(chase).into_iter().filter(|item| item.home(files) == Some(file));
    let mut items: Vec<Item<'_>> = items.collect();
    items.sort_by_key(|item| {
        let (sheet, cell) = spot(item.first.at, file);
        (item.first.effort, sheet, cell)
    });
    items.iter().map(|item| fix(names, &called, item, file)).collect()
}

/// The sheet and cell that a place is in, if it is in this file.
fn spot(at: Location, file: FileId) -> (Option<SheetId>, Option<CellRef>) {
    match at {
        Location::Cell(at) if at.file == file => (Some(at.sheet), Some(at.cell)),
        Location::Sheet(own, sheet) if own == file => (Some(sheet), None),
        _ => (None, None),
    }
}

fn fix(names: Names<'_>, called: &Called, item: &Item<'_>, file: FileId) -> Fix {
    let (what, how) = in_words(called.told(item.first));
    let more = [item.likewise(), clean(&item.consequences(called, |at| at.cell.to_string())).into_owned()];
    let what = more.iter().filter(|more| !more.is_empty()).fold(what, |what, more| format!("{what} {more}"));
    let each = item.marked().filter_map(|finding| {
        let (_, cell) = spot(finding.at, file);
        Some((cell?, in_words(called.told(finding)).0))
    });
    let (cells, notes) = each.unzip();
    let (one, more) = seconds(item.first.effort);
    let others = u32::try_from(item.others.len() + item.again.len()).unwrap_or(u32::MAX);
    let seconds = one.saturating_add(more.saturating_mul(others));
    let sheet = spot(item.first.at, file).0;
    let adds = item.first.effort == Effort::Add;
    Fix { sheet, cells, notes, place: item.place(names, file), what, how, adds, seconds }
}

/// What was found and what to do.
fn in_words(Told { what, how }: Told) -> (String, String) {
    if what.is_empty() {
        return ("We have a question about this.".to_owned(), "Please ask us.".to_owned());
    }
    apart(&clean(&what), &clean(&how))
}

impl Fix {
    /// The same on the list of a form in place of the partner's file.
    #[must_use]
    pub fn in_form(mut self) -> Self {
        if self.adds {
            FORM_HAS_IT_HERE.clone_into(&mut self.how);
            self.seconds = seconds(Effort::FillIn).0;
        }
        self
    }
}

/// What is asked for in a form that has what the partner's own file lacks.
const FORM_HAS_IT_HERE: &str = "This workbook has it: fill it in here, and send us this workbook.";

/// A length of time in words, in whole minutes.
#[must_use]
pub fn minutes(seconds: u32) -> String {
    count(seconds.div_ceil(60) as usize, "minute", "minutes")
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{differing, partners, places};
    use super::*;
    use crate::finding::{Code, Detail, Finding};

    #[test]
    fn what_takes_least_comes_first_and_sums_last() {
        let order = [Effort::Retype, Effort::LookUp, Effort::Add, Effort::FillIn, Effort::Sum];
        let one = |(number, effort): (usize, &Effort)| {
            let code = Code(["a", "b", "c", "d", "e"][number]);
            Finding { code, effort: *effort, ..differing(Detail::default()) }
        };
        let mut found: Vec<Finding> = order.iter().enumerate().map(one).collect();
        found.reverse();
        let (partners, places) = (partners(), places());
        let chase = Chase::asking(&partners[0], &found);
        let names = Names { places: &places, partners: &partners };
        let file = FileId(0);
        let listed: Vec<u32> = fixes(names, &chase, file, &[file]).iter().map(|fix| fix.seconds).collect();
        assert_eq!(listed, order.map(|effort| seconds(effort).0));
    }

    #[test]
    fn times_are_whole_minutes() {
        assert_eq!(minutes(60), "1 minute");
        assert_eq!(minutes(61), "2 minutes");
    }
}
