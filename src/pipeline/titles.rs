//! What the titles of a return and its file's name say of its period.

use crate::model::{Layout, Mention, Raw, RowRole, Sheet, SheetId, Workbook};
use crate::parse;

/// Quarters mentioned in titles above the tables, in sheet order, then in the file's name.
pub(super) fn mentions(workbook: &Workbook, layouts: &[Layout], name: &str) -> Vec<Mention> {
    let sheet = |layout: &Layout| workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet);
    let titles = layouts.iter().filter_map(|layout| Some((sheet(layout)?, layout)));
    let mut mentions: Vec<Mention> = titles.flat_map(|(sheet, layout)| above(sheet, layout)).collect();
    mentions.sort_by_key(|mention| mention.at);
    // A row of a key, one quarter a cell, says nothing of this return's.
    let several: Vec<_> = mentions
        .iter()
        .filter(|one| {
            mentions.iter().any(|other| row_of(one) == row_of(other) && one.quarter != other.quarter)
        })
        .map(row_of)
        .collect();
    mentions.retain(|mention| !several.contains(&row_of(mention)));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    mentions.extend(parse::quarter_mentioned(stem, None));
    mentions
}

fn row_of(mention: &Mention) -> Option<(SheetId, u32)> {
    mention.at.map(|at| (at.sheet, at.cell.row))
}

fn above<'s>(sheet: &'s Sheet, layout: &'s Layout) -> impl Iterator<Item = Mention> + use<'s> {
    let rows = layout.rows.iter().filter(|(_, role)| *role == RowRole::Title);
    rows.flat_map(|(row, _)| sheet.row(*row)).filter_map(|cell| match sheet.raw(cell) {
        Raw::Text(text) => parse::quarter_mentioned(text, Some(sheet.origin(cell.at))),
        _ => None,
    })
}
