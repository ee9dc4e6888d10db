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
use crate::finding::{Effort, Location, Severity};
use crate::model::{HeldReason, Submission};
use crate::round::held::Held;
use std::collections::BTreeSet;

pub(super) struct OtherBoard;

const META: Meta = Meta {
    name: "other-board",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("other_board.rs"),
};

impl Check for OtherBoard {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, _: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        for rows in held.chunk_by(|a, b| a.place.0 == b.place.0) {
            let named = rows.iter().filter_map(|row| match &row.why {
                HeldReason::OtherBoard { field, board } => Some((held::cell(row, *field), board.as_str())),
                _ => None,
            });
            let places: Vec<_> = named.clone().map(|(at, _)| at).collect();
            let Some((first, others)) = places.split_first() else { continue };
            let boards: BTreeSet<&str> = named.map(|(_, board)| board).collect();
            let verb = if others.is_empty() { "is" } else { "are" };
            let message = format!(
                "{} {verb} for another board: {}. We used only the rows for {}.",
                count(places.len(), "row", "rows"),
                list(&boards.into_iter().take(MOST_NAMED).collect::<Vec<_>>()),
                cx.round.code
            );
            out.add(Location::Cell(*first), message)
                .help("The rows are held. If they are for this board, correct the board's name.")
                .related(others.iter().map(|at| (Location::Cell(*at), "the same".to_owned())));
        }
    }
}

/// The most boards that the message names.
const MOST_NAMED: usize = 6;
