//! Values merged downwards over several rows: given to each of them, but never money or numbers.

use super::cell;
use super::plan::{Kind, Plan};
use crate::model::{Cell, CellRef, Change, ChangeKind, Reading, Sheet};

/// The downward merged areas of each field's column, in row order.
pub(super) struct Spread {
    areas: Vec<Vec<(u32, u32)>>,
    any: bool,
}

impl Spread {
    pub(super) fn new(sheet: &Sheet, plan: &Plan<'_>) -> Self {
        let mut areas: Vec<Vec<(u32, u32)>> = vec![Vec::new(); plan.fields.len()];
        let mut any = false;
        for (first, last) in sheet.merged.iter().filter(|(first, last)| first.row < last.row) {
            let field = plan
                .fields
                .iter()
                .position(|field| field.column == Some(first.column) && spreads(&field.kind));
            if let Some(areas) = field.and_then(|index| areas.get_mut(index)) {
                areas.push((first.row, last.row));
                any = true;
            }
        }
        for areas in &mut areas {
            areas.sort_unstable();
        }
        Self { areas, any }
    }

    /// Fills the blank cells of a row from the areas that cover them.
    pub(super) fn fill(&self, sheet: &Sheet, plan: &Plan<'_>, row: u32, cells: &mut [Cell]) {
        if !self.any {
            return;
        }
        for ((areas, field), slot) in self.areas.iter().zip(&plan.fields).zip(cells) {
            let Some(column) = field.column.filter(|_| slot.reading == Reading::Blank) else { continue };
            let above = areas.partition_point(|(first, _)| *first < row);
            let Some((first, last)) = above.checked_sub(1).and_then(|index| areas.get(index)) else {
                continue;
            };
            let top = CellRef::new(*first, column);
            if *last < row {
                continue;
            }
            if let Some(raw) = sheet.value(top).filter(|raw| !raw.is_blank()) {
                let typed = cell::passed_on(plan, field, (raw, sheet.origin(top)));
                *slot = cell::read(plan, field, raw, sheet.origin(top));
                slot.change = Some(Box::new(Change { typed, kind: ChangeKind::MergedDown }));
            }
        }
    }
}

fn spreads(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Text | Kind::Agency | Kind::Date | Kind::Code(_) | Kind::Period)
}
