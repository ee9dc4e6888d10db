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
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table, folds_alike};
use crate::schema::{Role, TableSchema};

pub(super) struct SeveralItems;

const META: Meta = Meta {
    name: "several-items",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("several_items.rs"),
};

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
                    let told = out.add(Location::Cell(cell.at), message);
                    if cell.text().is_some_and(|text| differ(cx, schema, text)) {
                        told.severity(Severity::Query);
                    }
                }
            }
        }
    }
}

/// How many lines begin with 1, 2, 3 … or a, b, c … in their order, each with a full stop or a bracket behind it.
fn numbered(text: &str) -> usize {
    if !text.contains('\n') {
        return 0;
    }
    let (mut digits, mut letters) = (0, 0);
    for line in text.lines() {
        let line = line.trim_start().trim_start_matches('(');
        let end = line.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(line.len());
        let (mark, rest) = line.split_at(end);
        // 2.1 begins a reference, not an item.
        let ends = rest.starts_with([')', '.', ':'])
            && !rest.get(1..).is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
        if ends && mark.parse() == Ok(digits + 1) {
            digits += 1;
        }
        let wanted = char::from(b'a' + u8::try_from(letters).unwrap_or(25).min(25));
        if ends && mark.chars().map(|letter| letter.to_ascii_lowercase()).eq([wanted]) {
            letters += 1;
        }
    }
    digits.max(letters)
}

/// True if the items name more than one category of the rating or the status, as *1. Done – Green, 2. Waiting – Red*.
fn differ(cx: &Context<'_>, schema: &TableSchema, text: &str) -> bool {
    let lists = [Role::Rating, Role::Status]
        .into_iter()
        .filter_map(|role| schema.fields.get(schema.role(role)?)?.list);
    lists.filter_map(|list| cx.round.schema.lists.get(list)).any(|list| {
        let named = |line: &str| {
            list.categories.iter().position(|category| {
                line.split(|letter: char| !letter.is_alphanumeric() && letter != ' ')
                    .any(|part| folds_alike(part, &category.label))
            })
        };
        let mut found: Vec<usize> = text.lines().filter_map(named).collect();
        found.dedup();
        found.len() > 1
    })
}
