//! Rows that look like headings, without a schema.

use super::record::HeadingRow;
use crate::model::{Raw, RawCell, Sheet};
use crate::report::clean;

/// Filled rows of a sheet that are searched.
const SEARCHED: usize = 60;
/// Bytes of the longest heading.
const LONGEST: usize = 120;
/// Bytes of a heading on average, at most.
const USUAL: usize = 30;
/// Characters of a heading shown.
const SHOWN: usize = 40;

/// Filled rows below headings among which one must be like them.
const BELOW: usize = 4;

/// Up to two rows that look like headings, likeliest first: short, different texts and nothing else, with a row below that
/// is filled like them.
pub(super) fn candidates(sheet: &Sheet) -> Vec<HeadingRow> {
    let rows: Vec<(u32, &[RawCell])> = sheet.rows().take(SEARCHED + BELOW).collect();
    let mut found: Vec<(u32, &[RawCell])> = Vec::new();
    for (place, &(row, cells)) in rows.iter().enumerate() {
        let below = rows.iter().skip(place + 1).take(BELOW);
        let continues = below.clone().any(|(_, below)| below.len() * 2 >= cells.len());
        if continues && all_short_texts(sheet, cells) {
            found.push((row, cells));
        }
    }
    found.sort_by_key(|(row, cells)| (std::cmp::Reverse(cells.len()), *row));
    found.truncate(2);
    found.into_iter().map(|(row, cells)| shown(sheet, row, cells)).collect()
}

/// True for three or more texts, all different and none long.
fn all_short_texts(sheet: &Sheet, cells: &[RawCell]) -> bool {
    let text = |cell| match sheet.raw(cell) {
        Raw::Text(text) if !text.trim().is_empty() && text.len() <= LONGEST => Some(text.trim()),
        _ => None,
    };
    let Some(mut texts) = cells.iter().map(text).collect::<Option<Vec<&str>>>() else { return false };
    let characters: usize = texts.iter().map(|text| text.len()).sum();
    texts.sort_unstable();
    texts.dedup();
    texts.len() >= 3 && texts.len() == cells.len() && characters <= USUAL * cells.len()
}

fn shown(sheet: &Sheet, row: u32, cells: &[RawCell]) -> HeadingRow {
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
