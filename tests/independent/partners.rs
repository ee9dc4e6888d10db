//! The files of a case that changes the return of one of several partners.
//!
//! `Plan (as NHS)` is the sheet *Plan* of the base return `NHS` with the cells of the case laid over it (`""` empties a
//! cell), `Plan Q4 (as NHS Plan)` the same under another name; any other sheet is the case's own.

use super::returns::{change, count_from_1904, made};
use crate::support::notation::{File, SheetText};
use crate::support::workbooks;

/// The case's files with the base returns under them.
pub(crate) fn of(files: &[File], bases: &[File]) -> Vec<File> {
    let whole = |file: &File| {
        let sheets = file.sheets.iter().map(|sheet| laid_over(sheet, bases)).collect();
        File { sheets, ..file.clone() }
    };
    files.iter().map(whole).collect()
}

fn laid_over(own: &SheetText, bases: &[File]) -> SheetText {
    let Some((name, like)) = own.name.strip_suffix(')').and_then(|name| name.rsplit_once(" (as ")) else {
        return own.clone();
    };
    let (code, sheet) = like.split_once(' ').unwrap_or((like, name));
    let base = bases.iter().find(|file| file.name == code);
    let base = base.and_then(|file| file.sheets.iter().find(|there| there.name == sheet));
    let base = base.unwrap_or_else(|| panic!("no base for {}", own.name));
    let mut laid = SheetText { name: name.to_owned(), ..base.clone() };
    change(&mut laid, own);
    laid
}

/// The file's name and bytes; none if no workbook of its kind can be made here.
pub(crate) fn bytes(file: &File) -> Option<(String, Vec<u8>)> {
    let mut file = file.clone();
    let oddities: Vec<_> = std::mem::take(&mut file.oddities);
    let macros = oddities.iter().any(|(what, _)| what == "macros");
    if file.kind.is_some() || oddities.iter().any(|(what, _)| what != "macros") {
        return None;
    }
    let mac = file.sheets.iter().any(|sheet| sheet.from_1904);
    if mac {
        count_from_1904(&mut file);
    }
    let mut bytes = workbooks::xlsx(&file);
    for how in [mac.then_some("mac dates"), macros.then_some("macros")].into_iter().flatten() {
        bytes = made(&bytes, how);
    }
    Some((file.name, bytes))
}
