//! Rows that may be remarks: decided by what they hold and by where the data ends. A row with a figure is no remark.

use super::{Kind, Place, Reader, Summary};
use crate::locate::{remark, row};
use crate::model::{CellRef, Raw, RawCell, RowRole};
use crate::schema::Field;

/// A row whose role depends on what comes after it.
pub(super) struct Doubtful {
    /// Its place among the rows.
    pub(super) index: usize,
    /// Its first filled cell.
    pub(super) cell: CellRef,
    /// How it stands to the rows above; apart too if they end with a total or a note.
    pub(super) place: Place,
    /// True if it is its only filled cell.
    pub(super) single: bool,
    /// True if nothing of it is in a field's column.
    pub(super) outside: bool,
}

impl<'a> Reader<'a> {
    /// True for `Prepared by:` and the like: nothing stands beside it in a field's column, or it is a remark without
    /// a figure. A row with an amount is never left out, whatever its first words end with.
    pub(super) fn is_signature(
        &self,
        cells: &[RawCell],
        first: &RawCell,
        text: &str,
        summary: Summary,
    ) -> bool {
        if !text.trim_end().ends_with(':') {
            return false;
        }
        let own = u32::from(matches!(self.kind(first.at.column), Kind::Field(_)));
        summary.mapped == own || remark::begins(text) && !self.has_figure(cells, Some(text))
    }

    /// The field in whose column a cell stands, if anything is in it.
    fn field(&self, cell: &RawCell) -> Option<(usize, &'a Field)> {
        let Kind::Field(index) = self.kind(cell.at.column) else { return None };
        let field = self.table.fields.get(index)?;
        (!self.sheet.raw(cell).is_blank()).then_some((index, field))
    }

    /// True if a column of figures holds something; beside the words of a remark, something that may be a figure.
    fn has_figure(&self, cells: &[RawCell], text: Option<&str>) -> bool {
        let remark = text.is_some_and(remark::begins);
        cells.iter().any(|cell| {
            let figures = self.field(cell).is_some_and(|(_, field)| remark::is_of_figures(field));
            figures && (!remark || remark::may_be_figure(self.sheet.raw(cell)))
        })
    }

    /// True if a row's key or one of its figures is there, where nothing but rows of the table would have them.
    pub(super) fn looks_like_data(&self, cells: &[RawCell], text: Option<&str>) -> bool {
        let fields = self.table.fields.iter().enumerate();
        let keyed = fields.into_iter().any(|(index, field)| self.is_key(index, field));
        self.has_figure(cells, text)
            || cells.iter().filter_map(|cell| Some((cell, self.field(cell)?))).any(
                |(cell, (index, field))| {
                    (!keyed || self.is_key(index, field))
                        && match self.sheet.raw(cell) {
                            Raw::Text(text) => remark::key_like(field, text),
                            _ => true,
                        }
                },
            )
    }

    fn is_key(&self, index: usize, field: &Field) -> bool {
        self.table.primary_key.contains(&index) || field.constraints.required
    }

    /// Decides the doubtful rows, now that it is known where the data ends.
    pub(super) fn settle(&mut self) {
        for mut doubtful in std::mem::take(&mut self.doubtful) {
            // What stands right under a note is as far from the data as the note.
            let above = doubtful.index.checked_sub(1).and_then(|above| self.rows.get(above));
            if doubtful.place == Place::Under && above.is_some_and(|(_, role)| *role == RowRole::Note) {
                doubtful.place = Place::Apart;
            }
            let role = self.doubtful_role(&doubtful);
            if role == RowRole::Data {
                let cells = self.sheet.row(doubtful.cell.row);
                self.count_extra(cells);
            }
            if let Some(row) = self.rows.get_mut(doubtful.index) {
                row.1 = role;
            }
        }
    }

    fn doubtful_role(&self, row: &Doubtful) -> RowRole {
        let Some(Raw::Text(text)) = self.sheet.value(row.cell) else {
            return if row.outside { RowRole::Note } else { RowRole::Data };
        };
        let behind = |last: Option<usize>| last.is_none_or(|last| row.index > last);
        let apart = row.place != Place::Under;
        let may_be_key = self.may_be_key(row.cell, text);
        let figures = match self.kind(row.cell.column) {
            Kind::Field(index) => self.table.fields.get(index).is_some_and(remark::is_of_figures),
            Kind::Extra(_) | Kind::Unknown | Kind::Reminder => false,
        };
        if figures && remark::is_amount(text) {
            return RowRole::Data;
        }
        let trailing = behind(self.last_data);
        if row.single && self.may_head(row.cell) && !may_be_key && !trailing {
            return RowRole::Subheading(row::tidy(text));
        }
        // Under the last row there is nothing that words could be the heading of.
        if row.single
            && trailing
            && self.may_head(row.cell)
            && !may_be_key
            && !(figures && remark::may_state_figure(text))
        {
            return RowRole::Note;
        }
        if figures && remark::may_state_figure(text) {
            return RowRole::Data;
        }
        let trailing = row.place == Place::Beyond || behind(self.last_near);
        if row.outside || trailing && apart && !may_be_key {
            return RowRole::Note;
        }
        RowRole::Data
    }

    /// What is said of the rows below the blank rows that end the table.
    pub(super) fn beyond(&self, blank_rows: u32) -> Vec<String> {
        let rows = self.first_beyond.and_then(|first| self.rows.get(first..)).unwrap_or_default();
        let mut reasons = Vec::new();
        if rows.iter().any(|(_, role)| matches!(role, RowRole::Data)) {
            reasons.push(format!(
                "Rows that stand more than {blank_rows} blank rows below the table look like rows of it and were read."
            ));
        }
        if rows.iter().any(|(_, role)| *role == RowRole::Note) {
            let what = if reasons.is_empty() { "What stands" } else { "What else stands" };
            reasons.push(format!(
                "{what} more than {blank_rows} blank rows below the table was listed as notes."
            ));
        }
        reasons
    }

    /// True if a cell stands where sub-headings stand: at the left, over several columns, or in the column they fill.
    fn may_head(&self, at: CellRef) -> bool {
        let left = self.kinds.iter().position(|kind| matches!(kind, Kind::Field(_))).unwrap_or(0);
        let filled = self.table.subheading_fill.map(Kind::Field) == Some(self.kind(at.column));
        self.table.subheadings && (usize::from(at.column) <= left || filled || self.across(at))
    }

    /// True if a text on its own may be the key of a row whose other cells are blank.
    fn may_be_key(&self, at: CellRef, text: &str) -> bool {
        let Kind::Field(index) = self.kind(at.column) else { return false };
        let Some(field) = self.table.fields.get(index) else { return false };
        self.is_key(index, field) && !self.across(at) && remark::key_like(field, text)
    }

    /// True if a cell is merged over several columns, as titles are.
    fn across(&self, at: CellRef) -> bool {
        !self.sheet.merged.is_empty()
            && self.sheet.merged_area(at).is_some_and(|(first, last)| first.column < last.column)
    }
}
