//! A text is not an e-mail or web address where one is asked for.
//!
//! ## What it does
//!
//! Tests texts of fields with the format `email` or `uri`.
//!
//! ## Why it matters
//!
//! A query that is sent to a mistyped address reaches nobody.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "contacts"
//! title = "Contacts"
//! version = "1"
//!
//! [[table]]
//! name = "contacts"
//! title = "Contacts"
//! sheet = ["Contacts"]
//!
//! [[table.fields]]
//! name = "email"
//! title = "E-mail"
//! type = "string"
//! format = "email"
//!
//! [[table.fields]]
//! name = "page"
//! title = "Web page"
//! type = "string"
//! format = "uri"
//! ```
//! ```sheet Contacts
//! A1: E-mail | Web page
//! A2: head.of.service | https://example.gov.uk/
//! ! A2 format-error: “head.of.service” in E-mail is not an e-mail address.
//! ```
//!
//! ## How to fix
//!
//! Correct the address.
//!
//! ## Settings
//!
//! `format` of a field.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table};
use crate::schema::Format;
use validator::{ValidateEmail as _, ValidateUrl as _};

pub(super) struct FormatError;

const META: Meta = Meta {
    name: "format-error",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("format_error.rs"),
};

impl Check for FormatError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let fields = cx.schema(table).fields.iter().enumerate();
        let formatted = fields.filter(|(_, field)| matches!(field.format, Format::Email | Format::Uri));
        for (index, field) in formatted {
            let cells = rows.iter().filter_map(|record| record.cells.get(index));
            for (cell, text) in cells.filter_map(|cell| Some((cell, cell.text()?))) {
                let (fits, what) = match field.format {
                    Format::Email => (text.validate_email(), "an e-mail address"),
                    _ => (text.validate_url(), "a web address"),
                };
                if !fits {
                    let message = format!("{} in {} is not {what}.", quote(text), field.title);
                    out.add(Location::Cell(cell.at), message).field(&field.title);
                }
            }
        }
    }
}
