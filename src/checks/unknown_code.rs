//! A word is not on the list of its column.
//!
//! ## What it does
//!
//! Tells words in columns with a fixed list that are neither on the list nor a known other word for an entry, once
//! for each word in a return.
//!
//! ## Why it matters
//!
//! A rating or status that is not on the list cannot be counted. It is held as it was typed.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Purple | 2014-03-31 | Done so far
//! ! E2 unknown-code: “Purple” is not one of the words for RAG rating: Red, Amber or Green.
//! ```
//!
//! ## How to fix
//!
//! Use one of the words on the list.
//!
//! ## Settings
//!
//! `categories` of the list, with `synonyms` for other words that mean the same.

use super::common::words::{either, quote};
use super::common::{and_more, once_each, others};
use super::old_marking::as_marking;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct UnknownCode;

const META: Meta = Meta {
    name: "unknown-code",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("unknown_code.rs"),
};

impl Check for UnknownCode {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let unknown =
            cells.iter().copied().filter(|seen| seen.field.kind != FieldType::Agency).filter_map(|seen| {
                let held = seen.unreadable()?;
                let other = matches!(held.why, Misread::Unknown { .. }) && as_marking(cx, &seen).is_none();
                other.then_some((held.raw.as_str(), seen))
            });
        for (raw, seen, rest) in once_each(unknown) {
            let help = "Use one of the words on the list.";
            let title = &seen.field.title;
            let message = match seen.unreadable().map(|held| &held.why) {
                Some(Misread::Unknown { nearest: Some(nearest) }) => {
                    format!("{} is not one of the words for {title}. Did you mean {nearest}?", quote(raw))
                }
                _ => format!("{} is not one of the words for {title}{}.", quote(raw), listed(cx, seen)),
            };
            out.add(seen.at(), message + &and_more(&rest))
                .typed(raw)
                .field(&seen.field.title)
                .help(seen.field.help.as_deref().unwrap_or(help))
                .related(others(&rest));
        }
    }
}

/// The words of the list, if they are few.
fn listed(cx: &Context<'_>, seen: Seen<'_>) -> String {
    let Some(list) = seen.field.list.and_then(|list| cx.round.schema.lists.get(list)) else {
        return String::new();
    };
    let labels: Vec<_> = list.categories.iter().map(|category| category.label.as_str()).collect();
    if labels.len() > 8 { String::new() } else { format!(": {}", either(&labels)) }
}
