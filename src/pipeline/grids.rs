//! Grids that the first look had to read whole, kept for the second while there is room.

use crate::model::{CellRef, RawCell, Sheet, Workbook};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most that is kept, in bytes of cells and text.
const ROOM: usize = 32 << 20;

/// Grids by the places of their files.
#[derive(Debug)]
pub(super) struct Grids(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    room: usize,
    /// Each with the fingerprint of the bytes that it was read from.
    grids: BTreeMap<usize, (String, Workbook)>,
}

impl Default for Grids {
    fn default() -> Self {
        Self(Mutex::new(Kept { room: ROOM, grids: BTreeMap::new() }))
    }
}

impl Grids {
    /// Keeps a file's grid, if there is room.
    pub(super) fn keep(&self, place: usize, sha256: String, workbook: Workbook) {
        let size = size(&workbook);
        let mut kept = self.lock();
        if let Some(room) = kept.room.checked_sub(size) {
            kept.room = room;
            kept.grids.insert(place, (sha256, workbook));
        }
    }

    /// Gives a file's grid away, if it was kept and the file has not changed since.
    pub(super) fn take(&self, place: usize, sha256: &str) -> Option<Workbook> {
        let (of, workbook) = self.lock().grids.remove(&place)?;
        (of == sha256).then_some(workbook)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(workbook: &Workbook) -> usize {
    let sheets = workbook.sheets.iter();
    let formulas = |sheet: &Sheet| {
        sheet
            .formulas()
            .iter()
            .map(|(_, formula)| formula.len() + size_of::<(CellRef, Box<str>)>())
            .sum::<usize>()
    };
    let cells = |sheet: &Sheet| size_of_val::<[RawCell]>(sheet.cells());
    sheets.map(|sheet| cells(sheet) + sheet.text_bytes() + formulas(sheet)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, FileKind, Raw, SheetId};

    fn workbook(text: &str) -> Workbook {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Plan".to_owned());
        sheet.push(CellRef::new(0, 0), Raw::Text(text));
        let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
        workbook.sheets.push(sheet);
        workbook
    }

    #[test]
    fn a_grid_is_given_away_once_and_only_for_the_same_bytes() {
        let grids = Grids::default();
        grids.keep(3, "a".to_owned(), workbook("x"));
        grids.keep(4, "b".to_owned(), workbook("y"));
        assert!(grids.take(2, "a").is_none());
        assert!(grids.take(3, "a").is_some() && grids.take(3, "a").is_none());
        assert!(grids.take(4, "changed").is_none());
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let grids = Grids::default();
        grids.keep(0, String::new(), workbook(&"x".repeat(20 << 20)));
        grids.keep(1, String::new(), workbook(&"x".repeat(20 << 20)));
        grids.keep(2, String::new(), workbook("x"));
        assert!(grids.take(0, "").is_some() && grids.take(1, "").is_none() && grids.take(2, "").is_some());
    }
}
