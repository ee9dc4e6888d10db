//! Rows of a return are for another board.
//!
//! ## What it does
//!
//! Notes, once for a table, the rows that name another board than this round's. They are held, not merged.
//!
//! ## Why it matters
//!
//! A partner that serves several boards may send one file to all of them. Adding the other boards' rows would count
//! their money here.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "money"
//! title = "Money"
//! sheet = ["Money"]
//! primaryKey = ["agency", "line"]
//!
//! [[table.fields]]
//! name = "board"
//! title = "Board"
//! type = "string"
//! role = "board"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "line"
//! title = "Line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//! constraints = { required = true }
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Money
//! A1: Board | Agency | Line | Paid
//! A2: WSB | NHS Wyevale | Staff | 100
//! A3: SSB | NHS Wyevale | Staff | 900
//! ! A3 other-board: 1 row is for another board: SSB. We used only the rows for WSB.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the rows are the other board's.
//!
//! ## Settings
//!
//! `role = "board"` on a field; `board` and `code` in `round.toml`.

use super::common::held;
use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Location, Severity};
use crate::model::{Submission, Table};
use crate::schema::Role;
use std::collections::BTreeSet;

pub(super) struct OtherBoard;

const META: Meta =
    Meta { name: "other-board", severity: Severity::Note, source: include_str!("other_board.rs") };

impl Check for OtherBoard {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let Some(field) = schema.role(Role::Board) else { return };
        let mut others = BTreeSet::new();
        let (mut first, mut rows) = (None, 0);
        for record in &table.records {
            let Some(board) = held::names_other_board(cx, schema, record) else { continue };
            rows += 1;
            first.get_or_insert(record.cells[field].at);
            if others.len() < MOST_NAMED {
                others.insert(board);
            }
        }
        let Some(first) = first else { return };
        let verb = if rows == 1 { "is" } else { "are" };
        let boards: Vec<_> = others.into_iter().collect();
        let message = format!(
            "{} {verb} for another board: {}. We used only the rows for {}.",
            count(rows, "row", "rows"),
            list(&boards),
            cx.round.code
        );
        out.add(Location::Cell(first), message);
    }
}

/// The most boards that the message names.
const MOST_NAMED: usize = 6;
