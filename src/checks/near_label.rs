//! A heading is near one of the template's, but not the same.
//!
//! ## What it does
//!
//! Tells headings that were read as a column of the template because their wording is near, or because of what stands
//! under them: what the plan says there, the words of a list, names of partners, or their place when no other column is
//! left. It is never done silently, never between two columns that fit alike, and with amounts only where one column
//! of amounts is left for the only field without one.
//!
//! ## Why it matters
//!
//! If the guess is wrong, a whole column is read as something else.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target datte | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | Complete | Green | 2014-03-31 | Done
//! ! F1 near-label: We were not sure about “Target datte”. We read it as Target date. Confirm or choose another.
//! ```
//!
//! ## How to fix
//!
//! Confirm it, or correct the heading. The Business Unit can add the heading to the schema so that it is not asked
//! again.
//!
//! ## Settings
//!
//! `aliases` of a field: the line to add is in the finding.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Audience, Effort, Location, Severity};
use crate::model::{Match, Submission, Table};

pub(super) struct NearLabel;

const META: Meta = Meta {
    name: "near-label",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("near_label.rs"),
};

impl Check for NearLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for (field, heading) in schema.fields.iter().zip(&table.layout.columns) {
            let Some(heading) = heading else { continue };
            let because = match heading.how {
                Match::Near(_) => String::new(),
                Match::Guess(evidence) => format!(", because {}", evidence.because()),
                _ => continue,
            };
            let message = format!(
                "We were not sure about {}. We read it as {}{because}. Confirm or choose another.",
                quote(&heading.text),
                field.title
            );
            let help = format!(
                "To have it read so always, put this under name = {:?} of the table {:?} in {}: {}",
                field.name,
                schema.name,
                cx.round.schema.path,
                field.aliases_with(&heading.text)
            );
            out.add(Location::Cell(heading.at), message)
                .change(&heading.text, &field.title)
                .field(&field.title)
                .help(help)
                // Where it is to be written is the Business Unit's.
                .audience(Audience::Message);
        }
    }
}
