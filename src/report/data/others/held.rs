//! Rows that were read and not merged.

use super::super::column::Kind;
use super::{Has, Made, Others, words};
use crate::model::HeldReason;
use std::io::Write;

impl<W: Write> Others<'_, W> {
    pub(super) fn held(&self) -> Made<W> {
        let is = ("held", "Rows that are held", "Rows that were read and not merged, each with its reason.");
        let has: Has<'_> = &[
            ("no", "Number", Kind::Whole, true),
            ("table", "Table", Kind::Text, true),
            ("partner", "Partner", Kind::Text, false),
            ("file", "File", Kind::Text, true),
            ("sheet", "Sheet", Kind::Text, false),
            ("cell", "First cell", Kind::Text, true),
            ("row", "Row", Kind::Whole, true),
            ("reason", "Reason", words(&REASONS), true),
            ("why", "Why and what to do", Kind::Text, true),
            ("pounds", "Pounds in it", Kind::Pounds, true),
        ];
        let keys = &[("partner", "partners", "code"), ("file", "files", "file")];
        self.table(is, has, keys, |table| {
            for row in &self.whole.consolidated.held {
                table.whole(i64::from(table.rows) + 1);
                table.maybe(self.called.merged.get(row.table).map(String::as_str));
                table.maybe(self.code(row.partner));
                self.place(table, Some(row.at));
                table.whole(i64::from(row.at.cell.row) + 1);
                table.text(reason(&row.reason));
                table.text(&row.why);
                table.pounds(Some(row.pounds));
                table.end()?;
            }
            Ok(())
        })
    }

    pub(super) fn held_cells(&self) -> Made<W> {
        let is = (
            "held-cells",
            "Cells of rows that are held",
            "What stands in the rows that are held, in words, and as a number where it is one.",
        );
        let has: Has<'_> = &[
            ("held", "Number of the row", Kind::Whole, true),
            ("field", "Field", Kind::Text, true),
            ("words", "In words", Kind::Text, true),
            ("number", "As a number", Kind::Number, false),
        ];
        self.table(is, has, &[("held", "held", "no")], |table| {
            for (number, row) in (1..).zip(&self.whole.consolidated.held) {
                let fields = self.round.schema.tables.get(row.table).map_or(&[][..], |schema| &schema.fields);
                let filled =
                    row.cells.iter().zip(fields).enumerate().filter(|(_, (cell, _))| !cell.is_empty());
                for (index, (cell, field)) in filled {
                    table.whole(number);
                    table.text(&field.name);
                    table.text(cell);
                    let amount = row.amounts.iter().find(|(field, _)| *field == index);
                    table.maybe_number(amount.map(|(_, amount)| *amount));
                    table.end()?;
                }
            }
            Ok(())
        })
    }
}

const REASONS: [&str; 7] =
    ["other-board", "other-partner", "unreadable-key", "no-key", "not-in-plan", "not-asked", "repeats"];

const fn reason(reason: &HeldReason) -> &'static str {
    let [board, partner, unreadable, no_key, not_in_plan, not_asked, repeats] = REASONS;
    match reason {
        HeldReason::OtherBoard { .. } => board,
        HeldReason::OtherPartner { .. } => partner,
        HeldReason::UnreadableKey { .. } => unreadable,
        HeldReason::NoKey { .. } => no_key,
        HeldReason::NotInPlan { .. } => not_in_plan,
        HeldReason::NotAsked { .. } => not_asked,
        HeldReason::Repeats { .. } => repeats,
    }
}
