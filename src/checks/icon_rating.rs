//! Ratings are numbers that are shown as icons.
//!
//! ## What it does
//!
//! Notes, once for each column, numbers that a rule shows as coloured lights, flags or arrows.
//!
//! ## Why it matters
//!
//! The numbers mean nothing without the rule, and another return may number its ratings the other way round.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | 3 | 2014-03-31 | Done so far
//! A3: 1.1.2 | Write guide | Wyevale Council | In progress | 1 | 2014-03-31 | Done so far
//! icons E2:E3 2 3
//! ! E2 icon-rating: Ratings in column E are numbers shown as icons. We read 1 as Red and 3 as Green, from the icon rule.
//! ```
//!
//! ## How to fix
//!
//! Type the words instead of numbers.
//!
//! ## Settings
//!
//! The categories of the list: *red*, *amber*, *green*, or *up*, *level*, *down*.

use super::common::words::list;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, column_letters};
use std::collections::BTreeMap;

pub(super) struct IconRating;

const META: Meta = Meta {
    name: "icon-rating",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("icon_rating.rs"),
};

impl Check for IconRating {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let icons = cells.iter().filter_map(|seen| Some((seen.changed(ChangeKind::Icon)?, seen)));
        let mut columns: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (change, seen) in icons {
            columns.entry((seen.cell.at.sheet, seen.cell.at.cell.column)).or_default().push((change, seen));
        }
        for ((_, column), cells) in columns {
            let Some((_, first)) = cells.first() else { continue };
            let mut read: Vec<String> =
                cells.iter().map(|(change, seen)| format!("{} as {}", change.typed, seen.used(cx))).collect();
            read.sort();
            read.dedup();
            let rest = cells.iter().skip(1).map(|(_, seen)| (seen.at(), "the same".to_owned()));
            out.add(
                first.at(),
                format!(
                    "Ratings in column {} are numbers shown as icons. We read {}, from the icon rule.",
                    column_letters(column),
                    list(&read)
                ),
            )
            .field(&first.field.title)
            .related(rest);
        }
    }
}
