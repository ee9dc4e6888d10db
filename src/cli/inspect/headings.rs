//! Rows that look like headings, without a schema.

use super::record::HeadingRow;
use crate::model::{Raw, Sheet};
use crate::report::clean;

/// Filled rows of a sheet that are searched.
const SEARCHED: usize = 60;
/// Characters of a heading shown.
const SHOWN: usize = 40;

/// Up to three rows that look like headings, likeliest first: several short, different texts with rows like them below.
pub(super) fn candidates(sheet: &Sheet) -> Vec<HeadingRow> {
    let rows: Vec<_> = sheet.rows().take(SEARCHED + 1).collect();
    let mut scored: Vec<(usize, u32, &[crate::model::RawCell])> = rows
        .windows(2)
        .filter_map(|pair| {
            let [(row, cells), (next, below)] = pair else { return None };
            let texts = short_texts(sheet, cells);
            let follows = *next <= row + 2 && below.len() * 2 >= cells.len();
            (texts >= 3 && texts * 3 >= cells.len() * 2 && follows).then_some((texts, *row, *cells))
        })
        .collect();
    scored.sort_by_key(|(texts, row, _)| (std::cmp::Reverse(*texts), *row));
    scored.truncate(3);
    scored.into_iter().map(|(_, row, cells)| shown(sheet, row, cells)).collect()
}

fn short_texts(sheet: &Sheet, cells: &[crate::model::RawCell]) -> usize {
    let mut texts: Vec<&str> = cells
        .iter()
        .filter_map(|cell| match sheet.raw(cell) {
            Raw::Text(text) if !text.trim().is_empty() && text.len() <= 80 => Some(text.trim()),
            _ => None,
        })
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

fn shown(sheet: &Sheet, row: u32, cells: &[crate::model::RawCell]) -> HeadingRow {
    let text = |cell| {
        let typed = sheet.raw(cell).as_typed();
        let short: String = clean(&typed).trim().chars().take(SHOWN).collect();
        short
    };
    HeadingRow { row: row.saturating_add(1), cells: cells.iter().map(text).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, FileId, SheetId};

    #[test]
    fn headings_under_a_title_are_found() {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Plan");
        sheet.push(CellRef::new(0, 1), Raw::Text("Quarterly return"));
        for (column, heading) in ["Ref", "Action", "Status"].into_iter().enumerate() {
            let column = u16::try_from(column).expect("small");
            sheet.push(CellRef::new(3, column), Raw::Text(heading));
            sheet.push(CellRef::new(4, column), Raw::Number(1.0));
        }
        sheet.finish();
        let found = candidates(&sheet);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].row, found[0].cells.join("|")), (4, "Ref|Action|Status".to_owned()));
    }
}
