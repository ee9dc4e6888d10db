//! One cell holds several numbered items.
//!
//! ## What it does
//!
//! Notes texts with two or more lines that are numbered 1, 2, 3 … They are kept together.
//!
//! ## Why it matters
//!
//! Two updates or two actions under one reference share one rating, and perhaps should not.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | "1. Course held\n2. Guide written"
//! ! G2 several-items: G2 holds 2 numbered items under one reference, 1.1.1. We kept them together. If they differ, give each its own row.
//! ```
//!
//! ## How to fix
//!
//! If they differ, give each its own row.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Location, Severity};
use crate::model::{Record, Table};
use crate::schema::Role;

pub(super) struct SeveralItems;

const META: Meta =
    Meta { name: "several-items", severity: Severity::Note, source: include_str!("several_items.rs") };

impl Check for SeveralItems {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for record in rows {
            let fields = schema.fields.iter().zip(&record.cells);
            for (_, cell) in
                fields.filter(|(field, _)| matches!(field.role, Some(Role::Update | Role::Title)))
            {
                let items = cell.text().map_or(0, numbered);
                if items >= 2 {
                    let message = format!(
                        "{} holds {items} numbered items under one reference, {}. We kept them together. If they differ, give each its own row.",
                        cell.at.cell,
                        cx.row_name(schema, record)
                    );
                    out.add(Location::Cell(cell.at), message);
                }
            }
        }
    }
}

/// How many lines begin with 1, 2, 3 … in their order, each with a full stop or a bracket behind it.
fn numbered(text: &str) -> usize {
    if !text.contains('\n') {
        return 0;
    }
    let mut next = 1;
    for line in text.lines() {
        let line = line.trim_start().trim_start_matches('(');
        let digits = line.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(line.len());
        let (number, rest) = line.split_at(digits);
        // 2.1 begins a reference, not an item.
        let ends = rest.starts_with([')', '.', ':'])
            && !rest.get(1..).is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
        if ends && number.parse() == Ok(next) {
            next += 1;
        }
    }
    next - 1
}
