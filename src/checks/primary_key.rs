//! Two rows have the same key.
//!
//! ## What it does
//!
//! Tells every row whose key fields hold the same values as those of an earlier row of the return. Where the key is
//! the plan's reference, `repeated-entry` tells it.
//!
//! ## Why it matters
//!
//! A key names one row. If two rows have it, one of them is a copy or carries the wrong reference. The later row is
//! held.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "risks"
//! title = "Risks"
//! version = "1"
//!
//! [[table]]
//! name = "risks"
//! title = "Risks"
//! sheet = ["Risks"]
//! primaryKey = ["year", "ref"]
//! uniqueKeys = [["owner", "title"]]
//!
//! [[table.fields]]
//! name = "year"
//! title = "Year"
//! type = "integer"
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "owner"
//! title = "Owner"
//! type = "string"
//!
//! [[table.fields]]
//! name = "title"
//! title = "Title"
//! type = "string"
//!
//! [[table.fields]]
//! name = "code"
//! title = "Code"
//! type = "string"
//! constraints = { unique = true }
//! ```
//! ```sheet Risks
//! A1: Year | Ref | Owner | Title | Code
//! A2: 2013 | R1
//! A3: 2013 | R1
//! ! B3 primary-key: Row 3 has the same Year and Ref as row 2: 2013 and R1.
//! ```
//!
//! ## How to fix
//!
//! Delete the copy, or correct the reference.
//!
//! ## Settings
//!
//! `primaryKey` of a table.

use super::common::keys;
use super::common::words::list;
use super::repeated_entry::{goes_by_reference, tell_place};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{HeldReason, Submission};
use crate::round::held::Held;

pub(super) struct PrimaryKey;

const META: Meta = Meta {
    name: "primary-key",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("primary_key.rs"),
};

impl Check for PrimaryKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        for row in held {
            let HeldReason::Repeats { first } = row.why else { continue };
            let schema = cx.schema(row.table);
            if goes_by_reference(schema) {
                continue;
            }
            let key = &schema.primary_key;
            let titles: Vec<_> = key.iter().map(|field| schema.fields[*field].title.as_str()).collect();
            let message = format!(
                "Row {} has the same {} as {}: {}.",
                row.record.at.cell.row + 1,
                list(&titles),
                tell_place(submission, row.record.at, first),
                list(&keys::shown(cx, schema, row.record, key))
            );
            out.add(keys::place(row.record, key), message)
                .help("The later row is held. Delete the copy, or correct its key.")
                .related([(keys::first_place(submission, row, first, key), "the same key".to_owned())]);
        }
    }
}
